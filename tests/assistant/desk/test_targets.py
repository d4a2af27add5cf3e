"""The targets of the bundled municipality: what is missing and what is late is known."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from assistant.__main__ import main
from assistant.desk.sheets import guarded, write_csv, write_xlsx
from assistant.desk.targets import PlanTarget, chosen, last_day, render, targets
from assistant.errors import CannotWrite
from assistant.library import Library
from ingest.store import Store

TODAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def library(skogvang: Path) -> Library:
    return Library(Store.open(skogvang))


@pytest.fixture(scope="module")
def found(library: Library) -> list[PlanTarget]:
    return targets(library, TODAY)


def flagged(found: list[PlanTarget], flag: str) -> set[str | None]:
    return {t.target.number or t.target.target for t in found if flag in t.flags}


def test_the_overdue_target_is_marked_and_a_rule_with_a_starting_day_is_not(found: list[PlanTarget]) -> None:
    assert flagged(found, "overdue") == {"T7"}


def test_targets_without_an_owner_are_marked(found: list[PlanTarget]) -> None:
    assert {"T3", "T7"} <= flagged(found, "ownerless")
    assert not {"T1", "T2", "T8"} & flagged(found, "ownerless")


def test_a_target_with_neither_measure_nor_figure_cannot_be_measured(found: list[PlanTarget]) -> None:
    assert "T6" in flagged(found, "unmeasurable")
    assert "T1" not in flagged(found, "unmeasurable")


def test_a_proposed_target_is_a_draft_and_in_no_list_of_what_is_missing(found: list[PlanTarget]) -> None:
    proposed = [t for t in found if not t.in_force]

    assert {t.source.plan_id for t in proposed} == {"D2"}
    assert all(
        "draft" in t.flags and not {"ownerless", "unmeasurable", "overdue"} & set(t.flags) for t in proposed
    )


def test_a_target_that_the_draft_would_change_is_marked(found: list[PlanTarget]) -> None:
    assert {"T1", "T2", "T3", "T4", "T7", "T8"} <= flagged(found, "draft_differs")


def test_what_was_superseded_is_left_out(library: Library) -> None:
    assert "S1" not in {t.source.plan_id for t in targets(library, TODAY)}


def test_on_an_earlier_day_a_target_is_not_yet_overdue(library: Library) -> None:
    assert flagged(targets(library, date(2025, 6, 1)), "overdue") == set()


def test_every_quote_stands_on_its_page(found: list[PlanTarget], library: Library) -> None:
    for target in found:
        page = " ".join(library.page_text(target.source.file, target.source.page).split())
        first = target.source.quote.split()[0]
        assert first in page


def test_filters_cut_by_plan_flag_and_part_of_a_name(found: list[PlanTarget]) -> None:
    assert {t.target.number for t in chosen(found, plans=["D1"], flags=["ownerless"])} == {"T3", "T7"}
    assert all("Eiendom" in (t.target.responsible or "") for t in chosen(found, responsible="eiendom"))


def test_lines_fit_a_terminal(found: list[PlanTarget]) -> None:
    assert max(map(len, render(found).splitlines())) <= 100


@pytest.mark.parametrize(
    ("deadline", "language", "day"),
    [
        ("31.12.2027", "nb", date(2027, 12, 31)),
        ("2028", "nb", date(2028, 12, 31)),
        ("March 2029", "en", date(2029, 3, 31)),
        ("senast 2027-06-30", "sv", date(2027, 6, 30)),
        ("31. desember 2025", "nb", date(2025, 12, 31)),
        ("Løpende", "nb", None),
        ("", "nb", None),
    ],
)
def test_a_deadline_lasts_to_the_end_of_what_it_names(deadline: str, language: str, day: date | None) -> None:
    assert last_day(deadline, language) == day


# --- files --------------------------------------------------------------------------------

DANGEROUS = ["=1+1", "+47 62 00 00 00", "-5 %", "@SUM(A1)", " =cmd|' /C calc'!A0", "\t=1", "|cmd"]


@pytest.mark.parametrize("text", DANGEROUS)
def test_text_that_looks_like_a_formula_is_guarded_in_csv(text: str, tmp_path: Path) -> None:
    write_csv(tmp_path / "t.csv", [{"target": text}], ["target"])

    with (tmp_path / "t.csv").open(encoding="utf-8-sig", newline="") as file:
        _, (cell,) = csv.reader(file)
    assert cell == f"'{text}"


@pytest.mark.parametrize("text", DANGEROUS)
def test_text_that_looks_like_a_formula_is_text_in_a_spreadsheet(text: str, tmp_path: Path) -> None:
    write_xlsx(tmp_path / "t.xlsx", [{"target": text}], ["target"], "Targets")

    cell = load_workbook(tmp_path / "t.xlsx").active["A2"]
    assert cell.data_type == "s"
    assert cell.value == text


def test_ordinary_text_is_left_alone() -> None:
    assert guarded("70 % av møbelbehovet") == "70 % av møbelbehovet"


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match="nowhere"):
        write_csv(tmp_path / "nowhere" / "t.csv", [], ["target"])


def test_command_prints_the_contract_and_writes_both_files(
    skogvang: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = ["--csv", str(tmp_path / "t.csv"), "--xlsx", str(tmp_path / "t.xlsx")]

    assert (
        main(["plans", "targets", "--index", str(skogvang), "--as-of", "2026-11-20", "--json", *files]) == 0
    )

    rows = json.loads(capsys.readouterr().out)["targets"]
    keys = {"plan_id", "target", "measure", "baseline", "deadline", "responsible", "status", "section", "page",
            "quote", "flags"}  # fmt: skip
    assert all(keys <= set(row) for row in rows)
    assert len(load_workbook(tmp_path / "t.xlsx").active["A"]) == len(rows) + 1


def test_command_refuses_a_plan_that_is_not_there(skogvang: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plans", "targets", "--index", str(skogvang), "--plan", "X9"]) == 1
    assert "X9" in capsys.readouterr().err
