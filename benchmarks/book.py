"""Measure a book in Chromium: until it can be used, until it can be searched, and each query.

    python benchmarks/book.py build/book.html [--screenshots FOLDER]

It needs playwright, and Chromium in /usr/bin. The figures depend on the machine and on what else it
does, so no test uses them.
"""

import argparse
import statistics
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

CHROMIUM = "/usr/bin/chromium"
QUERIES = ["lupus", "tnf alpha", '"disease activity"', "methotrex*", "IL-6 gout", "the", "zzzz"]
QUERY = """text => {
  const field = document.getElementById("search"), status = document.getElementById("status");
  const before = status.textContent;
  const start = performance.now();
  field.value = text;
  field.dispatchEvent(new Event("input"));
  return new Promise(done => {
    new MutationObserver((_, observer) => {
      observer.disconnect();
      const found = performance.now() - start - 60;  // in which typing may go on
      const result = () => done([found, performance.now() - start, status.textContent]);
      requestAnimationFrame(() => setTimeout(result, 0));
    }).observe(status, { childList: true, characterData: true, subtree: true });
    if (before === "" && text === "") done([0, 0, ""]);
  });
}"""
FOCUS = """() => {
  const start = performance.now();
  document.getElementById("search").focus();
  return new Promise(done => setTimeout(() => done(performance.now() - start), 0));
}"""


def main() -> None:
    """Print the figures of a book, and save pictures of it."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("book", type=Path)
    parser.add_argument("--screenshots", type=Path, metavar="FOLDER")
    arguments = parser.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page()
        start = time.perf_counter()
        page.goto(arguments.book.resolve().as_uri(), wait_until="load")
        page.wait_for_selector("#tools:not([hidden])")
        print(f"usable after {time.perf_counter() - start:.2f} s")
        print(f"focus on the search: {page.evaluate(FOCUS):.0f} ms")
        for query in QUERIES:
            times = []
            for _ in range(5):
                page.evaluate(QUERY, "")
                *spent, status = page.evaluate(QUERY, query)
                times.append(spent)
            found, drawn = (statistics.median(column) for column in zip(*times, strict=True))
            print(
                f"{query}: found in {found:.0f} ms, drawn {drawn:.0f} ms after the key ({status})"
            )
        if arguments.screenshots:
            photograph(browser, arguments)
        browser.close()


def photograph(browser, arguments) -> None:
    """Save the first page and an abstract, light and dark, on a phone and on a wide screen."""
    arguments.screenshots.mkdir(parents=True, exist_ok=True)
    for scheme in ("light", "dark"):
        for width, height in ((360, 740), (1920, 1080)):
            page = browser.new_page(
                viewport={"width": width, "height": height}, color_scheme=scheme
            )
            page.goto(arguments.book.resolve().as_uri())
            page.screenshot(path=arguments.screenshots / f"{scheme}-{width}-cover.png")
            for name, place in (("pictures", "#pictures"), ("abstract", "article")):
                page.locator(place).first.scroll_into_view_if_needed()
                page.evaluate("place => document.querySelector(place).scrollIntoView()", place)
                page.screenshot(path=arguments.screenshots / f"{scheme}-{width}-{name}.png")
            page.close()


if __name__ == "__main__":
    main()
