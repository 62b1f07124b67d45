"""The reference has every warning, note and exit code, and every setting, of the source.

``source_warnings`` says how warnings are found. A new one fails here until ``warnings.md`` has it.
"""

import ast
import re

import pytest

from abstool.record import concerns
from source_warnings import HOLE, sinks
from test_house import PACKAGE, ROOT

REFERENCE = ROOT / "docs" / "reference"
WARNINGS = (REFERENCE / "warnings.md").read_text("utf-8")

# Lines that are put together from parts when abstool runs: the file and function that gives them to
# the user, the file that has the words, and the text. HOLE is written as …
BUILT = {
    ("cli/commands/dedupe.py", "dedupe"): (
        "matching/selection.py",
        "…: skipped, repeats … (…)",
    ),
    ("cli/commands/dedupe.py", "_note_counts"): (
        "matching/selection.py",
        "… entries, … duplicates, … unique",
    ),
    ("cli/commands/diff.py", "diff"): (
        "cli/commands/diff.py",
        "… new, … gone, … changed",
    ),
    ("cli/commands/encores.py", "encores"): (
        "cli/commands/encores.py",
        "… records: … encores, … siblings, … repeats",
    ),
    ("cli/commands/stats.py", "stats"): (
        "cli/commands/stats.py",
        "… records, … values (… not shown), … records without a value,"  # noqa: ISC004
        " … affiliations without a known country",
    ),
    ("cli/records/repeats.py", "note"): (
        "matching/selection.py",
        "skipped … entries that were given before,"  # noqa: ISC004
        " kept … entries that repeat other works; see 'abstool dedupe'",
    ),
    ("cli/records/verdicts.py", "write"): (
        "checking/reports/checked.py",
        "… references: …",
    ),
}
# Functions that pass on lines which are found elsewhere, or are none of these.
PASSING = {
    ("cli/commands/doctor.py", "doctor"): "the problems among the facts that it printed",
    ("cli/records/warnings.py", "print"): "the warnings of records",
    ("inputs/references/__init__.py", "_with_abstract"): "what the reader of a form returns",
    ("manuscripts/data.py", "_manuscript"): "the errors of single entries",
}
SINKS = sinks()


def shown(text):
    return re.sub(f"{HOLE}+", "…", text)


def found_in_source():
    """Return the texts of all warnings and notes, each with a place that gives it."""
    found = {}
    for sink in SINKS:
        built = BUILT.get((sink.file, sink.function), ())[1:]
        for text in (*sink.texts, *built):
            found.setdefault(shown(text), f"src/abstool/{sink.file}:{sink.line}")
    return found


def entries():
    """Return the texts in the first column of the tables of the page, with their lines."""
    found = {}
    for number, line in enumerate(WARNINGS.splitlines(), 1):
        if line.startswith("| `"):
            first = re.match(r"\| ((?:`[^`]+` ?)+)\|", line)
            assert first, f"line {number} has no text in code in its first cell"
            for text in re.findall(r"`([^`]+)`", first[1]):
                assert text not in found, f"line {number} repeats line {found[text]}"
                found[text] = number
    return found


def pattern_of(text):
    """Return the pattern of an entry for a text of the source: with a word for each hole."""
    return re.compile(r"[A-Z]+".join(map(re.escape, text.split("…"))))


TEXTS = found_in_source()
ENTRIES = entries()
PATTERNS = {text: pattern_of(text) for text in TEXTS}
PAIRS = [
    (entry, text)
    for text, pattern in PATTERNS.items()
    for entry in ENTRIES
    if pattern.fullmatch(entry)
]


# --- warnings -------------------------------------------------------------------------------------


def test_the_texts_of_every_warning_can_be_found_in_the_source():
    lost = {
        f"src/abstool/{sink.file}:{sink.line} ({sink.function})"
        for sink in SINKS
        if not sink.is_known and (sink.file, sink.function) not in BUILT.keys() | PASSING.keys()
    }
    advice = (
        "write the text of the warning where it is given, as an f-string; or add the function to"
        " BUILT in tests/test_reference.py, with its text"
    )
    assert lost == set(), advice


@pytest.mark.parametrize("place", [*BUILT, *PASSING], ids="-".join)
def test_what_is_put_together_is_given_by_a_function_that_exists(place):
    assert place in {(sink.file, sink.function) for sink in SINKS if not sink.is_known}


@pytest.mark.parametrize("place", BUILT, ids="-".join)
def test_what_is_put_together_has_words_of_its_source(place):
    file, text = BUILT[place]
    source = (PACKAGE / file).read_text("utf-8")
    words = {word.rstrip("s") for word in re.findall(r"[a-z]+", text)}
    assert {word for word in words if word not in source} == set()


def test_every_warning_has_its_place_in_the_reference():
    documented = {text for _, text in PAIRS}
    missing = [f"{place}: {text}" for text, place in TEXTS.items() if text not in documented]
    assert missing == [], (
        "docs/reference/warnings.md does not have these warnings. Add a row to the table of their"
        " topic: | `the text` | what it means, and what to do |, with a word in capitals, such as"
        " NAME, for each …"
    )


def test_the_reference_has_no_warning_that_is_gone():
    known = {entry for entry, _ in PAIRS}
    gone = [f"line {line}: {entry}" for entry, line in ENTRIES.items() if entry not in known]
    assert gone == [], (
        "no warning of the source reads like these of docs/reference/warnings.md; correct or"
        " remove the rows"
    )


def test_every_row_of_the_reference_says_what_a_warning_means():
    rows = [line for line in WARNINGS.splitlines() if line.startswith("| `")]
    assert [line for line in rows if len(line.strip("|").rpartition(" | ")[2].strip()) < 5] == []


@pytest.mark.parametrize("wording", concerns.WORDINGS)
def test_what_a_warning_is_about_is_known_by_a_wording_of_the_source(wording):
    assert wording in {text.replace("'…'", "…") for text in TEXTS}


# What the finder must see: a module, and the texts in it.
MODULES = {
    "report.note(f'{name}: gone')": {"…: gone"},
    "report.warn('gone' if one else f'{n:,} gone')": {"gone", "… gone"},
    "note(('all ' if one else '') + line)": {None},
    "said = 'it is gone'\nreport.note(said)": {"it is gone"},
    "record.warnings.append(f'The {one!r} is new.')": {"The '…' is new."},
    "warnings += ['one is new', 'two are new']": {"one is new", "two are new"},
    "record.warnings += checks(record)\ndef checks(record):\n    yield 'it is new'": {"it is new"},
    "text, warnings = read(x)\ndef read(x):\n    return x, ['it is new']": {"it is new"},
    "Reading(item, ('it is new',))\nclass Reading:\n    item: str\n    warnings: tuple": {
        "it is new"
    },
    "f(item, ['it is new'])\ndef f(item, warnings): ...": {"it is new"},
    "record.warnings += unknown(record)": {None},
    "report.note(', '.join(words))": {None},
    "report.note(line)": {None},
    "report.note(f'{one}: {other}')": {None},
    "for one in record.warnings:\n    report.note(f'{name}: warning: {one}')": set(),
}


@pytest.mark.parametrize("module", MODULES)
def test_a_warning_is_found_however_it_is_given(module):
    found = sinks({"some/module.py": ast.parse(module)})
    texts = {shown(text) for sink in found for text in sink.texts}
    lost = {None for sink in found if not sink.is_known}
    assert texts | lost == MODULES[module]
