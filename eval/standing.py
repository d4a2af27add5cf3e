"""Which plans were in force on a date, read off the register alone.

Deliberately not the assistant's own answer to that: a fault there must not excuse itself here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from ingest.plans import Plan, PlanVersion, Register, Status


class Standing(StrEnum):
    """What a text was on a date. A plan past its period with nothing in its place may still govern."""

    IN_FORCE = "in_force"
    EXPIRED = "expired"
    DRAFT = "draft"
    NOT_YET = "not_yet"
    SUPERSEDED = "superseded"
    REPEALED = "repealed"
    UNKNOWN = "unknown"

    @property
    def may_govern(self) -> bool:
        return self in {Standing.IN_FORCE, Standing.EXPIRED, Standing.UNKNOWN}


@dataclass(frozen=True, slots=True)
class Standings:
    """A register asked what stood when."""

    register: Register

    def of(self, plan_id: str, version: str | None, as_of: str | None) -> Standing:
        """The standing of one version; of a plan with no version named, the best of its versions."""
        plan = next((each for each in self.register.plans if each.plan_id == plan_id), None)
        if plan is None:
            return Standing.UNKNOWN
        day = date.fromisoformat(as_of) if as_of else None
        versions = [each for each in plan.versions if version in {None, each.version_id}]
        found = [self._of_version(plan, each, day) for each in versions]
        return min(found, key=list(Standing).index, default=Standing.UNKNOWN)

    def files(self) -> set[str]:
        """Every file the register names."""
        return {name for plan in self.register.plans for version in plan.versions for name in version.files}

    def owners(self) -> dict[str, tuple[str, str | None, int]]:
        """Whose each file is: plan, version and level."""
        return {
            name: (plan.plan_id, version.version_id, plan.level)
            for plan in self.register.plans
            for version in plan.versions
            for name in version.files
        }

    def level(self, plan_id: str) -> int | None:
        return next((each.level for each in self.register.plans if each.plan_id == plan_id), None)

    def adopted(self, plan_id: str) -> date:
        """The latest day on which any of a plan's texts was adopted or began; long ago where none is said."""
        plan = next((each for each in self.register.plans if each.plan_id == plan_id), None)
        days = [
            day
            for version in (plan.versions if plan else ())
            for day in (version.adopted_on, version.valid_from)
            if day is not None
        ]
        return max(days, default=date.min)

    def _of_version(self, plan: Plan, version: PlanVersion, day: date | None) -> Standing:
        if version.status in {Status.DRAFT, Status.HEARING}:
            return Standing.DRAFT
        return _today(version) if day is None else self._on(plan, version, day)

    def _on(self, plan: Plan, version: PlanVersion, day: date) -> Standing:
        start = _start(version)
        if start is not None and start > day:
            return Standing.NOT_YET
        if version.repealed_on is not None and version.repealed_on <= day:
            return Standing.REPEALED
        if self._replaced(plan, version, day):
            return Standing.SUPERSEDED
        expired = version.valid_to is not None and version.valid_to < day
        return Standing.EXPIRED if expired else Standing.IN_FORCE

    def _replaced(self, plan: Plan, version: PlanVersion, day: date) -> bool:
        """Whether a later text of the plan or a plan that supersedes it was in force by then.

        A text called superseded with no successor to date it by was replaced when its period ended.
        """
        successors = [*self._later_versions(plan, version), *self._superseding(plan)]
        if any(start is None or start <= day for start in successors):
            return True
        if version.status is Status.SUPERSEDED and not successors:
            return version.valid_to is None or version.valid_to < day
        return False

    def _later_versions(self, plan: Plan, version: PlanVersion) -> Iterator[date]:
        start = _start(version)
        for other in plan.versions:
            other_start = _start(other)
            adopted = other.status not in {Status.DRAFT, Status.HEARING}
            same_language = other.language == version.language
            if adopted and same_language and start and other_start and other_start > start:
                yield other_start

    def _superseding(self, plan: Plan) -> Iterator[date | None]:
        for other in self.register.plans:
            if plan.plan_id not in other.supersedes:
                continue
            for version in other.versions:
                if version.status not in {Status.DRAFT, Status.HEARING}:
                    yield _start(version)


def _today(version: PlanVersion) -> Standing:
    """What the register itself says of today."""
    ended = {Status.SUPERSEDED: Standing.SUPERSEDED, Status.REPEALED: Standing.REPEALED}
    return ended.get(version.status, Standing.IN_FORCE)


def _start(version: PlanVersion) -> date | None:
    return version.valid_from or version.adopted_on


def read_standings(documents: Path | None) -> Standings | None:
    """The standings of a folder's register; None where there is no folder or no register in it."""
    from ingest.register import read_register

    if documents is None or not documents.is_dir():
        return None
    register = read_register(documents)
    return Standings(register) if register else None
