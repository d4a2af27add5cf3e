"""What an ingest will do, worked out before anything is done. Pure, but for hashing the files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.corrections import Correction, corrections_of
from ingest.load.outcome import TRY_AGAIN
from ingest.plans import Plan, PlanVersion, Reading, Register
from ingest.read import PIPELINE
from ingest.store import StoredDocument

_LAW_KINDS = frozenset({"law", "regulation"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file of the folder and what the register says of it."""

    file: str
    path: Path
    plan: Plan
    version: PlanVersion
    content_hash: str
    corrections: tuple[Correction, ...] = ()
    """What a person corrects in it."""

    @property
    def is_law(self) -> bool:
        return self.plan.kind in _LAW_KINDS

    @property
    def reading_key(self) -> str:
        """Changes when the same file would be read otherwise."""
        read = f"{PIPELINE}/{self.version.language or ''}/{'law' if self.is_law else ''}"
        return "/".join((read, *(c.key for c in self.corrections)))


@dataclass(frozen=True, slots=True)
class Changes:
    """`read`: new or changed, with what stands under the file now; `relabel`: same text, other plan."""

    read: tuple[tuple[Source, StoredDocument | None], ...]
    unchanged: tuple[tuple[Source, StoredDocument], ...]
    removed: tuple[StoredDocument, ...]

    @property
    def relabel(self) -> Iterator[tuple[Source, StoredDocument]]:
        for source, stored in self.unchanged:
            if (source.plan.plan_id, source.version.version_id) != (stored.plan_id, stored.version_id):
                yield source, stored


def sources(folder: Path, register: Register, corrections: tuple[Correction, ...] = ()) -> list[Source]:
    """Every file of the register, once, in the register's order."""
    return [
        Source(
            file=file,
            path=folder / file,
            plan=plan,
            version=version,
            content_hash=file_hash(folder / file),
            corrections=corrections_of(corrections, plan.plan_id, version.version_id),
        )
        for plan in register.plans
        for version in plan.versions
        for file in version.files
    ]


def changes(wanted: Sequence[Source], stored: Iterable[StoredDocument]) -> Changes:
    """Compares files with what the store holds of the same municipality, by content.

    A file that was read in part for want of time is read again, although it is the same.
    """
    held = {d.file: d for d in stored}
    read: list[tuple[Source, StoredDocument | None]] = []
    unchanged: list[tuple[Source, StoredDocument]] = []
    for source in wanted:
        before = held.pop(source.file, None)
        same = before is not None and (before.content_hash, before.reading_key) == (
            source.content_hash,
            source.reading_key,
        )
        if before is not None and same and TRY_AGAIN not in (before.reason or ""):
            unchanged.append((source, before))
        else:
            read.append((source, before))
    return Changes(tuple(read), tuple(unchanged), tuple(held.values()))


def file_hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def has_text(reading: str) -> bool:
    return reading in (Reading.OK, Reading.PARTIAL)
