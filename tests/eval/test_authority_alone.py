from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.ask import Parts
from eval.authority_alone import SETTINGS, AuthorityAlone, as_text, decide_alone
from eval.contestants import build, parts_by_folder
from eval.run import Bench


@pytest.fixture
def parts(bench: Bench, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Parts]:
    """The documents are the same in every test: one index serves all."""
    index = tmp_path_factory.getbasetemp() / "authority-alone"
    if not index.exists():
        assert bench.dataset.documents is not None
        build(bench.dataset.documents, index)
    return parts_by_folder(bench.dataset, index)


@pytest.fixture
def found(bench: Bench, parts: dict[str, Parts]) -> AuthorityAlone:
    return decide_alone(bench, parts, bench.dataset.questions, candidates=5)


def test_every_question_with_a_governing_plan_is_decided_in_both_settings(found: AuthorityAlone) -> None:
    asked = {each.query_id for each in found.decided}

    assert asked == {"Q1", "Q2", "Q3", "Q4", "Q5", "Q6", "Q9"}
    assert len(found.decided) == len(asked) * len(SETTINGS)


def test_with_its_statement_found_the_plan_of_the_key_governs(found: AuthorityAlone) -> None:
    right = {each.query_id for each in found.decided if each.setting == "top" and each.plan and each.force}

    assert right >= {"Q2", "Q5", "Q6", "Q9"}


def test_no_draft_and_no_replaced_text_is_let_govern(found: AuthorityAlone) -> None:
    assert not any(each.leak for each in found.decided)


def test_what_the_index_does_not_hold_is_told_apart(bench: Bench, parts: dict[str, Parts]) -> None:
    question = bench.dataset.question("Q5")
    kept = tuple(row for row in bench.dataset.evidence if row.query_id != "Q5")
    blind = replace(bench, dataset=replace(bench.dataset, evidence=kept))

    assert decide_alone(blind, parts, [question]).not_read == ("Q5",)


def test_each_miss_is_listed_with_its_quote_and_its_reason(found: AuthorityAlone) -> None:
    text = as_text(found)

    for miss in (each for each in found.decided if not each.plan):
        assert f"{miss.query_id} ({miss.setting}" in text
        assert miss.quote in text
        assert miss.why
