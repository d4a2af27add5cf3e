"""The judge judged: against what people said of answers and claims, and against the plain baseline.

Two published sets, told apart by their form: pairs of answers with people's preference (RAGChecker's
meta-evaluation, Ru et al. 2024; Pearson), and claims with evidence and a label (WiCE, Kamoi et al. 2023; AUROC of
`supported` against the rest). The judge's constants were set on one half; the other half is the honest one.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from eval.errors import DatasetError
from eval.importers import rows_of_jsonl
from eval.judge import LocalJudge, token_f1, word_coverage
from eval.measures.agreement import auroc, cohens_kappa, pearson
from eval.records import Run
from eval.tables import read_rows

PAIRS, CLAIMS = "human_labeled_data.json", "claims.jsonl"
RESAMPLES = 2_000
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Half:
    """One half of a set: how judge and baseline do, and the 95 % interval of the difference."""

    half: str
    n: int
    judge: float | None
    baseline: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MetaResult:
    """How a judge does on a labelled set."""

    set_name: str
    measure: str
    baseline_name: str
    judge_name: str
    halves: tuple[Half, ...]

    def to_json(self) -> dict[str, object]:
        return asdict(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Item:
    group: str
    """Items of one group fall into one half and are resampled together."""
    judge: float
    baseline: float
    human: float


Measure = Callable[[Sequence[float], Sequence[float]], float | None]


def measure_judge(folder: Path, judge: LocalJudge) -> MetaResult:
    """Measures the judge on a folder of human labels.

    Raises:
        DatasetError: the folder holds neither form.
    """
    if (folder / PAIRS).is_file():
        items = _pairs(folder / PAIRS, judge)
        return _result(folder.name, "Pearson with human preference", "token F1", judge, items, pearson)
    if (folder / CLAIMS).is_file():
        items = _claims(folder / CLAIMS, judge)
        return _result(folder.name, "AUROC of supported", "coverage × digits", judge, items, _auroc)
    raise DatasetError(f"{folder}: neither {PAIRS} (pairs of answers) nor {CLAIMS} (claims) is in it")


def _auroc(scores: Sequence[float], labels: Sequence[float]) -> float | None:
    return auroc(scores, [label > 0 for label in labels])


def _pairs(path: Path, judge: LocalJudge) -> list[_Item]:
    """Per annotator: the better the second answer, the higher both the label and the difference of scores."""
    rows = json.loads(path.read_text(encoding="utf-8"))
    cached = _Cached(judge)
    items = []
    for row in rows:
        one, other = row["model1"]["response"], row["model2"]["response"]
        question, gold = row["query"], row["gt_answer"]
        items.append(
            _Item(
                group=f"{row['dataset']}/{row['query_id']}",
                judge=cached.closeness(question, gold, other) - cached.closeness(question, gold, one),
                baseline=token_f1(gold, other) - token_f1(gold, one),
                human=float(row["overall_label"]),
            )
        )
    return items


class _Cached:
    """Each answer is judged once, though two people labelled it."""

    def __init__(self, judge: LocalJudge) -> None:
        self._judge = judge
        self._found: dict[tuple[str, str, str], float] = {}

    def closeness(self, question: str, gold: str, response: str) -> float:
        key = (question, gold, response)
        if key not in self._found:
            self._found[key] = self._judge.closeness(question, gold, response)
        return self._found[key]


def _claims(path: Path, judge: LocalJudge) -> list[_Item]:
    items = []
    for number, row in rows_of_jsonl(path):
        evidence = row.get("evidence")
        if not isinstance(evidence, list):
            raise DatasetError(f"{path}:{number}: no list of `evidence`")
        claim, texts = str(row.get("claim")), [str(each) for each in evidence]
        items.append(
            _Item(
                group=str(row.get("id")),
                judge=judge.support(claim, texts),
                baseline=_coverage_times_digits(claim, "\n".join(texts)),
                human=float(row.get("label") == "supported"),
            )
        )
    return items


def _coverage_times_digits(claim: str, evidence: str) -> float:
    digits = set(_DIGITS.findall(claim))
    share = len(digits & set(_DIGITS.findall(evidence))) / len(digits) if digits else 1.0
    return word_coverage(claim, evidence) * share


def _result(
    name: str, measure: str, baseline: str, judge: LocalJudge, items: list[_Item], of: Measure
) -> MetaResult:
    halves = {
        "tuned on": [item for item in items if _half(item.group) == 0],
        "held out": [item for item in items if _half(item.group) == 1],
        "all": items,
    }
    return MetaResult(
        set_name=name,
        measure=measure,
        baseline_name=baseline,
        judge_name=judge.name + (" + encoder" if judge.encode else ""),
        halves=tuple(_measured(half, members, of) for half, members in halves.items()),
    )


def _half(group: str) -> int:
    return int(hashlib.sha256(group.encode()).hexdigest(), 16) % 2


def _measured(half: str, items: Sequence[_Item], of: Measure) -> Half:
    human = [item.human for item in items]
    low, high = _interval(items, of)
    return Half(
        half=half,
        n=len(items),
        judge=of([item.judge for item in items], human),
        baseline=of([item.baseline for item in items], human),
        low=low,
        high=high,
    )


def _interval(items: Sequence[_Item], of: Measure) -> tuple[float | None, float | None]:
    """Paired bootstrap over groups of the judge's value minus the baseline's."""
    places: dict[str, list[int]] = {}
    for place, item in enumerate(items):
        places.setdefault(item.group, []).append(place)
    groups = list(places.values())
    table = np.array([[item.judge, item.baseline, item.human] for item in items])
    random = np.random.default_rng(0)
    differences = []
    for _ in range(RESAMPLES):
        drawn = [groups[int(pick)] for pick in random.integers(0, len(groups), len(groups))]
        sample = table[[place for group in drawn for place in group]]
        human = sample[:, 2].tolist()
        one, other = of(sample[:, 0].tolist(), human), of(sample[:, 1].tolist(), human)
        if one is not None and other is not None:
            differences.append(one - other)
    if not differences:
        return None, None
    low, high = np.quantile(differences, [0.025, 0.975])
    return float(low), float(high)


# --- a run's answers, graded by people -------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeAgreement:
    """How the judge's grades and people's agree on the answers of one run."""

    n: int
    same: int
    kappa: float | None
    differing: tuple[tuple[str, str, str], ...]
    """(question id, people's grade, the judge's grade)."""

    def to_json(self) -> dict[str, object]:
        return asdict(self)


def agreement_with_people(run: Run, labels: Path) -> GradeAgreement:
    """Agreement with a table of `id` and `grade` (correct, missing or wrong; 1 and 0 will do).

    Raises:
        DatasetError: the table has no such columns, or no question of the run.
    """
    given = {row.get("id", ""): _grade(row.get("grade", "")) for row in read_rows(labels)}
    pairs = [
        (record.query_id, given[record.query_id], record.verdict.grade)
        for record in run.records
        if given.get(record.query_id) and record.verdict.grade is not None
    ]
    if not pairs:
        raise DatasetError(f"{labels}: no row with an `id` of {run.folder} and a `grade`; see eval/README.md")
    binary = any(grade in {"1", "0"} for _, grade, _ in pairs)
    ours = [(("1" if grade == "correct" else "0") if binary else grade) for _, _, grade in pairs]
    theirs = [grade for _, grade, _ in pairs]
    return GradeAgreement(
        n=len(pairs),
        same=sum(a == b for a, b in zip(ours, theirs, strict=True)),
        kappa=cohens_kappa(theirs, ours),
        differing=tuple(
            (query_id, a, b) for (query_id, _, _), a, b in zip(pairs, theirs, ours, strict=True) if a != b
        ),
    )


def _grade(written: str) -> str:
    return {"riktig": "correct", "feil": "wrong", "vet ikke": "missing"}.get(
        written.strip().casefold(), written.strip().casefold()
    )


def as_text(result: MetaResult) -> str:
    """A small table."""
    lines = [f"{result.set_name}: {result.measure}, {result.judge_name} against {result.baseline_name}"]
    lines.append(f"{'half':<10}{'n':>5}{'judge':>9}{'baseline':>10}   difference (95 %)")
    for half in result.halves:
        lines.append(_half_row(half))
    return "\n".join(lines) + "\n"


def _half_row(half: Half) -> str:
    if half.judge is None or half.baseline is None or half.low is None or half.high is None:
        return f"{half.half:<10}{half.n:>5}   too few of either kind"
    difference = half.judge - half.baseline
    return (
        f"{half.half:<10}{half.n:>5}{half.judge:>9.3f}{half.baseline:>10.3f}"
        f"   {difference:+.3f} ({half.low:+.3f} to {half.high:+.3f})"
    )
