"""What a book has, in both of its forms, without a browser."""

import base64
import hashlib
import io
import json
import re
import shutil
import subprocess
import zipfile
import zlib
from pathlib import Path

import pytest
from lxml import etree
from lxml import html as lxml_html

from abstool.book import BookOptions
from books import DATA, EVIL, HOSTILE, as_epub, as_html, made


def ids_and_links(tree):
    links = [link.get("href") for link in tree.iter("{*}a", "a") if link.get("href")]
    return [one.get("id") for one in tree.iter() if one.get("id")], links


@pytest.mark.parametrize(
    ("order", "headings", "numbers"),
    [
        ("session", ["Tea", "Milk"], ["0848", "0090", "PP01"]),
        ("number", ["0000–0099", "0800–0899", "PP00–PP99"], ["0090", "0848", "PP01"]),
        ("keyword", ["gout"], ["0090", "0848", "PP01"]),
    ],
)
def test_abstracts_are_grouped_and_sorted(order, headings, numbers):
    book = made(DATA, BookOptions(order=order))
    groups = [group for chapter in book.chapters for group in chapter.groups]
    assert [group.heading for group in groups] == headings
    assert [entry.record.number for entry in book.entries] == numbers


def test_days_are_the_chapters():
    headings = [chapter.heading for chapter in made(DATA).chapters]
    assert headings == ["Sunday, October 26, 2025", "Monday, October 27, 2025"]


def test_numbers_are_anchors_also_of_several_meetings():
    assert [entry.id for entry in made(DATA).entries] == ["a0848", "a0090", "app01"]
    other = DATA[0] | {"meeting": "ACR Convergence 2024", "session": {"title": "Z"}}
    ids = [entry.id for entry in made([DATA[0], other, other]).entries]
    assert ids == [
        "aacrconvergence2025-0848",
        "aacrconvergence2024-0848",
        "aacrconvergence2024-0848_2",
    ]


def test_each_link_in_the_html_leads_somewhere():
    tree = lxml_html.fromstring(as_html([*DATA, HOSTILE | {"meeting": DATA[0]["meeting"]}]))
    ids, links = ids_and_links(tree)
    assert len(ids) == len(set(ids))
    inner = {link[1:] for link in links if link.startswith("#")}
    assert inner <= {*ids}
    assert {link.split(":")[0] for link in links if not link.startswith("#")} == {"https"}
    assert "a0848" in inner


def test_authors_affiliations_keywords_and_trials_are_linked_both_ways():
    tree = lxml_html.fromstring(as_html(DATA))
    article = tree.get_element_by_id("a0848")
    person = article.xpath(".//p[@class='people']/a")[0]
    place = tree.get_element_by_id(
        article.xpath(".//p[@class='people']//a[contains(@href, '#f')]")[0].get("href")[1:]
    )
    assert place.tail == "University of Tea, Boston, MA; "
    assert place.get("href") == f"#{person.get('id')}"
    term = tree.get_element_by_id(person.get("href")[1:])
    assert term.text_content().split() == ["Dörner,", "Zoë", "0090,", "0848,", "PP01"]
    assert [link.get("href") for link in term.xpath("./a")] == ["#a0090", "#a0848", "#app01"]
    trial = tree.get_element_by_id("t-1")
    assert trial.xpath("./a")[0].get("href") == "https://clinicaltrials.gov/study/NCT01234567"


def test_the_citations_are_those_of_cite():
    text = as_html(DATA)
    tree = lxml_html.fromstring(text)
    citation = (
        tree.get_element_by_id("a0848").xpath(".//dd[@class='citation']")[0].text_content().strip()
    )
    assert citation == (
        "Dörner Z, Roe A. Tea and TNF-α in Sjögren’s [abstract]. Arthritis Rheumatol. 2025; 77."
        " https://acrabstracts.org/abstract/tea/. Accessed January 5, 2026."
    )
    packed = json.loads(zlib.decompress(base64.b64decode(tree.get_element_by_id("citations").text)))
    vancouver, apa, bibtex, ris = packed["a0848"]
    assert vancouver.startswith("Dörner Z, Roe A. Tea and TNF-α")
    assert apa.startswith("Dörner, Z., & Roe, A. (2025).")
    assert bibtex.startswith("@article{dorner2025tea,")
    assert ris.startswith("TY  - JOUR")
    assert "IL-6 rose" not in "".join(map(str, packed.values()))


def test_the_policy_allows_only_the_style_and_script_of_the_book():
    text = as_html(DATA)
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', text)[1]
    assert policy.startswith("default-src 'none'; ")
    for tag, count in (("style", 1), ("script", 2)):
        sources = re.findall(f"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        digests = (hashlib.sha256(source.encode()).digest() for source in sources)
        allowed = " ".join(f"'sha256-{base64.b64encode(one).decode()}'" for one in digests)
        assert len(sources) == count
        assert f"{tag}-src {allowed};" in policy
    assert not re.search(r"<(?:link|img|iframe|object)\b|\bsrc=|@import|url\(", text)


def test_hostile_text_stays_text():
    text = as_html([HOSTILE])
    tree = lxml_html.fromstring(text)
    assert len(tree.xpath("//script")) == 3
    assert tree.xpath("//img | //@onerror | //b[.='x1']") == []
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "javascript:" not in "".join(ids_and_links(tree)[1])
    for name in (archive := zipfile.ZipFile(io.BytesIO(as_epub([HOSTILE])))).namelist():
        if name.endswith((".xhtml", ".opf", ".xml")):
            root = etree.fromstring(archive.read(name))
            assert root.xpath("//*[local-name()='script' or local-name()='img']") == []


def test_without_text_there_is_none():
    text = as_html(DATA, BookOptions(with_text=False))
    assert "IL-6 rose" not in text
    assert "Tea Inc" not in text
    assert "Milk in Knees" in text
    assert "do not pass it on" not in text
    assert "do not pass it on" in as_html(DATA).replace("\n", " ")


def test_the_same_records_give_the_same_bytes():
    assert as_html(DATA) == as_html(DATA)
    assert as_epub(DATA) == as_epub(DATA)
    undated = [{name: value for name, value in one.items() if name != "accessed"} for one in DATA]
    assert "Accessed" not in as_html(undated)


def test_each_link_in_the_epub_leads_somewhere():
    archive = zipfile.ZipFile(io.BytesIO(as_epub([*DATA, HOSTILE])))
    assert archive.infolist()[0].filename == "mimetype"
    assert archive.infolist()[0].compress_type == zipfile.ZIP_STORED
    files = {
        Path(name).name: etree.fromstring(archive.read(name))
        for name in archive.namelist()
        if name.endswith(".xhtml")
    }
    ids = {
        name: {one.get("id") for one in tree.iter() if one.get("id")}
        for name, tree in files.items()
    }
    for tree in files.values():
        for link in ids_and_links(tree)[1]:
            if not link.startswith("https:"):
                name, _, anchor = link.partition("#")
                assert not anchor or anchor in ids[name]


def test_the_epub_passes_epubcheck(tmp_path):
    jar = next(
        (
            path
            for path in ("/usr/bin/epubcheck", "/usr/share/java/epubcheck.jar")
            if Path(path).exists()
        ),
        "",
    )
    if not jar or not shutil.which("java"):
        pytest.skip("epubcheck is not installed")
    (tmp_path / "book.epub").write_bytes(as_epub([*DATA, HOSTILE]))
    done = subprocess.run(
        ["java", "-jar", jar, str(tmp_path / "book.epub")],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert EVIL
