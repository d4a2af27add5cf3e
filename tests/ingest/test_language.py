from __future__ import annotations

import json
from pathlib import Path

import pytest

from ingest.language import UNDETERMINED, detect
from tests.conftest import OUTSIDE

HOME = ("nb", "nn", "en")


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Hvor mange tilbud må vi hente inn?", "nb"),
        ("Når revideres planen for kjøretøy?", "nb"),
        ("Hva gjelder for kjøp av møbler?", "nb"),
        ("Kva gjeld for kjøp av møblar?", "nn"),
        ("Kor lenge skal telefonane brukast?", "nn"),
        ("Kven godkjenner eit innkjøp?", "nn"),
        ("Må eg hente inn tre tilbod?", "nn"),
        ("Vad gäller för inköp av möbler?", "sv"),
        ("Måste jag ta in tre anbud?", "sv"),
        ("Hvad gælder for køb af møbler?", "da"),
        ("Hvornår skal planen revideres?", "da"),
        ("Hvem har ansvaret for indkøbspolitikken?", "da"),
        ("Must cleaning be ecolabelled?", "en"),
        ("Who approves a purchase of 450,000?", "en"),
        ("Was gilt beim Kauf von Möbeln?", "de"),
        ("Mitä hankintaohje sanoo kalusteista?", "fi"),
        ("Wat geldt voor de aankoop van meubels?", "nl"),
        ("Quelles règles pour l'achat de meubles ?", "fr"),
    ],
)
def test_short_question_is_told_by_its_function_words(question: str, language: str) -> None:
    assert detect(question) == language


def test_only_candidates_are_returned() -> None:
    assert detect("Vad gäller för inköp av möbler?", HOME) in HOME


def test_one_candidate_needs_no_evidence() -> None:
    assert detect("Must cleaning be ecolabelled?", ["nn"]) == "nn"


@pytest.mark.parametrize("text", ["", "450 000?", "§ 4.2 – 30 %"])
def test_text_without_words_has_no_language(text: str) -> None:
    assert detect(text) == UNDETERMINED


def test_text_without_words_gets_the_first_candidate() -> None:
    assert detect("450 000?", HOME) == "nb"


def test_letters_composed_otherwise_change_nothing() -> None:
    assert detect("Vad ga\u0308ller fo\u0308r inko\u0308p?") == "sv"


def test_quoted_foreign_name_does_not_outweigh_the_question() -> None:
    assert detect("Hva sier «Climate City Contract» om innkjøp i kommunen?") == "nb"


def test_long_text_is_told_by_its_beginning() -> None:
    assert detect("Kommunen skal ikke kjøpe nye møbler når det finnes brukte. " * 5_000) == "nb"


@pytest.mark.parametrize("name", ["domain/questions.jsonl", "corpus/questions.jsonl"])
def test_language_of_real_questions_is_told(shared: Path, name: str) -> None:
    path = shared / name
    if not path.exists():
        pytest.skip(f"{OUTSIDE}no {name}")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]

    wrong = [
        row["question"]
        for row in rows
        if detect(row["question"], HOME) != (row.get("lang") or row["language"])
    ]

    assert len(wrong) <= len(rows) * 0.02, wrong
