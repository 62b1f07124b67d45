"""Decide under which URL the record of a page is kept, when several pages give the same URL.

If they are different abstracts (see ``matching``), the page that was fetched from that URL has it,
and each of the others is kept under the URL that it was fetched from.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import chain
from typing import Required, TypedDict

from abstool.address import host_of, identity, requestable
from abstool.errors import AbstoolError, ExitCode
from abstool.harvesting.ledger import Ledger
from abstool.matching import Abstracts, disputed, features_of, is_same
from abstool.record import Abstract


class JournalEntry(TypedDict, total=False):
    """A line of the journal: the URL of a page, and either its record's URL or why it failed.

    ``fetched`` is whether the page was retrieved since the harvest began; a page that could not be
    retrieved has none. ``checked`` marks a page that gives another URL than its own address, and
    that was compared with other pages that give it; ``claimed`` is the URL that a page gave and
    does not have, because it belongs to another abstract. ``arrived`` is the URL that the page's
    address redirects to. Older versions wrote none of these three.
    """

    address: Required[str]
    record: str
    reason: str
    time: str
    fetched: bool
    checked: bool
    claimed: str
    arrived: str


TYPES: Mapping[str, type] = {
    "record": str,
    "reason": str,
    "time": str,
    "fetched": bool,
    "checked": bool,
    "claimed": str,
    "arrived": str,
}
Record = dict[str, object]
_MOVING = "interrupted while its record was moved"


class DisputedURL(AbstoolError):  # noqa: N818 - the name says what happened
    """Pages of different abstracts give the same URL; the records are there, with warnings."""

    exit_code = ExitCode.SOME_FAILED

    def __init__(self, url: str, moved: int) -> None:
        """Take the URL, and how many of the records were moved from it."""
        if moved == 1:
            what, kept = "a page gives this URL but is another abstract", "it"
        else:
            what, kept = f"{moved:,} pages give this URL but are different abstracts", "each"
        super().__init__(url, what, f"{kept} is kept under the URL it was fetched from")


class Claims:
    """The URLs that pages give, and the records that have them."""

    def __init__(self, records: Ledger[Record], journal: Ledger[JournalEntry]) -> None:
        """Take the files of a harvest; read from the journal which URLs are disputed."""
        self._records = records
        self._journal = journal
        self._moved: dict[str, dict[str, None]] = {}  # records moved from a URL, in order
        self._spellings: dict[str, str] = {}  # of the disputed URLs
        self._contents: dict[str, Abstracts[str]] = {}  # see _moved_like
        for entry in journal:
            if "claimed" in entry and entry.get("record") in records:
                self._note_move(entry["claimed"], entry["record"])

    def disputes(self) -> list[DisputedURL]:
        """Return the URLs that several abstracts claim."""
        return [DisputedURL(self._spellings[key], len(urls)) for key, urls in self._moved.items()]

    def unchecked(self) -> set[str]:
        """Return the identities of pages whose records an older version merged by URL alone."""
        suspects = Counter(
            identity(entry["record"])
            for entry in self._journal
            if not entry.get("checked") and "record" in entry
        )
        merged = {
            identity(entry["record"])
            for entry in self._journal
            if _is_unchecked(entry) and identity(entry["record"]) != identity(entry["address"])
        }
        return {
            identity(entry["address"])
            for entry in self._journal
            if _is_unchecked(entry)
            and (key := identity(entry["record"])) in merged
            and suspects[key] > 1
        }

    def replaced(self) -> set[str]:
        """Return the disputed URLs whose record is now under another URL, and only there."""
        in_use = {identity(entry["record"]) for entry in self._journal if "record" in entry}
        return {
            key
            for key in self._moved
            if key not in in_use
            and (stored := self._records.get(key)) is not None
            and self._moved_like(key, stored)
        }

    def add(self, address: str, record: Abstract) -> JournalEntry:
        """Add the record of the page at an address; return the line for the journal."""
        data, claimed = record.to_dict(), record.url
        is_own = identity(claimed) == identity(address)
        if not is_own and self._is_another(self._records.get(address), data):
            self._vacate(address, address)
        stored = self._records.get(claimed)
        if known := self._moved_like(identity(claimed), data):
            return {"address": address, "record": known, "checked": True, "claimed": claimed}
        if not is_own and self._is_page_of_another(claimed, data):
            self._vacate(address, address)
            return {**self._add_moved(address, data, claimed), "checked": True}
        if stored is not None and is_same(features_of(stored), features_of(data)):
            return {"address": address, "record": claimed, "checked": True}
        owners = self._owners(claimed, address) if stored is not None else []
        if is_own or (stored is None and identity(claimed) not in self._moved):
            self._vacate(claimed, address)
        elif not owners and self._has(address, claimed):
            pass  # its own record, of an older version of the page
        else:
            if not any(identity(owner["address"]) == identity(claimed) for owner in owners):
                self._vacate(claimed, address)
            self._vacate(address, address)
            return {**self._add_moved(address, data, claimed), "checked": True}
        self._records.add(data)
        entry: JournalEntry = {"address": address, "record": claimed}
        return entry if is_own else {**entry, "checked": True}

    def _vacate(self, url: str, address: str) -> None:
        """Move what other pages than the one at ``address`` have under a URL to their addresses.

        There, too, may be the record of yet another page, which is moved before.
        """
        moves: list[tuple[str, list[JournalEntry], Record]] = []
        while (stored := self._records.get(url)) is not None:
            owners = self._owners(url, address)
            if not owners:
                break
            if identity(url) in {identity(claimed) for claimed, _, _ in moves}:  # a circle
                for owner in chain.from_iterable(entries for _, entries, _ in moves):
                    # Until each has its place again, a run that is killed must not count them.
                    self._journal.add({"address": owner["address"], "reason": _MOVING})
                break
            moves.append((url, owners, stored))
            url = owners[0]["address"]
        for claimed, owners, data in reversed(moves):
            moved = self._add_moved(owners[0]["address"], data, claimed)
            for owner in owners:
                self._journal.add({**owner, **moved, "address": owner["address"], "checked": True})

    def _add_moved(self, address: str, data: Record, claimed: str) -> JournalEntry:
        url = requestable(address)
        warnings = data.get("warnings")
        moved = {
            **data,
            "url": url,
            "site": host_of(url),
            "warnings": [*(warnings if isinstance(warnings, list) else []), disputed(claimed)],
        }
        self._records.add(moved)
        self._note_move(claimed, url)
        return {"address": address, "record": url, "claimed": claimed}

    def _note_move(self, claimed: str, url: str) -> None:
        key = identity(claimed)
        self._spellings.setdefault(key, claimed)
        self._moved.setdefault(key, {})[url] = None
        if key in self._contents:
            self._note_content(key, url)

    def _moved_like(self, key: str, data: Record) -> str:
        """Return the URL of a record moved from a URL that is of the same abstract, or ``""``."""
        if key not in self._contents:
            self._contents[key] = Abstracts()
            for url in self._moved.get(key, ()):
                self._note_content(key, url)
        return self._contents[key].find(features_of(data)) or ""

    def _note_content(self, key: str, url: str) -> None:
        self._contents[key].add(features_of(self._records.get(url) or {}), url)

    def _is_page_of_another(self, url: str, data: Record) -> bool:
        """Return whether the page at a URL was read, gives yet another, and is another abstract."""
        entry = self._journal.get(url)
        record = entry.get("record", "") if entry else ""
        return identity(record) != identity(url) and self._is_another(
            self._records.get(record), data
        )

    @staticmethod
    def _is_another(stored: Record | None, data: Record) -> bool:
        return stored is not None and not is_same(features_of(stored), features_of(data))

    def _owners(self, url: str, address: str) -> list[JournalEntry]:
        """Return the lines of the other pages whose record has a URL, the page there first."""
        key, own = identity(url), identity(address)
        found = [
            entry
            for entry in self._journal
            if identity(entry.get("record", "")) == key and identity(entry["address"]) != own
        ]
        found.sort(key=lambda e: (identity(e["address"]) != key, not e.get("checked")))
        return found

    def _has(self, address: str, url: str) -> bool:
        entry = self._journal.get(address)
        return entry is not None and identity(entry.get("record", "")) == identity(url)


def _is_unchecked(entry: JournalEntry) -> bool:
    return "record" in entry and not entry.get("checked")
