"""The text of each page of a PDF, read in a process of its own with limits.

A PDF of a few kilobytes can take hours and all memory, which only the system can stop.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator

PAGES = 3_000
TEXT = 5_000_000  # characters of all pages
MEMORY = 1_500_000_000  # bytes
SECONDS = 60
MISSING, ENCRYPTED, DAMAGED = "missing", "encrypted", "damaged"


def main() -> None:
    """Write the pages of the PDF on standard input, or what is wrong with it, as JSON."""
    _limit()
    try:
        import pypdf  # noqa: PLC0415 - an extra
    except ImportError:
        answer: object = MISSING
    else:
        try:
            reader = pypdf.PdfReader(io.BytesIO(sys.stdin.buffer.read()))
            if reader.is_encrypted and not reader.decrypt(""):
                answer = ENCRYPTED
            else:
                answer = [*_pages(reader)]
        except Exception:  # noqa: BLE001 - pypdf raises errors of many kinds
            answer = DAMAGED
    sys.stdout.buffer.write(json.dumps(answer).encode())


def _pages(reader: object) -> Iterator[str]:
    """Yield the text of each page; one that cannot be read is left out."""
    length = 0
    for number, page in enumerate(reader.pages):  # type: ignore[attr-defined]
        if number >= PAGES or length > TEXT:
            return
        try:
            text = page.extract_text()[: TEXT + 1]
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 - as above
            text = ""
        length += len(text)
        yield text


def _limit() -> None:
    """Limit the memory and the time of this process, where the system can."""
    try:
        import resource  # noqa: PLC0415 - Windows does not have it
    except ImportError:
        return
    for kind, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS)):
        try:
            _, hard = resource.getrlimit(kind)
            resource.setrlimit(kind, (most, hard))
        except (ValueError, OSError):
            continue


if __name__ == "__main__":
    main()
