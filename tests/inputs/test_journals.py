"""Lists of journals: the forms of JabRef and NLM, and what cannot be read."""

import pytest

from abstool.errors import UsageError
from abstool.inputs import files
from abstool.inputs.journals import read_journals

NLM = """\
--------------------------------------------------------
JrId: 1
JournalTitle: Tea (London, England)
MedAbbr: Tea
ISSN (Print): 1234-5679
ISSN (Online): 
IsoAbbr: Tea
NlmId: 0000001
--------------------------------------------------------
JrId: 2
JournalTitle: Journal of imagined milk : official organ
MedAbbr: J Imagin Milk
ISSN (Print): 
IsoAbbr: J. Imagin. Milk
NlmId: 0000002
"""  # noqa: W291 - as in the file
FOUND = {"Journal of Tea": "J. Tea", "Tea, Milk & Water": "Tea Milk"}


@pytest.mark.parametrize(
    "text",
    [
        "Journal of Tea;J. Tea\nTea, Milk & Water;Tea Milk\n",
        "# a comment\r\n\r\nJournal of Tea;J. Tea;JTea;M\r\nTea, Milk & Water ; Tea Milk\r\n",
        'Journal of Tea,J. Tea\n"Tea, Milk & Water","Tea Milk","TMW"\n',
        "\ufeffJournal of Tea = J. Tea\nTea, Milk & Water = Tea Milk",
    ],
)
def test_the_lists_of_jabref_are_read(tmp_path, text):
    (tmp_path / "list.csv").write_bytes(text.encode())
    assert read_journals(str(tmp_path / "list.csv")) == (FOUND, [])


def test_the_list_of_nlm_is_read(tmp_path):
    (tmp_path / "J_Medline.txt").write_text(NLM, "utf-8")
    assert read_journals(str(tmp_path / "J_Medline.txt")).abbreviations == {
        "Tea (London, England)": "Tea",
        "Journal of imagined milk : official organ": "J Imagin Milk",
    }


def test_a_line_that_is_no_journal_is_named_and_costs_no_other(tmp_path):
    lines = ["Journal of Tea;J Tea", "words", "Milk;", ";", "x" * 200_000 + ";y", "Water;W"]
    (tmp_path / "list.csv").write_text("\n".join(lines), "utf-8")
    found = read_journals(str(tmp_path / "list.csv"))
    assert found.abbreviations == {"Journal of Tea": "J Tea", "Water": "W"}
    assert found.unread == [2, 3, 4, 5]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "empty"),
        (b"words only\n", "no journals found"),
        (b"\0" * 50, "empty"),
        (b"a;b\n" * 30, "larger than 0.0001 MB"),
        (None, "cannot be read"),
    ],
)
def test_a_file_without_journals_is_a_usage_error(tmp_path, monkeypatch, content, problem):
    monkeypatch.setattr(files, "LARGEST_LIST", 100)
    path = tmp_path / "list.csv"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UsageError, match=problem):
        read_journals(str(path))
    with pytest.raises(UsageError):
        read_journals("\0")
