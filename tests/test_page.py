"""Pages as a reader sees them: the same blocks from any HTML markup and from plain text."""

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from abstool import page
from abstool.page import Cell


def lines(text):
    return [block.text for block in page.read(text).blocks]


VISIBLE = {
    "one\ntwo\n\nthree": ["one", "two", "three"],
    "<p>one<br>two</p><div>three</div>": ["one", "two", "three"],
    "<p>one <b>two</b>\n three &nbsp; &amp;&#65;</p>": ["one two three &A"],
    "<div>one<p>two</div>three": ["one", "two", "three"],
    "<dl><dt>one<dd>two</dl><ul><li>three": ["one", "two", "three"],
    "<table><tr><th>one<td>two<tr><td>three</table>": ["one", "two", "three"],
    "<pre>one\n  two</pre>": ["one", "two"],
    "<p>x<sup>2</sup> 10<sup>9</sup>/L CD19<sup>+</sup> H<sub>2</sub>O p<sup>a</sup></p>": [
        "x² 10⁹/L CD19⁺ H₂O pa"
    ],
    "<p>10<sup>–9</sup> x<sub>–1</sub> <sup>٣</sup></p>": ["10⁻⁹ x₋₁ ٣"],
    "<h1>one<br>two</h1>": ["one two"],
    "<p>one</p><!-- two --><script>three</script><style>four</style>": ["one"],
    "<nav>menu</nav><aside>more</aside><p>one<button>press</button>": ["one"],
    "<p hidden>no</p><p style='display: none'>no</p><p role=navigation>no</p><p>one": ["one"],
    "<svg><text>no</text></svg><noscript>no</noscript><template>no</template><p>one": ["one"],
    "<p>A\u0308 e\u0301</p>": ["Ä é"],
    "<p>one\x07\x1b[31m two\x9b</p>": ["one[31m two"],
    "<p>&#27;one&#x1B[31m &#&#7;7; tw&#0127o e&#x301;</p>": ["one [31m &# 7; tw o é"],
    "  • one\n    - two\n* three": ["one", "two", "three"],
    "a < b and c > d": ["a < b and c > d"],
    "p <0.05, n <sup> is a tag": ["p <0.05, n", "is a tag"],
    "one\r\ntwo\rthree\u2028four": ["one", "two", "three", "four"],
    "\ufeffone": ["one"],
}


@pytest.mark.parametrize("text", VISIBLE)
def test_blocks_are_the_lines_a_reader_sees(text):
    if "<sup> is a tag" in text:
        assert "".join(lines(text)).startswith("p <0.05")
    else:
        assert lines(text) == VISIBLE[text]


def test_a_single_line_break_does_not_start_a_paragraph():
    for text in ("one\ntwo\n\nthree", "<p>one<br>two</p><p>three", "one<br>two<br><br>three"):
        starts = [block.starts_paragraph for block in page.read(text).blocks]
        assert starts == [True, False, True]


def test_a_block_keeps_headings_strong_type_links_and_superscripts():
    (block,) = page.read("<h2><b>one</b><a href='/x'>two</a><sup>3</sup></h2>").blocks
    assert block.heading == 2
    assert [(run.text, run.strong, run.href, run.script) for run in block.runs] == [
        ("one", True, "", ""),
        ("two", False, "/x", ""),
        ("3", False, "", "sup"),
    ]


@pytest.mark.parametrize(
    ("html", "visible"),
    [
        ("<div class='sidebar'><p>x</div>", ["y"]),
        ("<div class='Widget other'><p>x<img src=z></div>", ["y"]),
        ("<div id='colophon'><ul><li>x</ul></div>", ["y"]),
        ("<ol><li class='menu'>x<li>z</ol>", ["z", "y"]),
        ("<p>w <span class='menu'>x</span> z</p>", ["w x z", "y"]),
        ("<div class='content-sidebar-wrap'><p>x</div>", ["x", "y"]),
        ("<div class='post tag-related-topics'><p>x</div>", ["x", "y"]),
    ],
)
def test_an_element_marked_as_a_menu_or_sidebar_is_left_out(html, visible):
    assert lines(f"{html}<p>y") == visible


def test_list_items_have_their_markers():
    blocks = page.read("<ol><li>a<li>b<ul><li>c</ul></ol><p>d").blocks
    assert [(block.item, block.text) for block in blocks] == [
        ("1.", "a"),
        ("2.", "b"),
        ("-", "c"),
        ("", "d"),
    ]


def test_the_position_of_a_cell_accounts_for_spans():
    html = (
        "<table><thead><tr><td>a<td colspan=2>b</thead>"
        "<tr><th rowspan=2>c<td>d<td>e<tr><td>f<td>g</table>"
    )
    assert {block.text: block.cell for block in page.read(html).blocks} == {
        "a": Cell(1, 0, 0, header=True),
        "b": Cell(1, 0, 1, header=True),
        "c": Cell(1, 1, 0, header=True),
        "d": Cell(1, 1, 1),
        "e": Cell(1, 1, 2),
        "f": Cell(1, 2, 1),
        "g": Cell(1, 2, 2),
    }


def test_a_span_may_be_any_number():
    html = f"<table><tr><td rowspan={'9' * 5000} colspan=0>a<td colspan=-1>b"
    assert [block.cell for block in page.read(html).blocks] == [Cell(1, 0, 0), Cell(1, 0, 1)]
    html = "<table><tr><td colspan=00002>a<td>b"
    assert [block.cell for block in page.read(html).blocks] == [Cell(1, 0, 0), Cell(1, 0, 2)]


def test_images_are_blocks_and_emoji_are_text():
    html = (
        "<p>one <img class='emoji' alt='↑'> two <img src='data:x' data-src='/a.png' alt=' A '></p>"
    )
    text, image = page.read(html).blocks
    assert text.text == "one ↑ two"
    assert (image.image.url, image.image.alt) == ("/a.png", "A")


@pytest.mark.parametrize(
    ("html", "url"),
    [
        ("<link rel=canonical href='https://x.org/a/'><p>x", "https://x.org/a/"),
        ("<meta property='og:url' content='https://x.org/b/'><p>x", "https://x.org/b/"),
        ("<p>x", ""),
    ],
)
def test_the_canonical_url_is_read_from_the_head(html, url):
    assert page.read(html).canonical == url


@pytest.mark.parametrize(
    ("html", "cut_off"),
    [
        ("<html><body><p>x</p></body></html >", False),
        ("<html><body><p>x</p></bo", True),
        ("<p>a fragment", False),
        ("text", False),
    ],
)
def test_a_document_without_its_end_is_cut_off(html, cut_off):
    assert page.read(html).cut_off is cut_off


# --- any markup ---------------------------------------------------------------------------------

PIECES = st.lists(
    st.sampled_from(
        "<p> </p> <div class=x> </div> <b> </b> <sup> <br> <table> <tr> <td rowspan=2> <ul> <li> "
        "</li> <a href=y> </a> one two, &amp; <h1> </h1> <img alt=z> <pre> <!-- --> < > \n".split(
            " "
        )
    ),
    max_size=40,
).map(" ".join)


@given(PIECES)
def test_all_text_is_read_once_and_in_the_same_order_as_by_beautifulsoup(text):
    markup = f"<main>{text}"
    found = [run.text for block in page.read(markup).blocks for run in block.runs]
    expected = BeautifulSoup(markup, "lxml").get_text()
    assert "".join("".join(found).split()) == "".join(expected.split())


@given(PIECES)
def test_any_markup_gives_stripped_single_lines(text):
    for block in page.read(text).blocks:
        assert block.image or block.text.strip() == block.text != ""
        assert not set(block.text) & set("\n\r\t\x0b\x0c\u2028")
