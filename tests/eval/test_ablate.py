from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from eval.ablate import ablation, as_text, on_other_dates, without_governing
from eval.register_without import copy_without
from eval.run import Answerer, Bench
from ingest.register import read_register
from tests.eval.conftest import silence, told


def _what(bench: Bench, answer: Answerer, query_id: str) -> str:
    found = without_governing(bench, [bench.dataset.question(query_id)], lambda _folder, _plan: answer)
    return found[0].what


def test_without_its_plan_an_assistant_that_abstains_is_right(bench: Bench) -> None:
    assert _what(bench, lambda _question: silence(), "Q5") == "abstains"


def test_an_answer_that_still_cites_the_removed_plan_is_caught(bench: Bench, right: Answerer) -> None:
    assert _what(bench, right, "Q5") == "still_claims"


def test_a_fact_that_no_quote_bears_any_more_is_caught(bench: Bench) -> None:
    invented = told("KLIMA", 2, "obligation", text="Mobiler skal brukes i fem år. [1]")

    assert _what(bench, lambda _question: invented, "Q5") == "still_claims"


def test_a_plan_not_in_force_is_not_next_in_line(bench: Bench) -> None:
    assert _what(bench, lambda _question: told("STRAT-20", 1, "obligation"), "Q5") == "still_claims"


def test_a_plan_that_has_nothing_to_say_is_unrelated(bench: Bench) -> None:
    assert _what(bench, lambda _question: told("KLIMA", 2, "recommendation"), "Q5") == "unrelated"


def test_every_plan_is_taken_out_once(bench: Bench) -> None:
    taken: list[str] = []

    def without(_folder: str, plan_id: str) -> Answerer:
        taken.append(plan_id)
        return lambda _question: silence()

    found = without_governing(bench, bench.dataset.questions, without)

    assert taken == ["KLIMA", "LOV", "STRAT", "STRAT-20"]
    assert len(found) == 7
    assert ablation(found, [], 0).counts["abstains"] == 7


def test_a_moved_date_shows_what_flips_and_what_must_not_govern(bench: Bench) -> None:
    def by_date(question: dict[str, object]) -> Mapping[str, object]:
        return told("STRAT", 1, "obligation") if question["as_of"] == "2026-11-20" else silence()

    def deaf(_question: dict[str, object]) -> Mapping[str, object]:
        return told("STRAT", 1, "obligation")

    question = [bench.dataset.question("Q5")]
    heard = on_other_dates(bench, question, by_date, [date(2024, 5, 1)])
    unheard = on_other_dates(bench, question, deaf, [date(2024, 5, 1)])

    assert heard[0].not_in_force is None
    assert any(each.startswith("outcome answered → abstained") for each in heard[0].changed)
    assert unheard[0].changed == ()
    assert unheard[0].not_in_force == "STRAT is not_yet on 2024-05-01"
    assert "NOT IN FORCE" in as_text(ablation([], unheard, 1))


def test_a_plan_is_taken_out_with_its_file_its_entry_and_every_link(folder: Path, tmp_path: Path) -> None:
    target = copy_without(folder.parent / "documents", "STRAT-20", tmp_path / "copy")

    register = read_register(target)
    assert register is not None
    assert [plan.plan_id for plan in register.plans] == ["LOV", "KLIMA", "KLIMA-27", "STRAT"]
    assert register.plan("STRAT").supersedes == ()
    assert not (target / "strategi-2020.md").exists()
    assert (target / "strategi.md").exists()
