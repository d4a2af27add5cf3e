"""What became of a person's corrections in each document, beside the machine's reading of the same.

The table was added after the first indexes were made: a writer makes it where it is missing, and a reader
finds nothing in an index that no ingest has brought up to date.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ingest.corrections import Outcome

_TABLE = """
create table if not exists correction (
  document_id integer not null references document on delete cascade,
  correction_id text not null, key text not null, applied integer not null, reason text, machine text not null,
  primary key (document_id, correction_id)
) without rowid
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredOutcome:
    """`key` tells whether the correction still says what it said then; `machine`: what was read there."""

    document_id: int
    correction_id: str
    key: str
    applied: bool
    reason: str | None
    machine: dict[str, Any]


def make_table(db: sqlite3.Connection) -> None:
    db.execute(_TABLE)


def insert(db: sqlite3.Connection, document_id: int, outcomes: Sequence[Outcome]) -> None:
    db.executemany(
        "insert into correction values (?,?,?,?,?,?)",
        (
            (document_id, o.correction.correction_id, o.correction.key, o.applied, o.reason,
             json.dumps(dict(o.machine), ensure_ascii=False))
            for o in outcomes
        ),
    )  # fmt: skip


def outcomes(db: sqlite3.Connection, municipality_id: str) -> tuple[StoredOutcome, ...]:
    """Those of a municipality's documents; none where the index keeps none."""
    if db.execute("select 1 from sqlite_master where name='correction'").fetchone() is None:
        return ()
    rows = db.execute(
        "select c.document_id, c.correction_id, c.key, c.applied, c.reason, c.machine from correction c"
        " join document d using (document_id) where d.municipality_id=? order by 2, 1",
        (municipality_id,),
    )
    return tuple(
        StoredOutcome(document_id=r[0], correction_id=r[1], key=r[2], applied=bool(r[3]), reason=r[4],
                      machine=json.loads(r[5]))
        for r in rows
    )  # fmt: skip
