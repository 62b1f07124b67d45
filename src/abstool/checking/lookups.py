"""What could be looked up for a reference: the addresses of the abstract that it cites."""

from __future__ import annotations

from abstool.address import doi_in
from abstool.checking.entries import composed
from abstool.checking.identification import is_marked
from abstool.checking.printed import Printed, is_of_site
from abstool.manuscripts.reference import Reference


def addresses_of(reference: Reference) -> tuple[str, ...]:
    """Return the URLs or DOIs of a reference to a conference abstract, as printed.

    They are several spellings of one address if the line breaks leave open what it is. If one is on
    a site of abstracts, only such ones are returned, and otherwise DOIs rather than URLs.
    """
    text = reference.text or composed(reference.item or {})
    printed = Printed(text)
    found = tuple(dict.fromkeys((*printed.urls, *reference.addresses)))
    if not is_marked(text, printed, found):
        return ()
    of_sites = tuple(filter(is_of_site, found))
    return of_sites or tuple(filter(doi_in, found)) or found
