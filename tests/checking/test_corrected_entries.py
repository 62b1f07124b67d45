"""Copies of BibTeX and RIS files: only the wrong fields of wrong entries change."""

import difflib
import json
from pathlib import Path

import pytest
from msgspec import structs

from abstool import cite
from abstool.checking import CheckOptions, Finding, Library, Verdict, check
from abstool.checking.reports import CheckedManuscript, entry_format, target_of, written
from abstool.checking.reports.names import relisted
from abstool.checking.reports.splices import Edit, SourceText
from abstool.errors import UnreadableInput, UsageError
from abstool.inputs.references.bibtex.syntax import blocks
from abstool.manuscripts import Manuscript, read
from abstool.mapping import to_item
from abstool.record import Abstract

HERE = Path(__file__).parent
RECORDS = [
    Abstract.from_dict(data) for data in json.loads((HERE / "meeting.json").read_text("utf-8"))
]
TEA, _, COCOA, *_ = RECORDS
LIBRARY = Library.of(RECORDS)
DAY = {"date-parts": [[2026, 1, 5]]}


def checked(data, subject="refs.bib"):
    manuscript = read(data, subject)
    options = CheckOptions(entries=entry_format(manuscript, data))
    verdicts = tuple(check(manuscript.references, LIBRARY, options))
    return CheckedManuscript(subject, data, manuscript, verdicts)


def copied(data, subject="refs.bib"):
    found = checked(data, subject)
    return written(found, found.manuscript.form)


def changes(before, after):
    """Return the lines of two texts that differ."""
    lines = difflib.ndiff(before.splitlines(), after.splitlines())
    return [f"{line[0]} {line[2:].strip()}" for line in lines if line[0] in "+-"]


def codes(data, subject="refs.bib"):
    return [one.code for verdict in checked(data, subject).verdicts for one in verdict.findings]


BIB = r"""% Comments, macros and other entries stay.
@string{ar = "Arthritis Rheumatol"}
@Comment{jabref-meta: databaseType:bibtex;}

@article{ tea ,
  author   = {Muster, Anna and {van der Heide}, Jean-Pierre and
              Rincon-Arevalo, {\L}ukasz and Li, Yu},
  title    = "{Tea-induced} changes of {IL-6} in ``Late'' gout: Results at 52 weeks [abstract]",
  journal  = ar,
  year     = 2025,
  volume   = {77},
  number   = {suppl~9},   % as printed
  pages    = {Abstract 0848},
  url      = {https://acrabstracts.org/abstract/tea-induced-changes-of-il-6/},
  urldate  = {2026-01-05},
  x-mine   = {keep {me}}
}

@book(other, title={A Book}, author="Nobody, A.", year=1999)
"""
LF_BIB = BIB.replace("\r\n", "\n")
# What is wrong, the lines that change back, and what is left.
BIB_CASES = [
    ("{IL-6}", "{IL-16}", []),
    ("52 weeks", "25 weeks", []),
    ("changes of", "change of", []),
    (" in ``Late''", " of in ``Late''", []),
    (" in ``Late'' gout", " ``Late'' gout", []),
    ("Li, Yu", "Lee, Yu", []),
    ("Muster, Anna and", "Mutser, Anna and", []),
    ("{van der Heide}, Jean-Pierre and", "", []),
    ("Muster, Anna and", "Muster, Anna and Nobody, Else and", []),
    ("= ar", "= {The Lancet}", []),
    ("= 2025", "= 2024", []),
    ("= 2025", '= "2026"', []),
    ("volume   = {77}", 'volume   = "78"', []),
    ("suppl~9", "suppl~10", []),
    ("suppl~9", "Suppl. 10", []),
    ("Abstract 0848", "Abstract 0849", []),
    ("tea-induced-changes-of-il-6/", "tea-induced-changes-of-il-6", []),
    ("https", "http", []),
    ("changes-of-il-6", "changes-of-il-17", []),
    ("= 2025", "= {2024a}", []),
    ("= ar", "= {The Lancet},\n  shortjournal = {Lancet}", []),
    ("{suppl~9},   % as printed", "{10},", []),
    ("  volume   = {77},\n", "", []),
    ("  number   = {suppl~9},   % as printed\n", "", []),
    ("  pages    = {Abstract 0848},\n", "", []),
    ("  url      = {https://acrabstracts.org/abstract/tea-induced-changes-of-il-6/},\n", "", []),
    ("  urldate  = {2026-01-05},\n", "", ["access-date-missing"]),
]  # fmt: skip


@pytest.mark.parametrize(("right", "wrong", "left"), BIB_CASES, ids=range(len(BIB_CASES)))
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_wrong_field_of_bibtex_is_corrected(right, wrong, left, end):
    assert BIB.count(right) == 1 or right == "https"
    before = BIB.replace(right, wrong).replace("\n", end).encode()
    assert codes(before)
    found = copied(before)
    after = found.content.decode()
    assert codes(found.content) == left
    assert after.count("\r\n") == (after.count("\n") if end == "\r\n" else 0)
    changed = changes(before.decode(), after)
    assert len(changed) <= 4, changed
    assert len([*blocks(after)]) == 2
    for kept in (
        "% Comments",
        "@string{ar",
        "@Comment{jabref",
        "@book(other",
        "x-mine   = {keep {me}}",
    ):
        assert after.count(kept) == 1
    assert any("not corrected" in note for note in found.notes) == bool(left)


def test_a_right_file_is_copied_byte_for_byte():
    found = copied(BIB.encode())
    assert found.content == BIB.encode()
    assert found.notes == ("0 findings corrected",)


def test_the_notes_name_the_entries_that_are_corrected():
    found = copied(BIB.replace("= 2025", "= 2024").replace("{77}", "{78}").encode())
    assert found.notes == ("2 findings corrected in tea",)


def test_braces_and_words_that_are_right_stay():
    before = BIB.replace("{IL-6}", "{IL-16}").replace("52 weeks", "25 weeks")
    after = copied(before.encode()).content.decode()
    assert changes(before, after)[1] == (
        "+ title    = \"{Tea-induced} changes of {IL-6} in ``Late'' gout: Results at 52 weeks"
        ' [abstract]",'
    )


def test_the_names_that_are_right_and_the_space_between_them_stay():
    before = BIB.replace("Li, Yu", "Lee, Yu").replace("Muster, Anna", "Muster, A.")
    after = copied(before.encode()).content.decode()
    assert changes(before, after) == [
        r"- Rincon-Arevalo, {\L}ukasz and Lee, Yu},",
        r"+ Rincon-Arevalo, {\L}ukasz and Li, Yu},",
    ]


@pytest.mark.parametrize(
    ("written", "given", "right"),
    [
        ("Li, Y. and Pirnavan, P.", "Paramarajan", "Piranavan, P."),
        ("Li, Y. and Pirnavan, P.", "Para Marajan", "Piranavan, P. M."),
        ("Li, Y. Z. and Pirnavan, P.", "Para M.", "Piranavan, P. M."),
        ("Li, Y.Z. and Pirnavan, P.", "Para Marajan", "Piranavan, P.M."),
        ("Li, YZ and Pirnavan, P", "Para Marajan", "Piranavan, PM"),
        ("Li, Y Z and Pirnavan, P", "Para Marajan", "Piranavan, P M"),
        ("Li, Y.-Z. and Pirnavan, P.", "Para-Marajan", "Piranavan, P.-M."),
        ("Pirnavan, P.", "Paramarajan", "Piranavan, P."),
        ("Li, Yan and Pirnavan, P.", "Paramarajan", "Piranavan, Paramarajan"),
        ("LI, YAN M. and Pirnavan, P.", "Paramarajan", "Piranavan, Paramarajan"),
        ("Li, Y. and Pirnavan, P.", "Para de la", "Piranavan, Para de la"),
        ("Li, Y. and Pirnavan, P.", "Łukasz", r"Piranavan, {\L}ukasz"),
    ],
)
def test_a_name_is_put_right_with_initials_if_the_others_have_them(written, given, right):
    read = [dict(zip(("family", "given"), one.split(", "), strict=True))
            for one in written.split(" and ")]  # fmt: skip
    names = [*({"family": "Li", "given": "Yan"} for _ in read[1:]), {"family": "Piranavan"}]
    names[-1]["given"] = given
    texts = [f"{one['family']}, {one['given'].replace('Ł', '{' + chr(92) + 'L}')}" for one in names]
    assert relisted(written.split(" and "), read, texts, names)[-1] == right


def test_a_list_that_ends_with_others_keeps_its_length():
    names = "Example, Bob and Beispiel, Chiara and Specimen, Jr, Dan and others"
    [entry] = cite([to_item(COCOA) | {"id": "c", "accessed": DAY}], "bibtex")
    start = entry.index("author = {") + len("author = {")
    right = entry[:start] + names + entry[entry.index("},", start) :]
    assert codes(right.encode()) == []
    wrong = right.replace("Beispiel", "Biespiel")
    assert copied(wrong.encode()).content.decode() == right


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("year={2024},volume={77}", "year={2025},volume={77}"),
        ("year=2025,\tvolume=76", "year=2025,\tvolume=77"),
        ('Year = {2025}, VOLUME = "77"\n , number={Suppl 10 }',
         'Year = {2025}, VOLUME = "77"\n , number={Suppl 9 }'),
        ("date = {2024-10-28}, volume = 77", "date = {2025}, volume = 77"),
        ("date = {2024}, volume = 77", "date = {2025}, volume = 77"),
        ("year = {2025}, volume = v", "year = {2025}, volume = {77}"),
    ],
)  # fmt: skip
def test_the_way_a_value_is_written_stays(before, after):
    head = (
        "@string{v = 76}\n@article{tea, author={Muster, Anna and van der Heide, Jean-Pierre and"
        f" Rincon-Arevalo, {{\\L}}ukasz and Li, Yu}}, title={{{TEA.title} [abstract]}},"
        f" url={{{TEA.url}}},"
        " journal={Arthritis Rheumatol}, urldate={2026-01-05}, pages={Abstract 0848}, "
    )
    number = "" if "number" in before else ", number={suppl 9}"
    texts = [f"{head}{fields}{number}}}" for fields in (before, after)]
    assert copied(texts[0].encode()).content.decode() == texts[1]


def test_new_fields_are_laid_out_like_the_others():
    one_line = (
        "@article{tea,title={"
        + TEA.title
        + "}, url={"
        + TEA.url
        + "},genre={x},titleaddon={[abstract]}}"
    )
    found = copied(one_line.encode()).content.decode()
    assert "\n" not in found
    assert found.endswith(", year={2025}}") or ", volume={77}" in found


def test_an_entry_that_others_inherit_from_is_left():
    text = BIB.replace("= 2025", "= 2024") + (
        "@book{child, crossref={tea}, title={Other}, url={https://example.org/}, author={Nobody}}\n"
    )
    found = copied(text.encode())
    assert found.content == text.encode()
    assert found.notes[1] == "1 finding not corrected: 1 year"


def test_entries_with_one_key_are_told_apart_by_their_lines():
    wrong = BIB.replace("= 2025", "= 2024")
    other = BIB.partition("@article")[2].partition("@book")[0]
    text = f"{wrong}\n@article{other}"
    after = copied(text.encode()).content.decode()
    assert changes(text, after) == ["- year     = 2024,", "+ year     = 2025,"]


def test_an_entry_without_a_key_is_corrected_too():
    wrong = BIB.replace("{ tea ,", "{,").replace("= 2025", "= 2024")
    assert copied(wrong.encode()).content.decode() == wrong.replace("= 2024", "= 2025")


def test_biblatex_gets_the_fields_of_biblatex():
    text = BIB.replace("journal  = ar", "journaltitle = {The Lancet}").replace(
        "year     = 2025", "date = {2025}"
    )
    found = checked(text.encode())
    [entry] = [one.corrected for one in found.verdicts if one.status == "differs"]
    assert "journaltitle = {Arthritis \\& Rheumatology}" in entry
    assert "date = {2025}" in entry
    after = written(found, "bibtex").content.decode()
    assert "journaltitle = {Arthritis \\& Rheumatology}," in after


RIS = """\
TY  - JOUR
ID  - tea
AU  - Muster, Anna
AU  - van der Heide, Jean-Pierre
AU  - Rincon-Arevalo, Łukasz
AU  - Li, Yu
TI  - Tea-Induced Changes of IL-6 in "Late" Gout:
 Results at 52 weeks
T2  - Arthritis & Rheumatology
PY  - 2025
VL  - 77
IS  - suppl 9
SP  - Abstract 0848
M3  - Meeting Abstract
UR  - https://acrabstracts.org/abstract/tea-induced-changes-of-il-6/
Y2  - 2026/01/05/
XX  - mine
ER  - \n
TY  - BOOK
TI  - A Book
ER  - \n"""
RIS_CASES = [
    ("AU  - Li, Yu", "AU  - Lee, Yu", 2, []),
    ("AU  - Li, Yu\n", "", 1, []),
    ("AU  - Li, Yu\n", "AU  - Li, Yu\nAU  - Nobody, Else\n", 1, []),
    ("Rincon-Arevalo, Łukasz\nAU  - Li, Yu", "Li, Yu\nAU  - Rincon-Arevalo, Łukasz", 4, []),
    ("IL-6", "IL-16", 2, []),
    ("at 52", "at 25", 2, []),
    ("T2  - Arthritis & Rheumatology", "T2  - The Lancet", 2, []),
    ("T2  - Arthritis & Rheumatology", "T2  - The Lancet\nJA  - Lancet", 4, []),
    ("SP  - Abstract 0848", "SP  - Abstract 0849\nAN  - 0849", 4, []),
    ("TI  - Tea", "T1  - Te", 2, []),
    ("PY  - 2025", "PY  - 2024", 2, []),
    ("PY  - 2025", "PY  - 2024\nDA  - 2024/10/28/", 4, []),
    ("VL  - 77", "VL  - 76", 2, []),
    ("VL  - 77\n", "", 1, []),
    ("suppl 9", "suppl 10", 2, []),
    ("suppl 9", "Supplement 10", 2, []),
    ("SP  - Abstract 0848", "SP  - Abstract 0849", 2, []),
    ("SP  - Abstract 0848\n", "", 1, []),
    ("-il-6/", "-il-6", 2, []),
    ("-il-6/", "-il-17/", 2, []),
    ("UR  - https://acrabstracts.org/abstract/tea-induced-changes-of-il-6/\n", "", 1, []),
    ("Y2  - 2026/01/05/\n", "", 0, ["access-date-missing"]),
]  # fmt: skip


@pytest.mark.parametrize(("right", "wrong", "count", "left"), RIS_CASES, ids=range(len(RIS_CASES)))
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_wrong_field_of_ris_is_corrected(right, wrong, count, left, end):
    right, wrong = RIS.replace("\n", end), RIS.replace(right, wrong, 1).replace("\n", end)
    assert codes(right.encode(), "refs.ris") == []
    assert codes(wrong.encode(), "refs.ris")
    found = copied(wrong.encode(), "refs.ris")
    after = found.content.decode()
    assert codes(found.content, "refs.ris") == left
    changed = changes(wrong, after)
    assert len(changed) <= max(count, 1) * bool(count), changed
    assert after.endswith(right[-25:])
    assert after.count("\r\n") == (after.count("\n") if end == "\r\n" else 0)


def test_lines_are_added_to_an_entry_without_an_end():
    text = RIS.partition("ER  -")[0].replace("VL  - 77\n", "").rstrip("\n")
    found = copied(text.encode(), "refs.ris").content.decode()
    assert found == f"{text}\nVL  - 77\n"


# --- encodings and other files --------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
def test_the_encoding_of_a_file_stays(encoding):
    text = "% Müller’s – list\n" + BIB.replace("= 2025", "= 2024").replace("\n", "\r\n")
    data = text.encode(encoding)
    assert copied(data).content == text.replace("= 2024", "= 2025").encode(encoding)


def test_a_value_that_the_encoding_lacks_is_not_written():
    text = RIS.replace("Łukasz", "L.").replace("Rincon-Arevalo, L.", "Rincon-Averalo, L.")
    text = text.replace("A Book", "Ein Büchlein")
    found = copied(text.replace("\n", "\r\n").encode("cp1252"), "refs.ris")
    assert found.content == text.replace("\n", "\r\n").encode("cp1252")
    assert found.notes[1] == "1 finding not corrected: 1 author-misspelled"


def test_a_file_in_an_unknown_encoding_is_an_error():
    with pytest.raises(UnreadableInput, match="UTF-8"):
        SourceText("<meta charset='shift_jis'>日本語".encode("shift_jis"), "x.bib")


def test_edits_must_not_overlap():
    source = SourceText("äbc".encode(), "x")
    assert source.with_edits([Edit(1, 2, "x"), Edit(0, 0, "y")]) == "yäxc".encode()
    with pytest.raises(ValueError, match="overlap"):
        source.with_edits([Edit(0, 2, "x"), Edit(1, 3, "y")])


@pytest.mark.parametrize(
    ("form", "output", "wanted"),
    [
        ("", "-", "text"),
        ("", "report", "text"),
        ("", "report.txt", "text"),
        ("", "report.md", "markdown"),
        ("", "report.HTML", "html"),
        ("", "report.htm", "html"),
        ("", "report.jsonl", "json"),
        ("", "report.docx", ""),
        ("", "report.bib", ""),
        ("", "report.pdf", ""),
        ("", "report.rtf", ""),
        ("", "report.csv", ""),
        ("", "report.xlsx", ""),
        ("", "report.odt", ""),
        ("", "report.nbib", ""),
        ("bibtex", "fixed.bib", "bibtex"),
        ("bibtex", "fixed.ris", ""),
        ("bibtex", "report.docx", ""),
        ("ris", "fixed.ris", "ris"),
        ("ris", "fixed.bib", ""),
        ("docx", "fixed.bib", ""),
        ("csljson", "fixed.json", ""),
        ("csljson", "report.jsonl", "json"),
        ("", "report.json", "json"),
    ],
)
def test_the_ending_decides_what_is_written(form, output, wanted):
    found = CheckedManuscript("x", b"", Manuscript(form=form))
    if wanted:
        assert target_of(output, found) == wanted
    else:
        with pytest.raises(UsageError) as error:
            target_of(output, found)
        assert len(str(error.value).splitlines()) == 1


def test_json_needs_an_ending_of_json():
    found = CheckedManuscript("x.md", b"", Manuscript())
    assert target_of("-", found, as_json=True) == "json"
    assert target_of("x.jsonl", found, as_json=True) == "json"
    assert target_of("x.json", found, as_json=True) == "json"
    with pytest.raises(UsageError, match="not JSON"):
        target_of("x.html", found, as_json=True)


def test_a_copy_of_another_manuscript_is_not_written_as_text():
    with pytest.raises(UsageError, match=r"\.wiki"):
        target_of("y.wiki", CheckedManuscript("x.wiki", b"", Manuscript()))


@pytest.mark.parametrize(
    ("right", "wrong", "code"),
    [
        ("pages    = {Abstract 0848}", "pages = {12--13}", "number-missing"),
        ("pages    = {Abstract 0848}", "note = {See also abstract 0849}", "number-missing"),
        ("Muster, Anna and", "Muster, Anna; Nobody, Else;", "author-extra"),
    ],
)
def test_what_would_contradict_another_field_is_left(right, wrong, code):
    before = BIB.replace(right, wrong).encode()
    assert code in codes(before)
    found = copied(before)
    assert found.content == before
    assert code in found.notes[1]


def test_findings_about_an_entry_that_is_not_found_are_counted():
    data = BIB.encode()
    manuscript = read(data, "x.bib")
    verdicts = tuple(
        Verdict("tea", "x", "differs", findings=(Finding("year", "1", "2"),), corrected=text)
        for text in ("no entry", "@article{broken")
    )
    found = written(CheckedManuscript("x.bib", data, manuscript, verdicts), "bibtex")
    assert found.content == data
    assert found.notes == ("0 findings corrected", "2 findings not corrected: 2 year")


def test_hostile_values_of_a_record_stay_in_their_field():
    for title in (
        "}\n@comment{",
        "{",
        "\\input{/etc/passwd}",
        'a " b',
        "%",
        "x\nER  - \nTY  - BOOK",
    ):
        record = structs.replace(TEA, title=f"{TEA.title} {title} end")
        library = Library.of([record])
        for text, form, ending in ((BIB, "bibtex", "bib"), (RIS, "ris", "ris")):
            data = text.encode()
            manuscript = read(data, f"x.{ending}")
            options = CheckOptions(entries=form)
            verdicts = tuple(check(manuscript.references, library, options))
            found = written(CheckedManuscript(f"x.{ending}", data, manuscript, verdicts), form)
            again = read(found.content, f"x.{ending}")
            assert len(again.references) == len(manuscript.references)
            assert again.references[1].item == manuscript.references[1].item
