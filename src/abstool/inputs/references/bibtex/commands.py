r"""What the commands of LaTeX print.

``\enquote{x}`` prints its argument in quotation marks, ``\alpha`` a sign, ``\it`` changes the
font up to the end of its group.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from abstool.text import SUBSCRIPTS, SUPERSCRIPTS


class LatexCommand(NamedTuple):
    """A command with arguments, and what it prints for them."""

    arguments: int
    run: Callable[[list[str]], str]


def _tagged(tag: str) -> LatexCommand:
    return LatexCommand(1, lambda found: f"<{tag}>{found[0]}</{tag}>" if found[0] else "")


def _accent(combining: str, alone: str = "") -> LatexCommand:
    def run(found: list[str]) -> str:
        (text,) = found
        base = text.lstrip()
        if not base:
            return alone
        letter = {"ı": "i", "ȷ": "j"}.get(base[0], base[0])
        end = 1
        while end < len(base) and unicodedata.combining(base[end]):
            end += 1
        return f"{letter}{base[1:end]}{combining}{base[end:]}"

    return LatexCommand(1, run)


def _cased(change: Callable[[str], str]) -> LatexCommand:
    """Return a command that changes the case of its argument, but not of tags in it."""

    def run(found: list[str]) -> str:
        return re.sub(r"(<[^<>]*>)|[^<]+", lambda part: part[1] or change(part[0]), found[0])

    return LatexCommand(1, run)


def _formula(found: list[str]) -> str:
    """Return a chemical formula with its numbers below and its charge above the line."""
    text = re.sub(r"\^?\{?(\d*[+-])\}?(?=\s|$)", lambda sign: _script("sup", sign[1]), found[0])
    return re.sub(r"(?<=[A-Za-z)\]])\d+", lambda number: _script("sub", number[0]), text)


def _script(tag: str, text: str) -> str:
    signs = SUPERSCRIPTS if tag == "sup" else SUBSCRIPTS
    return "".join(signs[sign] for sign in text)


_ARGUMENT = LatexCommand(1, lambda found: found[0])
_SECOND = LatexCommand(2, lambda found: found[1])
_NOTHING = LatexCommand(1, lambda _: "")

_ACCENTS = {
    "`": "\u0300",
    "'": "\u0301",
    "^": "\u0302",
    "~": "\u0303",
    "=": "\u0304",
    "u": "\u0306",
    ".": "\u0307",
    '"': "\u0308",
    "r": "\u030a",
    "H": "\u030b",
    "v": "\u030c",
    "U": "\u030e",
    "G": "\u030f",
    "C": "\u030f",
    "f": "\u0311",
    "d": "\u0323",
    "c": "\u0327",
    "k": "\u0328",
    "b": "\u0331",
    "t": "\u0361",
    "grave": "\u0300",
    "acute": "\u0301",
    "hat": "\u0302",
    "tilde": "\u0303",
    "bar": "\u0304",
    "breve": "\u0306",
    "dot": "\u0307",
    "ddot": "\u0308",
    "mathring": "\u030a",
    "check": "\u030c",
    "vec": "\u20d7",
    "textcommabelow": "\u0326",
}
_ALONE = {"~": "~", "^": "^", "'": "´", "`": "`", '"': "¨"}
# What TeX prints over the letter before it.
_OVER = {alone: _ACCENTS[name] for name, alone in _ALONE.items()}
_TRANSPARENT = (
    "acro autocap bibstring biolinum bm boldsymbol citeauthor cite citep citet clap cyr doi "
    "ensuremath fbox hbox ignorespaces lsstyle makebox MakeCapital "
    "mathbb mathbf mathcal mathchoice mathclap mathfrak mathit mathllap mathnormal mathop "
    "mathrlap mathrm "
    "mathscr mathsf mathtt mbox mkbibacro NoCaseChange nolinkurl operatorname overline path pmb "
    "protected rlap RN smash text textcyr textgreek texthebrew textin textlf textls textmd "
    "textnormal textrm textsf textsw texttt textulc textup ul uline underline url vbox widehat "
    "widetilde"
).split()
_DROPPED = (
    "autoref color cref Cref eqref fontencoding fontfamily hphantom hspace index kern label "
    "noopsort NOOPSORT pageref phantom ref selectlanguage sortnoop SortNoop thanks vphantom vspace"
).split()

# They move what follows by a length.
MOVES = frozenset("hskip kern lower mkern moveleft moveright mskip raise vskip".split())

COMMANDS: dict[str, LatexCommand] = {
    **{name: _accent(sign, _ALONE.get(name, "")) for name, sign in _ACCENTS.items()},
    **{name: _tagged("i") for name in "emph textit textsl mkbibemph mkbibitalic enphasis".split()},
    **{name: _tagged("b") for name in ("textbf", "mkbibbold", "strong")},
    "llap": LatexCommand(1, lambda found: _OVER.get(found[0], found[0])),
    "textsc": _tagged("sc"),
    **dict.fromkeys(_TRANSPARENT, _ARGUMENT),
    **dict.fromkeys(_DROPPED, _NOTHING),
    **dict.fromkeys(
        "href foreignlanguage textcolor colorbox hyperref texorpdfstring raisebox rotatebox "
        "scalebox".split(),
        _SECOND,
    ),
    "texorpdfstring": LatexCommand(2, lambda found: found[0] or found[1]),
    "frac": LatexCommand(2, "/".join),
    "sqrt": LatexCommand(1, lambda found: f"√{found[0]}"),
    "footnote": LatexCommand(1, lambda found: f" ({found[0].strip()})" if found[0].strip() else ""),
    **{
        name: LatexCommand(1, lambda found: f"“{found[0]}”")
        for name in ("enquote", "mkbibquote", "textquote")
    },
    "mkbibparens": LatexCommand(1, lambda found: f"({found[0]})"),
    "mkbibbrackets": LatexCommand(1, lambda found: f"[{found[0]}]"),
    **dict.fromkeys(("uppercase", "MakeUppercase", "MakeTextUppercase"), _cased(str.upper)),
    **dict.fromkeys(("lowercase", "MakeLowercase", "MakeTextLowercase"), _cased(str.lower)),
    **dict.fromkeys(("ce", "chem", "cf"), LatexCommand(1, _formula)),
    **dict.fromkeys(("SI", "qty"), LatexCommand(2, lambda found: " ".join(filter(None, found)))),
    **dict.fromkeys(("num", "si", "unit"), _ARGUMENT),
    "ang": LatexCommand(1, lambda found: f"{found[0]}°"),
}

# Changes of the font; "" has no tag in CSL.
DECLARATIONS = {
    **dict.fromkeys("it itshape em sl slshape".split(), "i"),
    **dict.fromkeys("bf bfseries".split(), "b"),
    **dict.fromkeys("sc scshape".split(), "sc"),
    **dict.fromkeys(
        "rm rmfamily tt ttfamily sf sffamily normalfont upshape mdseries small footnotesize large "
        "Large tiny scriptsize normalsize relax protect left right bigl bigr big Big displaystyle "
        "textstyle scriptstyle limits nolimits noindent par allowbreak penalty newblock xspace "
        "null leavevmode unskip ignorespaces hyphenation bgroup egroup nobreak sloppy raggedright "
        "centering begin end newline linebreak".split(),
        "",
    ),
}  # fmt: skip

_GREEK = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma "
    "tau upsilon phi chi psi omega"
).split()


def _symbols() -> dict[str, str]:
    """Return the signs of commands without arguments, from ``symbols.txt`` and Unicode's names."""
    text = files(__package__).joinpath("symbols.txt").read_text("utf-8")
    rows = (line.partition(" ") for line in text.splitlines())
    signs = {name: " " if sign == r"\s" else sign for name, _, sign in rows}
    for name in _GREEK:
        for small, written in ((True, name), (False, name.capitalize())):
            case = "SMALL" if small else "CAPITAL"
            # Unicode writes it LAMDA.
            letter = unicodedata.lookup(f"GREEK {case} LETTER {name.upper().replace('MBD', 'MD')}")
            for prefix in ("", "text", "up", "mathit"):
                signs.setdefault(prefix + (written if prefix != "up" or small else name), letter)
    return signs


SIGNS = _symbols()


def symbol(name: str) -> str | None:
    """Return what a command without arguments prints, None if it is unknown."""
    found = SIGNS.get(name)
    return _rare(name) if found is None else found


@cache
def _rare(name: str) -> str | None:
    """Return the sign that pylatexenc has for a command; it is slow to import."""
    from pylatexenc.latex2text import get_default_latex_context_db  # noqa: PLC0415

    spec = get_default_latex_context_db().get_macro_spec(name)
    text = getattr(spec, "simplify_repl", None)
    known = spec is not None and spec.macroname == name
    return text if known and isinstance(text, str) and "%" not in text else None
