from __future__ import annotations

from datetime import date

import pytest

from ingest.guess_cover import CoverLine
from ingest.guess_sentences import sentences, unbroken
from ingest.plans import RevisionDue, Status
from tests.ingest.guessing import guess, guessed_plan, guessed_version, text

# --- who decided --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "body"),
    [
        ("Adopted by the Climate and Place Committee on 9 February 2023", "climate-and-place-committee"),
        ("Issued by the Chief Procurement Officer on 1 September 2025", "chief-procurement-officer"),
        ("Vedtatt i Kommunestyret 12.06.2025", "kommunestyret"),
        ("Beslutad av: Kommunfullmäktige 2024-04-22, § 48", "kommunfullmäktige"),
        ("Vedtaget af Økonomiudvalget den 3. maj 2024", "økonomiudvalget"),
    ],
)
def test_body_has_the_whole_name_that_the_decision_gives_it(line: str, body: str) -> None:
    assert guessed_version("Strategi", line).adopted_by == body


def test_body_has_one_id_however_the_documents_write_it() -> None:
    register, _ = guess(
        one=text("Strategi", "Vedtatt av kommunestyret 12.06.2025"),
        two=text("Rutine", "Vedtatt av kommunestyret 13.06.2025"),
        three=text("Reglement", "Kommunestyrets vedtak 14.06.2025"),
    )

    assert [body.body_id for body in register.bodies] == ["kommunestyret"]
    assert {plan.versions[0].adopted_by for plan in register.plans} == {"kommunestyret"}


@pytest.mark.parametrize(
    "line",
    [
        "Remissversion 2026-10-05, ej beslutad",
        "Beslutas av: Kommunfullmäktige, planerat till april 2027",
        "Ikke vedtatt per 12.06.2025",
    ],
)
def test_decision_still_to_come_is_none(line: str) -> None:
    version = guessed_version("Program för klimat", line)

    assert (version.adopted_by, version.adopted_on) == (None, None)


def test_decision_goes_on_where_the_line_broke() -> None:
    version = guessed_version(
        "Mål och budget 2026",
        "Kommunfullmäktige fastställde budgeten den 24 november 2025, § 131. Budgeten gäller från och med",
        "2026-01-01 till och med 2026-12-31.",
    )

    assert (version.adopted_by, version.adopted_on) == ("kommunfullmäktige", date(2025, 11, 24))


def test_plan_that_names_no_first_day_holds_from_its_decision() -> None:
    register, guesses = guess(plan=text("Anskaffelsesreglement", "Vedtatt av kommunestyret 15.06.2023"))

    (why,) = [each for each in guesses if each.field == "valid_from"]
    assert register.plan("plan").versions[0].valid_from == date(2023, 6, 15)
    assert why.words == "Vedtatt av kommunestyret 15.06.2023"


# --- national texts -----------------------------------------------------------------------


def test_national_text_is_adopted_by_a_national_body() -> None:
    version = guessed_version(
        "Public Buying Act",
        "Act passed by the National Assembly on 9 November 2023",
        "In force from 1 April 2024",
    )

    assert (version.adopted_by, version.adopted_on) == ("national-assembly", date(2023, 11, 9))
    assert version.valid_from == date(2024, 4, 1)


def test_law_that_speaks_of_deciding_is_not_decided_by_it() -> None:
    version = guessed_version(
        "Lov om offentlige anskaffelser", "Departementet kan i forskrift fastsette flere unntak."
    )

    assert (version.adopted_by, version.adopted_on, version.valid_from) == (None, None, None)


@pytest.mark.parametrize(
    ("title", "line", "kind"),
    [
        ("Public Buying Act and Buying Regulations", "A paraphrase", "law"),
        ("Upphandlingsregler", "Nationella regler, återgivna i korthet", "law"),
        ("National Proportionality Guide for Public Buyers", "Second edition", "guidance"),
        ("Anskaffelsesregler", "Plannivå 1: gjengir anskaffelsesloven", "law"),
    ],
)
def test_text_of_national_rules_is_national(title: str, line: str, kind: str) -> None:
    plan = guessed_plan(title, line)

    assert (plan.level, plan.kind) == (1, kind)


# --- kind ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "line", "kind"),
    [
        ("Estates and Workplaces Plan", "Thematic plan adopted by Full Council on 16 May 2024", "theme-plan"),
        ("Trygg mat i skolan", "Dokumenttyp: Riktlinjer", "guideline"),
        ("Innkjøpshåndbok", "Reglementet er fastsatt av kommunestyret 12.06.2025", "handbook"),
    ],
)
def test_document_that_says_its_kind_has_it(title: str, line: str, kind: str) -> None:
    assert guessed_plan(title, line).kind == kind


@pytest.mark.parametrize(
    ("title", "level", "kind"),
    [
        ("City of Elmford Strategic Plan 2024–2034", 2, "master-plan"),
        ("Handlingsprogram 2026–2029 og årsbudsjett 2026", 2, "budget"),
        ("Trafikksikkerhetsplan 2024–2028", 3, "theme-plan"),
        ("Kasse- og regnskabsregulativ", 4, "standing-orders"),
    ],
)
def test_plan_of_the_council_has_the_place_that_its_title_tells(title: str, level: int, kind: str) -> None:
    plan = guessed_plan(title, "Vedtatt av kommunestyret 12.06.2025")

    assert (plan.level, plan.kind) == (level, kind)


def test_plan_of_nobody_known_gets_the_lowest_level() -> None:
    assert guessed_plan("Trafikksikkerhetsplan 2024–2028").level == 4


def test_policy_stands_where_the_language_places_it() -> None:
    swedish = guessed_plan("Måltidspolicy", "Kommunen ska inte köpa nya möbler när det finns begagnade.")
    english = guessed_plan("Food policy", "The council must not buy new furniture when used is to be had.")

    assert (swedish.level, english.level) == (3, 4)


# --- owner and revision -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "owner"),
    [
        ("Dokumentansvarig: kommundirektören", "kommundirektören"),
        ("Ansvarig för dokumentet: Upphandlingschefen, kontoret", "Upphandlingschefen, kontoret"),
        ("Owner of this paraphrase: Procurement Team", "Procurement Team"),
        ("• Ansvarig: Måltidschefen", "Måltidschefen"),
        ("Ekonomichefen svarar för dokumentet.", "Ekonomichefen"),
        ("Skogvang kommune, Innkjøp", "Innkjøp"),
        ("Dokumentejer: Indkøbsafdelingen", "Indkøbsafdelingen"),
    ],
)
def test_owner_is_who_the_cover_says_keeps_the_document(line: str, owner: str) -> None:
    assert guessed_plan("Strategi", line).owner == owner


@pytest.mark.parametrize(
    "line", ["Skogvang kommune – kommuneplanens samfunnsdel", "Eieren av bygget svarer."]
)
def test_what_stands_beside_no_label_is_no_owner(line: str) -> None:
    assert guessed_plan("Strategi", line).owner is None


@pytest.mark.parametrize(
    ("line", "due"),
    [
        ("Første rullering: 2025", RevisionDue(on=date(2025, 12, 31))),
        ("Rulleres i desember 2026.", RevisionDue(on=date(2026, 12, 31))),
        ("To be renewed by 30 June 2026", RevisionDue(on=date(2026, 6, 30))),
        ("The strategy shall be renewed by June 2029.", RevisionDue(on=date(2029, 6, 30))),
        ("Ska ses över: senast 2028-09-01", RevisionDue(on=date(2028, 9, 1))),
        ("Gjennomgås hvert år i januar", RevisionDue(every_years=1)),
    ],
)
def test_next_revision_may_be_a_day_a_month_or_every_year(line: str, due: RevisionDue) -> None:
    assert guessed_plan("Rutine", line).revision_due == due


def test_plan_strategy_tells_when_other_plans_are_revised() -> None:
    filler = ["Kommunen har mange planer som virker sammen."] * 40
    plan = guessed_plan("Planstrategi 2024–2027", *filler, "Planen skal revideres i 2025.")

    assert plan.revision_due is None


# --- periods ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        "Period: 1 March 2023 to 31 December 2025",
        "Planperiode: 1. mars 2023 – 31. desember 2025",
        "Budgeten gäller från och med 2023-03-01 till och med 2025-12-31.",
    ],
)
def test_labelled_period_tells_first_and_last_day(line: str) -> None:
    version = guessed_version("Handlingsplan", "Vedtatt av kommunestyret 09.02.2023", line)

    assert (version.valid_from, version.valid_to) == (date(2023, 3, 1), date(2025, 12, 31))


def test_draft_is_told_by_a_denied_decision() -> None:
    assert guessed_version("Program", "Remissversion, ej beslutad 2026-10-05").status is Status.HEARING


# --- sentences ----------------------------------------------------------------------------


def lines(*written: str, page: int | None = 1) -> list[CoverLine]:
    return [CoverLine(each, page, 10.0) for each in written]


def test_line_that_goes_on_in_small_letters_is_joined() -> None:
    assert [each.text for each in sentences(lines("Antaget av", "kommunfullmäktige"))] == [
        "Antaget av kommunfullmäktige"
    ]


@pytest.mark.parametrize("second", ["Eier: Innkjøp", "2 Innledning", "Bokmål og engelsk", "• et punkt"])
def test_line_that_says_its_own_is_not_joined(second: str) -> None:
    assert len(sentences(lines("Erstatter strategi for innkjøp", second))) == 2


def test_sentences_of_one_line_are_told_apart() -> None:
    found = sentences(lines("Eier: Innkjøp. Neste revisjon: 2029. Se nr. 5 og jf. Reglementet."))

    assert [each.text for each in found] == [
        "Eier: Innkjøp.",
        "Neste revisjon: 2029.",
        "Se nr. 5 og jf. Reglementet.",
    ]


def test_word_divided_at_the_line_end_is_put_together() -> None:
    assert unbroken("kommunedel- planen for klima- og energi") == "kommunedelplanen for klima- og energi"
