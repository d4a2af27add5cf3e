"""Which sentences can be asked about: those that say something and need nothing before them."""

from __future__ import annotations

import pytest

from assistant.training import Trainer
from assistant.training.teachable import of_a_period, opening_noun, reads_alone, stands_for
from ingest.plans import BlockKind, Force
from ingest.store import StoredSection, StoredStatement
from tests.assistant.training.conftest import DAY

SECTION = StoredSection(number="4", heading="Innkjøp", path=("Innkjøp",))


def sentence(text: str, language: str) -> StoredStatement:
    return StoredStatement(
        statement_id=1, document_id=1, place=1, passage_row=1, section=1, text=text, context="",
        language=language, kind=BlockKind.PARAGRAPH, force=Force.OBLIGATION, bearer=None, amounts=(), dates=(),
        flags=frozenset(), spans=(),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("language", "noun", "before"),
    [
        ("nb", "Fullmakten kan ikke gis videre til andre.", "Lederen har fullmakt."),
        ("nb", "Redegjørelsen skal være skriftlig.", "Enheten skal redegjøre for valget."),
        ("nn", "Sertifiseringa skal vere dokumentert.", "Treverk skal vere sertifisert."),
        ("sv", "Avgiften ska vara avskräckande.", "Myndigheten kan besluta om skadeavgift."),
        ("sv", "Kortet får inte lånas ut.", "Ett inköpskort får användas."),
        ("da", "Fuldmagten kan ikke gives videre.", "Lederen har fuldmagt."),
        ("en", "The reservation may not be combined.", "A buyer may reserve a competition."),
    ],
)
def test_a_definite_noun_just_named_stands_for_what_was_named(language: str, noun: str, before: str) -> None:
    assert stands_for(opening_noun(noun, language), before)
    assert not stands_for(opening_noun(noun, language), "…")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nb", "Enhetslederen godkjenner kjøp til 100 000 kroner."),
        ("en", "The penalties in a contract shall be fair."),
        ("en", "Buyers shall ask three firms."),
    ],
)
def test_a_noun_that_the_sentence_itself_explains_stands_for_nothing_before(language: str, text: str) -> None:
    noun = opening_noun(text, language)
    assert not (noun and stands_for(noun, "Ombruksenheten hjelper. Penalty clauses. Buyer."))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nb", "Når flytting ikke passer, kan enheten kjøpe nytt etter kravene i L1 og L2."),
        ("nb", "Rapporten skal vise status for målene i tabell 3."),
        ("sv", "Den som inte kan följa ett krav i kapitel 5 ska samråda med strategen."),
        ("sv", "I steg 2 ska minst två skriftliga offerter tas in."),
        ("en", "No officer shall place an order for which Table 4 holds no money."),
        ("en", "The staff there can hold an item for five days and no longer."),
        ("nb", "Arbeidet skal etter planen være ferdig til skolestart."),
    ],
)
def test_what_points_at_another_place_of_its_document_does_not_read_alone(language: str, text: str) -> None:
    assert not reads_alone(sentence(text, language), SECTION)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nb", "Utslipp av CO2 fra innkjøp skal måles hvert år i hele kommunen."),
        ("en", "Paper of size A4 shall be recycled paper in all Council offices."),
        ("sv", "Bildskärmar ska användas i minst nio år."),
    ],
)
def test_codes_that_anyone_knows_are_no_labels(language: str, text: str) -> None:
    assert reads_alone(sentence(text, language), SECTION)


@pytest.mark.parametrize(
    ("language", "text", "rate"),
    [
        ("sv", "för högst 300 kronor per månad och avdelning", True),
        ("nb", "inntil 5 000 kroner i året uten søknad", True),
        ("en", "up to £20,000 within the service in a year", True),
        ("nb", "for kjøp over 100 000 kroner skal tre tilbud hentes inn", False),
        ("en", "a purchase of £500 or more", False),
    ],
)
def test_an_amount_of_a_period_measures_no_single_purchase(language: str, text: str, rate: bool) -> None:
    end = max(text.find(unit) + len(unit) for unit in ("kronor", "kroner", "20,000", "£500") if unit in text)
    assert (of_a_period(language).match(text, end) is not None) is rate


def test_what_only_advises_allows_nothing(trainer: Trainer) -> None:
    material = trainer.material("nb", DAY)
    phones = next(r for r in material.everything if r.text == "Mobiltelefoner kan byttes ut etter 3 år.")
    assert not material.askable(phones)
