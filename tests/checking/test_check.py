"""The check of references, with an invented meeting: cases.tsv has texts and what they give."""

import json
from pathlib import Path

import jsonschema
import pytest
from msgspec import structs

from abstool.checking import CODES, CheckOptions, Library, check
from abstool.checking.renditions import STYLES, render
from abstool.checking.schema import json_schema
from abstool.errors import UsageError
from abstool.item import Item
from abstool.manuscripts.reference import Reference
from abstool.mapping import to_item
from abstool.record import Abstract, Author

HERE = Path(__file__).parent
RECORDS = [
    Abstract.from_dict(data) for data in json.loads((HERE / "meeting.json").read_text("utf-8"))
]
TEA, OTHER_TEA, COCOA, *_ = RECORDS
LIBRARY = Library.of(RECORDS)
CASES = [
    line.split("\t")
    for line in (HERE / "cases.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]
DAY = {"date-parts": [[2026, 1, 5]]}


def verdict(text="", library=LIBRARY, *, options=None, **more):
    return next(check([Reference("1", text, **more)], library, options))


@pytest.mark.parametrize(("name", "wanted", "codes", "text"), CASES, ids=[one[0] for one in CASES])
def test_a_reference_gives_its_verdict(name, wanted, codes, text):
    title, url = TEA.title, TEA.url.removeprefix("https://")
    text = (
        f" {text}".replace(" T.", f" {title}.")
        .replace("“T.", f"“{title}.")
        .replace("Green T ", f"Green {title} ")
    )
    text = (
        text.replace(" T ", f" {title} ").replace("https://U", TEA.url).replace(" U.", f" {url}.")
    )
    found = verdict(text.strip())
    assert f"{found.status} {found.number}" == wanted, found.findings
    assert [finding.code for finding in found.findings] == codes.split()


def test_the_json_of_a_verdict_is_that_of_the_contract():
    text = render(structs.replace(TEA, number="0849"), "ama-10", DAY)
    assert verdict(text).to_dict() == {
        "reference": "1",
        "text": text,
        "status": "differs",
        "url": TEA.url,
        "number": "0848",
        "findings": [
            {"code": "number-wrong", "severity": "major", "printed": "0849", "record": "0848"}
        ],
        "corrected": render(TEA, "ama-10", DAY),
    }


def test_the_corrected_line_is_in_the_style_that_is_asked_for():
    found = verdict(render(TEA, "nature", None), options=CheckOptions(style="vancouver"))
    assert found.corrected == render(TEA, "vancouver", None)
    assert [one.code for one in found.findings] == [
        "supplement",
        "address-missing",
        "access-date-missing",
    ]


@pytest.mark.parametrize("style", STYLES)
def test_an_access_date_is_never_invented(style):
    corrected = verdict(render(TEA, style, None)).corrected
    assert corrected == render(TEA, style, None)
    assert "ccessed" not in corrected
    assert "cited" not in corrected


def test_the_letter_after_the_year_is_kept():
    text = render(TEA, "apa", None).replace("(2025)", "(2025b)")
    assert verdict(text).corrected == text


def test_a_number_may_have_a_space_and_a_full_stop():
    record = structs.replace(TEA, number="OC 01.1")
    for style in STYLES:
        assert verdict(render(record, style, DAY), Library.of([record])).status == "agrees"
    wrong = render(record, "apa", DAY).replace("OC 01.1", "OC 01.2")
    assert [one.code for one in verdict(wrong, Library.of([record])).findings] == ["number-wrong"]


def test_a_record_without_a_journal_is_compared_too():
    record = structs.replace(TEA, publication=None)
    for style in STYLES:
        text = render(record, style, DAY)
        found = verdict(text, Library.of([record]))
        assert (found.status, found.corrected) == ("agrees", text)


def test_a_url_behind_a_link_counts():
    text = render(TEA, "ama-10", DAY).replace(TEA.url, "ACR abstract")
    assert [one.code for one in verdict(text).findings] == ["address-missing"]
    assert verdict(text, addresses=(TEA.url,)).status == "agrees"


def test_of_several_texts_the_one_with_a_known_url_is_read():
    right = render(TEA, "ama-10", DAY)
    wrong = right.replace("induced-changes", "inducedchanges")
    assert verdict(wrong, alternatives=(right,)).status == "agrees"


def test_the_severity_is_major_for_the_first_author_and_words_of_the_title():
    text = render(TEA, "ama", DAY)
    for old, new, severity in (
        ("Muster", "Mutser", "major"),
        ("Arevalo", "Aervalo", "minor"),
        ("Gout", "Gaut", "major"),
        ("Gout:", "Gout.", "minor"),
    ):
        [finding] = verdict(text.replace(old, new)).findings
        assert (finding.severity, old) == (severity, old)


def test_both_sides_of_a_difference_are_shown():
    [finding] = verdict(render(TEA, "ama", DAY).replace("of IL-6 in", "with IL-6 in")).findings
    assert (finding.code, finding.printed, finding.record) == ("title-differs", "with", "of")


def test_a_reference_that_is_there_twice_is_a_finding_on_the_later_one():
    texts = [render(one, "ama", DAY) for one in (TEA, COCOA, TEA)]
    found = list(check([Reference(str(n), text) for n, text in enumerate(texts, 1)], LIBRARY))
    assert [one.status for one in found] == ["agrees", "agrees", "differs"]
    [finding] = found[2].findings
    assert (finding.code, finding.printed, finding.record) == ("duplicate-reference", "3", "1")


def test_two_records_of_one_url_show_that_the_page_changed():
    older = structs.replace(TEA, title="Tea in Gout", accessed="2025-11-01")
    newer = structs.replace(TEA, accessed="2026-01-01")
    for library in (Library.of([older, newer]), Library.of([newer, older])):
        found = verdict(render(older, "ama", DAY), library)
        [finding] = found.findings
        assert (finding.code, finding.printed, finding.record) == (
            "changed",
            older.title,
            TEA.title,
        )
        assert found.corrected == render(TEA, "ama", DAY)
        assert verdict(render(newer, "ama", DAY), library).status == "agrees"


def test_unsure_names_both_candidates():
    found = verdict("Sample I. Patient Diaries [abstract]. Arthritis Rheumatol 2025; 77.")
    urls = {one["url"] for one in found.to_dict()["candidates"]}
    assert urls == {one.url for one in RECORDS[3:]}


@pytest.mark.parametrize("others", [[], [OTHER_TEA]])
def test_the_nearest_title_is_never_matched_to_another_abstract(others):
    for style in STYLES:
        assert verdict(render(TEA, style, DAY), Library.of(others)).status == "not-checked"


def test_an_entry_is_compared_by_its_data():
    item: Item = {**to_item(COCOA), "id": "example", "accessed": DAY}
    options = CheckOptions(entries="bibtex")
    assert verdict(item=item, options=options).status == "agrees"
    wrong = {**item, "volume": "78", "author": [*item["author"][:4], *item["author"][5:]]}
    found = next(check([Reference("example", item=wrong)], LIBRARY, options))
    assert [one.code for one in found.findings] == ["author-missing", "volume"]
    assert found.corrected.startswith("@article{example,")
    assert "Wu, Fay" in found.corrected


def test_codes_can_be_ignored():
    text = render(TEA, "ama", DAY).replace("/. ", ". ")
    assert verdict(text).status == "differs"
    options = CheckOptions(ignore=frozenset({"address-not-canonical"}))
    assert verdict(text, options=options).status == "agrees"
    with pytest.raises(UsageError, match="unknown code"):
        CheckOptions(ignore=frozenset({"adress"}))


def test_an_address_is_dead_only_if_that_is_known():
    options = CheckOptions(dead=frozenset({TEA.url.rstrip("/")}))
    found = verdict(render(TEA, "ama", DAY), options=options)
    assert [one.code for one in found.findings] == ["address-dead"]


def test_the_index_is_kept_and_used_again_without_the_records(tmp_path):
    text = render(TEA, "ama", DAY)
    assert verdict(text, Library.of(RECORDS, tmp_path, "abc")).status == "agrees"
    assert verdict(text, Library.of(iter(()), tmp_path, "abc")).status == "agrees"
    assert verdict(text, Library.of(iter(()), tmp_path, "def")).status == "not-checked"
    [kept, _] = sorted((tmp_path / "indexes").iterdir())
    kept.write_bytes(b"damaged")
    assert verdict(text, Library.of(RECORDS, tmp_path, "abc")).status == "agrees"


def test_an_index_that_cannot_be_kept_is_in_memory(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_bytes(b"")
    assert verdict(render(TEA, "ama", DAY), Library.of(RECORDS, blocked, "abc")).status == "agrees"


def test_unknown_keys_and_odd_letters_of_a_record_do_no_harm():
    odd = Abstract.from_dict({**TEA.to_dict(), "x-key": 1, "number": "08\ud800"})
    found = verdict(render(TEA, "apa", DAY), Library.of([odd]))
    assert (found.number, [one.code for one in found.findings]) == ("08", ["number-wrong"])
    json.dumps(found.to_dict(), ensure_ascii=False).encode()


@pytest.mark.parametrize(
    "text",
    [
        "\ue000\ue001 [abstract] \ud800",
        "(" * 5000 + " [abstract]",
        "A. " * 5000 + "[abstract]",
        "Muster A, " * 1000 + TEA.title + " [abstract]",
        "a " * 20_000 + TEA.url,
        "accessed " * 3000 + TEA.url,
        "suppl " * 3000 + TEA.url,
        "1" * 20_000 + TEA.title + TEA.url,
    ],
    ids=range(8),
)
def test_hostile_texts_give_a_verdict(text):
    assert verdict(text).status in {"differs", "not-checked", "other"}


def test_every_code_has_a_severity():
    assert set(CODES.values()) == {"major", "minor"}


def test_the_verdicts_of_all_cases_keep_to_the_schema():
    schema = json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    texts = [text for *_, text in CASES] + [render(TEA, style, DAY) for style in STYLES]
    verdicts = [one.to_dict() for one in check([Reference("1", text) for text in texts], LIBRARY)]
    assert {one["status"] for one in verdicts} >= {"agrees", "differs", "not-checked", "other"}
    for one in verdicts:
        validator.validate(one)


@pytest.mark.parametrize(
    "change",
    [
        {"status": "wrong"},
        {"findings": []},
        {"findings": [{"code": "adress", "severity": "major", "printed": "", "record": ""}]},
        {"findings": [{"code": "year", "severity": "major"}]},
        {"status": "agrees"},
        {"status": "unsure"},
        {"corrected": None},
    ],
    ids=str,
)
def test_the_schema_accepts_nothing_else(change):
    text = render(structs.replace(TEA, number="0849"), "apa", DAY)
    data = verdict(text).to_dict()
    jsonschema.validate(data, json_schema())
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data | change, json_schema())


@pytest.mark.parametrize(
    ("family", "printed", "codes"),
    [
        ("Müller", "Mueller", []),
        ("Müller", "Muller", []),
        ("Mueller", "Müller", []),
        ("Østby", "Oestby", []),
        ("Bååth", "Baath", []),
        ("Müller", "Meuller", ["author-misspelled"]),
        ("Bauer", "Baur", ["author-misspelled"]),
        ("O’Connell", "O\u02bcConnell", []),
        ("Al-Ma\u02bfarri", "Al-Maarri", []),
    ],
)
def test_letters_without_their_marks_are_spelled_in_either_way(family, printed, codes):
    author = Author(name=f"Ida {family}", family=family, given="Ida")
    record = structs.replace(TEA, authors=[*TEA.authors, author])
    text = render(record, "ama", DAY).replace(f"{family} I", f"{printed} I")
    found = verdict(text, Library.of([record]))
    assert [one.code for one in found.findings] == codes


def test_a_colon_that_a_style_leaves_out_after_a_question_mark_is_no_error():
    record = structs.replace(TEA, title="Does Tea Help?: A Trial")
    text = render(record, "ama", DAY).replace("?:", "?")
    assert "Help? A Trial" in text
    assert verdict(text, Library.of([record])).status == "agrees"
    elsewhere = text.replace(TEA.url, OTHER_TEA.url)
    found = verdict(elsewhere, Library.of([record, OTHER_TEA]))
    assert [one.code for one in found.findings] == ["address-elsewhere"]
