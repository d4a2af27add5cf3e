"""Find the page: in which plan, and on which page, a rule stands."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.training.craft import Craft
from assistant.training.items import Difficulty, Item, Kind, Option
from assistant.training.rules import Rule
from ingest.fold import folded_text
from ingest.plans import Force

_OPTIONS = 4
_TELLING = 45
"""Characters from which a sentence tells what it is about without its heading."""


def find_page(craft: Craft) -> Iterator[Item]:
    """Asked for the place of a rule: its plan and page, beside other pages and other plans."""
    for rule in craft.material.rules:
        source = rule.source
        if source.page is None or len(rule.text) < _TELLING:
            continue
        if rule.force is Force.INFORMATION or not craft.material.askable(rule):
            continue
        options = _options(craft, rule)
        if len(options) < _OPTIONS:
            continue
        place = craft.place(craft.quote(rule))
        yield craft.item(
            Kind.FIND_PAGE,
            "find_page",
            craft.text("find_page", "question").format(text=rule.text),
            _label(craft, craft.title(rule), source.page),
            craft.text("find_page", "explanation").format(place=place),
            rules=(rule,),
            options=options,
            difficulty=Difficulty.MEDIUM,
            audience="everyone",
        )


def _label(craft: Craft, title: str, page: int | None) -> str:
    found: str = craft.words["title_page"].format(title=title, page=page)
    return found


def _options(craft: Craft, rule: Rule) -> list[Option]:
    """Two other pages of the plan where it has them, then pages of other plans; none holds the rule."""
    right = (craft.title(rule), rule.source.page)
    taken = {right}
    options = [Option(_label(craft, *right), True)]
    chance = craft.chance("find_page", rule.text)
    own = [r for r in craft.material.rules if r.plan is rule.plan and r.source.file == rule.source.file]
    others = [r for r in craft.material.rules if r.plan is not rule.plan]
    chance.shuffle(own)
    chance.shuffle(others)
    for most, among in ((2, own), (_OPTIONS, others)):
        added = 0
        for other in among:
            place = (craft.title(other), other.source.page)
            if len(options) == _OPTIONS or added == most:
                break
            if other.source.page is None or place in taken or _stands(craft, rule, other):
                continue
            taken.add(place)
            added += 1
            options.append(Option(_label(craft, *place)))
    chance.shuffle(options)
    return options


def _stands(craft: Craft, rule: Rule, other: Rule) -> bool:
    """Whether the page of the other rule says it too."""
    page = craft.material.library.page_text(other.source.file, other.source.page)
    return folded_text(rule.text) in folded_text(page) or craft.material.near(rule, other)
