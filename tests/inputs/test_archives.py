"""The pages in files of every type, valid and corrupt."""

import base64
import gzip
import hashlib
import io
import struct
import tracemalloc
import zipfile

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from abstool.errors import AbstoolError
from abstool.inputs import archives
from abstool.inputs.archives import LIMIT, SavedPage
from abstool.inputs.archives import mhtml as mhtml_files
from abstool.inputs.archives import zipped as zip_files
from abstool.inputs.pages import parse_page
from archive_files import (
    CRAWLED,
    OTHER,
    UU_MESSAGE,
    Warc,
    chunked,
    crawl,
    mhtml,
    page,
    uuencoded,
)


def pages(data, **options):
    return list(archives.pages(io.BytesIO(data), "file", **options))


def parsed(data):
    return [parse_page(found) for found in pages(data)]


def numbers(data):
    return [found.value.number for found in parsed(data) if found.value]


def errors(data):
    return [str(found.error) for found in parsed(data) if found.error]


def zipped(entries, **options):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return stream.getvalue()


def test_a_plain_page_is_itself():
    assert pages(page("1")) == [SavedPage("file", page("1"))]


def test_a_page_packed_with_gzip_is_one_page_not_a_collection():
    assert pages(gzip.compress(page("1"))) == [SavedPage("file", page("1"))]


def test_the_pages_of_a_zip_archive_come_in_its_order():
    packed = gzip.compress(page("3"))
    data = zipped({"b/": b"", "b/2.html": page("2"), "a.html": page("1"), "3.html.gz": packed})
    assert [found.subject for found in pages(data)] == [
        "file: b/2.html", "file: a.html", "file: 3.html.gz",
    ]  # fmt: skip
    assert numbers(data) == ["2", "1", "3"]


class Pipe(io.BytesIO):
    """A file that cannot be rewound."""

    def seekable(self):
        return False


def test_an_entry_without_a_name_is_read():
    data = zipped({"1.html": page("1"), "2.html": page("2")})
    nameless = data.replace(b"1.html", b"\0.html")  # a name ends at a null character
    assert [one.data for one in pages(nameless)] == [page("1"), page("2")]


def test_a_zip_archive_from_a_pipe_may_only_be_as_long_as_what_is_copied(monkeypatch):
    data = zipped({f"{number}.html": page(str(number)) for number in range(3)})
    monkeypatch.setattr(zip_files, "PIPED_LIMIT", len(data))
    assert len(list(archives.pages(Pipe(data), "standard input"))) == 3
    monkeypatch.setattr(zip_files, "PIPED_LIMIT", 2_000)
    endless = Pipe(data + bytes(1_000_000))
    (error,) = archives.pages(endless, "standard input")
    assert str(error) == (
        "standard input: the archive comes from a pipe and is larger than 2e-06 GB;"
        " save it to a file and name the file"
    )
    assert endless.tell() < 200_000
    assert len(pages(data)) == 3


def test_a_page_without_an_abstract_in_an_archive_is_skipped():
    data = zipped(
        {"x.html": OTHER, "x.png": b"\x89PNG", "x.json": b'{"a": 1}', "0": b"", "1.html": page("1")}
    )
    assert [found.value is found.error for found in parsed(data)] == [True] * 4 + [False]


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64", "8bit"])
def test_a_page_saved_with_its_images_is_read_with_its_url_and_date(encoding):
    html = page("1").replace(b"https://acrabstracts.org/abstract/invented-1/", b"")
    (found,) = parsed(mhtml(html, encoding=encoding))
    assert (found.value.number, found.value.url, found.value.accessed) == (
        "1", "https://acrabstracts.org/abstract/saved/", "2026-11-22",
    )  # fmt: skip
    assert found.value.authors[1].name == "Björn Muster"


@pytest.mark.parametrize("name", [b"x-uuencode", b"uuencode", b"X-UUE", b"uue"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"#\n"])  # as is, in e-mail, with checksums
def test_a_uuencoded_page_is_read(name, end):
    message = UU_MESSAGE % (name, uuencoded(page("1")).replace(b"\n", end))
    (found,) = parsed(message)
    assert found.value.number == "1"
    assert found.value.authors[1].name == "Björn Muster"


def test_a_corrupt_uuencoded_page_is_an_error_also_in_a_collection():
    lines = uuencoded(page("1")).splitlines(keepends=True)
    for damaged in ([*lines[:10], b"M\xe9\n", *lines[11:]], [*lines[:10], b"\n"]):
        message = UU_MESSAGE % (b"uuencode", b"".join(damaged))
        assert len(errors(message)) == len(errors(zipped({"1.mhtml": message}))) == 1


def test_a_uuencoded_page_is_unpacked_only_as_far_as_a_page_may_be_long(monkeypatch):
    monkeypatch.setattr(mhtml_files, "LIMIT", 1000)
    message = UU_MESSAGE % (b"uuencode", uuencoded(page("1", "x" * 5000)))
    assert len(archives.main_part(SavedPage("file", message)).data) == 1001


def test_a_text_that_begins_like_a_message_is_a_page():
    assert not archives.is_mhtml(b"Title: A Title\nDate: Monday\n\nMIME-Version: 1.0\n")


def test_a_crawl_gives_its_pages_whatever_their_coding():
    assert numbers(crawl()) == CRAWLED
    assert errors(crawl()) == []


def test_a_crawl_without_compression_or_packed_as_a_whole_gives_the_same():
    plain = gzip.decompress(crawl())
    assert numbers(plain) == numbers(gzip.compress(plain)) == CRAWLED
    assert numbers(zipped({"crawl.warc": plain})) == CRAWLED


def test_a_second_reader_of_crawls_finds_the_same_pages():
    fastwarc = pytest.importorskip("fastwarc.warc")
    types = fastwarc.WarcRecordType
    records = fastwarc.ArchiveIterator(
        io.BytesIO(crawl()), record_types=types.response | types.resource, parse_http=True
    )
    theirs = [
        record.headers["WARC-Target-URI"]
        for record in records
        if (record.http_content_type or record.headers["Content-Type"]).startswith("text/html")
        and (record.http_headers is None or record.http_headers.status_code == 200)
    ]
    assert [found.url for found in pages(crawl())] == theirs


def test_a_captured_page_has_the_url_and_the_date_of_its_capture():
    html = page("1").replace(b"https://acrabstracts.org/abstract/invented-1/", b"")
    warc = Warc().add(html, url="https://acrabstracts.org/abstract/captured/")
    (found,) = parsed(warc.bytes())
    assert found.value.url == "https://acrabstracts.org/abstract/captured/"
    assert found.value.accessed == "2026-10-01"
    assert found.subject == "file, record 2"


def test_the_charset_of_the_server_counts():
    names = [author.name for author in parsed(crawl())[-1].value.authors]
    assert names == ["Ada Example", "Győző Muster"]


def test_text_that_a_crawl_was_converted_to_is_a_page():
    text = (
        "Abstract Number: 7\nInvented\nAda Example, Town\nBackground/Purpose: None.\nMethods: None."
    )
    warc = Warc().add(text.encode(), kind="conversion", warc_type="text/plain")
    assert numbers(warc.bytes()) == ["7"]


def test_brotli_is_unpacked():
    warc = Warc().add(brotli.compress(page("1")), Content_Encoding="br")
    warc.add(page("2"), Content_Encoding="br")
    assert numbers(warc.bytes()) == ["1", "2"]


# --- damage and attacks ---------------------------------------------------------------------------


def test_a_crawl_that_is_cut_off_gives_the_pages_before_and_one_error():
    plain = gzip.decompress(crawl())
    for end in range(100, len(plain) - 4, 397):
        whole = numbers(plain[:end])
        assert whole == CRAWLED[: len(whole)]
        assert len(errors(plain[:end])) <= 1
    cut = plain[: len(plain) - 300]
    assert numbers(cut) == CRAWLED[:-1]
    assert errors(cut) == ["file, record 16: the file is cut off; download it again"]


def test_a_compressed_crawl_that_is_cut_off_gives_the_same():
    data = crawl()
    for end in range(50, len(data), 211):
        whole = numbers(data[:end])
        assert whole == CRAWLED[: len(whole)]
    assert numbers(data[:-20]) == CRAWLED[:-1]
    assert errors(data[:-20]) == ["file: the file is cut off; download or copy it again"]


ARCHIVES = [
    crawl(),
    gzip.decompress(crawl()),
    mhtml(page("1")),
    zipped({"1.html": page("1"), "2.html": page("2")}),
]


@given(st.data())
def test_no_damage_to_any_archive_raises(data):
    whole = data.draw(st.sampled_from(ARCHIVES))
    damaged = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 3))):
        damaged[data.draw(st.integers(0, len(whole) - 1))] ^= data.draw(st.integers(1, 255))
    for found in pages(bytes(damaged)):
        assert isinstance(found, SavedPage | AbstoolError)


@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"\x1f\x8b\x08\x00", b"PK\x03\x04", b"WARC/1.0\r\n"]),
)
def test_no_bytes_break_the_reader(data, start):
    for found in pages(start + data):
        assert isinstance(found, SavedPage | AbstoolError)


def test_a_damaged_page_in_a_zip_archive_costs_only_itself():
    data = bytearray(zipped({"1.html": page("1"), "2.html": page("2"), "3.html": page("3")}))
    data[data.index(b"2.html") + 300] ^= 255
    assert numbers(bytes(data)) == ["1", "3"]
    (error,) = errors(bytes(data))
    assert error.startswith("file: 2.html: the file is corrupt (")


def test_a_zip_archive_that_is_cut_off_is_one_error():
    data = zipped({"1.html": page("1")})
    (error,) = errors(data[:-30])
    assert error.startswith("file: the archive is corrupt (File is not a zip file); download it")


def test_an_encrypted_page_is_an_error():
    data = bytearray(zipped({"1.html": page("1")}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.index(signature) + offset
        data[place : place + 2] = struct.pack("<H", 1)
    assert errors(bytes(data)) == [
        "file: 1.html: the file is encrypted; unpack the archive with its password"
    ]


def test_archives_in_archives_are_not_unpacked_without_end():
    inner = zipped({"1.html": page("1")})
    packed = gzip.compress(gzip.compress(page("1")))
    for nested in (zipped({"inner.zip": inner}), gzip.compress(inner), packed):
        (error,) = errors(nested)
        assert "this is an archive in an archive; unpack the outer one" in error


def test_an_office_document_is_not_an_archive_of_pages():
    document = zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": page("1")})
    (error,) = errors(document)
    assert error.startswith("file: this is a ZIP archive or an Office document, not a page; save")
    assert numbers(zipped({"letter.docx": document})) == []
    assert errors(zipped({"letter.docx": document})) == []


LETTERS = b"a" * (5 * LIMIT)
BOMBS = {
    "gzip": (lambda: gzip.compress(LETTERS, 1), "larger than 20 MB"),
    "blanks": (lambda: gzip.compress(b" " * (5 * LIMIT) + page("1"), 1), "the input is empty"),
    "zip": (lambda: zipped({"bomb.html": LETTERS}), "larger than 20 MB"),
    "content": (
        lambda: Warc().add(gzip.compress(LETTERS, 1), Content_Encoding="gzip").bytes(),
        "larger than 20 MB",
    ),
    "brotli": (
        lambda: Warc().add(brotli.compress(LETTERS, quality=1), Content_Encoding="br").bytes(),
        "larger than 20 MB",
    ),
    "headers": (
        lambda: gzip.compress(b"WARC/1.0\r\n" + b"a: b\r\n" * 10_000_000, 1),
        "the file is corrupt (headers too long)",
    ),
}


@pytest.mark.parametrize("kind", BOMBS)
def test_a_bomb_is_not_unpacked_whole(kind):
    make, problem = BOMBS[kind]
    bomb = make()
    tracemalloc.start()
    try:
        (found,) = pages(bomb)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 4 * LIMIT
    assert problem in str(parse_page(found).error)


def test_memory_does_not_grow_with_the_number_of_pages():
    def peak(count):
        warc = Warc()
        for number in range(count):
            warc.add(page(str(number), filler="x" * 20_000))
        data = warc.bytes()
        tracemalloc.start()
        try:
            assert sum(1 for _ in archives.pages(io.BytesIO(data), "file")) == count
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    assert peak(400) - peak(20) < 380 * 20_000 / 10  # a tenth of what the other pages hold


# --- bombs that only their directory or their lines show, and digests ----------------------------


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_every_method_of_a_zip_archive_is_read_and_checked(method):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        archive.writestr("1.html", page("1"))
        archive.writestr("2.html", page("2"))
    data = bytearray(stream.getvalue())
    assert numbers(bytes(data)) == ["1", "2"]
    data[data.rindex(b"PK\x01\x02") + 16] ^= 1  # the sum of the second
    assert numbers(bytes(data)) == ["1"]
    assert errors(bytes(data))[0].startswith("file: 2.html: the file is corrupt (Bad CRC-32")


def test_lzma_of_an_impossible_form_costs_only_its_file():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("1.html", page("1"))
        archive.writestr("2.html", page("2"))
    data = bytearray(stream.getvalue())
    data[data.index(b"1.html") + len(b"1.html") + 4] = 0xFF  # lc, lp and pb
    assert numbers(bytes(data)) == ["2"]
    assert errors(bytes(data)) == [
        "file: 1.html: the file is corrupt (unknown form of LZMA); download or copy it again"
    ]


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_bzip2_and_lzma_are_unpacked_in_steps(method):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        archive.writestr("bomb.html", LETTERS)
    tracemalloc.start()
    try:
        (found,) = pages(stream.getvalue())
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 5 * LIMIT  # LZMA has a window of 8 MB
    assert "larger than 20 MB" in str(parse_page(found).error)


def directory(data, change):
    """Return a ZIP archive with the entries of its directory changed."""
    start, end = data.index(b"PK\x01\x02"), data.rindex(b"PK\x05\x06")
    changed = change(data[start:end])
    count = changed.count(b"PK\x01\x02")
    tail = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, count, count, len(changed), start, 0)
    return data[:start] + changed + tail


def test_a_zip_archive_whose_entries_overlap_is_refused():
    data = directory(zipped({"1.html": page("1")}), lambda entry: entry * 100)
    assert errors(data) == [
        "file: the archive is a ZIP bomb: its entries overlap; do not unpack it"
    ]


def test_a_zip_archive_that_unpacks_to_too_much_is_refused():
    data = directory(
        zipped({"1.html": page("1")}),
        lambda entry: entry[:24] + struct.pack("<I", 2_000_000_000) + entry[28:],
    )
    assert errors(data) == [
        "file: the archive is a ZIP bomb: it unpacks to 2.0 GB; do not unpack it"
    ]


def test_a_zip_archive_with_a_huge_directory_is_refused(monkeypatch):
    monkeypatch.setattr("abstool.inputs.archives.zipped._DIRECTORY_LIMIT", 5000)
    assert numbers(zipped({"1.html": page("1")})) == ["1"]
    (error,) = errors(zipped({f"{number}.html": page(number) for number in range(200)}))
    assert error.startswith("file: the archive is corrupt (its directory is too large)")


def test_a_gzip_file_that_unpacks_to_too_much_ends_with_an_error(monkeypatch):
    monkeypatch.setattr("abstool.inputs.archives.saved._LEAST", 10_000_000)
    warc = Warc(packed=False).add(page("1")).add(LETTERS, Content_Type="image/png").add(page("2"))
    data = gzip.compress(warc.bytes())
    assert numbers(data) == ["1"]
    assert errors(data) == [
        "file: unpacks to more than 100 times its size; check whether this is an archive of pages"
    ]


MESSAGE = b'From: x\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n\n'
PART = MESSAGE + b"--b\nContent-Type: text/html\n"
LINES = {
    "no parts": MESSAGE + b"a\n" * LIMIT,
    "a long part": PART + b"\n" + b"a\n" * LIMIT,
    "base64": PART + b"Content-Transfer-Encoding: base64\n\n" + b"YQ\n" * LIMIT,
    "quoted-printable": PART + b"Content-Transfer-Encoding: quoted-printable\n\n" + b"=\n" * LIMIT,
    "headers": PART + b"a:\n" * LIMIT,
    "parts": MESSAGE + b"--b\n\n" * LIMIT,
}


@pytest.mark.parametrize("kind", LINES)
def test_short_lines_of_a_message_take_little_memory(kind):
    tracemalloc.start()
    try:
        outcome = parse_page(SavedPage("file", LINES[kind]))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert outcome.error
    assert peak < 10 * LIMIT


def test_a_message_in_a_message_and_one_that_is_cut_off_are_read():
    inner = b'Content-Type: multipart/alternative; boundary="c"\n\n--c\nContent-Type: text/html\n\n'
    whole = MESSAGE + b"preamble\n--b\n" + inner + page("1") + b"\n--c--\n--b--\n"
    assert numbers(whole) == numbers(whole[: whole.index(b"\n--c--")]) == ["1"]


def with_digest(name, digest, payload=None):
    """Return a crawl of one page with a digest of it."""
    body = payload or page("1")
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
    http += b"Transfer-Encoding: chunked\r\n\r\n" if payload else b"\r\n"
    headers = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://x.org/\r\n"
        f"Content-Type: application/http; msgtype=response\r\n{name}: {digest(http, body)}\r\n"
        f"Content-Length: {len(http + body)}\r\n\r\n"
    )
    return headers.encode() + http + body + b"\r\n\r\n"


DIGESTS = {
    "block": ("WARC-Block-Digest", lambda http, body: "sha1:" + b32(http + body), True),
    "hexadecimal": (
        "WARC-Block-Digest",
        lambda http, body: "sha-256:" + hashlib.sha256(http + body).hexdigest(),
        True,
    ),
    "payload": ("WARC-Payload-Digest", lambda _, body: "sha1:" + b32(body), True),
    "unknown": ("WARC-Block-Digest", lambda *_: "blake3:abc", True),
    "malformed": ("WARC-Block-Digest", lambda *_: "abc", True),
    "wrong block": ("WARC-Block-Digest", lambda *_: "sha1:" + b32(b"x"), False),
    "wrong payload": ("WARC-Payload-Digest", lambda *_: "sha1:" + b32(b"x"), False),
    "not a digest": ("WARC-Block-Digest", lambda *_: "md5:٣", False),
}


def b32(data):
    return base64.b32encode(hashlib.sha1(data).digest()).decode()


@pytest.mark.parametrize("kind", DIGESTS)
def test_a_record_that_does_not_match_its_digest_is_an_error(kind):
    name, digest, matches = DIGESTS[kind]
    data = with_digest(name, digest) + gzip.decompress(crawl())
    problem = "file, record 1: the record does not match its digest; download it again"
    assert errors(data) == ([] if matches else [problem])
    assert numbers(data) == ["1"] * matches + CRAWLED


@pytest.mark.parametrize("chunks", [True, False])
def test_the_digest_of_a_payload_is_with_or_without_its_chunks(chunks):
    payload = chunked(page("1"))
    body = payload if chunks else page("1")
    data = with_digest("WARC-Payload-Digest", lambda *_: "sha1:" + b32(body), payload)
    assert (numbers(data), errors(data)) == (["1"], [])


def as_response(body):
    """Return a crawl of one page whose headers say that it is in chunks."""
    return with_digest("WARC-Block-Digest", lambda *_: "", body)


CHUNKS = {
    "of a byte": lambda data: chunked(data, 1),
    "of another size": lambda data: chunked(data, 499),
    "without an end": lambda data: chunked(data).removesuffix(b"0\r\n\r\n"),
    "cut off after a return": lambda data: chunked(data).removesuffix(b"\n0\r\n\r\n"),
    "with extensions": lambda data: b"%X ;a=b\r\n%s\r\n0;c\r\nD: e\r\n\r\n" % (len(data), data),
    "undone": lambda data: data,
    "undone in part": lambda data: chunked(data[:500]).removesuffix(b"0\r\n\r\n") + data[500:],
}


@pytest.mark.parametrize("form", CHUNKS)
def test_the_chunks_of_a_page_are_joined(form):
    (saved,) = pages(as_response(CHUNKS[form](page("1"))))
    assert saved.data == page("1")


def test_many_chunks_are_joined_up_to_the_limit_of_a_page():
    data = as_response(chunked(b"x" * (LIMIT + 1000), 1_000_000) + b"and more")
    (saved,) = pages(data)
    assert LIMIT < len(saved.data) <= LIMIT + 1_000_000
