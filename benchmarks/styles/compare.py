"""Compare abstool's entries with those of citeproc-js, style by style.

    python benchmarks/styles/compare.py --node-modules DIR [--style NAME] [--write]

Both engines get the same items, already worded for the style's family. Two entries agree if their
text is the same, ignoring white space. The command fails if a style's share falls below the one in
agreement.json, or if an entry differs for a reason not listed here. ``--write`` updates that file,
the table in docs/reference/styles.md and the citeproc-js entries in the test suite.
"""

from __future__ import annotations

import argparse
import html
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from citeproc import LOCALES_PATH

from abstool.csl.source import content_of
from abstool.errors import AbstoolError
from abstool.styles.catalog import find
from abstool.styles.citation import CitationStyle

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from items import items as made_items
from lists import clusters, references

ITEMS = made_items()
STYLES = (HERE / "styles.txt").read_text("utf-8").split()
AGREEMENT = HERE / "agreement.json"
FIXTURE = HERE.parents[1] / "tests" / "csl" / "citeproc_js.json"
PAGE = HERE.parents[1] / "docs" / "reference" / "styles.md"
EVERY = 10  # the test suite compares every tenth item, without Node.js

# Where citeproc-js is the odd one out: a letter for the table, and the replacement that turns its
# entry into ours. docs/reference/styles.md explains each.
ODD = (
    ("a", r"(?<=[“‘])(n)(?=ormal[”’])", lambda match: match[1].upper()),
    ("b", r"(–May)(?=\d)", r"\1 "),
    ("c", r",(?= (?:and|&) The IMAGINE Study Group)", ""),
    ("d", r"(?<=;):|(?<=U\.S\.)\.", ""),
    ("e", r"(?<=:)\.(?= |$)", ""),
    ("f", r"\.,(?=”)", ",."),
    ("g", r"(?<=2003–)(?: ?\(2004\)\.?|Deposited 2004)", "2004"),
    ("i", r"(?<=2003–) (?=2004)", ""),
    ("h", r"^citeproc-js fails:.*", None),
    ("l", r"(?<=\w) \.", "."),
    ("j", r"\d{4}[a-z](?:, (?:\d{4})?[a-z]\b)+", lambda match: in_order(match[0])),
    ("k", r"^Doe, J[^“‘]*(?:Kim|Lee)[^“‘]*et al\..*“?Tea for the", None),
)


def in_order(years: str) -> str:
    """Return years such as ``2020b, 2020a`` or ``2020b, a`` in the order of their letters."""
    found = years.split(", ")
    letters = sorted(year[-1] for year in found)
    by_year = [f"{year[:-1]}{letter}" for year, letter in zip(found, letters, strict=True)]
    one_year = len({year[:-1] for year in found} - {""}) == 1
    return ", ".join(by_year) if one_year else years


def main() -> None:
    """Run the comparison and print the table and the differences."""
    parser = argparse.ArgumentParser(description="Compare abstool with citeproc-js.")
    parser.add_argument("--node-modules", required=True, help="the folder that has citeproc")
    parser.add_argument("--style", action="append", help="compare only this style; can be repeated")
    parser.add_argument("--differences", type=int, default=3, help="differences to show per style")
    parser.add_argument("--write", action="store_true", help="update the table and the fixture")
    options = parser.parse_args()
    styles = options.style or STYLES
    tasks = {name: task(name) for name in styles}
    expected = reference(tasks, options.node_modules)
    before = json.loads(AGREEMENT.read_text("utf-8")) if AGREEMENT.exists() else {}
    table, worse = {}, []
    for name in styles:
        pairs = compared(name, tasks[name]["items"], expected[name])
        pairs += compared_list(name, tasks[name]["listed"], expected[name]["list"])
        same = sum(ours == theirs for ours, theirs in pairs) / len(pairs)
        letters = sorted({odd(*pair) for pair in pairs if pair[0] != pair[1]})
        table[name] = {"agree": round(100 * same, 1), "odd": [one for one in letters if one]}
        unexplained = [pair for pair in pairs if pair[0] != pair[1] and not odd(*pair)]
        sys.stdout.write(f"{name:60} {100 * same:6.1f} {' '.join(table[name]['odd'])}\n")
        for ours, theirs in unexplained[: options.differences]:
            sys.stdout.write(f"    abstool     {ours}\n    citeproc-js {theirs}\n")
        if unexplained or table[name]["agree"] < before.get(name, {"agree": 0})["agree"]:
            worse.append(name)
    mean = sum(row["agree"] for row in table.values()) / len(table)
    sys.stdout.write(f"{'all':60} {mean:6.1f}\n")
    if options.write and not options.style:
        write(table, tasks, expected)
    elif worse:
        sys.exit(f"lower agreement, or unexplained differences: {', '.join(worse)}")


def odd(ours: str, theirs: str) -> str:
    """Return the letter of the reason why citeproc-js's entry differs, or "" if unexplained."""
    all_changed = theirs
    for letter, pattern, wanted in ODD:
        if wanted is None:
            if re.search(pattern, theirs):
                return letter
            continue
        # Letters may be out of order in both engines, where the style sorts by date.
        same = re.sub(pattern, wanted, ours) if letter == "j" else ours
        all_changed = re.sub(pattern, wanted, all_changed)  # an entry can have several reasons
        changed = re.sub(pattern, wanted, theirs)
        if same in (" ".join(changed.split()), " ".join(all_changed.split())):
            return letter
    return ""


def write(table: dict[str, Any], tasks: dict[str, Any], expected: dict[str, Any]) -> None:
    """Update agreement.json, the table of the page and the fixture of the test suite."""
    AGREEMENT.write_text(json.dumps(table, indent=1) + "\n", "utf-8")
    rows = [
        f"| `{name}` | {row['agree']:.1f} | {' '.join(row['odd'])} |" for name, row in table.items()
    ]
    mean = sum(row["agree"] for row in table.values()) / len(table)
    rows.append(f"| **mean of {len(table)}** | **{mean:.1f}** | |")
    head = "| style | % identical | reasons |\n|---|---|---|\n"
    begin, end = "<!-- agreement: make styles -->\n", "<!-- end -->"
    page = PAGE.read_text("utf-8")
    before, _, rest = page.partition(begin)
    after = rest.partition(end)[2]
    PAGE.write_text(before + begin + head + "\n".join(rows) + f"\n{end}" + after, "utf-8")
    entries = {}
    for name in table:
        made = tasks[name]["items"]
        pairs = zip(made, compared(name, made, expected[name]), strict=True)
        entries[name] = {
            item["id"]: theirs
            for item, (ours, theirs) in list(pairs)[::EVERY]
            if ours == theirs or not odd(ours, theirs)
        }
    lists = {
        name: [
            theirs if ours == theirs or not odd(ours, theirs) else None
            for ours, theirs in compared_list(name, tasks[name]["listed"], expected[name]["list"])
        ]
        for name in table
    }
    noted = {
        "items": ITEMS[::EVERY],
        "entries": entries,
        "listed": references(),
        "clusters": clusters(),
        "lists": lists,
    }
    FIXTURE.write_text(json.dumps(noted, ensure_ascii=False, indent=1) + "\n", "utf-8")


def task(name: str) -> dict[str, Any]:
    """Return the data that citeproc-js needs for a style."""
    target = find(name)
    style = CitationStyle(target.source, target.name, locale=target.locale)
    made = [style.worded(item) for item in ITEMS]
    xml = content_of(target.source).decode()
    listed = [style.worded(item) for item in references()]
    return {
        "xml": xml,
        "locale": target.locale,
        "items": made,
        "listed": listed,
        "list": clusters(),
    }


def reference(tasks: dict[str, Any], node_modules: str) -> dict[str, Any]:
    """Return citeproc-js's entries: style, id, HTML."""
    job = json.dumps({"styles": tasks, "locales": LOCALES_PATH})
    command = ["node", str(HERE / "reference.cjs")]
    done = subprocess.run(
        command,
        input=job,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=True,
        env=os.environ | {"NODE_PATH": node_modules},
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def compared(
    name: str, made: list[dict[str, Any]], expected: dict[str, str]
) -> list[tuple[str, str]]:
    """Return abstool's text and citeproc-js's for each item."""
    target = find(name)
    style = CitationStyle(target.source, target.name, locale=target.locale).style
    pairs = []
    for item in made:
        try:
            ours = plain(style.document([item]).bibliography("html")[0].text)
        except AbstoolError as error:
            ours = "" if "prints nothing" in str(error) else str(error)
        pairs.append((ours, plain(expected[item["id"]])))
    return pairs


def compared_list(
    name: str, items: list[dict[str, Any]], expected: dict[str, list[str]]
) -> list[tuple[str, str]]:
    """Return abstool's text and citeproc-js's for each citation and entry of the document."""
    target = find(name)
    style = CitationStyle(target.source, target.name, locale=target.locale).style
    document = style.document(items, clusters())
    ours = [*document.citations("html"), *(one.text for one in document.bibliography("html"))]
    theirs = [*expected["citations"], *expected["entries"]]
    return list(zip(map(plain, ours), map(plain, theirs), strict=True))


def plain(entry: str) -> str:
    """Return the text of an HTML entry, with a space for each <div> tag."""
    entry = re.sub(r"</?div\b[^>]*>", " ", entry)
    entry = re.sub(r"</?(?:a|i|b|u|sup|sub|span)\b[^>]*>", "", entry)
    return " ".join(html.unescape(entry).split())


if __name__ == "__main__":
    main()
