"""A small Danish municipality with one disagreement of each kind, written for these tests."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from assistant.library import Library
from ingest.build import ingest
from ingest.embed import Encoder
from ingest.places import cache_folder
from ingest.store import Store

DOCUMENTS = {
    "lov.md": """# Regler for offentlige indkøb
## § 1 Anvendelse
Loven gælder for indkøb med en anslået værdi på 600.000 kr. eller mere.
## § 2 Miljø
I udbud, der skal annonceres, skal ordregiveren vægte miljø med mindst 25 procent.

Pligten gælder ikke, når indkøbet efter sin art kun har en ubetydelig miljøbelastning.
## § 3 Betaling
Ordregiveren skal betale en uimodsagt faktura senest 30 dage efter modtagelsen.
""",
    "budget.md": """# Budget 2026-2029
## 3 Anlæg
De sidste el-ladcykler til hjemmeplejen købes i 2029.

Udgifterne til vejbelysning er uændrede.
""",
    "klima.md": """# Klimaplan 2024-2030
## 2 Mål
| Nr. | Mål | Udgangspunkt | Frist | Ansvarlig |
|---|---|---|---|---|
| M1 | Hjemmeplejen kører kun på el-ladcykler | 10 % (2023) | 2027 | Sundhed |
| M2 | Ingen engangskrus ved kommunale møder | 400 møder | 2026 | Kantinen |
| M3 | 50 % af kontorstolene er renoverede | 5 % (2023) | 2028 | |
## 3 Krav
Gulvtæpper skal bruges i mindst 12 år, før de udskiftes.

Rengøringsmidler bør være miljømærkede.
""",
    "klima-ny.md": """# Forslag til klimaplan 2027-2033
## 3 Krav
Gulvtæpper skal bruges i mindst 15 år, før de udskiftes.

Rengøringsmidler skal være miljømærkede.
""",
    "strategi.md": """# Indkøbsstrategi 2025-2028
## 2 Krav
I alle indkøb over 200.000 kr. skal miljø vægtes med mindst 25 procent.

Gulvtæpper kan udskiftes efter 8 år.

Fakturaer fra små virksomheder skal betales senest 10 dage efter modtagelsen.

Findes der en rammeaftale, skal den bruges.
""",
    "strategi-gammel.md": """# Indkøbsstrategi 2020-2024
## 2 Krav
I alle indkøb skal miljø vægtes med mindst 10 procent.
""",
    "regulativ.md": """# Indkøbsregulativ
## § 2 Loven
Loven om offentlige indkøb gælder for indkøb over 300.000 kr.
## § 4 Tilbud
Ved indkøb fra 50.000 kr. til 600.000 kr. skal der indhentes mindst tre tilbud.
## § 5 Bemyndigelse
Institutionslederen kan godkende indkøb op til 75.000 kr.
## § 7 Møbler
Genbrugslageret skal undersøges før køb af møbler.

Reglerne i Indkøbsstrategi 2020-2024 om vægtning følges.
""",
    "handbog.md": """# Indkøbshåndbog
## 3 Sådan gør du
Ved indkøb fra 50.000 kr. til 600.000 kr. er ét tilbud som regel nok.

Institutionslederen kan godkende indkøb op til 120.000 kr.

Miljø bør vægtes med 5-10 procent.

Engangskrus kan bruges ved møder med mere end 40 deltagere.

Kaffemaskiner kan udskiftes efter 4 år.

Parkeringspladser skal ryddes for sne inden klokken 7.
""",
}

REGISTER = """
municipality: {id: dk, name: Dk, languages: [da]}
bodies:
  - {id: folketing, rank: 1, name: {da: Folketinget}}
  - {id: byraad, rank: 3, name: {da: Byrådet}}
  - {id: direktion, rank: 5, name: {da: Direktionen}}
plans:
  - {id: LOV, file: lov.md, title: Regler for offentlige indkøb, level: 1, kind: law, adopted_by: folketing,
     valid_from: 2024-01-01, status: adopted, language: da}
  - {id: BUDGET, file: budget.md, title: Budget 2026-2029, level: 2, kind: budget, adopted_by: byraad,
     adopted_on: 2025-10-01, status: adopted, language: da}
  - {id: KLIMA, file: klima.md, title: Klimaplan 2024-2030, level: 3, kind: sub-plan, adopted_by: byraad,
     adopted_on: 2024-03-01, status: adopted, language: da, owner: Miljø}
  - {id: KLIMA-NY, file: klima-ny.md, title: Klimaplan 2027-2033, level: 3, kind: sub-plan, status: hearing,
     language: da, supersedes: [KLIMA]}
  - {id: STRATEGI, file: strategi.md, title: Indkøbsstrategi 2025-2028, level: 4, kind: strategy,
     adopted_by: byraad, adopted_on: 2025-02-01, status: adopted, language: da, supersedes: [GAMMEL],
     implements: [KLIMA]}
  - {id: GAMMEL, file: strategi-gammel.md, title: Indkøbsstrategi 2020-2024, level: 4, kind: strategy,
     adopted_by: byraad, adopted_on: 2020-02-01, status: superseded, language: da}
  - {id: REGULATIV, file: regulativ.md, title: Indkøbsregulativ, level: 4, kind: standing-orders,
     adopted_by: byraad, adopted_on: 2023-05-01, status: adopted, language: da, implements: [LOV]}
  - {id: HANDBOG, file: handbog.md, title: Indkøbshåndbog, level: 4, kind: handbook, adopted_by: direktion,
     adopted_on: 2022-05-01, status: adopted, language: da, implements: [REGULATIV]}
"""


def write_plans(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in DOCUMENTS.items():
        (folder / name).write_text(text.replace("\n#", "\n\n#").replace("\n|", "\n\n|", 1), encoding="utf-8")
    (folder / "plans.yaml").write_text(REGISTER, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def danish(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Path:
    """The index of the Danish municipality."""
    index = tmp_path_factory.mktemp("danish")
    ingest(write_plans(index / "plans"), index, cache=cache_folder(os.environ), encoder=encoder)
    return index


@pytest.fixture(scope="session")
def bundled(skogvang: Path) -> Library:
    return Library(Store.open(skogvang))
