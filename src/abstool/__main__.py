"""Run the command line with ``python -m abstool``."""

import sys

from abstool.cli import main

if __name__ == "__main__":
    code = main()
    # If Ctrl-C came while code from a string was run, as dataclasses do, "python -m" would end by
    # the signal and not with this code. Running other code from a string prevents that.
    exec("")  # noqa: S102
    sys.exit(code)
