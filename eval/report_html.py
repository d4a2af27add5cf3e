"""The report as one HTML file: no script, nothing fetched, readable in the dark, on paper and by ear. Pure.

Whatever an assistant or a document said is data here: all of it is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from importlib.resources import files
from string import Template

from eval.calibrate import answered
from eval.measures.risk import risk_coverage
from eval.metrics import METRICS
from eval.records import Record, Run
from eval.report_answers import all_answers, worst_answers
from eval.report_plot import risk_coverage_svg
from eval.report_words import (
    GROUP_METRICS,
    GROUP_TITLES,
    PART_WORDS,
    headline,
    interval,
    metrics_by_layer,
    provenance_rows,
    shown,
    way,
)
from eval.summary import Summary


def as_html(run: Run, summary: Summary) -> str:
    """The whole file."""
    name = run.meta.get("dataset")
    title = f"{name['name'] if isinstance(name, dict) else 'Evaluation'}: {run.meta.get('assistant', 'assistant')}"
    body = "\n".join(
        (
            f"<h1>{escape(title)}</h1>",
            _headline(summary),
            _confusion(summary),
            _trade_off(run.records),
            _misses(summary),
            worst_answers(run.records),
            _measures(summary),
            _groups(summary),
            all_answers(run.records),
            _provenance(run),
        )
    )
    template = Template(files("eval").joinpath("report_template.html").read_text(encoding="utf-8"))
    return template.substitute(title=escape(title), body=body)


def table(
    caption: str, header: Sequence[str], rows: Iterable[Sequence[str]], *, numbers_from: int = 1
) -> str:
    """A table whose cells are already safe HTML; from column `numbers_from` on they are numbers."""

    def cell(tag: str, place: int, text: str, scope: str = "") -> str:
        mark = ' class="n"' if place >= numbers_from else ""
        return f"<{tag}{scope}{mark}>{text}</{tag}>"

    head = "".join(cell("th", place, text, ' scope="col"') for place, text in enumerate(header))
    body = "".join(
        "<tr>"
        + "".join(
            cell("th", 0, text, ' scope="row"') if place == 0 else cell("td", place, text)
            for place, text in enumerate(row)
        )
        + "</tr>"
        for row in rows
    )
    return (
        f'<div class="scroll"><table><caption>{caption}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


_HEADLINE_METRICS = (
    "truthfulness", "governing_plan_accuracy", "governing_level_accuracy", "hallucination_rate", "over_refused",
)  # fmt: skip


def _headline(summary: Summary) -> str:
    figures = []
    for name in (
        "truthfulness",
        "governing_plan_accuracy",
        "governing_level_accuracy",
        "hallucination_rate",
        "over_refused",
    ):
        estimate, metric = summary.metrics.get(name), METRICS[name]
        if estimate is not None:
            figures.append(
                f"<li><b>{shown(estimate, metric)}</b>{escape(metric.label)}"
                f'<br><span class="soft">{interval(estimate, metric)}, n = {estimate.n}</span></li>'
            )
    return (
        f'<h2 id="headline">Headline</h2><p class="lead">{escape(headline(summary))}</p>'
        f'<ul class="figures">{"".join(figures)}</ul>'
        '<p class="soft">Truthfulness is +1 for every question met rightly, 0 for an honest “I do not know”, −1 for'
        " a wrong answer, averaged. To abstain where the plans have no answer is right. The ranges say where the true"
        " value lies with 95 % confidence; two runs whose ranges overlap may not differ.</p>"
    )


def _confusion(summary: Summary) -> str:
    matrix = summary.confusion
    if not matrix:
        return ""
    names = list(matrix)
    head = "".join(f'<th scope="col" class="n">{escape(name)}</th>' for name in names)
    rows = "".join(
        f'<tr><th scope="row">{escape(row)}</th>'
        + "".join(_count(row, name, matrix) for name in names)
        + "</tr>"
        for row in names
    )
    return (
        '<h2 id="levels">Which level was let govern</h2>'
        "<p>Rows: the level that should govern. Columns: the level the answer named. On the diagonal they agree;"
        " <i>none</i> is “no plan governs”.</p>"
        '<div class="scroll"><table><caption>Confusion matrix of levels (questions)</caption>'
        f'<thead><tr><th scope="col">should be</th>{head}</tr></thead><tbody>{rows}</tbody></table></div>'
    )


def _count(row: str, column: str, matrix: Mapping[str, Mapping[str, int]]) -> str:
    count = matrix[row][column]
    mark = " hit" if row == column and count else " miss" if count else ""
    return f'<td class="n{mark}">{count}</td>'


def _trade_off(records: Sequence[Record]) -> str:
    scores, right = answered(records)
    if len(scores) < 2:
        return ""
    points = risk_coverage(scores, right)
    picked = points[:: max(1, len(points) // 10)]
    last = points[-1]
    told = (
        f"Answering all {last.answered} questions it chose to answer, {last.risk:.0%} are wrong. Answering only the"
        f" surest {picked[len(picked) // 2].coverage:.0%} of them, {picked[len(picked) // 2].risk:.0%} are wrong."
    )
    rows = [
        (f"{p.threshold:.4f}", f"{p.coverage:.0%}", f"{p.risk:.1%}", f"{p.bound:.1%}", str(p.answered))
        for p in picked
    ]
    return (
        '<h2 id="trade-off">Answering and abstaining</h2>'
        f"<p>{told} A line that falls to the left means that its confidence can be trusted to abstain by.</p>"
        f"{risk_coverage_svg(points, told)}"
        "<details><summary>The same as a table</summary><div>"
        + table("Risk by coverage", ("threshold", "answered", "wrong", "bound", "n"), rows)
        + "</div></details>"
    )


def _misses(summary: Summary) -> str:
    total = sum(summary.due_to.values())
    if not total:
        return '<h2 id="misses">Where the misses come from</h2><p>There is none.</p>'
    rows = [
        (escape(PART_WORDS[part]), str(count), f"{count / total:.0%}")
        for part, count in summary.due_to.items()
        if count
    ]
    return '<h2 id="misses">Where the misses come from</h2>' + table(
        f"{total} questions not met rightly, by the first part that failed",
        ("part", "questions", "share"),
        rows,
    )


def _measures(summary: Summary) -> str:
    parts = ['<h2 id="measures">All measures</h2>']
    for layer, found in metrics_by_layer(summary).items():
        if not found:
            continue
        rows = [
            (
                escape(metric.label),
                shown(estimate, metric),
                interval(estimate, metric),
                str(estimate.n),
                f"{escape(metric.definition)}{f'; {way(metric)}' if way(metric) else ''}",
            )
            for metric, estimate in found
        ]
        parts.append(table(layer.capitalize(), ("measure", "value", "95 %", "n", "what it says"), rows))
    if summary.timings:
        cells = [(escape(name.replace("_", " ")), f"{value:.0f}") for name, value in summary.timings.items()]
        parts.append(table("Time a question, milliseconds", ("measure", "value"), cells))
    return "".join(parts)


def _groups(summary: Summary) -> str:
    parts = ['<h2 id="groups">By group</h2>']
    for kind, title in GROUP_TITLES.items():
        groups = summary.groups.get(kind, {})
        if not groups:
            continue
        header = ("group", "n", *(METRICS[name].label for name in GROUP_METRICS))
        rows = [
            (
                escape(name),
                str(group.n),
                *(
                    f"{shown(group.metrics.get(each), METRICS[each])}"
                    f'<br><span class="soft">{interval(group.metrics.get(each), METRICS[each])}</span>'
                    for each in GROUP_METRICS
                ),
            )
            for name, group in groups.items()
        ]
        parts.append(table(title, header, rows))
    return "".join(parts)


def _provenance(run: Run) -> str:
    rows = [(escape(name), escape(value)) for name, value in provenance_rows(run)]
    return '<h2 id="provenance">How the run was made</h2>' + table(
        "Enough to make it again", ("what", "value"), rows, numbers_from=9
    )
