"""Plain text in Markdown."""

import html
import re


def escaped(text: str) -> str:
    """Return text that Markdown shows as it is; ``code`` between double backquotes stays code."""
    pieces = re.split(r"``(.+?)``", text)
    return "".join(
        f"`{piece}`" if position % 2 else re.sub(r"([\\`*_\[\]|])", r"\\\1", html.escape(piece, quote=False))
        for position, piece in enumerate(pieces)
    )
