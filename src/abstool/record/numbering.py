"""What a record is counted by: its number, and the year of its publication or meeting."""

import re

from abstool.record import Abstract
from abstool.text import fold, tidy


def bare_number(number: str) -> str:
    """Return the number of an abstract in the form to compare it in: 0848 is 848."""
    return re.sub(r"[\s-]", "", fold(tidy(number))).lstrip("0#")


def year_of(record: Abstract) -> int:
    """Return the year that a citation of the record prints, or 0."""
    if record.publication and record.publication.year:
        return record.publication.year
    date = record.session.date if record.session else ""
    return int(date[:4]) if date else 0


def year_of_meeting(record: Abstract) -> int:
    """Return the year in the name of the record's meeting, or 0."""
    found = re.search(r"\b(?:19|20)\d\d\b", record.meeting)
    return int(found[0]) if found else 0
