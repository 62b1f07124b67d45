"""Invented data for measurements: the records of a meeting, and pages that print them.

All records and pages are different from each other, and the same on every machine. All text is
invented.

    python benchmarks/speed/synthetic.py DIR --records N --pages N [--size KB] [--authors N]

writes DIR/records.jsonl, DIR/items.json (CSL-JSON, as ``abstool cite --style json`` prints it) and
DIR/pages/*.html. Pages are as large as real WordPress pages, most of which is not the abstract.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))
sys.path.insert(0, str(Path(__file__).parent))

from chrome import padded
from words import (
    ADJECTIVES,
    CITIES,
    COMPANIES,
    DISEASES,
    FAMILIES,
    GIVEN,
    GROUPS,
    KEYWORDS,
    LETTERS,
    NOUNS,
    OUTCOMES,
    PARTICLES,
    SENTENCES,
    SESSIONS,
    SUFFIXES,
    UNITS,
    UNIVERSITIES,
)

import rendering
from abstool.record import (
    Abstract,
    Affiliation,
    Author,
    Disclosure,
    Interest,
    Publication,
    Section,
    Session,
    Trial,
)

LABELS = ("Background/Purpose", "Methods", "Results", "Conclusion")
MEETING = "ACR Convergence 2025"
PUBLICATION = {
    "journal": "Arthritis & Rheumatology",
    "abbreviation": "Arthritis Rheumatol",
    "issn": "2326-5205",
    "year": 2025,
    "volume": "77",
    "supplement": "9",
}
MANY = 55  # authors in the longest author line
PROSE = 3400  # characters in the four sections of a record
PAGE_PROSE = 5200  # the same for a page, where it makes an abstract of 15 KB
PAGE_SIZE = 131_000  # bytes


def records(count: int, *, authors: int = 0, prose: int = PROSE) -> Iterator[Abstract]:
    """Yield the records of a meeting, with 10 authors on average unless ``authors`` is given."""
    for index in range(count):
        yield record(index, authors=authors, prose=prose)


def record(index: int, *, authors: int = 0, prose: int = PROSE) -> Abstract:
    """Return the record at an index in the meeting."""
    chance = Random(f"abstool {index}")
    title = _title(index)
    share = 0.5 if authors else chance.uniform(0.3, 0.8)
    people = _authors(chance, authors or _number_of_authors(chance, index))
    places = _affiliations(chance, max(1, round(len(people) * share)))
    _affiliate(chance, people, places)
    trial = [f"NCT{chance.randrange(10**8):08}"] if index % 9 == 0 else []
    made = Abstract(
        url=f"https://acrabstracts.org/abstract/{_slug(title)}/",
        site="acrabstracts.org",
        number=f"{index:04}",
        title=title,
        authors=people,
        affiliations=places,
        meeting=MEETING,
        first_published="2025-10-06",
        keywords=chance.sample(KEYWORDS, chance.randint(1, 5)),
        session=_session(index),
        sections=_sections(chance, prose, trial),
        trials=[Trial(registry="ClinicalTrials.gov", id=number) for number in trial],
        disclosures=[_disclosure(chance, author) for author in people if author.family],
        publication=Publication(**PUBLICATION),
    )
    made.printed_citation = rendering.citation(made)
    return made


def page(
    index: int, *, size: int = PAGE_SIZE, authors: int = MANY, prose: int = PAGE_PROSE
) -> tuple[Abstract, str]:
    """Return a record and a page of about ``size`` bytes that prints it."""
    shown = record(index, authors=authors, prose=prose)
    return shown, padded(rendering.theme(shown, rendering.Form()), index, size)


def pages(
    count: int, *, size: int = PAGE_SIZE, authors: int = MANY, prose: int = PAGE_PROSE
) -> Iterator[str]:
    """Yield pages of about ``size`` bytes, each with ``authors`` authors."""
    for index in range(count):
        yield page(index, size=size, authors=authors, prose=prose)[1]


def _title(index: int) -> str:
    """Return a unique title: the index, written in words."""
    left, words = index * 7919 % 10_000_019, []
    for column in (NOUNS, DISEASES, ADJECTIVES, OUTCOMES):
        left, which = divmod(left, len(column))
        words.append(column[which])
    noun, disease, adjective, outcome = words
    tail = f", Part {left}" if left else ""
    return f"{adjective} {noun} in {disease}: {outcome}{tail}"


def _slug(title: str) -> str:
    plain = unicodedata.normalize("NFKD", title.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def _number_of_authors(chance: Random, index: int) -> int:
    if index % 200 == 57:
        return MANY
    return max(1, min(MANY, round(chance.lognormvariate(2.15, 0.55))))


def _authors(chance: Random, count: int) -> list[Author]:
    """Return authors with distinct names, some with particles, accents or suffixes; some groups."""
    found: dict[str, Author] = {}
    if count > 3 and chance.random() < 0.04:
        group = chance.choice(GROUPS)
        found[group] = Author(name=group, literal=group)
    while len(found) < count:
        family, given = chance.choice(FAMILIES), chance.choice(GIVEN)
        if chance.random() < 0.07:
            family = f"{chance.choice(PARTICLES)} {family}"
        if chance.random() < 0.25 or len(found) > 400:
            given += f" {chance.choice(LETTERS)}."
        suffix = chance.choice(SUFFIXES) if chance.random() < 0.015 else ""
        if any(word in f"{given} {family}" for word in found):
            continue
        name = " ".join(filter(None, (given, family, suffix)))
        found[name] = Author(name=name, family=family, given=given, suffix=suffix)
    people = list(found.values())
    return [*people[1:], people[0]] if people[0].literal else people  # groups come last


def _affiliations(chance: Random, count: int) -> list[Affiliation]:
    names: dict[str, None] = {}
    while len(names) < count:
        unit, house, city = map(chance.choice, (UNITS, UNIVERSITIES, CITIES))
        names[f"{unit}, {house.format(city.partition(',')[0])}, {city}"] = None
    return [Affiliation(label=str(n), name=name) for n, name in enumerate(names, 1)]


def _affiliate(chance: Random, people: list[Author], places: list[Affiliation]) -> None:
    """Link each author to one affiliation, and some to two."""
    members = [author for author in people if author.family]
    for index, author in enumerate(members):
        chosen = {index % len(places)}
        if chance.random() < 0.2:
            chosen.add(chance.randrange(len(places)))
        author.affiliations = [places[number].label for number in sorted(chosen)]


def _session(index: int) -> Session:
    first = index // 34 * 34
    day = 26 + index // 34 % 3
    begin = (index // 34 % 2) * 3 + 9
    return Session(
        title=SESSIONS[index // 34 % len(SESSIONS)],
        abstract_range=[f"{first:04}", f"{first + 33:04}"],
        type=f"Poster Session {'ABC'[day - 26]}",
        date=f"2025-10-{day}",
        start=f"2025-10-{day}T{begin:02}:30",
        end=f"2025-10-{day}T{begin + 2:02}:30",
    )


def _sections(chance: Random, prose: int, trial: list[str]) -> list[Section]:
    """Return four sections of one or two paragraphs, with about ``prose`` characters in all."""
    sections = []
    for label, share in zip(LABELS, (0.2, 0.3, 0.38, 0.12), strict=True):
        sentences = [f"It is registered as {number}." for number in trial if label == "Methods"]
        while sum(map(len, sentences)) < prose * share:
            sentences.append(_sentence(chance))
        half = len(sentences) // 2
        parts = [sentences[:half], sentences[half:]] if half > 2 else [sentences]
        sections.append(Section(label=label, text="\n\n".join(map(" ".join, parts))))
    return sections


def _sentence(chance: Random) -> str:
    return chance.choice(SENTENCES).format(
        noun=chance.choice(NOUNS).lower(),
        disease=chance.choice(DISEASES).lower(),
        adjective=chance.choice(ADJECTIVES).lower(),
        n=chance.randint(11, 2400),
        m=chance.randint(2, 97),
        p=chance.randint(1, 49),
    )


def _disclosure(chance: Random, author: Author) -> Disclosure:
    name = f"{author.given[0]}. {author.family}{author.suffix and ' '}{author.suffix}"
    if chance.random() < 0.7:
        return Disclosure(name=name, author=author.name, text="None", interests=[])
    held = [
        Interest(entity=entity, codes=sorted(chance.sample(range(1, 12), chance.randint(1, 2))))
        for entity in chance.sample(COMPANIES, chance.randint(1, 3))
    ]
    text = ", ".join(f"{one.entity}, {', '.join(map(str, one.codes))}" for one in held)
    return Disclosure(name=name, author=author.name, text=text, interests=held)


def write_records(folder: Path, count: int) -> None:
    """Write records.jsonl, and items.json as abstool exports it."""
    lines = (json.dumps(one.to_dict(), ensure_ascii=False) + "\n" for one in records(count))
    with (folder / "records.jsonl").open("w", encoding="utf-8") as out:
        out.writelines(lines)
    start = [sys.executable, "-c", "import sys; from abstool.cli import main; sys.exit(main())"]
    options = ["--style", "json", "--accessed", "2026-11-23", "--quiet", "--output"]
    files = [str(folder / "items.json"), str(folder / "records.jsonl")]
    subprocess.run([*start, "cite", *options, *files], check=True)


def write_pages(folder: Path, count: int, size: int = PAGE_SIZE, authors: int = MANY) -> None:
    """Write pages/00000.html and so on."""
    (folder / "pages").mkdir(exist_ok=True)
    for index, text in enumerate(pages(count, size=size, authors=authors)):
        (folder / "pages" / f"{index:05}.html").write_text(text, "utf-8")


def main() -> None:
    """Write the data that the command line selects."""
    parser = argparse.ArgumentParser(description="Write invented records and pages.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--records", type=int, default=0)
    parser.add_argument("--pages", type=int, default=0)
    parser.add_argument("--size", type=int, default=PAGE_SIZE // 1000, help="size of a page in KB")
    parser.add_argument("--authors", type=int, default=MANY, help="authors per page")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    if options.records:
        write_records(options.folder, options.records)
    if options.pages:
        write_pages(options.folder, options.pages, options.size * 1000, options.authors)


if __name__ == "__main__":
    main()
