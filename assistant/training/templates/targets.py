"""Questions on the tables of targets: who is to reach one, and by when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.desk.targets import PlanTarget, on_one_subject, targets
from assistant.training.craft import Craft
from assistant.training.items import Bound, Difficulty, Item, Kind, Option, Part
from assistant.training.rules import Rule, is_row
from assistant.training.templates.figures import first_year
from ingest.plans import Force

_OPTIONS = 4
_YEAR = re.compile(r"(?<!\d)20\d{2}(?!\d)")
_NOT_TARGETS = frozenset({"rule_not_target", "recommendation_not_target"})
_LIKE = 0.6
"""Share of words from which a sentence of the plan tells the same target as a row of its table."""


def owners(craft: Craft) -> Iterator[Item]:
    """Who answers for a target; that the plan names nobody is an answer too."""
    found = _of_tables(craft)
    for target, rule in found:
        said = target.target.responsible
        if said is not None and said not in rule.text:
            continue
        words = craft.words["templates"]["target_owner"]
        right = said or words["nobody"]
        others = [t.target.responsible for t, _ in found if t.target.responsible]
        named = {t.source.plan_id for t, _ in found if t.target.responsible}
        if target.source.plan_id not in named:
            continue
        options = _options(craft, "owner", rule, right, [o for o in others if o], always=words["nobody"])
        if len(options) == _OPTIONS:
            yield _item(craft, "target_owner", target, rule, right, options)


def deadlines(craft: Craft) -> Iterator[Item]:
    """By when a target is to be reached, where no sentence of the plan tells it too."""
    everything = targets(craft.material.library, craft.material.as_of, language=craft.language)
    for target, rule in _of_tables(craft):
        said = target.target.deadline
        year = _YEAR.search(said or "")
        if said is None or year is None or said not in rule.text or _told_in_a_sentence(craft, rule):
            continue
        rivals = [t for t in everything if not t.in_force and on_one_subject(t, target)]
        traps = [t for t in rivals if t.target.deadline and t.target.deadline != said]
        steps = [s for s in (-3, -2, -1, 1, 2, 3, 5) if int(year.group()) + s >= first_year(rule)]
        near = [said.replace(year.group(), str(int(year.group()) + step)) for step in steps]
        options = _options(craft, "deadline", rule, said, near)
        bound: list[Bound] = []
        if traps and (trap := traps[0].target.deadline) and len(trap) == len(said):
            other = craft.material.rule(traps[0].statement, "")
            keep = [o for o in options if o.right or o.text != trap][: _OPTIONS - 1]
            keep = keep if any(o.right for o in keep) else [*keep[:-1], Option(said, True)]
            options = sorted([*keep, Option(trap, why=craft.why_silent(other))], key=lambda o: o.text)
            bound.append(craft.bound(other, Part.SILENT))
        if len(options) == _OPTIONS:
            yield _item(craft, "target_deadline", target, rule, said, options, bound)


def _of_tables(craft: Craft) -> list[tuple[PlanTarget, Rule]]:
    found = []
    for target in targets(craft.material.library, craft.material.as_of, language=craft.language):
        rule = craft.material.rule(target.statement, target.source.section)
        one_page = len({span.page_index for span in target.statement.spans}) == 1
        if target.in_force and is_row(rule) and one_page and not _NOT_TARGETS & set(target.flags):
            found.append((target, rule))
    return found


def _told_in_a_sentence(craft: Craft, rule: Rule) -> bool:
    among = (r for r in craft.material.rules if r.plan is rule.plan and r.force is Force.TARGET)
    return any(craft.material.shared_words(rule, other) >= _LIKE for other in among)


def _options(
    craft: Craft, what: str, rule: Rule, right: str, others: Sequence[str], always: str = ""
) -> list[Option]:
    """The right one and three others, `always` among them; no other is a part of the right one, or it of them."""
    chance = craft.chance("target", what, rule.text)
    pool = [o for o in dict.fromkeys(others) if o not in right and right not in o]
    chance.shuffle(pool)
    pool = [always, *pool] if always and always != right else pool
    options = [Option(right, True), *(Option(o) for o in pool[: _OPTIONS - 1])]
    return sorted(options, key=lambda option: option.text)


def _item(
    craft: Craft,
    template: str,
    target: PlanTarget,
    rule: Rule,
    right: str,
    options: Sequence[Option],
    bound: Sequence[Bound] = (),
) -> Item:
    words = craft.words["templates"][template]
    values = {"title": craft.title(rule), "target": target.target.target}
    explanation = words["explanation"].format(
        answer=right, place=craft.place(craft.quote(rule)), quote=rule.source.quote
    )
    reasons = [option.why for option in options if option.why]
    return craft.item(
        Kind.SINGLE_CHOICE,
        template,
        words["question"].format(**values),
        right,
        " ".join([explanation, *reasons]),
        rules=(rule,),
        options=options,
        statements=bound,
        force=Force.TARGET.value,
        difficulty=Difficulty.HARD if bound else Difficulty.MEDIUM,
        audience="plan_owner",
        slot=template,
        asked=(words["question"].format(**values),),
    )
