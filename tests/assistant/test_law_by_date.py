"""Repealed and coming provisions that stand side by side in one law, told apart by the day asked about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from assistant.answers import Answer, Question, Role
from assistant.settings import Settings
from assistant.wire import Assistant, open_assistant
from ingest.build import ingest
from ingest.embed import Encoder
from ingest.places import cache_folder

LAW = """# Lov om anskaffelser

## § 5. Miljø

Oppdragsgiver skal redusere skadelig miljøpåvirkning ved anskaffelser.

Oppheves ved lov 6 mars 2026 nr. 8 (i kraft 1 juli 2026 iflg. res. 10 april 2026 nr. 5).

## § 5b. Klima [trer i kraft 1. juli 2026]

Oppdragsgiver skal vekte klima og miljø minst tretti prosent ved anskaffelser.
"""
QUESTION = Question(text="Hva skal oppdragsgiver gjøre for miljø ved anskaffelser?", language="nb")


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Iterator[Assistant]:
    import os

    folder = tmp_path_factory.mktemp("law")
    (folder / "lov.md").write_text(LAW, encoding="utf-8")
    (folder / "plans.yaml").write_text(
        "municipality: {id: testby, name: Testby kommune, languages: [nb]}\n"
        "plans: [{id: LOA, file: lov.md, title: Lov om anskaffelser, level: 1, kind: law, valid_from: 2017-01-01}]\n",
        encoding="utf-8",
    )
    index = folder / "index"
    ingest(folder, index, cache=cache_folder(os.environ), encoder=encoder)
    opened = open_assistant(index, settings=replace(Settings.from_env(os.environ), model=None))
    yield opened
    opened.close()


def _on(assistant: Assistant, day: date) -> Answer:
    return assistant.ask(replace(QUESTION, as_of=day))[0]


@pytest.mark.parametrize(
    ("day", "section", "words"),
    [(date(2026, 6, 30), "§ 5", "redusere"), (date(2026, 7, 1), "§ 5b", "tretti prosent")],
)
def test_the_provision_in_force_on_the_day_governs(
    assistant: Assistant, day: date, section: str, words: str
) -> None:
    governing = _on(assistant, day).cited(Role.GOVERNING)

    assert governing is not None
    assert governing.source.section.rstrip(".") == section
    assert words in governing.source.quote


def test_the_citation_carries_the_days_of_the_provision(assistant: Assistant) -> None:
    before = _on(assistant, date(2026, 6, 30)).cited(Role.GOVERNING)
    after = _on(assistant, date(2026, 7, 1)).cited(Role.GOVERNING)

    assert before is not None
    assert before.source.valid_to == date(2026, 6, 30)
    assert after is not None
    assert after.source.valid_from == date(2026, 7, 1)
