"""Plant encores of the abstracts of a meeting, and report which are found and what else is.

    python benchmarks/encores.py RECORDS.jsonl [--count 200]

Each planted encore is of another meeting, has a reworded title, its authors in another order with
one left out, and the same numbers. Its text is the same, has its sentences in another order, or has
half of its words replaced. The records themselves must have no encores.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import time
from collections import Counter
from pathlib import Path

from abstool.encores import find
from abstool.record import Abstract

SYNONYMS = {
    "with": "in",
    "patients": "subjects",
    "treatment": "therapy",
    "efficacy": "benefit",
    "safety": "tolerability",
    "association": "relationship",
    "impact": "effect",
    "and": "&",
    "outcomes": "results",
}
TEXTS = ("same", "shuffled", "reworded")


def main() -> None:
    """Read the records, and report for each form of text."""
    parser = argparse.ArgumentParser(description="Plant encores and find them.")
    parser.add_argument("records", type=Path)
    parser.add_argument("--count", type=int, default=200)
    arguments = parser.parse_args()
    lines = arguments.records.read_text("utf-8").splitlines()
    rows = [json.loads(line) | {"meeting": "the meeting"} for line in lines]
    records = [Abstract.from_dict(row) for row in rows]
    start = time.process_time()
    kinds = Counter(pair.kind for pair in find(records))
    print(f"{len(records):,} records alone: {dict(kinds)}, {time.process_time() - start:.1f} s CPU")
    usable = [row for row in rows if row.get("sections") and len(row.get("authors", [])) > 2]
    for text in TEXTS:
        draw = random.Random(1)
        originals = draw.sample(usable, arguments.count)
        planted = [_planted(row, n, text, draw) for n, row in enumerate(originals)]
        wanted = {f"P{n}": row["url"] for n, row in enumerate(originals)}
        found: Counter[str] = Counter()
        for pair in find(planted, records):
            is_right = wanted[pair.first.number] == pair.second.url
            found[pair.kind if is_right else f"other {pair.kind}"] += 1
        print(f"{arguments.count} planted, text {text}: {dict(found)}")


def _planted(row: dict[str, object], number: int, text: str, draw: random.Random) -> Abstract:
    """Return another presentation of a record."""
    data = json.loads(json.dumps(row))
    data |= {"meeting": "another meeting", "number": f"P{number}", "url": f"https://a.b/{number}/"}
    words = [SYNONYMS.get(word.lower(), word) for word in data["title"].split()]
    if len(words) > 6:
        del words[draw.randrange(len(words))]
    data["title"] = " ".join(["Results", "from", *words] if draw.random() < 0.3 else words)
    authors = data["authors"]
    del authors[draw.randrange(len(authors))]
    draw.shuffle(authors)
    for section in data["sections"]:
        sentences = section["text"].split(". ")
        if text == "shuffled":
            draw.shuffle(sentences)
        elif text == "reworded":
            sentences = [_reworded(sentence, draw) for sentence in sentences]
        section["text"] = ". ".join(sentences)
    return Abstract.from_dict(data)


def _reworded(sentence: str, draw: random.Random) -> str:
    """Return a sentence with half of its words replaced, and its numbers kept."""
    return " ".join(
        word if re.search(r"\d", word) or draw.random() < 0.5 else f"word{draw.randrange(999)}"
        for word in sentence.split()
    )


if __name__ == "__main__":
    main()
