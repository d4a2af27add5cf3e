"""The report as Markdown, for a pull request. Pure."""

from __future__ import annotations

from eval.metrics import METRICS
from eval.records import Run
from eval.report_words import (
    GROUP_METRICS,
    GROUP_TITLES,
    headline,
    interval,
    metrics_by_layer,
    provenance_rows,
    shown,
    worst,
)
from eval.summary import Summary

_MOST_WORST = 10


def as_markdown(run: Run, summary: Summary) -> str:
    """Headline, matrix, measures, groups and the worst, in that order."""
    parts = [
        f"# {run.run_id}",
        headline(summary),
        _confusion(summary),
        _measures(summary),
        *(_group(summary, kind, title) for kind, title in GROUP_TITLES.items() if summary.groups.get(kind)),
        _worst(run),
        "## How the run was made\n\n"
        + "\n".join(f"- {name}: {_plain(value)}" for name, value in provenance_rows(run)),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _confusion(summary: Summary) -> str:
    names = list(summary.confusion)
    if not names:
        return ""
    head = "| should be ↓ | " + " | ".join(names) + " |\n| --- |" + " ---: |" * len(names)
    rows = [
        f"| **{row}** | " + " | ".join(str(summary.confusion[row][name]) for name in names) + " |"
        for row in names
    ]
    return "## Level let govern\n\n" + "\n".join([head, *rows])


def _measures(summary: Summary) -> str:
    lines = ["## Measures", "", "| layer | measure | value | 95 % | n |", "| --- | --- | ---: | --- | ---: |"]
    for layer, found in metrics_by_layer(summary).items():
        lines += [
            f"| {layer} | {metric.label} | {shown(estimate, metric)} | {interval(estimate, metric)} | {estimate.n} |"
            for metric, estimate in found
        ]
    due = ", ".join(f"{part} {count}" for part, count in summary.due_to.items() if count)
    times = ", ".join(f"{name.replace('_', ' ')} {value:.0f}" for name, value in summary.timings.items())
    return "\n".join(lines) + f"\n\nMisses due to: {due or 'none'}.\nTime: {times}."


def _group(summary: Summary, kind: str, title: str) -> str:
    lines = [
        f"## {title}",
        "",
        "| group | n | " + " | ".join(METRICS[name].label for name in GROUP_METRICS) + " |",
    ]
    lines.append("| --- | ---: |" + " ---: |" * len(GROUP_METRICS))
    for name, group in summary.groups[kind].items():
        cells = [_cell(group, metric) for metric in GROUP_METRICS]
        lines.append(f"| {_plain(name)} | {group.n} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _cell(group: Summary, metric: str) -> str:
    estimate = group.metrics.get(metric)
    if estimate is None:
        return "–"
    return f"{shown(estimate, METRICS[metric])} ({interval(estimate, METRICS[metric])}; {estimate.n})"


def _worst(run: Run) -> str:
    found = worst(run.records, _MOST_WORST)
    if not found:
        return ""
    lines = [
        f"- **{record.query_id}** {_plain(record.question)}: {_plain(record.verdict.because.get('headline', ''))}"
        f" (due to {record.verdict.due_to})"
        for record in found
    ]
    return "## Worst answers\n\n" + "\n".join(lines)


def _plain(text: str) -> str:
    """Text that makes no table cell, link, tag or mention of itself."""
    for character in "\\`*_[]<>|@#":
        text = text.replace(character, f"\\{character}")
    return " ".join(text.split())
