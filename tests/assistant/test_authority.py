"""One test a rule, and the laws that hold for all of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answers import Asks, Facts, Outcome, Role, Source
from assistant.authority import Speaker, decide, prevails
from assistant.desk.validity import State, Validity
from assistant.maxims import RULES, Maxim
from ingest.plans import (
    Amount,
    BlockKind,
    Force,
    Plan,
    PlanLink,
    PlanVersion,
    Status,
)
from ingest.store import StoredStatement

DAY = date(2026, 11, 20)
FACTS = Facts(query="hvor mye skal miljø telle?", language="nb", as_of=DAY, asks=Asks.AMOUNT)
AT_LEAST_30 = (Amount(30, None, "percent"),)
AT_LEAST_40 = (Amount(40, None, "percent"),)
TEN_TO_20 = (Amount(10, 20, "percent"),)


def speaker(
    number: int,
    *,
    level: int = 4,
    force: Force = Force.OBLIGATION,
    amounts: tuple[Amount, ...] = (),
    kind: str = "strategy",
    body: int = 3,
    adopted: date = date(2024, 1, 1),
    state: State = State.IN_FORCE,
    relevance: float = 5.0,
    implements: tuple[PlanLink, ...] = (),
    plan_id: str | None = None,
) -> Speaker:
    name = plan_id or f"P{number}"
    version = PlanVersion(
        version_id=None, files=(f"{name}.md",), title=name, language="nb", status=Status.ADOPTED
    )
    statement = StoredStatement(
        statement_id=number, document_id=number, place=number, passage_row=number, section=0,
        text=f"Regel {number} gjelder her.", context="", language="nb", kind=BlockKind.PARAGRAPH, force=force, bearer=None,
        amounts=amounts, dates=(), flags=frozenset(), spans=(),
    )  # fmt: skip
    source = Source(
        statement_id=number, document_id=number, plan_id=name, version_id=None, file=f"{name}.md", title=name,
        level=level, level_name=str(level), section="1", page=1, quote=statement.text, language="nb", force=force,
        adopted_on=adopted,
    )  # fmt: skip
    plan = Plan(plan_id=name, title=name, level=level, kind=kind, versions=(version,), implements=implements)
    return Speaker(
        statement=statement, source=source, plan=plan, validity=Validity(state), relevance=relevance,
        body_rank=body, council_rank=3,
    )  # fmt: skip


def on_one_matter(first: int, second: int) -> float:
    return 0.95


def governing(*speakers: Speaker, facts: Facts = FACTS) -> str | None:
    decision = decide(speakers, facts, on_one_matter)
    return decision.governing.plan.plan_id if decision.governing else None


LAW = speaker(1, level=1, kind="law", body=1, amounts=AT_LEAST_30)
STRICTER = speaker(2, level=4, amounts=AT_LEAST_40)
LOOSER = speaker(3, level=4, amounts=TEN_TO_20)
HANDBOOK = speaker(4, level=4, kind="handbook", body=4, force=Force.RECOMMENDATION, amounts=TEN_TO_20)
TARGET = speaker(5, level=2, kind="master-plan", force=Force.TARGET, relevance=4.0)
COUNCIL = speaker(6, level=4, kind="standing-orders", body=3, amounts=(Amount(None, 100_000, "money"),))
DIRECTOR = speaker(7, level=4, kind="routine", body=4, amounts=(Amount(None, 250_000, "money"),))
OLDER = speaker(8, amounts=AT_LEAST_30, adopted=date(2020, 1, 1))
NEWER = speaker(9, amounts=AT_LEAST_40, adopted=date(2024, 1, 1))
SPECIAL_OLD = speaker(
    10, level=3, kind="theme-plan", amounts=(Amount(15, None, "year"),), adopted=date(2020, 1, 1)
)
GENERAL_NEW = speaker(
    11, level=3, kind="strategy", amounts=(Amount(10, None, "year"),), adopted=date(2024, 1, 1)
)

ROWS = [
    (LAW, STRICTER, STRICTER, Maxim.MAY_TIGHTEN),
    (LAW, LOOSER, LAW, Maxim.MAY_NOT_LOOSEN),
    (LAW, HANDBOOK, LAW, Maxim.ADVICE_YIELDS),
    (STRICTER, TARGET, STRICTER, Maxim.TARGET_DOES_NOT_BIND),
    (COUNCIL, DIRECTOR, COUNCIL, Maxim.HIGHER_BODY),
    (OLDER, NEWER, NEWER, Maxim.LEX_POSTERIOR),
    (SPECIAL_OLD, replace(GENERAL_NEW, source=replace(GENERAL_NEW.source, adopted_on=date(2019, 1, 1))), SPECIAL_OLD,
     Maxim.LEX_SPECIALIS),
    (SPECIAL_OLD, GENERAL_NEW, SPECIAL_OLD, Maxim.UNRESOLVED),
]  # fmt: skip


@pytest.mark.parametrize(("first", "second", "winner", "maxim"), ROWS, ids=[row[3].value for row in ROWS])
def test_each_rule_decides_its_case(first: Speaker, second: Speaker, winner: Speaker, maxim: Maxim) -> None:
    assert prevails(first, second) == (winner, maxim)


@pytest.mark.parametrize(
    ("first", "second"), [row[:2] for row in ROWS if row[3] is not Maxim.UNRESOLVED],
    ids=[row[3].value for row in ROWS if row[3] is not Maxim.UNRESOLVED],
)  # fmt: skip
def test_precedence_is_antisymmetric(first: Speaker, second: Speaker) -> None:
    assert prevails(first, second)[0] is prevails(second, first)[0]


def test_every_maxim_has_a_rule_with_its_basis() -> None:
    assert {rule.maxim for rule in RULES} == set(Maxim)
    assert all(rule.basis for rule in RULES)


@pytest.mark.parametrize(
    "state", [State.DRAFT, State.HEARING, State.NOT_YET, State.SUPERSEDED, State.REPEALED]
)
def test_a_text_not_in_force_never_governs(state: State) -> None:
    silent = speaker(20, level=1, amounts=AT_LEAST_40, state=state, relevance=9.0)

    assert governing(silent, LOOSER) == "P3"


def test_only_texts_not_in_force_means_no_answer() -> None:
    decision = decide([speaker(20, state=State.HEARING)], FACTS, on_one_matter)

    assert decision.outcome is Outcome.ABSTAINED
    assert decision.rulings[0].role is Role.NOT_IN_FORCE


def test_an_expired_text_that_nothing_replaced_may_govern() -> None:
    assert governing(speaker(20, state=State.EXPIRED_NOT_REPLACED)) == "P20"


def test_a_rule_for_other_amounts_yields_to_the_one_for_this_amount() -> None:
    facts = replace(FACTS, amounts=(Amount(150_000, 150_000, "money"),))
    small = speaker(20, amounts=(Amount(None, 100_000, "money"),), relevance=6.0)
    large = speaker(21, amounts=(Amount(100_000, 1_300_000, "money"),), relevance=5.0)

    assert governing(small, large, facts=facts) == "P21"


def test_below_the_only_threshold_nothing_is_required() -> None:
    facts = replace(FACTS, amounts=(Amount(2_000_000, 2_000_000, "money"),))
    rule = speaker(20, amounts=(Amount(5_000_000, None, "money"),))

    decision = decide([rule], facts, on_one_matter)

    assert decision.outcome is Outcome.ANSWERED
    assert decision.force is Force.NONE
    assert decision.maxim is Maxim.OTHER_SCOPE


def test_what_a_lower_body_issues_names_the_plan_it_implements_as_its_authority() -> None:
    routine = speaker(20, kind="routine", body=4, relevance=6.0, implements=(PlanLink("KLIMA", "T1"),))
    plan = speaker(21, level=3, kind="sub-plan", force=Force.TARGET, plan_id="KLIMA", relevance=4.0)

    decision = decide([routine, plan], FACTS, on_one_matter)

    assert decision.governing is routine
    assert decision.authority is plan


def test_what_the_council_adopted_stands_by_itself() -> None:
    strategy = speaker(20, body=3, relevance=6.0, implements=(PlanLink("KLIMA"),))
    plan = speaker(21, level=3, plan_id="KLIMA", relevance=4.0)

    assert decide([strategy, plan], FACTS, on_one_matter).authority is None


def test_two_of_one_rank_that_point_apart_are_unresolved() -> None:
    decision = decide([SPECIAL_OLD, GENERAL_NEW], FACTS, on_one_matter)

    assert decision.outcome is Outcome.UNRESOLVED


MATTER = [LAW, STRICTER, LOOSER, HANDBOOK, TARGET, COUNCIL]


@settings(deadline=None)
@given(st.permutations(MATTER))
def test_the_order_of_documents_never_matters(ordered: list[Speaker]) -> None:
    assert governing(*ordered) == governing(*MATTER)


@settings(deadline=None)
@given(st.sampled_from([State.DRAFT, State.HEARING, State.REPEALED, State.SUPERSEDED]), st.floats(0, 20))
def test_adding_a_text_not_in_force_never_changes_who_governs(state: State, relevance: float) -> None:
    added = speaker(30, level=1, kind="law", body=1, amounts=AT_LEAST_40, state=state, relevance=relevance)

    assert governing(*MATTER, added) == governing(*MATTER)


@settings(deadline=None)
@given(st.floats(-20, 0))
def test_adding_an_irrelevant_text_never_changes_who_governs(relevance: float) -> None:
    added = speaker(30, level=1, kind="law", body=1, amounts=AT_LEAST_40, relevance=relevance)

    assert governing(*MATTER, added) == governing(*MATTER)


def test_removing_the_governing_text_leaves_the_next_in_line() -> None:
    assert governing(LAW, STRICTER) == "P2"
    assert governing(LAW) == "P1"
