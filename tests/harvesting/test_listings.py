"""Listings on pages that no server sends: what is followed, and how."""

import contextlib
from datetime import UTC, datetime

import pytest

from abstool.harvesting.listings import CutListing, walk
from abstool.web.fetcher import Retrieved
from meeting_site import ITEM, LISTING, NAME

FIRST = "a.org/tag/knees/"


class Pages:
    """Pages by URL, in place of a crawler."""

    def __init__(self, pages, redirects=()):
        self.pages = pages
        self.redirects = dict(redirects)
        self.asked = []

    def get(self, url):
        self.asked.append(url)
        url = self.redirects.get(url, url)
        return Retrieved(url, self.pages[url].encode(), "utf-8", datetime.now(UTC))


def listing(number, following=""):
    link = f'<link rel="next" href="{following}">' if following else ""
    item = ITEM.replace("/abstract/{slug}/", f"http://a.org/abstract/{number}/")
    item = item.format(number=number, name=NAME, title=f"T {number}")
    return LISTING.format(name=NAME, next_link=link, items=item)


@pytest.mark.parametrize(
    ("scheme", "following", "asked"),
    [
        ("https", "http://a.org/tag/knees/page/2/", "https://a.org/tag/knees/page/2/"),
        ("https", "http://www.a.org:80/tag/2/", "https://www.a.org/tag/2/"),
        ("https", "https://a.org/tag/2/", "https://a.org/tag/2/"),
        ("http", "http://a.org/tag/2/", "http://a.org/tag/2/"),
        ("http", "https://a.org/tag/2/", "https://a.org/tag/2/"),
    ],
)
def test_a_listing_that_came_by_https_is_followed_by_https(scheme, following, asked):
    first = f"{scheme}://{FIRST}"
    crawler = Pages({first: listing(1, following), asked: listing(2)})
    notes = []
    items = list(walk(crawler, first, notes.append))
    assert crawler.asked == [first, asked]
    assert items[0].url == f"{scheme}://a.org/abstract/1/"
    assert items[1].url == f"{asked.partition(':')[0]}://a.org/abstract/2/"
    assert len(notes) == (asked.startswith("https:"))


def test_a_next_page_that_redirects_to_one_that_was_read_cuts_the_listing():
    first, second = f"https://{FIRST}", f"https://{FIRST}page/2/"
    crawler = Pages({first: listing(1, second)}, {second: first})
    with pytest.raises(CutListing, match="redirects to a page that was already read"):
        list(walk(crawler, first, print))


@pytest.mark.parametrize("following", ["javascript:void(0)", "mailto:x"])
def test_a_next_page_that_is_no_web_page_cuts_the_listing(following):
    first = f"https://{FIRST}"
    with pytest.raises(CutListing, match="the next page is not a web page"):
        list(walk(Pages({first: listing(1, following)}), first, print))


LINK = '<a href="{}">Counting {}</a>'
MORE = '{}<p><a href="{}">Read more</a></p>'


@pytest.mark.parametrize(
    ("titles", "lost"),
    [
        ([LINK.format("/abstract/1/", "Knees"), "Counting Hips"], ["0002 Counting Hips"]),
        (["Counting Hips", LINK.format("/abstract/2/", "Toes")], ["0001 Counting Hips"]),
        (["Counting Hips", "Counting Toes"], ["0001 Counting Hips", "0002 Counting Toes"]),
        *(
            (
                [LINK.format("/abstract/1/", "Knees"), LINK.format(href, "Toes")],
                ["0002 Counting Toes"],
            )
            for href in (
                "",
                "#/abstract/8",
                "http://[bad/abstract/2",
                "javascript:x",
                "/abstract/1",
                "https://ann:hush@a.org/abstract/2/",
            )
        ),
        *(
            ([LINK.format("https://b.org/abstract/1/", "Knees"), *others], lost)
            for others, lost in [
                (["Counting Hips"], ["0002 Counting Hips"]),
                (["Hips", LINK.format("/abstract/8", "Toes"), "Ears"], ["0002 Hips", "0004 Ears"]),
                ([LINK.format("https://b.org/abstract/1/", "Hips")], ["0002 Counting Hips"]),
                ([MORE.format("Hips", "https://b.org/abstract/1/")], ["0002 Hips"]),
                ([MORE.format("Hips", "https://b.org/abstract/2/")], ["0002 Hips"]),
                ([MORE.format("Hips", "https://b.org/?p=7")] * 2, ["0002 Hips", "0003 Hips"]),
                (
                    [MORE.format(LINK.format("/node/2", "Hips"), "//c.org/abstract/2")],
                    ["0002 Counting Hips"],
                ),
                ([MORE.format("Hips", "/abstract/2/")], []),
                (
                    [MORE.format("Hips", "//b.org/?p=2") + MORE.format("", "/abstract/2/")],
                    [],
                ),
                ([MORE.format(LINK.format("//c.org/abstract/2/", "Hips"), "/abstract/2/")], []),
            ]
        ),
    ],
)
def test_an_abstract_without_a_link_of_its_own_is_said_and_the_list_incomplete(titles, lost):
    first, second = f"https://{FIRST}", f"https://{FIRST}page/2/"
    items = "".join(
        f"<article><p>Abstract Number: {number:04} • {NAME}</p><h2>{title}</h2></article>"
        for number, title in enumerate(titles, 1)
    )
    link = f'<link rel="next" href="{second}">'
    page = LISTING.format(name=NAME, next_link=link, items=items)
    notes = []
    message = f"{len(lost)} abstracts? skipped for want of a usable"
    with pytest.raises(CutListing, match=message) if lost else contextlib.nullcontext():
        list(walk(Pages({first: page, second: page + listing(9)}), first, notes.append))
    named = [note for note in notes if "not on a.org" not in note]
    assert named == [f"{first}: skipped {one}, which has no usable link of its own" for one in lost]
    assert "hush" not in "".join(notes)


@pytest.mark.parametrize(("limit", "is_cut"), [(1, False), (2, True), (None, True)])
def test_a_limited_listing_is_cut_only_by_what_comes_before_its_limit(limit, is_cut):
    first = f"https://{FIRST}"
    items = f"<article><p>Abstract Number: 2 • {NAME}</p><h2>Hips</h2></article>"
    items += ITEM.format(number=3, name=NAME, slug=3, title="T 3")
    page = listing(1).replace("<footer>", f"{items}<footer>")
    found = walk(Pages({first: page}), first, print, limit)
    assert [next(found).title for _ in range(limit or 2)] == ["T 1", "T 3"][:limit]
    with pytest.raises(CutListing if is_cut else StopIteration):
        next(found)


@pytest.mark.parametrize(
    "title", [LINK, '<a href="{0}">Counting {1}</a> <p><a href="{0}">Read more</a></p>']
)
def test_an_abstract_on_another_host_is_not_one_without_a_link(title):
    first, far = f"https://{FIRST}", "https://b.org/abstract/2/"
    item = f"<article><p>Abstract Number: 2 • {NAME}</p><h2>{title.format(far, 'Toes')}</h2>"
    notes = []
    page = listing(1).replace("<footer>", f"{item}</article><footer>")
    assert len(list(walk(Pages({first: page}), first, notes.append))) == 1
    assert f"{far}: skipped, not on a.org" in notes
    assert len(notes) == 2  # the other is on the http links


def test_an_abstract_that_is_listed_twice_is_not_said():
    first = f"https://{FIRST}"
    notes = []
    page = listing(1).replace("<footer>", ITEM.format(number=1, name=NAME, slug=1, title="T 1"))
    assert len(list(walk(Pages({first: page}), first, notes.append))) == 1
    assert len(notes) == 1  # on the http links
