"""The targets of each document, in a table of the store beside its statements.

The table was added after the first indexes were made: a writer makes it where it is missing, and a reader
finds none in an index that no ingest has brought up to date.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from ingest.plans import Target

_TABLE = """
create table if not exists target (
  document_id integer not null references document on delete cascade,
  place integer not null, statement integer not null,
  number text, target text not null, measure text, baseline text, deadline text, responsible text, status text,
  primary key (document_id, place)
) without rowid
"""
_COLUMNS = "statement, number, target, measure, baseline, deadline, responsible, status"


def make_table(db: sqlite3.Connection) -> None:
    db.execute(_TABLE)


def is_there(db: sqlite3.Connection) -> bool:
    return db.execute("select 1 from sqlite_master where name='target'").fetchone() is not None


def insert(db: sqlite3.Connection, document_id: int, targets: Sequence[Target]) -> None:
    db.executemany(
        f"insert into target (document_id, place, {_COLUMNS}) values (?,?,?,?,?,?,?,?,?,?)",
        (
            (document_id, order, t.place, t.number, t.target, t.measure, t.baseline, t.deadline,
             t.responsible, t.status)
            for order, t in enumerate(targets)
        ),
    )  # fmt: skip


def of_document(db: sqlite3.Connection, document_id: int) -> tuple[Target, ...]:
    """In the order of the document."""
    rows = db.execute(f"select {_COLUMNS} from target where document_id=? order by place", (document_id,))
    return tuple(
        Target(place=r[0], number=r[1], target=r[2], measure=r[3], baseline=r[4], deadline=r[5],
               responsible=r[6], status=r[7])
        for r in rows
    )  # fmt: skip
