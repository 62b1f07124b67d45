"""The headings above lists of references, and those that end one."""

from __future__ import annotations

import re

from abstool.text import fold

_TITLES = """
references|reference list|list of references|references cited|cited references
references and notes|notes and references|bibliography|select bibliography|literature
literature cited|cited literature|works cited|literature references|citations
supplementary references|supplemental references|additional references|literatur
literaturverzeichnis|literaturangaben|literaturliste|quellen|quellenverzeichnis|referenzen
bibliographie|bibliografie|schrifttum|references bibliographiques|ouvrages cites|referencias
referencias bibliograficas|bibliografia|literatura citada|obras citadas|literatura
referencias citadas|riferimenti|riferimenti bibliografici|riferimenti e note|bibliografia citata
referenties|referentielijst|literatuur|literatuurlijst|bronnen|bronnenlijst|referenser
referenslista|litteratur|litteraturforteckning|kallor|kallforteckning|referencer|referenceliste
litteraturliste|kilder|referanser|referanseliste|lahteet|lahdeluettelo|kirjallisuus|viitteet
pismiennictwo|wykaz literatury|seznam literatury|pouzita literatura|reference|zoznam literatury
irodalom|irodalomjegyzek|hivatkozasok|felhasznalt irodalom|kaynaklar|kaynakca
bibliografie selectiva|referinte|referinte bibliografice|literatura i izvori|popis literature|viri
литература|список литературы|библиография|список использованных источников|источники|література
список літератури|книгопис|βιβλιογραφια|αναφορες|参考文献|參考文獻|文献|引用文献|참고문헌
참고 문헌|المراجع|مراجع|منابع|ביבליוגרפיה|מקורות
"""
_LIST = {fold(title) for line in _TITLES.split("\n") for title in line.split("|") if title}
_AFTER = re.compile(
    r"(?:supplementa(?:ry|l)|additional|supporting) (?:\w+ )?"
    r"(?:material|information|tables?|figures?|files?|data)s?"
    r"|(?:figure|table) (?:legends?|captions?|titles?)"
    r"|legends?(?: (?:to|for|of) (?:the )?(?:figures?|tables?))?"
    r"|captions?|figures?|tables?|appendi(?:x|ces)(?: \w{1,3})?|annexe?s?|footnotes?|endnotes?"
    r"|acknowledge?ments?|funding(?: .{0,30})?|disclosures?|correspondence|abbreviations"
    r"|(?:author|authors'?) (?:contributions?|information|affiliations?)|contributors?"
    r"|(?:conflicts?|declarations?|competing) (?:of )?interests?"
    r"|data availability(?: statement)?|abstract|introduction|methods|results|discussion"
    r"|conclusions?|abbildungen|tabellen|anhang|danksagung|remerciements|agradecimientos"
    r"|tableaux|tablas|figuras"
)
_CAPTION = re.compile(
    r"(?:(?:supplementary |supplemental )?(?:table|figure|fig\.|tabelle|abbildung|tableau|tabla"
    r"|figura)) [s\d]\d{0,2}\s?(?:[.:|]|$)"
)
_NUMBER = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*[.)]?|[ivx]{1,5}[.)]|[a-h][.)])\s+")
_LONGEST = 60


def _bare(text: str) -> str:
    folded = fold(text[: 2 * _LONGEST]).strip(" \t*_#:.-–—=")
    return _NUMBER.sub("", folded, count=1).strip()


def is_list_heading(text: str) -> bool:
    """Return whether a paragraph is the heading of a list of references."""
    return 1 < len(text) <= _LONGEST and _bare(text) in _LIST


def ends_list(text: str) -> bool:
    """Return whether a paragraph is a heading or caption that cannot be in a list of references."""
    if len(text) > _LONGEST:
        return bool(_CAPTION.match(fold(text[:80])))
    bare = _bare(text)
    return bool(_AFTER.fullmatch(bare) or _CAPTION.match(bare))
