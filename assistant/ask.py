"""From a question to an answer, in the order it happens. Opens nothing; every part is given."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from assistant.aim import aim_of
from assistant.answers import Answer, Facts, Outcome, Question, RankedPassage, Source
from assistant.authority import Decision, Speaker, decide
from assistant.beside import beside
from assistant.compose.extractive import Nearest, answered, asks_back, read_as, silent
from assistant.evidence import THRESHOLD, Evidence, answerable, evidence, probability
from assistant.fit import about, fit
from assistant.folding import folded
from assistant.leaning import leaned_on, leans
from assistant.library import Library
from assistant.maxims import Maxim
from assistant.purchase_thing import Thing
from assistant.question import asks_for_meaning, is_small_talk, is_vague
from assistant.question import facts as read_facts
from assistant.retrieve import Hit, Retriever
from assistant.strictness import in_scope
from ingest.plans import BlockKind
from ingest.wording import wording

CANDIDATES = 40
"""Statements looked at closely; the answering one is among them in nine of ten cases."""
PASSAGES = 10
FOLDED = 10
"""Passages beyond those listed, as many as may be the same text as one of them."""
LEANS = 0.5
"""Standard scores by which a sentence stands behind the rule it leans on."""
FIRST = 3
"""Speakers whose sections are looked through for what they say for the figures asked about."""
GLOSSARY = -2.0
"""Standard scores: an entry of a list of words, where the question does not ask what a word means."""


@dataclass(frozen=True, slots=True)
class Parts:
    library: Library
    retriever: Retriever


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """What happened at each step, for whoever wants to check."""

    facts: Facts
    speakers: tuple[Speaker, ...] = ()
    evidence: Evidence | None = None
    decision: Decision | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "query": self.facts.query,
            "language": self.facts.language,
            "asks": self.facts.asks.value,
            "amounts": [[a.low, a.high, a.unit] for a in self.facts.amounts],
            "evidence": self.evidence.to_json() if self.evidence else None,
            "candidates": [_speaker_json(s) for s in self.speakers],
            "rulings": [
                {"statement": r.speaker.statement.statement_id, "role": r.role.value, "maxim": r.maxim.value}
                for r in (self.decision.rulings if self.decision else ())
            ],
        }


def _speaker_json(speaker: Speaker) -> dict[str, Any]:
    return {
        "statement": speaker.statement.statement_id,
        "plan_id": speaker.plan.plan_id,
        "version": speaker.source.version_id,
        "level": speaker.source.level,
        "state": speaker.validity.state.value,
        "force": speaker.statement.force.value,
        "relevance": round(speaker.relevance, 3),
        "page": speaker.source.page,
        "text": speaker.statement.text,
    }


def ask(
    question: Question,
    parts: Parts,
    today: date,
    *,
    threshold: float = THRESHOLD,
    facts: Facts | None = None,
) -> tuple[Answer, Trace]:
    """Answers a question from the municipality's plans, or says that they do not.

    `threshold`: how likely the plans must be to answer before they are let to. `facts`: what the question says,
    where it has been read already.
    """
    started = time.perf_counter()
    library = parts.library
    if facts is None:
        facts = read_facts(question, languages=library.register.municipality.languages, today=today)
    greeting = is_small_talk(facts.query, facts.language)
    if greeting or is_vague(facts.query, facts.language):
        return asks_back(question, facts, greeting=greeting), Trace(facts=facts)
    speakers, hits, passages = candidates(facts, parts)
    found = evidence(facts, speakers, hits)
    retrieved = time.perf_counter()
    similarity = Similarities(parts.retriever, hits)
    decision = decide(speakers, facts, similarity) if speakers else None
    if decision is not None:
        decision = _with_sentences_beside(decision, facts, parts)
    if decision is None or decision.outcome is Outcome.ABSTAINED or not answerable(found, threshold):
        nearest = next((s for s in speakers if s.may_govern), None)
        owner = nearest.plan.owner if nearest else None
        answer = silent(
            question,
            facts,
            Nearest(nearest, owner),
            decision if decision and not decision.governing else None,
        )
    else:
        aim = aim_of(decision.governing, library) if decision.governing else None
        sources = _sources(decision, facts, library, aim.speakers if aim else ())
        answer = answered(question, facts, decision, sources, library.register, aim)
    timings = {
        "retrieve": (retrieved - started) * 1000,
        "compose": (time.perf_counter() - retrieved) * 1000,
        "total": (time.perf_counter() - started) * 1000,
    }
    trace = Trace(facts=facts, speakers=tuple(speakers), evidence=found, decision=decision)
    told = () if answer.outcome is Outcome.ABSTAINED else read_as(question, facts)
    return replace(
        answer,
        passages=passages,
        confidence=probability(found),
        notices=(*told, *answer.notices),
        timings_ms=timings,
    ), trace


def _with_sentences_beside(decision: Decision, facts: Facts, parts: Parts) -> Decision:
    governing, library, retriever = decision.governing, parts.library, parts.retriever
    if governing is None:
        return decision
    own = governing.statement
    vector = retriever.encode(facts.searched or facts.query)
    against = {r.speaker.statement.statement_id for r in decision.rulings if r.maxim is Maxim.UNRESOLVED}
    section = [library.banded(s) for s in library.section_of(own) if s.statement_id not in against]
    found = beside(own, section, facts, lambda number: retriever.nearness(number, vector))
    return replace(decision, beside=tuple(library.speaker_like(governing, s) for s in found))


def candidates(
    facts: Facts, parts: Parts, *, limit: int = CANDIDATES, passages: int = PASSAGES
) -> tuple[list[Speaker], list[Hit], tuple[RankedPassage, ...]]:
    """The statements that may speak to the question, best first, from texts in force and the others.

    `passages`: how many of the best are listed too.
    """
    library, retriever = parts.library, parts.retriever
    query = facts.searched or facts.query
    vector = retriever.encode(query)
    governing, other = library.in_force(facts.as_of)
    hits = retriever.retrieve(query, vector, facts.language, documents=governing, limit=limit)
    rest = retriever.retrieve(query, vector, facts.language, documents=other, limit=limit // 4)
    files = retriever.files
    thing = Thing.named(facts.query)
    defines = asks_for_meaning(facts.query, facts.language)
    speakers = []
    for hit in (*hits, *rest):
        row = hit.row
        said = library.statement(int(files.document[row]), int(files.statement[row]))
        statement = library.banded(said)
        section = library.section(statement.document_id, statement.section)
        title = library.shelves[statement.document_id].version.title
        # The band of a list is no sign that one of its items answers.
        own = said if said.kind is BlockKind.LIST_ITEM else statement
        relevance = hit.score + fit(own, facts, (title, *section.path))
        if wording(statement.language).find["glossary_headings"].fullmatch(section.heading) and not defines:
            relevance += GLOSSARY
        relevance += about(thing, statement)
        speakers.append(library.speaker(statement, relevance, facts.as_of, facts.language))
    speakers = _with_rules(speakers, library, meaning=defines)
    speakers = _with_clauses(_with_other_bands(speakers, facts, library), library)
    speakers = _in_authoritative_language(speakers, Similarities(retriever, [*hits, *rest]))
    speakers.sort(key=lambda s: -s.relevance)
    return speakers, [*hits, *rest], listed(hits, parts, passages) if passages else ()


def _with_rules(speakers: Sequence[Speaker], library: Library, *, meaning: bool) -> list[Speaker]:
    """The speakers, and before each that leans on a rule that rule, as relevant as it."""
    found: dict[int, Speaker] = {}
    for speaker in sorted(speakers, key=lambda s: -s.relevance):
        number = speaker.statement.statement_id
        if leans(speaker.statement, meaning=meaning):
            rule = leaned_on(speaker.statement, library.section_of(speaker.statement))
            if rule is not None:
                found.setdefault(rule.statement_id, library.speaker_like(speaker, rule))
                speaker = replace(speaker, relevance=speaker.relevance - LEANS)
        found.setdefault(number, speaker)
    return list(found.values())


def _with_other_bands(speakers: Sequence[Speaker], facts: Facts, library: Library) -> list[Speaker]:
    """The speakers, and where one of the first is for other figures what its section says for these."""
    found = {s.statement.statement_id: s for s in speakers}
    for speaker in sorted(speakers, key=lambda s: -s.relevance)[:FIRST]:
        own = speaker.statement
        if in_scope(own.amounts, facts.figures) is not False:
            continue
        for other in map(library.banded, library.section_of(own)):
            if in_scope(other.amounts, facts.figures):
                stands = library.speaker_like(speaker, other)
                found.setdefault(other.statement_id, replace(stands, relevance=speaker.relevance - LEANS))
    return list(found.values())


def _with_clauses(speakers: Sequence[Speaker], library: Library) -> list[Speaker]:
    """The speakers with the plans that express clauses in force put before theirs."""
    alive = dict.fromkeys(s.source.document_id for s in speakers if s.may_govern)
    first = library.put_first(tuple(alive))
    return [replace(s, yields_to=first[s.plan.plan_id]) if s.plan.plan_id in first else s for s in speakers]


def search(facts: Facts, parts: Parts, k: int) -> tuple[RankedPassage, ...]:
    """The `k` best passages of the plans in force, a passage ranked by its best statement."""
    library, retriever = parts.library, parts.retriever
    query = facts.searched or facts.query
    governing, _ = library.in_force(facts.as_of)
    vector = retriever.encode(query)
    hits = retriever.retrieve(
        query,
        vector,
        facts.language,
        documents=governing,
        limit=max(CANDIDATES, k * 8),
    )
    return listed(hits, parts, k)


def listed(hits: Sequence[Hit], parts: Parts, k: int) -> tuple[RankedPassage, ...]:
    """The `k` best passages of different text, a passage ranked by its best statement."""
    library, files = parts.library, parts.retriever.files
    best: dict[int, Hit] = {}
    for hit in hits:
        best.setdefault(int(files.passage[hit.row]), hit)
    rows = dict(list(best.items())[: k + FOLDED])
    found_by = [
        library.statement(int(files.document[hit.row]), int(files.statement[hit.row])).text
        for hit in rows.values()
    ]
    return folded(library.ranked([(row, hit.score) for row, hit in rows.items()]), found_by, k)


_TRANSLATES = 0.85
"""Cosine from which a statement of the same plan in its authoritative language is the same statement."""


def _in_authoritative_language(speakers: list[Speaker], similarity: Similarities) -> list[Speaker]:
    """Lets the text that prevails stand in for its translation, with the translation's relevance.

    A plan in several languages names the one that prevails; the others are for reading only.
    """
    kept: dict[int, Speaker] = {}
    for speaker in speakers:
        stands = _authoritative(speaker, speakers, similarity)
        before = kept.get(stands.statement.statement_id)
        relevance = max(speaker.relevance, stands.relevance, before.relevance if before else stands.relevance)
        same = relevance == stands.relevance
        kept[stands.statement.statement_id] = stands if same else replace(stands, relevance=relevance)
    return list(kept.values())


def _authoritative(speaker: Speaker, speakers: Sequence[Speaker], similarity: Similarities) -> Speaker:
    prevails = speaker.plan.authoritative_language
    if prevails is None or speaker.statement.language == prevails:
        return speaker
    number = speaker.statement.statement_id
    same = [
        s
        for s in speakers
        if s.plan is speaker.plan and s.statement.language == prevails and s.validity == speaker.validity
    ]
    best = max(same, key=lambda s: similarity(number, s.statement.statement_id), default=None)
    if best is None or similarity(number, best.statement.statement_id) < _TRANSLATES:
        return speaker
    return best


class Similarities:
    """Cosine between two candidates, by statement id."""

    def __init__(self, retriever: Retriever, hits: Sequence[Hit]) -> None:
        self._retriever = retriever
        self._rows = {int(retriever.files.statement[h.row]): h.row for h in hits}

    def __call__(self, first: int, second: int) -> float:
        return self._retriever.similarity(self._row(first), self._row(second))

    def _row(self, statement_id: int) -> int:
        return self._rows.get(statement_id) or self._retriever.row_of(statement_id)


def _sources(
    decision: Decision, facts: Facts, library: Library, also: Sequence[Speaker]
) -> dict[int, list[Source]]:
    speakers = [
        decision.governing,
        decision.authority,
        *decision.beside,
        *also,
        *(r.speaker for r in decision.rulings),
    ]
    return {
        s.statement.statement_id: library.sources(s.statement, facts.language)
        for s in speakers
        if s is not None
    }
