"""The files that the tools read: invented records and pages, written before anything is timed.

Peers get the same records in the form that suits them best: ``lean`` items have only the fields
that a reference prints, ``raw`` items have the identifiers that manubot expects, and ``yml`` is
hayagriva's own format.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import synthetic
from tasks import GROWING

PRINTED = (
    "id type title author container-title container-title-short volume issue page genre issued "
    "ISSN URL accessed event-title"
).split()

Json = dict[str, Any]


class Datasets:
    """A folder of datasets, each written when it is first needed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def places(self, kind: str, size: int) -> dict[str, str]:
        """Return the paths of the files of one size, by the placeholder that commands use."""
        if kind == "records":
            return self._records(size)
        if kind == "pages":
            return {"pages": str(self._pages(size))}
        if kind == "page size":
            return {"pages": str(self._growing(f"{size}-kb", size=size * 1000))}
        if kind == "page authors":
            return {"pages": str(self._growing(f"{size}-authors", size=0, authors=size))}
        return {}

    def _records(self, size: int) -> dict[str, str]:
        folder = self.folder / f"records-{size}"
        files = {
            "records": "records.jsonl",
            "items": "items.json",
            "lean": "lean.json",
            "raw": "raw.json",
            "yml": "items.yml",
        }
        if not folder.exists():
            folder.mkdir()
            synthetic.write_records(folder, size)
            items = json.loads((folder / "items.json").read_text("utf-8"))
            _write(folder / "lean.json", lean := [_printed(item) for item in items])
            _write(folder / "raw.json", [item | {"id": f"raw:{item['id']}"} for item in lean])
            # JSON is also valid YAML
            _write(folder / "items.yml", {item["id"]: _hayagriva(item) for item in lean})
        return {name: str(folder / file) for name, file in files.items()}

    def _pages(self, size: int) -> Path:
        """Return a folder of ``size`` pages, linked from one folder that has them all."""
        store, folder = self.folder / "store" / "pages", self.folder / f"pages-{size}"
        if not folder.exists():
            store.mkdir(parents=True, exist_ok=True)
            folder.mkdir()
            for index in range(size):
                page = store / f"{index:05}.html"
                if not page.exists():
                    page.write_text(synthetic.page(index)[1], "utf-8")
                os.link(page, folder / page.name)
        return folder

    def _growing(self, name: str, *, size: int, authors: int = synthetic.MANY) -> Path:
        folder = self.folder / name
        if not folder.exists():
            folder.mkdir()
            synthetic.write_pages(folder, GROWING, size, authors)
        return folder / "pages"


def _printed(item: Json) -> Json:
    return {name: item[name] for name in PRINTED if name in item}


def _hayagriva(item: Json) -> Json:
    """Return an item in hayagriva's own format."""
    return {
        "type": "article",
        "title": {"value": item["title"], "verbatim": True},
        "author": [_person(name) for name in item["author"]],
        "date": item["issued"]["date-parts"][0][0],
        "page-range": item["page"],
        "url": {"value": item["URL"], "date": "2026-11-23"},
        "parent": {
            "type": "periodical",
            "title": item["container-title"],
            "volume": int(item["volume"]),
            "issue": item["issue"],
        },
    }


def _person(name: Json) -> Json:
    if "literal" in name:
        return {"name": name["literal"]}
    renamed = {"name": "family", "given-name": "given", "suffix": "suffix"}
    return {theirs: name[ours] for theirs, ours in renamed.items() if ours in name}


def _write(path: Path, data: Any) -> None:
    path.write_text(json.dumps(data, ensure_ascii=False), "utf-8")
