"""MHTML, the form in which browsers save a page with its pictures: one message, its HTML part out.

Chrome, Edge and Internet Explorer write it (.mhtml, .mht); it is an e-mail message in form.
"""

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
    """Tell whether a file begins as a MIME message does."""
    if not _FIELD.match(data):
        return False
    fields = re.split(rb"\r?\n\r?\n", data[:4096], maxsplit=1)[0]
    return bool(_VERSION.search(fields))


def main_part(page: SavedPage) -> SavedPage:
    """Return the page itself, without the message around it.

    The message says where the page came from, and when it was saved, by the clock of the person
    who did. Raises UnreadableInput where no part is a page.
    """
    message = email.message_from_bytes(page.data)
    texts = [part for part in message.walk() if part.get_content_maintype() == "text"]
    kinds = ("text/html", "text/plain")
    part = next((p for kind in kinds for p in texts if p.get_content_type() == kind), None)
    data = part.get_payload(decode=True) if part is not None else None
    if part is None or not isinstance(data, bytes):
        raise UnreadableInput(page.subject, "it holds no page", "save the page again, as HTML")
    addresses = (part["Content-Location"], message["Snapshot-Content-Location"])
    return page._replace(
        data=data,
        url=next((url for url in map(_address, addresses) if url), page.url),
        accessed=_date(message) or page.accessed,
        charset=part.get_content_charset("") or "",
    )


def _address(field: object) -> str:
    address = "".join(str(field or "").split())  # long addresses are folded
    return address if address.lower().startswith(("http://", "https://")) else ""


def _date(message: Message) -> str:
    from email.utils import parsedate_to_datetime  # noqa: PLC0415 - few pages are messages

    try:
        return parsedate_to_datetime(str(message["Date"])).date().isoformat()
    except (TypeError, ValueError, OverflowError):
        return ""
