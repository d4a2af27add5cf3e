"""What happens without the document that governs, and on another date.

After SearchFireSafety (2026): models invent most where the statute is missing. Here the document is taken out
and the assistant must abstain or name the next in line; the date is moved and what flips is listed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from eval.answers import Answer, answer_from
from eval.dataset import Question
from eval.measures.outcome import ABSTAINED, ANSWERED
from eval.run import Answerer, Bench, Progress, silent
from eval.standing import Standings
from eval.statements import statements

Without = Callable[[str, str], Answerer]
"""(folder, plan id) to an answerer on an index without that plan."""

ABSTAINS, NEXT_IN_LINE, UNDECIDED = "abstains", "next_in_line", "undecided"
UNRELATED, STILL_CLAIMS = "unrelated", "still_claims"
"""`unrelated`: a plan is let govern that the key does not connect with the question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """One question asked without the plan that governs it."""

    query_id: str
    question: str
    removed: str
    what: str
    governing: str | None
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Flip:
    """One question asked on two dates, where something changed."""

    query_id: str
    question: str
    before: str | None
    after: str | None
    changed: tuple[str, ...]
    not_in_force: str | None
    """The plan let govern on the later date although it was not in force then; None where all is well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ablation:
    """Both experiments; `counts` of what happened without the plan."""

    removals: tuple[Removal, ...]
    counts: Mapping[str, int]
    flips: tuple[Flip, ...]
    asked_on_other_dates: int

    def to_json(self) -> dict[str, object]:
        return asdict(self)


def without_governing(
    bench: Bench, questions: Sequence[Question], without: Without, *, progress: Progress = silent
) -> tuple[Removal, ...]:
    """Asks every question with a governing plan again on an index without it, one index a plan."""
    groups: dict[tuple[str, str], list[Question]] = defaultdict(list)
    for question in questions:
        expected = question.expected
        if expected is not None and expected.outcome == ANSWERED and expected.governing is not None:
            groups[question.folder, expected.governing.plan_id].append(question)
    found = []
    for (folder, plan_id), members in sorted(groups.items()):
        progress(f"without {plan_id}: {len(members)} questions")
        answer = without(folder, plan_id)
        found += [_removal(bench, each, plan_id, answer_from(answer(each.asked()))) for each in members]
    return tuple(found)


def _removal(bench: Bench, question: Question, removed: str, answer: Answer) -> Removal:
    governing = answer.governing.plan_id if answer.governing else None
    what, because = _judged(bench, question, removed, answer)
    return Removal(
        query_id=question.query_id,
        question=question.question,
        removed=removed,
        what=what,
        governing=governing,
        because=because,
    )


def _judged(bench: Bench, question: Question, removed: str, answer: Answer) -> tuple[str, str]:
    if answer.outcome == ABSTAINED:
        return ABSTAINS, "says that the plans have no answer"
    cited = {each.plan_id for each in answer.citations}
    cited |= {each.plan_id for each in (answer.governing, answer.authority) if each is not None}
    if removed in cited:
        return STILL_CLAIMS, f"cites {removed}, which is not there"
    invented = _unsupported_facts(bench, question, answer)
    if invented:
        return STILL_CLAIMS, f"still states {invented[0]!r}, which no quote it cites holds"
    if answer.outcome != ANSWERED:
        return UNDECIDED, f"the outcome is {answer.outcome}"
    if answer.governing is None:
        return STILL_CLAIMS, "answers, but no plan governs"
    standings = bench.standings.get(question.folder)
    if standings is not None:
        standing = standings.of(answer.governing.plan_id, answer.governing.version, question.as_of)
        if not standing.may_govern:
            return STILL_CLAIMS, f"{answer.governing.plan_id} is {standing.value} and cannot be next in line"
    if answer.governing.plan_id not in _connected(bench, question):
        return UNRELATED, f"{answer.governing.plan_id} governs instead, which has nothing to say on it"
    return NEXT_IN_LINE, f"{answer.governing.plan_id} governs instead"


def _connected(bench: Bench, question: Question) -> set[str]:
    """The plans that the key connects with a question: by evidence, as authority or as worth showing."""
    plans = {row.plan_id for row in bench.dataset.evidence_of(question.query_id)}
    if question.expected is not None:
        plans |= set(question.expected.also_relevant)
        plans |= {question.expected.authority.plan_id} if question.expected.authority else set()
    return plans


def _unsupported_facts(bench: Bench, question: Question, answer: Answer) -> list[str]:
    """Key facts that the answer states though none of its quotes has them."""
    quoted = statements("\n".join(each.quote for each in answer.citations))
    said = statements(answer.text, answer.roles)
    facts = question.expected.key_facts if question.expected else ()
    return [
        fact[0]
        for fact in facts
        if bench.judge.states(fact, said).holds and not bench.judge.states(fact, quoted).holds
    ]


def on_other_dates(
    bench: Bench,
    questions: Sequence[Question],
    answer: Answerer,
    dates: Sequence[date],
    *,
    progress: Progress = silent,
) -> tuple[Flip, ...]:
    """Asks every question on each date too; lists those where outcome, plan or facts change."""
    found = []
    for question in questions:
        base = answer_from(answer(question.asked()))
        for day in dates:
            moved = question.asked() | {"as_of": day.isoformat()}
            other = answer_from(answer(moved))
            flip = _flip(bench, question, base, other, day)
            if flip is not None:
                found.append(flip)
        progress(f"{question.query_id}: asked on {len(dates)} other dates")
    return tuple(found)


def _flip(bench: Bench, question: Question, base: Answer, other: Answer, day: date) -> Flip | None:
    changed = []
    if base.outcome != other.outcome:
        changed.append(f"outcome {base.outcome} → {other.outcome}")
    if _governing(base) != _governing(other):
        changed.append(f"governing {_governing(base)} → {_governing(other)}")
    if _facts(bench, question, base) != _facts(bench, question, other):
        changed.append("key facts stated")
    wrong = _out_of_force(bench.standings.get(question.folder), other, day)
    if not changed and wrong is None:
        return None
    return Flip(
        query_id=question.query_id,
        question=question.question,
        before=question.as_of,
        after=day.isoformat(),
        changed=tuple(changed),
        not_in_force=wrong,
    )


def _governing(answer: Answer) -> str | None:
    if answer.governing is None:
        return None
    version = answer.governing.version
    return f"{answer.governing.plan_id}@{version}" if version else answer.governing.plan_id


def _facts(bench: Bench, question: Question, answer: Answer) -> tuple[bool, ...]:
    said = statements(answer.text, answer.roles)
    facts = question.expected.key_facts if question.expected else ()
    return tuple(bench.judge.states(fact, said).holds for fact in facts)


def _out_of_force(standings: Standings | None, answer: Answer, day: date) -> str | None:
    if standings is None or answer.governing is None or answer.outcome != ANSWERED:
        return None
    standing = standings.of(answer.governing.plan_id, answer.governing.version, day.isoformat())
    return None if standing.may_govern else f"{_governing(answer)} is {standing.value} on {day}"


def ablation(removals: Sequence[Removal], flips: Sequence[Flip], asked: int) -> Ablation:
    counts = Counter(each.what for each in removals)
    kinds = (ABSTAINS, NEXT_IN_LINE, UNDECIDED, UNRELATED, STILL_CLAIMS)
    return Ablation(
        removals=tuple(removals),
        counts={kind: counts[kind] for kind in kinds},
        flips=tuple(flips),
        asked_on_other_dates=asked,
    )


def as_text(found: Ablation) -> str:
    """Counts first, then what went wrong, then what flipped."""
    lines = []
    if found.removals:
        n = len(found.removals)
        lines.append(f"without the governing plan, {n} questions: " + ", ".join(
            f"{kind} {count}" for kind, count in found.counts.items()
        ))  # fmt: skip
        lines += [
            f"  {each.query_id} without {each.removed}: {each.because}"
            for each in found.removals
            if each.what in {UNRELATED, STILL_CLAIMS}
        ]
    if found.asked_on_other_dates:
        lines.append(
            f"on other dates, {found.asked_on_other_dates} questions asked: {len(found.flips)} flips"
        )
        for flip in found.flips:
            wrong = f"  NOT IN FORCE: {flip.not_in_force}" if flip.not_in_force else ""
            lines.append(f"  {flip.query_id} {flip.before} → {flip.after}: {'; '.join(flip.changed)}{wrong}")
    return "\n".join(lines) + "\n"
