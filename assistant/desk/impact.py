"""`plans impact ID`: what a change of one plan means for the others. Pure."""

from __future__ import annotations

from typing import Any

from ingest.errors import UnknownPlan
from ingest.plans import Plan, Register, Status


def impact(register: Register, plan_id: str) -> dict[str, Any]:
    """Every plan to look at when `plan_id` changes, transitively, higher level first, with why.

    Raises:
        UnknownPlan: the register has no plan of that id.
    """
    if plan_id not in {p.plan_id for p in register.plans}:
        known = ", ".join(p.plan_id for p in register.plans)
        raise UnknownPlan(f"the register has no plan {plan_id!r}; it has {known}")
    why: dict[str, str] = {}
    waiting = [plan_id]
    while waiting:
        changed = waiting.pop(0)
        for plan in register.plans:
            if plan.plan_id in why or plan.plan_id == plan_id:
                continue
            reason = _reason(register, plan.plan_id, changed)
            if reason:
                why[plan.plan_id] = reason
                waiting.append(plan.plan_id)
    rows = [
        {"plan_id": p.plan_id, "level": p.level, "why": why[p.plan_id] + _past(p)}
        for p in register.plans
        if p.plan_id in why
    ]
    return {"plan_id": plan_id, "review": sorted(rows, key=lambda row: row["level"])}


def _reason(register: Register, plan_id: str, changed: str) -> str | None:
    plan = register.plan(plan_id)
    for link in plan.implements:
        if link.plan_id == changed:
            place = f" section {link.section}" if link.section else ""
            return f"implements {changed}{place}"
    if plan.translation_of == changed:
        return f"is a translation of {changed}"
    if changed in plan.supersedes:
        return f"supersedes {changed}"
    return None


def _past(plan: Plan) -> str:
    """Said beside a plan that is no more, so that nobody revises it."""
    statuses = {version.status for version in plan.versions}
    if statuses <= {Status.SUPERSEDED, Status.REPEALED}:
        return f", but is {min(statuses).value} itself"
    return ""


def render(content: dict[str, Any]) -> str:
    if not content["review"]:
        return f"No other plan builds on {content['plan_id']}."
    lines = [f"If {content['plan_id']} changes, look at:"]
    lines += [f"  level {r['level']}  {r['plan_id']}  ({r['why']})" for r in content["review"]]
    return "\n".join(lines)
