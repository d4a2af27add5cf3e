"""A municipality teaches an encoder of its own: which questions, and that the shipped one stays as it is."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assistant.training import Trainer, open_trainer
from assistant.training.from_dataset import items_of
from assistant.training.items import Item
from eval.teaching.material import read_general, read_sets
from eval.teaching.own import LEAST, Beside, main, shipped, teach_own
from eval.teaching.own_pairs import Gathered, InForce, Pair, gather
from eval.teaching.own_sets import pool_of, split_pairs
from ingest import taught
from ingest.build import ingest
from ingest.embed import Encoder, open_encoder
from ingest.places import cache_folder

DAY = date(2026, 11, 20)
PHONES = "Mobiltelefoner skal brukes i minst fem år."


@pytest.fixture
def trainer(folder: Path, tmp_path: Path, encoder: Encoder) -> Iterator[Trainer]:
    """Fjordvik's plans, with the questions of its dataset as drafts."""
    index = tmp_path / "index"
    ingest(folder.parent / "documents", index, cache=cache_folder(os.environ), encoder=encoder)
    made = open_trainer(index)
    made.bank.add([item for item in items_of(made, folder) if isinstance(item, Item)])
    yield made
    made.bank.close()


def approve_all(trainer: Trainer) -> None:
    trainer.approve([item.item_id for item in trainer.items()], role="innkjøpsrådgiver", on=DAY)


def pairs_of(trainer: Trainer, rows: Sequence[Mapping[str, Any]] = ()) -> dict[str, tuple[str, ...]]:
    return {pair.question: pair.answers for pair in gather(trainer, rows, DAY).pairs}


def invented(count: int) -> list[Pair]:
    return [
        Pair(f"Hva gjelder for vare {i // 2}, ledd {i}?", "nb", (f"Vare {i // 2} kjøpes brukt.",))
        for i in range(count)
    ]


def test_an_approved_question_teaches_the_statement_it_was_approved_with(trainer: Trainer) -> None:
    approve_all(trainer)

    assert pairs_of(trainer)["Hvor lenge skal mobiler brukes?"] == (PHONES,)


def test_a_draft_teaches_nothing(trainer: Trainer) -> None:
    assert trainer.items()
    assert not pairs_of(trainer)


def test_a_question_whose_plan_was_not_in_force_teaches_nothing(trainer: Trainer) -> None:
    approve_all(trainer)

    before_the_strategy = gather(trainer, [], date(2025, 6, 1))

    assert "Hvor lenge skal mobiler brukes?" not in {p.question for p in before_the_strategy.pairs}
    assert before_the_strategy.left_out["approved, but the plans have changed since"]


def test_a_starred_question_teaches_what_the_assistant_answers_it_by(trainer: Trainer) -> None:
    starred = {"question": "Hvor mange år skal en mobiltelefon brukes?", "starred": True}

    assert pairs_of(trainer, [starred]) == {starred["question"]: (PHONES,)}


def test_a_liked_question_that_another_plan_answers_now_teaches_nothing(trainer: Trainer) -> None:
    liked = {"question": "Hvor mange år skal en mobiltelefon brukes?", "verdict": "up", "plan_id": "LOV"}

    found = gather(trainer, [liked], DAY)

    assert not found.pairs
    assert found.left_out == {"liked, but answered by another plan now": 1}


def test_a_question_that_was_disliked_teaches_nothing_even_where_somebody_liked_it(trainer: Trainer) -> None:
    question = "Hvor mange år skal en mobiltelefon brukes?"
    rows = [{"question": question, "verdict": "up"}, {"question": question.upper(), "verdict": "down"}]

    found = gather(trainer, rows, DAY)

    assert not found.pairs
    assert found.left_out == {"disliked, and not corrected": 1}


def test_a_corrected_answer_teaches_the_statement_of_its_quote(trainer: Trainer) -> None:
    question = "Når kan jeg bytte telefon?"
    rows = [{"question": question, "verdict": "down"}, {"question": question, "quote": "i minst fem år"}]

    assert pairs_of(trainer, rows) == {question: (PHONES,)}


def test_a_quote_of_a_draft_or_a_replaced_plan_corrects_nothing(trainer: Trainer) -> None:
    rows = [
        {"question": "Når kan jeg bytte telefon?", "quote": "Mobiltelefoner skal brukes i minst to år."},
        {"question": "Hvor mye skal være brukt?", "quote": "90 % av møblene er brukte innen 2030"},
    ]

    found = gather(trainer, rows, DAY)

    assert not found.pairs
    assert found.left_out == {"corrected by a quote that stands in no statement in force": 2}


def test_what_is_approved_stands_before_what_feedback_says(trainer: Trainer) -> None:
    approve_all(trainer)
    other = {"question": "hvor lenge skal mobiler brukes", "quote": "Miljø skal vektes minst 40 %."}

    assert pairs_of(trainer, [other])["Hvor lenge skal mobiler brukes?"] == (PHONES,)


def test_a_question_that_quotes_its_answer_teaches_nothing(trainer: Trainer) -> None:
    rows = [{"question": f"Hva sies om dette: {PHONES}", "quote": PHONES}]

    assert gather(trainer, rows, DAY).left_out == {"only quotes its answer": 1}


def test_statements_not_in_force_are_not_told_apart_from(trainer: Trainer) -> None:
    texts = InForce(trainer.library(), DAY).texts

    assert PHONES in texts
    assert not [t for t in texts if "minst to år" in t or "90 %" in t]


def test_no_statement_answers_both_a_learned_and_a_held_out_question() -> None:
    pairs = invented(60)

    learn, held = split_pairs(pairs)

    assert len(learn) + len(held) == 60
    assert 12 <= len(held) <= 14
    assert not {a for p in learn for a in p.answers} & {a for p in held for a in p.answers}


def test_fewer_pairs_than_can_teach_are_refused_and_nothing_is_written(
    trainer: Trainer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    approve_all(trainer)
    out = tmp_path / "encoder"

    code = main(["--index", str(trainer.index), "--out", str(out), "--as-of", DAY.isoformat()])

    said = capsys.readouterr().err
    assert code == 1
    assert f"pairs of a question and its statement, and at least {LEAST} are needed" in said
    assert "hjemmel qa review" in said
    assert not list(tmp_path.glob("encoder*"))


def test_a_bank_that_is_not_there_is_told_and_not_made(
    trainer: Trainer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bank = tmp_path / "none.sqlite"

    code = main(["--index", str(trainer.index), "--bank", str(bank), "--out", str(tmp_path / "encoder")])

    assert code == 1
    assert f"no bank of approved questions at {bank}" in capsys.readouterr().err
    assert not bank.exists()


def test_an_encoder_is_never_written_over_another(
    trainer: Trainer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "encoder").mkdir()

    assert main(["--index", str(trainer.index), "--out", str(tmp_path / "encoder")]) == 1
    assert "is there already" in capsys.readouterr().err


def test_pairs_are_listed_without_teaching(
    trainer: Trainer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    approve_all(trainer)
    out = tmp_path / "encoder"

    main(["--index", str(trainer.index), "--out", str(out), "--as-of", DAY.isoformat(), "--dry-run"])

    assert f"Hvor lenge skal mobiler brukes?\n  <- {PHONES}" in capsys.readouterr().out
    assert not out.exists()


def test_of_a_large_index_the_answers_are_always_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    import random

    monkeypatch.setattr("eval.teaching.own_sets.MOST_STATEMENTS", 40)
    pairs = invented(20)

    pool = pool_of([f"Regel {i}." for i in range(500)], pairs, random.Random(1))

    assert len(pool) == 40
    assert {a for p in pairs for a in p.answers} <= set(pool)


@pytest.mark.slow
def test_an_encoder_taught_by_the_municipality_answers_and_the_shipped_one_is_untouched(
    trainer: Trainer, tmp_path: Path, encoder: Encoder
) -> None:
    """One step of a few pairs: whether it learns well is measured elsewhere."""
    approve_all(trainer)
    before = (taught.FOLDER / taught.ENCODER).read_bytes(), json.dumps(taught.manifest())
    gathered: Gathered = gather(trainer, [], DAY)
    one = read_sets()[0]
    small = replace(one, questions=one.questions[:4], surroundings=one.surroundings[:4])
    beside = Beside((), (small,), tuple(read_general()[:2]), tuple(read_general()[2:4]))
    made = tmp_path / "taught-by-fjordvik"
    shipped(made)

    done = teach_own(made, gathered.pairs, InForce(trainer.library(), DAY).texts, beside, rounds=1)

    own = open_encoder(str(made), cache_folder(os.environ))
    question = ["Hvor lenge skal mobiler brukes?"]
    likeness = float((own.encode_queries(question) @ encoder.encode_queries(question).T)[0, 0])
    assert 0.97 < likeness < 0.99999
    assert (
        np.argmax(own.encode_queries(question) @ own.encode_passages([PHONES, "Renhold bør merkes."]).T) == 0
    )
    assert set(done.before) == set(done.after) == {"held-out pairs", "our sets", "general text"}
    assert before == ((taught.FOLDER / taught.ENCODER).read_bytes(), json.dumps(taught.manifest()))
