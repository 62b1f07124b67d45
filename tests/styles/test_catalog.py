"""Names of styles and formats: what is accepted, in which order, and what is suggested."""

import pytest

import abstool
from abstool.citing import export, formats, styles
from abstool.errors import ExitCode, UsageError
from abstool.styles import archive
from abstool.styles.catalog import find
from abstool.styles.search import ranked
from test_growth import Lines


def test_a_format_is_a_module_of_the_package_and_not_a_folder():
    assert {"bibtex", "csv", "ris"} <= set(formats())
    assert {"shared", "__init__"} & set(formats()) == set()


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("ama", "ama"),
        ("AMA", "ama"),
        (" ama 11 ", "ama-11"),
        ("AMA_10", "ama-10"),
        ("ama11", "ama-11"),
        ("json", "csljson"),
        ("BibTeX", "bibtex"),
        ("vancouver", "nlm-citation-sequence"),
        ("NLM", "nlm-citation-sequence"),
        ("apa", "apa"),
        ("nature", "nature"),
        ("mla", "modern-language-association"),
        ("American Medical Association", "american-medical-association"),
        ("http://www.zotero.org/styles/apa", "apa"),
        ("https://zotero.org/styles/the-lancet", "the-lancet"),
        ("Arthritis & Rheumatology", "arthritis-and-rheumatism"),
        ("Arthritis Care & Research", "arthritis-care-and-research"),
        ("JACC: Cardiovascular Imaging", "jacc-cardiovascular-imaging"),
    ],
)
def test_a_name_is_found_as_people_type_it(typed, name):
    assert find(typed).name == name


def test_our_own_styles_come_before_those_of_others():
    assert find("ama").own
    assert not find("american-medical-association").own


def test_every_alias_leads_to_a_style():
    aliases = [row.name for row in styles() if row.kind == "alias"]
    assert len(aliases) > 500
    assert [alias for alias in aliases if find(alias).name == alias] == []


def test_a_dependent_style_has_its_parent_s_rules_and_its_own_language():
    jama = find("jama")
    assert jama.source == find("american-medical-association").source
    assert jama.locale == "en-US"


def test_a_style_may_be_a_file(style, article):
    path = style('<text variable="title"/>', name="My Style.CSL")
    assert abstool.cite([article()], path) == ["On tea"]


def test_a_style_may_be_a_path(tmp_path, article):
    path = tmp_path / "mine.csl"
    path.write_bytes(find("apa").source)
    assert abstool.cite([article()], path) == abstool.cite([article()], "apa")


def test_a_file_may_depend_on_a_style_that_is_known(tmp_path, article):
    path = tmp_path / "mine.csl"
    path.write_text(
        '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" default-locale="de-DE"><info>'
        '<link href="http://www.zotero.org/styles/apa" rel="independent-parent"/></info></style>',
        "utf-8",
    )
    assert "10. Mai" not in abstool.cite([article()], str(path))[0]
    assert find(str(path)).locale == "de-DE"
    path.write_text(path.read_text("utf-8").replace("styles/apa", "styles/nosuch"), "utf-8")
    with pytest.raises(UsageError, match="depends on the style 'nosuch', which is unknown"):
        find(str(path))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no xml",
        b"<html/>",
        b"\xff\xd8\xff\xe0 JFIF",
        b'<style xmlns="x"/>',
        b'<style xmlns="http://purl.org/net/xbiblio/csl"/>',
    ],
)
def test_a_file_that_is_not_a_style_is_refused(tmp_path, content):
    path = tmp_path / "broken.csl"
    path.write_bytes(content)
    with pytest.raises(UsageError, match=r"not a CSL style.*; check the file") as error:
        abstool.cite([], str(path))
    assert error.value.exit_code == ExitCode.USAGE


def test_a_file_that_cannot_be_read_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "mine.csl"
    path.touch()

    def denied(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.open", denied)
    with pytest.raises(UsageError, match=r"mine\.csl: cannot be read \(Permission denied\)"):
        find(path)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("vancuver", "style 'vancuver': not found; did you mean vancouver"),
        ("oncology lancet", "did you mean lancet-oncology, the-lancet-oncology"),
        ("ann rheum dis", "did you mean ard, annals-of-the-rheumatic-diseases?"),
        ("qqqqqq", "not found; search with 'abstool styles WORD'"),
        ("", "not found"),
        ("../apa", "file not found; use the name of a style or a .csl file"),
        ("styles/nosuch.csl", "file not found; use the name of a style or a .csl file"),
        ("nosuch.csl", "file not found; use the name of a style or a .csl file"),
        ("~nosuchuser/apa.csl", "unknown user; give the full path"),
        ("x" * 5000, "not found; search with 'abstool styles WORD'"),
        ("x" * 5000 + ".csl", "file not found; use the name of a style or a .csl file"),
        ("dependent/jama", "file not found; use the name of a style or a .csl file"),
    ],
)
def test_an_unknown_name_is_answered_with_advice(typed, message):
    with pytest.raises(UsageError) as error:
        find(typed)
    assert message in str(error.value)
    assert error.value.argument == "style"


def test_the_listing_holds_all_kinds_and_opens_no_style_of_the_archive(monkeypatch):
    monkeypatch.setattr(archive, "rules", None)
    with Lines() as lines:
        rows = styles()
    assert lines.count < 20 * len(rows)  # so many take a fraction of a second
    kinds = {row.name: row.kind for row in rows}
    assert kinds["ama"] == "own style"
    assert kinds["csljson"] == "format"
    assert kinds["json"] == kinds["vancouver"] == "alias"
    assert kinds["apa"] == kinds["jama"] == "CSL style"
    assert len(rows) > 10_000


def test_a_word_is_searched_for_in_names_and_titles():
    rows = {row.name: row.title for row in styles("Rheumatic Diseases")}
    assert rows["annals-of-the-rheumatic-diseases"] == "Annals of the Rheumatic Diseases"
    assert rows["ard"] == "annals-of-the-rheumatic-diseases"
    assert "apa" not in rows
    assert any("edition" in row.title and row.name == "apa" for row in styles("7th edition"))


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("ann rheum dis", ["ard", "annals-of-the-rheumatic-diseases"]),
        ("Annals of the Rheumatic Diseases", ["annals-of-the-rheumatic-diseases", "ard"]),
        ("rheumatic annals", ["ard", "annals-of-the-rheumatic-diseases"]),
        ("ard", ["ard"]),  # and not all harvard styles
        ("j rheumatol", ["journal-of-rheumatology"]),
        ("Arthritis & Rheumatology", ["arthritis-and-rheumatology"]),
        ("arthritis and rheumatism", ["arthritis-and-rheumatism"]),
        ("eur j cardiovasc nurs", ["european-journal-of-cardiovascular-nursing"]),
        ("JACC: cardiovascular", ["jacc-cardiovascular-imaging"]),
        ("Zeitschrift fur Rheumatologie", ["zeitschrift-fur-rheumatologie"]),
        ("sodertorns", ["sodertorns-hogskola-harvard"]),
        ("AMA", ["ama"]),
        ("rheumatology", ["rheumatology", "modern-rheumatology"]),
    ],
)
def test_the_words_of_a_journal_s_name_find_its_style(typed, first):
    assert [row.name for row in styles(typed)][: len(first)] == first


def test_a_word_is_searched_for_within_words_if_it_is_long():
    assert "osteoarthritis-and-cartilage" in [row.name for row in styles("arthritis")]
    assert "cardiology" not in [row.name for row in styles("ard")]
    assert styles("qqqq") == styles("?!") == []
    assert {row.name for row in styles("ardio")} > {"cardiology"}


def test_a_repeated_word_is_looked_for_once():
    rows = styles("rheumatology")[:20]
    with Lines() as once:
        ranked(rows, "rh")
    with Lines() as often:
        ranked(rows, "rh " * 500)
    assert often.count < 2 * once.count


def test_a_text_of_citations_has_one_per_line(article):
    entries = abstool.cite([article(), article()], "ama")
    assert export([article(), article()], "ama").decode() == "".join(f"{one}\n" for one in entries)
    assert export([], "ama") == b""
