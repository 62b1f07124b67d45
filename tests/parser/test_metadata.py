"""What pages say to machines: Highwire, JSON-LD, PRISM and Dublin Core."""

import json

import pytest

import abstool
from abstool.errors import NotAnAbstract
from abstool.parser.metadata.statement import person

NOT_PRINTED = "The title is from the page's metadata; it is not printed on the page."


def page(head, body="<main><h1>Imagined effects of tea</h1><p>We drank.</p></main>"):
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"


def metas(**values):
    return "".join(
        f'<meta name="{name}" content="{value}">'
        for name, found in values.items()
        for value in (found if isinstance(found, list) else [found])
    )


HIGHWIRE = {
    "citation_title": "Imagined effects of tea",
    "citation_author": ["Doe, Jane A.", "Roe, John, Jr"],
    "citation_journal_title": "Journal of Tea",
    "citation_journal_abbrev": "J Tea",
    "citation_volume": "12",
    "citation_issue": "Suppl 3",
    "citation_firstpage": "45",
    "citation_lastpage": "46",
    "citation_doi": "10.1234/tea.5",
    "citation_pmid": "12345678",
    "citation_publication_date": "2021/10/05",
    "citation_publisher": "Tea Press",
    "citation_conference_title": "Tea Congress 2021",
    "citation_keywords": "tea; milk",
}


def test_highwire_tags_make_a_record():
    record = abstool.parse(page(metas(**HIGHWIRE))).to_dict()
    assert [(one["family"], one["given"], one.get("suffix")) for one in record["authors"]] == [
        ("Doe", "Jane A.", None),
        ("Roe", "John", "Jr"),
    ]
    assert record["publication"] == {
        "journal": "Journal of Tea",
        "abbreviation": "J Tea",
        "year": 2021,
        "volume": "12",
        "supplement": "3",
    }
    assert {name: record[name] for name in ("pages", "doi", "pmid", "publisher", "meeting")} == {
        "pages": "45-46",
        "doi": "10.1234/tea.5",
        "pmid": "12345678",
        "publisher": "Tea Press",
        "meeting": "Tea Congress 2021",
    }
    assert record["keywords"] == ["tea", "milk"]
    assert record["first_published"] == "2021-10-05"


@pytest.mark.parametrize(
    ("issue", "publication"),
    [
        ("Suppl 1", {"supplement": "1"}),
        ("Suppl. 1", {"supplement": "1"}),
        ("Supplement_1", {"supplement": "1"}),
        ("Supplement 1", {"supplement": "1"}),
        ("4, Supplement 2", {"issue": "4", "supplement": "2"}),
        ("4 (Suppl 2)", {"issue": "4", "supplement": "2"}),
        ("15_suppl", {"issue": "15 suppl"}),
        ("Supplement", {"issue": "suppl"}),
        ("S10", {"issue": "S10"}),
        ("4", {"issue": "4"}),
        ("Suppl 1-A", {"issue": "Suppl 1-A"}),
    ],
)
def test_an_issue_that_is_a_supplement_is_its_number(issue, publication):
    record = abstool.parse(page(metas(**HIGHWIRE | {"citation_issue": issue}))).to_dict()
    found = record["publication"]
    assert {name: found[name] for name in ("issue", "supplement") if name in found} == publication


ARTICLE = {
    "@type": "ScholarlyArticle",
    "headline": "Imagined effects of <i>tea</i>",
    "author": [
        {"@type": "Person", "givenName": "Jane", "familyName": "Doe", "affiliation": "Tea House"},
        {"@id": "#roe"},
    ],
    "datePublished": "2021-10-05",
    "pagination": "45-46",
    "sameAs": "https://doi.org/10.1234/tea.5",
    "isPartOf": {
        "@type": "PublicationIssue",
        "issueNumber": "Suppl 3",
        "sameAs": "https://doi.org/10.1234/supplement",
        "isPartOf": {
            "@type": ["PublicationVolume", "Periodical"],
            "volumeNumber": 12,
            "name": "Journal of Tea",
            "issn": ["1234-5678"],
        },
    },
}
ROE = {"@id": "#roe", "@type": "Person", "name": "John Roe", "affiliation": {"name": "Milk Bar"}}


@pytest.mark.parametrize(
    "data",
    [{"@graph": [ARTICLE, ROE, {"@type": "WebPage"}]}, [ARTICLE, ROE]],
    ids=["graph", "list"],
)
def test_linked_data_make_a_record(data):
    script = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    record = abstool.parse(page(script)).to_dict()
    assert record["title"] == "Imagined effects of tea"
    assert [(one["family"], one["affiliations"]) for one in record["authors"]] == [
        ("Doe", ["1"]),
        ("Roe", ["2"]),
    ]
    assert [one["name"] for one in record["affiliations"]] == ["Tea House", "Milk Bar"]
    assert record["doi"] == "10.1234/tea.5"
    assert record["pages"] == "45-46"
    assert record["publication"] == {
        "journal": "Journal of Tea",
        "issn": "1234-5678",
        "year": 2021,
        "volume": "12",
        "supplement": "3",
    }


def test_a_supplements_doi_is_not_that_of_the_abstract():
    script = json.dumps({name: value for name, value in ARTICLE.items() if name != "sameAs"})
    record = abstool.parse(page(f'<script type="application/ld+json">{script}</script>'))
    assert record.doi == ""


def test_dublin_core_and_prism_make_a_record_together():
    tags = {
        "dc.title": "Imagined effects of tea",
        "dc.creator": ["Doe, Jane"],
        "dc.identifier": "doi:10.1234/tea.5",
        "dc.date": "2021-10-05",
        "prism.publicationName": "Journal of Tea",
        "prism.volume": "12",
        "prism.number": "Suppl 3",
        "prism.startingPage": "45",
    }
    record = abstool.parse(page(metas(**tags)))
    assert (record.doi, record.pages) == ("10.1234/tea.5", "45")
    assert record.publication.to_dict() == {
        "journal": "Journal of Tea",
        "year": 2021,
        "volume": "12",
        "supplement": "3",
    }


def test_the_forms_are_trusted_in_their_order():
    tags = metas(**HIGHWIRE, **{"dc.title": "Tea | Journal", "prism.volume": "99"})
    record = abstool.parse(page(tags))
    assert (record.title, record.publication.volume) == ("Imagined effects of tea", "12")


@pytest.mark.parametrize(
    "head",
    [
        metas(citation_title="Tea wins a prize"),  # no author
        metas(citation_author="Jane Doe"),  # no title
        (
            '<meta property="og:title" content="Tea"><meta property="og:type" content="article">'
            '<meta name="author" content="Jane Doe">'
        ),
        (
            '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Tea", '
            '"author": {"name": "Jane Doe"}}</script>'
        ),
        '<script type="application/ld+json">{"@type": "ScholarlyArticle", "author": [[</script>',
    ],
    ids=["no author", "no title", "Open Graph", "news", "damaged"],
)
def test_other_metadata_do_not_make_a_record(head):
    with pytest.raises(NotAnAbstract):
        abstool.parse(page(head))


def test_a_page_that_only_a_script_fills_is_named_as_such():
    with pytest.raises(NotAnAbstract, match="empty until a script fills it"):
        abstool.parse(page("<title>Tea</title>", '<div id="app">Loading</div><script>1</script>'))


@pytest.mark.parametrize(
    ("title", "page_title", "number", "rest"),
    [
        ("POS0057 TEA IN LUPUS", "", "POS0057", "TEA IN LUPUS"),
        ("P-012: Tea in lupus", "", "P-012", "Tea in lupus"),
        ("3245 Tea in lupus", "Abstract: Tea in lupus (64th Meeting)", "3245", "Tea in lupus"),
        ("3245 Tea in lupus", "3245 Tea in lupus", "", "3245 Tea in lupus"),
        ("2019 criteria for tea", "", "", "2019 criteria for tea"),
        ("IL17 and tea", "IL17 and tea | J Tea", "", "IL17 and tea"),
        ("CD19 CAR T cells and tea", "", "", "CD19 CAR T cells and tea"),
    ],
)
def test_a_code_before_the_title_is_the_number(title, page_title, number, rest):
    head = f"<title>{page_title}</title>" + metas(**HIGHWIRE | {"citation_title": title})
    record = abstool.parse(page(head, f"<h1>{title}</h1>"))
    assert (record.number, record.title) == (number, rest)


def test_metadata_of_a_page_with_labels_fill_what_it_does_not_print_and_contradict_aloud():
    body = (
        "<h1>Imagined effects of tea</h1><p>Jane Doe and John Roe, Tea House, Town</p>"
        "<p>Abstract Number: 7</p><p>Meeting: Tea Congress 2021</p><p>Methods: We drank.</p>"
        "<p>To cite this abstract in AMA style:</p><p>Doe J, Roe J. Imagined effects of tea "
        "[abstract]. J Tea. 2020; 12 (suppl 3). https://tea.example/abstract/tea/.</p>"
    )
    record = abstool.parse(page(metas(**HIGHWIRE), body))
    assert (record.doi, record.number, record.publication.year) == ("10.1234/tea.5", "7", 2020)
    assert "The page's metadata have a different year: '2021'." in record.warnings


def test_a_page_that_does_not_print_an_author_gets_a_warning():
    body = "<h1>Imagined effects of tea</h1><p>Jane A. Doe</p><h2>Abstract</h2><p>We drank.</p>"
    record = abstool.parse(page(metas(**HIGHWIRE), body))
    assert any("does not print" in one and "Roe" in one for one in record.warnings)
    assert [one.text for one in record.sections] == ["We drank."]


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("Doe, Jane", ("Jane Doe", "Doe", "Jane", "")),
        ("Doe, Jane, MD, PhD", ("Jane Doe", "Doe", "Jane", "")),
        ("Doe, Jane, Jr.", ("Jane Doe, Jr", "Doe", "Jane", "Jr")),
        ("Jane Doe, MD", ("Jane Doe, MD", "", "", "")),
        ("Tea Study Group", ("Tea Study Group", "", "", "")),
    ],
)
def test_a_name_with_a_comma_has_its_parts_apart(written, parts):
    found = person(written)
    assert (found.name, found.family, found.given, found.suffix) == parts


def test_an_article_that_shows_no_meeting_has_no_label():
    tags = {name: value for name, value in HIGHWIRE.items() if name != "citation_conference_title"}
    record = abstool.parse(page(metas(**tags | {"citation_issue": "3"})))
    assert "[abstract]" not in abstool.cite([record])[0]
    assert any("cited as an article" in one for one in record.warnings)


# What a page says of its authors: given and family names, and the start of a warning.
_LINKED = (
    '<script type="application/ld+json">{{"@type": "ScholarlyArticle", "name": "Tea", {}}}</script>'
)
_DUBLIN = (
    '<meta name="dc.identifier" content="10.1234/x.5"><meta name="dc.title" content="Tea">'
    '<meta name="dc.creator" content="{}">'
)


def tags(*people):
    names = "".join(f'<meta name="citation_author" content="{one}">' for one in people)
    return f'<meta name="citation_title" content="Tea">{names}'


SAID = {
    "family names and initials": (
        tags("Roe A", "Poe BC"),
        ["A/Roe", "B C/Poe"],
        "The authors are read as family names and initials: Roe A, Poe BC.",
    ),
    "family names in capitals": (
        tags("Wei LI", "Bo XU"),
        ["Wei/LI", "Bo/XU"],
        "Guessed the family name of Wei LI, Bo XU.",
    ),
    "degrees and titles": (tags("Ann Roe MD PhD", "Dr. Bob Poe"), ["Ann/Roe", "Bob/Poe"], ""),
    "degrees that may be family names": (
        tags("Anh Van DO", "Ann Roe MD"),
        ["Anh/Van DO", "Ann/Roe"],
        "Guessed the family name of Anh Van DO.",
    ),
    "no name": (tags(" , ", "Roe, Ann"), ["Ann/Roe"], ""),
    "two in one tag": (_DUBLIN.format("Ann Roe; Poe, Bob"), ["Ann/Roe", "Bob/Poe"], ""),
    "three in one text": (
        _LINKED.format('"author": "Ann Roe, Bob Poe, Cy Fox"'),
        ["Ann/Roe", "Bob/Poe", "Cy/Fox"],
        "",
    ),
    "two or one in a text": (
        _LINKED.format('"author": "Ann Roe, Bob Poe"'),
        ["Ann Roe, Bob/Poe"],
        "Guessed the family name of Ann Roe, Bob Poe.",
    ),
}


@pytest.mark.parametrize("name", SAID)
def test_the_authors_that_a_page_names_are_right_or_warned_of(name):
    head, names, warning = SAID[name]
    record = abstool.parse(f"<html><head>{head}</head><body><h1>Tea</h1></body></html>")
    assert [f"{one.given}/{one.family}" for one in record.authors] == names
    told = [one for one in record.warnings if "author" in one or "family" in one]
    assert told == [warning] * bool(warning)


@pytest.mark.parametrize(
    ("heading", "warned"),
    [
        ("Imagined effects of tea", False),
        ("<i>Imagined</i> Effects of Tea", False),
        ("12: Imagined effects of tea", False),
        ("Real effects of coffee", True),
        ("", True),
    ],
)
def test_a_title_that_is_not_printed_is_a_warning(heading, warned):
    body = f"<main><h1>{heading}</h1><p>We drank.</p></main>"
    record = abstool.parse(
        page(metas(**HIGHWIRE | {"citation_title": "Imagined effects of tea"}), body)
    )
    assert (NOT_PRINTED in record.warnings) is warned
