"""citeproc-py in a bare script: print items.json in a style, one reference per line."""

import json
import sys
from pathlib import Path

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle
from citeproc import formatter as formatters
from citeproc.source.json import CiteProcJSON


def main(items, style):
    """Print the references of all items as one bibliography."""
    data = json.loads(Path(items).read_text("utf-8"))
    for item in data:
        item.pop("custom", None)  # citeproc-py warns about objects
    source = CiteProcJSON(data)
    bibliography = CitationStylesBibliography(
        CitationStylesStyle(style, locale="en-US", validate=False), source, formatters.plain
    )
    for key in source:
        bibliography.register(Citation([CitationItem(key)]))
    sys.stdout.writelines(f"{entry}\n" for entry in bibliography.bibliography())


main(*sys.argv[1:])
