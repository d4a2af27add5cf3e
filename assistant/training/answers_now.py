"""What a stale item's answer would be now: its question put to what stands in its sentence's place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from assistant.stems import content_stems
from assistant.training.craft import Craft
from assistant.training.generate import candidates
from assistant.training.items import Bound, Item, Part, text_hash
from assistant.training.rules import Rule
from assistant.training.templates.amounts import answer_now
from assistant.training.templates.contests import CONTESTS
from assistant.training.templates.signing import signer_now

_SHARED = 0.5
"""Share of the old sentence's content words that what stands in its place must have."""


class Successors:
    """What stands now where bound sentences stood; made once for many items."""

    def __init__(self, craft: Craft) -> None:
        self._craft = craft

    def of(self, bound: Bound) -> Rule | None:
        """The rule in force that took a sentence's place: of its plan, or of a plan that replaced it."""
        register = self._craft.material.register
        heirs = {bound.plan_id, *(p.plan_id for p in register.plans if bound.plan_id in p.supersedes)}
        stems = content_stems(bound.text)

        def likeness(rule: Rule) -> tuple[float, bool]:
            shared = len(stems & rule.stems) / max(1, min(len(stems), len(rule.stems)))
            return (shared, rule.source.section == bound.section)

        among = [r for r in self._craft.material.rules if r.plan.plan_id in heirs]
        best = max(among, key=likeness, default=None)
        return best if best is not None and likeness(best)[0] >= _SHARED else None

    def target_now(self, item: Item) -> str | None:
        """The answer of the target most like the item's, in the same plan."""
        key = item.key_statements[0]
        stems = content_stems(key.text)
        same = [i for (template, _), items in self.by_key.items() if template == item.template for i in items]

        def likeness(other: Item) -> float:
            theirs = content_stems(other.key_statements[0].text)
            return len(stems & theirs) / max(1, min(len(stems), len(theirs)))

        among = [i for i in same if i.key_statements[0].plan_id == key.plan_id]
        best = max(among, key=likeness, default=None)
        return best.answer if best is not None and likeness(best) >= _SHARED else None

    @cached_property
    def by_key(self) -> Mapping[tuple[str, str], Sequence[Item]]:
        """What could be asked now, by template and by the hash of the key or the plan's field."""
        found: dict[tuple[str, str], list[Item]] = {}
        for item in candidates(self._craft):
            keys = [b.text_hash for b in item.key_statements[:1]] or [f.plan_id for f in item.facts]
            for key in keys:
                found.setdefault((item.template, key), []).append(item)
        return found


def new_answer(item: Item, craft: Craft, successors: Successors) -> str | None:
    """The answer to the item's question now; None where it can no longer be asked."""
    if item.template in ("true_figure", "in_force"):
        return _truth_now(item, craft)
    if item.facts:
        now = list(successors.by_key.get((item.template, item.facts[0].plan_id), ()))
        return next((i.answer for i in now if i.facts[0].version_id == item.facts[0].version_id), None)
    if item.template in CONTESTS:
        return _winner_now(item, craft, successors)
    if item.template == "matching":
        return _pairs_now(item, craft, successors)
    if item.template.startswith("target_"):
        return successors.target_now(item)
    rule = successors.of(item.key_statements[0]) if item.key_statements else None
    if rule is None:
        return None
    if item.template == "case_applies":
        return answer_now(craft, rule, _value(item))
    if item.template == "who_signs":
        return signer_now(craft, rule.plan.plan_id, _value(item))
    template = "figure" if item.template == "asked_figure" else item.template
    asked = successors.by_key.get((template, text_hash(rule.text)), ())
    unit = item.slot.partition(":")[0]
    same = [i for i in asked if i.slot.partition(":")[0] == unit]
    exact = next((i for i in same if i.slot == item.slot), None)
    chosen = exact or (same[0] if same else None)
    return chosen.answer if chosen else rule.text


def _value(item: Item) -> float:
    """The amount that a case is about."""
    return float(item.slot.partition(":")[2])


def _pairs_now(item: Item, craft: Craft, successors: Successors) -> str:
    """Each statement, or what stands in its place, with its level; what is gone is left out."""
    rules = {text_hash(r.text): r for r in craft.material.rules}
    found = [rules.get(b.text_hash) or successors.of(b) for b in item.key_statements]
    lines = [f"{craft.quoted(r.text)} → {craft.level_label(r.source.level)}" for r in found if r is not None]
    return "\n".join(lines)


def _truth_now(item: Item, craft: Craft) -> str:
    """Whether what the item claims is what some rule in force says."""
    names = craft.words["truth"]
    rules = [r for r in craft.material.everything if r.governs]
    claimed = any(r.text in item.question for r in rules)
    return str(names["true" if claimed else "false"])


def _winner_now(item: Item, craft: Craft, successors: Successors) -> str | None:
    """Which of the two texts is followed now, or what is left of them."""
    rules = {text_hash(r.text): r for r in craft.material.rules}
    bound = [b for b in item.statements if b.part is not Part.SILENT]
    now = [r for b in bound if (r := rules.get(b.text_hash) or successors.of(b))]
    for contest in craft.material.contests:
        if contest.winner in now and contest.loser in now:
            rule = contest.winner
            if item.template == "governs_why":
                return craft.why_yields(contest)
            break
    else:
        if not now or item.template == "governs_why":
            return None
        rule = now[0]
    return craft.level_label(rule.source.level) if item.slot == "level" else craft.title(rule)
