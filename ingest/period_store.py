"""The days between which single statements hold, where their own text or a person says so.

The table was added after the first indexes were made: a writer makes it where it is missing, and a reader
finds none in an index that no ingest has brought up to date.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import date

from ingest.periods import Period
from ingest.plans import Statement

_TABLE = """
create table if not exists period (
  document_id integer not null references document on delete cascade,
  place integer not null, valid_from text, valid_to text,
  primary key (document_id, place)
) without rowid
"""


def make_table(db: sqlite3.Connection) -> None:
    db.execute(_TABLE)


def insert(db: sqlite3.Connection, document_id: int, said: Sequence[Statement]) -> None:
    db.executemany(
        "insert into period values (?,?,?,?)",
        (
            (document_id, place, _text(s.valid_from), _text(s.valid_to))
            for place, s in enumerate(said)
            if s.valid_from or s.valid_to
        ),
    )


def of_document(db: sqlite3.Connection, document_id: int) -> dict[int, Period]:
    """By the statement's place in the document, those that have one."""
    if db.execute("select 1 from sqlite_master where name='period'").fetchone() is None:
        return {}
    rows = db.execute("select place, valid_from, valid_to from period where document_id=?", (document_id,))
    return {place: Period(_day(begins), _day(ends)) for place, begins, ends in rows}


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
