"""Records that may repeat another one share a key, however the two are written."""

import pytest

from abstool.cli.records.prepared import Prepared
from abstool.cli.records.suspects import Suspects

YEAR = {"issued": {"date-parts": [[2020]]}}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"title": "x", "DOI": "https://doi.org/10.1234/A"}, {"title": "y", "DOI": "10.1234/a"}),
        ({"title": "x", "URL": "https://doi.org/10.1234/A"}, {"title": "y", "DOI": "10.1234/a"}),
        ({"URL": "http://www.tea.example/a/"}, {"URL": "https://tea.example/a#b"}),
        ({"URL": "https://user@tea.example:443"}, {"URL": "http://www.tea.example/"}),
        (
            {"title": "A <i>b</i> c", "author": [{"family": "van der Berg"}]} | YEAR,
            {"title": "A b c", "author": [{"family": "Berg", "non-dropping-particle": "van der"}]}
            | YEAR,
        ),
        (
            {"title": "Tea [meeting abstract]", "author": [{"family": "Roe"}]} | YEAR,
            {"title": "Tea", "author": [{"family": "Roe"}]} | YEAR,
        ),
    ],
)
def test_works_that_may_be_one_are_suspects(one, other):
    items = [Prepared("", item, "", is_item=True) for item in (one, {"title": "else"}, other)]
    known = Suspects()
    assert [known.add(one, place) for place, one in enumerate(items)] == [[], [], [0]]
