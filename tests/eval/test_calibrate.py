from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from eval.calibrate import as_text, calibrate, store
from eval.errors import RunError
from eval.records import Run, read_run
from eval.run import Answerer, Bench, Contestant, run
from tests.eval.conftest import silence, told


@pytest.fixture
def unsure(bench: Bench, right: Answerer, tmp_path: Path) -> Run:
    """Forty-five answers: those to the unanswerable are wrong, and less sure."""
    many = [
        replace(each, query_id=f"{n}-{each.query_id}") for n in range(5) for each in bench.dataset.questions
    ]
    bigger = replace(bench, dataset=replace(bench.dataset, questions=tuple(many)))

    def answer(question: dict[str, object]) -> Mapping[str, object]:
        name = str(question["id"]).partition("-")[2]
        if name in {"Q7", "Q8"}:
            return told("LOV", 1, "information") | {"confidence": 0.2}
        return dict(right(question | {"id": name})) | {"confidence": 0.9}

    run(bigger, Contestant(name="assistant", answer=answer, index_id="i1"), tmp_path / "run")
    return read_run(tmp_path / "run")


def test_the_threshold_keeps_the_stated_risk_with_most_coverage(unsure: Run) -> None:
    found = calibrate(unsure, 0.1)

    assert found.threshold == 0.9
    assert found.risk == 0.0
    assert found.coverage == pytest.approx(7 / 9)
    assert found.risk_bound is not None
    assert found.risk_bound <= 0.1
    assert found.auroc == 1.0


def test_a_risk_that_cannot_be_promised_gives_no_threshold(unsure: Run) -> None:
    found = calibrate(unsure, 0.01)

    assert found.threshold is None
    assert "no threshold keeps the risk" in as_text(found)
    assert calibrate(unsure, 0.01, guaranteed=False).threshold == 0.9


def test_a_calibration_is_kept_with_its_index(unsure: Run, tmp_path: Path) -> None:
    (tmp_path / "index").mkdir()

    path = store(calibrate(unsure, 0.1), tmp_path / "index")

    kept = json.loads(path.read_text(encoding="utf-8"))
    assert (kept["threshold"], kept["risk_wanted"], kept["index_id"]) == (0.9, 0.1, "i1")
    assert len(kept["curve"]) == 2
    with pytest.raises(RunError, match="no index folder"):
        store(calibrate(unsure, 0.1), tmp_path / "elsewhere")


def test_a_run_with_nothing_answered_cannot_be_calibrated(bench: Bench, tmp_path: Path) -> None:
    run(bench, Contestant(name="assistant", answer=lambda _question: silence()), tmp_path / "run")

    with pytest.raises(RunError, match="no answer has a confidence"):
        calibrate(read_run(tmp_path / "run"), 0.1)
