"""Make the pictures of the documentation in ``docs/pictures/``: ``make pictures``.

What a terminal shows, and the charts, come from the commands themselves. Chromium draws the book
and, with mermaid, the flow of data. ``word-comments.png`` is a screenshot of LibreOffice.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
MERMAID = ROOT / ".venv/node/node_modules/mermaid/dist/mermaid.min.js"  # see the Makefile
_DRAW = """async source => {
    mermaid.initialize({htmlLabels: false, flowchart: {htmlLabels: false}, theme: "neutral"});
    return (await mermaid.render("flow", source)).svg;
}"""
_WIDTH = 92  # columns
_MANUSCRIPT = "fixtures/manuscript/manuscript.docx --records fixtures/manuscript/meeting.jsonl"
TERMINALS = {
    "show": "abstool show fixtures/acr-2024-tables-and-figures/page.html",
    "check": f"abstool check {_MANUSCRIPT}",
    "search": "abstool search 'gout OR scleroderma' fixtures/review/meetings.jsonl",
}
_INDENT = re.compile(r"(\x1b\[[\d;]*m)( +)")  # rich drops blanks at the start of coloured text
_RECORDS, _DECISIONS = "fixtures/review/meetings", "fixtures/review/decided.jsonl"
CHARTS = {
    "prisma": f"prisma --manifest {_RECORDS}.manifest.json --decisions {_DECISIONS}",
    "countries": f"stats {_RECORDS}.jsonl --by country",
}
_LINES = 30  # a longer output is cut
# rich's own form loads fonts from another site.
_FORM = """\
<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{
    font: {char_height}px/{line_height}px Menlo, Consolas, "DejaVu Sans Mono", monospace;
}}
.{unique_id}-title {{ font: bold 18px sans-serif; }}
{styles}
</style>
<defs><clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/>
</clipPath>{lines}</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">{matrix}</g>
</g>
</svg>
"""


def main() -> None:
    """Make all pictures, or those whose names are given."""
    makers = (
        dict.fromkeys(TERMINALS, terminal)
        | dict.fromkeys(CHARTS, chart)
        | {
            "book": book,
            "architecture": architecture,
        }
    )
    for name in sys.argv[1:] or makers:
        makers[name](name)


def terminal(name: str) -> None:
    """Draw what a terminal shows after a command."""
    command = TERMINALS[name]
    env = os.environ | {"FORCE_COLOR": "1", "COLUMNS": str(_WIDTH), "ABSTOOL_CONFIG": os.devnull}
    done = subprocess.run(
        [sys.executable, "-m", *shlex.split(command)],
        cwd=ROOT, env=env, capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    lines = done.stdout.splitlines()
    shown = [*lines[:_LINES], "…"] if len(lines) > _LINES else lines
    console = Console(record=True, width=_WIDTH, file=io.StringIO())
    console.print(Text.assemble(("$ ", "bold green"), command))
    for line in shown:
        console.print(Text.from_ansi(_INDENT.sub(r"\2\1", line)))
    picture = console.export_svg(title="", theme=MONOKAI, code_format=_FORM, unique_id=name)
    (PICTURES / f"{name}.svg").write_text(picture, "utf-8")


def chart(name: str) -> None:
    """Draw what a command of abstool draws."""
    abstool(*CHARTS[name].split(), "--output", str(PICTURES / f"{name}.svg"))


def book(name: str) -> None:
    """Draw a book that was searched."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.html"
        records = sorted(str(one) for one in ROOT.glob("fixtures/*/record.json"))
        abstool("book", *records, "--title", "Abstracts of the fixtures", "--output", str(path))
        with chromium(900, 620) as page:
            page.goto(f"{path.as_uri()}#q=scleroderma")
            page.locator("article:visible").first.scroll_into_view_if_needed()
            page.mouse.wheel(0, 400)
            page.wait_for_timeout(2000)  # until the hits are marked
            page.screenshot(path=PICTURES / f"{name}.png")


def architecture(name: str) -> None:
    """Draw the flow of data that ARCHITECTURE.md describes, with the picture's source in it."""
    with chromium() as page:
        page.set_content("<p>mermaid</p>")
        page.add_script_tag(path=MERMAID)
        picture = page.evaluate(_DRAW, flow())
    picture = re.sub(r' data-[\w-]+="[^"]*"', "", picture)  # for scripts, and half of the file
    picture = re.sub(r"(\.\d)\d+", r"\1", picture)
    (PICTURES / f"{name}.svg").write_text(f"<!-- {digest()} -->\n{picture}\n", "utf-8")


def flow() -> str:
    """Return the source of the picture in ARCHITECTURE.md."""
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    (source,) = re.findall(r"^```mermaid\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    return str(source)


def digest() -> str:
    """Return what tells whether the picture is that of the source."""
    return hashlib.sha256(flow().encode()).hexdigest()


@contextmanager
def chromium(width: int = 1200, height: int = 800) -> Iterator[Page]:
    """Yield an empty page of Chromium."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - not for terminals

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        yield browser.new_page(viewport={"width": width, "height": height})
        browser.close()


def abstool(*args: str) -> None:
    """Run abstool."""
    subprocess.run([sys.executable, "-m", "abstool", *args], cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
