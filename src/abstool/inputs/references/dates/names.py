"""The names of months and seasons in nine languages, cut or misspelt."""

from __future__ import annotations

from functools import lru_cache
from itertools import islice, takewhile

# In English, whose words may be cut (WIN), and in German, French, Spanish, Italian, Portuguese,
# Dutch and Danish, without accents.
_ENGLISH_SEASONS = {
    name[:length]: number
    for number, names in {"1": "spring", "2": "summer", "3": "autumn fall", "4": "winter"}.items()
    for name in names.split()
    for length in range(3, len(name) + 1)
}
NAMES_OF_SEASONS = _ENGLISH_SEASONS | {
    word: number
    for number, words in {
        "1": "fruhling fruehling fruhjahr fruehjahr printemps primavera lente voorjaar",
        "2": "sommer ete verano estate verao estio zomer",
        "3": "herbst automne otono autunno outono herfst najaar",
        "4": "hiver invierno inverno vinter",
    }.items()
    for word in words.split()
}
# The names of months in English (also cut as in old books), German, French, Spanish, Italian,
# Portuguese, Dutch, Danish and Swedish, without accents.
_MONTHS = (
    "january jany januar jaenner janner janvier enero gennaio janeiro januari",
    "february feby februar feber fevrier febrero febbraio fevereiro februari",
    "march maerz marz mrz mars marzo marco maart marts",
    "april avril abril aprile",
    "may mai mayo maggio maio mei maj",
    "june juni juin junio giugno junho",
    "july juli juillet julio luglio julho",
    "august augt aout agosto augustus augusti",
    "september septr sepr septembre septiembre setiembre settembre setembro",
    "october octr oktober octobre octubre ottobre outubro",
    "november novr novembre noviembre novembro",
    "december decr dezember decembre diciembre dicembre dezembro",
)
_BY_START: dict[str, set[int]] = {}
for _number, _names in enumerate(_MONTHS, 1):
    for _name in _names.split():
        for _length in range(3, len(_name) + 1):
            _BY_START.setdefault(_name[:_length], set()).add(_number)
_LONG_NAMES = {
    name: number
    for number, names in enumerate(_MONTHS, 1)
    for name in names.split()
    if len(name) > 6
}


@lru_cache(maxsize=1024)  # most dates of a file have the same words
def months(word: str) -> tuple[int, ...]:
    """Return the month that a word in lower case names, or the two of ``mayjun``.

    A name may be abbreviated, and a long one misspelt: ``feburary``.
    """
    if month := _month(word):
        return (month,)
    for place in range(3, len(word) - 2):
        if (first := _month(word[:place])) and (last := _month(word[place:])):
            return (first, last)
    found = (number for name, number in _LONG_NAMES.items() if _is_misspelt(word, name))
    return (*islice(found, 1),)


def _month(word: str) -> int:
    """Return the number of a month that a word in lower case names or abbreviates, or 0."""
    numbers = _BY_START.get(word, set())
    return next(iter(numbers)) if len(numbers) == 1 else 0


def _is_misspelt(word: str, name: str) -> bool:
    """Return whether a word lacks a letter of a name, has one more, or has two in wrong order."""
    pairs = zip(word, name, strict=False)
    start = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    rest, right = word[start:], name[start:]
    return right in (rest[1:], rest[1::-1] + rest[2:]) or rest == right[1:]
