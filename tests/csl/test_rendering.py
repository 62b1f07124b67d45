"""Rules of rendering: punctuation, dates, cases, names and values of the wrong type.

Each test has the smallest style that shows its rule.
"""

import re
import warnings

import pytest

import abstool
from abstool.errors import UsageError

TITLE = '<text variable="title"/>'


@pytest.fixture
def cited(style):
    """Return a function that renders one item with a small style."""

    def text(item, layout, macros="", attributes=""):
        return abstool.cite([item], style(layout, macros, attributes))[0]

    return text


@pytest.mark.parametrize(
    "number",
    [
        '<text variable="citation-number" suffix="."/>',
        '<text variable="citation-number" prefix="[" suffix="] "/>',
        '<group prefix="(" suffix=")"><text variable="citation-number"/></group>',
    ],
)
def test_without_a_number_its_affixes_and_group_are_not_printed(cited, article, number):
    assert cited(article(), number + TITLE) == "On tea"


@pytest.mark.parametrize(
    ("title", "expected"),
    [("Why?", "Why? J."), ("Why!", "Why! J."), ("Why.", "Why. J."), ("Why", "Why. J.")],
)
def test_a_full_stop_is_dropped_after_other_final_punctuation(cited, article, title, expected):
    layout = f'<group delimiter=". " suffix=".">{TITLE}<text value="J"/></group>'
    assert cited(article(title=title), layout) == expected


def test_the_language_decides_whether_a_full_stop_goes_inside_quotation_marks(cited, article):
    layout = '<text variable="title" quotes="true" suffix="."/>'
    assert cited(article(), layout, attributes='default-locale="en-US"') == "“On tea.”"
    assert cited(article(), layout, attributes='default-locale="en-GB"') == "‘On tea’."
    assert cited(article(title="Why?"), layout) == "“Why?”"


SUBSTITUTE = """\
<names variable="author"><substitute><names variable="editor"/>{child}</substitute></names>
<text variable="title" prefix="|"/><names variable="editor" prefix="|"/>"""


@pytest.mark.parametrize("child", [TITLE, '<text macro="title"/>'])
def test_a_substitute_for_the_author_is_not_printed_again(cited, article, child):
    layout = SUBSTITUTE.format(child=child)
    macros = f'<macro name="title">{TITLE}</macro>'
    assert cited(article(author=None), layout, macros) == "On tea"
    editor = [{"family": "Roe"}]
    assert cited(article(author=None, editor=editor), layout, macros) == "Roe|On tea"
    assert cited(article(editor=editor), layout, macros) == "Jane Doe|On tea|Roe"


def test_the_parts_of_a_date_are_joined_with_the_delimiter_of_its_language(cited, article):
    dates = '<date variable="issued" form="text"/>'
    macros = """<locale xml:lang="en"><date form="text" delimiter=" "><date-part name="year"/>
        <date-part name="month" form="short" strip-periods="true"/><date-part name="day"/></date>
        </locale>"""
    assert cited(article(), dates, macros) == "2024 May 6"
    assert cited(article(), dates) == "May 6, 2024"


def test_the_form_of_one_date_does_not_affect_the_next(cited, article):
    layout = """<date variable="issued" form="text"><date-part name="month" form="short"/></date>
        <date variable="accessed" form="text" prefix="|"/>"""
    item = article(issued="2024-10-06", accessed={"date-parts": [[2024, 10, 6]]})
    assert cited(item, layout) == "Oct. 6, 2024|October 6, 2024"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("<i>In vivo</i> CD19<sup>+</sup> H<sub>2</sub>O", "In vivo CD19⁺ H₂O"),
        ("m<sup>abc</sup> <b><sc>x</sc></b>", "mabc x"),
        ('<span style="font-variant:small-caps;">x</span> y', "x y"),
        ("<5% & >2, a <b> c, &amp;", "<5% & >2, a <b> c, &amp;"),
        ("a\x1b[31m red\x07\u202e\nline", "a [31m red line"),
    ],
)
def test_csl_tags_are_resolved_and_other_text_is_printed_unchanged(cited, article, title, expected):
    assert cited(article(title=title), TITLE) == expected


@pytest.mark.parametrize(
    ("case", "title", "expected"),
    [
        ("lowercase", "On IL-6", "on il-6"),
        ("uppercase", "On tea", "ON TEA"),
        ("capitalize-first", "“on tea”", "“On tea”"),
        ("capitalize-all", "on tea", "On Tea"),
        ("title", "the use of mRNA: a trial of tea", "The Use of mRNA: A Trial of Tea"),
        ("title", "THE USE OF TEA", "THE USE OF TEA"),
        ("title", "a double-blind trial: the 3 x 2 trial", "A Double-Blind Trial: The 3 x 2 Trial"),
        ("sentence", "THE USE OF TEA", "The use of tea"),
        ("sentence", "the use of Tea", "The use of Tea"),
        ("title", 'the <span class="nocase">van der</span> rule', "The van der Rule"),
        ("uppercase", 'the <span class="nocase">mRNA</span> rule', "THE mRNA RULE"),
    ],
)
def test_every_text_case_works_except_on_protected_text(cited, article, case, title, expected):
    assert cited(article(title=title), f'<text variable="title" text-case="{case}"/>') == expected


def test_text_case_works_on_names_labels_numbers_and_months(cited, article):
    layout = """<names variable="author"><name><name-part name="family" text-case="uppercase"/>
        <name-part name="given" text-case="uppercase" font-style="italic"/></name></names>
        <group><label variable="page" text-case="capitalize-first"/></group>
        <date variable="issued"><date-part name="month" text-case="uppercase"/></date>
        <number variable="edition" form="ordinal" text-case="uppercase"/>"""
    item = article(edition="2", author=[{"literal": "Group"}, {"family": "Doe", "given": "Jo"}])
    assert cited(item, layout) == "GROUP, JO DOEPagesMAY2ND"


def test_null_empty_and_invalid_values_count_as_absent(cited, article):
    layout = f"""<group delimiter="|">{TITLE}<text variable="note"/><text variable="volume"/>
        <date variable="issued" form="text"/><names variable="editor"/></group>"""
    item = article(note=None, volume=[], issued={"date-parts": [[]]}, editor=[{}, None])
    assert cited(item, layout) == "On tea"
    assert cited(article(note=" ", volume={}, issued={"date-parts": [[None]]}), layout) == "On tea"


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ({"raw": "2024-05-01"}, "May 1, 2024"),
        ({"raw": "2024/5"}, "May 2024"),
        ("2024-05-01T10:00:00Z", "May 1, 2024"),
        (2024, "2024"),
        ({"date-parts": [["2024", "5"]]}, "May 2024"),
        ({"date-parts": [[2024, 13, 40]]}, "2024"),
        ({"date-parts": [[2024, 5, 40]]}, "May 2024"),
        ({"date-parts": [[2024, 0]]}, "2024"),
        ({"date-parts": [[2024]], "season": 2}, "Summer 2024"),
        ({"date-parts": [[2024]], "season": "Advent"}, "2024"),
        ({"raw": "in press"}, "in press"),
        ({"literal": "in press"}, "in press"),
    ],
)
def test_dates_of_every_form_are_read(cited, article, date, expected):
    assert cited(article(issued=date), '<date variable="issued" form="text"/>') == expected


def test_unknown_variables_cause_no_warning(cited, article):
    item = article(custom={"a": 1}, categories=["x"], shoe_size=42)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert cited(item, TITLE) == "On tea"


@pytest.mark.parametrize("variable", ["chapter-number", "number-of-pages"])
def test_number_variables_with_a_hyphen_are_printed_with_their_label(cited, article, variable):
    layout = f'<label variable="{variable}"/><number variable="{variable}" prefix=" "/>'
    printed = cited(article(**{variable: "12"}), layout)
    assert printed.endswith(" 12")
    assert printed.startswith("chapter" if "chapter" in variable else "pages")
    assert cited(article(), layout + TITLE) == "On tea"  # no label without its variable


@pytest.mark.parametrize(
    ("names", "given", "expected"),
    [
        ('initialize-with="."', "James Tiberius", "J.T. Doe"),
        ('initialize-with=". "', "Jean-Pierre", "J.-P. Doe"),
        ('initialize-with=". "', "M.-C. Ann", "M.-C. A. Doe"),
        ('initialize-with="."', "M. -C.", "M.-C. Doe"),
        ('initialize-with=""', "M.-C.", "M-C Doe"),
        ('initialize-with="" initialize="false"', "M.-C.", "M-C Doe"),
        ('initialize-with=". "', "Chr.-Th.", "Chr.-Th. Doe"),
        ('initialize-with=". "', "Ann-Chr.", "A.-Chr. Doe"),
        ('initialize-with="." initialize="false"', "James T", "James T. Doe"),
        ('initialize-with="." initialize="false"', "J T", "J.T. Doe"),
        ('initialize-with="."', "CP", "C.P. Doe"),
        ('initialize-with=". "', "Maria del Carmen", "M. del C. Doe"),
        ('initialize-with="."', "", "Doe"),
    ],
)
def test_initials_follow_the_options_of_csl(cited, article, names, given, expected):
    layout = f'<names variable="author"><name {names}/></names>'
    assert cited(article(author=[{"family": "Doe", "given": given}]), layout) == expected


def test_names_without_a_name_element_have_their_label_after_them(cited, article):
    layout = '<names variable="author"><label form="short" prefix=", "/></names>'
    assert (
        cited(article(author=[{"family": "Doe"}]), layout.replace("author", "editor") + TITLE)
        == "On tea"
    )
    item = article(editor=[{"family": "Roe"}])
    assert cited(item, layout.replace("author", "editor")) == "Roe, ed."
    item = article(author=[{"family": "roe", "given": "al"}])
    assert cited(item, layout, attributes='initialize-with="."') == "A. roe"


def test_and_keeps_the_delimiter_before_it(cited, article):
    layout = '<names variable="author"><name and="text" delimiter=", "/></names>'
    item = article(author=[{"family": family} for family in "ABC"])
    assert cited(item, layout) == "A, B, and C"


def test_no_item_counts_as_ambiguous(cited, article):
    layout = f'<choose><if disambiguate="true"><text value="x"/></if><else>{TITLE}</else></choose>'
    assert cited(article(), layout) == "On tea"


def test_a_term_falls_back_to_its_longer_form(cited, article):
    layout = TITLE + '<text term="accessed" form="short" prefix=" "/>'
    assert cited(article(), layout) == "On tea accessed"


def test_an_abbreviated_last_page_is_completed_if_the_style_has_a_page_range_format(cited, article):
    layout = '<text variable="page"/>'
    assert cited(article(), layout, attributes='page-range-format="expanded"') == "123–129"
    assert cited(article(), layout) == "123–9"


def test_ids_that_differ_by_case_only_stay_two_items(style, article):
    items = [article(id="Doe", title="One"), article(id="doe", title="Two")]
    assert abstool.cite(items, style(TITLE)) == ["One", "Two"]


def test_quotation_marks_and_apostrophes_are_typographic_except_in_our_own_styles(cited, article):
    assert cited(article(title="O'Neil's patients' tea, 5' 'x'"), TITLE) == (
        "O’Neil’s patients’ tea, 5’ “x”"
    )


def test_the_message_names_a_style_that_fails(cited, article):
    layout = '<text macro="missing"/>'
    with pytest.raises(UsageError, match=r"style 'small': fails on 'On tea': .*another style"):
        cited(article(), layout)


@pytest.mark.parametrize(
    ("layout", "problem"),
    [
        ("<label/>", "<label> in <bibliography> has no attribute 'variable'"),
        ("<text/>", "<text> in <bibliography> has no attribute 'variable'"),
        ("<group><number/></group>", "<number> in <bibliography> has no attribute 'variable'"),
        ("<names/>", "<names> in <bibliography> has no attribute 'variable'"),
        ("<date/>", "<date> in <bibliography> has no attribute 'variable'"),
        (
            '<date variable="issued"><date-part/></date>',
            "<date-part> in <bibliography> has no attribute 'name'",
        ),
        ('<text macro="own"/>', "<label> in macro 'own' has no attribute 'variable'"),
        (
            '<text macro="missing"/>',
            "<text> in <bibliography> calls the macro 'missing', which the style does not have",
        ),
        (
            '<names variable="author"><name et-al-min="x" et-al-use-first="1"/></names>',
            "<name> in <bibliography> has et-al-min='x', which is not a number",
        ),
    ],
)
def test_the_message_says_what_an_element_lacks_and_where_it_is(cited, article, layout, problem):
    macro = '<macro name="own"><label/></macro>'
    with pytest.raises(UsageError, match=f"{re.escape(problem)}; "):
        cited(article(), layout, macro)


def test_the_message_names_a_style_that_prints_nothing(cited, article):
    with pytest.raises(UsageError, match="style 'small': prints nothing for 'On tea'"):
        cited(article(), '<text variable="note"/>')


def test_the_message_names_an_entry_without_a_title_by_its_number(cited, article):
    bare = {"id": "a", "type": "book", "PMID": "31415"}
    said = "prints nothing for 'PMID 31415'; look up its title and authors, or choose another style"
    with pytest.raises(UsageError, match=said):
        cited(bare, '<text variable="note"/>')


def test_a_style_without_a_bibliography_prints_its_citations(tmp_path, article):
    path = tmp_path / "notes.csl"
    path.write_text(
        '<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0"><info/>'
        '<citation><layout suffix="."><choose><if position="subsequent"><text value="ibid"/></if>'
        f"<else>{TITLE}</else></choose></layout></citation></style>",
        "utf-8",
    )
    assert abstool.cite([article(), article()], str(path)) == ["On tea.", "On tea."]
