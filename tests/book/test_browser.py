"""The book in Chromium: search, copy, reading list, no script, accessibility, print."""

import os
import shutil
import subprocess
from pathlib import Path
from urllib.parse import unquote

import pytest

from books import DATA, HOSTILE, as_html

pytestmark = pytest.mark.one_python

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
expect = playwright.expect
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), "")
if not CHROMIUM:
    pytest.skip("Chromium is not installed", allow_module_level=True)
AXE = Path(os.environ.get("AXE", "node_modules/axe-core/axe.min.js"))
# Both schemes differ only in their colours.
RULES = {"light": {}, "dark": {"runOnly": ["color-contrast"]}}
SIZES = {"phone": (360, 740), "desk": (1920, 1080)}


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """Return the URL of a book."""
    path = tmp_path_factory.mktemp("book") / "book.html"
    path.write_text(as_html([*DATA, HOSTILE | {"meeting": DATA[0]["meeting"]}]), "utf-8")
    return path.as_uri()


@pytest.fixture(scope="module")
def browser():
    with playwright.sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser, book):
    """Yield the page of the book; what it says on the console and asks for is checked."""
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    said, asked = [], []
    page = context.new_page()
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(book)
    yield page
    assert said == []
    assert {url.partition("#")[0] for url in asked} == {book}
    context.close()


def shown(page):
    return [one.get_attribute("id") for one in page.locator("article:visible").all()]


def search(page, query):
    """Type a query, and wait until it is in the address."""
    page.fill("#search", query)
    page.wait_for_url(lambda url: f"q={query}" in unquote(url) if query else "q=" not in url)


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("tea sjogren", ["a0848"]),
        ("SJÖGREN'S", ["a0848"]),
        ("TNF-alpha", ["a0848", "a0090"]),
        ("tnfα", ["a0848", "a0090"]),
        ("il-6", ["a0848"]),
        ('"knees university"', []),
        ('"milk in knees"', ["a0090"]),
        ("interleu*", ["app01"]),
        ("interleu", []),
        ("dorner rum", ["app01"]),
        ("(", None),
    ],
)
def test_a_search_hides_the_other_abstracts(page, query, ids):
    every = shown(page)
    search(page, query)
    found = [one for one in shown(page) if one in ("a0848", "a0090", "app01")]
    if ids is None:
        assert shown(page) == every
    else:
        assert found == ids
        assert page.inner_text("#status").endswith(f"of {len(every)} abstracts")
    search(page, "")
    assert shown(page) == every


def test_hits_are_marked(page):
    search(page, "milk")
    page.locator("#a0090").scroll_into_view_if_needed()
    marked = "CSS.highlights.get('hits').size"
    for _ in range(100):
        if page.evaluate(marked):
            break
        page.wait_for_timeout(50)
    words = page.evaluate("[...CSS.highlights.get('hits')].map(range => range.toString())")
    assert {word.lower() for word in words} == {"milk"}


def test_a_search_is_part_of_the_address(page, book):
    page.goto(f"{book}#q=rum")
    page.reload()
    assert shown(page) == ["app01"]
    assert page.input_value("#search") == "rum"


@pytest.mark.parametrize(
    ("style", "start"),
    [
        ("printed", "Dörner Z, Doe B. Milk in Knees [abstract]."),
        ("vancouver", "Dörner Z, Doe B. Milk in Knees"),
        ("apa", "Dörner, Z., & Doe, B. (2025)."),
        ("bibtex", "@article{dorner2025milk,"),
        ("ris", "TY  - JOUR"),
    ],
)
def test_a_citation_is_copied_in_the_style_that_was_chosen(page, style, start):
    page.select_option("#style", style)
    page.locator("#a0090").scroll_into_view_if_needed()
    page.click("#a0090 button")
    expect(page.locator("#status")).to_have_text("Copied to the clipboard")
    text = page.evaluate("navigator.clipboard.readText()")
    assert text.startswith(start)
    assert text == text.strip()


def test_the_reading_list_is_kept_in_the_address(page):
    for id_ in ("app01", "a0848"):
        page.locator(f"#{id_}").scroll_into_view_if_needed()
        page.check(f"#{id_} input")
    assert page.url.endswith("#list=app01,a0848")
    page.click("#cover + * + * + nav a[href='#a0090']", force=True)
    assert page.url.endswith("#a0090&list=app01,a0848")
    page.reload()
    page.click("#show-list")
    assert page.locator("#list-items li").count() == 2
    page.click("#copy-list")
    expect(page.locator("#status")).to_have_text("Copied to the clipboard")
    copied = page.evaluate("navigator.clipboard.readText()").splitlines()
    assert [line.split(".")[1].strip()[:3] for line in copied] == ["Rum", "Tea"]
    page.click("#list-items button >> nth=0")
    assert page.url.endswith("list=a0848")
    page.click("#clear-list")
    assert "list=" not in page.url


def test_anchors_lead_to_what_they_name(page, book):
    page.goto(f"{book}#app01")
    expect(page.locator("#app01")).to_be_in_viewport()


def test_an_address_in_an_index_opens_there(page, book):
    page.wait_for_selector(".back li")
    ids = page.evaluate("[...document.querySelectorAll('.back li[id]')].map((one) => one.id)")
    assert len(ids) > 3
    assert page.locator("noscript").count() == 0
    page.goto("about:blank")
    page.goto(f"{book}#{ids[-1]}")
    expect(page.locator(f"#{ids[-1]}")).to_be_in_viewport()
    assert page.evaluate("document.activeElement.id") == ids[-1]


def test_a_link_to_an_index_that_is_not_there_yet_leads_to_it(page):
    page.evaluate("window.requestIdleCallback = () => 0")  # the browser is never idle
    page.reload()
    link = page.locator("#a0848 .people a").first
    target = link.get_attribute("href")
    link.click()
    expect(page.locator(target)).to_be_in_viewport()


def test_the_book_can_be_read_without_script(browser, book):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(book)
    assert "IL-6 rose." in page.text_content("#a0848")
    assert not page.is_visible("#tools")
    assert page.locator("nav a[href='#a0848']").is_visible()
    assert page.locator(".back li").first.is_visible()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_nothing_is_wider_than_the_screen(browser, book, scheme, size):
    width, height = SIZES[size]
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": height})
    page = context.new_page()
    page.goto(book)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(browser, book, scheme):
    if not AXE.exists():
        pytest.skip("axe-core is not installed (npm install axe-core; AXE=path)")
    context = browser.new_context(color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.goto(book)
    page.click("#show-list")
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("rules => axe.run(rules)", RULES[scheme])["violations"]
    serious = [one for one in found if one["impact"] in ("serious", "critical")]
    assert [(one["id"], [node["html"] for node in one["nodes"]][:3]) for one in serious] == []
    context.close()


def test_the_keyboard_reaches_all_tools(page):
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    reached = set()
    for _ in range(12):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.id"))
    assert {"search", "style", "show-list"} <= reached


def test_the_print_has_all_abstracts_and_no_tools(page, tmp_path):
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not installed")
    page.pdf(path=tmp_path / "book.pdf")
    done = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "book.pdf", "-"], capture_output=True, check=True
    )
    text = done.stdout.decode()
    assert "Milk in Knees" in text
    assert "IL-6 rose." in text
    assert "https://acrabstracts.org/abstract/milk/" in text
    assert "Reading list" not in text
    assert "Copy citation" not in text
