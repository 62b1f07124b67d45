"""Fetch and parse a page: from a URL to its record; and ask for the data of a DOI."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TypeVar

from abstool.address import doi_in, doi_url
from abstool.errors import AbstoolError, FetchError
from abstool.parser import parse
from abstool.record import Abstract
from abstool.record.given import NOTHING, Given
from abstool.web.crawler import Crawler
from abstool.web.failure import StatusError
from abstool.web.fetcher import Retrieved

Result = TypeVar("Result")


CSL_JSON = "application/vnd.citationstyles.csl+json"
_NO_DATA = {
    404: ("no such DOI", "check the DOI"),
    406: ("its registration agency has no citation data", "fetch the page it leads to"),
}


def fetch(url: str, crawler: Crawler | None = None, given: Given = NOTHING) -> Abstract:
    """Fetch an abstract page and return its record, with the date of the fetch.

    A DOI stands for the page that it leads to. A ``crawler`` shares connections, robots.txt and
    pace among several pages; what is ``given`` is filled into the record. Raises FetchError if the
    page cannot be fetched, NotAnAbstract if it has no abstract.
    """
    doi = doi_in(url)

    def record_of(page: Retrieved) -> Abstract:
        record = parse(page.body, page.url, charset=page.charset, subject=url, title=given.title)
        record.accessed = page.date.isoformat()
        return given.filled(record)

    address = doi_url(doi) if doi else url
    if crawler is not None:
        return fetch_and_parse(address, crawler, record_of)
    with Crawler(many=False) as own:
        return fetch_and_parse(address, own, record_of)


def fetch_csl_json(doi: str, crawler: Crawler) -> bytes:
    """Return what the registration agency of a DOI has on it, as CSL-JSON in UTF-8.

    Raises FetchError about the DOI.
    """
    url = doi_url(doi)
    try:
        answer = crawler.get(url, CSL_JSON)
    except StatusError as error:
        problem, next_step = _NO_DATA.get(error.status, (error.problem, error.next_step))
        raise StatusError(doi, problem, next_step, error.status) from error
    except FetchError as error:
        same = type(error)(doi, error.problem, error.next_step)
        same.was_retried = error.was_retried
        raise same from error
    if not _is_work(answer.body):
        crawler.discard(url, CSL_JSON)
        raise FetchError(doi, "the answer is not CSL-JSON", "try again later")
    return answer.body


def _is_work(data: bytes) -> bool:
    """Return whether an answer is a CSL-JSON item, and not an error or another form of the data."""
    try:
        answer = json.loads(data)
    except (ValueError, RecursionError):
        return False
    return isinstance(answer, dict) and isinstance(answer.get("type"), str)


def fetch_and_parse(url: str, crawler: Crawler, convert: Callable[[Retrieved], Result]) -> Result:
    """Fetch a page and return the result of ``convert``; if that fails, drop the cached page.

    Otherwise a page that cannot be parsed would be a cache hit for a day.
    """
    page = crawler.get(url)
    try:
        return convert(page)
    except AbstoolError:
        crawler.discard(url)
        raise
