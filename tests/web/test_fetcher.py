"""The fetcher against a local server with faults."""

import gzip
import socket
import ssl
import tracemalloc
from base64 import b64encode
from contextlib import closing
from datetime import date
from email.utils import format_datetime

import pytest
import trustme
from hypothesis import example, given, settings
from hypothesis import strategies as st

import abstool
from abstool.errors import ExitCode, FetchError
from abstool.web.fetcher import Fetcher, Limits, user_agent
from abstool.web.pace import Pace
from site_server import Answer, Site, page, redirect
from tunnel import Tunnel

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
PACKED = gzip.compress(b"<p>" + b"page of some length " * 50, mtime=0)


def made_fetcher(clock, **limits):
    pace = Pace(sleep=clock.sleep, now=clock.now)
    return Fetcher(Limits(**limits), pace, user_agent(""))


@pytest.fixture
def fetcher(clock):
    with closing(made_fetcher(clock)) as running:
        yield running


@pytest.fixture
def limited(clock):
    """Return a maker of fetchers with other limits on the same clock."""
    made = []

    def make(**limits):
        made.append(made_fetcher(clock, **limits))
        return made[-1]

    yield make
    for running in made:
        running.close()


def failure(fetcher, url):
    """Return the one line a user reads when ``url`` fails."""
    with pytest.raises(FetchError) as caught:
        fetcher.get(url)
    assert caught.value.exit_code == ExitCode.NOT_FETCHED
    assert len(str(caught.value).splitlines()) == 1
    return str(caught.value)


# What comes back


def test_a_page_comes_with_its_url_body_charset_and_day(fetcher, site):
    url = site.serve(page("é".encode("latin-1"), content_type='text/html; charset="ISO-8859-1"'))
    retrieved = fetcher.get(url)
    assert (retrieved.url, retrieved.body) == (url, b"\xe9")
    assert retrieved.charset == "iso-8859-1"
    assert retrieved.date == date(2026, 11, 23)


@pytest.mark.parametrize(
    "content_type", ["text/html", "TEXT/HTML;x=y", "application/xhtml+xml", "text/plain", None]
)
def test_html_xhtml_text_and_unnamed_types_are_pages_without_a_charset(fetcher, site, content_type):
    assert fetcher.get(site.serve(page(content_type=content_type))).charset == ""


@pytest.mark.parametrize("kind", ["application/pdf", "image/jpeg", "application/json"])
def test_another_content_type_is_refused_by_its_name(fetcher, site, kind):
    assert f"not a web page ({kind})" in failure(fetcher, site.serve(page(content_type=kind)))


def test_the_agent_names_the_tool_and_its_version_and_not_a_browser(fetcher, site):
    fetcher.get(site.serve(page()))
    agent = site.requests[0][1]["User-Agent"]
    assert agent.startswith(f"abstool/{abstool.__version__} (")
    assert "Mozilla" not in agent


def test_cookies_are_not_kept(fetcher, site):
    url = site.serve(page(Set_Cookie="seen=1; Path=/"))
    fetcher.get(url)
    fetcher.get(url)
    assert "Cookie" not in site.requests[1][1]


def test_a_packed_body_is_unpacked(fetcher, site):
    for name in ("gzip", "x-gzip", "GZIP"):
        retrieved = fetcher.get(site.serve(page(PACKED, Content_Encoding=name)))
        assert retrieved.body == gzip.decompress(PACKED)


def test_a_body_in_chunks_is_put_together(fetcher, site):
    wire = HEAD + b"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
    assert fetcher.get(site.serve(Answer(wire))).body == b"abcde"


# URLs


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("ftp://example.org/x", "ftp: URLs are not web pages"),
        ("file:///etc/passwd", "file: URLs are not web pages"),
        ("mailto:a@example.org", "mailto: URLs are not web pages"),
        ("javascript:alert(1)", "javascript: URLs are not web pages"),
        ("http://[", "malformed"),
        ("http://[::1", "malformed"),
        ("", "has no host"),
        ("https:///x", "has no host"),
        ("https://me:secret@example.org/x", "user name or password"),
        ("//me@example.org/x", "user name or password"),
        ("https://a.org/\x1b[31m", "control characters"),
        ("https://a.org/x\ny", "control characters"),
    ],
)
def test_another_kind_of_url_is_refused_before_anything_is_sent(fetcher, typed, problem):
    message = failure(fetcher, typed)
    assert problem in message
    assert "\x1b" not in message


@pytest.mark.parametrize("scheme", ["https://", "//", "https:/", ""])
def test_a_password_in_a_url_is_refused_and_not_repeated(fetcher, scheme):
    message = failure(fetcher, f"{scheme}me:secr@et@example.org/x")
    assert "…@example.org/x: " in message
    assert "secr" not in message
    assert "et@" not in message


@pytest.mark.parametrize("proxy", ["http://ann:hu/sh@b.org:1", "http://ann:hu#sh@b.org:1"])
def test_the_password_of_a_malformed_proxy_is_not_repeated(fetcher, monkeypatch, proxy):
    monkeypatch.setenv("HTTPS_PROXY", proxy)
    message = failure(fetcher, "https://acrabstracts.org/abstract/x/")
    assert "the URL, or that of the proxy, is malformed" in message
    assert not any(word in message for word in ("ann", "hu", "sh@"))


@settings(max_examples=50)
@given(st.text() | st.text(alphabet="htps:/[]@.%#? \\x0é").map("http://".__add__))
@example("http://" + "a" * 300)
@example("http://a..b/")
@example("http://xn--a/")
@example("http://a:99999/")
@example("http://a b/")
@example("http://*/")
def test_no_url_whatever_causes_another_error_than_a_fetch_error(typed):
    fetcher = Fetcher(Limits(backoff=0), Pace(), user_agent(""))
    with pytest.MonkeyPatch.context() as patch, closing(fetcher):
        patch.setattr(socket, "getaddrinfo", unknown_host)
        failure(fetcher, typed)


def unknown_host(host, *_, **__):
    if isinstance(host, str):
        host.encode("idna")  # as the real one does: a UnicodeError for a label of 300 letters
    raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")


# Redirects


def test_the_final_url_after_redirects_is_the_page_s_url(fetcher, site):
    site.serve(page(), path="/abstract/%C3%A9/")
    site.serve(redirect("/abstract/é/"), path="/middle")
    retrieved = fetcher.get(site.serve(redirect("middle", status=301), path="/?p=1"))
    assert retrieved.url == f"{site.root}/abstract/%C3%A9/"


def test_a_redirect_loop_ends_after_ten_and_is_not_tried_again(fetcher, site):
    message = failure(fetcher, site.serve(redirect("/abstract/x/")))
    assert "redirects more than 10 times" in message
    assert len(site.requests) == 11


@pytest.mark.parametrize(
    ("location", "problem"),
    [
        ("ftp://example.org/x", "ftp: URL"),
        ("https://me:secret@example.org/", "user name or password"),
        ("http://[", "the request failed"),
        ("https://", "has no host"),
    ],
)
def test_a_redirect_to_no_web_address_is_refused(fetcher, site, location, problem):
    message = failure(fetcher, site.serve(redirect(location)))
    assert problem in message
    assert "secret" not in message


def test_the_body_of_a_redirect_is_not_read(fetcher, site):
    stalled = Answer(b"HTTP/1.1 302 Found\r\nLocation: /y\r\nContent-Length: 9\r\n\r\n", "stall")
    site.serve(page(b"page"), path="/y")
    assert fetcher.get(site.serve(stalled)).body == b"page"


# Refusals


@pytest.mark.parametrize(
    ("status", "problem"),
    [
        (204, "the site responded 'No Content' instead of a page (204)"),
        (304, "the site responded 'Not Modified' instead of a page (304)"),
        (401, "the site requires a login (401)"),
        (403, "the site denies access (403)"),
        (404, "page not found (404)"),
        (410, "the page was removed from the site (410)"),
        (418, "instead of a page (418)"),
        (799, "the site responded with an unknown status (799)"),
    ],
)
def test_a_refusal_is_reported_with_its_status_and_not_tried_again(fetcher, site, status, problem):
    assert problem in failure(fetcher, site.serve(page(status=status)))
    assert len(site.requests) == 1


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504, 522])
def test_a_passing_failure_is_tried_three_times_ever_further_apart(fetcher, site, clock, status):
    message = failure(fetcher, site.serve(page(status=status)))
    assert f"({status}), tried 3 times; " in message
    assert message.endswith("; try again later")
    assert len(site.requests) == 3
    assert clock.pauses == [1, 2]


def test_a_page_that_comes_at_the_second_try_is_good(fetcher, site, clock):
    assert fetcher.get(site.serve(page(status=503), page(b"late"))).body == b"late"
    assert clock.pauses == [1]


# Retry-After


@pytest.mark.parametrize(
    ("asked", "waited"),
    [("7", 7), ("120", 120), ("0", 1), ("-5", 1), ("soon", 1), ("", 1), ("1.5", 1), ("²", 1)],
)
def test_retry_after_in_seconds_is_waited_for(fetcher, site, clock, asked, waited):
    fetcher.get(site.serve(page(status=429, Retry_After=asked), page()))
    assert clock.pauses == [waited]


@pytest.mark.parametrize(
    ("asked", "waited"),
    [
        ("Mon, 23 Nov 2026 12:00:30 GMT", 30),
        ("Mon, 23 Nov 2026 12:00:30 -0000", 30),
        ("Monday, 23-Nov-26 12:00:30 GMT", 30),
        ("Mon, 23 Nov 2026 11:00:00 GMT", 1),
        ("Mon, 99 Nov 2026 12:00:30 GMT", 1),
        ("Mon, 01 Jan 0001 00:00:00 +2359", 1),
        ("99999999999999999999 Jan 99999999999 99:99:99", 1),
        ("1 1 1 1 1 1", 1),
        ("1e10", 1),
        ("1_0", 1),
        ("Mon, 2_3 Nov 2026 12:00:30 GMT", 1),
    ],
)
def test_retry_after_as_a_date_is_waited_for(fetcher, site, clock, asked, waited):
    fetcher.get(site.serve(page(status=503, Retry_After=asked), page()))
    assert clock.pauses == [waited]


@pytest.mark.parametrize("form", ["seconds", "date"])
def test_a_longer_pause_is_not_waited_for_but_reported(fetcher, site, clock, form):
    later = clock.now().replace(hour=15)
    asked = "10800" if form == "seconds" else format_datetime(later, usegmt=True)
    message = failure(fetcher, site.serve(page(status=429, Retry_After=asked)))
    assert "the site asks us to wait" in message
    assert message.endswith("(429)); try again after 2026-11-23 15:00")
    assert (len(site.requests), clock.pauses) == (1, [])


@pytest.mark.parametrize("asked", ["9" * 5000, "Fri, 31 Dec 9999 23:59:59 GMT"])
def test_an_endless_pause_is_reported_and_breaks_nothing(fetcher, site, asked):
    assert "try again in more than a year" in failure(
        fetcher, site.serve(page(status=429, Retry_After=asked))
    )


# Bodies that are not whole


@pytest.mark.parametrize(
    "wire",
    [
        HEAD + b"Content-Length: 100\r\n\r\n<p>half a page",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\n<p>ha\r\n",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n64\r\n<p>half a page",
        HEAD + b"Content-Encoding: gzip\r\nConnection: close\r\n\r\n" + PACKED[:-20],
        HEAD + b"Content-Encoding: gzip\r\nConnection: close\r\n\r\n" + PACKED[:-1],
    ],
)
def test_a_page_that_breaks_off_is_an_error_and_no_short_page(fetcher, site, wire):
    message = failure(fetcher, site.serve(Answer(wire, "close")))
    assert "the response ended early, tried 3 times" in message


@pytest.mark.parametrize(
    "packed",
    [
        b"no gzip at all",
        PACKED[:-8] + b"\0" * 4 + PACKED[-4:],
        PACKED[:15] + b"\xff" * 8 + PACKED[23:],
        PACKED + b"rubbish behind the end",
    ],
)
def test_a_damaged_packed_page_is_an_error(fetcher, site, packed):
    message = failure(fetcher, site.serve(page(packed, Content_Encoding="gzip")))
    assert "the response is corrupt, tried 3 times" in message


def test_a_damaged_page_that_arrives_well_at_the_second_try_is_good(fetcher, site):
    damaged = page(PACKED[:-20], Content_Encoding="gzip")
    url = site.serve(damaged, page(PACKED, Content_Encoding="gzip"))
    assert fetcher.get(url).body == gzip.decompress(PACKED)


def test_a_packing_that_was_not_asked_for_is_refused(fetcher, site):
    url = site.serve(page(PACKED, Content_Encoding="gzip, gzip"))
    assert "unsupported content encoding (gzip, gzip)" in failure(fetcher, url)
    assert site.requests[0][1]["Accept-Encoding"] == "gzip"


def test_a_page_is_refused_above_the_size_limit_and_not_at_it(limited, site):
    fetcher = limited(size=1_000_000)
    assert len(fetcher.get(site.serve(page(b"x" * 1_000_000))).body) == 1_000_000
    too_large = site.serve(page(b"x" * 1_000_001))
    assert "larger than 1 MB" in failure(fetcher, too_large)


def test_a_gzip_bomb_stops_at_the_size_limit_of_the_unpacked_page(limited, site):
    bomb = page(gzip.compress(bytes(50_000_000), 1), Content_Encoding="gzip")
    fetcher = limited(size=1_000_000)
    tracemalloc.start()
    assert "larger than 1 MB" in failure(fetcher, site.serve(bomb))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 5_000_000


# Servers that do not answer


@pytest.mark.parametrize("wire", [b"", HEAD, HEAD + b"Content-Length: 100\r\n\r\n<p>"])
def test_a_stalled_server_is_given_up_and_tried_again(limited, site, wire):
    fetcher = limited(read=0.05, tries=2)
    message = failure(fetcher, site.serve(Answer(wire, "stall")))
    assert "the site did not respond in time, tried 2 times" in message


@pytest.mark.parametrize(
    "wire",
    [b"HTTP/1.1 200 OK\r\nX-Slow: ", HEAD + b"\r\n", HEAD + b"Content-Length: 1000000\r\n\r\n"],
)
def test_a_trickling_server_cannot_hold_its_reader(limited, site, wire):
    message = failure(limited(total=0.1), site.serve(Answer(wire, "trickle")))
    assert "the page did not arrive within 0.1 s; try again later" in message
    assert len(site.requests) == 1


@pytest.mark.parametrize("wire", [b"HTTP/1.1 200 OK\r\nX-Slow: ", HEAD + b"\r\n"])
def test_a_request_that_is_given_up_is_cut_off_before_the_next_one(
    limited, site, wire, monkeypatch
):
    fetcher = limited(total=1)
    failure(fetcher, site.serve(Answer(wire, "trickle")))
    seen = []  # when the next request comes
    monkeypatch.setattr(
        site, "answer", lambda *_: seen.append(site.visits[0].has_hung_up()) or page()
    )
    fetcher.get(site.root + "/next")
    assert seen == [True]


@pytest.mark.parametrize("wire", [b"", HEAD + b"Content-Length: 100\r\n\r\n<p>"])
def test_a_reset_connection_is_tried_again(fetcher, site, wire):
    url = site.serve(Answer(wire, "reset"), page(b"whole"))
    assert fetcher.get(url).body == b"whole"
    message = failure(fetcher, site.serve(Answer(b"", "close")))
    assert "the connection was lost, tried 3 times" in message


@pytest.mark.parametrize("wire", [b"SSH-2.0-OpenSSH_9.2\r\n", b"HTTP/1.1 banana\r\n\r\n"])
def test_an_answer_that_is_not_http_is_an_error(fetcher, site, wire):
    assert "the response is not HTTP" in failure(fetcher, site.serve(Answer(wire, "close")))


def test_a_refused_connection_is_an_error(fetcher):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        message = failure(fetcher, f"http://127.0.0.1:{unused.getsockname()[1]}/")
    assert "the host refused the connection, tried 3 times; check the URL" in message


def test_an_unknown_host_is_an_error(fetcher, monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", unknown_host)
    message = failure(fetcher, "https://acrabstract.example/abstract/x/")
    assert "host not found" in message


# TLS and proxies


@pytest.fixture(scope="module")
def authority():
    return trustme.CA()


@pytest.fixture
def secure_site(authority):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    with Site(tls=context) as running:
        yield running


def test_a_certificate_that_nobody_trusts_is_refused(fetcher, secure_site):
    message = failure(fetcher, secure_site.serve(page()))
    assert "the certificate is not trusted" in message
    assert secure_site.requests == []


def test_a_certificate_named_in_the_environment_is_trusted(
    fetcher, secure_site, authority, monkeypatch, tmp_path
):
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "ca.pem"))
    assert fetcher.get(secure_site.serve(page(b"safe"))).body == b"safe"


def test_a_missing_certificate_file_is_reported(fetcher, monkeypatch):
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/nowhere/ca.pem")
    assert "/nowhere/ca.pem" in failure(fetcher, "https://127.0.0.1/")


def test_a_plain_server_at_an_https_url_is_an_error(fetcher, site):
    url = site.serve(page()).replace("http:", "https:")
    assert "cannot make a secure connection" in failure(fetcher, url)


def test_a_proxy_named_in_the_environment_is_used(fetcher, site, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", site.root)
    url = "http://acrabstracts.org/abstract/x/"
    site.serve(page(b"by proxy"), path=url)
    retrieved = fetcher.get(url)
    assert (retrieved.url, retrieved.body) == (url, b"by proxy")


def test_a_proxy_that_refuses_the_tunnel_is_reported(fetcher, site, monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", site.root)
    assert "the proxy failed" in failure(fetcher, "https://acrabstracts.org/abstract/x/")


def test_no_password_of_a_netrc_file_is_sent(fetcher, site, monkeypatch, tmp_path):
    (tmp_path / "netrc").write_text("default login me password secret\n", "utf-8")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    site.serve(page(), path="/y")
    fetcher.get(site.serve(redirect("/y")))
    assert [headers["Authorization"] for _, headers in site.requests] == [None, None]


def test_a_proxy_gets_its_own_password_and_the_page_none(fetcher, site, monkeypatch, tmp_path):
    (tmp_path / "netrc").write_text("default login me password secret\n", "utf-8")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    monkeypatch.setenv("HTTP_PROXY", site.root.replace("//", "//ada:p%40ss@"))
    url = "http://acrabstracts.org/abstract/x/"
    site.serve(page(b"by proxy"), path=url)
    assert fetcher.get(url).body == b"by proxy"
    ((_, headers),) = site.requests
    assert headers["Proxy-Authorization"] == "Basic " + b64encode(b"ada:p@ss").decode()
    assert headers["Authorization"] is None


@pytest.mark.usefixtures("trusted")
def test_a_tunnel_gets_the_password_of_the_proxy_and_the_site_none(
    fetcher, secure_site, monkeypatch
):
    with Tunnel(secure_site.port, password="ada:secret") as tunnel:
        monkeypatch.setenv("HTTPS_PROXY", tunnel.address.replace("//", "//ada:secret@"))
        assert fetcher.get(secure_site.serve(page(b"safe"))).body == b"safe"
        assert tunnel.hosts == [f"127.0.0.1:{secure_site.port}"]
        monkeypatch.setenv("HTTPS_PROXY", tunnel.address)
        assert "the proxy failed" in failure(fetcher, "https://127.0.0.2/")
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        fetcher.get(secure_site.root + "/abstract/x/")
    names = {name for _, headers in secure_site.requests for name in headers}
    assert not names & {"Authorization", "Proxy-Authorization"}


# Where a redirect may lead


def test_validators_are_shown_only_to_the_url_that_gave_them(fetcher, site, clock):
    url = site.serve(page(b"one", ETag='"1"'), redirect("/y"), path="/x")
    site.serve(page(b"two", ETag='"2"'), page(b"", status=304), path="/y")
    first = fetcher.get(url)
    second = fetcher.get(url, first)
    assert second.body == b"two"
    assert "If-None-Match" not in site.requests[-1][1]
    assert fetcher.get(url, second).body == b"two"
    assert [headers["If-None-Match"] for _, headers in site.requests[-2:]] == [None, '"2"']


def test_a_304_that_nobody_asked_for_is_an_error(fetcher, site):
    url = site.serve(page(b"one"), page(b"", status=304))
    kept = fetcher.get(url)
    with pytest.raises(FetchError, match="304"):
        fetcher.get(url, kept)


@pytest.fixture
def trusted(authority, monkeypatch, tmp_path):
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    monkeypatch.setenv("CURL_CA_BUNDLE", str(tmp_path / "ca.pem"))


@pytest.mark.usefixtures("trusted")
def test_https_does_not_redirect_to_http(fetcher, site, secure_site):
    target = site.serve(page())
    message = failure(fetcher, secure_site.serve(redirect(target)))
    assert f"redirects from https to http ({target})" in message
    assert site.requests == []


@pytest.mark.parametrize(
    "host",
    [
        *("169.254.169.254", "127.1", "0x7f000001", "2130706433", "100.64.0.1", "%31%32%37.0.0.1"),
        *("[::1]", "[::ffff:10.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[fe80::1]"),
        *("localhost", "LOCALHOST.", "printer", "metadata.google.internal", "127\u30020.0.1"),
    ],
)
def test_behind_a_proxy_no_redirect_to_a_private_host_is_followed(fetcher, site, monkeypatch, host):
    monkeypatch.setenv("HTTP_PROXY", site.root)
    url = "http://acrabstracts.org/abstract/x/"
    site.serve(redirect(f"http://{host}/secret"), path=url)
    assert "redirects to a private address" in failure(fetcher, url)
    assert site.paths() == [url]


def test_a_private_host_may_redirect_to_another(fetcher, site):
    target = site.serve(page(b"page"), path="/y").replace("127.0.0.1", "localhost")
    assert fetcher.get(site.serve(redirect(target))).body == b"page"


@pytest.fixture
def names(monkeypatch):
    """Map each name to this machine, which is at a public address for the names in a set."""
    public = {"public.example"}
    real = socket.getaddrinfo
    asked = []

    def getaddrinfo(host, *args, **kwargs):
        if isinstance(host, str) and host.endswith(".example"):
            asked.append(host)
            host = "127.0.0.1"
        return real(host, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    monkeypatch.setattr(
        "abstool.web.connection.is_private_address", lambda _: asked[-1] not in public
    )
    return public


def test_a_public_name_does_not_lead_to_a_private_address(fetcher, site, names):
    assert names
    url = site.serve(redirect(f"http://private.example:{site.port}/y"))
    url = url.replace("127.0.0.1", "public.example")
    site.serve(page(b"secret"), path="/y")
    assert "the connection leads to a private address" in failure(fetcher, url)
    assert site.paths() == ["/abstract/x/"]
    typed = f"http://private.example:{site.port}/y"
    assert fetcher.get(typed).body == b"secret"
    assert "private address" in failure(fetcher, url)  # also over the connection that is open
    assert site.paths() == ["/abstract/x/", "/y", "/abstract/x/"]


def test_a_name_that_was_public_does_not_become_private(fetcher, site, names):
    url = site.serve(page(then="close")).replace("127.0.0.1", "public.example")
    fetcher.get(url)
    names.clear()
    assert "the connection leads to a private address" in failure(fetcher, url)
    assert len(site.requests) == 1
