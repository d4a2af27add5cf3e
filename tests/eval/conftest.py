"""A small municipality whose key is known: five plans, two of them not in force, nine questions."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from pathlib import Path

import pytest

from eval.dataset import Dataset, Evidence, Expected, GoldPlan, Question, load_dataset
from eval.dataset_write import write_dataset
from eval.judge import LocalJudge
from eval.pages import PagesOf
from eval.run import Answerer, Bench
from eval.standing import Standings, read_standings

REGISTER = """
municipality: {id: fjordvik, name: Fjordvik kommune, languages: [nb]}
plans:
  - {id: LOV, file: lov.md, title: Anskaffelsesregler, level: 1, kind: law, valid_from: 2024-01-01}
  - {id: KLIMA, file: klimaplan.md, title: Klimaplan, level: 3, kind: sub-plan, valid_from: 2021-01-01}
  - id: KLIMA-27
    file: klimaplan-utkast.md
    title: Klimaplan, utkast
    level: 3
    kind: sub-plan
    status: hearing
    adopted_on: 2026-10-01
  - id: STRAT-20
    file: strategi-2020.md
    title: Gammel strategi
    level: 4
    kind: strategy
    valid_from: 2020-01-01
    status: superseded
  - id: STRAT
    file: strategi.md
    title: Strategi
    level: 4
    kind: strategy
    valid_from: 2026-01-01
    supersedes: [STRAT-20]
"""
PAGES: Mapping[str, tuple[str, ...]] = {
    "lov.md": ("Loven gjelder fra 500 000 kroner.", "Kjøp skal ikke deles for å unngå reglene."),
    "klimaplan.md": ("Målet er at 70 % av møblene er brukte innen 2028.", "Renhold bør være miljømerket."),
    "klimaplan-utkast.md": ("Målet er at 90 % av møblene er brukte innen 2030.",),
    "strategi-2020.md": ("Mobiltelefoner skal brukes i minst to år.",),
    "strategi.md": ("Mobiltelefoner skal brukes i minst fem år.", "Miljø skal vektes minst 40 %."),
}
LEVELS = {"LOV": 1, "KLIMA": 3, "KLIMA-27": 3, "STRAT-20": 4, "STRAT": 4}
FILES = {
    "LOV": "lov.md",
    "KLIMA": "klimaplan.md",
    "KLIMA-27": "klimaplan-utkast.md",
    "STRAT-20": "strategi-2020.md",
    "STRAT": "strategi.md",
}  # fmt: skip

# id, question, plan, page, force, facts, forbidden
_ASKED: tuple[tuple[str, str, str, int, str, tuple[tuple[str, ...], ...], tuple[str, ...]], ...] = (
    ("Q1", "Fra hvilket beløp gjelder loven?", "LOV", 1, "information", (("500 000",),), ("100 000",)),
    ("Q2", "Kan kjøpet deles opp?", "LOV", 2, "prohibition", (("ikke deles",),), ()),
    ("Q3", "Hva er målet for brukte møbler?", "KLIMA", 1, "target", (("70 %",), ("2028",)), ("90 %",)),
    ("Q4", "Må renhold være miljømerket?", "KLIMA", 2, "recommendation", (("bør",),), ("skal være miljømerket",)),
    ("Q5", "Hvor lenge skal mobiler brukes?", "STRAT", 1, "obligation", (("fem år", "5 år"),), ("to år",)),
    ("Q6", "Hvor mye teller miljø?", "STRAT", 2, "obligation", (("40 %", "førti prosent"),), ()),
)  # fmt: skip
_UNANSWERABLE = (("Q7", "Hva er satsen for kjøregodtgjørelse?"), ("Q8", "Når er skoleferien?"))
_EARLIER = ("Q9", "Hvor lenge skal mobiler brukes?", "2024-05-01")


def quote_of(plan_id: str, page: int) -> str:
    return PAGES[FILES[plan_id]][page - 1]


def _questions() -> list[Question]:
    found = [
        Question(
            query_id=query_id,
            question=text,
            language="nb",
            as_of="2026-11-20",
            expected=Expected(
                outcome="answered",
                governing=GoldPlan(plan, level=LEVELS[plan]),
                force=force,
                key_facts=facts,
                forbidden=forbidden,
            ),
            tags=("plain",),
            split="tune" if place % 2 else "held_out",
        )
        for place, (query_id, text, plan, _, force, facts, forbidden) in enumerate(_ASKED)
    ]
    found += [
        Question(
            query_id=query_id,
            question=text,
            language="nb",
            as_of="2026-11-20",
            expected=Expected(outcome="abstained", force="none"),
            tags=("out_of_scope",),
        )
        for query_id, text in _UNANSWERABLE
    ]
    query_id, text, as_of = _EARLIER
    governing = GoldPlan("STRAT-20", level=4)
    key = Expected(outcome="answered", governing=governing, force="obligation", key_facts=(("to år",),))
    return [*found, Question(query_id=query_id, question=text, language="nb", as_of=as_of, expected=key)]


def _evidence() -> list[Evidence]:
    rows = [
        Evidence(query_id=q, plan_id=plan, file=FILES[plan], page=page, quote=quote_of(plan, page))
        for q, _, plan, page, *_ in _ASKED
    ]
    old = Evidence(
        query_id="Q9", plan_id="STRAT-20", file="strategi-2020.md", page=1, quote=quote_of("STRAT-20", 1)
    )
    return [*rows, old]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The dataset and its documents on disk; Markdown has no pages, so its key names none."""
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "plans.yaml").write_text(textwrap.dedent(REGISTER), encoding="utf-8")
    for name, pages in PAGES.items():
        (documents / name).write_text("# Plan\n\n" + "\n\n".join(pages) + "\n", encoding="utf-8")
    made = tmp_path / "fjordvik"
    rows = [
        Evidence(query_id=row.query_id, plan_id=row.plan_id, file=row.file, page=None, quote=row.quote)
        for row in _evidence()
    ]
    write_dataset(made, {"name": "fjordvik", "version": "1", "documents": "../documents"}, _questions(), rows)
    return made


@pytest.fixture
def standings(folder: Path) -> Standings:
    found = read_standings(folder.parent / "documents")
    assert found is not None
    return found


@pytest.fixture
def bench(folder: Path, standings: Standings) -> Bench:
    """The same questions on documents of which the pages are known."""
    loaded = load_dataset(folder)
    dataset = Dataset(
        name=loaded.name,
        version=loaded.version,
        folder=loaded.folder,
        documents=loaded.documents,
        register=True,
        municipality="",
        languages=("nb",),
        as_of=None,
        questions=loaded.questions,
        evidence=tuple(_evidence()),
        sha256=loaded.sha256,
    )
    pages = {
        name: PagesOf(tuple((number, text) for number, text in enumerate(texts, 1)))
        for name, texts in PAGES.items()
    }
    return Bench(dataset=dataset, judge=LocalJudge(), pages={"": pages}, standings={"": standings})


def told(
    plan_id: str,
    page: int,
    force: str,
    *,
    text: str | None = None,
    cited_page: int | None = None,
    role: str = "governing",
) -> dict[str, object]:
    """An answer in the contract's form that tells one page of one plan."""
    quote = quote_of(plan_id, page)
    place = {
        "plan_id": plan_id,
        "version": None,
        "level": LEVELS[plan_id],
        "section": "",
        "file": FILES[plan_id],
        "page": cited_page or page,
        "quote": quote,
    }
    passage = {"plan_id": plan_id, "file": FILES[plan_id], "page": page, "score": 0.9, "text": quote}
    return {
        "outcome": "answered",
        "answer": text or f"{quote} [1]",
        "force": force,
        "governing": place,
        "authority": None,
        "citations": [{"marker": 1, "role": role, **place}],
        "passages": [passage],
    }


def silence() -> dict[str, object]:
    return {"outcome": "abstained", "answer": "Planene svarer ikke.", "citations": [], "passages": []}


@pytest.fixture
def right() -> Answerer:
    """An assistant that meets every question of the key."""
    answers = {query_id: told(plan, page, force) for query_id, _, plan, page, force, *_ in _ASKED}
    answers["Q9"] = told("STRAT-20", 1, "obligation")

    def answer(question: dict[str, object]) -> Mapping[str, object]:
        return answers.get(str(question["id"]), silence())

    return answer
