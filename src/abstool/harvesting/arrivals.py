"""Notice that an address redirects to the page of another one, so that its own abstract is lost."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from abstool.address import identity, is_of_resolver, requestable
from abstool.errors import FetchError
from abstool.harvesting.claims import JournalEntry


class Arrivals:
    """Which address of a harvest has which page: its own, or the one that it redirects to."""

    def __init__(self, journal: Iterable[JournalEntry]) -> None:
        """Read from the journal where the pages of earlier runs came from."""
        self._addresses = {
            identity(entry["arrived"]): entry["address"]
            for entry in journal
            if "arrived" in entry and "record" in entry
        }
        self._arrived: dict[str, str] = {}  # in this run, by address

    def expect(self, addresses: Iterable[str]) -> None:
        """Take the addresses of all pages; each has the page there, unless it redirects."""
        own = {identity(address): address for address in addresses}
        known = {key: one for key, one in self._addresses.items() if identity(one) in own}
        self._addresses = known | own

    def check(self, address: str, arrived: str) -> None:
        """Note that the page of an address came from a URL.

        Raises FetchError if that is the page of another address. A site that drops the query of
        an address says that it means nothing.
        """
        key, own = identity(arrived), identity(address)
        if key in (own, identity(address.partition("?")[0])) or _is_short(address):
            return
        other = self._addresses.setdefault(key, address)
        if identity(other) != own:
            problem = f"redirects to another page of the list ({arrived})"
            raise FetchError(address, problem, "check whether the page has moved")
        self._arrived[address] = arrived

    def facts(self, address: str) -> JournalEntry:
        """Return what the journal keeps of an address."""
        facts: JournalEntry = {"address": address}
        if address in self._arrived:
            facts["arrived"] = self._arrived[address]
        return facts


def _is_short(address: str) -> bool:
    """Return whether an address only stands for that of a page: a DOI, or ``https://a.org/?p=7``."""
    url = requestable(address)
    return is_of_resolver(url) or urlsplit(url).path in ("", "/")
