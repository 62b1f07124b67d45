"""What two presentations of one work share: words, authors, trials, sentences, numbers."""

from __future__ import annotations

import re
from functools import cached_property
from zlib import crc32

from abstool.address import host_of, identity
from abstool.matching.titles import Title
from abstool.record import Abstract
from abstool.text import comparable, fold

_WORD = re.compile(r"[^\W\d_]+|\d+(?:\.\d+)?")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_SHINGLE = 3  # words
_SKETCH = 32  # of the sentences of a text; two that share a fifth of them share some
_LONGEST = 100_000  # characters of a text, and
_MOST_AUTHORS = 500  # that are compared

# Words whose exchange makes another study; a title may also leave one out.
_DRUG = re.compile(
    r"\w+(?:mab|nib|cept|kinra|limus|trexate|prine|statin|gliflozin|glutide|lukast|fenac|coxib"
    r"|sone|solone|phosphamide|quine|sartan|pril|parin|xaban|stat|ricin|chicine)"
)
_DISEASE = re.compile(
    r"\w+(?:itis|osis|oma|emia|aemia|pathy|algia|penia)|lupus|gout|psoria\w+|rheumatoid|juvenile"
    r"|axial|sjogren|behcet|takayasu|systemic|cutaneous|giant|uveitis|covid|diabetes|asthma|cancer"
)
_DESIGN = re.compile(
    r"qualitative|quantitative|randomi[sz]ed|retrospective|prospective|registry|survey|pilot"
    r"|extension|interim|cohort|phase|placebo|metaanalysis|review|simulation|pediatric|paediatric"
    r"|adults?|children|women|men|males?|females?|pregnan\w+"
)


class Presentation:
    """What a record is compared by; each is worked out when it is first asked for."""

    def __init__(self, record: Abstract) -> None:
        """Take the record."""
        self.record = record

    @cached_property
    def title(self) -> Title:
        """The folded title."""
        return Title(self.record.title)

    @cached_property
    def url(self) -> str:
        """The identity of the URL, if there is one."""
        return identity(self.record.url) if host_of(self.record.url) else ""

    @cached_property
    def place(self) -> tuple[str, str]:
        """The meeting and the number, folded."""
        return comparable(self.record.meeting), fold(self.record.number).lstrip("0#")

    @cached_property
    def families(self) -> frozenset[str]:
        """The family names of the authors, and the names of groups."""
        names = (one.family or one.literal or one.name for one in self.record.authors)
        return frozenset(filter(None, map(comparable, list(names)[:_MOST_AUTHORS])))

    @cached_property
    def trials(self) -> frozenset[str]:
        """The numbers of registrations."""
        return frozenset(trial.id for trial in self.record.trials)

    @cached_property
    def shingles(self) -> frozenset[int]:
        """The runs of three words in the text, as numbers."""
        words = _WORD.findall(fold(self._text))
        runs = (" ".join(words[n : n + _SHINGLE]) for n in range(len(words) - _SHINGLE + 1))
        return frozenset(crc32(run.encode("utf-8", "replace")) for run in runs)

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The numbers in the text that tell something: results and sizes, not years and digits."""
        found = _NUMBER.findall(self._text)
        return frozenset(one for one in found if len(one) > 1 and not _YEAR.fullmatch(one))

    @property
    def sketch(self) -> list[int]:
        """The smallest shingles, of which two like texts share many."""
        return sorted(self.shingles)[:_SKETCH]

    @property
    def _text(self) -> str:
        return " ".join(section.text for section in self.record.sections)[:_LONGEST]


def exchanged(one: Title, other: Title) -> tuple[str, str] | None:
    """Return the words for a number, drug, disease or design in which each title has its own."""
    left, right = frozenset(one.words), frozenset(other.words)
    for first, second in (
        (one.exact - right, other.exact - left),
        *((_like(form, left - right), _like(form, right - left)) for form in _FORMS),
    ):
        if first and second:
            return " ".join(sorted(first)), " ".join(sorted(second))
    return None


_FORMS = (_DRUG, _DISEASE, _DESIGN)


def _like(form: re.Pattern[str], words: frozenset[str]) -> frozenset[str]:
    return frozenset(word for word in words if form.fullmatch(word))
