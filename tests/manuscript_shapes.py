"""Manuscripts of many shapes around the same references.

Each function takes the printed references and returns the bytes of a file. ``SHAPES`` has all by
name. Numbers in brackets in the text cite the references.
"""

import html
import random
import re
import textwrap
import unicodedata

import word_files as w
from pdf_files import pdf

BODY = "Tea matters, as several studies have shown [1-3]. Others disagree [4,5-10]. We saw 12 cups."
URL = re.compile(r"https://acr\S+?/(?=[.,\s]|$)")
SHAPES = {}


def shape(function):
    SHAPES[function.__name__] = function
    return function


def numbered(lines, form="{}. {}"):
    return [form.format(number, line) for number, line in enumerate(lines, 1)]


def text(heading, lines, after="", *, between="\n"):
    return f"{BODY}\n\n{heading}\n\n{between.join(lines)}\n{after}"


def wrapped(lines, width=72, **options):
    return [textwrap.fill(line, width, **options) for line in lines]


# --- Word ---------------------------------------------------------------------------------------


def word(*body, heading="References", **more):
    before = w.paragraph(BODY) + (w.paragraph(heading) if heading else "")
    return w.word(before + "".join(body), **more)


def tabbed(lines):
    tab = "<w:r><w:tab/></w:r>"
    return [w.paragraph(w.run(f"{n}."), tab, w.run(line)) for n, line in enumerate(lines, 1)]


def cell(text):
    return f"<w:tc>{w.paragraph(text)}</w:tc>"


def rows(lines):
    pairs = enumerate(lines, 1)
    return [f"<w:tr>{cell(f'{number}.')}{cell(line)}</w:tr>" for number, line in pairs]


@shape
def word_with_list_numbers(lines):
    return word(*map(w.listed, lines))


@shape
def word_with_typed_numbers(lines):
    return word(*tabbed(lines), heading="REFERENCES")


@shape
def word_without_numbers(lines):
    return word(*map(w.paragraph, lines), heading="Bibliography")


@shape
def word_table(lines):
    return word("<w:tbl>", *rows(lines), "</w:tbl>")


@shape
def word_table_with_heading(lines):
    head = f"<w:tr>{cell('No.')}{cell('Reference')}</w:tr>"
    return word("<w:tbl>", head, *rows(lines), "</w:tbl>", heading="Literature cited")


@shape
def word_table_of_one_column(lines):
    return word("<w:tbl>", *(f"<w:tr>{cell(one)}</w:tr>" for one in numbered(lines)), "</w:tbl>")


@shape
def word_in_many_runs(lines):
    def runs(line):
        chance = random.Random(len(line))
        while line:
            size = chance.randrange(1, 9)
            yield w.run(line[:size], chance.choice(["", "<w:i/>", "<w:b/>"]))
            yield chance.choice(["", '<w:proofErr w:type="spellStart"/>'])
            line = line[size:]

    return word(*(w.listed(*(run for run in runs(line) if run)) for line in lines))


@shape
def word_with_tracked_changes(lines):
    def changed(line):
        middle = len(line) // 2
        gone = "<w:del><w:r><w:delText>2019;1 gone</w:delText></w:r></w:del>"
        added = f"<w:ins>{w.run(line[middle : middle + 9])}</w:ins>"
        return w.paragraph(w.run(line[:middle]), gone, added, w.run(line[middle + 9 :]))

    gone = (
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:del><w:r><w:delText>11. Gone G. Gone "
        "[abstract]. Gone. 2020.</w:delText></w:r></w:del></w:p>"
    )
    return word(*map(changed, numbered(lines)), gone)


@shape
def word_with_line_breaks(lines):
    return word(w.paragraph(*(w.run(one) + "<w:r><w:br/></w:r>" for one in numbered(lines))))


@shape
def word_with_links(lines):
    links, body = [], []
    for line in lines:
        if found := URL.search(line):
            links.append(found[0])
            link = f'<w:hyperlink r:id="rId{len(links)}">{w.run("ACR abstract")}</w:hyperlink>'
            before, after = w.run(line[: found.start()]), w.run(line[found.end() :])
            body.append(w.listed(before, link, after))
        else:
            body.append(w.listed(line))
    return word(*body, links=links)


def _noted(lines, kind):
    claims = (
        f'<w:p>{w.run("A claim.")}<w:r><w:{kind}Reference w:id="{n}"/></w:r></w:p>'
        for n, _ in enumerate(lines, 2)
    )
    notes = (
        f'<w:{kind} w:id="{n}">{w.paragraph(w.run(f" {line}"))}</w:{kind}>'
        for n, line in enumerate(lines, 2)
    )
    separator = f'<w:{kind} w:type="separator" w:id="0"><w:p/></w:{kind}>'
    return word(*claims, heading="", **{f"{kind}s": separator + "".join(notes)})


@shape
def word_footnotes(lines):
    return _noted(lines, "footnote")


@shape
def word_endnotes(lines):
    return _noted(lines, "endnote")


def _field(instruction, lines):
    first, *rest = tabbed(lines)
    begun = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>'
        f'{html.escape(instruction)}</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/>'
        "</w:r>"
    )
    first = first.replace("</w:pPr>", f"</w:pPr>{begun}", 1)
    end = '<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    return word(first, *rest, end, w.paragraph("Figure 1. Tea over time."), heading="")


@shape
def word_of_zotero(lines):
    return _field(' ADDIN ZOTERO_BIBL {"uncited":[]} CSL_BIBLIOGRAPHY ', lines)


@shape
def word_of_endnote(lines):
    return _field(" ADDIN EN.REFLIST ", lines)


@shape
def word_of_mendeley(lines):
    listed = w.control("MENDELEY_BIBLIOGRAPHY", "".join(tabbed(lines)))
    return word(listed, w.paragraph("Table 1. Drinks"), heading="")


# --- OpenDocument, HTML and PDF -------------------------------------------------------------------


@shape
def opendocument_paragraphs(lines):
    shown = [BODY, "Referenzen", *numbered(lines)]
    return w.odt("".join(f"<text:p>{html.escape(line)}</text:p>" for line in shown))


@shape
def opendocument_list(lines):
    points = "".join(
        f"<text:list-item><text:p>{html.escape(line)}</text:p></text:list-item>" for line in lines
    )
    head = f"<text:p>{BODY}</text:p><text:h>References</text:h>"
    return w.odt(f"{head}<text:list>{points}</text:list>")


def page(heading, *entries):
    return f"<!doctype html><html><body><p>{BODY}</p>{heading}{''.join(entries)}</body>".encode()


@shape
def html_list(lines):
    linked = (URL.sub(r'<a href="\g<0>">\g<0></a>', html.escape(line)) for line in lines)
    points = "".join(f"<li>{line}</li>" for line in linked)
    return page("<h2>References</h2>", f"<ol>{points}</ol><footer>Menu</footer>")


@shape
def html_of_a_csl_processor(lines):
    entries = (
        f'<div class="csl-entry"><div class="csl-left-margin">{number}.</div>'
        f'<div class="csl-right-inline" style="margin: 0">{html.escape(line)}</div></div>'
        for number, line in enumerate(lines, 1)
    )
    return page("<h2>Works cited</h2>", *entries)


@shape
def html_with_raised_numbers(lines):
    entries = (f"<p><sup>{n}</sup> {html.escape(line)}</p>" for n, line in enumerate(lines, 1))
    return page("<h3>Literature Cited</h3>", *entries, "<h3>Acknowledgments</h3><p>Thanks.</p>")


@shape
def html_table(lines):
    entries = (f"<tr><td>{n}.</td><td>{html.escape(s)}</td></tr>" for n, s in enumerate(lines, 1))
    return page("<h3>References</h3>", "<table>", *entries, "</table>")


@shape
def pdf_of_two_columns(lines):
    kept = [unicodedata.normalize("NFC", line) for line in numbered(lines)]
    shown = [
        row
        for line in kept
        for row in textwrap.wrap(line, 52, break_on_hyphens=True, break_long_words=True)
    ]
    half = -(-len(shown) // 2)
    return pdf([[BODY[:60], "", "References", *shown[:half]], shown[half:]])


# --- TeX ------------------------------------------------------------------------------------------


def latex(line):
    signs = {
        "&": r"\&", "%": r"\%", "_": r"\_", "–": "--", "“": "``", "”": "''", "’": "'",
        "ö": '\\"{o}', "ø": r"{\o}", "Ł": r"{\L}", "ś": r"\'{s}", "è": r"\`e", "Ç": r"\c{C}",
        "⁺": "$^{+}$", "α": r"$\alpha$", "γ": r"$\gamma$",
    }  # fmt: skip
    pieces, place = [], 0
    for found in URL.finditer(line):
        pieces += ["".join(signs.get(s, s) for s in line[place : found.start()])]
        pieces.append(rf"\url{{{found[0]}}}")
        place = found.end()
    return "".join([*pieces, *(signs.get(s, s) for s in line[place:])])


@shape
def tex_bibliography(lines):
    entries = "\n\n".join(rf"\bibitem{{k{n}}} {latex(line)}" for n, line in enumerate(lines, 1))
    body = rf"Tea \cite{{k1,k2}}.\begin{{thebibliography}}{{99}}{entries}\end{{thebibliography}}"
    return rf"\documentclass{{article}}\begin{{document}}{body}\end{{document}}".encode()


@shape
def bbl_of_bibtex(lines):
    entries = []
    for number, line in enumerate(lines, 1):
        printed = latex(line).replace(". ", ".\n\\newblock ", 1)
        fill = textwrap.fill(printed, 79, break_on_hyphens=False, break_long_words=False)
        entries.append(f"\\bibitem[{{Muster et~al.(2025)}}]{{k{number}}}\n{fill}")
    return (
        "\\begin{thebibliography}{10}\n\\providecommand{\\natexlab}[1]{#1}\n\n"
        + "\n\n".join(entries)
        + "\n\n\\end{thebibliography}\n"
    ).encode()


# --- Markdown -------------------------------------------------------------------------------------


@shape
def markdown_numbers(lines):
    escaped = (line.replace("[", r"\[").replace("]", r"\]") for line in lines)
    return f"# Tea\n\n{text('## References', numbered(escaped))}".encode()


@shape
def markdown_that_numbers_itself(lines):
    linked = (URL.sub(r"<\g<0>>", line) for line in lines)
    return text("## References", [f"1. {line}" for line in linked]).encode()


@shape
def markdown_bullets(lines):
    linked = (URL.sub(r"[link](\g<0>)", line) for line in lines)
    return f"# Tea\n\n{text('## References', [f'- {line}' for line in linked])}".encode()


@shape
def markdown_footnotes(lines):
    claims = " ".join(f"A claim.[^{number}]" for number, _ in enumerate(lines, 1))
    return f"# Tea\n\n{claims}\n\n{chr(10).join(numbered(lines, '[^{}]: {}'))}\n".encode()


# --- text -----------------------------------------------------------------------------------------


@shape
def text_that_is_wrapped(lines):
    return text("References", wrapped(numbered(lines))).encode()


@shape
def text_with_hanging_numbers(lines):
    shown = wrapped(numbered(lines, "[{}] {}"), 66, subsequent_indent="    ")
    return text("REFERENCES", shown).encode()


@shape
def text_with_hanging_lines(lines):
    return text("References", wrapped(lines, 70, subsequent_indent="    ")).encode()


@shape
def text_with_blank_lines(lines):
    return text("References", wrapped(lines), between="\n\n").encode()


@shape
def text_of_references_only(lines):
    return "\n".join(lines).encode()


@shape
def text_in_german(lines):
    after = "\nAnhang\n\nTabelle 1. Tee\n"
    return text("Literatur", numbered(lines, "({}) {}"), after).replace("\n", "\r\n").encode()


@shape
def text_in_spanish(lines):
    after = "\nAgradecimientos\n\nGracias.\n"
    return text("Referencias", numbered(lines, "{}) {}"), after).encode("utf-16")


@shape
def text_in_french(lines):
    return text("Bibliographie", numbered(lines, "{} - {}"), "\nRemerciements\n\nMerci.\n").encode()


@shape
def text_with_other_hyphens_and_spaces(lines):
    def changed(line):
        words = line.split(" ")
        kept = [one if "//" in one else re.sub(r"(?<=\w)-(?=[A-Z])", "‐", one) for one in words]
        return "\u00a0".join(kept[:4]) + " " + " ".join(kept[4:])

    return text("References", numbered([changed(line) for line in lines])).encode()


@shape
def text_with_separate_accents(lines):
    return unicodedata.normalize("NFD", text("References", numbered(lines))).encode()


@shape
def text_without_a_heading(lines):
    return f"{BODY}\n\n{chr(10).join(wrapped(numbered(lines)))}\n".encode()


@shape
def text_with_ruled_headings(lines):
    """Return reStructuredText, in which a line of signs is below each heading."""
    return f"Tea\n===\n\n{BODY}\n\nReferences\n----------\n\n{chr(10).join(lines)}\n".encode()


@shape
def tex_list_of_pandoc(lines):
    points = "".join(f"\\item\n  {latex(line)}\n" for line in lines)
    start = "\\begin{enumerate}\n\\def\\labelenumi{\\arabic{enumi}.}\n\\tightlist\n"
    return (
        f"\\documentclass{{article}}\n\\begin{{document}}\n{BODY}\n\\section{{References}}\n"
        f"{start}{points}\\end{{enumerate}}\n\\end{{document}}\n"
    ).encode()
