import pytest

from ingest.force import said
from ingest.plans import Force

ROWS = [
    ("nb", "Innkjøp skal kontaktes før et kjøp over 300 000 kroner.", Force.OBLIGATION),
    ("nb", "I kantiner skal det ikke kjøpes engangsartikler av plast.", Force.PROHIBITION),
    ("nb", "Renhold bør være miljømerket.", Force.RECOMMENDATION),
    ("nb", "Engangsservise kan brukes ved store arrangementer.", Force.PERMISSION),
    ("nb", "Det er ikke krav om å hente inn flere tilbud.", Force.NONE),
    ("nb", "Målet er at 70 % av møblene er brukte.", Force.TARGET),
    ("nb", "Kommunen skal halvere matsvinnet innen 2030.", Force.TARGET),
    ("nb", "Kommunen eier om lag 118 000 kvadratmeter bygg.", Force.INFORMATION),
    ("nb", "Personbiler skal være utslippsfrie, med mindre behovet ikke kan dekkes.", Force.OBLIGATION),
    ("nn", "Treverk skal kome frå sertifisert skog.", Force.OBLIGATION),
    ("nn", "Apparat bør flyttast før nykjøp.", Force.RECOMMENDATION),
    ("en", "Phones must be kept for five years.", Force.OBLIGATION),
    ("en", "Phones should be kept for five years.", Force.RECOMMENDATION),
    ("en", "No contract may be split to avoid the rules.", Force.PROHIBITION),
    ("sv", "Minst tre offerter ska tas in.", Force.OBLIGATION),
    ("sv", "Färg får inte innehålla lösningsmedel.", Force.PROHIBITION),
    ("da", "Brugte møbler bør overvejes først.", Force.RECOMMENDATION),
    ("de", "Die Dienststelle muss drei Angebote einholen.", Force.OBLIGATION),
]


@pytest.mark.parametrize(("language", "text", "force"), ROWS)
def test_the_modal_of_the_main_clause_gives_the_force(language: str, text: str, force: Force) -> None:
    assert said(text, language).force is force


def test_a_plan_that_shall_be_revised_puts_no_duty_on_a_buyer() -> None:
    what = said("Planen skal rulleres hvert fjerde år.", "nb")

    assert what.force is Force.INFORMATION
    assert "descriptive" in what.flags


def test_a_modal_in_a_relative_clause_is_not_the_sentences_own() -> None:
    assert said("Dette er regler som leverandøren må følge.", "nb").force is Force.INFORMATION


def test_words_in_quotation_marks_are_talked_about_and_not_said() -> None:
    assert said("Krav er formulert med «skal».", "nb").force is Force.INFORMATION


def test_a_dated_duty_in_a_law_is_no_target() -> None:
    text = "Kommunen skal ha rutiner innen 2026."

    assert said(text, "nb").force is Force.TARGET
    assert said(text, "nb", is_law=True).force is Force.OBLIGATION


def test_a_prohibition_among_targets_stays_a_prohibition() -> None:
    text = "T5 I kantiner skal det ikke kjøpes plast 01.01.2023 Helse"

    assert said(text, "nb", among_targets=True).force is Force.PROHIBITION


def test_a_rule_of_competence_binds_in_the_present_tense() -> None:
    what = said("Enhetsleder godkjenner anskaffelser til og med 100 000 kroner.", "nb")

    assert what.force is Force.OBLIGATION
    assert what.bearer == "unit"
