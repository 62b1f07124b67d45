"""Names of authors, editors and others: their order, initials, et al., and labels."""

from __future__ import annotations

from typing import Any

from abstool.csl.elements import Element
from abstool.csl.initials import initials
from abstool.csl.now import Now
from abstool.csl.particles import joined

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


class Names(Element):
    """Names of one or more roles, or what stands in for them."""

    form: Names
    name_element: Any

    def prepare(self) -> None:
        """Find the parts; the form of names that stand in for others is that of those."""
        above = self.parent
        while above is not None and above.tag != "substitute":
            above = above.parent
        self.form = self if above is None else above.parent
        self.name_element = self.child("name")
        if self.name_element is None and self.form is self:
            self.name_element = Name("name", {}, self.root, self)
            self.name_element.prepare()
            self.children.insert(0, self.name_element)
        self.label_element = self.child("label")
        self.label_before = bool(self.children) and self.children[0].tag == "label"
        self.substitute = self.child("substitute")
        self.et_al = self.child("et-al")
        # what formats and affixes the whole
        merged = {**self.form.options, **self.options}
        self._whole = self if self.form is self else Element("names", merged, self.root)

    def output(self, now: Now) -> str:
        """Return the names of all roles, in this form or that of the names they stand in for."""
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
            texts = [self._role(now, "editor", "editortranslator")]
        else:
            texts = [self._role(now, role, role) for role in roles]
        texts = [text for text in texts if text]
        if now.counts is not None and texts:
            return texts[0]
        if texts:
            now.found += 1
        delimiter = self.delimiter or now.area.options.get("names-delimiter")
        text = self.chain(texts, delimiter or self.root.options.get("names-delimiter", ""))
        return self._whole.affixed(self._whole.formatted(text))

    def _role(self, now: Now, role: str, label_of: str) -> str:
        people = now.value(role)
        form = self.form
        name = self.name_element if self.name_element is not None else form.name_element
        text: str = name.people(now, people, self.et_al if self.et_al is not None else form.et_al)
        labelled = self if self.children else form
        if text and labelled.label_element is not None:
            label = labelled.label_element.worded(now, label_of, plural=len(people) > 1)
            pair = [label, text] if labelled.label_before else [text, label]
            text = self.chain(pair, "") if label else text
        return text


class Name(Element):
    """The form of a single name and of a list of them."""

    def prepare(self) -> None:
        """Find the forms of the parts of names."""
        self._parts = {part.options.get("name"): part for part in self.children}
        self._settings: dict[Any, dict[str, Any]] = {}
        self._hyphen = self.root.options.get("initialize-with-hyphen", "true") == "true"
        self._demoted = self.root.options.get("demote-non-dropping-particle")

    def _option(self, now: Now, name: str) -> Any:
        """Return an option of these names, of the bibliography or citation, or of the style."""
        if name in self.options:
            return self.options[name]
        inherited = _INHERITED_AS.get(name, name)
        for element in (now.area, self.root):
            if inherited in element.options:
                return element.options[inherited]
        return _INHERITED[name]

    def _options(self, now: Now) -> dict[str, Any]:
        if now.area not in self._settings:
            self._settings[now.area] = {name: self._option(now, name) for name in _INHERITED}
        found = self._settings[now.area]
        return found | now.name_options if now.name_options else found

    def people(self, now: Now, people: list[dict[str, str]], et_al: Any) -> str:
        """Return a list of names, cut short by "et al" where the style says so."""
        options = self._options(now)
        least, first = int(options["et-al-min"]), int(options["et-al-use-first"])
        cut = 0 < least <= len(people) and first < len(people) and len(people) > 1
        if options["form"] == "count":
            now.counts = str(min(len(people), first) if cut else len(people))
            return now.counts
        shown = people[:first] if cut else people
        inverted_upto = {"all": len(people), "first": 1}.get(options["name-as-sort-order"], 0)
        texts = [
            self._person(now, person, options, inverted=number < inverted_upto)
            for number, person in enumerate(shown)
        ]
        delimiter = options["delimiter"]
        if now.sorting:  # by the names alone, without words like "and"
            return self.chain(texts, delimiter)
        if not cut:
            return self._together(texts, options, inverted_upto)
        if options["et-al-use-last"] == "true" and first + 2 <= len(people):
            last = self._person(now, people[-1], options, inverted=inverted_upto >= len(people))
            return self.affixed(f"{self.chain(texts, delimiter)}{delimiter}… {last}")
        others = self.root.language.term("et-al") if et_al is None else et_al.word()
        if not texts or not others:
            return self.affixed(self.chain(texts, delimiter))
        separate = _precedes(options["delimiter-precedes-et-al"], len(texts), inverted_upto, 2)
        glue = self.chain([delimiter if separate else " ", others], "")
        return self.affixed(self.chain(texts, delimiter)) + glue

    def _together(self, texts: list[str], options: Any, inverted_upto: int) -> str:
        delimiter, last = options["delimiter"], len(texts) - 1
        word = {"text": "and", "symbol": "&"}.get(options["and"], "")
        if not word or last < 1:
            return self.affixed(self.chain(texts, delimiter))
        term = self.root.language.term("and") if word == "and" else "&"
        separate = _precedes(options["delimiter-precedes-last"], last, inverted_upto, 2)
        head = self.chain(texts[:last], delimiter)
        glue = f"{delimiter if separate else ' '}{term} "
        return self.affixed(f"{head}{glue}{texts[last]}")

    def _person(self, now: Now, name: dict[str, str], options: Any, *, inverted: bool) -> str:
        """Return one name: ``Doe J``, ``J. Doe``, ``van der Heide D``."""
        if "literal" in name:
            return self._part("family", name["literal"])
        family, suffix = name["family"], name.get("suffix", "")
        dropping = name.get("dropping-particle", "")
        particle = name.get("non-dropping-particle", "")
        if options["form"] == "short":
            return self._part("family", joined(particle, family))
        given = self._given(name.get("given", ""), options)
        if not _is_romanesque(family + given):
            glue = " " if inverted else ""
            return (
                f"{self._part('family', family)}{glue if given else ''}{self._part('given', given)}"
            )
        if not inverted:
            whole = self._part("family", joined(dropping, particle, family))
            return " ".join(text for text in (self._part("given", given), whole, suffix) if text)
        if self._demoted == "never" or (self._demoted == "sort-only" and not now.sorting):
            family, particle = joined(particle, family) if particle else family, ""
        if dropping or particle:
            given = joined(given, joined(dropping, particle))
        texts = (self._part("family", family), self._part("given", given), suffix)
        return self.chain([text for text in texts if text], options["sort-separator"])

    def _given(self, given: str, options: Any) -> str:
        mark = options["initialize-with"]
        if not given or mark is None:
            return given
        keep_names = options["initialize"] == "false"
        return initials(given, mark, hyphen=self._hyphen, keep_names=keep_names)

    def _part(self, which: str, text: str) -> str:
        """Return a given or family name in the form of its name-part."""
        if not self._parts or which not in self._parts or not text:
            return text
        formed: str = self._parts[which].dressed(text, None)
        return formed


class EtAl(Element):
    """What stands for the authors left out."""

    def word(self) -> str:
        """Return "et al" in this element's formatting."""
        term = self.root.language.term(self.options.get("term", "et-al"))
        return self.affixed(self.formatted(term))


def _precedes(rule: str, count: int, inverted_upto: int, least: int) -> bool:
    if rule == "after-inverted-name":
        return 0 < count <= inverted_upto
    return rule == "always" or (rule == "contextual" and count >= least)


def _is_romanesque(name: str) -> bool:
    """Tell names in alphabets that put a space between given and family name."""
    return "A" <= name[:1] <= "Z" or any(
        letter < "\u0590" or "\u1e00" <= letter <= "\u1fff" for letter in name if letter.isalpha()
    )
