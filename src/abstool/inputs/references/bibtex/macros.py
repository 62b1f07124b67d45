"""Resolve the words of BibTeX that ``@string`` defines."""

from __future__ import annotations

from abstool.errors import printable

_MONTHS = frozenset("jan feb mar apr may jun jul aug sep oct nov dec".split())


class Macros:
    """The ``@string`` macros: each definition holds from there on, the first one also before."""

    def __init__(self) -> None:
        """Start without macros."""
        self._first: dict[str, str] = {}
        self._current: dict[str, str] = {}
        self._repeated: set[str] = set()

    def define(self, name: str, value: str, *, ahead: bool) -> None:
        """Add a definition; ``ahead`` only for entries before it."""
        if ahead:
            self._first.setdefault(name, value)
            return
        if self._current.get(name, value) != value:
            self._repeated.add(name)
        self._current[name] = value

    def resolve(self, word: str, doubts: list[str]) -> str:
        """Return the text of a bare word: that of its macro, or the word itself."""
        name = word.lower()
        if name in self._repeated:
            doubts.append(f"the macro {printable(word)!r} has several definitions; used the last")
        if (value := self._current.get(name, self._first.get(name))) is not None:
            return value
        if name[0].isalpha() and name[:3] not in _MONTHS and name.isidentifier():
            doubts.append(f"the macro {printable(word)!r} is not defined; its name is used")
        return word
