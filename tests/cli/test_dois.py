"""DOIs as sources: the resolver is asked for CSL-JSON, with the manners of all requests."""

import json

import pytest

from site_server import page, redirect

DOI = "10.1136/annrheumdis-2022-eular.1234"
PATH = f"/{DOI}"
CSL_JSON = "application/vnd.citationstyles.csl+json"
WORK = {
    "type": "journal-article",
    "title": "An Invented Modulator",
    "author": [{"given": "Ada", "family": "Muster", "sequence": "first", "affiliation": []}],
    "container-title": "Annals of Invented Diseases",
    "container-title-short": ["Ann Invent Dis"],
    "volume": "81",
    "issue": "Suppl 1",
    "page": "243-244",
    "DOI": DOI,
    "issued": {"date-parts": [[2022, 6]]},
}


def answer(data=WORK, content_type=CSL_JSON, **headers):
    body = data if isinstance(data, bytes) else json.dumps(data).encode()
    return page(body, content_type=content_type, **headers)


@pytest.fixture
def resolver(site, monkeypatch):
    """The local site in place of doi.org, with the data of one DOI."""
    monkeypatch.setattr("abstool.address.RESOLVER", f"{site.root}/")
    site.serve(answer(), path=PATH)
    return site


def requested(site):
    return [path for path in site.paths() if path != "/robots.txt"]


@pytest.mark.parametrize(
    "source",
    [
        DOI,
        f"doi:{DOI}",
        f"DOI: {DOI}",
        f"https://doi.org/{DOI}",
        f"http://dx.doi.org/{DOI}",
        f"https://doi.org/{DOI}?utm_source=x",
    ],
)
def test_a_doi_in_any_form_is_cited_from_the_data_of_its_agency(run, resolver, source):
    outcome = run("cite", source, "-s", "ama-11")
    assert (outcome.code, outcome.err) == (0, "")
    assert "Muster A. An Invented Modulator." in outcome.out
    assert f"doi:{DOI}" in outcome.out
    path, headers = resolver.requests[-1]
    assert (path, headers["Accept"]) == (PATH, CSL_JSON)


def test_the_data_of_a_doi_are_cached_apart_from_its_page(run, resolver):
    assert run("cite", DOI).out == run("cite", f"https://doi.org/{DOI}").out != ""
    assert requested(resolver) == [PATH]
    resolver.serve(page(b"<title>News</title>"), path=PATH)
    assert run("fetch", DOI).code == 4
    assert requested(resolver) == [PATH, PATH]


def test_several_dois_may_lead_to_another_host(run, resolver):
    other = resolver.root.replace("127.0.0.1", "localhost")
    for number in (1, 2):
        resolver.serve(redirect(f"{other}/works/{number}"), path=f"/10.1000/{number}")
        work = WORK | {"title": f"Work {number}", "DOI": f"10.1000/{number}"}
        resolver.serve(answer(work), path=f"/works/{number}")
    outcome = run("cite", "10.1000/1", "10.1000/2")
    assert (outcome.code, outcome.err) == (0, "")
    assert "Work 1" in outcome.out
    assert "Work 2" in outcome.out


def test_signs_in_a_doi_are_quoted(run, resolver):
    doi = "10.1002/1529-0131(199808)41:8<1343::AID-ART2>3.0.CO;2-#"
    resolver.serve(answer(), path="/10.1002/1529-0131(199808)41:8%3C1343::AID-ART2%3E3.0.CO;2-%23")
    assert run("cite", doi).code == 0


@pytest.mark.parametrize(
    ("served", "line"),
    [
        (page(b"", status=404), "no such DOI; check the DOI"),
        (page(b"", status=406), "its registration agency has no citation data"),
        (page(b"<p>A page</p>"), f"the site sent text/html instead of {CSL_JSON}"),
        (answer(b"{"), "the answer is not CSL-JSON"),
        (answer([]), "the answer is not CSL-JSON"),
        (answer(b""), "the answer is not CSL-JSON"),
        (answer({}), "the answer is not CSL-JSON"),
        (answer({"error": "not found"}), "the answer is not CSL-JSON"),
        (answer({"status": "ok", "message": WORK}), "the answer is not CSL-JSON"),
        (redirect(PATH), "redirects more than 10 times"),
    ],
)
def test_each_failure_is_one_line_about_the_doi(run, resolver, served, line):
    resolver.serve(served, path=PATH)
    outcome = run("cite", f"https://doi.org/{DOI}")
    (printed,) = outcome.lines
    assert (outcome.code, outcome.out) == (3, "")
    assert printed.startswith(f"abstool: {DOI}: {line}")
    assert run("cite", DOI).code == 3  # nothing of it was cached


def test_robots_txt_counts_for_dois_too(run, resolver):
    resolver.serve(page(b"User-agent: *\nDisallow: /10."), path="/robots.txt")
    outcome = run("cite", DOI)
    assert outcome.code == 3
    assert "robots.txt disallows" in outcome.err
    assert requested(resolver) == []


def test_a_file_named_like_a_doi_is_a_file(run, resolver, folder, monkeypatch):
    monkeypatch.chdir(folder)
    (folder / "10.1000").mkdir()
    (folder / "10.1000/x").write_bytes((folder / "page.txt").read_bytes())
    assert run("cite", "10.1000/x").code == 0
    assert resolver.requests == []


def test_a_doi_in_fetch_and_show_stands_for_its_page(run, resolver, folder):
    abstract = page((folder / "page.txt").read_bytes(), content_type="text/plain")
    resolver.serve(abstract, path=PATH)
    assert json.loads(run("fetch", f"doi:{DOI}").out)["number"] == "0848"
    assert "0848" in run("show", DOI).out


@pytest.mark.parametrize(
    ("changed", "out", "warning"),
    [
        ({"title": ["In a list"]}, "In a list.", ""),
        ({"issue": "Supplement_1"}, "2022;81(suppl 1):243-244.", ""),
        ({"DOI": DOI.upper()}, "An Invented Modulator.", ""),
        ({"DOI": "10.1000/x"}, "doi:10.1000/x", "doi.org sent the data of another DOI: 10.1000/x"),
        ({"updated-by": [{"type": "retraction", "DOI": "10.1000/r"}]}, "Muster", "was retracted"),
    ],
)
def test_the_data_of_an_agency_may_have_other_forms(run, resolver, changed, out, warning):
    resolver.serve(answer(WORK | changed), path=PATH)
    outcome = run("cite", DOI, "-s", "ama-11")
    assert outcome.code == 0
    assert out in outcome.out
    assert warning in outcome.err
    assert bool(outcome.err) == bool(warning)
