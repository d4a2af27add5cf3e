"""Who governs: of the statements that speak to a question, the one to follow, and why. Pure.

Relevance says which statements are about the question; nothing here adds to it. Among those, validity,
force, competence and rank decide, by the rules of `maxims.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answers import Facts, Outcome, Role
from assistant.contest import prevails
from assistant.desk.validity import State
from assistant.leading import asks_for, most_relevant, rule_of
from assistant.matter import (
    SAME_MATTER,
    WINDOW,
    Similarity,
    cosine,
    ends_power,
    in_one_section,
    in_scope,
    same_matter,
    within,
)
from assistant.maxims import Maxim
from assistant.speaker import DUTIES, Speaker
from assistant.unsettled import disagreeing, exception_above
from ingest.plans import Force

__all__ = ["DUTIES", "Decision", "Ruling", "Speaker", "decide", "prevails"]

_PROPOSALS = frozenset({State.DRAFT, State.HEARING})

_SILENT_WINDOW = 3.0
"""Standard scores below the governing statement within which a draft or dead text is worth a warning."""

_AHEAD = 0.01
"""Standard scores: enough to be the more relevant."""

_SCRAP = 15
"""Characters."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """How one statement relates to the governing one."""

    speaker: Speaker
    role: Role
    maxim: Maxim


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    outcome: Outcome
    governing: Speaker | None = None
    force: Force = Force.NONE
    authority: Speaker | None = None
    explained_by: Speaker | None = None
    """A sentence of the same section that says more about it."""
    beside: tuple[Speaker, ...] = ()
    """What of the same section is quoted with it."""
    maxim: Maxim | None = None
    rulings: tuple[Ruling, ...] = ()


def decide(speakers: Sequence[Speaker], facts: Facts, similarity: Similarity) -> Decision:
    """Decides among `speakers`, best relevance first; of equals what asks for most, then the higher rank."""
    ordered = sorted(
        speakers,
        key=lambda s: (-s.relevance, s.weight, s.rank, s.source.file, s.statement.place),
    )
    valid = [s for s in ordered if s.may_govern and _says_something(s)]
    silent = [s for s in ordered if not s.may_govern]
    if not valid:
        dead = tuple(Ruling(s, Role.NOT_IN_FORCE, _why_not(s)) for s in silent[:3])
        return Decision(outcome=Outcome.ABSTAINED, rulings=dead)
    found, below_threshold = most_relevant(valid, facts, similarity)
    lead = rule_of(found, valid, facts, similarity)
    # What the rule leads in place of is no rival of it.
    rivals = [s for s in valid if s is lead or s is not found]
    matter = [
        s
        for s in rivals
        if (in_scope(s, facts) is not False and same_matter(s, lead, similarity, facts))
        or ends_power(s, lead, facts)
    ]
    operative, rulings, open_conflict = _settle(lead, matter)
    below_threshold = below_threshold and operative is lead
    operative, undecided = _undecided(lead, operative, valid, facts, similarity)
    rulings = [*undecided, *(r for r in rulings if r.speaker not in [u.speaker for u in undecided])]
    shown = _others(operative, valid, rulings, facts)
    shown += _not_in_force(operative, silent, similarity)
    outcome = Outcome.UNRESOLVED if open_conflict or undecided else Outcome.ANSWERED
    return Decision(
        outcome=outcome,
        governing=operative,
        force=Force.NONE if below_threshold else operative.force,
        authority=_authority(operative, valid),
        explained_by=_explaining(operative, found, valid, facts),
        maxim=_deciding(rulings, below_threshold),
        rulings=tuple(shown),
    )


def _says_something(speaker: Speaker) -> bool:
    """A question printed in a document, or a scrap of a line, is nothing to follow."""
    said = speaker.statement
    is_scrap = said.force is Force.INFORMATION and len(said.text) < _SCRAP and not said.amounts
    return not is_scrap and not said.text.rstrip(' »"”').endswith("?")


# --- beside it ---------------------------------------------------------------------------


def _explaining(operative: Speaker, found: Speaker, valid: Sequence[Speaker], facts: Facts) -> Speaker | None:
    """What else of the governing section answers the question nearly as well."""
    if found is not operative and in_one_section(found, operative):
        return found
    for other in valid:
        near = within(other, operative, WINDOW)
        if other is not operative and near and in_one_section(other, operative):
            return None if in_scope(other, facts) is False else other
    return None


# --- one against another ------------------------------------------------------------------


def _settle(lead: Speaker, matter: Sequence[Speaker]) -> tuple[Speaker, list[Ruling], bool]:
    """Lets every statement on the matter meet the one that holds; returns who is left standing.

    What leads in a more relevant one's place counts as the more relevant.
    """
    most = max((s.relevance for s in matter), default=lead.relevance)
    first = lead if lead.relevance >= most else replace(lead, relevance=most + _AHEAD)
    holder, lost, unresolved = first, [], False
    for other in matter:
        if other is lead or other is holder:
            continue
        winner, maxim = prevails(holder, other)
        loser = other if winner is holder else holder
        role = Role.SUPPORTS if maxim in (Maxim.BOTH_MET, Maxim.MAY_TIGHTEN) else Role.YIELDS
        if maxim is Maxim.UNRESOLVED:
            unresolved, role = True, Role.SUPPORTS
        lost.append(Ruling(lead if loser is first else loser, role, maxim))
        holder = winner
    return lead if holder is first else holder, lost, unresolved


def _undecided(
    lead: Speaker, operative: Speaker, valid: Sequence[Speaker], facts: Facts, similarity: Similarity
) -> tuple[Speaker, list[Ruling]]:
    """What no rule of precedence settles: who is shown first, and what stands against it."""
    room = exception_above(lead, valid, facts, similarity)
    if room is not None:
        return room[0], [Ruling(room[1], Role.SUPPORTS, Maxim.UNRESOLVED)]
    sources = disagreeing(operative, valid, facts) or ()
    return operative, [Ruling(s, Role.SUPPORTS, Maxim.UNRESOLVED) for s in sources]


def _deciding(rulings: Sequence[Ruling], below_threshold: bool) -> Maxim | None:
    """The rule to name: the last that changed or defended the outcome."""
    if below_threshold:
        return Maxim.OTHER_SCOPE
    telling = [r.maxim for r in rulings if r.maxim is not Maxim.BOTH_MET]
    return telling[-1] if telling else None


# --- what stands around the governing statement -------------------------------------------


def _authority(operative: Speaker, valid: Sequence[Speaker]) -> Speaker | None:
    """The statement of a plan above that gives the governing text its force, where another must.

    A text of the council or of the law stands by itself, unless a plan above asked for just this text; advice
    has no force to be given. What a lower body makes a duty stands on what it implements, on a higher level if it
    can. That money withheld binds whoever buys is the law's word.
    """
    if not operative.is_duty:
        return None
    linked = {link.plan_id: link.section for link in operative.plan.implements}
    above = [s for s in valid if s.plan.plan_id in linked and s.rank < operative.rank and s.binds]
    if operative.body_rank <= operative.council_rank and not operative.withholds:
        above = [s for s in above if asks_for(s, operative)]
    above = [s for s in above if s.source.level < operative.source.level] or above

    def closeness(speaker: Speaker) -> tuple[int, float]:
        section = linked[speaker.plan.plan_id]
        named = bool(section) and (
            speaker.source.section.startswith(section or "")
            or (section or "") in speaker.statement.text.split()
        )
        return (int(named), speaker.relevance)

    return max(above, key=closeness, default=None)


def _others(
    operative: Speaker,
    valid: Sequence[Speaker],
    rulings: Sequence[Ruling],
    facts: Facts,
) -> list[Ruling]:
    """What else speaks to the question, without repeating a plan."""
    shown = [r for r in rulings if r.speaker is not operative]
    seen = {operative.plan.plan_id, *(r.speaker.plan.plan_id for r in shown)}
    for speaker in valid:
        if speaker.plan.plan_id in seen or not within(speaker, operative, WINDOW):
            continue
        seen.add(speaker.plan.plan_id)
        outside = in_scope(speaker, facts) is False
        target = speaker.force is Force.TARGET and operative.force is not Force.TARGET
        maxim = Maxim.OTHER_SCOPE if outside else Maxim.TARGET_DOES_NOT_BIND if target else Maxim.BOTH_MET
        shown.append(Ruling(speaker, Role.YIELDS if outside else Role.SUPPORTS, maxim))
    return shown[:4]


def _not_in_force(operative: Speaker, silent: Sequence[Speaker], similarity: Similarity) -> list[Ruling]:
    """Drafts and dead texts that say something on the same matter: shown, never followed."""
    near = [
        s
        for s in silent
        if within(s, operative, _SILENT_WINDOW)
        and cosine(s, operative, similarity) >= SAME_MATTER
        and s.statement.text != operative.statement.text
    ]
    found: dict[str, Ruling] = {}
    for speaker in near:
        found.setdefault(speaker.plan.plan_id, Ruling(speaker, Role.NOT_IN_FORCE, _why_not(speaker)))
    return list(found.values())[:2]


def _why_not(speaker: Speaker) -> Maxim:
    return Maxim.DRAFT_ONLY if speaker.validity.state in _PROPOSALS else Maxim.NOT_IN_FORCE
