"""Questions on the ladder: on which level a text stands, and which texts stand where."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.training.craft import Craft
from assistant.training.items import Difficulty, Item, Kind, Option, Pair
from assistant.training.material import Material
from assistant.training.rules import Rule
from ingest.plans import Force

_LEFT = 170
"""Characters of a statement in a matching item: two lines on paper."""
_TELLING = 45
"""Characters from which a sentence tells what it is about without its heading."""
_SETS = 3
"""Matching items made of one plan's statements."""


def level_of(craft: Craft) -> Iterator[Item]:
    """On which level a rule stands; none that stands on two."""
    for rule in craft.material.rules:
        if not _names_level(craft.material, rule):
            continue
        label = craft.level_label(rule.source.level)
        explanation = craft.text("level_of", "explanation").format(
            title=craft.title(rule), level=label, place=craft.place(craft.quote(rule))
        )
        yield craft.item(
            Kind.WHICH_LEVEL,
            "level_of",
            craft.text("level_of", "question").format(text=rule.text),
            label,
            explanation,
            rules=(rule,),
            options=level_options(craft, rule.source.level),
            difficulty=Difficulty.EASY,
        )


def _names_level(material: Material, rule: Rule) -> bool:
    if rule.force is Force.INFORMATION or len(rule.text) < _TELLING:
        return False
    return material.askable(rule) and not stands_twice(material, rule)


def level_options(craft: Craft, right: int) -> tuple[Option, ...]:
    """Every level of the scheme, from the top."""
    ranks = sorted(level.rank for level in craft.material.register.levels)
    return tuple(Option(craft.level_label(rank), rank == right) for rank in ranks)


def stands_twice(material: Material, rule: Rule) -> bool:
    """Whether a plan of another level says nearly the same."""
    others = (o for o in material.rules if o.source.level != rule.source.level)
    return any(material.near(rule, other) for other in others)


# --- matching -----------------------------------------------------------------------------


def matching(craft: Craft) -> Iterator[Item]:
    """One statement of each level, to be put to its level."""
    material = craft.material
    by_level: dict[int, list[Rule]] = {}
    for rule in material.rules:
        if len(rule.text) <= _LEFT and _names_level(material, rule):
            by_level.setdefault(rule.source.level, []).append(rule)
    if len(by_level) < 3:
        return
    for rules in by_level.values():
        craft.chance("matching", len(rules)).shuffle(rules)
    for place in range(min(_SETS * 4, *(len(rules) for rules in by_level.values()))):
        chosen = [by_level[level][place] for level in sorted(by_level)]
        craft.chance("matching", place).shuffle(chosen)
        yield _matching(craft, chosen)


def _matching(craft: Craft, rules: list[Rule]) -> Item:
    pairs = tuple(Pair(rule.text, craft.level_label(rule.source.level)) for rule in rules)
    lines = [f"{craft.quoted(p.left)} → {p.right}" for p in pairs]
    places = "; ".join(craft.place(craft.quote(rule)) for rule in rules)
    return craft.item(
        Kind.MATCHING,
        "matching",
        craft.text("matching", "question"),
        "\n".join(lines),
        craft.text("matching", "explanation").format(places=places),
        rules=rules,
        pairs=pairs,
        level=min(rule.source.level for rule in rules),
        difficulty=Difficulty.MEDIUM,
        audience="everyone",
    )
