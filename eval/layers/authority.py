"""Whether the right plan was let govern, at its level, by its force, and nothing out of force."""

from __future__ import annotations

import re

from eval.answers import Answer, Citation
from eval.dataset import Expected, GoldPlan
from eval.layers.case import Case, Layer, as_score
from eval.measures.authority import force_lowered, force_raised
from eval.measures.outcome import ANSWERED, UNRESOLVED
from eval.standing import Standing

_HELD = {"governing", "authority", "supports"}
"""Roles in which a cited text is relied on; `yields` and `not_in_force` only show it."""


def score_authority(case: Case, answer: Answer) -> Layer:
    """Plan, level, section, authority source, force and leaks; a plan not named counts as not right."""
    expected = case.expected
    if expected is None:
        return Layer({}, "no key: authority is not measured here")
    scores = {**_governing(case, expected, answer), **_force(expected, answer), **_leaks(case, answer)}
    return Layer(scores, _because(case, expected, answer))


def given_level(case: Case, answer: Answer) -> int | None:
    """The level of the plan the answer lets govern; off the register where the answer does not say."""
    if answer.governing is None:
        return None
    if answer.governing.level is not None:
        return answer.governing.level
    return case.standings.level(answer.governing.plan_id) if case.standings else None


def is_plan(gold: GoldPlan, given: Citation | None) -> bool:
    """The plan, and the version where the key names one."""
    if given is None or given.plan_id != gold.plan_id:
        return False
    return gold.version is None or given.version == gold.version


def _governing(case: Case, expected: Expected, answer: Answer) -> dict[str, float | None]:
    gold, authority = expected.governing, expected.authority
    if gold is None:
        return {}
    right = is_plan(gold, answer.governing)
    level = None if gold.level is None else given_level(case, answer) == gold.level
    section = None
    if gold.section:
        given = answer.governing.section if answer.governing else None
        section = right and _section(given or "") == _section(gold.section)
    return {
        "governing_plan_accuracy": float(right),
        "governing_level_accuracy": as_score(level),
        "governing_section_accuracy": as_score(section),
        "authority_source_accuracy": as_score(is_plan(authority, answer.authority) if authority else None),
    }


def _section(printed: str) -> str:
    """`§ 4`, `4`, `Section 4.` and `Order 4 – Quotes` are one number."""
    number = re.search(r"\d+(?:[.-]\d+)*\s?[a-z]?(?!\w)", printed.casefold())
    return re.sub(r"\s", "", number[0]) if number else " ".join(printed.casefold().split())


def _force(expected: Expected, answer: Answer) -> dict[str, float | None]:
    if expected.force is None or expected.outcome != ANSWERED:
        return {}
    if not answer.answers or answer.force is None:
        return {"force_accuracy": 0.0}
    return {
        "force_accuracy": float(answer.force == expected.force),
        "force_raised": float(force_raised(expected.force, answer.force)),
        "force_lowered": float(force_lowered(expected.force, answer.force)),
    }


def _leaks(case: Case, answer: Answer) -> dict[str, float | None]:
    """Over the answers given: does one rely on a text that was not in force on the question's date."""
    if answer.outcome not in {ANSWERED, UNRESOLVED}:
        return {}
    standings = set(relied_on(case, answer).values())
    if case.standings is None:
        return {"not_in_force_leak": float(any(not each.may_govern for each in standings))}
    return {
        "draft_leak": float(Standing.DRAFT in standings),
        "superseded_leak": float(bool({Standing.SUPERSEDED, Standing.REPEALED} & standings)),
        "not_in_force_leak": float(any(not each.may_govern for each in standings)),
    }


def relied_on(case: Case, answer: Answer) -> dict[str, Standing]:
    """The standing of every plan the answer relies on. Without a register the key's `not_in_force` tells."""
    held = [each for each in answer.citations if each.role in _HELD]
    held += [each for each in (answer.governing, answer.authority) if each is not None]
    out = {row.plan_id for row in case.evidence if row.role == "not_in_force"}
    found: dict[str, Standing] = {}
    for each in held:
        if case.standings is not None:
            standing = case.standings.of(each.plan_id, each.version, case.question.as_of)
        else:
            standing = Standing.SUPERSEDED if each.plan_id in out else Standing.UNKNOWN
        name = f"{each.plan_id}@{each.version}" if each.version else each.plan_id
        found[name] = standing
    return found


def _because(case: Case, expected: Expected, answer: Answer) -> str:
    told = []
    gold, given = expected.governing, answer.governing
    if gold is not None:
        if given is None:
            told.append(f"{_name(gold)} should govern; no plan was let govern")
        elif is_plan(gold, given):
            told.append(f"{_name(gold)} governs, as it should")
        else:
            told.append(f"{_name(gold)} should govern; {given.plan_id} (level {given.level}) was let govern")
    elif given is not None and answer.answers:
        told.append(f"no plan should govern; {given.plan_id} was let govern")
    if expected.force and answer.answers and answer.force != expected.force:
        told.append(f"force should be {expected.force}, was {answer.force}")
    told += [
        f"relies on {plan}, which is {standing.value.replace('_', ' ')} on {case.question.as_of}"
        for plan, standing in relied_on(case, answer).items()
        if not standing.may_govern
    ]
    return "; ".join(told) or "nothing to govern"


def _name(gold: GoldPlan) -> str:
    version = f" {gold.version}" if gold.version else ""
    return f"{gold.plan_id}{version}" + (f" (level {gold.level})" if gold.level is not None else "")
