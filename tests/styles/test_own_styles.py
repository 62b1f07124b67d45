"""The society's form and the manual's two editions, as whole lines."""

import json
import re
from importlib.resources import files
from itertools import combinations

import pytest
from citeproc import SCHEMA_PATH
from lxml import etree

import abstool

SEED_AUTHORS = (
    "Christina Gebhardt|Franziska Szelinski|Hector Rincon-Arevalo|Giulia Magno|Veit Buecklein|"
    "Gabriele Haenel|Gerhard Zugmaier|Michael von_Bergwelt|Marion Subklewe|Thomas Dörner|"
    "Alla Skapenko|Hendrik Schulze-Koops"
)
OWN = ("ama", "ama-10", "ama-11")
MOSS = [{"family": "Moss", "given": "Ida"}]
LEAF = [{"family": "Leaf", "given": "Tom"}]


def people(names):
    pairs = (name.rsplit(" ", 1) for name in names.split("|"))
    return [{"given": given, "family": family.replace("_", " ")} for given, family in pairs]


def line(record, style="ama"):
    (text,) = abstool.cite([record], style, accessed="2026-01-05")
    return text


def test_the_seed_page_gives_the_line_that_the_society_prints(record):
    seed = record(
        title="Blinatumomab in rapid progressive systemic sclerosis",
        url="https://acrabstracts.org/abstract/"
        "blinatumomab-in-rapid-progressive-systemic-sclerosis/",
        authors=people(SEED_AUTHORS),
    )
    expected = (
        "Gebhardt C, Szelinski F, Rincon-Arevalo H, Magno G, Buecklein V, Haenel G, Zugmaier G, "
        "von Bergwelt M, Subklewe M, Dörner T, Skapenko A, Schulze-Koops H. Blinatumomab in rapid "
        "progressive systemic sclerosis [abstract]. Arthritis Rheumatol. 2025; 77 (suppl 9). "
        "https://acrabstracts.org/abstract/blinatumomab-in-rapid-progressive-systemic-sclerosis/. "
        "Accessed November 23, 2026."
    )
    assert abstool.cite([seed], accessed="2026-11-23") == [expected]


# What follows authors and title; words in capitals are written out by the test.
ROE, LOW = [{"family": "Roe", "given": "Al"}], [{"family": "Low", "given": "Bo"}]


@pytest.mark.parametrize(
    ("style", "without", "expected"),
    [
        ("ama", "", " [abstract]. JOURNAL. 2025; 77 (suppl 9). URL. ACCESSED."),
        ("ama-10", "", " [abstract 0848]. JOURNAL. 2025;77(suppl 9). URL. ACCESSED."),
        ("ama-11", "", ". JOURNAL. 2025;77(suppl 9). SOCIETY abstract 0848. ACCESSED. URL"),
        ("ama-10", "number", " [abstract]. JOURNAL. 2025;77(suppl 9). URL. ACCESSED."),
        ("ama-11", "number", ". JOURNAL. 2025;77(suppl 9). SOCIETY abstract. ACCESSED. URL"),
        ("ama-11", "site", ". JOURNAL. 2025;77(suppl 9). Abstract 0848. ACCESSED. URL"),
        ("ama", "url", " [abstract]. JOURNAL. 2025; 77 (suppl 9)."),
        ("ama-11", "url", ". JOURNAL. 2025;77(suppl 9). SOCIETY abstract 0848."),
        ("ama", "url publication.volume", " [abstract]. JOURNAL. 2025; (suppl 9)."),
        ("ama", "url publication.supplement", " [abstract]. JOURNAL. 2025; 77."),
        ("ama", "url publication.year", " [abstract]. JOURNAL. 77 (suppl 9)."),
        (
            "ama-10",
            "url publication.volume publication.supplement",
            " [abstract 0848]. JOURNAL. 2025.",
        ),
        ("ama", "url publication", " [abstract]. Presented at: MEETING; October 28, 2025."),
        (
            "ama-11",
            "publication session",
            ". Presented at: MEETING. SOCIETY abstract 0848. ACCESSED. URL",
        ),
        ("ama", "url publication session meeting", " [abstract]."),
    ],
)
def test_what_a_page_does_not_say_leaves_no_trace(record, style, without, expected):
    words = {
        "JOURNAL": "Arthritis Rheumatol",
        "SOCIETY": "American College of Rheumatology",
        "MEETING": "ACR Convergence 2025",
        "ACCESSED": "Accessed January 5, 2026",
        "URL": "https://acrabstracts.org/abstract/imagined-effects-of-tea/",
    }
    for word, written in words.items():
        expected = expected.replace(word, written)
    start = "Dörner Z, von Bergen M. Imagined Effects of Tea on Joints"
    assert line(record(*without.split()), style) == start + expected


@pytest.mark.parametrize("style", OWN)
def test_no_set_of_missing_facts_gives_stray_punctuation(record, style):
    optional = ["authors", "url", "number", "site", "meeting", "session", "publication"]
    parts = ["publication.year", "publication.volume", "publication.supplement"]
    missing = [
        without
        for size in range(4)
        for without in combinations([*optional, *parts], size)
        if not ("publication" in without and set(parts) & set(without))
    ]
    for text in abstool.cite([record(*without) for without in missing], style):
        assert not re.search(r"\.\.|\(\)|\[\]|;;|,,| [.,;:]|  |[:;,]\.|^\W|\s$", text), text
        assert text.endswith((".", "/")), text


@pytest.mark.parametrize(
    ("title", "ama", "ama_11"),
    [
        ("Who Is Arriving?", "Who Is Arriving? [abstract]. A", "Who Is Arriving? A"),
        ("Tea Works!", "Tea Works! [abstract]. A", "Tea Works! A"),
        ("Tea Works.", "Tea Works [abstract]. A", "Tea Works. A"),
        ("Tea in the U.S.", "Tea in the U.S. [abstract]. A", "Tea in the U.S. A"),
        ("Tea (Part 2).", "Tea (Part 2) [abstract]. A", "Tea (Part 2). A"),
        ("Tea and More...", "Tea and More... [abstract]. A", "Tea and More... A"),
        ("<5% & >2 µg of “Tea”", "<5% & >2 µg of “Tea” [abstract]. A", "<5% & >2 µg of “Tea.” A"),
        ("O'Neil's Tea", "O'Neil's Tea [abstract]. A", "O'Neil's Tea. A"),
    ],
)
def test_a_title_is_printed_as_typed_and_never_ends_with_two_marks(record, title, ama, ama_11):
    made = record("authors", title=title)
    assert line(made, "ama").startswith(ama)
    assert line(made, "ama-11").startswith(ama_11)


@pytest.mark.parametrize(
    ("author", "printed"),
    [
        ({"given": "Jean-Pierre", "family": "Petit"}, "Petit JP"),
        ({"given": "Mary Ann", "family": "Lee"}, "Lee MA"),
        ({"given": "C. P.", "family": "Simeon-Aznar"}, "Simeon-Aznar CP"),
        ({"given": "C P", "family": "Simeon-Aznar"}, "Simeon-Aznar CP"),
        ({"given": "CP", "family": "Simeon-Aznar"}, "Simeon-Aznar CP"),
        ({"given": "KT-B", "family": "Leaf"}, "Leaf KTB"),
        ({"given": "K-TR", "family": "LEAF"}, "LEAF KTR"),
        ({"given": "YU-LI", "family": "Leaf"}, "Leaf YL"),
        ({"given": "K-T M", "family": "Leaf"}, "Leaf KTM"),
        ({"given": "Syed M.S.", "family": "Quadri"}, "Quadri SMS"),
        ({"given": "LI", "family": "WANG"}, "WANG L"),
        ({"given": "KAREN", "family": "BEATTIE"}, "BEATTIE K"),
        ({"given": "ANA", "family": "García"}, "García A"),
        ({"given": "Jeska", "family": "de Vries-Bouwstra"}, "de Vries-Bouwstra J"),
        ({"given": "Vincent", "family": "Del Gaizo"}, "Del Gaizo V"),
        ({"given": "Rayford R.", "family": "June", "suffix": "Jr"}, "June RR Jr"),
        ({"given": "baptiste", "family": "lamarthée"}, "lamarthée B"),
        ({"given": "anna rita", "family": "larici"}, "larici AR"),
        ({"given": "Maria del Carmen", "family": "Gómez"}, "Gómez MC"),
        ({"given": "Jan van den", "family": "Berg"}, "Berg J van den"),
        ({"given": "Maria del Carmen de la", "family": "Cruz"}, "Cruz MC de la"),
        ({"given": "Yongdong (Dan)", "family": "Zhao"}, "Zhao Y"),
        ({"given": "Émile", "family": "Özil"}, "Özil É"),
        ({"given": "伟", "family": "李"}, "李伟"),
        ({"family": "Madonna"}, "Madonna"),
        ({"given": "Madonna"}, "Madonna"),
        ({"literal": "CARRA Registry Investigators"}, "CARRA Registry Investigators"),
    ],
)
def test_an_author_is_printed_as_family_and_initials(record, author, printed):
    assert line(record(authors=[author])).startswith(f"{printed}. Imagined")


@pytest.mark.parametrize(
    ("style", "number", "printed"),
    [
        ("ama", 7, "A A, B B, C C, D D, E E, F F, G G. "),
        ("ama-10", 6, "A A, B B, C C, D D, E E, F F. "),
        ("ama-10", 7, "A A, B B, C C, et al. "),
        ("ama-11", 6, "A A, B B, C C, D D, E E, F F. "),
        ("ama-11", 7, "A A, B B, C C, et al. "),
    ],
)
def test_the_manual_cuts_seven_authors_to_three_and_the_society_prints_all(
    record, style, number, printed
):
    authors = [{"given": letter, "family": letter} for letter in "ABCDEFG"[:number]]
    assert line(record(authors=authors), style).startswith(printed + "Imagined")


@pytest.mark.parametrize(
    ("changed", "ama", "ama_11"),
    [
        (
            {},
            "Doe J. On tea. J Tea. 2024; 12 (3): 123-129.",
            "Doe J. On tea. J Tea. 2024;12(3):123-129.",
        ),
        (
            {"DOI": "10.1/x", "URL": "https://x.org"},
            "Doe J. On tea. J Tea. 2024; 12 (3): 123-129. doi:10.1/x.",
            "Doe J. On tea. J Tea. 2024;12(3):123-129. doi:10.1/x",
        ),
        (
            {"page": None, "number": "e7"},
            "Doe J. On tea. J Tea. 2024; 12 (3): e7.",
            "Doe J. On tea. J Tea. 2024;12(3):e7.",
        ),
        (
            {"issue": "Suppl. 2", "page": None},
            "Doe J. On tea. J Tea. 2024; 12 (suppl 2).",
            "Doe J. On tea. J Tea. 2024;12(suppl 2).",
        ),
        (
            {
                "type": "chapter",
                "volume": None,
                "issue": None,
                "publisher": "Leaf",
                "editor": [{"family": "Roe", "given": "Al"}],
            },
            "Doe J. On tea. In: Roe A, ed. Journal of Tea. Leaf; 2024:123-129.",
            "Doe J. On tea. In: Roe A, ed. Journal of Tea. Leaf; 2024:123-129.",
        ),
        (
            {"type": "book", "edition": 2, "publisher": "Leaf"},
            "Doe J. On tea. Vol 12. 2nd ed. Leaf; 2024.",
            "Doe J. On tea. Vol 12. 2nd ed. Leaf; 2024.",
        ),
        (
            {"type": "book", "volume": None, "translator": ROE, "editor": LOW, "publisher": "Leaf"},
            "Doe J. On tea. Low B, ed. Roe A, trans. Leaf; 2024.",
            "Doe J. On tea. Low B, ed. Roe A, trans. Leaf; 2024.",
        ),
        (
            {"type": "book", "volume": None, "author": None, "translator": ROE},
            "Roe A, trans. On tea. 2024.",
            "Roe A, trans. On tea. 2024.",
        ),
        (
            {"type": "report", "volume": None, "number": "12", "genre": "Tea report"},
            "Doe J. On tea. Tea report 12. 2024.",
            "Doe J. On tea. Tea report 12. 2024.",
        ),
        (
            {"type": "patent", "number": "US1234567", "genre": "US patent"},
            "Doe J. On tea. US patent US1234567. May 6, 2024.",
            "Doe J. On tea. US patent US1234567. May 6, 2024.",
        ),
        (
            {"type": "standard", "number": "ISO 3103", "publisher": "ISO"},
            "Doe J. On tea. ISO 3103. ISO; May 6, 2024.",
            "Doe J. On tea. ISO 3103. ISO; May 6, 2024.",
        ),
        (
            {"type": "article-magazine"},
            "Doe J. On tea. J Tea. 2024; 12 (3): 123-129.",
            "Doe J. On tea. J Tea. 2024;12(3):123-129.",
        ),
        (
            {"type": "article-newspaper", "volume": None, "container-title-short": None},
            "Doe J. On tea. Journal of Tea. May 6, 2024; (3): 123-129.",
            "Doe J. On tea. Journal of Tea. May 6, 2024;(3):123-129.",
        ),
        (
            {"type": "article", "container-title": None, "publisher": "Leafs", "genre": "preprint"}
            | dict.fromkeys(("volume", "issue", "page", "container-title-short")),
            "Doe J. On tea. Preprint. Leafs. May 6, 2024.",
            "Doe J. On tea. Preprint. Leafs. May 6, 2024.",
        ),
        (
            {"author": [*LOW, {"literal": "et al."}]},
            "Low B, et al. On tea. J Tea. 2024; 12 (3): 123-129.",
            "Low B, et al. On tea. J Tea. 2024;12(3):123-129.",
        ),
    ],
)
def test_other_items_are_printed_by_the_same_manual_without_a_designation(
    article, changed, ama, ama_11
):
    assert abstool.cite([article(**changed)], "ama") == [ama]
    assert abstool.cite([article(**changed)], "ama-11") == [ama_11]


def test_an_abstract_that_lost_genre_and_custom_is_known_by_its_page(record):
    item = json.loads(line(record(), "json"))
    expected = line(record(), "ama-10")
    for lost in ("genre", "custom"):
        del item[lost]
        assert line(item, "ama-10") == expected


@pytest.mark.parametrize("style", OWN)
def test_the_styles_are_valid_csl(style):
    schema = etree.RelaxNG(etree.parse(SCHEMA_PATH))
    with (files("abstool") / "styles" / f"{style}.csl").open("rb") as file:
        schema.assertValid(etree.parse(file))


@pytest.mark.parametrize("style", OWN)
@pytest.mark.parametrize(
    ("changed", "start"),
    [
        ({"translator": MOSS}, "Moss I, trans. Tea. "),
        ({"author": LEAF, "translator": MOSS}, "Leaf T. Tea. Moss I, trans. "),
        ({"author": LEAF, "translator": [*MOSS, *LEAF]}, "Leaf T. Tea. Moss I, Leaf T, trans. "),
        ({"editor": LEAF, "translator": MOSS}, "Leaf T, ed. Tea. Moss I, trans. "),
        (
            {"author": LEAF, "translator": MOSS, "type": "chapter", "container-title": "Book"},
            "Leaf T. Tea. In: Book. Moss I, trans. ",
        ),
        ({"author": [*LEAF, {"literal": "et al."}]}, "Leaf T, et al. Tea. "),
        ({"author": [*LEAF, *MOSS, {"literal": "et al."}]}, "Leaf T, Moss I, et al. Tea. "),
    ],
)
def test_translators_and_et_al_are_printed_as_in_ama(style, changed, start):
    item = {"id": "x", "type": "book", "title": "Tea", "publisher": "Press", **changed}
    assert line(item, style) == f"{start}Press."


@pytest.mark.parametrize(
    ("changed", "end"),
    [
        ({}, "77 (suppl 9): Abstract 0123."),
        ({"DOI": "10.1000/tea"}, "77 (suppl 9): Abstract 0123. doi:10.1000/tea."),
        ({"custom": {"society": "Society of Tea"}}, "77 (suppl 9)."),
        ({"genre": "Review"}, "77 (suppl 9): Abstract 0123."),
    ],
)
def test_an_abstract_without_a_page_of_its_own_is_printed_with_its_number(changed, end):
    item = {
        "id": "x",
        "type": "article-journal",
        "title": "Tea",
        "genre": "abstract",
        "volume": "77",
        "issue": "suppl 9",
        "page": "Abstract 0123",
    }
    assert line(item | changed, "ama").endswith(end)


@pytest.mark.parametrize(
    ("journal", "expected"),
    [
        ("J.Am.Chem.Soc.", "J Am Chem Soc"),
        ("N.Engl.J.Med", "N Engl J Med"),
        ("Proc. Natl. Acad. Sci. U.S.A.", "Proc Natl Acad Sci USA"),
        ("ClinicalTrials.gov", "ClinicalTrials.gov"),
        ("arXiv preprint arXiv:1706.03762", "arXiv preprint arXiv:1706.03762"),
    ],
)
def test_the_words_of_a_journal_are_apart_and_addresses_keep_their_stops(journal, expected):
    item = {"id": "x", "type": "article-journal", "title": "Tea", "container-title-short": journal}
    (text,) = abstool.cite([item | {"container-title": journal}], "ama")
    assert text == f"Tea. {expected}."


def test_blanks_in_an_edition_take_no_time(article):
    item = article(type="book", edition=f"A{' ' * 40_000}!x", publisher="Leaf")
    assert "A !x" in abstool.cite([item], "ama")[0]  # which took minutes


@pytest.mark.parametrize(
    ("edition", "printed"),
    [("2. Aufl.", "2nd"), ("3. Auflage", "3rd"), ("Second edition", "2nd"), ("Revised", "Revised")],
)
def test_an_edition_has_its_word_once(article, edition, printed):
    item = article(type="book", edition=edition, publisher="Leaf")
    assert f". {printed} ed. Leaf" in abstool.cite([item], "ama")[0]
