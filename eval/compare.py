"""Two runs on the same questions: who was won and lost first, then whether that is more than chance. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from eval.errors import RunError
from eval.measures.headline import Grade
from eval.measures.significance import Difference, holm, mcnemar_exact, paired_bootstrap
from eval.metrics import METRICS
from eval.records import Record, Run, by_query
from eval.summary import Summary

FEWEST_DISCORDANT = 6
"""With fewer questions that differ even all on one side is no significant result (2 / 2**5 > .05)."""
FEWEST = 10
"""With fewer questions a bootstrap says nothing."""
ALPHA = 0.05
MIN_EFFECT = 0.02
GATED = (
    "truthfulness", "governing_plan_accuracy", "governing_level_accuracy", "force_accuracy", "draft_leak",
    "superseded_leak", "quote_fidelity", "page_exactness", "citation_recall", "key_fact_recall",
    "forbidden_said", "hallucination_rate", "error_rate", "page_R@5",
)  # fmt: skip
"""What a change must not make worse. Few, because each more is another chance of a false alarm."""


@dataclass(frozen=True, slots=True)
class Change:
    """One question graded differently."""

    query_id: str
    question: str
    before: str
    after: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricChange:
    """One measure over the questions that both runs have it for."""

    metric: str
    before: float
    after: float
    difference: Difference
    mcnemar_p: float | None
    """None where the measure is not yes or no, or too few questions differ."""
    yes_or_no: bool

    @property
    def better(self) -> int:
        """1 improved, -1 got worse, 0 neither or no direction."""
        way = METRICS[self.metric].better * self.difference.mean
        return (way > 0) - (way < 0)

    @property
    def p(self) -> float | None:
        """McNemar's where the measure is yes or no, else the bootstrap's; None with too few to tell."""
        if self.yes_or_no:
            return self.mcnemar_p
        return self.difference.p if self.difference.n >= FEWEST else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Run A against run B, B being the later."""

    a: str
    b: str
    n: int
    losses: tuple[Change, ...]
    gains: tuple[Change, ...]
    metrics: tuple[MetricChange, ...]
    notes: tuple[str, ...]

    def to_json(self) -> dict[str, object]:
        return asdict(self)


def compare(a: Run, b: Run, *, seed: int = 0) -> Comparison:
    """Compares by question. Runs on different keys are compared on shared ids, and the notes say so.

    Raises:
        RunError: they share no question.
    """
    before, after = by_query(a.records), by_query(b.records)
    shared = [query_id for query_id in before if query_id in after]
    if not shared:
        raise RunError(f"{a.folder} and {b.folder} share no question; compare runs on one dataset")
    changes = [
        change for query_id in shared if (change := _change(before[query_id], after[query_id])) is not None
    ]
    return Comparison(
        a=a.run_id,
        b=b.run_id,
        n=len(shared),
        losses=tuple(each for each in changes if _rank(each.after) < _rank(each.before)),
        gains=tuple(each for each in changes if _rank(each.after) > _rank(each.before)),
        metrics=_metrics([before[each] for each in shared], [after[each] for each in shared], seed),
        notes=_notes(a.meta, b.meta, len(before), len(after), len(shared)),
    )


def _rank(grade: str) -> int:
    return [Grade.WRONG.value, Grade.MISSING.value, Grade.CORRECT.value].index(grade)


def _change(before: Record, after: Record) -> Change | None:
    old, new = before.verdict.grade, after.verdict.grade
    if old is None or new is None or old == new:
        return None
    because = after.verdict.because.get("headline", "")
    due = f" (due to {after.verdict.due_to})" if after.verdict.due_to else ""
    return Change(before.query_id, before.question, old, new, because + due)


def _metrics(before: Sequence[Record], after: Sequence[Record], seed: int) -> tuple[MetricChange, ...]:
    found = []
    for name in METRICS:
        pairs = [
            (x, y)
            for one, other in zip(before, after, strict=True)
            if (x := one.score.get(name)) is not None and (y := other.score.get(name)) is not None
        ]
        if not pairs:
            continue
        old, new = [x for x, _ in pairs], [y for _, y in pairs]
        found.append(
            MetricChange(
                metric=name,
                before=sum(old) / len(old),
                after=sum(new) / len(new),
                difference=paired_bootstrap(old, new, seed=seed),
                mcnemar_p=_mcnemar(pairs),
                yes_or_no=_yes_or_no(pairs),
            )
        )
    return tuple(found)


def _yes_or_no(pairs: Sequence[tuple[float, float]]) -> bool:
    return all(value in {0.0, 1.0} for pair in pairs for value in pair)


def _mcnemar(pairs: Sequence[tuple[float, float]]) -> float | None:
    if not _yes_or_no(pairs):
        return None
    gains = sum(x < y for x, y in pairs)
    losses = sum(x > y for x, y in pairs)
    return mcnemar_exact(gains, losses) if gains + losses >= FEWEST_DISCORDANT else None


def _notes(
    a: Mapping[str, object], b: Mapping[str, object], before: int, after: int, shared: int
) -> tuple[str, ...]:
    notes = []
    if a.get("dataset") != b.get("dataset"):
        notes.append("the two runs are on different datasets or versions of it; only shared ids are compared")
    if a.get("judge") != b.get("judge"):
        notes.append(f"judged by {a.get('judge')} and {b.get('judge')}: grades are not on one scale")
    if a.get("split") != b.get("split"):
        notes.append(f"splits {a.get('split')} and {b.get('split')}")
    if shared < before or shared < after:
        notes.append(f"{shared} questions are shared, of {before} and {after}")
    return tuple(notes)


# --- gates ----------------------------------------------------------------------------------


def below(summary: Summary, floors: Mapping[str, float]) -> list[str]:
    """The floors that a run does not reach; for a measure where lower is better the floor is a ceiling.

    Raises:
        RunError: a floor names no measure, or one that the run has not.
    """
    failed = []
    for name, floor in floors.items():
        if name not in METRICS:
            raise RunError(f"there is no measure {name!r}; one of {', '.join(METRICS)}")
        value = summary.value(name)
        if value is None:
            raise RunError(f"the run does not measure {name!r}; its dataset has no key for it")
        wrong_side = value > floor if METRICS[name].better < 0 else value < floor
        if wrong_side:
            sign = "above" if METRICS[name].better < 0 else "below"
            failed.append(f"{name} is {value:.3f}, {sign} {floor:g}")
    return failed


def regressions(comparison: Comparison, *, alpha: float = ALPHA, min_effect: float = MIN_EFFECT) -> list[str]:
    """The gated measures that got worse by more than `min_effect`, significantly so together (Holm)."""
    tested = [each for each in comparison.metrics if each.metric in GATED and each.p is not None]
    significant = holm([each.p or 0.0 for each in tested], alpha)
    return [
        f"{each.metric} {'fell' if each.after < each.before else 'rose'} from {each.before:.3f} to {each.after:.3f}"
        for each, is_significant in zip(tested, significant, strict=True)
        if is_significant and each.better < 0 and abs(each.difference.mean) > min_effect
    ]


def as_markdown(comparison: Comparison) -> str:
    """Losses and gains first, then the measures; for a terminal and a pull request alike."""
    lines = [f"# {comparison.a} → {comparison.b}", ""]
    lines += [f"{comparison.n} questions: {len(comparison.losses)} lost, {len(comparison.gains)} gained.", ""]
    lines += [f"> {note}" for note in comparison.notes] + ([""] if comparison.notes else [])
    for title, changes in (("Lost", comparison.losses), ("Gained", comparison.gains)):
        if changes:
            lines += [f"## {title}", ""]
            lines += [
                f"- **{each.query_id}** {each.before} → {each.after}: {each.question} — {each.because}"
                for each in changes
            ]
            lines.append("")
    lines += ["## Measures", ""]
    lines += [
        "| measure | A | B | B − A | 95 % | p | n |",
        "| --- | ---: | ---: | ---: | --- | ---: | ---: |",
    ]
    lines += [_metric_row(each) for each in comparison.metrics]
    return "\n".join(lines) + "\n"


def _metric_row(change: MetricChange) -> str:
    mark = {1: " ▲", -1: " ▼", 0: ""}[change.better] if abs(change.difference.mean) > 1e-12 else ""
    p = "–" if change.p is None else f"{change.p:.3f}" + (" (McNemar)" if change.yes_or_no else "")
    difference = change.difference
    return (
        f"| {change.metric} | {change.before:.3f} | {change.after:.3f} | {difference.mean:+.3f}{mark} |"
        f" {difference.low:+.3f} to {difference.high:+.3f} | {p} | {difference.n} |"
    )
