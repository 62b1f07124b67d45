"""A work that was retracted has one warning, whichever reader made it, and keeps it."""

import json

import pytest

from abstool.inputs import references
from abstool.inputs.references.csl_json import adapted

RETRACTED = "this work was retracted"
BIBTEX = "@article{{a, title = {{Tea}}, author = {{Roe, Ann}}, {}}}"
TITLED = "@article{{a, title = {}, author = {{Roe, Ann}}}}"
RIS = "TY  - JOUR\nAU  - Roe, A\nTI  - Tea\n{}\nER  - \n"
WOS = "FN Clarivate\nVR 1.0\nPT J\nAU Roe, A\nTI Tea\nSO TEA\nDT {}\nER\n\nEF\n"
OVID = "<1>\nTitle\n  Tea.\nAuthors\n  Roe A.\nPublication Type\n  {}\n"
ENDNOTE = "%0 Journal Article\n%T Tea\n%A Roe, A\n%J J Tea\n{}\n"
XML = (
    '<xml><records><record><ref-type name="Journal Article">17</ref-type><titles><title>'
    "<style>{}</style></title></titles></record></records></xml>"
)
REFWORKS = "RT Journal Article\nT1 Tea\nA1 Roe, A\nJF J Tea\n{}\n"
NBIB = "PMID- 1\nTI  - Tea.\nFAU - Roe, Ann\nTA  - Tea\n{}\n"
SCOPUS = "Title,Authors,Year,Source title,Document Type\nTea,Roe A.,2020,J Tea,{}\n"
NOTED = "Title,Authors,Year,Journal,Notes,Keywords\nTea,Roe A.,2020,J Tea,{}\n"
OPENALEX = (
    "id,display_name,publication_year,type,cited_by_count,authorships.author.display_name,"
    "primary_location.source.display_name,is_retracted\nW1,Tea,2020,{},4,Ann Roe,J Tea,{}\n"
)
YAML = "---\nreferences:\n- id: a\n  type: article-journal\n  title: Tea\n  {}\n"


def warned(text):
    (form,) = {references.form_of(data := text.encode())}
    (found,) = references.read(data, form, "refs")
    return RETRACTED in found.warnings


@pytest.mark.parametrize(
    "text",
    [
        TITLED.format("{{{RETRACTED}}: Tea}"),
        TITLED.format(r"{\textbf{RETRACTED}: Tea}"),
        TITLED.format("{[{{Retracted}}] Tea}"),
        TITLED.format(r"{Tea (\emph{Retracted article})}"),
        TITLED.format("{Retracted}"),
        TITLED.format("{[RETRACTED ARTICLE]}"),
        TITLED.format("{Green tea - {RETRACTED}}"),
        TITLED.format("{Green tea --- RETRACTED ARTICLE.}"),
        BIBTEX.format("note = {Retracted: yes}"),
        BIBTEX.format("type = {Retracted}"),
        BIBTEX.format("document_type = {Article; Retracted Publication}"),
        BIBTEX.format("note = {(Retracted article)}"),
        BIBTEX.format("annote = {RETRACTED}"),
        BIBTEX.format("pubstate = {retracted}"),
        BIBTEX.format("keywords = {milk, Retracted Publication}"),
        RIS.format("M3  - Retracted"),
        RIS.format("M3  - Meeting Abstract; Retracted Publication"),
        RIS.format("PT  - Journal Article; Retracted Publication"),
        RIS.format("KW  - Milk\nKW  - Retracted Publication"),
        RIS.format("N1  - Cited By 4\nExport Date: 2020\nRetracted article"),
        RIS.format("N1  - A note\nN1  - Retracted article"),
        RIS.format("N1  - Cited By :4 Export Date: 3 May 2020 This paper has been retracted."),
        RIS.format("N1  - Read in May, and the editor says that this article was later retracted"),
        RIS.format("N1  - Cited By 4 Export Date: 3 May 2020 Retracted"),
        RIS.format("N1  - Read (twice) Retracted Article."),
        RIS.format("N1  - From A to B The study was retracted in 2021"),
        RIS.format("N1  - Comment: This paper has been withdrawn by the author"),
        RIS.format("N1  - <p><b>Retracted</b> in 2021</p>"),
        WOS.format("Article; Retracted Publication"),
        WOS.format("Meeting Abstract; Retracted Publication"),
        OVID.format("Journal Article. Retracted Publication."),
        ENDNOTE.format("%9 Meeting Abstract\nRetracted Publication"),
        ENDNOTE.format("%Z Read.\nThis paper has been retracted."),
        ENDNOTE.format("%Z A note\nRetracted article\nin 2021"),
        ENDNOTE.format("%K Retracted Publication"),
        XML.format('</style><style face="bold">RETRACTED</style><style>: Tea'),
        REFWORKS.format("NO Comment in: Tea Lett 2020; Retraction in: Tea Lett 2021"),
        REFWORKS.format("K1 Milk; Retracted Publication"),
        NBIB.format("PT  - Journal Article\nPT  - Retracted Publication"),
        NBIB.format("RIN - Tea Lett. 2021;1:1"),
        SCOPUS.format("Retracted"),
        NOTED.format("Retracted Publication,"),
        NOTED.format(",Milk; Retracted Publication"),
        OPENALEX.format("review", "True"),
        OPENALEX.format("retracted", "true"),
        YAML.format("note: Retracted 2021"),
        YAML.format("keyword: Retracted Publication, milk"),
    ],
)
def test_a_retracted_work_has_a_warning(text):
    assert warned(text)


@pytest.mark.parametrize(
    "text",
    [
        TITLED.format("{Retraction: Tea}"),
        TITLED.format("{Retraction notice to: Tea}"),
        TITLED.format("{Notice of {Retraction}: Tea}"),
        TITLED.format("{Retracted science: a review}"),
        TITLED.format("{Needles that were - retracted}"),
        BIBTEX.format("note = {Retracted: no}"),
        BIBTEX.format("note = {Checked. Retracted = false}"),
        BIBTEX.format("type = {Retraction}"),
        BIBTEX.format("note = {Retraction notice}"),
        BIBTEX.format("note = {Retracted articles are counted}"),
        BIBTEX.format("note = {Not retracted}"),
        BIBTEX.format("annote = {http://retracted.example.org}"),
        BIBTEX.format("keywords = {retracted, article retraction, retracted articles}"),
        RIS.format("M3  - Retraction of Publication"),
        RIS.format("KW  - Retraction of Publication as Topic\nKW  - retracted"),
        RIS.format("N1  - Retraction of: Tea Lett. 2020"),
        RIS.format("N1  - It counts what was\nretracted in 2020"),
        RIS.format("N1  - Ask Bob whether this paper was retracted"),
        RIS.format("N1  - State in 2020: Not Retracted"),
        RIS.format("N1  - It tells how the article was retracted"),
        RIS.format("N1  - This work is on retracted papers"),
        WOS.format("Retraction"),
        OVID.format("Journal Article. Retraction of Publication."),
        REFWORKS.format("NO Read on retraction in science"),
        NBIB.format("PT  - Retraction of Publication\nROF - Tea Lett. 2020"),
        NBIB.format("PT  - Retraction Notice"),
        NBIB.format("MH  - *Retraction of Publication as Topic"),
        SCOPUS.format("Retraction"),
        NOTED.format("Retraction of Publication,article retraction"),
        OPENALEX.format("review", "False"),
        OPENALEX.format("retraction", ""),
        YAML.format("note: 'Retraction notice'"),
    ],
)
def test_a_notice_and_a_work_about_retractions_have_none(text):
    assert not warned(text)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"status": "Retracted"}, True),
        ({"genre": "Retracted Publication"}, True),
        ({"note": "<b>Retracted</b>"}, True),
        ({"note": "PMID: 1\nRetracted Publication"}, True),
        ({"keyword": "milk; Retracted Publication"}, True),
        ({"custom": {"retracted": True}}, True),
        ({"custom": {"fields": {"format": "nbib", "values": {"PT": ["Retracted"]}}}}, True),
        ({"custom": {"fields": {"format": "nbib", "values": ["PT"]}}}, False),
        ({"custom": {"fields": ["PT"], "retracted": "no"}}, False),
        ({"custom": "Retracted"}, False),
        ({"status": "in press"}, False),
        ({"note": "Retraction notice"}, False),
        ({"keyword": "retracted"}, False),
    ],
)
def test_an_item_of_csl_json_that_says_so_has_a_warning(values, expected):
    reading = adapted({"type": "article-journal", "title": "Tea", **values})
    assert (RETRACTED in reading.warnings) == expected


def test_reading_leaves_the_data_as_they_are():
    data = {"type": "article-journal", "title": "Tea", "status": "Retracted", "custom": {}}
    before = json.dumps(data)
    assert adapted(data).item["custom"] == {"retracted": True}
    assert json.dumps(data) == before
