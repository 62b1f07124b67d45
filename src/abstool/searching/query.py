"""Read a query as people type it.

Words are joined by AND. ``OR``, ``AND`` and ``NOT`` are operators in capitals only; ``-`` before a
word is NOT. Parentheses, ``"phrases"``, ``word*``, ``NEAR(a b, 5)`` and ``title:`` before a word,
phrase or group do what they do elsewhere. ``#2`` stands for a line of a strategy.

Whatever is typed is a query: what is left open is closed, an operator without a word on one of its
sides is left out, and a sign that is in no word separates words. ``notes`` say what was read in a
way that the person may not expect.

A query is a list of steps, in the order in which a stack machine takes them, and not a tree: a tree
of 10,000 levels could not be walked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, TypeAlias

from abstool.searching.foreign import notes_of
from abstool.text import APOSTROPHES, WORD, fold, greek_names

FIELDS = {"title": "title", "author": "authors", "keyword": "keywords", "text": "text"}
FILTERS = ("meeting", "year", "session", "trial", "number")  # which are options, not fields
USUAL_DISTANCE = 10  # of NEAR without a number, as in SQLite
_FARTHEST = 10_000
_MOST_NEAR = 16  # words in NEAR( ); SQLite needs a long time for many

_QUOTES = '"\u201c\u201d\u201e\u201f\u00ab\u00bb\uff02'
_NAMES = "|".join(FIELDS)
_PIECE = re.compile(
    rf"""(?P<space>\s+)|(?P<open>\()|(?P<close>\))
    |(?P<quoted>[{_QUOTES}](?P<phrase>[^{_QUOTES}]*)(?:[{_QUOTES}](?P<star>\*)?)?)
    |(?P<near>NEAR\((?P<inside>[^()]*)\)?)
    |(?P<field>(?i:{_NAMES}))(?i:s?):
    |(?P<minus>-+)(?=[^\s)])
    |(?P<word>[^\s(){_QUOTES}]+)""",
    re.VERBOSE,
)
_LETTERS = re.compile(rf"(?P<word>[^\s(){_QUOTES}]+)")
_AT_START = ("near", "field", "minus")  # these count only where a word can begin
_OF_NEAR = re.compile(rf"[{_QUOTES}]([^{_QUOTES}]*)[{_QUOTES}]?|([^\s{_QUOTES}]+)")
_DISTANCE = re.compile(r",\s*(\d+)\s*\Z")
_LINE = re.compile(r"#(\d+)\Z")
_POSSESSIVE = re.compile(rf"(?<=\w)[{APOSTROPHES}]s\b", re.IGNORECASE)
_OPERATORS = ("AND", "OR", "NOT")


class Phrase(NamedTuple):
    """Words that follow each other; ``source`` is how they were typed, on one line.

    ``parts`` are what blanks separate, in folded letters. The last word is only a beginning if
    ``is_prefix``.
    """

    source: str
    parts: tuple[str, ...]
    is_prefix: bool = False
    is_quoted: bool = False
    field: str = ""

    def __str__(self) -> str:
        """Return the phrase in the language of queries."""
        words = " ".join(self.parts)
        is_one = len(self.parts) == 1 and WORD.fullmatch(words)
        star = "*" if self.is_prefix else ""
        return _named(self.field, f"{words}{star}" if is_one else f'"{words}"{star}')


class Near(NamedTuple):
    """Phrases with at most ``distance`` other words between them, in any order."""

    phrases: tuple[Phrase, ...]
    distance: int
    field: str = ""

    def __str__(self) -> str:
        """Return it in the language of queries."""
        return _named(self.field, f"NEAR({' '.join(map(str, self.phrases))}, {self.distance})")


class LineNumber(NamedTuple):
    """The result of another line of a strategy."""

    number: int

    def __str__(self) -> str:
        """Return it in the language of queries."""
        return f"#{self.number}"


@dataclass(frozen=True, slots=True)
class Operation:
    """What is done with the last ``count`` results."""

    kind: Literal["AND", "OR", "NOT"]
    count: int


Leaf: TypeAlias = Phrase | Near | LineNumber
Step: TypeAlias = Leaf | Operation


class SearchQuery(NamedTuple):
    """The steps of a query; without steps there is nothing to search for."""

    steps: tuple[Step, ...]
    notes: tuple[str, ...] = ()

    @classmethod
    def read(cls, text: str, *, is_exact: bool = False, has_lines: bool = False) -> SearchQuery:
        """Read a query; ``has_lines`` if it is one of a strategy. Raises nothing.

        A query that is not exact takes the possessive off a word: ``Sjögren's`` is ``Sjögren``.
        """
        reader = _QueryReader(is_exact, has_lines)
        reader.read(text)
        return cls(tuple(reader.steps), tuple(dict.fromkeys(reader.notes)))

    @property
    def leaves(self) -> list[Leaf]:
        """What is searched for, without what is done with the results."""
        return [step for step in self.steps if not isinstance(step, Operation)]

    def __str__(self) -> str:
        """Return how the query was read, in the language of queries."""
        stack: list[tuple[str, str]] = []  # text, and the operator that holds it together
        for step in self.steps:
            if not isinstance(step, Operation):
                stack.append((str(step), ""))
                continue
            parts = stack[len(stack) - step.count :]
            del stack[len(stack) - step.count :]
            texts = [f"({text})" if kind not in ("", "NOT") else text for text, kind in parts]
            joined = f"NOT {texts[0]}" if step.kind == "NOT" else f" {step.kind} ".join(texts)
            stack.append((joined.replace(" AND NOT ", " NOT "), step.kind))
        return stack[0][0] if stack else ""


def _named(name: str, text: str) -> str:
    shown = next((shown for shown, column in FIELDS.items() if column == name), "")
    return f"{shown}:{text}" if shown else text


@dataclass
class _Parentheses:
    """What was read of a group in parentheses: how many results wait for AND and for OR.

    ``prefixes`` are the NOTs and the field in front of the next word.
    """

    field: str
    is_negated: bool = False
    anded: int = 0
    ored: int = 0
    prefix_field: str = ""
    prefix_negated: bool = False


@dataclass
class _QueryReader:
    is_exact: bool
    has_lines: bool
    steps: list[Step] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    groups: list[_Parentheses] = field(default_factory=lambda: [_Parentheses("")])
    growing: int = -1  # the position of the word that a Greek letter after it belongs to

    def read(self, text: str) -> None:
        position, at_start = 0, True
        while position < len(text):
            found = _PIECE.match(text, position)
            if found is None or (found.lastgroup in _AT_START and not at_start):
                found = _LETTERS.match(text, position)
            assert found  # one of the patterns matches any character
            kind = found.lastgroup or ""
            self.piece(kind, found)
            position = found.end()
            at_start = kind != "word"
        while len(self.groups) > 1:
            self.end_group()
        self.end_operands(self.groups[0])

    # --- pieces -----------------------------------------------------------------------------------

    def piece(self, kind: str, found: re.Match[str]) -> None:
        """Take one piece of the text, which is a space or of a kind named in the pattern."""
        if kind == "space":
            return
        if kind == "word":
            self.word(found["word"])
            return
        self.growing = -1
        group = self.groups[-1]
        if kind == "open":
            inner = _Parentheses(group.prefix_field or group.field, is_negated=group.prefix_negated)
            group.prefix_field, group.prefix_negated = "", False
            self.groups.append(inner)
        elif kind == "close":
            if len(self.groups) > 1:
                self.end_group()
        elif kind == "field":
            group.prefix_field = FIELDS[found["field"].lower()]
        elif kind == "minus":
            group.prefix_negated = not group.prefix_negated
        elif kind == "near":
            self.near(found["inside"])
        else:
            phrase = self.phrase_of(found["phrase"], is_prefix=bool(found["star"]), is_quoted=True)
            self.leaf(phrase)

    def near(self, inside: str) -> None:
        distance = USUAL_DISTANCE
        if number := _DISTANCE.search(inside):
            inside = inside[: number.start()]
            distance = min(int(number[1][:6]), _FARTHEST)
        elif "," in inside:
            self.notes.append("the distance in NEAR( ) is a whole number, such as NEAR(a b, 5)")
        phrases = []
        for quoted, word in _OF_NEAR.findall(inside):
            if word in _OPERATORS:
                self.notes.append("NEAR( ) takes words and phrases, no AND, OR or NOT")
            elif phrase := self.phrase_of(quoted or word, is_quoted=bool(quoted)):
                phrases.append(phrase)
        if len(phrases) > _MOST_NEAR:
            self.notes.append(f"only the first {_MOST_NEAR} words of NEAR( ) are searched for")
        if len(phrases) > 1:
            self.leaf(Near(tuple(phrases[:_MOST_NEAR]), distance))
        else:
            self.leaf(phrases[0] if phrases else None)

    def word(self, text: str) -> None:
        if text in _OPERATORS:
            self.operator(text)
            return
        if self.has_lines and (line := _LINE.match(text)):
            self.growing = -1
            self.leaf(LineNumber(int(line[1][:9])))
            return
        phrase = self.phrase_of(text)
        if phrase is None:
            return
        if text.upper() in _OPERATORS:
            self.notes.append(
                f'"{text}" is searched as a word; as an operator it is {text.upper()}'
            )
        self.notes += notes_of(text)
        name = text.partition(":")[0].lower()
        if ":" in text and name in FILTERS:
            self.notes.append(f'"{name}:" is not a field; use the filter of this name')
        if self.growing >= 0 and is_greek(phrase) and not self.groups[-1].prefix_field:
            self.grow(phrase)
            return
        self.leaf(phrase)
        self.growing = len(self.steps) - 1
        if isinstance(self.steps[-1], Operation):  # NOT
            self.growing -= 1
        if phrase.is_prefix:
            self.growing = -1

    def operator(self, name: str) -> None:
        self.growing = -1
        group = self.groups[-1]
        if name == "NOT":
            group.prefix_negated = not group.prefix_negated
        elif name == "OR":
            self.end_alternative(group)

    # --- operands ---------------------------------------------------------------------------------

    def phrase_of(
        self, text: str, *, is_prefix: bool = False, is_quoted: bool = False
    ) -> Phrase | None:
        """Return the phrase in a text, or None if it has no word."""
        if text.endswith("*"):
            is_prefix, text = True, text[:-1]
        if "*" in text:
            self.notes.append("* stands for the end of a word, and only at the end of a phrase")
        if not self.is_exact:
            text = _POSSESSIVE.sub("", text)
        parts = [part for part in fold(text).split() if WORD.search(part)]
        if not parts:
            return None
        if is_prefix and not WORD.search(parts[-1][-1]):
            is_prefix = False
        source = " ".join(text.split())
        return Phrase(source, tuple(parts), is_prefix=is_prefix, is_quoted=is_quoted)

    def grow(self, letter: Phrase) -> None:
        """Make one phrase of a word and the Greek letter after it."""
        word = self.steps[self.growing]
        assert isinstance(word, Phrase)
        self.steps[self.growing] = Phrase(
            f"{word.source} {letter.source}",
            (*word.parts, *letter.parts),
            is_prefix=letter.is_prefix,
            is_quoted=True,
            field=word.field,
        )

    def leaf(self, leaf: Leaf | None) -> None:
        """Add what is searched for, with what stands in front of it."""
        if leaf is None:
            return
        group = self.groups[-1]
        name = group.prefix_field or group.field
        if name and not isinstance(leaf, LineNumber):
            leaf = _in_field(leaf, name)
        self.steps.append(leaf)
        self.operand(group)

    def operand(self, group: _Parentheses) -> None:
        if group.prefix_negated:
            self.steps.append(Operation("NOT", 1))
        group.prefix_negated, group.prefix_field = False, ""
        group.anded += 1

    def end_alternative(self, group: _Parentheses) -> None:
        if group.anded > 1:
            self.steps.append(Operation("AND", group.anded))
        group.ored += group.anded > 0
        group.anded = 0

    def end_operands(self, group: _Parentheses) -> None:
        self.end_alternative(group)
        if group.ored > 1:
            self.steps.append(Operation("OR", group.ored))

    def end_group(self) -> None:
        group = self.groups.pop()
        self.end_operands(group)
        if not group.ored:
            return
        outer = self.groups[-1]
        outer.prefix_negated = group.is_negated
        self.operand(outer)


def _in_field(leaf: Phrase | Near, name: str) -> Phrase | Near:
    return leaf._replace(field=name)


def is_greek(phrase: Phrase) -> bool:
    """Return whether a phrase is a Greek letter or its name, which belongs to the word before."""
    names = greek_names()
    words = [] if phrase.is_prefix else WORD.findall(" ".join(phrase.parts))
    return len(words) == 1 and (words[0] in names or words[0] in names.values())
