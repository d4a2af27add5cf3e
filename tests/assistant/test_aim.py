"""What an answer tells of a target: until when, and who answers for it. A Swedish municipality written for this."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from assistant.settings import Settings
from assistant.wire import Assistant
from ingest.build import ingest
from ingest.embed import Encoder
from ingest.places import cache_folder
from prompts import answer_texts, languages

PLANS = {
    "miljo.md": """# Miljöprogram 2025–2033

## 2 Mål

| Nr | Mål | Utgångsläge | Tidsfrist | Ansvarig |
|---|---|---|---|---|
| A1 | Skolornas gymnastikmattor är till hälften begagnade | 4 % (2024) | 2031 | Fritidsnämnden |
| A2 | Inga plastlaminerade skyltar sätts upp i parkerna | 310 skyltar | 2029-06-30 | |

## 3 Cyklar

Målet är att alla tjänsteresor inom tätorten görs med cykel senast 2030.

Tekniska kontoret är ansvarigt och rapporterar varje år.

## 5 Gymnastik

Målet är att hälften av skolornas gymnastikmattor är begagnade.
""",
    "reglemente.md": """# Upphandlingsreglemente

## 4 Offerter

Vid inköp över 70 000 kronor ska tre offerter tas in.
""",
    "lathund.md": """# Lathund för beställare

## 1 Offerter

Vid inköp över 70 000 kronor bör två offerter tas in.
""",
}
REGISTER = """
municipality: {id: aby, name: Åby, languages: [sv]}
bodies:
  - {id: fullmaktige, rank: 3, name: {sv: Kommunfullmäktige}}
  - {id: forvaltning, rank: 5, name: {sv: Förvaltningen}}
plans:
  - {id: MILJO, file: miljo.md, title: Miljöprogram 2025–2033, level: 3, kind: sub-plan, adopted_by: fullmaktige,
     adopted_on: 2025-02-01, status: adopted, language: sv, owner: Tekniska kontoret}
  - {id: REGL, file: reglemente.md, title: Upphandlingsreglemente, level: 4, kind: standing-orders,
     adopted_by: fullmaktige, adopted_on: 2024-02-01, status: adopted, language: sv}
  - {id: LATHUND, file: lathund.md, title: Lathund för beställare, level: 4, kind: handbook,
     adopted_by: forvaltning, adopted_on: 2023-02-01, status: adopted, language: sv}
"""


@pytest.fixture(scope="module")
def aby(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Assistant:
    index: Path = tmp_path_factory.mktemp("aby")
    folder = index / "plans"
    folder.mkdir()
    for name, text in PLANS.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "plans.yaml").write_text(REGISTER, encoding="utf-8")
    ingest(folder, index, cache=cache_folder(os.environ), encoder=encoder)
    return Assistant(index, Settings.from_env(os.environ))


def _ask(assistant: Assistant, question: str, **more: Any) -> dict[str, Any]:
    return assistant.answer({"question": question, "as_of": "2026-11-20", **more})


def _marked(answer: dict[str, Any], said: str) -> str:
    """The quote that the marker after some words leads to."""
    marker = int(answer["answer"].partition(f"{said} [")[2].partition("]")[0])
    return next(str(c["quote"]) for c in answer["citations"] if c["marker"] == marker)


def test_a_target_tells_its_deadline_and_who_is_responsible(aby: Assistant) -> None:
    answer = _ask(aby, "Vilket mål finns för plastlaminerade skyltar i parkerna?")

    assert answer["governing"]["plan_id"] == "MILJO"
    assert "Tidsfrist: 2029-06-30 [1]." in answer["answer"]
    assert "Ansvarig:" not in answer["answer"]


def test_a_target_told_in_prose_gets_the_slots_of_its_row(aby: Assistant) -> None:
    answer = _ask(aby, "Vad är målet för begagnade gymnastikmattor i skolorna?")

    assert "Fritidsnämnden" in _marked(answer, "Ansvarig: Fritidsnämnden")
    assert "2031" in _marked(answer, "Tidsfrist: 2031")


def test_one_who_asks_who_is_told_that_the_plan_names_nobody(aby: Assistant) -> None:
    answer = _ask(aby, "Vem är ansvarig för målet om plastlaminerade skyltar i parkerna?")

    assert "Planen anger ingen ansvarig." in answer["answer"]


def test_nobody_is_not_said_where_a_sentence_beside_names_a_unit(aby: Assistant) -> None:
    answer = _ask(aby, "Vem är ansvarig för målet om tjänsteresor med cykel inom tätorten?")

    assert "ingen ansvarig" not in answer["answer"]
    assert "Tidsfrist" not in answer["answer"]


def test_a_reader_of_another_language_reads_labels_in_it(aby: Assistant) -> None:
    answer = _ask(aby, "What is the target for plastic-laminated signs (plastlaminerade skyltar)?", lang="en")

    assert "Deadline: 2029-06-30 [1]." in answer["answer"]


def test_a_rule_tells_of_no_target(aby: Assistant) -> None:
    answer = _ask(aby, "Hur många offerter ska tas in vid ett inköp för 90 000 kronor?")

    assert answer["governing"]["plan_id"] == "REGL"
    assert "Tidsfrist" not in answer["answer"]


def test_the_notice_of_a_conflict_says_which_text_to_follow(aby: Assistant) -> None:
    answer = _ask(aby, "Hur många offerter ska tas in vid ett inköp för 90 000 kronor?")

    assert (
        "Lathund för beställare säger något annat, men Upphandlingsreglemente går före." in answer["notices"]
    )


@pytest.mark.parametrize("language", languages())
def test_every_language_says_who_prevails_and_what_a_target_holds(language: str) -> None:
    words = answer_texts(language)

    assert all(name in words["notice"]["conflict_settled"] for name in ("{other}", "{title}"))
    assert {"deadline", "responsible", "nobody"} <= set(words["target"])
