"""The register held against what documents say of themselves."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.compare import Difference, differences
from ingest.load.markdown import load
from ingest.register import read_register

Compared = Callable[..., tuple[Difference, ...]]
COVER = """# Klima- og energiplan 2023–2032

Vedtatt av kommunestyret 15. juni 2023

Gyldig fra 1. juli 2023

## 1 Innledning

Kommunen skal gå foran. Planen gjelder for hele kommunen.
"""
REGISTER = """
municipality: {{id: testby, name: Testby kommune, languages: [nb]}}
bodies:
  - {{id: kommunestyret, rank: 3, name: {{nb: Kommunestyret}}}}
  - {{id: formannskapet, rank: 4, name: {{nb: Formannskapet}}}}
plans:
  - {{id: OLD, file: old.md, title: Energiplan for Testby, level: 3, kind: sub-plan, status: superseded}}
  - {{id: KEP, file: kep.md, title: "{title}", level: {level}, kind: sub-plan, status: {status},
     adopted_by: {body}, adopted_on: {adopted}, valid_from: 2023-07-01, valid_to: {until},
     amended_on: [{amended}], language: nb, supersedes: [{supersedes}]}}
"""
AS_THE_COVER = {
    "title": "Klima- og energiplan 2023–2032",
    "level": "3",
    "status": "adopted",
    "body": "kommunestyret",
    "adopted": "2023-06-15",
    "until": "2032-12-31",
    "amended": "",
    "supersedes": "",
}


@pytest.fixture
def compared(tmp_path: Path) -> Compared:
    """What differs between a cover and a register that says the same but for some fields."""

    def compare(cover: str = COVER, **said: str) -> tuple[Difference, ...]:
        (tmp_path / "kep.md").write_text(cover, encoding="utf-8")
        (tmp_path / "old.md").write_text("# Energiplan for Testby\n\nTekst.\n", encoding="utf-8")
        (tmp_path / "plans.yaml").write_text(REGISTER.format(**(AS_THE_COVER | said)), encoding="utf-8")
        register = read_register(tmp_path)
        assert register is not None
        return differences(register, {file: load(tmp_path / file) for file in ("kep.md", "old.md")})

    return compare


def test_a_register_that_says_the_same_is_met_with_silence(compared: Compared) -> None:
    assert compared() == ()


ROWS = [
    ("title", {"title": "Klima- og energiplan 2019–2028"}, "«Klima- og energiplan 2023–2032»"),
    ("title", {"title": "Reglement for folkevalgte"}, "«Klima- og energiplan 2023–2032»"),
    ("adopted_on", {"adopted": "2023-05-15"}, "2023-06-15"),
    ("adopted_by", {"body": "formannskapet"}, "kommunestyret"),
    ("valid_to", {"until": "2030-12-31"}, "2032-12-31"),
]


@pytest.mark.parametrize(("field", "registered", "said"), ROWS)
def test_another_value_is_told_with_the_words(
    compared: Compared, field: str, registered: dict[str, str], said: str
) -> None:
    (found,) = compared(**registered)

    assert (found.field, found.said) == (field, said)
    assert found.words in COVER


COVERS = [
    ("status", COVER.replace("Vedtatt av kommunestyret 15. juni 2023", "Høringsutkast"), "hearing"),
    ("level", COVER.replace("Vedtatt", "Plannivå 2: kommuneplan\n\nVedtatt"), "2"),
    ("amended_on", COVER.replace("Gyldig", "Sist endret 20. mars 2025\n\nGyldig"), "2025-03-20"),
    ("supersedes", COVER.replace("Gyldig", "Erstatter Energiplan for Testby\n\nGyldig"), "OLD"),
]


@pytest.mark.parametrize(("field", "cover", "said"), COVERS)
def test_what_the_cover_says_and_the_register_does_not_is_told(
    compared: Compared, field: str, cover: str, said: str
) -> None:
    (found,) = compared(cover)

    assert (found.field, found.said) == (field, said)


def test_a_change_the_register_knows_is_no_difference(compared: Compared) -> None:
    cover = COVER.replace("Gyldig", "Sist endret 20. mars 2025\n\nGyldig")

    assert compared(cover, amended="2025-03-20") == ()


def test_a_document_that_says_nothing_is_met_with_silence(compared: Compared) -> None:
    assert compared("# Klima- og energiplan\n\nKommunen skal gå foran.\n") == ()


def test_a_draft_that_names_who_is_to_decide_is_no_difference(compared: Compared) -> None:
    cover = COVER.replace("Vedtatt av kommunestyret 15. juni 2023", "Vedtas av kommunestyret i juni 2027")

    assert compared(cover, status="hearing", body="null", adopted="null") == ()


def test_a_plan_may_go_on_until_its_financial_year_ends(compared: Compared) -> None:
    assert compared(until="2033-03-31") == ()


def test_the_message_names_place_field_and_both_values(compared: Compared) -> None:
    (found,) = compared(adopted="2023-05-15")

    assert str(found) == (
        "KEP kep.md: adopted_on: the register says 2023-05-15, the document says 2023-06-15:"
        " «Vedtatt av kommunestyret 15. juni 2023»"
    )
