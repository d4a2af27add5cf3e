"""What an ingest would do and what it could not read, without changing anything."""

from __future__ import annotations

import time
from pathlib import Path

from ingest.build import DocumentReport, IngestReport
from ingest.changes import changes, has_text, sources
from ingest.corrections import read_corrections
from ingest.errors import IndexMissing, UnreadableFolder
from ingest.load.cage import Cage
from ingest.register import read_register
from ingest.store import PassageCounts, Store, StoredDocument


def foresee(folder: Path, index: Path) -> IngestReport:
    """Reads what is new or changed, and reports as an ingest would; nothing is written.

    Raises:
        RegisterError, UnreadableFolder.
    """
    started = time.monotonic()
    if not folder.is_dir():
        raise UnreadableFolder(f"{folder} is not a folder of documents; name one that exists")
    reports = []
    with Cage() as cage:
        register = read_register(folder)
        if register is None:
            from ingest.guess_folder import guess_folder

            register = guess_folder(folder, cage.load)
        held = _stored(index, register.municipality.municipality_id)
        todo = changes(sources(folder, register, read_corrections(folder)), held)
        for source, before in todo.read:
            loaded = cage.load(source.path)
            outcome = "failed" if not has_text(loaded.reading) else "changed" if before else "new"
            reports.append(_report(source.file, source.plan.plan_id, outcome, loaded.reading.value,
                                   loaded.reason, len(loaded.pages)))  # fmt: skip
    for source, stored in todo.unchanged:
        outcome = "unchanged" if has_text(stored.reading) else "failed"
        reports.append(
            _report(source.file, source.plan.plan_id, outcome, stored.reading, stored.reason, stored.pages)
        )
    for stored in todo.removed:
        reports.append(_report(stored.file, stored.plan_id, "removed", stored.reading, None, stored.pages))
    seconds = time.monotonic() - started
    return IngestReport(
        documents=tuple(reports), passages=PassageCounts(), seconds=seconds, confirmed=register.confirmed
    )


def _stored(index: Path, municipality_id: str) -> list[StoredDocument]:
    try:
        store = Store.open(index)
    except IndexMissing:
        return []
    try:
        return store.documents(municipality_id)
    finally:
        store.close()


def _report(
    file: str, plan_id: str, outcome: str, reading: str, reason: str | None, pages: int
) -> DocumentReport:
    return DocumentReport(
        file=file, plan_id=plan_id, outcome=outcome, reading=reading, reason=reason, pages=pages, passages=0
    )
