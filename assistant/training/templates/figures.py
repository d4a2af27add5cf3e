"""Questions for a figure or a day: which one stands there, and is this one right."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.training.craft import Craft
from assistant.training.figures import BLANK, Slot, neighbours, rewritten, slots
from assistant.training.items import Bound, Difficulty, Item, Kind, Option, Part
from assistant.training.rules import Rule
from ingest.plans import Force
from ingest.wording import wording

_OPTIONS = 4
_BEFORE = 30
"""Characters before a year in which its "by" stands: "innen 31. desember"."""
_YEAR = re.compile(r"\b20\d{2}\b")


@dataclass(frozen=True, slots=True)
class _Trap:
    """A figure that another text names for the same thing, and why that text is not followed."""

    written: str
    why: str
    bound: Bound


def choices(craft: Craft) -> Iterator[Item]:
    """Which figure stands in the rule: other figures of the same matter first, then its neighbours."""
    for rule, slot in _askable(craft):
        options, bound = _options(craft, rule, slot)
        if len(options) < _OPTIONS:
            continue
        text = slot.blanked(rule.text)
        question = craft.text("figure", "question").format(where=craft.where(rule), text=text)
        explanation = craft.text("figure", "explanation").format(
            answer=slot.written, place=craft.place(craft.quote(rule)), quote=rule.source.quote
        )
        yield craft.item(
            Kind.SINGLE_CHOICE,
            "figure",
            question,
            slot.written,
            _with_reasons(explanation, options),
            rules=(rule,),
            options=options,
            statements=bound,
            slot=f"{slot.unit}:{slot.start}",
            difficulty=Difficulty.HARD if bound else Difficulty.MEDIUM,
            audience=_audience(rule),
            asked=(
                craft.text("figure", "asked").format(text=text.replace(BLANK, "…"), title=craft.title(rule)),
            ),
        )


def truths(craft: Craft) -> Iterator[Item]:
    """Is the rule as it is told, or with another figure? Half of each."""
    for rule, slot in _askable(craft):
        options, bound = _options(craft, rule, slot)
        wrong = [o for o in options if not o.right]
        if not wrong:
            continue
        chance = craft.chance("true_figure", rule.text, slot.start)
        trap = next((o for o in wrong if o.why), None)
        if chance.random() < 0.5 and trap is None:
            yield _true_or_false(craft, rule, slot, None, ())
        else:
            yield _true_or_false(craft, rule, slot, trap or chance.choice(wrong), bound)


def _true_or_false(
    craft: Craft, rule: Rule, slot: Slot, wrong: Option | None, bound: Sequence[Bound]
) -> Item:
    told = rule.text if wrong is None else slot.replaced(rule.text, wrong.text)
    key = "true" if wrong is None else "false"
    explanation = craft.text("true_figure", key).format(
        right=slot.written, place=craft.place(craft.quote(rule)), quote=rule.source.quote
    )
    names = craft.words["truth"]
    return craft.item(
        Kind.TRUE_FALSE,
        "true_figure",
        craft.text("true_figure", "question").format(where=craft.where(rule), text=told),
        names[key],
        _with_reasons(explanation, [wrong] if wrong else []),
        rules=(rule,),
        options=tuple(Option(names[each], each == key) for each in ("true", "false")),
        statements=tuple(bound) if wrong is not None and wrong.why else (),
        slot=f"{slot.unit}:{slot.start}",
        difficulty=Difficulty.MEDIUM if wrong and wrong.why else Difficulty.EASY,
        audience=_audience(rule),
    )


def _askable(craft: Craft) -> Iterator[tuple[Rule, Slot]]:
    """Rules whose figure can be asked for: none that another rule in force takes the place of."""
    for rule in craft.material.rules:
        if not craft.material.askable(rule) or _gives_way(craft, rule):
            continue
        for slot in slots(rule.text, rule.statement.language):
            if not _told_again(rule.text, slot):
                yield rule, slot


def _told_again(text: str, slot: Slot) -> bool:
    """Whether the sentence gives its figure away: "on a three-year contract the three-year cost counts"."""
    number, _, unit = slot.written.partition(" ")
    rest = text[: slot.start] + " " + text[slot.end :]
    again = rf"(?<!\w){re.escape(number)}[- ]?{re.escape(unit[:3])}"
    return bool(unit) and re.search(again, rest, re.IGNORECASE) is not None


def _gives_way(craft: Craft, rule: Rule) -> bool:
    """Whether a rule to be followed asks for more than this target: its figure would be learnt for nothing."""
    if rule.force is not Force.TARGET:
        return False
    duties = [r for r in craft.material.rules if r.force is Force.OBLIGATION and r.plan is not rule.plan]
    units = {a.unit for a in rule.statement.amounts}
    return any(units & {a.unit for a in r.statement.amounts} for r in craft.material.on_matter(rule, duties))


def _options(craft: Craft, rule: Rule, slot: Slot) -> tuple[list[Option], list[Bound]]:
    """The right figure among three others, and what the others are bound to."""
    traps = _traps(craft, rule, slot)
    chance = craft.chance("figure", rule.text, slot.start)
    own = sorted({a.low or a.high or 0.0 for r in craft.material.rules for a in r.statement.amounts
                  if a.unit == "money"})  # fmt: skip
    near = [w for v in neighbours(slot, own)[:8] if (w := rewritten(slot, v))]
    chance.shuffle(near)
    asked = craft.item(Kind.SINGLE_CHOICE, "figure", "", "", "", rules=(rule,))
    options, bound = [Option(slot.written, True)], list[Bound]()
    for trap in traps[:2]:
        if trap.written not in {o.text for o in options} and not craft.refused(asked, trap.written):
            options.append(Option(trap.written, why=trap.why))
            bound.append(trap.bound)
    for written in near:
        taken = {o.text for o in options}
        elsewhere = written in rule.text
        if (
            len(options) < _OPTIONS
            and written not in taken
            and not elsewhere
            and not craft.refused(asked, written)
        ):
            options.append(Option(written))
    chance.shuffle(options)
    return options, bound


def _traps(craft: Craft, rule: Rule, slot: Slot) -> list[_Trap]:
    """Figures that texts on the same matter name: proposals, replaced texts, and texts that give way."""
    found = []
    material = craft.material
    for other in material.on_matter(rule, material.silent):
        if other.plan is not rule.plan and material.replaced_by_own(other):
            continue
        if written := _other_figure(slot, rule, other):
            found.append(_Trap(written, craft.why_silent(other), craft.bound(other, Part.SILENT)))
    for contest in material.contests:
        if contest.winner is rule and (written := _other_figure(slot, rule, contest.loser)):
            found.append(_Trap(written, craft.why_yields(contest), craft.bound(contest.loser, Part.YIELDS)))
    return found


def _other_figure(slot: Slot, rule: Rule, other: Rule) -> str | None:
    """The figure that stands in the other text's place for `slot`, written the same way; None where it is unclear."""
    mine = [s for s in slots(rule.text, rule.statement.language) if s.unit == slot.unit]
    theirs = [s for s in slots(other.text, other.statement.language) if s.unit == slot.unit]
    if len(mine) != len(theirs):
        return None
    value = theirs[[s.start for s in mine].index(slot.start)].value
    return rewritten(slot, value) if value not in {s.value for s in mine} else None


def _with_reasons(explanation: str, options: Sequence[Option]) -> str:
    reasons = [o.why for o in options if o.why and not o.right]
    return " ".join([explanation, *dict.fromkeys(reasons)])


def _audience(rule: Rule) -> str:
    if rule.force is Force.TARGET:
        return "plan_owner"
    return "approver" if "competence" in rule.statement.flags else "purchaser"


# --- deadlines ----------------------------------------------------------------------------


def deadlines(craft: Craft) -> Iterator[Item]:
    """By when a target is to be reached."""
    for rule in craft.material.rules:
        years = list(_YEAR.finditer(rule.text))
        if rule.force is not Force.TARGET or not years or _gives_way(craft, rule):
            continue
        year = max(years, key=lambda match: int(match.group()))
        if not _is_deadline(rule, year):
            continue
        yield _deadline(craft, rule, year)


def _is_deadline(rule: Rule, year: re.Match[str]) -> bool:
    """Whether words for "by" stand before the year, and the year stands in the sentence once."""
    before = rule.text[max(0, year.start() - _BEFORE) : year.start()]
    by = wording(rule.statement.language).find["deadline"].search(before)
    return by is not None and rule.text.count(year.group()) == 1


def first_year(rule: Rule) -> int:
    """The year a plan begins in: no target of its is due before."""
    version = next((v for v in rule.plan.versions if v.version_id == rule.source.version_id), None)
    begun = (version.adopted_on or version.valid_from) if version else None
    return begun.year if begun else 0


def _deadline(craft: Craft, rule: Rule, year: re.Match[str]) -> Item:
    chance = craft.chance("deadline", rule.text)
    right = int(year.group())
    options, bound = [Option(year.group(), True)], list[Bound]()
    for other in craft.material.on_matter(rule, craft.material.silent)[:1]:
        theirs = max((m.group() for m in _YEAR.finditer(other.text)), default=year.group())
        if theirs != year.group() and theirs not in rule.text:
            options.append(Option(theirs, why=craft.why_silent(other)))
            bound.append(craft.bound(other, Part.SILENT))
    steps = [step for step in (-3, -2, -1, 1, 2, 3, 5) if right + step >= first_year(rule)]
    chance.shuffle(steps)
    for step in steps:
        written = str(right + step)
        if len(options) < _OPTIONS and written not in {o.text for o in options} and written not in rule.text:
            options.append(Option(written))
    options.sort(key=lambda option: option.text)
    text = rule.text[: year.start()] + BLANK + rule.text[year.end() :]
    explanation = craft.text("deadline", "explanation").format(
        answer=year.group(), place=craft.place(craft.quote(rule)), quote=rule.source.quote
    )
    return craft.item(
        Kind.SINGLE_CHOICE,
        "deadline",
        craft.text("deadline", "question").format(where=craft.where(rule), text=text),
        year.group(),
        _with_reasons(explanation, options),
        rules=(rule,),
        options=options,
        statements=bound,
        slot="year_of",
        audience="plan_owner",
        asked=(
            craft.text("deadline", "asked").format(text=text.replace(BLANK, "…"), title=craft.title(rule)),
        ),
    )
