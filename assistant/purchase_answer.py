"""A whole purchase answered: each step asked of the plans on its own, by the one way all questions go."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from assistant.answers import Answer, Facts, Question, Role, Source
from assistant.ask import Parts, Similarities, Trace, candidates
from assistant.authority import Decision, Speaker, decide
from assistant.compose.extractive import Nearest, read_as, silent
from assistant.compose.purchase import Taken, figure, in_short, purchased
from assistant.purchase import Purchase, bought
from assistant.purchase_fit import Fit, fitting, special
from assistant.purchase_steps import STEPS, VALUE, Step
from assistant.purchase_thing import Thing
from assistant.stems import content_stems
from assistant.vocabulary import load
from ingest.plans import Amount, BlockKind, Force
from ingest.store import StoredStatement
from prompts import languages, purchase_texts

_CANDIDATES = 200
"""Statements looked at for a step: topic, thing and value leave few of them."""
_FEWEST = 2
"""Steps; where the plans speak to fewer they do not speak to the purchase."""
_SAME_THING_SAID = 0.9
_SAME_WORDS = 0.8
"""Share of the shorter statement's words that the longer one, of the same document, has too."""
_MOST_BANDS = 4
_MOST_ITEMS = 6
_LOST = (Role.YIELDS, Role.NOT_IN_FORCE)
_MISSED = ("reuse", "framework", "offers", "environment", "sign", "document")
"""Steps whose silence is worth a word."""


def answer_purchase(
    question: Question,
    facts: Facts,
    purchase: Purchase,
    parts: Parts,
    told: Callable[[str], None] | None = None,
) -> tuple[Answer, Trace]:
    """What the plans say at each step of the purchase, or that they say nothing.

    `told` gets each step in short as it is found.
    """
    started = time.perf_counter()
    thing = Thing.of(purchase, facts.language)
    asking, named = _in_language_of_plans(facts, purchase, parts)
    taken: list[Taken] = []
    for step in STEPS:
        before = {_number(t.decision) for t in taken}
        found_here = _take(step, asking, named, thing, parts, before)
        taken.extend(found_here)
        if told is not None:
            for one in found_here:
                told(in_short(one, facts.language))
    retrieved = time.perf_counter()
    found = {t.key for t in taken}
    if "may" in found:  # a rule for the very thing is told once, under whichever step comes first
        found.add("environment")
    if len(found) < _FEWEST:
        answer = silent(question, facts, Nearest(None, None))
    else:
        rule = _value_rule(asking, named, thing, parts, taken)
        answer = purchased(
            question,
            facts,
            purchase,
            taken,
            value_rule=rule,
            silent_on=[key for key in _MISSED if key not in found],
            sources=_sources((*_speakers(taken), *([rule] if rule else [])), facts, parts),
            register=parts.library.register,
        )
    timings = {
        "retrieve": (retrieved - started) * 1000,
        "compose": (time.perf_counter() - retrieved) * 1000,
        "total": (time.perf_counter() - started) * 1000,
    }
    governing = tuple(t.decision.governing for t in taken if t.decision.governing)
    read = read_as(question, facts) if answer.steps else ()
    answer = replace(answer, notices=(*read, *answer.notices), timings_ms=timings)
    return answer, Trace(facts=facts, speakers=governing)


def _take(
    step: Step, facts: Facts, purchase: Purchase, thing: Thing, parts: Parts, before: set[int]
) -> list[Taken]:
    """The lines of a step; none where nothing in force says anything on it."""
    asked = _asked(step, facts, purchase)
    speakers, hits, _ = candidates(asked, parts, limit=_CANDIDATES, passages=0)
    found = {s.statement.statement_id for s in speakers}
    own = special(thing, parts.library, facts.as_of, facts.language)
    speakers += [s for s in own if s.statement.statement_id not in found]
    fits = fitting(step, speakers, purchase, thing, parts.library)
    similarity = Similarities(parts.retriever, hits)
    taken: list[Taken] = []
    left = [f for f in fits if f.inside is not False]
    while left and len(taken) < step.lines:
        decision = decide([f.speaker for f in left], asked, similarity)
        if decision.governing is None:
            break
        if _number(decision) not in before or step.lines == 1:
            taken.append(_taken(step, decision, False, fits, purchase, parts))
        left = [
            f for f in left if not _told_by(decision, f, similarity) and (f.names_thing or not step.then_own)
        ]
    for fit in [f for f in fits if f.inside is False and len(taken) < step.lines]:
        taken.append(_taken(step, decide([fit.speaker], asked, similarity), True, fits, purchase, parts))
    return sorted(taken, key=_weakness) if step.own else taken


def _weakness(taken: Taken) -> int:
    governing = taken.decision.governing
    return 0 if governing is None or governing.is_duty else 1


def _asked(step: Step, facts: Facts, purchase: Purchase) -> Facts:
    """The question of one step, in the words of the buyer's language."""
    said = purchase_texts(facts.language)
    value = purchase.value
    at = "" if value is None else said["at"].format(amount=figure(value, facts.language))
    query = said["queries"][step.key].format(thing=purchase.head, at=at)
    amounts = () if value is None else (Amount(value, value, "money"),)
    return replace(facts, query=query, searched="", asks=step.asks, amounts=amounts)


def _in_language_of_plans(facts: Facts, purchase: Purchase, parts: Parts) -> tuple[Facts, Purchase]:
    """The purchase as the plans would name it, where they are in another language and the words are known.

    Only what is asked of the plans changes; the answer stays in the buyer's language.
    """
    spoken = parts.retriever.main_language
    if facts.language == spoken or {facts.language, spoken} <= {"nb", "nn"} or spoken not in languages():
        return facts, purchase
    concepts = load().concepts
    named = [concepts[name].labels(spoken) for name in bought(purchase.head)]
    words = " ".join(labels[0] for labels in named if labels)
    return replace(facts, language=spoken), replace(purchase, head=words or purchase.head)


def _told_by(decision: Decision, fit: Fit, similarity: Similarities) -> bool:
    """Whether what a statement says is told already: in the same section, in the same words, or overruled."""
    assert decision.governing is not None
    one, other = decision.governing.statement, fit.speaker.statement
    if (one.document_id, one.section) == (other.document_id, other.section):
        return True
    if any(
        r.speaker.statement.statement_id == other.statement_id for r in decision.rulings if r.role in _LOST
    ):
        return True
    if similarity(one.statement_id, other.statement_id) >= _SAME_THING_SAID:
        return True
    first, second = content_stems(one.text), content_stems(other.text)
    shorter = min(first, second, key=len)
    return one.document_id == other.document_id and len(first & second) >= _SAME_WORDS * len(shorter)


def _taken(
    step: Step, decision: Decision, below: bool, fits: Sequence[Fit], purchase: Purchase, parts: Parts
) -> Taken:
    governing = decision.governing
    assert governing is not None
    by_value = step.banded and purchase.value is None and _money(governing.statement)
    bands = _bands(governing, fits) if by_value else ()
    depends = "amount" if by_value else "agreement" if step.key == "framework" else None
    more = bands or _items(governing, parts)
    explained = decision.explained_by
    if not more and step.key == "offers" and explained and explained.statement.force is Force.NONE:
        more = (explained,)
    return Taken(key=step.key, decision=decision, more=more, below=below, depends_on=depends)


def _bands(governing: Speaker, fits: Iterable[Fit]) -> tuple[Speaker, ...]:
    """The other bands of the same rule, where the value that chooses among them is not told."""
    same = [
        f.speaker
        for f in fits
        if f.speaker.statement.document_id == governing.statement.document_id
        and f.speaker is not governing
        and _money(f.speaker.statement)
    ]
    return tuple(sorted(same, key=lambda s: s.statement.place)[: _MOST_BANDS - 1])


def _money(statement: StoredStatement) -> bool:
    return any(a.unit == "money" and a.low != a.high for a in statement.amounts)


def _items(governing: Speaker, parts: Parts) -> tuple[Speaker, ...]:
    """The items of a list that the governing sentence opens."""
    statement = governing.statement
    if not statement.text.endswith(":"):
        return ()
    library = parts.library
    items = [
        s
        for s in library.section_of(statement)
        if s.kind is BlockKind.LIST_ITEM and s.context == statement.text
    ]
    return tuple(library.speaker_like(governing, item) for item in items[:_MOST_ITEMS])


def _value_rule(
    facts: Facts, purchase: Purchase, thing: Thing, parts: Parts, taken: Sequence[Taken]
) -> Speaker | None:
    """How a document that decides a step counts values, where it says so."""
    deciding = {
        t.decision.governing.statement.document_id
        for t in taken
        if t.decision.governing and t.key in ("offers", "sign")
    }
    speakers, _, _ = candidates(_asked(VALUE, facts, purchase), parts, passages=0)
    for fit in fitting(VALUE, speakers, purchase, thing, parts.library):
        if fit.speaker.may_govern and fit.speaker.statement.document_id in deciding:
            return fit.speaker
    return None


def _speakers(taken: Iterable[Taken]) -> list[Speaker]:
    found: list[Speaker] = []
    for step in taken:
        decision = step.decision
        named = (decision.governing, decision.authority, *step.more, *(r.speaker for r in decision.rulings))
        found.extend(speaker for speaker in named if speaker is not None)
    return found


def _sources(speakers: Iterable[Speaker], facts: Facts, parts: Parts) -> dict[int, list[Source]]:
    return {s.statement.statement_id: parts.library.sources(s.statement, facts.language) for s in speakers}


def _number(decision: Decision) -> int:
    return decision.governing.statement.statement_id if decision.governing else -1
