"""The truth: what was read, in one SQLite file, one transaction a document.

Everything else in the index folder can be made again from it. Every row belongs to a municipality, so that
one installation can serve several. Queries open it read-only.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from ingest import correction_store, page_store, period_store, target_store
from ingest.correction_store import StoredOutcome
from ingest.errors import DiskFull, IndexDamaged, IndexMissing
from ingest.periods import Period
from ingest.plans import Amount, BlockKind, Force, Hidden, Span, Target, WordBox
from ingest.read import ReadDocument, embedded_text, text_key

FILE = "hjemmel.sqlite"
SCHEMA = 1

_TABLES = """
create table meta (key text primary key, value text not null) without rowid;
create table register (municipality_id text primary key, content text not null, folder text not null);
create table document (
  document_id integer primary key,
  municipality_id text not null,
  file text not null,
  plan_id text not null,
  version_id text,
  content_hash text not null,
  reading_key text not null,
  media_type text not null,
  reading text not null,
  reason text,
  language text not null,
  pages integer not null,
  passages integer not null,
  running text not null,
  unique (municipality_id, file)
);
create table page (
  document_id integer not null references document on delete cascade,
  place integer not null, number integer, label text, text text not null, ocr_confidence real,
  primary key (document_id, place)
) without rowid;
create table section (
  document_id integer not null references document on delete cascade,
  place integer not null, number text not null, heading text not null, depth integer not null,
  parent integer, path text not null,
  primary key (document_id, place)
) without rowid;
create table passage (
  passage_row integer primary key,
  passage_id text not null,
  document_id integer not null references document on delete cascade,
  section integer not null, text text not null, spans text not null
);
create index passage_of on passage (document_id);
create table statement (
  statement_id integer primary key,
  document_id integer not null references document on delete cascade,
  place integer not null, section integer not null,
  passage_row integer not null references passage on delete cascade,
  text text not null, context text not null, language text not null, kind text not null, force text not null, bearer text,
  amounts text not null, dates text not null, flags text not null, spans text not null,
  text_key blob not null
);
create index statement_of on statement (document_id);
create table vector (text_key blob primary key, vector blob not null, features blob not null) without rowid;
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDocument:
    document_id: int
    municipality_id: str
    file: str
    plan_id: str
    version_id: str | None
    content_hash: str
    reading_key: str
    media_type: str
    reading: str
    reason: str | None
    language: str
    pages: int
    passages: int
    running: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredStatement:
    """A statement as a query meets it; `pages` are physical, 1-based, None without pages."""

    statement_id: int
    document_id: int
    place: int
    passage_row: int
    section: int
    text: str
    context: str
    language: str
    kind: BlockKind
    force: Force
    bearer: str | None
    amounts: tuple[Amount, ...]
    dates: tuple[str, ...]
    flags: frozenset[str]
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredSection:
    number: str
    heading: str
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPassage:
    passage_row: int
    passage_id: str
    document_id: int
    section: int
    text: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class PassageCounts:
    added: int = 0
    kept: int = 0
    removed: int = 0


Encoded = Mapping[bytes, tuple[npt.NDArray[np.float32], npt.NDArray[np.uint32]]]
"""Vector and n-gram features by text key."""


class Store:
    """One open store. Writers go through `ingest.build`, which holds the lock."""

    def __init__(self, connection: sqlite3.Connection, folder: Path) -> None:
        self._db = connection
        self.folder = folder

    # --- opening --------------------------------------------------------------------------

    @classmethod
    def open(cls, folder: Path, *, write: bool = False) -> Store:
        """Opens the store of an index folder; `write` makes it when it is not there.

        Raises:
            IndexMissing: there is none, and `write` is False.
            IndexDamaged: the file is not a store, or one of a later version.
        """
        path = folder / FILE
        if not write and not path.exists():
            raise IndexMissing(f"there is no index in {folder}; run: hjemmel ingest FOLDER --index {folder}")
        try:
            if write:
                folder.mkdir(parents=True, exist_ok=True)
                db = sqlite3.connect(path, timeout=10, isolation_level=None)
                db.execute("pragma journal_mode=wal")
            else:
                db = sqlite3.connect(
                    f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=10, isolation_level=None,
                    check_same_thread=False,
                )  # fmt: skip
            db.execute("pragma foreign_keys=on")
            store = cls(db, folder)
            store._check_schema(create=write)
        except (sqlite3.Error, OSError) as error:
            raise _translated(error, path) from error
        return store

    def _check_schema(self, *, create: bool) -> None:
        tables = {r[0] for r in self._db.execute("select name from sqlite_master where type='table'")}
        if not tables and create:
            self._db.executescript(_TABLES)
            self.set_meta("schema", str(SCHEMA))
            self.set_meta("generation", "0")
        found = self.meta("schema") if "meta" in tables or create else None
        if found != str(SCHEMA):
            raise IndexDamaged(
                f"{self.folder / FILE} has schema {found!r}, this version reads {SCHEMA};"
                " move the folder away and ingest again"
            )
        if create:
            target_store.make_table(self._db)
            page_store.make_tables(self._db)
            correction_store.make_table(self._db)
            period_store.make_table(self._db)

    def close(self) -> None:
        self._db.close()

    # --- meta and register ----------------------------------------------------------------

    def meta(self, key: str) -> str | None:
        row = self._db.execute("select value from meta where key=?", (key,)).fetchone()
        return row[0] if row else None

    def set_meta(self, key: str, value: str) -> None:
        try:
            self._db.execute("insert or replace into meta values (?, ?)", (key, value))
        except sqlite3.Error as error:
            raise _translated(error, self.folder / FILE) from error

    @property
    def generation(self) -> int:
        """Counts up with every change; the search files carry the one they were made from."""
        return int(self.meta("generation") or 0)

    def set_register(self, municipality_id: str, content: str, folder: Path) -> None:
        with self.transaction():
            self._db.execute(
                "insert or replace into register values (?, ?, ?)", (municipality_id, content, str(folder))
            )

    def registers(self) -> dict[str, tuple[str, Path]]:
        """Register content and documents' folder by municipality."""
        rows = self._db.execute("select municipality_id, content, folder from register")
        return {m: (content, Path(folder)) for m, content, folder in rows}

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; counts the generation up."""
        try:
            self._db.execute("begin immediate")
            yield
            self.set_meta("generation", str(self.generation + 1))
            self._db.execute("commit")
        except sqlite3.Error as error:
            self._rollback()
            raise _translated(error, self.folder / FILE) from error
        except BaseException:
            self._rollback()
            raise

    def _rollback(self) -> None:
        if self._db.in_transaction:
            self._db.execute("rollback")

    # --- documents ------------------------------------------------------------------------

    def documents(self, municipality_id: str | None = None) -> list[StoredDocument]:
        sql = (
            "select document_id, municipality_id, file, plan_id, version_id, content_hash, reading_key,"
            " media_type, reading, reason, language, pages, passages, running from document"
        )
        rows = self._db.execute(
            sql + (" where municipality_id=? order by file" if municipality_id else " order by document_id"),
            (municipality_id,) if municipality_id else (),
        )
        names = StoredDocument.__dataclass_fields__
        return [
            StoredDocument(**{**dict(zip(names, r, strict=True)), "running": tuple(json.loads(r[-1]))})
            for r in rows
        ]

    def relabel(self, document_id: int, plan_id: str, version_id: str | None) -> None:
        """The same file under another plan or version of the register."""
        with self.transaction():
            self._db.execute(
                "update document set plan_id=?, version_id=? where document_id=?",
                (plan_id, version_id, document_id),
            )

    def known_vectors(self, keys: Iterable[bytes]) -> set[bytes]:
        wanted = list(dict.fromkeys(keys))
        known: set[bytes] = set()
        for start in range(0, len(wanted), 500):
            part = wanted[start : start + 500]
            marks = ",".join("?" * len(part))
            rows = self._db.execute(f"select text_key from vector where text_key in ({marks})", part)
            known.update(r[0] for r in rows)
        return known

    def replace_document(
        self,
        *,
        municipality_id: str,
        file: str,
        plan_id: str,
        version_id: str | None,
        content_hash: str,
        reading_key: str,
        read: ReadDocument,
        encoded: Encoded,
    ) -> PassageCounts:
        """Puts a document in place of what stood under its file, passages counted by id."""
        with self.transaction():
            before = self._passage_ids(municipality_id, file)
            self._db.execute(
                "delete from document where municipality_id=? and file=?", (municipality_id, file)
            )
            loaded = read.loaded
            cursor = self._db.execute(
                "insert into document (municipality_id, file, plan_id, version_id, content_hash, reading_key,"
                " media_type, reading, reason, language, pages, passages, running)"
                " values (?,?,?,?,?,?,?,?,?,?,?,?,?)",
                (municipality_id, file, plan_id, version_id, content_hash, reading_key, loaded.media_type,
                 loaded.reading.value, loaded.reason, read.language, len(read.pages), len(read.passages),
                 json.dumps(read.running)),
            )  # fmt: skip
            document_id = int(cursor.lastrowid or 0)
            self._insert_vectors(encoded)
            self._insert_content(document_id, read)
            self._drop_unused_vectors()
        after = {p.passage_id for p in read.passages}
        return PassageCounts(len(after - before), len(after & before), len(before - after))

    def remove_document(self, document_id: int) -> int:
        """Removes a document and whatever only it held; returns how many passages went."""
        with self.transaction():
            count: int = self._db.execute(
                "select count(*) from passage where document_id=?", (document_id,)
            ).fetchone()[0]
            self._db.execute("delete from document where document_id=?", (document_id,))
            self._drop_unused_vectors()
        return count

    def _passage_ids(self, municipality_id: str, file: str) -> set[str]:
        rows = self._db.execute(
            "select passage_id from passage join document using (document_id)"
            " where municipality_id=? and file=?",
            (municipality_id, file),
        )
        return {r[0] for r in rows}

    def _insert_vectors(self, encoded: Encoded) -> None:
        self._db.executemany(
            "insert or ignore into vector values (?, ?, ?)",
            ((k, v.astype(np.float16).tobytes(), f.tobytes()) for k, (v, f) in encoded.items()),
        )

    def _drop_unused_vectors(self) -> None:
        self._db.execute("delete from vector where text_key not in (select text_key from statement)")

    def _insert_content(self, document_id: int, read: ReadDocument) -> None:
        self._db.executemany(
            "insert into page values (?,?,?,?,?,?)",
            ((document_id, i, p.number, p.label, p.text, p.ocr_confidence) for i, p in enumerate(read.pages)),
        )
        self._db.executemany(
            "insert into section values (?,?,?,?,?,?,?)",
            ((document_id, s.index, s.number, s.heading, s.depth, s.parent, json.dumps(s.path))
             for s in read.sections),
        )  # fmt: skip
        target_store.insert(self._db, document_id, read.targets)
        page_store.insert(self._db, document_id, read.loaded)
        correction_store.insert(self._db, document_id, read.outcomes)
        period_store.insert(self._db, document_id, read.statements)
        passage_of: dict[int, int] = {}
        for passage in read.passages:
            cursor = self._db.execute(
                "insert into passage (passage_id, document_id, section, text, spans) values (?,?,?,?,?)",
                (passage.passage_id, document_id, passage.section, passage.text, _spans_text(passage.spans)),
            )
            passage_of.update(dict.fromkeys(passage.statements, int(cursor.lastrowid or 0)))
        self._db.executemany(
            "insert into statement (document_id, place, section, passage_row, text, context, language, kind,"
            " force, bearer, amounts, dates, flags, spans, text_key) values (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            (
                (document_id, place, s.section, passage_of[place], s.text, s.context, s.language, s.kind.value,
                 s.force.value, s.bearer, json.dumps([asdict(a) for a in s.amounts]), json.dumps(s.dates),
                 " ".join(sorted(s.flags)), _spans_text(s.spans), text_key(embedded_text(s)))
                for place, s in enumerate(read.statements)
            ),
        )  # fmt: skip

    # --- reading back ---------------------------------------------------------------------

    def search_rows(self) -> Iterator[tuple[int, int, int, int, str, bytes, bytes]]:
        """Statement, document, section, passage row, language, vector and features, in a fixed order."""
        yield from self._db.execute(
            "select s.statement_id, s.document_id, s.section, s.passage_row, s.language, v.vector, v.features"
            " from statement s join vector v using (text_key) order by s.statement_id"
        )

    def count_statements(self) -> int:
        return int(self._db.execute("select count(*) from statement").fetchone()[0])

    def statements(self, ids: Sequence[int]) -> dict[int, StoredStatement]:
        rows = self._many(
            "select statement_id, document_id, place, passage_row, section, text, context, language, kind, force,"
            " bearer, amounts, dates, flags, spans from statement where statement_id in ({})",
            ids,
        )
        return {r[0]: _statement(r) for r in rows}

    def statements_of(self, document_id: int) -> list[StoredStatement]:
        """All statements of a document, in reading order."""
        rows = self._db.execute(
            "select statement_id, document_id, place, passage_row, section, text, context, language, kind, force,"
            " bearer, amounts, dates, flags, spans from statement where document_id=? order by place",
            (document_id,),
        )
        return [_statement(r) for r in rows]

    @property
    def keeps_targets(self) -> bool:
        """False for an index that was made before targets were kept, until an ingest brings it up to date."""
        return target_store.is_there(self._db)

    def targets_of(self, document_id: int) -> tuple[Target, ...]:
        """The targets of a document, in its order; none where the index keeps none."""
        return target_store.of_document(self._db, document_id) if self.keeps_targets else ()

    def passages(self, rows_wanted: Sequence[int]) -> dict[int, StoredPassage]:
        rows = self._many(
            "select passage_row, passage_id, document_id, section, text, spans from passage"
            " where passage_row in ({})",
            rows_wanted,
        )
        return {
            r[0]: StoredPassage(
                passage_row=r[0], passage_id=r[1], document_id=r[2], section=r[3], text=r[4],
                spans=_spans(r[5]),
            )
            for r in rows
        }  # fmt: skip

    def all_passages(self) -> list[tuple[int, str, int]]:
        """Passage row, id and document of every passage."""
        return list(self._db.execute("select passage_row, passage_id, document_id from passage"))

    def sections(self, document_id: int) -> dict[int, StoredSection]:
        rows = self._db.execute(
            "select place, number, heading, path from section where document_id=?", (document_id,)
        )
        return {
            place: StoredSection(number=number, heading=heading, path=tuple(json.loads(path)))
            for place, number, heading, path in rows
        }

    def pages(self, document_id: int) -> list[tuple[int | None, float | None]]:
        """Physical number and recognition confidence of every page, in order."""
        sql = "select number, ocr_confidence from page where document_id=? order by place"
        return list(self._db.execute(sql, (document_id,)))

    def hidden_text(self, document_id: int) -> tuple[Hidden, ...]:
        """What a document holds that no reader sees."""
        return page_store.hidden_of(self._db, document_id)

    def periods(self, document_id: int) -> dict[int, Period]:
        """The days between which single statements hold, by their place in the document."""
        return period_store.of_document(self._db, document_id)

    def correction_outcomes(self, municipality_id: str) -> tuple[StoredOutcome, ...]:
        """What became of a person's corrections in the documents of a municipality."""
        return correction_store.outcomes(self._db, municipality_id)

    def recognised_words(self, document_id: int, number: int) -> tuple[WordBox, ...]:
        """Where the words of a page recognised from a picture stand."""
        return page_store.words_of(self._db, document_id, number)

    def text_at(self, document_id: int, place: int) -> str:
        """The text as found of the page at that place in the document, 0-based."""
        sql = "select text from page where document_id=? and place=?"
        row = self._db.execute(sql, (document_id, place)).fetchone()
        return row[0] if row else ""

    def page_text(self, document_id: int, number: int | None) -> str:
        """The text of a physical page, or of the whole of a document without pages."""
        row = self._db.execute(
            "select text from page where document_id=? and (number=? or number is null) order by place",
            (document_id, number),
        ).fetchone()
        return row[0] if row else ""

    def _many(self, sql: str, ids: Sequence[int]) -> list[Any]:
        found: list[Any] = []
        for start in range(0, len(ids), 500):
            part = [int(i) for i in ids[start : start + 500]]
            found.extend(self._db.execute(sql.format(",".join("?" * len(part))), part))
        return found

    def integrity(self) -> str:
        """ "ok", or what SQLite finds wrong."""
        try:
            return str(self._db.execute("pragma quick_check(1)").fetchone()[0])
        except sqlite3.Error as error:
            return str(error)


def _statement(row: Any) -> StoredStatement:
    return StoredStatement(
        statement_id=row[0],
        document_id=row[1],
        place=row[2],
        passage_row=row[3],
        section=row[4],
        text=row[5],
        context=row[6],
        language=row[7],
        kind=BlockKind(row[8]),
        force=Force(row[9]),
        bearer=row[10],
        amounts=tuple(Amount(**a) for a in json.loads(row[11])),
        dates=tuple(json.loads(row[12])),
        flags=frozenset(row[13].split()),
        spans=_spans(row[14]),
    )


def _spans_text(spans: Sequence[Span]) -> str:
    return " ".join(f"{s.page_index}:{s.start}-{s.end}" for s in spans)


def _spans(text: str) -> tuple[Span, ...]:
    spans = []
    for part in text.split():
        page, _, offsets = part.partition(":")
        start, _, end = offsets.partition("-")
        spans.append(Span(int(page), int(start), int(end)))
    return tuple(spans)


def _translated(error: Exception, path: Path) -> Exception:
    words = str(error)
    if "full" in words or "No space" in words or "I/O error" in words:
        return DiskFull(
            f"no space left while writing {path}; what was committed stands: make room and run again"
        )
    if "unable to open" in words or isinstance(error, PermissionError):
        return IndexDamaged(f"{path} cannot be opened ({words}); check the folder's permissions")
    if isinstance(error, IndexDamaged | IndexMissing):
        return error
    return IndexDamaged(f"{path} cannot be read as an index ({words}); move it away and ingest again")
