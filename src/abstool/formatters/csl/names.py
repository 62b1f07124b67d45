"""Names of authors, editors and others: their order, initials, et al., and labels."""

from __future__ import annotations

from typing import Any

from abstool.formatters.csl.initials import initials
from abstool.formatters.csl.particles import joined

# Options of names that a style may set on any element above; with CSL's defaults.
_INHERITED = {
    "and": "",
    "delimiter-precedes-et-al": "contextual",
    "delimiter-precedes-last": "contextual",
    "et-al-min": "0",
    "et-al-use-first": "1",
    "et-al-subsequent-min": "0",
    "et-al-subsequent-use-first": "1",
    "et-al-use-last": "false",
    "initialize": "true",
    "initialize-with": None,
    "name-as-sort-order": "",
    "sort-separator": ", ",
    "form": "long",
    "delimiter": ", ",
}
_INHERITED_AS = {"form": "name-form", "delimiter": "name-delimiter"}


class NamesMends:
    """Names of one or more roles, or what stands in for them."""

    def output(self: Any, now: Any) -> str:
        """Return the names of all roles, in this form or that of the names they stand in for."""
        form = self.form
        now.called += 1
        roles = [role for role in self.options["variable"].split() if now.value(role)]
        if not roles:
            text = self.substitute.output(now) if self.substitute is not None else ""
            now.found += bool(text)
            return str(text)
        if roles in (["editor", "translator"], ["translator", "editor"]) and (
            now.value("editor") == now.value("translator")
            and self.root.language.term("editortranslator")
        ):
            texts = [self._role(now, "editor", form, "editortranslator")]
        else:
            texts = [self._role(now, role, form, role) for role in roles]
        delimiter = self.options.get("delimiter") or now.area.options.get("names-delimiter")
        delimiter = delimiter or self.root.options.get("names-delimiter", "")
        texts = [text for text in texts if text]
        if now.counts is not None and texts:
            return str(texts[0])
        if texts:
            now.found += 1
        options = self.options if self is form else {**form.options, **self.options}
        text = self.chain(texts, delimiter)
        return str(self.affixed(self.formatted(text, options), options))

    def _role(self: Any, now: Any, role: str, form: Any, label_of: str) -> str:
        people = now.value(role)
        name = self.name_element if self.name_element is not None else form.name_element
        text = name.people(now, people, self.et_al if self.et_al is not None else form.et_al)
        labelled = self if len(self.children) else form
        if text and labelled.label_element is not None:
            label = labelled.label_element.worded(now, label_of, plural=len(people) > 1)
            pair = [label, text] if labelled.label_before else [text, label]
            text = self.chain(pair, "") if label else text
        return str(text)


class NameMends:
    """The form of a single name and of a list of them."""

    def option(self: Any, now: Any, name: str) -> Any:
        """Return an option of these names, of the bibliography or citation, or of the style."""
        if name in self.options:
            return self.options[name]
        inherited = _INHERITED_AS.get(name, name)
        for element in (now.area, self.root):
            if inherited in element.options:
                return element.options[inherited]
        return _INHERITED[name]

    def _settings(self: Any, now: Any) -> dict[str, Any]:
        cache = self.__dict__.setdefault("settings", {})
        if now.area not in cache:
            cache[now.area] = {name: self.option(now, name) for name in _INHERITED}
        found: dict[str, Any] = cache[now.area]
        return found | now.name_options if now.name_options else found

    def people(self: Any, now: Any, people: list[dict[str, str]], et_al: Any) -> str:
        """Return a list of names, cut short by "et al" where the style says so."""
        options = self._settings(now)
        least, first = int(options["et-al-min"]), int(options["et-al-use-first"])
        cut = 0 < least <= len(people) and first < len(people) and len(people) > 1
        if options["form"] == "count":
            now.counts = str(min(len(people), first) if cut else len(people))
            return str(now.counts)
        shown = people[:first] if cut else people
        inverted_upto = {"all": len(people), "first": 1}.get(options["name-as-sort-order"], 0)
        texts = [
            self._person(now, person, options, inverted=number < inverted_upto)
            for number, person in enumerate(shown)
        ]
        delimiter = options["delimiter"]
        if now.sorting:  # by the names alone, without words like "and"
            return str(self.chain(texts, delimiter))
        if not cut:
            return str(self._together(texts, options, inverted_upto))
        if options["et-al-use-last"] == "true" and first + 2 <= len(people):
            last = self._person(now, people[-1], options, inverted=inverted_upto >= len(people))
            return str(self.affixed(f"{self.chain(texts, delimiter)}{delimiter}… {last}"))
        others = self.root.language.term("et-al") if et_al is None else et_al.word()
        if not texts or not others:
            return str(self.affixed(self.chain(texts, delimiter)))
        separate = _precedes(options["delimiter-precedes-et-al"], len(texts), inverted_upto, 2)
        glue = delimiter if separate else " "
        return str(self.affixed(self.chain(texts, delimiter)) + self.fitting(glue, others))

    def _together(self: Any, texts: list[str], options: Any, inverted_upto: int) -> str:
        delimiter, last = options["delimiter"], len(texts) - 1
        word = {"text": "and", "symbol": "&"}.get(options["and"], "")
        if not word or last < 1:
            return str(self.affixed(self.chain(texts, delimiter)))
        term = self.root.language.term("and") if word == "and" else "&"
        separate = _precedes(options["delimiter-precedes-last"], last, inverted_upto, 2)
        head = self.chain(texts[:last], delimiter)
        glue = f"{delimiter if separate else ' '}{term} "
        return str(self.affixed(f"{head}{glue}{texts[last]}"))

    def _person(self: Any, now: Any, name: dict[str, str], options: Any, *, inverted: bool) -> str:
        """Return one name: ``Doe J``, ``J. Doe``, ``van der Heide D``."""
        if "literal" in name:
            return str(self.part("family", name["literal"]))
        family, suffix = name["family"], name.get("suffix", "")
        dropping = name.get("dropping-particle", "")
        particle = name.get("non-dropping-particle", "")
        if options["form"] == "short":
            return str(self.part("family", joined(particle, family)))
        given = self._given(name.get("given", ""), options)
        if not _is_romanesque(family + given):
            glue = " " if inverted else ""
            return (
                f"{self.part('family', family)}{glue if given else ''}{self.part('given', given)}"
            )
        if not inverted:
            whole = self.part("family", joined(dropping, particle, family))
            return " ".join(text for text in (self.part("given", given), whole, suffix) if text)
        if self.root.options.get("demote-non-dropping-particle") in ("never", "sort-only") and (
            not now.sorting or self.root.options["demote-non-dropping-particle"] == "never"
        ):
            family, particle = joined(particle, family), ""
        given = joined(given, joined(dropping, particle))
        texts = (self.part("family", family), self.part("given", given), suffix)
        return str(self.chain([text for text in texts if text], options["sort-separator"]))

    def _given(self: Any, given: str, options: Any) -> str:
        mark = options["initialize-with"]
        if not given or mark is None:
            return given
        hyphen = self.root.options.get("initialize-with-hyphen", "true") == "true"
        return initials(given, mark, hyphen=hyphen, keep_names=options["initialize"] == "false")

    def part(self: Any, which: str, text: str) -> str:
        """Return a given or family name in the form of its name-part."""
        element = self.name_parts.get(which)
        return element.formed(text) if element is not None and text else text


class NamePartMends:
    """The form of a given or family name."""

    def formed(self: Any, text: str) -> str:
        """Return a name's part in its case and formatting, with its affixes."""
        return str(self.affixed(self.formatted(self.cased(text, None))))


class EtAlMends:
    """What stands for the authors left out."""

    def word(self: Any) -> str:
        """Return "et al" in this element's formatting."""
        term = self.root.language.term(self.options.get("term", "et-al"))
        return str(self.affixed(self.formatted(term)))


def _precedes(rule: str, count: int, inverted_upto: int, least: int) -> bool:
    if rule == "after-inverted-name":
        return 0 < count <= inverted_upto
    return rule == "always" or (rule == "contextual" and count >= least)


def _is_romanesque(name: str) -> bool:
    """Tell names in alphabets that put a space between given and family name."""
    return any(
        letter < "\u0590" or "\u1e00" <= letter <= "\u1fff" for letter in name if letter.isalpha()
    )
