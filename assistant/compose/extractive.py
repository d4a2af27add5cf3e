"""A decision as words, without a language model: the governing sentence word for word, and why it governs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.aim import Aim
from assistant.answers import Answer, Citation, Facts, Outcome, Precedence, Question, Role, Source
from assistant.authority import Decision, Ruling, Speaker
from assistant.compose.aim import aim_said
from assistant.compose.direct import direct
from assistant.desk.validity import State
from assistant.maxims import Maxim
from ingest.plans import BlockKind, Force, Register
from prompts import Texts, answer_texts


@dataclass(frozen=True, slots=True)
class Nearest:
    """What came nearest where nothing answers."""

    speaker: Speaker | None
    owner: str | None


def answered(
    question: Question,
    facts: Facts,
    decision: Decision,
    sources: dict[int, list[Source]],
    register: Register,
    aim: Aim | None = None,
) -> Answer:
    """The answer of a decision that found a governing statement; `sources` by statement id.

    `aim`: the target that the governing statement tells of.
    """
    assert decision.governing is not None
    words = answer_texts(facts.language)
    citations = _citations(decision, sources, words, aim.speakers if aim else ())
    lead = direct(facts, decision, citations[0].marker, words) + _lead(decision, words)
    quoted = _all_quoted((decision.governing, *decision.beside), citations, words)
    parts = [lead + quoted, *(aim_said(aim, facts, citations, words) if aim else ())]
    authority = next((c for c in citations if c.role is Role.AUTHORITY), None)
    if authority is not None:
        parts.append(words["authority"].format(title=authority.source.title, marker=authority.marker))
    parts.extend(_open_conflict(decision, citations, words))
    return Answer(
        question=question,
        language=facts.language,
        as_of=facts.as_of,
        outcome=decision.outcome,
        text=" ".join(parts),
        force=decision.force,
        citations=citations,
        precedence=_precedence(decision, citations, words),
        ask_next=decision.governing.plan.owner if _unsure(decision) else None,
        notices=notices(facts, decision, register, words),
        why=why_it_governs(decision, words),
    )


def read_as(question: Question, facts: Facts) -> tuple[str, ...]:
    """How a follow-up was read, for a reader to check; nothing where it stood alone."""
    if facts.query == " ".join(question.text.split())[: len(facts.query)]:
        return ()
    return (answer_texts(facts.language)["notice"]["read_as"].format(query=facts.query),)


def silent(question: Question, facts: Facts, nearest: Nearest, decision: Decision | None = None) -> Answer:
    """The plans do not say: what was looked for, the nearest thing, and whom to ask."""
    words = answer_texts(facts.language)
    citations: tuple[Citation, ...] = ()
    text = words["silent"]
    if nearest.speaker is not None:
        role = Role.SUPPORTS if nearest.speaker.may_govern else Role.NOT_IN_FORCE
        citations = (Citation(marker=1, source=nearest.speaker.source, role=role),)
        source = nearest.speaker.source
        text += " " + words["nearest"].format(title=source.title, quote=source.quote, marker=1)
    owner = nearest.owner or words["owner_unknown"]
    told = [words["looked_for"].format(query=facts.query)]
    for ruling in decision.rulings if decision else ():
        key = "draft_exists" if ruling.maxim is Maxim.DRAFT_ONLY else "not_in_force"
        told.append(words["notice"][key].format(title=ruling.speaker.source.title))
    return Answer(
        question=question,
        language=facts.language,
        as_of=facts.as_of,
        outcome=Outcome.ABSTAINED,
        text=f"{text} {words['silent_ask'].format(owner=owner)}",
        citations=citations,
        ask_next=owner,
        notices=tuple(told),
    )


def asks_back(question: Question, facts: Facts, *, greeting: bool) -> Answer:
    """A question back, where nothing was named to answer about."""
    words = answer_texts(facts.language)
    text = words["small_talk"] if greeting else words["clarify"]
    return Answer(
        question=question,
        language=facts.language,
        as_of=facts.as_of,
        outcome=Outcome.NEEDS_CLARIFICATION,
        text=text,
        choices=tuple(words["choices"]),
    )


# --- parts --------------------------------------------------------------------------------


def _citations(
    decision: Decision, sources: dict[int, list[Source]], words: Texts, also: Sequence[Speaker]
) -> tuple[Citation, ...]:
    cited: list[Citation] = []
    reasons = words["role"]

    def add(speaker: Speaker, role: Role, reason: str) -> None:
        for source in sources[speaker.statement.statement_id]:
            cited.append(Citation(marker=len(cited) + 1, source=source, role=role, reason=reason))

    assert decision.governing is not None
    add(decision.governing, Role.GOVERNING, reasons["governing"])
    used = {decision.governing.statement.statement_id}
    named = (
        *((s, Role.SUPPORTS, "explains") for s in (*decision.beside, *also)),
        (decision.authority, Role.AUTHORITY, "authority"),
    )
    for speaker, role, reason in named:
        if speaker is not None and speaker.statement.statement_id not in used:
            used.add(speaker.statement.statement_id)
            add(speaker, role, reasons[reason])
    for ruling in decision.rulings:
        if ruling.speaker.statement.statement_id not in used:
            used.add(ruling.speaker.statement.statement_id)
            add(ruling.speaker, ruling.role, reasons[ruling.maxim.value])
    return tuple(cited)


def _lead(decision: Decision, words: Texts) -> str:
    if decision.outcome is Outcome.UNRESOLVED:
        return str(words["unresolved"])
    if decision.maxim is Maxim.OTHER_SCOPE and decision.force is Force.NONE:
        return str(words["lead"]["none_below"])
    return str(words["lead"][decision.force.value])


def _all_quoted(speakers: Sequence[Speaker], citations: Sequence[Citation], words: Texts) -> str:
    """Each in turn; the line that leads into a list stands once for those of its items that follow each other."""
    said, before = [], ""
    for speaker in speakers:
        lead_in = _lead_in(speaker)
        said.append(
            (f"{lead_in} " if lead_in and lead_in != before else "") + _quoted(speaker, citations, words)
        )
        before = lead_in
    return " ".join(said).strip()


def _lead_in(speaker: Speaker) -> str:
    return speaker.statement.context if speaker.statement.kind is BlockKind.LIST_ITEM else ""


def _quoted(speaker: Speaker, citations: Sequence[Citation], words: Texts) -> str:
    own = [c for c in citations if c.source.statement_id == speaker.statement.statement_id]
    return " ".join(words["quote"].format(quote=c.source.quote, marker=c.marker) for c in own)


def _open_conflict(decision: Decision, citations: Sequence[Citation], words: Texts) -> list[str]:
    if decision.outcome is not Outcome.UNRESOLVED:
        return []
    against = {r.speaker.statement.statement_id for r in decision.rulings if r.maxim is Maxim.UNRESOLVED}
    return [
        words["also"].format(title=c.source.title, quote=c.source.quote, marker=c.marker)
        for c in citations
        if c.source.statement_id in against
    ]


def _precedence(decision: Decision, citations: Sequence[Citation], words: Texts) -> tuple[Precedence, ...]:
    markers = {c.source.statement_id: c.marker for c in reversed(citations)}
    found = []
    for ruling in decision.rulings:
        loser = markers.get(ruling.speaker.statement.statement_id)
        if loser is not None and loser != 1 and ruling.maxim is not Maxim.BOTH_MET:
            found.append(Precedence(1, loser, ruling.maxim.value, words["role"][ruling.maxim.value]))
    return tuple(found)


def _unsure(decision: Decision) -> bool:
    governing = decision.governing
    expired = governing is not None and governing.validity.state is State.EXPIRED_NOT_REPLACED
    return decision.outcome is Outcome.UNRESOLVED or expired


def notices(facts: Facts, decision: Decision, register: Register, words: Texts) -> tuple[str, ...]:
    governing = decision.governing
    assert governing is not None
    texts, source, found = words["notice"], governing.source, []
    owner = governing.plan.owner or words["owner_unknown"]
    if not register.confirmed:
        found.append(texts["unconfirmed"])
    if governing.validity.state is State.EXPIRED_NOT_REPLACED:
        found.append(texts["expired_not_replaced"].format(title=source.title, owner=owner))
    for ruling in decision.rulings:
        other = ruling.speaker.source.title
        if ruling.maxim is Maxim.DRAFT_ONLY:
            found.append(texts["draft_exists"].format(title=other))
        elif ruling.maxim is Maxim.NOT_IN_FORCE:
            several = len(ruling.speaker.plan.versions) > 1
            found.append(texts["older_version" if several else "not_in_force"].format(title=other))
        elif ruling.maxim in _CONFLICTS and not _same_words(ruling.speaker, governing):
            settled = ruling.role is Role.YIELDS and other != source.title
            found.append(
                texts["conflict_settled" if settled else "conflict"].format(title=source.title, other=other)
            )
    if source.language != facts.language and not {source.language, facts.language} <= {"nb", "nn"}:
        name = words["language_names"].get(source.language, source.language)
        found.append(texts["other_language"].format(language=name))
    if source.ocr_confidence is not None:
        found.append(texts["scanned"].format(percent=round(100 * source.ocr_confidence)))
    if source.corrected:
        found.append(texts["corrected"])
    return tuple(dict.fromkeys(found))


def _same_words(first: Speaker, second: Speaker) -> bool:
    """Whether one only repeats the other, as a handbook does the law."""
    return re.findall(r"\w+", first.statement.text.casefold()) == re.findall(
        r"\w+", second.statement.text.casefold()
    )


_CONFLICTS = frozenset(
    {Maxim.ADVICE_YIELDS, Maxim.MAY_NOT_LOOSEN, Maxim.HIGHER_BODY, Maxim.LEX_POSTERIOR,
     Maxim.LEX_SPECIALIS, Maxim.UNRESOLVED}
)  # fmt: skip


def why_it_governs(decision: Decision, words: Texts) -> str:
    governing = decision.governing
    assert governing is not None
    source, why = governing.source, words["why"]
    telling: Ruling | None = None
    for ruling in decision.rulings:
        if ruling.maxim is decision.maxim and ruling.maxim.value in why:
            telling = ruling
    if decision.maxim is Maxim.OTHER_SCOPE:
        return str(why["other_scope"]).format(title=source.title, other="")
    if telling is None:
        return str(why["alone"]).format(title=source.title, level=source.level, name=source.level_name)
    return str(why[telling.maxim.value]).format(title=source.title, other=telling.speaker.source.title)
