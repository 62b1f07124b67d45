"""``abstool list``, and ``abstool fetch -`` after it, against a local server of a meeting."""

import json
import time

import pytest

from meeting_site import ITEM, LISTING, NAME, Meeting
from site_server import page


@pytest.fixture
def meeting():
    with Meeting() as running:
        yield running


def listed(outcome):
    return [json.loads(line) for line in outcome.out.splitlines()]


def listing(*numbers, following="", href="/abstract/knees-{}/"):
    items = "".join(
        ITEM.replace("/abstract/{slug}/", href.format(n)).format(
            number=n, name=NAME, title=f"T {n}"
        )
        for n in numbers
    )
    link = f'<link rel="next" href="{following}">' if following else ""
    return page(LISTING.format(name=NAME, next_link=link, items=items).encode())


def test_a_listing_is_followed_to_its_end(run, meeting):
    outcome = run("list", meeting.listing)
    assert (outcome.code, outcome.err) == (0, "")
    assert [item["url"] for item in listed(outcome)] == meeting.urls()
    number = meeting.order()[0]
    assert listed(outcome)[0] == {
        "url": meeting.url(number),
        "number": f"{number:04}",
        "title": f"Counting Knees, Part {number}",
        "meeting": NAME,
    }
    assert len(meeting.requests) == 5


def test_urls_prints_only_urls(run, meeting):
    assert run("list", "--urls", meeting.listing).out.split() == meeting.urls()


def test_no_page_is_asked_for_beyond_the_limit(run, meeting):
    outcome = run("list", "--urls", "--limit", "15", meeting.listing)
    assert outcome.out.split() == meeting.urls()[:15]
    assert len(meeting.requests) == 2


def test_several_listings_are_one_list(run, site):
    urls = [site.serve(listing(1, 2), path="/tag/a/"), site.serve(listing(3), path="/tag/b/")]
    missing = f"{site.root}/tag/none/"
    outcome = run("list", urls[0], missing, urls[1])
    assert [item["title"] for item in listed(outcome)] == ["T 1", "T 2", "T 3"]
    assert outcome.code == 1
    assert outcome.lines == [f"abstool: {missing}: page not found (404); check the URL"]


@pytest.mark.parametrize(
    ("arguments", "url"),
    [
        (["acr-convergence-2025"], "https://acrabstracts.org/meetings/acr-convergence-2025/"),
        (["2026-prsym"], "https://acrabstracts.org/meetings/2026-prsym/"),
        (["acrabstracts.org/tag/x/"], "https://acrabstracts.org/tag/x/"),
        (["2019-x", "--site", "mdsabstracts.org"], "https://mdsabstracts.org/meetings/2019-x/"),
        (["--search", "systemic sclerosis"], "https://acrabstracts.org/?s=systemic+sclerosis"),
        (["--search", " a&b é "], "https://acrabstracts.org/?s=a%26b+%C3%A9"),
        (
            ["--search", "x", "--site", "http://127.0.0.1:1"],
            "http://127.0.0.1:1/?s=x",
        ),
    ],
)
def test_a_listing_is_named_by_slug_url_or_search(run, arguments, url):
    outcome = run("list", "--offline", *arguments)
    assert outcome.code == 3
    (line,) = outcome.lines
    assert line.startswith(f"abstool: {url}: not in the cache; turn off offline mode to fetch it")


def test_pages_that_go_round_in_a_circle_end_the_list(run, site):
    site.serve(listing(2, following="/tag/x/"), path="/tag/x/page/2/")
    url = site.serve(listing(1, following="/tag/x/page/2/"), path="/tag/x/")
    outcome = run("list", url)
    assert [item["title"] for item in listed(outcome)] == ["T 1", "T 2"]
    assert outcome.lines == [
        f"abstool: {site.root}/tag/x/page/2/: the next page was already read; stopping here"
    ]


def test_an_abstract_whose_url_is_spelled_otherwise_on_the_next_page_is_listed_once(run, site):
    secure = site.root.replace("http:", "https:") + "/abstract/knees-{}/"
    site.serve(listing(1, 2, href=secure), path="/tag/x/page/2/")
    url = site.serve(listing(1, following="/tag/x/page/2/"), path="/tag/x/")
    assert [item["title"] for item in listed(run("list", url))] == ["T 1", "T 2"]


def test_pages_without_anything_new_end_the_list(run, site):
    for number in range(1, 9):
        following = f"/tag/x/page/{number + 1}/"
        site.serve(listing(1, following=following), path=f"/tag/x/page/{number}/")
    outcome = run("list", f"{site.root}/tag/x/page/1/")
    assert len(listed(outcome)) == 1
    assert "no new abstracts" in outcome.err
    assert len(site.requests) == 3


def test_what_is_on_another_host_is_skipped(run, site):
    elsewhere = site.root.replace("127.0.0.1", "localhost")
    other_port = site.root + "1"
    for far in (elsewhere, other_port):
        url = site.serve(listing(1, following=f"{far}/tag/x/page/2/"), path="/tag/x/")
        outcome = run("list", "--refresh", url)
        assert [item["title"] for item in listed(outcome)] == ["T 1"]
    url = site.serve(listing(1, 2, href=f"{other_port}/abstract/knees-{{}}/"), path="/tag/y/")
    outcome = run("list", url)
    assert outcome.out == ""
    assert f"skipped, not on {site.root.removeprefix('http://')}" in outcome.err
    assert set(site.paths()) == {"/robots.txt", "/tag/x/", "/tag/y/"}


def test_a_page_that_is_not_a_listing_is_reported(run, meeting):
    outcome = run("list", meeting.url(1))
    assert outcome.code == 4
    assert "no abstracts found" in outcome.err
    assert "use the URL of a listing" in outcome.err


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ([], "list: nothing to list; give a LISTING or use --search"),
        ([""], '"": neither a file nor a listing'),
        (["a b"], "a b: neither a file nor a listing"),
        (["--search", " "], "search: no search words"),
        (["x", "--limit", "0"], "'0' is not a whole number from 1"),
    ],
)
def test_a_list_of_nothing_is_a_usage_error(run, arguments, problem):
    outcome = run("list", *arguments)
    assert outcome.code == 2
    assert problem in outcome.err


# fetch -


def test_the_first_record_is_out_before_the_last_url_is_in(start, meeting):
    process = start("fetch", "-", env={"ABSTOOL_DELAY": "0"})
    for number in (3, 1):
        process.stdin.write(f"{meeting.url(number)}\n".encode())
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["number"] == f"{number:04}"
    assert process.communicate(timeout=120) == (b"", b"")
    assert process.returncode == 0


def test_urls_on_stdin_may_be_what_list_prints(run, meeting):
    lines = run("list", "--limit", "3", meeting.listing).out
    outcome = run("fetch", "-", stdin=f"{lines}\nno address\n{{}}\n".encode())
    numbers = [json.loads(line)["number"] for line in outcome.out.splitlines()]
    assert numbers == [f"{n:04}" for n in meeting.order()[:3]]
    assert outcome.code == 1
    assert outcome.lines[0].startswith("abstool: standard input, line 5: no URL found; ")


def test_a_page_fetched_today_is_not_fetched_again(run, meeting):
    for _ in range(2):
        assert run("fetch", meeting.url(1)).code == 0
    assert meeting.paths() == ["/robots.txt", f"/abstract/{meeting.slug(1)}/"]
    assert run("fetch", "--refresh", meeting.url(1)).code == 0
    assert len(meeting.requests) == 3


def test_a_run_of_urls_stops_where_the_site_keeps_refusing(run, meeting):
    meeting.fault = lambda path: page(status=403) if path.startswith("/abstract/") else None
    stdin = "\n".join(meeting.urls()).encode()
    outcome = run("fetch", "-", stdin=stdin)
    assert (outcome.code, len(outcome.lines)) == (3, 5)
    assert "the site keeps refusing" in outcome.lines[-1]
    assert len(meeting.requests) == 6


def test_by_default_requests_are_a_second_apart(start, meeting):
    process = start("fetch", meeting.url(1), meeting.url(2), env={"ABSTOOL_DELAY": ""})
    while len(meeting.visits) < 2:
        assert process.poll() is None
        time.sleep(0.001)
    process.kill()
    assert meeting.shortest_gap() >= 1


# cache, config


def test_the_cache_can_be_looked_at_and_emptied(run, meeting):
    run("fetch", meeting.url(1))
    facts = dict(line.split("\t") for line in run("cache", "info").out.splitlines())
    assert facts["pages"] == "2"
    assert int(facts["bytes"]) > 1000
    assert facts["file"].endswith("pages.sqlite")
    assert facts["oldest"] <= facts["newest"]
    outcome = run("cache", "clear")
    assert (outcome.code, outcome.out) == (0, "")
    assert outcome.lines == ["abstool: removed 2 pages"]
    assert "pages\t0\n" in run("cache", "info").out
    assert run("cache", "burn").code == 2


def test_config_shows_what_holds_and_from_where(run, folder, monkeypatch):
    file = folder / "abstool.toml"
    file.write_text('contact = "me@example.org"\n', "utf-8")
    monkeypatch.setenv("ABSTOOL_CONFIG", str(file))
    rows = [line.split("\t") for line in run("config").out.splitlines()]
    assert rows[0] == ["file", str(file)]
    assert ["contact", "me@example.org", f"{file}: contact"] in rows
    assert ["delay", "0", "ABSTOOL_DELAY"] in rows
    assert ["style", "ama", "default"] in rows


def test_a_wrong_configuration_is_one_clear_line(run, folder, monkeypatch):
    file = folder / "abstool.toml"
    file.write_text("delay = ???", "utf-8")
    monkeypatch.setenv("ABSTOOL_CONFIG", str(file))
    for command in (["config"], ["fetch", "http://127.0.0.1:1/"], ["list", "x"], ["cache", "info"]):
        outcome = run(*command)
        assert (outcome.code, len(outcome.lines)) == (2, 1)
        assert f"{file}: not valid TOML: " in outcome.err


def test_the_configured_style_is_the_one_of_cite(run, monkeypatch):
    monkeypatch.setenv("ABSTOOL_STYLE", "bibtex")
    assert run("cite", "page.txt").out.startswith("@article{")
    assert run("cite", "page.txt", "--style", "ama").out.startswith("Example A, van der Muster B.")
    monkeypatch.setenv("ABSTOOL_STYLE", "nosuch")
    assert run("cite", "page.txt").code == 2


# listings that are cut


def assert_cut(outcome, titles, problem):
    assert outcome.code == 1
    assert [item["title"] for item in listed(outcome)] == titles
    (line,) = outcome.lines
    assert problem in line
    assert line.endswith("; the list is incomplete; check the site in a browser")


def test_a_next_page_on_another_host_is_not_read_and_the_list_incomplete(run, site):
    for far in ("http://cdn.example", site.root + "1", "http://["):
        url = site.serve(listing(1, following=f"{far}/tag/x/page/2/"), path="/tag/x/")
        outcome = run("list", "--refresh", url)
        assert_cut(outcome, ["T 1"], f"is on another host ({far}/tag/x/page/2/) and was not read")


def test_a_page_of_repeats_in_the_middle_is_said(run, site):
    url = site.serve(listing(1, 2, following="/tag/x/page/2/"), path="/tag/x/")
    site.serve(listing(1, 2, following="/tag/x/page/3/"), path="/tag/x/page/2/")
    site.serve(listing(3), path="/tag/x/page/3/")
    problem = f"no new abstracts, so the next page ({url}page/3/) was not read"
    assert_cut(run("list", url), ["T 1", "T 2"], problem)


def test_a_listing_without_end_is_cut_off(run, site, monkeypatch):
    monkeypatch.setattr("abstool.harvesting.listings.MOST_PAGES", 5)
    for number in range(1, 9):
        following = f"/tag/x/page/{number + 1}/"
        site.serve(listing(number, following=following), path=f"/tag/x/page/{number}/")
    outcome = run("list", f"{site.root}/tag/x/page/1/")
    assert_cut(outcome, [f"T {n}" for n in range(1, 6)], "page 5 of the listing is not its last")


def test_links_to_abstracts_on_other_hosts_are_reported(run, site):
    far = "https://other.example/abstract/knees-{}/"
    url = site.serve(listing(1, 2, href=far), path="/tag/x/")
    outcome = run("list", url)
    assert (outcome.code, outcome.out) == (0, "")
    host = site.root.removeprefix("http://")
    assert outcome.lines == [
        f"abstool: {far.format(number)}: skipped, not on {host}" for number in (1, 2)
    ]
