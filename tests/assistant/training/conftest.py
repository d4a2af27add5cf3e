"""A small municipality in Markdown, with what a trainer meets: a law, a plan, powers, advice and a proposal."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.training import Trainer, open_trainer
from assistant.wire import Assistant
from ingest.build import ingest
from ingest.embed import Encoder
from ingest.places import cache_folder

DAY = date(2026, 11, 20)

REGISTER = """\
municipality: {id: fjellvik, name: Fjellvik kommune, languages: [nb]}
levels:
  - {rank: 1, id: national, name: {nb: Nasjonalt regelverk, en: National rules}}
  - {rank: 2, id: municipal-plan, name: {nb: Kommuneplan, en: Municipal plan}}
  - {rank: 3, id: sub-plan, name: {nb: Kommunedelplan, en: Sub-plan}}
  - {rank: 4, id: underlying, name: {nb: Underliggende planer, en: Underlying plans}}
bodies:
  - {id: storting, rank: 1, name: {nb: Stortinget, en: The Storting}}
  - {id: council, rank: 2, name: {nb: Kommunestyret, en: Municipal council}}
  - {id: director, rank: 3, name: {nb: Kommunedirektøren, en: Municipal director}}
plans:
  - {id: LOV, file: lov.md, title: Innkjøpsloven, level: 1, kind: law, adopted_by: storting,
     valid_from: 2024-01-01, status: adopted, owner: Innkjøp, language: nb}
  - {id: PLAN, file: plan.md, title: Kommuneplan 2025–2037, level: 2, kind: master-plan, adopted_by: council,
     adopted_on: 2025-06-12, valid_from: 2025-06-12, status: adopted, owner: Plan, language: nb}
  - {id: KLIMA, file: klima.md, title: Klimaplan 2024–2030, level: 3, kind: sub-plan, adopted_by: council,
     adopted_on: 2024-04-11, valid_from: 2024-04-11, status: adopted, implements: [PLAN], owner: Plan og klima,
     language: nb}
  - {id: UTKAST, file: utkast.md, title: Klimaplan 2027–2034, level: 3, kind: sub-plan, status: hearing,
     supersedes: [KLIMA], owner: Plan og klima, language: nb}
  - {id: REGL, file: reglement.md, title: Innkjøpsreglement, level: 4, kind: standing-orders, binding: true,
     adopted_by: council, adopted_on: 2025-02-13, valid_from: 2025-02-13, status: adopted, implements: [LOV],
     owner: Innkjøp, language: nb}
  - {id: BOK, file: handbok.md, title: Innkjøpshåndbok, level: 4, kind: handbook, binding: false,
     adopted_by: director, adopted_on: 2025-03-01, valid_from: 2025-03-01, status: adopted, implements: [REGL],
     owner: Økonomi, language: nb}
"""

DOCUMENTS = {
    "lov.md": """\
# Innkjøpsloven

Vedtatt av Stortinget i 2023.

## § 1 Grense

Loven gjelder når den anslåtte verdien av en anskaffelse er lik eller overstiger 500 000 kroner.

## § 2 Miljø

I anskaffelser som skal kunngjøres, skal klima og miljø vektes med minst 30 %.

## § 3 Likebehandling

Krav om at leverandøren holder til i kommunen, er ikke tillatt.

## § 4 Deling

En anskaffelse skal ikke deles opp for å komme under grensen i loven.
""",
    "plan.md": """\
# Kommuneplan 2025–2037

Vedtatt av kommunestyret 12. juni 2025. Ansvarlig: Plan

## 1 Forbruk

Alle virksomheter skal velge ombruk, reparasjon og deling før de kjøper noe nytt.

## 2 Mål

Målet er at materialbruken i kommunen er redusert med 40 % innen 2037.
""",
    "klima.md": """\
# Klimaplan 2024–2030

Vedtatt av kommunestyret 11. april 2024. Ansvarlig: Plan og klima

## 1 Møbler

Målet er at 60 % av møbelbehovet dekkes av ombruk innen 2028.

## 2 Renhold

Renhold i kommunale bygg bør være miljømerket.

## 3 Bygg

Ved rehabilitering over 100 m2 skal det gjøres en kartlegging av materialer som kan brukes på nytt.
""",
    "utkast.md": """\
# Klimaplan 2027–2034

Høringsutkast

## 1 Møbler

Målet er at 85 % av møbelbehovet dekkes av ombruk innen 2032.

## 2 Renhold

Renhold i kommunale bygg skal være miljømerket.
""",
    "reglement.md": """\
# Innkjøpsreglement

Vedtatt av kommunestyret 13. februar 2025. Eier: Innkjøp

## § 1 Framgangsmåte

For anskaffelser over 100 000 kroner skal det innhentes minst tre skriftlige tilbud.

Innkjøp skal kontaktes før en anskaffelse med en verdi over 300 000 kroner settes i gang.

## § 2 Hvem som godkjenner

Enhetsleder godkjenner anskaffelser til og med 100 000 kroner.

Kommunalsjef godkjenner anskaffelser til og med 900 000 kroner.

Kommunedirektøren godkjenner anskaffelser over 900 000 kroner.

## § 3 Emballasje

Ved leveranser over 150 000 kroner skal leverandøren ta tilbake emballasjen.

## § 4 Telefoner

Mobiltelefoner skal brukes i minst 5 år før de byttes ut.
""",
    "handbok.md": """\
# Innkjøpshåndbok

Gitt av kommunedirektøren 1. mars 2025. Eier: Økonomi

## 1 Godkjenning

Enhetsleder kan godkjenne anskaffelser inntil 250 000 kroner.

## 2 Telefoner

Mobiltelefoner kan byttes ut etter 3 år.
""",
}


def write_folder(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "plans.yaml").write_text(REGISTER, encoding="utf-8")
    for name, text in DOCUMENTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def bring(folder: Path, index: Path, encoder: Encoder) -> None:
    """Brings an index to what the folder holds."""
    report = ingest(folder, index, cache=cache_folder(os.environ), encoder=encoder)
    assert not report.to_json()["failed"]


@pytest.fixture(scope="session")
def fjellvik(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Path:
    """The index as it was first made; tests that change it take a copy."""
    root = tmp_path_factory.mktemp("fjellvik")
    bring(write_folder(root / "plans"), root / "index", encoder)
    return root


@pytest.fixture
def own(fjellvik: Path, tmp_path: Path) -> Path:
    """A copy of folder and index to change."""
    shutil.copytree(fjellvik, tmp_path / "own")
    return tmp_path / "own"


@pytest.fixture
def trainer(own: Path) -> Iterator[Trainer]:
    """A trainer with an empty bank; the assistant is opened when a test needs it."""
    made = open_trainer(own / "index")
    yield made
    made.bank.close()


@pytest.fixture(scope="session")
def fjellvik_assistant(fjellvik: Path) -> Assistant:
    from assistant.settings import Settings

    return Assistant(fjellvik / "index", Settings.from_env(os.environ))
