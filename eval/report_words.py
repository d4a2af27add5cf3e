"""What both reports say of a run, in plain words. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from eval.measures.headline import Grade
from eval.metrics import LAYERS, METRICS, Metric
from eval.records import Record, Run
from eval.summary import Estimate, Summary

GROUP_METRICS = ("truthfulness", "correct", "wrong", "over_refused", "governing_plan_accuracy",
                 "governing_level_accuracy", "key_fact_recall", "page_R@5")  # fmt: skip
GROUP_TITLES = {
    "language": "By language", "level": "By level that should govern", "difficulty": "By difficulty",
    "outcome": "By expected outcome", "tag": "By tag",
}  # fmt: skip
PART_WORDS = {
    "reading": "Reading: the text was not read out of its document",
    "retrieval": "Retrieval: the text was read, but not found for the question",
    "authority": "Authority: the text was found, but the wrong plan (or none) was let govern",
    "phrasing": "Phrasing: the right plan governs, but the words lack a fact or say too much",
    "failed": "Failed: no answer came",
}


def headline(summary: Summary) -> str:
    """Two sentences a reader who knows nothing of measures understands."""
    counts, n = summary.counts, sum(summary.counts[grade.value] for grade in Grade)
    if not n:
        return f"{summary.n} questions; none has a key, so only retrieval is measured."
    return (
        f"Of {n} questions {counts['correct']} were met rightly ({counts['correct'] / n:.0%}),"
        f" {counts['missing']} were not decided though the plans decide them ({counts['missing'] / n:.0%}),"
        f" and {counts['wrong']} were answered wrongly ({counts['wrong'] / n:.0%})."
        + (f" {counts['failed']} got no answer at all, which counts as wrong." if counts["failed"] else "")
    )


def shown(estimate: Estimate | None, metric: Metric) -> str:
    """A share as a percentage, anything else as it is; a dash where there is none."""
    if estimate is None:
        return "–"
    if not metric.share:
        return f"{estimate.value:+.2f}" if metric.name == "truthfulness" else f"{estimate.value:.1f}"
    return f"{estimate.value:.1%}"


def interval(estimate: Estimate | None, metric: Metric) -> str:
    if estimate is None:
        return ""
    if not metric.share:
        return f"{estimate.low:.2f} to {estimate.high:.2f}"
    return f"{estimate.low:.0%} to {estimate.high:.0%}"


def way(metric: Metric) -> str:
    return {1: "higher is better", -1: "lower is better", 0: ""}[metric.better]


def metrics_by_layer(summary: Summary) -> Mapping[str, Sequence[tuple[Metric, Estimate]]]:
    """The measures the run has, layer by layer."""
    return {
        layer: [
            (metric, summary.metrics[metric.name])
            for metric in METRICS.values()
            if metric.layer == layer and metric.name in summary.metrics
        ]
        for layer in LAYERS
    }


def worst(records: Sequence[Record], most: int) -> list[Record]:
    """The wrong ones, those first that lean on a text not in force or hold a forbidden statement."""
    wrong = [record for record in records if record.verdict.grade == Grade.WRONG.value]

    def harm(record: Record) -> tuple[float, float]:
        scores = record.score
        leaks = (scores.get("not_in_force_leak") or 0) + (scores.get("hallucination_rate") or 0)
        return -(leaks + (scores.get("forbidden_said") or 0)), -(record.verdict.confidence or 0.0)

    return sorted(wrong, key=harm)[:most]


def provenance_rows(run: Run) -> list[tuple[str, str]]:
    """What the run was made with, as rows."""
    meta = run.meta
    dataset = meta.get("dataset")
    rows = [("Run", run.run_id), ("Started", str(meta.get("started", "")))]
    if isinstance(dataset, dict):
        rows.append(
            (
                "Dataset",
                f"{dataset.get('name')} {dataset.get('version')}, sha256 {str(dataset.get('sha256'))[:16]}",
            )
        )
    for name, key in (
        ("Split", "split"), ("Assistant", "assistant"), ("Index", "index_id"), ("Judge", "judge"),
        ("Seed", "seed"), ("Commit", "commit"), ("Platform", "platform"),
    ):  # fmt: skip
        rows.append((name, str(meta.get(key) or "–")))
    for name in ("settings", "versions"):
        listed = meta.get(name)
        if isinstance(listed, dict) and listed:
            rows.append((name.capitalize(), ", ".join(f"{key} {value}" for key, value in listed.items())))
    return rows
