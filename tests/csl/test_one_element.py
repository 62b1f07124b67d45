"""What one element prints by CSL 1.0.2: names, dates, numbers, labels, cases and quotations."""

import pytest

from abstool.csl import Style
from abstool.csl.text import marks
from abstool.item import clean

STYLE = """<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" {attributes}>
<locale><terms>{terms}</terms></locale>
<citation><layout><text variable="title"/></layout></citation>
<bibliography><layout>{layout}</layout></bibliography></style>"""


def printed(layout, *, attributes="", terms="", form="text", **item):
    xml = STYLE.format(layout=layout, attributes=attributes, terms=terms).encode()
    made = {"id": "x", "type": "article-journal", "title": "Tea"} | item
    (entry,) = Style.read(xml).document([made]).bibliography(form)
    return entry.text


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("a cup of tea. the second cup", "A Cup of Tea. The Second Cup"),
        ("tea vs. the bean in the cup", "Tea vs. the Bean in the Cup"),
        ("β-blockers and tea", "β-Blockers and Tea"),
        ("point-of-care tea", "Point-of-Care Tea"),
        ("the pro-inflammatory cup", "The Pro-Inflammatory Cup"),
        ("the mRNA of eTea", "The mRNA of eTea"),
        ('the leaf of <span class="nocase">camellia</span>', "The Leaf of camellia"),
    ],
)
def test_title_case(title, expected):
    assert printed('<text variable="title" text-case="title"/>', title=title) == expected


def test_capitalize_first_keeps_words_of_mixed_case_and_upper_case_knows_turkish():
    assert printed('<text variable="title" text-case="capitalize-first"/>', title="mRNA") == "mRNA"
    upper = '<text variable="title" text-case="uppercase"/>'
    assert printed(upper, title="iki çay", language="tr") == "İKİ ÇAY"
    assert printed(upper, title="six teas", language="en") == "SIX TEAS"


@pytest.mark.parametrize(
    ("page", "rule", "expected"),
    [
        ("13792-13803", "chicago", "13792–13803"),
        ("13792-13803", "minimal", "13792–803"),
        ("xi-xv", "minimal", "xi–xv"),
        ("S12-S19", "minimal", "S12–9"),
        ("S12-S19", "expanded", "S12–S19"),
        ("e5-9", "expanded", "e5-9"),
        ("12-N4", "expanded", "12-N4"),
        ("3\\-B", "expanded", "3-B"),
        ("Leaf-Cup", "expanded", "Leaf-Cup"),
        ("45-1–45-9", "minimal", "45-1–45-9"),
        ("45-1-45-9", "minimal", "45-1–45-9"),
        ("3, 45-1–46-9", "minimal", "3, 45-1–46-9"),
        ("A-12", "minimal", "A-12"),
        ("xii-15", "minimal", "xii–15"),
        ("OP0123-PARE", "minimal", "OP0123-PARE"),
        ("Abstract SAT0456-HPR", "minimal", "Abstract SAT0456-HPR"),
        ("Abstract PO-456", "minimal", "Abstract PO-456"),
        ("Abstract PO-456, PO-458", "expanded", "Abstract PO-456, PO-458"),
        ("Abstract C-12", "minimal", "Abstract C-12"),
        ("Abstract 12-15", "minimal", "Abstract 12–15"),
        ("Abstract S12 - S15", "minimal", "Abstract S12–S15"),
        ("IV-IX", "minimal", "IV–IX"),
        ("12/3-12/9", "minimal", "12/3–12/9"),
    ],
)
def test_page_ranges(page, rule, expected):
    attributes = f'page-range-format="{rule}"'
    assert printed('<text variable="page"/>', attributes=attributes, page=page) == expected


@pytest.mark.parametrize(
    ("page", "first"),
    [
        ("123-9", "123"),
        ("123–9", "123"),
        ("45-1–45-9", "45-1"),
        ("45-1-45-9", "45-1"),
        ("A-12", "A-12"),
        ("A-12, A-14", "A-12"),
        ("xi-xv", "xi"),
        ("xii-12", "xii"),
        ("OP0123-PARE", "OP0123-PARE"),
        ("Abstract PO-456", "Abstract PO-456"),
        ("7, 9", "7"),
    ],
)
def test_the_first_page_of_a_range_or_list(page, first):
    assert printed('<text variable="page-first"/>', page=page) == first


@pytest.mark.parametrize(
    ("variable", "value", "expected"),
    [
        ("page", "xi-xv", "pp."),
        ("page", "7", "p."),
        ("page", "7, 9", "pp."),
        ("page", "7 and 9", "pp."),
        ("page", "3\\-B", "p."),
        ("number", "US 7,347,809", "no."),
        ("number", "2, 3", "nos."),
    ],
)
def test_labels_are_plural_for_ranges_and_lists_only(variable, value, expected):
    terms = '<term name="number" form="short"><single>no.</single><multiple>nos.</multiple></term>'
    layout = f'<label variable="{variable}" form="short"/><text value=" x"/>'
    assert printed(layout, terms=terms, **{variable: value}) == f"{expected} x"


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([[2003], [0]], "2003–"),
        ([[2003, 21]], "Spring 2003"),
        ([[2003, 21], [2003, 23]], "Spring–Autumn 2003"),
        ([[2003, 24], [2005, 21]], "Winter 2003–Spring 2005"),
        ([[2003, 4], [2003, 6]], "April–June 2003"),
    ],
)
def test_seasons_and_ranges_of_dates(parts, expected):
    layout = '<date variable="issued" form="text"/>'
    assert printed(layout, issued={"date-parts": parts}) == expected


def test_an_ordinal_has_the_gender_of_its_noun():
    terms = """<term name="ordinal">.</term>
        <term name="ordinal-01" gender-form="feminine">a</term>
        <term name="ordinal-01" gender-form="masculine">o</term>
        <term name="edition" gender="feminine">edition</term>
        <term name="issue" gender="masculine">issue</term>"""
    layout = """<number variable="edition" form="ordinal" suffix=" "/>
        <number variable="issue" form="ordinal" suffix=" "/>
        <number variable="volume" form="ordinal"/>"""
    assert printed(layout, terms=terms, edition="1", issue="1", volume="1") == "1a 1o 1."


NAME = '<names variable="author"><name {options}>{parts}</name></names>'


def named(*people, options="", parts="", **more):
    return printed(NAME.format(options=options, parts=parts), author=list(people), **more)


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ("", "王小明"),
        ('name-as-sort-order="all" sort-separator=" " initialize-with=""', "王小明"),
    ],
)
def test_names_in_asian_scripts_have_no_space(options, expected):
    assert named({"family": "王", "given": "小明"}, options=options) == expected


@pytest.mark.parametrize("name", ["علي محمد", "כהן דוד", "ศรีสุข สมชาย", "शर्मा आशा"])
def test_names_in_other_scripts_have_a_space(name):
    family, given = name.split()
    options = 'name-as-sort-order="all" sort-separator=" " initialize-with=""'
    assert named({"family": family, "given": given}, options=options) == name


def test_a_group_is_not_an_inverted_name():
    options = 'and="symbol" name-as-sort-order="all" delimiter-precedes-last="after-inverted-name"'
    groups = [{"literal": "Leaf Group"}, {"literal": "Cup Group"}]
    assert named(*groups, options=options) == "Leaf Group & Cup Group"
    people = [{"family": "Doe", "given": "J"}, {"family": "Roe", "given": "R"}]
    assert named(*people, options=options) == "Doe, J, & Roe, R"


@pytest.mark.parametrize(
    ("given", "options", "expected"),
    [
        ("Guo-ping", 'initialize-with="."', "G. Leaf"),
        ("Ji-Hoon", 'initialize-with="."', "J.-H. Leaf"),
        ("Chr. Anna", 'initialize-with="."', "Chr.A. Leaf"),
        ("Margaret.", 'initialize-with="."', "M. Leaf"),
        ("Ann-Éva.", 'initialize-with=""', "A-É Leaf"),
        ("Ya. M. Shch.", 'initialize-with=""', "YaMShch Leaf"),
        ("KMA. Joh.", 'initialize-with=""', "KMAJ Leaf"),
        ("Anna M.", 'initialize-with="." initialize="false"', "Anna M. Leaf"),
        ("John, Jr.", "", "John Leaf Jr."),
        ("John,! Jr.", "", "John Leaf, Jr."),
    ],
)
def test_given_names(given, options, expected):
    assert named({"family": "Leaf", "given": given}, options=options) == expected


def test_a_suffix_has_the_comma_that_the_item_asks_for():
    person = {"family": "Leaf", "given": "Ann", "suffix": "Jr.", "comma-suffix": True}
    assert named(person) == "Ann Leaf, Jr."


@pytest.mark.parametrize("typed", ["et al.", "et al", "others"])
def test_et_al_as_a_name_prints_the_term_of_the_style(typed):
    terms = '<term name="et-al">u. a.</term>'
    people = ({"family": "Leaf", "given": "Ann"}, {"literal": typed})
    assert named(*people, terms=terms) == "Ann Leaf u. a."


def test_names_and_their_parts_keep_their_formatting():
    person = {"family": "Leaf", "given": "Ann", "non-dropping-particle": "van"}
    assert named(person, options='font-weight="bold"', form="html") == "<b>Ann van Leaf</b>"
    parts = '<name-part name="family" text-case="uppercase" font-style="italic"/>'
    assert named(person, parts=parts, form="html") == "Ann <i>VAN LEAF</i>"
    dropping = {"family": "Leaf", "given": "Ann", "dropping-particle": "von"}
    assert named(dropping, parts=parts, form="html") == "Ann von <i>LEAF</i>"
    marked = {"family": "<b>Leaf</b>", "given": "<b>Ann</b>-Marie"}
    options = 'initialize-with="."'
    assert named(marked, options=options, form="html") == "<b>A.</b>-M. <b>Leaf</b>"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ('"Tea"', "“Tea”"),
        ("“‘Tea’ and cup” again", "“‘“Tea” and cup’ again”"),
        ('"Tea" or "cup"', "“‘Tea’ or ‘cup’”"),
    ],
)
def test_quotations_alternate_and_one_around_all_is_not_doubled(title, expected):
    assert printed('<text variable="title" quotes="true"/>', title=title) == expected


def test_blocks_and_undone_formatting_are_in_html_and_separate_in_text():
    layout = """<text variable="title" display="left-margin"/>
        <group display="right-inline"><text variable="volume" font-style="italic"/></group>"""
    blocks = '<div class="csl-left-margin">Tea</div><div class="csl-right-inline"><i>7</i></div>'
    assert printed(layout, form="html", volume="7") == blocks
    assert printed(layout, volume="7") == "Tea 7"
    title = 'Leaf <span class="nodecor">v.</span> Cup'
    upright = '<i>Leaf <span style="font-style: normal">v.</span> Cup</i>'
    italic = '<text variable="title" font-style="italic"/>'
    assert printed(italic, form="html", title=title) == upright


def test_a_cleaned_item_keeps_the_dates_that_a_style_prints():
    item = clean({"issued": {"date-parts": [[2003]], "season": "3"}})
    assert printed('<date variable="issued" form="text"/>', **item) == "Autumn 2003"


@pytest.mark.parametrize(
    ("family", "straight", "inverted"),
    [
        ("de' Tazza", "Anna de’ Tazza", "Tazza, Anna de’"),
        ("d'Angelli", "Anna d’Angelli", "Angelli, Anna d’"),
    ],
)
def test_a_particle_with_an_apostrophe_keeps_its_space(family, straight, inverted):
    person = {"family": family, "given": "Anna"}
    assert named(person) == straight
    demoted = 'demote-non-dropping-particle="display-and-sort"'
    shown = named(person, options='name-as-sort-order="all"', attributes=demoted)
    assert shown == inverted


def test_no_space_stands_before_a_full_stop():
    layout = '<group suffix="."><text variable="title" suffix=" "/></group>'
    assert printed(layout) == "Tea."


def test_formatting_inside_the_same_formatting_stays_as_it_is():
    layout = '<group font-style="italic"><text variable="title" font-style="italic"/></group>'
    assert printed(layout, form="html") == "<i>Tea</i>"
    names = '<names variable="author" font-weight="bold"><name>{}</name></names>'
    part = '<name-part name="family" font-weight="bold"/>'
    person = {"family": "Leaf", "given": "Ann"}
    assert printed(names.format(part), author=[person], form="html") == "<b>Ann Leaf</b>"


def test_the_format_of_a_name_leaves_out_delimiters():
    people = ({"family": "Leaf", "given": "Ann"}, {"family": "Cup", "given": "Bo"})
    made = named(*people, options='font-weight="bold" and="symbol"', form="html")
    assert made == "<b>Ann Leaf</b> &amp; <b>Bo Cup</b>"


def test_a_suffix_has_a_full_stop_where_initials_have_one():
    person = {"family": "Leaf", "given": "Ann", "suffix": "Jr."}
    assert named(person, options='initialize-with=""') == "A Leaf Jr"
    assert named(person, options='initialize-with="."') == "A. Leaf Jr."


def test_capitalize_first_reaches_over_no_hyphen_or_apostrophe():
    layout = '<text variable="title" text-case="capitalize-first"/>'
    assert printed(layout, title="al-Masri on tea") == "Al-Masri on tea"
    assert printed(layout, title="d’Angelli on tea") == "D’Angelli on tea"


def test_quotations_in_the_marks_of_another_language_keep_theirs():
    xml = STYLE.format(layout='<text variable="title"/>', attributes="", terms="").encode()
    item = {"id": "x", "type": "book", "title": "Cup “of ‘the’ tea”"}
    (entry,) = Style.read(xml, "fr-FR").document([item]).bibliography()
    assert entry.text == "Cup “of ‘the’ tea”"


def test_a_range_of_months_in_numbers_has_one_stroke():
    layout = """<date variable="issued"><date-part name="month" form="numeric" suffix="/"/>
        <date-part name="day" suffix="/"/><date-part name="year"/></date>"""
    date = {"date-parts": [[2003, 4], [2003, 6]]}
    assert printed(layout, issued=date) == "4–6/2003"


def test_formatting_of_a_macro_inside_the_same_formatting_stays_as_it_is():
    xml = STYLE.format(
        layout='<text macro="m" font-weight="bold"/>', attributes="", terms=""
    ).replace(
        "<citation>",
        '<macro name="m"><text variable="title" font-weight="bold"/></macro><citation>',
    )
    item = {"id": "x", "type": "book", "title": "Tea <b>and</b> cup"}
    (entry,) = Style.read(xml.encode()).document([item]).bibliography("html")
    light = '<span style="font-weight: normal">and</span>'
    assert entry.text == f"<b><b>Tea {light} cup</b></b>"
    assert [(run.text, marks.BOLD in run.formats) for run in entry.runs] == [
        ("Tea ", True),
        ("and", False),
        (" cup", True),
    ]


def test_full_stops_of_identifiers_are_never_stripped():
    layout = '<group strip-periods="true"><text variable="DOI" strip-periods="true"/></group>'
    assert printed(layout, DOI="10.1234/tea.1") == "10.1234/tea.1"


@pytest.mark.parametrize(
    ("printed_as", "expected"),
    [
        ("J. Tea. U.S.A.", "J Tea USA"),
        ("arXiv:1706.03762", "arXiv:1706.03762"),
        ("Tea.org", "Tea.org"),
        ("Tea v1.2, n.d.", "Tea v1.2, nd"),
    ],
)
def test_full_stops_of_addresses_and_numbers_are_not_stripped(printed_as, expected):
    layout = '<text variable="container-title" strip-periods="true"/>'
    assert printed(layout, **{"container-title": printed_as}) == expected


def test_references_to_characters_that_a_style_escapes_twice_are_resolved():
    layout = '<text variable="title" prefix="&amp;#8211; " suffix=" &amp; &amp;lt;"/>'
    assert printed(layout) == "– Tea & &lt;"


def test_a_list_of_types_is_one_test_since_an_item_has_one_type():
    layout = """<choose><if type="book article-journal"><text value="yes"/></if>
        <else><text value="no"/></else></choose>"""
    assert printed(layout) == "yes"
    assert printed(layout, type="map") == "no"
    none = layout.replace('journal"', 'journal" match="none"')
    assert [printed(none, type=kind) for kind in ("book", "map")] == ["no", "yes"]


@pytest.mark.parametrize(
    ("variable", "value", "expected"),
    [
        ("page", "xi-xv", "pp. xi–xv"),
        ("page", "lxxi", "p. lxxi"),
        ("page", "in press", "in press"),
        ("volume", "IV", "IV"),
    ],
)
def test_pages_in_roman_numerals_are_numbers(variable, value, expected):
    text = f'<text variable="{variable}"/>'
    labelled = f'<group delimiter=" "><label variable="{variable}" form="short"/>{text}</group>'
    layout = f"""<choose><if is-numeric="{variable}">{labelled}</if>
        <else>{text}</else></choose>"""
    assert printed(layout, **{variable: value}) == expected


def test_words_of_the_style_have_its_case_for_items_in_any_language():
    layout = """<text value="see also" text-case="title"/>
        <text variable="title" text-case="title" prefix=" "/>"""
    assert printed(layout, title="tasse tee", language="de") == "See Also tasse tee"
    assert printed(layout, title="cup of tea", language="en") == "See Also Cup of Tea"


def test_a_substitute_that_prints_the_short_title_has_printed_the_title():
    layout = """<names variable="author"><substitute><text variable="title" form="short"/>
        </substitute></names><text variable="title" prefix=", "/>"""
    assert printed(layout, **{"title-short": "Cup"}) == "Cup"
    assert printed(layout) == "Tea"


def test_the_last_of_two_definitions_of_a_term_counts():
    term = '<term name="in">{}</term>'
    terms = term.format("inside") + term.format("within")
    assert printed('<text term="in"/>', terms=terms) == "Within"


def test_a_range_of_dates_is_never_without_its_dash():
    layout = """<date variable="issued"><date-part name="year" range-delimiter=""/></date>"""
    assert printed(layout, issued={"date-parts": [[2020], [2021]]}) == "2020–2021"


def test_a_season_is_a_word_among_numbers():
    layout = """<date variable="issued" delimiter="-"><date-part name="year"/>
        <date-part name="month" form="numeric"/></date>"""
    assert printed(layout, issued={"date-parts": [[2020]], "season": 4}) == "2020-Winter"


def test_a_full_stop_after_a_block_stands_at_its_end():
    layout = '<group suffix="."><group display="block"><text variable="title"/></group></group>'
    assert printed(layout, form="html") == '<div class="csl-block">Tea.</div>\n'
    assert printed(layout) == "Tea."


def test_one_alternative_of_a_choice_in_a_substitute_is_printed():
    layout = """<names variable="author"><substitute><choose><if type="map"><text value="a"/></if>
        <else><names variable="editor"/><text value="anon."/></else></choose>
        </substitute></names>"""
    editor = {"editor": [{"family": "Roe", "given": "Ann"}]}
    assert printed(layout, **editor) == "Ann Roe"
    assert printed(layout) == "anon."


def test_capitalize_first_knows_turkish():
    layout = '<text value="içinde" text-case="capitalize-first"/>'
    assert printed(layout, attributes='default-locale="tr-TR"') == "İçinde"
