"""Invented records and small CSL styles for the tests of the formatters."""

import copy

import pytest

RECORD = {
    "schema": "abstool/1",
    "url": "https://acrabstracts.org/abstract/imagined-effects-of-tea/",
    "site": "acrabstracts.org",
    "number": "0848",
    "title": "Imagined Effects of Tea on Joints",
    "authors": [
        {"name": "Zoë Dörner", "family": "Dörner", "given": "Zoë"},
        {"name": "Michael von Bergen", "family": "von Bergen", "given": "Michael"},
    ],
    "meeting": "ACR Convergence 2025",
    "keywords": ["tea", "joints"],
    "session": {"title": "Drinks", "date": "2025-10-28"},
    "sections": [
        {"label": "Methods", "text": "We drank.\n\nWe waited."},
        {"text": "Nothing happened."},
    ],
    "publication": {
        "journal": "Arthritis & Rheumatology",
        "abbreviation": "Arthritis Rheumatol",
        "issn": "2326-5205",
        "year": 2025,
        "volume": "77",
        "supplement": "9",
    },
}

ARTICLE = {
    "id": "doe2024",
    "type": "article-journal",
    "title": "On tea",
    "author": [{"family": "Doe", "given": "Jane"}],
    "container-title": "Journal of Tea",
    "container-title-short": "J. Tea",
    "volume": "12",
    "issue": "3",
    "page": "123-9",
    "issued": {"date-parts": [[2024, 5, 6]]},
}

STYLE = """\
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0" {attributes}>
  <info><title>t</title><id>t</id><updated>2026-01-01T00:00:00+00:00</updated></info>
  {macros}
  <citation><layout><text variable="citation-number"/></layout></citation>
  <bibliography><layout>{layout}</layout></bibliography>
</style>
"""


@pytest.fixture
def record():
    """Return a function that gives the record without some keys, and with others changed."""

    def made(*without, **changed):
        data = copy.deepcopy(RECORD) | changed
        for key in without:
            part, _, name = key.rpartition(".")
            del (data[part] if part else data)[name]
        return data

    return made


@pytest.fixture
def article():
    """Return a function that gives a plain article with some variables changed."""
    return lambda **changed: {
        key.replace("_", "-"): value for key, value in (ARTICLE | changed).items()
    }


@pytest.fixture
def style(tmp_path):
    """Return a function that writes a small style and gives its path."""

    def written(layout, macros="", attributes="", name="small.csl"):
        path = tmp_path / name
        text = STYLE.format(layout=layout, macros=macros, attributes=attributes)
        path.write_text(text, encoding="utf-8")
        return str(path)

    return written
