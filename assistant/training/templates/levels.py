"""Questions on the ladder: on which level a text stands, and which of two levels governs."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.maxims import Maxim
from assistant.training.craft import Craft
from assistant.training.items import Difficulty, Item, Kind, Option, Pair, Part
from assistant.training.material import Material
from assistant.training.rules import Contest, Rule, is_row
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


def governs(craft: Craft) -> Iterator[Item]:
    """Two texts in force that ask for different things: which one is followed."""
    for contest in craft.material.contests:
        if not _clear(contest):
            continue
        if contest.winner.source.level != contest.loser.source.level:
            yield _by_level(craft, contest)
        else:
            yield _by_plan(craft, contest)


def _clear(contest: Contest) -> bool:
    """Whether the winner is something to follow."""
    if any(is_row(rule) and rule.force is Force.TARGET for rule in (contest.winner, contest.loser)):
        return False
    if contest.maxim is Maxim.RESTATES_HIGHER:
        return True
    return contest.winner.force is not Force.TARGET and contest.winner.speaker.binds


def _in_order(craft: Craft, contest: Contest) -> tuple[Rule, Rule]:
    pair = [contest.winner, contest.loser]
    craft.chance("governs", contest.winner.text, contest.loser.text).shuffle(pair)
    return pair[0], pair[1]


def _told(craft: Craft, contest: Contest) -> str:
    first, second = _in_order(craft, contest)
    found: str = craft.text("governs", "told").format(
        first=craft.title(first),
        first_text=first.text,
        second=craft.title(second),
        second_text=second.text,
    )
    return found


def _by_level(craft: Craft, contest: Contest) -> Item:
    winner = contest.winner
    label = craft.level_label(winner.source.level)
    return craft.item(
        Kind.WHICH_LEVEL,
        "governs",
        f"{_told(craft, contest)} {craft.text('governs', 'which_level')}",
        label,
        _because(craft, contest, label),
        rules=(winner,),
        quotes=(craft.quote(contest.loser),),
        options=level_options(craft, winner.source.level),
        statements=(craft.bound(contest.loser, Part.YIELDS),),
        difficulty=Difficulty.HARD,
        slot="level",
    )


def _by_plan(craft: Craft, contest: Contest) -> Item:
    winner, loser = contest.winner, contest.loser
    first, second = _in_order(craft, contest)
    extra = craft.words["templates"]["governs"]["neither"]
    options = [Option(craft.title(rule), rule is winner) for rule in (first, second)]
    options += [Option(text) for text in extra]
    return craft.item(
        Kind.SINGLE_CHOICE,
        "governs",
        f"{_told(craft, contest)} {craft.text('governs', 'which_plan')}",
        craft.title(winner),
        _because(craft, contest, craft.level_label(winner.source.level)),
        rules=(winner,),
        quotes=(craft.quote(loser),),
        options=options,
        statements=(craft.bound(loser, Part.YIELDS),),
        difficulty=Difficulty.HARD,
        slot="plan",
    )


def _because(craft: Craft, contest: Contest, label: str) -> str:
    found: str = craft.text("governs", "explanation").format(
        title=craft.title(contest.winner),
        level=label,
        why=craft.why_yields(contest),
        place=craft.place(craft.quote(contest.winner)),
    )
    return found


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
