"""Listing pages: each printed item once, nothing else, and the URL of the next page."""

import html
import json
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from abstool.errors import NotAnAbstract, UnreadableInput
from abstool.page import one_line
from abstool.parser.listing import ListedAbstract, parse_listing

FIXTURES = Path(__file__).parents[2] / "fixtures"
PAGES = sorted(path for path in (FIXTURES / "listings").iterdir() if path.suffix != ".json")
HOST = "https://acrabstracts.org"


def as_data(listing):
    data = {"items": [item.to_dict() for item in listing.items]}
    return data | ({"next_url": listing.next_url} if listing.next_url else {})


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_listing_gives_its_expected_items_and_next_page(page):
    expected = json.loads(page.with_suffix(".json").read_text("utf-8"))
    url = expected.pop("url", None)
    assert as_data(parse_listing(page.read_bytes(), url)) == expected


def test_there_are_listings_of_every_kind():
    assert {page.stem.split("-")[0] for page in PAGES} == {"all", "keyword", "meeting", "search"}
    assert {page.suffix for page in PAGES} == {".html", ".txt"}


# --- a rendered listing parses back -------------------------------------------------------------

WORDS = st.lists(
    st.text("abcdefgäßéñøλµ αβΩ-'’&<>\"0123456789()®", min_size=1, max_size=12).map(one_line),
    min_size=1,
    max_size=8,
).map(lambda words: one_line(" ".join(words)))
TITLES = WORDS.map(lambda words: one_line(f"Effect of {words}"))
NAMES = st.text("ABCDEFabcdefäéñ .-’", min_size=1, max_size=15).map(
    lambda name: f"Ann {one_line(name)}e"
)
AUTHORS = st.lists(st.tuples(NAMES, st.integers(1, 60)), min_size=1, max_size=5)
MEETINGS = st.sampled_from(["ACR Convergence 2025", "2012 ACR/ARHP Annual Meeting"])
NUMBERS = st.sampled_from(["0001", "90", "PP01", "LB12", "1L", "2696"])
ITEMS = st.lists(
    st.fixed_dictionaries(
        {
            "number": NUMBERS,
            "meeting": MEETINGS,
            "title": TITLES,
            "people": AUTHORS,
            "slug": st.from_regex(r"[a-z]{2,8}(-[a-z0-9]{1,8}){0,4}", fullmatch=True).filter(
                lambda slug: slug != "page"
            ),
            "body": st.sampled_from(["Background/Purpose: Invented words…", "Invented words …"]),
        }
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda item: item["slug"],
)


def number_line(item):
    return html.escape(f"Abstract Number: {item['number']} • {item['meeting']}")


def link(item):
    return f'<a href="/abstract/{item["slug"]}/">{html.escape(item["title"])}</a>'


def authors(item, sup="{}"):
    people = [html.escape(name) + sup.format(label) for name, label in item["people"]]
    return ", ".join([*people, sup.format(1) + "Clinic, Town"])


def as_list(items):
    rows = [
        f"<li><p>{number_line(i)}</p><h3>{link(i)}</h3><p>{authors(i, '<sup>{}</sup>')}</p>"
        f"<p>{i['body']}</p></li>"
        for i in items
    ]
    return f"<ul class=list>{''.join(rows)}</ul>"


def as_articles(items):
    return "".join(
        f"<article><div>{number_line(i)}</div><h2>{link(i)}</h2><div>{authors(i)}</div>"
        f"<p>{i['body']} <a href='/abstract/{i['slug']}'>Read more »</a></p></article>"
        for i in items
    )


def as_lines(items):
    return "".join(
        f"<div>{number_line(i)}<br>{link(i)}<br>{authors(i, '<sup>{}</sup>')}<br>{i['body']}</div>"
        for i in items
    )


def as_spans(items):
    return "".join(
        f"<p><span>{number_line(i)}</span> {link(i)} <span>{authors(i)}</span></p>"
        f"<p>{i['body']}</p>"
        for i in items
    )


def as_table(items):
    rows = [
        f"<tr><td>{number_line(i)}</td><td>{link(i)}</td><td>{authors(i)}</td>"
        f"<td>{i['body']}</td></tr>"
        for i in items
    ]
    return f"<table>{''.join(rows)}</table>"


def as_text(items):
    return html.unescape(
        "".join(
            f"  • {number_line(i)}\n\n    {html.escape(i['title'])}\n\n    {authors(i)}\n\n"
            f"    {i['body']}\n"
            for i in items
        )
    )


def expected(items, *, urls=True):
    return [
        ListedAbstract(
            url=f"{HOST}/abstract/{i['slug']}/" if urls else "",
            number=i["number"],
            meeting=i["meeting"],
            title=i["title"],
            authors=one_line(html.unescape(authors(i))),
        )
        for i in items
    ]


MENU = "<ul class=menu><li><a href='/abstract/of-the-menu/'>Of the menu</a></ul>"
PAGER = "<p>« <a href='/tag/x/'>1</a> 2 <a href='/tag/x/page/3/'>Next Page »</a></p>"


@pytest.mark.parametrize("markup", [as_list, as_articles, as_lines, as_spans, as_table])
@settings(max_examples=25)
@given(items=ITEMS)
def test_a_listing_in_any_markup_gives_the_items_it_was_made_of(markup, items):
    page = f"<html><body>{MENU}<main>{markup(items)}{PAGER}</main></body></html>"
    listing = parse_listing(page, f"{HOST}/tag/x/page/2/")
    assert listing.items == expected(items)
    assert listing.next_url == f"{HOST}/tag/x/page/3/"


@settings(max_examples=50)
@given(items=ITEMS)
def test_a_listing_as_text_gives_its_items_without_urls(items):
    assume(not any("<" in item["title"] for item in items))  # "<a >" would make it HTML
    pager = "  • « Previous Page\n  • Next Page »\n"
    menu = "ACR Meeting Abstracts\n\n  • Meetings\n  • Keyword Index\n\n"
    listing = parse_listing(menu + as_text(items) + pager)
    kept = {(i.number, i.meeting, i.title): i for i in reversed(expected(items, urls=False))}
    assert sorted(listing.items, key=repr) == sorted(kept.values(), key=repr)
    assert listing.next_url == ""


@settings(max_examples=25)
@given(items=ITEMS)
def test_a_meeting_page_of_links_alone_gives_titles_and_urls(items):
    rows = "".join(f"<h4>Session</h4><ul><li>{link(i)}</li></ul>" for i in items)
    listing = parse_listing(f"<html><body>{MENU}{rows}</body></html>", f"{HOST}/meetings/x/")
    assert listing.items == [ListedAbstract(url=i.url, title=i.title) for i in expected(items)]


# --- links --------------------------------------------------------------------------------------


def one(href, text="A Title", url=None, before="", after=""):
    page = f"<html><body>{before}<p><a href='{href}'>{text}</a></p>{after}</body></html>"
    return parse_listing(page, url)


@pytest.mark.parametrize(
    ("href", "url", "resolved"),
    [
        ("/abstract/a-b/", None, "/abstract/a-b/"),
        ("/abstract/a-b/", f"{HOST}/meetings/x/", f"{HOST}/abstract/a-b/"),
        ("../../abstract/a-b", f"{HOST}/meetings/x/", f"{HOST}/abstract/a-b/"),
        ("//acrabstracts.org/abstract/a-b/", f"{HOST}/meetings/x/", f"{HOST}/abstract/a-b/"),
        ("http://www.acrabstracts.org/abstract/a-b#top", f"{HOST}/",
         "http://www.acrabstracts.org/abstract/a-b/"),
        (f"{HOST}/abstract/a-b/?print=print", None, f"{HOST}/abstract/a-b/"),
        (f"{HOST}/abstract/a-b?utm_source=x&share=x&nb=1#top", None, f"{HOST}/abstract/a-b/"),
        (f"{HOST}/abstract/a-b/?fbclid=1&gclid=2", None, f"{HOST}/abstract/a-b/"),
        (f"{HOST}/abstract/view?fbclid=1&id=7&utm_id=2", None, f"{HOST}/abstract/view?id=7"),
        (f"{HOST}/abstract/view/?id=7", None, f"{HOST}/abstract/view/?id=7"),
        (f"{HOST}/?p=643", None, f"{HOST}/?p=643"),
    ],
)  # fmt: skip
def test_a_link_is_resolved_against_the_page_and_ends_with_a_slash(href, url, resolved):
    assert [item.url for item in one(href, url=url).items] == [resolved]


@pytest.mark.parametrize(
    "href",
    [
        "/abstract/",
        "/abstract/page/2",
        "/abstract/page/",
        "/meetings/acr-convergence-2025/",
        "/tag/abstract/",
        "https://example.org/abstract/a-b/",
        "http://[",
        "mailto:a@example.org",
        "#",
    ],
)
def test_only_links_to_abstracts_on_the_same_host_are_items(href):
    with pytest.raises(NotAnAbstract, match="no abstracts found"):
        one(href, url=f"{HOST}/abstract/page/1")


def test_links_that_differ_in_their_query_are_different_abstracts():
    more = "<p><a href='/abstract/view?id=2&fbclid=x'>Another Title</a></p>"
    listing = one("/abstract/view?id=1", url=f"{HOST}/abstract/page/1", after=more)
    assert [(item.url, item.title) for item in listing.items] == [
        (f"{HOST}/abstract/view?id=1", "A Title"),
        (f"{HOST}/abstract/view?id=2", "Another Title"),
    ]


def test_links_to_one_abstract_are_one_item_with_its_printed_title():
    listing = one(
        "https://acrabstracts.org/abstract/a-b/",
        before="<p><a href='/abstract/a-b/'>Read more</a></p>",
        after="<a href='http://www.acrabstracts.org/abstract/a-b'>A Title</a>"
        "<a href='/abstract/a-b/#respond'>Continue reading A Title</a>",
        url=f"{HOST}/abstract/page/1",
    )
    assert listing.items == [ListedAbstract(url=f"{HOST}/abstract/a-b/", title="A Title")]


def test_superscripts_stay_in_titles_and_become_plain_digits_in_author_lines():
    listing = parse_listing(
        "<p>Abstract Number: 1 • M</p><p><a href='/abstract/x/'>CD19<sup>+</sup> Cells</a></p>"
        "<p>Ann Lee<sup>1,2</sup> and Bo Ek<sup>2</sup>, <sup>1</sup>A, <sup>2</sup>B</p><p>Text…"
    )
    assert listing.items[0].title == "CD19⁺ Cells"
    assert listing.items[0].authors == "Ann Lee1,2 and Bo Ek2, 1A, 2B"


def test_fields_that_an_item_does_not_print_are_absent():
    listing = parse_listing(
        "<p>Abstract Number: 1</p><h3><a href='/abstract/x/'>A Title</a></h3><p>Methods: Text…</p>"
        "<p>Abstract Number: 2 • M</p><h3>Unlinked</h3><p>Ann Lee</p>"
        "<p>Text… <a href='/abstract/y/'>Read more</a></p>"
    )
    assert [item.to_dict() for item in listing.items] == [
        {"url": "/abstract/x/", "number": "1", "title": "A Title"},
        {
            "url": "/abstract/y/", "number": "2", "meeting": "M", "title": "Unlinked",
            "authors": "Ann Lee",
        },
    ]  # fmt: skip


def test_a_meeting_on_a_line_of_its_own_belongs_to_its_item():
    row = "<p>Abstract Number: {0}</p><p>Meeting: M</p><a href='/abstract/{0}/'>Title {0}</a>"
    listing = parse_listing("".join(f"<div>{row.format(n)}</div>" for n in (1, 2)))
    assert [(i.number, i.meeting, i.title) for i in listing.items] == [
        ("1", "M", "Title 1"),
        ("2", "M", "Title 2"),
    ]


@pytest.mark.parametrize(
    "pager",
    [
        "<link rel=next href=/page/2/?s=a>",
        "<a rel='nofollow next' href='/page/2/?s=a'>2</a><a href=/page/9/>Next</a>",
        "<a class='next page-numbers' href='/page/2/?s=a'>&raquo;</a>",
        "<nav><a href='/page/2/?s=a'>Next Page »</a></nav>",
        "<a href='/page/2/?s=a'>NEXT</a><a href='/page/9/?s=a'>»</a>",
        "<a href='/page/1/'>«</a><a href='/page/9/?s=a'>»</a><a href='/page/2/?s=a'>›</a>",
        "<a href='https://acrabstracts.org/page/2/?s=a'>»</a>",
        "<a href='/page/2/?s=a' aria-label='Next'></a>",
        "<a href='/page/2/?s=a'>« Older Entries</a>",
        "<a class=next href='#'>slide</a><a href='/page/2/?s=a'>Next</a>",
    ],
)
def test_the_next_page_is_found_however_the_pager_names_it(pager):
    listing = one("/abstract/x/", after=pager, url=f"{HOST}/?s=a")
    assert listing.next_url == f"{HOST}/page/2/?s=a"


@pytest.mark.parametrize(
    "pager",
    [
        "",
        "<a href='https://example.org/page/2/'>Next</a>",
        "<a rel=next href='/abstract/another/'>Next abstract</a>",
        "<a rel=next href='/?s=a'>Next</a>",
        "<a href='javascript:next()'>Next</a>",
        "<a rel=next href='javascript:void(0)'>Next</a>",
        "<a href='/page/9/'>Last »</a><a href='/steps/'>Next steps in care</a>",
        "<a rel=next href='http://['>Next</a>",
    ],
)
def test_a_link_that_leads_elsewhere_is_not_the_next_page(pager):
    assert one("/abstract/x/", after=pager, url=f"{HOST}/?s=a").next_url == ""


def test_without_the_pages_url_the_next_page_stays_as_written():
    assert one("/abstract/x/", after="<a href='/page/2'>Next</a>").next_url == "/page/2"


# --- pages that are not listings ----------------------------------------------------------------


@pytest.mark.parametrize(
    "page", sorted(FIXTURES.glob("acr-*/page.*")), ids=lambda page: page.parent.name
)
def test_the_page_of_one_abstract_is_not_a_listing(page):
    with pytest.raises(NotAnAbstract, match="no abstracts found"):
        parse_listing(page.read_bytes())


def test_an_abstract_page_with_links_to_related_ones_is_not_a_listing():
    page = (
        "<p>Abstract Number: 5</p><h1>A Title</h1><p>Ann Lee</p><p>Meeting: M</p><p>Methods: We."
        "</p><p>Related</p><a href='/abstract/y/'>Another Title</a>"
    )
    with pytest.raises(NotAnAbstract):
        parse_listing(page)


def test_the_error_names_a_page_without_abstracts_and_its_title():
    with pytest.raises(NotAnAbstract) as raised:
        parse_listing("<html><title>Log In</title><body>Password</body></html>", f"{HOST}/x")
    assert str(raised.value) == (
        f"{HOST}/x: no abstracts found (page title: Log In); check the URL"
    )


def test_a_listing_that_is_cut_off_is_refused():
    with pytest.raises(UnreadableInput, match="cut off"):
        parse_listing("<html><body><p><a href='/abstract/x/'>A Title</a>")


@given(st.text("<>/=' aAbslipn0123:•…\n", max_size=300), st.none() | st.just(HOST))
def test_any_text_gives_a_listing_or_a_clear_error(text, url):
    try:
        listing = parse_listing(text, url)
    except (NotAnAbstract, UnreadableInput):
        return
    assert all(item.title or item.url for item in listing.items)


@pytest.mark.parametrize(
    ("path", "is_listed"),
    [("/abstract/abstract/", True), ("/abstract/", False), ("/abstract/page/", False)],
)
def test_the_last_part_of_a_path_names_an_abstract(path, is_listed):
    links = f'<p><a href="/abstract/tea/">Tea and Joints</a><p><a href="{path}">Milk and Joints</a>'
    found = parse_listing(f"<html><body><main>{links}</main></body></html>", "https://a.example/")
    assert ("Milk and Joints" in [item.title for item in found.items]) is is_listed


def test_many_dots_take_no_time():
    found = one("/abstract/tea/", after=f"<p>A{'.' * 100_000}!x</p>")
    assert found.items  # which took minutes
