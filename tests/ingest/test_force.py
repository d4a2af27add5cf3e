import re

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


LIMITS = [
    ("nb", "Miljø skal vektes med ikke mindre enn 30 %.", Force.OBLIGATION),
    ("nb", "Vekten kan ikke være lavere enn 30 %.", Force.OBLIGATION),
    ("nb", "Andelen skal ikke være under 30 prosent.", Force.OBLIGATION),
    ("nb", "Bestilling skal ikke skje under 2026.", Force.PROHIBITION),
    ("nn", "Vekta skal ikkje vere mindre enn 30 %.", Force.OBLIGATION),
    ("sv", "Andelen ska inte vara lägre än 30 procent.", Force.OBLIGATION),
    ("sv", "Nämnden får inte under 2026 beställa målning.", Force.PROHIBITION),
    ("da", "Garantien må ikke være kortere end to år.", Force.OBLIGATION),
    ("en", "Environment shall be given a weight of not less than 30 per cent.", Force.OBLIGATION),
    ("en", "The weight must not be lower than 30 per cent.", Force.OBLIGATION),
    ("en", "Contracts shall run for no more than four years.", Force.OBLIGATION),
    ("en", "The order must be placed no later than 1 May.", Force.OBLIGATION),
    ("en", "The share of reused desks shall be not less than half by 2030.", Force.TARGET),
]


@pytest.mark.parametrize(("language", "text", "force"), LIMITS)
def test_a_least_amount_is_asked_for_and_not_forbidden(language: str, text: str, force: Force) -> None:
    assert said(text, language).force is force


ASIDE = [
    ("nb", "Drosje kan brukes når det ikke går buss.", Force.PERMISSION),
    ("nb", "Utstyr skal lagres slik at det ikke tar skade.", Force.OBLIGATION),
    ("nb", "Enheten kan velge å ikke lyse ut kjøpet.", Force.PERMISSION),
    ("nb", "Leverandøren kan foreslå løsninger du ikke har tenkt på.", Force.PERMISSION),
    ("nb", "Enheten kan endre rekkefølgen, men ikke summen.", Force.PERMISSION),
    ("nb", "Enheten skal ikke bare se på prisen.", Force.OBLIGATION),
    ("nb", "Skal det som hovedregel ikke kjøpes nytt, sies det fra.", Force.PROHIBITION),
    ("nn", "Eininga kan kjøpe nytt dersom flytting ikkje passar.", Force.PERMISSION),
    ("sv", "Kortet får användas när faktura inte kan fås.", Force.PERMISSION),
    ("sv", "Enheten ska lämna utrustning som inte har använts till poolen.", Force.OBLIGATION),
    ("da", "Taxa kan bruges, når der ikke kører bus.", Force.PERMISSION),
    ("en", "A taxi may be used where there is not a bus.", Force.PERMISSION),
    ("en", "The unit may decide not to publish the notice.", Force.PERMISSION),
    ("en", "The unit may use its own form but not its own limits.", Force.PERMISSION),
]


@pytest.mark.parametrize(("language", "text", "force"), ASIDE)
def test_a_negation_in_a_clause_of_its_own_turns_nothing(language: str, text: str, force: Force) -> None:
    assert said(text, language).force is force


NOBODY = [
    ("nb", "Ingen kan signere for seg selv.", Force.PROHIBITION),
    ("nb", "Ingen enhet skal inngå slike avtaler.", Force.PROHIBITION),
    ("nb", "Ingen må kjøpe inn for egen regning.", Force.PROHIBITION),
    ("nb", "Under ingen omstendigheter kan kjøpet deles.", Force.PROHIBITION),
    ("nb", "Uten samtykke må ingen hente avfall.", Force.PROHIBITION),
    ("nn", "Inga eining skal kjøpe nye stolar.", Force.PROHIBITION),
    ("sv", "Ingen får attestera sin egen faktura.", Force.PROHIBITION),
    ("sv", "Inga möbler får köpas nya.", Force.PROHIBITION),
    ("da", "Ingen må underskrive alene.", Force.PROHIBITION),
    ("de", "Niemand darf allein unterschreiben.", Force.PROHIBITION),
    ("en", "No employee may sign a contract alone.", Force.PROHIBITION),
    ("en", "No officer shall place an order without a budget.", Force.PROHIBITION),
    ("en", "Nobody signs for a purchase of their own.", Force.PROHIBITION),
    ("en", "There must be no smoking in the yard.", Force.PROHIBITION),
    ("en", "Do not buy cables one at a time.", Force.PROHIBITION),
    ("en", "No reasons have to be written down.", Force.NONE),
    ("en", "Form no 12 shall be filled in first.", Force.OBLIGATION),
]


@pytest.mark.parametrize(("language", "text", "force"), NOBODY)
def test_what_nobody_may_do_is_forbidden(language: str, text: str, force: Force) -> None:
    assert said(text, language).force is force


SUBJECTS = [
    ("nb", "Den som deltar i et kjøp, skal ikke ha egne interesser i saken.", Force.PROHIBITION),
    ("nb", "Alle som mottar gaver skal melde fra.", Force.OBLIGATION),
    ("nb", "Dette er regler som leverandøren må følge.", Force.INFORMATION),
    ("sv", "Inköp som saknar täckning i budgeten får inte göras.", Force.PROHIBITION),
    ("sv", "Den som beställer en vara ska anteckna priset.", Force.OBLIGATION),
    ("en", "A unit that keeps a store shall list it.", Force.OBLIGATION),
    ("en", "These are rules that suppliers must follow.", Force.INFORMATION),
    ("en", "The chapter shows how offers can be compared.", Force.INFORMATION),
    ("nb", "Kapitlet viser hvordan tilbud skal vurderes.", Force.INFORMATION),
]


@pytest.mark.parametrize(("language", "text", "force"), SUBJECTS)
def test_a_clause_that_tells_of_the_subject_leaves_the_sentence_its_modal(
    language: str, text: str, force: Force
) -> None:
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


@pytest.mark.parametrize(
    ("text", "language", "force"),
    [
        ("Mål: engangsfri egen drift innen 2027.", "nb", Force.TARGET),
        ("Kommunestyret har satt to mål:", "nb", Force.INFORMATION),
        ("Du har lov til å snakke med leverandører før du ber om tilbud.", "nb", Force.PERMISSION),
    ],
)
def test_a_target_may_be_titled_so(text: str, language: str, force: Force) -> None:
    assert said(text, language).force is force


PLAN_WORDS = [
    ("nb", "Skilt på fasader tillates ikke.", Force.PROHIBITION),
    ("nb", "Det tillates ikke å felle trær.", Force.PROHIBITION),
    ("nb", "Det tillates to skilt per port.", Force.PERMISSION),
    ("nb", "Ved hogst stilles det krav til merking.", Force.OBLIGATION),
    ("nn", "Skilt på taket vert ikkje tillate.", Force.PROHIBITION),
    ("da", "Skilte på facader tillades ikke.", Force.PROHIBITION),
    ("sv", "Skyltar på tak tillåts inte.", Force.PROHIBITION),
    ("sv", "Vid avverkning ställs det krav på märkning.", Force.OBLIGATION),
    ("de", "Schilder am Dach sind nicht gestattet.", Force.PROHIBITION),
    ("en", "The fleet team is to log every trip.", Force.OBLIGATION),
    ("nb", "Enheten sørger for at nøklene telles.", Force.OBLIGATION),
]


@pytest.mark.parametrize(("language", "text", "force"), PLAN_WORDS)
def test_the_rule_words_of_plans_are_known(language: str, text: str, force: Force) -> None:
    assert said(text, language).force is force


NO_RULES = [
    ("nb", "Må vi reise dit?"),
    ("en", "Should the stock be larger?"),
    ("sv", "Ska lokalen hyras ut?"),
    ("da", "Skal lokalet lejes ud?"),
    ("nb", "Må betyr at det ikke finnes noe valg."),
    ("sv", "Bör betyder att det är ett råd."),
    ("en", "Must means that there is no choice."),
    ("nb", "Frost kan føre til skader på rørene."),
    ("en", "Frost can lead to burst pipes."),
    ("sv", "Frost kan leda till skador på rören."),
    ("en", "An ambition is not a duty for the single office."),
    ("nb", "Kantina er kjent for at den kan bli full."),
]


@pytest.mark.parametrize(("language", "text"), NO_RULES)
def test_questions_meanings_and_what_comes_about_are_no_rules(language: str, text: str) -> None:
    assert said(text, language).force is Force.INFORMATION


MAIN_MODALS = [
    ("en", "A van that cannot be mended may be sold at once.", Force.PERMISSION),
    ("sv", "Den som märker att en maskin i förrådet inte kan lagas ska säga till.", Force.OBLIGATION),
    ("sv", "När kontoret byter hus bör stolar, bord och lampor följa med.", Force.RECOMMENDATION),
    ("nb", "Før det tillates lagring av salt, skal gulvet tettes.", Force.OBLIGATION),
    ("nb", "I en åpen runde kan enheten sette en grense for når et tilbud er for dyrt, men ikke senere.", Force.PERMISSION),
    ("en", "Tents that are used twice a year shall be borrowed and not bought.", Force.OBLIGATION),
    ("nb", "Telt skal lånes og ikke kjøpes.", Force.OBLIGATION),
    ("da", "Telte skal lånes og ikke købes.", Force.OBLIGATION),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "force"), MAIN_MODALS)
def test_the_main_modal_is_found_behind_the_clauses_before_it(language: str, text: str, force: Force) -> None:
    assert said(text, language).force is force


FLAGS = [
    ("nb", "Departementet kan gi forskrift om lagring.", "delegates", True),
    ("sv", "Gränsen kan sättas lägre.", "delegates", False),
    ("sv", "Chefen ska i en rutin bestämma platsen.", "delegates", True),
    ("da", "Nærmere krav kan fastsættes i en vejledning.", "delegates", True),
    ("en", "The minister may by regulations set a fee.", "delegates", True),
    ("nb", "Lagring på kaia er ikke omfattet av kravet.", "exception", True),
    ("nb", "Lagring på kaia omfattes ikke av kravet.", "exception", True),
    ("nb", "Kravene følger av lov og avtale.", "restates", True),
]


@pytest.mark.parametrize(("language", "text", "flag", "is_set"), FLAGS)
def test_marks_of_delegation_exception_and_repetition(
    language: str, text: str, flag: str, is_set: bool
) -> None:
    assert (flag in said(text, language).flags) is is_set


def test_a_law_that_speaks_of_itself_repeats_nothing() -> None:
    text = "Loven gjelder ikke for lån av bøker."

    assert "restates" in said(text, "nb").flags
    assert "restates" not in said(text, "nb", is_law=True).flags


REASONED = [
    ("nb", "Fravik fra denne instruksen skal begrunnes skriftlig i arkivet.", Force.COMPLY_OR_EXPLAIN),
    ("nb", "Enheten skal leie lokalt med mindre det begrunnes hvorfor ikke.", Force.COMPLY_OR_EXPLAIN),
    ("nn", "Den som vel noko anna, skal grunngje det i bestillinga.", Force.COMPLY_OR_EXPLAIN),
    ("da", "Fraviges rækkefølgen, skal det begrundes over for lederen.", Force.COMPLY_OR_EXPLAIN),
    ("sv", "Avsteg från listan ska motiveras i protokollet.", Force.COMPLY_OR_EXPLAIN),
    ("sv", "Den som väljer ett annat märke ska ange skälet på fakturan.", Force.COMPLY_OR_EXPLAIN),
    ("en", "Departures from this guide must be justified to the director.", Force.COMPLY_OR_EXPLAIN),
    ("en", "Paint shall be water-based unless the reasons are noted on the order.", Force.COMPLY_OR_EXPLAIN),
    ("de", "Wird von der Liste abgewichen, muss dies schriftlich begründet werden.", Force.COMPLY_OR_EXPLAIN),
    ("nb", "Leverandøren skal forklare avvik fra timeplanen.", Force.OBLIGATION),
    ("nb", "Avslag skal begrunnes.", Force.OBLIGATION),
    ("en", "The panel shall give reasons for its choice of bidder.", Force.OBLIGATION),
]


@pytest.mark.parametrize(("language", "text", "force"), REASONED)
def test_who_may_depart_and_must_say_why_complies_or_explains(language: str, text: str, force: Force) -> None:
    assert said(text, language).force is force


WANTED = [
    ("nb", "Kommunen skal være en trygg arbeidsgiver for unge.", Force.TARGET),
    ("nb", "Kommunen skal være tilsluttet avtalen.", Force.OBLIGATION),
    ("nb", "Vannforbruket skal reduseres med 15 prosent.", Force.TARGET),
    ("nb", "Leverandøren skal redusere prisen med 15 prosent.", Force.OBLIGATION),
    ("en", "Water use shall be cut by five percent a year.", Force.TARGET),
    ("en", "The depot shall be doubled in size.", Force.OBLIGATION),
    ("en", "The transport board set a goal of halving noise.", Force.TARGET),
    ("en", "The report describes the goal of the programme.", Force.INFORMATION),
    ("sv", "Kommunen ska vara en god granne.", Force.TARGET),
]


@pytest.mark.parametrize(("language", "text", "force"), WANTED)
def test_what_a_municipality_wants_to_become_or_bring_down_is_a_target(
    language: str, text: str, force: Force
) -> None:
    assert said(text, language).force is force


def test_a_place_can_be_wished_something_but_charged_with_nothing() -> None:
    place = re.compile("Lillevik")

    assert said("Lillevik skal ha flere lekeplasser.", "nb", place=place).force is Force.TARGET
    assert said("Lillevik skal delta i fellesavtalen.", "nb", place=place).force is Force.OBLIGATION
    assert said("Lillevik skal ha flere lekeplasser.", "nb").force is Force.OBLIGATION


def test_a_relative_clause_with_an_adverb_leaves_the_sentence_its_modal() -> None:
    assert said("Möbler som redan finns ska flyttas.", "sv").force is Force.OBLIGATION
