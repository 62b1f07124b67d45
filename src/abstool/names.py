"""The parts of people's names that are neither given nor family names."""

from __future__ import annotations

# Words that begin a family name if they are in lower case.
PARTICLES = frozenset(
    "af al ap av bin binte da dal dalla das de degli dei del della den der des di do dos du el "
    "ibn la las le lo los op te ten ter van vande vanden vander vom von zu zum zur 't d' d’".split()
)
# Those that do so capitalised as well; the others are often names themselves: Do, Du, Lo, Ten.
CAPITALISED_PARTICLES = frozenset(
    "al da dal dalla de degli del della den der di dos el la las le los van vanden vander von st. "
    "saint ibn bin".split()
)

GENERATIONS = ("Jr", "Sr", "II", "III", "IV")
# An affiliation may begin with one of these as well: "2nd Department of Surgery".
ORDINALS = ("2nd", "3rd", "4th")
SUFFIXES = (*GENERATIONS, *ORDINALS)

# Academic degrees, for a regular expression.
DEGREES = (
    r"M\.?D|Ph\.?D|DO|MPH|MSc?|BSc?|BA|RN|MBBS|MBChB|Pharm\.?D|DVM|DPT|NP|PA-C|FACR|FACP|FAAD|"
    r"FRCP|MBA|MHS|MSCE|MSCR"
)
