"""Plain text in Markdown."""

import html
import re

_CODE = re.compile(r"``(.+?)``|'(abstool [^']+)'")
_SPECIAL = re.compile(r"([\\`*_\[\]|])")


def escaped(text: str) -> str:
    """Return text that Markdown shows as it is, with ``code`` and 'abstool commands' as code."""
    found, end = "", 0
    for match in _CODE.finditer(text):
        found += f"{_plain(text[end : match.start()])}`{match[1] or match[2]}`"
        end = match.end()
    return found + _plain(text[end:])


def _plain(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", html.escape(text, quote=False))
