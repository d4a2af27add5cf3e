"""Who governs: of the statements that speak to a question, the one to follow, and why. Pure.

Relevance says which statements are about the question; nothing here adds to it. Among those, validity,
force, competence and rank decide, by the rules of `maxims.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.answers import Facts, Outcome, Role, Source
from assistant.desk.validity import State, Validity
from assistant.maxims import Maxim
from assistant.strictness import Compared, Said, compare, in_scope
from ingest.plans import BlockKind, Force, Plan
from ingest.store import StoredStatement

DUTIES = frozenset({Force.OBLIGATION, Force.PROHIBITION, Force.COMPLY_OR_EXPLAIN})

_ADVICE_KINDS = frozenset({"guidance", "handbook", "guideline", "manual", "template"})
_PROPOSALS = frozenset({State.DRAFT, State.HEARING})
_SPECIAL_KINDS = frozenset({"theme-plan", "routine", "sub-plan"})

SAME_MATTER = 0.87
"""Cosine of two statements' vectors from which they may be about one thing; e5 puts unrelated ones near .8."""
_WINDOW = 2.0
"""Standard scores below the leading statement within which another still speaks to the question."""

_ADVICE_WINDOW = 3.5
_SILENT_WINDOW = 3.0
"""Standard scores below the governing statement within which a draft or dead text is worth a warning."""

_SCRAP = 15
"""Characters."""

Similarity = Callable[[int, int], float]
"""Cosine between two statements, by statement id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """A statement that may speak to the question, with all that decides its rank."""

    statement: StoredStatement
    source: Source
    plan: Plan
    validity: Validity
    relevance: float
    body_rank: int
    council_rank: int
    """The rank of the highest local body: what it adopts binds the administration."""

    @property
    def may_govern(self) -> bool:
        return self.validity.governs

    @property
    def binds(self) -> bool:
        """Whether the document binds at all, as the register says or kind and body imply."""
        if self.plan.binding is not None:
            return self.plan.binding
        return self.plan.kind not in _ADVICE_KINDS or self.body_rank <= self.council_rank

    @property
    def is_duty(self) -> bool:
        return self.binds and self.statement.force in DUTIES

    @property
    def rules(self) -> bool:
        """Whether it settles something with binding force: a duty, a leave, a power, a row of limits."""
        said = self.statement
        row = said.kind is BlockKind.TABLE_ROW and bool(said.amounts)
        settles = said.force in (*DUTIES, Force.PERMISSION, Force.NONE) or "competence" in said.flags or row
        return self.binds and settles

    @property
    def rank(self) -> tuple[int, int]:
        """Level first, adopting body within it; smaller is higher."""
        return (self.source.level, self.body_rank)


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
    lead = _rule_explained(found, valid)
    matter = [
        s for s in valid if _same_matter(s, lead, similarity, facts) and _in_scope(s, facts) is not False
    ]
    operative, rulings, open_conflict = _settle(lead, matter)
    shown = _others(operative, valid, rulings, facts)
    shown += _not_in_force(operative, silent, similarity)
    outcome = Outcome.UNRESOLVED if open_conflict else Outcome.ANSWERED
    return Decision(
        outcome=outcome,
        governing=operative,
        force=Force.NONE if below_threshold else operative.statement.force,
        authority=_authority(operative, valid),
        explained_by=_explaining(operative, found, valid, facts),
        maxim=_deciding(rulings, below_threshold),
        rulings=tuple(shown),
    )


def _says_something(speaker: Speaker) -> bool:
    """A question printed in a document, or a scrap of a line, is nothing to follow."""
    said = speaker.statement
    return not said.text.rstrip(' »"”').endswith("?") and (len(said.text) >= _SCRAP or bool(said.amounts))


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
    near = [s for s in valid if s.relevance >= first.relevance - _WINDOW and _in_scope(s, facts) is not False]
    for other in near:
        alike = similarity(other.statement.statement_id, first.statement.statement_id) >= SAME_MATTER
        if alike or (_in_scope(other, facts) and _kinds(other) == _kinds(first)):
            return other, False
    return first, first.statement.force in DUTIES


def _rule_explained(found: Speaker, valid: Sequence[Speaker]) -> Speaker:
    """A sentence that explains a rule is not the rule: the duty of its section leads in its place."""
    if found.statement.force is not Force.INFORMATION:
        return found
    for other in valid:
        if other.is_duty and _in_one_section(other, found) and other.relevance >= found.relevance - _WINDOW:
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
    # Advice is measured against whatever binds, even where it answers in more fitting words.
    reach = _WINDOW if lead.binds or not speaker.rules else _ADVICE_WINDOW
    if speaker.relevance < lead.relevance - reach:
        return False
    if similarity(speaker.statement.statement_id, lead.statement.statement_id) >= SAME_MATTER:
        return True
    return _answers_alike(speaker, lead, facts)


def _answers_alike(speaker: Speaker, lead: Speaker, facts: Facts) -> bool:
    """Whether both name an amount band for this very purchase, though in other words: a row and a sentence."""
    near = not lead.binds or speaker.relevance >= lead.relevance - _WINDOW / 2
    return (
        near
        and bool(_in_scope(speaker, facts))
        and bool(_in_scope(lead, facts))
        and _kinds(speaker) == _kinds(lead)
    )


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


def prevails(first: Speaker, second: Speaker) -> tuple[Speaker, Maxim]:
    """Which of two statements on one matter is to be followed, and by which rule.

    Where nothing sets them apart the more relevant stays.
    """
    told = _more_relevant(first, second)
    other = second if told is first else first
    if first.rules != second.rules and first.binds != second.binds:
        return first if first.rules else second, Maxim.ADVICE_YIELDS
    if _delegates(first) != _delegates(second):
        return told, Maxim.BOTH_MET
    if Force.TARGET in (first.statement.force, second.statement.force):
        is_target = told.statement.force is Force.TARGET
        return told, Maxim.BOTH_MET if is_target else Maxim.TARGET_DOES_NOT_BIND
    compared = compare(_said(first), _said(second))
    if compared in (Compared.UNKNOWN, Compared.SAME):
        return _equals(told, other, compared)
    stricter = first if compared is Compared.FIRST_STRICTER else second
    if first.rank == second.rank:
        return _same_rank(told, other)
    higher = first if first.rank < second.rank else second
    if stricter is higher:
        by_body = first.source.level == second.source.level
        return higher, Maxim.HIGHER_BODY if by_body else Maxim.MAY_NOT_LOOSEN
    if stricter.binds and stricter.statement.force in DUTIES:
        return stricter, Maxim.MAY_TIGHTEN
    return told, Maxim.BOTH_MET


def _delegates(speaker: Speaker) -> bool:
    """A duty to make a rule is not that rule."""
    return "delegates" in speaker.statement.flags


def _more_relevant(first: Speaker, second: Speaker) -> Speaker:
    """The one that is more about the question; of equals the higher, then the first in the documents."""

    def order(speaker: Speaker) -> tuple[float, tuple[int, int], int]:
        return (-speaker.relevance, speaker.rank, speaker.statement.statement_id)

    return min(first, second, key=order)


def _said(speaker: Speaker) -> Said:
    return Said(speaker.statement.force, speaker.statement.amounts)


def _equals(first: Speaker, second: Speaker, compared: Compared) -> tuple[Speaker, Maxim]:
    if compared is Compared.SAME and "restates" in first.statement.flags and second.rank < first.rank:
        return second, Maxim.RESTATES_HIGHER
    if compared is Compared.SAME and "restates" in second.statement.flags and first.rank < second.rank:
        return first, Maxim.RESTATES_HIGHER
    return first, Maxim.BOTH_MET


def _same_rank(first: Speaker, second: Speaker) -> tuple[Speaker, Maxim]:
    if first.plan.plan_id == second.plan.plan_id:
        return first, Maxim.BOTH_MET
    newer = _newer(first, second)
    special = _more_special(first, second)
    if newer is not None and special is not None and newer is not special:
        return first, Maxim.UNRESOLVED
    if special is not None:
        return special, Maxim.LEX_SPECIALIS
    if newer is not None:
        return newer, Maxim.LEX_POSTERIOR
    return first, Maxim.UNRESOLVED


def _newer(first: Speaker, second: Speaker) -> Speaker | None:
    a, b = _adopted(first), _adopted(second)
    if a is None or b is None or a == b:
        return None
    return first if a > b else second


def _adopted(speaker: Speaker) -> date | None:
    return speaker.source.adopted_on or speaker.source.valid_from


def _more_special(first: Speaker, second: Speaker) -> Speaker | None:
    a, b = first.plan.kind in _SPECIAL_KINDS, second.plan.kind in _SPECIAL_KINDS
    if a == b:
        return None
    return first if a else second


def _deciding(rulings: Sequence[Ruling], below_threshold: bool) -> Maxim | None:
    """The rule to name: the last that changed or defended the outcome."""
    if below_threshold:
        return Maxim.OTHER_SCOPE
    telling = [r.maxim for r in rulings if r.maxim is not Maxim.BOTH_MET]
    return telling[-1] if telling else None


# --- what stands around the governing statement -------------------------------------------


def _authority(operative: Speaker, valid: Sequence[Speaker]) -> Speaker | None:
    """The statement of a plan above that gives the governing text its force, where another must.

    A text of the council or of the law stands by itself; what a lower body issues stands on what it
    implements.
    """
    if operative.body_rank <= operative.council_rank:
        return None
    linked = {link.plan_id: link.section for link in operative.plan.implements}
    above = [s for s in valid if s.plan.plan_id in linked and s.rank < operative.rank and s.binds]
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
