"""The record of one abstract page, as typed objects and as JSON (``abstool/1``).

In Python, a missing text is ``""``, a missing list is empty and a missing part is None. In JSON,
missing values are left out: a record has no empty strings, empty lists or nulls.

Unknown keys are kept at every level (``extra``), so that a record survives a pipeline with other
tools and other versions of abstool.
"""

import json
import re
from contextlib import suppress
from functools import cache
from typing import Annotated, Any, Literal, Self, get_args

import msgspec
from msgspec import Meta, structs

from abstool.errors import UnreadableInput, require
from abstool.text import escaped_controls

SCHEMA = "abstool/1"

JsonObject = dict[str, Any]
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


_SUPPLEMENT = re.compile(r"suppl|^S\d", re.IGNORECASE)  # in an issue
# The JSON name of the field ``extra``, chosen so that no key in a file can set it.
_EXTRA = "\x7f"
# UnicodeEncodeError: msgspec cannot quote half a surrogate pair in its error message.
_INVALID = (msgspec.ValidationError, UnicodeEncodeError)
_EXTRA_KEY = f'"{_EXTRA}":'.encode()


# gc=False: records are trees, so the garbage collector need not search them for cycles.
class Part(msgspec.Struct, kw_only=True, omit_defaults=True, forbid_unknown_fields=True, gc=False):
    """Base class of the record's objects: leaves out missing values and keeps unknown keys."""

    extra: JsonObject = msgspec.field(default_factory=dict, name=_EXTRA)

    def to_dict(self) -> JsonObject:
        """Return plain JSON data: known keys in the order of the schema, then unknown keys."""
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
    literal: Annotated[Text, Meta(description="name of a group, used instead of the parts")] = ""
    affiliations: Annotated[Texts, Meta(description="labels of the author's affiliations")] = []


class Affiliation(Part, kw_only=True):
    """An affiliation with the label that links authors to it."""

    label: Annotated[Text, Meta(description="the number as printed, or 1 if unnumbered")]
    name: Annotated[Text, Meta(description="the affiliation as printed")]


class Session(Part):
    """The session in which the abstract was presented."""

    title: Annotated[Text, Meta(description="without the range of abstract numbers")] = ""
    abstract_range: Annotated[
        Texts, Meta(max_length=2, description="first and last abstract number of the session")
    ] = []
    type: Annotated[Text, Meta(description="as printed, such as Poster Session A")] = ""
    date: Date = ""
    start: LocalTime = ""
    end: LocalTime = ""


class Section(Part, kw_only=True):
    """A labelled section of the body; text before the first label has no label."""

    label: Annotated[Text, Meta(description="as printed, without the colon")] = ""
    text: Annotated[Text, Meta(description="paragraphs are separated by a blank line")]


class Table(Part):
    """A table of the body; every row and the header have the same number of cells."""

    section: Annotated[Text, Meta(description="label of the section it is in")] = ""
    caption: Text = ""
    header: Annotated[list[str], Meta(description="cells of the heading row, if any")] = []
    rows: Annotated[list[list[str]], Meta(description="cells can be empty strings")] = []


class Figure(Part):
    """A figure of the body, with the URL of its image."""

    section: Annotated[Text, Meta(description="label of the section it is in")] = ""
    caption: Text = ""
    url: Annotated[Text, Meta(description="absolute if the page's URL is known")] = ""
    alt: Annotated[Text, Meta(description="the alternative text")] = ""


class Trial(Part, kw_only=True):
    """A trial registration found in the title or the body."""

    registry: Annotated[Text, Meta(description="ClinicalTrials.gov, EudraCT, ISRCTN ...")]
    id: Annotated[Text, Meta(description="in the registry's own form, such as NCT01234567")]


class Interest(Part, kw_only=True):
    """One interest that an author disclosed."""

    entity: Annotated[Text, Meta(description="company or organisation, as printed")]
    codes: Annotated[
        list[int], Meta(min_length=1, description="the relationship codes printed after it")
    ]
    note: Annotated[Text, Meta(description="the description after code 12 (other)")] = ""


class Disclosure(Part, kw_only=True):
    """One author's disclosure, or the whole statement if it cannot be split by author."""

    name: Annotated[Text, Meta(description="the author's name as the disclosure prints it")] = ""
    author: Annotated[Text, Meta(description="the author's name as the author line prints it")] = ""
    text: Annotated[Text, Meta(description="as printed")]
    interests: Annotated[
        list[Interest] | None,
        Meta(description='empty for "None", absent if the text has another form'),
    ] = None

    def to_dict(self) -> JsonObject:
        """Return plain JSON data; an empty list of interests is kept, since it means "None"."""
        data = super().to_dict()
        return data | {"interests": []} if self.interests == [] else data


class Publication(Part):
    """The journal supplement that contains the abstract, from the page's citation."""

    journal: Annotated[Text, Meta(description="full name, from abstool's table of sites")] = ""
    abbreviation: Annotated[Text, Meta(description="as printed")] = ""
    issn: Annotated[Text, Meta(description="online ISSN, from abstool's table of sites")] = ""
    year: Annotated[int, Meta(description="as printed, never computed")] = 0
    volume: Annotated[Text, Meta(description="as printed, never computed")] = ""
    issue: Annotated[Text, Meta(description="as printed, if it is more than a supplement")] = ""
    supplement: Annotated[Text, Meta(description="only the number: 9 for (suppl 9)")] = ""


class Abstract(Part, kw_only=True):
    """One conference abstract as its page prints it."""

    schema: Literal["abstool/1"] = "abstool/1"
    url: Annotated[Text, Meta(description="the abstract's own URL, with a final slash")] = ""
    site: Annotated[Text, Meta(description="host of the URL, without www.")] = ""
    number: Annotated[Text, Meta(description="exactly as printed: 0848, 90, PP01, 1L")] = ""
    title: Annotated[Text, Meta(description="as printed, on one line")]
    authors: list[Author] = []
    affiliations: Annotated[list[Affiliation], Meta(description="in printed order")] = []
    meeting: Annotated[Text, Meta(description="as printed, such as ACR Convergence 2025")] = ""
    first_published: Date = ""
    keywords: Texts = []
    session: Session | None = None
    sections: Annotated[list[Section], Meta(description="in printed order")] = []
    tables: Annotated[list[Table], Meta(description="in printed order")] = []
    figures: Annotated[list[Figure], Meta(description="in printed order")] = []
    trials: list[Trial] = []
    disclosures: list[Disclosure] = []
    publication: Publication | None = None
    pages: Annotated[Text, Meta(description="pages in the publication, as printed: 243-244")] = ""
    publisher: Text = ""
    doi: Annotated[Text, Meta(description="of the abstract itself, without https://doi.org/")] = ""
    pmid: Annotated[Text, Meta(description="number in PubMed")] = ""
    printed_citation: Annotated[
        Text, Meta(description="the page's own citation, without its access date")
    ] = ""
    accessed: Annotated[
        Date, Meta(description="date of the fetch, or of the capture in a web archive")
    ] = ""
    warnings: Annotated[
        Texts, Meta(description="anything odd or uncertain, one sentence each")
    ] = []

    @property
    def is_of_meeting(self) -> bool:
        """Whether the record shows that it is a meeting abstract, and not an article.

        Articles have a DOI or pages; a record without both is from a page of a meeting.
        """
        publication = self.publication or Publication()
        in_supplement = publication.supplement or _SUPPLEMENT.search(publication.issue)
        shown = (self.number, self.meeting, self.session, in_supplement)
        return any(shown) or not (self.doi or self.pages)

    def _repr_html_(self) -> str:
        """Return the record as a small piece of HTML, which notebooks show."""
        from abstool.record.preview import preview  # noqa: PLC0415 - only for notebooks

        return preview(self.to_dict())

    def to_json(self, indent: int | None = None) -> bytes:
        """Return ``to_dict`` as JSON in UTF-8: on one line, or indented by ``indent`` spaces.

        A lone surrogate, which UTF-8 cannot encode, becomes a JSON escape.
        """
        data = b""
        if indent != 0:  # msgspec would print one line, but json prints line breaks
            with suppress(UnicodeEncodeError):
                data = msgspec.json.encode(self)
        if not data or _EXTRA_KEY in data:  # inside a text its quotes would be escaped
            text = json.dumps(self.to_dict(), ensure_ascii=False, indent=indent)
            return escaped_controls(text.encode("utf-8", "backslashreplace"))
        if not data.startswith(b'{"schema":'):  # omitted because it is the default
            data = b'{"schema":"%b",%b' % (SCHEMA.encode(), data[1:])
        return escaped_controls(msgspec.json.format(data, indent=indent or 0))

    @classmethod
    def from_dict(cls, data: JsonObject, subject: str = "record") -> Self:
        """Return the record in JSON data.

        Nulls and empty values count as missing, since other tools write them (``jq '{title, x}'``).
        Raises UnreadableInput, naming ``subject``, if the data are not a record.
        """
        require("data", data, dict, "the JSON object of a record")
        if (declared := data.get("schema", SCHEMA)) != SCHEMA:
            raise UnreadableInput(
                subject,
                f"its schema is {declared!r}, not {SCHEMA!r}",
                "use a version of abstool that supports this schema",
            )
        with suppress(*_INVALID):
            record = msgspec.convert(data, cls)
            if not _has_empty_part(record):
                return record
        try:
            record = msgspec.convert(_drop_unknown(data, cls), cls)
        except _INVALID as error:
            raise UnreadableInput(
                subject, f"not an abstool record: {error}", "see 'abstool schema'"
            ) from None
        _keep_unknown(record, data)
        return record

    @classmethod
    def from_json(cls, data: bytes) -> Self | None:
        """Return the record in JSON of exactly the form that abstool prints, None for any other."""
        try:
            record = msgspec.json.decode(data, type=cls)
        except (msgspec.DecodeError, RecursionError):
            return None
        return None if _has_empty_part(record) else record


def _has_empty_part(record: Abstract) -> bool:
    """Return whether an optional part is ``{}``, which counts as missing."""
    return record.session == Session() or record.publication == Publication()


def _plain(value: object) -> object:
    if isinstance(value, Part):
        return value.to_dict()
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value


def _drop_unknown(data: object, kind: type[Part] | None) -> object:
    """Return JSON data without empty values and without the keys that ``kind`` does not have.

    Recurses below unknown keys too, so that data nested too deeply for printing fail here.
    """
    if isinstance(data, dict):
        parts = _parts(kind) if kind else {}
        present = {
            key: _drop_unknown(value, parts.get(key))
            for key, value in data.items()
            if value not in (None, "", [], {}) or _is_declared_none(key, value)
        }
        return {key: present[key] for key in present if key in parts} if kind else present
    if isinstance(data, list):
        return [_drop_unknown(item, kind) for item in data]
    return data


@cache
def _parts(kind: type[Part]) -> dict[str, type[Part] | None]:
    """Return the keys of a kind of part, each with the kind of part in its value, or None."""
    return {
        field.name: _part_in(field.type) for field in structs.fields(kind) if field.name != "extra"
    }


def _part_in(annotation: object) -> type[Part] | None:
    """Return the kind of part in a field's type, which may be a list or optional."""
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return annotation
    return next(filter(None, map(_part_in, get_args(annotation))), None)


def _is_declared_none(key: str, value: object) -> bool:
    """Return whether an empty list is information: the author declared no interests."""
    return key == "interests" and value == []


def _keep_unknown(value: object, data: object) -> None:
    """Copy the unknown keys in JSON data to the parts of a record."""
    if isinstance(value, Part) and isinstance(data, dict):
        known = set(value.__struct_fields__) - {"extra"}
        value.extra = {key: data[key] for key in data if key not in known}
        for name in known & data.keys():
            _keep_unknown(getattr(value, name), data[name])
    elif isinstance(value, list) and isinstance(data, list):
        for item, raw in zip(value, data, strict=True):
            _keep_unknown(item, raw)


def json_schema() -> JsonObject:
    """Return the JSON Schema (draft 2020-12) of the records that ``to_dict`` returns."""
    definitions = msgspec.json.schema(Abstract)["$defs"]
    for definition in definitions.values():
        del definition["additionalProperties"], definition["properties"][_EXTRA]
        for name, field in definition["properties"].items():
            default = field.pop("default", None)
            if default == []:
                field["minItems"] = 1
            if "anyOf" in field:  # an optional part is left out, never null
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
