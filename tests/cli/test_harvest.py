"""``abstool harvest`` against a local server of a whole meeting, with faults."""

import json
import os
import random
import re
import resource
import signal
import ssl
import stat
import threading
import time
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest
import trustme

from abstool.record import Abstract
from meeting_site import LOGIN, Meeting, faults
from site_server import page, redirect
from tunnel import Tunnel

HARVEST = ("harvest", "--yes", "--output", "meeting.jsonl")
DELAY = 0.01


@pytest.fixture
def meeting(monkeypatch):
    monkeypatch.setenv("ABSTOOL_DELAY", str(DELAY))
    monkeypatch.setenv("ABSTOOL_TIMEOUT", "0.5")
    with Meeting() as running:
        yield running


def records(path="meeting.jsonl"):
    lines = Path(path).read_bytes().splitlines(keepends=True)
    assert all(line.endswith(b"\n") for line in lines)
    return [Abstract.from_dict(json.loads(line)) for line in lines]


def manifest():
    return json.loads(Path("meeting.manifest.json").read_text("utf-8"))


def failures():
    path = Path("meeting.failures.jsonl")
    return (
        [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []
    )


def assert_complete(meeting):
    """The file holds the whole meeting, each abstract once, in the order of the listing."""
    assert [record.number for record in records()] == [f"{n:04}" for n in meeting.order()]
    assert failures() == []
    facts = manifest()
    figures = {"found": meeting.abstracts, "parsed": meeting.abstracts, "failed": 0}
    assert facts["counts"] == figures | {
        "fetched": meeting.abstracts,
        "from_cache": 0,
        "duplicates": 0,
    }
    assert facts["started"] <= facts["finished"]


def assert_polite(meeting, *, again=0):
    """One request at a time, never too soon, nothing twice but what failed or was cut off."""
    assert meeting.overlaps() == []
    assert meeting.shortest_gap() >= DELAY
    paths = meeting.paths()
    assert len(paths) - len(set(paths)) <= again


def test_a_meeting_becomes_a_file_and_its_manifest_says_how(finish, meeting):
    outcome = finish(*HARVEST, meeting.listing, env={"ABSTOOL_CONTACT": "me@example.org"})
    assert (outcome.code, outcome.out) == (0, "")
    assert_complete(meeting)
    assert_polite(meeting)
    assert "60 abstracts; 60 pages to fetch, 0 in the cache; about " in outcome.lines[0]
    assert outcome.lines[-1] == "abstool: meeting.jsonl: 60 records, 0 missing"
    facts = manifest()
    assert (facts["tool"], facts["source"]) == ("abstool", meeting.listing)
    assert facts["settings"]["delay"] == DELAY
    assert "contact: me@example.org" in facts["settings"]["user_agent"]
    (run,) = facts["runs"]
    assert run["command"] == f"abstool {' '.join(HARVEST)} {meeting.listing}"
    assert run["outcome"] == "complete"
    assert sorted(path.name for path in Path().glob("meeting*")) == [
        "meeting.journal.jsonl",
        "meeting.jsonl",
        "meeting.manifest.json",
    ]


def test_a_complete_harvest_has_nothing_left_to_do(run, meeting):
    run(*HARVEST, meeting.listing)
    seen = len(meeting.requests)
    outcome = run(*HARVEST, meeting.listing)
    assert outcome.code == 0
    assert len(meeting.requests) == seen
    assert_complete(meeting)
    assert len(manifest()["runs"]) == 2


def test_every_fault_is_overcome_and_the_log_stays_polite(run, meeting):
    each = faults(meeting.root)
    paths = [f"/abstract/{meeting.slug(number)}/" for number in (5, *range(8, 60, 4))]
    listing_faults = ("500", "login", "cut off", "wrong type")
    meeting.faults = dict(zip(paths, ([answer] for answer in each.values()), strict=False))
    meeting.faults["/meetings/big-meeting-2026/page/2/"] = [each[kind] for kind in ("500", "login")]
    meeting.faults["/meetings/big-meeting-2026/page/3/"] = [each["wrong type"], each["cut off"]]
    outcome = run(*HARVEST, meeting.listing)
    assert (outcome.code, len(outcome.lines)) == (0, 2), outcome.err
    assert_complete(meeting)
    assert_polite(meeting, again=len(each) + len(listing_faults))


def test_pages_that_stay_bad_are_failures_with_their_reasons_until_they_are_good(run, meeting):
    each = faults(meeting.root)
    kinds = ("truncated", "wrong type", "other host", "login", "cut off", "damaged gzip", "gone")
    each["gone"] = page(b"", status=410)
    urls = [meeting.url(number) for number in meeting.order()][: 4 * len(kinds) : 4]
    bad = dict(zip(urls, kinds, strict=True))
    answers = {url.removeprefix(meeting.root): each[kind] for url, kind in bad.items()}
    meeting.fault = answers.get
    outcome = run(*HARVEST, meeting.listing)
    assert outcome.code == 1
    problems = [
        "the response ended early, tried 4 times",
        "not a web page (application/pdf)",
        "redirects to another host",
        "no abstract found (page title: Log in)",
        "the page is cut off",
        "the response is corrupt, tried 4 times",
        "the page was removed from the site (410)",
    ]
    kept = failures()
    assert [failure["url"] for failure in kept] == list(bad)
    for failure, problem in zip(kept, problems, strict=True):
        assert failure["reason"].startswith(f"{failure['url']}: {problem}")
        assert f"abstool: {failure['reason']}" in outcome.lines
    assert manifest()["counts"]["failed"] == len(kinds)
    assert "finished" not in manifest()
    assert len(records()) == 60 - len(kinds)
    assert "7 missing; run the same command again to fetch the rest" in outcome.lines[-1]
    meeting.fault = None
    seen = len(meeting.requests)
    assert run(*HARVEST, meeting.listing).code == 0
    assert [meeting.root + path for path in meeting.paths()[seen:]] == list(bad)
    assert_complete(meeting)


def test_a_harvest_killed_again_and_again_is_complete_in_the_end(start, meeting):
    dice = random.Random(4)
    kills = 0
    for number in range(10):
        process = start(*HARVEST, meeting.listing)
        goal = len(meeting.requests) + dice.randrange(1, 8)
        while len(meeting.requests) < goal and process.poll() is None:
            time.sleep(0.001)
        time.sleep(dice.random() * DELAY)
        process.send_signal(signal.SIGKILL if number % 5 else signal.SIGINT)
        process.communicate(timeout=120)
        kills += process.returncode != 0
        if Path("meeting.jsonl").exists():
            # Linux may end a write at a page of memory if the process is killed meanwhile. Such a
            # part of a line is discarded by the next run.
            whole, _, _ = Path("meeting.jsonl").read_bytes().rpartition(b"\n")
            numbers = [json.loads(line)["number"] for line in whole.splitlines()]
            assert len(set(numbers)) == len(numbers)
    assert kills == 10
    process = start(*HARVEST, meeting.listing)
    _, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    assert_complete(meeting)
    assert_polite(meeting, again=kills)
    runs = manifest()["runs"]
    assert {run.get("outcome") for run in runs} == {None, "interrupted", "complete"}


def test_an_interrupt_leaves_a_file_in_order_and_says_how_to_resume(start, meeting):
    process = start(*HARVEST, meeting.listing)
    while len(meeting.requests) < 20:
        time.sleep(0.001)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=120)
    assert process.returncode == 130
    *_, summary, last = err.decode().splitlines()
    assert "run the same command again to fetch the rest" in summary
    assert last == "abstool: interrupted"
    numbers = [record.number for record in records()]
    assert numbers == [f"{n:04}" for n in meeting.order()][: len(numbers)]
    assert manifest()["counts"]["parsed"] == len(numbers) > 10


def test_a_torn_last_line_is_repaired(run, meeting):
    run(*HARVEST, "--limit", "5", meeting.listing)
    path = Path("meeting.jsonl")
    path.write_bytes(path.read_bytes()[:-100])
    assert run(*HARVEST, meeting.listing).code == 0
    assert_complete(meeting)
    assert_polite(meeting)


def test_a_site_that_keeps_refusing_stops_the_run_with_a_clear_message(run, meeting):
    counter = count()
    meeting.fault = lambda path: (
        page(status=503) if path.startswith("/abstract/") and next(counter) >= 10 else None
    )
    outcome = run(*HARVEST, meeting.listing)
    assert outcome.code == 3
    assert len(meeting.requests) == 1 + 4 + 10 + 5 * 4
    (stop,) = (line for line in outcome.lines if "keeps refusing" in line)
    assert "the site is unavailable (503), tried 4 times, as for the previous 4 pages" in stop
    assert manifest()["runs"][-1]["outcome"].startswith("stopped: ")
    assert manifest()["counts"]["parsed"] == len(records()) == 10
    meeting.fault = None
    assert run(*HARVEST, meeting.listing).code == 0
    assert_complete(meeting)


def test_a_long_pause_that_a_site_asks_for_stops_this_run_and_the_next(run, meeting):
    path = f"/abstract/{meeting.slug(meeting.order()[3])}/"
    meeting.faults = {path: [page(status=429, Retry_After="7200")]}
    outcome = run(*HARVEST, meeting.listing)
    assert outcome.code == 3
    assert "the site asks us to wait (too many requests (429)); " in outcome.err
    seen = len(meeting.requests)
    again = run(*HARVEST, meeting.listing)
    assert again.code == 3
    assert "try again after" in again.err
    assert len(meeting.requests) == seen


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (page(status=404), "page not found (404)"),
        (page(LOGIN), "no abstracts found (page title: Log in)"),
        (page(status=500), "server error (500), tried 4 times"),
    ],
)
def test_a_listing_that_cannot_be_read_to_its_end_is_harvested_but_not_complete(
    run, meeting, answer, problem
):
    listing_page = "/meetings/big-meeting-2026/page/3/"
    meeting.fault = lambda path: answer if path == listing_page else None
    for _ in range(2):
        outcome = run(*HARVEST, meeting.listing)
        line = f"{meeting.root}{listing_page}: {problem}; the list is incomplete; check the site"
        assert (outcome.code, outcome.err.count(line)) == (1, 1), outcome.err
        assert len(records()) == 30
        assert manifest()["runs"][-1]["outcome"].startswith("incomplete: http")
    meeting.fault = None
    assert run(*HARVEST, meeting.listing).code == 0
    assert_complete(meeting)


def test_a_listing_whose_first_page_cannot_be_read_is_not_harvested(run, meeting):
    meeting.fault = lambda path: page(status=404) if path.startswith("/meetings/") else None
    outcome = run(*HARVEST, meeting.listing)
    assert (outcome.code, len(outcome.lines)) == (3, 1)
    assert list(Path().glob("meeting*")) == []


def test_a_listing_that_goes_on_elsewhere_is_harvested_but_not_complete(run, meeting):
    body = meeting.listing_page(1).replace(b'href="/meetings', b'href="http://cdn.example/meetings')
    meeting.serve(page(body), path="/meetings/big-meeting-2026/")
    for _ in range(2):
        outcome = run(*HARVEST, meeting.listing)
        assert outcome.code == 1
        assert "the next page is on another host (http://cdn.example/" in outcome.err
        assert len(records()) == 15
        assert manifest()["runs"][-1]["outcome"].startswith("incomplete: http")
        assert "finished" not in manifest()


def test_two_harvests_into_one_file_are_refused(start, finish, meeting, monkeypatch):
    monkeypatch.setenv("ABSTOOL_TIMEOUT", "120")  # the first one must not give up before
    second_has_ended = threading.Event()
    meeting.fault = lambda *_: second_has_ended.wait(120) and None  # the first one waits for it
    first = start(*HARVEST, meeting.listing)
    while not meeting.requests:
        time.sleep(0.001)
    outcome = finish(*HARVEST, meeting.listing)
    second_has_ended.set()
    assert (outcome.code, len(outcome.lines)) == (2, 1), outcome.err
    assert (
        "meeting.jsonl: another harvest is writing to this file; wait for it to finish"
        in outcome.err
    )
    assert first.wait(timeout=120) == 0
    assert_complete(meeting)


def test_two_harvests_of_one_site_are_together_as_polite_as_one(start, meeting):
    numbers = meeting.order()
    for name, some in (("a", numbers[:20]), ("b", numbers[20:40])):
        Path(f"{name}.txt").write_text("".join(f"{meeting.url(n)}\n" for n in some), "utf-8")
    both = [start("harvest", "-y", f"{name}.txt", "-o", f"{name}.jsonl") for name in "ab"]
    for process in both:
        _, err = process.communicate(timeout=120)
        assert process.returncode == 0, err
    assert [record.number for record in records("a.jsonl") + records("b.jsonl")] == [
        f"{n:04}" for n in numbers[:40]
    ]
    assert_polite(meeting, again=1)  # robots.txt


def test_a_full_disk_is_reported_and_the_next_run_resumes(start, finish, meeting):
    def limited():
        resource.setrlimit(resource.RLIMIT_FSIZE, (9000, 9000))

    process = start(*HARVEST, meeting.listing, preexec_fn=limited)
    _, err = process.communicate(timeout=120)
    assert process.returncode == 74, err
    assert b"meeting.jsonl: writing failed (File too large); free some disk space" in err
    assert b"Traceback" not in err
    assert 0 < len(records()) < 10
    assert finish(*HARVEST, meeting.listing).code == 0
    assert [record.number for record in records()] == [f"{n:04}" for n in meeting.order()]


def test_urls_come_from_a_file_of_lines_or_records(run, meeting):
    urls = meeting.urls()
    lines = ["# chosen", "", urls[3], json.dumps({"url": urls[1]}), f"  {urls[2]}  ", urls[3]]
    Path("list.txt").write_text("\n".join(lines), "utf-8")
    outcome = run(*HARVEST, "list.txt")
    assert outcome.code == 0
    assert [record.number for record in records()] == [
        f"{meeting.order()[n]:04}" for n in (3, 1, 2)
    ]
    assert manifest()["source"] == str(Path("list.txt").absolute())


def test_one_abstract_under_two_urls_is_one_record(run, meeting):
    meeting.serve(page(meeting.abstract(7)), path="/?p=7")
    Path("list.txt").write_text(
        f"{meeting.root}/?p=7\n{meeting.url(7)}\n{meeting.url(8)}\n", "utf-8"
    )
    for _ in range(2):
        outcome = run(*HARVEST, "list.txt")
        assert outcome.code == 0
        assert outcome.lines[-1].endswith(": 2 records, 1 duplicate, 0 missing")
        assert [record.number for record in records()] == ["0007", "0008"]
    counts = manifest()["counts"]
    assert (counts["found"], counts["parsed"], counts["duplicates"]) == (3, 2, 1)
    assert_polite(meeting)


@pytest.mark.parametrize("target", ["listed", "unlisted"])
def test_an_address_that_leads_to_the_page_of_another_is_missing(run, meeting, target):
    first, second, third = meeting.order()[:3]
    goal = f"/abstract/{meeting.slug(first if target == 'listed' else meeting.order()[3])}/"
    for number in (second, *([third] if target == "unlisted" else [])):
        meeting.serve(redirect(goal), path=f"/abstract/{meeting.slug(number)}/")
    Path("list.txt").write_text(
        "".join(f"{meeting.url(n)}\n" for n in (first, second, third)), "utf-8"
    )
    lost = third if target == "unlisted" else second
    for _ in range(2):
        outcome = run(*HARVEST, "list.txt")
        assert outcome.code == 1
        line = f"{meeting.url(lost)}: redirects to another page of the list ({meeting.root}{goal})"
        assert outcome.err.count(line) == 1
        assert "2 records, 1 missing" in outcome.lines[-1]
        assert [failure["url"] for failure in failures()] == [meeting.url(lost)]
        assert manifest()["runs"][-1]["outcome"] == "incomplete: 1 page missing"


@pytest.mark.parametrize("link", ["/?p=7", "/abstract/counting-knees-7/?from=list"])
def test_a_link_that_only_says_more_may_redirect_to_a_page_of_the_list(run, meeting, link):
    meeting.serve(redirect(f"/abstract/{meeting.slug(7)}/"), path=link)
    Path("list.txt").write_text(f"{meeting.url(7)}\n{meeting.root}{link}\n", "utf-8")
    assert run(*HARVEST, "list.txt").code == 0
    assert manifest()["counts"]["duplicates"] == 1


def test_pages_that_give_one_url_are_kept_under_the_urls_they_were_fetched_from(run, meeting):
    numbers = meeting.order()[:3]
    given = "https://acrabstracts.org/abstract/same/"
    for number in numbers:
        body = meeting.abstract(number).replace(
            b"<title>", f'<link rel="canonical" href="{given}"><title>'.encode()
        )
        meeting.serve(page(body), path=f"/abstract/{meeting.slug(number)}/")
    Path("list.txt").write_text("".join(f"{meeting.url(n)}\n" for n in numbers), "utf-8")
    for _ in range(2):
        outcome = run(*HARVEST, "list.txt")
        assert outcome.code == 1
        assert f"{given}: 3 pages give this URL but are different abstracts; each" in outcome.err
        assert [record.number for record in records()] == [f"{n:04}" for n in numbers]
        assert [record.url for record in records()] == [meeting.url(n) for n in numbers]
        assert all(f"The page gives the URL {given}" in r.warnings[-1] for r in records())
    assert_polite(meeting)


@pytest.mark.parametrize(("words", "kept"), [("Milk Sugar", 2), ("Milk Milk", 1)])
def test_pages_with_neither_number_nor_authors_are_one_if_they_say_the_same(
    run, meeting, words, kept
):
    given = "https://acrabstracts.org/abstract/tea/"
    places = [f"{meeting.root}/abstract/{letter}/" for letter in "ab"]
    whole = meeting.abstract(1).decode()
    bare = re.sub(r"<p>Abstract Number.*|<div class=(.|\n)*?</div>|<p>Example1 A.*", "", whole)
    for place, word in zip(places, words.split(), strict=True):
        body = bare.replace("<title>", f'<link rel="canonical" href="{given}"><title>')
        body = body.replace("More words.", word)
        meeting.serve(page(body.encode()), path=place.removeprefix(meeting.root))
    Path("list.txt").write_text("\n".join(places), "utf-8")
    outcome = run(*HARVEST, "list.txt")
    assert outcome.code == (kept > 1)
    assert [record.url for record in records()] == (places if kept > 1 else [given])
    assert all((r.number, r.authors) == ("", []) for r in records())
    warned = [any(f"gives the URL {given}" in one for one in r.warnings) for r in records()]
    assert warned == [kept > 1] * kept


def test_cached_pages_are_counted_apart_from_fetched_ones(run, meeting):
    run("fetch", *meeting.urls()[:4], "--quiet")
    time.sleep(1.1 - time.time() % 1)  # the manifest counts whole seconds
    outcome = run(*HARVEST, meeting.listing)
    assert "60 abstracts; 56 pages to fetch, 4 in the cache" in outcome.err
    counts = manifest()["counts"]
    assert (counts["fetched"], counts["from_cache"], counts["parsed"]) == (56, 4, 60)
    assert_polite(meeting)


def test_offline_takes_what_the_cache_has_and_names_what_is_missing(run, meeting):
    urls = meeting.urls()
    run("fetch", *urls[:2])
    Path("list.txt").write_text("\n".join(urls[:4]), "utf-8")
    seen = len(meeting.requests)
    outcome = run(*HARVEST, "--offline", "list.txt")
    assert outcome.code == 1
    first, second = (line for line in outcome.lines if "not in the cache" in line)
    said = "not in the cache; turn off offline mode to fetch it"
    assert first.startswith(f"abstool: {urls[2]}: {said} (see ")
    assert second == f"abstool: {urls[3]}: {said}"
    assert len(records()) == 2
    assert len(meeting.requests) == seen
    assert run("fetch", "--offline", urls[5]).code == 3


def test_without_a_terminal_it_starts_only_with_yes(run, meeting):
    outcome = run("harvest", meeting.listing, "-o", "meeting.jsonl")
    assert (outcome.code, meeting.requests) == (2, [])
    assert "harvest: cannot ask for confirmation without a terminal; use --yes" in outcome.err


@contextmanager
def terminal():
    person, process = os.openpty()
    yield person, process
    os.close(person)


def shown(person):
    text = b""
    try:
        while part := os.read(person, 65536):
            text += part
    except OSError:  # Linux reports the end of a terminal so
        pass
    return text.decode()


@pytest.mark.parametrize("answer", ["y", "n"])
def test_at_a_terminal_it_asks_and_shows_a_bar(start, meeting, answer):
    with terminal() as (person, process_end):
        process = start(
            "harvest",
            meeting.listing,
            "-o",
            "meeting.jsonl",
            env={"TERM": "xterm", "COLUMNS": "80"},
            stdin=process_end,
            stdout=process_end,
            stderr=process_end,
        )
        os.close(process_end)
        os.write(person, f"{answer}\n".encode())
        text = shown(person)
        process.wait(timeout=120)
    assert process.returncode == 0
    assert "Start? [y/N]: " in text
    if answer == "y":
        assert "60/60" in text
        assert "/min" in text
        assert "0 failed" in text
        assert_complete(meeting)
    else:
        assert "cancelled; nothing was fetched" in text
        assert list(Path().glob("meeting*")) == []
        assert len(meeting.requests) == 5


def test_quiet_says_nothing(run, meeting):
    outcome = run(*HARVEST, "--quiet", meeting.listing)
    assert (outcome.code, outcome.out, outcome.err) == (0, "", "")


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ([], "expected a LISTING, a FILE or --search"),
        (["x", "--search", "y"], "expected a LISTING, a FILE or --search"),
        (["no such thing"], "no such thing: neither a file nor a listing; use a meeting such as"),
        (["x", "-o", "no/such/folder.jsonl"], "no/such/folder.jsonl: folder not found"),
        (["x", "-o", "."], ".: not a regular file; choose another output file"),
        (["x", "--refresh", "--offline"], "--refresh: cannot be combined with --offline"),
        (["x", "--delay", "fast"], "--delay: 'fast' is not a valid number of seconds"),
        (
            ["page.txt", "-o", "other.txt"],
            "other.txt: already exists and is not a harvest; choose",
        ),
    ],
)
def test_a_request_that_makes_no_sense_is_reported_before_anything_is_asked(
    run, arguments, problem
):
    outcome = run(*HARVEST, *arguments)
    assert (outcome.code, len(outcome.lines)) == (2, 1), outcome.err
    assert problem in outcome.err


def test_a_file_of_other_things_is_not_a_list_of_urls(run):
    outcome = run(*HARVEST, "page.txt")
    assert outcome.code == 5
    assert "page.txt, line 1: no URL found; put one URL on each line" in outcome.err
    assert list(Path().glob("meeting*")) == []


def test_the_harvest_of_another_listing_is_not_resumed(run, meeting):
    Path("list.txt").write_text(meeting.url(1), "utf-8")
    run(*HARVEST, "list.txt")
    outcome = run(*HARVEST, meeting.listing)
    assert outcome.code == 2
    assert "already contains the harvest of" in outcome.err
    assert len(records()) == 1


def test_over_tls_for_the_real_host_by_its_slug(finish, meeting, tmp_path):
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("acrabstracts.org").configure_cert(context)
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    with Meeting(tls=context) as secure, Tunnel(secure.port) as tunnel:
        env = {"HTTPS_PROXY": tunnel.address, "REQUESTS_CA_BUNDLE": str(tmp_path / "ca.pem")}
        outcome = finish(*HARVEST, "big-meeting-2026", env=env)
        assert outcome.code == 0, outcome.err
        assert set(tunnel.hosts) == {"acrabstracts.org:443"}
        assert manifest()["source"] == "https://acrabstracts.org/meetings/big-meeting-2026/"
        assert_complete(secure)
        assert_polite(secure)


def test_the_time_it_takes_is_reckoned_with_the_sites_crawl_delay(run, meeting):
    meeting.robots = b"User-agent: *\nCrawl-delay: 40\nDisallow: /abstract/\n"
    Path("list.txt").write_text("\n".join(meeting.urls()[:30]), "utf-8")
    outcome = run(*HARVEST, "list.txt")
    assert outcome.code == 3
    assert "30 pages to fetch, 0 in the cache; about 23 min (one page every 45" in outcome.err
    assert outcome.err.count("robots.txt disallows this page") == 30
    assert meeting.paths() == ["/robots.txt"]
    assert manifest()["settings"]["delay"] == 40


def test_only_plain_files_are_written_and_nothing_of_others_is_taken_away(run, folder):
    os.mkfifo("pipe")
    for name in ("other.lock", "uv.failures.jsonl", "my.journal.jsonl"):
        Path(name).write_text("precious", "utf-8")
    Path("empty.jsonl").touch()
    Path("link.jsonl").symlink_to("empty.jsonl")
    Path("list.txt").write_text("no address", "utf-8")
    before = {path: path.lstat().st_mode for path in folder.iterdir()}
    texts = {path: path.read_text("utf-8") for path in folder.glob("*.*") if path.suffix != ".jpg"}
    cases = [("pipe", 2), (".", 2), ("empty.jsonl", 5), ("link.jsonl", 5)]
    cases += [("other.jsonl", 5), ("uv.jsonl", 2), ("my.jsonl", 2)]
    for name, code in cases:
        assert run("harvest", "-y", "list.txt", "-o", name).code == code
    assert {path: path.read_text("utf-8") for path in texts} == texts
    assert {path: path.lstat().st_mode for path in folder.iterdir()} == before


def test_an_output_that_is_a_link_stays_one(run, meeting, folder):
    (folder / "disk").mkdir()
    Path("meeting.jsonl").symlink_to("disk/real.jsonl")
    assert run(*HARVEST, meeting.listing, "--limit", "3").code == 0
    assert Path("meeting.jsonl").is_symlink()
    assert len(records()) == 3
    assert (folder / "disk" / "real.manifest.json").exists()


def test_two_outputs_that_differ_in_their_suffix_would_share_a_journal(run, meeting):
    assert run(*HARVEST, "--limit", "5", meeting.listing).code == 0
    other = ("harvest", "--yes", "-o", "meeting.ndjson", "--limit", "5", meeting.listing)
    outcome = run(*other)
    assert outcome.code == 2
    assert "meeting.jsonl is a harvest with the same companion files" in outcome.err
    assert not Path("meeting.ndjson").exists()
    text = Path("meeting.manifest.json").read_text("utf-8")
    Path("meeting.manifest.json").write_text(
        text.replace('"output": "meeting.jsonl",', ""), "utf-8"
    )
    assert run(*other).code == 2  # as an older version wrote it
    assert run(*HARVEST, "--limit", "5", meeting.listing).code == 0


@pytest.mark.parametrize("ending", ["failures.jsonl", "journal.jsonl", "manifest.json"])
@pytest.mark.parametrize("is_first", [True, False])
def test_an_output_with_the_name_of_a_companion_of_another_harvest_is_refused(
    run, meeting, ending, is_first
):
    whole, part = "meeting.jsonl", f"meeting.{ending}"
    one, other = (part, whole) if is_first else (whole, part)
    harvest = ("harvest", "--yes", "--limit", "2", meeting.listing, "-o")
    for _ in range(2):
        assert run(*harvest, one).code == 0
        before = {path: path.read_bytes() for path in Path().glob("meeting*")}
        outcome = run(*harvest, other)
        assert (outcome.code, len(outcome.lines)) == (2, 1), outcome.err
        assert "companion file of" in outcome.err
        assert {path: path.read_bytes() for path in Path().glob("meeting*")} == before


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"[]",
        b"\xff",
        b"[" * 100_000,
        *(
            json.dumps({"started": "2026-01-01T00:00:00+00:00", "source": "x", "runs": []} | wrong)
            for wrong in (
                {"started": "2026-01-01T00:00:00"},
                {"started": "2026-01-01"},
                *({"output": name} for name in ("../x", ".", "a/", "ä" * 130, "\ud800")),
            )
        ),
    ],
)
def test_a_damaged_manifest_does_not_end_a_harvest(run, meeting, damage):
    run(*HARVEST, "--limit", "5", meeting.listing)
    seen = len(meeting.requests)
    damage = damage if isinstance(damage, bytes) else damage.encode()
    Path("meeting.manifest.json").write_bytes(damage)
    outcome = run(*HARVEST, "--limit", "7", meeting.listing)
    assert outcome.code == 0, outcome.err
    assert "meeting.jsonl: the manifest is damaged; a new one replaces it" in outcome.err
    assert len(meeting.requests) == seen + 2
    assert len(records()) == manifest()["counts"]["parsed"] == 7
    assert Path("meeting.manifest.damaged.json").read_bytes() == damage


def test_the_mode_of_the_output_is_kept(run, meeting):
    run(*HARVEST, "--limit", "2", meeting.listing)
    Path("meeting.jsonl").chmod(0o600)
    path = f"/abstract/{meeting.slug(meeting.order()[2])}/"
    meeting.faults = {path: [page(b"no abstract", status=404)]}
    assert run(*HARVEST, "--limit", "4", meeting.listing).code == 0
    assert stat.S_IMODE(Path("meeting.jsonl").stat().st_mode) == 0o600


@pytest.mark.parametrize("ending", ["manifest.json", "journal.jsonl", "failures.jsonl"])
@pytest.mark.parametrize("make", [os.mkdir, getattr(os, "mkfifo", os.mkdir)])
def test_a_companion_that_is_no_regular_file_is_refused(run, folder, ending, make):
    make(folder / f"m.{ending}")
    outcome = run("harvest", "page.txt", "-o", "m.jsonl", "--yes")
    assert (outcome.code, len(outcome.lines)) == (2, 1)
    assert f"m.{ending}: not a regular file; choose another output file" in outcome.err
