"""Read Markdown, with the keys of pandoc."""

from __future__ import annotations

import re
from collections.abc import Iterator

from abstool.manuscripts import text as plain_text
from abstool.manuscripts.document import ManuscriptText, Passage
from abstool.manuscripts.markers import raised
from abstool.text import SUBSCRIPTS, SUPERSCRIPTS, tidy

_SIGNS = re.compile(
    r"^---[ \t]*$|^#{1,6}[ \t]+\S|\]\(<?(?:https?:|#|/)|\[-?@[\w{]|<https?://[^<>\s]+>"
    r"|(?<![\w*])\*{1,2}[^*\s][^*\n]{2,200}\*{1,2}(?!\w)|\\[\[\]_*.]|^\[\^[^\]\s]{1,40}\]:",
    re.MULTILINE,
)
_HEAD = 1_000_000
_HEADING = re.compile(r"\s{0,3}#{1,6}\s+(.*)$")
_ATTRIBUTES = re.compile(r"\{[^{}]*\}$")  # of a heading
_RULE = re.compile(r"\s*+(?:=++|-++|\*\s*+\*\s*+\*[\s*]*+|:::.*)\s*+$")
_FENCE = re.compile(r"\s{0,3}(?:```|~~~)")
_QUOTED = re.compile(r"^(?:\s{0,3}>\s?)+")
_BULLET = re.compile(r"^(\s*)(?:[-+*]\s+)(?=\S)")
_NOTE = re.compile(r"\[\^[^\]\s]{1,40}\]:\s*")
_LINK = re.compile(
    r"(?<!\\)!?\[((?:[^\[\]\\]|\\.|\[[^\[\]]*\]){0,1000})\]\(<?([^()\s<>]{0,2000}(?:\([^()\s<>]*\)[^()\s<>]*)?)>?(?:\s+\"[^\"]*\")?\)"
)
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]{1,2000})>")
_KEY = r"[\w](?:[\w:.#$%&+?<>~/-]*[\w])?"
_CITED = re.compile(rf"(?<![\w@.])-?@(?:\{{([^{{}}\s]{{1,200}})\}}|({_KEY}))")
_NOCITE = re.compile(r"@\*")
_SCRIPT = re.compile(
    r"<sup>(?P<sup>[^<>]{0,200})</sup>|<sub>(?P<sub>[^<>]{0,200})</sub>"
    r"|(?<!\\)\^(?P<up>[^\s^]{1,60})\^|(?<![\\~])~(?P<down>[^\s~]{1,60})~(?!~)"
)
_TAG = re.compile(r"</?(?:i|b|em|strong|u|span|br|p|div|a|sup|sub)\b[^<>]{0,300}/?>", re.IGNORECASE)
_FACE = re.compile(
    r"(?<![\\\w*_])(\*{1,3}|_{1,3})(?=[^\s*_])([^*\n]{1,1000}?)(?<=[^\s\\])\1(?![\w*])"
)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_YAML = re.compile(r"\A---[ \t]*\n.*?\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)


def is_markdown(text: str) -> bool:
    """Return whether a text has the signs of Markdown."""
    return bool(_SIGNS.search(text[:_HEAD]))


def front_matter(text: bytes) -> bytes:
    """Return the YAML at the start of a text in UTF-8, or the whole text if none is marked."""
    head = _YAML.match(text.decode())
    if not head:
        return text
    return head[0].rstrip().removesuffix("---").removesuffix("...").encode()


def read(text: str, subject: str) -> ManuscriptText:
    """Return the lines of a Markdown text as they print, and the keys that it cites."""
    lines = plain_text.split(text, subject)
    return ManuscriptText(tuple(_passages(lines)), wrapped=True, cited=tuple(cited(text)))


def cited(text: str) -> list[str]:
    """Return the keys that a text cites in pandoc's way; ``*`` stands for all."""
    head = _YAML.match(text)
    keys = [one[1] or one[2] for one in _CITED.finditer(text, head.end() if head else 0)]
    if head:
        nocite = re.search(r"^nocite:.*(?:\n[ \t].*)*", head[0], re.MULTILINE)
        keys += [one[1] or one[2] for one in _CITED.finditer(nocite[0] if nocite else "")]
        keys += ["*"] if nocite and _NOCITE.search(nocite[0]) else []
    return keys


def _passages(lines: list[str]) -> Iterator[Passage]:
    in_code = False
    in_head = (
        bool(lines)
        and lines[0].rstrip() == "---"
        and any(line.rstrip() in ("---", "...") for line in lines[1:])
    )
    after_gap = True
    for place, line in enumerate(lines):
        if in_head:
            in_head = not (place and line.rstrip() in ("---", "..."))
            continue
        if _FENCE.match(line):
            in_code = not in_code
            continue
        line = _QUOTED.sub("", line)  # noqa: PLW2901 - the same line, without its mark
        if in_code or _RULE.match(line) or not line.strip():
            after_gap = True
            continue
        passage = _passage(line, place)
        if passage.text:
            yield passage._replace(after_gap=after_gap or passage.after_gap)
            after_gap = passage.heading


def _title(text: str) -> str:
    """Return the text of a heading without its attributes and the signs that close it."""
    return _ATTRIBUTES.sub("", text.rstrip()).rstrip().rstrip("#").rstrip()


def _passage(line: str, place: int) -> Passage:
    heading = _HEADING.match(line)
    bullet = None if heading else _BULLET.match(line)
    shown = _title(heading[1]) if heading else line[bullet.end() :] if bullet else line
    note = _NOTE.match(shown)
    if note:
        shown = shown[note.end() :]
    text, addresses, markers = printed(shown)
    return Passage(
        text,
        place,
        addresses=addresses,
        heading=bool(heading),
        note=bool(note),
        raised=markers,
        indent=len(line[: len(line) - len(line.lstrip())].expandtabs(4)),
        after_gap=bool(heading or bullet or note),
    )


def printed(line: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Return a line without its markup, the addresses of its links, and raised numbers."""
    addresses: list[str] = []
    markers: list[str] = []

    def link(match: re.Match[str]) -> str:
        if match[2] and not match[2].startswith("#"):
            addresses.append(_ESCAPED.sub(r"\1", match[2]))
        return match[1]

    def script(match: re.Match[str]) -> str:
        up = match["sup"] or match["up"]
        text = up or match["sub"] or match["down"] or ""
        if up and (marker := raised(line[max(0, match.start() - 12) : match.start()], up)):
            markers.append(marker)
        signs = SUPERSCRIPTS if up else SUBSCRIPTS
        return "".join(signs[one] for one in text) if set(text) <= signs.keys() else text

    line = _AUTOLINK.sub(r"\1", _LINK.sub(link, line))
    line = _TAG.sub("", _SCRIPT.sub(script, line))
    for _ in range(3):  # bold in italics
        line = _FACE.sub(r"\2", line)
    return tidy(_ESCAPED.sub(r"\1", line)), tuple(addresses), tuple(markers)
