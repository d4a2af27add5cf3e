"""The bank: items, their history, what was refused, and where sets were handed out. One SQLite file.

It lies beside the index, not in it: what people have checked cannot be made again, so no ingest and no repair
ever touches it. Several municipalities may share one bank; an item marked `shared` shows in all of them.
"""

from __future__ import annotations

import json
import secrets
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from assistant.training.errors import BankDamaged, UnknownItem
from assistant.training.items import Item, State, fingerprint, item_from
from assistant.training.records import Event, Handout, anchor

SCHEMA = 1

_TABLES = """
create table meta (key text primary key, value text not null) without rowid;
create table item (
  item_id text primary key, municipality text not null, shared integer not null, state text not null,
  kind text not null, language text not null, content text not null, created text not null
) without rowid;
create table event (
  event_id integer primary key, item_id text not null, at text not null, what text not null,
  role text not null, reason text not null, detail text not null
);
create index event_of on event (item_id);
create table refused (
  municipality text not null, what text not null, anchor text not null, words text not null,
  primary key (municipality, what, anchor, words)
) without rowid;
create table handout (
  handout_id text primary key, municipality text not null, name text not null, how text not null,
  place text not null, on_day text not null, drafts integer not null, item_ids text not null
) without rowid;
"""


class Bank:
    """One open bank; safe to use from several threads."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._db = connection
        self._lock = threading.RLock()
        self.path = path

    @classmethod
    def open(cls, path: Path) -> Bank:
        """Opens a bank, and makes an empty one where there is none.

        Raises:
            BankDamaged: the file is not a bank, or one of a later version.
        """
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            db = sqlite3.connect(path, timeout=10, isolation_level=None, check_same_thread=False)
            db.execute("pragma journal_mode=wal")
            bank = cls(db, path)
            bank._check_schema()
        except (sqlite3.Error, OSError) as error:
            raise BankDamaged(f"{path} cannot be opened as a bank ({error}); name another --bank") from error
        return bank

    def _check_schema(self) -> None:
        tables = {r[0] for r in self._db.execute("select name from sqlite_master where type='table'")}
        if not tables:
            self._db.executescript(_TABLES)
            self._db.execute("insert into meta values ('schema', ?)", (str(SCHEMA),))
        row = self._db.execute("select value from meta where key='schema'").fetchone() if tables else None
        if tables and (row is None or row[0] != str(SCHEMA)):
            found = row[0] if row else None
            raise BankDamaged(
                f"{self.path} has schema {found!r}, this version reads {SCHEMA}; name another --bank"
            )

    def close(self) -> None:
        self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; may be nested."""
        with self._lock:
            if self._db.in_transaction:
                yield
                return
            self._db.execute("begin immediate")
            try:
                yield
            except BaseException:
                self._db.execute("rollback")
                raise
            self._db.execute("commit")

    # --- items ------------------------------------------------------------------------------

    def add(
        self, items: Iterable[Item], *, what: str = "made", role: str = "", reason: str = ""
    ) -> list[Item]:
        """Adds what the bank does not hold and has not refused; returns what was added."""
        added = []
        with self.transaction():
            for item in items:
                if self.has(item.item_id) or self.refuses_wording(item):
                    continue
                self._db.execute(
                    "insert into item values (?,?,?,?,?,?,?,?)",
                    (*_row(item), datetime.now(UTC).isoformat(timespec="seconds")),
                )
                self.record(item.item_id, what, role=role, reason=reason)
                added.append(item)
        return added

    def put(self, item: Item, what: str, *, role: str = "", reason: str = "", detail: Any = None) -> Item:
        """Writes an item over the one of its id, and what happened into its history."""
        with self.transaction():
            self.item(item.item_id)
            self._db.execute(
                "update item set municipality=?, shared=?, state=?, kind=?, language=?, content=?"
                " where item_id=?",
                (*_row(item)[1:], item.item_id),
            )
            self.record(item.item_id, what, role=role, reason=reason, detail=detail)
        return item

    def has(self, item_id: str) -> bool:
        return self._db.execute("select 1 from item where item_id=?", (item_id,)).fetchone() is not None

    def item(self, item_id: str) -> Item:
        """The item of that id.

        Raises:
            UnknownItem: there is none.
        """
        row = self._db.execute("select content from item where item_id=?", (item_id,)).fetchone()
        if row is None:
            raise UnknownItem(f"the bank has no item {item_id!r}; list them with: hjemmel qa review")
        return item_from(json.loads(row[0]))

    def items(
        self,
        municipality: str | None = None,
        *,
        state: State | None = None,
        language: str | None = None,
        plan: str | None = None,
    ) -> list[Item]:
        """Items in the order they were made: the municipality's own and the shared; all where none is named."""
        wanted, values = ["1"], list[Any]()
        for column, value in (("state", state.value if state else None), ("language", language)):
            if value is not None:
                wanted.append(f"{column}=?")
                values.append(value)
        if municipality is not None:
            wanted.append("(municipality=? or shared)")
            values.append(municipality)
        sql = f"select content from item where {' and '.join(wanted)} order by created, item_id"
        found = [item_from(json.loads(r[0])) for r in self._db.execute(sql, values)]
        return [item for item in found if plan is None or plan in item.plan_ids]

    # --- history ----------------------------------------------------------------------------

    def record(
        self, item_id: str, what: str, *, role: str = "", reason: str = "", detail: Any = None
    ) -> None:
        with self.transaction():
            self._db.execute(
                "insert into event (item_id, at, what, role, reason, detail) values (?,?,?,?,?,?)",
                (item_id, datetime.now(UTC).isoformat(timespec="seconds"), what, role, reason,
                 json.dumps(detail or {}, ensure_ascii=False)),
            )  # fmt: skip

    def history(self, item_id: str) -> list[Event]:
        """Everything that happened to an item, oldest first."""
        rows = self._db.execute(
            "select at, what, role, reason, detail from event where item_id=? order by event_id", (item_id,)
        )
        return [Event(at, what, role, reason, json.loads(detail)) for at, what, role, reason, detail in rows]

    # --- what does not come back ------------------------------------------------------------

    def refuse_wording(self, item: Item) -> None:
        self._refuse(item, "wording", fingerprint(item.question))

    def refuse_option(self, item: Item, text: str) -> None:
        self._refuse(item, "option", fingerprint(text))

    def refuses_wording(self, item: Item) -> bool:
        return self._refused(item, "wording", fingerprint(item.question))

    def refuses_option(self, item: Item, text: str) -> bool:
        return self._refused(item, "option", fingerprint(text))

    def _refuse(self, item: Item, what: str, words: str) -> None:
        with self.transaction():
            self._db.execute(
                "insert or ignore into refused values (?,?,?,?)",
                (item.municipality, what, anchor(item), words),
            )

    def _refused(self, item: Item, what: str, words: str) -> bool:
        row = self._db.execute(
            "select 1 from refused where municipality=? and what=? and anchor=? and words=?",
            (item.municipality, what, anchor(item), words),
        ).fetchone()
        return row is not None

    # --- handing out ------------------------------------------------------------------------

    def hand_out(
        self,
        items: Sequence[Item],
        *,
        municipality: str,
        how: str,
        place: str,
        name: str = "",
        on: date | None = None,
    ) -> Handout:
        """Remembers that a set went out, so that a stale item is told to those who use it."""
        made = Handout(
            handout_id=secrets.token_urlsafe(8),
            municipality=municipality,
            name=name or place,
            how=how,
            place=place,
            on=on or date.today(),
            item_ids=tuple(item.item_id for item in items),
            drafts=any(item.state is not State.APPROVED for item in items),
        )
        with self.transaction():
            self._db.execute(
                "insert into handout values (?,?,?,?,?,?,?,?)",
                (made.handout_id, municipality, made.name, how, place, made.on.isoformat(), int(made.drafts),
                 json.dumps(made.item_ids)),
            )  # fmt: skip
            for item_id in made.item_ids:
                self.record(item_id, "handed_out", detail={"handout": made.handout_id, "place": place})
        return made

    def handouts(self, municipality: str | None = None, *, item_id: str | None = None) -> list[Handout]:
        """Sets that went out, oldest first; those with an item where one is named."""
        rows = self._db.execute(
            "select handout_id, municipality, name, how, place, on_day, drafts, item_ids from handout"
            " where (? is null or municipality=?) order by on_day, handout_id",
            (municipality, municipality),
        )
        found = [
            Handout(
                handout_id=r[0], municipality=r[1], name=r[2], how=r[3], place=r[4],
                on=date.fromisoformat(r[5]), drafts=bool(r[6]), item_ids=tuple(json.loads(r[7])),
            )
            for r in rows
        ]  # fmt: skip
        return [handout for handout in found if item_id is None or item_id in handout.item_ids]

    def handout(self, handout_id: str) -> Handout:
        """The set of that id.

        Raises:
            UnknownItem: there is none.
        """
        found = next((h for h in self.handouts() if h.handout_id == handout_id), None)
        if found is None:
            raise UnknownItem(f"the bank has no set {handout_id!r}; it may have been handed out from another")
        return found


def _row(item: Item) -> tuple[Any, ...]:
    content = json.dumps(item.to_json(), ensure_ascii=False)
    return (
        item.item_id,
        item.municipality,
        int(item.shared),
        item.state.value,
        item.kind.value,
        item.language,
        content,
    )
