from __future__ import annotations

from assistant.bridge import bridges


def test_an_english_question_is_given_the_norwegian_words_for_what_it_names() -> None:
    found = bridges("How many quotes do I need for a printer?", "en", ["en", "nb"])

    assert found.keys() == {"nb"}
    assert "pristilbud" in found["nb"]
    assert "skriver" in found["nb"]


def test_a_language_near_the_questions_needs_no_bridge() -> None:
    assert bridges("Hvor mange tilbud?", "nb", ["nb", "nn", "da", "sv"]) == {}


def test_a_language_the_vocabulary_does_not_have_is_left_out() -> None:
    assert bridges("How many quotes?", "en", ["fr", "fi", "xx"]) == {}
