"""What the store keeps of single pages beside their text: hidden words, and where recognised ones stand.

The tables were added after the first indexes were made: a writer makes them where they are missing, and a
reader finds nothing in an index that no ingest has brought up to date.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

from ingest.hidden import hidden_text
from ingest.plans import Hidden, LoadedDocument, WordBox

_TABLES = """
create table if not exists hidden (
  document_id integer not null references document on delete cascade,
  place integer not null, number integer, text text not null,
  primary key (document_id, place)
) without rowid;
create table if not exists recognised (
  document_id integer not null references document on delete cascade,
  number integer not null, words text not null,
  primary key (document_id, number)
) without rowid;
"""
"""`words`: a JSON list of the values of each `WordBox`."""


def make_tables(db: sqlite3.Connection) -> None:
    for table in _TABLES.split(";"):
        db.execute(table)


def insert(db: sqlite3.Connection, document_id: int, document: LoadedDocument) -> None:
    db.executemany(
        "insert into hidden values (?,?,?,?)",
        ((document_id, place, h.page, h.text) for place, h in enumerate(hidden_text(document))),
    )
    db.executemany(
        "insert into recognised values (?,?,?)",
        ((document_id, p.number, _packed(p.words)) for p in document.pages if p.words and p.number),
    )


def _packed(words: Sequence[WordBox]) -> str:
    values = [[w.start, w.end, w.left, w.top, w.width, w.height] for w in words]
    return json.dumps(values, separators=(",", ":"))


def hidden_of(db: sqlite3.Connection, document_id: int) -> tuple[Hidden, ...]:
    """In the order of the document; none where the index keeps none."""
    if not _is_there(db, "hidden"):
        return ()
    sql = "select number, text from hidden where document_id=? order by place"
    return tuple(Hidden(number, text) for number, text in db.execute(sql, (document_id,)))


def words_of(db: sqlite3.Connection, document_id: int, number: int) -> tuple[WordBox, ...]:
    """The recognised words of a physical page; none for a page that was text."""
    if not _is_there(db, "recognised"):
        return ()
    sql = "select words from recognised where document_id=? and number=?"
    row = db.execute(sql, (document_id, number)).fetchone()
    return tuple(WordBox(*values) for values in json.loads(row[0])) if row else ()


def _is_there(db: sqlite3.Connection, table: str) -> bool:
    return db.execute("select 1 from sqlite_master where name=?", (table,)).fetchone() is not None
