"""What belongs to the abstract and what does not: labels, menus, URLs, other pages."""

import pytest

import abstool
from abstool.errors import NotAnAbstract, UnreadableInput

HEAD = "<p>Abstract Number: 0404</p><h1>A Title</h1><p>Ann Lee</p><p>Meeting: ACR 2025</p>"
SESSION = "<p>Session Information</p><p>Title: Poster I</p>"
BODY = "<p>Background/Purpose: One.</p><p>Results: Two.</p>"
CITED = (
    "<p>To cite this abstract in AMA style:</p><p>Lee A. A Title [abstract]. Arthritis Rheumatol. "
    "2025; 77 (suppl 9). https://acrabstracts.org/abstract/a-title/. Accessed .</p>"
)


def sections(body, head=HEAD):
    record = abstool.parse(f"<body>{head}{SESSION}{body}{CITED}")
    return [(section.label, section.text) for section in record.sections]


LABELS = {
    "<p>Methods: We did.</p>": [("Methods", "We did.")],
    "<p><b>Methods:</b> We did.</p>": [("Methods", "We did.")],
    "<p><b>Methods</b>: We did.</p>": [("Methods", "We did.")],
    "<p><b>Methods</b> We did.</p>": [("Methods", "We did.")],
    "<p><b>Methods</b></p><p>We did.</p>": [("Methods", "We did.")],
    "<h3>Methods</h3><p>We did.</p><p>More.</p>": [("Methods", "We did.\n\nMore.")],
    "<p>Methods</p><p>We did.</p>": [("Methods", "We did.")],
    "<p>METHODS:<br>We did.</p>": [("METHODS", "We did.")],
    "<p>MethodsWe did.</p>": [("Methods", "We did.")],
    "<p>Background/Purpose We did.</p>": [("Background/Purpose", "We did.")],
    "<p>Conclusion(s): We did.</p>": [("Conclusion(s)", "We did.")],
    "<p>Quality of Life: We did.</p><p>Takeaway: So.</p>": [
        ("Quality of Life", "We did."),
        ("Takeaway", "So."),
    ],
    "<p><b>Methods:</b> We did. <b>Results:</b> It was.</p>": [
        ("Methods", "We did."),
        ("Results", "It was."),
    ],
    # a label word inside a sentence, or at the start of one, does not open a section
    "<p>Methods: Here the results: none.</p>": [("Methods", "Here the results: none.")],
    "<p>Methods: We did.</p><p>Results of others are not ours.</p>": [
        ("Methods", "We did.\n\nResults of others are not ours.")
    ],
    "<p>Methods: We <b>results</b> did.</p>": [("Methods", "We results did.")],
    "<p>Methods: We did.</p><p>Date: of no session</p>": [
        ("Methods", "We did.\n\nDate: of no session")
    ],
    # hard line breaks inside a sentence
    "<p>Methods: We did<br>what had to be<br>done.</p>": [
        ("Methods", "We did what had to be done.")
    ],
    "<p>Methods:</p><ul><li>one</li><li>two</li></ul>": [("Methods", "- one\n- two")],
    "<p>Just text.</p>": [("", "Just text.")],
    "<p>A Title</p><p>Ann Lee</p><p>Methods: We did.</p>": [("Methods", "We did.")],
    "<p>Methods:</p><p>Results: It was.</p>": [("Results", "It was.")],
}


@pytest.mark.parametrize("body", LABELS)
def test_a_label_opens_a_section_only_where_a_line_begins(body):
    assert sections(body) == LABELS[body]


CHROME = [
    "<nav><p>Results: menu</p></nav>",
    "<aside><p>Abstract Number: 0001</p><p>Results: aside</p></aside>",
    "<div class='sidebar'><h3>Methods</h3><p>Abstract Number: 0001</p></div>",
    "<div class='widget'><p>Abstract Number: 0002 • ACR 2019</p></div>",
    "<div class='jp-relatedposts'><p>Results: related</p></div>",
    "<ul><li>Meetings<li>Keyword Index<li>Results of the survey</ul>",
    "<div class='sharedaddy'><p>Tweet</p></div>",
    "<p>Tweet</p><p>Click to print (Opens in new window) Print</p><p>Tweet Email Print</p>",
    "<footer class='site-footer'><p>© Copyright</p><p>Results: footer</p></footer>",
    "<script>Results: script</script><p style='display:none'>Results: hidden</p>",
]


@pytest.mark.parametrize("chrome", CHROME)
@pytest.mark.parametrize("position", ["before", "after"])
def test_menus_sidebars_related_items_and_footers_do_not_leak_in(chrome, position):
    page = f"{HEAD}{SESSION}{BODY}{CITED}"
    plain = abstool.parse(f"<body>{page}").to_dict()
    full = f"<body>{chrome}{page}" if position == "before" else f"<body>{page}{chrome}"
    assert abstool.parse(full).to_dict() == plain


def test_keywords_with_commas_are_exact_from_links():
    words = "".join(
        f"<a href='/tag/{n}/'>{word}</a>, "
        for n, word in enumerate(["education, <i>medical</i>", "Scleroderma, Localized", "gout"])
    )
    record = abstool.parse(f"<body>{HEAD}<p>Keywords: {words}</p>{SESSION}{BODY}")
    assert record.keywords == ["education, medical", "Scleroderma, Localized", "gout"]


# the line of keywords: the keywords, and whether a warning says that the split is uncertain
KEYWORDS = {
    "gout": (["gout"], False),
    "education, medical, gout": (["education, medical", "gout"], False),
    "gout and aging": (["gout", "aging"], False),
    "gout, aging and , ": (["gout", "aging and"], True),
    "nobody's keyword": (["nobody's keyword"], False),
    "gout, nobody's keyword": (["gout", "nobody's keyword"], True),
    "nobody's keyword and gout": (["nobody's keyword", "gout"], True),
    "education, medical, nobody's, aging and gout": (
        ["education, medical", "nobody's", "aging", "gout"],
        True,
    ),
}


@pytest.mark.parametrize("line", KEYWORDS)
def test_keywords_of_text_are_split_except_at_commas_of_known_keywords(line):
    record = abstool.parse(f"<body>{HEAD}<p>Keywords: {line}</p>{SESSION}{BODY}")
    warned = any("keywords were split" in warning for warning in record.warnings)
    assert (record.keywords, warned) == KEYWORDS[line]


def test_two_links_to_the_same_address_are_two_keywords():
    links = "<a href='#'>gout</a>, <a href='#'>Urate <i>crystals</i></a> <a href='#'>aging</a>"
    record = abstool.parse(f"<body>{HEAD}<p>Keywords: {links}</p>{SESSION}{BODY}")
    assert record.keywords == ["gout", "Urate crystals", "aging"]


INLINE = {
    "strong": "<strong>{}</strong> {}",
    "span": "<span>{}</span><span>{}</span>",
    "nested": "<span> <b>{}</b> </span> <span>{}</span>",
}


@pytest.mark.parametrize("form", INLINE)
def test_a_label_that_fills_an_inline_element_needs_no_colon(form):
    def line(label, value):
        return f"<p>{INLINE[form].format(label, value)}</p>"

    lines = [
        line("Abstract Number", "D196"),
        "<h1>A Title</h1><p>Ann Lee<sup>1</sup>, <sup>1</sup>Univ, City</p>",
        line("Meeting", "ACR Convergence 2024"),
        line("Keywords", "gout"),
        "<h3>Session Information</h3>",
        line("Date", "Sunday, November 17, 2024"),
        line("Title", "Tea"),
        line("Session Type", "Poster"),
        "<p><b>Methods:</b> We drank.</p><p>Results <i>in vivo</i> were seen.</p>",
    ]
    record = abstool.parse(f"<body>{''.join(lines)}")
    assert (record.number, record.meeting) == ("D196", "ACR Convergence 2024")
    assert (record.keywords, record.affiliations[-1].name) == (["gout"], "Univ, City")
    session = record.session
    assert (session.title, session.date, session.type) == ("Tea", "2024-11-17", "Poster")
    assert record.sections[0].text == "We drank.\n\nResults in vivo were seen."


MENU = "ATC Abstracts\n\nAmerican Transplant Congress abstracts\n\n  • Home\n  • Search\n"
# what a text prints before its first label: the authors
BEFORE = {
    f"{MENU}\nA Title\n\nA. Lee,1 B. Ray.2\n\n1Univ, City\n2Clinic, Town": ["A. Lee", "B. Ray"],
    f"{MENU}\nA Title\n\nA. Lee, B. Ray\n\nUniv of Example, City, ST": ["A. Lee", "B. Ray"],
    f"{MENU}\nA Title": [],
    "A Title\n\nA. Lee1, B. Ray2\n\n1Univ, City\n2Clinic, Town": ["A. Lee", "B. Ray"],
    "Home page\n\nA Title\n\nA. Lee": ["A. Lee"],
}


@pytest.mark.parametrize("before", BEFORE)
def test_the_title_of_a_text_is_the_first_line_after_the_menu(before):
    record = abstool.parse(f"{before}\n\nMeeting: Example\n\nAbstract number: A-015\n\nMethods: x")
    names = [author.name for author in record.authors]
    assert (record.title, record.number, names) == ("A Title", "A-015", BEFORE[before])


OWN = "https://acrabstracts.org/abstract/a-title/"
URLS = [
    ("<link rel=canonical href='https://acrabstracts.org/abstract/other'>", "", "other/"),
    ("<link rel=canonical href='https://acrabstracts.org/'>", CITED, "a-title/"),
    ("<link rel=canonical href='/relative/'>", CITED, "a-title/"),
    ("<link rel=canonical href='https://[broken'>", CITED, "a-title/"),
    ("", f"<p>ACR Meeting Abstracts - {OWN}</p>", "a-title/"),
    ("", "", "fetched/"),
]


@pytest.mark.parametrize(("head", "tail", "slug"), URLS)
def test_the_url_is_the_pages_own_with_a_final_slash(head, tail, slug):
    page = f"<head>{head}</head><body>{HEAD}{SESSION}{BODY}{tail}"
    record = abstool.parse(page, "https://acrabstracts.org/abstract/fetched")
    assert record.url == f"https://acrabstracts.org/abstract/{slug}"
    assert record.site == "acrabstracts.org"


def test_a_short_url_is_kept_if_the_page_prints_no_other():
    record = abstool.parse(f"<body>{HEAD}{SESSION}{BODY}", "https://acrabstracts.org/?p=45634#top")
    assert record.url == "https://acrabstracts.org/?p=45634"


def test_session_keywords_and_citation_are_absent_if_the_page_has_none():
    data = abstool.parse(f"<body>{HEAD}{BODY}".replace("2025", "")).to_dict()
    absent = {"session", "keywords", "publication", "printed_citation", "url", "accessed"}
    assert not absent & data.keys()


@pytest.mark.parametrize(
    ("notice", "word"),
    [
        ("This abstract is under embargo; details will be released on October 25th.", "embargo"),
        ("This abstract has been withdrawn.", "withdrawn"),
    ],
)
def test_a_notice_in_place_of_the_abstract_is_a_warning(notice, word):
    record = abstool.parse(f"<body>{HEAD}{SESSION}<p>{notice}</p>{CITED}")
    assert record.sections == []
    assert any(word in warning for warning in record.warnings)


LISTED = "<p>Abstract Number: 04{0} • ACR Convergence 2025</p><h2>Title {0}</h2><p>Ann Lee</p>"
OTHERS = {
    "<title>Log In</title><body><h1>Log In</h1><form><p>Username Password</p></form>": (
        "no abstract found \\(page title: Log In\\)"
    ),
    "<title>Page not found</title><body><h1>404</h1><p>Nothing.</p>": (
        "no abstract found \\(page title: Page not"
    ),
    f"<body>{''.join(LISTED.format(n) for n in range(10, 25))}": "the page lists 15 abstracts",
    "Just some text, but not an abstract.": "no abstract found",
    "<body><p>Results: 3 pages found</p><p>Meetings</p>": "no abstract found",
    "<body><p>Abstract Number: 12</p><p>Meeting: ACR 2025</p><p>Methods: x": "no title found",
}


@pytest.mark.parametrize("page", OTHERS)
def test_a_page_of_another_kind_is_refused_with_the_reason(page):
    with pytest.raises(NotAnAbstract, match=f"^x.html: .*{OTHERS[page]}") as caught:
        abstool.parse(page, subject="x.html")
    assert caught.value.exit_code == 4


WHOLE = f"<html><body>{HEAD}{SESSION}{BODY}{CITED}</body></html>"


@pytest.mark.parametrize("end", ["Session Inf", "Results: T", "To cite this", "Lee A. A Ti"])
def test_a_page_cut_off_before_its_citation_is_refused(end):
    with pytest.raises(UnreadableInput, match="cut off") as caught:
        abstool.parse(WHOLE[: WHOLE.index(end) + len(end)])
    assert caught.value.exit_code == 5


def test_a_page_cut_off_after_its_citation_is_complete():
    cut = WHOLE[: WHOLE.index("</p></body>")]
    assert abstool.parse(cut).to_dict() == abstool.parse(WHOLE).to_dict()


def test_unmarked_utf_16_and_windows_1252_pages_give_the_same_record():
    page = WHOLE.replace("One.", "Sjögren’s – µg.")
    expected = abstool.parse(page).to_dict()
    for encoding in ("utf-8", "utf-16", "utf-16-le", "utf-16-be", "windows-1252"):
        assert abstool.parse(page.encode(encoding), charset="iso-8859-1").to_dict() == expected
