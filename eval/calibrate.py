"""Where to stop answering: the threshold on confidence that keeps the risk of a wrong answer below a stated one.

The questions must be answered without a threshold of their own; the confidence is the assistant's, else the
score of its best passage.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from eval.errors import RunError
from eval.measures.agreement import auroc
from eval.measures.headline import Grade
from eval.measures.outcome import ANSWERED
from eval.measures.risk import RiskPoint, area_under, best_point, risk_coverage
from eval.records import Record, Run, write_json

FILE = "calibration.json"
CONFIDENCE = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """A threshold and what it promises. `threshold` is None where no threshold keeps the risk."""

    threshold: float | None
    risk_wanted: float
    risk: float | None
    risk_bound: float | None
    coverage: float
    guaranteed: bool
    confidence: float
    n: int
    auroc: float | None
    """How well confidence tells right answers from wrong ones: .5 is chance, and then no threshold helps."""
    aurc: float | None
    run_id: str
    dataset: object
    index_id: str
    curve: tuple[RiskPoint, ...]

    def to_json(self) -> dict[str, object]:
        return asdict(self)


def calibrate(
    run: Run, risk: float, *, guaranteed: bool = True, confidence: float = CONFIDENCE
) -> Calibration:
    """The threshold of most coverage at a risk of at most `risk`.

    `guaranteed`: the Clopper-Pearson bound on the risk must keep it, with the given confidence (SGR), else the
    risk seen. Questions without an answer to keep or drop (abstained of itself, failed) take no part.

    Raises:
        RunError: no answer in the run has a confidence.
    """
    scores, right = answered(run.records)
    if not scores:
        raise RunError(f"{run.folder}: no answer has a confidence or passages with scores to calibrate on")
    curve = risk_coverage(scores, right, confidence=confidence)
    best = best_point(curve, risk, guaranteed=guaranteed)
    return Calibration(
        threshold=best.threshold if best else None,
        risk_wanted=risk,
        risk=best.risk if best else None,
        risk_bound=best.bound if best else None,
        coverage=best.coverage if best else 0.0,
        guaranteed=guaranteed,
        confidence=confidence,
        n=len(scores),
        auroc=auroc(scores, right),
        aurc=area_under(curve),
        run_id=run.run_id,
        dataset=run.meta.get("dataset"),
        index_id=str(run.meta.get("index_id", "")),
        curve=curve,
    )


def answered(records: Sequence[Record]) -> tuple[list[float], list[bool]]:
    """Confidence and rightness of every answer given. An answer where there is none is wrong at any confidence."""
    kept = [
        record
        for record in records
        if record.verdict.grade is not None
        and record.verdict.given_outcome == ANSWERED
        and record.verdict.confidence is not None
    ]
    scores = [record.verdict.confidence or 0.0 for record in kept]
    return scores, [record.verdict.grade == Grade.CORRECT.value for record in kept]


def store(calibration: Calibration, index: Path) -> Path:
    """Keeps a calibration with the index it holds for."""
    if not index.is_dir():
        raise RunError(f"{index} is no index folder; give the one the run was made on")
    path = index / FILE
    write_json(path, calibration.to_json())
    return path


def as_text(calibration: Calibration) -> str:
    """The threshold and a curve of ten lines."""
    if calibration.threshold is None:
        least = min((point.bound if calibration.guaranteed else point.risk) for point in calibration.curve)
        head = (
            f"no threshold keeps the risk at {calibration.risk_wanted:.0%}"
            f" (least attainable {least:.0%} on {calibration.n} answers); label more, or accept more risk"
        )
    else:
        head = (
            f"threshold {calibration.threshold:.4f}: answers {calibration.coverage:.0%},"
            f" wrong {calibration.risk or 0:.1%} (below {calibration.risk_bound or 0:.1%}"
            f" with {calibration.confidence:.0%} confidence), on {calibration.n} answers"
        )
    tells = (
        ""
        if calibration.auroc is None
        else f"confidence tells right from wrong: AUROC {calibration.auroc:.3f}\n"
    )
    step = max(1, len(calibration.curve) // 10)
    rows = "\n".join(
        f"{point.threshold:>10.4f} {point.coverage:>9.0%} {point.risk:>6.1%} {point.bound:>6.1%}"
        for point in calibration.curve[step - 1 :: step]
    )
    return f"{head}\n{tells} threshold  coverage   risk  bound\n{rows}\n"
