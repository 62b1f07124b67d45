"""Archives of invented pages, as tests need them, written by other libraries than read them."""

import binascii
import gzip
import io
import warnings
import zlib
from email.message import EmailMessage

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

PAGE = """<!DOCTYPE html><html><head><title>Invented {number}</title></head><body>
<p>Abstract Number: {number}</p><h1>Invented Title {number}</h1>
<p>Ada Example<sup>1</sup> and Björn Muster<sup>2</sup>, <sup>1</sup>Example University,
Exampletown, NY, <sup>2</sup>Muster-Klinik, Berlin</p>
<p>Meeting: ACR Convergence 2025</p>
<p><b>Background/Purpose:</b> Nobody has yet imagined this{filler}.</p>
<p><b>Methods:</b> We imagined it.</p><p><b>Results:</b> It was imaginary.</p>
<p><b>Conclusion:</b> More imagination is needed.</p>
<p>To cite this abstract in AMA style:</p>
<p>Example A, Muster B. Invented Title {number} [abstract]. Arthritis Rheumatol. 2025; 77
(suppl 9). https://acrabstracts.org/abstract/invented-{number}/. Accessed .</p>
</body></html>
"""
OTHER = "<!DOCTYPE html><html><body><p>A list of members of an imagined society.</p></body></html>"


def page(number, filler=""):
    """Return an abstract's page as bytes."""
    return PAGE.format(number=number, filler=filler).encode()


def mhtml(html, url="https://acrabstracts.org/abstract/saved/", encoding="quoted-printable"):
    """Return a page with a picture as Chrome saves it."""
    message = EmailMessage()
    message["From"] = "<Saved by Blink>"
    message["Snapshot-Content-Location"] = url
    message["Date"] = "Sun, 22 Nov 2026 23:30:00 -0500"
    message.set_content(html.decode(), subtype="html", charset="utf-8", cte=encoding)
    message["Content-Location"] = url
    message.add_related(b"\x89PNG\r\n", "image", "png")
    return bytes(message)


UU_MESSAGE = b"""MIME-Version: 1.0
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: %s
Content-Location: https://acrabstracts.org/abstract/saved/

begin 644 page.html
%send
"""


def uuencoded(data):
    """Return the lines of data in uuencode, without the first and the last."""
    lines = [binascii.b2a_uu(data[start : start + 45]) for start in range(0, len(data), 45)]
    return b"".join(lines) + b"`\n"


def chunked(data, size=500):
    """Return data in HTTP's chunked coding."""
    parts = [data[start : start + size] for start in range(0, len(data), size)] + [b""]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts)


def deflated(data):
    """Return data in the content coding "deflate"."""
    return zlib.compress(data)


class Warc:
    """A WARC file in memory, written by warcio."""

    def __init__(self, *, packed=True):
        self.stream = io.BytesIO()
        self.writer = WARCWriter(self.stream, gzip=packed)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)
            info = self.writer.create_warcinfo_record("x.warc", {"software": "tests"})
            self.writer.write_record(info)
            del info

    def add(
        self,
        payload,
        kind="response",
        *,
        url="https://acrabstracts.org/abstract/x/",
        status="200 OK",
        warc_type="",
        **http,
    ):
        """Add a record; ``http`` are HTTP headers with underscores for hyphens."""
        headers = None
        if kind in ("response", "revisit"):
            http = {"Content_Type": "text/html; charset=utf-8"} | http
            pairs = [(name.replace("_", "-"), value) for name, value in http.items()]
            headers = StatusAndHeaders(status, pairs, protocol="HTTP/1.1")
        elif kind == "request":
            headers = StatusAndHeaders("GET / HTTP/1.1", [], is_http_request=True)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)  # warcio leaves its files open
            record = self.writer.create_warc_record(
                url,
                kind,
                payload=io.BytesIO(payload),
                warc_content_type=warc_type,
                http_headers=headers,
                warc_headers_dict={"WARC-Date": "2026-10-01T23:59:59Z"},
            )
            self.writer.write_record(record)
            del record
        return self

    def bytes(self):
        """Return the file."""
        return self.stream.getvalue()


def crawl():
    """Return a crawl with pages in every coding between records that hold none."""
    warc = Warc()
    warc.add(b"", kind="request")
    warc.add(page("1"))
    warc.add(OTHER.encode())
    warc.add(page("2"), status="404 Not Found")
    warc.add(chunked(page("3")), Transfer_Encoding="chunked")
    warc.add(gzip.compress(page("4")), Content_Encoding="gzip")
    warc.add(
        chunked(gzip.compress(page("5"))), Content_Encoding="gzip", Transfer_Encoding="chunked"
    )
    warc.add(
        page("6"), Content_Encoding="gzip", Transfer_Encoding="chunked"
    )  # undone by the crawler
    warc.add(deflated(page("7")), Content_Encoding="deflate")
    warc.add(b"\x89PNG\r\n\x1a\n" + bytes(5000), Content_Type="image/png")
    warc.add(page("8"), Content_Type="application/pdf")
    warc.add(b"", kind="revisit")
    warc.add(page("9"), kind="resource", warc_type="text/html")
    warc.add(b"Fields: none", kind="metadata", warc_type="application/warc-fields")
    latin = page("10").decode().replace("Björn", "Győző").encode("iso-8859-2")
    warc.add(latin, Content_Type="text/html; charset=iso-8859-2")
    return warc.bytes()


CRAWLED = ["1", "3", "4", "5", "6", "7", "9", "10"]  # numbers of the abstracts in crawl()
