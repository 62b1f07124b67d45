"""The types of RIS, and the types of CSL that they are."""

from __future__ import annotations

TYPES = {
    "ABST": "article-journal",
    "ART": "graphic",
    "BILL": "bill",
    "BLOG": "post-weblog",
    "BOOK": "book",
    "CASE": "legal_case",
    "CHAP": "chapter",
    "CLSWK": "book",
    "COMP": "software",
    "CONF": "paper-conference",
    "CPAPER": "paper-conference",
    "DATA": "dataset",
    "DBASE": "dataset",
    "DICT": "entry-dictionary",
    "EBOOK": "book",
    "ECHAP": "chapter",
    "EDBOOK": "book",
    "EJOU": "article-journal",  # as MDPI writes it
    "EJOUR": "article-journal",
    "ELEC": "webpage",
    "ENCYC": "entry-encyclopedia",
    "GOVDOC": "report",
    "HEAR": "hearing",
    "INPR": "article-journal",
    "JFULL": "periodical",
    "JOUR": "article-journal",
    "MANSCPT": "manuscript",
    "MAP": "map",
    "MGZN": "article-magazine",
    "MPCT": "motion_picture",
    "NEWS": "article-newspaper",
    "PAMP": "pamphlet",
    "PAT": "patent",
    "PCOMM": "personal_communication",
    "RPRT": "report",
    "SER": "book",
    "SLIDE": "speech",
    "STAND": "standard",
    "STAT": "legislation",
    "THES": "thesis",
    "UNPB": "manuscript",
    "UNPD": "manuscript",
    "VIDEO": "motion_picture",
    "WEB": "webpage",
}
# Words that some programs write instead of a type.
TYPES |= {
    "ARTICLE": "article-journal",
    "BOOK CHAPTER": "chapter",
    "CONFERENCE PAPER": "paper-conference",
    "JOURNAL": "article-journal",
    "JOURNAL ARTICLE": "article-journal",
    "THESIS": "thesis",
}
BOOKS = frozenset("BOOK CLSWK EBOOK EDBOOK SER".split())
IN_BOOKS = frozenset({"CHAP", "ECHAP"})
# Types whose number is in SN, as EndNote and Zotero write it.
NUMBERED = frozenset("GOVDOC PAT RPRT STAND".split())
# Types that abstool writes for their types of CSL.
_WRITTEN = frozenset(
    "ART BILL BLOG BOOK CASE CHAP COMP CONF CPAPER DATA DICT ELEC ENCYC GEN HEAR JFULL JOUR MAP "
    "MGZN MPCT NEWS PAMP PAT PCOMM RPRT STAND STAT THES UNPB".split()
)
SERIALS = frozenset(
    {
        "JOURNAL ARTICLE",
        "ARTICLE",
        "JOURNAL",
        "JOUR",
        "ABST",
        "EJOU",
        "EJOUR",
        "MGZN",
        "INPR",
        "NEWS",
        "JFULL",
    }
)


def is_written(kind: str, type_: str) -> bool:
    """Return whether abstool writes a kind for a type of CSL; else the word is to be kept."""
    of_kind = "speech" if kind == "CPAPER" else TYPES.get(kind, type_)
    return kind in _WRITTEN and type_ == of_kind
