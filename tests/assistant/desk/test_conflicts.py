"""Where plans pull apart: planted in the bundled municipality, and in a small Danish one."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.__main__ import main
from assistant.desk import conflict_text, verdicts
from assistant.desk.conflicts import tensions
from assistant.desk.tension import Severity, Tension
from assistant.errors import CannotWrite
from assistant.library import Library
from ingest import search_files
from ingest.build import ingest
from ingest.embed import Encoder
from ingest.places import cache_folder
from ingest.store import Store
from tests.assistant.desk.conftest import write_plans

TODAY = date(2026, 11, 20)

Told = Callable[[str, str, str], Tension | None]


def found(index: Path, as_of: date = TODAY) -> list[Tension]:
    store = Store.open(index)
    files = search_files.load_or_write(index, store, store.generation)
    return tensions(Library(store), files, as_of)


def telling(listed: list[Tension], a: str, b: str, words: str) -> Tension | None:
    """The finding of two plans in which one quote holds these words."""
    for tension in listed:
        texts = tension.a.statement.text, tension.b.statement.text
        if tension.plans == (a, b) and any(words in text for text in texts):
            return tension
    return None


@pytest.fixture(scope="module")
def listed(skogvang: Path) -> list[Tension]:
    return found(skogvang)


# Higher or older plan, lower or newer plan, words of one quote, kind, which prevails.
PLANTED = [
    ("LOV", "S4", "10–20 %", "loosening", "a"),
    ("LOV", "S2", "minst 40 %", "tightening", "b"),
    ("LOV", "S3", "100 000 kroner eller mer", "restated_law", "a"),
    ("S3", "S5", "Ombrukslageret", "order_of_steps", "b"),
    ("D1", "K3", "2029", "target_against_budget", "b"),
    ("D1", "S2", "minst 4 år", "tightening", "b"),
    ("S2", "S4", "etter 3 år", "loosening", "a"),
    ("K1", "S4", "Engangsservise", "aim_against_permission", "b"),
    ("D1", "D2", "Renhold", "draft_against_adopted", "a"),
    ("S3", "S4", "250 000", "powers", "a"),
    ("S2", "S2", "should", "translation", "a"),
    ("LOV", "S2", "uvesentlig", "exception_against_rule", "unresolved"),
    ("S1", "S2", "minst 20 %", "superseded", "b"),
]


@pytest.mark.parametrize(("a", "b", "words", "kind", "prevails"), PLANTED)
def test_each_planted_conflict_is_found_with_its_kind_and_what_prevails(
    listed: list[Tension], a: str, b: str, words: str, kind: str, prevails: str
) -> None:
    tension = telling(listed, a, b, words)

    assert tension is not None
    assert (tension.kind.value, tension.prevails) == (kind, prevails)


# Two plans and words of one quote of each: they look alike and do not pull apart.
AT_PEACE = [
    ("D1", "K1", "tslipp fra innkjøp", "aterialfotavtrykk"),
    ("D1", "KJT", "fossilfrie", "utslippsfri"),
    ("LOV", "S2", "Livssykluskostnader kan", "livssykluskostnader beregnes"),
    ("LOV", "S3", "500 000", "minst tre tilbud"),
    ("D3", "S2", "fossilfri", "40 %"),
]


@pytest.mark.parametrize(("a", "b", "words", "others"), AT_PEACE)
def test_what_can_be_obeyed_together_is_no_conflict(
    listed: list[Tension], a: str, b: str, words: str, others: str
) -> None:
    for tension in listed:
        texts = {
            tension.a.plan.plan_id: tension.a.statement.text,
            tension.b.plan.plan_id: tension.b.statement.text,
        }
        assert not (words in texts.get(a, "") and others in texts.get(b, ""))


def test_a_draft_never_prevails(listed: list[Tension]) -> None:
    for tension in listed:
        for side, norm in (("a", tension.a), ("b", tension.b)):
            assert norm.governs or tension.prevails != side


def test_the_gravest_come_first(listed: list[Tension]) -> None:
    order = [Severity.HIGH, Severity.MEDIUM, Severity.LOW]
    places = [order.index(t.severity) for t in listed]

    assert places == sorted(places)


def test_before_the_strategy_was_adopted_it_is_in_no_conflict_in_force(skogvang: Path) -> None:
    for tension in found(skogvang, date(2025, 6, 1)):
        assert all(norm.plan.plan_id != "S2" or not norm.governs for norm in (tension.a, tension.b))


DANISH = [
    ("LOV", "HANDBOG", "5-10", "loosening"),
    ("LOV", "REGULATIV", "300.000", "restated_law"),
    ("LOV", "STRATEGI", "10 dage", "tightening"),
    ("LOV", "STRATEGI", "ubetydelig", "exception_against_rule"),
    ("KLIMA", "BUDGET", "2029", "target_against_budget"),
    ("KLIMA", "HANDBOG", "Engangskrus", "aim_against_permission"),
    ("KLIMA", "KLIMA-NY", "Gulvtæpper", "draft_against_adopted"),
    ("KLIMA", "KLIMA-NY", "Rengøringsmidler", "draft_against_adopted"),
    ("KLIMA", "STRATEGI", "Gulvtæpper", "loosening"),
    ("GAMMEL", "STRATEGI", "10 procent", "superseded"),
    ("REGULATIV", "HANDBOG", "ét tilbud", "loosening"),
    ("REGULATIV", "HANDBOG", "120.000", "powers"),
    ("REGULATIV", "STRATEGI", "Genbrugslageret", "order_of_steps"),
    ("REGULATIV", "GAMMEL", "vægtning følges", "stale_reference"),
]


@pytest.mark.parametrize(("a", "b", "words", "kind"), DANISH)
def test_kinds_are_found_in_another_language(
    danish_list: list[Tension], a: str, b: str, words: str, kind: str
) -> None:
    tension = telling(danish_list, a, b, words) or telling(danish_list, b, a, words)

    assert tension is not None
    assert tension.kind.value == kind


def test_what_stands_alone_is_in_no_conflict(danish_list: list[Tension]) -> None:
    alone = ("Kaffemaskiner", "Parkeringspladser", "vejbelysning")

    texts = [n.statement.text for t in danish_list for n in (t.a, t.b)]

    assert not any(word in text for word in alone for text in texts)


@pytest.fixture(scope="module")
def danish_list(danish: Path) -> list[Tension]:
    return found(danish)


# --- as printed ---------------------------------------------------------------------------


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert main(["plans", "conflicts", "--as-of", "2026-11-20", "--json", *arguments]) == 0
    content: dict[str, Any] = json.loads(capsys.readouterr().out)
    return content


def test_command_prints_the_contract(skogvang: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = printed(capsys, "--index", str(skogvang))["conflicts"]

    assert {"id", "kind", "a", "b", "prevails", "maxim", "reason"} <= set(rows[0])
    assert {"plan_id", "file", "section", "page", "quote", "role"} <= set(rows[0]["a"])
    assert all(row["prevails"] in ("a", "b", "unresolved") and row["reason"] for row in rows)
    assert len({row["id"] for row in rows}) == len(rows)


def test_lines_fit_a_terminal(skogvang: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["plans", "conflicts", "--index", str(skogvang), "--as-of", "2026-11-20"])

    assert max(map(len, capsys.readouterr().out.splitlines())) <= 100


def test_a_kind_that_does_not_exist_is_misuse(skogvang: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plans", "conflicts", "--index", str(skogvang), "--kind", "quarrel"]) == 2
    assert "loosening" in capsys.readouterr().err


# --- verdicts -----------------------------------------------------------------------------


@pytest.fixture
def own(danish: Path, tmp_path: Path) -> Path:
    """A copy of the Danish index that a test may write to."""
    return Path(shutil.copytree(danish, tmp_path / "index"))


def judge(index: Path, conflict_id: str, word: str, reason: str = "the handbook is being rewritten") -> int:
    return main(
        ["plans", "conflicts", "--index", str(index), "--as-of", "2026-11-20", "--verdict", conflict_id, word,
         "--reason", reason]
    )  # fmt: skip


def test_a_judged_conflict_does_not_return_unless_asked_for(
    own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = printed(capsys, "--index", str(own))["conflicts"]
    assert judge(own, before[0]["id"], "to-fix") == 0
    capsys.readouterr()

    after = printed(capsys, "--index", str(own))
    every = printed(capsys, "--index", str(own), "--all")["conflicts"]

    assert before[0]["id"] not in {row["id"] for row in after["conflicts"]}
    assert after["judged"] == 1
    judged = next(row for row in every if row["id"] == before[0]["id"])
    assert judged["verdict"]["verdict"] == "to-fix"
    assert judged["verdict"]["reason"] == "the handbook is being rewritten"
    assert judged["verdict"]["on"] == date.today().isoformat()


def test_a_verdict_survives_a_new_reading_and_falls_with_its_text(
    own: Path, tmp_path: Path, encoder: Encoder, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_plans(tmp_path / "plans")
    rows = printed(capsys, "--index", str(own), "--plan", "HANDBOG")["conflicts"]
    powers = next(row for row in rows if row["kind"] == "powers")
    judge(own, powers["id"], "accepted")
    handbook = folder / "handbog.md"

    handbook.write_text(handbook.read_text(encoding="utf-8") + "\nKopimaskiner deles.\n", encoding="utf-8")
    ingest(folder, own, cache=cache_folder(os.environ), encoder=encoder)
    capsys.readouterr()
    assert powers["id"] not in {row["id"] for row in printed(capsys, "--index", str(own))["conflicts"]}

    text = handbook.read_text(encoding="utf-8").replace("120.000", "130.000")
    handbook.write_text(text, encoding="utf-8")
    ingest(folder, own, cache=cache_folder(os.environ), encoder=encoder)
    capsys.readouterr()
    kinds = {row["kind"] for row in printed(capsys, "--index", str(own), "--plan", "HANDBOG")["conflicts"]}
    assert "powers" in kinds


def test_a_verdict_needs_a_reason_and_a_word_that_is_known(
    own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert judge(own, "0000000000", "nonsense") == 2
    assert judge(own, "0000000000", "accepted", reason=" ") == 2
    assert judge(own, "0000000000", "accepted") == 1
    assert "--all" in capsys.readouterr().err


def test_a_damaged_file_of_verdicts_is_never_written_over(own: Path) -> None:
    (own / verdicts.FILE).write_text("not json", encoding="utf-8")

    with pytest.raises(CannotWrite, match="move it away"):
        verdicts.read(own, "dk")


def test_the_id_does_not_depend_on_which_side_comes_first(listed: list[Tension]) -> None:
    from dataclasses import replace

    for tension in listed:
        turned = replace(tension, a=tension.b, b=tension.a)
        assert conflict_text.conflict_id(turned) == conflict_text.conflict_id(tension)
