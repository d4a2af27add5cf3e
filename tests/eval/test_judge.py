from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from eval.judge import LocalJudge, figure_coverage, name_coverage, token_f1
from eval.statements import statements

JUDGE = LocalJudge()


@pytest.mark.parametrize(
    ("fact", "answer"),
    [
        (("500 000",), "Loven gjelder fra kr 500.000,- ekskl. mva. [1]"),
        (("30 %",), "Miljø skal vektes minst tretti prosent [1]."),
        (("kommunalsjef",), "Det er kommunalsjefen som godkjenner."),
        (("tre",), "Du må innhente minst 3 tilbud."),
        (("fifteen", "15"), "Chairs are kept for fifteen years."),
        (("should",), "You should buy used."),
        (("shall not be bought",), "Peat shall not be bought."),
        (("2027-06-30",), "Klart senast 30 juni 2027."),
        (("ikke oppgitt",), "Ansvarlig er ikke oppgitt i planen."),
        (("100 000",), "Reglene gjelder ikke under 100 000 kroner."),
        (("nei",), "Nei, det er ikke tillatt."),
        (("1,3 mill",), "Opp til 1 300 000 kroner."),
        (("skada eller arbetsmiljö",), "Bara vid skada eller för arbetsmiljön."),
        (("repar",), "Utstyret bør repareres først."),
    ],
)
def test_a_fact_is_stated_in_other_spellings_and_inflections(fact: tuple[str, ...], answer: str) -> None:
    found = JUDGE.states(fact, statements(answer))

    assert found.holds, found.because


@pytest.mark.parametrize(
    ("fact", "answer"),
    [
        (("30 %",), "Svar innen 30 dager."),
        (("kommunalsjef",), "Det er ikke kommunalsjefen, men enhetslederen."),
        (("tre",), "Du må innhente to tilbud."),
        (("15",), "Det følger av § 15 i reglementet. [15]"),
        (("should",), "You must buy used."),
        (("shall not be bought",), "Peat shall be bought."),
        (("ikke oppgitt",), "Ansvarlig er oppgitt i planen."),
        (("Innkjøp",), "Se innkjøpshåndboka."),
        (("5 år",), "Mobil i 3 år og PC i 5 måneder."),
        (("skal kjøpes",), "Brukt bør kjøpes."),
    ],
)
def test_a_fact_is_not_stated_by_something_near_it(fact: tuple[str, ...], answer: str) -> None:
    found = JUDGE.states(fact, statements(answer))

    assert not found.holds, found.because


@pytest.mark.parametrize(
    ("forbidden", "answer"),
    [
        ("250 000", "Grensen er 250 000 kroner [1]."),
        ("law applies from £25,000", "The law applies from £25,000 [1]."),
        ("90 %", "Målet er 90 prosent."),
        ("up to £15,000", "Team leaders can sign for up to £15,000 [1]."),
        ("skal være miljømerket", "Renhold skal være miljømerket [1]."),
    ],
)
def test_a_forbidden_statement_is_held(forbidden: str, answer: str) -> None:
    assert JUDGE.asserts(forbidden, statements(answer, {1: "governing"})).holds


@pytest.mark.parametrize(
    ("forbidden", "answer"),
    [
        ("250 000", "Håndboka sier 250 000, men reglementet går foran [1]."),
        ("250 000", "Håndboka sier 250 000 [2]."),
        ("90 %", "Utkastet sier 90 %, og er ikke vedtatt [1]."),
        ("law applies from £25,000", "The law applies from £40,000 [1]."),
        ("skal være miljømerket", "Dette bør du gjøre: Renhold bør være miljømerket [1]."),
        ("minst tre tilbud", "Kravet gjelder ikke for dette beløpet. Teksten sier: «Det skal hentes minst tre tilbud.» [1]"),
        ("only one reference", "Two references are needed [1]."),
    ],
)  # fmt: skip
def test_what_is_only_reported_or_denied_is_not_held(forbidden: str, answer: str) -> None:
    found = JUDGE.asserts(forbidden, statements(answer, {1: "governing", 2: "yields"}))

    assert not found.holds, found.because


def test_support_falls_with_every_wrong_number_and_name() -> None:
    evidence = ["Loven gjelder fra 500 000 kroner i Skogvang."]

    assert JUDGE.support("Loven gjelder fra 500 000 kroner", evidence) == 1.0
    assert JUDGE.support("Loven gjelder fra 300 000 kroner", evidence) == 0.0
    assert JUDGE.support("Loven gjelder i Fjordvik", evidence) == 0.0
    assert JUDGE.support("Loven gjelder", []) == 0.0


def test_coverage_of_nothing_to_cover_is_full() -> None:
    assert figure_coverage("ingen tall her", "heller ikke her") == 1.0
    assert name_coverage("ingen navn her", "") == 1.0


def test_closeness_leaves_out_what_the_question_already_said() -> None:
    question, reference = "Hvor lenge varer garantien på stoler?", "Garantien på stoler varer i femten år."

    echo = JUDGE.closeness(question, reference, "Garantien på stoler varer lenge.")
    right = JUDGE.closeness(question, reference, "I femten år.")

    assert right > echo


def test_the_encoder_stands_in_for_words_across_languages() -> None:
    def encode(texts: object) -> npt.NDArray[np.float32]:
        return np.array([[1.0, 0.0], [0.99, 0.14]], np.float32)

    alone = JUDGE.support("The law applies", ["Loven gjelder"])
    helped = LocalJudge(encode=encode).support("The law applies", ["Loven gjelder"])

    assert alone == 0.0
    assert helped > 0.5


def test_token_f1_of_a_hand_worked_pair() -> None:
    assert token_f1("a b c", "a b d") == pytest.approx(2 / 3)
    assert token_f1("a", "b") == 0.0
