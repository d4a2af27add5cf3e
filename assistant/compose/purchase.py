"""The steps of a whole purchase as words: a line a step, each with its level and the plan's own words. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from assistant.answers import Answer, Citation, Facts, Outcome, Precedence, Question, Role, Source, StepLine
from assistant.authority import Decision, Speaker
from assistant.compose.extractive import notices, why_it_governs
from assistant.maxims import Maxim
from assistant.purchase import Purchase
from assistant.purchase_clause import force_at
from ingest.plans import Force, Register
from prompts import Texts, answer_texts, purchase_texts

_SHOWN = (Role.YIELDS, Role.NOT_IN_FORCE)
"""Of what speaks beside a governing statement: what a reader may have met and must not follow."""
_BESIDE = 2
_THIN_SPACE = "\u00a0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A step and what governs it. `more`: what belongs to the governing words, as the items of a list."""

    key: str
    decision: Decision
    more: tuple[Speaker, ...] = ()
    below: bool = False
    """It asks for nothing at this value."""
    depends_on: str | None = None


@dataclass(slots=True)
class _Cited:
    """Citations as they come, each statement with one set of markers."""

    sources: dict[int, list[Source]]
    found: list[Citation] = field(default_factory=list)

    def cite(self, speaker: Speaker, role: Role, reason: str) -> list[Citation]:
        number = speaker.statement.statement_id
        before = [c for c in self.found if c.source.statement_id == number]
        if before:
            return before
        made = [
            Citation(marker=len(self.found) + at, source=source, role=role, reason=reason)
            for at, source in enumerate(self.sources[number], 1)
        ]
        self.found.extend(made)
        return made


def purchased(
    question: Question,
    facts: Facts,
    purchase: Purchase,
    taken: Sequence[Taken],
    *,
    value_rule: Speaker | None,
    silent_on: Sequence[str],
    sources: dict[int, list[Source]],
    register: Register,
) -> Answer:
    """The answer on a purchase, of the steps that the plans say something about."""
    words, said = answer_texts(facts.language), purchase_texts(facts.language)
    cited = _Cited(sources)
    lines = tuple(_line(step, cited, words, said) for step in taken)
    after = [_assumed(purchase, value_rule, cited, words, said, facts.language)]
    if silent_on:
        names = [said["silent_names"][key] for key in silent_on]
        after.append(said["silent"].format(names=_listed(names, said["and"])))
    bullets = "\n".join(f"- {text}" for text in _by_step(lines, said))
    decisions = [step.decision for step in taken]
    told = [notice for d in decisions for notice in notices(facts, _without_dead(d), register, words)]
    leading = next((ln for ln in lines if ln.force in _DUTIES), lines[0])
    owners = [d.governing.plan.owner for d in decisions if d.governing and d.governing.plan.owner]
    return Answer(
        question=question,
        language=facts.language,
        as_of=facts.as_of,
        outcome=Outcome.ANSWERED,
        text="\n\n".join((said["lead"], bullets, " ".join(after))),
        force=leading.force,
        citations=tuple(cited.found),
        precedence=_precedence(taken, lines, cited.found, words),
        ask_next=max(owners, key=owners.count, default=None),
        notices=tuple(dict.fromkeys(told)),
        why=leading.why,
        steps=lines,
    )


def in_short(step: Taken, language: str) -> str:
    """A step before the answer is whole: its name and the words that govern it."""
    governing = step.decision.governing
    assert governing is not None
    words, said = answer_texts(language), purchase_texts(language)
    quote = words["quote"].format(quote=governing.source.quote, marker="").replace("[]", "").strip()
    return f"{said['names'][step.key]}: {_lead(step, said)}{quote}"


def _without_dead(decision: Decision) -> Decision:
    """Without texts that are replaced: their successors speak."""
    alive = tuple(r for r in decision.rulings if r.maxim is not Maxim.NOT_IN_FORCE)
    return replace(decision, rulings=alive)


def _by_step(lines: Sequence[StepLine], said: Texts) -> list[str]:
    """One text a step, its name said once."""
    texts: dict[str, str] = {}
    for line in lines:
        texts[line.step] = f"{texts[line.step]} {line.text}" if line.step in texts else line.text
    return [f"**{said['names'][key]}** {text}" for key, text in texts.items()]


_DUTIES = frozenset({Force.OBLIGATION, Force.PROHIBITION, Force.COMPLY_OR_EXPLAIN})


def _line(step: Taken, cited: _Cited, words: Texts, said: Texts) -> StepLine:
    decision = step.decision
    governing = decision.governing
    assert governing is not None
    reasons = words["role"]
    shown = [governing, *step.more]
    quoted = [c for s in shown for c in cited.cite(s, Role.GOVERNING, reasons["governing"])]
    if decision.authority is not None:
        cited.cite(decision.authority, Role.AUTHORITY, reasons["authority"])
    for ruling in [r for r in decision.rulings if r.role in _SHOWN or r.maxim is Maxim.UNRESOLVED][:_BESIDE]:
        cited.cite(ruling.speaker, ruling.role, reasons[ruling.maxim.value])
    force = Force.NONE if step.below else _force(step.key, governing)
    quotes = " ".join(words["quote"].format(quote=c.source.quote, marker=c.marker) for c in quoted)
    text = said["line"].format(
        badge=words["badge"][force.value],
        level=governing.source.level,
        lead=_lead(step, said),
        quotes=quotes,
    )
    return StepLine(
        step=step.key,
        name=said["names"][step.key],
        text=text,
        markers=tuple(dict.fromkeys(c.marker for c in quoted)),
        force=force,
        level=governing.source.level,
        plan_id=governing.plan.plan_id,
        why=why_it_governs(_as_cited(decision, quoted[0]), words),
        depends_on=step.depends_on,
    )


def _force(step: str, speaker: Speaker) -> Force:
    """How strongly a line binds: what stands in a text that does not bind is advice, however it is put."""
    force = force_at(step, speaker.statement)
    return Force.RECOMMENDATION if force in _DUTIES and not speaker.binds else force


def _as_cited(decision: Decision, citation: Citation) -> Decision:
    """The decision with its source named in the reader's language."""
    assert decision.governing is not None
    return replace(decision, governing=replace(decision.governing, source=citation.source))


def _lead(step: Taken, said: Texts) -> str:
    if step.decision.outcome is Outcome.UNRESOLVED:
        return str(said["conflict"])
    if step.below:
        return str(said["below"])
    if step.depends_on == "amount":
        return str(said["depends_amount"])
    return str(said["check"].get(step.key, ""))


def _assumed(
    purchase: Purchase,
    value_rule: Speaker | None,
    cited: _Cited,
    words: Texts,
    said: Texts,
    language: str,
) -> str:
    """How the amount was taken, and how the plans count it."""
    parts = []
    if purchase.value is None:
        parts.append(said["no_amount"])
    else:
        parts.extend(_counted(purchase, said, language, without_vat=value_rule is not None))
    if value_rule is not None:
        made = cited.cite(value_rule, Role.SUPPORTS, words["role"]["explains"])
        quotes = " ".join(words["quote"].format(quote=c.source.quote, marker=c.marker) for c in made)
        parts.append(said["value_quote"].format(quotes=quotes))
    return " ".join(parts)


def _counted(purchase: Purchase, said: Texts, language: str, *, without_vat: bool) -> list[str]:
    assert purchase.value is not None
    whole = figure(purchase.value, language)
    told = []
    if purchase.value_is_counted:
        told.append(said["multiplied"].format(amount=whole))
    elif purchase.with_vat is None:
        told.append(said["assumed"].format(amount=purchase.price))
    if purchase.with_vat:
        told.append(said["included_known" if without_vat else "included"].format(amount=purchase.price))
    elif purchase.with_vat is False and not purchase.value_is_counted:
        told.append(said["excluded"].format(amount=purchase.price))
    if purchase.a_year:
        told.append(said["a_year"])
    return told


def figure(value: float, language: str) -> str:
    """A number as it is written in a language: 80 000, 80.000, 80,000."""
    mark = {"en": ",", "da": "."}.get(language, _THIN_SPACE)
    whole = f"{value:,.2f}" if value % 1 else f"{value:,.0f}"
    point = "." if language == "en" else ","
    return whole.replace(",", "\0").replace(".", point).replace("\0", mark)


def _listed(names: Sequence[str], joiner: str) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {joiner} {names[-1]}"


def _precedence(
    taken: Sequence[Taken], lines: Sequence[StepLine], citations: Sequence[Citation], words: Texts
) -> tuple[Precedence, ...]:
    markers = {c.source.statement_id: c.marker for c in reversed(citations)}
    found = {}
    for step, line in zip(taken, lines, strict=True):
        for ruling in step.decision.rulings:
            loser = markers.get(ruling.speaker.statement.statement_id)
            if loser is not None and loser not in line.markers and ruling.maxim is not Maxim.BOTH_MET:
                reason = words["role"][ruling.maxim.value]
                found[line.markers[0], loser] = Precedence(line.markers[0], loser, ruling.maxim.value, reason)
    return tuple(found.values())
