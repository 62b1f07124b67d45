"""Documents: citations that depend on each other, and on the bibliography."""

import pytest

from abstool.csl import Style, StyleError
from abstool.csl.elements.name_format import NameElement
from abstool.csl.text import marks
from abstool.styles.catalog import find

NAMES = '<names variable="author"><name form="short" and="text" initialize-with=". "/></names>'
YEAR = '<date variable="issued"><date-part name="year"/></date>'
SUFFIX = {"disambiguate_add_year_suffix": "true"}
AUTHOR_DATE = f'<group delimiter=" ">{NAMES}{YEAR}</group>'
TITLES = '<layout><text variable="title"/></layout>'


def style(citation, bibliography=TITLES, options="", kind="in-text", layout=AUTHOR_DATE, **area):
    """Return a style with attributes and a layout for citations."""
    attributes = "".join(f' {name.replace("_", "-")}="{value}"' for name, value in area.items())
    return Style.read(
        f'<style xmlns="http://purl.org/net/xbiblio/csl" class="{kind}" version="1.0" {options}>'
        f'<info/><macro name="year">{YEAR}</macro><macro name="names">{NAMES}</macro>'
        f"<citation{attributes}>{citation}"
        f'<layout prefix="(" suffix=")" delimiter="; ">{layout}</layout></citation>'
        f"<bibliography>{bibliography}</bibliography></style>".encode()
    )


def work(name, authors, year=2019, **more):
    """Return an item; authors are written as ``Jane Doe, John Roe``."""
    people = [dict(zip(("given", "family"), one.rsplit(" ", 1), strict=True)) for one in authors]
    date = {"date-parts": [[year, *more.pop("month", [])]]} if year else None
    item = {"id": name, "type": "book", "title": f"On {name}", "author": people, **more}
    return item | ({"issued": date} if date else {})


def cluster(*cites, note=0):
    """Return a cluster of ids or of cites."""
    listed = [{"id": one} if isinstance(one, str) else one for one in cites]
    return {"citationItems": listed, "properties": {"noteIndex": note}}


def cited(read, items, *clusters):
    """Return the citations of clusters, or of one that cites all items."""
    clusters = clusters or (cluster(*(item["id"] for item in items)),)
    return read.document(items, clusters).citations()


# --- disambiguation -------------------------------------------------------------------------------

TEA = work("tea", ["Ann Smith"])
CUP = work("cup", ["Ann Smith"])


def test_items_with_the_same_cite_get_letters_in_the_order_of_the_bibliography():
    read = style("", f'<sort><key variable="title"/></sort>{TITLES}', **SUFFIX)
    assert cited(read, [TEA, CUP]) == ["(Smith 2019b; Smith 2019a)"]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("all-names", "(A. Smith and Roe 2019; B. Smith 2020)"),
        ("primary-name", "(A. Smith and Roe 2019; B. Smith 2020)"),
        ("by-cite", "(Smith and Roe 2019; Smith 2020)"),
    ],
)
def test_given_names_are_added_as_the_rule_says(rule, expected):
    items = [work("tea", ["Ann Smith", "Jo Roe"]), work("cup", ["Bea Smith"], 2020)]
    read = style("", disambiguate_add_givenname="true", givenname_disambiguation_rule=rule)
    assert cited(read, items) == [expected]


def test_a_given_name_that_tells_cites_apart_makes_letters_needless():
    items = [work("tea", ["John A. Smith"]), work("cup", ["John B. Smith"])]
    read = style("", disambiguate_add_givenname="true", **SUFFIX)
    assert cited(read, items) == ["(J. A. Smith 2019; J. B. Smith 2019)"]


def test_letters_are_added_if_the_names_that_would_differ_are_not():
    items = [work("tea", ["A Smith", "B Roe", "C Low"]), work("cup", ["A Smith", "B Ray", "C Low"])]
    read = style("", et_al_min="3", et_al_use_first="1", **SUFFIX)
    assert cited(read, items) == ["(Smith et al. 2019a; Smith et al. 2019b)"]


def test_names_are_added_up_to_the_first_that_differs():
    people = ["A Smith", "B Roe", "C Low", "D Fox"]
    items = [work("tea", people), work("cup", [*people[:2], "E Ray", "D Fox"])]
    read = style("", et_al_min="3", et_al_use_first="1", disambiguate_add_names="true")
    assert cited(read, items) == ["(Smith, Roe, Low, et al. 2019; Smith, Roe, Ray, et al. 2019)"]


def test_a_condition_is_true_only_for_the_items_that_need_it():
    more = '<choose><if disambiguate="true"><text variable="title" prefix=", "/></if></choose>'
    read = style("", layout=AUTHOR_DATE + more)
    items = [TEA, CUP, work("pot", ["Jo Roe"])]
    assert cited(read, items) == ["(Smith 2019, On tea; Smith 2019, On cup; Roe 2019)"]


def test_an_item_that_is_a_stranger_to_the_clash_keeps_its_cite():
    read = style("", **SUFFIX)
    assert cited(read, [TEA, CUP, work("pot", ["Ann Smith"], 2020)]) == [
        "(Smith 2019a; Smith 2019b; Smith 2020)"
    ]


# --- grouping and collapsing ----------------------------------------------------------------------


def test_years_are_collapsed_only_after_the_same_authors():
    items = [work("tea", ["A Smith", "J Doe"], 2018), work("cup", ["A Smith"])]
    assert cited(style("", collapse="year"), items) == ["(Smith and Doe 2018; Smith 2019)"]


def test_cites_of_the_same_authors_come_together():
    items = [TEA, work("pot", ["Jo Roe"]), work("cup", ["Ann Smith"], 2021)]
    assert cited(style("", collapse="year"), items) == ["(Smith 2019, 2021; Roe 2019)"]
    assert cited(style("", cite_group_delimiter=" / "), items) == [
        "(Smith 2019 / Smith 2021; Roe 2019)"
    ]


@pytest.mark.parametrize(
    ("collapse", "expected"),
    [
        ("year", "(Smith 2019a, 2019b, 2019c, 2020; Roe 2019)"),
        ("year-suffix", "(Smith 2019a,b,c, 2020; Roe 2019)"),
        ("year-suffix-ranged", "(Smith 2019a–c, 2020; Roe 2019)"),
    ],
)
def test_years_and_letters_are_collapsed_as_the_style_says(collapse, expected):
    items = [work(name, ["Ann Smith"]) for name in ("tea", "cup", "pot")]
    items += [work("can", ["Ann Smith"], 2020), work("jug", ["Jo Roe"])]
    read = style("", collapse=collapse, year_suffix_delimiter=",", **SUFFIX)
    assert cited(read, items) == [expected]


def test_a_cite_with_a_suffix_still_collapses_with_the_one_before():
    read = style("", collapse="year-suffix", year_suffix_delimiter=", ", **SUFFIX)
    cites = cluster("tea", {"id": "cup", "suffix": " and others"})
    assert cited(read, [TEA, CUP], cites) == ["(Smith 2019a, b and others)"]


def test_cites_that_the_style_does_not_order_are_in_the_order_of_the_list():
    by_title = f'<sort><key variable="title"/></sort>{TITLES}'
    read = style('<sort><key macro="year"/></sort>', by_title, **SUFFIX)
    items = [TEA, CUP, work("ale", ["Jo Roe"], 2019, month=[11])]
    assert cited(read, items) == ["(Roe 2019; Smith 2019a; Smith 2019b)"]


def test_the_delimiter_after_a_collapsed_group_is_the_styles():
    items = [
        TEA,
        work("cup", ["Ann Smith"], 2020),
        work("jug", ["Jo Roe"]),
        work("mug", ["Al Fox"]),
    ]
    read = style("", collapse="year", after_collapse_delimiter=" | ")
    assert cited(read, items) == ["(Smith 2019, 2020 | Roe 2019; Fox 2019)"]


def test_numbers_in_a_row_become_a_range_unless_a_cite_says_more():
    items = [work(name, ["Ann Smith"]) for name in "abcdefg"]
    number = '<text variable="citation-number"/><text variable="locator" prefix=":"/>'
    read = style("", layout=number, collapse="citation-number")
    assert cited(read, items, cluster(*"abcdefg"), cluster(*"abdefa")) == [
        "(1–7)",
        "(1; 2; 4–6; 1)",
    ]
    begun = cluster({"id": "a", "prefix": "see"}, "b", "c", {"id": "d", "suffix": " and more"})
    assert cited(read, items, begun) == ["(see 1–3; 4 and more)"]
    said = cluster("a", "b", {"id": "c", "locator": "9"}, "d")
    assert cited(read, items, said) == ["(1; 2; 3:9; 4)"]


def test_a_particle_is_demoted_in_the_keys_of_short_names_too():
    van = work("cup", ["Ann Smith"])
    van["author"] = [{"family": "Heide", "given": "D", "non-dropping-particle": "van der"}]
    sort = f'<sort><key macro="names"/></sort>{TITLES}'
    for rule, first in (("never", "tea"), ("sort-only", "cup"), ("display-and-sort", "cup")):
        options = f'demote-non-dropping-particle="{rule}"'
        read = style("", sort, options)
        assert read.document([TEA, van]).bibliography()[0].id == first


def test_a_letter_stands_after_a_range_of_years():
    span = {"issued": {"date-parts": [[2019], [2020]]}}
    items = [work(name, ["Ann Smith"]) | span for name in ("cup", "tea")]
    assert cited(style("", **SUFFIX), items) == ["(Smith 2019–2020a; Smith 2019–2020b)"]


# --- positions and cites --------------------------------------------------------------------------

NOTE = """<choose>
  <if position="ibid-with-locator"><text term="ibid"/><text variable="locator" prefix=" "/></if>
  <else-if position="ibid"><text term="ibid"/></else-if>
  <else-if position="near-note"><text value="near"/></else-if>
  <else-if position="subsequent">
    <text value="note "/><text variable="first-reference-note-number"/></else-if>
  <else><text variable="title"/></else></choose>"""


def test_cites_in_notes_know_what_came_before():
    read = style("", kind="note", layout=NOTE, near_note_distance="2")
    notes = [
        cluster("tea", note=1),
        cluster("tea", note=2),
        cluster({"id": "tea", "locator": "7"}, note=3),
        cluster("cup", note=4),
        cluster("tea", note=5),
        cluster("cup", note=9),
    ]
    assert cited(read, [TEA, CUP], *notes) == [
        "(On tea)",
        "(Ibid.)",
        "(Ibid. 7)",
        "(On cup)",
        "(near)",
        "(note 4)",
    ]


def test_later_cites_may_have_fewer_names():
    read = style("", et_al_min="4", et_al_use_first="1", et_al_subsequent_min="2",
                 et_al_subsequent_use_first="1")  # fmt: skip
    item = work("tea", ["A Smith", "B Roe", "C Low"])
    assert cited(read, [item], cluster("tea"), cluster("tea")) == [
        "(Smith, Roe, and Low 2019)",
        "(Smith et al. 2019)",
    ]


def test_a_locator_has_the_label_of_its_kind():
    layout = '<group delimiter=" "><label variable="locator" form="short"/>'
    read = style("", layout=f'{layout}<text variable="locator"/></group>')
    cites = [{"id": "tea", "locator": "3"}, {"id": "tea", "locator": "3-4", "label": "chapter"}]
    assert cited(read, [TEA], *map(cluster, cites)) == ["(p. 3)", "(chaps. 3–4)"]


@pytest.mark.parametrize(
    ("cite", "expected"),
    [
        ({"prefix": "see"}, "(see Smith 2019)"),
        ({"suffix": "and others"}, "(Smith 2019 and others)"),
        ({"prefix": "<i>cf.</i>", "suffix": ", too"}, "(cf. Smith 2019, too)"),
        ({"suppress-author": True}, "(2019)"),
        ({"author-only": True}, "Smith"),
    ],
)
def test_a_cite_may_have_affixes_or_lack_a_part(cite, expected):
    assert cited(style(""), [TEA], cluster({"id": "tea", **cite})) == [expected]


def test_cites_of_unknown_items_are_left_out():
    assert cited(style(""), [TEA], cluster("tea", "lost"), {"citationItems": [None, 3]}, {}) == [
        "(Smith 2019)",
        "",
        "",
    ]


# --- the bibliography -----------------------------------------------------------------------------

ENTRY = f"""<layout><group delimiter=". ">
  <names variable="author"><name name-as-sort-order="all" initialize-with="."/>
  <substitute><names variable="editor"/></substitute></names>{YEAR}
  <text variable="title"/></group></layout>"""


def entries(read, items, form="text"):
    """Return the texts of a bibliography."""
    return [entry.text for entry in read.document(items).bibliography(form)]


def repeated(rule):
    """Return a style that replaces repeated names."""
    attributes = f'subsequent-author-substitute="—" subsequent-author-substitute-rule="{rule}"'
    return Style.read(
        '<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0"><info/>'
        f"<citation>{TITLES}</citation><bibliography {attributes}>{ENTRY}</bibliography>"
        "</style>".encode()
    )


@pytest.mark.parametrize(
    ("rule", "second", "third"),
    [
        ("complete-all", "—. 2019. On cup", "Smith, A., Ray, C.. 2019. On pot"),
        ("complete-each", "—, —. 2019. On cup", "Smith, A., Ray, C.. 2019. On pot"),
        ("partial-each", "—, —. 2019. On cup", "—, Ray, C. 2019. On pot"),
        ("partial-first", "—, Roe, B. 2019. On cup", "—, Ray, C. 2019. On pot"),
    ],
)
def test_names_that_repeat_are_replaced_and_the_stop_after_them_stays(rule, second, third):
    two = ["Ann Smith", "Bo Roe"]
    items = [work("tea", two), work("cup", two), work("pot", ["Ann Smith", "Cy Ray"])]
    expected = ["Smith, A., Roe, B. 2019. On tea", second, third.replace("..", ".")]
    assert entries(repeated(rule), items) == expected


def test_a_year_macro_sorts_by_what_it_prints():
    key = f'<sort><key macro="year"/><key variable="title"/></sort>{TITLES}'
    read = Style.read(
        '<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0"><info/>'
        f'<macro name="year">{YEAR}</macro><citation>{TITLES}</citation>'
        f"<bibliography>{key}</bibliography></style>".encode()
    )
    items = [work("tea", ["A B"], month=[1]), work("cup", ["A B"], month=[5])]
    assert entries(read, items) == ["On cup", "On tea"]


def test_an_item_that_prints_nothing_costs_only_itself():
    read = style("", '<layout><text variable="note"/></layout>')
    document = read.document([TEA, CUP | {"note": "A cup."}])
    (entry,) = document.bibliography()
    assert (entry.id, entry.text, entry.position) == ("cup", "A cup.", 1)
    (warning,) = document.warnings
    assert (warning.id, warning.position) == ("tea", 0)
    assert isinstance(warning.error, StyleError)


def test_an_entry_has_its_text_in_runs():
    (entry,) = (
        style("", '<layout><text variable="title" font-style="italic"/></layout>')
        .document([TEA])
        .bibliography("html")
    )
    assert entry.text == "<i>On tea</i>"
    assert entry.runs == [marks.TextRun("On tea", frozenset({marks.ITALIC}))]


def test_a_document_says_how_its_list_is_laid_out():
    layout = Style.read(find("ieee").source).document([]).layout
    assert (layout.hanging_indent, layout.second_field_align) == (False, "flush")
    assert Style.read(find("apa").source).document([]).layout.hanging_indent


def test_an_unknown_form_is_an_error():
    with pytest.raises(StyleError, match="is not a form"):
        style("").document([TEA]).bibliography("pdf")


# --- hostile input --------------------------------------------------------------------------------


def names_rendered(monkeypatch, count):
    """Return how many names are rendered for items of which each differs from the last in one."""
    calls = 0
    usual = NameElement._one

    def counted(*arguments):
        nonlocal calls
        calls += 1
        return usual(*arguments)

    monkeypatch.setattr(NameElement, "_one", counted)
    items = [
        work(str(n), ["Ann Smith"] * n + ["Zoe Roe"] * (count - n), title="Tea")
        for n in range(count)
    ]
    read = style("", et_al_min="2", et_al_use_first="1", disambiguate_add_names="true")
    assert len(set(cited(read, items, *(cluster(one["id"]) for one in items)))) == count
    monkeypatch.setattr(NameElement, "_one", usual)
    return calls


def test_the_work_of_adding_names_grows_with_the_number_of_names(monkeypatch):
    few, many = (names_rendered(monkeypatch, count) for count in (20, 40))
    assert many / few < 4.5  # the items have four times as many names


@pytest.mark.parametrize(
    "cite",
    [None, 3, {}, {"id": []}, {"id": "tea", "locator": {}, "position": [], "prefix": [1]}],
)
def test_cites_of_the_wrong_shape_are_no_error(cite):
    for clusters in ([{"citationItems": [cite]}], [{"citationItems": cite}], [cite], [{}]):
        (text,) = style("").document([TEA], clusters).citations()
        assert isinstance(text, str)


@pytest.mark.parametrize("properties", [None, [], {"noteIndex": "x"}, {"noteIndex": "9" * 40}])
def test_notes_of_the_wrong_shape_are_no_error(properties):
    clusters = [{"citationItems": [{"id": "tea"}], "properties": properties}]
    assert style("").document([TEA], clusters).citations() == ["(Smith 2019)"]


def test_input_cannot_contain_the_tags_of_parts():
    item = work("tea", ["Ann Sm\U0001fffeith"])
    assert cited(style("", collapse="year"), [item]) == ["(Sm ith 2019)"]
