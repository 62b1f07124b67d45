"""Rules of the elements of CSL, each with the smallest style that shows it."""

import pytest

import abstool
from abstool.errors import UsageError

TITLE = '<text variable="title"/>'
LONG = "x" * 100_000
PEOPLE = [
    {"family": "van der Heide", "given": "Désirée A"},
    {"family": "al-Masri", "given": "Nadia"},
    {"family": "d'Angelli", "given": "Chiara"},
]


@pytest.fixture
def cited(style):
    """Return a function that renders one item with a small style, as text or another form."""

    def text(item, layout, macros="", attributes="", **options):
        return abstool.cite([item], style(layout, macros, attributes), **options)[0]

    return text


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("never", "van der Heide D, al-Masri N, d’Angelli C"),
        ("sort-only", "van der Heide D, al-Masri N, d’Angelli C"),
        ("display-and-sort", "Heide D van der, Masri N al-, Angelli C d’"),
    ],
)
def test_the_style_decides_where_particles_of_inverted_names_go(cited, article, rule, expected):
    layout = """<names variable="author"><name name-as-sort-order="all" sort-separator=" "
        initialize-with=""/></names>"""
    people = [person | {"given": person["given"].split()[0]} for person in PEOPLE]
    attributes = f'demote-non-dropping-particle="{rule}"'
    assert cited(article(author=people), layout, attributes=attributes) == expected


def test_particles_go_before_the_family_name_if_the_name_is_not_inverted(cited, article):
    layout = '<names variable="author"/>'
    assert cited(article(author=PEOPLE), layout) == (
        "Désirée A van der Heide, Nadia al-Masri, Chiara d’Angelli"
    )
    ludwig = [{"family": "Beethoven", "given": "Ludwig van"}]
    assert cited(article(author=ludwig), layout) == "Ludwig van Beethoven"
    whole = [{"family": '"van Damme"', "given": "Koen"}]
    inverted = '<names variable="author"><name name-as-sort-order="all"/></names>'
    assert cited(article(author=whole), inverted) == "van Damme, Koen"


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ('et-al-min="4" et-al-use-first="1"', "A, B, C"),
        ('et-al-min="3" et-al-use-first="1"', "A et al."),
        ('et-al-min="3" et-al-use-first="2"', "A, B, et al."),
        ('et-al-min="3" et-al-use-first="1" et-al-use-last="true"', "A, … C"),
        ('and="text"', "A, B, and C"),
        ('and="symbol" delimiter-precedes-last="never"', "A, B & C"),
        ('and="text" delimiter="; "', "A; B; and C"),
    ],
)
def test_lists_of_names_are_joined_and_shortened_as_the_style_says(
    cited, article, attributes, expected
):
    layout = f'<names variable="author"><name {attributes}/></names>'
    assert cited(article(author=[{"family": name} for name in "ABC"]), layout) == expected


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        ([{"literal": "et al."}], "et al."),
        ([{"family": "A"}, {"literal": "et al."}], "A et al."),
    ],
)
def test_people_who_are_not_listed_are_printed_once(cited, article, people, expected):
    assert cited(article(author=people), '<names variable="author"/>') == expected


def test_et_al_has_its_own_formatting(cited, article):
    layout = """<names variable="author"><name et-al-min="2" et-al-use-first="1"/>
        <et-al term="and others" font-style="italic"/></names>"""
    item = article(author=[{"family": "A"}, {"family": "B"}])
    assert cited(item, layout, to="html") == "A <i>and others</i>"


def test_substituted_names_take_the_format_of_the_names_they_replace(cited, article):
    layout = """<names variable="composer"><name initialize-with="." name-as-sort-order="all"/>
        <label form="short" prefix=", "/><substitute><choose><if type="book">
        <names variable="editor"/></if></choose></substitute></names>"""
    item = article(type="book", editor=[{"family": "Roe", "given": "Ann"}])
    assert cited(item, layout) == "Roe, A., ed."


def test_a_group_is_kept_if_a_term_substitutes_for_its_names(cited, article):
    layout = """<group suffix="."><names variable="author"><substitute>
        <text term="anonymous" form="short"/></substitute></names></group>"""
    assert cited(article(author=None), layout) == "Anon."


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ('<text value="in"/><text variable="note"/>', "On tea"),
        ('<text value="in"/><text variable="volume"/>', "On tea in 12"),
        ('<text value="in"/>', "On tea in"),
        ('<text variable="note"/><group><text value="x"/></group>', "On tea x"),
        ('<text macro="empty"/>', "On tea"),
    ],
)
def test_a_group_is_dropped_if_all_its_variables_are_absent(cited, article, inside, expected):
    layout = f'<group delimiter=" ">{TITLE}<group delimiter=" ">{inside}</group></group>'
    macros = '<macro name="empty"><text value="x"/><text variable="note"/></macro>'
    assert cited(article(), layout, macros) == expected


def test_texts_inside_a_condition_are_joined_with_the_delimiter_of_the_group(cited, article):
    layout = f"""<group delimiter="; ">{TITLE}<choose><if variable="volume">
        <text variable="volume"/><choose><if variable="issue"><text variable="issue"/></if></choose>
        </if></choose></group>"""
    assert cited(article(), layout) == "On tea; 12; 3"


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ([[2020, 3, 3], [2020, 3, 5]], "March 3–5, 2020"),
        ([[2020, 3, 3], [2020, 5, 5]], "March 3–May 5, 2020"),
        ([[2020, 12, 30], [2021, 1, 2]], "December 30, 2020–January 2, 2021"),
        ([[2020], [2021]], "2020–2021"),
        ([[2020, 3], [2020, 5]], "March–May 2020"),
        ([[2020, 3, 3], [2020, 3, 3]], "March 3, 2020"),
    ],
)
def test_a_range_of_dates_prints_once_what_both_dates_share(cited, article, dates, expected):
    layout = '<date variable="issued" form="text"/>'
    assert cited(article(issued={"date-parts": dates}), layout) == expected


def test_a_range_prints_nothing_if_the_style_prints_none_of_its_parts(cited, article):
    layout = f'<group delimiter=" ">{TITLE}<date variable="issued"><date-part name="day"/></date>'
    item = article(issued={"date-parts": [[2020], [2021]]})
    assert cited(item, f"{layout}</group>") == "On tea"


@pytest.mark.parametrize(
    ("rule", "pages", "expected"),
    [
        ("expanded", "321-5", "321–325"),
        ("expanded", "S12-S18", "S12–S18"),
        ("minimal", "321-325", "321–5"),
        ("minimal", "S12-S18", "S12–8"),
        ("minimal-two", "1321-1328", "1321–28"),
        ("chicago", "3-10", "3–10"),
        ("chicago", "100-104", "100–104"),
        ("chicago", "107-108", "107–8"),
        ("chicago", "321-328", "321–28"),
        ("chicago", "1496-1504", "1496–1504"),
        ("expanded", "e1234", "e1234"),
        ("expanded", "12-5", "12–15"),
        ("expanded", "1-3, 7-9", "1–3, 7–9"),
    ],
)
def test_page_ranges_follow_the_style_s_rule(cited, article, rule, pages, expected):
    attributes = f'page-range-format="{rule}"'
    assert cited(article(page=pages), '<text variable="page"/>', attributes=attributes) == expected


def test_ranges_have_the_dash_of_the_language_or_the_style(cited, article):
    layout = '<text variable="page" suffix="|"/><text variable="issue"/>'
    assert cited(article(page="1-9", issue="4-5"), layout) == "1–9|4–5"
    own = """<locale xml:lang="en"><terms><term name="page-range-delimiter">-</term></terms>
        </locale>"""
    assert cited(article(page="1-9", issue="4-5"), layout, own) == "1-9|4-5"
    assert cited(article(issue="Suppl 2-b"), '<text variable="issue"/>') == "Suppl 2-b"


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        ("5", "p. 5"),
        ("5-9", "pp. 5–9"),
        ("Abstract 0848", "p. Abstract 0848"),
        ("5, 9", "pp. 5, 9"),
    ],
)
def test_labels_are_in_the_plural_for_ranges_and_lists(cited, article, pages, expected):
    layout = '<label variable="page" form="short" suffix=" "/><text variable="page"/>'
    assert cited(article(page=pages), layout) == expected


@pytest.mark.parametrize(
    ("value", "form", "expected"),
    [
        ("2", "ordinal", "2nd"),
        ("11", "ordinal", "11th"),
        ("21", "ordinal", "21st"),
        ("3", "long-ordinal", "third"),
        ("4", "roman", "iv"),
        ("Revised", "ordinal", "Revised"),
    ],
)
def test_numbers_have_forms_and_words_do_not_change(cited, article, value, form, expected):
    layout = f'<number variable="edition" form="{form}"/>'
    assert cited(article(edition=value), layout) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ('The "Tea" Study', "“The ‘Tea’ Study”"),
        ("The “Tea” Study", "“The ‘Tea’ Study”"),
        ("The 'Tea' Study", "“The ‘Tea’ Study”"),
        ("Patients' Views of Tea's Taste", "“Patients’ Views of Tea’s Taste”"),
        ('5" and 6"', '“5" and 6"”'),
    ],
)
def test_nested_quotation_marks_alternate(cited, article, title, expected):
    assert cited(article(title=title), '<text variable="title" quotes="true"/>') == expected


def test_straight_quotation_marks_become_the_language_s_and_typographic_ones_stay(cited, article):
    german = {"attributes": 'default-locale="de-DE"'}
    assert cited(article(title='A "b" c'), TITLE, **german) == "A „b“ c"
    assert cited(article(title="A “b” c"), TITLE, **german) == "A “b” c"


@pytest.mark.parametrize("mark", ["italic", "bold"])
def test_doubled_punctuation_is_dropped_across_formatting(cited, article, mark):
    kind = {"italic": "font-style", "bold": "font-weight"}[mark]
    layout = (
        f'<group delimiter=". "><text variable="title" {kind}="{mark}"/><text value="J"/></group>'
    )
    assert cited(article(title="Why?"), layout) == "Why? J"
    assert cited(article(title="The end."), layout) == "The end. J"


def test_a_space_separates_an_aligned_number_from_the_entry(cited, article, tmp_path):
    path = tmp_path / "aligned.csl"
    path.write_text(
        '<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0"><info/>'
        f"<citation><layout>{TITLE}</layout></citation>"
        '<bibliography second-field-align="flush"><layout>'
        f'<text variable="citation-number" suffix="."/>{TITLE}</layout></bibliography></style>',
        "utf-8",
    )
    assert abstool.cite([article()], str(path), number=True) == ["1. On tea"]


def test_a_doi_written_as_a_url_does_not_get_its_prefix_twice(cited, article):
    layout = '<text variable="DOI" prefix="https://doi.org/"/>'
    assert cited(article(DOI="https://doi.org/10.1/x"), layout) == "https://doi.org/10.1/x"


def test_an_event_is_read_by_both_of_its_names(cited, article):
    for name in ("event", "event-title"):
        for given in ("event", "event-title"):
            item = article(type="speech", **{given: "Tea Days"})
            assert cited(item, f'<text variable="{name}"/>') == "Tea Days"


@pytest.mark.parametrize(
    "body",
    [
        '<text macro="m{next}"/><text macro="m{next}"/>',
        '<choose><if variable="title"><text macro="m{next}"/><text macro="m{next}"/></if></choose>',
        '<text macro="m{number}"/>',
    ],
)
def test_macros_that_call_each_other_too_often_are_an_error(cited, body, article):
    macros = "".join(
        f'<macro name="m{number}">{body.format(number=number, next=number + 1)}</macro>'
        for number in range(60)
    )
    macros += f'<macro name="m60">{TITLE}</macro>'
    with pytest.raises(UsageError, match="macros call each other too often"):
        cited(article(), '<text macro="m0"/>', macros)


@pytest.mark.parametrize(
    "layout",
    [
        f'<group delimiter="{LONG}">{TITLE * 200}</group>',
        f'<names variable="author"><name delimiter="{LONG}"/></names>',
        f'<names variable="author"><name><name-part name="family" prefix="{LONG}"/></name></names>',
        '<text macro="long"/>' * 200,
        '<text macro="affixed"/>' * 200,
    ],
    ids=["group", "names", "name-part", "values", "affixes"],
)
def test_an_entry_that_would_be_too_long_is_an_error(cited, layout, article):
    macros = f'<macro name="long"><text value="{LONG}"/></macro>'
    macros += f'<macro name="affixed"><group prefix="{LONG}">{TITLE}</group></macro>'
    item = article(author=[{"family": f"Roe{number}"} for number in range(200)])
    with pytest.raises(UsageError, match="the entry would be too long"):
        cited(item, layout, macros)
