"""``abstool config``: the settings that hold, and where each comes from."""

from abstool.cli.options import OutputFile
from abstool.cli.output import opened

EXAMPLES = """\
abstool config
"""


def config(*, output: OutputFile = "-") -> None:
    """Show the settings that hold, and from where.

    One a line, separated by tabs: name, value, origin. An option comes before an environment
    variable (ABSTOOL_CONTACT, ABSTOOL_DELAY, ABSTOOL_TIMEOUT, ABSTOOL_CACHE, ABSTOOL_STYLE), that
    before the file (ABSTOOL_CONFIG names another one), that before the default.
    """
    from abstool.config import SETTINGS, config_file, load

    settings = load()
    file = config_file()
    state = "" if file.exists() else "not there"
    rows = [("file", str(file), state)]
    for name in SETTINGS:
        value = getattr(settings, name)
        shown = f"{value:g}" if isinstance(value, float) else str(value)
        rows.append((name, shown, settings.origins[name]))
    with opened(output) as out:
        out.write("".join("\t".join(row).rstrip("\t") + "\n" for row in rows))
