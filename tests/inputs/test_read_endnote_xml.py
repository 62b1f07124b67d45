"""EndNote's XML, also damaged and hostile."""

import time

import pytest

from abstool.errors import AbstoolError
from abstool.inputs import references

RECORD = """\
<record><database name="tea.enl">tea.enl</database><rec-number>19</rec-number>\
<foreign-keys><key app="EN">19</key></foreign-keys>\
<ref-type name="Journal Article">17</ref-type>\
<contributors><authors><author><style face="normal">Roe, A. B.</style></author>\
<author>Tea Study Group,</author></authors></contributors>\
<titles><title><style face="normal">Effects of </style><style face="italic">Camellia</style>\
<style face="normal"> &amp; tea</style></title><secondary-title>J Tea</secondary-title></titles>\
<periodical><full-title>J Tea</full-title></periodical>\
<pages>1-5</pages><volume>3</volume><number>2</number>\
<keywords><keyword>tea</keyword><keyword>joints, knees</keyword></keywords>\
<dates><year>2020</year><pub-dates><date>Mar 15</date></pub-dates></dates>\
<isbn>1234-5678 (Print)&#xD;2345-6789</isbn><accession-num>12345678</accession-num>\
<electronic-resource-num>10.1000/xyz</electronic-resource-num>\
<urls><related-urls><url>https://example.org/tea</url></related-urls></urls>\
<custom2>PMC123456</custom2><remote-database-provider>NLM</remote-database-provider></record>"""


def read(*records):
    text = (
        f'<?xml version="1.0"?><xml><records>\n{chr(10).join(records)}\n</records></xml>'.encode()
    )
    assert references.form_of(text) == "endnote_xml"
    return [*references.read(text, "endnote_xml", "tea.xml")]


def test_a_record_is_read_with_all_that_it_says():
    (outcome,) = read(RECORD)
    assert outcome.value == {
        "type": "article-journal",
        "author": [{"family": "Roe", "given": "A. B."}, {"literal": "Tea Study Group"}],
        "title": "Effects of <i>Camellia</i> & tea",
        "container-title": "J Tea",
        "volume": "3",
        "issue": "2",
        "page": "1-5",
        "issued": {"date-parts": [[2020, 3, 15]]},
        "ISSN": "1234-5678",
        "DOI": "10.1000/xyz",
        "PMID": "12345678",
        "PMCID": "PMC123456",
        "URL": "https://example.org/tea",
        "keyword": "tea; joints, knees",
        "custom": {
            "fields": {
                "format": "enw",
                "values": {
                    "rec-number": ["19"],
                    "@": ["2345-6789"],
                    "W": ["NLM"],
                },
            }
        },
    }


@pytest.mark.parametrize(
    ("damage", "problem"),
    [
        ("<record><titles><title>Tea</titles></record>", "invalid XML (Opening and ending tag"),
        ("<record><titles><title>Tea</title></titles>", "the record has no end tag"),
        ("<record></record>", "the entry is empty"),
    ],
)
def test_a_damaged_record_does_not_stop_the_others(damage, problem):
    first, broken, last = read(RECORD, damage, RECORD)
    assert first.value == last.value
    assert str(broken.error).startswith("tea.xml, line 3: ")
    assert problem in str(broken.error)


def test_signs_that_xml_does_not_allow_are_read_nevertheless():
    title = "A & B &nbsp;caf&eacute; &#x1F;x\x0b &lt;5"
    (outcome,) = read(f"<record><titles><title>{title}</title></titles></record>")
    assert outcome.value["title"] == "A & B café x <5"


def test_no_entity_is_resolved():
    text = (
        '<?xml version="1.0"?><!DOCTYPE xml [<!ENTITY a SYSTEM "file:///etc/hostname">'
        '<!ENTITY b "&a;&a;">]><xml><records><record><titles><title>x&a;&b;</title></titles>'
        "</record></records></xml>"
    )
    (outcome,) = references.read(text.encode(), "endnote_xml", "tea.xml")
    assert outcome.value["title"] == "x&a;&b;"


def test_a_deep_or_endless_record_ends():
    deep = "<record>" + "<titles>" * 100_000 + "</record>"
    start = time.process_time()
    for outcome in read(deep, "<record>" * 20_000):
        assert isinstance(outcome.error, AbstoolError)
    assert time.process_time() - start < 20


@pytest.mark.parametrize(
    ("titles", "variables", "kept"),
    [
        ("<secondary-title>Journal of Tea</secondary-title><alt-title>J Tea</alt-title>",
         ("Journal of Tea", "J Tea"), None),
        ("<alt-title>J Tea</alt-title>", ("J Tea", None), None),
        ("<secondary-title>J Tea</secondary-title><alt-title>J. Tea</alt-title>",
         ("J Tea", None), None),
        ("<secondary-title>J Tea</secondary-title><alt-title>Blätter</alt-title>",
         ("J Tea", None), ["Blätter"]),
    ],
)  # fmt: skip
def test_the_other_title_of_a_journal_is_its_abbreviation(titles, variables, kept):
    record = (
        '<record><ref-type name="Journal Article">17</ref-type>'
        f"<titles><title>Tea</title>{titles}</titles></record>"
    )
    (outcome,) = read(record)
    found = outcome.value
    assert (found["container-title"], found.get("container-title-short")) == variables
    fields = found.get("custom", {}).get("fields", {}).get("values", {})
    assert fields.get("alt-title") == kept


@pytest.mark.parametrize("issue", ["<issue>2</issue>", "<number>2</number><issue>2</issue>"])
def test_the_issue_is_in_either_element(issue):
    (outcome,) = read(f"<record><titles><title>Tea</title></titles>{issue}</record>")
    assert outcome.value == {"type": "document", "title": "Tea", "number": "2"}


def test_the_secondary_authors_of_an_edited_book_are_the_editors_of_the_series():
    people = (
        "<contributors><authors><author>Roe, Ann</author></authors>"
        "<secondary-authors><author>Moe, Ida</author></secondary-authors></contributors>"
    )
    titles = "<titles><title>Tea</title><secondary-title>Teas</secondary-title></titles>"
    (found,) = read(f'<record><ref-type name="Edited Book">28</ref-type>{people}{titles}</record>')
    assert found.value == {
        "type": "book",
        "title": "Tea",
        "editor": [{"family": "Roe", "given": "Ann"}],
        "collection-editor": [{"family": "Moe", "given": "Ida"}],
        "collection-title": "Teas",
    }


def test_a_note_about_the_retraction_is_warned_of():
    notes = "<notes>Roe, Ann&#xD;J Tea. 2020.&#xD;Retraction in: Tea Lett. 2021</notes>"
    (found,) = read(f"<record><titles><title>Tea</title></titles>{notes}</record>")
    assert found.warnings == ("this work was retracted",)


@pytest.mark.parametrize(
    ("name", "fields", "expected"),
    [
        ("Journal Article", "<custom7>e1234</custom7>", {"page": "e1234"}),
        ("Journal Article", "<volume>12 Suppl 2</volume>", {"volume": "12", "issue": "suppl 2"}),
        ("Report", "<isbn>WHO/1</isbn>", {"type": "report", "number": "WHO/1"}),
        ("Patent", "<isbn>US123</isbn><number>9</number>", {"number": "US123"}),
        (
            "Web Page",
            "<number>12 May 2021</number>",
            {"accessed": {"date-parts": [[2021, 5, 12]]}, "number": None},
        ),
        ("Newspaper Article", "<number>4</number>", {"issue": None, "number": None}),
        ("Newspaper Article", "<edition>Late</edition>", {"edition": "Late"}),
        ("Patent", "<edition>A23F</edition>", {"edition": None}),
        (
            "Conference Proceedings",
            "<custom3>Tea 2020: Proceedings</custom3>",
            {"container-title": "Tea 2020: Proceedings", "event-title": "Tea Lett"},
        ),
        ("Conference Proceedings", "<custom3>Tea L</custom3>", {"container-title": "Tea Lett"}),
        (
            "Generic",
            "<volume>3</volume><number>2</number><pages>1-9</pages>",
            {"volume": "3", "issue": "2", "page": "1-9"},
        ),
    ],
)
def test_fields_are_read_by_their_type(name, fields, expected):
    titles = "<titles><title>Tea</title><secondary-title>Tea Lett</secondary-title></titles>"
    (outcome,) = read(f'<record><ref-type name="{name}">1</ref-type>{titles}{fields}</record>')
    assert {name: outcome.value.get(name) for name in expected} == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ('TNF-<style font="Symbol">a</style> and <style font="Symbol">Dg</style>', "TNF-α and Δγ"),
        ('Tea <style face="italic" font="Symbol">³</style> 3', "Tea <i>≥</i> 3"),
        ('TNF-<style font="Symbol" charset="2">α</style>', "TNF-α"),
        ('<style font="Symbol">Green</style> tea', "Green tea"),
        ('<style font="Times">b</style> tea', "b tea"),
    ],
)
def test_letters_in_the_font_symbol_are_greek(title, expected):
    (outcome,) = read(f"<record><titles><title>{title}</title></titles></record>")
    assert outcome.value["title"] == expected
