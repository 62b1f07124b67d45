"""Find the list of references: by its heading, else by its numbers, else by how references look."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from abstool.manuscripts.document import ManuscriptText, Passage
from abstool.manuscripts.entries import at_starts, by_number, entries, split_at_gaps
from abstool.manuscripts.headings import ends_list, is_list_heading
from abstool.manuscripts.signs import looks_like_reference, mostly_references, numbered

_TRIES = 20  # places where a numbered list without a heading may start


class Found(NamedTuple):
    """The references of a manuscript, the other passages, and how many lists there are."""

    references: list[Passage]
    text: list[Passage]
    lists: int = 1
    notes: tuple[str, ...] = ()


def find(document: ManuscriptText) -> Found:
    """Return the references of a manuscript and its other passages."""
    body = [passage for passage in document.passages if not passage.note]
    footnotes = [passage for passage in document.passages if passage.note]
    found = (
        _marked(body)
        or _headed(body, wrapped=document.wrapped)
        or _by_numbers(body, wrapped=document.wrapped)
    )
    likely, others = _divided(footnotes)
    if found:
        rest = [*found.text, *footnotes]
        return found._replace(text=rest, notes=_left_out(likely))
    loose, rest = _by_look(body, wrapped=document.wrapped)
    if loose and likely and not loose[0].number:
        return Found([*loose, *(one._replace(number="") for one in likely)], rest, lists=2)
    if likely and not loose:
        return Found(likely, [*rest, *others], lists=0)
    return Found(loose, [*rest, *footnotes], notes=_left_out(likely))


def _divided(footnotes: list[Passage]) -> tuple[list[Passage], list[Passage]]:
    """Return the footnotes that are references, and the others; among many, few signs do."""
    least = 2 if mostly_references([one.text for one in footnotes]) else 3
    groups: tuple[list[Passage], list[Passage]] = ([], [])
    for one in footnotes:
        groups[not looks_like_reference(one.text, least)].append(one)
    return groups


def _left_out(footnotes: list[Passage]) -> tuple[str, ...]:
    if not footnotes:
        return ()
    count = len(footnotes)
    counted = "1 footnote looks" if count == 1 else f"{count} footnotes look"
    return (f"{counted} like a reference but the list was read instead",)


def _marked(body: Sequence[Passage]) -> Found | None:
    """Return the references that the file itself marks as its bibliography."""
    marked = [passage for passage in body if passage.listed and passage.text]
    marked = [one for one in marked if not is_list_heading(one.text)]
    if not marked:
        return None
    rest = [passage for passage in body if not passage.listed]
    return Found(entries(marked, wrapped=False), rest)


def _headed(body: Sequence[Passage], *, wrapped: bool) -> Found | None:
    """Return the references below each heading of a list."""
    references: list[Passage] = []
    text: list[Passage] = []
    lists = 0
    for is_list, section in _sections(body, wrapped=wrapped):
        listed = entries(section, wrapped=wrapped) if is_list else []
        if listed and (listed[0].number or any(looks_like_reference(one.text) for one in listed)):
            references += listed
            lists += 1
        else:
            text += section
    return Found(references, text, lists) if references else None


def _sections(body: Sequence[Passage], *, wrapped: bool) -> Iterator[tuple[bool, list[Passage]]]:
    """Yield the parts of a manuscript, and whether each is below the heading of a list."""
    section: list[Passage] = []
    in_list = False
    for passage in body:
        starts = is_list_heading(passage.text)
        # In a list of lines, a word such as "Results" may be a part of a title.
        stops = in_list and (
            passage.heading or (ends_list(passage.text) and _stands_alone(passage))
        )
        if starts or stops:
            yield in_list, section
            section, in_list = [], starts
            if starts:
                continue
        section.append(passage)
    yield in_list, section
    del wrapped


def _stands_alone(passage: Passage) -> bool:
    return passage.after_gap or passage.text[:1].isupper()


def _by_numbers(body: Sequence[Passage], *, wrapped: bool) -> Found | None:
    """Return the last run of numbered passages that are mostly references."""
    starts = [index for index, one in enumerate(body) if _is_first(one)]
    for start in reversed(starts[-_TRIES:]):
        end = next(
            (index for index in range(start + 1, len(body)) if ends_list(body[index].text)),
            len(body),
        )
        run = body[start:end]
        if len(by_number(run)) < 2:
            continue
        listed = [one for one in entries(run, wrapped=wrapped) if one.text]
        if mostly_references([one.text for one in listed]):
            return Found(listed, [*body[:start], *body[end:]])
    return None


def _is_first(passage: Passage) -> bool:
    if passage.number:
        return passage.number == "1"
    found = numbered(passage.text)
    return bool(found and found.value == 1)


def _by_look(body: Sequence[Passage], *, wrapped: bool) -> tuple[list[Passage], list[Passage]]:
    """Return every paragraph that looks like a reference, and the others."""
    references: list[Passage] = []
    rest: list[Passage] = []
    groups = [*(_paragraphs(body) if wrapped else ([passage] for passage in body))]
    read = [[_without_number(one) for one in entries(group, wrapped=wrapped)] for group in groups]
    likely = [bool(found) and mostly_references([one.text for one in found]) for found in read]
    # If nearly all are, this is a list that was pasted without its heading.
    is_list = 5 * sum(likely) >= 4 * len(likely)
    for group, found, is_reference in zip(groups, read, likely, strict=True):
        if is_reference or (is_list and found):
            references += found
        else:
            rest += group
    return references, rest


def _paragraphs(body: Sequence[Passage]) -> Iterator[Sequence[Passage]]:
    """Yield the lines between blank lines; of lists without such lines, all that look alike."""
    for group in split_at_gaps(body):
        runs = groupby(group, key=lambda line: looks_like_reference(line.text))
        alone = [(is_one, [*run]) for is_one, run in runs]
        count = sum(len(run) for is_one, run in alone if is_one)
        if 2 * count >= len(group):
            for is_one, run in alone:
                yield from ([line] for line in run) if is_one else [run]
        else:
            yield from at_starts(group) if not numbered(group[0].text) else [group]


def _without_number(passage: Passage) -> Passage:
    found = None if passage.number else numbered(passage.text)
    if not found:
        return passage
    return passage._replace(text=found.rest, number=str(found.value))
