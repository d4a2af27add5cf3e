"""Laws that hold for every set of statements, whatever their levels, bodies and figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answers import Asks, Facts, Outcome, Source
from assistant.authority import Speaker, decide, prevails
from assistant.desk.validity import State, Validity
from assistant.maxims import Maxim
from assistant.strictness import covers
from ingest.plans import Amount, BlockKind, Force, Plan, PlanVersion, Status
from ingest.store import StoredStatement

FACTS = Facts(query="hvor mye skal miljø telle?", language="nb", as_of=date(2026, 11, 20), asks=Asks.AMOUNT)
FORCES = (
    Force.OBLIGATION,
    Force.PROHIBITION,
    Force.RECOMMENDATION,
    Force.PERMISSION,
    Force.TARGET,
    Force.INFORMATION,
)
KINDS = ("law", "master-plan", "sub-plan", "theme-plan", "strategy", "standing-orders", "handbook", "routine")


def speaker(
    number: int,
    level: int,
    force: Force,
    percent: float,
    kind: str,
    body: int,
    year: int,
    relevance: float = 5.0,
) -> Speaker:
    name = f"P{number}"
    version = PlanVersion(version_id=None, files=(), title=name, language="nb", status=Status.ADOPTED)
    statement = StoredStatement(
        statement_id=number, document_id=number, place=number, passage_row=number, section=0,
        text=f"Regel nummer {number} gjelder.", context="", language="nb", kind=BlockKind.PARAGRAPH, force=force,
        bearer=None, amounts=(Amount(percent, None, "percent"),), dates=(), flags=frozenset(), spans=(),
    )  # fmt: skip
    source = Source(
        statement_id=number, document_id=number, plan_id=name, version_id=None, file=f"{name}.md", title=name,
        level=level, level_name=str(level), section="1", page=1, quote=statement.text, language="nb", force=force,
        adopted_on=date(year, 1, 1),
    )  # fmt: skip
    plan = Plan(plan_id=name, title=name, level=level, kind=kind, versions=(version,))
    return Speaker(
        statement=statement, source=source, plan=plan, validity=Validity(State.IN_FORCE), relevance=relevance,
        body_rank=body, council_rank=3,
    )  # fmt: skip


def statements(number: int) -> st.SearchStrategy[Speaker]:
    return st.builds(
        speaker, st.just(number), st.integers(1, 5), st.sampled_from(FORCES), st.sampled_from([10, 30, 40]),
        st.sampled_from(KINDS), st.integers(1, 5), st.integers(2018, 2025),
        st.floats(4.0, 5.0),
    )  # fmt: skip


SETS = st.integers(2, 5).flatmap(lambda size: st.tuples(*(statements(n) for n in range(1, size + 1))))
DEAD = st.sampled_from([State.DRAFT, State.HEARING, State.NOT_YET, State.SUPERSEDED, State.REPEALED])


def on_one_matter(first: int, second: int) -> float:
    return 0.95


def governing(speakers: tuple[Speaker, ...] | list[Speaker]) -> str | None:
    found = decide(speakers, FACTS, on_one_matter).governing
    return found.plan.plan_id if found else None


@settings(deadline=None)
@given(statements(1), statements(2))
def test_of_two_the_same_prevails_whichever_is_named_first(first: Speaker, second: Speaker) -> None:
    assert prevails(first, second) == prevails(second, first)


@settings(deadline=None)
@given(statements(1), statements(2))
def test_an_express_clause_among_equals_decides(first: Speaker, second: Speaker) -> None:
    told = replace(first, yields_to=frozenset({second.plan.plan_id}))
    _, without = prevails(first, second)
    winner, maxim = prevails(told, second)

    if without in (Maxim.LEX_POSTERIOR, Maxim.LEX_SPECIALIS, Maxim.UNRESOLVED):
        assert (winner, maxim) == (second, Maxim.EXPRESS_CLAUSE)
    if without in (Maxim.ADVICE_YIELDS, Maxim.MAY_TIGHTEN):
        assert maxim is without


@settings(deadline=None)
@given(SETS, st.randoms())
def test_the_order_of_the_statements_never_matters(found: tuple[Speaker, ...], random: object) -> None:
    mixed = list(found)
    random.shuffle(mixed)  # type: ignore[attr-defined]

    assert governing(mixed) == governing(found)


@settings(deadline=None)
@given(SETS, statements(9), DEAD, st.floats(-20, 20))
def test_a_text_not_in_force_never_changes_who_governs(
    found: tuple[Speaker, ...], added: Speaker, state: State, relevance: float
) -> None:
    dead = replace(added, validity=Validity(state), relevance=relevance)

    assert governing([*found, dead]) == governing(found)


@settings(deadline=None)
@given(SETS, statements(9), st.floats(-20, -1))
def test_an_irrelevant_text_never_changes_who_governs(
    found: tuple[Speaker, ...], added: Speaker, relevance: float
) -> None:
    assert governing([*found, replace(added, relevance=relevance)]) == governing(found)


@settings(deadline=None)
@given(SETS)
def test_without_the_governing_text_another_governs_or_none(found: tuple[Speaker, ...]) -> None:
    first = governing(found)
    rest = [s for s in found if s.plan.plan_id != first]

    assert governing(rest) in {s.plan.plan_id for s in rest}
    assert decide([], FACTS, on_one_matter).outcome is Outcome.ABSTAINED


@settings(deadline=None)
@given(st.floats(0, 1e7), st.floats(0, 1e7), st.floats(0, 1e7))
def test_a_duty_from_an_amount_holds_for_every_larger_purchase(
    start: float, value: float, more: float
) -> None:
    duty = (Amount(start, None, "money"),)

    assert not covers(duty, value) or covers(duty, value + more)
