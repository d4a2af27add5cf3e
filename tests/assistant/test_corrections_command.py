"""`hjemmel plans corrections FOLDER …`."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from assistant.__main__ import main

PLAN = (
    "# Rutine\n\n## 1 Renhold\n\nRenhold bør være miljømerket. Enheten skal låne. Enheten skal låne utstyr.\n"
)
REGISTER = """
municipality: {id: testby, name: Testby kommune, languages: [nb]}
plans: [{id: R, file: r.md, title: Rutine, level: 4, kind: routine}]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "plans"
    made.mkdir()
    (made / "r.md").write_text(PLAN, encoding="utf-8")
    (made / "plans.yaml").write_text(REGISTER, encoding="utf-8")
    return made


def corrections(folder: Path, *words: str) -> int:
    return main(["plans", "corrections", str(folder), *words, "--index", str(folder.parent / "index")])


def add(folder: Path, *words: str) -> int:
    return corrections(folder, "add", "--plan", "R", *words)


def test_adding_says_what_the_machine_read(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = add(folder, "--quote", "Renhold bør", "--force", "obligation", "--by", "Innkjøp", "--json")

    content = json.loads(capsys.readouterr().out)
    assert code == 0
    assert (content["id"], content["machine"]) == ("R-statement-1", {"force": "recommendation"})


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--quote", "Rehold bør", "--force", "obligation"], "stand in no statement"),
        (["--quote", "Enheten skal", "--force", "permission"], "stand in 2 statements"),
        (["--quote", "Renhold bør", "--force", "must"], "'must' is no force"),
        (["--quote", "Renhold bør"], "one thing to correct"),
        (["--link", "implements=X"], "no plan 'X' to link to"),
    ],
)
def test_what_would_correct_nothing_is_refused_and_not_written(
    folder: Path, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    code = add(folder, *words)

    assert code == 1
    assert said in capsys.readouterr().err
    assert not (folder / "corrections.yaml").exists()


def test_the_list_tells_who_corrected_what_and_that_no_ingest_has_met_it(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add(folder, "--quote", "Renhold bør", "--force", "obligation", "--by", "Innkjøp")
    capsys.readouterr()

    corrections(folder, "list")

    said = capsys.readouterr().out
    assert "R-statement-1: R «Renhold bør»: statement force: obligation (Innkjøp, " in said
    assert "it is not ingested yet" in said


def test_an_undone_correction_is_gone(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    add(folder, "--date", "adopted_on=2024-05-01")

    code = corrections(folder, "undo", "R-date-1")
    corrections(folder, "list")

    assert code == 0
    assert capsys.readouterr().out.strip().endswith("no corrections")


def test_undoing_an_unknown_one_names_those_there_are(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add(folder, "--date", "adopted_on=2024-05-01")

    code = corrections(folder, "undo", "R-date-2")

    assert code == 1
    assert "R-date-1" in capsys.readouterr().err


def test_an_export_holds_every_field(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    add(folder, "--date", "adopted_on=2024-05-01", "--why", "protokollen sier det")
    capsys.readouterr()

    corrections(folder, "export")
    (found,) = json.loads(capsys.readouterr().out)["corrections"]
    corrections(folder, "export", "--csv", str(folder / "out.csv"))

    with (folder / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert found["values"] == {"adopted_on": "2024-05-01"}
    assert (row["id"], row["why"]) == (found["id"], "protokollen sier det")
