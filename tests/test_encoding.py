"""Bytes to UTF-8: the encoding is detected, and what is not text is refused by name."""

import codecs
import contextlib
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from abstool.encoding import to_utf8
from abstool.errors import UnreadableInput

TEXT = "<p>Sjögren’s – 5 µg</p>"


def archive():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        file.writestr("page.html", TEXT)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "charset"),
    [
        (TEXT.encode(), ""),
        (codecs.BOM_UTF8 + TEXT.encode(), ""),
        (TEXT.encode("utf-16"), ""),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), ""),
        (TEXT.encode("utf-16-le"), ""),
        (TEXT.encode("utf-16-be"), ""),
        (TEXT.encode("utf-32"), ""),
        (TEXT.encode("windows-1252"), ""),
        (TEXT.encode("windows-1252"), "iso-8859-1"),
        (TEXT.encode("windows-1252"), "us-ascii"),
        (TEXT.encode("windows-1252"), "no-such-charset"),
        (TEXT.encode("windows-1252"), "base64"),
        (TEXT.encode(), "windows-1252"),
        (TEXT.encode("windows-1252"), "utf-16\x00"),
        (TEXT.encode("mac-roman"), "macintosh"),
    ],
)
def test_the_bytes_take_precedence_over_the_declared_charset(data, charset):
    assert to_utf8(data, charset=charset) == TEXT.encode()


def test_a_meta_tag_decides_if_the_bytes_are_ambiguous():
    page = "<meta charset='iso-8859-2'><p>Łukasz Żak</p>"
    assert to_utf8(page.encode("iso-8859-2")) == page.encode()


def test_a_character_cut_in_two_at_the_end_does_not_change_the_encoding():
    assert to_utf8("Sjö".encode()[:-1]) == b"Sj"


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "the input is empty"),
        (b" \r\n\x00\t", "the input is empty"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "this is a JPEG image"),
        (b"\x89PNG\r\n\x1a\n", "this is a PNG image"),
        (b"GIF89a\x01\x00", "this is a GIF image"),
        (b"%PDF-1.7\n1 0 obj", "this is a PDF document"),
        (archive(), "this is a ZIP archive"),
        (b"\x1f\x8b\x08\x00", "this is a gzip archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "this is an old Office document"),
        (rb"{\rtf1 text}", "this is an RTF document"),
        (bytes(range(256)) * 20, "this is not text"),
        (b"\x01\x02\x03\x04 text", "this is not text"),
    ],
)
def test_data_that_are_not_text_are_refused_with_the_reason(data, problem):
    with pytest.raises(UnreadableInput, match=f"^file.bin: {problem}.*; [cs]") as caught:
        to_utf8(data, subject="file.bin")
    assert caught.value.exit_code == 5


def test_null_characters_of_a_damaged_file_are_shown_as_lost():
    text = b"TI  - " + b"tea " * 100
    assert to_utf8(text + b"\x00\x00\x00cup\x00") == text + "\ufffdcup\ufffd".encode()
    with pytest.raises(UnreadableInput, match="this is not text"):
        to_utf8(b"x" * 5000 + b"\x00" * 500)


def test_a_letter_between_two_steps_of_the_check_is_valid():
    for start in range(4):
        data = b" " * start + b"x" * (1 << 16) + "é".encode()
        assert to_utf8(data) is data
        assert to_utf8(data[:-1]) == data[:-2]


@given(st.binary(max_size=300), st.sampled_from(["", "utf-8", "utf-16", "idna", "x\x00", "rot13"]))
def test_any_bytes_give_text_or_an_error(data, charset):
    with contextlib.suppress(UnreadableInput):
        assert "\x00" not in to_utf8(data, charset=charset).decode()


@given(
    st.text(st.characters(codec="utf-8", min_codepoint=32), min_size=1).filter(str.strip),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]),
)
def test_unicode_text_is_decoded_unchanged(text, encoding):
    page = f"<p>{text}"
    assert to_utf8(page.encode(encoding)) == page.encode()


MADE_UP = "Žofie drank naïve café – “tea” of Åse Müller-Größe’s"


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "mac_roman", "utf-16", "utf-8-sig"])
def test_the_words_show_the_encoding_that_nothing_names(encoding):
    text = MADE_UP.replace("Ž", "Z")
    assert to_utf8(f"{text}\n{text}\n".encode(encoding)).decode() == f"{text}\n{text}\n"


def test_each_line_of_files_that_were_put_together_has_its_encoding():
    data = f"{MADE_UP}\n".encode() + f"{MADE_UP}\n".encode("cp1252")
    assert to_utf8(data).decode() == f"{MADE_UP}\n{MADE_UP}\n"


def test_lines_that_end_with_cr_alone_end_with_lf():
    assert to_utf8(b"one\rtwo\r") == b"one\ntwo\n"
