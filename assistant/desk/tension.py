"""What a tension between two norms is: its kind, how grave it is, which text prevails and why. Pure values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from assistant.desk.norms import Norm
from assistant.desk.subjects import Alike
from assistant.maxims import Maxim


class Kind(StrEnum):
    LOOSENING = "loosening"
    """A lower text asks for less than a higher one."""
    TIGHTENING = "tightening"
    """A lower text asks for more: allowed, and worth knowing."""
    NUMBER = "number"
    """Two texts of one rank name different figures."""
    THRESHOLD = "threshold"
    """One duty begins at different amounts."""
    POWERS = "powers"
    """One role may decide up to different amounts."""
    DEADLINE = "deadline"
    MODALITY = "modality"
    """Must against should, must not against may."""
    RESTATED_LAW = "restated_law"
    """A text repeats a figure of the law that the law no longer has."""
    DRAFT = "draft_against_adopted"
    SUPERSEDED = "superseded"
    TRANSLATION = "translation"
    AIM = "aim_against_permission"
    EXCEPTION = "exception_against_rule"
    ORDER = "order_of_steps"
    BUDGET = "target_against_budget"
    DEPARTURE = "departure"
    """A text departs from what is to be followed or its departure explained."""
    RESPONSIBLE = "responsible"
    """Two units answer for one thing."""
    DEFINITION = "definition"
    """One term means two things."""
    STALE = "stale_reference"
    """A text in force leans on one that is no more."""


class Ground(StrEnum):
    """Reasons that no question of a buyer turns on, beside the maxims of an answer."""

    AUTHORITATIVE_LANGUAGE = "authoritative_language"
    BUDGET_GATE = "budget_gate"
    OUTSIDE_THE_ROOM = "outside_the_room"
    """A stricter rule counts only inside the room that the higher one leaves."""
    EXPLAIN = "comply_or_explain"
    """A departure holds with its reasons given, and not without."""


class Severity(StrEnum):
    HIGH = "high"
    """A buyer who follows the wrong one breaks a rule."""
    MEDIUM = "medium"
    """Readers are told different things."""
    LOW = "low"
    """Known and allowed, or not in force; to be looked at when the plan is revised."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tension:
    """`a` is the higher or the older of the two; `score` says how sure it is that both are about one thing."""

    kind: Kind
    a: Norm
    b: Norm
    prevails: str
    """a, b or unresolved."""
    maxim: Maxim | Ground
    severity: Severity
    score: float

    @property
    def plans(self) -> tuple[str, str]:
        return self.a.plan.plan_id, self.b.plan.plan_id


SAME_SUBJECT = 0.45
"""Cosine of weighed words from which two norms are about one thing."""
SAME_SENTENCE = 0.6
"""The same for texts that say one thing with another force, where no figure helps to tell."""
TARGET_AND_RULE = 0.55
CLOSE_IN_MEANING = 0.88
_MASS = 3.5
"""Rarity that two texts must share in all."""
_MUCH, _CLOSE, _ALLOWED = 6.0, 0.92, 0.07
"""Sentences that share much and mean the same may hold more words of their own."""


def about_one_thing(alike: Alike, least: float = SAME_SUBJECT) -> bool:
    enough = alike.shared >= 2 or alike.words >= 0.8
    if alike.meaning < CLOSE_IN_MEANING or alike.mass < _MASS or not enough:
        return False
    much = alike.mass >= _MUCH and alike.meaning >= _CLOSE and alike.words >= least - _ALLOWED
    return alike.words >= least or much


ONE_FIGURE = 0.93
_FIGURE_WORDS, _FIGURE_MASS = 0.25, 4.4


def about_one_figure(alike: Alike) -> bool:
    """The same of two texts that each name a figure in one unit: a rare word in common is enough beside meaning."""
    return (
        alike.meaning >= ONE_FIGURE and alike.words >= _FIGURE_WORDS and alike.mass >= _FIGURE_MASS
    ) or about_one_thing(alike)


def made(
    kind: Kind,
    a: Norm,
    b: Norm,
    prevails: str,
    maxim: Maxim | Ground,
    severity: Severity,
    alike: Alike,
) -> Tension:
    score = alike.words + alike.meaning
    return Tension(kind=kind, a=a, b=b, prevails=prevails, maxim=maxim, severity=severity, score=score)
