"""The words that only the names of groups have, and the capitals and suffixes of people's."""

from __future__ import annotations

import re

from abstool.names import PARTICLES, SUFFIXES, is_degree

# Capital letters of the Latin, Greek and Cyrillic alphabets, for a class of a pattern.
UPPER = "A-ZÀ-ÖØ-Þ" + "".join(
    letter
    for letter in map(chr, (*range(0x100, 0x250), *range(0x370, 0x530), *range(0x1E00, 0x1F00)))
    if letter.isupper()
)

# Vowels of these alphabets in capitals; a word without any is not a name.
VOWEL = re.compile("[AEIOUYÀ-ÆÈ-ÏÒ-ÖØ-ÝŒΑΕΗΙΟΥΩАЕЁИІЇОУЫЭЮЯ]")

SUFFIX = frozenset(suffix.casefold() for suffix in SUFFIXES) | {"jnr", "snr", "v"}

# Words of groups, which no person is called, and those that are the last word of a group's name.
_IN_ENGLISH = frozenset(
    "agency alliance association authority collaboration collaborators commission committee "
    "consortium corporation council department faculty federation foundation institute "
    "institution institutes institutions investigators laboratory laboratories ministry "
    "organisation organization programme society university universities".split()
)
OF_GROUPS = _IN_ENGLISH | frozenset(
    "bundesministerium facoltà faculdade facultad faculté fakultät gobierno gouvernement governo "
    "hochschule institut instituto istituto ministère ministerio ministero ministério ministerium "
    "secretaría sociedad sociedade società société universidad universidade università université "
    "universität universiteit".split()
)
LAST_OF_GROUPS = OF_GROUPS | frozenset(
    "administration board center centers centre centres clinic college company corp fund gmbh "
    "group groups hospital inc lab limited llc ltd network office plc program project school "
    "service services study task team trial trialists trust union".split()
)
GROUP = LAST_OF_GROUPS | {"press"}
# What firms are behind a comma: Tea, Inc. Capitals (LLC, SA) may be the initials of a person.
_OF_FIRMS = frozenset("corp corporation gmbh inc incorporated limited llc llp ltd plc".split())
# Those of states, some of which a few people are called, are so behind another word in one name.
_OF_STATES = frozenset("academy assembly congress government parliament senate treasury".split())

# Words of groups that are also family names.
ALSO_FAMILIES = frozenset(
    "board college fund hospital office project school service study task trial trust union".split()
)

# Words in lower case that no name of a person has in it, in the commonest languages.
JOINING = frozenset("for für pour para per voor för sans senza ohne zonder".split())

# Words that join those of a group's name, or name a part of it.
_IN_GROUPS = OF_GROUPS | frozenset("of for dept division section branch office bureau".split())

# The commonest Chinese family names, in simplified and traditional letters.
CHINESE_FAMILIES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏"
    "吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱"
    "严覃武戴莫孔向汤張劉陳楊黃趙吳孫馬羅鄭謝許韓馮鄧蕭蔣葉蘇呂盧鍾譚陸賈韋鄒龍賀顧龔萬錢嚴湯"
)

# Notes of databases in place of a name.
NO_AUTHOR = r"\[?no authors?(?: names?)? (?:listed|given|available)\]?|\[anonymous\]"

_OF_A_GROUP = re.compile(
    r"\b(?:group|stud(?:y|ies)|organi[sz]ations?|consortium|committee|collaborat\w+|network|trial\w*"
    r"|universit\w+|institut\w+|societ\w+|association|investigators?|team|initiative|project|inc"
    r"|ltd|department|ministry|agency|council|cent(?:er|re)|national|international|foundation)\b",
    re.IGNORECASE,
)


_TWO_LETTERS = re.compile(r"[^\W\d_]{2}")


def ends_as_group(name: str) -> bool:
    """Return whether the last word of a name is one of groups."""
    last = name.rpartition(" ")[2].rstrip(".").casefold()
    return last in LAST_OF_GROUPS or (last in _OF_STATES and " " in name)


def has_word_of_group(name: str) -> bool:
    """Return whether a name has a word that names of groups have, not those of people."""
    return bool(_OF_A_GROUP.search(name))


def is_surely_group(name: str) -> bool:
    """Return whether a name has a word of groups; some, such as Branch, may also end a person's."""
    *words, last = name.casefold().split() or [""]
    return has_word_of_group(name) or last in OF_GROUPS or not _IN_GROUPS.isdisjoint(words)


def group_with_commas(name: str, parts: list[str]) -> str:
    """Return the name of a group with commas in it, from what is around them; "" for a person."""
    form = parts[0].rstrip(".") if len(parts) == 1 else ""
    is_firm = form.casefold() in _OF_FIRMS and not form.isupper()
    if is_firm or is_placed_group(name, parts):
        return ", ".join((name, *parts))
    if len(parts) == 1 and is_inverted_group(name, parts[0]):
        return f"{parts[0]} {name}"
    if len(parts) == 1 and is_divided_group(name, parts[0]):
        return f"{name}, {parts[0]}"
    return ""


def is_inverted_group(family: str, given: str) -> bool:
    """Return whether a group was split like a person: ``Organization, World Health``."""
    words = family.casefold()
    return (words in _IN_ENGLISH or words in ("group", "team", "network")) and bool(
        re.fullmatch(r"[^\W\d_][^.,{}]+", given)
    )


def is_placed_group(name: str, parts: list[str]) -> bool:
    """Return whether a comma stands before the place of a group: ``Tea Study Group, Oslo``.

    People whose family name has several words have initials, a generation or a degree there.
    """
    words = name.casefold().replace(".", "").split()  # Inc., Ltd.
    if len(words) < 2 or words[0] in PARTICLES or not parts:
        return False
    if not ends_as_group(name) and (OF_GROUPS | {"of", "for"}).isdisjoint(words):
        return False
    return all(
        _TWO_LETTERS.search(part)
        and part.strip(".").casefold() not in SUFFIX
        and not is_degree(part)
        for part in parts
    )


def is_divided_group(name: str, part: str) -> bool:
    """Return whether a comma stands between a group and its part: ``Tea Ministry, Milk Office``."""
    words, of_part = ({*re.findall(r"[^\W\d_]+", text.casefold())} for text in (name, part))
    is_long = " " in name and " " in part and len(part) > 4 and bool(_TWO_LETTERS.search(part))
    return is_long and bool(words & (GROUP | _IN_GROUPS) or of_part & _IN_GROUPS)


def is_person(name: str) -> bool:
    """Return whether the words of a name are not those of a group."""
    words = re.findall(r"[^\W\d_]+", name)
    small = {word for word in words if word.islower()}
    return small <= PARTICLES and not GROUP & {word.casefold() for word in words}
