r"""Read LaTeX: ``thebibliography`` (or a .bbl file), lists by hand, and the keys of ``\cite``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from abstool.errors import UnreadableInput
from abstool.inputs.references.bibtex.braces import verbatim
from abstool.inputs.references.bibtex.latex import decoded
from abstool.manuscripts import text as plain_text
from abstool.manuscripts.document import ManuscriptText, Passage
from abstool.manuscripts.signs import looks_like_reference
from abstool.text import plain, tidy

_SIGNS = re.compile(
    rb"^[ \t]*\\(?:documentclass\b|begin\{(?:document|thebibliography)\}|bibitem\b"
    rb"|(?:sub)*section\*?\{|entry\{|refsection\{)",
    re.MULTILINE,
)
_HEAD = 1_000_000
_COMMENT = re.compile(
    r"(\\(?:url|path|href|nolinkurl)\s*\{[^{}\n]*\}|(?<!\\)(?:\\\\)*(?=%))(?:%[^\n]*\n?[ \t]*)?"
)
_START = re.compile(r"\\begin\{thebibliography\}(?:\s*\{[^{}]*\})?")
_END = re.compile(r"\\end\{thebibliography\}")
_ITEM = re.compile(r"\\bibitem\s*")
_KEY = re.compile(r"\{([^{}]{1,300})\}")
_CITED = re.compile(
    r"\\(?:no)?[A-Za-z]{0,12}cite[A-Za-z]{0,12}\*?\s*(?:\[[^\[\]]{0,300}\]\s*){0,2}\{([^{}]{1,5000})\}",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"\\(?:url|path|nolinkurl)\s*\{([^{}]{0,2000})\}|\\href\s*\{([^{}]{0,2000})\}"
)
_FILES = re.compile(r"\\(?:bibliography|addbibresource)\s*(?:\[[^\[\]]*\])?\{([^{}]{1,300})\}")
_INCLUDED = re.compile(r"\\(?:input|include|subfile)(?![A-Za-z])\s*\{?\s*([^\s{}\\]{1,300})")
_BIBLATEX = re.compile(r"^[ \t]*\\(?:refsection|entry)\{", re.MULTILINE)
_SECTION = re.compile(r"\\(?:part|chapter|(?:sub)*section|paragraph)\*?\s*\{([^{}]{0,300})\}")
_POINT = re.compile(r"\\item\b\s*(?:\[([^\[\]]{0,40})\])?")
_ENVIRONMENT = re.compile(
    r"\\(begin|end)\{(enumerate|itemize|description|etaremune)\}(?:\[[^\[\]]*\])?"
)
# Lines that print nothing, such as those that pandoc writes into each list.
_LAYOUT = re.compile(
    r"\s*\\(?:(?:def|(?:re)?newcommand)(?![A-Za-z]).*"
    r"|(?:setcounter|setlength|addtolength|tightlist|itemsep|parskip|vspace|hspace|label|centering"
    r"|phantomsection|small|footnotesize|raggedright)(?![A-Za-z])"
    r"\*?(?:\{[^{}]*\}|\[[^\[\]]*\]|[-\d.]++[a-z]*+|\s)*+)"
)
_BODY = re.compile(r"\\begin\{document\}")
_RAISED = re.compile(r"\\textsuperscript\{(\d[\d,\s–-]*)\}|\$\^\{?(\d[\d,\s–-]*)\}?\$")
_LONGEST = 20_000  # characters of an entry; what follows the last one may be a whole chapter


def is_tex(text: bytes) -> bool:
    """Return whether a text in UTF-8 is LaTeX."""
    return bool(_SIGNS.search(text[:_HEAD]))


def read(text: str, subject: str) -> ManuscriptText:
    """Return the entries of a bibliography in LaTeX and the keys that the text cites.

    Raises UnreadableInput if the references are in another file.
    """
    text = _COMMENT.sub(r"\1", text)
    cited = tuple(_keys(text))
    start, end = _BODY.search(text), text.find(r"\end{document}")
    shown = text[start.end() if start else 0 : end if end >= 0 else len(text)]
    included = _INCLUDED.search(shown)
    if included:
        cited += ("*",)  # the other files may cite any entry
    found = [*_entries(text)]
    if found:
        return ManuscriptText(tuple(found), cited=cited)
    _check_not_elsewhere(text, subject)
    body = [*_body(shown, subject)]
    if included and not any(looks_like_reference(passage.text) for passage in body):
        file = included[1] if "." in included[1] else f"{included[1]}.tex"
        problem = f"no references found; they may be in a file that it includes, such as {file}"
        raise UnreadableInput(subject, problem, "check that file, or the .bbl file of LaTeX")
    return ManuscriptText(tuple(body), wrapped=True, cited=cited)


def _keys(text: str) -> Iterator[str]:
    for match in _CITED.finditer(text):
        yield from filter(None, (key.strip() for key in match[1].split(",")))


def _check_not_elsewhere(text: str, subject: str) -> None:
    names = [name.strip() for match in _FILES.finditer(text) for name in match[1].split(",")]
    if names:
        file = names[0] if names[0].endswith(".bib") else f"{names[0]}.bib"
        problem = f"the references are in another file, {file}"
        raise UnreadableInput(subject, problem, "check that file, or the .bbl file of LaTeX")
    if _BIBLATEX.search(text):
        problem = "this is a .bbl file of biblatex, which abstool cannot read"
        raise UnreadableInput(subject, problem, "check the .bib file")


def _entries(text: str) -> Iterator[Passage]:
    """Yield the entries of each bibliography; a .bbl file may lack the environment's start."""
    start = _START.search(text)
    place = start.end() if start else 0
    while place >= 0:
        stop = _END.search(text, place)
        end = stop.start() if stop else len(text)
        for index, piece in enumerate(_ITEM.split(text[place:end])):
            if index:
                yield _entry(piece[:_LONGEST])
        following = _START.search(text, end) if stop else None
        place = following.end() if following else -1


def _entry(source: str) -> Passage:
    label = _after_label(source)
    key = _KEY.match(source, label)
    text, addresses = printed(source[key.end() if key else label :])
    return Passage(text, key=key[1].strip() if key else "", addresses=addresses, listed=True)


def _after_label(source: str) -> int:
    """Return where the optional label of an entry ends, which may have braces and brackets."""
    if not source.startswith("["):
        return 0
    depth = 0
    for index, sign in enumerate(source[:2_000]):
        depth += (sign in "[{") - (sign in "]}")
        if not depth:
            return index + 1 + len(source[index + 1 :]) - len(source[index + 1 :].lstrip())
    return 0


def printed(latex: str) -> tuple[str, tuple[str, ...]]:
    """Return what LaTeX prints on one line, and the addresses of its links."""
    pieces: list[str] = []
    addresses: list[str] = []
    place = 0
    for match in _ADDRESS.finditer(latex):
        pieces.append(_plain(latex[place : match.start()]))
        address = verbatim(match[1] if match[1] is not None else match[2])
        addresses.append(address)
        pieces.append(address if match[1] is not None else "")
        place = match.end()
    pieces.append(_plain(latex[place:]))
    return tidy("".join(pieces)), tuple(addresses)


def _plain(latex: str) -> str:
    """Return a piece as text; the blanks at its ends are those between it and an address."""
    if not latex.strip():
        return latex
    text = plain(decoded(latex.replace(r"\newblock", " ")))
    return f"{' ' * latex[0].isspace()}{text}{' ' * latex[-1].isspace()}"


def _body(text: str, subject: str) -> Iterator[Passage]:
    """Yield the lines of a text without such an environment; a list by hand keeps its numbers."""
    number, counts, after_gap = 0, False, True
    for place, line in enumerate(plain_text.split(text, subject)):
        if _LAYOUT.fullmatch(line[:_LONGEST]):
            continue
        if environment := _ENVIRONMENT.search(line):
            counts = environment[1] == "begin" and environment[2] == "enumerate"
            number, after_gap = 0, True
            line = _ENVIRONMENT.sub("", line)  # noqa: PLW2901 - the same line, without its mark
        heading, point = _SECTION.search(line), _POINT.match(line.lstrip())
        if point:
            number += 1
            line = line.lstrip()[point.end() :]  # noqa: PLW2901 - as above
        shown, addresses = printed(heading[1] if heading else line[:_LONGEST])
        if shown:
            yield Passage(
                shown,
                place,
                str(number) if point and counts else "",
                addresses=addresses,
                heading=bool(heading),
                raised=tuple(one[1] or one[2] for one in _RAISED.finditer(line)),
                after_gap=after_gap or bool(heading or point),
            )
        after_gap = not shown
