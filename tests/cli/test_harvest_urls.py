"""A harvest has each page once, however its URL is written, also if an older version began it."""

import json
import shutil
import ssl
from pathlib import Path

import pytest
import trustme

from meeting_site import Meeting
from tunnel import Tunnel

# Written by the version that took each spelling of a URL for a page of its own, and interrupted:
# pages 3 and 1 under several spellings (one of 1 failed), 7 failed, 5 and 2 done, 9, 4 and 8 to do.
OLD = Path(__file__).parent / "old_harvest"
ORDER = [3, 1, 7, 5, 2, 9, 4, 8]
HARVEST = ("harvest", "--yes", "list.txt", "--output", "meeting.jsonl")


@pytest.fixture
def meeting(folder, tmp_path_factory, monkeypatch):
    """Return a meeting at https://acrabstracts.org, which this machine plays."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("acrabstracts.org", "www.acrabstracts.org").configure_cert(context)
    certificate = tmp_path_factory.mktemp("certificates") / "ca.pem"
    authority.cert_pem.write_to_path(certificate)
    with Meeting(tls=context, abstracts=12) as running, Tunnel(running.port) as tunnel:
        monkeypatch.setenv("HTTPS_PROXY", tunnel.address)
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))
        yield running


def abstracts(meeting):
    """Return the numbers of the abstracts that were requested."""
    return [int(path.strip("/").rpartition("-")[2]) for path in meeting.paths()[1:]]


def lines(path):
    return [json.loads(line) for line in Path(path).read_text("utf-8").splitlines()]


def manifest():
    return json.loads(Path("meeting.manifest.json").read_text("utf-8"))


@pytest.fixture
def old_harvest(folder):
    for path in OLD.iterdir():
        shutil.copy(path, folder)
    text = Path("meeting.manifest.json").read_text("utf-8")
    Path("meeting.manifest.json").write_text(
        text.replace("LIST", str(folder / "list.txt")), "utf-8"
    )


def respelled(urls):
    return urls.replace("https://acrabstracts.org/", "acrabstracts.org/").replace("/\n", "\n")


@pytest.mark.usefixtures("old_harvest")
@pytest.mark.parametrize("spelled", [str, respelled])
def test_a_harvest_of_an_older_version_is_resumed_without_fetching_a_page_again(
    finish, meeting, spelled
):
    Path("list.txt").write_text(spelled(Path("list.txt").read_text("utf-8")), "utf-8")
    before = Path("meeting.journal.jsonl").read_bytes()
    outcome = finish(*HARVEST)
    assert outcome.code == 0, outcome.err
    assert abstracts(meeting) == [7, 9, 4, 8]
    assert [record["number"] for record in lines("meeting.jsonl")] == [f"{n:04}" for n in ORDER]
    assert Path("meeting.journal.jsonl").read_bytes().startswith(before)
    assert not Path("meeting.failures.jsonl").exists()
    counts = {"found": 8, "fetched": 8, "from_cache": 0, "parsed": 8, "duplicates": 0, "failed": 0}
    assert manifest()["counts"] == counts
    assert [run["outcome"] for run in manifest()["runs"]] == ["interrupted", "complete"]
    assert finish(*HARVEST).code == 0
    assert len(abstracts(meeting)) == 4


def test_spellings_of_a_url_are_one_page(finish, meeting):
    shutil.copy(OLD / "list.txt", "list.txt")
    outcome = finish(*HARVEST)
    assert outcome.code == 0, outcome.err
    assert outcome.lines[0].startswith("abstool: 8 abstracts; 8 pages to fetch, 0 in the cache;")
    assert abstracts(meeting) == ORDER
    assert [record["number"] for record in lines("meeting.jsonl")] == [f"{n:04}" for n in ORDER]
    urls = Path("list.txt").read_text("utf-8").splitlines()
    assert [entry["address"] for entry in lines("meeting.journal.jsonl")] == [
        url for url in urls if url.endswith("/")
    ]
