"""A record that is ready for its target."""

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from abstool.item import Item
    from abstool.record import Abstract


class Prepared(NamedTuple):
    """A record as the target needs it, with its subject in messages.

    ``address`` is the URL that its page came from, "" if unknown; ``is_item`` says that it is from
    another program.
    """

    subject: str
    content: "Abstract | Item"
    address: str
    is_item: bool
