"""Whether a version of a plan is in force on a date. Pure.

`status` describes today only. For any other date the dates and `supersedes` decide: what is superseded today
governed until its successor came.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ingest.plans import Plan, PlanVersion, Register, Status


class State(StrEnum):
    IN_FORCE = "in_force"
    NOT_YET = "not_yet"
    DRAFT = "draft"
    HEARING = "hearing"
    EXPIRED_NOT_REPLACED = "expired_not_replaced"
    SUPERSEDED = "superseded"
    REPEALED = "repealed"


@dataclass(frozen=True, slots=True)
class Validity:
    """`since` and `until` bound the time in force (until is the first day out of it), None where open."""

    state: State
    since: date | None = None
    until: date | None = None
    replaced_by: str | None = None
    """Plan or version id of the successor, where one is known."""

    @property
    def governs(self) -> bool:
        return self.state in (State.IN_FORCE, State.EXPIRED_NOT_REPLACED)


def validity(register: Register, plan: Plan, version: PlanVersion, as_of: date) -> Validity:
    """The state of `version` of `plan` on `as_of`."""
    if version.status is Status.DRAFT:
        return Validity(State.DRAFT)
    if version.status is Status.HEARING:
        return Validity(State.HEARING)
    since = version.valid_from or version.adopted_on
    if since is not None and as_of < since:
        return Validity(State.NOT_YET, since)
    if version.repealed_on is not None and as_of >= version.repealed_on:
        return Validity(State.REPEALED, since, version.repealed_on)
    successor, replaced_on = _successor(register, plan, version)
    if successor is not None and replaced_on is not None and as_of >= replaced_on:
        return Validity(State.SUPERSEDED, since, replaced_on, successor)
    if version.status is Status.SUPERSEDED and replaced_on is None:
        return _ended(State.SUPERSEDED, version, as_of, since, successor)
    if version.status is Status.REPEALED and version.repealed_on is None:
        return _ended(State.REPEALED, version, as_of, since, successor)
    if version.valid_to is not None and as_of > version.valid_to:
        return Validity(State.EXPIRED_NOT_REPLACED, since, version.valid_to)
    return Validity(State.IN_FORCE, since, replaced_on or version.valid_to)


def _ended(
    state: State, version: PlanVersion, as_of: date, since: date | None, successor: str | None
) -> Validity:
    """Superseded or repealed today without a day given: it held while its own period ran."""
    if version.valid_to is not None and as_of <= version.valid_to:
        return Validity(State.IN_FORCE, since, version.valid_to)
    return Validity(state, since, version.valid_to, successor)


def _successor(register: Register, plan: Plan, version: PlanVersion) -> tuple[str | None, date | None]:
    """What replaces this text and from when: a later version of the plan, or a plan that supersedes it."""
    later = [
        (_start(other), other.version_id or plan.plan_id)
        for other in plan.versions
        if other is not version
        and other.language in (None, version.language)
        and _adopted(other)
        and _start(other) is not None
        and (_start(version) is None or (_start(other) or date.min) > (_start(version) or date.min))
    ]
    replacing = [
        (_start(other_version), other.plan_id)
        for other in register.plans
        if plan.plan_id in other.supersedes
        for other_version in other.versions
        if _adopted(other_version)
    ]
    known = [(day, name) for day, name in (*later, *replacing) if day is not None]
    if known:
        day, name = min(known)
        return name, day
    undated = [name for _, name in replacing]
    return (undated[0], None) if undated else (None, None)


def _start(version: PlanVersion) -> date | None:
    return version.valid_from or version.adopted_on


def _adopted(version: PlanVersion) -> bool:
    return version.status not in (Status.DRAFT, Status.HEARING)
