"""Find the journal, book or proceedings of an entry of RIS, and the meeting."""

from __future__ import annotations

import re

from abstool.inputs.references.dates.printed import has_other_words, printed
from abstool.inputs.references.entry import Fields, split_supplement
from abstool.inputs.references.fields import abbreviates, unescaped
from abstool.inputs.references.meetings import journal_and_meeting
from abstool.inputs.references.ris.lines import Pairs
from abstool.inputs.references.ris.types import BOOKS
from abstool.ris_roles import SERIES_IN_T2
from abstool.text import comparable, tidy

_CONFERENCES = ("CONF", "CPAPER")
_AUTHORS = frozenset({"AU", "A1"})
_WORD = re.compile(r"[^\W\d_]{3}")
_PRINTED = re.compile(
    r"\b(?:proc(?:\.|eedings)?|transactions|lecture notes|advances|journal|annals|a[ck]t(?:as|en)"
    r"|tagungsband)(?!\w)",
    re.IGNORECASE,
)
_IS_DATE = re.compile(r"[A-Za-z]{3}.{0,40}(?<!\d)\d{4}(?!\d)|(?<!\d)\d{4}.{0,40}[A-Za-z]{3}")
_DATABASE = re.compile(r"(?:EMBASE|PUBMED)\b")  # a number of which may be in C3
# Pages behind the first ones: those of a whole book are a number, or begin at 1, 2 or so.
_PART_OF_BOOK = re.compile(r"\d{2,}\s*[-–]\s*\d")


def text_of(fields: Fields, tags: str) -> str:
    """Return the first value of the first tag that has one, decoded, and remove it."""
    text = fields.take(tags)
    return tidy(unescaped(text)) if "&" in text else text


def containers_of(fields: Fields, kind: str) -> dict[str, str]:
    """Return the journal, book or series, and its abbreviation.

    Programs write the full title into T2, JF or JO and the abbreviation into JA, J2 or JO, and some
    of them only one of these. T2 of a book or report has its series, unless T3 has that; T2 that
    repeats the title, as Scopus writes it, is neither. T2 of a thesis is its department, unless
    there is a volume of Dissertation Abstracts.
    """
    if kind in SERIES_IN_T2 and "T2" in fields and "T3" not in fields and not is_part(fields, kind):
        title = comparable(unescaped(fields.peek("TI T1 BT")))
        is_own = bool(title) and comparable(unescaped(fields.peek("T2"))).startswith(title)
        series = "" if is_own else text_of(fields, "T2")
        return {"container-title": "", "container-title-short": "", "collection-title": series}
    tags = "T2 BT JF" if kind in ("CHAP", "ECHAP", *_CONFERENCES) else "T2 JF"
    has_department = kind == "THES" and not fields.peek("VL VO")[:1].isdecimal()
    full = text_of(fields, "JF" if has_department else tags)
    fields.drop("T2 JF JO BT", full)
    full = full or text_of(fields, "JO")
    fields.drop("JO", full)
    short = text_of(fields, "J2 JA J1 JO JI") if full else ""
    full = full or text_of(fields, "JA J2 J1 JI")
    if not full and kind in _CONFERENCES and _names_proceedings(fields.peek("C3")):
        full = text_of(fields, "C3")  # as Scopus writes it
    for text in (full, short):
        fields.drop("JO JA J2 J1 JI", text)
    found = journal_and_meeting(full)
    short = "" if short == found["container-title"] else short
    return {**found, "container-title-short": short}


def is_part(fields: Fields, kind: str) -> bool:
    """Return whether what is called a book is a part of the one in T2.

    Web of Science writes its chapters so. Editors show nothing, since whole books have some too,
    and of others only the pages show it, if there is an author.
    """
    if kind not in BOOKS - {"SER"} or "T2" not in fields or "A3" in fields:
        return False
    if comparable(fields.peek("T2")) == comparable(fields.peek("TI T1 BT")):
        return False
    pages = f"{fields.peek('SP')}-{fields.peek('EP')}"
    has_pages = fields.has_any(_AUTHORS) and bool(_PART_OF_BOOK.match(pages))
    return has_pages or fields.peek("UT AN").startswith("WOS:")


def held(fields: Fields) -> tuple[dict[str, object], Pairs]:
    """Return date and place of a meeting that has them in CY and CL, and the fields to keep.

    Web of Science writes them so; other programs have a place in CY.
    """
    dates = [text for text in fields.seen("CY") if _IS_DATE.search(text)]
    if not dates or not (date := printed(dates[0])) or has_other_words(dates[0]):
        return {}, []
    place = text_of(fields, "CL")
    for text in (dates[0], place):
        fields.drop("CY", text)  # abstool writes the place, too
    if not place:
        return {"event-date": date}, [("CY", dates[0])]
    return {"event-date": date, "event-place": place}, [("CY", dates[0]), ("CL", place)]


def _proceedings(fields: Fields, meeting: str, *, is_noted: bool) -> str:
    """Return the title of the proceedings in C3, if T2 has the name of the meeting, and take it.

    Other programs may have an abbreviation or an institution there, unless a note names the
    meeting, as abstool writes it.
    """
    (title, *others) = fields.seen("C3") or [""]
    if not meeting or not _names_proceedings(title):
        return ""
    title = tidy(unescaped(title))
    is_place = bool(_PRINTED.search(meeting)) and not _PRINTED.search(title)
    if title == meeting or (not is_noted and (others or is_place or abbreviates(title, meeting))):
        return ""
    return text_of(fields, "C3")


def _names_proceedings(title: str) -> bool:
    """Return whether a text in C3 may be a title, not a number or one of a database."""
    return _WORD.search(title) is not None and not _DATABASE.match(title)


def is_in_journal(fields: Fields, kind: str, containers: dict[str, str]) -> bool:
    """Return whether what was presented at a meeting is in an issue or supplement of a journal."""
    if kind not in (*_CONFERENCES, "ABST"):
        return False
    return "event-title" in containers or bool(
        fields.peek("VL")
        and fields.peek("IS")
        and (containers["container-title-short"] or split_supplement(fields.peek("IS"))[1])
    )


def meeting_of(
    fields: Fields, kind: str, values: dict[str, object], *, is_of_wos: bool
) -> dict[str, str]:
    """Return the meeting, with its place and the type of what was only presented there."""
    found: dict[str, str] = {}
    if not values.get("event-title"):
        if _WORD.search(fields.peek("CP")):
            found["event-title"] = text_of(fields, "CP")
        elif values.get("genre") == "abstract" and values["type"] == "article-journal":
            found["event-title"] = str(values.get("collection-title") or "") or text_of(
                fields, "CT C3"
            )
            found["collection-title"] = ""
            if _DATABASE.match(found["event-title"]):
                fields.put("C3", found.pop("event-title"))
    event = found.get("event-title") or values.get("event-title") or ""
    container = str(values["container-title"])
    if values["type"] not in ("paper-conference", "speech") or not container:
        return found
    is_noted = container == values.get("event-title")
    if (is_noted or (event in ("", container) and not is_of_wos)) and (
        title := _proceedings(fields, container, is_noted=is_noted)
    ):
        found |= {"event-title": container, "container-title": title}
        return found | _place(values) if is_noted else found
    if event == container or (not event and _is_only_presented(kind, values)):
        found |= {"event-title": container, "container-title": ""}
        found |= {} if kind == "CONF" else {"type": "speech"}
        return found | _place(values)
    return found


def _place(values: dict[str, object]) -> dict[str, str]:
    """Return the place in CY as that of the meeting, unless it is that of a publisher."""
    if values.get("publisher") or values.get("event-place"):
        return {}
    return {"event-place": str(values.get("publisher-place") or ""), "publisher-place": ""}


def _is_only_presented(kind: str, values: dict[str, object]) -> bool:
    """Return whether T2 and CY are a meeting and its place, since nothing says it was printed."""
    printed = ("publisher", "page", "volume", "number", "editor", "ISBN", "ISSN")
    place = values.get("publisher-place") or values.get("event-place")
    is_placed = kind == "CPAPER" and bool(place)
    is_placed = is_placed and not _PRINTED.search(str(values["container-title"]))
    return kind == "SLIDE" or (is_placed and not any(map(values.get, printed)))
