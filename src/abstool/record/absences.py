"""What a citation needs and a record lacks, as warnings."""

from __future__ import annotations

from abstool.record import Abstract

YEAR_OF_MEETING = "The year is from the meeting's name, since the page prints no citation with one."


def absences(record: Abstract) -> list[str]:
    """Return a warning for each part that a citation needs and the page does not give."""
    absent = [name for name in ("number", "meeting") if not getattr(record, name)]
    warnings = []
    if absent:
        warnings.append(f"The page does not give the abstract's {' or its '.join(absent)}.")
    if not record.url:
        warnings.append("The page does not give its own URL.")
    if not (record.sections or record.tables or record.figures):
        warnings.append("The page has no abstract text.")
    if "\ufffd" in "".join([record.title, *(author.name for author in record.authors)]):
        warnings.append("The title or an author has a character that was lost: \ufffd.")
    return warnings
