"""The names of languages in biblatex, and their codes."""

from __future__ import annotations

_LANGUAGES = {
    "en": "english american british canadian australian newzealand usenglish ukenglish eng en",
    "de": "german ngerman austrian naustrian swissgerman nswissgerman ger deu de",
    "fr": "french francais acadian canadien fre fra fr",
    "es": "spanish spa es",
    "it": "italian ita it",
    "pt": "portuguese portuges brazilian brazil por pt",
    "nl": "dutch nld dut nl",
    "ru": "russian rus ru",
    "pl": "polish pol pl",
    "sv": "swedish swe sv",
    "da": "danish dan da",
    "nb": "norwegian norsk nor",
    "fi": "finnish fin fi",
    "cs": "czech cze ces cs",
    "hu": "hungarian magyar hun hu",
    "tr": "turkish tur tr",
    "el": "greek gre ell el",
    "la": "latin lat la",
    "ja": "japanese jpn ja",
    "zh": "chinese chi zho zh",
    "ko": "korean kor ko",
}
_CODES = {name: code for code, names in _LANGUAGES.items() for name in names.split()}


def language(text: str) -> str:
    """Return the code of a language that a name stands for, or the text."""
    return _CODES.get(text.strip().lower(), text)
