"""Short cases with an amount: does this rule reach it?"""

from __future__ import annotations

from collections.abc import Iterator

from assistant.strictness import covers
from assistant.training.craft import Craft
from assistant.training.figures import Slot, rewritten, slots
from assistant.training.items import Difficulty, Item, Kind, Option
from assistant.training.rules import Rule
from assistant.training.teachable import of_a_period
from ingest.plans import Force

_FACTORS = (0.3, 0.4, 0.5, 0.6, 0.8, 1.2, 1.5, 2.0, 3.0)
"""Of the limit, well away from it: whether the limit itself is in is the text's own affair."""
_FORCES = frozenset(
    {Force.OBLIGATION, Force.PROHIBITION, Force.RECOMMENDATION, Force.PERMISSION, Force.COMPLY_OR_EXPLAIN}
)


def applies(craft: Craft) -> Iterator[Item]:
    """Whether a limit is reached, once below and once above it."""
    for rule in craft.material.rules:
        limit = _limit(rule)
        if limit is None or rule.force not in _FORCES or not craft.material.askable(rule):
            continue
        chance = craft.chance("case_applies", rule.text)
        for side in (False, True):
            values = [limit.value * f for f in _FACTORS if (f > 1) is side]
            chance.shuffle(values)
            written = next((w for v in values if (w := _round_figure(limit, v))), None)
            if written is not None:
                yield _case(craft, rule, limit, *written)


def _limit(rule: Rule) -> Slot | None:
    """The one amount of money that bounds the rule; none where it is of a month or a head."""
    found = [s for s in slots(rule.text, rule.statement.language) if s.unit == "money"]
    bounds = [a for a in rule.statement.amounts if a.unit == "money"]
    if len(found) != 1 or len(bounds) != 1 or bounds[0].low == bounds[0].high:
        return None
    of_a_purchase = of_a_period(rule.statement.language).match(rule.text, found[0].end) is None
    return found[0] if of_a_purchase else None


def _round_figure(limit: Slot, value: float) -> tuple[float, str] | None:
    written = rewritten(limit, value)
    return None if written is None or value == limit.value else (value, written)


def _case(craft: Craft, rule: Rule, limit: Slot, value: float, written: str) -> Item:
    words = craft.words["templates"]["case_applies"]
    right, wrong = _answers(craft, rule, limit, value, written)
    options = [Option(right, True), Option(wrong), Option(words["always"]), Option(words["proposal"])]
    craft.chance("case_applies", rule.text, value).shuffle(options)
    return craft.item(
        Kind.CASE,
        "case_applies",
        words["question"].format(value=written, title=craft.title(rule), text=rule.text),
        right,
        words["explanation"].format(
            answer=right, place=craft.place(craft.quote(rule)), quote=rule.source.quote
        ),
        rules=(rule,),
        options=options,
        difficulty=Difficulty.MEDIUM,
        slot=f"money:{value:.0f}",
        asked=(words["asked"].format(value=written, text=rule.text),),
    )


def _answers(craft: Craft, rule: Rule, limit: Slot, value: float, written: str) -> tuple[str, str]:
    """The right answer, and the one that says the opposite of the same amount."""
    inside = covers(rule.statement.amounts, value) is True
    side = "_above" if value > limit.value else "_below"
    keys = (("yes" if inside else "no") + side, ("no" if inside else "yes") + side)
    words = craft.words["templates"]["case_applies"]
    right, wrong = (words[key].format(value=written, limit=limit.written) for key in keys)
    return right, wrong


def answer_now(craft: Craft, rule: Rule, value: float) -> str | None:
    """What the same case would be answered by this rule; None where it has no limit to measure it by."""
    limit = _limit(rule)
    written = rewritten(limit, value) if limit is not None else None
    if limit is None or written is None or value == limit.value:
        return None
    return _answers(craft, rule, limit, value, written)[0]
