"""Every fixture page gives exactly the record and the citations stored with it."""

import json
from pathlib import Path

import jsonschema
import pytest

import abstool
from abstool.record import json_schema

FIXTURES = Path(__file__).parent.parent / "fixtures"
PAGES = sorted(FIXTURES.glob("*/page.*"))
STYLES = ("ama", "ama-11", "ama-10", "apa", "vancouver", "bibtex", "json")
ACCESSED = "2026-11-23"


def compare(path, found, refresh):
    """Compare with the expected JSON of a page, which ``pytest --refresh`` rewrites."""
    if refresh:
        path.write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n", "utf-8")
    assert found == json.loads(path.read_text("utf-8"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.parent.name)
def test_a_page_gives_its_expected_record(page, refresh):
    record = abstool.parse(page.read_bytes())
    jsonschema.validate(record.to_dict(), json_schema())
    compare(page.parent / "record.json", record.to_dict(), refresh)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.parent.name)
def test_a_page_gives_its_expected_citations(page, refresh):
    record = abstool.parse(page.read_bytes())
    found = {style: abstool.cite([record], style, accessed=ACCESSED)[0] for style in STYLES}
    found["json"] = json.loads(found["json"])
    compare(page.parent / "citations.json", found, refresh)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.parent.name)
def test_a_record_passes_through_json_unchanged(page):
    data = abstool.parse(page.read_bytes()).to_dict()
    assert abstool.Abstract.from_dict(json.loads(json.dumps(data))).to_dict() == data


def test_there_are_pages_of_six_eras_in_three_markups():
    eras = {page.parent.name.split("-")[1] for page in PAGES if page.parent.name.startswith("acr")}
    assert len(eras) >= 6
    assert {page.suffix for page in PAGES} == {".html", ".txt"}
