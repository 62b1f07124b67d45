"""The tables of a library, and the steps that bring an older file up to date.

``abstracts`` has what people search and count, as printed. ``records`` has the JSON of each record,
``versions`` that of the records that were replaced. ``abstracts_fts`` finds words in all their
forms; its ``content`` lets Datasette show a search box. ``abstracts_exact`` finds words as they are
written, and their beginnings, which an index of stems cannot. Both indexes are of folded text (see
``rows``).
"""

from __future__ import annotations

import sqlite3

from abstool.sqlite import FTS5

APPLICATION = 0x61627374  # "abst": SQLite's application_id, by which a library is recognised

COLUMNS = ("title", "keywords", "authors", "text")  # of both indexes
WEIGHTS = (10.0, 5.0, 3.0, 1.0)  # of these columns, in the ranking
STEMS, EXACT = "abstracts_fts", "abstracts_exact"  # the two indexes

_TOKENS = "unicode61 remove_diacritics 2"
_LEAF = 16_000  # bytes of a leaf of an index; merging small ones takes longer
_LISTED = ", ".join(COLUMNS)

TABLES = """
CREATE TABLE abstracts (
    id INTEGER PRIMARY KEY,
    url TEXT NOT NULL,
    number TEXT NOT NULL,
    meeting TEXT NOT NULL,
    year INTEGER,
    session TEXT NOT NULL,
    harvested TEXT NOT NULL,
    added TEXT NOT NULL,
    address TEXT NOT NULL,
    bare_number TEXT NOT NULL,
    digest BLOB NOT NULL,
    title TEXT NOT NULL,
    keywords TEXT NOT NULL,
    authors TEXT NOT NULL,
    text TEXT NOT NULL
);
CREATE INDEX addresses ON abstracts(address);
CREATE INDEX numbers ON abstracts(bare_number, meeting);
CREATE INDEX meetings ON abstracts(meeting, harvested, year);
CREATE INDEX years ON abstracts(year);
CREATE INDEX sessions ON abstracts(session);
CREATE TABLE records (
    id INTEGER PRIMARY KEY REFERENCES abstracts(id),
    record TEXT NOT NULL
);
CREATE TABLE versions (
    id INTEGER PRIMARY KEY,
    abstract INTEGER NOT NULL REFERENCES abstracts(id),
    replaced TEXT NOT NULL,
    record TEXT NOT NULL
);
CREATE INDEX versions_of ON versions(abstract);
CREATE TABLE trials (
    trial TEXT NOT NULL,
    registry TEXT NOT NULL,
    abstract INTEGER NOT NULL REFERENCES abstracts(id),
    PRIMARY KEY (trial, abstract)
) WITHOUT ROWID;
CREATE INDEX trials_of ON trials(abstract);
"""
INDEXES = {
    STEMS: f"""
CREATE VIRTUAL TABLE {STEMS} USING {FTS5}(
    {_LISTED}, content="abstracts", content_rowid="id", tokenize="porter {_TOKENS}"
);
INSERT INTO {STEMS}({STEMS}, rank) VALUES ('rank', 'bm25{WEIGHTS}');
INSERT INTO {STEMS}({STEMS}, rank) VALUES ('pgsz', {_LEAF});
""",  # noqa: S608
    EXACT: f"""
CREATE VIRTUAL TABLE {EXACT} USING {FTS5}({_LISTED}, content="", tokenize="{_TOKENS}");
INSERT INTO {EXACT}({EXACT}, rank) VALUES ('rank', 'bm25{WEIGHTS}');
INSERT INTO {EXACT}({EXACT}, rank) VALUES ('pgsz', {_LEAF});
""",  # noqa: S608
}

# Each step takes a file from the version that is its position to the next one. A new file takes all
# of them. A step that was released is never changed.
MIGRATIONS = (TABLES + INDEXES[STEMS] + INDEXES[EXACT],)


def migrate(database: sqlite3.Connection, version: int) -> None:
    """Bring a file of a version up to date, completely or not at all."""
    for step, statements in enumerate(MIGRATIONS[version:], version + 1):
        for statement in _statements(statements):
            database.execute(statement)
        database.execute(f"PRAGMA user_version = {step}")
    database.execute(f"PRAGMA application_id = {APPLICATION}")


def _statements(script: str) -> list[str]:
    """Return the statements of a script; ``executescript`` would end the transaction."""
    return [statement for part in script.split(";\n") if (statement := part.strip())]
