"""Who governs: of the statements that speak to a question, the one to follow, and why. Pure.

Relevance says which statements are about the question; nothing here adds to it. Among those, validity,
force, competence and rank decide, by the rules of `maxims.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.answers import Facts, Outcome, Role
from assistant.contest import prevails, repeats
from assistant.desk.validity import State
from assistant.maxims import Maxim
from assistant.speaker import DUTIES, Speaker
from assistant.strictness import CONDITIONS, in_scope
from ingest.plans import Force

__all__ = ["DUTIES", "Decision", "Ruling", "Speaker", "decide", "prevails"]

_PROPOSALS = frozenset({State.DRAFT, State.HEARING})

SAME_MATTER = 0.87
"""Cosine of two statements' vectors from which they may be about one thing; unrelated ones are near .65."""
_ONE_QUANTITY = 0.77
"""As `SAME_MATTER`, where both bound the same kind of quantity."""
_WINDOW = 2.0
"""Standard scores below the leading statement within which another still speaks to the question."""

_ADVICE_WINDOW = 3.5
_SCOPED_WINDOW = 3.0
_SILENT_WINDOW = 3.0
"""Standard scores below the governing statement within which a draft or dead text is worth a warning."""

_SCRAP = 15
"""Characters."""

Similarity = Callable[[int, int], float]
"""Cosine between two statements, by statement id."""


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
    maxim: Maxim | None = None
    rulings: tuple[Ruling, ...] = ()


def decide(speakers: Sequence[Speaker], facts: Facts, similarity: Similarity) -> Decision:
    """Decides among `speakers`, best relevance first. The order of equals does not matter."""
    ordered = sorted(speakers, key=lambda s: (-s.relevance, s.source.file, s.statement.place))
    valid = [s for s in ordered if s.may_govern and _says_something(s)]
    silent = [s for s in ordered if not s.may_govern]
    if not valid:
        dead = tuple(Ruling(s, Role.NOT_IN_FORCE, _why_not(s)) for s in silent[:3])
        return Decision(outcome=Outcome.ABSTAINED, rulings=dead)
    found, below_threshold = _lead(valid, facts, similarity)
    lead = _rule_explained(found, valid, facts)
    matter = [
        s
        for s in valid
        if (_in_scope(s, facts) is not False and _same_matter(s, lead, similarity, facts))
        or _ends_power(s, lead, facts)
    ]
    operative, rulings, open_conflict = _settle(lead, matter)
    below_threshold = below_threshold and operative is lead
    shown = _others(operative, valid, rulings, facts)
    shown += _not_in_force(operative, silent, similarity)
    outcome = Outcome.UNRESOLVED if open_conflict else Outcome.ANSWERED
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


# --- scope --------------------------------------------------------------------------------


def _in_scope(speaker: Speaker, facts: Facts) -> bool | None:
    return in_scope(speaker.statement.amounts, facts.figures)


def _lead(valid: Sequence[Speaker], facts: Facts, similarity: Similarity) -> tuple[Speaker, bool]:
    """The statement that leads, and whether it only says that nothing is required.

    Where the most relevant one is for other amounts, the next on its matter that is for this one leads.
    """
    first = valid[0]
    if _in_scope(first, facts) is not False:
        return first, False
    for other in [s for s in valid if _in_scope(s, facts) is not False]:
        alike = similarity(other.statement.statement_id, first.statement.statement_id)
        named = bool(_in_scope(other, facts))
        reach = _SCOPED_WINDOW if named and other.is_duty and alike >= _ONE_QUANTITY else _WINDOW
        if other.relevance < first.relevance - reach:
            continue
        same = _kinds(other) == _kinds(first) or (reach > _WINDOW and _asked(other) == _asked(first))
        if alike >= SAME_MATTER or (named and same):
            return other, False
    return first, first.statement.force in DUTIES


def _rule_explained(found: Speaker, valid: Sequence[Speaker], facts: Facts) -> Speaker:
    """A sentence that explains a rule is not the rule: the duty of its section leads in its place.

    Nor is one that repeats where the law begins: a rule of the municipality's own for this value leads, where it
    is about as relevant.
    """
    if found.statement.force is not Force.INFORMATION:
        return found
    for other in valid:
        if other.is_duty and _in_one_section(other, found) and other.relevance >= found.relevance - _WINDOW:
            return other
    if not any(repeats(found, s) for s in valid):
        return found
    for other in valid:
        near = other.is_duty and other.relevance >= found.relevance - _WINDOW / 2
        if near and not other.is_national and _in_scope(other, facts):
            return other
    return found


def _explaining(operative: Speaker, found: Speaker, valid: Sequence[Speaker], facts: Facts) -> Speaker | None:
    """What else of the governing section answers the question nearly as well."""
    if found is not operative and _in_one_section(found, operative):
        return found
    for other in valid:
        near = other.relevance >= operative.relevance - _WINDOW
        if other is not operative and near and _in_one_section(other, operative):
            return None if _in_scope(other, facts) is False else other
    return None


def _in_one_section(first: Speaker, second: Speaker) -> bool:
    a, b = first.statement, second.statement
    return (a.document_id, a.section) == (b.document_id, b.section)


def _same_matter(speaker: Speaker, lead: Speaker, similarity: Similarity, facts: Facts) -> bool:
    if speaker is lead:
        return True
    alike = similarity(speaker.statement.statement_id, lead.statement.statement_id)
    one_quantity = alike >= _ONE_QUANTITY and bool(_asked(speaker) & _asked(lead))
    # Advice is measured against whatever binds, even where it answers in more fitting words.
    reach = _WINDOW if lead.binds or not speaker.rules else _ADVICE_WINDOW
    if speaker.relevance < lead.relevance - reach:
        return False
    return one_quantity or alike >= SAME_MATTER or _answers_alike(speaker, lead, facts)


def _answers_alike(speaker: Speaker, lead: Speaker, facts: Facts) -> bool:
    """Whether both name an amount band for this very purchase, though in other words: a row and a sentence."""
    near = not lead.binds or speaker.relevance >= lead.relevance - _WINDOW / 2
    return (
        near
        and bool(_in_scope(speaker, facts))
        and bool(_in_scope(lead, facts))
        and _kinds(speaker) == _kinds(lead)
    )


def _ends_power(speaker: Speaker, lead: Speaker, facts: Facts) -> bool:
    """Whether it says that the power which advice gives a bearer ends below this purchase."""
    said, given = speaker.statement, lead.statement
    own = "competence" in said.flags and said.bearer is not None and said.bearer == given.bearer
    ends = any(
        a.high is not None and a.high < facts.figures.get(a.unit, 0.0) for a in said.amounts if a.low is None
    )
    return own and ends and speaker.binds and not lead.binds and speaker.relevance >= lead.relevance - _WINDOW


def _asked(speaker: Speaker) -> frozenset[str]:
    """Units of what it asks; a value or an area says what it is for."""
    return _kinds(speaker) - frozenset(CONDITIONS)


def _kinds(speaker: Speaker) -> frozenset[str]:
    return frozenset(a.unit for a in speaker.statement.amounts)


# --- one against another ------------------------------------------------------------------


def _settle(lead: Speaker, matter: Sequence[Speaker]) -> tuple[Speaker, list[Ruling], bool]:
    """Lets every statement on the matter meet the one that holds; returns who is left standing."""
    holder, lost, unresolved = lead, [], False
    for other in matter:
        if other is holder:
            continue
        winner, maxim = prevails(holder, other)
        loser = other if winner is holder else holder
        role = Role.SUPPORTS if maxim in (Maxim.BOTH_MET, Maxim.MAY_TIGHTEN) else Role.YIELDS
        if maxim is Maxim.UNRESOLVED:
            unresolved, role = True, Role.SUPPORTS
        lost.append(Ruling(loser, role, maxim))
        holder = winner
    return holder, lost, unresolved


def _deciding(rulings: Sequence[Ruling], below_threshold: bool) -> Maxim | None:
    """The rule to name: the last that changed or defended the outcome."""
    if below_threshold:
        return Maxim.OTHER_SCOPE
    telling = [r.maxim for r in rulings if r.maxim is not Maxim.BOTH_MET]
    return telling[-1] if telling else None


# --- what stands around the governing statement -------------------------------------------


def _authority(operative: Speaker, valid: Sequence[Speaker]) -> Speaker | None:
    """The statement of a plan above that gives the governing text its force, where another must.

    A text of the council or of the law stands by itself, and advice has no force to be given; what a lower body
    makes a duty stands on what it implements, on a higher level if it can. That money withheld binds whoever
    buys is the law's word.
    """
    stands = operative.body_rank <= operative.council_rank and not operative.withholds
    if stands or not operative.is_duty:
        return None
    linked = {link.plan_id: link.section for link in operative.plan.implements}
    above = [s for s in valid if s.plan.plan_id in linked and s.rank < operative.rank and s.binds]
    above = [s for s in above if s.source.level < operative.source.level] or above
    if not above:
        return None

    def closeness(speaker: Speaker) -> tuple[int, float]:
        section = linked[speaker.plan.plan_id]
        named = bool(section) and (
            speaker.source.section.startswith(section or "")
            or (section or "") in speaker.statement.text.split()
        )
        return (int(named), speaker.relevance)

    return max(above, key=closeness)


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
        if speaker.plan.plan_id in seen or speaker.relevance < operative.relevance - _WINDOW:
            continue
        seen.add(speaker.plan.plan_id)
        outside = _in_scope(speaker, facts) is False
        target = speaker.statement.force is Force.TARGET and operative.statement.force is not Force.TARGET
        maxim = Maxim.OTHER_SCOPE if outside else Maxim.TARGET_DOES_NOT_BIND if target else Maxim.BOTH_MET
        shown.append(Ruling(speaker, Role.YIELDS if outside else Role.SUPPORTS, maxim))
    return shown[:4]


def _not_in_force(operative: Speaker, silent: Sequence[Speaker], similarity: Similarity) -> list[Ruling]:
    """Drafts and dead texts that say something on the same matter: shown, never followed."""
    near = [
        s
        for s in silent
        if s.relevance >= operative.relevance - _SILENT_WINDOW
        and similarity(s.statement.statement_id, operative.statement.statement_id) >= SAME_MATTER
        and s.statement.text != operative.statement.text
    ]
    found: dict[str, Ruling] = {}
    for speaker in near:
        found.setdefault(speaker.plan.plan_id, Ruling(speaker, Role.NOT_IN_FORCE, _why_not(speaker)))
    return list(found.values())[:2]


def _why_not(speaker: Speaker) -> Maxim:
    return Maxim.DRAFT_ONLY if speaker.validity.state in _PROPOSALS else Maxim.NOT_IN_FORCE
