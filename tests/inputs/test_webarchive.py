"""Safari's web archives, valid and hostile."""

import gzip
import io
import plistlib
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from abstool.errors import UnreadableInput
from abstool.inputs import archives, sources
from archive_files import page


def archive(**fields):
    main = {
        "WebResourceData": page("1"),
        "WebResourceMIMEType": "text/html",
        "WebResourceTextEncodingName": "UTF-8",
        "WebResourceURL": "https://acrabstracts.org/abstract/saved/",
        **fields,
    }
    parts = [{"WebResourceData": b"image" * n, "WebResourceURL": "https://x/ü"} for n in range(99)]
    data = {"WebMainResource": main, "WebSubresources": parts}
    return plistlib.dumps(data, fmt=plistlib.FMT_BINARY)


def parsed(data, *, collected=False):
    found = archives.pages(io.BytesIO(data), "file", collected=collected)
    (outcome,) = [sources.parse_page(page) for page in found]
    return outcome


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_the_page_of_a_web_archive_is_read_with_its_url_and_charset(pack):
    text = page("1").decode().replace("https://acrabstracts.org/abstract/invented-1/", "")
    text = text.replace("charset", "x")
    fields = {"WebResourceData": text.encode("utf-16"), "WebResourceTextEncodingName": "utf-16"}
    found = parsed(pack(archive(**fields)))
    assert found.value.number == "1"
    assert found.value.url == "https://acrabstracts.org/abstract/saved/"


BROKEN = {
    "no page": plistlib.dumps({"WebSubresources": []}, fmt=plistlib.FMT_BINARY),
    "a page of another type": archive(WebResourceData=[1]),
    "cut off": archive()[:-40],
    "only its signature": b"bplist00",
    "itself in itself": b"bplist00\xd1\x00\x00\x08" + struct.pack(">6xBBQQQ", 1, 1, 1, 0, 11),
    "huge numbers": b"bplist00\xdf\x17" + b"\xff" * 200,
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_web_archive_without_a_page_is_an_error_or_skipped_if_collected(name):
    found = parsed(BROKEN[name])
    assert isinstance(found.error, UnreadableInput)
    collected = parsed(BROKEN[name], collected=True)
    assert (collected.value, collected.error) == (None, None)


@given(st.binary(max_size=300))
def test_any_bytes_give_an_outcome(data):
    assert parsed(b"bplist00" + data).error is not None
