"""Pages that give one URL but differ: all are printed, none with a URL that may not be its own."""

import json
from itertools import pairwise

import pytest

from abstool.cli.records import disputes, prepared, repeats
from abstool.cli.records.prepared import Prepared
from abstool.cli.records.repeats import distinct
from abstool.cli.report import Report
from abstool.record import Abstract
from archive_files import Warc, page

SHARED = "https://acrabstracts.org/abstract/shared/"
OWN = "https://acrabstracts.org/abstract/own-{}/"


def shared(number, url=SHARED):
    """Return the page of an abstract that gives a URL as its own."""
    own = f"https://acrabstracts.org/abstract/invented-{number}/".encode()
    return page(number).replace(own, url.encode())


def records(outcome):
    return [json.loads(line) for line in outcome.out.splitlines()]


def urls(outcome):
    return [record.get("url") for record in records(outcome)]


@pytest.fixture
def saved(folder):
    """Three saved pages, two of which give the same URL."""
    (folder / "pages").mkdir()
    for name, data in (("1", shared("1")), ("2", page("2")), ("3", shared("3"))):
        (folder / "pages" / f"{name}.html").write_bytes(data)
    return folder / "pages"


@pytest.fixture
def crawled(folder):
    """Return a function that writes a crawl of pages, each with the address it came from."""

    def write(*pages):
        warc = Warc()
        for address, data in pages:
            warc.add(data, url=address)
        (folder / "crawl.warc.gz").write_bytes(warc.stream.getvalue())

    return write


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_saved_pages_that_share_a_url_are_all_printed_without_it(run, saved, jobs):
    outcome = run("parse", "pages", "--jobs", jobs)
    assert (outcome.code, outcome.err) == (0, "")
    assert [record["number"] for record in records(outcome)] == ["1", "2", "3"]
    assert urls(outcome) == [None, "https://acrabstracts.org/abstract/invented-2/", None]
    warning = f"The page gives the URL {SHARED}, but so does the page of another abstract."
    assert [record.get("warnings") for record in records(outcome)] == [[warning], None, [warning]]
    assert run("parse", "--strict", "pages").code == 1


def unnumbered(author):
    """Return the page of an abstract without a number that differs from others in its authors."""
    data = shared("1").replace(b"<p>Abstract Number: 1</p>", b"")
    return data.replace(b"Ada Example", f"{author} Example".encode()).replace(
        b"Example A,", f"Example {author[0]},".encode()
    )


@pytest.mark.parametrize(("second", "same"), [("Ada", True), ("Bob", False)])
def test_without_a_number_the_first_author_decides(run, folder, second, same):
    (folder / "pages").mkdir()
    for name, author in (("1", "Ada"), ("2", second)):
        (folder / "pages" / f"{name}.html").write_bytes(unnumbered(author))
    outcome = run("parse", "pages")
    assert urls(outcome) == [SHARED if same else None] * 2
    assert len(records(outcome)) == 2


@pytest.mark.parametrize("forms", [("record", "record"), ("item", "item"), ("record", "item")])
@pytest.mark.parametrize(("second", "count"), [("Roe", 1), ("Doe", 2)])
def test_without_a_number_the_first_author_decides_what_is_cited_once(run, forms, second, count):
    def entry(form, family):
        if form == "record":
            author = {"name": f"Ann {family}", "family": family, "given": "Ann"}
            return {"schema": "abstool/1", "title": "Tea", "url": SHARED, "authors": [author]}
        author = {"family": family, "given": "A."}
        return {"type": "book", "title": "Tea", "URL": SHARED, "author": [author]}

    lines = map(json.dumps, map(entry, forms, ("Roe", second)))
    assert run("cite", stdin="\n".join(lines)).out.count("Tea") == count


@pytest.mark.parametrize(("second", "count"), [("10.1000/a", 1), ("10.1000/b", 2)])
def test_without_number_and_authors_the_doi_decides_what_is_cited_once(run, second, count):
    record = {"schema": "abstool/1", "title": "Tea", "url": SHARED}
    lines = [
        json.dumps(record | {"doi": doi, "accessed": day})
        for doi, day in (("10.1000/a", "2026-01-02"), (second, "2026-01-03"))
    ]
    outcome = run("cite", stdin="\n".join(lines))
    assert outcome.out.count("Tea") == count
    assert ("another abstract" in outcome.err) == (count == 2)


def test_one_page_twice_keeps_its_url(run, saved):
    assert urls(run("parse", "pages/1.html", "pages/2.html", "pages/1.html"))[::2] == [SHARED] * 2


def test_the_indentation_stays(run, saved):
    outcome = run("parse", "--indent", "1", "pages/1.html", "pages/3.html")
    assert outcome.out.count('\n "title"') == 2
    assert SHARED + '"' not in outcome.out


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        # The address that a page was fetched from, and the URL that it gives.
        (["1 2", "2 2"], [OWN.format(1), OWN.format(2)]),
        (["2 2", "1 2"], [OWN.format(2), OWN.format(1)]),
        (["1 3", "2 3"], [OWN.format(1), OWN.format(2)]),
        (["1 2", "2 1"], [OWN.format(1), OWN.format(2)]),
        (["1 3", "2 2"], [OWN.format(3), OWN.format(2)]),
    ],
)
def test_the_address_in_an_archive_is_evidence(run, crawled, pages, expected):
    found = [one.split() for one in pages]
    crawled(*((OWN.format(at), shared(at, OWN.format(gives))) for at, gives in found))
    outcome = run("parse", "crawl.warc.gz")
    assert (outcome.code, urls(outcome)) == (0, expected)
    for (at, gives), record in zip(found, records(outcome), strict=True):
        assert ("warnings" in record) == (record["url"] != OWN.format(gives)), at


def test_a_saved_page_yields_to_the_page_from_that_address(run, crawled, saved):
    crawled((SHARED, shared("9")))
    assert urls(run("parse", "pages/1.html", "crawl.warc.gz")) == [None, SHARED]


def test_a_record_that_was_printed_too_early_is_reported(run, saved, monkeypatch):
    monkeypatch.setattr(prepared, "AHEAD", 1)
    outcome = run("parse", "pages")
    assert (outcome.code, [u == SHARED for u in urls(outcome)]) == (1, [True, False, False])
    (line,) = outcome.lines
    assert line.startswith(f"abstool: pages/1.html: printed with the URL {SHARED}, which pages/3.")
    assert "warnings" in records(outcome)[2]


def test_records_that_wait_are_bounded_by_their_size(run, saved, monkeypatch):
    monkeypatch.setattr(disputes, "_BYTES", 10)
    assert run("parse", "pages").code == 1


def test_pages_that_were_fetched_get_the_url_that_was_asked_for(run, site, folder):
    from site_server import page as served

    first, second = (
        site.serve(served(shared(number), content_type="text/html"), path=f"/{number}")
        for number in "12"
    )
    outcome = run("fetch", first, second)
    assert outcome.code == 1
    assert urls(outcome) == [SHARED, second]
    assert f"{first}: printed with the URL {SHARED}" in outcome.err


def test_pages_that_name_each_other_are_reported(run, site, folder):
    from site_server import page as served

    places = [f"{site.root}/{number}/" for number in "123"]
    for number, claimed in zip("123", [*places[1:], places[0]], strict=True):
        body = shared(number, claimed)
        site.serve(served(body, content_type="text/html"), path=f"/{number}/")
    outcome = run("fetch", *places)
    assert outcome.code == 1
    assert urls(outcome) == [places[1], places[2], places[2]]
    for first, second in pairwise(places):
        line = f"{first}: printed with the URL {second}, which is that of another abstract"
        assert line in outcome.err


def test_a_page_is_cited_with_the_url_that_it_came_from(run, crawled):
    crawled((OWN.format(1), shared("1")), (OWN.format(2), shared("2")), (SHARED, shared("3")))
    outcome = run("cite", "--style", "csljson", "crawl.warc.gz")
    found = [item["URL"] for item in json.loads(outcome.out)]
    assert found == [OWN.format(1), OWN.format(2), SHARED]
    assert [line.rpartition(" (")[2] for line in outcome.lines] == [
        f"using {OWN.format(1)})", f"using {OWN.format(2)})",
    ]  # fmt: skip


def test_records_do_not_wait_for_standard_input(run, saved):
    outcome = run("parse", "pages/1.html", "-", stdin=shared("3"))
    assert (outcome.code, urls(outcome)) == (1, [SHARED, None])
    assert outcome.err.startswith(f"abstool: pages/1.html: printed with the URL {SHARED}, which ")


def test_a_citation_that_was_printed_too_early_is_reported(run, saved, monkeypatch):
    monkeypatch.setattr(repeats, "AHEAD", 1)
    outcome = run("cite", "pages")
    assert outcome.code == 1
    assert outcome.out.count(SHARED) == 1
    early = f"abstool: pages/1.html: printed with the URL {SHARED}, which pages/3.html gives, too"
    assert outcome.lines[0].startswith(early)


def test_citations_are_printed_while_records_are_still_read(monkeypatch):
    monkeypatch.setattr(repeats, "AHEAD", 2)
    read = []

    def ready():
        for number in range(9):
            read.append(number)
            record = Abstract(title=f"On {number}", url=OWN.format(number), number=str(number))
            yield Prepared(f"row {number}", record, "", is_item=False)

    found = distinct(ready(), Report(), as_list=True)
    ahead = [len(read) - int(one.content.number) for one in found]
    assert ahead == [3, 3, 3, 3, 3, 3, 3, 2, 1]
