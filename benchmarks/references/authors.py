"""Compare the authors that abstool reads in real BibTeX files with those that pandoc reads.

    python benchmarks/references/authors.py FOLDER [--cache FILE] [--show N]

pandoc reads a whole file or nothing, so files that it refuses are left out, and entries are paired
by key. An entry is equal if its authors have the same names in the same order. Not compared are
the form of accents, the spaces and full stops of initials, whether ``Jr`` or a particle is a part
of its own or of another part, and a dotless i under an accent, which pandoc keeps. Differences
are listed by what abstool said of the entry (``warned``), or as ``other``.

Counted apart are entries of which abstool says nothing and in which pandoc breaks a rule of BibTeX:
a particle whose first letter is a capital (BibTeX's begin in lower case; pandoc takes Ø, É, "(F"
and "-G" for lower case), or one that is the word "and" (which always ends a name).
"""

from __future__ import annotations

import argparse
import json
import pickle
import re
import subprocess
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

from abstool.encoding import to_utf8
from abstool.errors import AbstoolError
from abstool.inputs import references
from abstool.text import plain

Name = tuple[str, str]
_PATIENCE = 120.0  # seconds for a file: entries that inherit from each other keep pandoc for ever
_APART = "apart: pandoc breaks a rule of BibTeX"
_MEMORY = ("+RTS", "-M2g", "-RTS")


def main() -> None:
    """Read the command line, compare, and print counts with examples."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--cache", type=Path, help="keeps what pandoc printed")
    parser.add_argument("--show", type=int, default=5, help="examples per kind of difference")
    options = parser.parse_args()
    cache = options.cache if options.cache and options.cache.exists() else None
    printed: dict[str, bytes] = pickle.loads(cache.read_bytes()) if cache else {}
    kinds: Counter[str] = Counter()
    examples: dict[str, list[str]] = defaultdict(list)
    files = entries = missing = apart = 0
    for path in sorted(options.folder.iterdir()):
        if path.name not in printed:
            printed[path.name] = pandoc(path)
        if not printed[path.name]:
            continue
        files += 1
        ours = read(path)
        seen: Counter[str] = Counter()
        for item in json.loads(printed[path.name]):
            key = str(item["id"])
            seen[key] += 1
            if seen[key] > 1 or (authors := names(item)) is None:
                continue
            entries += 1
            if key not in ours:
                missing += 1
                continue
            mine, warnings = ours[key]
            kind = "equal"
            if mine != authors:
                kind = difference(warnings)
                if not warnings and breaks_rules(item):
                    kind = _APART
                    apart += 1
            kinds[kind] += 1
            if kind != "equal":
                examples[kind].append(f"{path.name[-40:]} {key}: {only(mine, authors)} {warnings}")
    if options.cache:
        options.cache.write_bytes(pickle.dumps(printed))
    print(f"{files} files, {entries} entries with authors in pandoc, {missing} of them not read")
    print(f"equal without those counted apart: {kinds['equal'] / max(1, entries - apart):.2%}")
    for kind, number in kinds.most_common():
        print(f"{kind}: {number} ({number / max(1, entries):.2%})")
        step = max(1, len(examples[kind]) // max(1, options.show))
        for example in examples[kind][::step][: options.show]:
            print(f"    {example[:400]}")


def pandoc(path: Path) -> bytes:
    """Return the items that pandoc reads in a file, b"" if it refuses the file or does not end."""
    command = ["pandoc", "-f", "bibtex", "-t", "csljson", str(path), *_MEMORY]
    try:
        found = subprocess.run(command, capture_output=True, check=False, timeout=_PATIENCE)
    except subprocess.TimeoutExpired:
        return b""
    return b"" if found.returncode else found.stdout


def read(path: Path) -> dict[str, tuple[list[Name], tuple[str, ...]]]:
    """Return the authors and warnings of the first entry of each key."""
    try:
        data = to_utf8(path.read_bytes(), subject=path.name)
        outcomes = [*references.read(data, "bibtex", path.name, with_abstracts=False)]
    except AbstoolError:
        return {}
    found: dict[str, tuple[list[Name], tuple[str, ...]]] = {}
    for outcome in outcomes:
        if outcome.value:
            authors = names(dict(outcome.value)) or []
            found.setdefault(str(outcome.value["id"]), (authors, outcome.warnings))
    return found


def names(item: dict[str, object]) -> list[Name] | None:
    """Return family and given name of each author in comparable form."""
    authors = item.get("author")
    return [*map(parts, authors)] if isinstance(authors, list) else None


def parts(name: dict[str, str]) -> Name:
    """Return a name as family name, with particles and suffix, and given name without spaces."""
    order = ("dropping-particle", "non-dropping-particle", "family", "literal", "suffix")
    given, suffix = name.get("given", ""), ""
    if found := re.search(r"\s((?:Jr|Sr)\.?|I{2,3}|IV)$", given):  # as pandoc reads "J Jr Moss"
        given, suffix = given[: found.start()], found[0]
    family = comparable(" ".join(filter(None, map(name.get, order))) + suffix)
    family = re.sub(r"(?<=['-])\s|(?<=\.)\s(?=\w\.)|[.,]", "", family)
    if family in ("others", "et al"):
        return ("et al", "")
    return family, re.sub(r"[\s.]+", "", comparable(given))


def breaks_rules(item: dict[str, object]) -> bool:
    """Return whether an author in pandoc has a particle that is none in BibTeX."""
    authors = item.get("author")
    for name in authors if isinstance(authors, list) else ():
        particle = str(name.get("dropping-particle") or name.get("non-dropping-particle") or "")
        letter = next(filter(str.isalpha, particle), "")
        if letter.isupper() or particle.split()[:1] == ["and"]:
            return True
    return False


def comparable(text: str) -> str:
    """Return a text without markup, with one form of accents, apostrophes and hyphens."""
    text = re.sub(r"<[^<>]*>", "", plain(text)).replace("’", "'").replace("‐", "-")
    text = re.sub("ı(?=[\u0300-\u036f])", "i", unicodedata.normalize("NFD", text))
    return " ".join(unicodedata.normalize("NFC", text).replace("\xa0", " ").split())


def difference(warnings: tuple[str, ...]) -> str:
    """Return the kind of a difference."""
    if warnings:
        return "warned: " + re.sub(r"[\"'].*[\"']", "…", warnings[0])[:60]
    return "other"


def only(mine: list[Name], theirs: list[Name]) -> str:
    """Return the names that differ."""
    ours, others = (
        [name for name in one if name not in other][:3]
        for one, other in ((mine, theirs), (theirs, mine))
    )
    return f"{ours} | {others}"


if __name__ == "__main__":
    main()
