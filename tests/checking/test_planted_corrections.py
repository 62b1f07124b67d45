"""A planted error in a BibTeX or RIS file is corrected to what was there before, byte for byte."""

import copy
from collections import Counter

import pytest
from invented import records

from abstool import cite
from abstool.checking import CheckOptions, Library, check
from abstool.checking.reports import CheckedManuscript, entry_format, written
from abstool.manuscripts import read
from abstool.mapping import to_item

pytestmark = pytest.mark.one_python

RECORDS = list(records(40))
LIBRARY = Library.of(RECORDS)
DAY = {"date-parts": [[2026, 1, 5]]}


def author_dropped(item):
    del item["author"][-1]


def authors_swapped(item):
    item["author"][0], item["author"][1] = item["author"][1], item["author"][0]


def author_added(item):
    item["author"].insert(1, {"family": "Nobody", "given": "Else"})


def author_misspelled(item):
    item["author"][0]["family"] += "s"


def title_word(item):
    words = item["title"].split()
    item["title"] = " ".join([*words[:2], "Dancing", *words[3:]])


def title_word_missing(item):
    words = item["title"].split()
    item["title"] = " ".join([*words[:1], *words[2:]])


def year(item):
    item["issued"] = {"date-parts": [[item["issued"]["date-parts"][0][0] - 1]]}


def volume(item):
    item["volume"] = str(int(item["volume"]) + 1)


def supplement(item):
    item["issue"] = "suppl 10"


def number(item):
    item["page"] = "Abstract 9876"
    item["custom"]["abstract_number"] = "9876"


def url_without_slash(item):
    item["URL"] = item["URL"].rstrip("/")


def url_with_http(item):
    item["URL"] = item["URL"].replace("https", "http")


def url_of_another(item):
    item["URL"] = RECORDS[1].url if item["URL"] != RECORDS[1].url else RECORDS[0].url


ERRORS = (
    author_dropped, authors_swapped, author_added, author_misspelled, title_word, year, volume,
    title_word_missing, supplement, number, url_without_slash, url_with_http, url_of_another,
)  # fmt: skip


@pytest.mark.parametrize("style", ["bibtex", "biblatex", "ris"])
def test_a_planted_error_is_corrected(style):
    chosen = [one for one in RECORDS if len(one.authors) > 1][::2]
    found, misses = Counter(), []
    for index, record in enumerate(chosen):
        item = to_item(record) | {"id": f"key{index}", "accessed": DAY}
        [right] = cite([item], style)
        for error in ERRORS:
            wrong_item = copy.deepcopy(item)
            error(wrong_item)
            [wrong] = cite([wrong_item], style)
            if wrong == right:
                continue
            found[error.__name__] += 1
            data = wrong.encode()
            manuscript = read(data, "refs")
            options = CheckOptions(entries=entry_format(manuscript, data))
            verdicts = tuple(check(manuscript.references, LIBRARY, options))
            checked = CheckedManuscript("refs", data, manuscript, verdicts)
            fixed = written(checked, manuscript.form).content.decode()
            if fixed != right:
                misses.append((error.__name__, wrong, fixed))
    assert len(found) == len(ERRORS)
    assert misses == []
