"""Write the fuzzer's starting corpus: every fixture page, as bytes and as text.

python fuzz/seeds.py DIRECTORY
"""

import sys
from pathlib import Path

FIXTURES = Path(__file__).parent.parent / "fixtures"


def write_seeds(folder: Path) -> int:
    """Write two inputs per page, with the first byte for reading as bytes or as text."""
    folder.mkdir(parents=True, exist_ok=True)
    pages = sorted(FIXTURES.glob("*/page.*"))
    for page in pages:
        for kind, first in (("bytes", b"\x00"), ("text", b"\xff")):
            (folder / f"{page.parent.name}.{kind}").write_bytes(first + page.read_bytes())
    return 2 * len(pages)


if __name__ == "__main__":
    print(write_seeds(Path(sys.argv[1])), "inputs written")
