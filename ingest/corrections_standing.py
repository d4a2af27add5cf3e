"""Which of a person's corrections hold in an index, and why others do not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ingest.correct import corrected_register
from ingest.correction_store import StoredOutcome
from ingest.corrections import Correction
from ingest.plans import Register
from ingest.store import Store

NOT_YET = "it is not ingested yet; run: hjemmel ingest FOLDER"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A correction and whether it is `applied`: None where no ingest has met it."""

    correction: Correction
    applied: bool | None
    reason: str | None = None
    machine: Mapping[str, str | None] = field(default_factory=dict)

    def __str__(self) -> str:
        c = self.correction
        return f"{c.correction_id} ({c.plan_id}, {c.kind}): {self.reason}"

    def to_json(self) -> dict[str, Any]:
        c = self.correction
        return {
            "id": c.correction_id,
            "plan_id": c.plan_id,
            "version": c.version_id,
            "page": c.page,
            "quote": c.quote or None,
            "kind": c.kind,
            "values": dict(c.values),
            "by": c.by,
            "on": c.on.isoformat() if c.on else None,
            "why": c.why,
            "applied": self.applied,
            "reason": self.reason,
            "machine": dict(self.machine),
        }


def standing(
    corrections: Sequence[Correction], register: Register | None, store: Store | None
) -> tuple[Standing, ...]:
    """In the order of the file. `register`: the index's own, as an ingest stored it."""
    outcomes: tuple[StoredOutcome, ...] = ()
    if register is not None and store is not None:
        outcomes = store.correction_outcomes(register.municipality.municipality_id)
    return tuple(
        _one(c, register, [o for o in outcomes if o.correction_id == c.correction_id]) for c in corrections
    )


def _one(correction: Correction, register: Register | None, met: Iterable[StoredOutcome]) -> Standing:
    if register is None:
        return Standing(correction=correction, applied=None, reason=NOT_YET)
    made, outcomes = corrected_register(register, [correction])
    for outcome in outcomes:
        if not outcome.applied:
            return Standing(correction=correction, applied=False, reason=outcome.reason)
    if not correction.is_of_text:
        # Applied once more, what holds already changes nothing.
        applied = True if made == register else None
        return Standing(correction=correction, applied=applied, reason=None if applied else NOT_YET)
    current = [o for o in met if o.key == correction.key]
    held = next((o for o in current if o.applied), None) or next(iter(current), None)
    if held is None:
        return Standing(correction=correction, applied=None, reason=NOT_YET)
    return Standing(correction=correction, applied=held.applied, reason=held.reason, machine=held.machine)
