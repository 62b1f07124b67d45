"""The ``config`` command: show the settings."""

from abstool.cli.options import OutputFile
from abstool.cli.output import opened
from abstool.errors import masked, printable

EXAMPLES = """\
abstool config
"""


def config(*, output: OutputFile = "-") -> None:
    """Show the current settings and where each one comes from.

    Prints one setting per line: name, value and origin, separated by tabs. Options override
    environment variables (ABSTOOL_CONTACT, ABSTOOL_DELAY, ABSTOOL_TIMEOUT, ABSTOOL_CACHE,
    ABSTOOL_LIBRARY, ABSTOOL_STYLE), which override the configuration file. ABSTOOL_CONFIG sets its
    path. User names and passwords in URLs are not shown.
    """
    from abstool.config import SETTINGS, config_file, is_there, load

    settings = load()
    file = config_file()
    state = "" if is_there(file) else "not found"
    rows = [("file", str(file), state)]
    for name in SETTINGS:
        value = getattr(settings, name)
        shown = f"{value:g}" if isinstance(value, float) else str(value)
        rows.append((name, shown, settings.origins[name]))
    with opened(output) as out:
        out.write("".join("\t".join(map(_cell, row)).rstrip("\t") + "\n" for row in rows))


def _cell(text: str) -> str:
    return printable(masked(text), limit=10_000)
