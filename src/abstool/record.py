"""The record: what one abstract page says, as typed objects and as JSON (``abstool/1``).

In Python an absent text is ``""``, an absent list is empty and an absent part is None; in JSON
what is absent is left out, so a record never holds an empty string, an empty list or a null.

Keys that this version does not know are kept (``extra``), at every level, so that a record passes
through a pipe of other tools, older or newer ones, without a loss.
"""

import json
from contextlib import suppress
from functools import cache
from typing import Annotated, Any, Literal, Self, get_args

import msgspec
from msgspec import Meta, structs

from abstool.errors import UnreadableInput

SCHEMA = "abstool/1"

Text = Annotated[str, Meta(min_length=1)]
Texts = list[Text]
Date = Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}$", description="ISO date, YYYY-MM-DD")]
LocalTime = Annotated[
    str,
    Meta(
        pattern=r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$",
        description="local time at the meeting, YYYY-MM-DDTHH:MM",
    ),
]


# No key of JSON fills the field ``extra``: this is its name there, which nobody writes.
_EXTRA = "\x7f"
# msgspec means to quote what it refuses, and cannot where that holds half a surrogate pair.
_REFUSED = (msgspec.ValidationError, UnicodeEncodeError)
_EXTRA_KEY = f'"{_EXTRA}":'.encode()


# Records are trees: the garbage collector need not look through them for circles.
class Part(msgspec.Struct, kw_only=True, omit_defaults=True, forbid_unknown_fields=True, gc=False):
    """Base of the record's objects: knows how to leave out what is absent and keep the unknown."""

    extra: dict[str, Any] = msgspec.field(default_factory=dict, name=_EXTRA)

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON data: known keys in the schema's order, then the unknown ones."""
        data = {
            name: value if isinstance(value, str) else _plain(value)
            for name, value in zip(self.__struct_fields__, structs.astuple(self), strict=True)
            if value and name != "extra"
        }
        return data | self.extra if self.extra else data


class Author(Part):
    """One author as printed, or a group author (``literal``)."""

    name: Annotated[Text, Meta(description="the name as printed")] = ""
    family: Annotated[Text, Meta(description="family name, particles included")] = ""
    given: Annotated[Text, Meta(description="given names or initials")] = ""
    suffix: Annotated[Text, Meta(description="Jr, Sr, II, III ...")] = ""
    literal: Annotated[Text, Meta(description="a group author, instead of family and given")] = ""
    affiliations: Annotated[Texts, Meta(description="labels of the author's affiliations")] = []


class Affiliation(Part, kw_only=True):
    """One affiliation with the label that links authors to it."""

    label: Annotated[Text, Meta(description="the number as printed; 1 for an unnumbered one")]
    name: Annotated[Text, Meta(description="the affiliation as printed")]


class Session(Part):
    """The session an abstract was presented in."""

    title: Annotated[Text, Meta(description="without the range of abstract numbers")] = ""
    abstract_range: Annotated[
        Texts, Meta(max_length=2, description="the session's first and last abstract number")
    ] = []
    type: Annotated[Text, Meta(description="as printed: Poster Session A")] = ""
    date: Date = ""
    start: LocalTime = ""
    end: LocalTime = ""


class Section(Part, kw_only=True):
    """One labelled part of the abstract's body; text before the first label has no label."""

    label: Annotated[Text, Meta(description="as printed, without its colon")] = ""
    text: Annotated[Text, Meta(description="paragraphs are separated by a blank line")]


class Table(Part):
    """A table of the body; every row and the header have the same number of cells."""

    section: Annotated[Text, Meta(description="label of the section it stands in")] = ""
    caption: Text = ""
    header: Annotated[list[str], Meta(description="cells of the heading row, if it has one")] = []
    rows: Annotated[list[list[str]], Meta(description="cells may be empty texts")] = []


class Figure(Part):
    """A figure of the body: its address as the page gives it, not its picture."""

    section: Annotated[Text, Meta(description="label of the section it stands in")] = ""
    caption: Text = ""
    url: Annotated[Text, Meta(description="absolute where the page's address is known")] = ""
    alt: Annotated[Text, Meta(description="the alternative text")] = ""


class Trial(Part, kw_only=True):
    """A trial registration that the title or the body names."""

    registry: Annotated[Text, Meta(description="ClinicalTrials.gov, EudraCT, ISRCTN ...")]
    id: Annotated[Text, Meta(description="in the registry's own form: NCT01234567")]


class Interest(Part, kw_only=True):
    """One interest an author disclosed."""

    entity: Annotated[Text, Meta(description="company or body, as printed")]
    codes: Annotated[
        list[int], Meta(min_length=1, description="the relationship codes printed behind it")
    ]
    note: Annotated[Text, Meta(description="the description printed behind code 12, other")] = ""


class Disclosure(Part, kw_only=True):
    """What one author disclosed, or the whole statement where it cannot be split by author."""

    name: Annotated[Text, Meta(description="the author as the disclosure prints the name")] = ""
    author: Annotated[Text, Meta(description="the name of that author in the author line")] = ""
    text: Annotated[Text, Meta(description="as printed")]
    interests: Annotated[
        list[Interest] | None, Meta(description="empty for None; absent where not of this form")
    ] = None

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON data; the empty list of interests is what ``None`` declares."""
        data = super().to_dict()
        return data | {"interests": []} if self.interests == [] else data


class Publication(Part):
    """The journal supplement that holds the abstract, as the page's citation prints it."""

    journal: Annotated[Text, Meta(description="full name, from abstool's table of sites")] = ""
    abbreviation: Annotated[Text, Meta(description="as printed")] = ""
    issn: Annotated[Text, Meta(description="online ISSN, from abstool's table of sites")] = ""
    year: Annotated[int, Meta(description="as printed, never computed")] = 0
    volume: Annotated[Text, Meta(description="as printed, never computed")] = ""
    supplement: Annotated[Text, Meta(description="the bare number: 9 for (suppl 9)")] = ""


class Abstract(Part, kw_only=True):
    """One conference abstract as its page prints it."""

    schema: Literal["abstool/1"] = "abstool/1"
    url: Annotated[Text, Meta(description="the abstract's own address, with final slash")] = ""
    site: Annotated[Text, Meta(description="host of the address, without www.")] = ""
    number: Annotated[Text, Meta(description="exactly as printed: 0848, 90, PP01, 1L")] = ""
    title: Annotated[Text, Meta(description="as printed, on one line")]
    authors: list[Author] = []
    affiliations: Annotated[list[Affiliation], Meta(description="in printed order")] = []
    meeting: Annotated[Text, Meta(description="as printed: ACR Convergence 2025")] = ""
    first_published: Date = ""
    keywords: Texts = []
    session: Session | None = None
    sections: Annotated[list[Section], Meta(description="in printed order")] = []
    tables: Annotated[list[Table], Meta(description="in printed order")] = []
    figures: Annotated[list[Figure], Meta(description="in printed order")] = []
    trials: list[Trial] = []
    disclosures: list[Disclosure] = []
    publication: Publication | None = None
    printed_citation: Annotated[
        Text, Meta(description="the page's own citation, its access date left out")
    ] = ""
    accessed: Annotated[
        Date, Meta(description="date of the fetch, or of the capture in a web archive")
    ] = ""
    warnings: Annotated[Texts, Meta(description="what is odd or uncertain, a sentence each")] = []

    def to_json(self, indent: int | None = None) -> bytes:
        """Return ``to_dict`` as JSON in UTF-8: on one line, or indented by ``indent`` spaces.

        A lone surrogate, which UTF-8 cannot hold, stays as its JSON escape.
        """
        data = b""
        if indent != 0:  # which msgspec takes for one line, and json for lines of their own
            with suppress(UnicodeEncodeError):
                data = msgspec.json.encode(self)
        if not data or _EXTRA_KEY in data:  # in a text its marks would be escaped
            text = json.dumps(self.to_dict(), ensure_ascii=False, indent=indent)
            return text.encode("utf-8", "backslashreplace")
        if not data.startswith(b'{"schema":'):  # left out as what goes without saying
            data = b'{"schema":"%b",%b' % (SCHEMA.encode(), data[1:])
        return msgspec.json.format(data, indent=indent or 0)

    @classmethod
    def from_dict(cls, data: dict[str, Any], subject: str = "record") -> Self:
        """Return the record that JSON data describe.

        Nulls and empty values count as absent, since other tools write them (``jq '{title, x}'``).
        Raises UnreadableInput, naming ``subject``, where the data are no record.
        """
        if (declared := data.get("schema", SCHEMA)) != SCHEMA:
            raise UnreadableInput(
                subject,
                f"its schema is {declared!r}, not {SCHEMA!r}",
                "use a version of abstool that knows that schema",
            )
        with suppress(*_REFUSED):
            record = msgspec.convert(data, cls)
            if not _has_empty_part(record):
                return record
        try:
            record = msgspec.convert(_known(data, cls), cls)
        except _REFUSED as error:
            raise UnreadableInput(
                subject, f"no abstool record: {error}", "see 'abstool schema'"
            ) from None
        _keep_unknown(record, data)
        return record

    @classmethod
    def from_json(cls, data: bytes) -> Self | None:
        """Return the record that JSON hold just as abstool prints it; None for all else."""
        try:
            record = msgspec.json.decode(data, type=cls)
        except (msgspec.DecodeError, RecursionError):
            return None
        return None if _has_empty_part(record) else record


def _has_empty_part(record: Abstract) -> bool:
    """Tell whether a part is empty that may not even have been there: ``{}`` counts as absent."""
    return record.session == Session() or record.publication == Publication()


def _plain(value: Any) -> Any:
    if isinstance(value, Part):
        return value.to_dict()
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value


def _known(data: Any, kind: type[Part] | None) -> Any:
    """Drop what counts as absent, and the keys that a kind of part does not know.

    What is nested too deeply to be printed is refused here, also below an unknown key.
    """
    if isinstance(data, dict):
        parts = _parts(kind) if kind else {}
        present = {
            key: _known(value, parts.get(key))
            for key, value in data.items()
            if value not in (None, "", [], {}) or _says(key, value)
        }
        return {key: present[key] for key in present if key in parts} if kind else present
    if isinstance(data, list):
        return [_known(item, kind) for item in data]
    return data


@cache
def _parts(kind: type[Part]) -> dict[str, type[Part] | None]:
    """Return the keys that a kind of part knows, with the kind of the parts that each holds."""
    return {
        field.name: _part_in(field.type) for field in structs.fields(kind) if field.name != "extra"
    }


def _part_in(annotation: Any) -> type[Part] | None:
    """Return the kind of part that a field holds, perhaps as a list or not at all."""
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return annotation
    return next(filter(None, map(_part_in, get_args(annotation))), None)


def _says(key: str, value: Any) -> bool:
    """Say whether an empty list is a statement: no interests were declared."""
    return key == "interests" and value == []


def _keep_unknown(value: Any, data: Any) -> None:
    if isinstance(value, Part):
        known = set(value.__struct_fields__) - {"extra"}
        value.extra = {key: data[key] for key in data if key not in known}
        for name in known & data.keys():
            _keep_unknown(getattr(value, name), data[name])
    elif isinstance(value, list):
        for item, raw in zip(value, data or (), strict=True):
            _keep_unknown(item, raw)


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a record as ``to_dict`` gives it."""
    definitions = msgspec.json.schema(Abstract)["$defs"]
    for definition in definitions.values():
        del definition["additionalProperties"], definition["properties"][_EXTRA]
        for name, field in definition["properties"].items():
            default = field.pop("default", None)
            if default == []:
                field["minItems"] = 1
            if "anyOf" in field:  # an optional part is absent, never null
                options = [option for option in field.pop("anyOf") if option.get("type") != "null"]
                definition["properties"][name] = options[0] | field
    abstract = definitions.pop("Abstract")
    abstract["required"] = ["schema", *abstract["required"]]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA,
        **abstract,
        "$defs": definitions,
    }
