"""Two texts on one matter: which level governs, which text is followed, why, and which of them applies today."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.maxims import Maxim
from assistant.training.craft import Craft
from assistant.training.items import Difficulty, Item, Kind, Option, Part
from assistant.training.material import Material
from assistant.training.rules import Contest, Rule, comparable, is_row
from assistant.training.templates.levels import level_options
from ingest.plans import Force

CONTESTS = frozenset({"governs", "governs_why"})
"""Templates whose key is the decision between two texts in force."""
_REASONS = 4
_SAYS_THE_SAME = 0.95
"""Cosine from which a text in force may say what a text not in force says: its claim would be true all the same."""


def governs(craft: Craft) -> Iterator[Item]:
    """Two texts in force that ask for different things: which one is followed."""
    for contest in craft.material.contests:
        if not _clear(contest):
            continue
        if contest.winner.source.level != contest.loser.source.level:
            yield _by_level(craft, contest)
        yield _by_plan(craft, contest)


def _clear(contest: Contest) -> bool:
    """Whether the winner is something to follow."""
    if any(is_row(rule) and rule.force is Force.TARGET for rule in (contest.winner, contest.loser)):
        return False
    if contest.maxim is Maxim.RESTATES_HIGHER:
        return True
    return contest.winner.force is not Force.TARGET and contest.winner.speaker.binds


def _in_order(craft: Craft, one: Rule, other: Rule) -> tuple[Rule, Rule]:
    pair = [one, other]
    craft.chance("governs", one.text, other.text).shuffle(pair)
    return pair[0], pair[1]


def _told(craft: Craft, one: Rule, other: Rule) -> str:
    first, second = _in_order(craft, one, other)
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
        f"{_told(craft, contest.winner, contest.loser)} {craft.text('governs', 'which_level')}",
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
    return craft.item(
        Kind.SINGLE_CHOICE,
        "governs",
        f"{_told(craft, contest.winner, contest.loser)} {craft.text('governs', 'which_plan')}",
        craft.title(winner),
        _because(craft, contest, craft.level_label(winner.source.level)),
        rules=(winner,),
        quotes=(craft.quote(loser),),
        options=_of_the_two(craft, winner, loser),
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


# --- why ----------------------------------------------------------------------------------


def why(craft: Craft) -> Iterator[Item]:
    """For what reason the one is followed, beside reasons that are not so of these two."""
    for contest in craft.material.contests:
        if not _clear(contest):
            continue
        right = craft.why_yields(contest)
        wrong = [craft.why_yields(Contest(contest.winner, contest.loser, m)) for m in _untrue(contest)]
        if len(wrong) < 2:
            continue
        options = [Option(right, True), *(Option(text) for text in wrong[: _REASONS - 1])]
        craft.chance("governs_why", contest.winner.text, contest.loser.text).shuffle(options)
        asked = craft.text("governs_why", "question").format(title=craft.title(contest.winner))
        yield craft.item(
            Kind.SINGLE_CHOICE,
            "governs_why",
            f"{_told(craft, contest.winner, contest.loser)} {asked}",
            right,
            _because(craft, contest, craft.level_label(contest.winner.source.level)),
            rules=(contest.winner,),
            quotes=(craft.quote(contest.loser),),
            options=options,
            statements=(craft.bound(contest.loser, Part.YIELDS),),
            difficulty=Difficulty.HARD,
            slot="why",
        )


def _untrue(contest: Contest) -> list[Maxim]:
    """Maxims whose words are false of the two, whatever decided between them."""
    winner, loser = contest.winner, contest.loser
    ranks = (winner.speaker.body_rank, loser.speaker.body_rank)
    false = {
        Maxim.ADVICE_YIELDS: loser.speaker.binds and loser.force is not Force.RECOMMENDATION,
        Maxim.TARGET_DOES_NOT_BIND: loser.force is not Force.TARGET,
        Maxim.MAY_NOT_LOOSEN: winner.source.level >= loser.source.level,
        Maxim.HIGHER_BODY: ranks[0] >= ranks[1],
        Maxim.LEX_POSTERIOR: ranks[0] != ranks[1] or _older(winner, loser),
        Maxim.RESTATES_HIGHER: winner.source.level >= loser.source.level,
    }
    return [maxim for maxim, untrue in false.items() if untrue and maxim is not contest.maxim]


def _older(winner: Rule, loser: Rule) -> bool:
    first, second = winner.speaker.validity.since, loser.speaker.validity.since
    return first is not None and second is not None and first < second


# --- today --------------------------------------------------------------------------------


def today(craft: Craft) -> Iterator[Item]:
    """A text in force beside one that is not, on one matter: the level or the text that applies on the day."""
    material = craft.material
    for rule in material.silent:
        if rule.force is Force.TARGET or _said_in_force(material, rule):
            continue
        rivals = [r for r in material.on_matter(rule, material.rules) if _rivals(rule, r)]
        rival = next((r for r in rivals if material.askable(r)), None)
        if rival is not None:
            yield _today(craft, rival, rule)


def _rivals(rule: Rule, rival: Rule) -> bool:
    """Whether the text in force is one to follow that asks for something else."""
    return comparable(rule, rival) and rival.force is not Force.TARGET and rival.speaker.binds


def _said_in_force(material: Material, rule: Rule) -> bool:
    return any(
        material.similarity(rule, r) >= _SAYS_THE_SAME and not comparable(rule, r) for r in material.rules
    )


def _today(craft: Craft, rule: Rule, silent: Rule) -> Item:
    by_level = rule.source.level != silent.source.level
    label = craft.level_label(rule.source.level)
    words = craft.words["templates"]["governs_today"]
    asked = words["which_level" if by_level else "which_plan"].format(date=craft.day(craft.material.as_of))
    options = level_options(craft, rule.source.level) if by_level else _of_the_two(craft, rule, silent)
    explanation = words["explanation"].format(
        title=craft.title(rule),
        level=label,
        why=craft.why_silent(silent),
        place=craft.place(craft.quote(rule)),
    )
    return craft.item(
        Kind.WHICH_LEVEL if by_level else Kind.SINGLE_CHOICE,
        "governs_today",
        f"{_told(craft, rule, silent)} {asked}",
        label if by_level else craft.title(rule),
        explanation,
        rules=(rule,),
        quotes=(craft.quote(silent),),
        options=options,
        statements=(craft.bound(silent, Part.SILENT),),
        difficulty=Difficulty.HARD,
        slot="level" if by_level else "plan",
    )


def _of_the_two(craft: Craft, right: Rule, other: Rule) -> list[Option]:
    first, second = _in_order(craft, right, other)
    options = [Option(craft.title(rule), rule is right) for rule in (first, second)]
    return [*options, *(Option(text) for text in craft.words["templates"]["governs"]["neither"])]
