"""The outcome of reading one input: a value or an error."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, NamedTuple, TypeVar

Value_co = TypeVar("Value_co", covariant=True)
Result = TypeVar("Result")


class Outcome(NamedTuple, Generic[Value_co]):
    """The value read from ``subject``, or the error that prevented it.

    Neither is set for a page to skip: it has no abstract, and the user did not name it, because it
    was ``collected`` from a folder, a pattern or an archive. ``warnings`` say what the user should
    check in the value.
    """

    subject: str
    value: Value_co | None = None
    error: Exception | None = None
    collected: bool = False
    warnings: tuple[str, ...] = ()

    def then(self, function: Callable[[Value_co, str], Result | None]) -> Outcome[Result]:
        """Return the outcome of ``function``, which takes the value and the subject.

        An exception becomes the error, so that a bug fails only one input. Without a value the
        outcome stays as it is.
        """
        if self.value is None:
            return Outcome(self.subject, None, self.error, self.collected, self.warnings)
        try:
            value = function(self.value, self.subject)
        except Exception as error:  # noqa: BLE001 - see above
            return Outcome(self.subject, None, error, self.collected, self.warnings)
        return Outcome(self.subject, value, None, self.collected, self.warnings)
