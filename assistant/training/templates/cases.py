"""Short cases with an amount: which of a plan's rules reaches it?"""

from __future__ import annotations

from collections.abc import Iterator

from assistant.strictness import covers
from assistant.training.craft import Craft
from assistant.training.figures import BLANK, rewritten, slots
from assistant.training.items import Difficulty, Item, Kind, Option
from assistant.training.rules import Rule
from ingest.plans import Plan
from ingest.quantities import quantities

_OPTIONS = 4
_FACTORS = (0.4, 0.6, 0.8, 1.2, 1.5, 2.5)


def which_rule(craft: Craft) -> Iterator[Item]:
    """The one rule of a plan that reaches the amount, its limits hidden, beside others that do not."""
    for plan in craft.material.register.plans:
        rules = [
            r for r in craft.material.rules if r.plan is plan and covers(r.statement.amounts, 1.0) is not None
        ]
        if len(rules) < 3:
            continue
        for rule in rules:
            if craft.material.askable(rule) and (item := _case(craft, plan, rule, rules)):
                yield item


def _case(craft: Craft, plan: Plan, rule: Rule, rules: list[Rule]) -> Item | None:
    chance = craft.chance("case_rule", rule.text)
    limits = [s for s in slots(rule.text, rule.statement.language) if s.unit == "money"]
    values = [
        (s, s.value * f) for s in limits for f in _FACTORS if covers(rule.statement.amounts, s.value * f)
    ]
    chance.shuffle(values)
    for limit, value in values:
        wrong = [r for r in rules if r is not rule and covers(r.statement.amounts, value) is False]
        written = rewritten(limit, value)
        if len(wrong) >= 2 and written:
            chance.shuffle(wrong)
            return _asked(craft, plan, rule, wrong[: _OPTIONS - 1], value, written)
    return None


def _asked(craft: Craft, plan: Plan, rule: Rule, wrong: list[Rule], value: float, written: str) -> Item:
    words = craft.words["templates"]["case_rule"]
    options = [Option(_hidden(r), r is rule) for r in (rule, *wrong)]
    craft.chance("case_rule", rule.text, value).shuffle(options)
    return craft.item(
        Kind.CASE,
        "case_rule",
        words["question"].format(value=written, title=craft.title(rule)),
        _hidden(rule),
        words["explanation"].format(place=craft.place(craft.quote(rule)), quote=rule.source.quote),
        rules=(rule, *wrong),
        options=options,
        difficulty=Difficulty.HARD,
        slot=f"money:{value:.0f}",
        asked=(words["asked"].format(value=written, title=plan.title),),
    )


def _hidden(rule: Rule) -> str:
    """The text with its limits hidden."""
    text = rule.text
    for found in reversed(quantities(text, rule.statement.language)):
        if found.amount.unit == "money":
            text = text[: found.start] + BLANK + text[found.end :]
    return text
