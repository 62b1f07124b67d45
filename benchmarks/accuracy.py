"""Measure the accuracy of the parser by field; write the tables of docs/explanation/accuracy.md.

    python benchmarks/accuracy.py [--facts FILE] [--data FILE] [--output PAGE]

The fixtures are compared with their stored records. ``--facts`` (JSON Lines: real metadata of
abstracts from all years) and ``--data`` (gzipped JSON Lines: author lines, bodies and disclosures
of one meeting) are rendered as pages, parsed and compared. Neither file is part of the project.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

import abstool
from abstool.parser.people.names import PrintedName, from_disclosure
from abstool.record import (
    Abstract,
    Affiliation,
    Author,
    Disclosure,
    Publication,
    Section,
    Session,
)
from rendering import Form, breaks, headings, plain, theme

Json = dict[str, Any]
Render = Callable[[Abstract, Form], str]


@dataclass
class Table:
    """Counts of exact values, by field (rows) and by kind of page (columns)."""

    exact: Counter[tuple[str, str]] = field(default_factory=Counter)
    total: Counter[tuple[str, str]] = field(default_factory=Counter)

    def count(self, row: str, column: str, exact: Iterable[bool]) -> None:
        """Count values by whether they are exact."""
        for one in exact:
            self.total[row, column] += 1
            self.exact[row, column] += one

    def markdown(self, corner: str) -> str:
        """Return the table; a cell is ``exact / all``, with a percentage if they differ."""
        rows = list(dict.fromkeys(row for row, _ in self.total))
        columns = list(dict.fromkeys(column for _, column in self.total))
        lines = [[corner, *columns], ["---"] * (len(columns) + 1)]
        lines += [[row, *(self._cell(row, column) for column in columns)] for row in rows]
        return "\n".join(f"| {' | '.join(line)} |" for line in lines)

    def _cell(self, row: str, column: str) -> str:
        exact, total = self.exact[row, column], self.total[row, column]
        if not total:
            return ""
        share = f" ({100 * exact / total:.2f} %)" if exact < total else ""
        return f"{exact} / {total}{share}"


# --- the fixtures ---------------------------------------------------------------------------------

_ERAS = {
    "ACR 2012–2014": ("acr-2012", "acr-2013", "acr-2014"),
    "ACR 2015–2017": ("acr-2015", "acr-2016", "acr-2017"),
    "ACR 2018–2019": ("acr-2018", "acr-2019"),
    "ACR 2020–2022": ("acr-2020", "acr-2021", "acr-2022"),
    "ACR 2023–2026": ("acr-2023", "acr-2024", "acr-2025", "acr-2026"),
}
_SISTERS = "sister societies"


def measure_fixtures() -> Table:
    """Compare the fields of every fixture with its record.json, which was reviewed by hand."""
    table = Table()
    for page in sorted(ROOT.glob("fixtures/*/page.*")):
        expected = json.loads((page.parent / "record.json").read_text("utf-8"))
        found = abstool.parse(page.read_bytes()).to_dict()
        name = page.parent.name
        eras = (era for era, starts in _ERAS.items() if name.startswith(starts))
        era = next(eras, _SISTERS)
        for label, value in _fields_of_fixtures().items():
            table.count(label, era, [value(found) == value(expected)])
    return table


def _fields_of_fixtures() -> dict[str, Callable[[Json], Any]]:
    def of(key: str) -> Callable[[Json], Any]:
        return lambda data: data.get(key)

    def of_authors(*keys: str) -> Callable[[Json], Any]:
        return lambda data: [[a.get(key) for key in keys] for a in data.get("authors", [])]

    plain_keys = (
        "url number title meeting first_published keywords session affiliations sections tables "
        "figures trials disclosures publication printed_citation warnings"
    )
    return {
        **{key.replace("_", " "): of(key) for key in plain_keys.split()},
        "author names": of_authors("name", "literal"),
        "links of authors and affiliations": of_authors("name", "literal", "affiliations"),
        "family names": of_authors("family", "suffix"),
    }


# --- real metadata from all years -----------------------------------------------------------------


def read_facts(path: Path) -> Iterator[tuple[Abstract, str]]:
    """Yield the records in a file of metadata, each with its printed author line."""
    for line in path.read_text("utf-8").splitlines():
        data = json.loads(line)
        parts = {item["name"]: item for item in data["names"]}
        authors = [
            Author(
                name=item["name"],
                family=parts[item["name"]]["family"],
                given=parts[item["name"]]["given"],
                suffix=parts[item["name"]]["suffix"] or "",
                affiliations=[str(label) for label in item["affiliations"]],
            )
            for item in data["authors"]
        ]
        record = Abstract(
            url=data["url"],
            number=data["number"],
            title=data["title"],
            authors=authors,
            affiliations=_affiliations(data["affiliations"]),
            meeting=data["meeting"],
            first_published=_iso(data["first_published"] or "", "%B %d, %Y"),
            keywords=data["keywords"],
            session=_session(data["session"]),
            sections=[Section(label="Background/Purpose", text="An invented sentence.")],
            publication=_publication(data["meeting"]),
        )
        yield record, data["author_line"]


def _affiliations(printed: Any) -> list[Affiliation]:
    if isinstance(printed, dict):
        return [Affiliation(label=str(label), name=name) for label, name in printed.items()]
    return [
        Affiliation(label=str(item.get("number", item.get("label", 1))), name=item["name"])
        for item in printed
    ]


def _iso(printed: str, form: str) -> str:
    return datetime.strptime(printed, form).date().isoformat() if printed else ""  # noqa: DTZ007


def _session(printed: Json) -> Session | None:
    if not printed or not printed["title"]:
        return None
    numbers = re.search(r"\s*\((\w+)[–-](\w+)\)\s*", printed["title"])
    session = Session(title=printed["title"], type=printed["type"])
    if numbers:
        session.title = session.title.replace(numbers[0], "")
        session.abstract_range = [numbers[1], numbers[2]]
    if printed["date"]:
        session.date = _iso(printed["date"], "%A, %B %d, %Y")
        clocks = (datetime.strptime(t, "%I:%M%p") for t in printed["time"].split("-"))  # noqa: DTZ007
        session.start, session.end = (f"{session.date}T{clock:%H:%M}" for clock in clocks)
    return session


def _publication(meeting: str) -> Publication:
    match = re.search(r"\d{4}", meeting)
    year = int(match[0]) if match else 0
    return Publication(
        abbreviation="Arthritis Rheumatol", year=year, volume=str(year - 1948), supplement="9"
    )


def measure_facts(path: Path) -> Table:
    """Render, parse and compare the records in a file of metadata."""
    table = Table()
    for record, line in read_facts(path):
        pages: dict[str, Render] = {"HTML, superscripts": theme, "text": plain}
        for column, render in pages.items():
            form = Form(numbered=bool(re.search(r"\d", line)))
            compare_fields(table, column, record, abstool.parse(render(record, form)))
    return table


# --- one meeting ----------------------------------------------------------------------------------


def read_meeting(path: Path) -> Iterator[tuple[Abstract, bool]]:
    """Yield the records of a meeting, each with whether its authors are numbered.

    Rows are skipped if their author line cannot be read without the parser: see ``_author_line``.
    """
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if record := expected_of_row(row):
                yield record, bool(re.search(r" 1 ", row["authors_and_affiliations"]))


def expected_of_row(row: Json) -> Abstract | None:
    """Return the record of a row, or None if it cannot be read without the parser."""
    row = json.loads(unicodedata.normalize("NFC", json.dumps(row, ensure_ascii=False)))
    printed = _author_line(row["authors_and_affiliations"] or "")
    return _record(row, *printed) if printed else None


_LABELS = "Background/Purpose|Methods|Results|Conclusion|Intervention|Maintenance|Quality of Life"
_LABEL = re.compile(rf"(?:^|\n\n)({_LABELS}|Takeaway|Disclosures):\s*")


def _record(row: Json, authors: list[Author], places: list[Affiliation]) -> Abstract | None:
    pieces = _LABEL.split((row["abstract_text"] or "").replace("Disclosures: Dis", "Dis"))
    parts = dict(zip(pieces[1::2], pieces[2::2], strict=True))
    disclosed = [part.split(":")[0].strip() for part in parts.pop("Disclosures", "").split(";")]
    if pieces[0].strip() or not parts or len(disclosed) != len(authors):
        return None
    for author, name in zip(authors, disclosed, strict=True):
        evidence = from_disclosure(name)
        split = evidence and PrintedName(author.name).split(evidence)
        if not split:
            return None
        author.family, author.given, author.suffix = split.family, split.given, split.suffix
    return Abstract(
        url=row["link_final"],
        number=row["abstract_number"],
        title=_squeezed(row["title"]),
        authors=authors,
        affiliations=places,
        meeting="ACR Convergence 2025",
        keywords=[_squeezed(word) for word in (row["keywords"] or "").split("; ") if word.strip()],
        session=Session(
            title="Rheumatology – Poster I", abstract_range=["0387", "0429"], date="2025-10-26"
        ),
        sections=[Section(label=label, text=text) for label, text in parts.items() if text.strip()],
        disclosures=[
            Disclosure(name=name, author=author.name, text="None")
            for name, author in zip(disclosed, authors, strict=True)
        ],
        publication=_publication("2025"),
    )


_NUMBERS = r"\d+(?: ?, ?\d+)*"


def _author_line(printed: str) -> tuple[list[Author], list[Affiliation]] | None:
    """Read a line with spaces around its numbers (``Ann Lee 1 , ... , 1 Univ``), or return None."""
    start = re.search(r"(?<=\d) , 1 ?(?=\S)", printed)
    if not re.search(r" 1 ", printed) or not start:
        return _unnumbered(printed)
    authors = []
    for piece in re.split(
        r"(?<=\d) , (?!\d+(?: ,|$| and))|(?<=\d) and  ", printed[: start.start()]
    ):
        match = re.match(rf"(?:and )?(.*?) ({_NUMBERS}) ?$", piece)
        if not match or re.search(r"\d|\band\b", match[1]):
            return None
        labels = re.findall(r"\d+", match[2])
        authors.append(Author(name=_squeezed(match[1]).strip(" ,"), affiliations=labels))
    rest = printed[start.end() :]
    found = [(1, 0)]
    for match in re.finditer(r", (\d+)(?= ?(?!st\b|nd\b|rd\b|th\b)\S)", rest):
        label = str(found[-1][0] + 1)
        if match[1].startswith(label):  # joined if the affiliation begins with a digit
            found.append((int(label), match.start(1) + len(label)))
    ends = [start - len(str(label)) for label, start in found[1:]] + [len(rest)]
    places = [
        Affiliation(label=str(label), name=_squeezed(rest[start:end]).strip(" ,;"))
        for (label, start), end in zip(found, ends, strict=True)
    ]
    used = {int(label) for author in authors for label in author.affiliations}
    return (authors, places) if used == {int(place.label) for place in places} else None


def _unnumbered(printed: str) -> tuple[list[Author], list[Affiliation]] | None:
    joint = printed.find(" and  ")
    comma = printed.find(", ", joint)
    if joint < 0 or comma < 0 or re.search(r"\d", printed[:comma]):
        return None
    people = re.split(r", | and  ", printed[:comma])
    authors = [Author(name=_squeezed(name), affiliations=["1"]) for name in people]
    return authors, [Affiliation(label="1", name=_squeezed(printed[comma + 2 :]).strip(" ,;"))]


def _squeezed(text: str) -> str:
    return " ".join(text.split())


@dataclass
class Misses:
    """Family names that were split wrongly, by kind and by whether there was a warning."""

    kinds: Counter[tuple[str, str]] = field(default_factory=Counter)
    examples: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, column: str, expected: Author, found: Author, *, warned: bool) -> None:
        """Classify one name."""
        more = len(expected.family.split()) - len(found.family.split())
        kind = (
            "two family names read as one"
            if more > 0
            else "a given name taken for a family name"
            if more < 0
            else "another family name"
        )
        key = (column, f"{kind}, {'with' if warned else 'without'} a warning")
        self.kinds[key] += 1
        if len(self.examples[key]) < 3:
            self.examples[key].append(f"{expected.name} ({expected.family})")

    def markdown(self) -> str:
        """Return the kinds, most frequent first, with examples as "name (family name)"."""
        lines = [
            f"| {column} | {kind} | {count} | {'; '.join(self.examples[column, kind])} |"
            for (column, kind), count in self.kinds.most_common()
        ]
        return "\n".join(["| pages | miss | names | examples |", "|---|---|---|---|", *lines])


def measure_meeting(path: Path) -> tuple[Table, Table, Misses, int]:
    """Render, parse and compare a meeting; return fields, family names, misses, rows used."""
    fields, families, misses = Table(), Table(), Misses()
    markups: dict[str, tuple[Render, bool]] = {
        "HTML, superscripts": (theme, True),
        "HTML, headings": (headings, True),
        "HTML, numbers in the line": (breaks, True),
        "text": (plain, True),
        "text without a citation": (plain, False),
    }
    evidence = {
        "with citation": (True, True),
        "with disclosures only": (False, True),
        "with neither": (False, False),
    }
    used = 0
    for record, numbered in read_meeting(path):
        used += 1
        for column, (render, cited) in markups.items():
            form = Form(numbered=numbered, citation=cited)
            compare_fields(
                fields, column, record, abstool.parse(render(record, form)), families=False
            )
        for column, (cited, declared) in evidence.items():
            disclosures = record.disclosures
            record.disclosures = disclosures if declared else []
            found = abstool.parse(theme(record, Form(numbered=numbered, citation=cited)))
            record.disclosures = disclosures
            for one, other in zip(record.authors, found.authors, strict=False):
                exact = (one.family, one.suffix) == (other.family, other.suffix)
                families.count("family names", column, [exact])
                if not exact:
                    warned = any(other.name in warning for warning in found.warnings)
                    misses.add(column, one, other, warned=warned)
    return fields, families, misses, used


def compare_fields(
    table: Table, column: str, record: Abstract, found: Abstract, *, families: bool = True
) -> None:
    """Count which fields of a record were parsed exactly."""
    for name in ("number", "title", "meeting", "session", "url"):
        table.count(name, column, [getattr(found, name) == getattr(record, name)])
    if record.first_published:
        table.count("first published", column, [found.first_published == record.first_published])
    if record.keywords:
        name = "keywords from links" if "HTML" in column and "line" not in column else "keywords"
        exact = found.keywords == record.keywords
        table.count(name, column, [exact])
        if name == "keywords" and not exact:
            warned = any("keywords" in warning for warning in found.warnings)
            table.count("inexact keywords with a warning", column, [warned])
    bylines, others = ([(a.name, a.affiliations) for a in r.authors] for r in (record, found))
    places, printed = ([(a.label, a.name) for a in r.affiliations] for r in (record, found))
    table.count("author names", column, [[n for n, _ in bylines] == [n for n, _ in others]])
    table.count("affiliations", column, [places == printed])
    table.count("author lines with every link", column, [(bylines, places) == (others, printed)])
    if families:
        exact = [(a.family, a.suffix) for a in record.authors]
        table.count(
            "family names", column, [exact == [(a.family, a.suffix) for a in found.authors]]
        )
    labels, other_labels = ([s.label for s in r.sections] for r in (record, found))
    table.count("labels of sections", column, [labels == other_labels])
    texts, other_texts = (_squeezed(" ".join(s.text for s in r.sections)) for r in (record, found))
    table.count("text of sections", column, [texts == other_texts])
    if record.disclosures:
        expected, parsed = ([(d.name, d.author) for d in r.disclosures] for r in (record, found))
        table.count("disclosures", column, [expected == parsed])


# --- the document ---------------------------------------------------------------------------------


def main() -> None:
    """Measure the given files and print or write the tables."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--facts", type=Path, help="real metadata from all years, JSON Lines")
    options.add_argument("--data", type=Path, help="one meeting, gzipped JSON Lines")
    options.add_argument("--output", type=Path, help="document whose tables are replaced")
    given = options.parse_args()
    parts = ["### Fixtures\n", measure_fixtures().markdown("field")]
    if given.facts:
        parts += ["\n### Real metadata of 2012 to 2025, rendered\n"]
        parts += [measure_facts(given.facts).markdown("field")]
    if given.data:
        fields, families, misses, used = measure_meeting(given.data)
        parts += [f"\n### One meeting, rendered: {used} abstracts\n", fields.markdown("field")]
        parts += ["\n### Family names of that meeting, by evidence on the page\n"]
        parts += [families.markdown("names"), "\nThe misses by kind:\n", misses.markdown()]
    tables = "\n".join(parts)
    if given.output:
        before, mark, rest = given.output.read_text("utf-8").partition("<!-- tables -->\n")
        _, end, after = rest.partition("<!-- end of tables -->")
        given.output.write_text(f"{before}{mark}\n{tables}\n\n{end}{after}", "utf-8")
    else:
        print(tables)


if __name__ == "__main__":
    main()
