"""Write a bibliography as a Word document, laid out as its style says.

All entries have the paragraph style "Bibliography". The numbers of a list are a list in Word, whose
numbers change when a user moves an entry.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from abstool.csl.text import marks
from abstool.csl.text.layout import EntryLayout
from abstool.csl.text.output import formatted_runs

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph
    from lxml.etree import _Element

_FONT = {
    marks.SMALL_CAPS: "small_caps",
    marks.UNDERLINE: "underline",
    marks.SUPERSCRIPT: "superscript",
    marks.SUBSCRIPT: "subscript",
    marks.BOLD: "bold",
    marks.ITALIC: "italic",
}
_STYLE, _LINK = "Bibliography", "Hyperlink"  # the names of Word's own styles for these
_INDENT = 720  # of lines after the first, in twentieths of a point: half an inch
_LINE = 240  # the height of a line, in the same unit
_LINK_COLOUR = "0563C1"
_PLAIN = EntryLayout(entry_spacing=0)
_NUMBER = re.compile(r"([^\d%]*)(\d+)([^\d%]*)")  # Word writes a number as %1


def docx(entries: Sequence[str], layout: EntryLayout | None = None) -> bytes:
    """Return a Word document with one paragraph for each entry; entries are marked text."""
    layout = layout or _PLAIN
    from docx import Document  # noqa: PLC0415 - only this form needs it

    made = Document()
    _add_styles(made, layout)
    listed = [formatted_runs(entry) for entry in entries]
    around = _around_numbers(listed)
    list_id = "" if around is None else _add_list(made, around, layout)
    for runs in listed:
        paragraph = made.add_paragraph(style=_STYLE)
        if list_id:
            properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - no public name for it
            properties.append(
                _element("w:numPr", {}, _valued("w:ilvl", 0), _valued("w:numId", list_id))
            )
        _write(paragraph, [run for run in runs if not list_id or run.block != "left-margin"])
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def _write(paragraph: Paragraph, runs: Sequence[marks.TextRun]) -> None:
    """Add the pieces of an entry, with a tab or a line break between its blocks."""
    blocks = {run.block for run in runs} - {""}
    before = None
    for run in runs:
        if blocks and not run.block and not run.text.strip():
            continue  # it separates blocks in forms that have none
        if run.block != before:
            if before:
                paragraph.add_run("\t" if before == "left-margin" else "\n")
            run = run._replace(text=run.text.lstrip())  # noqa: PLW2901 - a block has no such space
        before = run.block
        _add_run(paragraph, run)


def _add_run(paragraph: Paragraph, run: marks.TextRun) -> None:
    from docx.opc.constants import RELATIONSHIP_TYPE  # noqa: PLC0415 - as above
    from docx.oxml.ns import qn  # noqa: PLC0415

    made = paragraph.add_run(run.text, style=_LINK if run.link else None)
    for mark, name in _FONT.items():
        if mark in run.formats:
            setattr(made.font, name, True)
    if run.link:
        name = paragraph.part.relate_to(run.link, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link = _element("w:hyperlink", {})
        link.set(qn("r:id"), name)
        made._r.addprevious(link)  # noqa: SLF001 - python-docx cannot add links
        link.append(made._r)  # noqa: SLF001


def _add_styles(made: Document, layout: EntryLayout) -> None:
    """Add the styles of entries and links."""
    from docx.enum.style import WD_STYLE_TYPE  # noqa: PLC0415
    from docx.shared import RGBColor, Twips  # noqa: PLC0415

    style = made.styles.add_style(_STYLE, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    style.base_style = made.styles["Normal"]
    left, hanging = _indents(layout)
    form = style.paragraph_format
    form.left_indent, form.first_line_indent = Twips(left), Twips(-hanging)
    if layout.second_field_align:
        form.tab_stops.add_tab_stop(Twips(left))
    form.line_spacing = float(layout.line_spacing)
    form.space_after = Twips(_LINE * layout.entry_spacing)
    link = made.styles.add_style(_LINK, WD_STYLE_TYPE.CHARACTER, builtin=True)
    link.font.underline = True
    link.font.color.rgb = RGBColor.from_string(_LINK_COLOUR)


def _indents(layout: EntryLayout) -> tuple[int, int]:
    """Return the left indent of all lines, and how far the first begins before it."""
    if layout.second_field_align == "margin":
        return 0, _INDENT
    return (_INDENT, _INDENT) if layout.second_field_align or layout.hanging_indent else (0, 0)


# --- numbered lists -------------------------------------------------------------------------------


def _around_numbers(listed: Sequence[Sequence[marks.TextRun]]) -> tuple[str, str] | None:
    """Return what stands around the numbers of a list, or None if Word cannot number it.

    It can if all entries begin with their numbers, from 1 upwards, in a block of their own.
    """
    around = set()
    for number, runs in enumerate(listed, 1):
        margin = [run for run in runs if run.block == "left-margin"]
        plain = len(margin) == 1 and len(margin[0].formats) == 1 and margin[0] == runs[0]
        found = _NUMBER.fullmatch(margin[0].text.strip()) if plain else None
        if found is None or found[2] != str(number) or len(runs) == 1:
            return None
        around.add((found[1], found[3]))
    return around.pop() if len(around) == 1 else None


def _add_list(made: Document, around: tuple[str, str], layout: EntryLayout) -> str:
    """Define a list numbered from 1, and return its id."""
    numbering = made.part.numbering_part.element
    ids = numbering.xpath("//@w:abstractNumId | //@w:numId")
    new = str(max(map(int, ids), default=0) + 1)
    left, hanging = _indents(layout)
    level = _element(
        "w:lvl",
        {"ilvl": 0},
        _valued("w:start", 1),
        _valued("w:numFmt", "decimal"),
        _valued("w:suff", "tab"),
        _valued("w:lvlText", f"{around[0]}%1{around[1]}"),
        _valued("w:lvlJc", "left"),
        _element("w:pPr", {}, _element("w:ind", {"left": left, "hanging": hanging})),
    )
    kind = _valued("w:multiLevelType", "singleLevel")
    numbering.insert(0, _element("w:abstractNum", {"abstractNumId": new}, kind, level))
    numbering.append(_element("w:num", {"numId": new}, _valued("w:abstractNumId", new)))
    return new


def _valued(tag: str, value: object) -> _Element:
    return _element(tag, {"val": value})


def _element(tag: str, attributes: Mapping[str, object], *children: _Element) -> _Element:
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415

    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), str(value))
    element.extend(children)
    return element
