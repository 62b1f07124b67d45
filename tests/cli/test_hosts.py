"""With a host, records of web archives that come from other hosts are skipped unread."""

import pytest

from abstool.inputs.options import ReadOptions
from abstool.inputs.sources import read_pages
from archive_files import Warc, page

OWN = "https://www.acrabstracts.org/abstract/{}/"
OTHERS = [
    "https://news.example.org/abstract/1/",
    "https://acrabstracts.org.example.org/abstract/1/",
    "https://example.org/?from=acrabstracts.org",
    "https://user@example.org/acrabstracts.org/",
]


def numbers(path, host="acrabstracts.org"):
    outcomes = list(read_pages([str(path)], options=ReadOptions(host=host)))
    return [outcome.value.number for outcome in outcomes if outcome.value], [
        str(outcome.error) for outcome in outcomes if outcome.error
    ]


@pytest.fixture
def crawl(tmp_path):
    warc = Warc()
    for number, other in enumerate(OTHERS, start=1):
        warc.add(page(f"9{number}"), url=other)
        warc.add(page(str(number)), url=OWN.format(number))
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(warc.bytes())
    return path


def test_only_the_pages_of_the_host_are_read(crawl):
    assert numbers(crawl) == (["1", "2", "3", "4"], [])


def test_without_a_host_a_page_is_known_by_what_it_shows(crawl):
    assert len(numbers(crawl, host="")[0]) == 8


def test_a_record_that_is_skipped_is_not_decoded(tmp_path):
    broken = Warc().add(b"\x1f\x8bno gzip", url=OTHERS[0], Content_Encoding="gzip")
    broken.add(page("1"), url=OWN.format(1))
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(broken.bytes())
    assert numbers(path) == (["1"], [])
    assert len(numbers(path, host="")[1]) == 0 or len(numbers(path, host="")[1]) == 1


@pytest.mark.parametrize(
    "changed",
    [
        (b"WARC-Target-URI: ", b"warc-target-uri:"),
        (b"WARC/1.0\r\n", b"WARC/1.0\r\nX-Folded: a\r\n b\r\n"),
        (b"WARC/1.0\r\n", b"WARC/1.0\r\nX-Long: " + b"x" * 5000 + b"\r\n"),
    ],
)
def test_headers_in_other_forms_make_no_difference(tmp_path, changed):
    warc = Warc(packed=False)
    warc.add(page("9"), url=OTHERS[0])
    warc.add(page("1"), url=OWN.format(1))
    path = tmp_path / "crawl.warc"
    path.write_bytes(warc.bytes().replace(*changed))
    assert numbers(path) == (["1"], [])


def test_a_file_that_ends_in_a_skipped_record_is_cut_off(tmp_path):
    path = tmp_path / "crawl.warc"
    path.write_bytes(
        Warc(packed=False)
        .add(page("1"), url=OWN.format(1))
        .add(page("9"), url=OTHERS[0])
        .bytes()[:-200]
    )
    found, (error,) = numbers(path)
    assert found == ["1"]
    assert "the file is cut off" in error


def test_the_command_takes_a_host_or_its_url(run, crawl):
    for host in ("acrabstracts.org", "https://www.acrabstracts.org/"):
        outcome = run("parse", str(crawl), "--host", host)
        assert (outcome.code, len(outcome.out.splitlines())) == (0, 4)
    assert run("parse", str(crawl), "--host", "https://").code == 2
