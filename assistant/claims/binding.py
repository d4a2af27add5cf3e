"""Whether a sentence denies and binds as its passages do: nothing turned round, raised or lowered. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.claims.counting import Figures
from assistant.claims.passages import Grounds, Passage, weight
from assistant.claims.polarity import (
    Mark,
    Weight,
    denials,
    is_competence,
    lacks,
    modals,
    weight_of,
)
from assistant.claims.terms import shares, terms
from assistant.claims.words import claim_words, related
from ingest.force import said
from ingest.plans import Force
from ingest.wording import wording

_SAME_OR_FLAT = {
    Weight.DUTY: {Weight.DUTY, Weight.FLAT},
    Weight.EXPLAIN: {Weight.EXPLAIN, Weight.FLAT},
    Weight.ADVICE: {Weight.ADVICE, Weight.FREE, Weight.FLAT},
    Weight.MAY: {Weight.MAY, Weight.FREE, Weight.FLAT},
    Weight.AIM: {Weight.AIM, Weight.FREE, Weight.FLAT},
    Weight.FREE: {Weight.FREE, Weight.MAY, Weight.FLAT},
    Weight.FLAT: {Weight.FLAT, Weight.FREE},
}
"""How a sentence may bind, by how its passage does. That nothing is required is true of what is no duty."""
_NO_DUTY = (Weight.ADVICE, Weight.MAY, Weight.AIM)


def turned(text: str, language: str, cited: Sequence[Passage]) -> str | None:
    """A denial that the passages do not make, or one of theirs left out. `text` is made plain."""
    true_anyway = claim_words(language).find["no_duty"] if weight(cited) in _NO_DUTY else None
    ours = denials(true_anyway.sub(" ", text) if true_anyway else text, language)
    theirs = [mark for p in cited for mark in p.denials]
    explains = weight(cited) is Weight.EXPLAIN and _has(text, language, "explain")
    for mark in ours:
        if explains and mark.in_side_clause:
            continue
        if not any(_one_thing(mark, other) for other in theirs) and not (theirs and not mark.near):
            return f"denies {' '.join(mark.near)}".strip()
    if lacks(text, language) or denials(text, language):
        return None
    said = terms(text, language)
    for other in theirs:
        again = sum(shares([word], other.language, said) for word in other.near)
        if again and again * 2 >= len(other.near):
            return f"leaves out that {' '.join(other.near)} is denied"
    return None


def _one_thing(first: Mark, second: Mark) -> bool:
    """Across languages the vocabulary may not know the words: then any denial of the kind will do."""
    if related(first.language, second.language):
        return first.meets(second)
    return first.preposition is second.preposition


def misbinds(text: str, language: str, cited: Sequence[Passage]) -> str | None:
    """A sentence that binds more or less than its passages. `text` is made plain."""
    source, main = weight(cited), weight_of(text, language)
    for key, own in (("advice_words", Weight.ADVICE), ("aim_words", Weight.AIM)):
        if source is not own and _has(text, language, key) and not any(p.has(key) for p in cited):
            return f"{own} for {source}"
    if main is Weight.FLAT:
        return _flat(text, language, source, cited)
    for mark in modals(text, language):
        if not _binds_alike(mark, source, text, language, cited):
            return f"{mark.weight} for {source}"
    if main is Weight.FREE and source is Weight.AIM and not _has(text, language, "aim_words"):
        return f"{main} for {source}"
    return None if _main_fits(main, source, text, language, cited) else f"{main} for {source}"


def _flat(text: str, language: str, source: Weight, cited: Sequence[Passage]) -> str | None:
    """No modal word: it must not pass advice, a power or an aim off as a plain fact, or as a requirement."""
    words = claim_words(language).find
    duty = words["duty_words"].search(words["no_duty"].sub(" ", text))
    if source in (*_NO_DUTY, Weight.FLAT) and duty and not any(p.has("duty_words") for p in cited):
        return f"duty for {source}"
    needs = {Weight.ADVICE: "advice_words", Weight.AIM: "aim_words"}.get(source)
    told = needs is None or _has(text, language, needs) or _has(text, language, "reach")
    return None if told else f"flat for {source}"


def _main_fits(main: Weight, source: Weight, text: str, language: str, cited: Sequence[Passage]) -> bool:
    if main in _SAME_OR_FLAT[source]:
        return True
    marks = [m for m in modals(text, language) if m.weight is main]
    if marks:  # each was found to bind as its passage does
        return True
    return main is Weight.AIM and source is Weight.DUTY and any(p.modals for p in cited)


def _binds_alike(mark: Mark, source: Weight, text: str, language: str, cited: Sequence[Passage]) -> bool:
    if mark.weight is Weight.MAY and mark.in_side_clause:
        return True
    if (
        source is Weight.EXPLAIN
        and mark.weight is Weight.DUTY
        and any(m.in_side_clause for m in denials(text, language))
    ):
        return _has(text, language, "explain")  # "If you do not …, you must record your reasons."
    theirs = [other for p in cited for other in p.modals]
    met = [other for other in theirs if mark.meets(other)]
    if any(other.weight is mark.weight and not other.in_side_clause for other in met):
        return True
    if mark.in_side_clause and any(other.in_side_clause for other in met):
        return any(other.weight is mark.weight for other in met)
    told_apart = mark.weight is Weight.MAY or len({m.weight for m in theirs if not m.in_side_clause}) > 1
    if told_apart and any(not other.in_side_clause for other in met):
        return False
    if (
        mark.weight is Weight.DUTY
        and not met
        and any(shares(mark.near, language, p.exception) for p in cited)
    ):
        return any(shares(mark.near, language, p.rule) for p in cited)
    if mark.weight in _SAME_OR_FLAT[source] or _by_other_words(mark, source, text, language, cited):
        return True
    return any(
        other.weight is mark.weight and not related(language, p.source.language)
        for p in cited
        for other in p.modals
    )


def _by_other_words(mark: Mark, source: Weight, text: str, language: str, cited: Sequence[Passage]) -> bool:
    if mark.weight is Weight.DUTY:
        told = {Weight.EXPLAIN: "explain", Weight.AIM: "aim_words"}.get(source)
        return _competent(text, language, cited) or bool(told and _has(text, language, told))
    if mark.weight is Weight.MAY and source is Weight.DUTY:
        excepted = any(shares(mark.near, language, p.exception) for p in cited)
        return excepted or _competent(text, language, cited)
    return False


def _competent(text: str, language: str, cited: Sequence[Passage]) -> bool:
    return is_competence(text, language) and any(p.holds("competence") for p in cited)


def _has(text: str, language: str, key: str) -> bool:
    return bool(claim_words(language).find[key].search(text))


def claims_reach(text: str, language: str, claimed: Figures) -> str | None:
    """Below a threshold: a sentence must say that the rule does not reach, or name the limit it begins at."""
    if said(text, language).force is Force.PROHIBITION:
        return "a prohibition where nothing is required"
    limit = any(a.low != a.high and None in (a.low, a.high) for a in claimed.amounts)
    denied = bool(denials(text, language)) or _has(text, language, "no_duty")
    return None if limit or denied else "a duty where nothing is required"


def oversteps(text: str, language: str, grounds: Grounds, cited: Sequence[Passage]) -> str | None:
    """An always, an only, an exception or a precedence that the passages do not have."""
    bounded = wording(language).find["minimum"].search(text) or wording(language).find["maximum"].search(text)
    for key in ("absolutes", "governs", "only"):
        found = claim_words(language).find[key].search(text)
        if found and not any(p.has(key) for p in cited) and not (key == "only" and bounded):
            return found.group()
    order = _turns_order(text, language, cited)
    if order:
        return order
    excepts = wording(language).find["exception"].search(claim_words(language).find["no_duty"].sub(" ", text))
    if excepts and not grounds.below_threshold and not any(p.holds("exception") for p in cited):
        return excepts.group()
    return None


def _turns_order(text: str, language: str, cited: Sequence[Passage]) -> str | None:
    """An after that the passages do not have, or one for their before, and the other way."""
    before = _has(text, language, "before")
    after, perhaps = _has(text, language, "after"), _has(text, language, "after_perhaps")
    theirs_before = any(p.has("before") for p in cited)
    theirs_after = any(p.has("after") or p.has("after_perhaps") for p in cited)
    if not before and not theirs_after and (after or (perhaps and theirs_before)):
        return "after"
    return "before" if before and not (after or perhaps) and theirs_after and not theirs_before else None


def answers_wrongly(yes: bool, text: str, language: str, grounds: Grounds, cited: Sequence[Passage]) -> bool:
    """A yes or no is kept only where the rule and the question bind alike and the sentence agrees with it."""
    asked, source = weight_of(grounds.question, language), weight(cited)
    denied = bool(denials(text, language)) or weight_of(text, language) is Weight.FREE
    if denials(grounds.question, language):
        return True
    if yes:
        return denied or grounds.below_threshold or asked is not source
    return not denied
