"""A whole purchase: how it is told from a question, and what each of its lines must hold."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import pytest

from assistant.answers import Question
from assistant.compose.purchase import figure
from assistant.limits import banded, entry_value
from assistant.purchase import Purchase, read_purchase
from assistant.question import facts
from assistant.things import named_as, things
from assistant.wire import Assistant, to_question
from ingest.plans import Amount, BlockKind, Force
from ingest.store import StoredStatement
from prompts import languages, purchase_texts

AS_OF = "2026-11-20"


def _read(text: str) -> Purchase | None:
    found = facts(Question(text=text), languages=("nb", "nn", "en"), today=date(2026, 11, 20))
    return read_purchase(found)


def _ask(assistant: Assistant, question: str, **more: Any) -> dict[str, Any]:
    return assistant.answer({"question": question, "as_of": AS_OF, **more})


def _lines(answer: dict[str, Any], step: str) -> str:
    return " ".join(s["text"] for s in answer["steps"] if s["step"] == step)


# --- what is a purchase -------------------------------------------------------------------


@pytest.mark.parametrize(("text", "thing", "value"), [
    ("I'm buying 10 chairs for 80,000", "chairs", 80_000),
    ("skal kjøpe 10 stoler til 80 000", "stoler", 80_000),
    ("Vi skal kjøpe 10 stoler til møterommet for 80 000 kroner.", "stoler", 80_000),
    ("Eg skal kjøpe 12 nye mobiltelefonar til 90 000 kroner", "mobiltelefonar", 90_000),
    ("Vi ska köpa 10 stolar för 80 000 kronor", "stolar", 80_000),
    ("Vi skal købe 10 stole til 80.000 kr. ekskl. moms", "stole", 80_000),
    ("Skal kjøpe 10 stoler. Hva må jeg tenke på?", "stoler", None),
    ("Vi tänker köpa 25 bildskärmar för 75 000 kronor. Hur gör vi?", "bildskärmar", 75_000),
    ("Vi trenger en ny varebil", "varebil", None),
    ("printer for £420", "printer", 420),
])  # fmt: skip
def test_what_someone_is_buying_is_a_purchase(text: str, thing: str, value: float | None) -> None:
    purchase = _read(text)

    assert purchase is not None
    assert (purchase.head, purchase.value) == (thing, value)


@pytest.mark.parametrize("text", [
    "Hvem godkjenner innkjøp av stoler til 80 000?",
    "Hvem godkjenner innkjøp av stoler til 80 000",
    "Jeg skal kjøpe 10 stoler til møterommet. Må jeg sjekke om vi har brukte først?",
    "Kan jeg kjøpe 10 stoler til 80000",
    "We need three quotes",
    "I'm buying",
    "Hei, hva må jeg tenke på?",
    "Innkjøp skal kontaktes over 300 000",
    "Gjelder anskaffelsesloven for kjøp på 80 000?",
])  # fmt: skip
def test_what_asks_one_thing_or_names_nothing_is_no_purchase(text: str) -> None:
    assert _read(text) is None


@pytest.mark.parametrize(("text", "value"), [
    ("We are buying 12 laptops at £900 each", 10_800),
    ("Skal kjøpe renhold for 200 000 i året i tre år", 600_000),
    ("Skal kjøpe 10 stoler til 8000 kr stykket", 80_000),
])  # fmt: skip
def test_a_price_for_one_or_for_a_year_is_counted_up(text: str, value: float) -> None:
    purchase = _read(text)

    assert purchase is not None
    assert purchase.value == value
    assert purchase.value_is_counted


def test_a_price_a_year_without_years_is_told_to_be_one() -> None:
    purchase = _read("Skal kjøpe renhold for 200 000 i året")

    assert purchase is not None
    assert purchase.a_year


@pytest.mark.parametrize(("text", "with_vat"), [
    ("Skal kjøpe 10 stoler til 80 000 inkl. mva", True),
    ("Skal kjøpe 10 stoler til 80 000 eks. mva", False),
    ("Skal kjøpe 10 stoler til 80 000", None),
])  # fmt: skip
def test_vat_is_told_or_not_told(text: str, with_vat: bool | None) -> None:
    purchase = _read(text)

    assert purchase is not None
    assert purchase.with_vat is with_vat


# --- limits and things --------------------------------------------------------------------


def _row(number: int, text: str, *amounts: Amount, kind: BlockKind = BlockKind.TABLE_ROW) -> StoredStatement:
    return StoredStatement(
        statement_id=number,
        document_id=1,
        place=number,
        passage_row=1,
        section=1,
        text=text,
        context="Table 2: Signing powers",
        language="en",
        kind=kind,
        force=Force.INFORMATION,
        bearer=None,
        amounts=amounts,
        dates=(),
        flags=frozenset(),
        spans=(),
    )


def test_a_row_of_limits_reaches_from_the_limit_before_it() -> None:
    rows = [
        _row(1, "Team leader £7,500", Amount(7_500, 7_500, "money")),
        _row(2, "Director £150,000", Amount(150_000, 150_000, "money")),
        _row(3, "Full Council above £150,000", Amount(150_000, None, "money")),
    ]

    reached = {number: row.amounts[0] for number, row in banded(rows).items()}

    assert reached[1] == Amount(0.0, 7_500, "money")
    assert reached[2].low is not None
    assert reached[2].low > 7_500
    assert reached[2].high == 150_000
    assert reached[3].high is None


def test_figures_that_do_not_rise_are_no_limits() -> None:
    rows = [
        _row(1, "Chairs £7,500", Amount(7_500, 7_500, "money")),
        _row(2, "Desks £1,500", Amount(1_500, 1_500, "money")),
    ]

    assert banded(rows) == {}


def test_a_law_says_itself_from_which_value_it_applies() -> None:
    text = "The Act applies to contracts with an estimated value of £40,000 or more."
    law = _row(1, text, Amount(40_000, None, "money"), kind=BlockKind.PARAGRAPH)

    assert entry_value([law]) == 40_000


@pytest.mark.parametrize(("text", "language", "named"), [
    ("Har kommunen en rammeavtale som dekker behovet, skal den brukes.", "nb", False),
    ("Ombrukslageret skal sjekkes før kjøp av møbler.", "nb", True),
    ("Where a corporate contract covers the need it shall be used.", "en", False),
    ("Before an order for furniture is placed, the buyer shall search the Reuse Exchange.", "en", True),
])  # fmt: skip
def test_only_what_a_rule_plainly_names_is_a_thing(text: str, language: str, named: bool) -> None:
    assert bool(things(text, language)) is named


def test_an_officer_is_no_office() -> None:
    assert not named_as("office", "The officer keeps the quotes.", "en")
    assert named_as("stoler", "Alle kontorstoler skal repareres.", "nb")


@pytest.mark.parametrize(("value", "language", "written"), [
    (80_000, "nb", "80\u00a0000"), (80_000, "en", "80,000"), (80_000, "da", "80.000"), (1234.5, "en", "1,234.50"),
])  # fmt: skip
def test_a_number_is_written_as_the_language_writes_it(value: float, language: str, written: str) -> None:
    assert figure(value, language) == written


# --- the answer ---------------------------------------------------------------------------


def test_chairs_for_eighty_thousand_meet_the_rules_for_chairs_at_that_value(assistant: Assistant) -> None:
    answer = _ask(assistant, "skal kjøpe 10 stoler til 80 000")

    assert answer["outcome"] == "answered"
    assert "Ombrukslageret skal sjekkes" in _lines(answer, "reuse")
    assert "rammeavtale skal brukes der den finnes" in _lines(answer, "framework")
    assert "under 100 000 kroner" in _lines(answer, "offers")
    assert "Enhetsleder godkjenner" in _lines(answer, "sign")
    assert "budsjettdekning" in _lines(answer, "money")
    assert "bestilling og faktura" in _lines(answer, "document")
    assert answer["governing"]["plan_id"] == "S5"
    assert answer["force"] == "obligation"


def test_a_larger_purchase_meets_other_rules(assistant: Assistant) -> None:
    answer = _ask(assistant, "skal kjøpe stoler til 420 000 kroner")

    assert "minst tre tilbud" in _lines(answer, "offers")
    assert "Kommunalsjef godkjenner" in _lines(answer, "sign")
    assert "minst 30 %" in _lines(answer, "environment")
    assert "hvordan verdien er beregnet" in _lines(answer, "document")
    assert "Innkjøp skal kontaktes" in _lines(answer, "ask")


def test_the_same_purchase_in_another_language_meets_the_same_rules(assistant: Assistant) -> None:
    norwegian = _ask(assistant, "skal kjøpe 10 stoler til 80 000")
    english = _ask(assistant, "I'm buying 10 chairs for 80,000")

    assert english["language"] == "en"
    assert "Ombrukslageret skal sjekkes" in _lines(english, "reuse")
    for step in ("framework", "offers", "sign", "money", "document"):
        assert [s["plan_id"] for s in english["steps"] if s["step"] == step] == [
            s["plan_id"] for s in norwegian["steps"] if s["step"] == step
        ]


def test_every_line_has_its_level_and_a_quote_that_is_cited(assistant: Assistant) -> None:
    answer = _ask(assistant, "Vi skal kjøpe leikeapparat til barnehagen for 350 000 kroner")
    quotes = {c["marker"]: c["quote"] for c in answer["citations"]}

    assert answer["steps"]
    for step in answer["steps"]:
        assert f"nivå {step['level']}" in step["text"]
        assert step["text"] in answer["answer"]
        for marker in step["markers"]:
            assert f"«{quotes[marker]}» [{marker}]" in step["text"]


def test_a_rule_for_another_thing_is_no_rule_for_this_one(assistant: Assistant) -> None:
    for question in ("Skal kjøpe konsulent til en rapport for 90 000", "Skal kjøpe arbeidsklær for 90 000"):
        answer = _ask(assistant, question)

        assert "møbler" not in " ".join(s["text"] for s in answer["steps"])
        assert "PC-er" not in " ".join(s["text"] for s in answer["steps"])


def test_a_law_is_not_cited_for_what_it_does_not_reach(assistant: Assistant) -> None:
    answer = _ask(assistant, "skal kjøpe 10 stoler til 80 000")

    assert all(step["plan_id"] != "LOV" for step in answer["steps"])


def test_what_depends_on_an_amount_not_told_says_so(assistant: Assistant) -> None:
    answer = _ask(assistant, "Skal kjøpe 10 stoler. Hva må jeg tenke på?")
    signing = next(s for s in answer["steps"] if s["step"] == "sign")

    assert signing["depends_on"] == "amount"
    assert "Kommer an på beløpet" in signing["text"]
    assert "Enhetsleder" in signing["text"]
    assert "Kommunalsjef" in signing["text"]


def test_advice_that_loses_is_cited_as_yielding(assistant: Assistant) -> None:
    answer = _ask(assistant, "Skal kjøpe arbeidsklær for 150 000")
    roles = {c["marker"]: c["role"] for c in answer["citations"]}

    assert "Kommunalsjef" in _lines(answer, "sign")
    assert any(d["maxim"] == "advice_yields" and roles[d["loser"]] == "yields" for d in answer["precedence"])


def test_no_line_rests_on_a_draft_or_a_dead_text(assistant: Assistant) -> None:
    for question in ("skal kjøpe 10 stoler til 80 000", "Skal kjøpe renhold for 700 000"):
        answer = _ask(assistant, question)
        assert all(step["plan_id"] not in ("D2", "S1") for step in answer["steps"])


def test_the_answer_says_how_the_amount_is_taken(assistant: Assistant) -> None:
    answer = _ask(assistant, "skal kjøpe 10 stoler til 80 000")

    assert "uten mva. og for hele avtaleperioden" in answer["answer"]


def test_the_lines_are_written_as_a_list(assistant: Assistant) -> None:
    from assistant.render import answer_text

    answer, _ = assistant.ask(to_question({"question": "skal kjøpe 10 stoler til 80 000", "as_of": AS_OF}))
    shown = answer_text(answer)

    assert len(re.findall(r"^- ", shown, re.MULTILINE)) == len({s.step for s in answer.steps})
    assert "**" not in shown


# --- the words ----------------------------------------------------------------------------


def test_every_language_that_is_answered_in_has_the_words_of_a_purchase() -> None:
    keys = {language: set(purchase_texts(language)) for language in languages()}
    steps = {language: set(purchase_texts(language)["queries"]) for language in languages()}

    assert len({json.dumps(sorted(k)) for k in keys.values()}) == 1
    assert len({json.dumps(sorted(s)) for s in steps.values()}) == 1
