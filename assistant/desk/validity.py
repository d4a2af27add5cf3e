"""Whether a version of a plan is in force on a date. Pure.

`status` describes today only. For any other date the dates and `supersedes` decide: what is superseded today
governed until its successor came.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from ingest.periods import Period
from ingest.plans import Plan, PlanVersion, Register, Status


class State(StrEnum):
    IN_FORCE = "in_force"
    NOT_YET = "not_yet"
    DRAFT = "draft"
    HEARING = "hearing"
    EXPIRED_NOT_REPLACED = "expired_not_replaced"
    SUPERSEDED = "superseded"
    REPEALED = "repealed"


class ReasonKey(StrEnum):
    """What decided the state, for a sentence in any language."""

    STATUS = "status"
    """The register's own word for it: draft, hearing, or an end whose day nobody gave."""
    BEFORE_START = "before_start"
    WITHIN_PERIOD = "within_period"
    PERIOD_OVER = "period_over"
    REPEALED_ON = "repealed_on"
    SUCCESSOR = "successor"
    SUCCESSOR_WITHOUT_DAY = "successor_without_day"
    """Replaced by an adopted text of which nobody knows since when; a doubt never governs."""


@dataclass(frozen=True, slots=True)
class Validity:
    """`since` and `until` bound the time in force (until is the first day out of it), None where open."""

    state: State
    since: date | None = None
    until: date | None = None
    replaced_by: str | None = None
    """Plan or version id of the successor, where one is known."""
    reason_key: ReasonKey = ReasonKey.STATUS

    @property
    def governs(self) -> bool:
        return self.state in (State.IN_FORCE, State.EXPIRED_NOT_REPLACED)


@dataclass(frozen=True, slots=True)
class _End:
    """A text stops governing: from a day, or from a day that nobody gave."""

    state: State
    reason_key: ReasonKey
    day: date | None
    replaced_by: str | None = None


def validity(
    register: Register, plan: Plan, version: PlanVersion, as_of: date, today: date | None = None
) -> Validity:
    """The state of `version` of `plan` on `as_of`.

    `today` is the day that `status` speaks of. It matters only for a text called superseded or repealed with no
    day given: a past `as_of` inside its own ended period then finds it in force. Without it `status` is taken
    to speak of `as_of`.
    """
    if version.status in (Status.DRAFT, Status.HEARING):
        return Validity(State(version.status.value))
    since, ends = _start(version), tuple(_ends(register, plan, version))
    dated = [(end.day, end) for end in ends if end.day is not None]
    day, first = min(dated, key=lambda pair: pair[0]) if dated else (None, None)
    over = None if version.valid_to is None else _next_day(version.valid_to)
    if since is not None and as_of < since:
        return Validity(State.NOT_YET, since, reason_key=ReasonKey.BEFORE_START)
    if first is not None and day is not None and as_of >= day:
        return Validity(first.state, since, min(day, over or day), first.replaced_by, first.reason_key)
    undated = next((e for e in ends if e.day is None and (first is None or e.state is State.REPEALED)), None)
    if undated is not None and not _had_ended(version, as_of, today or as_of):
        return Validity(undated.state, since, over, undated.replaced_by, undated.reason_key)
    if over is not None and as_of >= over:
        return Validity(State.EXPIRED_NOT_REPLACED, since, over, reason_key=ReasonKey.PERIOD_OVER)
    bounds = [bound for bound in (day, over) if bound is not None]
    return Validity(State.IN_FORCE, since, min(bounds, default=None), reason_key=ReasonKey.WITHIN_PERIOD)


def of_statement(found: Validity, period: Period | None, as_of: date) -> Validity:
    """The state of a statement whose own text says when it holds, in a version whose state is `found`."""
    if period is None or not found.governs:
        return found
    starts = [day for day in (found.since, period.valid_from) if day]
    since = max(starts, default=None)
    if period.valid_from and as_of < period.valid_from:
        return Validity(State.NOT_YET, since, found.until, reason_key=ReasonKey.BEFORE_START)
    if period.valid_to and as_of > period.valid_to:
        return Validity(State.REPEALED, since, _next_day(period.valid_to), reason_key=ReasonKey.REPEALED_ON)
    return found


def in_force(
    register: Register, plan: Plan, as_of: date, today: date | None = None
) -> tuple[PlanVersion, ...]:
    """The versions of a plan that may govern on a date: one in each language, none for a dead plan."""
    return tuple(v for v in plan.versions if validity(register, plan, v, as_of, today).governs)


def _had_ended(version: PlanVersion, as_of: date, today: date) -> bool:
    """Whether its own period held on `as_of` and ran out before today, so that its end needs no other day."""
    return version.valid_to is not None and as_of <= version.valid_to < today


def _ends(register: Register, plan: Plan, version: PlanVersion) -> Iterator[_End]:
    """Everything that ends the text: its repeal, plans and versions in its place, the register's word."""
    if version.status is Status.REPEALED or version.repealed_on is not None:
        key = ReasonKey.STATUS if version.repealed_on is None else ReasonKey.REPEALED_ON
        yield _End(State.REPEALED, key, version.repealed_on)
    successors = [*_later_versions(plan, version), *_superseding_plans(register, plan)]
    for name, day in successors:
        key = ReasonKey.SUCCESSOR_WITHOUT_DAY if day is None else ReasonKey.SUCCESSOR
        yield _End(State.SUPERSEDED, key, day, name)
    if version.status is Status.SUPERSEDED and not successors:
        yield _End(State.SUPERSEDED, ReasonKey.STATUS, None)


def _later_versions(plan: Plan, version: PlanVersion) -> Iterator[tuple[str, date]]:
    """Later texts in the same language or in the one that prevails; a translation replaces nothing else."""
    for other in plan.versions:
        begins = _start(other)
        if other is version or begins is None or not _is_decided(other):
            continue
        replaces = None in (other.language, version.language) or other.language in (
            version.language,
            plan.authoritative_language,
        )
        if replaces and begins > (_start(version) or date.min):
            yield other.version_id or plan.plan_id, begins


def _superseding_plans(register: Register, plan: Plan) -> Iterator[tuple[str, date | None]]:
    """Adopted plans that say they supersede this one, each from its first day."""
    for other in register.plans:
        decided = [v for v in other.versions if _is_decided(v)]
        if plan.plan_id in other.supersedes and decided:
            yield other.plan_id, min((day for v in decided if (day := _start(v))), default=None)


def _start(version: PlanVersion) -> date | None:
    return version.valid_from or version.adopted_on


def _is_decided(version: PlanVersion) -> bool:
    return version.status not in (Status.DRAFT, Status.HEARING)


def _next_day(day: date) -> date:
    return day if day == date.max else day + timedelta(days=1)
