"""Names in the forms that reference files have."""

import pytest

from abstool.inputs.references.people import people
from abstool.inputs.references.people.marks import REMOVED


def person(family, given, suffix=""):
    return {"family": family, "given": given} | ({"suffix": suffix} if suffix else {})


def group(name):
    return {"literal": name}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Leaf, Ann B.", person("Leaf", "Ann B.")),
        ("Leaf,Ann", person("Leaf", "Ann")),
        ("Null, Ann", person("Null", "Ann")),
        ("von der Leaf, Jan", person("von der Leaf", "Jan")),
        ("Leaf, A. B., Jr.", person("Leaf", "A. B.", "Jr.")),
        ("Leaf, Jr., A. B.", person("Leaf", "A. B.", "Jr.")),
        ("Leaf Jr., A. B.", person("Leaf", "A. B.", "Jr.")),
        ("Leaf, A. B. III", person("Leaf", "A. B.", "III")),
        ("Leaf AB Jr", person("Leaf", "A. B.", "Jr")),
        ("Leaf A.B.", person("Leaf", "A.B.")),
        ("Leaf A B", person("Leaf", "A B")),
        ("Leaf A. B.", person("Leaf", "A. B.")),
        ("van der Leaf A B C", person("van der Leaf", "A B C")),
        ("Leaf Moss A B Jr", person("Leaf Moss", "A B", "Jr")),
        ("Leaf AB, Jr", person("Leaf", "A. B.", "Jr")),
        ("Leaf, A., B.", person("Leaf", "A. B.")),
        ("A. B. Leaf", person("Leaf", "A. B.")),
        ("J.-P. van der Leaf", person("van der Leaf", "J.-P.")),
        ("Tea Study Group", group("Tea Study Group")),
        ("Tea Study Group,", group("Tea Study Group")),
        ("WORLD BANK", group("WORLD BANK")),
        ("World Tea Organization", group("World Tea Organization")),
        ("茶, 小明", person("茶", "小明") | {"static-ordering": True}),
        ("茶 小明", person("茶", "小明") | {"static-ordering": True}),
        ("茶小明", group("茶小明")),
        ("Leaf (Cup), Ann", person("Leaf (Cup)", "Ann")),
        ("van Leaf A B", person("van Leaf", "A B")),
        ("Leaf Š", person("Leaf", "Š")),
        ("Чай И. И.", person("Чай", "И. И.")),
        ("Ann B. Leaf", person("Leaf", "Ann B.")),
        ("Ann-Lee B. van der Leaf", person("van der Leaf", "Ann-Lee B.")),
        ("Leaf AB, Jr.", person("Leaf", "A. B.", "Jr.")),
        ("Leaf A, 3rd", person("Leaf", "A", "3rd")),
        ("TEA Group (Leaf A, Cup B)", group("TEA Group (Leaf A, Cup B)")),
        ("LEAF CUP, M. J.", person("LEAF CUP", "M. J.")),
        ("LEAF CUP, M J", person("LEAF CUP", "M J")),
        ("VAN DER TEA, A. B.", person("VAN DER TEA", "A. B.")),
        ("Leaf X, A. B.", person("Leaf X", "A. B.")),
        ("Leaf II, M. D.", person("Leaf", "M. D.", "II")),
        ("J. K. TEA", person("TEA", "J. K.")),
        ("A Leaf", person("Leaf", "A")),
        ("A B van der Leaf", person("van der Leaf", "A B")),
        ("UK Teabank", group("UK Teabank")),  # or initials, as far as the name shows
        ("A Tea Study Group", group("A Tea Study Group")),
        ("A B", group("A B")),
        ("X LEAF", group("X LEAF")),
        ("M. WU", person("WU", "M.")),
        ("Y. -H. Leaf", person("Leaf", "Y. -H.")),
        ("Y-H. Leaf", person("Leaf", "Y-H.")),
        ("Y-H TEA", person("TEA", "Y-H")),
        ("Leaf Y. -H.", person("Leaf", "Y. -H.")),
        ("Leaf, J. van den", person("Leaf", "J. van den")),
        ("Leaf, AJJ van der", person("Leaf", "A. J. J. van der")),
        ("O JH", person("O", "J. H.")),
    ],
)
def test_a_name_is_read_in_every_form(text, expected):
    assert people([text]) == ([expected], (), ())


@pytest.mark.parametrize(
    "text", ["Leaf A B, MD", "Leaf A B, MD, PhD", "Leaf A B, PhD", "Leaf, A B, Ph.D., M.P.H."]
)
def test_a_degree_after_initials_is_removed(text):
    assert people([text]) == ([person("Leaf", "A B")], (), (REMOVED,))


@pytest.mark.parametrize(
    "text",
    [
        '"Leaf, Ann"',
        "Leaf, Ann*",
        "Leaf, Ann\u2020,\u2021",
        "Leaf, Ann [0000-0001-2345-6789]",
        "Leaf, Ann (ORCID: https://orcid.org/0000-0001-2345-6789)",
        "Leaf, Ann Prof. Dr.",
        "Leaf, Dr. Ann",
        "Leaf, Ann, MD, PhD",
        "Leaf, Ann PhD",
        "Leaf, Ann, PhD, CPH",
        "Leaf, Ann [corresponding author]",
        "Leaf, Ann 1,2",
        "Leaf, Ann1",
        "Leaf, Ann [editor]",
        "Leaf, Ann (Ed.)",
        "Dr. Ann Leaf",
        "Prof. Dr. Ann Leaf",
        "Ann Leaf, MD, PhD",
        "Ann Leaf, PhD",
    ],
)
def test_what_stands_around_a_name_is_removed_and_said(text):
    assert people([text]) == ([person("Leaf", "Ann")], (), (REMOVED,))


@pytest.mark.parametrize(
    ("names", "given"),
    [
        (["Leaf, KTA"], ["K. T. A."]),
        (["Leaf, JOHN"], ["J. O. H. N."]),
        (["LEAF, JA"], ["J. A."]),
        (["LEAF, ABC", "CUP, DE", "POT, F"], ["A. B. C.", "D. E.", "F"]),
        (["LEAF, JEAN-PAUL", "Cup, Ann"], ["JEAN-PAUL", "Ann"]),
        (["Leaf, KT-A", "Cup, B-RS", "Pot, HP M"], ["K. T.-A.", "B.-R. S.", "H. P. M."]),
        (["LEAF, KT-A", "Cup KT-A", "POT, A RS"], ["K. T.-A.", "K. T.-A.", "A. R. S."]),
        (["Leaf, X-Y", "Cup, ИП-К", "Pot, HP-M van"], ["X-Y", "И. П.-К.", "H. P.-M. van"]),
    ],
)
def test_joined_capitals_are_initials(names, given):
    found = people(names)
    assert [name["given"] for name in found.names] == given
    assert not found.warnings


@pytest.mark.parametrize(
    "names",
    [
        ["LEAF, JOHN"],
        ["LEAF, ANN"],
        ["LEAF, KTRW"],
        ["LEAF, ABC", "CUP, DE"],
        ["LEAF, XU-YI", "CUP, DE", "POT, F"],
        ["LEAF, ED M"],
    ],
)
def test_a_word_beside_a_family_name_in_capitals_stays_a_name_with_a_warning(names):
    found = people(names)
    word = names[0].partition(", ")[2]
    assert found.names[0]["given"] == word
    assert found.warnings == (f"{word} of LEAF, {word} was read as a name, not as initials",)


@pytest.mark.parametrize(
    "text",
    [
        "Leaf, A; Cup, B; Pot, C",
        "Leaf, A.; Cup, B.; Pot, C.;",
        "Leaf A, Cup B, Pot C",
        "Leaf, A., Cup, B., Pot, C.",
        "A. Leaf, B. Cup, C. Pot",
        "Leaf, A. and Cup, B. and Pot, C.",
        "A. Leaf, B. Cup and C. Pot",
        "A Leaf, B Cup and C Pot",
        "A Leaf, BC Cup, D Pot",
        "AB Leaf, BC Cup, DE Pot, ...",
        "AB Leaf; B Cup; DE Pot",
    ],
)
def test_a_list_in_one_text_is_split(text):
    found = people([text])
    assert [name["family"] for name in found.names if "family" in name] == ["Leaf", "Cup", "Pot"]
    assert not found.warnings


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Moss, Ida; Leaf, T. B.; Fern Group", [("Moss", "Ida"), ("Leaf", "T. B."), "Fern Group"]),
        ("Fern Group; Moss, Ida", ["Fern Group", ("Moss", "Ida")]),
        ("Fern Group,; Moss, Ida", ["Fern Group", ("Moss", "Ida")]),
        ("Moss, I.; Leaf, T.; and Fern, B.", [("Moss", "I."), ("Leaf", "T."), ("Fern", "B.")]),
        ("Moss, Ida; & Fern, B.", [("Moss", "Ida"), ("Fern", "B.")]),
        ("Moss, Ida, MD; Leaf, Tom; PhD", [("Moss", "Ida"), ("Leaf", "Tom")]),
        ("Moss IB; World Tea Organization", [("Moss", "I. B."), "World Tea Organization"]),
        ("Moss, Ida; anonymous", [("Moss", "Ida"), "anonymous"]),
        ("Moss, Ida;", [("Moss", "Ida")]),
        ("Moss I, Fern BC; Tea Group.", [("Moss", "I"), ("Fern", "B. C."), "Tea Group."]),
    ],
)
def test_semicolons_separate_names_of_any_form(text, expected):
    names = people([text]).names
    assert [name.get("literal") or (name["family"], name["given"]) for name in names] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Leaf A, Cup BC Jr.", [person("Leaf", "A"), person("Cup", "B. C.", "Jr.")]),
        ("Leaf A, Cup B 3rd", [person("Leaf", "A"), person("Cup", "B", "3rd")]),
        ("Leaf A, Tea Study Group.", [person("Leaf", "A"), group("Tea Study Group")]),
        (
            "Leaf A, von der Cup B, Collaborators.",
            [person("Leaf", "A"), person("von der Cup", "B"), group("Collaborators")],
        ),
    ],
)
def test_a_list_with_initials_may_have_suffixes_and_groups(text, expected):
    assert people([text]).names == expected


def test_a_list_that_cannot_be_split_has_a_warning():
    text = "Leaf, Ann, Cup, Bob, Pot, Cy"
    assert people([text]).warnings == (f"'{text}' may be a list of names; it was read as one",)


def test_given_names_in_front_are_read_where_another_name_has_initials_in_front():
    found = people(["A. Leaf", "Ann Cup", "Jan van der Pot", "Tea Study Group"])
    assert found.names == [
        person("Leaf", "A."),
        person("Cup", "Ann"),
        person("van der Pot", "Jan"),
        group("Tea Study Group"),
    ]
    assert people(["Leaf, A.", "Tea House"]).names[1] == group("Tea House")


def test_a_suffix_after_a_whole_name_is_no_family_name():
    found = people(["A. Leaf", "Ann Cup III", "Bob C. Pot Jr."])
    assert found.names[1:] == [person("Cup", "Ann", "III"), person("Pot", "Bob C.", "Jr.")]


def test_titles_before_a_name_of_several_words_are_removed():
    assert people(["Prof. Dr. Ann B. Leaf"]).names == [person("Leaf", "Ann B.")]


def test_names_between_semicolons_without_family_names_are_kept_with_a_warning():
    found = people(["Ida Moss; Tom Leaf"])
    assert found.names == [group("Ida Moss"), group("Tom Leaf")]
    assert found.warnings == (
        "'Ida Moss; Tom Leaf' was split at its semicolons; the names are printed as they are",
    )
    assert people(["World Health Organization; NICE"]).warnings == ()


@pytest.mark.parametrize(
    "text",
    ["et al.", "et al", "and others", "...", "Cup, B, et al.", "al., et", "al, et", "et, al."],
)
def test_et_al_is_last(text):
    found = people(["Leaf, A", text, "Pot, C"]).names
    assert found[-1] == group("et al.")
    assert group("et al.") not in found[:-1]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Organization, World Tea", "World Tea Organization"),
        ("Ministry of Tea, Milk Office", "Ministry of Tea, Milk Office"),
        ("Tea and Milk, Division of Cups", "Tea and Milk, Division of Cups"),
        ("Ministerio de Te, Gobierno de Leche", "Ministerio de Te, Gobierno de Leche"),
        ("World Tea Organization, UNITEA", "World Tea Organization, UNITEA"),
        ("Tea Study Group, Oslo", "Tea Study Group, Oslo"),
        ("Tea Study Group, Oslo, Norway", "Tea Study Group, Oslo, Norway"),
        ("Milk Consortium, UK", "Milk Consortium, UK"),
        ("College of Leaves, New Leafton", "College of Leaves, New Leafton"),
        ("Leaf Trial Investigators, Oslo", "Leaf Trial Investigators, Oslo"),
        ("US Congress, UK Parliament", "US Congress, UK Parliament"),
        ("Leaf Senate, Oslo", "Leaf Senate, Oslo"),
        ("Tea Academy, Oslo", "Tea Academy, Oslo"),
        ("Bog Inc., Basel", "Bog Inc., Basel"),
        ("Universität Moosburg, Bonn", "Universität Moosburg, Bonn"),
        ("Moss & Fern Ltd., Leafton, UK", "Moss & Fern Ltd., Leafton, UK"),
        ("Leaf Corp., Oslo", "Leaf Corp., Oslo"),
        ("Leaf, Llc", "Leaf, Llc"),
        ("Moss, Ltd.", "Moss, Ltd."),
        ("Bog Tea, GmbH", "Bog Tea, GmbH"),
    ],
)
def test_a_group_that_has_a_comma_is_read_as_one_and_said(text, name):
    found = people([text])
    assert found.names == [group(name)]
    assert found.warnings == (f"{text!r} was read as the group {name!r}",)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Study, Ann", person("Study", "Ann")),
        ("Leaf, AG", person("Leaf", "A. G.")),
        ("Moss, LLC", person("Moss", "L. L. C.")),
        ("Moss Trust, A.", person("Moss Trust", "A.")),
        ("Parliament, Ida", person("Parliament", "Ida")),
        ("Group, Bob, Jr.", person("Group", "Bob", "Jr.")),
        ("van der Board, Ida", person("van der Board", "Ida")),
    ],
)
def test_the_name_of_a_person_may_be_a_word_of_groups(text, name):
    assert people([text]).names == [name]


@pytest.mark.parametrize(
    "text",
    [
        "Ann Leaf and Bob Cup",
        "Ann Leaf & Bob Cup",
        "Ann Leaf / Bob Cup",
        "Ann Leaf/Bob Cup/Una Pot",
    ],
)
def test_two_whole_names_in_one_field_are_said(text):
    assert people([text]).warnings == (f"{text!r} may be a list of names; it was read as one",)


@pytest.mark.parametrize(
    "text",
    [
        "[No authors listed]",
        "[No author name available]",
        "[Anonymous]",
        "n/a",
        "nan",
        "null",
        "null, null",
        "-",
    ],
)
def test_words_for_nobody_are_no_name(text):
    assert people([text, "Leaf, Ann"]).names == [person("Leaf", "Ann")]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Fern, Ida, Bog, Tom", [("Fern", "Ida"), ("Bog", "Tom")]),
        ("Fern, Ida, Bog, T.", [("Fern", "Ida"), ("Bog", "T.")]),
        ("van Fern, Ida B., Bog, Jean-Luc", [("van Fern", "Ida B."), ("Bog", "Jean-Luc")]),
    ],
)
def test_two_people_with_commas_only_are_read_as_two_and_said(text, names):
    found = people([text])
    assert found.names == [person(*name) for name in names]
    assert found.warnings == (f"{text!r} was read as two people with their family names first",)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Fern, Ida / Bog, Tom", [("Fern", "Ida"), ("Bog", "Tom")]),
        ("Fern, I. / Bog, T. / Moss, Al", [("Fern", "I."), ("Bog", "T."), ("Moss", "Al")]),
        ("Fern, I./Bog, Tom/Moss-Leaf, A.", [("Fern", "I."), ("Bog", "Tom"), ("Moss-Leaf", "A.")]),
        ("Fern I/von Bog T", [("Fern", "I"), ("von Bog", "T")]),
        ("I. Fern/T. Bog", [("Fern", "I."), ("Bog", "T.")]),
        ("Fern/Bog, Ida", [("Fern/Bog", "Ida")]),
        ("Fern, Ida, Jr.", [("Fern", "Ida", "Jr.")]),
        ("Fern, Jr., Ida", [("Fern", "Ida", "Jr.")]),
        ("Fern, Ida B., III", [("Fern", "Ida B.", "III")]),
        ("Fern, Sr, Ida, MD", [("Fern", "Ida", "Sr")]),
        ("Fern, Ida, RN, MSN", [("Fern", "Ida")]),
        ("Fern, Ida B., MD, PhD", [("Fern", "Ida B.")]),
    ],
)
def test_slashes_part_people_and_suffixes_are_none(text, names):
    found = people([text])
    assert found.names == [person(*name) for name in names]
    assert not any("two people" in warning for warning in found.warnings)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("陈小茶, 林叶", ["陈小茶", "林叶"]),
        ("林叶、陳小茶", ["林叶", "陳小茶"]),
        ("林叶，陈茶，王小叶", ["林叶", "陈茶", "王小叶"]),
        ("陈, 小茶", [("陈", "小茶")]),
        ("林田, 高志", [("林田", "高志")]),
        ("長谷川, 茶子", [("長谷川", "茶子")]),
    ],
)
def test_whole_chinese_names_have_commas_between_them(text, names):
    found = people([text]).names
    assert [name.get("literal") or (name["family"], name["given"]) for name in found] == names


@pytest.mark.parametrize(
    "text", ["Fern, Ida, Bog", "Fern, Ida, Bog, MD", "Fern, Ida, Bog, Tom, Moss, Al"]
)
def test_one_name_with_what_is_no_suffix_has_a_warning(text):
    assert people([text]).warnings == (f"{text!r} may be a list of names; it was read as one",)


@pytest.mark.parametrize("given", ["Ida RN", "Ida B. BA", "Ida-Lou MS"])
def test_initials_behind_a_given_name_that_may_be_a_degree_have_a_warning(given):
    degree = given.rpartition(" ")[2]
    found = people([f"Fern, {given}"])
    assert found.names == [person("Fern", given)]
    assert found.warnings == (
        f"{f'Fern, {given}'!r} was read with {degree!r} as initials, which may be a degree",
    )


@pytest.mark.parametrize("given", ["null", "undefined"])
def test_what_programs_write_for_no_given_name_is_none(given):
    text = f"van Leaf, {given}"
    warning = f"{text!r} was read as the group 'van Leaf'"
    assert people([text]) == ([group("van Leaf")], (warning,), ())
