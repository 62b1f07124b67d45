"""Run the command line with ``python -m abstool``."""

import sys

from abstool.cli import main

if __name__ == "__main__":
    sys.exit(main())
