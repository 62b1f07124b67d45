"""The targets of the fuzzers: one per reader, each with inputs to start from.

A target's ``read`` raises only AbstoolError; anything else is a find.
"""

import bz2
import csv
import gzip
import io
import itertools
import json
import sys
import zipfile
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from random import Random
from typing import NamedTuple

from openpyxl import Workbook

import abstool
import abstool.citing
from abstool import manuscripts
from abstool.encoding import to_utf8
from abstool.inputs import archives, references
from abstool.inputs.archives import SavedPage
from abstool.inputs.contents import contents
from abstool.inputs.json import read_json
from abstool.inputs.pages import parse_page
from abstool.inputs.references.forms import BINARY
from abstool.inputs.sheets import SheetOptions
from abstool.inputs.tables import rows_of
from abstool.parser import parse_listing
from abstool.record import Abstract
from abstool.text import tidy

ROOT = Path(__file__).resolve().parents[1]
FIXTURES = ROOT / "fixtures"
sys.path.insert(0, str(ROOT / "tests"))

import archive_files  # of the tests
import word_files

URL = "https://acrabstracts.org/abstract/fuzz/"


class Target(NamedTuple):
    """A reader: what it starts from, how it reads, and how a mutated input is packed.

    One that reads many entries returns their number.
    """

    seeds: Callable[[], list[bytes]]
    read: Callable[[bytes], int | None]
    packed: Callable[[bytes, Random], bytes] = lambda data, _: data


class WrongRecordError(Exception):
    """A record that changes when it is written and read, or an unprintable message."""


# --- readers ------------------------------------------------------------------------------------


def read_page(data: bytes) -> None:
    """Parse a page; the first byte says whether as bytes or as text."""
    page = data[1:] if data[:1] < b"\x80" else data[1:].decode("utf-8", "replace")
    check_record(abstool.parse(page, URL))


def read_listing(data: bytes) -> None:
    """Parse a listing."""
    parse_listing(data, URL)


def read_records(data: bytes) -> None:
    """Read JSON records and items, and cite each."""
    check_all(read_json(to_utf8(data), "fuzz"))


def reader(form: str) -> Callable[[bytes], int]:
    """Return a function that reads references in a form."""
    is_binary = form in BINARY

    def read(data: bytes) -> int:
        return check_all(references.read(data if is_binary else to_utf8(data), form, "fuzz"))

    return read


def read_contents(data: bytes) -> None:
    """Detect what a file holds, and read it."""
    check_all(contents(SavedPage("fuzz", data)))


def read_sheet(data: bytes) -> None:
    """Read a file as a sheet of abstracts, whatever its columns are."""
    page = SavedPage("fuzz", data)
    check_all(map(parse_page, rows_of(page, SheetOptions(pad_numbers=4, only_pages=True))))


def read_archive(data: bytes) -> None:
    """Read a file of any kind that may contain pages, and parse each page."""
    check_all(map(parse_page, archives.pages(io.BytesIO(data), "fuzz", collected=True)))


def read_manuscript(data: bytes) -> None:
    """Find the references of a manuscript."""
    try:
        found = manuscripts.read(data, "fuzz")
    except abstool.AbstoolError as error:
        check_message(error)
        return
    for text in (*found.notes, *(reference.text for reference in found.references)):
        if not text.isprintable() and tidy(text) != text:
            raise WrongRecordError(f"control characters in {text!r}")


def check_all(outcomes: Iterable) -> int:
    """Check every value and raise every error; of abstool's own only the message is checked.

    Return how many there were.
    """
    items, number = [], 0
    for number, outcome in enumerate(outcomes, 1):  # noqa: B007 - the last number is returned
        try:
            if outcome.error:
                raise outcome.error
            if isinstance(outcome.value, Abstract):
                check_record(outcome.value)
            elif outcome.value is not None:
                items.append(outcome.value)
        except abstool.AbstoolError as error:
            check_message(error)
    cite_all(items)
    return number


def cite_all(items: list) -> None:
    """Cite items, together if none of them is refused; else one by one, which takes longer."""
    try:
        abstool.cite(items, style="json")
    except abstool.AbstoolError:
        for item in items:
            try:
                abstool.cite([item], style="json")
            except abstool.AbstoolError as error:
                check_message(error)


def check_record(record: Abstract) -> None:
    """Raise WrongRecordError if a record changes when it is written and read."""
    plain = record.to_dict()
    if Abstract.from_dict(json.loads(record.to_json())).to_dict() != plain:
        raise WrongRecordError("the record changes when written and read as JSON")


def check_message(error: abstool.AbstoolError) -> None:
    """Raise WrongRecordError if a message contains control characters."""
    if not str(error).isprintable():
        raise WrongRecordError(f"control characters in a message: {error!r}")


# --- inputs to start from -----------------------------------------------------------------------


def pages() -> list[bytes]:
    """Return the page of every fixture."""
    return [path.read_bytes() for path in sorted(FIXTURES.glob("*/page.*"))]


def page_seeds() -> list[bytes]:
    """Return every page, to be read as bytes and as text."""
    return [first + page for first in (b"\x00", b"\xff") for page in pages()]


def listing_seeds() -> list[bytes]:
    """Return the listings of the fixtures."""
    return [path.read_bytes() for path in sorted(FIXTURES.glob("listings/*.[ht]*"))]


@cache
def records() -> list[bytes]:
    """Return the record of every fixture."""
    return [path.read_bytes() for path in sorted(FIXTURES.glob("*/record.json"))]


def cited(style: str) -> list[bytes]:
    """Return every record in an export format, and all of them in one file."""
    loaded = map(json.loads, records())
    found = [text.encode() for text in abstool.cite(loaded, style=style, accessed="2026-11-23")]
    return [*found, b"\n".join(found)]


def json_seeds() -> list[bytes]:
    """Return records, items, a list and JSON Lines."""
    lines = [json.dumps(json.loads(record)).encode() for record in records()]
    return [*records(), *cited("json")[:-1], b"[" + b",\n".join(lines) + b"]", b"\n".join(lines)]


def bibtex_seeds() -> list[bytes]:
    """Return entries for bibtex and for biblatex."""
    return cited("bibtex") + cited("biblatex")


def reference_seeds(pattern: str) -> list[bytes]:
    """Return the files of references whose names match a pattern, whole and cut off."""
    files = [path.read_bytes() for path in sorted(FIXTURES.glob(f"references/{pattern}"))]
    return [data[: int(part * len(data))] for data in files for part in (1, 0.9, 0.7)]


def sheet_seeds() -> list[bytes]:
    """Return sheets of abstracts in each form: text with each delimiter, and workbooks."""
    header = ["Abstract #", "Title", "Authors", "Abstract", "Keywords", "Link", "Session Date"]
    line = "Ann Muster 1 , Bob Roe 2 , 1 Univ, Bonn, 2 Clinic, Leiden"
    body = "Background: We wondered.\n\nDisclosures: A. Muster: None; B. Roe: Tea, 5."
    rows = [["Tea 2026"], header, ["0012", "Tea", line, body, "Tea; Knees", URL, "2026-10-26"]]
    rows += [["848", "Two", "Roe, Ann; Doe, Bob", "nan", "", "", "####"]]
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.active["F3"].hyperlink = URL
    workbook = io.BytesIO()
    book.save(workbook)
    texts = []
    for delimiter, encoding in ((",", "utf-8"), (";", "cp1252"), ("\t", "utf-16")):
        text = io.StringIO()
        csv.writer(text, delimiter=delimiter).writerows(rows)
        texts.append(text.getvalue().encode(encoding))
    return [*texts, workbook.getvalue()]


def workbook_seeds() -> list[bytes]:
    """Return workbooks of one record and of several."""
    loaded = list(map(json.loads, records()))
    return [
        abstool.citing.export(loaded[:count], "xlsx", accessed="2026-11-23") for count in (1, 2, 5)
    ]


def mhtml_seeds() -> list[bytes]:
    """Return pages saved with a picture, in each transfer encoding."""
    made = [archive_files.page(str(number), " – ü") for number in range(3)]
    kinds = ("quoted-printable", "base64")
    packed = archive_files.UU_MESSAGE % (b"uuencode", archive_files.uuencoded(made[0]))
    return [packed] + [archive_files.mhtml(page, encoding=kind) for page in made for kind in kinds]


def warc_seeds() -> list[bytes]:
    """Return crawls with and without compression."""
    crawl = archive_files.crawl()
    plain = archive_files.Warc(packed=False)
    for number in range(3):
        plain.add(archive_files.page(str(number)))
    coded = archive_files.chunked(archive_files.page("4"))
    plain.add(coded, Transfer_Encoding="chunked")
    return [crawl, gzip.decompress(crawl), plain.bytes()]


def zip_seeds() -> list[bytes]:
    """Return archives with each method of compression."""
    methods = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
    return [zipped([archive_files.page("1"), archive_files.crawl()], method) for method in methods]


def manuscript_seeds() -> list[bytes]:
    """Return the texts of the tests of manuscripts."""
    files = (ROOT / "tests/manuscripts/files").glob("*")
    return [path.read_bytes() for path in sorted(files)]


def word_seeds() -> list[bytes]:
    """Return the XML of the text of Word files with fields, notes, lists and tracked changes."""
    title = "Tea and the invented knee of readers"
    reference = f"Muster A. {title}. J Example Med. 2020;12:1-9."
    cited = word_files.field(
        f"ADDIN ZOTERO_ITEM CSL_CITATION {word_files.citation({'title': title})}",
        word_files.run("1"),
    )
    bodies = (
        word_files.paragraph("Tea ", cited) + word_files.listed(reference),
        word_files.paragraph("References", word_files.field("ADDIN EN.REFLIST", "x"))
        + word_files.paragraph(f"<w:ins>{word_files.run(reference)}</w:ins>"),
        f"<w:tbl><w:tr><w:tc>{word_files.paragraph(f'1. {reference}')}</w:tc></w:tr></w:tbl>",
    )
    return [body.encode() for body in bodies]


def read_word(data: bytes) -> None:
    """Find the references of a Word file whose text has this XML."""
    read_manuscript(word_files.word(data.decode("utf-8", "replace")))


def zipped(contents: Iterable[bytes], method: int) -> bytes:
    """Return a ZIP archive of files with these contents."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for number, content in enumerate(contents):
            archive.writestr(f"{number}.html", content)
    return stream.getvalue()


def packed_by_chance(data: bytes, rng: Random) -> bytes:
    """Return an input, now and then packed whole, so that its checksums are right."""
    pack = rng.choice((None, None, None, gzip.compress, bz2.compress))
    return pack(data) if pack else data


def zipped_by_chance(data: bytes, rng: Random) -> bytes:
    """Return an input, in half of all cases as a file of an archive whose checksums are right."""
    if rng.random() < 0.5:
        return data
    method = rng.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA))
    return zipped(itertools.repeat(data, rng.randint(1, 3)), method)


TARGETS = {
    "page": Target(page_seeds, read_page),
    "listing": Target(listing_seeds, read_listing),
    "json": Target(json_seeds, read_records),
    "ris": Target(lambda: cited("ris"), reader("ris")),
    "bibtex": Target(bibtex_seeds, reader("bibtex")),
    "nbib": Target(lambda: reference_seeds("*.nbib"), reader("nbib")),
    "wos": Target(lambda: reference_seeds("*.ciw"), reader("wos")),
    "enw": Target(lambda: reference_seeds("*.enw"), reader("enw")),
    "refworks": Target(lambda: reference_seeds("refworks.*"), reader("refworks")),
    "ovid": Target(lambda: reference_seeds("ovid.*"), reader("ovid")),
    "endnote_xml": Target(lambda: reference_seeds("*.xml"), reader("endnote_xml")),
    "yaml": Target(lambda: reference_seeds("*.yaml"), reader("pandoc_yaml")),
    "csv": Target(lambda: reference_seeds("*.csv"), reader("csv")),
    "xlsx": Target(workbook_seeds, reader("xlsx")),
    "contents": Target(lambda: reference_seeds("*"), read_contents),
    "sheet": Target(sheet_seeds, read_sheet),
    "mhtml": Target(mhtml_seeds, read_archive),
    "warc": Target(warc_seeds, read_archive, packed_by_chance),
    "manuscript": Target(manuscript_seeds, read_manuscript),
    "word": Target(word_seeds, read_word),
    "zip": Target(zip_seeds, read_archive, zipped_by_chance),
}
