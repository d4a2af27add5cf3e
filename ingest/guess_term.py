"""From when until when a drafted plan holds: its decision, its period, its changes, its end."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from ingest.guess_cover import Cover
from ingest.guess_dates import find_days
from ingest.guess_days import amended_days, period_of, valid_days
from ingest.guess_decision import Decision
from ingest.guess_fields import status_of
from ingest.guess_kinds import Kind
from ingest.guess_notes import Notes
from ingest.guess_words import NATIONAL
from ingest.plans import Status

_MOST_AMENDMENTS = 10
FROM_DECISION = "the day of the decision; no other first day is named"
"""Reason of a first day that no words for coming into force stand before."""
UNDECIDED = (Status.DRAFT, Status.HEARING)


@dataclass(frozen=True, slots=True)
class Days:
    adopted_on: date | None = None
    amended_on: tuple[date, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    repealed_on: date | None = None


def is_national(kind: Kind | None) -> bool:
    """A national text speaks of many decisions that are not its own."""
    return kind is not None and kind.level == NATIONAL


def days_of(cover: Cover, decision: Decision | None, kind: Kind | None, status: Status, notes: Notes) -> Days:
    adopted = _adopted_on(decision, kind, notes)
    if status in UNDECIDED:
        return Days()
    own = None if is_national(kind) else decision  # a law is in force from a day of its own
    begins, ends = _validity(cover, adopted, own, notes)
    return Days(
        adopted_on=adopted,
        amended_on=_amended_on(cover, adopted, kind, notes),
        valid_from=begins,
        valid_to=ends,
        repealed_on=_repealed_on(cover, adopted, status, notes),
    )


def _adopted_on(decision: Decision | None, kind: Kind | None, notes: Notes) -> date | None:
    if decision and decision.day:
        notes.add("adopted_on", decision.day, "stands with the decision", decision.line)
        return decision.day
    if kind and kind.level == NATIONAL:
        numbered = re.search(r"\b(\d{4}-\d\d-\d\d)(?:-\d+)?\b", kind.line.text)
        days = find_days(numbered[1]) if numbered else ()
        if days:
            notes.add("adopted_on", days[0].day, "the law's number begins with its day", kind.line)
            return days[0].day
    return None


def _validity(
    cover: Cover, adopted: date | None, decision: Decision | None, notes: Notes
) -> tuple[date | None, date | None]:
    period, (begins, ends) = period_of(cover), valid_days(cover)
    valid_from, valid_to = begins and begins[0], ends and ends[0]
    if begins:
        notes.add("valid_from", begins[0], "stands after words for coming into force", begins[1])
    elif period:
        valid_from = _first_day(period[0], adopted)
        reason = "the period in the title, but not before the decision"
        notes.add("valid_from", valid_from, reason, cover.title)
    elif adopted and decision:
        valid_from = adopted
        notes.add("valid_from", valid_from, FROM_DECISION, decision.line)
    if valid_to is None and period:
        valid_to = date(period[1], 12, 31)
    if valid_from and valid_to and valid_to < valid_from:
        return valid_from, None
    if valid_to:
        reason = "stands after words for the last day" if ends else "the period in the title"
        notes.add("valid_to", valid_to, reason, ends[1] if ends else cover.title)
    return valid_from, valid_to


def _first_day(year: int, adopted: date | None) -> date:
    """A plan for 2026-2029 adopted in December 2025 holds from January; adopted later, from then."""
    first = date(year, 1, 1)
    return max(first, adopted) if adopted else first


def _amended_on(cover: Cover, adopted: date | None, kind: Kind | None, notes: Notes) -> tuple[date, ...]:
    """Changes named up front; a law's text names those of other laws, so none are taken there."""
    if is_national(kind):
        return ()
    days = {day: line for day, line in amended_days(cover) if adopted and day > adopted}
    for day in sorted(days)[:_MOST_AMENDMENTS]:
        notes.add("amended_on", day, "stands after words for a change", days[day])
    return tuple(sorted(days)[:_MOST_AMENDMENTS])


def _repealed_on(cover: Cover, adopted: date | None, status: Status, notes: Notes) -> date | None:
    found = status_of(cover) if status is Status.REPEALED else None
    days = find_days(found.line.text) if found else ()
    if not found or not days or (adopted and days[-1].day < adopted):
        return None
    notes.add("repealed_on", days[-1].day, "stands with the repeal", found.line)
    return days[-1].day
