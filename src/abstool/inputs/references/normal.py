"""Change what any format may have to CSL's form: inline tags, a DOI in a URL, a meeting.

Every reader passes its items through ``normalized`` last.
"""

from __future__ import annotations

import re
from collections import Counter

from abstool.address import RESOLVER, doi_in
from abstool.errors import printable
from abstool.inputs.references.fields import unescaped
from abstool.inputs.references.meetings import take_meeting
from abstool.item import IDENTIFIERS, NAMELESS, Item
from abstool.text import tidy

# The tags of HTML, JATS, Elsevier's and Wiley's markup, and those of CSL that mean the same.
_SAME = {
    "i": "i em italic emphasis ital it cite var",
    "b": "b strong bold",
    "sub": "sub inf subscript lower",
    "sup": "sup superscript super",
    "sc": "sc scp small-caps smallcaps smallcap",
}
_CSL = {name: tag for tag, names in _SAME.items() for name in names.split()}
# Tags that CSL has nothing for; those of the second line separate words.
_DROPPED = frozenset(
    "a bdi bdo big caption font monospace named-content nobr overline roman sans-serif small span "
    "strike styled-content text tt u underline xref inline-formula math".split()
)
_BREAKS = frozenset(("br", "break"))
_SPACED = _BREAKS | frozenset("p div sec title list list-item ul ol li".split())
# No text looks like a tag with these prefixes, even without its partner.
_PREFIXES = ("jats:", "mml:", "m:", "ns0:", "xhtml:", "html:")
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z][\w:-]{0,20})(?P<rest>(?:\s[^<>]{0,300})?)/?>")
_ITALIC = re.compile(r"font-style:\s*italic|class=\W[^\"']*\bitalic", re.IGNORECASE)
_CSL_SPAN = re.compile(r"\s+(?:class=\"nocase\"|style=\"font-variant:\s*small-caps;?\")")
_RESOLVER = re.compile(
    r"\s*(?:https?://)?(?:dx[.-]|www[.-])?doi[.-]org(?:\.[\w.-]+)?(?::\d+)?/(?=10\.)",
    re.IGNORECASE,
)
# The resolver in front of a whole address: https://doi.org/https://doi.org/10.1000/182
_DOUBLED = re.compile(r"(?:https?://(?:dx\.)?doi\.org/){1,3}(?=https?://\w)", re.IGNORECASE)
# Any tag but the most common ones of CSL, which stay as they are, for one quick look at each text.
_FOREIGN = re.compile(r"<(?!(?:span class=\"nocase\"|i|b|sub|sup)>)[A-Za-z]")
LOST = "\ufffd"  # what programs put where they cannot read a character
# Between words of a journal, from which styles take the points; U.S.A. is one.
_GLUED = re.compile(r"(?<=[^\W\d_])\.(?=[A-Z][a-z])|(?<=[a-z]{2})\.(?=[A-Z])")
_PRINTED = ("title", "container-title", "author", "editor")
_BARE = NAMELESS.union(IDENTIFIERS)
_NO_TEXT = frozenset("id type DOI URL ISSN ISBN PMID PMCID language".split())


def normalized(item: Item) -> Item:
    """Return an item with CSL's inline tags, the DOI that its URL has and its journal's meeting."""
    for name, value in [*item.items()]:
        if isinstance(value, str) and "<" in value and name not in _NO_TEXT:
            if text := csl_markup(value):
                item[name] = text  # type: ignore[literal-required]
            else:  # it was only a line break
                del item[name]  # type: ignore[misc]
    if "." in (short := item.get("container-title-short", "")):  # J.Biol.Chem.
        item["container-title-short"] = _GLUED.sub(". ", short)
    if ":" in item.get("container-title", ""):
        take_meeting(item)
    if "doi" in (url := item.get("URL", "")):
        if address := _DOUBLED.match(url):
            item["URL"] = url = url[address.end() :]
        if "DOI" not in item and (doi := doi_of_url(url)):
            item["DOI"] = doi
    return item


def lost_characters(item: Item) -> list[str]:
    """Return a warning if an earlier program put U+FFFD where it could not read a character."""
    texts = (str(item.get(name, "")) for name in _PRINTED)
    is_lost = any(LOST in text for text in texts)
    return ["the title, the journal or a name has a character that was lost: \ufffd"] * is_lost


def only_identifiers(item: Item) -> list[str]:
    """Return a warning if an item has only identifiers, with which most styles print nothing."""
    if "title" in item or not item.keys() <= _BARE:
        return []
    numbers = (f"{name} {item[name]}" for name in IDENTIFIERS if name in item)  # type: ignore[literal-required]
    named = printable(", ".join(numbers), limit=100)
    return [f"the entry has only {named}; look up its title and authors"] if named else []


def doi_of_url(url: str) -> str:
    """Return the DOI in a URL of the resolver, also behind the proxy of a library; else ``""``."""
    if not (found := _RESOLVER.match(url)):
        return ""
    path = re.sub("%2F", "/", url[found.end() :], count=1, flags=re.IGNORECASE)
    return doi_in(f"{RESOLVER}{path}")


def csl_markup(text: str) -> str:
    """Return a text with the inline tags of other markup as those of CSL, or without them.

    Only pairs of tags count, except those of a namespace and line breaks: ``a <b and c> d`` is
    text. CSL's own tags stay as they are.
    """
    if not _FOREIGN.search(text):
        return text
    pieces: list[str] = []
    opened: list[tuple[str, int, str]] = []  # name, index of the piece, tag of CSL
    waiting: Counter[str] = Counter()
    at = 0
    for found in _TAG.finditer(text):
        whole = found["name"].lower()
        name = whole.rpartition(":")[2] if whole.startswith(_PREFIXES) else whole
        pieces += [text[at : found.start()], found[0]]
        at = found.end()
        if name in _CSL or name in _DROPPED or name in _SPACED:
            if not found["end"]:
                opened.append((name, len(pieces) - 1, _tag(name, found["rest"])))
                waiting[name] += 1
            elif waiting[name]:
                while (last := opened.pop())[0] != name:
                    waiting[last[0]] -= 1
                waiting[name] -= 1
                pieces[last[1]], pieces[-1] = _pair(last[2], pieces[last[1]], found[0])
        if pieces[-1] == found[0] and (name in _BREAKS or name != whole):
            pieces[-1] = " " if name in _SPACED else ""
    changed = "".join([*pieces, text[at:]])
    return text if changed == text else tidy(unescaped(changed))


def _pair(tag: str, opening: str, closing: str) -> tuple[str, str]:
    """Return a pair of tags in CSL's form; an opening tag may be empty already."""
    if tag == "span":
        return opening, closing
    return (f"<{tag}>", f"</{tag}>") if tag.strip() else (tag, tag)


def _tag(name: str, rest: str) -> str:
    """Return the tag of CSL for one of other markup; a blank or "" if it has none."""
    if name == "span":
        if _CSL_SPAN.fullmatch(rest):
            return "span"
        return "i" if _ITALIC.search(rest) else ""
    return _CSL.get(name) or (" " if name in _SPACED else "")
