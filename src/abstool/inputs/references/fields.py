"""Convert the fields that BibTeX and RIS have in common to CSL-JSON variables."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple
from urllib.parse import unquote

from abstool.errors import printable
from abstool.inputs.references.dates.possible import possible
from abstool.item import PRESENTED, Item, ItemDate, bare_doi, to_date

_PRESENTED = re.compile(rf"(?:^|(?<=[.;]\s)){re.escape(PRESENTED)}(.+)", re.DOTALL)
# A period after an abbreviation (5th Int. Conf.) does not end the name of a meeting.
_END_OF_MEETING = re.compile(
    r";\s|\s\|\s|\.\s(?=Accessed |[A-Z][\w -]{2,30}:)|(?<=\d{3})\.\s|(?<=[)\]'\"%’”])\.\s"
    r"|(?<=[a-z]{6})\.\s|[.;]?\s*\Z"
    r"|(?<=[A-Z]{3})\.\s|(?<=\s[a-z])\.\s|(?<=\s[a-z]{2})\.\s|(?<=\s[a-z]{3})\.\s"
    r"|(?<=\s[a-z]{4})\.\s|(?<=\s[a-z]{5})\.\s"
)
_VISITED = re.compile(r"(?:^|(?<=[.;]\s))Accessed [A-Z][a-z]+ \d{1,2}, \d{4}\.?$")
_DESIGNATION = re.compile(r"(?<!\s)\s*[\[(](?:meeting )?abstract[\])]\.?$", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_NUMBER = re.compile(r"\d+")
_DOI = re.compile(r"10\.\d[\d.]{3,20}(?:/|%2F)(?:\S+|\s+\S+$)", re.IGNORECASE)
# A DOI or URL and nothing else, as most fields have it; the other patterns take longer.
_ONLY_DOI = re.compile(r"10\.\d[\d.]{3,20}/[\w./-]*\w", re.ASCII)
_SHORT_DOI = re.compile(r"10/[a-z\d]{3,}", re.IGNORECASE)
_BETWEEN_DOIS = re.compile(r"[;,|\s](?=10\.\d{4}|https?:|doi:)", re.IGNORECASE)
_NEXT_DOI = re.compile(r"[;,|](?=10\.\d|https?:|doi:)|[\"']>|</[a-z]", re.IGNORECASE)  # or a tag
_AFTER_DOI = ".,;:\"'\\"
_OPENING = {")": "(", "]": "[", "}": "{", ">": "<"}
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")
_DOI_LABEL = re.compile(r"^doi:?\s*", re.IGNORECASE)
_MEANING = re.compile(r"[^\W0_]")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z]\w{1,31});")
# Words with which programs name the kind of an entry; a style's genre would print them.
_KINDS = re.compile(
    r"(?:info:eu-repo/semantics/)?(?:(?:journal|newspaper|magazine|conference|original|research"
    r"|review|full|case|web|book|academic|scientific) )*"
    r"(?:articles?|papers?|proceedings?|reviews?|books?|chapters?|sections?|reports?|thesis|theses"
    r"|dissertations?|journal|jour|editorial|letter|note|erratum|short survey|generic|document"
    r"|misc|other|electronic|print|artikel|web ?site|page|preprint"
    r"|article in press|text|serial|no|data ?set)"
    r"(?:[;,/] ?.*)?",
    re.IGNORECASE,
)
# The same in the other languages of Zotero, Citavi and EndNote, with the words between them.
_KINDS_ABROAD = frozenset(
    "aufsatz beitrag buch buchabschnitt buchbeitrag buchkapitel buchteil internetdokument "
    "konferenzbeitrag monografie monographie sammelband sammelwerk tagungsbeitrag webseite "
    "zeitschrift zeitschriftenartikel zeitschriftenaufsatz zeitschriftenbeitrag zeitung "
    "zeitungsartikel article chapitre conférence contribution journal livre magazine ouvrage "
    "page périodique revue section site web artículo capítulo libro página periódico revista "
    "sección artigo comunicação jornal livro seção articolo capitolo contributo pagina "
    "periodico rivista sezione sito artikel boek boekhoofdstuk hoofdstuk tijdschrift "
    "tijdschriftartikel webpagina a d da de del della di do du em en dans in la le une un van"
    "".split()
)
_LINKS = 3  # characters of the longest word that says nothing alone
_DEGREE = re.compile(r"(?![IVXLC]+$)[^\W\d_][^\d]*[^\W\d_].?")  # letters, but no Roman number


class InvalidEntryError(Exception):
    """An entry cannot be read, or the whole file; the message says why."""


class Reading(NamedTuple):
    """The item of an entry, with what the user should check.

    ``warnings`` are printed for each entry; those in ``once`` only for the first entry of a file
    that has the same text, since a file often has the same doubt in thousands of entries.
    ``abstract``, if given, reads the abstract and what to warn of in it once; it is called only if
    the abstract is needed, because decoding it takes longer than the rest of the entry.
    """

    item: Item
    warnings: tuple[str, ...] = ()
    once: tuple[str, ...] = ()
    abstract: Callable[[], tuple[str, tuple[str, ...]]] | None = None


# The line that an entry begins on, and what reads it or raises InvalidEntryError.
Entry = tuple[int, Callable[[], Reading]]
JsonObject = Mapping[str, object]  # in the JSON of any program


def wording(text: str) -> str:
    """Return the text of a date; raise InvalidEntryError if no date has so many digits."""
    if text.strip() and not to_date(text):
        raise InvalidEntryError(f"the date {printable(text, limit=40)!r} is not valid")
    return text


def says_something(text: str) -> bool:
    """Return whether a text has more than zeros and marks, which stand for no date."""
    return _MEANING.search(text) is not None


def date(year: str, month: str = "", day: str = "", text: str = "") -> ItemDate | None:
    """Return a date from its parts; text without a year becomes a literal date.

    ``text`` is what has all parts, for a warning.
    """
    if not says_something(year):
        return None
    if not (found := _YEAR.search(year)):
        return {"literal": wording(year)}
    parts = [int(found[0])]
    # Python refuses to convert thousands of digits.
    parts += [int(number[:9]) for number in _NUMBER.findall(f"{month} {day}")[:2]]
    return possible({"date-parts": [parts]}, text or " ".join(filter(None, (year, month, day))))


def doi(text: str) -> str:
    """Return the DOI in a text, without what stands around it, else ``""``.

    ``%28`` is decoded, and brackets that do not balance and the query of a URL are left out.
    """
    if not text or text.isalnum():  # such as the number of a page
        return ""
    if _ONLY_DOI.fullmatch(text):
        return text
    text = unescaped(_INVISIBLE.sub("", text)).strip()
    if not (found := _DOI.search(text)):
        short = _SHORT_DOI.fullmatch(_DOI_LABEL.sub("", bare_doi(text)))
        return short[0] if short else ""
    number = re.sub(r"\s", "", found[0])
    if text[:4].lower() == "http":
        number = re.split(r"[?#]", number, maxsplit=1)[0]
    if "%" in number and (plain := unquote(number)).isprintable():
        number = plain
    number = _NEXT_DOI.split(number, maxsplit=1)[0]
    return without_tail(number)


def other_dois(text: str) -> list[str]:
    """Return the DOIs in a text after the first one."""
    parts = _BETWEEN_DOIS.split(text)
    if len(parts) == 1:
        return []
    found = dict.fromkeys(filter(None, map(doi, parts)))
    return [*found][1:]


def no_doi(text: str) -> str:
    """Return the warning about a field for a DOI that has none."""
    return f"{printable(text, limit=40)!r} is not a DOI; left it out"


def without_tail(text: str) -> str:
    """Return a text without signs at its end that belong to no DOI, or that nothing opens."""
    length = len(text)
    unopened = {end: text.count(end) - text.count(start) for end, start in _OPENING.items()}
    while length and ((end := text[length - 1]) in _AFTER_DOI or unopened.get(end, 0) > 0):
        length -= 1
        if end in unopened:
            unopened[end] -= 1
    return text[:length]


def unescaped(text: str) -> str:
    """Return a text with its character references (``&quot;``) resolved, even if nested."""
    if "&" not in text:
        return text
    import html  # noqa: PLC0415 - few texts need it

    for _ in range(3):
        if (resolved := _ENTITY.sub(lambda match: html.unescape(match[0]), text)) == text:
            break
        text = resolved
    return text


def names_kind(text: str) -> bool:
    """Return whether a text only says what kind of entry this is: ``Journal Article``."""
    words = re.findall(r"[^\W\d_]+", text.casefold())
    is_abroad = any(len(word) > _LINKS for word in words) and _KINDS_ABROAD.issuperset(words)
    return is_abroad or bool(_KINDS.fullmatch(text.strip(" .[]")))


def with_degree(volume: str, work: str) -> str:
    """Return what kind a thesis is whose volume is the degree: ``PhD``, ``PhD thesis``; else ""."""
    if not _DEGREE.fullmatch(volume):
        return ""
    return f"{volume} {work}".strip() if not work or names_kind(work) else work


def abbreviates(short: str, title: str) -> bool:
    """Return whether a text abbreviates the title of a journal: ``Ann Rheum Dis``.

    Each of its words begins like a word of the title, in the same order, and one is cut.
    """
    words = iter(re.findall(r"[^\W_]+", title.casefold()))
    parts = re.findall(r"[^\W_]+", short.casefold())
    is_in_order = all(any(word.startswith(part) for word in words) for part in parts)
    return bool(parts) and is_in_order and len(short) < len(title)


def with_subtitle(title: str, subtitle: str) -> str:
    """Return a title with its subtitle."""
    ends = title.rstrip().endswith(("?", "!", ":", "."))
    return (" " if ends else ": ").join(filter(None, (title, subtitle)))


def titled(title: str) -> dict[str, str]:
    """Return a title, and the genre if it ends with "[abstract]", so that styles print it once."""
    bare = _DESIGNATION.sub("", title) if title.endswith((")", "]", ".")) else title
    return {"title": bare, "genre": "abstract"} if bare and bare != title else {"title": title}


def noted(note: str, *, visited: bool) -> dict[str, str]:
    """Return a note and the meeting that it names.

    The date of the visit is removed from the note if another field has it (``visited``).
    """
    if not note:
        return {}
    if visited:
        note = _VISITED.sub("", note)
    meeting = ""
    if PRESENTED in note and (found := _PRESENTED.search(note)):
        end = _END_OF_MEETING.search(note, found.start(1) + 1)
        stop = end.start() if end else len(note)
        meeting = note[found.start(1) : stop].strip()
        note = f"{note[: found.start()].rstrip(' ;')}{note[stop:]}"
    values = {"note": note.strip(" .;|"), "event-title": meeting}
    return {name: value for name, value in values.items() if value}
