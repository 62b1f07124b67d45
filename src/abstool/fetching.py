"""Fetch and parse a page: from a URL to its record; and ask for the data of a DOI."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from typing import TypeVar, overload

from abstool.address import doi_in, doi_url, host_of
from abstool.errors import AbstoolError, FetchError, UsageError, require
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


Failed = Callable[[str, AbstoolError], None]  # takes a URL and its error


@overload
def fetch(
    url: str,
    crawler: Crawler | None = None,
    given: Given = NOTHING,
    *,
    failed: Failed | None = None,
) -> Abstract: ...
@overload
def fetch(
    url: list[str] | tuple[str, ...] | Iterator[str],
    crawler: Crawler | None = None,
    given: Given = NOTHING,
    *,
    failed: Failed | None = None,
) -> list[Abstract]: ...
def fetch(
    url: str | Iterable[str],
    crawler: Crawler | None = None,
    given: Given = NOTHING,
    *,
    failed: Failed | None = None,
) -> Abstract | list[Abstract]:
    """Fetch an abstract page and return its record, with the date of the fetch.

    For several URLs it returns a list of records. The first error of such a list is raised; with
    ``failed``, which takes a URL and its error, the pages without an error are returned.

    A DOI stands for the page that it leads to. A ``crawler`` shares connections, robots.txt and
    pace among several pages; what is ``given`` is filled into the record. Raises FetchError if the
    page cannot be fetched, NotAnAbstract if it has no abstract, UsageError for an argument of
    another type.
    """
    require("crawler", crawler, (Crawler, type(None)), "a Crawler")
    if isinstance(url, str):
        return record_at(url, crawler, given)
    require("url", url, Iterable, "a URL or a list of URLs")
    urls = list(url)
    for one in urls:
        require("url", one, str, "a URL")
    with ExitStack() as stack:
        shared = crawler or (stack.enter_context(Crawler(many=True)) if urls else None)
        return list(_records_at(urls, shared, given, failed or _reraise))


def _records_at(
    urls: list[str], crawler: Crawler | None, given: Given, failed: Failed
) -> Iterator[Abstract]:
    """Yield the records of pages; a site that refuses all requests is not asked again."""
    refused: dict[str, FetchError] = {}
    for url in urls:
        if error := refused.get(host_of(url)):
            failed(url, FetchError(url, error.problem, error.next_step, page=error.page))
            continue
        try:
            yield record_at(url, crawler, given)
        except UsageError:
            raise
        except AbstoolError as error:
            if isinstance(error, FetchError) and error.stops_run:
                refused[host_of(url)] = error
            failed(url, error)


def _reraise(url: str, error: AbstoolError) -> None:
    del url
    raise error


def record_at(
    url: str,
    crawler: Crawler | None,
    given: Given,
    check: Callable[[str], None] = lambda _: None,
) -> Abstract:
    """Fetch an abstract page and return its record; see ``fetch``.

    ``check`` is called with the URL that the page came from, and may raise an error.
    """
    doi = doi_in(url)

    def record_of(page: Retrieved) -> Abstract:
        check(page.url)
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
        raise StatusError(doi, problem, next_step, error.status, page=error.page) from error
    except FetchError as error:
        same = type(error)(doi, error.problem, error.next_step, page=error.page)
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
