"""`plans due`: what is to be revised, overdue first, higher levels before what builds on them. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from assistant.desk.validity import validity
from ingest.plans import Plan, Register, Status


def due(register: Register, as_of: date) -> list[dict[str, Any]]:
    """Plans that govern and have a day of revision: the overdue first, then by day, higher level first.

    A plan with no rule of its own falls due when its period ends. `with` names the plans that build on it and
    are looked at together, `after` the plans it builds on that are due themselves: those come first.
    """
    days = {plan.plan_id: found for plan in _governing(register, as_of) if (found := _due_on(plan, as_of))}
    rows = [_row(register, plan, days, as_of) for plan in register.plans if plan.plan_id in days]
    return sorted(
        rows, key=lambda r: (not r["overdue"], r["level"] if r["overdue"] else 0, r["due_on"], r["level"])
    )


def _governing(register: Register, as_of: date) -> list[Plan]:
    return [
        plan
        for plan in register.plans
        if any(validity(register, plan, version, as_of).governs for version in plan.versions)
    ]


def _row(register: Register, plan: Plan, days: Mapping[str, tuple[date, str]], as_of: date) -> dict[str, Any]:
    day, basis = days[plan.plan_id]
    parents = dict.fromkeys(link.plan_id for link in plan.implements)
    return {
        "plan_id": plan.plan_id,
        "title": plan.title,
        "level": plan.level,
        "due_on": day.isoformat(),
        "overdue": day < as_of,
        "basis": basis,
        "owner": plan.owner,
        "with": [p.plan_id for p in register.plans if _builds_on(p, plan) and not _is_past(p)],
        "after": [each for each in parents if each in days and days[each][0] <= day],
    }


def _due_on(plan: Plan, as_of: date) -> tuple[date, str] | None:
    """The day of revision and what sets it: the register's rule, else the end of the plan's period."""
    rule = plan.revision_due
    if rule is not None and rule.on is not None:
        return rule.on, "revision_due"
    if rule is not None and rule.every_years is not None:
        day = _next_round(plan, rule.every_years, as_of)
        return (day, "every") if day else None
    ends = [v.valid_to for v in plan.versions]
    last = max((end for end in ends if end is not None), default=None)
    return (last, "valid_to") if last is not None and None not in ends else None


def _next_round(plan: Plan, years: int, as_of: date) -> date | None:
    """So many years after the last decision; where none is known, the next round after coming into force.

    Only a decision that is too old makes a plan overdue: reviews that change nothing leave no trace.
    """
    decided = [d for v in plan.versions for d in (v.adopted_on, *v.amended_on) if d is not None]
    if decided:
        return _years_later(max(decided), years)
    begun = max((v.valid_from for v in plan.versions if v.valid_from is not None), default=None)
    if begun is None:
        return None
    rounds = max(1, -(-(as_of.year - begun.year) // years))
    day = _years_later(begun, rounds * years)
    return day if day >= as_of else _years_later(begun, (rounds + 1) * years)


def _years_later(day: date, years: int) -> date:
    """The same day so many years on; the last of February for a leap day."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def _is_past(plan: Plan) -> bool:
    return all(v.status in (Status.SUPERSEDED, Status.REPEALED) for v in plan.versions)


def _builds_on(plan: Plan, parent: Plan) -> bool:
    return any(link.plan_id == parent.plan_id for link in plan.implements)


def render(rows: list[dict[str, Any]]) -> str:
    if not rows:
        return "No plan in force has a day of revision."
    lines = []
    for row in rows:
        mark = "OVERDUE " if row["overdue"] else ""
        owner = f", {row['owner']}" if row["owner"] else ""
        lines.append(f"{row['due_on']}  {mark}{row['plan_id']}  {row['title']} (level {row['level']}{owner})")
        if row["with"]:
            lines.append(f"            look at together: {', '.join(row['with'])}")
        if row["after"]:
            lines.append(f"            after: {', '.join(row['after'])}")
    return "\n".join(lines)


def calendar(rows: list[dict[str, Any]]) -> str:
    """The days of revision as an iCalendar file (RFC 5545), whole-day events."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Hjemmel//plans due//EN"]
    for row in rows:
        day = date.fromisoformat(row["due_on"])
        lines += [
            "BEGIN:VEVENT",
            f"UID:{_escaped(row['plan_id'])}-{day:%Y%m%d}@hjemmel",
            f"DTSTAMP:{day:%Y%m%d}T000000Z",
            f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_escaped(row['title'])}",
            f"DESCRIPTION:{_escaped(_described(row))}",
            "END:VEVENT",
        ]
    return "\r\n".join(_folded(line) for line in (*lines, "END:VCALENDAR")) + "\r\n"


def _described(row: dict[str, Any]) -> str:
    parts = [f"{row['plan_id']}, level {row['level']}", row["owner"] or ""]
    parts += [f"look at together: {', '.join(row['with'])}"] if row["with"] else []
    return ". ".join(part for part in parts if part)


def _escaped(text: str) -> str:
    return (
        text.replace("\r", "")
        .replace("\\", "\\\\")
        .replace(";", "\\;")
        .replace(",", "\\,")
        .replace("\n", "\\n")
    )


def _folded(line: str) -> str:
    """At most 75 octets a line, the rest on lines that begin with a blank (RFC 5545, 3.1)."""
    parts, part = [], ""
    for letter in line:
        if len((part + letter).encode()) > 74:
            parts.append(part)
            part = ""
        part += letter
    return "\r\n ".join([*parts, part])
