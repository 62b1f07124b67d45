"""The command line: ``abstool COMMAND ...``.

Each command has a module in ``commands``, which reads the options, calls the library and prints.
Data go to stdout, notes and errors to stderr. Modules are imported when they are used, so that a
command in a pipe starts quickly.
"""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING

from abstool.errors import ExitCode

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(args: Sequence[str] | None = None) -> int:
    """Run the command line with ``args`` or those of the process, and return the exit code."""
    if args is None:
        # Records and items have no cycles, and a collector that looks for some less often saves 5 %
        # of the time of a long list.
        gc.set_threshold(10_000)
    try:
        from abstool.cli.app import group

        code = group().run(sys.argv[1:] if args is None else args)
    except KeyboardInterrupt:  # while modules are still being imported
        if sys.stderr is not None:
            sys.stderr.write("abstool: interrupted\n")
        code = ExitCode.INTERRUPTED
    if args is None:  # the process ends, and a last search of all modules for cycles is idle
        gc.freeze()
    return code
