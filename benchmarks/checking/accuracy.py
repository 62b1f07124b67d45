"""Measure what the check of references finds, and how long it takes.

    python benchmarks/checking/accuracy.py [--data FILE] [--node-modules DIR] [--records 500]

``--data`` (gzipped JSON Lines: numbers, titles, author lines and URLs of one meeting) is not part
of the project; without it the records are invented. The right references are those that abstool and
citeproc-js print in eight styles. The wrong ones have one error each.
"""

from __future__ import annotations

import argparse
import gzip
import html
import itertools
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from pathlib import Path

from citeproc import LOCALES_PATH
from rapidfuzz import fuzz

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from invented import records as invented
from planting import DAY, KINDS, STYLES, planted

import abstool
from abstool.checking import Library, check
from abstool.checking.renditions import render
from abstool.csl.source import content_of
from abstool.manuscripts.reference import Reference
from abstool.mapping import to_item
from abstool.record import Abstract, Publication
from abstool.styles.catalog import find
from abstool.styles.citation import CitationStyle

_MARKERS = re.compile(r" \d+(?:, ?\d+)*(?= ?,| and\b|$)")


def main() -> None:
    """Run what is asked for and print the figures."""
    parser = argparse.ArgumentParser(description="Measure the check of references.")
    parser.add_argument("--data", type=Path, help="metadata of a meeting; default: invented")
    parser.add_argument("--node-modules", help="the folder that has citeproc")
    parser.add_argument("--records", type=int, default=500, help="records to cite")
    parser.add_argument("--only", nargs="*", default=[], help="right, js, planted, titles, speed")
    parser.add_argument("--show", type=int, default=10, help="failures to show")
    options = parser.parse_args()
    everything, chosen = chosen_of(options.data, options.records)
    library = Library.of(everything)
    steps = {
        "right": lambda: right(chosen, library, options.show),
        "js": lambda: citeproc_js(chosen, library, options.node_modules, options.show),
        "planted": lambda: errors(chosen, everything, library, options.show),
        "titles": lambda: titles(everything, options.show),
        "speed": lambda: speed(everything),
    }
    for name, step_ in steps.items():
        if (not options.only or name in options.only) and (name != "js" or options.node_modules):
            step_()


def chosen_of(path: Path | None, count: int) -> tuple[list[Abstract], list[Abstract]]:
    """Return all records, and as many of them from everywhere as are to be cited."""
    everything = meeting(path) if path else [*invented(1362)]
    step = max(len(everything) // count, 1)
    return everything, everything[::step][:count]


def meeting(path: Path) -> list[Abstract]:
    """Return the records of a meeting from its metadata, without their bodies."""
    found = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            names = html.escape(authors(row["authors_and_affiliations"] or ""))
            page = (
                f"<html><body><p>Abstract Number: {row['abstract_number']}</p>"
                f"<h1>{html.escape(row['title'])}</h1><p>{names}</p>"
                "<p>Meeting: ACR Convergence 2025</p><p>Methods: None.</p></body></html>"
            )
            record = abstool.parse(page, row["link_final"])
            record.publication = Publication(
                journal="Arthritis & Rheumatology",
                abbreviation="Arthritis Rheumatol",
                issn="2326-5205",
                year=2025,
                volume="77",
                supplement="9",
            )
            record.url = row["link_final"]
            found.append(record)
    return found


def authors(line: str) -> str:
    """Return the names of an author line, in which two spaces come before the last one."""
    first, _, last = line.partition(" and  ")
    if not last:
        return re.split(r",| \d", line)[0]
    return f"{_MARKERS.sub('', first)} and {re.split(r',| [0-9]', last)[0]}"


def right(chosen: list[Abstract], library: Library, show: int) -> None:
    """Check what abstool prints."""
    for style in STYLES:
        lines = [render(record, style, DAY) for record in chosen]
        report(f"abstool {style}", chosen, lines, lines, library, show=show)


def report(
    name: str,
    chosen: list[Abstract],
    lines: list[str],
    corrected: list[str],
    library: Library,
    *,
    show: int,
) -> None:
    """Print how many right references have a finding, and how many corrections differ."""
    references = [Reference(str(index), line) for index, line in enumerate(lines)]
    alarms, others, counts = 0, 0, Counter()
    for record, reference, wanted in zip(chosen, references, corrected, strict=True):
        verdict = next(check([reference], library))
        is_alarm = verdict.status != "agrees" or verdict.url != record.url
        alarms += is_alarm
        others += verdict.corrected != wanted
        counts.update(finding.code for finding in verdict.findings)
        if is_alarm and alarms <= show:
            print(f"  {verdict.status} {[*map(str, verdict.findings)]}\n    {reference.text}")
    shown = f" {dict(counts)}" if counts else ""
    print(f"{name:48} findings {alarms} of {len(lines)}, other line {others}{shown}")


def citeproc_js(chosen: list[Abstract], library: Library, modules: str, show: int) -> None:
    """Check what citeproc-js prints, from the items that abstool exports and from worded ones."""
    for is_worded in (False, True):
        tasks = {}
        for name in STYLES:
            target = find(name)
            style = CitationStyle(target.source, target.name, own=target.own, locale=target.locale)
            items = []
            for index, record in enumerate(chosen):
                item = {**to_item(record), "id": str(index), "accessed": DAY}
                items.append(style.worded(item) if is_worded or target.own else item)
            xml = content_of(target.source).decode()
            alone = {"items": items, "listed": [], "list": []}
            tasks[name] = {"xml": xml, "locale": target.locale, **alone}
        done = subprocess.run(
            ["node", str(HERE.parent / "styles" / "reference.cjs")],
            input=json.dumps({"styles": tasks, "locales": LOCALES_PATH}),
            stdout=subprocess.PIPE,
            encoding="utf-8",
            check=True,
            env=os.environ | {"NODE_PATH": modules},
        )
        for name, entries in json.loads(done.stdout).items():
            lines = [plain(entries[str(index)]) for index in range(len(chosen))]
            corrected = [render(record, name, DAY) for record in chosen]
            kind = "worded" if is_worded else "exported"
            report(f"citeproc-js {name}, {kind}", chosen, lines, corrected, library, show=show)


def plain(entry: str) -> str:
    """Return the text of an HTML entry, without its number."""
    entry = re.sub(r"<div class=\"csl-left-margin\">.*?</div>", "", entry)
    entry = re.sub(r"</?div\b[^>]*>", " ", entry)
    return " ".join(html.unescape(re.sub(r"<[^<>]*>", "", entry)).split())


def errors(chosen: list[Abstract], everything: list[Abstract], library: Library, show: int) -> None:
    """Check references with one planted error each."""
    total, code, record, line = Counter(), Counter(), Counter(), Counter()
    misses = defaultdict(list)
    for one in planted(chosen, everything, STYLES):
        verdict = next(check([Reference("1", one.text)], library))
        found = [finding.code for finding in verdict.findings]
        total[one.kind] += 1
        code[one.kind] += found == [one.code]
        record[one.kind] += verdict.url == one.record.url
        line[one.kind] += verdict.corrected == one.right
        if found != [one.code] or verdict.url != one.record.url or verdict.corrected != one.right:
            misses[one.kind].append((one, verdict))
    for kind in [*KINDS, "access date dropped"]:
        if total[kind]:
            shares = (f"{100 * n[kind] / total[kind]:7.2f}" for n in (code, record, line))
            print(f"{kind:34} {total[kind]:6} {' '.join(shares)}")
        for one, verdict in misses[kind][:show]:
            print(f"  {one.style} {verdict.status} {[*map(str, verdict.findings)]}")
            print(f"    is    {one.text}\n    right {one.right}\n    ours  {verdict.corrected}")
    print(f"{'all':34} {total.total():6}", end="")
    print(*(f"{100 * n.total() / total.total():7.2f}" for n in (code, record, line)))


def titles(everything: list[Abstract], show: int) -> None:
    """Check references to the abstracts with the nearest titles, with only the other one known."""
    names = [record.title for record in everything]
    pairs = [
        (i, j)
        for (i, one), (j, other) in itertools.combinations(enumerate(names), 2)
        if fuzz.ratio(one, other, score_cutoff=80) and one.casefold() != other.casefold()
    ]
    wrong, both, total = 0, 0, 0
    library = Library.of(everything)
    for i, j in [*pairs, *((j, i) for i, j in pairs)]:
        alone = Library.of([everything[j]])
        for style in STYLES:
            total += 1
            reference = Reference("1", render(everything[i], style, DAY))
            verdict = next(check([reference], alone))
            wrong += verdict.url == everything[j].url
            both += next(check([reference], library)).url != everything[i].url
            if verdict.url == everything[j].url and wrong <= show:
                print(f"  {verdict.findings}\n    {reference.text}\n    {everything[j].title}")
    print(f"{len(pairs)} pairs of titles, {total} references: {wrong} matched to the other alone,")
    print(f"  {both} not matched to the right one of both")


def speed(everything: list[Abstract]) -> None:
    """Measure the time for 100 references against 2,725 and 100,000 records."""
    many = [*everything, *invented(2725 - min(len(everything), 2725), seed=3)]
    lines = [render(one, STYLES[i % 8], DAY) for i, one in enumerate(everything[:1300:13])]
    references = [Reference(str(i), line) for i, line in enumerate(lines)]
    # Without URL and number, so that each is searched.
    bare = [re.sub(r"https?://\S+|(?i:abstract) \w+", "abstract", line) for line in lines]
    searched = [Reference(str(i), line) for i, line in enumerate(bare)]
    started = time.perf_counter()
    library = Library.of(many)
    print(f"{len(many)} records: index {time.perf_counter() - started:.2f} s")
    timed("  100 references", references, library)
    timed("  100 references without URL and number", searched, library)
    with tempfile.TemporaryDirectory() as folder:
        huge = [*everything, *invented(100_000 - len(everything), seed=5)]
        started = time.perf_counter()
        Library.of(huge, Path(folder), "digest")
        print(f"100000 records: index {time.perf_counter() - started:.2f} s, the first time")
        timed("  100 references", references, Library.of((), Path(folder), "digest"))
        timed(
            "  100 references without URL and number",
            searched,
            Library.of((), Path(folder), "digest"),
        )


def timed(name: str, references: list[Reference], library: Library) -> None:
    """Print how long references take, and the record of how many is found."""
    started, processed = time.perf_counter(), time.process_time()
    verdicts = [*check(references, library)]
    wall, cpu = time.perf_counter() - started, time.process_time() - processed
    found = sum(bool(verdict.url) for verdict in verdicts)
    print(f"{name}: {wall:.2f} s, {cpu:.2f} s of CPU; found {found}")


if __name__ == "__main__":
    main()
