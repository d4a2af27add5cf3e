"""Whom a sentence binds: its subject, wherever the language puts it."""

import pytest

from ingest.force import said
from ingest.plans import Force

BEARERS = [
    ("nb", "I slike saker skal enhetslederen melde fra.", "unit"),
    ("nb", "Kommunene skal føre oversikt over egne kjøretøy.", "municipality"),
    ("nb", "Tilsynet kan kreve svar fra leverandøren.", None),
    ("nb", "Fristen er ute, og innkjøperen skal skrive til leverandøren.", "buyer"),
    ("nb", "Når enheten leier lokaler, bør den spørre naboen først.", "unit"),
    ("nb", "Kjøpet skal godkjennes av kommunalsjefen.", "unit"),
    ("nb", "Ombruk skal vurderes i all kommunal virksomhet.", None),
    ("nb", "Arbeidsdeling: Kommunen skal eie byggene.", "municipality"),
    ("nn", "Kvart år skal kommunane rapportere.", "municipality"),
    ("nn", "Verktøy skal hentast i avdelinga sitt lager.", None),
    ("da", "Herefter er det slut, men forvaltningen skal orientere byrådet.", "unit"),
    ("da", "Tilsynet kan pålægge leverandøren en bøde.", None),
    ("sv", "Varje nämnd ska lämna en rapport till kommunstyrelsen.", "unit"),
    ("sv", "I sådana fall ska beställaren ringa leverantören.", "buyer"),
    ("sv", "Länsstyrelsen får begära uppgifter av kommunen.", None),
    ("de", "Vor dem Kauf muss die Dienststelle den Bestand prüfen.", "unit"),
    ("en", "Kitchen towels shall be washed at 60 degrees.", None),
    ("en", "Chairs for school halls should be stacked.", None),
    ("en", "The buyer shall ask the supplier for a price.", "buyer"),
    ("en", "The form must be signed by the head of service.", "unit"),
    ("en", "In urgent cases the officer may order by telephone.", "buyer"),
    ("en", "Officers who travel must keep their tickets.", "buyer"),
]


@pytest.mark.parametrize(("language", "text", "bearer"), BEARERS)
def test_the_subject_bears_the_rule_and_not_whoever_else_is_named(
    language: str, text: str, bearer: str | None
) -> None:
    assert said(text, language).bearer == bearer


DESCRIBED = [
    ("nb", "Hvert fjerde år skal planen rulleres."),
    ("nb", "Forskriften skal bidra til ryddige kjøp."),
    ("nb", "Håndboka skal leses sammen med reglementet."),
    ("nn", "Retningslinene skal medverke til færre reiser."),
    ("da", "Retningslinjerne skal bidrage til færre rejser."),
    ("sv", "Varje år ska planen ses över."),
    ("sv", "Riktlinjen ska läsas tillsammans med policyn."),
    ("en", "The guidelines shall contribute to fewer journeys."),
    ("en", "All other terms shall remain unchanged."),
    ("en", "The purpose shall be to save paper."),
]


@pytest.mark.parametrize(("language", "text"), DESCRIBED)
def test_what_a_document_is_for_binds_nobody(language: str, text: str) -> None:
    what = said(text, language)

    assert what.force is Force.INFORMATION
    assert "descriptive" in what.flags


BINDING = [
    ("nb", "Retningslinjene skal legges til grunn ved leie av lokaler."),
    ("nb", "Kravene i tabell 2 skal oppfylles."),
    ("nb", "Utlån som ikke er meldt, skal føres opp til neste rullering."),
    ("sv", "Kraven i planen ska följas vid hyra."),
    ("da", "Kravene i planen skal følges ved leje."),
    ("en", "The limits in the report shall be kept."),
    ("en", "In such cases the plan owner shall sign."),
]


@pytest.mark.parametrize(("language", "text"), BINDING)
def test_a_rule_that_only_names_a_document_still_binds(language: str, text: str) -> None:
    assert said(text, language).force is Force.OBLIGATION
