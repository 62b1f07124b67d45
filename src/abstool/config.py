"""Settings: from an option, the environment, ``abstool.toml`` or the default, in this order.

Each setting is checked wherever it comes from, and an error names that place.
"""

from __future__ import annotations

import math
import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from abstool.errors import UsageError

FILE = "abstool.toml"


@dataclass(frozen=True)
class Settings:
    """What holds, and for each setting where it comes from.

    ``contact`` is told to the sites ("" for none); ``delay`` and ``timeout`` are seconds.
    """

    contact: str
    delay: float
    timeout: float
    cache: Path
    style: str
    origins: Mapping[str, str]


class _Wrong(ValueError):  # noqa: N818 - caught here and told as a UsageError
    """A value that a setting cannot have, and what to do."""

    def __init__(self, problem: str, next_step: str) -> None:
        super().__init__(problem)
        self.next_step = next_step


def _contact(value: object) -> str:
    # It stands in brackets in a header of HTTP.
    if not isinstance(value, str) or not re.fullmatch(r"[ -'*-\[\]-~]*", value):
        raise _Wrong(
            f"{value!r} cannot be sent to a site", "give an address like me@example.org in ASCII"
        )
    return value.strip()


def _seconds(low: float, high: float) -> Callable[[object], float]:
    def read(value: object) -> float:
        try:
            number = math.nan if isinstance(value, bool) else float(str(value))
        except ValueError:
            number = math.nan
        if not low <= number <= high:
            raise _Wrong(f"{value!r} is no number of seconds", f"give one from {low:g} to {high:g}")
        return number

    return read


def _folder(value: object) -> Path:
    if not isinstance(value, str) or "\0" in value:
        raise _Wrong(f"{value!r} is no folder", "give the path of one")
    try:
        return Path(value).expanduser().absolute()
    except RuntimeError:
        raise _Wrong(f"{value!r} names an unknown home folder", "write the path out") from None


def _style(value: object) -> str:
    if not isinstance(value, str):
        raise _Wrong(f"{value!r} is no style", "see 'abstool styles'")
    return value


class _Setting(NamedTuple):
    """How a setting is read, and its default."""

    read: Callable[[object], Any]
    default: Callable[[], object]


def _cache_folder() -> str:
    from platformdirs import user_cache_dir  # noqa: PLC0415 - often not needed

    return user_cache_dir("abstool", appauthor=False)


SETTINGS: dict[str, _Setting] = {
    "contact": _Setting(_contact, lambda: ""),
    "delay": _Setting(_seconds(0, 3600), lambda: 1.0),
    "timeout": _Setting(_seconds(0.01, 3600), lambda: 30.0),
    "cache": _Setting(_folder, _cache_folder),
    "style": _Setting(_style, lambda: "ama"),
}


def variable(name: str) -> str:
    """Return the name of a setting's environment variable."""
    return f"ABSTOOL_{name.upper()}"


def config_file() -> Path:
    """Return the path of the configuration file, which need not exist."""
    if named := os.environ.get("ABSTOOL_CONFIG"):
        return Path(named).absolute()
    from platformdirs import user_config_path  # noqa: PLC0415 - as above

    return user_config_path("abstool", appauthor=False) / FILE


def load(**options: str | None) -> Settings:
    """Return the settings; ``options`` are those given on the command line, None for not given.

    Raises UsageError where one of them, or the file, is wrong.
    """
    file = config_file()
    written = _read(file)
    values: dict[str, Any] = {}
    origins = {}
    for name, setting in SETTINGS.items():
        value, origin = next(_values(name, options.get(name), written, file))
        try:
            values[name] = setting.read(value)
        except _Wrong as error:
            raise UsageError(origin, str(error), error.next_step) from None
        origins[name] = origin
    return Settings(**values, origins=origins)


def _values(
    name: str, option: str | None, written: Mapping[str, object], file: Path
) -> Iterator[tuple[object, str]]:
    """Yield a setting's values with their origins, the one that holds first."""
    if option is not None:
        yield option, f"--{name}"
    if from_environment := os.environ.get(variable(name)):
        yield from_environment, variable(name)
    if name in written:
        yield written[name], f"{file}: {name}"
    yield SETTINGS[name].default(), "default"


def _read(file: Path) -> dict[str, object]:
    if not file.exists() and not os.environ.get("ABSTOOL_CONFIG"):
        return {}
    import tomllib  # noqa: PLC0415 - most people have no such file

    try:
        text = file.read_text("utf-8-sig")
    except FileNotFoundError:
        raise UsageError(str(file), "there is no such file", "check ABSTOOL_CONFIG") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8"
        raise UsageError(str(file), f"cannot be read ({reason})", "mend or remove it") from None
    try:
        written = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise UsageError(str(file), f"not valid TOML: {error}", "mend or remove it") from None
    for name in written:
        if name not in SETTINGS:
            known = ", ".join(SETTINGS)
            raise UsageError(str(file), f"there is no setting {name!r}", f"there are: {known}")
    return written
