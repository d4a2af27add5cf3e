"""A text that stands in two plans or two formats is one passage with all its places."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import docx
import pytest
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate

from assistant.answers import RankedPassage
from assistant.folding import folded
from assistant.settings import Settings
from assistant.wire import Assistant
from ingest.build import ingest
from ingest.embed import Encoder
from ingest.places import cache_folder

LAW = "Et kjøp skal ikke deles opp for å unngå bestemmelsene i denne loven."
REST = "Kommunen skal ikke velge en beregningsmetode for å unngå dem."
FURNITURE = "Enhetene skal vurdere brukte møbler før det kjøpes nye møbler til kontorer og skoler."
SIGNING = "Enhetsleder godkjenner anskaffelser til og med 100 000 kroner i eget område."

REGISTER = """
municipality: {id: fjordvik, name: Fjordvik kommune, languages: [nb]}
plans:
  - {id: LOV, file: lov.md, title: Anskaffelsesregler, level: 1, kind: law, valid_from: 2024-01-01}
  - {id: REG, file: reglement.pdf, title: Reglement, level: 4, kind: regulations, valid_from: 2025-01-01}
  - {id: REG-W, file: reglement.docx, title: Reglement, level: 4, kind: regulations, valid_from: 2025-01-01}
  - {id: HB, file: handbok.md, title: Innkjøpshåndbok, level: 4, kind: handbook, valid_from: 2025-01-01}
"""
PARTS = (("1 Godkjenning", SIGNING), ("2 Møbler", FURNITURE))


@pytest.fixture(scope="module")
def searched(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Assistant:
    folder, index = tmp_path_factory.mktemp("documents"), tmp_path_factory.mktemp("index")
    (folder / "plans.yaml").write_text(REGISTER, encoding="utf-8")
    (folder / "lov.md").write_text(f"# Lov\n\n## § 4 Oppdeling\n\n{LAW} {REST}\n", encoding="utf-8")
    (folder / "handbok.md").write_text(
        f"# Håndbok\n\n## 3 Del ikke opp\n\nLoven sier det slik: «{LAW}» Spør innkjøp ved tvil.\n",
        encoding="utf-8",
    )
    _write_pdf(folder / "reglement.pdf")
    _write_docx(folder / "reglement.docx")
    ingest(folder, index, cache=cache_folder(os.environ), encoder=encoder)
    return Assistant(index, Settings.from_env(os.environ))


def _write_pdf(path: Path) -> None:
    styles = getSampleStyleSheet()
    flow: list[Any] = [Paragraph("Reglement for innkjøp", styles["Title"])]
    for heading, text in PARTS:
        flow += [Paragraph(heading, styles["Heading1"]), Paragraph(text, styles["BodyText"])]
    SimpleDocTemplate(str(path)).build(flow)


def _write_docx(path: Path) -> None:
    document = docx.Document()
    document.add_heading("Reglement for innkjøp", 0)
    for heading, text in PARTS:
        document.add_heading(heading, 1)
        document.add_paragraph(text)
    document.save(str(path))


def _search(assistant: Assistant, question: str) -> Sequence[dict[str, Any]]:
    return [dict(each) for each in assistant.search({"id": "q", "question": question}, 5)]


def test_a_law_quoted_in_a_handbook_is_shown_as_the_law_with_the_handbooks_place(searched: Assistant) -> None:
    first = _search(searched, "Kan vi dele opp et kjøp for å unngå loven?")[0]

    assert first["plan_id"] == "LOV"
    assert [each["plan_id"] for each in first["also"]] == ["HB"]


def test_a_plan_in_two_formats_is_one_passage_with_both_files(searched: Assistant) -> None:
    found = _search(searched, "Skal vi kjøpe brukte møbler til skolen?")

    holding = [each for each in found if FURNITURE in each["text"]]
    assert len(holding) == 1
    places = {holding[0]["file"], *(each["file"] for each in holding[0]["also"])}
    assert places == {"reglement.pdf", "reglement.docx"}


def _passage(file: str, text: str, level: int = 4, rank: int = 1) -> RankedPassage:
    return RankedPassage(
        rank=rank,
        plan_id=file,
        file=file,
        title=file,
        level=level,
        section="1",
        page=1,
        score=1.0 / rank,
        text=text,
    )


def test_another_amount_keeps_a_line_of_its_own() -> None:
    other = SIGNING.replace("100 000", "150 000")
    passages = [_passage("a", f"{SIGNING} {FURNITURE}"), _passage("b", f"{other} {FURNITURE}", rank=2)]

    found = folded(passages, [SIGNING, other], 5)

    assert [each.file for each in found] == ["a", "b"]


def test_a_heading_in_common_folds_nothing() -> None:
    passages = [
        _passage("a", f"Formål og virkeområde {LAW}"),
        _passage("b", f"Formål og virkeområde {FURNITURE}"),
    ]

    found = folded(passages, ["Formål og virkeområde"] * 2, 5)

    assert len(found) == 2


def test_one_document_that_repeats_itself_keeps_both_places_as_lines() -> None:
    found = folded([_passage("a", LAW), _passage("a", LAW, rank=2)], [LAW, LAW], 5)

    assert len(found) == 2


def test_folding_makes_room_for_what_stood_below() -> None:
    passages = [_passage("a", LAW), _passage("b", LAW, rank=2), _passage("c", FURNITURE, rank=3)]

    found = folded(passages, [LAW, LAW, FURNITURE], 2)

    assert [(each.rank, each.file) for each in found] == [(1, "a"), (2, "c")]


def test_the_highest_level_is_shown_at_the_best_rank_found() -> None:
    passages = [_passage("handbook", LAW), _passage("law", LAW, level=1, rank=2)]

    (found,) = folded(passages, [LAW, LAW], 5)

    assert (found.file, found.rank, found.score) == ("law", 1, 1.0)
    assert [each.file for each in found.also] == ["handbook"]
