"""Files that attack: each gives a clear error or harmless text, in bounded time and memory."""

import io
import zipfile
from contextlib import suppress

import pytest

import word_files as w
from abstool import manuscripts
from abstool.errors import UnreadableInput

ONE = "Muster A, Beispiel B. Tea and the invented knee. J Example Med. 2020;12:1-9."
ENTITY = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


def document(text):
    return w.packed(**{"word/document.xml": text})


def bomb(method):
    """Return a document whose text Python would unpack in steps of any size."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", method) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", " " * 1_000_000)
    return data.getvalue()


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (document(f"{ENTITY}<w:document xmlns:w='{w.W}'>&x;</w:document>"), "declares a document"),
        (document("<w:document"), "damaged"),
        (document(b"\x00\xff" * 100), "damaged"),
        (document("<a>" * 1_000), "damaged"),
        (document(" " * 30_000_001), "more than 30 MB"),
        (document("<a/>" * 1_000_001), "more than 1,000,000 tags"),
        (document(f"<a {' '.join(f'a{i}=&quot;&quot;' for i in range(9))}/>"), "damaged"),
        (w.packed(**{f"word/{i}": "" for i in range(20_001)}), "more than 20,000 files"),
        (w.word(w.listed(ONE) * 20_001), "more than 20,000 references"),
        (f"References\n\n{ONE}\n\n{f'{ONE}{chr(10) * 2}' * 20_001}".encode(), "20,000 references"),
        (b"TY  - JOUR\nTI  - T\nER  - \n" * 20_001, "20,000 references"),
        (w.word(w.paragraph(ONE))[:-200], "damaged"),
        (w.word(w.paragraph(ONE)).replace(b"\x08\x00", b"\x63\x00"), "damaged"),
        (w.word(w.paragraph(ONE)).replace(b"\x08\x00", b"\x0e\x00"), "damaged"),  # no LZMA
        (w.packed(mimetype="application/zip"), "an Office document"),
        (bomb(zipfile.ZIP_BZIP2), "compressed as no Office program does it"),
        (bomb(zipfile.ZIP_LZMA), "compressed as no Office program does it"),
    ],
    ids=range(17),
)
def test_an_attack_gives_a_clear_error(data, problem):
    with pytest.raises(UnreadableInput) as error:
        manuscripts.read(data, "x.docx")
    assert problem in error.value.problem
    assert error.value.next_step


def test_macros_and_other_parts_are_not_opened():
    parts = {"word/vbaProject.bin": b"\xd0\xcf\x11\xe0", "word/big.xml": b" " * 40_000_000}
    body = f"<w:document xmlns:w='{w.W}'>{w.paragraph(ONE)}</w:document>"
    (found,) = manuscripts.read(w.packed(**parts, **{"word/document.xml": body}), "x").references
    assert found.text == ONE


@pytest.mark.parametrize(
    "text",
    [
        "1. a\n" * 20_000,
        "References\n" * 20_000,
        "Muster A, " * 20_000,
        "(" * 50_000 + ")" * 50_000,
        "[1, " * 30_000,
        "[a](" * 20_000,
        "*a " * 50_000,
        "**" * 50_000,
        "^1" * 50_000,
        "\\cite{" * 20_000 + "\n\\documentclass{a}",
        "\\documentclass{a}\n" + "\\bibitem[" * 20_000,
        "\\documentclass{a}\n" + "\\url{" * 20_000,
        "https://" + "a-\n" * 20_000,
        "http://a.b/" + ")" * 50_000,
        "A" * 200_000,
        "Aa " * 60_000,
        "A-" * 60_000,
        "1 A\n" * 20_000,
        "---\n" * 20_000,
        "a@" * 50_000,
        "10.1234/" * 20_000,
        "a." * 50_000 + "org/",
        "[a](b)\n# Tea" + " " * 20_000 + "x",
        "[a](b)\n* * *" + " " * 50_000 + "x",
        "[a](b)\n" + "=" * 50_000 + " " * 50_000 + "x",
        "<p>" * 900 + ONE,
        "\\documentclass{a}\n\\section{References}\n\\vspace" + "1" * 5_000 + "!",
    ],
)
@pytest.mark.parametrize("before", ["", "References\n\n1. Muster A. Tea. J Ex. 2020;1:2-3.\n"])
def test_long_texts_do_not_take_long(text, before):
    # The time is not measured: what took quadratic time would take hours.
    with suppress(UnreadableInput):
        manuscripts.read(f"{before}{text}".encode(), "x")


def test_notes_in_great_numbers_do_not_take_long():
    # In quadratic time this would take minutes.
    notes = [w.paragraph(ONE if number % 2 else "An aside about tea.") for number in range(10_000)]
    body = "".join(f'<w:r><w:footnoteReference w:id="{n}"/></w:r>' for n, _ in enumerate(notes))
    footnotes = "".join(f'<w:footnote w:id="{n}">{x}</w:footnote>' for n, x in enumerate(notes))
    found = manuscripts.read(w.word(f"<w:p>{body}</w:p>", footnotes=footnotes), "x")
    assert len(found.references) == 5_000
