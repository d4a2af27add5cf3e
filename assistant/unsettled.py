"""What nobody has decided although one statement leads: the room an exception leaves, sources that disagree. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from assistant.answers import Facts
from assistant.matter import ONE_BAND, WINDOW, Similarity, asked, cosine, in_one_section, in_scope, within
from assistant.speaker import Speaker
from assistant.stems import content_stems
from assistant.strictness import figures
from ingest.plans import Force
from ingest.wording import wording

_HEARD = 4.0
"""Standard scores below the law within which a source on how to read it is heard."""


def exception_above(
    lead: Speaker, valid: Sequence[Speaker], facts: Facts, similarity: Similarity
) -> tuple[Speaker, Speaker] | None:
    """The exception that a question is about and the lower duty that makes none; None where there are not both.

    A lower text may ask for more only within the room that the one above leaves: where the higher says of a figure
    that it does not apply, and the lower asks for just that figure in every case, their order is not decided.
    """
    near = [s for s in valid if within(s, lead, WINDOW)]
    for exception in near:
        if not _exempts(exception) or not in_one_section(exception, lead):
            continue
        for duty in near:
            lower = exception.source.level < duty.source.level and duty.is_duty and not _exempts(duty)
            alike = cosine(exception, duty, similarity) >= ONE_BAND
            if lower and alike and _same_figure(exception, duty) and in_scope(duty, facts) is not False:
                return exception, duty
    return None


def _exempts(speaker: Speaker) -> bool:
    """Whether it takes something out of a figure that it only refers to: "30 % gjelder ikke når …"."""
    said = speaker.statement
    refers = [a for a in said.amounts if a.unit in asked(speaker)]
    return (
        speaker.binds and "exception" in said.flags and bool(refers) and all(a.low == a.high for a in refers)
    )


def _same_figure(first: Speaker, second: Speaker) -> bool:
    units = asked(first) & asked(second)
    a, b = first.statement.amounts, second.statement.amounts
    return any(set(figures(a, unit)) & set(figures(b, unit)) for unit in units)


def disagreeing(lead: Speaker, valid: Sequence[Speaker], facts: Facts) -> tuple[Speaker, Speaker] | None:
    """Two sources on how the law is to be read, of which one denies what the other accepts.

    Guides and rulings have weight beside the law they explain and no level of their own: none beats another.
    """
    if not lead.is_national or not lead.binds:
        return None
    sources = [s for s in valid if _explains(s, lead) and within(s, lead, _HEARD)]
    for first, second in combinations(sources, 2):
        if first.plan.plan_id != second.plan.plan_id and _contradict(first, second, facts):
            return first, second
    return None


def _explains(speaker: Speaker, law: Speaker) -> bool:
    return (
        not speaker.binds
        and speaker.source.level == law.source.level
        and any(link.plan_id == law.plan.plan_id for link in speaker.plan.implements)
    )


def _contradict(first: Speaker, second: Speaker, facts: Facts) -> bool:
    """Whether one denies what the other does not, of the question's matter and of one thing more."""
    asked_of = content_stems(facts.query)
    shared = content_stems(first.statement.text) & content_stems(second.statement.text)
    return bool(shared & asked_of and shared - asked_of) and _denies(first) != _denies(second)


def _denies(speaker: Speaker) -> bool:
    said = speaker.statement
    negated = wording(said.language).find["negation"].search(said.text) is not None
    return negated or said.force is Force.PROHIBITION
