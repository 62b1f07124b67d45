"""``abstool check`` with pages: those in the cache, and with --online those of a site."""

import json
import socket
from datetime import UTC, datetime, timedelta

import pytest

import abstool
from abstool.config import load
from abstool.web.cache import PageCache
from abstool.web.fetcher import Retrieved
from meeting_site import ABSTRACT
from site_server import page, redirect

TITLES = {"tea": "Invented Effects of Tea", "milk": "Imagined Milk and Knees"}


def html(slug, root, number=1, **changed):
    text = ABSTRACT.format(
        title=changed.get("title", TITLES[slug]),
        number=number,
        name="ACR Convergence 2026",
        body="",
        slug=slug,
        filler=f'<link rel="canonical" href="{root}/abstract/{slug}/">',
    )
    return text.encode()


@pytest.fixture
def served(site):
    """Two abstracts on a local site: their URLs."""
    return [
        site.serve(page(html(slug, site.root, number)), path=f"/abstract/{slug}/")
        for number, slug in enumerate(TITLES, 1)
    ]


def lines_of(site, *slugs, day="2026-01-05"):
    records = []
    for slug in slugs:
        record = abstool.parse(html(slug, site.root, [*TITLES].index(slug) + 1))
        record.accessed = day
        records.append(record)
    return abstool.cite(records, style="ama")


@pytest.fixture
def check(run, folder):
    """Return a function that checks references, and returns the verdicts and the messages."""

    def check(*lines, options=(), code=0):
        listed = "".join(f"{number}. {line}\n" for number, line in enumerate(lines, 1))
        (folder / "paper.txt").write_text(f"Tea.\n\nReferences\n\n{listed}", "utf-8")
        outcome = run("check", "paper.txt", "--json", *options)
        assert outcome.code == code, outcome.err
        return [json.loads(line) for line in outcome.out.splitlines()], outcome.err

    return check


def seen(verdicts):
    return [(one["status"], *(finding["code"] for finding in one["findings"])) for one in verdicts]


def pages(site):
    return [path for path in site.paths() if path != "/robots.txt"]


ONLINE = ("--online",)


def test_the_pages_are_fetched_and_the_requests_are_counted_first(check, served, site):
    tea, milk = lines_of(site, "tea", "milk")
    other = f"Roe A. Tea. J Tea. 2020;3(2):1-5. {site.root}/article/1."
    verdicts, err = check(tea, milk.replace("; 78", "; 77"), other, options=ONLINE)
    assert seen(verdicts) == [("agrees",), ("differs", "volume"), ("other",)]
    assert verdicts[1]["corrected"] == milk
    assert site.paths() == ["/robots.txt", "/abstract/tea/", "/abstract/milk/"]
    host = site.root.removeprefix("http://")
    assert f"abstool: 3 requests (pages: 2 of {host}; robots.txt: 1)" in err


def test_a_second_check_requests_nothing(check, served, site):
    tea, _ = lines_of(site, "tea", "milk")
    check(tea, options=ONLINE)
    before = len(site.requests)
    verdicts, err = check(tea, options=ONLINE)
    assert seen(verdicts) == [("agrees",)]
    assert len(site.requests) == before
    assert "0 requests" in err


def test_pages_in_the_cache_are_records_without_any_option(check, served, site, run):
    run("fetch", *served)
    before = len(site.requests)
    tea, milk = lines_of(site, "tea", "milk")
    spelled = tea.replace("tea/.", "tea.")  # without the slash
    verdicts, err = check(spelled, milk)
    assert seen(verdicts) == [("differs", "address-not-canonical"), ("agrees",)]
    assert "request" not in err
    assert len(site.requests) == before


@pytest.mark.parametrize("has_cache", [True, False])
def test_nothing_is_requested_without_online(check, served, site, run, monkeypatch, has_cache):  # noqa: PLR0917
    if has_cache:
        run("fetch", served[0])

    def refuse(*_, **__):
        raise AssertionError("the network was used")

    for name in ("connect", "connect_ex", "sendto", "bind"):
        monkeypatch.setattr(socket.socket, name, refuse)
    for name in ("getaddrinfo", "create_connection"):
        monkeypatch.setattr(socket, name, refuse)
    doi = "Roe A. Tea [abstract]. J Tea. 2020;3(2). doi:10.1000/xyz"
    acr = "Roe B. Milk [abstract 12]. https://acrabstracts.org/abstract/milk/."
    verdicts, err = check(*lines_of(site, "tea", "milk"), doi, acr)
    found = "agrees" if has_cache else "not-checked"
    assert [one["status"] for one in verdicts] == [found, *3 * ["not-checked"]]
    assert ("no records to compare with" in err) != has_cache


def test_records_are_files_and_never_fetched(check, served, site, folder):
    (folder / "urls.txt").write_text(f"{served[0]}\n{served[1]}\n", "utf-8")
    for name in (served[0], "urls.txt"):
        _, err = check(*lines_of(site, "tea"), options=("--records", name), code=1)
        assert "is not a file" in err
    assert site.requests == []


@pytest.mark.parametrize("status", [404, 410])
def test_only_a_page_that_is_gone_is_dead(check, site, status):
    site.serve(page(status=status), path="/abstract/tea/")
    verdicts, _ = check(*lines_of(site, "tea"), options=ONLINE)
    assert seen(verdicts) == [("differs", "address-dead")]
    assert verdicts[0]["findings"][0] == {
        "code": "address-dead",
        "severity": "minor",
        "printed": f"{site.root}/abstract/tea/",
        "record": "",
    }


@pytest.mark.parametrize(
    "answer",
    [
        page(status=401),
        page(status=403),
        page(status=418),
        page(status=429, Retry_After="0"),
        page(status=451),
        page(status=500),
        page(status=503, Retry_After="0"),
        page(b"", then="reset"),
        page(b"<title>Just a moment</title><p>Checking your browser"),
        page(b"%PDF-1.7", content_type="application/pdf"),
        redirect("https://elsewhere.example/"),
    ],
    ids=["401", "403", "418", "429", "451", "500", "503", "reset", "robot", "pdf", "moved"],
)
def test_what_does_not_show_the_page_says_nothing_about_it(check, site, answer):
    site.serve(answer, path="/abstract/tea/")
    verdicts, err = check(*lines_of(site, "tea"), options=ONLINE)
    assert seen(verdicts) == [("not-checked",)]
    assert f"{site.root}/abstract/tea/" in err


def test_a_page_that_takes_too_long_says_nothing_about_it(check, site, monkeypatch):
    monkeypatch.setenv("ABSTOOL_TIMEOUT", "0.05")
    site.serve(page(then="stall"), path="/abstract/tea/")
    verdicts, _ = check(*lines_of(site, "tea"), options=ONLINE)
    assert seen(verdicts) == [("not-checked",)]


def test_robots_txt_is_respected(check, served, site):
    site.serve(page(b"User-agent: *\nDisallow: /abstract/"), path="/robots.txt")
    verdicts, err = check(*lines_of(site, "tea"), options=ONLINE)
    assert (seen(verdicts), pages(site)) == ([("not-checked",)], [])
    assert "robots.txt disallows" in err


def test_a_site_that_keeps_refusing_is_left_alone(check, site):
    lines = [
        f"Example1 A. Tea number {number} [abstract]. {site.root}/abstract/{number}/."
        for number in range(9)
    ]
    site.answer = lambda path, _: page(status=404 if path == "/robots.txt" else 403)
    verdicts, err = check(*lines, options=ONLINE)
    assert {one["status"] for one in verdicts} == {"not-checked"}
    assert len(pages(site)) == 5
    assert "no more requests are made" in err


def saved(record, folder, **changed):
    data = record.to_dict() | changed
    (folder / "old.json").write_text(json.dumps(data), "utf-8")
    return ("--records", "old.json")


def test_a_page_that_changed_since_the_record_is_told(check, site, folder):
    old = abstool.parse(html("tea", site.root))
    records = saved(old, folder, accessed="2026-01-01")
    site.serve(page(html("tea", site.root, title="WITHDRAWN: Effects")), path="/abstract/tea/")
    line = abstool.cite([old], style="ama")[0]
    verdicts, _ = check(line, options=(*records, "--online"))
    assert seen(verdicts) == [("differs", "changed")]
    assert "WITHDRAWN: Effects" in verdicts[0]["corrected"]
    assert seen(check(line, options=records)[0]) == [("differs", "changed")]  # now in the cache


def test_what_an_older_record_lacks_is_no_change(check, site, folder):
    old = abstool.parse(html("tea", site.root))
    data = {**old.to_dict(), "accessed": "2026-01-01"}
    del data["publication"], data["number"]
    (folder / "old.json").write_text(json.dumps(data), "utf-8")
    site.serve(page(html("tea", site.root)), path="/abstract/tea/")
    (line,) = lines_of(site, "tea")
    options = ("--records", "old.json", "--online")
    assert seen(check(line, options=options)[0]) == [("agrees",)]
    wrong = line.replace("; 78", "; 79")
    assert seen(check(wrong, options=options)[0]) == [("differs", "volume")]


def test_a_page_that_is_gone_since_the_record_is_dead_and_not_wrong(check, site, folder):
    record = abstool.parse(html("tea", site.root))
    records = saved(record, folder)
    (line,) = lines_of(site, "tea")
    verdicts, _ = check(line, options=(*records, "--online"))
    assert seen(verdicts) == [("differs", "address-dead")]
    mistyped = line.replace("abstract/tea/", "abstract/tae/")
    verdicts, _ = check(mistyped, options=(*records, "--online"))
    assert seen(verdicts) == [("differs", "address-dead")]
    assert verdicts[0]["corrected"] == line


def test_an_address_that_leads_on_to_the_page_is_not_canonical(check, served, site):
    site.serve(redirect("/abstract/tea/", 301), path="/?p=12")
    (line,) = lines_of(site, "tea")
    printed = line.replace("/abstract/tea/", "/?p=12")
    verdicts, _ = check(printed, options=ONLINE)
    assert seen(verdicts) == [("differs", "address-not-canonical")]
    assert verdicts[0]["corrected"] == line


def test_a_page_cannot_pass_for_one_of_another_site(check, site):
    forged = html("tea", "https://acrabstracts.org", title="Forged Effects of Tea")
    site.serve(page(forged), path="/abstract/forged/")
    real = abstool.parse(html("tea", "https://acrabstracts.org"))
    line = abstool.cite([real], style="ama")[0]
    bait = f"Example1 A, Muster B. Forged Effects of Tea [abstract]. {site.root}/abstract/forged/."
    store(real.url, html("tea", "https://acrabstracts.org"))
    verdicts, _ = check(line, bait, options=ONLINE)
    assert (verdicts[0]["status"], verdicts[0]["url"]) == ("agrees", real.url)
    assert verdicts[1]["url"].startswith(site.root)


def store(url, body, ago=timedelta(minutes=1)):
    cache = PageCache(load().cache)
    cache.store(url, Retrieved(url, body, "utf-8", datetime.now(UTC) - ago))
    cache.close()


def test_of_two_joins_of_a_broken_line_the_one_with_a_page_counts(check, site, folder, run):
    url = site.serve(page(html("tea", site.root)), path="/abstract/tea-time/")
    text = (
        "References\n\n1. Example1 A, Muster B. Invented Effects of Tea [abstract]. Arthritis\n"
        f"Rheumatol. 2026; 78 (suppl 9). {url[: -len('time/')]}\ntime/. Accessed January 5,\n"
        "2026.\n\n"
    )
    (folder / "wrapped.txt").write_text(text, "utf-8")
    outcome = run("check", "wrapped.txt", "--json", "--online")
    verdict = json.loads(outcome.out)
    assert "address-dead" not in outcome.out
    assert verdict["url"] == f"{site.root}/abstract/tea/"


def test_a_doi_of_an_abstract_is_resolved(check, site, monkeypatch):
    monkeypatch.setattr("abstool.address.RESOLVER", f"{site.root}/doi/")
    site.serve(page(status=404), path="/doi/10.1000/gone")
    line = "Roe A. Tea [abstract]. Arthritis Rheumatol. 2026;78(suppl 9). doi:10.1000/gone"
    article = "Roe A. Milk. J Milk. 2020;3(2):1-5. doi:10.1000/milk"
    verdicts, _ = check(line, article, options=ONLINE)
    assert seen(verdicts) == [("differs", "address-dead"), ("other",)]
    assert pages(site) == ["/doi/10.1000/gone"]
