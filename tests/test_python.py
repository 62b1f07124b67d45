"""The public names in Python: what they take, what they return, and how they refuse the rest."""

import pydoc
import re
import subprocess
import sys
import warnings
from html.parser import HTMLParser
from pathlib import Path

import pytest

import abstool
from abstool.errors import FetchError, UnreadableInput, UsageError
from abstool.record import Abstract, Author, Section
from conftest import ARTICLE, RECORD, ROOT
from site_server import page as answer

GUIDE = (ROOT / "docs" / "how-to" / "python.md").read_text("utf-8")
EXAMPLES = re.findall(r"^```python\n(.*?)^```", GUIDE, re.DOTALL | re.MULTILINE)
PAGE = ROOT / "fixtures" / "acr-2012-two-authors" / "page.html"
DAY = {"accessed": "2026-11-23"}


@pytest.mark.parametrize("code", EXAMPLES)
def test_an_example_of_the_guide_prints_what_it_says(code, capsys, monkeypatch):
    monkeypatch.chdir(ROOT)
    exec(compile(code, "python.md", "exec"), {})
    assert capsys.readouterr().out.splitlines() == re.findall(r"  # (.+)$", code, re.MULTILINE)


def test_the_guide_names_every_public_function():
    functions = {name for name in abstool.__all__ if name.islower() and name.isidentifier()}
    assert {name for name in functions if f"`{name}`" not in GUIDE} == {"__version__"}


# --- names --------------------------------------------------------------------------------------


def test_dir_and_help_show_the_public_names_before_they_are_used():
    script = "import abstool, sys; print(dir(abstool)); print('msgspec' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    names, is_loaded = run.stdout.decode().splitlines()
    assert {name for name in abstool.__all__ if repr(name) not in names} == set()
    assert "import_module" not in names
    assert is_loaded == "False"
    text = pydoc.render_doc(abstool, renderer=pydoc.plaintext)
    assert {name for name in abstool.__all__ if not re.search(rf"\b{name}\b", text)} == set()


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'sitations'"):
        abstool.sitations  # noqa: B018


# --- what the functions take --------------------------------------------------------------------


@pytest.mark.parametrize("kind", [bytes, bytearray, memoryview, Path, str])
def test_parse_takes_the_content_of_a_page_or_its_path(kind):
    data = PAGE.read_bytes()
    given = {Path: PAGE, str: data.decode()}.get(kind) or kind(data)
    assert abstool.parse(given).number == "1914"


@pytest.mark.parametrize("function", [abstool.parse, abstool.parse_listing])
def test_a_file_that_cannot_be_read_is_named(function, tmp_path):
    for path in (tmp_path, tmp_path / "nowhere.html", tmp_path / "a\0b"):
        with pytest.raises(UnreadableInput, match="cannot be read") as caught:
            function(path)
        assert caught.value.subject.startswith(str(tmp_path))


@pytest.mark.parametrize("one", [RECORD, Abstract.from_dict(RECORD), ARTICLE])
@pytest.mark.parametrize("function", [abstool.cite, abstool.rows, abstool.export])
def test_one_record_gives_what_a_list_of_it_gives(function, one):
    style = {abstool.export: ("ris",)}.get(function, ())
    assert function(one, *style, **DAY) == function([one], *style, **DAY) != []
    assert function(iter([one]), *style, **DAY) == function([one], *style, **DAY)


def test_rows_are_flat_and_have_the_same_columns():
    first, second = abstool.rows([RECORD, ARTICLE], **DAY)
    assert list(first) == list(second)
    assert {type(cell) for row in (first, second) for cell in row.values()} == {
        str,
        int,
        type(None),
    }
    assert (first["abstract_number"], first["authors"]) == (
        "0848",
        "Dörner, Zoë and von Bergen, Michael",
    )
    assert [row["key"] for row in abstool.rows([ARTICLE, ARTICLE])] == ["doe2024", "doe2024a"]


def test_read_returns_records_and_items_of_all_sources_in_order(tmp_path):
    (tmp_path / "m.jsonl").write_bytes(Abstract.from_dict(RECORD).to_json())
    (tmp_path / "r.ris").write_bytes(abstool.export(ARTICLE, "ris"))
    found = abstool.read([tmp_path / "m.jsonl", str(tmp_path / "r.ris"), PAGE])
    assert [one["title"] if isinstance(one, dict) else one.number for one in found] == [
        "0848",
        "On tea",
        "1914",
    ]
    assert abstool.read(PAGE) == found[2:]


def test_an_unreadable_source_is_raised_or_handed_over(tmp_path):
    (tmp_path / "m.jsonl").write_bytes(Abstract.from_dict(RECORD).to_json() + b'\n{"title": 5}\n')
    sources = [tmp_path / "m.jsonl", tmp_path / "nowhere.ris", PAGE]
    with pytest.raises(UnreadableInput, match=r"m\.jsonl"):
        abstool.read(sources)
    errors = []
    found = abstool.read(sources, failed=lambda name, error: errors.append((name, error)))
    assert [one.number for one in found] == ["0848", "1914"]
    assert [type(error) for _, error in errors] == [UnreadableInput, UnreadableInput]
    assert "nowhere.ris" in errors[1][0]


def test_what_to_check_in_a_reference_is_a_warning(tmp_path):
    ris = b"TY  - JOUR\nTI  - On tea\nPY  - 2024\n"  # without ER
    (tmp_path / "r.ris").write_bytes(ris)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        (item,) = abstool.read(tmp_path / "r.ris")
    assert item["title"] == "On tea"
    assert any("r.ris" in str(one.message) and one.filename == __file__ for one in caught)


# --- fetch --------------------------------------------------------------------------------------


@pytest.fixture
def meeting(site, monkeypatch, clock, tmp_path):
    """Return the URL of a site with two pages and one that is missing."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr("abstool.web.pace.time.sleep", clock.sleep, raising=False)
    site.serve(answer(b"User-agent: *\nDisallow:\n", content_type="text/plain"), path="/robots.txt")
    for name in ("one", "two"):
        site.serve(answer(PAGE.read_bytes()), path=f"/abstract/{name}/")
    return f"{site.root}/abstract"


def test_fetch_takes_a_list(meeting, clock):
    from abstool import config
    from abstool.web.crawler import Crawler

    urls = [f"{meeting}/one/", f"{meeting}/missing/", f"{meeting}/two/"]
    settings = config.load(delay="0")
    with Crawler(settings, sleep=clock.sleep, now=clock.now) as crawler:
        with pytest.raises(FetchError):
            abstool.fetch(urls, crawler)
        errors = {}
        records = abstool.fetch(urls, crawler, failed=errors.__setitem__)
        assert [record.number for record in records] == ["1914", "1914"]
        assert list(errors) == [urls[1]]
        assert abstool.fetch(iter(urls[:1]), crawler) == [abstool.fetch(urls[0], crawler)]
    assert abstool.fetch([]) == []


# --- refusals -----------------------------------------------------------------------------------

WRONG = [
    ("data", abstool.parse, (None,), {}),
    ("data", abstool.parse, (5,), {}),
    ("data", abstool.parse, ([PAGE],), {}),
    ("data", abstool.parse_listing, ({},), {}),
    ("url", abstool.parse, (b"<p>x</p>",), {"url": 5}),
    ("url", abstool.parse_listing, (b"<p>x</p>", PAGE), {}),
    ("charset", abstool.parse, (b"<p>x</p>",), {"charset": None}),
    ("title", abstool.parse, (b"<p>x</p>",), {"title": 5}),
    ("subject", abstool.parse, (b"<p>x</p>",), {"subject": 5}),
    ("url", abstool.fetch, (None,), {}),
    ("url", abstool.fetch, (b"https://acrabstracts.org/",), {}),
    ("url", abstool.fetch, (PAGE,), {}),
    ("url", abstool.fetch, (["https://acrabstracts.org/abstract/x/", 5],), {}),
    ("crawler", abstool.fetch, ("https://acrabstracts.org/abstract/x/", 5), {}),
    ("source", abstool.read, (None,), {}),
    ("source", abstool.read, (5,), {}),
    ("source", abstool.read, (b"x",), {}),
    ("source", abstool.read, ([],), {}),
    ("source", abstool.read, ([PAGE, None],), {}),
    ("records", abstool.cite, (None,), {}),
    ("records", abstool.cite, ("records.jsonl",), {}),
    ("records", abstool.export, (PAGE, "ris"), {}),
    ("records", abstool.rows, (5,), {}),
    ("style", abstool.cite, (RECORD, 5), {}),
    ("style", abstool.export, (RECORD, None), {}),
    ("style", abstool.cite, (RECORD, ["ama"]), {}),
    ("colour", abstool.cite, (RECORD,), {"colour": "red"}),
    ("colour", abstool.rows, (RECORD,), {"colour": "red"}),
    ("key", abstool.cite, (RECORD,), {"key": 5}),
    ("locale", abstool.cite, (RECORD,), {"locale": None}),
    ("label", abstool.cite, (RECORD,), {"label": "no"}),
    ("number", abstool.cite, (RECORD,), {"number": 1}),
    ("to", abstool.cite, (RECORD,), {"to": []}),
    ("sort", abstool.cite, (RECORD,), {"sort": None}),
    ("accessed", abstool.cite, (RECORD,), {"accessed": 5}),
    ("journals", abstool.cite, (RECORD,), {"journals": ["x"]}),
    ("journals", abstool.cite, (RECORD,), {"journals": {"x": 5}}),
    ("data", Abstract.from_dict, (None,), {}),
    ("data", abstool.parse, ("pages/one.html",), {}),
    ("data", abstool.parse, ("https://acrabstracts.org/abstract/x/",), {}),
    ("data", abstool.parse_listing, ("list.HTM",), {}),
    ("style", abstool.export, (RECORD, "docx"), {}),
    ("style", abstool.cite, (RECORD, "html"), {}),
]


@pytest.mark.parametrize(("argument", "function", "values", "options"), WRONG)
def test_a_wrong_argument_is_named(argument, function, values, options):
    with pytest.raises(UsageError) as caught:
        function(*values, **options)
    assert caught.value.argument == argument
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "value", [None, 5, "x", [], {}, {"title": 5}, {"type": "book", "title": 5}]
)
def test_a_record_that_is_none_is_an_error_of_abstool_or_cited(value):
    try:
        assert len(abstool.cite([value])) == 1
    except abstool.AbstoolError as error:
        assert error.subject == "record 1"  # noqa: PT017


# --- notebooks ----------------------------------------------------------------------------------


class Tags(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.found, self.text = [], ""
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))

    def handle_data(self, data):
        self.text += data


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", 'https://x.org/"><script>', "https://x.org/\n", "", "https://x.org/"],
)
def test_a_notebook_shows_a_record_and_runs_nothing_in_it(url):
    hostile = "<script>alert('x')</script><img src=x onerror=alert(1)> \x1b[31m &amp;"
    record = Abstract(
        title=hostile,
        url=url,
        authors=[Author(name=hostile), *(Author(given="A", family=f"B{n}") for n in range(30))],
        sections=[Section(label=hostile, text="word " * 9000)],
        warnings=["odd"],
    )
    html = record._repr_html_()
    shown = Tags(html)
    assert {tag for tag, _ in shown.found} <= {"div", "strong", "a", "br", "small"}
    assert [values["href"] for tag, values in shown.found if tag == "a"] in ([], [url])
    assert "&amp;" in shown.text
    assert shown.text.count("<script>") == 3
    assert "and 25 more" in shown.text
    assert "1 warning" in shown.text
    assert "\x1b" not in html
    assert len(html) < 2000


def test_a_notebook_shows_the_least_record():
    assert Abstract(title="T")._repr_html_() == "<div><strong>T</strong></div>"


def test_search_finds_records_by_their_words():
    records = abstool.read("fixtures/review/meetings.jsonl")
    found = abstool.search('title:gout OR "localized scleroderma"', records)
    assert {one.number for one in found} == {"1368", "2217", "1285"}
    assert all(one in records for one in found)
    assert len(abstool.search("scleroderma", records, limit=1)) == 1
    assert abstool.search("(unbalanced nowhere", records) == []
    assert abstool.search("gout", [one.to_dict() for one in records]) == abstool.search(
        "gout", records
    )


@pytest.mark.parametrize(
    ("arguments", "argument"),
    [
        ((3, []), "query"),
        (("", []), "query"),
        (("x", 3), "records"),
        (("x", ["y"]), "records"),
        (("x", [{"type": "book", "title": "x"}]), "records: a reference of another program"),
    ],
)
def test_search_names_a_wrong_argument(arguments, argument):
    with pytest.raises(abstool.AbstoolError, match=argument):
        abstool.search(*arguments)
