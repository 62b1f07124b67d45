"""Read real reference files, write them in their own format, and count what is lost.

    python benchmarks/references/roundtrip.py FOLDER [--list FILES.txt --mirror MIRROR] [--show N]

FOLDER holds files of any format that abstool reads; they never enter the project. With ``--list``,
they are first copied into FOLDER from local mirrors: each line of the list is a repository and a
path (``owner/name path/to/file.ris``), and MIRROR has one git directory per repository
(``owner+name/repo``). Each file is read, written as RIS or BibTeX, and read again. Counted are

- entries, errors and warnings;
- fields lost: variables and kept fields that the second reading no longer has;
- fields named: those of other formats than RIS and BibTeX that the program names as left out,
  because RIS has no place for them;
- texts lost (RIS only): values of the file whose letters and digits are nowhere in what was
  written, which checks the reader too.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote

from abstool.citing.targets import resolve
from abstool.encoding import to_utf8
from abstool.errors import AbstoolError
from abstool.formats import ris
from abstool.inputs import references
from abstool.inputs.outcome import Outcome
from abstool.inputs.references.fields import unescaped
from abstool.inputs.references.ris import lines as ris_lines
from abstool.item import Item
from abstool.styles.options import Options
from abstool.text import comparable

_OF_FORM = {"ris": "ris", "bibtex": "bibtex"}  # the others are written as RIS
_SHORT, _TITLE = "container-title-short", "container-title"
_IN_BRACKETS = re.compile(r"\s*\((?:electronic|print|linking)[^()]*\)", re.IGNORECASE)
_NOT_KEPT = {"TY", "ER"}


class Count:
    """What was counted over the files of one format."""

    def __init__(self) -> None:
        """Start with nothing."""
        self.files = self.entries = self.errors = self.warnings = self.values = 0
        self.lost: Counter[str] = Counter()
        self.named: Counter[str] = Counter()
        self.texts: Counter[str] = Counter()
        self.examples: dict[str, list[str]] = {}

    def example(self, name: str, text: str) -> None:
        """Keep an example of a loss."""
        self.examples.setdefault(name, []).append(text)


def main() -> None:
    """Read the command line, count, and print a report."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--list", type=Path)
    parser.add_argument("--mirror", type=Path)
    parser.add_argument("--show", type=int, default=0, help="examples per field")
    options = parser.parse_args()
    if options.list:
        copy(options.list, options.mirror, options.folder)
    counts: dict[str, Count] = {}
    for path in sorted(path for path in options.folder.rglob("*") if path.is_file()):
        measure(path, counts)
    for form, count in sorted(counts.items()):
        print_count(form, count, options.show)


def copy(listed: Path, mirror: Path, folder: Path) -> None:
    """Copy the files of a list from mirrors of their repositories."""
    folder.mkdir(parents=True, exist_ok=True)
    for line in listed.read_text("utf-8").splitlines():
        repository, _, path = line.partition(" ")
        name = repository.replace("/", "+")
        command = ["git", "-C", str(mirror / name / "repo"), "cat-file", "blob", f"HEAD:{path}"]
        found = subprocess.run(command, capture_output=True, check=False)
        if found.returncode:
            print(f"{line}: not found", file=sys.stderr)
        else:
            (folder / f"{name}__{path.replace('/', '_')}").write_bytes(found.stdout)


def measure(path: Path, counts: dict[str, Count]) -> None:
    """Add a file to the counts of its format."""
    try:
        data = to_utf8(path.read_bytes(), subject=str(path))
    except AbstoolError as error:
        print(error, file=sys.stderr)
        return
    form = references.form_of(data)
    count = counts.setdefault(form or "not recognized", Count())
    count.files += 1
    if not form:
        print(f"{path}: not recognized", file=sys.stderr)
        return
    items = [*read(data, form, str(path), count)]
    good = [item for item in items if item]
    if not good:
        return
    target = resolve(_OF_FORM.get(form, "ris"), Options())
    written = target.export(good)
    again = [*read(written, _OF_FORM.get(form, "ris"), str(path), Count())]
    if len(again) != len(good):
        print(f"{path}: {len(good)} entries, {len(again)} read again", file=sys.stderr)
        return
    for item, other in zip(good, again, strict=True):
        compare(item, other, count, path, is_other_form=form not in _OF_FORM)
    if form == "ris":
        compare_texts(data.decode(), items, written.decode(), count, path)


def read(data: bytes, form: str, subject: str, count: Count) -> Iterator[Item]:
    """Yield the items of a file, and an empty one for an entry with an error."""
    outcomes: Iterable[Outcome[Item]] = references.read(data, form, subject)
    for outcome in entries_of(outcomes):
        count.entries += 1
        count.warnings += len(outcome.warnings)
        if outcome.error:
            count.errors += 1
            print(outcome.error, file=sys.stderr)
        yield outcome.value or {}


def entries_of(outcomes: Iterable[Outcome[Item]]) -> Iterator[Outcome[Item]]:
    """Yield outcomes; print the error of a file that has none."""
    try:
        yield from outcomes
    except AbstoolError as error:
        print(error, file=sys.stderr)


def compare(item: Item, other: Item, count: Count, path: Path, *, is_other_form: bool) -> None:
    """Count the variables and kept fields that an item has lost.

    If RIS is another form than the item's, the fields that the program names are counted apart, and
    a field is kept if its texts are anywhere.
    """
    one, two = dict(values(item)), dict(values(other))
    count.values += len(one)
    named = set(ris.lost(item)) if is_other_form else set()
    for name, text in one.items():
        if two.get(name) == text or (name == _SHORT and text == one.get(_TITLE)):
            continue
        if (field := name.removesuffix(" (kept)")) in named:
            count.named[field] += 1
        elif not (is_other_form and field != name and are_in(kept(item)[field], two)):
            count.lost[name] += 1
            count.example(name, f"{path.name}: {text[:90]!r} -> {two.get(name, '')[:90]!r}")


def kept(item: Item) -> dict[str, list[str]]:
    """Return the fields of an item that are no variables."""
    custom = item.get("custom")
    fields = custom.get("fields") if isinstance(custom, dict) else None
    found = fields.get("values") if isinstance(fields, dict) else None
    return found if isinstance(found, dict) else {}


def are_in(texts: list[str], found: dict[str, str]) -> bool:
    """Return whether all texts, without the kind of an ISSN in brackets, are in any value."""
    whole = " ".join(found.values())
    return all(comparable(_IN_BRACKETS.sub("", text)) in whole for text in texts)


def values(item: Item) -> Iterator[tuple[str, str]]:
    """Yield the names of an item's data and their values in comparable form."""
    for name, value in item.items():
        if name == "custom" and isinstance(value, dict):
            for part, content in value.items():
                if part == "fields":
                    for tag, texts in kept(item).items():
                        yield f"{tag} (kept)", comparable(" ".join(sorted(map(str, texts))))
                else:
                    yield f"custom {part}", comparable(str(content))
        elif name != "id":
            yield name, comparable(unquote(str(value)) if name == "URL" else str(value))


def compare_texts(text: str, items: list[Item], written: str, count: Count, path: Path) -> None:
    """Count the values of a RIS file that are nowhere in the entries that were written."""
    entries = [lines for lines, item in zip(ris_lines.split(text), items, strict=True) if item]
    for lines, other in zip(entries, ris_lines.split(written), strict=True):
        whole = comparable(unescaped(" ".join(value for _, value in other.pairs)))
        for tag, value in lines.pairs:
            for part in value.split("\n"):
                found = comparable(unescaped(part))
                if tag not in _NOT_KEPT and found and found not in whole:
                    count.texts[tag] += 1
                    count.example(f"text of {tag}", f"{path.name}: {part[:160]}")


def print_count(form: str, count: Count, show: int) -> None:
    """Print what was counted for a format."""
    print(
        f"\n{form}: {count.files} files, {count.entries} entries, {count.errors} errors, ", end=""
    )
    print(f"{count.warnings} warnings, {count.values} values")
    for title, found in (
        ("fields lost", count.lost),
        ("fields named", count.named),
        ("texts lost", count.texts),
    ):
        named = ", ".join(f"{name} {number}" for name, number in found.most_common())
        print(f"  {title}: {sum(found.values())} ({named or 'none'})")
    for name, examples in count.examples.items() if show else ():
        for example in examples[:: max(1, len(examples) // show)][:show]:
            print(f"    {name}: {example}")


if __name__ == "__main__":
    main()
