"""URLs: what can be requested, and which URLs are one page."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from abstool.address import (
    authority,
    doi_in,
    doi_url,
    doi_within,
    host_of,
    identity,
    is_private_host,
    normalized,
    requestable,
    same_site,
)
from abstool.errors import AbstoolError, FetchError, masked

PAGE = "https://acrabstracts.org/abstract/x"


@pytest.mark.parametrize(
    ("typed", "requested"),
    [
        ("acrabstracts.org/abstract/x/", "https://acrabstracts.org/abstract/x/"),
        ("//acrabstracts.org/abstract/x", "https://acrabstracts.org/abstract/x"),
        ("  http://acrabstracts.org/?p=45634\n", "http://acrabstracts.org/?p=45634"),
        ("HTTPS://acrabstracts.org/x/#authors", "https://acrabstracts.org/x/"),
        ("localhost:8000/x", "https://localhost:8000/x"),
        ("10.0.0.1:80/x", "https://10.0.0.1:80/x"),
        ("https://example.org/@name/x", "https://example.org/@name/x"),
        ("https://[::1]:8/x", "https://[::1]:8/x"),
    ],
)
def test_a_typed_url_is_completed_to_one_that_can_be_requested(typed, requested):
    assert requestable(typed) == requested


@pytest.mark.parametrize(
    "url",
    [
        f"{PAGE}/",
        f"  {PAGE}//\n",
        "http://acrabstracts.org/abstract/x",
        "http://www.acrabstracts.org/abstract/x/",
        "HTTPS://WWW.ACRabstracts.org/abstract/x",
        "acrabstracts.org/abstract/x/",
        "//www.acrabstracts.org/abstract/x/",
        "http://acrabstracts.org:80/abstract/x",
        "https://acrabstracts.org:443/abstract/x/",
        "http://acrabstracts.org:443/abstract/x/",
        "https://me@acrabstracts.org/abstract/x/",
        f"{PAGE}#authors",
        f"{PAGE}/?",
        f"{PAGE}/?utm_source=mail",
        f"{PAGE}?utm_source=a&UTM_Medium=b#top",
        f"{PAGE}?fbclid=a&gclid=b&msclkid=c&mc_cid=d&_ga=e",
    ],
)
def test_a_page_has_one_identity_however_its_url_is_written(url):
    assert identity(url) == PAGE


@pytest.mark.parametrize(
    ("url", "same"),
    [
        (f"{PAGE}?p=1&utm_source=a&q=2", f"{PAGE}/?p=1&q=2"),
        (f"{PAGE}?utm_source=a&p=1", f"{PAGE}?p=1"),
        ("https://acrabstracts.org/?p=1", "http://www.acrabstracts.org?p=1"),
        ("https://acrabstracts.org", "www.acrabstracts.org/"),
        ("localhost:8000/x", "http://LOCALHOST:8000/x/"),
        ("http://[::1]:8000/x", "https://[::1]:8000/x/"),
        ("http://a:99999/x", "A:99999/x/"),
    ],
)
def test_other_parts_of_a_url_are_kept_whatever_does_not_count_around_them(url, same):
    assert identity(url) == identity(same) != PAGE


@pytest.mark.parametrize(
    "other",
    [
        f"{PAGE}?p=1",
        f"{PAGE}?xutm_source=1",
        f"{PAGE}?clid=1",
        "https://acrabstracts.org/abstract/X",
        "https://acrabstracts.org/abstract/x/y",
        "https://acrabstracts.org/abstract//x",
        "https://acrabstracts.org:8000/abstract/x",
        "https://meeting.acrabstracts.org/abstract/x",
        "ftp://acrabstracts.org/abstract/x",
    ],
)
def test_query_path_case_port_and_host_make_another_page(other):
    assert identity(other) != PAGE


@pytest.mark.parametrize(
    ("url", "same"),
    [
        (f"{PAGE}/sjögren", f"{PAGE}/sj%C3%B6gren"),
        (f"{PAGE}/sjögren", f"{PAGE}/sj%c3%b6gren"),
        (f"{PAGE}/sjögren", f"{PAGE}/sjo\u0308gren"),
        (f"{PAGE}/sjögren", f"{PAGE}/sjo%CC%88gr%65n"),
        (f"{PAGE}/(a),b", f"{PAGE}/%28a%29%2cb"),
        (f"{PAGE}/a%2fb", f"{PAGE}/a%2Fb"),
        (f"{PAGE}/%fc", f"{PAGE}/%FC"),
        (f"{PAGE}/100%", f"{PAGE}/100%25"),
        (f"{PAGE}?q=é&p=a%2fb", f"{PAGE}?q=%c3%a9&p=a/b"),
        ("https://bücher.example/x", "https://xn--bcher-kva.example/x"),
        ("https://BÜCHER.example/x", "https://XN--BCHER-KVA.EXAMPLE/x"),
        ("https://b%C3%BCcher.example/x", "https://bu\u0308cher\u3002example/x"),
        ("https://straße.example/", "https://xn--strae-oqa.example/"),
    ],
)
def test_a_url_is_the_same_with_letters_and_with_escapes(url, same):
    assert normalized(url) == normalized(same)
    assert identity(url) == identity(same)
    assert normalized(url).isascii()


@pytest.mark.parametrize(
    ("url", "other"),
    [
        (f"{PAGE}/a%2Fb", f"{PAGE}/a/b"),
        (f"{PAGE}/a%3Fb", f"{PAGE}/a?b"),
        (f"{PAGE}/a%2541", f"{PAGE}/aA"),
        (f"{PAGE}/%FC", f"{PAGE}/ü"),
        (f"{PAGE}/a%20b", f"{PAGE}/a+b"),
        (f"{PAGE}?a=1%26b=2", f"{PAGE}?a=1&b=2"),
        (f"{PAGE}?a=1%2B2", f"{PAGE}?a=1+2"),
        ("https://straße.example/", "https://strasse.example/"),
    ],
)
def test_an_escaped_delimiter_is_not_the_delimiter(url, other):
    assert identity(url) != identity(other)
    assert normalized(url) != normalized(other)


@pytest.mark.parametrize("other", [f"{PAGE}/", PAGE.replace("https", "http"), f"{PAGE}#a"])
def test_all_of_a_normalized_url_counts(other):
    assert normalized(other) == other != normalized(PAGE)


@pytest.mark.parametrize(
    "url", ["https://a/\ud800", "https://\ud800.org/", "http://%E2%84%80/x", f"http://{'ü' * 300}/"]
)
def test_a_url_that_cannot_be_encoded_has_an_identity(url):
    assert identity(identity(url)) == identity(url)
    assert normalized(normalized(url)) == normalized(url)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "two words",
        "https://a b/",
        "http://[",
        "https://",
        "///",
        "mailto:a@b.org",
        "urn:x",
    ],
)
def test_text_that_is_no_web_page_is_only_stripped(text):
    assert identity(text) == normalized(text) == text.strip()


@given(
    st.text()
    | st.text(alphabet="htps:/[]@.w%#?&=_ utm_\\x0é\t1234")
    | st.text(alphabet="w.:/[]@%#?& 480é").map("http://www.".__add__)
)
@example("https://www.www.acrabstracts.org")
@example("https://www./")
@example("http://http://acrabstracts.org/")
@example("https://a:44 3/")
@example("\x00https://a/")
@example("https://www.:99999/")
@example("https://a/?utm_a=1&utm_b=2&&")
@example("https://a/%%34%31")
@example("%20")
@example("a%09b")
def test_an_identity_is_its_own_identity_for_any_text(text):
    assert identity(identity(text)) == identity(text)
    assert normalized(normalized(text)) == normalized(text)


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://acrabstracts.org/abstract/x/", "acrabstracts.org"),
        ("http://www.mdsabstracts.org/?p=1", "mdsabstracts.org"),
        ("https://WWW.ACRabstracts.org", "acrabstracts.org"),
        ("acrabstracts.org/abstract/x/", ""),
        ("http://[", ""),
        ("", ""),
    ],
)
def test_a_host_is_read_from_a_url(url, host):
    assert host_of(url) == host


def test_a_site_is_a_host_and_an_unusual_port():
    assert authority("http://a.org:80/x") == authority("https://a.org:443") == "a.org"
    assert authority("http://A.org:81/x") == "a.org:81"
    assert authority("http://[::1]:8000/") == "[::1]:8000"
    assert same_site("http://www.a.org/x", "https://a.org/y")
    assert not same_site("http://a.org:81/x", "http://a.org/x")
    assert not same_site("http://a.org/", "http://b.org/")


@pytest.mark.parametrize("host", ["acrabstracts.org", "8.8.8.8", "[2606:4700::1111]", "10.example"])
def test_a_public_host_is_not_private(host):
    assert not is_private_host(host)


@pytest.mark.parametrize(
    "host",
    [
        *("", "10.0.0.1", "127.1", "0", "[::]", "[fec0::1]", "224.0.0.1", "nas.local", "host"),
        *("[64:ff9b::7f00:1]", "[64:ff9b:1::7f00:1]", "[::7f00:1]", "[::10.0.0.1]", "[3fff::1]"),
    ],
)
def test_a_private_host_is_known_by_its_name(host):
    assert is_private_host(host)


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("10.1136/ard-2022.1", "10.1136/ard-2022.1"),
        ("doi:10.1136/ard-2022.1.", "10.1136/ard-2022.1"),
        ("see 10.1002/art.1, Table 2", "10.1002/art.1"),
        ("10.1000.10.5/abc", "10.1000.10.5/abc"),
        ("https://doi.org/10.1002%2Fart.1?utm_source=x#top", "10.1002/art.1"),
        ("https://a.example/doi/10.1002/(S)41:8%3C1::A%3E3.0;2-X", "10.1002/(S)41:8<1::A>3.0;2-X"),
        ("10.1002/(S)41:8<1::A>3.0.CO;2-#", "10.1002/(S)41:8<1::A>3.0.CO;2-#"),
        ("10.12/x", ""),
        ("110 mg/dl", ""),
        ("", ""),
    ],
)
def test_a_doi_is_found_in_a_text(text, doi):
    assert doi_within(text) == doi


def test_a_doi_of_bytes_that_are_no_text_is_none_and_its_url_is_escaped():
    assert doi_in("10.1000/\udcff") == ""
    assert doi_url("10.1000/\ud800") == "https://doi.org/10.1000/%ED%A0%80"


@pytest.mark.parametrize("port", ["99999", "99999999999", "x", "-1", "\u0663"])
def test_a_port_that_is_none_makes_a_url_malformed(port):
    with pytest.raises(FetchError, match="the URL is malformed"):
        requestable(f"https://a.org:{port}/")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("see https://ann:hu/sh@a.org/x here", "see https://…@a.org/x here"),
        ("(http://ann:hu#s@h@a.org:1) b@c.org", "(http://…@a.org:1) b@c.org"),
        ("https://a.org/?to=https://ann:hush@b.org/", "https://a.org/?to=https://…@b.org/"),
        ("https://ann:1234x/y@a.org:80", "https://…@a.org:80"),
        ("http://ann/x:y@a", "http://…@a"),
        ("//ann@a.org", "//…@a.org"),
        ("/home/me/https:/ann:hush@a.org/x", "/home/me/https:/…@a.org/x"),
        ("https:/a.org/@user", "https:/a.org/@user"),
        ("https://a.org/@user/x", "https://a.org/@user/x"),
        ("https://a.org:8443/@user", "https://a.org:8443/@user"),
        ("https://localhost:8443/@user", "https://localhost:8443/@user"),
        ("http://[::1]/@user", "http://[::1]/@user"),
        ("http://archive/@user", "http://archive/@user"),
        ("https://a.org/2020/https://b.org/@user", "https://a.org/2020/https://b.org/@user"),
        ("https://a.org/abs/1:2/@x", "https://a.org/abs/1:2/@x"),
        ("/home//me@uni/x.jsonl", "/home//me@uni/x.jsonl"),
        ("file:///home/me@uni/x.html", "file:///home/me@uni/x.html"),
        (
            "Drive-me@a.org/list.txt, line 1: ftp://b.org",
            "Drive-me@a.org/list.txt, line 1: ftp://b.org",
        ),
        ("mail ann@a.org about https://a.org/", "mail ann@a.org about https://a.org/"),
    ],
)
def test_messages_have_no_credentials_of_urls(text, expected):
    assert masked(text) == expected
    assert AbstoolError(text, text).subject == expected
