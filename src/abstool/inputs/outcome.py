"""The outcome of reading one input: a value or an error."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, NamedTuple, TypeVar

Value_co = TypeVar("Value_co", covariant=True)
Result = TypeVar("Result")


class Outcome(NamedTuple, Generic[Value_co]):
    """The value read from ``subject``, or the error that prevented it.

    ``address`` is the URL that a page came from, ``""`` if that is unknown.
    Neither is set for a page to skip: it has no abstract, and the user did not name it, because it
    was ``collected`` from a folder, a pattern or an archive. ``warnings`` say what the user should
    check in the value. ``form`` is the form of references that the value was in, ``""`` for JSON.
    """

    subject: str
    value: Value_co | None = None
    error: Exception | None = None
    collected: bool = False
    address: str = ""
    warnings: tuple[str, ...] = ()
    form: str = ""

    def then(self, function: Callable[[Value_co, str], Result | None]) -> Outcome[Result]:
        """Return the outcome of ``function``, which takes the value and the subject.

        An exception becomes the error, so that a bug fails only one input. Without a value the
        outcome stays as it is.
        """
        value, error = None, self.error
        if self.value is not None:
            try:
                value = function(self.value, self.subject)
            except Exception as caught:  # noqa: BLE001 - see above
                error = caught
        return Outcome(
            self.subject, value, error, self.collected, self.address, self.warnings, self.form
        )
