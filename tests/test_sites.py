"""The table of sites: unique hosts, valid ISSNs, and a fixture for each site."""

import json
from pathlib import Path

import pytest

from abstool.sites import SITES, journal_of, site_of

RECORDS = Path(__file__).parent.parent / "fixtures"
JOURNALS = [journal for site in SITES for journal in site.journals]


def test_hosts_and_abbreviations_are_unique():
    hosts = [site.host for site in SITES]
    abbreviations = [journal.abbreviation for journal in JOURNALS]
    assert len(set(hosts)) == len(hosts)
    assert len(set(abbreviations)) == len(abbreviations)


@pytest.mark.parametrize("journal", JOURNALS, ids=lambda journal: journal.abbreviation)
def test_an_issn_has_the_right_check_digit(journal):
    digits = [10 if digit == "X" else int(digit) for digit in journal.issn.replace("-", "")]
    assert (
        sum(digit * weight for digit, weight in zip(digits, range(8, 0, -1), strict=True)) % 11 == 0
    )


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.host)
def test_each_site_has_a_fixture_that_names_one_of_its_journals(site):
    records = [json.loads(path.read_text("utf-8")) for path in RECORDS.glob("*/record.json")]
    own = [record for record in records if record.get("site") == site.host]
    names = {record.get("publication", {}).get("journal") for record in own}
    assert names & {journal.name for journal in site.journals}


def test_a_site_is_found_by_its_host_alone():
    assert site_of("acrabstracts.org").society == "American College of Rheumatology"
    assert site_of("shmabstracts.com") is site_of("shmabstracts.org")
    assert site_of("acrabstracts.org.evil.example") is None


def test_a_journal_is_found_in_any_case_with_and_without_full_stops():
    assert journal_of("arthritis rheumatol.").issn == "2326-5205"
    assert journal_of("Arthritis & Rheumatism").abbreviation == "Arthritis Rheum"
    assert journal_of("J Irreprod Results") is None
