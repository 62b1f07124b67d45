"""Compare abstool's entries with those of citeproc-js, style by style.

    python benchmarks/styles/compare.py --node-modules DIR [--style NAME] [--differences N] [--write]

Both get the same items: those that abstool's mapping makes for the style's family. An entry agrees
if its text is the same after white space is folded; ``--write`` brings the table in docs/styles.md,
the shares in tests/ and citeproc-js's entries for the suite's ratchet up to date.
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

from abstool.errors import AbstoolError
from abstool.formatters import csl
from abstool.formatters._catalog import find
from abstool.formatters.csl import output

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from items import items as made_items

ITEMS = made_items()
ROOT = HERE.parents[1]
STYLES = (HERE / "styles.txt").read_text("utf-8").split()
FIXTURE = ROOT / "tests" / "formatters" / "citeproc_js.json"


def main() -> None:
    """Run the comparison, print the table, and say what differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--node-modules", required=True, help="where npm put citeproc")
    parser.add_argument("--style", action="append", help="only this style; may be repeated")
    parser.add_argument("--differences", type=int, default=0, help="differences to show a style")
    parser.add_argument("--write", action="store_true", help="bring table and fixture up to date")
    options = parser.parse_args()
    styles = options.style or STYLES
    tasks = {name: task(name) for name in styles}
    expected = reference(tasks, options.node_modules)
    shares = {}
    for name in styles:
        pairs = compared(name, tasks[name]["items"], expected[name])
        agree = [ours == theirs for ours, theirs, _, _ in pairs]
        formatted = [ours == theirs for _, _, ours, theirs in pairs]
        shares[name] = (100 * sum(agree) / len(pairs), 100 * sum(formatted) / len(pairs))
        print(f"{name:60} {shares[name][0]:6.1f} {shares[name][1]:6.1f}")
        differing = [pair for pair, same in zip(pairs, agree, strict=True) if not same]
        if not differing:
            differing = [pair[2:] for pair, same in zip(pairs, formatted, strict=True) if not same]
        for pair in differing[: options.differences]:
            print(f"    abstool     {pair[0]}\n    citeproc-js {pair[1]}")
    mean = sum(text for text, _ in shares.values()) / len(shares)
    print(f"{'all':60} {mean:6.1f} {sum(f for _, f in shares.values()) / len(shares):6.1f}")


def task(name: str) -> dict[str, Any]:
    """Return what citeproc-js needs for a style."""
    target = find(name)
    renderer = csl.load(target.path, target.name, locale=target.locale)
    made = [renderer.adapted(item) for item in ITEMS]
    return {"path": str(target.path), "locale": target.locale, "items": made}


def reference(tasks: dict[str, Any], node_modules: str) -> dict[str, Any]:
    """Return citeproc-js's entries: style, id, HTML."""
    job = json.dumps({"styles": tasks, "locales": LOCALES_PATH})
    command = ["node", str(HERE / "reference.cjs")]
    done = subprocess.run(
        command,
        input=job,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        env=os.environ | {"NODE_PATH": node_modules},
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def compared(
    name: str, made: list[dict[str, Any]], expected: dict[str, str]
) -> list[tuple[str, str, str, str]]:
    """Return for every item our text, theirs, and both with formatting."""
    target = find(name)
    renderer = csl.load(target.path, target.name, locale=target.locale)
    pairs = []
    for item in made:
        try:
            ours = output.as_html(renderer.entry(item, number=1))
        except AbstoolError as error:
            ours = "" if "prints nothing" in str(error) else str(error)
        theirs = normal(expected[item["id"]])
        small = re.sub(r'<span style="font-variant: small-caps">(.*?)</span>', r"<sc>\1</sc>", ours)
        pairs.append((plain(ours), plain(theirs), small, theirs))
    return pairs


def normal(entry: str) -> str:
    """Return an entry of citeproc-js without its divisions, in abstool's spelling of HTML."""
    entry = re.sub(r"</?div\b[^>]*>", " ", entry)
    entry = re.sub(r'<span style="font-variant:small-caps;">(.*?)</span>', r"<sc>\1</sc>", entry)
    while entry != (
        bare := re.sub(r'<span style="baseline">((?:(?!<span).)*?)</span>', r"\1", entry)
    ):
        entry = bare
    entry = re.sub(
        r'<span style="font-(style|weight):normal;">', r'<span style="font-\1: normal">', entry
    )
    entry = re.sub(r'<span style="text-decoration:underline;">(.*?)</span>', r"<u>\1</u>", entry)
    entry = entry.replace("&#60;", "&lt;").replace("&#62;", "&gt;").replace("&#38;", "&amp;")
    return " ".join(entry.split())


def plain(entry: str) -> str:
    """Return an entry's text."""
    return " ".join(
        html.unescape(re.sub(r"</?(?:i|b|u|sc|sup|sub|span)\b[^>]*>", "", entry)).split()
    )


if __name__ == "__main__":
    main()
