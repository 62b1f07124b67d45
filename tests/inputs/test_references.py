"""What all readers of references share: entries, warnings and errors, one module per form."""

import pytest

from abstool.inputs import references
from abstool.inputs.references import bibtex
from abstool.inputs.references.fields import InvalidEntryError, Reading

GOOD = {"type": "book", "title": "Tea"}


def broken():
    raise InvalidEntryError("it has no title")


def nested():
    return nested()


@pytest.fixture
def read(monkeypatch):
    """Return a function that reads these entries instead of those of a text."""

    def read(*entries, error=None):
        def found(text):
            yield from enumerate(entries, 1)
            if error:
                raise InvalidEntryError(error)

        monkeypatch.setattr(bibtex, "entries", found)
        return [*references.read(b"", "bibtex", "a.bib")]

    return read


def test_a_broken_entry_does_not_stop_the_others(read):
    entries = [broken, nested, lambda: 1 / 0, lambda: Reading({**GOOD})]
    one, two, three, four = read(*entries)
    assert str(one.error) == "a.bib, line 1: it has no title; fix the entry or remove it"
    assert str(two.error) == "a.bib, line 2: nested too deeply; fix the entry or remove it"
    assert isinstance(three.error, ZeroDivisionError)
    assert (four.subject, four.value, four.error) == ("a.bib, line 4", GOOD, None)


def test_a_broken_file_is_an_error_after_its_good_entries(read):
    one, two = read(lambda: Reading({**GOOD}), error="the file is cut off")
    assert one.value == GOOD
    assert str(two.error) == "a.bib: the file is cut off; check the file"


def test_a_warning_is_given_for_each_entry_or_once_per_file(read):
    entry = Reading({**GOOD}, warnings=("retracted",), once=("unknown command", "unknown command"))
    found = read(lambda: entry, lambda: entry)
    assert [outcome.warnings for outcome in found] == [
        ("retracted", "unknown command"),
        ("retracted",),
    ]
