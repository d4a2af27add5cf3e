from __future__ import annotations

from eval.statements import is_negated, statements
from eval.words import sentences


def test_a_marker_after_the_full_stop_belongs_to_the_sentence_before() -> None:
    found = statements("Du må spørre tre. [1][2] Regelen bygger på planen [3].")

    assert [each.markers for each in found] == [(1, 2), (3,)]


def test_a_quotation_ends_its_sentence() -> None:
    assert len(sentences("Planen sier: «Brukt først.» [1] Det gjelder alle.")) == 2


def test_a_lone_yes_belongs_to_what_follows() -> None:
    found = statements("Ja. Du må sjekke lageret [1].")

    assert [each.text for each in found] == ["Ja. Du må sjekke lageret [1]."]


def test_abbreviations_dates_and_thousands_end_no_sentence() -> None:
    assert len(sentences("Jf. § 4 nr. 2 er grensen kr. 500 000 fra 1. Juli 2026 ekskl. mva.")) == 1


def test_list_items_are_statements_of_their_own() -> None:
    assert sentences("- Brukt først\n- Så leie\n2. Så nytt") == ["Brukt først", "Så leie", "Så nytt"]


def test_a_bound_is_no_denial() -> None:
    assert not is_negated("Det skal ikke være mindre enn 30 %.")
    assert is_negated("Det skal ikke kjøpes.")
    assert is_negated("You don't need to.")


def test_what_cites_only_texts_that_yield_is_reported() -> None:
    found = statements("Grensen er 250 000 [2].", {2: "yields"})

    assert found[0].reported
    assert not statements("Grensen er 250 000 [2].", {2: "governing"})[0].reported
