"""Aims told in prose, and the names of those who are to reach them."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.load.markdown import load
from ingest.plans import Force
from ingest.read import ReadDocument, read_document


def _read(folder: Path, text: str, language: str) -> ReadDocument:
    path = folder / "plan.md"
    path.write_text(text, encoding="utf-8")
    return read_document(load(path), "", language=language, is_law=False)


def _forces(read: ReadDocument) -> dict[str, Force]:
    return {s.text.split()[0]: s.force for s in read.statements}


AIMS = [
    ("nb", "# 3 Mål", "For skolene skal minst 55 prosent av brødet være grovt."),
    ("nn", "# Våre mål", "I barnehagane skal 55 prosent av brødet vere grovt."),
    ("da", "# Mål", "For skolerne skal mindst 55 procent af brødet være groft."),
    ("sv", "# 2 Mål", "För skolorna ska minst 55 procent av brödet vara grovt."),
    ("en", "# Our targets", "In schools 55 per cent of the bread shall be wholemeal."),
]


@pytest.mark.parametrize(("language", "heading", "text"), AIMS)
def test_a_share_in_a_chapter_of_targets_is_a_target(
    tmp_path: Path, language: str, heading: str, text: str
) -> None:
    read = _read(tmp_path, f"{heading}\n\n{text}\n", language)

    assert [s.force for s in read.statements] == [Force.TARGET]
    assert len(read.targets) == 1


def test_the_same_words_elsewhere_are_a_duty(tmp_path: Path) -> None:
    read = _read(tmp_path, "# 4 Krav\n\nFor skolene skal minst 55 prosent av brødet være grovt.\n", "nb")

    assert [s.force for s in read.statements] == [Force.OBLIGATION]
    assert not read.targets


def test_a_chapter_about_targets_has_none_of_its_own(tmp_path: Path) -> None:
    text = "# How the targets were set\n\nBread was cut by 10 per cent by 2021, compared to 2015.\n"

    assert not _read(tmp_path, text, "en").targets


def test_what_a_sentence_announces_as_targets_are_targets(tmp_path: Path) -> None:
    text = (
        "# Intro\n\nThe town has two targets:\n\nHalving paper use by 2029.\n\n"
        "Cutting journeys by 30 per cent by 2031.\n\nThe canteen is closed on Fridays.\n\nIt was small.\n\n"
        "It grew.\n\nSales rose by 4 per cent by 2032.\n"
    )

    forces = _forces(_read(tmp_path, text, "en"))

    assert forces["Halving"] is forces["Cutting"] is Force.TARGET
    assert forces["Sales"] is Force.INFORMATION


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The town's own target: fossil-free vans by 2028."),
        ("en", "All street lamps will be switched to LED by 2029."),
        ("nb", "Kommunens eget mål: fossilfrie varebiler innen 2028."),
        ("nb", "Alle gatelys vil være byttet ut innen 2029."),
        ("sv", "Kommunens eget mål: fossilfria skåpbilar senast 2028."),
        ("da", "Kommunens eget mål: fossilfri varebiler inden 2028."),
    ],
)
def test_a_titled_or_promised_state_with_a_year_is_a_target(tmp_path: Path, language: str, text: str) -> None:
    assert len(_read(tmp_path, text + "\n", language).targets) == 1


def test_a_forecast_is_no_target(tmp_path: Path) -> None:
    assert not _read(tmp_path, "The population will pass 40,000 by 2033.\n", "en").targets


def test_a_unit_is_known_by_the_name_the_document_calls_it(tmp_path: Path) -> None:
    text = (
        "# Ansvar\n\n| Tiltak | Ansvarlig |\n|---|---|\n| Kartlegge tak | Bygg og anlegg |\n\n"
        "Bygg og anlegg skal føre lista.\n\nHvert halvår skal Lager telle opp.\n\nLager bør rydde.\n\n"
        "I dag skal Granvik kommune feire.\n\nGranvik skal vokse.\n"
    )

    bearers = {s.text: s.bearer for s in _read(tmp_path, text, "nb").statements}

    assert bearers["Bygg og anlegg skal føre lista."] == "unit"
    assert bearers["Lager bør rydde."] == "unit"
    assert bearers["Granvik skal vokse."] is None
