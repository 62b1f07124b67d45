"""The format of a list of names and of each name in it: order, initials and et al."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, cast

from abstool.csl.elements.base import Element
from abstool.csl.elements.context import AreaSettings, Context, NameList, Repeated
from abstool.csl.text.initials import initials
from abstool.csl.text.particles import joined
from abstool.csl.variables import PersonName

# CSL's defaults for the options of names, which a style may also set for an area or for all areas.
_DEFAULTS = {
    "and": "",
    "delimiter-precedes-et-al": "contextual",
    "delimiter-precedes-last": "contextual",
    "et-al-min": "0",
    "et-al-use-first": None,
    "et-al-subsequent-min": None,
    "et-al-subsequent-use-first": None,
    "et-al-use-last": "false",
    "initialize": "true",
    "initialize-with": None,
    "name-as-sort-order": "",
    "sort-separator": ", ",
    "form": "long",
    "delimiter": ", ",
}
_ET_AL = frozenset(("et al", "et al.", "others", "and others"))  # typed as the last of the names
_INHERITED_AS = {"form": "name-form", "delimiter": "name-delimiter"}


class NameOptions(NamedTuple):
    """The options of a list of names."""

    conjunction: str
    delimiter: str
    delimiter_precedes_et_al: str
    delimiter_precedes_last: str
    et_al_min: int
    et_al_use_first: int
    et_al_subsequent_min: int
    et_al_subsequent_use_first: int
    et_al_use_last: bool
    form: str
    initialize: bool
    initialize_with: str | None
    name_as_sort_order: str
    sort_separator: str


class EtAlElement(Element):
    """The term that replaces the names left out."""

    def term(self) -> str:
        """Return the term in this element's formatting."""
        term = self.language.term(self.options.get("term", "et-al"))
        return self.affixed(self.formatted(term))


class NameElement(Element):
    """The format of a list of names and of each name."""

    def prepare(self) -> None:
        """Find the formats of the parts of names."""
        self._parts = {part.options.get("name"): part for part in self.children}
        self._affixes = sum(len(one.prefix + one.suffix) for one in (self, *self.children))
        self._options: dict[tuple[AreaSettings, tuple[tuple[str, str], ...]], NameOptions] = {}
        options = self.definitions.options
        self._hyphen = options.get("initialize-with-hyphen", "true") == "true"
        self._demotes = options.get("demote-non-dropping-particle")

    def people(self, context: Context, people: list[PersonName], et_al: EtAlElement | None) -> str:
        """Return a list of names, shortened with "et al." if the style does so."""
        options = self._options_in(context)
        others = len(people) > 1 and people[-1].get("literal", "").casefold() in _ET_AL
        people = people[:-1] if others else people
        first, cut = _cut(context, options, len(people))
        first, cut = (len(people), True) if others and not cut else (first, cut)
        if options.form == "count":
            context.name_count = (context.name_count or 0) + (first if cut else len(people))
            return str(context.name_count)
        shown = people[:first] if cut else people
        inverted = {"all": len(people), "first": 1}.get(options.name_as_sort_order, 0)
        context.count(len(shown) * (self._affixes + len(options.delimiter)))
        texts = self._shown(context, people, len(shown), options, inverted)
        if context.request.repeated and not context.names_done:
            printed = (*texts, "et al.") if cut else tuple(texts)
            if (rest := _replaced(context, context.request.repeated, printed, texts)) is None:
                return context.request.repeated.substitute
            texts = rest
        delimiter = options.delimiter
        if context.sorting and cut and options.et_al_use_last:
            texts.append(self._person(people[-1], options, inverted=bool(inverted), sorting=True))
        if context.sorting:  # words such as "and" would affect the order
            return self.chain(texts, options.delimiter)
        if not cut:
            return self._list(texts, options, _inverts(people[:-1], inverted))
        if options.et_al_use_last and first + 2 <= len(people):
            last = self._person(people[-1], options, inverted=inverted >= len(people))
            return f"{self.chain(texts, delimiter)}{delimiter}… {last}"
        term = self.language.term("et-al") if et_al is None else et_al.term()
        listed = self.chain(texts, delimiter)
        if not texts or not term:
            return listed
        rule = options.delimiter_precedes_et_al
        separate = _has_delimiter(rule, len(texts), after_inverted=_inverts(shown, inverted))
        space = "" if not _is_romanesque(term) else " "  # 王小明等
        return listed + self.chain([delimiter if separate else space, term], "")

    def _shown(
        self,
        context: Context,
        people: list[PersonName],
        shown: int,
        options: NameOptions,
        inverted: int,
    ) -> list[str]:
        """Return the names that are shown; those of a cite are noted for the disambiguation."""
        if context.area.tag != "citation" or context.sorting:
            return [
                self._person(one, options, inverted=number < inverted, sorting=context.sorting)
                for number, one in enumerate(people[:shown])
            ]
        request, index = context.request, len(context.name_lists)

        level = 2 if options.initialize_with is None or not options.initialize else 1
        level = 0 if options.form == "short" else level
        if request.initials_only and level == 0 and options.initialize_with is None:
            options = options._replace(initialize_with="")
        noted = NameList(people, shown, level, self._one, options, inverted)
        context.name_lists.append(noted)
        levels = [max(level, request.more.given.get((index, number), 0)) for number in range(shown)]
        if request.given_level is not None:
            raised = (request.given_level(people[n], n) for n in range(shown))
            levels = [max(pair) for pair in zip(levels, raised, strict=True)]
        return [self._one(noted, number, at) for number, at in enumerate(levels)]

    def _one(self, noted: NameList, number: int, level: int) -> str:
        """Return a name of a list at a level of its given names."""
        options = _at_level(cast("NameOptions", noted.options), level)
        return self._person(noted.people[number], options, inverted=number < noted.inverted)

    def _options_in(self, context: Context) -> NameOptions:
        """Return the options that apply in the context's area."""
        key = (context.area, context.name_options)
        if (options := self._options.get(key)) is None:
            values = {name: self._option(context.area, name) for name in _DEFAULTS}
            try:
                options = self._options[key] = _parsed(values | dict(context.name_options))
            except ValueError as error:
                raise self.faulty(str(error)) from None
        return options

    def _option(self, area: AreaSettings, name: str) -> str | None:
        """Return an option of these names, else of the area, else of the style."""
        if name in self.options:
            return self.options[name]
        inherited = _INHERITED_AS.get(name, name)
        for options in (area.options, self.definitions.options):
            if inherited in options:
                return options[inherited]
        return _DEFAULTS[name]

    def _list(self, texts: list[str], options: NameOptions, after_inverted: bool) -> str:
        """Return names with the conjunction before the last."""
        delimiter, last = options.delimiter, len(texts) - 1
        if options.conjunction not in ("text", "symbol") or last < 1:
            return self.chain(texts, delimiter)
        term = self.language.term("and") if options.conjunction == "text" else "&"
        separate = _has_delimiter(
            options.delimiter_precedes_last, last, after_inverted=after_inverted
        )
        head = self.chain(texts[:last], delimiter)
        glue = f"{delimiter if separate else ' '}{term} "
        if term[-1:].isspace():  # the locale joins the word itself: Hebrew writes it as a prefix
            glue = term
        return self.chain([head, glue], "") + texts[last]

    def _person(
        self, name: PersonName, options: NameOptions, *, inverted: bool, sorting: bool = False
    ) -> str:
        """Return one name, in the format and the affixes of the element."""
        text = self._plain(name, options, inverted=inverted, sorting=sorting)
        return text if self.is_plain else self.affixed(self.formatted(text))

    def _plain(
        self, name: PersonName, options: NameOptions, *, inverted: bool, sorting: bool
    ) -> str:
        """Return one name: ``Doe J``, ``J. Doe``, ``van der Heide D``."""
        if "literal" in name:
            return self._affixed("family", self._part("family", name["literal"]))
        dropping = name.get("dropping-particle", "")
        particle = name.get("non-dropping-particle", "").rstrip()
        if options.form == "short":
            parts = [name.get("non-dropping-particle"), name["family"]]
            if sorting and self._demotes != "never":
                parts.reverse()
            return self._affixed("family", self._part("family", joined(*parts)))
        initialized = given = self._given(name.get("given", ""), options)
        family = name["family"]
        if self._parts:
            given, dropping = self._part("given", given), self._part("given", dropping)
            family, particle = self._part("family", family), self._part("family", particle)
        suffix, mark = name.get("suffix", ""), options.initialize_with
        if suffix and mark is not None and "." not in mark and self.definitions.typographic:
            suffix = suffix.replace(".", "")  # "Jr" beside "RR", "Jr." beside "R. R."
        if not _is_romanesque(name["family"] + initialized):
            return self._affixed("family", family) + self._affixed("given", given)
        if not inverted:
            if particle:  # both are in one format, so that marks and cases apply to them as a whole
                family = self._part("family", joined(name["non-dropping-particle"], name["family"]))
            whole = self._affixed("family", joined(dropping, family))
            texts = [text for text in (self._affixed("given", given), whole) if text]
            return _with_suffix(" ".join(texts), suffix, comma="comma-suffix" in name)
        if self._demotes == "never" or (self._demotes == "sort-only" and not sorting):
            if particle:
                family = self._part("family", joined(name["non-dropping-particle"], name["family"]))
            particle = ""
        if dropping or particle:
            given = joined(given, joined(dropping, particle))
        if self._parts:
            family, given = self._affixed("family", family), self._affixed("given", given)
        texts = [text for text in (family, given, suffix) if text]
        return self.chain(texts, options.sort_separator)

    def _given(self, given: str, options: NameOptions) -> str:
        mark = options.initialize_with
        if not given or mark is None:
            return given
        return initials(given, mark, hyphen=self._hyphen, keep_names=not options.initialize)

    def _part(self, which: str, text: str) -> str:
        """Return a given or family name, or its particle, in the format of its name-part."""
        if not self._parts or which not in self._parts or not text:
            return text
        part = self._parts[which]
        return part.formatted(part.cased(text, None))

    def _affixed(self, which: str, text: str) -> str:
        """Return a given or family name, with its particles, in the affixes of its name-part."""
        return self._parts[which].affixed(text) if which in self._parts else text


def _with_suffix(name: str, suffix: str, *, comma: bool) -> str:
    return f"{name}{',' if comma else ''} {suffix}" if suffix else name


def _cut(context: Context, options: NameOptions, count: int) -> tuple[int, bool]:
    """Return how many names come before "et al.", and whether the list is shortened at all."""
    request = context.request
    least, first = options.et_al_min, options.et_al_use_first
    if request.cite.position != "first":
        least, first = options.et_al_subsequent_min, options.et_al_subsequent_use_first
    if request.more.shown:
        first = max(first, request.more.shown.get(len(context.name_lists), 0))
    return first, 0 < least <= count and first < count and count > 1


def _at_level(options: NameOptions, level: int) -> NameOptions:
    """Return options that print initials at least (1), or the given names as they are (2)."""
    if level == 0:
        return options
    if level == 1 or options.initialize_with is None:
        return options if options.form != "short" else options._replace(form="long")
    return options._replace(form="long", initialize=False)


def _replaced(
    context: Context, repeated: Repeated, names: tuple[str, ...], texts: list[str]
) -> list[str] | None:
    """Return the names of an entry without those that the entry before has.

    None stands for all names together.
    """
    role = len(context.names_printed)
    before = repeated.names[role] if role < len(repeated.names) else ()
    context.names_printed.append(names)
    if repeated.rule in ("complete-all", "complete-each"):
        if names != before:
            return texts
        each = repeated.rule == "complete-each"
        return [repeated.substitute] * len(texts) if each else None
    same = next(
        (n for n, pair in enumerate(zip(texts, before, strict=False)) if pair[0] != pair[1]),
        min(len(texts), len(before)),
    )
    same = min(same, 1) if repeated.rule == "partial-first" else same
    return [repeated.substitute] * same + texts[same:]


def _parsed(values: Mapping[str, str | None]) -> NameOptions:
    """Return options of names. Raises ValueError if one should be a number and is not."""
    texts = {name: value or "" for name, value in values.items()}
    return NameOptions(
        conjunction=texts["and"],
        delimiter=texts["delimiter"],
        delimiter_precedes_et_al=texts["delimiter-precedes-et-al"],
        delimiter_precedes_last=texts["delimiter-precedes-last"],
        et_al_min=_count(texts, "et-al-min") if texts["et-al-use-first"] else 0,
        et_al_use_first=_count(texts, "et-al-use-first"),
        et_al_subsequent_min=_count(texts, "et-al-subsequent-min", "et-al-min"),
        et_al_subsequent_use_first=_count(texts, "et-al-subsequent-use-first", "et-al-use-first"),
        et_al_use_last=texts["et-al-use-last"] == "true",
        form=texts["form"],
        initialize=texts["initialize"] != "false",
        initialize_with=values["initialize-with"],
        name_as_sort_order=texts["name-as-sort-order"],
        sort_separator=texts["sort-separator"],
    )


def _has_delimiter(rule: str, count: int, *, after_inverted: bool) -> bool:
    """Return whether a delimiter follows the last of ``count`` names, before "and" or "et al."."""
    if rule == "after-inverted-name":
        return after_inverted
    return rule == "always" or (rule == "contextual" and count >= 2)


def _inverts(people: list[PersonName], inverted: int) -> bool:
    """Return whether the last of some names is inverted; names of groups are not."""
    return 0 < len(people) <= inverted and "literal" not in people[-1]


def _is_romanesque(name: str) -> bool:
    """Return whether a name is in a script that has a space between given and family name."""
    return "A" <= name[:1] <= "Z" or not all(map(_is_east_asian, filter(str.isalpha, name)))


def _is_east_asian(letter: str) -> bool:
    """Return whether a letter is Chinese, Japanese or Korean."""
    return (
        "\u2e80" <= letter <= "\ua4cf"
        or "\uac00" <= letter <= "\ufaff"
        or "\u1100" <= letter <= "\u11ff"
        or letter >= "\U00020000"
    )


def _count(texts: Mapping[str, str], *names: str) -> int:
    """Return the first of some options that is there, as a number, or 0."""
    name = next((name for name in names if texts[name]), "")
    try:
        return int(texts[name]) if name else 0
    except ValueError:
        raise ValueError(f"has {name}={texts[name]!r}, which is not a number") from None
