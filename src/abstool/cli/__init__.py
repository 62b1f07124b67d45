"""The command line: ``abstool COMMAND ...`` in, data on stdout, talk on stderr, an exit code.

One file a command; each reads its options, calls the library and writes. ``group`` holds the one
error handler. Nothing is imported before it is used, so that a command in a pipe starts at once.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from abstool.errors import ExitCode

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(args: Sequence[str] | None = None) -> int:
    """Run the command line on ``args``, by default the process's own, and return its exit code."""
    try:
        from abstool.cli.app import group

        return group().run(sys.argv[1:] if args is None else args)
    except KeyboardInterrupt:  # while modules are still being imported
        return ExitCode.INTERRUPTED
