"""What is made from the plans, and that it is right."""

from __future__ import annotations

from collections import Counter

import pytest

from assistant.strictness import covers
from assistant.training import Item, Kind, Trainer, Wish
from assistant.training.checks import check, errors, repeats
from assistant.training.generate import candidates, plans_in_force
from ingest.fold import folded_text
from ingest.quantities import quantities
from tests.assistant.training.conftest import DAY


def made(trainer: Trainer, language: str = "nb", count: int = 400) -> list[Item]:
    return list(trainer.generate(Wish(count=count, language=language), DAY, store=False).items)


def of(items: list[Item], template: str) -> list[Item]:
    return [item for item in items if item.template == template]


def test_every_plan_in_force_and_every_level_is_asked_about(trainer: Trainer) -> None:
    items = made(trainer)
    covered = trainer.coverage(items, DAY)
    assert all(covered["plan"][plan] for plan in plans_in_force(trainer.material(as_of=DAY)))
    assert set(covered["level"]) == {"1", "2", "3", "4"}
    assert all(covered["level"].values())


def test_every_item_has_one_key_and_its_sources_word_for_word(trainer: Trainer) -> None:
    items = made(trainer)
    assert len(items) > 60
    for item in items:
        assert errors(check(item, trainer.library().page_text)) == [], item
        for quote in item.quotes:
            page = trainer.library().page_text(quote.file, quote.page)
            assert folded_text(quote.text) in folded_text(page)


def test_no_two_items_ask_the_same(trainer: Trainer) -> None:
    items = made(trainer)
    assert len({item.item_id for item in items}) == len(items)
    assert not [(a, b) for i, a in enumerate(items) for b in items[i + 1 :] if repeats(a, b)]


def test_same_seed_gives_the_same_set_and_another_seed_another(trainer: Trainer) -> None:
    def ids(seed: int) -> list[str]:
        found = trainer.generate(Wish(count=12, seed=seed), DAY, store=False)
        return [item.item_id for item in found.items]

    assert ids(3) == ids(3)
    assert ids(3) != ids(4)


def test_a_proposals_figure_is_a_trap_and_never_the_key(trainer: Trainer) -> None:
    furniture = [i for i in of(made(trainer), "figure") if "møbelbehovet" in i.question and "60" in i.answer]
    assert furniture
    for item in furniture:
        trap = next(option for option in item.options if option.text == "85 %")
        assert not trap.right
        assert "forslag på høring" in trap.why


def test_a_proposal_told_as_if_it_applied_is_false(trainer: Trainer) -> None:
    claims = [i for i in of(made(trainer), "in_force") if "Renhold i kommunale bygg skal" in i.question]
    assert [item.answer for item in claims] == ["Galt"]


def test_what_the_council_adopted_is_followed_and_not_the_handbook(trainer: Trainer) -> None:
    items = [i for i in of(made(trainer), "governs") if "250 000" in i.question]
    assert [item.answer for item in items] == ["Innkjøpsreglement"]


def test_why_a_text_is_followed_has_one_true_reason(trainer: Trainer) -> None:
    items = of(made(trainer), "governs_why")
    assert items
    for item in items:
        assert item.answer in item.explanation
        assert "bare råd" in item.answer or "høyere organ" in item.answer
        assert len(item.options) >= 3


def test_a_proposal_beside_a_text_in_force_never_governs(trainer: Trainer) -> None:
    items = of(made(trainer), "governs_today")
    assert [(item.answer, "20. november 2026" in item.question) for item in items] == [
        ("Klimaplan 2024–2030", True)
    ]


def test_no_set_is_filled_with_one_kind(trainer: Trainer) -> None:
    made_of = Counter(item.template for item in made(trainer, count=40))
    assert max(made_of.values()) <= 10


def test_a_handbooks_powers_are_never_a_key(trainer: Trainer) -> None:
    for item in made(trainer):
        if item.template in ("figure", "true_figure", "case_applies", "who_signs"):
            assert "BOK" not in item.plan_ids or "250 000" not in item.question + item.answer


@pytest.mark.parametrize(
    ("least", "most", "role"),
    [(0, 100_000, "Enhetsleder"), (100_000, 900_000, "Kommunalsjef"), (900_000, 9e9, "Kommunedirektøren")],
)
def test_who_signs_follows_the_ladder_of_powers(
    trainer: Trainer, least: float, most: float, role: str
) -> None:
    asked = of(made(trainer), "who_signs")
    inside = [i for i in asked if least < quantities(i.question, "nb")[0].value <= most]
    assert inside
    assert {item.answer for item in inside} == {role}


def test_a_case_says_yes_only_where_the_limit_holds_the_amount(trainer: Trainer) -> None:
    cases = of(made(trainer), "case_applies")
    assert cases
    for item in cases:
        value = float(item.slot.partition(":")[2])
        statement = item.key_statements[0].text
        inside = covers(tuple(q.amount for q in quantities(statement, "nb")), value)
        assert item.answer.startswith("Ja") is inside


def test_a_question_in_english_keeps_the_quote_in_the_documents_language(trainer: Trainer) -> None:
    item = next(i for i in made(trainer, "en") if i.kind is Kind.WHO_SIGNS)
    assert item.question.startswith("A purchase is worth")
    assert "godkjenner" in item.quotes[0].text
    assert item.language == "en"


def test_a_set_keeps_to_what_was_asked_for(trainer: Trainer) -> None:
    wish = Wish(count=50, plan="REGL", kinds=frozenset({Kind.CASE, Kind.WHO_SIGNS}))
    items = trainer.generate(wish, DAY, store=False).items
    assert items
    assert all("REGL" in item.plan_ids and item.kind in wish.kinds for item in items)
    assert all(item.level == 2 for item in trainer.generate(Wish(level=2), DAY, store=False).items)


def test_a_topic_is_found_in_any_words(trainer: Trainer) -> None:
    wish = Wish(count=3, topic="gjenbruk av stoler og bord", audience="barnehage")
    items = trainer.generate(wish, DAY, store=False).items
    assert any("ombruk" in item.question for item in items)
    assert all(item.unit == "barnehage" for item in items)


def test_what_the_bank_holds_is_not_made_again(trainer: Trainer) -> None:
    first = trainer.generate(Wish(count=20), DAY)
    second = trainer.generate(Wish(count=20), DAY)
    assert not {i.item_id for i in first.items} & {i.item_id for i in second.items}
    assert second.dropped["known"] == 20


@pytest.mark.parametrize("language", ["nb", "nn", "en", "sv", "da"])
def test_every_language_has_words_for_every_item(trainer: Trainer, language: str) -> None:
    templates = {item.template.split("_")[0] for item in candidates(trainer.craft(language, DAY))}
    assert {
        "figure",
        "true",
        "in",
        "force",
        "level",
        "governs",
        "matching",
        "who",
        "case",
        "plan",
    } <= templates
