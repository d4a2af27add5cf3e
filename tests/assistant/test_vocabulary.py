"""The tables keep their own order, and a question's words lead to the concepts they name."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path

import pytest

import assistant.vocabulary
from assistant.vocabulary import LANGUAGES, Concept, Vocabulary, load

FOLDER = Path(assistant.vocabulary.__file__).parent
CONCEPTS = list(load().concepts.values())
PURCHASES = {"goods", "service", "works"}
RULES = {"procurement", "planning"}


def expanded(question: str, *languages: str) -> set[str]:
    found = load().expand(question.split(), languages)
    return {label for labels in found.values() for label in labels}


def test_every_row_has_an_id_of_its_own() -> None:
    ids = [
        line.split("\t", 1)[0]
        for path in FOLDER.glob("*.tsv")
        for line in path.read_text(encoding="utf-8").splitlines()[1:]
    ]

    assert [each for each, times in Counter(ids).items() if times > 1] == []


def test_every_broader_concept_exists() -> None:
    missing = {c.concept_id: c.broader_id for c in CONCEPTS if c.broader_id not in {"", *load().concepts}}

    assert missing == {}


def test_no_concept_is_broader_than_itself() -> None:
    def ancestors(concept: Concept) -> list[str]:
        climbed: list[str] = []
        while concept.broader_id and concept.broader_id not in climbed:
            climbed.append(concept.broader_id)
            concept = load().concepts[concept.broader_id]
        return climbed

    assert [c.concept_id for c in CONCEPTS if c.concept_id in ancestors(c)] == []


def test_every_concept_is_named_in_norwegian_and_english() -> None:
    unnamed = [c.concept_id for c in CONCEPTS for language in ("nb", "nn", "en") if not c.labels(language)]

    assert unnamed == []


def test_no_label_is_blank_or_twice_in_its_cell() -> None:
    cells = {(c.concept_id, language): c.labels(language) for c in CONCEPTS for language in LANGUAGES}

    assert [
        at for at, labels in cells.items() if len({s.strip() for s in labels} - {""}) != len(labels)
    ] == []


def test_informal_words_name_a_known_language_or_none() -> None:
    named = {language for c in CONCEPTS for _, language in c.informal()}

    assert named <= {"", *LANGUAGES}


def test_kinds_and_codes_are_well_formed() -> None:
    assert {c.kind for c in CONCEPTS} == PURCHASES | RULES
    assert [c.concept_id for c in CONCEPTS if c.cpv and not (c.cpv.isdigit() and len(c.cpv) == 8)] == []


def test_purchases_and_rules_are_covered_in_breadth() -> None:
    kinds = Counter(c.kind for c in CONCEPTS)

    assert sum(kinds[kind] for kind in PURCHASES) >= 1500
    assert sum(kinds[kind] for kind in RULES) >= 300


def test_most_concepts_are_named_in_swedish_and_danish() -> None:
    for language in ("sv", "da"):
        assert sum(bool(c.labels(language)) for c in CONCEPTS) > 0.95 * len(CONCEPTS)


@pytest.mark.parametrize(
    ("question", "language", "label"),
    [
        ("Can we buy a printer?", "nb", "skriver"),
        ("Kan vi kjøpe Imsdal til møtet?", "en", "bottled water"),
        ("Trenger nye stoler", "en", "furniture"),
        ("kontor stoler", "nb", "kontorstol"),
        ("kontorstolene", "sv", "kontorsstol"),
        ("Får vi tinge fleire skrivarar?", "nb", "skriver"),
        ("ny pc'en er treg", "en", "personal computer"),
        ("light bulbs", "nn", "lyskjelder"),
        ("Hvem kan signere rammeavtalen?", "en", "framework agreement"),
        ("Hvad er beløbsgrænsen?", "nb", "terskelverdi"),
        ("svanemerka såpe", "en", "Nordic Swan Ecolabel"),
        ("Hvad med cykler?", "nn", "sykkel"),
    ],
)
def test_words_of_one_language_find_the_labels_of_another(question: str, language: str, label: str) -> None:
    assert label in expanded(question, language)


def test_labels_come_in_the_languages_asked_for_only() -> None:
    assert load().expand(["stoler"], ["en"])["chair"] == (
        *load().concepts["chair"].labels("en"),
        *load().concepts["furniture"].labels("en"),
    )


def test_longer_phrase_hides_the_shorter_ones_in_it() -> None:
    assert load().concepts_in(["brukte", "møbler"]) == ("used-furniture",)


def test_label_is_found_however_it_is_cased_spaced_or_hyphenated() -> None:
    for written in ("Whiteboardtavle", "whiteboard tavle", "WHITEBOARD-TAVLE"):
        assert load().concepts_named(written) == ("whiteboard",)


@pytest.mark.parametrize("word", ["is", "and", "tre", "må", "saken", "elever", "måte", "kommunen", "skrive"])
def test_everyday_word_does_not_pass_for_a_thing_it_resembles(word: str) -> None:
    assert load().concepts_in([word]) == ()


def test_text_without_known_words_expands_to_nothing() -> None:
    assert load().expand(["hvem", "er", "du", "?", ""], LANGUAGES) == {}


def test_vocabulary_without_concepts_answers_nothing() -> None:
    assert Vocabulary([]).expand(["stol"], ["en"]) == {}


def test_words_are_looked_up_within_a_millisecond() -> None:
    question = [
        "Kan",
        "skolen",
        "kjøpe",
        "kontor",
        "stoler",
        "uten",
        "konkurranse",
        "når",
        "summen",
        "er",
        "lav?",
    ]
    load().expand(question, ["en"])
    runs = []
    for _ in range(20):
        started = time.perf_counter()
        load().expand(question, ["en"])
        runs.append(time.perf_counter() - started)

    assert min(runs) < 0.001
