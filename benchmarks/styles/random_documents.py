"""Compare documents of random references in random styles with citeproc-js.

    python benchmarks/styles/random_documents.py --node-modules DIR [--styles 60] [--seed 1]

The comparison of ``compare.py`` holds 60 styles to their figures. This one looks for kinds of
faults that they do not have: in each style it prints a document of 12 references of any type, with
citations that repeat each other, have locators, prefixes and suffixes. It prints the share of equal
texts and some differences for a person to judge; most are oddities of citeproc-js that
docs/reference/styles.md lists. It fails only if a style fails.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from difflib import get_close_matches
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from compare import plain, reference

from abstool.csl import Style
from abstool.csl.source import content_of
from abstool.errors import AbstoolError
from abstool.styles import archive

Item = dict[str, Any]

_PEOPLE: tuple[Item, ...] = (
    {"family": "Smith", "given": "Jane A."},
    {"family": "Smith", "given": "John B."},
    {"family": "Doe", "given": "Jane"},
    {"family": "Roe", "given": "Richard B.", "suffix": "Jr."},
    {"family": "Kim", "given": "Ji-Hoon"},
    {"family": "Heide", "given": "Désirée", "non-dropping-particle": "van der"},
    {"family": "Torre", "given": "José", "dropping-particle": "de", "non-dropping-particle": "la"},
    {"family": "O'Connell", "given": "Liam P."},
    {"literal": "Tea Society"},
)
_TITLES = (
    "Imagined effects of tea on joints",
    "Does tea help? A randomised trial",
    "Tea in Sjögren's disease: a phase 3 trial",
    "<i>Camellia sinensis</i> in gout",
    "TEA AND COFFEE IN SCLEROSIS",
    "mRNA of tea leaves in Japan",
    "Effects of tea in the U.S.",
)
_TYPES = (
    "article-journal article-journal article-journal article-journal article-journal book chapter "
    "paper-conference report thesis webpage article-newspaper article-magazine patent dataset "
    "article legislation manuscript entry-encyclopedia post-weblog speech review software standard "
    "interview map motion_picture"
).split()
# Other variables, how often an item has them, and their values.
_VARIABLES: tuple[tuple[str, float, tuple[str, ...]], ...] = (
    ("container-title", 0.7, ("Annals of Imagined Diseases", "Joints", "Tea: a journal of leaves")),
    ("container-title-short", 0.4, ("Ann Imagin Dis",)),
    ("volume", 0.7, ("12", "3", "77", "12-13", "IV")),
    ("issue", 0.6, ("3", "suppl 9", "1-2", "S1")),
    ("page", 0.75, ("12-19", "123-129", "1103-1109", "e12", "xi-xv", "44, 47-49")),
    ("DOI", 0.4, ("10.1234/tea.1", "10.1234/tea.2")),
    ("URL", 0.4, ("https://tea.example/1", "https://tea.example/2")),
    ("publisher", 0.4, ("Teapot Press", "Kettle & Sons")),
    ("publisher-place", 0.3, ("London", "New York, NY")),
    ("edition", 0.15, ("2", "Revised")),
    ("collection-title", 0.1, ("Leaves in Medicine",)),
    ("genre", 0.2, ("PhD thesis", "preprint")),
    ("number", 0.2, ("12", "US 7,347,809")),
    ("event-title", 0.15, ("Meeting on Tea",)),
    ("language", 0.1, ("en-US", "de", "fr-FR")),
    ("title-short", 0.1, ("Short tea",)),
)


def main() -> None:
    """Compare the documents and print what differs."""
    parser = argparse.ArgumentParser(description="Compare random documents with citeproc-js.")
    parser.add_argument("--node-modules", required=True, help="the folder that has citeproc")
    parser.add_argument("--styles", type=int, default=60, help="how many styles")
    parser.add_argument("--seed", type=int, default=1, help="another number gives other documents")
    parser.add_argument("--show", type=int, default=3, help="differences to show per style")
    options = parser.parse_args()
    chance = random.Random(options.seed)
    styles = [row for row in archive.rows() if row.kind == "style"]
    tasks = {row.name: _task(row, chance) for row in chance.sample(styles, options.styles)}
    expected = reference(tasks, options.node_modules)
    texts, same, failed = 0, 0, []
    for name, task in tasks.items():
        theirs = expected[name]["list"]
        if "error" in theirs:
            sys.stdout.write(f"{name}: citeproc-js fails: {theirs['error']}\n")
            continue
        try:
            document = Style.read(task["xml"], name=name).document(task["listed"], task["list"])
            citations = document.citations("html")
            entries = [entry.text for entry in document.bibliography("html")]
        except AbstoolError as error:
            failed.append(f"{name}: {error}")
            continue
        pairs = list(zip(map(plain, citations), map(plain, theirs["citations"]), strict=True))
        known = Counter(map(plain, theirs["entries"]))
        unknown = list((Counter(map(plain, entries)) - known).elements())
        nearest = [get_close_matches(one, known, 1, 0)[0] if known else "" for one in unknown]
        differing = [f"{ours}\n    {other}" for ours, other in pairs if ours != other]
        texts += len(pairs) + len(entries)
        same += len(pairs) - len(differing) + len(entries) - len(unknown)
        differing += map("{}\n    {}".format, unknown, nearest)
        for text in differing[: options.show]:
            sys.stdout.write(f"{name}:\n    {text}\n")
    sys.stdout.write(f"{same} of {texts} texts ({100 * same / max(texts, 1):.1f} %) are the same\n")
    if failed:
        sys.exit("\n".join(failed))


def _task(row: archive.Row, chance: random.Random) -> dict[str, Any]:
    """Return a style with a document, in the form that ``reference.cjs`` reads."""
    xml = content_of(archive.rules(row)).decode()
    items = [_item(number, chance) for number in range(12)]
    is_note = 'class="note"' in xml
    clusters = _clusters([item["id"] for item in items], chance, is_note=is_note)
    return {"xml": xml, "locale": "", "items": [], "listed": items, "list": clusters}


def _item(number: int, chance: random.Random) -> Item:
    item: Item = {"id": f"i{number}", "type": chance.choice(_TYPES)}
    for name, share, values in _VARIABLES:
        if chance.random() < share:
            item[name] = chance.choice(values)
    if chance.random() < 0.95:
        item["title"] = chance.choice(_TITLES)
    for role, share in (("author", 0.9), ("editor", 0.2), ("translator", 0.1)):
        if chance.random() < share:
            count = chance.choice((1, 1, 2, 2, 3, 4, 7, 12))
            item[role] = [dict(chance.choice(_PEOPLE)) for _ in range(count)]
    if chance.random() < 0.9:
        item["issued"] = _date(chance)
    if "URL" in item:
        item["accessed"] = {"date-parts": [[2026, 1, 5]]}
    return item


def _date(chance: random.Random) -> Item:
    year = chance.choice((1998, 2018, 2019, 2019, 2020, 2021))
    month, day = chance.randint(1, 12), chance.randint(1, 28)
    return chance.choice(
        (
            {"date-parts": [[year]]},
            {"date-parts": [[year, month]]},
            {"date-parts": [[year, month, day]]},
            {"date-parts": [[year]], "season": chance.randint(1, 4)},
        )
    )


def _clusters(ids: list[str], chance: random.Random, *, is_note: bool) -> list[Item]:
    """Return ten citations, then one of all references."""
    clusters: list[Item] = []
    note = 0
    for _ in range(10):
        note += chance.choice((1, 1, 2, 6))
        cited = chance.sample(ids, chance.choice((1, 1, 2, 3)))
        if clusters and chance.random() < 0.3:
            cited = [clusters[-1]["citationItems"][0]["id"]]
        cites = [_cite(name, chance) for name in cited]
        clusters.append({"citationItems": cites, "properties": {"noteIndex": note * is_note}})
    every = [{"id": name} for name in ids]
    return [*clusters, {"citationItems": every, "properties": {"noteIndex": (note + 1) * is_note}}]


def _cite(name: str, chance: random.Random) -> Item:
    cite: Item = {"id": name}
    if chance.random() < 0.25:
        cite |= {"locator": chance.choice(("12", "3-5", "xii"))}
        cite |= {"label": chance.choice(("page", "page", "chapter", "section"))}
    if chance.random() < 0.1:
        cite["prefix"] = "see "
    if chance.random() < 0.1:
        cite["suffix"] = " and elsewhere"
    return cite


if __name__ == "__main__":
    main()
