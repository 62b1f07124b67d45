"""Records for tests of books, and books made of them."""

import pytest

from abstool.book import BookOptions, book_of, epub, html
from abstool.book.citations import printed
from abstool.record import Abstract

DATA = [
    {
        "url": f"https://acrabstracts.org/abstract/{slug}/",
        "number": number,
        "title": title,
        "authors": [
            {"name": "Zoë Dörner", "family": "Dörner", "given": "Zoë", "affiliations": ["1", "2"]},
            {"name": name, "family": name.split()[-1], "given": name.split()[0]},
        ],
        "affiliations": [
            {"label": "1", "name": "University of Tea, Boston, MA"},
            {"label": "2", "name": "Charité, Berlin, Germany"},
        ],
        "meeting": "ACR Convergence 2025",
        "keywords": ["gout", keyword],
        "session": {
            "title": session,
            "type": "Poster",
            "date": day,
            "start": f"{day}T09:00",
            "end": f"{day}T10:30",
        },
        "sections": [
            {"label": "Background", "text": text},
            {"label": "Results", "text": "One.\n\nTwo."},
        ],
        "tables": [{"section": "Results", "header": ["a", "b"], "rows": [["1", "2"]]}],
        "trials": [{"registry": "ClinicalTrials.gov", "id": "NCT01234567"}],
        "disclosures": [{"name": "Z. Dörner", "author": "Zoë Dörner", "text": "Tea Inc, 1"}],
        "publication": {"abbreviation": "Arthritis Rheumatol", "year": 2025, "volume": "77"},
        "accessed": "2026-01-05",
    }
    for slug, number, title, name, keyword, session, day, text in (
        (
            "tea",
            "0848",
            "Tea and TNF-α in Sjögren’s",
            "Ann Roe",
            "tea",
            "Tea",
            "2025-10-26",
            "IL-6 rose.",
        ),
        (
            "milk",
            "0090",
            "Milk in Knees",
            "Bob Doe",
            "milk",
            "Milk",
            "2025-10-27",
            "TNFalpha fell.",
        ),
        ("rum", "PP01", "Rum", "Ann Roe", "rum", "Milk", "2025-10-27", "Interleukin 17 stayed."),
    )
]
EVIL = "</script><script>alert(1)</script><img src=x onerror=alert(1)>\u202e\x1b[31m"
HOSTILE = DATA[0] | {
    "number": '"><b>x1',
    "title": EVIL,
    "url": "javascript:alert(1)",
    "keywords": [EVIL],
    "meeting": EVIL,
    "sections": [{"label": EVIL, "text": f"<!-- {EVIL}"}],
    "figures": [{"section": EVIL, "caption": EVIL, "url": "data:text/html,x"}],
    "trials": [{"registry": "ClinicalTrials.gov", "id": "'><script>"}],
}


USUAL = BookOptions()


def made(data, options=USUAL):
    """Return the book of the data of records, with its citations."""
    book = book_of([Abstract.from_dict(one) for one in data], options)
    texts = printed(book.records, options.style, lambda _, error: pytest.fail(str(error)))
    for entry, text in zip(book.entries, texts, strict=True):
        entry.citation = text
    return book


def as_html(data, options=USUAL):
    """Return a book as HTML."""
    return html(made(data, options), "AMA").decode()


def as_epub(data, options=USUAL):
    """Return a book as EPUB."""
    return epub(made(data, options))
