"""The crawler's manners: cache first, robots.txt, its own host, and when to stop."""

import socket
import tracemalloc
from contextlib import suppress
from datetime import timedelta
from types import SimpleNamespace

import pytest

import abstool.fetching
from abstool import config
from abstool.errors import FetchError, NotAnAbstract, UsageError
from abstool.fetching import fetch, fetch_and_parse
from abstool.harvesting.listings import walk
from abstool.web import robots as rules_of_sites
from abstool.web.crawler import CacheOptions, Crawler
from abstool.web.failure import HaltError, StatusError
from abstool.web.pace import JITTER
from site_server import Answer, page, redirect

DAY = timedelta(days=1)
OPEN = b"User-agent: *\nDisallow:\n"


@pytest.fixture
def crawler(clock):
    """Return a maker of crawlers on one clock and one cache."""
    made = []

    def make(delay="0", contact=None, many=True, **caching):
        settings = config.load(delay=delay, contact=contact)
        caching = CacheOptions(**caching)
        made.append(Crawler(settings, caching, many=many, sleep=clock.sleep, now=clock.now))
        return made[-1]

    yield make
    for running in made:
        running.__exit__()


@pytest.fixture
def robots(site):
    """Return a function that sets the site's robots.txt."""

    def robots(text=OPEN, **fields):
        site.serve(page(text, content_type="text/plain", **fields), path="/robots.txt")

    robots()
    return robots


def failure(crawler, url):
    with pytest.raises(FetchError) as caught:
        crawler.get(url)
    return str(caught.value)


def asked(site):
    """Return the paths asked for, robots.txt left out."""
    return [path for path in site.paths() if path != "/robots.txt"]


# The cache


@pytest.mark.usefixtures("robots")
def test_a_page_is_asked_for_once_a_day(crawler, site, clock):
    url = site.serve(page(b"first"), page(b"second"))
    first = crawler().get(url)
    clock.time += DAY - timedelta(seconds=1)
    assert crawler().get(url) == first
    assert asked(site) == ["/abstract/x/"]
    clock.time += timedelta(seconds=1)
    assert crawler().get(url).body == b"second"


@pytest.mark.usefixtures("robots")
def test_after_a_day_the_site_is_asked_whether_the_page_changed(crawler, site, clock):
    kept = page(b"kept", ETag='"1"', Last_Modified="Mon, 23 Nov 2026 10:00:00 GMT")
    url = site.serve(kept, page(b"", status=304), page(b"never"))
    crawler().get(url)
    clock.time += DAY
    again = crawler().get(url)
    assert (again.body, again.time) == (b"kept", clock.time)
    conditions = site.requests[-1][1]
    assert conditions["If-None-Match"] == '"1"'
    assert conditions["If-Modified-Since"] == "Mon, 23 Nov 2026 10:00:00 GMT"
    clock.time += DAY / 2
    assert crawler().get(url).body == b"kept"
    assert len(asked(site)) == 2


@pytest.mark.usefixtures("robots")
def test_refresh_fetches_a_page_again_and_only_once_in_a_run(crawler, site, clock):
    url = site.serve(page(b"old", ETag='"1"'), page(b"new", ETag='"1"'), page(b"newer"))
    crawler().get(url)
    clock.time += timedelta(hours=1)
    fresh = crawler(refresh=True)
    assert fresh.get(url).body == fresh.get(url).body == b"new"
    assert "If-None-Match" not in site.requests[-1][1]


@pytest.mark.usefixtures("robots")
def test_offline_takes_pages_of_any_age_and_asks_nobody(crawler, site, clock):
    url = site.serve(page(b"old"))
    crawler().get(url)
    clock.time += 400 * DAY
    seen = len(site.requests)
    assert crawler(offline=True).get(url).body == b"old"
    missing = failure(crawler(offline=True), f"{url}?other")
    assert missing.endswith(": not in the cache; turn off offline mode to fetch it")
    assert len(site.requests) == seen


@pytest.mark.usefixtures("robots")
def test_a_page_that_must_not_be_stored_is_not(crawler, site):
    url = site.serve(page(b"secret", Cache_Control="private, no-store"))
    crawler().get(url)
    crawler().get(url)
    assert len(asked(site)) == 2


@pytest.mark.usefixtures("robots")
def test_a_page_that_cannot_be_parsed_is_dropped(crawler, site):
    url = site.serve(page(b"log in"), page(b"abstract"))

    def parse(found):
        if found.body == b"log in":
            raise NotAnAbstract(url, "it shows no abstract")
        return found.body

    with pytest.raises(NotAnAbstract):
        fetch_and_parse(url, crawler(), parse)
    assert fetch_and_parse(url, crawler(), parse) == b"abstract"


@pytest.mark.usefixtures("robots")
def test_cached_pages_are_known_and_so_is_their_age(crawler, site, clock):
    url = site.serve(page())
    running = crawler()
    assert not running.is_cached(url)
    running.get(url)
    assert running.is_cached(url)
    assert not running.is_cached_before(url, clock.time)
    assert running.is_cached_before(url, clock.time + timedelta(seconds=1))
    clock.time += DAY
    assert not running.is_cached(url)


# robots.txt


@pytest.mark.parametrize(
    ("rules", "is_allowed"),
    [
        (b"User-agent: *\nDisallow: /abstract/", False),
        (b"User-agent: *\nDisallow: /abstract/\nAllow: /abstract/x", True),
        (b"User-agent: *\nDisallow: /\n\nUser-agent: abstool\nDisallow: /admin/", True),
        (b"User-agent: ABSTool\nDisallow: /*/x/$", False),
        (b"\xef\xbb\xbfUser-agent: *\nDisallow: /", False),
        (b"User-agent: *\nDisallow:", True),
        (b"<html><p>Disallow: /</p></html>", True),
        (b"", True),
        (b"# " + b"x" * 600_000 + b"\nUser-agent: *\nDisallow: /", True),
    ],
)
def test_robots_txt_is_honoured(crawler, site, robots, rules, is_allowed):
    robots(rules)
    url = site.serve(page(b"page"))
    for many in (True, False):
        if is_allowed:
            assert crawler(many=many).get(url).body == b"page"
        else:
            assert "robots.txt disallows this page" in failure(crawler(many=many), url)
            assert asked(site) == []


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_a_site_without_robots_txt_allows_all(crawler, site, robots, status):
    robots(status=status)
    assert crawler().get(site.serve(page(b"page"))).body == b"page"


@pytest.mark.parametrize("status", [429, 500, 503])
def test_while_robots_txt_cannot_be_read_nothing_is_fetched(crawler, site, robots, status):
    robots(status=status)
    message = failure(crawler(), site.serve(page()))
    assert message.startswith(f"{site.root}/abstract/x/: robots.txt cannot be read: ")
    assert f"({status})" in message
    assert asked(site) == []


def test_a_site_that_cannot_be_reached_is_reported_as_such(crawler, site):
    site.serve(Answer(b"", "close"), path="/robots.txt")
    message = failure(crawler(), site.serve(page()))
    assert message == (
        f"{site.root}/abstract/x/: the connection was lost, tried 4 times; try again later"
    )


def test_robots_txt_is_read_once_a_day(crawler, site, robots, clock):
    urls = [site.serve(page(), path=f"/{number}") for number in range(4)]
    first = crawler()
    first.get(urls[0])
    first.get(urls[1])
    crawler().get(urls[2])
    assert site.paths().count("/robots.txt") == 1
    robots(b"User-agent: *\nDisallow: /")
    clock.time += DAY
    assert "robots.txt disallows this page" in failure(first, urls[3])
    assert site.paths().count("/robots.txt") == 2


def test_an_older_robots_txt_holds_while_the_new_one_cannot_be_read(crawler, site, robots, clock):
    robots(b"User-agent: *\nDisallow: /secret/")
    url = site.serve(page(b"page"))
    crawler().get(url)
    robots(status=500)
    clock.time += 2 * DAY
    assert crawler().get(url).body == b"page"
    assert "robots.txt disallows this page" in failure(crawler(), f"{site.root}/secret/")


def test_the_robots_txt_of_a_redirect_counts_too(crawler, site, robots):
    robots(b"User-agent: *\nDisallow: /secret/")
    url = site.serve(redirect("/secret/"))
    assert "robots.txt disallows this page" in failure(crawler(), url)
    assert asked(site) == ["/abstract/x/"]


# The pace


def test_requests_keep_the_longer_of_delay_and_crawl_delay(crawler, site, robots, clock):
    robots(b"User-agent: *\nCrawl-delay: 3")
    running = crawler(delay="2")
    running.get(site.serve(page()))
    running.get(site.serve(page(), path="/y"))
    assert len(clock.pauses) == 2
    assert all(3 <= pause <= 3 * (1 + JITTER) for pause in clock.pauses)


@pytest.mark.parametrize("line", ["Crawl-delay: 3.", " crawl-delay : 3 # s", "Crawl-delay:3"])
def test_a_crawl_delay_is_read_however_it_is_written(line):
    assert rules_of_sites.read(f"User-agent: *\n{line}\nUser-agent: b".encode()).delay == 3


@pytest.mark.usefixtures("robots")
def test_one_page_a_person_waits_for_comes_without_pauses(crawler, site, clock):
    site.serve(page(b"page"), path="/y")
    crawler(delay="1", many=False).get(site.serve(redirect("/y")))
    assert len(site.requests) == 3
    assert clock.pauses == []


def test_a_delay_below_a_second_is_only_for_this_machine(crawler, monkeypatch):
    monkeypatch.setattr("abstool.web.crawler.is_local", lambda _: False)
    with pytest.raises(UsageError, match=r"delay: 0\.5 s is too short for a site that is not on"):
        crawler(delay="0.5").get("https://acrabstracts.org/abstract/x/")


@pytest.mark.usefixtures("robots")
def test_the_time_a_page_takes_is_known_by_experience(crawler, site, clock):
    url = site.serve(page())
    running = crawler(delay="1")
    assert running.seconds_per_page(url) == 1 * (1 + JITTER / 2) + 0.5
    running.get(url)
    running.get(site.serve(page(), path="/y"))
    assert 1 <= running.seconds_per_page(url) <= 1.25


# Other hosts


@pytest.mark.usefixtures("robots")
def test_a_redirect_to_another_host_is_followed_for_a_single_page_only(crawler, site):
    elsewhere = site.root.replace("127.0.0.1", "localhost")
    site.serve(page(b"moved"), path="/y")
    url = site.serve(redirect(f"{elsewhere}/y"))
    message = failure(crawler(), url)
    assert message.startswith(f"{url}: redirects to another host ({elsewhere}/y); ")
    assert crawler(many=False).get(url).body == b"moved"


# Who we are, and when to stop


@pytest.mark.usefixtures("robots")
def test_the_agent_names_the_users_contact(crawler, site):
    crawler(contact="me@example.org").get(site.serve(page()))
    for _, headers in site.requests:
        assert "; contact: me@example.org)" in headers["User-Agent"]


@pytest.mark.parametrize("fault", [page(status=500), page(status=403), Answer(b"", "close")])
@pytest.mark.usefixtures("robots")
def test_a_site_that_refuses_five_pages_in_a_row_is_left_alone(crawler, site, fault):
    running = crawler()
    for number in range(4):
        failure(running, site.serve(fault, path=f"/{number}"))
    with pytest.raises(HaltError, match=r"as for the previous 4 pages: the site keeps refusing"):
        running.get(site.serve(fault, path="/4"))


@pytest.mark.usefixtures("robots")
def test_a_good_page_or_a_missing_one_shows_that_the_site_is_well(crawler, site):
    running = crawler()
    for number in range(12):
        answer = page(status=500) if number % 4 else page(status=200 if number % 8 else 404)
        url = site.serve(answer, path=f"/{number}")
        with suppress(StatusError):  # no HaltError
            running.get(url)


@pytest.mark.usefixtures("robots")
def test_the_pauses_between_tries_grow_and_a_long_one_ends_the_run(crawler, site, clock):
    failure(crawler(delay="1"), site.serve(page(status=503)))
    assert [round(pause) for pause in clock.pauses[1:]] == [1, 2, 4]
    with pytest.raises(HaltError, match="the site asks us to wait"):
        crawler().get(site.serve(page(status=429, Retry_After="901"), path="/y"))


# Records


@pytest.mark.usefixtures("robots")
def test_fetch_gives_the_record_with_the_final_url_and_the_day(crawler, site, monkeypatch):
    def parse(data, url, *, charset, subject, title):
        return SimpleNamespace(data=data, url=url, charset=charset, subject=subject)

    monkeypatch.setattr(abstool.fetching, "parse", parse)
    final = site.serve(page(b"<p>", content_type="text/html; charset=utf-8"))
    given_url = site.serve(redirect(final), path="/?p=1")
    record = fetch(given_url, crawler())
    assert vars(record) == {
        "data": b"<p>",
        "url": final,
        "charset": "utf-8",
        "subject": given_url,
        "accessed": "2026-11-23",
    }


@pytest.mark.usefixtures("robots")
def test_the_library_has_the_same_manners(site):
    url = site.serve(page(b"log in"))
    for _ in range(2):
        with pytest.raises(NotAnAbstract):
            abstool.fetch(url)
    assert site.paths() == ["/robots.txt", "/abstract/x/", "/abstract/x/"]


# What robots.txt and the cache may lead to


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_robots_txt_that_fails_is_not_asked_for_again_in_the_run(crawler, site, robots, status):
    robots(status=status)
    running = crawler()
    for _ in range(3):
        message = failure(running, site.serve(page()))
        assert "robots.txt cannot be read: " in message
    assert site.paths() == ["/robots.txt"] * 4
    failure(running, site.serve(page()))
    with pytest.raises(HaltError, match="the site keeps refusing requests"):
        running.get(site.serve(page()))


@pytest.mark.parametrize(
    ("many", "target"),
    [
        (True, "another host (http://elsewhere.example/meta)"),
        (True, "a private address (http://169.254.169.254/meta)"),
        (False, "a private address (http://169.254.169.254/meta)"),
    ],
)
def test_robots_txt_leads_to_no_other_host(crawler, site, monkeypatch, many, target):
    monkeypatch.setenv("HTTP_PROXY", site.root)
    url = "http://acrabstracts.org/abstract/x/"
    site.serve(
        redirect(target.partition("(")[2].rstrip(")")), path="http://acrabstracts.org/robots.txt"
    )
    site.serve(page(), path=url)
    message = failure(crawler(many=many), url)
    assert message.startswith(f"{url}: robots.txt redirects to {target}")
    assert site.paths() == ["http://acrabstracts.org/robots.txt"]


@pytest.mark.parametrize("asked", ["3601", "86400", "999999999999", "1e10", "9" * 400, "9" * 5000])
def test_a_crawl_delay_of_more_than_an_hour_ends_the_run(crawler, site, robots, clock, asked):
    robots(f"User-agent: *\nCrawl-delay: {asked}".encode())
    running = crawler()
    for _ in range(2):
        with pytest.raises(HaltError, match=r"robots\.txt asks for .* hours between requests"):
            running.get(site.serve(page()))
    assert set(site.paths()) == {"/robots.txt"}
    assert clock.pauses == []


@pytest.mark.parametrize("asked", ["soon", "inf", "-5", "", "1 hour", "1_000", "\u0663", "3.3.3"])
def test_a_crawl_delay_that_is_no_number_is_none(crawler, site, robots, clock, asked):
    robots(f"User-agent: *\nCrawl-delay: {asked}".encode())
    crawler().get(site.serve(page()))
    assert clock.pauses == []


@pytest.mark.usefixtures("robots")
def test_a_cached_redirect_to_another_host_is_refused_as_when_fetched(crawler, site):
    elsewhere = site.root.replace("127.0.0.1", "localhost")
    site.serve(page(b"moved"), path="/y")
    url = site.serve(redirect(f"{elsewhere}/y"))
    assert crawler(many=False).get(url).body == b"moved"
    for options in ({}, {"offline": True}):
        message = failure(crawler(**options), url)
        assert message.startswith(f"{url}: redirects to another host ({elsewhere}/y); ")
    assert crawler(many=False).get(url).body == b"moved"


@pytest.mark.parametrize("fault", [page(status=429), page(status=503), Answer(b"", "close")])
@pytest.mark.usefixtures("robots")
def test_a_listing_that_fails_is_asked_for_as_often_as_a_page(crawler, site, fault):
    url = site.serve(fault, path="/meetings/m/")
    with pytest.raises(FetchError):
        list(walk(crawler(), url, print))
    assert asked(site) == ["/meetings/m/"] * 4


def test_a_listing_without_robots_txt_is_not_asked_for(crawler, site, robots):
    robots(status=503)
    with pytest.raises(FetchError, match=r"robots\.txt cannot be read"):
        list(walk(crawler(), site.serve(page()), print))
    assert site.paths() == ["/robots.txt"] * 4


def test_no_more_than_512_kb_of_a_robots_txt_are_read():
    rule, url = b"User-agent: *\nDisallow: /\n", "https://acrabstracts.org/abstract/x/"
    comment = b"#" * (512 * 1024 - len(rule) - 1) + b"\n"
    assert not rules_of_sites.read(comment + rule).allow(url)
    assert rules_of_sites.read(comment + b"#" * len(rule) + b"\n" + rule).allow(url)


def test_a_link_with_www_does_not_lead_from_a_public_to_a_private_address(
    crawler, site, monkeypatch
):
    real, asked = socket.getaddrinfo, []

    def getaddrinfo(host, *args, **kwargs):
        asked.append(host)
        return real("127.0.0.1" if host.endswith("tea.example") else host, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    monkeypatch.setattr(
        "abstool.web.connection.is_private_address", lambda _: asked[-1] != "tea.example"
    )
    listing = site.serve(page()).replace("127.0.0.1", "tea.example")
    running = crawler()
    running.get(listing)
    seen = len(site.requests)
    link = listing.replace("tea.example", "www.tea.example")
    assert "the connection leads to a private address" in failure(running, link)
    assert len(site.requests) == seen
    assert crawler().get(link).body == running.get(listing).body  # which the user chose


@pytest.mark.parametrize(
    ("agents", "is_allowed"),
    [
        ("*", False),
        ("abstool", False),
        ("Abs*", False),
        ("tea\nuser agent: AbsTool # and others", False),
        ("tea", True),
        ("abstools", True),
        ("tea\nUserAgent: cup", True),
    ],
)
def test_the_rules_of_other_agents_do_not_count(agents, is_allowed):
    rules = f"User-agent: {agents}\nDisallow: /\n\nUser-agent: pot\nDisallow: /tea\n"
    assert rules_of_sites.read(rules.encode()).allow("https://x.org/abstract/") is is_allowed


def test_rules_for_thousands_of_agents_take_little_memory():
    names = "".join(f"useragent:a{number}\n" for number in range(4000))
    tracemalloc.start()
    try:
        rules_of_sites.read((names + "allow:a\n" * 4000).encode())
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 50_000_000
