"""Read HTML as a reader sees it, without menus."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from abstool import page
from abstool.manuscripts.breaks import at_breaks
from abstool.manuscripts.document import ManuscriptText, Passage
from abstool.manuscripts.links import unique
from abstool.manuscripts.markers import raised

# The two columns of an entry in a bibliography that a CSL processor made: one line for a reader.
_MARGIN = re.compile(rb"</div>\s*<div\b[^<>]{0,300}\bcsl-right-inline\b[^<>]{0,300}>")


def read(text: bytes, subject: str) -> ManuscriptText:
    """Return the paragraphs of an HTML text in UTF-8."""
    blocks = page.read_utf8(_MARGIN.sub(b" ", text), subject=subject).blocks
    passages: list[Passage] = []
    for place, group in enumerate(_paragraphs(blocks)):
        passages += at_breaks(_passage(group, place))
    return ManuscriptText(tuple(passages))


def _paragraphs(blocks: Sequence[page.Block]) -> Iterator[list[page.Block]]:
    """Yield the blocks of each paragraph, between which are line breaks."""
    group: list[page.Block] = []
    for block in blocks:
        if group and (block.starts_paragraph or block.item or block.heading):
            yield group
            group = []
        group.append(block)
    if group:
        yield group


def _passage(group: Sequence[page.Block], place: int) -> Passage:
    number = group[0].item.strip(".) ")
    runs = [run for block in group for run in block.runs]
    links = [run.href for run in runs if run.href.lower().startswith(("http:", "https:", "doi:"))]
    markers: list[str] = []
    before = ""
    for run in runs:
        if run.script == "sup" and (marker := raised(before, run.text)):
            markers.append(marker)
        before = run.text
    return Passage(
        "\n".join(block.text for block in group),
        place,
        number if number.isdigit() else "",
        addresses=unique(links),
        heading=any(block.heading for block in group),
        raised=tuple(markers),
    )
