"""What a release says of itself: one version, no relative links, no link to an invented address."""

import re
import runpy
import sys
import tomllib
from itertools import chain
from pathlib import Path
from types import SimpleNamespace

import abstool

ROOT = Path(__file__).parents[1]
BUILD = runpy.run_path(str(ROOT / "hatch_build.py"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
README = (ROOT / "README.md").read_text("utf-8")


def test_the_readme_of_an_index_has_no_relative_links():
    assert "](docs/reference/styles.md)" in README
    plain = BUILD["adapted"](README, "")
    linked = BUILD["adapted"](README, "https://example.org/abstool")
    for text in (plain, linked):
        assert re.findall(r"\]\((?!https://)", text) == []
    assert "Licenses lists everything that abstool bundles." in plain
    assert "](https://example.org/abstool/blob/main/docs/reference/styles.md)" in linked
    assert "[pipx](https://pipx.pypa.io)" in plain


def test_the_package_has_the_addresses_that_are_set(monkeypatch):
    plugin = SimpleNamespace(MetadataHookInterface=object)
    monkeypatch.setitem(sys.modules, "hatchling.metadata.plugin.interface", plugin)
    hook = BUILD["get_metadata_hook"]()()
    places = {
        "Repository": "https://example.org/abstool",
        "Documentation": "https://abstool.example.org/",
    }
    for names in ((), ("Repository",), ("Documentation",), tuple(places)):
        hook.config = {one.lower(): places[one] if one in names else "" for one in places}
        metadata = {}
        hook.update(metadata)
        assert metadata["urls"] == {one: places[one] for one in names}
    hook.config = PROJECT["tool"]["hatch"]["metadata"]["hooks"]["custom"]
    hook.update(metadata)


def test_the_citation_file_has_the_version_of_the_package():
    citation = (ROOT / "CITATION.cff").read_text("utf-8")
    assert f"\nversion: {abstool.__version__}\n" in citation


def test_every_requirement_has_a_lower_bound():
    requirements = PROJECT["project"]["dependencies"]
    assert [one for one in requirements if ">=" not in one] == []


def test_the_build_requires_what_abstool_or_its_tests_require():
    build = {one for one in PROJECT["build-system"]["requires"] if not one.startswith("hatchling")}
    groups = [one for one in PROJECT["dependency-groups"]["test"] if isinstance(one, str)]
    assert build <= {*PROJECT["project"]["dependencies"], *groups}
    assert any(one.startswith("typer>=") for one in build)


def test_the_page_on_installing_has_each_extra_with_its_libraries():
    page = (ROOT / "docs" / "install.md").read_text("utf-8")
    rows = re.findall(r"^\| `(\w+)` \| ([\w, ]+) \|", page, re.MULTILINE)
    extras = PROJECT["project"]["optional-dependencies"]
    assert {name: set(libraries.split(", ")) for name, libraries in rows} == {
        name: {re.match(r"[\w-]+", one)[0] for one in ones} for name, ones in extras.items()
    }


def test_the_build_makes_the_man_pages_and_leaves_the_path_as_it_was(tmp_path):
    path = [*sys.path]
    pages = BUILD["man_pages"](tmp_path / "man1")
    assert sys.path == path
    assert {page.name for page in pages} >= {"abstool.1", "abstool-cite.1", "abstool-list.1"}
    assert all(f'"abstool {abstool.__version__}"' in page.read_text("ascii") for page in pages)


def test_the_bounds_leave_out_versions_with_known_vulnerabilities():
    table = (ROOT / "docs" / "project" / "release.md").read_text("utf-8")
    safe = dict(re.findall(r"^\| (\w+) \| ([\d.]+) \|", table, re.MULTILINE))
    extras = PROJECT["project"]["optional-dependencies"].values()
    groups = PROJECT["dependency-groups"].values()
    found = {}
    for one in chain(PROJECT["project"]["dependencies"], *extras, *groups):
        if isinstance(one, str) and (match := re.match(r"([\w-]+)>=([\d.]+)", one)):
            found.setdefault(match[1], []).append(version(match[2]))
    assert len(safe) >= 6
    for name, lowest in safe.items():
        assert min(found[name]) >= version(lowest), name


def version(text):
    return tuple(map(int, f"{text}.0.0".split(".")[:3]))
