"""`plans tree`: levels, the plans on each, and how they are linked. Pure."""

from __future__ import annotations

from datetime import date
from typing import Any

from assistant.desk.validity import validity
from ingest.plans import Plan, Register


def tree(register: Register, as_of: date, language: str = "en") -> dict[str, Any]:
    """Levels from the top, each with its plans and their state on a date."""
    return {
        "municipality": register.municipality.name,
        "as_of": as_of.isoformat(),
        "confirmed": register.confirmed,
        "levels": [
            {
                "rank": level.rank,
                "name": level.name(language),
                "plans": [_plan(register, p, as_of) for p in register.plans if p.level == level.rank],
            }
            for level in sorted(register.levels, key=lambda each: each.rank)
        ],
    }


def _plan(register: Register, plan: Plan, as_of: date) -> dict[str, Any]:
    return {
        "plan_id": plan.plan_id,
        "title": plan.title,
        "kind": plan.kind,
        "versions": [
            {"version": v.version_id, "state": validity(register, plan, v, as_of).state.value}
            for v in plan.versions
        ],
        "implements": [
            f"{link.plan_id}#{link.section}" if link.section else link.plan_id for link in plan.implements
        ],
        "supersedes": list(plan.supersedes),
        "owner": plan.owner,
    }


def render(content: dict[str, Any]) -> str:
    """The tree as indented text."""
    lines = [f"{content['municipality']}, as of {content['as_of']}"]
    if not content["confirmed"]:
        lines.append("(guessed from the documents, confirmed by nobody)")
    for level in content["levels"]:
        lines.append(f"{level['rank']} {level['name']}")
        for plan in level["plans"]:
            states = ", ".join(
                f"{v['version']} {v['state']}" if v["version"] else v["state"] for v in plan["versions"]
            )
            lines.append(f"  {plan['plan_id']}  {plan['title']} ({states})")
            if plan["implements"]:
                lines.append(f"      implements {', '.join(plan['implements'])}")
            if plan["supersedes"]:
                lines.append(f"      supersedes {', '.join(plan['supersedes'])}")
    return "\n".join(lines)
