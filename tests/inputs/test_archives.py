"""The pages in files of every type, valid and corrupt."""

import gzip
import io
import struct
import tracemalloc
import zipfile

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from abstool.errors import AbstoolError
from abstool.inputs import archives, sources
from abstool.inputs.archives import LIMIT, SavedPage
from archive_files import CRAWLED, OTHER, Warc, crawl, mhtml, page


def pages(data, **options):
    return list(archives.pages(io.BytesIO(data), "file", **options))


def parsed(data):
    return [sources.parse_page(found) for found in pages(data)]


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
    assert problem in str(sources.parse_page(found).error)


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

    assert peak(400) < 1.5 * peak(20)
