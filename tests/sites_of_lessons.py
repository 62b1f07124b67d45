"""The sites that the tutorials ask, played by this machine under their real names.

``Sites()`` serves each page of ``fixtures/`` under the URL of its record, and what doi.org sends
for the DOIs in ``DOIS``. ``environment(folder)`` has the variables that lead a process to it.
"""

import json
import ssl
from urllib.parse import urlsplit

import trustme

from conftest import ROOT
from site_server import Site, page
from tunnel import Tunnel

HOSTS = ("acrabstracts.org", "doi.org")
RESOLVER = "doi.org"
CSL_JSON = "application/vnd.citationstyles.csl+json"
# What these DOIs stand for; the facts are those of the publishers.
DOIS = [
    {
        "type": "journal-article",
        "DOI": "10.1186/s13643-016-0384-4",
        "title": "Rayyan—a web and mobile app for systematic reviews",
        "author": [
            {"given": "Mourad", "family": "Ouzzani"},
            {"given": "Hossam", "family": "Hammady"},
            {"given": "Zbys", "family": "Fedorowicz"},
            {"given": "Ahmed", "family": "Elmagarmid"},
        ],
        "container-title": "Systematic Reviews",
        "container-title-short": "Syst Rev",
        "volume": "5",
        "issue": "1",
        "article-number": "210",
        "issued": {"date-parts": [[2016, 12, 5]]},
        "ISSN": ["2046-4053"],
    },
    {
        "type": "journal-article",
        "DOI": "10.1002/cl2.1230",
        "title": "PRISMA2020: An R package and Shiny app for producing PRISMA 2020-compliant flow"
        " diagrams, with interactivity for optimised digital transparency and Open Synthesis",
        "author": [
            {"given": "Neal R.", "family": "Haddaway"},
            {"given": "Matthew J.", "family": "Page"},
            {"given": "Chris C.", "family": "Pritchard"},
            {"given": "Luke A.", "family": "McGuinness"},
        ],
        "container-title": "Campbell Systematic Reviews",
        "container-title-short": "Campbell Systematic Reviews",
        "volume": "18",
        "issue": "2",
        "article-number": "e1230",
        "issued": {"date-parts": [[2022, 6]]},
        "ISSN": ["1891-1803"],
    },
]


def _pages():
    """Return the answers to requests, by host and path."""
    answers = {
        (RESOLVER, f"/{item['DOI']}"): page(json.dumps(item).encode(), content_type=CSL_JSON)
        for item in DOIS
    }
    for record in sorted(ROOT.glob("fixtures/*/record.json")):
        url = urlsplit(json.loads(record.read_bytes()).get("url", ""))
        (saved,) = record.parent.glob("page.*")
        kind = "text/plain" if saved.suffix == ".txt" else "text/html"
        answers[url.hostname, url.path] = page(saved.read_bytes(), content_type=kind)
    return answers


class Sites(Site):
    """Running servers of all hosts behind one proxy; a context manager."""

    def __init__(self):
        self._authority = trustme.CA()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._authority.issue_cert(*HOSTS).configure_cert(context)
        super().__init__(tls=context)
        self._pages = _pages()

    def __enter__(self):
        super().__enter__()
        self._tunnel = Tunnel(self.port).__enter__()
        return self

    def __exit__(self, *error):
        self._tunnel.__exit__(*error)
        super().__exit__(*error)

    def environment(self, folder):
        """Return the variables that lead a process to these sites."""
        certificate = folder / "ca.pem"
        self._authority.cert_pem.write_to_path(certificate)
        return {"HTTPS_PROXY": self._tunnel.address, "REQUESTS_CA_BUNDLE": str(certificate)}

    def answer(self, path, headers):
        host = headers["Host"].partition(":")[0]
        return self._pages.get((host, path), page(b"no such page", status=404))
