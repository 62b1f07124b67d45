"""Markdown, read back by markdown-it."""

from itertools import pairwise

import pytest
from hypothesis import given
from markdown_it import MarkdownIt

import hostile
from abstool.citing import export
from abstool.text import tidy

READER = MarkdownIt("gfm-like", {"linkify": False})


def markdown(*records):
    return export(records, "markdown").decode()


def shown(text):
    """Return the kind and text of each block that a reader of Markdown sees."""
    tokens = READER.parse(text)
    for token in tokens:
        assert token.type not in ("html_block", "fence", "code_block")
    blocks = pairwise(tokens)
    return [
        (opening.tag, "".join(child.content for child in token.children))
        for opening, token in blocks
        if token.type == "inline"
    ]


def test_a_record_is_a_readable_document(record):
    authors = [
        {"name": "Zoë Dörner", "family": "Dörner", "given": "Zoë", "affiliations": ["1", "12"]},
        {"name": "The Group", "literal": "The Group", "affiliations": ["a"]},
    ]
    places = [{"label": "1", "name": "Tea House"}, {"label": "12", "name": "Joint Clinic"}]
    table = {"section": "Methods", "header": ["a", "b|c"], "rows": [["1", ""]], "caption": "T1"}
    figure = {"section": "Other", "url": "https://x.org/a b.png", "alt": "a plot"}
    text = markdown(
        record(
            authors=authors,
            affiliations=places,
            tables=[table],
            figures=[figure],
            disclosures=[{"name": "Z. Dörner", "text": "None"}],
            printed_citation="Dörner Z. Tea [abstract].",
        )
    )
    assert text == (
        """\
# Imagined Effects of Tea on Joints

Zoë Dörner¹,¹², The Group (a)

¹ Tea House\\
¹² Joint Clinic

- **Abstract number:** 0848
- **Meeting:** ACR Convergence 2025
- **Session:** Drinks, 2025-10-28
- **Keywords:** tea; joints
- **Address:** <https://acrabstracts.org/abstract/imagined-effects-of-tea/>

## Methods

We drank.

We waited.

T1

| a | b\\|c |
| --- | --- |
| 1 |  |

Nothing happened.

![a plot](<https://x.org/a%20b.png>)

a plot

## Disclosures

- Z. Dörner: None

## Citation

Dörner Z. Tea \\[abstract\\].
"""
    )


def test_documents_are_separated_by_a_rule(record):
    assert markdown(record(), record()).count("\n\n---\n\n# ") == 1


def test_only_a_web_url_becomes_a_link(record):
    figure = {"section": "", "url": "javascript:alert(1)", "alt": "x"}
    text = markdown(record(url="javascript:alert(1)", figures=[figure]))
    assert "](" not in text
    assert "<javascript" not in text


STARTS = ["1. x", "- x", "+ x", "a) x", "iv. x", "IV) x", "(a) x", "> x", "# x", "=== x", "%x"]
SPANS = ["*x* _y_ `z` ~~a~~", "<b>x</b>", "&lt;", "[x](y)", "![x](y)", "[^1]", "| a | b |", "x ##"]


@pytest.mark.parametrize("text", [*STARTS, *SPANS, "x\\"])
def test_what_looks_like_markup_is_shown_as_it_is(record, text):
    data = record(title=text, sections=[{"label": text, "text": text}])
    blocks = shown(markdown(data))
    assert blocks[0] == ("h1", text)
    assert blocks[-2:] == [("h2", text), ("p", text)]


@given(hostile.texts, hostile.texts)
def test_any_text_is_read_back_as_it_was(title, text):
    record = {"title": title, "sections": [{"label": title, "text": text}]}
    heading, label, *body = shown(markdown(record))
    assert heading == ("h1", tidy(title))
    assert label == ("h2", tidy(title))
    lines = [tidy(line) for line in text.split("\n")]
    assert body == [("p", line) for line in lines if line]
