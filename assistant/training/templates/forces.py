"""Questions on what binds: how strongly a text does, and whether it applies at all."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.training.craft import Craft
from assistant.training.items import Difficulty, Item, Kind, Option, Part
from assistant.training.rules import Rule, comparable
from assistant.training.teachable import allows
from ingest.plans import Force
from ingest.wording import wording
from prompts import training_texts

_TELLING = 40
"""Characters from which a sentence tells what it is about without its heading."""
_SAYS_THE_SAME = 0.95
"""Cosine from which a text in force may say what a text not in force says: its claim would be true all the same."""
_CLAIM = 29
"""Characters from which a sentence can be told as a claim: "Målet är 90 procent år 2024." does not say of what."""
_OPENING = 25
"""Characters in which a target says that it is one: "Målet er at"."""
_VISIONS = frozenset({"master-plan"})
"""Kinds of plans whose "shall" tells a direction as often as a duty."""
_OFFERED = (Force.OBLIGATION, Force.RECOMMENDATION, Force.PERMISSION, Force.TARGET)
_ASKED = frozenset({*_OFFERED, Force.PROHIBITION, Force.COMPLY_OR_EXPLAIN})


def strength(craft: Craft) -> Iterator[Item]:
    """What a text asks of whoever buys: must, must not, should, may, or a target of the municipality's."""
    for rule in craft.material.rules:
        if (
            rule.force not in _ASKED
            or len(rule.text) < _TELLING
            or not craft.material.askable(rule)
            or not _plain_force(rule)
        ):
            continue
        names = craft.words["force"]
        offered = [rule.force, *(f for f in _others(rule.force) if f is not rule.force)][:4]
        options = tuple(
            Option(names[f.value], f is rule.force)
            for f in sorted(offered, key=lambda f: list(Force).index(f))
        )
        place = craft.place(craft.quote(rule))
        yield craft.item(
            Kind.SINGLE_CHOICE,
            "force",
            craft.text("force", "question").format(where=craft.where(rule), text=rule.text),
            names[rule.force.value],
            craft.words["templates"]["force"]["explanation"][rule.force.value].format(place=place),
            rules=(rule,),
            options=options,
            difficulty=Difficulty.MEDIUM if rule.force is Force.TARGET else Difficulty.EASY,
        )


def _others(force: Force) -> tuple[Force, ...]:
    """What could be mistaken for it: a ban is offered beside the rest only where it is one, or nearly."""
    if force in (Force.PROHIBITION, Force.COMPLY_OR_EXPLAIN):
        return (Force.RECOMMENDATION, Force.PERMISSION, Force.TARGET)
    return _OFFERED


def _plain_force(rule: Rule) -> bool:
    """Whether the text itself shows its force: a duty in a text that is only advice does not bind."""
    if rule.force in (Force.OBLIGATION, Force.PROHIBITION) and not rule.speaker.binds:
        return False
    words = wording(rule.statement.language).find
    said = [
        f for f in ("obligation", "prohibition", "recommendation", "permission") if words[f].search(rule.text)
    ]
    if rule.force is Force.TARGET:
        return words["target"].search(rule.text[:_OPENING]) is not None
    if rule.force is Force.OBLIGATION and rule.plan.kind in _VISIONS:
        return False
    if rule.force is Force.COMPLY_OR_EXPLAIN:
        return bool(said)
    if rule.force is Force.PERMISSION and (_limits(rule) or not _gives_leave(rule)):
        return False
    if rule.force is Force.PROHIBITION and _only_unable(rule):
        return False
    others = [f for f in said if f != rule.force.value]
    return rule.force.value in said and (not others or _only_negated(rule, others))


def _only_unable(rule: Rule) -> bool:
    """ "The unit cannot take part in every purchase" forbids nothing: without "cannot" no ban is left."""
    texts = training_texts(rule.statement.language)["reading"]
    rest = re.sub(rf"\b(?:{'|'.join(texts['unable'])})\b", " ", rule.text, flags=re.IGNORECASE)
    return wording(rule.statement.language).find["prohibition"].search(rest) is None


def _gives_leave(rule: Rule) -> bool:
    """Whether it says so in a word for leave, and of somebody: "may be void" gives none."""
    words = "|".join(training_texts(rule.statement.language)["reading"]["permits"])
    said = re.search(rf"\b(?:{words})\b", rule.text, re.IGNORECASE)
    return said is not None and allows(rule.statement)


def _limits(rule: Rule) -> bool:
    """ "No unit may…", "may only", "is given the task": what looks like a permission forbids, or asks."""
    words = "|".join(training_texts(rule.statement.language)["reading"]["limiting"])
    return re.search(rf"\b(?:{words})\b", rule.text, re.IGNORECASE) is not None


def _only_negated(rule: Rule, others: list[str]) -> bool:
    """ "skal ikke" holds "skal": a ban shows the words of a duty too."""
    return rule.force is Force.PROHIBITION and set(others) <= {"obligation", "permission"}


def in_force(craft: Craft) -> Iterator[Item]:
    """Does this apply on the day? Proposals and replaced texts do not, where another text says otherwise."""
    material = craft.material
    for rule in material.silent:
        if len(rule.text) < _CLAIM:
            continue
        if any(
            material.similarity(rule, r) >= _SAYS_THE_SAME and not comparable(rule, r) for r in material.rules
        ):
            continue
        rivals = [r for r in material.on_matter(rule, material.rules) if _says_otherwise(rule, r)]
        own = material.replaced_by_own(rule)
        rival = next((r for r in rivals if not own or r.plan is rule.plan), None)
        if rival is None or material.beaten(rival) is not None:
            continue
        yield _claim(craft, rule, rival)
        if material.similarity(rule, rival) >= 0:
            yield _holds(craft, rival, rule)


def _says_otherwise(rule: Rule, rival: Rule) -> bool:
    """Whether following the one would not be following the other."""
    if (
        rule.plan is rival.plan
        or rival.plan.plan_id in rule.plan.supersedes
        or rule.plan.plan_id in rival.plan.supersedes
    ):
        return comparable(rule, rival)
    return comparable(rule, rival) and (Force.TARGET in (rule.force, rival.force)) == (
        rule.force is rival.force
    )


def _claim(craft: Craft, rule: Rule, rival: Rule) -> Item:
    """A text not in force, told as if it were."""
    names = craft.words["truth"]
    explanation = craft.text("in_force", "false").format(
        why=craft.why_silent(rule), place=craft.place(craft.quote(rival)), quote=rival.source.quote
    )
    return craft.item(
        Kind.TRUE_FALSE,
        "in_force",
        _question(craft, rule),
        names["false"],
        explanation,
        rules=(rival,),
        quotes=(craft.quote(rule),),
        options=tuple(Option(names[each], each == "false") for each in ("true", "false")),
        statements=(craft.bound(rule, Part.SILENT),),
        difficulty=Difficulty.HARD,
        slot="claim",
    )


def _holds(craft: Craft, rule: Rule, silent: Rule) -> Item:
    """The text in force, told as it is: the other half, so that "false" is no rule of thumb."""
    names = craft.words["truth"]
    explanation = craft.text("in_force", "true").format(
        why=craft.why_silent(silent), place=craft.place(craft.quote(rule)), quote=rule.source.quote
    )
    return craft.item(
        Kind.TRUE_FALSE,
        "in_force",
        _question(craft, rule),
        names["true"],
        explanation,
        rules=(rule,),
        options=tuple(Option(names[each], each == "true") for each in ("true", "false")),
        statements=(craft.bound(silent, Part.SILENT),),
        difficulty=Difficulty.MEDIUM,
        slot="holds",
    )


def _question(craft: Craft, rule: Rule) -> str:
    found: str = craft.text("in_force", "question").format(
        municipality=craft.material.register.municipality.name,
        date=craft.day(craft.material.as_of),
        text=rule.text,
    )
    return found
