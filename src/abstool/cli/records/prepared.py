"""A record that is ready for its target, and one that waits for others."""

from typing import TYPE_CHECKING, NamedTuple

from abstool.address import identity

if TYPE_CHECKING:
    from abstool.item import Item
    from abstool.matching import GivenURL
    from abstool.record import Abstract

AHEAD = 1000  # records that are read before one is printed whose URL may be another's


class Prepared(NamedTuple):
    """A record as the target needs it, with its subject in messages.

    ``address`` is the URL that its page came from, "" if unknown; ``is_item`` says that it is from
    another program.
    """

    subject: str
    content: "Abstract | Item"
    address: str
    is_item: bool

    @property
    def url(self) -> str:
        """The URL of the record or item, "" without one."""
        content = self.content
        url = content.get("URL") if isinstance(content, dict) else content.url
        return str(url or "")


class Waiting:
    """A record in its order, and what is known of it by now."""

    __slots__ = ("given", "has_its_url", "is_compared", "is_done", "one", "position")

    def __init__(self, position: int, one: Prepared) -> None:
        """Take the record and its position among all."""
        self.position = position
        self.one = one
        self.is_compared = self.is_done = False
        self.given: GivenURL | None = None
        self.has_its_url = one.is_item or _comes_from_its_url(one)


def _comes_from_its_url(one: Prepared) -> bool:
    """Return whether no later page can show that a record's URL is another's."""
    url = one.url
    return not url or (bool(one.address) and identity(url) == identity(one.address))
