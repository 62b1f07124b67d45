"""Close the spaces that LaTeX puts into URLs so that lines are full: ``https : / / example . org``.

biblatex stretches a URL at its signs. A PDF then has spaces on both sides of each sign of a line,
or only behind hyphens.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_START = re.compile(r"\bhttps?(?=\s?:)(?::|\s:)(?:/|\s/){2}(?=\s|$)|\bhttps?://\S+", re.IGNORECASE)
_SIGN = re.compile(r"[-–./_:?=&#%~+]+")
_WORD = re.compile(r"[\w%~]+")
_LAST = re.compile(r"[\w%~]+[-/.,;)]*")  # a word of a URL, with what may follow its last one


def closed(lines: Iterable[str]) -> Iterator[str]:
    """Yield lines with the URLs in them closed, also those that go on in the next line."""
    goes_on = False
    for line in lines:
        text, done = line.strip(), ""
        if not goes_on:
            found = [*_START.finditer(text)]
            if not found:
                yield line
                continue
            start = found[-1].start()
            done, text = text[:start], text[start:]
            head = re.sub(r"\s", "", found[-1][0])
            text = f"{head}{text[len(found[-1][0]) :]}"
        url, rest = _taken(text, starts=not goes_on)
        goes_on = not rest and url[-1:] in ("-", "/", ".", "_", "=", "&", ":")
        yield f"{done}{url}{f' {rest}' if rest else ''}"


def _taken(text: str, *, starts: bool) -> tuple[str, str]:
    """Return the URL at the start of a line, or the part of one, without spaces; and the rest."""
    if not (words := text.split()):
        return "", ""
    url, last = words[0], words[0]
    # Stretched lines have a space at every sign. One that has none there is not stretched.
    after_sign = url.endswith("//") if starts else bool(_SIGN.fullmatch(url))
    is_apart = after_sign or (not starts and bool(_WORD.fullmatch(url)))
    end = 1
    for word in words[1:]:
        if is_apart and _SIGN.fullmatch(word):
            after_sign = True
        elif is_apart and after_sign and _LAST.fullmatch(word):
            after_sign = False
        elif not (last[-1] == "-" and word[0].isalnum() and not word[0].isupper()):
            break
        last = word
        end += 1
    return "".join(words[:end]), " ".join(words[end:])
