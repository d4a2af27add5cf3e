"""Two norms on one subject: whether they pull apart, how, and which is to be followed. Pure.

What cannot be told stays untold: figures are compared in one unit and one direction only, and where several
figures of one side lie around those of the other nothing is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.authority import DUTIES
from assistant.desk.asked import SPANS
from assistant.desk.norms import DEMANDED, Norm, figures_in, is_named_target, is_power
from assistant.desk.subjects import Alike, stems
from assistant.desk.tension import (
    CLOSE_IN_MEANING,
    SAME_SENTENCE,
    SAME_SUBJECT,
    TARGET_AND_RULE,
    Ground,
    Kind,
    Severity,
    Tension,
    about_one_figure,
    about_one_thing,
    made,
)
from assistant.desk.words import desk_words
from assistant.maxims import Maxim
from assistant.strictness import Compared
from ingest.plans import Amount, BlockKind, Force
from ingest.quantities import quantities

__all__ = ["Kind", "against_text_not_in_force", "in_force", "translated"]

_SPEAKS = DUTIES | {Force.RECOMMENDATION, Force.PERMISSION}


def _least(a: Norm, b: Norm) -> float:
    """A target and a rule speak of different things in the same words more often than two rules do."""
    return TARGET_AND_RULE if (a.force is Force.TARGET) != (b.force is Force.TARGET) else SAME_SUBJECT


# --- figures ------------------------------------------------------------------------------


def figures(amounts: Sequence[Amount]) -> tuple[list[float], bool | None]:
    """The figures and whether more of them is stricter; None where they are bounded from both sides."""
    upper = [a for a in amounts if a.low is None]
    values = [a.low if a.low is not None else a.high for a in amounts]
    known = [v for v in values if v is not None]
    if not upper:
        return known, True
    return known, False if len(upper) == len(amounts) else None


def _exact(amounts: Sequence[Amount]) -> bool:
    """Figures with no bound, of which the other text's bound says whether more or less is asked for."""
    return all(a.low == a.high for a in amounts)


def compare_demands(first: Norm, second: Norm) -> Compared:
    """Which asks for more, in the first unit that both demand something in."""
    for unit in DEMANDED:
        a, b = first.demands(unit), second.demands(unit)
        if a and b:
            return _compared(a, b, unit)
    return Compared.UNKNOWN


def _compared(a: Sequence[Amount], b: Sequence[Amount], unit: str) -> Compared:
    (x, more), (y, more_too) = figures(a), figures(b)
    if more is False and _exact(b) and unit in _BOTH_WAYS:
        more_too = False
    elif more_too is False and _exact(a) and unit in _BOTH_WAYS:
        more = False
    if more is None or more is not more_too or (more and unit in SPANS and (_exact(a) or _exact(b))):
        return Compared.UNKNOWN
    if sorted(set(x)) == sorted(set(y)):
        return Compared.SAME
    if max(x) < min(y) or max(y) < min(x):
        return Compared.FIRST_STRICTER if (min(x) > max(y)) is more else Compared.SECOND_STRICTER
    return Compared.UNKNOWN


_BOTH_WAYS = SPANS | {"year"}
"""Units of time, of which a text may ask for at least or at most so much."""


def cannot_both_be_met(first: Norm, second: Norm) -> bool:
    """One asks for at least more than the other allows at most."""
    for unit in DEMANDED:
        for one, other in ((first, second), (second, first)):
            lows = [a.low for a in one.demands(unit) if a.high is None and a.low is not None]
            tops = [a.high for a in other.demands(unit) if a.low is None and a.high is not None]
            if lows and tops and min(lows) > max(tops):
                return True
    return False


def _on_one_figure(a: Norm, b: Norm, alike: Alike) -> bool:
    """Whether both name a figure in one unit and are about what it is a figure of."""
    rules = Force.TARGET not in (a.force, b.force)
    units = [
        {amount.unit for amount in n.amounts if amount.unit in DEMANDED or amount.low != amount.high}
        for n in (a, b)
    ]
    return rules and bool(units[0] & units[1]) and about_one_figure(alike)


def _on_offers(a: Norm, b: Norm, alike: Alike) -> bool:
    """How many offers a purchase of some value needs is one subject, in whatever words it is put."""
    told = all(n.demands("offer") and n.band is not None for n in (a, b))
    return told and alike.meaning >= CLOSE_IN_MEANING


def conditions_overlap(first: Norm, second: Norm) -> bool:
    """Whether there is an amount to which both apply; a text without a limit applies to all."""
    a, b = first.band, second.band
    return a is None or b is None or max(a[0], b[0]) < min(a[1], b[1])


# --- texts in force -----------------------------------------------------------------------


def in_force(a: Norm, b: Norm, alike: Alike) -> Tension | None:
    """The tension between two norms that both govern; `a` is the higher, or the older where none is."""
    if is_power(a) and is_power(b):
        return _powers(a, b, alike)
    same = about_one_thing(alike, _least(a, b)) or _on_offers(a, b, alike) or _on_one_figure(a, b, alike)
    if not same or not (conditions_overlap(a, b) or _begin_apart(a, b)):
        return None
    found = _figures_apart(a, b, alike) or _thresholds_apart(a, b, alike) or _force_apart(a, b, alike)
    return found and _explained(found)


_ALL_OF_IT, _NEARLY_SAID_THE_SAME = 3, 0.85
"""Words that sentences of different force share, or how alike their words are where they are short."""
_LESS = frozenset({Kind.LOOSENING, Kind.NUMBER, Kind.DEADLINE, Kind.THRESHOLD, Kind.MODALITY})


def _explained(found: Tension) -> Tension:
    """A text that asks for less than one to comply with or explain departs from it, and may give its reasons."""
    if (
        found.a.force is not Force.COMPLY_OR_EXPLAIN
        or found.kind not in _LESS
        or found.a.rank == found.b.rank
    ):
        return found
    gives = found.b.words.find["comply_or_explain"].search(found.b.statement.text)
    severity, side = (Severity.LOW, "b") if gives else (Severity.MEDIUM, "a")
    return replace(found, kind=Kind.DEPARTURE, maxim=Ground.EXPLAIN, severity=severity, prevails=side)


def _figures_apart(a: Norm, b: Norm, alike: Alike) -> Tension | None:
    if a.force in DUTIES and b.force in DUTIES and cannot_both_be_met(a, b):
        if a.rank == b.rank:
            return _same_rank(Kind.NUMBER, a, b, alike)
        return made(Kind.NUMBER, a, b, "a", _why_higher(a, b), Severity.HIGH, alike)
    compared = compare_demands(a, b)
    if compared in (Compared.SAME, Compared.UNKNOWN):
        return _deadlines_apart(a, b, alike)
    if a.force is b.force is Force.PERMISSION:
        return None
    stricter, side = (a, "a") if compared is Compared.FIRST_STRICTER else (b, "b")
    if a.rank == b.rank:
        return _same_rank(Kind.NUMBER, a, b, alike)
    if stricter is b:
        wins = side if b.force in DUTIES or a.force is b.force else "a"
        maxim = Maxim.MAY_TIGHTEN if wins == "b" else Maxim.BOTH_MET
        return made(Kind.TIGHTENING, a, b, wins, maxim, Severity.LOW, alike)
    if a.force is Force.TARGET and b.force is not Force.TARGET:
        return made(Kind.LOOSENING, a, b, "b", Maxim.TARGET_DOES_NOT_BIND, Severity.MEDIUM, alike)
    if a.force not in DUTIES and b.force in DUTIES:
        return None  # a duty below advice that goes further: both can be followed
    return made(Kind.LOOSENING, a, b, "a", _why_higher(a, b), Severity.HIGH, alike)


def _why_higher(a: Norm, b: Norm) -> Maxim:
    if a.rank[0] == b.rank[0]:
        return Maxim.HIGHER_BODY
    return Maxim.MAY_NOT_LOOSEN if b.force in DUTIES | {Force.TARGET} else Maxim.ADVICE_YIELDS


def _same_rank(kind: Kind, a: Norm, b: Norm, alike: Alike) -> Tension:
    """Of one rank: the later prevails, unless the older is the more special one; then nobody can say."""
    old, new = _adopted(a), _adopted(b)
    special = [n.plan.kind in _SPECIAL for n in (a, b)]
    if old == new or (special[0] and not special[1]):
        return made(kind, a, b, "unresolved", Maxim.UNRESOLVED, Severity.MEDIUM, alike)
    return made(kind, a, b, "b", Maxim.LEX_POSTERIOR, Severity.MEDIUM, alike)


_SPECIAL = frozenset({"theme-plan", "routine"})


def _adopted(norm: Norm) -> str:
    day = norm.version.adopted_on or norm.version.valid_from
    return day.isoformat() if day else ""


def _deadlines_apart(a: Norm, b: Norm, alike: Alike) -> Tension | None:
    if not _due_apart(a, b) or not about_one_thing(alike, SAME_SENTENCE):
        return None
    if a.rank == b.rank:
        return _same_rank(Kind.DEADLINE, a, b, alike)
    return made(Kind.DEADLINE, a, b, "a", Maxim.MAY_NOT_LOOSEN, Severity.MEDIUM, alike)


def _due_apart(a: Norm, b: Norm) -> bool:
    """One target, with the same figures, by different years."""
    if a.due is None or b.due is None or a.due.year == b.due.year:
        return False
    return is_named_target(a) and is_named_target(b) and figures_in(a) == figures_in(b)


def _thresholds_apart(a: Norm, b: Norm, alike: Alike) -> Tension | None:
    """One duty from different amounts: the words beside the amounts must be nearly the same."""
    lows = _thresholds(a), _thresholds(b)
    if not _begin_apart(a, b) or not (about_one_thing(alike, SAME_SENTENCE) or about_one_figure(alike)):
        return None
    if a.rank == b.rank:
        return _same_rank(Kind.THRESHOLD, a, b, alike)
    if min(lows[1]) < min(lows[0]):
        return made(Kind.TIGHTENING, a, b, "b", Maxim.MAY_TIGHTEN, Severity.LOW, alike)
    return made(Kind.THRESHOLD, a, b, "a", _why_higher(a, b), Severity.HIGH, alike)


def _begin_apart(a: Norm, b: Norm) -> bool:
    """Two duties that begin at different amounts."""
    x, y = _thresholds(a), _thresholds(b)
    bound = all(n.force in DUTIES | {Force.RECOMMENDATION} for n in (a, b))
    return bound and bool(x and y) and not x & y


def _thresholds(norm: Norm) -> set[float]:
    return {m.low for m in norm.demands("money") if m.low is not None and m.high != m.low}


def _force_apart(a: Norm, b: Norm, alike: Alike) -> Tension | None:
    """A higher must that a lower text makes a should, or a ban beside a permission."""
    if alike.meaning < 0.92 or not about_one_thing(alike, SAME_SENTENCE):
        return None
    if compare_demands(a, b) is not Compared.SAME and (a.amounts or b.amounts):
        return None
    if figures_in(a) != figures_in(b):
        return None  # figures in a unit that is not read may set them apart as well
    if alike.shared < _ALL_OF_IT and alike.words < _NEARLY_SAID_THE_SAME:
        return None  # "there shall be a forum", "the forum should be used": one thing, and two things asked of it
    pair = {a.force, b.force}
    if Force.PROHIBITION in pair and pair & {Force.PERMISSION, Force.OBLIGATION} and len(pair) == 2:
        if a.rank == b.rank:
            return _same_rank(Kind.MODALITY, a, b, alike)
        return made(Kind.MODALITY, a, b, "a", _why_higher(a, b), Severity.HIGH, alike)
    if a.force is Force.OBLIGATION and b.force is Force.RECOMMENDATION:
        return made(Kind.MODALITY, a, b, "a", _why_higher(a, b), Severity.MEDIUM, alike)
    return None


# --- powers -------------------------------------------------------------------------------


def _powers(a: Norm, b: Norm, alike: Alike) -> Tension | None:
    """One role that may decide up to one amount here and up to another there."""
    if not _role(a) or _role(a) != _role(b):
        return None
    tops = [{m.high for m in n.demands("money") if m.high is not None} for n in (a, b)]
    if not tops[0] or not tops[1] or max(tops[0]) == max(tops[1]):
        return None
    if a.plan is b.plan:
        return None
    if a.rank == b.rank:
        return _same_rank(Kind.POWERS, a, b, alike)
    return made(Kind.POWERS, a, b, "a", _why_higher(a, b), Severity.HIGH, alike)


def _role(norm: Norm) -> set[str]:
    """Who decides: the words before what they may do, or before the amount; in a row, those beside it."""
    text, language = norm.statement.text, norm.statement.language
    if norm.statement.kind is BlockKind.TABLE_ROW:
        figures = quantities(text, language)
        first = text[: figures[0].start] if figures else text
        return stems(first if stems(first, language) else text[figures[-1].end :], language)
    patterns = [norm.words.find[key] for key in ("competence", "permission", "obligation")]
    patterns.append(desk_words(language).find["powers"])
    found = [match.start() for pattern in patterns if (match := pattern.search(text)) and match.start() > 3]
    return stems(text[: min(found)] if found else "", language)


# --- texts of which one is not in force ---------------------------------------------------


def against_text_not_in_force(living: Norm, other: Norm, alike: Alike) -> Tension | None:
    """What a proposal would change for a buyer, or what a replaced text said otherwise.

    That a new plan sets other targets than the one it replaces is why it is made: the list of targets marks it.
    """
    if living.force is other.force is Force.TARGET:
        return None
    if is_power(living) and is_power(other):
        return _not_in_force(living, other, alike) if _powers(living, other, alike) else None
    least = _least(living, other) if living.amounts and other.amounts else SAME_SENTENCE
    if not about_one_thing(alike, least) or not (
        conditions_overlap(living, other) or _begin_apart(living, other)
    ):
        return None
    return _not_in_force(living, other, alike) if _says_otherwise(living, other, alike) else None


def _not_in_force(living: Norm, other: Norm, alike: Alike) -> Tension:
    if other.is_proposal:
        return made(Kind.DRAFT, living, other, "a", Maxim.DRAFT_ONLY, Severity.LOW, alike)
    return made(Kind.SUPERSEDED, other, living, "b", Maxim.NOT_IN_FORCE, Severity.LOW, alike)


def _says_otherwise(first: Norm, second: Norm, alike: Alike) -> bool:
    compared = compare_demands(first, second)
    if compared in (Compared.FIRST_STRICTER, Compared.SECOND_STRICTER):
        return True
    if _due_apart(first, second) or (_begin_apart(first, second) and alike.words >= SAME_SENTENCE):
        return True
    binding = [n.force in DUTIES for n in (first, second)]
    spoken = first.force in _SPEAKS and second.force in _SPEAKS
    unlike = first.force is not second.force and (
        binding[0] != binding[1] or Force.PROHIBITION in (first.force, second.force)
    )
    return spoken and unlike


def translated(a: Norm, b: Norm, alike: Alike) -> Tension | None:
    """Two languages of one plan that do not say the same. `alike` has been found to be each other's best."""
    told = compare_demands(a, b) in (Compared.FIRST_STRICTER, Compared.SECOND_STRICTER)
    binding = [n.force in DUTIES for n in (a, b)]
    spoken = a.force in _SPEAKS and b.force in _SPEAKS
    if not (told or (spoken and binding[0] != binding[1])):
        return None
    prevailing = a.plan.authoritative_language
    side = (
        "a"
        if a.statement.language == prevailing
        else "b"
        if b.statement.language == prevailing
        else "unresolved"
    )
    maxim = Maxim.UNRESOLVED if side == "unresolved" else Ground.AUTHORITATIVE_LANGUAGE
    return made(Kind.TRANSLATION, a, b, side, maxim, Severity.MEDIUM, alike)
