"""Show a record in a notebook: a small piece of HTML without styles of its own or scripts."""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import Any

from abstool.text import tidy

_PEOPLE = 6  # of a longer list, the first ones are shown
_LENGTH = 400  # characters of the text


def preview(data: dict[str, Any]) -> str:
    """Return the title, authors and facts of a record's JSON, and the beginning of its text.

    All text is escaped, and only addresses of the web are links.
    """
    title = _text(data.get("title", ""))
    if (url := str(data.get("url", ""))).startswith(("https://", "http://")) and url.isprintable():
        title = f'<a href="{_text(url)}" rel="noreferrer">{title}</a>'
    lines = [f"<strong>{title}</strong>", *filter(None, map(_text, _facts(data)))]
    if text := tidy(" ".join(_texts(data))):
        begin = text if len(text) <= _LENGTH else f"{text[:_LENGTH].rsplit(' ', 1)[0]} …"
        lines.append(f"<small>{_text(begin)}</small>")
    return f"<div>{'<br>'.join(lines)}</div>"


def _text(value: object) -> str:
    return html.escape(tidy(value))


def _facts(data: dict[str, Any]) -> Iterator[str]:
    """Yield the lines below the title; a line may be empty."""
    number = data.get("number")
    session = data.get("session", {})
    facts = (number and f"Abstract {number}", data.get("meeting"), session.get("title"))
    yield " · ".join(map(str, filter(None, facts)))
    names = [_name(author) for author in data.get("authors", ())]
    more = f" and {len(names) - _PEOPLE} more" if len(names) > _PEOPLE else ""
    yield ", ".join(names[:_PEOPLE]) + more
    if count := len(data.get("warnings", ())):
        yield f"{count} {'warning' if count == 1 else 'warnings'}: see record.warnings"


def _name(author: dict[str, Any]) -> str:
    parts = (author.get("given"), author.get("family"), author.get("suffix"))
    whole = author.get("name") or author.get("literal")
    return str(whole or " ".join(map(str, filter(None, parts))))


def _texts(data: dict[str, Any]) -> Iterator[str]:
    for section in data.get("sections", ()):
        yield f"{section['label']}: {section['text']}" if "label" in section else section["text"]
