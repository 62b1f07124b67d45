"""The documentation site in Chromium, from the disk: search, accessibility, small screens."""

import os
import shutil
from pathlib import Path

import pytest

pytestmark = pytest.mark.one_python

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), "")
if not CHROMIUM:
    pytest.skip("Chromium is not installed", allow_module_level=True)
AXE = Path(os.environ.get("AXE", "node_modules/axe-core/axe.min.js"))
# One page of each kind.
PAGES = [
    "index.html",
    "tutorials/word.html",
    "how-to/three-meetings.html",
    "reference/commands/cite.html",
    "reference/exit-codes.html",
    "explanation/decisions.html",
]

# Both schemes differ only in their colours.
RULES = {"light": {}, "dark": {"runOnly": ["color-contrast"]}}
WITH_TABLES = [
    "explanation/design.html",
    "explanation/performance.html",
    "reference/schemas.html",
    "reference/styles.html",
    "reference/warnings.html",
]


@pytest.fixture(scope="module")
def browser():
    with playwright.sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


def without_search(page):
    """Return a page that does not load the index of the search, which takes longest."""
    page.route("**/search_index.js", lambda route: route.abort())
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(browser, site, scheme):
    if not AXE.exists():
        pytest.skip("axe-core is not installed (npm install axe-core; AXE=path)")
    context = browser.new_context(color_scheme=scheme)
    page = without_search(context.new_page())
    found = []
    for name in PAGES:
        page.goto((site / name).as_uri())
        page.evaluate(AXE.read_text("utf-8"))
        found += [
            f"{name}: {one['id']}: {node['target']}"
            for one in page.evaluate("rules => axe.run(rules)", RULES[scheme])["violations"]
            if one["impact"] in ("serious", "critical")
            for node in one["nodes"]
        ]
    context.close()
    assert found == []


def test_no_page_is_wider_than_a_phone(browser, site):
    page = without_search(browser.new_page(viewport={"width": 360, "height": 740}))
    wide = []
    for path in [site / name for name in (*PAGES, *WITH_TABLES)]:
        page.goto(path.as_uri())
        if page.evaluate("document.documentElement.scrollWidth") > 360:
            wide.append(path.name)
    page.close()
    assert wide == []


def test_the_search_works_without_a_server(browser, site):
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((site / "index.html").as_uri())
    page.keyboard.press("/")  # opens the search
    page.locator("input[name=query]").press_sequentially("encores")
    page.wait_for_selector(".md-search-result__item a")
    found = page.locator(".md-search-result__item").all_inner_texts()
    assert any("Encores" in text for text in found)
    assert [url for url in asked if not url.startswith(("file:", "blob:", "data:"))] == []
    page.close()
