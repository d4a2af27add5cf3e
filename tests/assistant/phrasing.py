"""A scripted language model, and decided answers about small texts for it to word."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from datetime import date

from assistant.answers import Answer, Asks, Facts, Outcome, Question, Role, Source
from assistant.authority import Decision, Ruling, Speaker
from assistant.chat import Message
from assistant.compose.extractive import answered
from assistant.desk.validity import State, Validity
from assistant.maxims import Maxim
from ingest.plans import (
    BlockKind,
    Force,
    Municipality,
    Plan,
    PlanVersion,
    Register,
    Status,
)
from ingest.quantities import quantities
from ingest.store import StoredStatement

DAY = date(2026, 11, 20)
REGISTER = Register(
    municipality=Municipality(municipality_id="f", name="Fjellvik kommune"), levels=(), bodies=(), plans=()
)

Part = str | float | Exception


class ScriptedChat:
    """Says what it is told to, one reply a call, and remembers what it was asked.

    A reply is a list of parts: words to send, seconds to wait, an error to raise.
    """

    def __init__(self, *replies: str | Sequence[Part], name: str = "scripted") -> None:
        self.name = name
        self.queue: list[Sequence[Part]] = [[r] if isinstance(r, str) else r for r in replies]
        self.history: list[tuple[Message, ...]] = []

    def stream(self, messages: Sequence[Message]) -> Iterator[str]:
        self.history.append(tuple(messages))
        for part in self.queue.pop(0):
            if isinstance(part, Exception):
                raise part
            if isinstance(part, float):
                time.sleep(part)
            else:
                yield part


def speaker(
    number: int,
    quote: str,
    *,
    title: str,
    force: Force = Force.OBLIGATION,
    section: str = "§ 1",
    language: str = "nb",
    context: str = "",
    owner: str | None = "Innkjøp",
) -> Speaker:
    version = PlanVersion(
        version_id=None, files=(f"{number}.md",), title=title, language=language, status=Status.ADOPTED
    )
    statement = StoredStatement(
        statement_id=number, document_id=number, place=0, passage_row=number, section=0, text=quote, context=context,
        language=language, kind=BlockKind.LIST_ITEM if context else BlockKind.PARAGRAPH, force=force, bearer=None,
        amounts=tuple(q.amount for q in quantities(quote, language)), dates=(), flags=frozenset(), spans=(),
    )  # fmt: skip
    source = Source(
        statement_id=number, document_id=number, plan_id=f"P{number}", version_id=None, file=f"{number}.md",
        title=title, level=4, level_name="Retningslinjer", section=section, page=1, quote=quote, language=language,
        force=force, adopted_on=date(2024, 1, 1),
    )  # fmt: skip
    plan = Plan(plan_id=f"P{number}", title=title, level=4, kind="routine", versions=(version,), owner=owner)
    return Speaker(
        statement=statement, source=source, plan=plan, validity=Validity(State.IN_FORCE), relevance=5.0,
        body_rank=4, council_rank=3,
    )  # fmt: skip


def decided(
    question: str,
    governing: Speaker,
    *others: Speaker,
    language: str = "nb",
    role: Role = Role.SUPPORTS,
    maxim: Maxim = Maxim.BOTH_MET,
    force: Force | None = None,
    outcome: Outcome = Outcome.ANSWERED,
) -> tuple[Answer, Decision]:
    """The extractive answer of a decision in which `governing` won over `others`."""
    decision = Decision(
        outcome=outcome,
        governing=governing,
        force=governing.statement.force if force is None else force,
        maxim=Maxim.OTHER_SCOPE if force is Force.NONE else None,
        rulings=tuple(Ruling(other, role, maxim) for other in others),
    )
    facts = Facts(query=question, language=language, as_of=DAY, asks=Asks.OTHER)
    sources = {s.statement.statement_id: [s.source] for s in (governing, *others)}
    return answered(Question(text=question), facts, decision, sources, REGISTER), decision
