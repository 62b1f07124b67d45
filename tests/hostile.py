"""Hypothesis strategies for text that breaks files, terminals, spreadsheets or TeX if unescaped."""

from hypothesis import strategies as st

from abstool.text import plain, tidy

SIGNS = "{ } \\ % $ & # _ ^ ~ \" ' ` `` '' -- --- , ; : @ | * [ ] ( ) < > ! ? = + - . / $$ {}"
BREAKS = ["\n", "\r\n", "\t", "\x1b[31m", "\x85", "\u2028", "\u202e", "\u200f", "\ufeff", "\x00"]
TAGS = ["TY  - JOUR", "\nER  - \n", "\nAU  - Evil, E", "@article{x,", "}\n@comment{", "\\input{x}"]
CELLS = ["=1+1", "@SUM(A1)", "-2", "+3", "'=x", "_x0041_", "<script>", "</w:t>", "&amp;", "&#60;"]
LETTERS = ["e\u0301", "q\u0303", "a\u0323\u0302", *"űŁß α≥⁹₂∆“’ﬁΩ李", "שלום", "سلام"]
WORDS = "and AND others von Jr a B 7 0848 suppl".split()
LINES = ["# ", "1. ", "- ", "> ", "```", "![x](y)", "http://x.org/", "\\", "\\\\", "%%"]
PIECES = [*SIGNS.split(" "), *BREAKS, *TAGS, *CELLS, *LETTERS, *WORDS, *LINES]


def _readable(text):
    """Return whether a text has letters and no pair of CSL's inline tags, which are markup."""
    return any(sign.isalnum() for sign in tidy(text)) and plain(tidy(text)) == tidy(text)


texts = (
    st.lists(st.sampled_from(PIECES) | st.characters(codec="utf-8"), min_size=1, max_size=8)
    .map("".join)
    .filter(_readable)
)
names = st.fixed_dictionaries({"family": texts, "given": texts}) | st.builds(dict, literal=texts)
articles = st.fixed_dictionaries(
    {
        "id": st.just("x"),
        "type": st.just("article-journal"),
        "title": texts,
        "author": st.lists(names, min_size=1, max_size=3),
        "container-title": texts,
        "abstract": texts,
    }
)
