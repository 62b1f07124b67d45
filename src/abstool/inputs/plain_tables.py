"""Read any table with a column that tells which work a row is about, such as ``url,decision``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from abstool.encoding import to_utf8
from abstool.errors import UnreadableInput
from abstool.inputs import archives
from abstool.inputs.archives import SavedPage
from abstool.inputs.outcome import Outcome
from abstool.inputs.references.fields import InvalidEntryError
from abstool.inputs.references.tables import delimited, xlsx
from abstool.inputs.references.tables.abstracts import Columns
from abstool.inputs.references.tables.cells import Sheet, read_cells
from abstool.inputs.references.tables.columns import ROLES, Header, comparable
from abstool.inputs.references.tables.rows import read_row
from abstool.inputs.sheets import NOT_A_SHEET, is_workbook
from abstool.item import Item

# Names that mean something else in tables of references.
_ROLES = ROLES | {"number": "abstract_number", "no": "abstract_number", "id": "key"}
_IDENTIFYING = frozenset("title url doi key pmid abstract_number".split())
# Rayyan exports a ZIP archive of the articles and of this log, which numbers the articles.
_OF_RAYYANS_LOG = frozenset(("article_id", "key", "value"))


def items_of(page: SavedPage) -> list[Outcome[Item]]:
    """Return the item of each row; [] if the file is not a table, or identifies no works.

    Cells of unknown columns are kept in ``custom``, as with references.
    """
    if len(page.data) > archives.LIMIT:
        return []
    try:
        sheets = list(_sheets(page))
        if any(_OF_RAYYANS_LOG.issubset(sheet.columns.names) for sheet in sheets):
            return [_log_of_rayyan(page)]
        return [row for sheet in sheets for row in _rows(page, sheet)]
    except InvalidEntryError as error:
        return [Outcome(page.subject, error=UnreadableInput(page.subject, str(error)))]


def _sheets(page: SavedPage) -> Iterator[Sheet]:
    if is_workbook(page.data):
        yield from xlsx.sheets_of(page.data, _columns)
    elif not NOT_A_SHEET.match(page.data):
        text = to_utf8(page.data, charset=page.charset, subject=page.subject).decode()
        if sheet := delimited.sheet_of(text, _columns):
            yield sheet


def _columns(cells: Sequence[str]) -> Columns | None:
    """Return the columns of a header, or None if none of them identifies a work."""
    names = tuple(" ".join(cell.split()).strip("\ufeff") for cell in cells)
    roles: list[str] = []
    for name in names:
        role = _ROLES.get(comparable(name), "")
        roles.append("" if role in roles else role)
    is_header = len(names) > 1 and not _IDENTIFYING.isdisjoint(roles)
    return Columns(names, tuple(roles)) if is_header else None


def _rows(page: SavedPage, sheet: Sheet) -> Iterator[Outcome[Item]]:
    header = Header(sheet.columns.names, sheet.columns.roles, is_own=False)
    unit = f"{sheet.name}, row" if sheet.name else "line"
    for number, cells in sheet.rows:
        subject = f"{page.subject}, {unit} {number}"
        if isinstance(cells, str):
            yield Outcome(subject, error=UnreadableInput(subject, cells, "fix the row"))
        else:
            texts, found = read_cells(header.names, header.roles, cells[: len(header.names)])
            yield Outcome(subject, (header, texts), warnings=found, form="csv").then(_item)


def _item(row: tuple[Header, list[str]], subject: str) -> Item:
    """Return the item of a row. Raises UnreadableInput if the row identifies no work."""
    header, texts = row
    try:
        return read_row(header, texts, "csv").item
    except InvalidEntryError:
        cells = dict(zip(header.names, texts, strict=False))
        key = next((cells.get(header.names[n], "") for n in _keys(header)), "").strip()
        if not key:
            next_step = "give its title, URL, DOI, key or number"
            raise UnreadableInput(subject, "the row names no work", next_step) from None
        kept = {name: [text] for name, text in cells.items() if name and text}
        fields: dict[str, object] = {"format": "csv", "values": kept}
        return {"type": "document", "id": key, "custom": {"fields": fields}}


def _keys(header: Header) -> list[int]:
    return [place for place, role in enumerate(header.roles) if role == "key"]


def _log_of_rayyan(page: SavedPage) -> Outcome[Item]:
    if page.collected:
        return Outcome(page.subject, collected=True)
    problem = "this is Rayyan's log, which does not name the works"
    next_step = "use articles.csv of the same export"
    return Outcome(page.subject, error=UnreadableInput(page.subject, problem, next_step))
