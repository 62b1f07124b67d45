"""Word and OpenDocument files, made of the XML of their text."""

import base64
import html
import io
import json
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_SPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
NUMBERING = (
    '<w:abstractNum w:abstractNumId="4"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    '<w:numFmt w:val="decimal"/><w:lvlText w:val="[%1]"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="2"><w:abstractNumId w:val="4"/></w:num>'
)


def packed(**parts):
    """Return a ZIP archive of parts by their paths."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for path, content in parts.items():
            archive.writestr(zipfile.ZipInfo(path), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def saved(document):
    """Return the bytes of a document of python-docx, without the time of day."""
    stream = io.BytesIO()
    document.save(stream)
    with zipfile.ZipFile(stream) as source:
        return packed(**{name: source.read(name) for name in source.namelist()})


def word(body, *, links=(), numbering=NUMBERING, **more):
    """Return a Word file; ``links`` are the targets of rId1 and so on."""
    relationships = "".join(
        f'<Relationship Id="rId{number}" Type="{LINK}" Target="{html.escape(target)}" '
        'TargetMode="External"/>'
        for number, target in enumerate(links, 1)
    )
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f"<w:document {_SPACES}><w:body>{body}</w:body></w:document>",
        "word/numbering.xml": f"<w:numbering {_SPACES}>{numbering}</w:numbering>",
        "word/_rels/document.xml.rels": (
            f'<Relationships xmlns="{package}">{relationships}</Relationships>'
        ),
    }
    for name, content in more.items():
        parts[f"word/{name}.xml"] = f"<w:{name} {_SPACES}>{content}</w:{name}>"
    return packed(**parts)


def run(text, properties=""):
    """Return a run of text."""
    return (
        f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{html.escape(text)}</w:t></w:r>'
    )


def paragraph(*content, properties=""):
    """Return a paragraph of runs; plain text becomes one."""
    runs = [one if one.startswith("<") else run(one) for one in content]
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def listed(*content):
    """Return a paragraph that Word numbers."""
    numbering = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr>'
    return paragraph(*content, properties=numbering)


def field(instruction, result, *, data="", parts=3):
    """Return the runs of a field, with its instruction split over some."""
    size = max(1, -(-len(instruction) // parts))
    pieces = [instruction[start : start + size] for start in range(0, len(instruction), size)]
    written = "".join(
        f'<w:r><w:instrText xml:space="preserve">{html.escape(piece)}</w:instrText></w:r>'
        for piece in pieces
    )
    kept = f"<w:fldData>{base64.b64encode(data.encode()).decode()}</w:fldData>" if data else ""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin">{kept}</w:fldChar></w:r>{written}'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def simple_field(instruction, result):
    """Return a field in its short form."""
    return f'<w:fldSimple w:instr=" {html.escape(instruction)} ">{run(result)}</w:fldSimple>'


def control(tag, content):
    """Return a content control with a tag."""
    head = f'<w:sdtPr><w:tag w:val="{tag}"/></w:sdtPr>'
    return f"<w:sdt>{head}<w:sdtContent>{content}</w:sdtContent></w:sdt>"


def citation(*items):
    """Return the JSON of a citation of Zotero or Mendeley."""
    return json.dumps({"citationItems": [{"id": 1, "itemData": item} for item in items]})


def endnote(title, family="Muster, Anna"):
    """Return the XML that EndNote leaves in a document."""
    return (
        "<EndNote><Cite><Author>Muster</Author><record><ref-type name='Journal Article'>17"
        f"</ref-type><contributors><authors><author>{family}</author></authors></contributors>"
        f"<titles><title>{title}</title></titles><dates><year>2020</year></dates></record></Cite>"
        "</EndNote>"
    )


def odt(body, styles=""):
    """Return an OpenDocument text."""
    spaces = " ".join(f'xmlns:{name}="{ODF}{name}:1.0"' for name in ("office", "text", "style"))
    spaces += f' xmlns:fo="{ODF}xsl-fo-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return packed(
        **{
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": (
                f"<office:document-content {spaces}><office:automatic-styles>{styles}"
                f"</office:automatic-styles><office:body><office:text>{body}</office:text>"
                "</office:body></office:document-content>"
            ),
        }
    )
