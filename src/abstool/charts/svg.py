"""Write the elements of an SVG document, and lay out text in it.

SVG does not wrap text, and the reader's fonts are not known here, so that widths are estimated:
those of Helvetica, by class of letters, rounded up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from xml.sax.saxutils import escape, quoteattr

from abstool.text import tidy

FONT = "Helvetica, Arial, 'Liberation Sans', sans-serif"
INK, PAPER = "#1a1a1a", "#ffffff"
_WIDER = 1.1  # than Helvetica, as DejaVu is, which stands in for it where it is missing
_LEADING = 1.35  # the height of a line, in sizes of the font

# The widest letter of each class, in sizes of the font.
_WIDTHS = (
    (re.compile(r"[ijl.,;:'|!I ]"), 0.3),
    (re.compile(r"[frt()\[\]/-]"), 0.36),
    (re.compile(r"[a-z0-9]"), 0.56),
    (re.compile(r"[mwMW%@—…]"), 0.95),
    (re.compile(r"[A-Z]"), 0.74),
)
_OTHER = 1.0


def element(name: str, attributes: Mapping[str, object] | None = None, *content: str) -> str:
    """Return an element; ``content`` is SVG already, see ``text_of``."""
    written = "".join(
        f" {key}={quoteattr(tidy(value))}" for key, value in (attributes or {}).items()
    )
    return f"<{name}{written}>{''.join(content)}</{name}>" if content else f"<{name}{written}/>"


def text_of(text: str) -> str:
    """Return text as content of an element."""
    return escape(tidy(text))


def document(
    width: float, height: float, title: str, description: str, *content: str, name: str = ""
) -> str:
    """Return a whole document; a screen reader reads the title and the description.

    A document that becomes part of a page needs a ``name``, which its ids begin with. The colour
    and the paper can be set by the page's style sheet.
    """
    ids = (f"{name}title", f"{name}description")
    names = {"role": "img", "aria-labelledby": " ".join(ids), "color": INK}
    size = {"width": _number(width), "height": _number(height)}
    box = {"viewBox": f"0 0 {_number(width)} {_number(height)}"}
    root = {"xmlns": "http://www.w3.org/2000/svg", **size, **box, **names, "font-family": FONT}
    parts = (
        element("title", {"id": ids[0]}, text_of(title)),
        element("desc", {"id": ids[1]}, text_of(description)),
        element("rect", {"class": "paper", "width": "100%", "height": "100%", "fill": PAPER}),
        *content,
    )
    body = "".join(f"\n{part}" for part in parts)
    return f"{element('svg', root, body, chr(10))}\n"


def width_of(text: str, size: float) -> float:
    """Return about how wide a text is at a size of the font; rather too much than too little."""
    return sum(_width(letter) for letter in text) * size * _WIDER


def wrapped(text: str, width: float, size: float) -> list[str]:
    """Return a text in lines that fit a width; a word that is too long is cut."""
    lines, line = [], ""
    for word in tidy(text).split(" "):
        for piece in _pieces(word, width, size):
            longer = f"{line} {piece}".strip()
            if line and width_of(longer, size) > width:
                lines.append(line)
                longer = piece
            line = longer
    return [*lines, line] if line else lines


def shortened(text: str, width: float, size: float) -> str:
    """Return a text on one line, cut off with an ellipsis where it is wider than allowed."""
    fitting = wrapped(text, width, size)
    if len(fitting) < 2:
        return "".join(fitting)
    return wrapped(text, width - size, size)[0] + "…"


def lines(
    texts: list[str],
    x: float,
    y: float,
    size: float,
    attributes: Mapping[str, object] | None = None,
) -> str:
    """Return lines of text below each other; ``y`` is the top of the first."""
    rows = (
        element(
            "tspan", {"x": _number(x), "dy": _number(_LEADING * size if n else size)}, text_of(t)
        )
        for n, t in enumerate(texts)
    )
    place = {"x": _number(x), "y": _number(y), "font-size": _number(size), "fill": "currentColor"}
    return element("text", {**place, **(attributes or {})}, *rows)


def height_of(count: int, size: float) -> float:
    """Return the height of a number of lines."""
    return count * _LEADING * size


def rectangle(x: float, y: float, width: float, height: float, **attributes: object) -> str:
    """Return a rectangle; in names of attributes, an underscore stands for a hyphen.

    One at the end only keeps apart a name from a word of Python: ``class_``.
    """
    place = {"x": x, "y": y, "width": width, "height": height}
    rest = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
    return element("rect", {**{key: _number(value) for key, value in place.items()}, **rest})


def rule(x1: float, y1: float, x2: float, y2: float, colour: str = "currentColor") -> str:
    """Return a straight line."""
    ends = {"x1": _number(x1), "y1": _number(y1), "x2": _number(x2), "y2": _number(y2)}
    return element("line", {**ends, "stroke": colour})


def arrow(x1: float, y1: float, x2: float, y2: float) -> str:
    """Return a straight arrow, to the right or downwards."""
    points = [(x2, y2), *((x2 - back, y2 - aside) for back, aside in _tip(across=y1 == y2))]
    listed = " ".join(f"{_number(x)},{_number(y)}" for x, y in points)
    return rule(x1, y1, x2, y2) + element("polygon", {"points": listed, "fill": "currentColor"})


def _tip(*, across: bool) -> list[tuple[float, float]]:
    """Return how far the two other corners of an arrow's head are from its point."""
    return [(7, 3.5), (7, -3.5)] if across else [(3.5, 7), (-3.5, 7)]


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _pieces(word: str, width: float, size: float) -> Iterator[str]:
    """Yield a word, or the parts of a word that is wider than a line."""
    piece = ""
    for letter in word:
        if piece and width_of(piece + letter, size) > width:
            yield piece
            piece = ""
        piece += letter
    yield piece


def _width(letter: str) -> float:
    return next((width for pattern, width in _WIDTHS if pattern.match(letter)), _OTHER)
