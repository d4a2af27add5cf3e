"""What a run prints: one JSON object for programs, a table for people. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from eval.metrics import METRICS
from eval.report_words import headline, interval, shown
from eval.summary import Summary


def run_json(folder: Path, summary: Summary) -> dict[str, object]:
    """The contract's line: where the run is and what it came to, each measure with n and interval beside it."""
    values = {name: round(estimate.value, 4) for name, estimate in summary.metrics.items()}
    first = {name: values.get(name) for name in ("governing_level_accuracy", "governing_plan_accuracy")}
    return {
        "run_id": folder.name,
        "path": str(folder),
        **first,
        "n": summary.n,
        **{name: value for name, value in values.items() if name not in first},
        "counts": dict(summary.counts),
        "due_to": dict(summary.due_to),
        "timings_ms": dict(summary.timings),
        "intervals": {name: [round(e.low, 4), round(e.high, 4), e.n] for name, e in summary.metrics.items()},
    }


def as_text(folder: Path, summary: Summary, failed: Sequence[str]) -> str:
    """The headline, every measure with interval and count, and where the misses come from."""
    lines = [headline(summary), ""]
    for name, estimate in summary.metrics.items():
        metric = METRICS[name]
        lines.append(
            f"{metric.layer:<10}{metric.label:<22}{shown(estimate, metric):>8}"
            f"   {interval(estimate, metric):<16}n = {estimate.n}"
        )
    due = ", ".join(f"{part} {count}" for part, count in summary.due_to.items() if count)
    lines += ["", f"misses due to: {due or 'nothing, there are none'}"]
    lines += [f"{name} {value:.0f}" for name, value in summary.timings.items()]
    lines += ["", f"run: {folder}", f"read it: hjemmel eval report {folder}"]
    return "\n".join([*lines, *(f"FAILED: {each}" for each in failed)]) + "\n"


def trace_text(found: Mapping[str, object]) -> str:
    """JSON is the readable form of a trace."""
    return json.dumps(found, ensure_ascii=False, indent=1, default=str) + "\n"
