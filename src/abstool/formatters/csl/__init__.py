"""Citations in CSL styles, through citeproc-py: nothing else in abstool imports citeproc.

In: a style's file, then CSL-JSON items, one at a time, so that neither their ids nor their order
can matter. Out: one line of plain text an item, without the number a numbered style puts before it.
citeproc-py's defects are mended in ``elements``; what an item needs first, in ``reference``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from citeproc.formatter import plain

from abstool.errors import UsageError
from abstool.formatters._text import tidy
from abstool.formatters.csl import casing, elements, mapping, reference


class Renderer:
    """A style that was read, ready to render items."""

    def __init__(self, name: str, root: Any, family: mapping.Family) -> None:
        """Keep the style's root element; ``load`` makes renderers."""
        self.name = name
        self._family = family
        self._root = root
        # lxml forgets what was stored on elements that nobody holds
        self._alive = [*root.iter(), *(part for locale in root.locales for part in locale.iter())]
        self._layout = (
            root.bibliography if root.bibliography is not None else root.citation
        ).layout

    def render(self, item: dict[str, Any]) -> str:
        """Return an item's citation; raise UsageError if the style fails on it."""
        adapted = mapping.adapt(item, self._family)
        entry = reference.Entry(adapted, curly=self._family != "own")
        try:
            text = self._layout.entry(entry)
        except Exception as error:  # noqa: BLE001 - citeproc-py's defects show as any exception
            problem = f"fails on {tidy(item.get('title', 'an item'))!r}: {error!r}"
            raise UsageError(f"style {self.name!r}", problem, "choose another style") from None
        text = tidy(casing.unmarked(text))
        if not text:
            problem = f"prints nothing for {tidy(item.get('title', 'an item'))!r}"
            raise UsageError(f"style {self.name!r}", problem, "choose another style")
        return text


def load(path: Path, name: str, *, own: bool = False, locale: str = "") -> Renderer:
    """Read a style; raise UsageError for a file that is no CSL style.

    Args:
        path: an independent style's file.
        name: what the user called it, for messages and for the family of its conventions.
        own: whether it is one of abstool's own styles.
        locale: the language to print in, ``de-DE``; without one, the style's own.
    """
    root = elements.read(path, plain, locale)
    templates = [link.get("href", "") for link in root.iterfind("{*}info/{*}link[@rel='template']")]
    return Renderer(name, root, "own" if own else mapping.family_of(name, templates))
