"""Read a PDF: the lines of its pages, without what repeats on each page."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence

from abstool.errors import UnreadableInput, not_installed
from abstool.manuscripts import text as plain_text
from abstool.manuscripts.document import ManuscriptText
from abstool.manuscripts.pdf_pages import DAMAGED, ENCRYPTED, MISSING, SECONDS
from abstool.manuscripts.spaced_urls import closed
from abstool.text import tidy

_WORKER = "abstool.manuscripts.pdf_pages"
_NEXT = "copy the references into a text file"
_PROBLEMS = {
    ENCRYPTED: ("this PDF has a password", "save it without the password"),
    DAMAGED: ("this PDF is damaged or too large to read", _NEXT),
}
_MARGIN = 2  # lines at the top and at the bottom of a page in which headers and footers are
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"(?:page\s*)?\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?", re.IGNORECASE)
_LIGATURES = str.maketrans({"ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl"})


def read(data: bytes, subject: str) -> ManuscriptText:
    """Return the lines of a PDF. Raises UsageError if pypdf is not installed."""
    pages = _pages(data, subject)
    lines = [line for page in _without_margins([*map(_lines, pages)]) for line in page]
    if not any(map(tidy, lines)):
        problem = "this PDF has no text, only pictures of it"
        raise UnreadableInput(
            subject,
            problem,
            "use a PDF with text, or one after text recognition",
            page="how-to/check",
        )
    return plain_text.read("\n".join(closed(lines)), subject)


def _pages(data: bytes, subject: str) -> list[str]:
    paths = os.pathsep.join(filter(None, sys.path))
    try:
        done = subprocess.run(  # noqa: S603 - this package itself
            [sys.executable, "-m", _WORKER],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=2 * SECONDS,
            check=False,
            env={**os.environ, "PYTHONPATH": paths},
        )
        answer = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError, OSError):
        answer = DAMAGED
    if answer == MISSING:
        raise not_installed(subject, "pypdf", "pdf")
    if isinstance(answer, str):
        raise UnreadableInput(subject, *_PROBLEMS[answer])
    return [str(page) for page in answer]


def _lines(page: str) -> list[str]:
    return page.translate(_LIGATURES).splitlines()


def _without_margins(pages: Sequence[list[str]]) -> Iterator[list[str]]:
    """Yield the lines of each page without page numbers, headers and footers."""
    margins = Counter(key for page in pages for key in {*map(_key, _margin(page))})
    for page in pages:
        shown = [line for line in page if tidy(line)]
        edge = {_MARGIN - 1, *range(_MARGIN), *range(len(shown) - _MARGIN, len(shown))}
        yield [
            line
            for index, line in enumerate(shown)
            if index not in edge or not _repeats(line, margins, len(pages))
        ]


def _margin(page: list[str]) -> list[str]:
    shown = [line for line in page if tidy(line)]
    return [*shown[:_MARGIN], *shown[-_MARGIN:]]


def _key(line: str) -> str:
    return _DIGITS.sub("0", tidy(line))


def _repeats(line: str, margins: Counter[str], count: int) -> bool:
    if _PAGE_NUMBER.fullmatch(tidy(line)):
        return True
    return count > 1 and margins[_key(line)] > max(1, count // 2) and len(_key(line)) < 120
