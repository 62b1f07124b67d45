"""The documentation site: it builds strictly, shows all of docs/, and needs no other site."""

import json
import re
from functools import cache

import pytest
from bs4 import BeautifulSoup

from abstool.cli.app import COMMANDS, EXIT_CODES, group
from abstool.cli.commands.schema import MODULES
from abstool.record import json_schema

from .conftest import ROOT

pytestmark = pytest.mark.one_python

DOCS = ROOT / "docs"


@cache
def parsed(page):
    return BeautifulSoup(page.read_text("utf-8"), "lxml")


def text_of(site, page):
    return " ".join(parsed(site / page).select_one("article").get_text(" ").split())


def test_the_site_builds_without_a_warning(build):
    _, printed = build
    assert [line for line in printed.splitlines() if line.startswith(("WARNING", "ERROR"))] == []


def test_the_site_shows_all_that_is_in_docs(site):
    missing = [
        path
        for path in DOCS.rglob("*.md")
        if not (site / path.relative_to(DOCS).with_suffix(".html")).exists()
    ]
    assert missing == []
    shown = "".join(page.read_text("utf-8") for page in site.rglob("*.html"))
    assert [path.name for path in DOCS.glob("pictures/*") if path.name not in shown] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_has_a_page_with_all_its_options(site, name):
    page = text_of(site, f"reference/commands/{name}.html")
    names = [one for param in group().commands[name].params for one in param.opts]
    assert [one for one in names if one.startswith("-") and one not in page] == []
    assert f"abstool {name}" in page


def test_every_command_is_in_the_list(site):
    page = text_of(site, "reference/commands/index.html")
    assert [name for name in COMMANDS if name not in page] == []


def test_every_schema_is_a_file_and_a_section(site):
    page = (site / "reference" / "schemas.html").read_text("utf-8")
    for name in MODULES:
        assert f'id="{name}"' in page
        schema = json.loads((site / "reference" / "schemas" / f"{name}.json").read_text("utf-8"))
        assert [key for key in schema["properties"] if f"<code>{key}</code>" not in page] == []


def test_every_key_of_the_record_is_explained():
    page = (DOCS / "reference" / "record.md").read_text("utf-8")
    assert [key for key in json_schema()["properties"] if f"`{key}`" not in page] == []


def test_every_exit_code_is_in_the_reference(site):
    page = text_of(site, "reference/exit-codes.html")
    assert [code for code in EXIT_CODES if not re.search(rf"\b{code:d}\b", page)] == []


def test_a_page_loads_nothing_from_another_site(site):
    loaded = []
    for page in site.rglob("*.html"):
        for node in parsed(page).select("script[src], img[src], link[rel=stylesheet], iframe[src]"):
            address = node.get("src") or node["href"]
            if re.match(r"(?:\w+:)?//", address):
                loaded.append(f"{page.name}: {address}")
    assert loaded == []


def test_a_picture_says_what_it_shows(site):
    without = [
        f"{page.name}: {image['src']}"
        for page in site.rglob("*.html")
        for image in parsed(page).select("article img")
        if len(image.get("alt", "")) < 10
    ]
    assert without == []


def test_the_flow_of_data_is_that_of_the_architecture():
    from manual.pictures import PICTURES, digest

    picture = (PICTURES / "architecture.svg").read_text("utf-8")
    assert digest() in picture, "make pictures ARGS=architecture"
