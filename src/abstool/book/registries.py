"""The page of a trial in its registry."""

from __future__ import annotations

import re
from urllib.parse import quote

# The address of a number in each registry that has one for every number.
_ADDRESSES = {
    "ClinicalTrials.gov": "https://clinicaltrials.gov/study/{}",
    "EudraCT": "https://www.clinicaltrialsregister.eu/ctr-search/search?query={}",
    "EU CT": "https://euclinicaltrials.eu/ctis-public/view/{}",
    "ISRCTN": "https://www.isrctn.com/{}",
    "jRCT": "https://jrct.mhlw.go.jp/en-latest-detail/{}",
    "ACTRN": "https://www.anzctr.org.au/{}.aspx",
    "DRKS": "https://drks.de/search/en/trial/{}",
}


def page_of(registry: str, number: str) -> str:
    """Return the URL of a trial's page; ``""`` if its registry has none that is made of it."""
    if registry not in _ADDRESSES or not re.fullmatch(r"[\w/-]{1,40}", number):
        return ""
    return _ADDRESSES[registry].format(quote(number, safe="-"))
