"""A run in numbers: every measure with its count and interval, whole and by group. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass

import numpy as np

from eval.layers.attribution import PARTS
from eval.measures.authority import confusion
from eval.measures.headline import Grade
from eval.measures.intervals import bootstrap, wilson
from eval.measures.outcome import ABSTAINED, AbstentionScores, abstention
from eval.metrics import METRICS
from eval.records import Record


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over `n` questions and its 95 % interval (Wilson for yes and no, bootstrap for the rest)."""

    value: float
    n: int
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a run comes to."""

    n: int
    counts: Mapping[str, int]
    metrics: Mapping[str, Estimate]
    confusion: Mapping[str, Mapping[str, int]]
    due_to: Mapping[str, int]
    timings: Mapping[str, float]
    groups: Mapping[str, Mapping[str, Summary]]

    def value(self, metric: str) -> float | None:
        found = self.metrics.get(metric)
        return found.value if found else None

    def to_json(self) -> dict[str, object]:
        written = asdict(self)
        written["groups"] = {
            kind: {name: group.to_json() for name, group in groups.items()}
            for kind, groups in self.groups.items()
        }
        return written


_GROUPS: Mapping[str, Callable[[Record], Sequence[str]]] = {
    "language": lambda record: (record.language,),
    "tag": lambda record: record.tags,
    "level": lambda record: (str(record.verdict.expected_level or "none"),),
    "difficulty": lambda record: (record.difficulty,),
    "outcome": lambda record: (record.verdict.expected_outcome or "not labelled",),
}


def summarise(records: Sequence[Record], *, seed: int, grouped: bool = True) -> Summary:
    """The summary of all records and, `grouped`, of each language, tag, level, difficulty and outcome."""
    return Summary(
        n=len(records),
        counts=_counts(records),
        metrics=_metrics(records, seed),
        confusion=confusion((r.verdict.expected_level, r.verdict.given_level) for r in _keyed(records)),
        due_to={part: sum(r.verdict.due_to == part for r in records) for part in PARTS},
        timings=_timings(records),
        groups=_by_group(records, seed) if grouped else {},
    )


def _keyed(records: Sequence[Record]) -> list[Record]:
    return [record for record in records if record.verdict.grade is not None]


def _counts(records: Sequence[Record]) -> dict[str, int]:
    grades = Counter(record.verdict.grade for record in _keyed(records))
    given = Counter(record.verdict.given_outcome for record in _keyed(records))
    return {
        **{grade.value: grades[grade.value] for grade in Grade},
        "refused": given[ABSTAINED],
        "over_refused": grades[Grade.MISSING.value],
        "failed": sum(record.answer is None for record in records),
    }


def _metrics(records: Sequence[Record], seed: int) -> dict[str, Estimate]:
    values: dict[str, list[float]] = defaultdict(list)
    for record in records:
        for name, score in record.score.items():
            if score is not None:
                values[name].append(score)
    values["as_of_flip_accuracy"] = as_of_flips(records)
    found = {name: estimate(values[name], seed) for name in METRICS if values.get(name)}
    found.update(_abstention(records, seed))
    return {name: found[name] for name in METRICS if name in found}


def estimate(values: Sequence[float], seed: int) -> Estimate:
    """The mean and its interval; of at least one value."""
    n, mean = len(values), sum(values) / len(values)
    if all(value in {0.0, 1.0} for value in values):
        low, high = wilson(round(sum(values)), n)
    else:
        low, high = bootstrap(values, seed=seed)
    return Estimate(mean, n, low, high)


def as_of_flips(records: Sequence[Record]) -> list[float]:
    """For every pair of dates on which one question has two keys: 1 where both are governed and told rightly.

    An assistant that is deaf to the date can be right on one of the two, never on both.
    """
    asked: dict[str, list[Record]] = defaultdict(list)
    for record in _keyed(records):
        asked[" ".join(record.question.casefold().split())].append(record)
    return [
        float(one.verdict.grade == other.verdict.grade == Grade.CORRECT.value)
        for group in asked.values()
        for place, one in enumerate(group)
        for other in group[place + 1 :]
        if one.as_of != other.as_of
    ]


def _abstention(records: Sequence[Record], seed: int) -> dict[str, Estimate]:
    pairs = [(r.verdict.expected_outcome or "", r.verdict.given_outcome or "failed") for r in _keyed(records)]
    scores = abstention(pairs)
    found: dict[str, Estimate] = {}
    for name, value, n in (
        ("abstention_precision", scores.precision, scores.given),
        ("abstention_recall", scores.recall, scores.expected),
    ):
        if value is not None:
            found[name] = Estimate(value, n, *wilson(scores.right, n))
    if scores.f1 is not None:
        found["abstention_f1"] = Estimate(scores.f1, len(pairs), *_f1_interval(pairs, scores, seed))
    return found


def _f1_interval(
    pairs: Sequence[tuple[str, str]], scores: AbstentionScores, seed: int
) -> tuple[float, float]:
    """Bootstrap over questions; resamples with neither kind of abstention are left out.

    With no right abstention every resample gives 0, so recall's own upper bound stands in.
    """
    if not scores.right:
        return 0.0, wilson(0, scores.expected)[1]
    expected = np.array([each == ABSTAINED for each, _ in pairs])
    given = np.array([each == ABSTAINED for _, each in pairs])
    draws = np.random.default_rng(seed).integers(0, len(pairs), size=(2_000, len(pairs)))
    right, both = (expected & given)[draws].sum(1), expected[draws].sum(1) + given[draws].sum(1)
    kept = both > 0
    if not kept.any() or scores.f1 is None:
        return 0.0, 1.0
    low, high = np.quantile(2 * right[kept] / both[kept], [0.025, 0.975])
    return float(low), float(high)


def _timings(records: Sequence[Record]) -> dict[str, float]:
    """Milliseconds a question, of those that were answered at all."""
    found: dict[str, float] = {}
    for name, values in (
        ("wall", [r.wall_ms for r in records if r.answer is not None]),
        ("cpu", [r.cpu_ms for r in records if r.answer is not None]),
    ):
        if values:
            p50, p95 = np.quantile(values, [0.5, 0.95])
            found[f"{name}_p50_ms"], found[f"{name}_p95_ms"] = round(float(p50), 1), round(float(p95), 1)
    return found


def _by_group(records: Sequence[Record], seed: int) -> dict[str, dict[str, Summary]]:
    found: dict[str, dict[str, Summary]] = {}
    for kind, names_of in _GROUPS.items():
        members: dict[str, list[Record]] = defaultdict(list)
        for record in records:
            for name in names_of(record):
                members[name].append(record)
        found[kind] = {name: summarise(members[name], seed=seed, grouped=False) for name in sorted(members)}
    return found
