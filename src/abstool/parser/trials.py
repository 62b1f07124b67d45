"""Find the numbers of trial registries in plain text.

Each row of the table is one form of number: the words before it, its pattern, and the form the
registry itself uses. The table has only forms that belong to a single registry, and a number must
match exactly: one digit more or less is another number. All repetitions are bounded, so a search
takes linear time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from abstool.record import Trial

# What can stand between a registry's name and the number: "NCT: 0...", "UMIN-CTR ID 0...".
_GAP = (
    r"(?:[ :#./_=(\[-]|(?:trials?|study|registry|registration|register|identifier|id|number|num|"
    r"no|nr|code|ctr)(?![a-z])){0,8}?"
)
_YEAR = r"(0[4-9]|[12][0-9])"  # two digits of 20xx; EudraCT began in 2004
_ALONE = "(?<![0-9]20)(?<![0-9]-20)"  # the 20 starts a number
_EU_CT = _ALONE + "(2[0-9]) ?- ?(5[0-9]{5}) ?- ?([0-9]{2})"
# The kind of study in a number of ChiCTR, not the name of a registry whose numbers are as long.
_CODE = "([a-z]{2,4})(?<!nct)(?<!drks)"
_EIGHT = r"([0-9]{8}|[0-9]{4}[ -][0-9]{4}|[0-9]{2}[ -][0-9]{3}[ -][0-9]{3})"


@dataclass(frozen=True)
class _Registry:
    """One form of a registry's numbers.

    A number matches ``start`` (plain text, so that most texts are rejected fast) followed by
    ``rest`` (a pattern), both in lower case. The groups of ``rest``, converted by ``case``, fill
    in ``form``.
    """

    name: str
    start: str
    rest: str
    form: str
    case: Callable[[str], str] = str.upper

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The pattern of the whole number, not followed by another digit."""
        return re.compile(re.escape(self.start) + self.rest + "(?![0-9])")


_REGISTRIES = (
    _Registry("ClinicalTrials.gov", "nct", _GAP + _EIGHT, "NCT{}"),
    _Registry("ClinicalTrials.gov", "clinical", rf" ?trials ?\. ?gov{_GAP}(0[0-9]{{7}})", "NCT{}"),
    _Registry(
        "EudraCT",
        "20",
        rf"{_ALONE}{_YEAR} ?- ?(0[0-9]{{5}}) ?- ?([0-9]{{2}})(?! ?-[0-9])",
        "20{}-{}-{}",
    ),
    _Registry(
        "EudraCT",
        "eudra",
        rf" ?ct{_GAP}20{_YEAR}[ ./-]{{0,3}}(0[0-9]{{5}})[ ./-]{{0,3}}([0-9]{{2}})(?! ?-[0-9])",
        "20{}-{}-{}",
    ),
    _Registry("EU CT", "20", _EU_CT + " ?- ?([0-9]{2})(?! ?-[0-9])", "20{}-{}-{}-{}"),
    _Registry("EU CT", "20", _EU_CT + "(?! ?-[0-9])", "20{}-{}-{}"),
    _Registry("ISRCTN", "isrctn", _GAP + _EIGHT, "ISRCTN{}"),
    _Registry("UMIN", "umin", _GAP + "([0-9]{9})", "UMIN{}"),
    _Registry("jRCT", "jrct", _GAP + "([0-9]{10}|[abcs][ -]?[0-9]{9})", "jRCT{}", str.lower),
    _Registry("ChiCTR", "chictr", _GAP + "([0-9]{10})", "ChiCTR{}"),
    _Registry("ChiCTR", "chictr", f"[ -]{{0,3}}{_CODE}[ -]{{0,3}}([0-9]{{8}})", "ChiCTR-{}-{}"),
    _Registry("ACTRN", "actrn", _GAP + "(126[0-9]{11})", "ACTRN{}"),
    _Registry("ACTRN", "anzctr", f"n?{_GAP}(126[0-9]{{11}})", "ACTRN{}"),
    _Registry(
        "CTRI",
        "ctri",
        _GAP + "(20[0-9]{2}) ?[/-] ?([0-9]{2,3}) ?[/-] ?([0-9]{6})",
        "CTRI/{}/{}/{}",
    ),
    _Registry("DRKS", "drks", _GAP + "([0-9]{8})", "DRKS{}"),
    _Registry("CRiS", "kct", _GAP + "(00[0-9]{5})", "KCT{}"),
    _Registry("JapicCTI", "japic", " ?-?cti[ :-]{0,3}([0-9]{6})", "JapicCTI-{}"),
    _Registry("JMACCT", "jma", "[ -]{0,3}iia([0-9]{5})", "JMA-IIA{}"),
    _Registry("IRCT", "irct", _GAP + "((?:20|13)[0-9]{9,12})n([0-9]{1,3})", "IRCT{}N{}"),
    _Registry("PACTR", "pactr", _GAP + "(20[0-9]{13,14})", "PACTR{}"),
    _Registry("TCTR", "tctr", _GAP + "(20[0-9]{9})", "TCTR{}"),
    _Registry("LBCTR", "lbctr", _GAP + "(20[0-9]{8})", "LBCTR{}"),
    _Registry("ITMCTR", "itmctr", _GAP + "([0-9]{10})", "ITMCTR{}"),
    _Registry("RPCEC", "rpcec", _GAP + "([0-9]{8})", "RPCEC{}"),
    _Registry("SLCTR", "slctr", _GAP + "(20[0-9]{2})[/-]([0-9]{3})", "SLCTR/{}/{}"),
    _Registry("OMON", "omon", "[ :-]{0,2}([0-9]{4,6})", "NL-OMON{}"),
    # NTR and NL with digits are also names of drugs and ethics files, hence the words before them.
    _Registry(
        "NTR",
        "trial",
        r"s? ?regist(?:er|ry|ration)\b[^0-9]{0,40}?\b(ntr|nl)[ :-]{0,2}([0-9]{3,5})(?![.][0-9])",
        "{}{}",
    ),
)

_STARTS = {registry.start for registry in _REGISTRIES}

_SPACES = dict.fromkeys([*range(9, 14), 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B)], " ")
_SPACES |= dict.fromkeys([0x2028, 0x2029, 0x202F, 0x205F, 0x3000], " ")
_DASHES = dict.fromkeys([*range(0x2010, 0x2016), 0x2043, 0x2212, 0xFE58, 0xFE63], "-")
_INVISIBLE = dict.fromkeys([0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF], "")
_FULL_WIDTH = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
# The only letter whose lower case is longer; replaced so that offsets are the same in both cases.
_LONGER_IN_LOWER_CASE = {0x130: "I"}
_PLAIN = {
    chr(code): plain
    for code, plain in (
        _SPACES | _DASHES | _INVISIBLE | _FULL_WIDTH | _LONGER_IN_LOWER_CASE
    ).items()
}
_TYPOGRAPHIC = re.compile(f"[{re.escape(''.join(_PLAIN))}]")


def find(text: str) -> list[Trial]:
    """Return the trial registrations in a text, each once, in order of first appearance."""
    text = _TYPOGRAPHIC.sub(lambda match: _PLAIN[match[0]], text)
    found = dict.fromkeys((registry, number) for _, registry, number in sorted(_matches(text)))
    return [Trial(registry=registry, id=number) for registry, number in found]


def _matches(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield the offset, the registry and the number of every match."""
    lowered = text.lower()
    starts = {start for start in _STARTS if start in lowered}
    for registry in _REGISTRIES:
        if registry.start not in starts:
            continue
        for match in registry.pattern.finditer(lowered):
            begin = match.start()
            name = text[begin : begin + len(registry.start)]
            if begin and name.islower() and text[begin - 1].isalpha():
                continue  # the end of a word: "distinct 01234567"
            groups = [registry.case(re.sub("[ -]", "", group)) for group in match.groups()]
            if set("".join(groups)) != {"0"}:  # only zeros: a placeholder
                yield match.start(1), registry.name, registry.form.format(*groups)
