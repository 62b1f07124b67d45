"""Where the links of a listing page lead: to an abstract or the next page, here or elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import SplitResult, urljoin, urlsplit

from abstool.address import host_of, untracked, without_parameters
from abstool.page import Page

_SCHEMES = ("http", "https", "")  # of a page; none in a saved page without a URL


def _resolve(href: str, url: str) -> SplitResult | None:
    """Return a link resolved against the page's URL, or None if it leads to another host."""
    try:
        target = urlsplit(urljoin(url, href))
    except ValueError:  # http://[
        return None
    if not href or (url and host_of(target.geturl()) != host_of(url)):
        return None
    return target._replace(fragment="")


# Parameters of WordPress that show the same page in another way.
_VIEWS = r"(?i)(?:print|share|nb|replytocom|amp)(?:=.*)?"


def abstract_url(href: str, url: str) -> str:
    """Return the URL of the abstract a link leads to, or ``""``.

    It ends with a slash, unless it has a query that tells it from other abstracts.
    """
    target = _resolve(href.strip(), url)
    ends = target.path.removesuffix("/").rsplit("/", 2)[-2:] if target else []
    if target and len(ends) == 2 and ends[0] == "abstract" and ends[1] not in ("page", ""):
        query = without_parameters(untracked(target.query), _VIEWS)
        path = target.path if query else target.path.rstrip("/") + "/"
        return target._replace(path=path, query=query).geturl()
    if target and target.path in ("", "/") and re.fullmatch(r"p=\d+", target.query):
        return target.geturl()
    return ""


def elsewhere(href: str, url: str) -> str:
    """Return the URL of a link that leads to a page on another host, or ``""``."""
    try:
        target = urlsplit(urljoin(url, href.strip()))
    except ValueError:
        return ""
    other = host_of(target.geturl())
    return target.geturl() if target.scheme in ("http", "https") and other != host_of(url) else ""


def next_elsewhere(href: str, url: str) -> str:
    """Return the URL of a next page that cannot be read: on another host, malformed or no page."""
    try:
        scheme = urlsplit(urljoin(url, href)).scheme
    except ValueError:  # http://[
        return href
    if scheme not in _SCHEMES:  # javascript:void(0)
        return href
    return elsewhere(href, url)


def links_elsewhere(page: Page, url: str) -> Iterator[str]:
    """Yield the URLs of abstracts on other hosts that the page links to, each once."""
    links = dict.fromkeys(run.href for block in page.blocks for run in block.runs if run.href)
    for target in filter(None, (elsewhere(href, url) for href in links)):
        if abstract_url(target, target):
            yield target


def next_url(href: str, url: str) -> str:
    """Return the URL of a next page on the same host, or ``""``."""
    target = _resolve(href, url)
    following = target.geturl() if target and target.scheme in _SCHEMES else ""
    return "" if following == url or abstract_url(following, url) else following
