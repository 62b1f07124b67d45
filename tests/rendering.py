"""Render a record as the page of an abstract site in several markups, the inverse of parsing.

``MARKUPS`` has the markups by name; each renders a record in a ``Form``. Not every markup can
express the whole record: ``carried`` returns what is left. Plain text that begins at the session
block, for example, has no author line, so only the names in the citation are left.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from html import escape

from abstool.parser.people.names import initials
from abstool.record import Abstract, Author

MENU = ("Meetings", "ACR Convergence 2024", "2020-2009 Meetings", "Keyword Index", "Your Favorites")
SHARING = ("Tweet", "Click to email a link to a friend (Opens in new window) Email", "Print")


@dataclass(frozen=True)
class Form:
    """The variations in how a page prints a record."""

    numbered: bool = True  # number the affiliation even if all authors share one
    range_in_front: bool = True  # (0387-0429) Title instead of Title (0387-0429)
    citation: bool = True
    disclosures: str = ": "  # between name and text: A. Name: None, or A. Name, None
    gap: str = ""  # between a name and its number


# --- lines ----------------------------------------------------------------------------------------


def author_line(record: Abstract, form: Form, number: Callable[[str], str] = str) -> str:
    """Return authors, then affiliations; ``number`` formats the numbers that link them."""
    numbered = form.numbered or len(record.affiliations) > 1
    printed: list[str] = []
    for author in record.authors:
        labels = number(",".join(author.affiliations)) if numbered and author.affiliations else ""
        if author.literal and printed and not labels:
            printed[-1] += f" for the {author.literal}"
        else:
            printed.append(f"{author.name or author.literal}{form.gap if labels else ''}{labels}")
    names = " and ".join(filter(None, [", ".join(printed[:-1]), *printed[-1:]]))
    places = [
        f"{number(a.label) if numbered else ''}{form.gap and ' '}{a.name}"
        for a in record.affiliations
    ]
    return ", ".join([names, *places])


def cited_name(author: Author) -> str:
    """Return an author as in the page's citation: ``Del Gaizo V``."""
    if author.literal:
        return author.literal
    words = (author.family, initials(author.given), author.suffix)
    return " ".join(filter(None, words))


def citation(record: Abstract) -> str:
    """Return the citation without its access date."""
    names = ", ".join(map(cited_name, record.authors))
    issue = record.publication
    if issue is None:
        raise ValueError("only a publication can be cited")
    return (
        f"{names}. {record.title} [abstract]. {issue.abbreviation}. {issue.year}; {issue.volume} "
        f"(suppl {issue.supplement}). {record.url}."
    )


def disclosures(record: Abstract, form: Form) -> str:
    """Return the statement of all authors in one paragraph."""
    parts = (f"{d.name}{form.disclosures}{d.text}" for d in record.disclosures)
    return "; ".join(parts) + "."


def head_fields(record: Abstract) -> list[tuple[str, str]]:
    """Return label and text of the lines after the author line, except the keywords."""
    fields = [("Meeting", record.meeting)]
    if record.first_published:
        day = date.fromisoformat(record.first_published)
        fields.append(("Date of first publication", f"{day:%B} {day.day}, {day.year}"))
    return fields


def session_fields(record: Abstract, form: Form) -> list[tuple[str, str]]:
    """Return label and text of the session's lines."""
    session = record.session
    if session is None:
        return []
    title = session.title
    if session.abstract_range:
        numbers = f"({'–'.join(session.abstract_range)})"
        title = f"{numbers} {title}" if form.range_in_front else f"{title} {numbers}"
    fields = [("Title", title), ("Session Type", session.type)]
    if session.date:
        day = date.fromisoformat(session.date)
        fields.insert(0, ("Date", f"{day:%A}, {day:%B} {day.day}, {day.year}"))
    if session.start:
        fields.append(("Session Time", f"{_clock(session.start)}-{_clock(session.end)}"))
    return [(label, text) for label, text in fields if text]


def _clock(moment: str) -> str:
    clock = time.fromisoformat(moment.partition("T")[2])
    return f"{clock.hour % 12 or 12}:{clock.minute:02}{'AM' if clock.hour < 12 else 'PM'}"


# --- markups --------------------------------------------------------------------------------------


def theme(record: Abstract, form: Form) -> str:
    """Return HTML as the site's theme might print it: classes, superscripts, links, a menu."""
    line = author_line(_escaped(record), form, lambda text: f"<sup>{text}</sup>")
    keywords = ", ".join(
        f'<a href="https://acrabstracts.org/tag/{index}/" rel="tag">{escape(word)}</a>'
        for index, word in enumerate(record.keywords)
    )
    head = [_strong(label, text) for label, text in head_fields(record)]
    if keywords:
        head.append(f'<p class="tags"><strong>Keywords:</strong> {keywords}</p>')
    session = [_strong(label, text) for label, text in session_fields(record, form)]
    if session:
        session.insert(0, "<h3>Session Information</h3>")
    body = []
    for section in record.sections:
        first, *others = section.text.split("\n\n")
        body += [_strong(section.label, first), *(f"<p>{escape(text)}</p>" for text in others)]
    if record.disclosures:
        body.append(_strong("Disclosures", disclosures(record, form)))
    if form.citation:
        body.append("<h4>To cite this abstract in AMA style:</h4>")
        body.append(f"<p>{escape(citation(record))} Accessed .</p>")
    menu = "".join(f"<li><a href='#'>{text}</a></li>" for text in MENU)
    sharing = "".join(f"<li>{text}</li>" for text in SHARING)
    return f"""<!DOCTYPE html>
<html lang="en-US"><head><title>{escape(record.title)} - ACR Meeting Abstracts</title>
<link rel="canonical" href="{escape(record.url)}"><style>.menu {{ color: red }}</style></head>
<body class="single"><header><p>ACR Meeting Abstracts</p><nav><ul>{menu}</ul></nav></header>
<div class="content-sidebar-wrap"><article class="entry">
<p class="abstract-number">Abstract Number: {record.number}</p>
<h1 class="entry-title">{escape(record.title)}</h1>
<div class="authors-and-affiliation">{line}</div>
{"".join(head)}<div class="sharedaddy"><ul>{sharing}</ul></div>
<div class="session">{"".join(session)}</div><div class="entry-content">{"".join(body)}</div>
<p><a href="/meetings/">&laquo; Back to {escape(record.meeting)}</a></p></article>
<aside class="sidebar"><h3>Methods</h3><p>Abstract Number: 0002</p></aside>
<div class="widget"><h4>Results</h4><p>Abstract Number: 0003 • {escape(record.meeting)}</p></div>
</div><footer class="site-footer"><p>© Copyright</p></footer></body></html>
"""


def headings(record: Abstract, form: Form) -> str:
    """Return HTML without classes: labels are headings, terms of lists or heading cells."""
    line = author_line(_escaped(record), form, lambda text: f"<sup>{text}</sup>")
    fields = [f"<dt>{label}</dt><dd>{escape(text)}</dd>" for label, text in head_fields(record)]
    keywords = ", ".join(
        f'<a href="/tag/{index}/">{escape(word)}</a>' for index, word in enumerate(record.keywords)
    )
    if keywords:
        fields.append(f"<dt>Keywords</dt><dd>{keywords}</dd>")
    rows = (
        f"<tr><th>{label}:</th><td>{escape(text)}</td></tr>"
        for label, text in session_fields(record, form)
    )
    session = "".join(rows)
    body = [
        f"<h3>{section.label}</h3>" + "".join(f"<p>{escape(t)}" for t in section.text.split("\n\n"))
        for section in record.sections
    ]
    if record.disclosures:
        body.append(f"<h3>Disclosures</h3><p>{escape(disclosures(record, form))}</p>")
    if form.citation:
        cited = escape(citation(record))
        body.append(f"<h3>To cite this abstract in AMA style</h3><p>{cited} Accessed .</p>")
    return f"""<html><head><meta property="og:url" content="{escape(record.url)}"></head><body>
<h2>Abstract Number: {record.number}</h2><h1>{escape(record.title)}</h1><p>{line}
<dl>{"".join(fields)}</dl>
{f"<h2>Session Information</h2><table>{session}</table>" if session else ""}
<div>{"".join(body)}</div><a href="/meetings/">« Back to {escape(record.meeting)}</a></body></html>
"""


def breaks(record: Abstract, form: Form) -> str:
    """Return HTML with line breaks as its only markup, so numbers are not superscripts."""
    text = escape(plain(record, form)).replace("\n", "<BR>\n")
    return f"<HTML><BODY><DIV>{text}</DIV></BODY></HTML>"


def plain(record: Abstract, form: Form) -> str:
    """Return the page as copied text, from the menu on."""
    head = [f"{label}: {text}" for label, text in head_fields(record)]
    if record.keywords:
        head.append(f"Keywords: {', '.join(record.keywords)}")
    parts = [
        "ACR Meeting Abstracts",
        "\n".join(f"  • {text}" for text in MENU),
        f"Abstract Number: {record.number}",
        record.title,
        author_line(record, form),
        *head,
        "\n".join(f"  • {text}" for text in SHARING),
        from_session(record, form),
    ]
    return "\n\n".join(parts)


def from_session(record: Abstract, form: Form) -> str:
    """Return the page as copied text, from "Session Information" on."""
    session = [f"{label}: {text}" for label, text in session_fields(record, form)]
    parts = ["Session Information", *session] if session else []
    parts += [f"{section.label}: {section.text}" for section in record.sections]
    if record.disclosures:
        parts.append(f"Disclosures: {disclosures(record, form)}")
    if form.citation:
        parts.append(f"To cite this abstract in AMA style:\n{citation(record)} Accessed .")
        parts[-1] += f"« Back to {record.meeting}"
    else:
        parts.append(f"« Back to {record.meeting}")
    return "\n\n".join(parts) + f"\n\nACR Meeting Abstracts - {record.url}\n"


MARKUPS = {
    "theme": theme,
    "headings": headings,
    "breaks": breaks,
    "plain": plain,
    "from_session": from_session,
}


def _strong(label: str, text: str) -> str:
    return f"<p><strong>{label}:</strong> {escape(text)}</p>"


def _escaped(record: Abstract) -> Abstract:
    """Return a copy of the record with its names as HTML."""
    copy = Abstract.from_dict(record.to_dict())
    for author in copy.authors:
        author.name, author.literal = escape(author.name), escape(author.literal)
    for affiliation in copy.affiliations:
        affiliation.name = escape(affiliation.name)
    return copy


def carried(record: Abstract, markup: str, form: Form) -> Abstract:
    """Return the part of a record that a markup can express, except for keywords and names."""
    copy = Abstract.from_dict(record.to_dict())
    if form.citation:
        copy.printed_citation = citation(record)
    else:
        copy.publication = None
    if markup == "from_session":
        copy.number = copy.first_published = ""
        copy.keywords, copy.affiliations = [], []
        copy.authors = [_cited(author) for author in record.authors]
        for disclosure in copy.disclosures:
            disclosure.author = next(
                cited_name(a) for a in record.authors if a.name == disclosure.author
            )
    return copy


def _cited(author: Author) -> Author:
    name = cited_name(author)
    if author.literal:
        return Author(name=name, literal=name)
    letters = " ".join(initials(author.given))
    return Author(name=name, family=author.family, given=letters, suffix=author.suffix)
