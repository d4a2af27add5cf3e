"""Which statements meet a step of a purchase, and how well: for this thing, at this value.

A rule for another thing, for another value, or of a law that does not reach so low, is no rule for this
purchase, however near its words are. The weights are standard scores, as relevance is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.authority import DUTIES, Speaker
from assistant.library import Library
from assistant.purchase import Purchase
from assistant.purchase_steps import (
    ASKED_OF_BUYERS,
    OF_ITS_OWN,
    RULES,
    Step,
    commands,
    is_rule_on,
    reach_of,
    reaches_so_low,
)
from assistant.purchase_thing import Thing
from assistant.question import asking_words
from assistant.strictness import covers
from assistant.topics import speaks_of
from ingest.plans import BlockKind, Force

_NOT_RULE = -1.5
_OTHER_TOPIC = -0.7
_MODALS = frozenset({"skal", "skall", "ska", "må", "bør", "bör", "shall", "must", "should"})
_FOR_ANOTHER, _FOR_ALL = -2.5, -1.5
_LEANS = -2.0
"""A sentence that begins with a pronoun, or draws a conclusion, says half of it."""
_NAMES_THING = 2.0
_STRONGER = {Force.OBLIGATION: 1.0, Force.PROHIBITION: 1.0, Force.PERMISSION: -1.0}
"""Among rules for the thing: what must be done before what may."""
_SPECIAL_PLAN = 2.0
"""A plan on this very thing says more on it than a general one in more fitting words."""
_UNASKED = 1.5
"""Standard scores of a rule on the very thing that no question has found."""
_IN_BAND = 3.0
_LEAST = 4.5
"""Standard scores, after all that speaks for and against: below it a statement is about something else."""
_LEAST_DUTY, _LEAST_NAMED = 3.8, 3.5
_LEAST_IN_BAND = 1.0
"""On the topic and for this very value: little more is needed."""
_WINDOW = 2.5
"""Below the best one: how far a further line of the same step may be."""
_PLAINLY = 2.0
"""By so much a rule for higher values must be more to the point than what is left, to be told of instead."""
_CLOSER = 0.25
"""What is for this very value answers the step alike: of how near its words are, only so much counts."""


@dataclass(frozen=True, slots=True)
class Fit:
    """A statement that meets a step; the speaker's relevance says how well. `inside` None: it has no band."""

    speaker: Speaker
    names_thing: bool
    inside: bool | None
    special: bool = False
    """It stands in a plan on the very thing."""


def fitting(
    step: Step, speakers: Sequence[Speaker], purchase: Purchase, thing: Thing, library: Library
) -> list[Fit]:
    """Those of `speakers` that meet the step, best first; last a rule that only reaches higher values."""
    found: dict[int, Fit] = {}
    for speaker in speakers:
        fit = _fit(step, _introduced(speaker, library), purchase, thing, library)
        if fit is None or fit.speaker.relevance < _least(step, fit):
            continue
        number = fit.speaker.statement.statement_id
        if number not in found or found[number].speaker.relevance < fit.speaker.relevance:
            found[number] = fit
    ordered = sorted(found.values(), key=lambda f: -f.speaker.relevance)
    reaching = [f for f in ordered if f.inside is not False]
    beyond = [f for f in ordered if f.inside is False and f.speaker.may_govern and step.beyond]
    best = next((f.speaker.relevance for f in reaching if f.speaker.may_govern), None)
    if best is None or (beyond and beyond[0].speaker.relevance > best + _PLAINLY):
        return beyond[:1]
    if step.own and any(f.names_thing for f in reaching):
        reaching = [f for f in reaching if f.names_thing]
    if step.banded:
        reaching = [_levelled(f, best) for f in reaching if f.inside or not _has_its_band(f, reaching)]
    kept = [f for f in reaching if _plainly_for(step, f) or f.speaker.relevance >= best - _WINDOW]
    return kept + [f for f in beyond[:1] if f.speaker.relevance >= best and step.lines > 1]


def _plainly_for(step: Step, fit: Fit) -> bool:
    """Whether a statement is kept however near its words are: it names the thing where that decides."""
    return fit.names_thing and (fit.special or step.then_own)


def _has_its_band(fit: Fit, fits: Iterable[Fit]) -> bool:
    """Whether the same section has a rule for this very value: then its others are for other values."""
    one = fit.speaker.statement
    return any(
        f.inside
        and (f.speaker.statement.document_id, f.speaker.statement.section) == (one.document_id, one.section)
        for f in fits
    )


def _least(step: Step, fit: Fit) -> float:
    if fit.inside and step.banded:
        return _LEAST_IN_BAND
    if fit.names_thing or fit.special:
        return _LEAST_NAMED
    return _LEAST_DUTY if fit.speaker.statement.force in ASKED_OF_BUYERS else _LEAST


def special(thing: Thing, library: Library, as_of: date, language: str) -> list[Speaker]:
    """Rules that name the thing in plans in force on it, whatever words a question uses."""
    found: list[Speaker] = []
    for document_id in library.in_force(as_of)[0]:
        shelf = library.shelves[document_id]
        if thing.is_of(shelf.version.title, shelf.document.language):
            found.extend(
                library.speaker(s, _UNASKED, as_of, language)
                for s in library.statements_of(document_id)
                if s.force in ASKED_OF_BUYERS and thing.reach(s.text, s.language)
            )
    return found


def _levelled(fit: Fit, best: float) -> Fit:
    if not fit.inside:
        return fit
    relevance = best - (best - fit.speaker.relevance) * _CLOSER
    return replace(fit, speaker=replace(fit.speaker, relevance=relevance))


def _introduced(speaker: Speaker, library: Library) -> Speaker:
    """What a statement rests on in its place: the opening of its list, the rule it draws a conclusion from."""
    statement = speaker.statement
    if statement.kind is BlockKind.LIST_ITEM and statement.context:
        for other in library.section_of(statement):
            if other.text == statement.context:
                return library.speaker_like(speaker, other)
    if speaks_of("concluding", statement.text, statement.language):
        before = [s for s in library.section_of(statement) if s.place < statement.place and s.force in RULES]
        if before:
            return library.speaker_like(speaker, before[-1])
    return speaker


def _fit(step: Step, speaker: Speaker, purchase: Purchase, thing: Thing, library: Library) -> Fit | None:
    statement = speaker.statement
    inside = None if purchase.value is None else covers(statement.amounts, purchase.value)
    if inside is False and not _begins_above(speaker, purchase.value):
        return None
    if not is_rule_on(step, speaker, inside, library):
        return None
    reach = reach_of(thing, speaker, library)
    if reach is False or (step.own and not reach) or not reaches_so_low(speaker, purchase.value, library):
        return None
    named = thing.reach(statement.text, statement.language) is True
    if step.key == "ask" and statement.kind is BlockKind.TABLE_ROW and not named:
        return None
    score = speaker.relevance + _worth(step, speaker, named, inside, library)
    special_plan = thing.is_of(speaker.source.title, statement.language) is True
    score += _SPECIAL_PLAN if special_plan and statement.force in ASKED_OF_BUYERS else 0.0
    return Fit(replace(speaker, relevance=score), named, inside, special_plan)


def _begins_above(speaker: Speaker, value: float | None) -> bool:
    """Whether it is a duty that begins at a higher value: worth telling that it does not reach here."""
    statement = speaker.statement
    if value is None or statement.force not in (*DUTIES, Force.RECOMMENDATION):
        return False
    lows = [a.low for a in statement.amounts if a.unit == "money" and a.low is not None]
    return bool(lows) and min(lows) >= value


def _not_of_buyer(speaker: Speaker, library: Library) -> float:
    """What it takes away that a statement is a duty of the municipality as such, or of a unit that owns a plan."""
    words = speaker.statement.text.split()
    # "Eiendom skal føre …", and "Inntil lageret er i drift, skal Eiendom føre …"
    places = [0, *(i + 1 for i, word in enumerate(words[:-1]) if word in _MODALS)]
    if any(" ".join(words[i : i + 3]).startswith(library.units) for i in places):
        return _FOR_ANOTHER
    return _FOR_ALL if speaker.statement.bearer == "municipality" else 0.0


def _worth(step: Step, speaker: Speaker, names_thing: bool, inside: bool | None, library: Library) -> float:
    statement = speaker.statement
    text, language = statement.text, statement.language
    telling = (
        commands(step, speaker)
        or bool(inside)
        or (step.key == "sign" and statement.force is not Force.TARGET)
    )
    worth = 0.0 if telling else _NOT_RULE
    if not step.own:
        worth += _OTHER_TOPIC * sum(speaks_of(t, text, language) for t in OF_ITS_OWN if t != step.key)
    if step.key != "value" and speaks_of("counting", text, language):
        worth += _FOR_ANOTHER
    if step.key not in ("sign", "ask"):
        worth += _not_of_buyer(speaker, library)
    half = asking_words(language)["pronouns"].match(text) or speaks_of("leaning", text, language)
    if half:
        worth += _LEANS
    if step.own:
        worth += _STRONGER.get(statement.force, 0.0)
    if names_thing:
        worth += _IN_BAND if step.key == "sign" else _NAMES_THING
    if step.banded and inside:
        worth += _IN_BAND
    return worth
