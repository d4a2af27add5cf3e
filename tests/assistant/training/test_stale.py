"""A change of the plans makes exactly those items stale whose key it changes."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from assistant.training import Item, State, Trainer, Wish
from assistant.training.review import approve
from ingest.build import ingest
from ingest.embed import Encoder
from ingest.places import cache_folder
from tests.assistant.training.conftest import DAY

TAKE_BACK = "Ved leveranser over 150 000 kroner skal leverandøren ta tilbake emballasjen."
CONTACT = "Innkjøp skal kontaktes før en anskaffelse med en verdi over 300 000 kroner settes i gang."


@pytest.fixture
def items(trainer: Trainer) -> list[Item]:
    made = trainer.generate(Wish(count=500), DAY).items
    return approve(trainer.bank, [item.item_id for item in made], role="rådgiver", on=DAY)


def change(own: Path, encoder: Encoder, file: str, before: str, after: str) -> None:
    path = own / "plans" / file
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")
    ingest(own / "plans", own / "index", cache=cache_folder(os.environ), encoder=encoder)


def keyed_on(items: list[Item], *texts: str) -> set[str]:
    return {item.item_id for item in items if any(b.text in texts for b in item.key_statements)}


def stale(trainer: Trainer, as_of: date = DAY) -> set[str]:
    return {standing.item.item_id for standing in trainer.stale(as_of)}


def test_nothing_is_stale_while_the_plans_stand(trainer: Trainer, items: list[Item]) -> None:
    assert stale(trainer) == set()


def test_a_changed_figure_and_a_repealed_rule_end_exactly_their_items(
    trainer: Trainer, items: list[Item], own: Path, encoder: Encoder
) -> None:
    change(own, encoder, "reglement.md", "leveranser over 150 000", "leveranser over 200 000")
    change(own, encoder, "reglement.md", CONTACT, "")
    assert stale(trainer) == keyed_on(items, TAKE_BACK, CONTACT)
    assert trainer.items(State.APPROVED) == sorted(items, key=lambda i: i.item_id)


def test_a_stale_item_says_what_changed_and_what_the_answer_would_be(
    trainer: Trainer, items: list[Item], own: Path, encoder: Encoder
) -> None:
    change(own, encoder, "reglement.md", "leveranser over 150 000", "leveranser over 200 000")
    found = {s.item.template: s for s in trainer.stale(DAY) if s.item.key_statements[0].text == TAKE_BACK}
    assert found["figure"].answer_now == "200 000 kroner"
    assert "200 000" in found["figure"].changes[0].words
    assert found["case_applies"].answer_now is not None
    assert "grensen på 200 000 kroner" in found["case_applies"].answer_now


def test_other_powers_change_who_signs(
    trainer: Trainer, items: list[Item], own: Path, encoder: Encoder
) -> None:
    change(own, encoder, "reglement.md", "til og med 900 000", "til og med 400 000")
    change(own, encoder, "reglement.md", "over 900 000", "over 400 000")
    found = [
        s for s in trainer.stale(DAY) if s.item.template == "who_signs" and s.item.answer == "Kommunalsjef"
    ]
    large = [s for s in found if float(s.item.slot.partition(":")[2]) > 400_000]
    assert large
    assert {s.answer_now for s in large} == {"Kommunedirektøren"}


def test_an_adopted_proposal_ends_what_was_taken_from_it_as_wrong(
    trainer: Trainer, items: list[Item], own: Path, encoder: Encoder
) -> None:
    change(
        own, encoder, "plans.yaml", "level: 3, kind: sub-plan, status: hearing",
        "level: 3, kind: sub-plan, adopted_by: council, adopted_on: 2026-11-01, status: adopted",
    )  # fmt: skip
    ended = {s.item.item_id: s for s in trainer.stale(DAY)}
    claim = next(i for i in items if i.template == "in_force" and "bygg skal være miljømerket" in i.question)
    assert ended[claim.item_id].answer_now == "Riktig"
    furniture = next(i for i in items if i.template == "figure" and "møbelbehovet" in i.question)
    assert ended[furniture.item_id].answer_now == "85 %"
    state = next(i for i in items if i.template == "plan_state" and "2027–2034" in i.question)
    assert ended[state.item_id].answer_now == "Den er vedtatt og gjelder"


def test_a_sentence_that_only_moved_keeps_its_item_and_gets_a_new_source(
    trainer: Trainer, items: list[Item], own: Path, encoder: Encoder
) -> None:
    new = (own / "plans" / "reglement.md").read_text(encoding="utf-8")
    (own / "plans" / "reglement-v2.md").write_text(new, encoding="utf-8")
    change(own, encoder, "plans.yaml", "file: reglement.md", "file: reglement-v2.md")
    assert stale(trainer) == set()
    moved = [s.item for s in trainer.stale(DAY, moved=True)]
    assert keyed_on(items, TAKE_BACK) <= {item.item_id for item in moved}
    item = next(i for i in moved if i.template == "figure")
    fresh = trainer.refresh(item.item_id)
    assert fresh.quotes[0].file == "reglement-v2.md"
    assert fresh.state is State.APPROVED


def test_last_years_key_is_held_against_last_years_plans(trainer: Trainer, items: list[Item]) -> None:
    before = stale(trainer, date(2025, 1, 15))
    rules = {i.item_id for i in items if any(b.plan_id == "REGL" for b in i.key_statements)}
    assert rules <= before
    assert (
        not {i.item_id for i in items if i.plan_ids == ("KLIMA",) and not i.template.startswith("plan_")}
        & before
    )


def test_a_lower_text_that_comes_to_ask_for_more_ends_what_it_outdoes(
    trainer: Trainer, items: list[Item], own: Path, encoder: Encoder
) -> None:
    change(
        own, encoder, "reglement.md", "## § 4 Telefoner",
        "## § 3a Renhold\n\nRenhold i kommunale bygg skal være miljømerket.\n\n## § 4 Telefoner",
    )  # fmt: skip
    ended = {s.item.item_id for s in trainer.stale(DAY)}
    advice = {i.item_id for i in items if i.template == "force" and "bør være miljømerket" in i.question}
    assert advice
    assert advice <= ended
