"""Targets from tables and sentences, in several languages and layouts."""

from __future__ import annotations

from pathlib import Path

import pytest

import ingest
from ingest.load.formats import load
from ingest.plans import Target
from ingest.read import read_document
from ingest.wording import languages, wording

DOCUMENTS = Path(ingest.__path__[0]) / "example" / "skogvang" / "documents"


def read(path: Path, language: str) -> tuple[Target, ...]:
    return read_document(load(path), "test", language=language, is_law=False).targets


def written(folder: Path, text: str, language: str) -> tuple[Target, ...]:
    path = folder / "plan.md"
    path.write_text(text, encoding="utf-8")
    return read(path, language)


def test_a_table_of_targets_in_a_pdf_fills_every_slot_its_cells_hold() -> None:
    found = {t.number: t for t in read(DOCUMENTS / "klima-og-energiplan-2021-2030.pdf", "nb") if t.number}

    assert list(found) == [f"T{n}" for n in range(1, 10)]
    assert found["T1"].target == "70 % av møbelbehovet dekkes av ombruk"
    assert (found["T1"].baseline, found["T1"].deadline, found["T1"].responsible) == (
        "12 % (2020)",
        "2028",
        "Eiendom",
    )
    assert (found["T3"].measure, found["T3"].baseline) == ("Gram per måltid", "2020")


def test_an_empty_cell_leaves_its_slot_empty() -> None:
    found = {t.number: t for t in read(DOCUMENTS / "klima-og-energiplan-2021-2030.pdf", "nb") if t.number}

    assert found["T3"].responsible is None
    assert found["T6"].deadline is None
    assert found["T7"].baseline is None  # the cell says that nothing is known


def test_a_sentence_that_repeats_a_row_is_no_second_target() -> None:
    found = read(DOCUMENTS / "klima-og-energiplan-2021-2030.pdf", "nb")

    assert sum("møbelbehovet" in t.target for t in found) == 1


def test_a_target_in_prose_is_read_with_its_deadline_and_who_answers_for_it() -> None:
    found = read(DOCUMENTS / "temaplan-kommunale-bygg-2023-2033.pdf", "nb")

    energy = next(t for t in found if "nergibruken" in t.target)
    assert (energy.deadline, energy.baseline, energy.responsible) == ("2033", "2021", "Eiendom")


def test_a_bare_figure_is_told_with_what_it_measures() -> None:
    found = read(DOCUMENTS / "handlings-og-okonomiplan-2026-2029.pdf", "nb")

    assert found[0].target == "Netto driftsresultat i prosent av frie inntekter: Minst 1,5"
    assert found[0].baseline == "0,9 (budsjett 2026)"


TABLES = {
    "nb": ("Nr. | Mål | Måles ved | Utgangspunkt | Frist | Ansvarlig | Status", "I gang"),
    "nn": ("Nr. | Mål | Indikator | Utgangspunkt | Frist | Ansvarleg | Status", "I gang"),
    "sv": ("Nr | Mål | Indikator | Utgångsvärde | Senast | Ansvarig | Status", "Pågår"),
    "da": ("Nr. | Mål | Måles ved | Udgangspunkt | Frist | Ansvarlig | Status", "I gang"),
    "en": ("No. | Target | Measured by | Baseline | By | Owner | Status", "In progress"),
    "de": ("Nr. | Ziel | Indikator | Ausgangswert | Frist | Verantwortlich | Status", "läuft"),
}


@pytest.mark.parametrize("language", TABLES)
def test_columns_are_known_by_their_headers_in_every_language(language: str, tmp_path: Path) -> None:
    headers, status = TABLES[language]
    rule = "|".join(["---"] * 7)
    text = (
        f"# Plan\n\n| {headers} |\n|{rule}|\n| A1 | 60 % xyz | Kilo | 9 % (2024) | 2030 | Park | {status} |\n"
    )

    (found,) = written(tmp_path, text, language)

    assert found == Target(
        place=0,
        number="A1",
        target="60 % xyz",
        measure="Kilo",
        baseline="9 % (2024)",
        deadline="2030",
        responsible="Park",
        status=status,
    )


def test_each_year_with_a_column_of_its_own_is_a_target(tmp_path: Path) -> None:
    text = (
        "# Plan\n\n| Indicator | Status 2023 | Target 2027 | Target 2030 |\n|---|---|---|---|\n"
        "| Share of electric vans | 20 % | 60 % | 100 % |\n"
    )

    found = written(tmp_path, text, "en")

    assert [(t.target, t.deadline) for t in found] == [
        ("Share of electric vans: 60 %", "2027"),
        ("Share of electric vans: 100 %", "2030"),
    ]
    assert {t.baseline for t in found} == {"20 % (status 2023)"}


def test_a_table_of_measures_that_only_names_targets_holds_none(tmp_path: Path) -> None:
    text = "# Plan\n\n| Nr. | Tiltak | Mål | Ansvarlig |\n|---|---|---|---|\n| 1 | Liste over møbler | T1 | Eiendom |\n"

    assert written(tmp_path, text, "nb") == ()


def test_a_task_with_a_date_is_no_target(tmp_path: Path) -> None:
    text = "# Plan\n\nEiendom skal legge fram et forprosjekt for skolen i løpet av 2024.\n"

    assert written(tmp_path, text, "nb") == ()


@pytest.mark.parametrize("language", languages())
def test_every_language_names_the_columns_of_a_table_of_targets(language: str) -> None:
    roles = {"number", "target", "measure", "baseline", "deadline", "responsible", "status"}

    assert wording(language).columns.keys() == roles


def test_a_row_broken_over_lines_does_not_end_its_table(tmp_path: Path) -> None:
    text = (
        "# Plan\n\n| Target | Year | Lead |\n| --- | --- | --- |\n"
        "| Bins shall be emptied by electric lorries. | 2031 | Roads\nand yards |\n"
        "| Litter is down by 40 percent. | 2029 | Parks |\n"
    )
    found = {t.target: t for t in written(tmp_path, text, "en")}

    assert found["Litter is down by 40 percent."].responsible == "Parks"


def test_none_at_all_is_a_figure_of_a_target(tmp_path: Path) -> None:
    text = "# Plan\n\nOur goal is to make every ferry emission-free.\n\nOur goal is to make ferries better.\n"

    assert [t.target for t in written(tmp_path, text, "en")] == [
        "Our goal is to make every ferry emission-free"
    ]
