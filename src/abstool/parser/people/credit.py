"""Credit an abstract to its authors: the author line, compared with citation and disclosures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, partial

from msgspec.structs import replace

from abstool.page import Block, one_line
from abstool.parser.metadata.statement import INITIALS_LAST, Person, initials_last, person
from abstool.parser.people import authors, disclosures, names, two_surnames
from abstool.parser.people.author_index import AuthorIndex, EvidenceList
from abstool.parser.people.bylines import (
    AuthorLine,
    Byline,
    group_lead,
    is_group,
    person_and_group,
)
from abstool.parser.people.names import Evidence
from abstool.record import Abstract, Affiliation, Author, Disclosure

_GUESSED = "Guessed the family name of {}."


def add_authors(
    record: Abstract,
    blocks: Sequence[Block],
    disclosed_text: str,
    cited_names: Sequence[str],
    evidence: Sequence[Evidence | None],
) -> None:
    """Add the authors, affiliations and disclosures to a record, with warnings.

    ``blocks`` are those of the author line; ``cited_names`` are the names in the page's own
    citation, with the ``evidence`` of each.
    """
    line = authors.read(blocks, partial(_count, disclosed_text, cited_names))
    author_index = AuthorIndex([byline.name for byline in line.authors])
    statements = disclosures.read(disclosed_text, author_index if line.authors else None)
    cited = EvidenceList(evidence, author_index)
    disclosed = EvidenceList([statement.evidence for statement in statements], author_index)
    record.warnings += line.warnings
    record.affiliations = [Affiliation(label=label, name=name) for label, name in line.affiliations]
    if line.authors:
        record.authors, warnings = _match(line, cited, disclosed)
        record.warnings += warnings
        _compare_counts(record, line.authors, len(cited_names))
    else:
        record.authors = list(map(_cited_author, cited_names, evidence))
        author_index = AuthorIndex([f"{author.given} {author.family}" for author in record.authors])
        if record.authors:
            record.warnings.append(
                "The page has no author line; the authors are from its citation, with initials "
                "only."
            )
    if not record.authors:
        record.warnings.append("No authors found on the page.")
    record.disclosures = _disclosures(record, disclosed_text, statements, author_index)


def add_declared_authors(
    record: Abstract, people: Sequence[Person], blocks: Sequence[Block], disclosed_text: str
) -> None:
    """Add the authors that a page declares to machines, with their affiliations and disclosures.

    ``blocks`` are the lines below the title, which are compared with them.
    """
    if found := initials_last([one.name for one in people if not one.family]):
        record.warnings.append(INITIALS_LAST.format(", ".join(one.name for one in found)))
        parts = {one.name: one for one in found}
        people = [
            replace(parts[one.name], affiliations=one.affiliations) if not one.family else one
            for one in people
        ]
    line = authors.read(blocks)
    labels = {place: str(n) for n, place in enumerate(_places(people), 1)}
    record.affiliations = [Affiliation(label=label, name=name) for name, label in labels.items()]
    printed: Sequence[Sequence[str]] = [()] * len(people)
    persons = [one for one in line.authors if not one.group]
    declared = [one for one in people if not _is_group(one)]
    are_printed = [*map(_last, declared)] == [_last(person(one.name)) for one in persons]
    if not labels and are_printed:
        record.affiliations = [Affiliation(label=one, name=name) for one, name in line.affiliations]
        record.warnings += line.warnings
        labels_of = iter(persons)
        printed = [() if _is_group(one) else next(labels_of).labels for one in people]
    for one, known in zip(people, printed, strict=True):
        places = [labels[place] for place in one.affiliations] or known
        record.authors.append(_declared_author(one, list(places)))
    if guessed := [one.name for one in people if not _is_certain(one)]:
        record.warnings.append(_GUESSED.format(", ".join(guessed)))
    if are_printed and len(declared) == len(people):  # many metadata have only persons
        groups = [one.name for one in line.authors if one.group]
        record.authors += [Author(name=name, literal=name) for name in groups]
    text = names.key(" ".join(block.text for block in blocks))
    absent = [one.name for one in declared if _last(one) not in text]
    if absent and len(absent) < len(people):
        record.warnings.append(
            f"The page does not print {', '.join(absent)}, whom its metadata name."
        )
    elif line.affiliations and not absent and len(persons) != len(declared):
        record.warnings.append(
            f"The page's metadata name {len(people)} authors, but it prints {len(persons)}."
        )
    author_index = AuthorIndex([author.name for author in record.authors])
    statements = disclosures.read(disclosed_text, author_index)
    record.disclosures = _disclosures(record, disclosed_text, statements, author_index)


def _places(people: Sequence[Person]) -> list[str]:
    return list(dict.fromkeys(place for one in people for place in one.affiliations))


def _last(one: Person) -> str:
    """Return the comparable form of the last word of a name, or of the family name."""
    return names.key((one.family or names.guess(one.name).family or one.name).split()[-1])


def _is_group(one: Person) -> bool:
    return not one.family and (is_group(one.name) or group_lead(one.name) is not None)


def _is_certain(one: Person) -> bool:
    """Return whether the page says, or a rule shows for certain, which is the family name."""
    return bool(one.family) or _is_group(one) or names.guess(one.name).sure


def _declared_author(one: Person, labels: list[str]) -> Author:
    if _is_group(one):
        name = person_and_group(one.name, ())[-1].name
        return Author(name=name, literal=name, affiliations=labels)
    family, given, suffix = one.family, one.given, one.suffix
    if not family:
        guessed = names.guess(one.name, " ".join(one.affiliations))
        family, given, suffix = guessed.family, guessed.given, guessed.suffix
    return Author(name=one.name, family=family, given=given, suffix=suffix, affiliations=labels)


def _count(disclosed_text: str, cited_names: Sequence[str]) -> int | None:
    """Return the number of authors in the citation or the disclosures, None if neither has any."""
    return len(cited_names) or len(disclosures.read(disclosed_text, None)) or None


def _disclosures(
    record: Abstract,
    text: str,
    statements: list[disclosures.Statement],
    author_index: AuthorIndex,
) -> list[Disclosure]:
    """Match each statement to its author.

    Statements and authors come in the same order, but either may leave somebody out.
    """
    if not statements:
        whole = one_line(text)
        if whole:
            record.warnings.append("The disclosures could not be split by author.")
        return [Disclosure(text=whole)] if whole else []
    result, unmatched, following = [], [], 0
    for statement in statements:
        evidence = statement.evidence
        index = author_index.find(evidence, following) if evidence else None
        author = ""
        if index is not None:
            author, following = record.authors[index].name, index + 1
        else:
            unmatched.append(statement.name)
        result.append(disclosures.disclosure(statement, author))
    if unmatched and record.affiliations:
        record.warnings.append(f"No author matches the disclosure by {', '.join(unmatched)}.")
    return result


def _cited_author(name: str, evidence: Evidence | None) -> Author:
    if evidence is None:
        return Author(name=name, literal=name)
    return Author(
        name=name,
        family=evidence.family,
        given=" ".join(evidence.initials),
        suffix=evidence.suffix,
    )


def _match(
    line: AuthorLine, cited: EvidenceList, disclosed: EvidenceList
) -> tuple[list[Author], list[str]]:
    """Return the authors and warnings; a name without matching evidence is split by the rules."""
    affiliations = dict(line.affiliations)
    # Many authors can share a long affiliation, so each is searched only once.
    place = cache(lambda label: two_surnames.place(affiliations.get(label, "")))
    result: list[Author] = []
    guessed: list[str] = []
    unconfirmed: list[str] = []
    contradicted: list[str] = []
    all_short: bool | None = None  # found out only if a name has to be guessed
    for index, byline in enumerate(line.authors):
        labels = list(byline.labels)
        if byline.group:
            result.append(Author(name=byline.name, literal=byline.name, affiliations=labels))
            continue
        name, disclosed_name = cited.split(index), disclosed.split(index)
        if name and disclosed_name and not names.same(name.family, disclosed_name.family):
            contradicted.append(byline.name)
        name = name or disclosed_name
        if name is None:
            all_short = _are_short(line) if all_short is None else all_short
            name = names.guess(byline.name, " ".join(map(place, labels)), all_short=all_short)
            if cited:
                unconfirmed.append(byline.name)
            elif not name.sure:
                guessed.append(byline.name)
        result.append(
            Author(
                name=byline.name,
                family=name.family,
                given=name.given,
                suffix=name.suffix,
                affiliations=labels,
            )
        )
    return result, list(_of_family_names(guessed, unconfirmed, contradicted))


def _of_family_names(
    guessed: list[str], unconfirmed: list[str], contradicted: list[str]
) -> Iterator[str]:
    if guessed:
        yield _GUESSED.format(", ".join(guessed))
    if unconfirmed:
        yield f"The page's citation does not confirm the family name of {', '.join(unconfirmed)}."
    if contradicted:
        people = ", ".join(contradicted)
        yield f"The citation and the disclosures disagree on the family name of {people}."


def _are_short(line: AuthorLine) -> bool:
    """Return whether all persons have initials in place of given names.

    One person or several may all have the form ``J. Michelle Kahlenberg``.
    """
    people = [byline.name for byline in line.authors if not byline.group]
    return all(map(names.begins_with_initials, people)) and any(map(names.is_short, people))


def _compare_counts(record: Abstract, bylines: list[Byline], cited: int) -> None:
    people = sum(not byline.group for byline in bylines)
    if cited and cited not in (people, len(bylines)):
        record.warnings.append(
            f"The page's citation lists {cited} authors, but the author line has {len(bylines)}."
        )
