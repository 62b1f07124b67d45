"""Read the XML parts of Word and OpenDocument files, which are ZIP archives, within limits.

Macros and embedded objects are never opened, entities never resolved, and nothing is loaded.
"""

from __future__ import annotations

from lxml import etree

from abstool.errors import UnreadableInput, printable
from abstool.inputs.archives.zipped import ZIP_ERRORS, office_archive

LIMIT = 30_000_000  # bytes of one part, unpacked; the text of a thick book has about 10 MB
_TAGS = 1_000_000  # of one part; lxml takes some 200 bytes for each
_FILES = 20_000
_DAMAGED = "open it in a word processor and save it again"
_TOO_LARGE = "keep only the text and the references, and save it again"


class Package:
    """The parts of a document."""

    def __init__(self, data: bytes, subject: str) -> None:
        """Open the archive. Raises UnreadableInput if it is damaged."""
        self.subject = subject
        try:
            self._archive = office_archive(data)
        except ZIP_ERRORS as error:
            raise self._damaged(error) from None
        names = self._archive.namelist()
        if len(names) > _FILES:
            raise self._too_large(f"more than {_FILES:,} files")
        self.names = frozenset(names)

    def part(self, name: str) -> etree._Element | None:
        """Return the root of a part of XML, or None if the document does not have it."""
        text = self.read(name)
        if text is None:
            return None
        if text.count(b"<") > _TAGS:
            raise self._too_large(f"{name} with more than {_TAGS:,} tags")
        if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
            # No word processor writes one; it is how an attack defines entities.
            problem = f"{name} declares a document type, which is not allowed"
            raise UnreadableInput(self.subject, problem, _DAMAGED)
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            return etree.fromstring(text, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise self._damaged(error) from None

    def read(self, name: str) -> bytes | None:
        """Return the bytes of a part, or None if the document does not have it."""
        if name not in self.names:
            return None
        try:
            with self._archive.open(name) as stream:
                text = stream.read(LIMIT + 1)
        except ZIP_ERRORS as error:
            raise self._damaged(error) from None
        if len(text) > LIMIT:
            raise self._too_large(f"{name} with more than {LIMIT / 1e6:g} MB")
        return text

    def _damaged(self, error: Exception) -> UnreadableInput:
        return UnreadableInput(
            self.subject, f"this document is damaged ({printable(str(error), 120)})", _DAMAGED
        )

    def _too_large(self, what: str) -> UnreadableInput:
        return UnreadableInput(self.subject, f"this document has {what}", _TOO_LARGE)
