"""hayagriva, through typst: print items.yml as HTML in a style beside it."""

import sys
from pathlib import Path

import typst


def main(items, style, output):
    """Compile a document that has only the references."""
    folder = Path(items).parent
    source = Path(items).with_name(f"{Path(output).stem}.typ")
    source.write_text(
        f'#bibliography("{Path(items).name}", style: "{Path(style).name}", full: true)\n',
        "utf-8",
    )
    typst.compile(source, output=output, root=folder, format=Path(output).suffix[1:])


main(*sys.argv[1:])
