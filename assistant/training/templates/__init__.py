"""What makes items: one module a family of questions, each from rules or from the register."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from assistant.training.craft import Craft
from assistant.training.items import Item
from assistant.training.templates import (
    amounts,
    cases,
    contests,
    figures,
    forces,
    levels,
    pages,
    plans,
    signing,
    targets,
)

Template = Callable[[Craft], Iterator[Item]]

TEMPLATES: Mapping[str, Template] = {
    "figure": figures.choices,
    "true_figure": figures.truths,
    "deadline": figures.deadlines,
    "target_owner": targets.owners,
    "target_deadline": targets.deadlines,
    "in_force": forces.in_force,
    "force": forces.strength,
    "level_of": levels.level_of,
    "governs": contests.governs,
    "governs_today": contests.today,
    "governs_why": contests.why,
    "matching": levels.matching,
    "who_signs": signing.who_signs,
    "find_page": pages.find_page,
    "case_applies": amounts.applies,
    "case_rule": cases.which_rule,
    "plan": plans.about_plans,
}
"""By name, in the order a coverage is filled from."""
