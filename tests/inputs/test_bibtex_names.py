"""Lists of names in BibTeX files as people write them; the names are invented."""

import pytest

from abstool.citing import cite
from abstool.inputs import references


def outcome(names):
    text = f"@article{{x, title = {{T}}, author = {{{names}}}}}"
    (found,) = references.read(text.encode(), "bibtex", "x.bib")
    return found


def printed(found):
    (line,) = cite([found.value])
    return line.partition(". T.")[0]


# Each list with its names in AMA's style, and whether a warning says that it was interpreted.
@pytest.mark.parametrize(
    ("names", "ama", "is_warned"),
    [
        ("Moss I, Leaf T, Bog U", "Moss I, Leaf T, Bog U", True),
        ("Moss I, Leaf TB", "Moss I, Leaf TB", True),
        ("Thomas More", "More T", False),
        ("Ann Others and Thomas More and Ida Moss", "Others A, More T, Moss I", False),
        ("Ida Moss and More", "Moss I, More", False),
        ("Moss, Ida and more", "Moss I, et al", False),
        ("Moss, Ida and 3 more", "Moss I, et al", False),
        ("Moss, Ida, others", "Moss I, et al", False),
        ("I Jr Moss and Ann Leaf", "Moss I Jr, Leaf A", False),
        (r"{\LaTeX} Project Team", "LaTeX Project Team", True),
        ("ida moss and Ann Leaf", "ida moss, Leaf A", True),
        ("van Moss", "van Moss", False),
        ("Moss I, Leaf TB, van Bog UV, et al.", "Moss I, Leaf TB, van Bog UV, et al", True),
        ("Moss I and Leaf TB and Bog U", "Moss I, Leaf TB, Bog U", True),
        ("Moss I A and Leaf T-B", "Moss IA, Leaf TB", True),
        ("Moss I. and Leaf T.B.", "Moss I, Leaf TB", True),
        ("Moss I.; Leaf T.B.; Bog U.", "Moss I, Leaf TB, Bog U", True),
        ("Moss IA Jr, Leaf T III, Bog U", "Moss IA Jr, Leaf T III, Bog U", True),
        ("SMITH JA and LEE KH", "SMITH JA, LEE KH", True),
        ("Fern U-K and Moss I and Leaf TB", "Fern UK, Moss I, Leaf TB", True),
        ("Fern U-K, Moss I, Leaf TB-C", "Fern UK, Moss I, Leaf TBC", True),
        ("Fern U-K", "Fern UK", True),
        ("Moss I Jr", "Moss I Jr", True),
        (r"\textsc{Moss}, Ida and Ann \textsc{Le Leaf}", "Moss I, Le Leaf A", False),
        (r"\textbf{Moss, Ida} and {\bf T. Leaf} and {\sc Bog}, U.", "Moss I, Leaf T, Bog U", False),
        (r"\underline{Ida \textsc{\v{S}oe}} and \textbf{{Tea Group}}", "Šoe I, Tea Group", False),
        ("Ida E", "E I", True),
        ("Ida LI-WU and Tom Bog", "LI-WU I, Bog T", False),
        ("Fern, U-K, Moss, I, Leaf, T", "Fern UK, Moss I, Leaf T", True),
        ("Мох А.Б. and Чай В.", "Мох АБ, Чай В", True),
        ("Мох А. Б., Чай В. Г.", "Мох АБ, Чай ВГ", True),
        ("Мох, А, Чай, В", "Мох А, Чай В", True),
        ("Анна ЛИ and Tom Bog", "ЛИ А, Bog T", True),
        ("Τσάι Α. and Bog, T.", "Τσάι Α, Bog T", True),
        ("Fern IM III and Bog T", "Fern IM III, Bog T", True),
        ("Fern TB IV", "Fern TB IV", True),
        ("Fern IM Jr", "IM F Jr", True),  # or initials; this is said
        ("Ida LEE III", "LEE I III", False),
        ("Moss TB", "Moss TB", True),
        ("Weinan E", "E W", True),
        ("Wenqing GU", "GU W", True),
        ("Ida LEE and Tom Bog", "LEE I, Bog T", False),
        ("Mauck III, William M", "Mauck WM III", False),
        # et al.
        ("Moss, I. et al.", "Moss I, et al", False),
        ("Leaf, T., et al", "Leaf T, et al", False),
        ("Leaf, T. and et al.", "Leaf T, et al", False),
        ("Leaf, T. and {et al.}", "Leaf T, et al", False),
        ("Leaf, T. and \\emph{et al.}", "Leaf T, et al", False),
        ("Tom Leaf et~al.", "Leaf T, et al", False),
        ("Leaf, T. {et al.}", "Leaf T, et al", False),
        ("Leaf, T. u.a.", "Leaf T, et al", False),
        ("Leaf, T. and 3 others", "Leaf T, et al", False),
        ("Leaf, T. and others and Moss, I.", "Leaf T, Moss I, et al", False),
        ("Leaf, T. and Moss, I. and ...", "Leaf T, Moss I, et al", False),
        ("{Tea Group, others}", "Tea Group, others", False),
        ("{Tea Group et al.}", "Tea Group et al", False),
        # ampersands and words for "and"
        ("Moss, Ida \\& Leaf, Tom", "Moss I, Leaf T", True),
        ("Ida Moss & Tom Leaf", "Moss I, Leaf T", True),
        ("Moss, I., Leaf, T., & Bog, U.", "Moss I, Leaf T, Bog U", True),
        ("A. Moss, B. Leaf & C. Bog", "Moss A, Leaf B, Bog C", True),
        ("Moss & Leaf", "Moss & Leaf", True),
        ("{Moss \\& Leaf}", "Moss & Leaf", False),
        ("Tea Centre for Thirst (UK) and Moss, Ida", "Tea Centre for Thirst (UK), Moss I", True),
        ("Amt für Tee", "Amt für Tee", True),
        ("Moss Board for Tea", "Moss Board for Tea", True),
        ("Ida For Moss", "Moss IF", False),
        ("Moss, Leaf \\& Sons Ltd", "Moss, Leaf & Sons Ltd", True),
        ("Moss \\& Leaf Ltd", "Moss & Leaf Ltd", True),
        ("Leaf, Inc. and Moss, Ida", "Leaf, Inc., Moss I", True),
        ("Moss, Ida und Leaf, Tom", "Moss I, Leaf T", True),
        ("Ida Moss, Tom Leaf, and Una Bog", "Moss I, Leaf T, Bog U", True),
        ("Ida Moss, Jr, and Una Bog", "Moss I Jr, Bog U", False),
        ("Moss Fern, Ida and Bog, Una", "Moss Fern I, Bog U", False),
        ("Ida Moss y Fern", "y Fern IM", False),
        # suffixes and degrees
        ("Moss Jr., Ida", "Moss I Jr", False),
        ("{Moss Jr.}, Ida", "Moss I Jr", False),
        ("Ida {Moss Jr.}", "Moss I Jr", False),
        ("Ida Moss Jr.", "Moss I Jr", False),
        ("Ida Moss, Jr.", "Moss I Jr", False),
        ("Moss, Ida Jr.", "Moss I Jr", False),
        ("Moss, {III}, Ida", "Moss I III", False),
        ("Moss IV, Ida", "Moss I IV", False),
        ("Ivanov, II", "Ivanov II", False),
        ("Moss, V", "Moss V", False),
        ("Moss, Ida, PhD", "Moss I", True),
        ("Moss, MD, Ida", "Moss I", True),
        ("Una Bog, M.D.", "Bog U", True),
        ("Una Bog, PhD", "Bog U", True),
        ("Moss, AC and Fern Bog, MD", "Moss AC, Fern Bog MD", True),
        ("Moss, AC and Van Bog, BA", "Moss AC, Van Bog BA", True),
        ("Moss, AC and de la Bog, MD", "Moss AC, de la Bog MD", False),
        ("Bog, Una MD", "Bog U", True),
        ("Bog, Una MD, PhD", "Bog U", True),
        ("Bog, Una M. D.", "Bog UMD", False),
        ("Prof. Dr. Una Bog", "Bog U", True),
        ("Moss, Ida$^{1,*}$ and Leaf, Tom\\textsuperscript{2}", "Moss I, Leaf T", True),
        ("Moss, I., T.", "Moss IT", False),
        ("Moss, Ida, Tom", "Moss T Ida", True),
        # particles and biblatex's forms
        ("given=Ida, prefix=d', family=Moss", "d'Moss I", False),
        ('given={Ida}, prefix="von", family="Moss"', "von Moss I", False),
        ("id=q1, family=Moss, given=Ida, hash=x", "Moss I", False),
        ("uniquename=false and Moss, Ida", "Moss I", False),
        ("sortingnamekeytemplatename=x and Moss, Ida and Leaf, Tom", "Moss I, Leaf T", False),
        ("nametemplates=x, family=Moss, given=Ida", "Moss I", False),
        ("Bog, Frank van den", "Bog F van den", False),
        # groups
        ("World Health Organization", "World Health Organization", True),
        ("Organization, World Health and others", "World Health Organization, et al", True),
        ("Team, R Core", "R Core Team", True),
        ("Moss, I. and the Tea Study Group", "Moss I, the Tea Study Group", True),
        ("Centers for Tea Control and Prevention", "Centers for Tea Control and Prevention", True),
        ("Hochschule Tee. Institut für Bogs", "Hochschule Tee. Institut für Bogs", True),
        (r"Universit{\'e} de Tea and Moss, Ida", "Université de Tea, Moss I", True),
        ("Universidad, Ann", "Universidad A", False),
        ("William H. Press and Tom Trust", "Press WH, Trust T", False),
        ("{U.S. Tea and Milk Administration}", "U.S. Tea and Milk Administration", False),
        # the rest
        ("陈小茶, 林叶", "陈小茶, 林叶", True),
        ("and Moss, Ida and Leaf, Tom", "Moss I, Leaf T", False),
        ("and and Tom Leaf", "Leaf T", False),
        ("王 小明 and 李小明", "王小明, 李小明", False),
        ('Hans {Kleine B\\"{u}ning}', "Kleine Büning H", False),
        ("Ji{\\v{r}}{\\'{}\\i} Bog and H L{\\\\\"u}ders", "Bog J, Lüders H", False),
        ("O\\&\\#8217;Moss, I and M\\&uuml;ller, T", "O’Moss I, Müller T", False),
        ("Moss, Ida and and Leaf, Tom and", "Moss I, Leaf T", False),
    ],
)  # fmt: skip
def test_names_are_read_as_they_are_meant_or_as_printed(names, ama, is_warned):
    found = outcome(names)
    assert printed(found) == ama
    assert bool(found.warnings) == is_warned


@pytest.mark.parametrize("note", ["[No author name available]", "{[Anonymous]}"])
def test_a_note_that_there_is_no_author_is_no_name(note):
    assert "author" not in outcome(note).value


@pytest.mark.parametrize("names", ["{} and Roe, Ann", "Roe, Ann and {}", "\\emph{} and Roe, Ann"])
def test_empty_braces_are_no_name(names):
    assert outcome(names).value["author"] == [{"family": "Roe", "given": "Ann"}]


@pytest.mark.parametrize(
    ("names", "doubtful"),
    [
        ("Ida Moss, Tom Leaf and Una Bog", "Ida Moss, Tom Leaf"),
        ("Ida Moss und Tom Leaf", "Ida Moss und Tom Leaf"),
        ("Ida Moss y Tom Leaf", "Ida Moss y Tom Leaf"),
        ("Ida Moss with Tom Leaf", "Ida Moss with Tom Leaf"),
        ("Ida Moss / Tom Leaf and Bog, Una", "Ida Moss / Tom Leaf"),
    ],
)
def test_names_without_and_between_them_are_doubtful(names, doubtful):
    assert outcome(names).warnings == (f"{doubtful!r} may be two people; it was read as one",)


@pytest.mark.parametrize(
    ("name", "group"),
    [
        ("Moss Study Group, Basel", "Moss Study Group, Basel"),
        ("Centre for Fern, Leafton", "Centre for Fern, Leafton"),
        ("University of Moss, Department of Bogs", "University of Moss, Department of Bogs"),
        ("Ministry of Bogs, Norway", "Ministry of Bogs, Norway"),
        ("Moss Inc., Leafton", "Moss Inc., Leafton"),
        ("{Fern Ltd.}, Leafton, UK", "Fern Ltd., Leafton, UK"),
        ("Organization, World Moss", "World Moss Organization"),
    ],
)
def test_a_group_may_have_commas_as_in_other_formats(name, group):
    found = outcome(f"{name} and Poe, Cy")
    assert found.value["author"] == [{"literal": group}, {"family": "Poe", "given": "Cy"}]
    assert found.warnings == (f"read {group!r} as a group; put it in double braces",)


@pytest.mark.parametrize(
    ("name", "family", "given"),
    [
        ("Moss Trust, A.", "Moss Trust", "A."),
        ("Study, Ann", "Study", "Ann"),
        ("van der Board, Ida", "van der Board", "Ida"),
        ("Fern Group, A. B.", "Fern Group", "A. B."),
    ],
)
def test_a_person_may_have_a_word_of_groups_before_the_comma(name, family, given):
    found = outcome(f"{name} and Poe, Cy")
    assert found.value["author"][0] == {"family": family, "given": given}
    assert found.warnings == ()


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Fern, JR", {"family": "Fern", "given": "J. R."}),
        ("FERN, SR", {"family": "FERN", "given": "S. R."}),
        ("Fern, Jr.", {"family": "Fern", "suffix": "Jr."}),
        ("Ida Fern, JR", {"family": "Fern", "given": "Ida", "suffix": "JR"}),
    ],
)
def test_two_capitals_behind_one_word_are_initials(name, parts):
    assert outcome(f"{name} and Bog, Tom").value["author"][0] == parts


@pytest.mark.parametrize("given", ["Ida RN", "Ida MS", "Ida B. MD"])
def test_initials_that_may_be_a_degree_have_a_warning(given):
    found = outcome(f"Fern, {given} and Bog, Tom")
    assert found.value["author"][0] == {"family": "Fern", "given": given}
    degree = given.rpartition(" ")[2]
    assert found.warnings == (
        f"'Fern, {given}' was read with {degree!r} as initials, which may be a degree",
    )
