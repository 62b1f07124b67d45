"""Read MHTML, the e-mail message as which Chrome and Edge save a page with its images."""

from __future__ import annotations

import email
import re
from typing import TYPE_CHECKING

from abstool.errors import UnreadableInput
from abstool.inputs.archives.saved import SavedPage

if TYPE_CHECKING:
    from email.message import Message

_VERSION = re.compile(rb"^MIME-Version:[ \t]*1", re.IGNORECASE | re.MULTILINE)
_FIELD = re.compile(rb"[A-Za-z][A-Za-z0-9-]*:[ \t]?[^\r\n]*\r?\n")


def is_mhtml(data: bytes) -> bool:
    """Return whether a file begins like a MIME message."""
    if not _FIELD.match(data):
        return False
    fields = re.split(rb"\r?\n\r?\n", data[:4096], maxsplit=1)[0]
    return bool(_VERSION.search(fields))


def main_part(page: SavedPage) -> SavedPage:
    """Return the page in an MHTML message, with the URL and the date that the message gives.

    Raises UnreadableInput if no part is a page.
    """
    message = email.message_from_bytes(page.data)
    texts = [part for part in message.walk() if part.get_content_maintype() == "text"]
    kinds = ("text/html", "text/plain")
    part = next((p for kind in kinds for p in texts if p.get_content_type() == kind), None)
    data = part.get_payload(decode=True) if part is not None else None
    if part is None or not isinstance(data, bytes):
        raise UnreadableInput(
            page.subject, "the message contains no page", "save the page again as HTML"
        )
    locations = (part["Content-Location"], message["Snapshot-Content-Location"])
    return page._replace(
        data=data,
        url=next((url for url in map(_url, locations) if url), page.url),
        accessed=_date(message) or page.accessed,
        charset=part.get_content_charset("") or "",
    )


def _url(field: object) -> str:
    url = "".join(str(field or "").split())  # long URLs are folded
    return url if url.lower().startswith(("http://", "https://")) else ""


def _date(message: Message) -> str:
    from email.utils import parsedate_to_datetime  # noqa: PLC0415 - few pages are messages

    try:
        return parsedate_to_datetime(str(message["Date"])).date().isoformat()
    except (TypeError, ValueError, OverflowError):
        return ""
