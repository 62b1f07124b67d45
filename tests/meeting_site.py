"""A local server for a whole meeting: listing pages, abstracts, robots.txt, ETags, and faults.

``Meeting(60)`` serves ``/meetings/big-meeting-2026/`` with 15 abstracts per page. ``faults`` maps a
path to the answers to its first requests, before the page itself; ``fault`` is called for each
request and may return another answer.
"""

import gzip
from dataclasses import dataclass, field
from hashlib import md5
from itertools import pairwise
from math import ceil

from site_server import Answer, Site, page, redirect

SLUG = "big-meeting-2026"
NAME = "ACR Convergence 2026"
PER_PAGE = 15

ABSTRACT = """<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>{title} - ACR Meeting Abstracts</title>{filler}</head>
<body><article>
<p>Abstract Number: {number:04}</p>
<h1>{title}</h1>
<div class="authors-and-affiliation">Ada Example{number}<sup>1</sup> and Bo Muster<sup>2</sup>, \
<sup>1</sup>Example University, Exampletown, NY, <sup>2</sup>Muster Clinic, Berlin, Germany</div>
<p>Meeting: {name}</p>
<h3>Session Information</h3>
<p>Date: Monday, October 26, 2026</p>
<p>Title: Invented Posters</p>
<p>Session Type: Poster Session A</p>
<p><b>Background/Purpose:</b> Nobody has counted invented knees. {body}</p>
<p><b>Methods:</b> We counted to {number}.</p>
<p><b>Results:</b> There were {number}.</p>
<p><b>Conclusion:</b> Counting helps.</p>
<p>To cite this abstract in AMA style:</p>
<p>Example{number} A, Muster B. {title} [abstract]. Arthritis Rheumatol. 2026; 78 (suppl 9). \
https://acrabstracts.org/abstract/{slug}/. Accessed .</p>
</article></body></html>
"""
LISTING = """<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>{name} - ACR Meeting Abstracts</title>{next_link}</head>
<body><h1>{name}</h1>{items}<footer>The end</footer></body></html>
"""
ITEM = """<article><p>Abstract Number: {number:04} • {name}</p>
<h2><a href="/abstract/{slug}/">{title}</a></h2>
<p>Ada Example{number}1 and Bo Muster2, 1Example University, 2Muster Clinic</p>
<p>Background/Purpose: Nobody has counted…</p></article>
"""
LOGIN = b"<html><title>Log in</title><body><form>Name <input> Password <input></form></body></html>"

GOOD_GZIP = gzip.compress(b"<p>" + b"a page of some length " * 50)
GZIP_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n"


def faults(root):
    """Return an answer for each fault that a site can have."""
    half = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5000\r\n\r\n<p>half"
    return {
        "429": page(status=429, Retry_After="0"),
        "500": page(status=500),
        "503": page(status=503, Retry_After="Mon, 23 Nov 2020 12:00:00 GMT"),
        "stall": Answer(b"", "stall"),
        "reset": Answer(half, "reset"),
        "truncated": Answer(half, "close"),
        "truncated gzip": Answer(
            GZIP_HEAD + b"Connection: close\r\n\r\n" + GOOD_GZIP[:-9], "close"
        ),
        "damaged gzip": page(
            GOOD_GZIP[:20] + b"\xff\xff" + GOOD_GZIP[22:], Content_Encoding="gzip"
        ),
        "wrong type": page(b"%PDF", content_type="application/pdf"),
        "other host": redirect(root.replace("127.0.0.1", "localhost") + "/abstract/x/"),
        "login": page(LOGIN),
        "200 MB": Answer(half.partition(b"Content-Length")[0] + b"\r\n", "flood"),
        "cut off": page(ABSTRACT.partition("<h3>")[0].format_map(_Blank()).encode()),
    }


class _Blank(dict):
    def __missing__(self, key):
        return 7 if key == "number" else key


@dataclass
class Meeting(Site):
    """A running site with a meeting; a context manager."""

    abstracts: int = 60
    filler: int = 0  # bytes added to each abstract's page
    robots: bytes | None = b"User-agent: *\nDisallow: /wp-admin/\n"
    etags: bool = True
    faults: dict = field(default_factory=dict)
    fault: object = None  # called with (path), returns an Answer or None

    @property
    def listing(self):
        return f"{self.root}/meetings/{SLUG}/"

    def slug(self, number):
        return f"counting-knees-{number}"

    def url(self, number):
        return f"{self.root}/abstract/{self.slug(number)}/"

    def urls(self):
        """Return all URLs in the order of the listing, which is not that of the numbers."""
        return [self.url(number) for number in self.order()]

    def order(self):
        return sorted(range(1, self.abstracts + 1), key=lambda n: (n * 7919) % 10007)

    def answer(self, path, headers):
        if path in self.answers:
            return super().answer(path, headers)
        if self.faults.get(path):
            return self.faults[path].pop(0)
        if self.fault and (answer := self.fault(path)):
            return answer
        if path == "/robots.txt":
            if self.robots is None:
                return page(b"none", status=404)
            return page(self.robots, content_type="text/plain")
        body = self.body(path)
        if body is None:
            return page(b"no such page", status=404)
        etag = f'"{md5(body, usedforsecurity=False).hexdigest()}"'
        if not self.etags:
            return page(body)
        if headers.get("If-None-Match") == etag:
            return page(b"", status=304, ETag=etag)
        return page(body, ETag=etag)

    def body(self, path):
        parts = path.strip("/").split("/")
        if parts[0] == "abstract" and len(parts) == 2:
            number = int(parts[1].rpartition("-")[2])
            return self.abstract(number) if 1 <= number <= self.abstracts else None
        if parts[:2] == ["meetings", SLUG]:
            return self.listing_page(int(parts[3]) if len(parts) == 4 else 1)
        return None

    def abstract(self, number):
        return ABSTRACT.format(
            number=number,
            title=f"Counting Knees, Part {number}",
            slug=self.slug(number),
            name=NAME,
            body="More words. " * 20,
            filler=f"<style>{'x' * self.filler}</style>",
        ).encode()

    def listing_page(self, index):
        if not 1 <= index <= max(1, ceil(self.abstracts / PER_PAGE)):
            return None
        numbers = self.order()[(index - 1) * PER_PAGE : index * PER_PAGE]
        more = index * PER_PAGE < self.abstracts
        following = f'<link rel="next" href="/meetings/{SLUG}/page/{index + 1}/">' if more else ""
        items = "".join(
            ITEM.format(number=n, name=NAME, slug=self.slug(n), title=f"Counting Knees, Part {n}")
            for n in numbers
        )
        return LISTING.format(name=NAME, next_link=following, items=items).encode()

    # --- the log of the server -----------------------------------------------------

    def overlaps(self):
        """Return the pairs of requests that overlapped."""
        visits = sorted(self.visits, key=lambda visit: visit.start)
        return [
            (one.path, two.path)
            for one, two in pairwise(visits)
            if two.start < min(one.end, two.end)
        ]

    def shortest_gap(self):
        """Return the shortest time between the starts of two requests, in seconds."""
        starts = sorted(visit.start for visit in self.visits)
        return min(b - a for a, b in pairwise(starts))
