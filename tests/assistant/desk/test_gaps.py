"""What plans leave open, and what a change of one reaches in the words of others."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from assistant.__main__ import main
from assistant.desk.gaps import Gap, Open, gaps, render
from assistant.library import Library
from ingest import search_files
from ingest.store import Store

TODAY = date(2026, 11, 20)


def listed(index: Path) -> list[Open]:
    store = Store.open(index)
    files = search_files.load_or_write(index, store, store.generation)
    return gaps(Library(store), files, TODAY)


@pytest.fixture(scope="module")
def bundled_gaps(skogvang: Path) -> list[Open]:
    return listed(skogvang)


def of_kind(found: list[Open], gap: Gap) -> list[str]:
    return [f"{row.plan_id} {row.what}" for row in found if row.gap is gap]


@pytest.mark.parametrize(
    ("gap", "words"),
    [
        (Gap.NO_RESPONSIBLE, "T3"),
        (Gap.NO_RESPONSIBLE, "T7"),
        (Gap.NO_MEASURE, "T6"),
        (Gap.NO_DEADLINE, "T6"),
        (Gap.NO_MONEY, "T3"),
        (Gap.NO_MONEY, "T7"),
        (Gap.NO_ANCHOR, "Emballasje"),
        (Gap.PAST_REVISION, "D1"),
    ],
)
def test_each_planted_gap_is_found(bundled_gaps: list[Open], gap: Gap, words: str) -> None:
    assert any(words in text for text in of_kind(bundled_gaps, gap))


def test_a_rule_in_a_table_of_targets_and_a_draft_are_no_gaps(bundled_gaps: list[Open]) -> None:
    assert not any("T5" in row.what or row.plan_id == "D2" for row in bundled_gaps)


def test_a_duty_that_a_plan_above_speaks_of_is_anchored(bundled_gaps: list[Open]) -> None:
    anchored = ("Arbeidstøy", "Levetid", "Livssykluskostnader")

    assert not any(word in text for word in anchored for text in of_kind(bundled_gaps, Gap.NO_ANCHOR))


def test_a_gap_names_whom_to_ask(bundled_gaps: list[Open]) -> None:
    asked = {row.what: row.ask for row in bundled_gaps if row.gap is Gap.NO_RESPONSIBLE}

    assert asked["T3 Matsvinnet er redusert med 50 %"] == "Plan og klima"


def test_a_sub_plan_silent_on_a_slot_is_told_so(danish: Path) -> None:
    silent = of_kind(listed(danish), Gap.SILENT)

    assert "KLIMA says nothing of its implementation" in silent
    assert "KLIMA says nothing of its targets" not in silent


def test_command_prints_json_and_lines_that_fit(skogvang: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["plans", "gaps", "--index", str(skogvang), "--as-of", "2026-11-20"]

    assert main([*command, "--json", "--kind", "no_money"]) == 0
    rows = json.loads(capsys.readouterr().out)["gaps"]
    assert {row["kind"] for row in rows} == {"no_money"}

    assert main(command) == 0
    assert max(map(len, capsys.readouterr().out.splitlines())) <= 100


def test_no_gap_is_said_in_words() -> None:
    assert render([]) == "No gap found."


# --- impact -------------------------------------------------------------------------------


def test_impact_keeps_the_contract_and_adds_texts_and_targets(
    skogvang: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["plans", "impact", "D1", "--index", str(skogvang), "--as-of", "2026-11-20", "--json"]) == 0

    content = json.loads(capsys.readouterr().out)
    assert content["plan_id"] == "D1"
    assert all({"plan_id", "level", "why"} == set(row) for row in content["review"])
    assert [row["level"] for row in content["review"]] == sorted(row["level"] for row in content["review"])
    assert {"S2", "S5", "D2", "D3"} <= {row["plan_id"] for row in content["review"]}
    assert any("T1" in row["quote"] and row["plan_id"] == "S5" for row in content["statements"])
    assert {f"T{n}" for n in range(1, 10)} <= {row["number"] for row in content["targets"]}
    assert content["answers"] == []


def test_impact_reaches_a_plan_that_only_names_it(skogvang: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["plans", "impact", "S3", "--index", str(skogvang), "--as-of", "2026-11-20", "--json"])

    review = {row["plan_id"]: row["why"] for row in json.loads(capsys.readouterr().out)["review"]}
    assert review["K3"].startswith("names S3")


def test_impact_hands_the_approved_answers_on(bundled: Library) -> None:
    from assistant.desk.reach import reach

    content = reach(
        bundled, "S4", (), (), (), answers=lambda plan_id: [{"id": "q1", "why": f"cites {plan_id}"}]
    )

    assert content["answers"] == [{"id": "q1", "why": "cites S4"}]
