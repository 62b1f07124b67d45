"""Find what an entry of BibTeX says of a retraction."""

from __future__ import annotations

import re
from collections.abc import Mapping

from abstool.inputs.references.entry import RETRACTED
from abstool.inputs.references.entry import retraction as retraction_of

_RETRACTED = re.compile(
    r"\W*retract(?:ed|ion)\b|\bretracted (?:article|publication)\b", re.IGNORECASE
)


def retraction(values: Mapping[str, object], fields: Mapping[str, str]) -> list[str]:
    """Return the warning about a work that was retracted, as its title, note or type says."""
    texts = [values["title"], values.get("note", "")]
    texts += [fields.get(name, "") for name in ("type", "document_type", "pubtype")]
    said = " ".join(map(str, texts)).casefold()
    if "retract" not in said and "withdrawn" not in said:
        return []
    if any(_RETRACTED.search(str(text)) for text in texts[2:]) or any(
        _RETRACTED.match(str(text)) for text in texts[:2]
    ):
        return [RETRACTED]
    return retraction_of({"title": str(values["title"])})
