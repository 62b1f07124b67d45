"""Read the settings: arguments come first, then the environment, ``abstool.toml``, the defaults.

Values are checked wherever they come from, and errors name their origin.
"""

from __future__ import annotations

import math
import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TypeVar

from abstool.errors import UsageError

FILE = "abstool.toml"
PAGE = "reference/settings"  # the page about settings
LIBRARY_FILE = "library.sqlite"
# What Python says of both advises to change its limits.
_UNUSABLE = "a number is too large or a value is nested too deeply"
_LARGEST = 1_000_000  # bytes of the configuration file
ARGUMENT = "argument"  # the origin of a setting that was passed to load()

Value = TypeVar("Value")


@dataclass(frozen=True)
class Settings:
    """The current settings, and the origin of each.

    ``contact`` is sent to the sites ("" for none); ``delay`` and ``timeout`` are in seconds.
    ``cache`` is a folder, ``library`` a file.
    """

    contact: str
    delay: float
    timeout: float
    cache: Path
    library: Path
    style: str
    origins: Mapping[str, str]

    def error(self, name: str, problem: str, next_step: str) -> UsageError:
        """Return the error for a setting whose value cannot be used; it names the origin."""
        return _error(name, self.origins[name], problem, next_step)


SETTINGS = tuple(field.name for field in fields(Settings) if field.name != "origins")


def _error(name: str, origin: str, problem: str, next_step: str) -> UsageError:
    if origin == ARGUMENT:
        return UsageError(problem=problem, next_step=next_step, argument=name)
    return UsageError(origin, problem, next_step)


class _InvalidValueError(ValueError):
    """A setting's value is not valid; ``load`` turns this into a UsageError."""

    def __init__(self, problem: str, next_step: str) -> None:
        super().__init__(problem)
        self.next_step = next_step


def _contact(value: object) -> str:
    # It is sent in an HTTP header, in parentheses.
    if not isinstance(value, str) or not re.fullmatch(r"[ -'*-\[\]-~]*", value):
        raise _InvalidValueError(
            f"{value!r} cannot be sent to a site",
            "use an e-mail address or URL in ASCII, such as me@example.org",
        )
    return value.strip()


def number_in(text: str) -> float:
    """Return the number that a text is, in the digits 0 to 9 with at most one full stop.

    It may have an exponent, and may be so large that it is infinite. Any other text is NaN, also
    what only Python takes for a number, such as ``1_000``.
    """
    is_number = re.fullmatch(r"(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?", text.strip())
    return float(text) if is_number else math.nan


def _seconds(low: float, high: float) -> Callable[[object], float]:
    def read(value: object) -> float:
        number = number_in(str(value))
        if not low <= number <= high:
            raise _InvalidValueError(
                f"{value!r} is not a valid number of seconds",
                f"use a value from {low:g} to {high:g}",
            )
        return number

    return read


def _path(kind: str) -> Callable[[object], Path]:
    def read(value: object) -> Path:
        if not isinstance(value, str) or "\0" in value:
            raise _InvalidValueError(f"{value!r} is not a {kind}", f"use the path of a {kind}")
        try:
            return Path(value).expanduser().absolute()
        except RuntimeError:
            raise _InvalidValueError(f"{value!r}: unknown user", "give the full path") from None

    return read


def _style(value: object) -> str:
    if not isinstance(value, str):
        raise _InvalidValueError(f"{value!r} is not a style name", "see 'abstool styles'")
    return value


def _cache_folder() -> str:
    from platformdirs import user_cache_dir  # noqa: PLC0415 - often not needed

    return user_cache_dir("abstool", appauthor=False)


def _library_file() -> str:
    from platformdirs import user_data_path  # noqa: PLC0415 - as above

    return str(user_data_path("abstool", appauthor=False) / LIBRARY_FILE)


def variable(name: str) -> str:
    """Return the name of a setting's environment variable."""
    return f"ABSTOOL_{name.upper()}"


def config_file() -> Path:
    """Return the path of the configuration file, which need not exist."""
    if named := os.environ.get("ABSTOOL_CONFIG"):
        return Path(named).absolute()
    from platformdirs import user_config_path  # noqa: PLC0415 - as above

    return user_config_path("abstool", appauthor=False) / FILE


def is_there(path: Path) -> bool:
    """Return whether a file exists; False if its name is too long, or its folder is closed."""
    return os.path.exists(path)  # noqa: PTH110 - a Path raises an error for such names


def load(**arguments: str | None) -> Settings:
    """Return the settings; an argument that is None was not given.

    Raises UsageError if a value or the configuration file is not valid.
    """
    file = config_file()
    written = _read(file)
    origins: dict[str, str] = {}

    def setting(name: str, read: Callable[[object], Value], default: Callable[[], object]) -> Value:
        values = _values(name, arguments.get(name), written, file)
        value, origin = next(values, None) or (default(), "default")
        origins[name] = origin
        try:
            return read(value)
        except _InvalidValueError as error:
            raise _error(name, origin, str(error), error.next_step) from None

    return Settings(
        contact=setting("contact", _contact, lambda: ""),
        delay=setting("delay", _seconds(0, 3600), lambda: 1.0),
        timeout=setting("timeout", _seconds(0.01, 3600), lambda: 30.0),
        cache=setting("cache", _path("folder"), _cache_folder),
        library=setting("library", _path("file"), _library_file),
        style=setting("style", _style, lambda: "ama"),
        origins=origins,
    )


def _values(
    name: str, argument: str | None, written: Mapping[str, object], file: Path
) -> Iterator[tuple[object, str]]:
    """Yield the values given for a setting, each with its origin; the first one counts."""
    if argument is not None:
        yield argument, ARGUMENT
    if from_environment := os.environ.get(variable(name)):
        yield from_environment, variable(name)
    if name in written:
        yield written[name], f"{file}: {name}"


def _read(file: Path) -> dict[str, object]:
    if not os.environ.get("ABSTOOL_CONFIG") and not is_there(file):
        return {}
    import tomllib  # noqa: PLC0415 - most people have no such file

    try:
        with file.open("rb") as stream:
            data = stream.read(_LARGEST + 1)
        text = data.decode("utf-8-sig")
    except FileNotFoundError:
        raise UsageError(str(file), "file not found", "check ABSTOOL_CONFIG") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not UTF-8"
        raise UsageError(str(file), f"cannot be read ({reason})", "fix or remove it") from None
    if len(data) > _LARGEST:
        raise UsageError(str(file), f"larger than {_LARGEST / 1e6:g} MB", "fix or remove it")
    try:
        written = tomllib.loads(text)
        for value in written.values():
            str(value)  # an error for a huge number in hexadecimal, which TOML accepts
    except (ValueError, RecursionError) as error:
        reason = str(error) if isinstance(error, tomllib.TOMLDecodeError) else _UNUSABLE
        problem = f"not valid TOML: {reason}"
        raise UsageError(str(file), problem, "fix or remove it", page=PAGE) from None
    for name in written:
        if name not in SETTINGS:
            problem, next_step = f"unknown setting {name!r}", f"use one of: {', '.join(SETTINGS)}"
            raise UsageError(str(file), problem, next_step, page=PAGE)
    return written
