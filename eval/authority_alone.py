"""Authority by itself: with the answering statement among those found, does the right plan govern?

The statements that the key quotes are taken from the index, with the best-ranked others the pipeline finds for
the question, and handed to the authority procedure. Two settings: the quoted ones as relevant as the best other,
the others as found (`top`); and whatever else was found about as relevant made just as relevant (`equal`), so
that relevance helps nobody.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import TYPE_CHECKING
from unicodedata import normalize

from eval.dataset import Evidence, Expected, Question
from eval.run import Bench, Progress, silent
from eval.words import words

if TYPE_CHECKING:
    from assistant.answers import Facts
    from assistant.ask import Parts
    from assistant.authority import Decision, Speaker

SETTINGS = ("top", "equal")
MEASURES = ("plan", "level", "force", "authority", "outcome", "leak")
CANDIDATES = 30
_WIDE = 80
"""Statements ranked, of which the best are taken beside the quoted ones."""
_SHORTEST_PART = 20
"""Characters. A shorter statement inside a quote is a heading or a number, not the quote."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """How the procedure decided one question. None: the key does not say, so it is not measured."""

    query_id: str
    question: str
    setting: str
    plan: bool
    level: bool | None
    force: bool | None
    authority: bool | None
    outcome: bool
    leak: bool
    """A text not in force on the day was let govern, by the register alone."""
    expected: str
    given: str
    quote: str
    governing: str
    why: str
    """What led, and the rule of each step; of a miss also what became of the expected plan."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorityAlone:
    """`not_read`: questions whose quotes no statement of the index holds, so that nothing is decided on."""

    candidates: int
    decided: tuple[Decided, ...]
    not_read: tuple[str, ...]

    def to_json(self) -> dict[str, object]:
        return {
            "candidates": self.candidates,
            "not_read": list(self.not_read),
            "measures": {setting: self.measures(setting) for setting in SETTINGS},
            "decided": [asdict(each) for each in self.decided],
        }

    def measures(self, setting: str) -> dict[str, dict[str, int]]:
        """Of each measure how many questions it is told for, and of how many it holds."""
        chosen = [each for each in self.decided if each.setting == setting]
        told = {name: [v for each in chosen if (v := getattr(each, name)) is not None] for name in MEASURES}
        return {name: {"n": len(values), "hits": sum(values)} for name, values in told.items()}


def decide_alone(
    bench: Bench,
    parts: Mapping[str, Parts],
    questions: Sequence[Question],
    *,
    candidates: int = CANDIDATES,
    progress: Progress = silent,
) -> AuthorityAlone:
    """Decides every question with a governing plan in each setting; `parts` by folder."""
    decided: list[Decided] = []
    not_read: list[str] = []
    for question in questions:
        if question.expected is None or question.expected.governing is None:
            continue
        quotes = [row for row in bench.dataset.evidence_of(question.query_id) if row.role == "governing"]
        facts, quoted, others = _found(parts[question.folder], question, quotes, candidates)
        if not quoted:
            not_read.append(question.query_id)
            continue
        for setting in SETTINGS:
            handed = _handed(quoted, others, setting)
            decided.append(_decided(bench, parts[question.folder], question, facts, handed, quoted, setting))
        progress(question.query_id)
    return AuthorityAlone(candidates=candidates, decided=tuple(decided), not_read=tuple(not_read))


# --- what the procedure is handed -----------------------------------------------------------


def _found(
    parts: Parts, question: Question, quotes: Sequence[Evidence], others: int
) -> tuple[Facts, list[Speaker], list[Speaker]]:
    """What the question says, the quoted statements, and the best-ranked that are not quoted."""
    from assistant.ask import candidates
    from assistant.question import facts as read_facts
    from assistant.wire import to_question

    library = parts.library
    facts = read_facts(
        to_question(question.asked()),
        languages=library.register.municipality.languages,
        today=date.today(),
    )
    ranked, _, _ = candidates(facts, parts, limit=_WIDE)
    quoted = _quoted(parts, quotes, facts)
    put_first = {s.plan.plan_id: s.yields_to for s in ranked if s.yields_to}
    quoted = [replace(s, yields_to=put_first.get(s.plan.plan_id, frozenset())) for s in quoted]
    ids = {s.statement.statement_id for s in quoted}
    return facts, quoted, [s for s in ranked if s.statement.statement_id not in ids][:others]


def _quoted(parts: Parts, quotes: Sequence[Evidence], facts: Facts) -> list[Speaker]:
    """The statements of the index that hold a quote or are a part of one."""
    library = parts.library
    found: dict[int, Speaker] = {}
    for row in quotes:
        for document_id, shelf in library.shelves.items():
            named = (shelf.plan.plan_id, row.version or shelf.version.version_id)
            if named != (row.plan_id, shelf.version.version_id):
                continue
            for statement in library.statements_of(document_id):
                if _holds(statement.text, row.quote):
                    banded = library.banded(statement)
                    speaker = library.speaker(banded, 0.0, facts.as_of, facts.language)
                    found[statement.statement_id] = speaker
    return list(found.values())


def _holds(text: str, quote: str) -> bool:
    said, wanted = _flat(text), _flat(quote)
    return bool(wanted) and (wanted in said or (len(said) >= _SHORTEST_PART and said in wanted))


def _flat(text: str) -> str:
    """The words alone, signs above the line as letters: an index writes m² so."""
    return " ".join(words(normalize("NFKC", text)))


def _handed(quoted: Sequence[Speaker], others: Sequence[Speaker], setting: str) -> list[Speaker]:
    from assistant.matter import WINDOW

    best = max((s.relevance for s in others if s.may_govern), default=0.0)
    if setting == "equal":
        others = [replace(s, relevance=best) if s.relevance >= best - WINDOW else s for s in others]
    return [*(replace(s, relevance=best) for s in quoted), *others]


# --- what it decided ------------------------------------------------------------------------


def _decided(
    bench: Bench,
    parts: Parts,
    question: Question,
    facts: Facts,
    handed: Sequence[Speaker],
    quoted: Sequence[Speaker],
    setting: str,
) -> Decided:
    from assistant.ask import Similarities
    from assistant.authority import decide

    expected = question.expected
    assert expected is not None
    assert expected.governing is not None
    decision = decide(handed, facts, Similarities(parts.retriever, []))
    governing = decision.governing
    given = governing.plan.plan_id if governing else None
    level = governing.source.level if governing else None
    return Decided(
        query_id=question.query_id,
        question=question.question,
        setting=setting,
        plan=given == expected.governing.plan_id,
        level=None if expected.governing.level is None else level == expected.governing.level,
        force=None if expected.force is None else decision.force.value == expected.force,
        authority=_authority(expected, decision),
        outcome=decision.outcome.value == expected.outcome,
        leak=_leaks(bench, question, governing),
        expected=f"{expected.governing.plan_id} {expected.force or ''}".strip(),
        given=f"{given} {decision.force.value}",
        quote=quoted[0].statement.text,
        governing=governing.statement.text if governing else "",
        why=_why(expected.governing.plan_id, decision, quoted),
    )


def _authority(expected: Expected, decision: Decision) -> bool | None:
    if expected.authority is None:
        return None
    return decision.authority is not None and decision.authority.plan.plan_id == expected.authority.plan_id


def _leaks(bench: Bench, question: Question, governing: Speaker | None) -> bool:
    standings = bench.standings.get(question.folder)
    if standings is None or governing is None:
        return False
    of = standings.of(governing.plan.plan_id, governing.source.version_id, question.as_of)
    return not of.may_govern


def _why(plan_id: str, decision: Decision, quoted: Sequence[Speaker]) -> str:
    if not any(s.may_govern for s in quoted):
        return f"{plan_id} is {quoted[0].validity.state.value}"
    steps = [f"{r.speaker.plan.plan_id} {r.maxim.value}" for r in decision.rulings]
    met = any(r.speaker.plan.plan_id == plan_id for r in decision.rulings)
    governs = decision.governing is not None and decision.governing.plan.plan_id == plan_id
    apart = [] if governs or met else [f"{plan_id} was not taken to be on the matter"]
    return "; ".join([*apart, *steps]) or "alone on the matter"


def as_text(found: AuthorityAlone) -> str:
    """The measures of both settings, then every miss."""
    lines = []
    for setting in SETTINGS:
        told = [f"{name} {m['hits']} of {m['n']}" for name, m in found.measures(setting).items() if m["n"]]
        lines.append(f"{setting}: " + ", ".join(told))
    if found.not_read:
        lines.append(f"no statement holds the quote of: {', '.join(found.not_read)}")
    lines += [line for each in found.decided if not _right(each) for line in _miss(each)]
    return "\n".join(lines) + "\n"


def _right(decided: Decided) -> bool:
    told = (decided.plan, decided.level, decided.force, decided.authority, decided.outcome)
    return False not in told and not decided.leak


def _miss(decided: Decided) -> list[str]:
    wrong = [name for name in MEASURES[:-1] if getattr(decided, name) is False]
    wrong += ["leak"] if decided.leak else []
    return [
        f"{decided.query_id} ({decided.setting}; {', '.join(wrong)}) {decided.question}",
        f"  expected {decided.expected}: {decided.quote}",
        f"  given {decided.given}: {decided.governing}",
        f"  {decided.why}",
    ]
