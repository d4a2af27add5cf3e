import pytest

from ingest.sentences import split


def _sentences(text: str) -> list[str]:
    return [text[a:b] for a, b in split(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Grensen er 1,3 mill. kroner ekskl. mva. og gjelder alle.",
        "Vedtatt 15. juni 2023 av kommunestyret.",
        "Se jf. § 5 nr. 2 bokstav a.",
        "Reglene gjelder bl.a. kjøp av møbler.",
        "Contracts, e.g. for cleaning, follow para. 4.",
    ],
)
def test_abbreviations_dates_and_references_do_not_end_a_sentence(text: str) -> None:
    assert _sentences(text) == [text]


def test_sentences_end_at_full_stops_question_marks_and_exclamation_marks() -> None:
    assert _sentences("Dette er en. Er dette to? Ja! Tre.") == ["Dette er en.", "Er dette to?", "Ja!", "Tre."]


def test_nothing_is_cut_from_an_empty_text() -> None:
    assert _sentences("   ") == []


@pytest.mark.parametrize(
    "text",
    [
        "Tiltak etter pbl. §§ 11 og 12 må meldes.",
        "Avtalen følger loa. § 4 og gjelder alle.",
        "Saken er tatt opp av J. Hansen i går.",
    ],
)
def test_short_names_of_laws_and_initials_do_not_end_a_sentence(text: str) -> None:
    assert _sentences(text) == [text]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Dette følger av punkt 2 bokstav a–f.", "Enheten skal svare."),
        ("Se vedlegg B.", "Enheten skal svare."),
        ("Det står i litra c.", "Enheden skal svare."),
        ("This follows from points a and d.", "The unit shall answer."),
    ],
)
def test_a_letter_that_names_an_item_may_end_a_sentence(first: str, second: str) -> None:
    assert _sentences(f"{first} {second}") == [first, second]
