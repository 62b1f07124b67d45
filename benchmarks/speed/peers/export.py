"""Export items.json with a Python library.

``bibtexparser`` and ``rispy`` get their own data structures, built from the items in this process
as a program with CSL-JSON items would do. ``csv`` and ``json`` are Python's own modules, which
write what they are given and know nothing about references.
"""

import json
import sys
from pathlib import Path


def names(item, form="{family}, {given}"):
    """Return the names of an item's authors."""
    parts = ({"family": "", "given": "", **name} for name in item.get("author", ()))
    return [name.get("literal") or form.format(**name) for name in parts]


def fields(item):
    """Return the fields that every export prints."""
    return {
        "title": item["title"],
        "journal": item["container-title"],
        "year": str(item["issued"]["date-parts"][0][0]),
        "volume": item["volume"],
        "number": item["issue"],
        "issn": item["ISSN"],
        "url": item["URL"],
        "keywords": item["keyword"],
        "abstract": item["abstract"],
    }


def bibtexparser(items):
    """Write BibTeX with bibtexparser."""
    from bibtexparser import Library, write_string
    from bibtexparser.model import Entry, Field

    library = Library()
    for item in items:
        values = {"author": " and ".join(names(item)), **fields(item)}
        entry = [Field(key, value) for key, value in values.items()]
        library.add(Entry("article", item["id"], entry))
    return write_string(library)


def rispy(items):
    """Write RIS with rispy."""
    import rispy

    entries = []
    for item in items:
        entry = {"type_of_reference": "JOUR", "id": item["id"], "authors": names(item)}
        entry |= {"journal_name" if k == "journal" else k: v for k, v in fields(item).items()}
        entry["urls"] = [entry.pop("url")]
        entry["keywords"] = entry["keywords"].split(", ")
        entries.append(entry)
    return rispy.dumps(entries)


def csv(items):
    """Write a table of flat rows with Python's csv module."""
    import csv
    import io

    out = io.StringIO()
    rows = [{"key": i["id"], "authors": "; ".join(names(i)), **fields(i)} for i in items]
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def plain_json(items):
    """Write the items unchanged with Python's json module."""
    return json.dumps(items, ensure_ascii=False, indent=2)


WRITERS = {"bibtex": bibtexparser, "ris": rispy, "csv": csv, "json": plain_json}


def main(name, items):
    """Write one export to standard output."""
    data = json.loads(Path(items).read_text("utf-8"))
    sys.stdout.write(WRITERS[name](data))


main(*sys.argv[1:])
