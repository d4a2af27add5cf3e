"""When single provisions hold, by the notes their own text prints."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from ingest.build import ingest
from ingest.load import load_in_process
from ingest.load.markdown import load
from ingest.periods import Period
from ingest.read import read_document
from ingest.store import Store
from tests.ingest.conftest import HashEncoder

Held = Callable[..., dict[str, tuple[str | None, str | None]]]
LAW = """# Lov om innkjøp

## § 4. Klima

Klima skal vektes. {note}

## § 5. Åpenhet

Oppdragsgiver skal kunngjøre.
"""


@pytest.fixture
def held(tmp_path: Path) -> Held:
    """First and last day of each statement that has one, by its first word."""

    def read(text: str, language: str = "nb") -> dict[str, tuple[str | None, str | None]]:
        path = tmp_path / "lov.md"
        path.write_text(text, encoding="utf-8")
        found = read_document(load(path), "", language=language, is_law=True)
        return {
            s.text.split()[0]: (
                s.valid_from.isoformat() if s.valid_from else None,
                s.valid_to.isoformat() if s.valid_to else None,
            )
            for s in found.statements
            if s.valid_from or s.valid_to
        }

    return read


NOTES = [
    ("nb", "Oppheves ved lov 6 mars 2026 nr. 8 (i kraft 1 juli 2026 iflg. res. 10 april 2026 nr. 5).", None, "2026-06-30"),
    ("nb", "Endres ved lov 6 mars 2026 nr. 8 (i kraft 1 juli 2026).", None, "2026-06-30"),
    ("nb", "Endret ved lov 20 juni 2025 nr. 96 (i kraft 1 jan 2026).", "2026-01-01", None),
    ("nb", "Tilføyd ved lov 20 juni 2025 nr. 96 (i kraft 1. juli 2026).", "2026-07-01", None),
    ("nb", "Endret ved lover 13 jan 2017 nr. 2 (ikr. 14 feb 2017 iflg. res. 10 feb 2017 nr. 157), 16 juni 2023 nr. 68"
     " (i kraft 1 juli 2023).", "2023-07-01", None),
    ("nb", "Tilføyd ved lov 20 april 2017 nr. 4 (i kraft 1 mai 2017), endret ved lov 1 aug 2023 nr. 5 (i kraft 1 jan 2024)."
     " Oppheves ved lov 6 mars 2026 nr. 8 (i kraft 1 juli 2026).", "2024-01-01", "2026-06-30"),
    ("nb", "Opphevet ved lov 6 mars 2020 nr. 8.", None, "2020-03-05"),
    ("nb", "Denne paragrafen trer i kraft 1. juli 2026.", "2026-07-01", None),
    ("nb", "[Trer i kraft 1. juli 2026]", "2026-07-01", None),
    ("nn", "Endra ved lov 20 juni 2025 nr. 96 (i kraft 1 jan 2026).", "2026-01-01", None),
    ("sv", "Upphävs genom lag (2026:12) som träder i kraft den 1 juli 2026.", None, "2026-06-30"),
    ("da", "Ophæves ved lov nr. 8 af 6. marts 2026 (i kraft 1. juli 2026).", None, "2026-06-30"),
    ("en", "Repealed by Act 8 of 2026, with effect from 1 July 2026.", None, "2026-06-30"),
    ("en", "Inserted by Act 8 of 2026 (in force from 1 July 2026).", "2026-07-01", None),
    ("en", "This section comes into force on 1 July 2026.", "2026-07-01", None),
]  # fmt: skip


@pytest.mark.parametrize(("language", "note", "begins", "ends"), NOTES)
def test_a_note_below_a_provision_dates_it(
    held: Held, language: str, note: str, begins: str | None, ends: str | None
) -> None:
    assert held(LAW.format(note=f"\n\n{note}"), language)["Klima"] == (begins, ends)


UNDATED = [
    "Oppheves ved lov 6 mars 2026 nr. 8 (i kraft fra den tid Kongen bestemmer).",
    "Endret ved lov 16 juni 2023 nr. 68.",
    "Kongen kan sette i kraft de enkelte bestemmelsene til forskjellig tid.",
    "Fristen gjelder fra 1. juli 2026 for alle kjøp.",
]


@pytest.mark.parametrize("note", UNDATED)
def test_a_note_without_a_day_of_its_own_dates_nothing(held: Held, note: str) -> None:
    assert "Klima" not in held(LAW.format(note=f"\n\n{note}"))


def test_the_next_provision_keeps_its_own_time(held: Held) -> None:
    found = held(LAW.format(note="\n\nOppheves ved lov 6 mars 2026 nr. 8 (i kraft 1 juli 2026)."))

    assert "Oppdragsgiver" not in found


def test_a_day_in_the_heading_dates_the_provision(held: Held) -> None:
    text = LAW.format(note="").replace("§ 4. Klima", "§ 4. Klima [trer i kraft 1. juli 2026]")

    assert held(text) == {"Klima": ("2026-07-01", None)}


HEADED = [
    ("nb", "(tilføyd ved lov 3 mars 2026 nr. 2, i kraft 1. oktober 2026)", "2026-10-01", None),
    ("nb", "(oppheves ved lov 3 mars 2026 nr. 2, i kraft 1. oktober 2026)", None, "2026-09-30"),
    ("nn", "(endra ved lov 3 mars 2026 nr. 2, i kraft 1. oktober 2026)", "2026-10-01", None),
    ("sv", "(införd genom lag 2026:2, träder i kraft den 1 oktober 2026)", "2026-10-01", None),
    ("da", "(indsat ved lov nr. 2, i kraft 1. oktober 2026)", "2026-10-01", None),
    ("en", "(is repealed by Act 2 of 2026, with effect from 1 October 2026)", None, "2026-09-30"),
]


@pytest.mark.parametrize(("language", "note", "begins", "ends"), HEADED)
def test_a_note_at_the_heading_dates_the_whole_provision(
    held: Held, language: str, note: str, begins: str | None, ends: str | None
) -> None:
    text = LAW.format(note="Pris teller også.").replace("§ 4. Klima", f"§ 4. Klima {note}")

    assert held(text, language) == {"Klima": (begins, ends), "Pris": (begins, ends)}


def test_a_note_at_the_end_dates_every_sentence_above_it(held: Held) -> None:
    note = "Pris teller også.\n\n- Kvalitet teller.\n\nEndret ved lov 3 mars 2026 nr. 2 (i kraft 1 okt 2026)."

    dated = held(LAW.format(note=note))

    assert {dated[word] for word in ("Klima", "Pris", "Kvalitet")} == {("2026-10-01", None)}
    assert "Oppdragsgiver" not in dated


def test_a_day_at_a_chapters_heading_dates_all_its_provisions(held: Held) -> None:
    text = LAW.format(note="").replace("## §", "### §")
    text = text.replace("### § 4", "## Kapittel 2. Krav [trer i kraft 1. oktober 2026]\n\n### § 4")

    assert held(text) == {"Klima": ("2026-10-01", None), "Oppdragsgiver": ("2026-10-01", None)}


def test_provisions_named_elsewhere_in_the_text_are_dated(held: Held) -> None:
    text = LAW.format(note="") + "\n## § 9. Ikrafttredelse\n\n§§ 4 til 5 trer i kraft 1. juli 2026.\n"

    assert held(text) == {"Klima": ("2026-07-01", None), "Oppdragsgiver": ("2026-07-01", None)}


def test_the_days_are_kept_with_the_statement(plan_folder: Callable[..., Path], tmp_path: Path) -> None:
    index = tmp_path / "index"
    folder = plan_folder(p=LAW.format(note="\n\nOppheves ved lov 6 mars 2026 nr. 8 (i kraft 1 juli 2026)."))

    ingest(folder, index, cache=index, encoder=HashEncoder())

    store = Store.open(index)
    document = store.documents()[0].document_id
    klima = next(s for s in store.statements_of(document) if s.text.startswith("Klima"))
    assert store.periods(document)[klima.place] == Period(None, date(2026, 6, 30))


@pytest.mark.slow
def test_in_the_real_law_the_words_of_june_and_of_july_are_told_apart(shared: Path) -> None:
    path = shared / "corpus" / "1-law" / "anskaffelsesloven_2016-73.pdf"
    found = read_document(load_in_process(path), "", language="nb", is_law=True)

    last = {found.sections[s.section].number for s in found.statements if s.valid_to == date(2026, 6, 30)}
    bounded = {found.sections[s.section].number for s in found.statements if s.valid_to}
    assert last == bounded == {"§ 1", "§ 2", "§ 3", "§ 5", "§ 5a", "§ 6", "§ 7"}


@pytest.mark.slow
def test_in_the_real_regulation_the_rule_of_thirty_per_cent_ends_with_june(shared: Path) -> None:
    path = shared / "corpus" / "1-law" / "anskaffelsesforskriften_2016-974.pdf"
    found = read_document(load_in_process(path), "", language="nb", is_law=True)

    (rule,) = [s for s in found.statements if "med minimum tretti prosent" in s.text]
    assert (rule.valid_from, rule.valid_to) == (date(2024, 1, 1), date(2026, 6, 30))
