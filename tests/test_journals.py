"""Abbreviations of journals: when they are looked up, and how titles are matched."""

import json

import pytest

from abstool.citing import cite
from abstool.citing.journals import Abbreviations
from abstool.errors import UsageError

TABLE = {
    "Journal of Tea & Milk": "J Tea Milk",
    "Tea (London, England)": "Tea",
    "Milk : the journal": "Milk (Oxf)",
    "Milk (Berlin, Germany)": "Milk (Berl)",
    "The Water Review": "Water Rev",
}
ITEM = {
    "id": "x",
    "type": "article-journal",
    "title": "Imagined",
    "container-title": "The Journal of Tea and Milk",
}


@pytest.mark.parametrize(
    ("title", "abbreviation"),
    [
        ("Journal of Tea & Milk", "J Tea Milk"),
        ("THE JOURNAL OF TEA AND MILK", "J Tea Milk"),
        ("Tea", "Tea"),
        ("Water review", "Water Rev"),
        ("Milk (Berlin, Germany)", "Milk (Berl)"),
        ("Milk", ""),  # one of two
        ("Journal of Tea", ""),
        ("", ""),
        ("Arthritis & Rheumatology", "Arthritis Rheumatol"),  # from the table of sites
    ],
)
def test_a_title_is_found_in_any_spelling(title, abbreviation):
    assert Abbreviations(TABLE).of(title) == abbreviation


UNKNOWN = {"container-title": "Journal of Rain", "container-title-short": "Journal of Rain"}


@pytest.mark.parametrize(
    ("values", "short"),
    [
        ({}, "J Tea Milk"),
        ({"container-title-short": "JTM"}, "JTM"),
        ({"container-title-short": "the journal of tea & milk"}, "J Tea Milk"),
        ({"container-title-short": 7}, 7),
        ({"journalAbbreviation": "JTM"}, None),
        ({"journalAbbreviation": "Journal of Tea and Milk"}, "J Tea Milk"),
        (UNKNOWN, "Journal of Rain"),
        ({"container-title": "Unknown"}, None),
        ({"type": "chapter"}, None),
        ({"container-title": 7}, None),
    ],
)
def test_only_what_is_missing_is_added(values, short):
    assert Abbreviations(TABLE).added(ITEM | values).get("container-title-short") == short


def test_a_style_that_wants_the_abbreviation_prints_it_and_no_other_does():
    assert "<i>J Tea Milk</i>" in cite([ITEM], "ama", journals=TABLE, to="html")[0]
    assert "<i>The Journal of Tea and Milk</i>" in cite([ITEM], "ama", to="html")[0]
    assert "<i>The Journal of Tea and Milk</i>" in cite([ITEM], "apa", journals=TABLE, to="html")[0]
    with pytest.raises(UsageError, match="not supported by ris"):
        cite([ITEM], "ris", journals=TABLE)


def test_the_command_reads_the_list(tmp_path, capsysbinary):
    from abstool.cli.app import group

    (tmp_path / "list.csv").write_text("Journal of Tea and Milk;J Tea Milk\nwords\n", "utf-8")
    (tmp_path / "x.json").write_text(json.dumps(ITEM), "utf-8")
    options = ["--journals", str(tmp_path / "list.csv"), str(tmp_path / "x.json")]
    assert group().run(["cite", *options]) == 0
    out, err = capsysbinary.readouterr()
    assert b"J Tea Milk" in out
    assert b"list.csv: skipped line 2: not a title and an abbreviation" in err
