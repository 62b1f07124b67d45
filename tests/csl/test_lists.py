"""Bibliographies and in-text citations: order, numbers, letters, language, label."""

import pytest

import abstool
from abstool.citing import export
from abstool.csl.elements.sorting import collated
from abstool.errors import UsageError


def work(family, year, title="On tea", **changed):
    return {
        "type": "article-journal",
        "id": f"{family}{year}{title}",
        "title": title,
        "author": [{"family": name, "given": "Ann"} for name in family.split(" & ")],
        "issued": {"date-parts": [[year]]},
        "container-title": "Tea",
    } | changed


def heads(entries):
    return [entry.split(")")[0] for entry in entries]


WORKS = [work("Zorn", 2020), work("Ødegård", 2021), work("al-Masri", 2019), work("Émile", 2018)]


def test_the_order_is_that_of_the_input_or_the_style():
    assert heads(abstool.cite(WORKS, "apa")) == [
        *("Zorn, A. (2020", "Ødegård, A. (2021", "al-Masri, A. (2019", "Émile, A. (2018")
    ]
    assert heads(abstool.cite(WORKS, "apa", sort="style")) == [
        *("al-Masri, A. (2019", "Émile, A. (2018", "Ødegård, A. (2021", "Zorn, A. (2020")
    ]


def test_a_style_without_an_order_keeps_the_input_s():
    assert abstool.cite(WORKS, "vancouver", sort="style") == abstool.cite(WORKS, "vancouver")


def test_an_unknown_order_is_refused():
    with pytest.raises(UsageError, match=r"^sort: unknown value 'up'; use input, style"):
        abstool.cite(WORKS, sort="up")


@pytest.mark.parametrize(
    ("style", "number"),
    [("vancouver", "1. "), ("ama", "1. "), ("ieee", "[1] "), ("the-lancet", "1 "), ("apa", "Zorn")],
)
def test_numbers_are_printed_on_request_if_the_style_numbers_entries(style, number):
    (entry, *_) = abstool.cite(WORKS, style, number=True)
    assert entry.startswith(number)
    assert not abstool.cite(WORKS, style)[0][0].isdigit()


def test_works_with_the_same_citation_get_letters_after_the_year():
    works = [work("Doe", 2020, "B"), work("Roe", 2020), work("Doe", 2020, "A")]
    assert heads(abstool.cite(works, "apa")) == [
        "Doe, A. (2020a",
        "Roe, A. (2020",
        "Doe, A. (2020b",
    ]
    assert heads(abstool.cite(works, "apa", sort="style"))[:2] == [
        *("Doe, A. (2020a", "Doe, A. (2020b")
    ]
    assert "A." in abstool.cite(works, "apa", sort="style")[0].split("(2020a)")[1]


def test_works_that_more_names_distinguish_get_no_letters():
    works = [work("Doe & Poe & Roe", 2020), work("Doe & Poe & Zoe", 2020)]
    assert all("(2020)" in entry for entry in abstool.cite(works, "apa"))


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("vancouver", "(1–4)"),
        ("the-lancet", "1–4"),
        ("apa", "(al-Masri, 2019; Émile, 2018; Ødegård, 2021; Zorn, 2020)"),
        ("chicago", "(Zorn 2020; Ødegård 2021; al-Masri 2019; Émile 2018)"),
    ],
)
def test_one_citation_in_a_text_contains_all_items(style, expected):
    assert export(WORKS, style, in_text=True).decode() == f"{expected}\n"


def test_two_numbers_in_a_row_are_not_a_range():
    assert export(WORKS[:2], "vancouver", in_text=True) == b"(1,2)\n"
    assert export(WORKS[:1], "nature", in_text=True, to="html").endswith(
        b"<p><sup>1</sup></p>\n</body>\n</html>\n"
    )


def test_years_of_the_same_authors_are_grouped_if_the_style_collapses_them():
    works = [work("Doe", 2020, "B"), work("Doe", 2020, "A"), work("Doe", 2021)]
    printed = export(works, "chicago", in_text=True).decode()
    assert printed == "(Doe 2020a, 2020b, 2021)\n"


def test_repeated_authors_are_replaced_in_sorted_lists_only(tmp_path):
    path = tmp_path / "dashes.csl"
    path.write_text(
        '<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0"><info/>'
        '<citation><layout><text variable="title"/></layout></citation>'
        '<bibliography subsequent-author-substitute="———"><sort><key variable="author"/></sort>'
        '<layout><names variable="author"/><text variable="title" prefix=". "/></layout>'
        "</bibliography></style>",
        "utf-8",
    )
    works = [work("Roe", 2020, "A"), work("Doe", 2020, "B"), work("Roe", 2021, "C")]
    assert abstool.cite(works, str(path), sort="style") == [*("Ann Doe. B", "Ann Roe. A", "———. C")]
    assert abstool.cite(works, str(path))[2] == "Ann Roe. C"


def test_works_without_an_author_are_not_by_the_same_author(tmp_path):
    path = tmp_path / "dashes.csl"
    path.write_text(
        '<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0"><info/>'
        '<citation><layout><text variable="title"/></layout></citation>'
        '<bibliography subsequent-author-substitute="———"><sort><key variable="title"/></sort>'
        '<layout><names variable="author"><substitute><text value="Anon"/></substitute></names>'
        '<text variable="title" prefix=". "/></layout></bibliography></style>',
        "utf-8",
    )
    works = [work("Doe", 2020, title) | {"author": []} for title in "AB"]
    assert abstool.cite(works, str(path), sort="style") == ["Anon. A", "Anon. B"]


def test_the_language_of_words_and_quotation_marks_can_be_chosen(article):
    book = article(type="book", editor=[{"family": "Roe"}], author=None, title='The "Tea" Book')
    german = abstool.cite([book], "elsevier-harvard", locale="de-DE")[0]
    assert "Hrsg." in german
    assert "„Tea“" in german
    with pytest.raises(UsageError, match="locale: 'xx-YY' is not a known language; write it like"):
        abstool.cite([book], "apa", locale="xx-YY")


@pytest.mark.parametrize(
    "style",
    ["ama", "american-medical-association", "apa", "vancouver", "nature", "the-lancet", "ieee"],
)
def test_every_style_prints_the_label_once_or_not_at_all(record, style):
    (with_label,) = abstool.cite([record("number")], style)
    (without,) = abstool.cite([record("number")], style, label=False)
    assert with_label.lower().count("[abstract]") == 1
    assert "abstract]" not in without.lower()


def test_a_title_with_the_label_does_not_get_another(article):
    item = article(genre="abstract", title="On tea [abstract]")
    for style in ("nature", "apa", "vancouver", "ama"):
        assert abstool.cite([item], style)[0].lower().count("[abstract]") == 1


def test_other_genres_and_titles_are_not_changed(article):
    assert "[" not in abstool.cite([article(genre="Review")], "nature")[0]
    assert "On tea [abstract]" in abstool.cite([article(title="On tea [abstract]")], "nature")[0]


def test_a_record_without_a_journal_names_its_meeting(record):
    (text,) = abstool.cite([record("publication")], "vancouver")
    assert "Abstract presented at: ACR Convergence 2025. 2025 Oct 28" in text


def test_ranges_of_dates_sort_by_their_first_date():
    spring = {"date-parts": [[2019, 3], [2019, 5]]}
    works = [work("Doe", 2020), work("Doe", 2018), work("Doe", 2019, issued=spring)]
    assert [entry[9:13] for entry in abstool.cite(works, "apa", sort="style")] == [
        *("2018", "2019", "2020")
    ]


def test_words_sort_as_in_dictionaries():
    words = ["zebra", "Ödland", "al-Masri", "“Quoted”", "Ångström", "item 10", "item 9"]
    assert sorted(words, key=collated) == [
        *("al-Masri", "Ångström", "item 9", "item 10", "Ödland", "“Quoted”", "zebra")
    ]


def test_a_style_without_citations_has_no_citation_in_a_text(tmp_path):
    path = tmp_path / "lists.csl"
    path.write_text(
        '<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0"><info/>'
        '<bibliography><layout><text variable="title"/></layout></bibliography></style>',
        "utf-8",
    )
    assert abstool.cite(WORKS[:1], str(path)) == ["On tea"]
    with pytest.raises(UsageError, match="style 'lists': has no in-text citations"):
        export(WORKS, str(path), in_text=True)


@pytest.mark.parametrize("options", [{"sort": "style"}, {"in_text": True}])
def test_a_style_whose_sort_key_fails_is_a_usage_error(tmp_path, options):
    path = tmp_path / "unsorted.csl"
    area = '<sort><key macro="missing"/></sort><layout><text variable="title"/></layout>'
    path.write_text(
        '<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0"><info/>'
        f"<citation>{area}</citation><bibliography>{area}</bibliography></style>",
        "utf-8",
    )
    with pytest.raises(UsageError, match="style 'unsorted': fails on 'On tea'"):
        export(WORKS, str(path), **options)


def test_a_style_with_a_missing_macro_fails_on_each_item_but_not_on_an_empty_list(tmp_path):
    path = tmp_path / "broken.csl"
    area = '<layout><text macro="missing"/></layout>'
    path.write_text(
        '<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0"><info/>'
        f"<citation>{area}</citation><bibliography>{area}</bibliography></style>",
        "utf-8",
    )
    assert abstool.cite([], path) == []
    with pytest.raises(UsageError, match="style 'broken': fails on 'On tea'"):
        abstool.cite(WORKS[:1], path)
