"""Brings an index to what a folder of plans holds: plan the changes, then do them, one document at a time.

Interrupted at any point, what was done stands and the next run does the rest. One writer at a time.
"""

from __future__ import annotations

import errno
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ingest import search_files
from ingest.changes import Changes, Source, changes, has_text, sources
from ingest.correct import corrected, corrected_register
from ingest.corrections import Correction, read_corrections
from ingest.corrections_standing import Standing, standing
from ingest.embed import DEFAULT, Encoder, open_encoder
from ingest.errors import DiskFull, EncoderMismatch, IndexLocked, UnreadableFolder
from ingest.load.cage import Cage
from ingest.ngrams import features
from ingest.plans import LoadedDocument, Register
from ingest.read import ReadDocument, embedded_text, read_document, text_key
from ingest.register import read_register
from ingest.register_record import to_json
from ingest.store import Encoded, PassageCounts, Store, StoredDocument

ORIGINALS = "originals"
Progress = Callable[[int, int, str], None]
"""Called with documents done, documents in all, and the file at hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentReport:
    """What became of one file; `outcome` is new, changed, unchanged, removed or failed."""

    file: str
    plan_id: str
    outcome: str
    reading: str
    reason: str | None
    pages: int
    passages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestReport:
    documents: tuple[DocumentReport, ...]
    passages: PassageCounts
    seconds: float
    confirmed: bool = True
    corrections_unapplied: tuple[Standing, ...] = ()

    def count(self, outcome: str) -> int:
        return sum(d.outcome == outcome for d in self.documents)

    def to_json(self) -> dict[str, Any]:
        """The contract's JSON for an ingest."""
        outcomes = ("new", "changed", "unchanged", "removed", "failed")
        return {
            **{outcome: self.count(outcome) for outcome in outcomes},
            "documents": [
                {name: getattr(d, name) for name in DocumentReport.__dataclass_fields__}
                for d in self.documents
            ],
            "passages": {
                "added": self.passages.added,
                "kept": self.passages.kept,
                "removed": self.passages.removed,
            },
            "seconds": round(self.seconds, 2),
            "register_confirmed": self.confirmed,
            "corrections_unapplied": [s.to_json() for s in self.corrections_unapplied],
        }


@dataclass(slots=True)
class _Work:
    """One run's parts and tallies."""

    store: Store
    index: Path
    encoder_choice: str | Encoder
    cache: Path
    progress: Progress
    encoder: Encoder | None = None
    reports: list[DocumentReport] = field(default_factory=list)
    added: int = 0
    kept: int = 0
    removed: int = 0

    def open_encoder(self) -> Encoder:
        if self.encoder is None:
            chosen = self.encoder_choice
            self.encoder = open_encoder(chosen, self.cache) if isinstance(chosen, str) else chosen
            recorded = self.store.meta("encoder")
            if recorded is not None and recorded != self.encoder.name:
                raise EncoderMismatch(mismatch(self.index, recorded, self.encoder.name))
            self.store.set_meta("encoder", self.encoder.name)
            self.store.set_meta("dimension", str(self.encoder.dimension))
        return self.encoder


def mismatch(index: Path, recorded: str, chosen: str) -> str:
    return (
        f"the index in {index} was made by the encoder {recorded!r}, and {chosen!r} is chosen now;"
        " choose the same with HJEMMEL_ENCODER, or ingest into another folder with --index"
    )


def ingest(
    folder: Path,
    index: Path,
    *,
    cache: Path,
    encoder: str | Encoder = DEFAULT,
    progress: Progress = lambda done, total, file: None,
) -> IngestReport:
    """Brings `index` to what `folder` holds. `encoder`: a choice as `open_encoder` takes it, or an open one.

    Raises:
        RegisterError: the register is not sound; nothing was indexed.
        UnreadableFolder, IndexLocked, EncoderMismatch, EncoderUnavailable, DiskFull, IndexDamaged.
    """
    started = time.monotonic()
    if not folder.is_dir():
        raise UnreadableFolder(f"{folder} is not a folder of documents; name one that exists")
    with _disk_full_named(index), writer_lock(index), Cage() as cage:
        store = Store.open(index, write=True)
        try:
            work = _Work(store, index, encoder, cache, progress)
            corrections = read_corrections(folder)
            found = read_register(folder) or _guessed(folder, cage)
            register, _ = corrected_register(found, corrections)
            _bring_up_to_date(work, folder, register, corrections, cage)
            unapplied = tuple(s for s in standing(corrections, register, store) if s.applied is not True)
        finally:
            store.close()
    counts = PassageCounts(work.added, work.kept, work.removed)
    seconds = time.monotonic() - started
    return IngestReport(
        documents=tuple(work.reports),
        passages=counts,
        seconds=seconds,
        confirmed=register.confirmed,
        corrections_unapplied=unapplied,
    )


def _bring_up_to_date(
    work: _Work, folder: Path, register: Register, corrections: tuple[Correction, ...], cage: Cage
) -> None:
    store, municipality = work.store, register.municipality.municipality_id
    todo = changes(sources(folder, register, corrections), store.documents(municipality))
    if todo.read and store.meta("encoder"):
        work.open_encoder()  # a mismatch must be told before anything is changed
    content = to_json(register)
    if store.registers().get(municipality) != (content, folder.absolute()):
        store.set_register(municipality, content, folder.absolute())
    for source, stored in todo.relabel:
        store.relabel(stored.document_id, source.plan.plan_id, source.version.version_id)
    for done, (source, before) in enumerate(todo.read):
        work.progress(done, len(todo.read), source.file)
        _read_one(work, municipality, source, before, cage.load(source.path))
    _finish(work, todo)


def _read_one(
    work: _Work, municipality: str, source: Source, before: StoredDocument | None, loaded: LoadedDocument
) -> None:
    key = f"{municipality}/{source.plan.plan_id}/{source.version.version_id or ''}/{source.file}"
    failed = not has_text(loaded.reading)
    if failed and before is not None and has_text(before.reading):
        reason = f"{loaded.reason}; what was read of the earlier file stays until this one can be read"
        _report(work, source, "failed", loaded.reading.value, reason, before.pages, before.passages)
        return
    read = read_document(loaded, key, language=source.version.language, is_law=source.is_law)
    read = corrected(read, source.corrections)
    encoded = _encode(work, read) if read.statements else {}
    counts = work.store.replace_document(
        municipality_id=municipality,
        file=source.file,
        plan_id=source.plan.plan_id,
        version_id=source.version.version_id,
        content_hash=source.content_hash,
        reading_key=source.reading_key,
        read=read,
        encoded=encoded,
    )
    _keep_original(work.index, source)
    work.added += counts.added
    work.kept += counts.kept
    work.removed += counts.removed
    outcome = "failed" if failed else "changed" if before else "new"
    _report(work, source, outcome, loaded.reading.value, loaded.reason, len(read.pages), len(read.passages))


def _encode(work: _Work, read: ReadDocument) -> Encoded:
    """Vectors and n-grams of the statements the store does not hold yet."""
    texts = {text_key(t): t for t in map(embedded_text, read.statements)}
    known = work.store.known_vectors(texts)
    missing = {key: text for key, text in texts.items() if key not in known}
    if not missing:
        return {}
    vectors = work.open_encoder().encode_passages(list(missing.values()))
    return {
        key: (vector, features(text)) for (key, text), vector in zip(missing.items(), vectors, strict=True)
    }


def _keep_original(index: Path, source: Source) -> None:
    """A copy under its hash, so that a citation can open the very text it quotes."""
    kept = original_path(index, source.content_hash, source.file)
    if not kept.exists():
        kept.parent.mkdir(exist_ok=True)
        partial = kept.with_suffix(".partial")
        shutil.copyfile(source.path, partial)
        partial.replace(kept)


def original_path(index: Path, content_hash: str, file: str) -> Path:
    return index / ORIGINALS / f"{content_hash}{Path(file).suffix.lower()}"


def _report(
    work: _Work, source: Source, outcome: str, reading: str, reason: str | None, pages: int, passages: int
) -> None:
    work.reports.append(
        DocumentReport(
            file=source.file,
            plan_id=source.plan.plan_id,
            outcome=outcome,
            reading=reading,
            reason=reason,
            pages=pages,
            passages=passages,
        )
    )


def _finish(work: _Work, todo: Changes) -> None:
    """Removes what is gone, last, and makes the rebuildable parts anew where anything changed."""
    for source, stored in todo.unchanged:
        outcome = "unchanged" if has_text(stored.reading) else "failed"
        _report(work, source, outcome, stored.reading, stored.reason, stored.pages, stored.passages)
    for stored in todo.removed:
        work.removed += work.store.remove_document(stored.document_id)
        work.reports.append(
            DocumentReport(
                file=stored.file, plan_id=stored.plan_id, outcome="removed", reading=stored.reading,
                reason=None, pages=stored.pages, passages=stored.passages,
            )
        )  # fmt: skip
    if not search_files.exists(work.store):
        make_search(work.store, work.index)
    held = {d.content_hash for d in work.store.documents()}
    for path in (work.index / ORIGINALS).glob("*"):
        if path.stem not in held:
            path.unlink()


def make_search(store: Store, index: Path) -> None:
    """Makes everything a query reads from the store."""
    from ingest import chroma_index

    chroma_index.update(store, index)
    search_files.write(store)


def _guessed(folder: Path, cage: Cage) -> Register:
    """The register worked out from the documents, for a folder that has none."""
    from ingest.guess_folder import guess_folder

    return guess_folder(folder, cage.load)


@contextmanager
def writer_lock(index: Path) -> Iterator[None]:
    """Holds the index for writing.

    Raises:
        IndexLocked: another process holds it; its number is in the message.
    """
    from filelock import FileLock, Timeout

    index.mkdir(parents=True, exist_ok=True)
    lock = FileLock(index / "writer.lock", timeout=0)
    holder = index / "writer.pid"
    try:
        lock.acquire()
    except Timeout as error:
        who = holder.read_text(encoding="ascii").strip() if holder.exists() else "unknown"
        raise IndexLocked(
            f"another process (number {who}) is writing to {index}; wait until it is done and run again"
        ) from error
    try:
        holder.write_text(str(os.getpid()), encoding="ascii")
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


@contextmanager
def _disk_full_named(index: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise DiskFull(
                f"no space left while writing {index}; what was committed stands: make room and run again"
            ) from error
        raise
