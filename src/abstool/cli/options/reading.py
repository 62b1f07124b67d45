"""The options of what is read, as one argument of the commands that have all of them."""

import inspect
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from abstool.cli.options.pages import Host, Like, Set, given_of, host_of_option
from abstool.cli.options.sheets import Columns, PadNumbers, chosen_columns

if TYPE_CHECKING:
    from abstool.inputs.options import ReadOptions

# By name: what typer reads from the signature of a command, and the default.
_PARAMETERS: dict[str, tuple[Any, object]] = {
    "host": (Host, ""),
    "set_": (Set, None),
    "like": (Like, None),
    "column": (Columns, None),
    "pad_numbers": (PadNumbers, 0),
}


def reads_inputs(command: Callable[..., int]) -> Callable[..., int]:
    """Return a command whose argument ``read`` (ReadOptions) is given by several options."""
    signature = inspect.signature(command)
    parameters: list[inspect.Parameter] = []
    for one in signature.parameters.values():
        if one.name == "read":
            parameters += [
                one.replace(name=name, annotation=annotation, default=default)
                for name, (annotation, default) in _PARAMETERS.items()
            ]
        else:
            parameters.append(one)

    @wraps(command)
    def with_options(**arguments: Any) -> int:
        read = _options(**{name: arguments.pop(name) for name in _PARAMETERS})
        return command(**arguments, read=read)

    # typer looks at both.
    setattr(with_options, "__signature__", signature.replace(parameters=parameters))  # noqa: B010
    with_options.__annotations__ = {one.name: one.annotation for one in parameters}
    return with_options


def _options(
    *,
    host: str,
    set_: list[str] | None,
    like: str | None,
    column: list[str] | None,
    pad_numbers: int,
) -> "ReadOptions":
    """Return how inputs are read. Raises UsageError."""
    from abstool.inputs.options import ReadOptions

    given, sheets = given_of(set_, like), chosen_columns(column, pad_numbers)
    return ReadOptions(given, host_of_option(host), sheets=sheets, apart=True)
