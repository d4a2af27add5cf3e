"""The commands as an evaluator runs them, on a small municipality, with the real assistant."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest

from eval.__main__ import main, parser
from eval.metrics import METRICS
from ingest.embed import Encoder


def _json(capsys: pytest.CaptureFixture[str], *arguments: object) -> Any:
    code = main([*map(str, arguments), "--json"])
    printed = capsys.readouterr()
    assert code == 0, printed.err
    return json.loads(printed.out)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """What an evaluator writes: questions, the plan that governs, the fact, a quote."""
    rows = [
        "spørsmål;utfall;plan;styrke;fakta;sitat",
        "Hvor lenge skal mobiltelefoner brukes?;svar;Strategi;må;fem år | 5 år;Mobiltelefoner skal brukes i minst fem år.",
        "Må renhold være miljømerket?;svar;Klimaplan;bør;bør;Renhold bør være miljømerket.",
        "Fra hvilket beløp gjelder loven?;svar;LOV;info;500 000;Loven gjelder fra 500 000 kroner.",
        "Når er skoleferien?;ikke svar;;;;",
    ]
    path = tmp_path / "mine.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def dataset(table: Path, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    made = _json(capsys, "import", table, tmp_path / "mine", "--documents", folder.parent / "documents")
    assert (made["questions"], made["quotes"]) == (4, 3)
    return tmp_path / "mine"


@pytest.mark.usefixtures("encoder")
def test_from_a_table_to_a_report(
    dataset: Path,
    folder: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert _json(capsys, "check", dataset)["sound"]

    from eval import contestants

    index = tmp_path / "index"
    contestants.build(folder.parent / "documents", index)
    ran = _json(capsys, "run", dataset, "--index", index, "--out", tmp_path / "run")
    assert {"run_id", "path", "governing_level_accuracy", "governing_plan_accuracy"} <= set(ran)
    assert ran["n"] == 4
    assert ran["counts"]["failed"] == 0
    assert ran["quote_fidelity"] == 1.0

    report = _json(capsys, "report", tmp_path / "run")
    assert "Hvor lenge skal mobiltelefoner brukes?" in Path(report["path"]).read_text(encoding="utf-8")

    assert main(["report", str(tmp_path / "run"), "--markdown"]) == 0
    assert capsys.readouterr().out.startswith("# run")

    traced = _json(capsys, "run", dataset, "--index", index, "--only", "Q001")
    assert traced["answer"]["trace"]
    assert traced["evidence"][0]["plan_id"] == "STRAT"

    gated = main(["run", str(dataset), "--index", str(index), "--out", str(tmp_path / "run"),
                  "--fail-under", "truthfulness=1.01"])  # fmt: skip
    assert gated == 1
    assert "FAILED: truthfulness" in capsys.readouterr().out


def test_a_baseline_needs_no_index_and_compares_with_itself(
    dataset: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("one", "two"):
        _json(capsys, "run", dataset, "--baseline", "bm25", "--out", tmp_path / name)

    compared = _json(capsys, "compare", tmp_path / "one", tmp_path / "two", "--no-regression")

    assert compared["losses"] == compared["gains"] == compared["failed"] == []


def test_labels_go_out_and_in_and_are_compared(
    dataset: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, other = tmp_path / "one.csv", tmp_path / "other.csv"
    _json(capsys, "label", "export", dataset, one)
    other.write_text(one.read_text(encoding="utf-8-sig").replace(";STRAT;", ";KLIMA;"), encoding="utf-8")

    compared = _json(capsys, "label", "diff", one, other)
    assert {each["column"] for each in compared["differing"]} == {"plan"}

    assert _json(capsys, "label", "import", other, dataset)["questions"] == 4
    assert main(["check", str(dataset)]) == 1


def test_people_who_graded_a_run_are_compared_with_the_judge(
    dataset: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _json(capsys, "run", dataset, "--baseline", "bm25", "--out", tmp_path / "run")
    (tmp_path / "grades.csv").write_text("id;grade\nQ001;0\nQ002;0\nQ004;0\n", encoding="utf-8")

    agreed = _json(capsys, "judge", "--run", tmp_path / "run", "--labels", tmp_path / "grades.csv")

    assert agreed["n"] == 3


@pytest.mark.parametrize(
    "arguments",
    [["check", "nowhere"], ["report", "nowhere"], ["compare", "nowhere", "nowhere"], ["judge"], ["judge", "nowhere"],
     ["calibrate", "nowhere", "--risk", "0.1"], ["import", "nowhere", "made"], ["run", "nowhere"]],
)  # fmt: skip
def test_what_is_not_there_is_told_in_one_line_without_a_traceback(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert main(arguments) == 1

    told = capsys.readouterr().err
    assert told.startswith("hjemmel eval: ")
    assert told.count("\n") == 1


def test_misuse_exits_with_two() -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["run"])
    assert stopped.value.code == 2


def test_the_encoder_is_one_argument_away(encoder: Encoder) -> None:
    from eval.judge import LocalJudge

    judge = LocalJudge(encode=encoder.encode_queries)
    norwegian = ["Mobiltelefoner skal brukes i minst fem år før de byttes."]

    same = judge.support("Mobile phones shall be used for at least five years.", norwegian)
    other = judge.support("The library is closed on Sundays in July.", norwegian)

    assert same > other


def test_every_command_of_the_readme_can_be_typed() -> None:
    readme = (Path(__file__).parents[2] / "eval" / "README.md").read_text(encoding="utf-8")
    typed = re.findall(r"^hjemmel eval ([^#\n]+)", readme, re.MULTILINE)

    assert len(typed) >= 7
    for line in typed:
        parser().parse_args(shlex.split(line))


def test_every_measure_says_what_it_is() -> None:
    assert all(metric.label and metric.definition for metric in METRICS.values())
