"""What each command of `eval` does: arguments in, something to print and an exit code out."""

from __future__ import annotations

import argparse
import re
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib.resources import files
from pathlib import Path

from eval import ablate as ablation
from eval import authority_alone, contestants, judge_meta, labellers, run_words
from eval import calibrate as calibration
from eval import compare as comparison
from eval.bench import open_bench, pages_of, standings_of
from eval.dataset import Dataset, load_dataset
from eval.dataset_check import Defect
from eval.dataset_check import check as find_defects
from eval.errors import DatasetError, RunError
from eval.importers import import_dataset
from eval.judge import Judge, LocalJudge
from eval.judge_llm import LlmJudge, open_chat_model
from eval.labels import export_table, from_table, merged_with
from eval.records import read_run
from eval.register_without import copy_without
from eval.report_html import as_html
from eval.report_markdown import as_markdown
from eval.run import Answerer, Bench, Progress, run, trace
from eval.summary import summarise

RUNS = Path("eval-runs")


@dataclass(frozen=True, slots=True)
class Printed:
    """What a command prints: `content` with --json, `text` without; and how it exits."""

    content: object
    text: str
    code: int = 0


def dataset_at(named: str) -> Dataset:
    """A dataset by folder, or one of the project's own by name."""
    folder = Path(named)
    if not (folder / "dataset.yaml").exists() and re.fullmatch(r"[\w-]+", named):
        bundled = Path(str(files("eval"))) / "benchmarks" / named
        if (bundled / "dataset.yaml").exists():
            return load_dataset(bundled)
    return load_dataset(folder)


# --- run ------------------------------------------------------------------------------------


def run_command(given: argparse.Namespace, progress: Progress) -> Printed:
    """Runs, or with --only asks one question alone; --fail-under makes it a gate."""
    dataset = dataset_at(given.dataset)
    judge = judge_for(given)
    bench = open_bench(dataset, judge)
    contestant = contestants.open_contestant(bench, given.baseline, given.index, progress=progress)
    if given.only:
        found = trace(bench, contestant, given.only)
        return Printed(found, run_words.trace_text(found))
    out = given.out or RUNS / f"{dataset.name}-{given.baseline}-{given.split}-{_now()}"
    summary = run(bench, contestant, out, split=given.split, seed=given.seed, progress=progress)
    failed = comparison.below(summary, _floors(given.fail_under))
    content = run_words.run_json(out, summary) | {"failed": failed}
    if isinstance(judge, LlmJudge):
        content |= {"judge_agreement": judge.agreement, "judge_unreadable": judge.unreadable}
    return Printed(content, run_words.as_text(out, summary, failed), 1 if failed else 0)


def judge_for(given: argparse.Namespace) -> Judge:
    """The local judge, with the encoder where asked for; or a chat model."""
    if given.judge_model:
        model = open_chat_model(given.judge_model, given.judge_base_url)
        return LlmJudge(model, given.judge_model, RUNS / "judge-votes.sqlite", repeats=given.judge_repeats)
    return LocalJudge(encode=contestants.default_encoder().encode_queries if given.encoder else None)


def _floors(given: list[str]) -> dict[str, float]:
    floors = {}
    for each in given:
        name, _, value = each.partition("=")
        try:
            floors[name.strip()] = float(value)
        except ValueError as error:
            raise RunError(f"--fail-under {each!r}: write it as governing_plan_accuracy=0.8") from error
    return floors


def _now() -> str:
    return datetime.now(UTC).strftime("%Y%m%d-%H%M%S")


# --- compare, report, check, calibrate --------------------------------------------------------


def compare_command(given: argparse.Namespace, _progress: Progress) -> Printed:
    """Gains and losses first; exits 1 below a floor or on a regression, where asked to."""
    a, b = read_run(given.a), read_run(given.b)
    found = comparison.compare(a, b, seed=given.seed)
    failed = []
    if given.fail_under:
        summary = summarise(b.records, seed=b.seed, grouped=False)
        failed += comparison.below(summary, _floors(given.fail_under))
    if given.no_regression:
        failed += comparison.regressions(found, alpha=given.alpha, min_effect=given.min_effect)
    text = comparison.as_markdown(found) + "".join(f"FAILED: {each}\n" for each in failed)
    return Printed(found.to_json() | {"failed": failed}, text, 1 if failed else 0)


def report_command(given: argparse.Namespace, _progress: Progress) -> Printed:
    """Writes the report beside the run, or to --out."""
    found = read_run(given.run)
    summary = summarise(found.records, seed=found.seed)
    if given.markdown and given.out is None:
        text = as_markdown(found, summary)
        return Printed({"markdown": text}, text)
    path = given.out or given.run / "report.html"
    markdown = given.markdown or path.suffix == ".md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(as_markdown(found, summary) if markdown else as_html(found, summary), encoding="utf-8")
    return Printed({"path": str(path)}, f"{path}\n")


def check_command(given: argparse.Namespace, _progress: Progress) -> Printed:
    """Every defect of a dataset; exits 1 on an error, not on a warning."""
    dataset = dataset_at(given.dataset)
    defects = find_defects(dataset, pages_of(dataset), standings_of(dataset))
    errors = sum(each.severity == "error" for each in defects)
    lines = _defect_lines(defects)
    lines.append(f"{len(dataset.questions)} questions, {errors} errors, {len(defects) - errors} warnings")
    content = {
        "sound": errors == 0,
        "questions": len(dataset.questions),
        "sha256": dataset.sha256,
        "defects": [each.to_json() for each in defects],
    }
    return Printed(content, "\n".join(lines) + "\n", 1 if errors else 0)


_MANY = 4
"""From so many warnings of one kind on they are told in one line."""


def _defect_lines(defects: Sequence[Defect]) -> list[str]:
    kinds = Counter((each.severity, each.kind) for each in defects)
    lines, told = [], set()
    for each in defects:
        kind = (each.severity, each.kind)
        if each.severity == "error" or kinds[kind] < _MANY:
            lines.append(f"{each.severity}: {each.query_id}: {each.message}")
        elif kind not in told:
            told.add(kind)
            ids = ", ".join(other.query_id for other in defects if other.kind == each.kind)
            lines.append(f"{each.severity}, {kinds[kind]} questions: {each.message} ({ids})")
    return lines


def calibrate_command(given: argparse.Namespace, _progress: Progress) -> Printed:
    """The threshold for a stated risk; stored with the index where one is given."""
    found = calibration.calibrate(
        read_run(given.run), given.risk, guaranteed=not given.seen, confidence=given.confidence
    )
    text = calibration.as_text(found)
    if given.index is not None:
        text += f"stored: {calibration.store(found, given.index)}\n"
    return Printed(found.to_json(), text, 0 if found.threshold is not None else 1)


# --- judge ----------------------------------------------------------------------------------


def judge_command(given: argparse.Namespace, _progress: Progress) -> Printed:
    """The local judge on people's labels: published sets, or a run's answers graded by people."""
    if given.run is not None:
        if given.labels is None:
            raise RunError("--run needs --labels: a table of `id` and `grade`")
        agreed = judge_meta.agreement_with_people(read_run(given.run), given.labels)
        kappa = "–" if agreed.kappa is None else f"{agreed.kappa:.2f}"
        lines = [f"{agreed.same} of {agreed.n} answers graded alike, kappa {kappa}"]
        lines += [f"  {query_id}: people {a}, judge {b}" for query_id, a, b in agreed.differing]
        return Printed(agreed.to_json(), "\n".join(lines) + "\n")
    if not given.folders:
        raise RunError("name a folder of human labels, or --run RUN --labels TABLE")
    judge = LocalJudge(encode=contestants.default_encoder().encode_queries if given.encoder else None)
    results = [judge_meta.measure_judge(folder, judge) for folder in given.folders]
    text = "\n".join(judge_meta.as_text(result) for result in results)
    return Printed([result.to_json() for result in results], text)


# --- ablate ---------------------------------------------------------------------------------


def ablate_command(given: argparse.Namespace, progress: Progress) -> Printed:
    """Without the governing plan, and on the dates given."""
    dataset = dataset_at(given.dataset)
    bench = open_bench(dataset, LocalJudge())
    questions = dataset.of_split(given.split)
    removals: tuple[ablation.Removal, ...] = ()
    if not given.dates_only:
        with tempfile.TemporaryDirectory(prefix="hjemmel-ablate-") as work:
            without = _without(dataset, Path(work))
            chosen = [q for q in questions if not given.plan or _governing(q) in given.plan]
            removals = ablation.without_governing(bench, chosen, without, progress=progress)
    flips: tuple[ablation.Flip, ...] = ()
    if given.date:
        contestant = contestants.open_contestant(bench, contestants.ASSISTANT, given.index, progress=progress)
        flips = ablation.on_other_dates(bench, questions, contestant.answer, given.date, progress=progress)
    found = ablation.ablation(removals, flips, len(questions) * len(given.date))
    return Printed(found.to_json(), ablation.as_text(found))


def _governing(question: object) -> str | None:
    expected = getattr(question, "expected", None)
    return expected.governing.plan_id if expected is not None and expected.governing is not None else None


def _without(dataset: Dataset, work: Path) -> ablation.Without:
    def without(folder: str, plan_id: str) -> Answerer:
        documents = dataset.documents_of(folder)
        if documents is None:
            raise RunError(f"{dataset.folder} names no documents to take a plan out of")
        place = Path(tempfile.mkdtemp(dir=work))
        copied = copy_without(documents, plan_id, place / "documents")
        contestants.build(copied, place / "index")
        return contestants.answerer(contestants.open_assistant_on(place / "index"))

    return without


# --- authority ------------------------------------------------------------------------------


def authority_command(given: argparse.Namespace, progress: Progress) -> Printed:
    """The authority procedure by itself, on the quoted statements and what is found beside them."""
    dataset = dataset_at(given.dataset)
    bench = Bench(dataset=dataset, judge=LocalJudge(), standings=standings_of(dataset))
    parts = contestants.parts_by_folder(dataset, given.index, progress)
    chosen = dataset.of_split(given.split)
    found = authority_alone.decide_alone(bench, parts, chosen, candidates=given.candidates, progress=progress)
    return Printed(found.to_json(), authority_alone.as_text(found))


# --- import, label --------------------------------------------------------------------------


def import_command(given: argparse.Namespace, _progress: Progress) -> Printed:
    """A dataset folder out of somebody else's questions."""
    made = import_dataset(
        given.source,
        given.folder,
        documents=given.documents,
        language=given.language,
        as_of=given.as_of or datetime.now(UTC).date(),
    )
    text = f"{made['questions']} questions and {made['quotes']} quotes ({made['kind']}) in {made['path']}\n"
    return Printed(made, text + f"next: hjemmel eval check {made['path']}\n")


def label_command(given: argparse.Namespace, _progress: Progress) -> Printed:
    """Out to a spreadsheet, back in, and where two labellers differ."""
    if given.action == "export":
        count = export_table(dataset_at(str(given.one)), given.other)
        return Printed({"rows": count, "path": str(given.other)}, f"{count} rows in {given.other}\n")
    if given.action == "import":
        counts = label_into(given.one, given.other)
        return Printed(
            counts, f"{counts['questions']} questions, {counts['quotes']} quotes in {given.other}\n"
        )
    agreements, differences = labellers.disagreement(given.one, given.other)
    content = {
        "columns": [each.to_json() for each in agreements],
        "differing": [each.to_json() for each in differences],
    }
    lines = [f"{'column':<12}{'same':>10}{'kappa':>8}"]
    for each in agreements:
        kappa = "–" if each.kappa is None else f"{each.kappa:.2f}"
        lines.append(f"{each.column:<12}{f'{each.same} of {each.n}':>10}{kappa:>8}")
    lines += [f"{each.query_id} {each.column}: {each.one!r} / {each.other!r}" for each in differences]
    return Printed(content, "\n".join(lines) + "\n")


def label_into(table: Path, folder: Path) -> dict[str, object]:
    """Puts a labelled table back into the dataset it came from.

    Raises:
        DatasetError: the folder is no dataset; `eval import` makes one of a table.
    """
    dataset = load_dataset(folder)
    questions, evidence = from_table(table, as_of=dataset.as_of)
    if not questions:
        raise DatasetError(f"{table} has no rows; nothing was changed in {folder}")
    counts = merged_with(dataset, questions, evidence)
    return {"path": str(folder), **counts}


def day(text: str) -> date:
    """A date of the command line."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date; write it as 2026-11-20") from None
