"""`plans due`: what is to be revised, overdue first, higher levels before what builds on them. Pure."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from assistant.desk.validity import validity
from ingest.plans import Plan, Register


def due(register: Register, as_of: date) -> list[dict[str, Any]]:
    """Plans in force with a day of revision: the overdue first, then by day, higher level first."""
    rows = []
    for plan in register.plans:
        day = _due_on(plan)
        if day is None or not any(validity(register, plan, v, as_of).governs for v in plan.versions):
            continue
        rows.append(
            {
                "plan_id": plan.plan_id,
                "title": plan.title,
                "level": plan.level,
                "due_on": day.isoformat(),
                "overdue": day < as_of,
                "owner": plan.owner,
                "with": [p.plan_id for p in register.plans if _builds_on(p, plan)],
            }
        )
    return sorted(
        rows, key=lambda r: (not r["overdue"], r["level"] if r["overdue"] else 0, r["due_on"], r["level"])
    )


def _due_on(plan: Plan) -> date | None:
    """The day of revision: as given, or so many years after the last adoption or amendment."""
    rule = plan.revision_due
    if rule is None:
        return None
    if rule.on is not None:
        return rule.on
    days = [d for v in plan.versions for d in (v.adopted_on, *v.amended_on) if d is not None]
    if not days or rule.every_years is None:
        return None
    last = max(days)
    year = last.year + rule.every_years
    return date(year, last.month, 28) if (last.month, last.day) == (2, 29) else last.replace(year=year)


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
    return "\n".join(lines)


def calendar(rows: list[dict[str, Any]]) -> str:
    """The days of revision as an iCalendar file (RFC 5545), whole-day events."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Hjemmel//plans due//EN"]
    for row in rows:
        day = date.fromisoformat(row["due_on"])
        lines += [
            "BEGIN:VEVENT",
            f"UID:{row['plan_id']}-{day:%Y%m%d}@hjemmel",
            f"DTSTAMP:{day:%Y%m%d}T000000Z",
            f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_escaped(row['title'])}",
            "END:VEVENT",
        ]
    return "\r\n".join(_folded(line) for line in (*lines, "END:VCALENDAR")) + "\r\n"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> str:
    """At most 75 octets a line, the rest on lines that begin with a blank (RFC 5545, 3.1)."""
    parts, part = [], ""
    for letter in line:
        if len((part + letter).encode()) > 74:
            parts.append(part)
            part = ""
        part += letter
    return "\r\n ".join([*parts, part])
