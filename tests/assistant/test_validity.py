from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.desk.validity import ReasonKey, State, Validity, in_force, of_statement, validity
from ingest.periods import Period
from ingest.plans import Municipality, Plan, PlanVersion, Register, Status
from ingest.register import DEFAULT_LEVELS

TODAY = date(2026, 11, 20)


def version(version_id: str | None = None, **said: Any) -> PlanVersion:
    defaults: dict[str, Any] = {"language": "nb", "status": Status.ADOPTED}
    return PlanVersion(version_id=version_id, files=("x.md",), title="Plan", **(defaults | said))


def plan(plan_id: str, *versions: PlanVersion, **said: Any) -> Plan:
    return Plan(plan_id=plan_id, title=plan_id, level=4, kind="strategy", versions=versions, **said)


def register(*plans: Plan) -> Register:
    here = Municipality(municipality_id="testby", name="Testby kommune")
    return Register(municipality=here, levels=DEFAULT_LEVELS, bodies=(), plans=plans)


def found(plans: Register, plan_id: str, as_of: date, today: date | None = TODAY) -> Validity:
    asked = plans.plan(plan_id)
    return validity(plans, asked, asked.versions[0], as_of, today)


def state(plans: Register, plan_id: str, as_of: date, today: date | None = TODAY) -> State:
    return found(plans, plan_id, as_of, today).state


# --- its own days -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        (date(2025, 12, 31), State.NOT_YET),
        (date(2026, 1, 1), State.IN_FORCE),
        (date(2029, 12, 31), State.IN_FORCE),
        (date(2030, 1, 1), State.EXPIRED_NOT_REPLACED),
    ],
)
def test_plan_holds_from_its_first_to_its_last_day(as_of: date, expected: State) -> None:
    plans = register(plan("A", version(valid_from=date(2026, 1, 1), valid_to=date(2029, 12, 31))))

    assert state(plans, "A", as_of) is expected


def test_plan_without_a_first_day_holds_from_its_adoption() -> None:
    plans = register(plan("A", version(adopted_on=date(2026, 2, 12))))

    assert state(plans, "A", date(2026, 2, 11)) is State.NOT_YET
    assert state(plans, "A", date(2026, 2, 12)) is State.IN_FORCE


def test_plan_without_any_day_is_in_force() -> None:
    assert state(register(plan("A", version())), "A", date(1990, 1, 1)) is State.IN_FORCE


def test_period_that_ended_with_nothing_in_its_place_may_still_govern() -> None:
    validity_found = found(register(plan("A", version(valid_to=date(2025, 12, 31)))), "A", TODAY)

    assert validity_found.state is State.EXPIRED_NOT_REPLACED
    assert validity_found.governs


@pytest.mark.parametrize("status", [Status.DRAFT, Status.HEARING])
@pytest.mark.parametrize("as_of", [date(2020, 1, 1), TODAY, date(2031, 1, 1)])
def test_draft_never_governs_on_any_date(status: Status, as_of: date) -> None:
    plans = register(plan("A", version(status=status, valid_from=date(2019, 1, 1))))

    assert not found(plans, "A", as_of).governs


# --- successors ---------------------------------------------------------------------------


def old_and_new(old: PlanVersion, new: PlanVersion) -> Register:
    return register(plan("OLD", old), plan("NEW", new, supersedes=("OLD",)))


def test_what_is_superseded_today_governed_until_its_successor_came() -> None:
    plans = old_and_new(
        version(status=Status.SUPERSEDED, adopted_on=date(2022, 3, 24)),
        version(adopted_on=date(2026, 2, 12)),
    )

    assert state(plans, "OLD", date(2026, 2, 11)) is State.IN_FORCE
    assert found(plans, "OLD", date(2026, 2, 12)) == Validity(
        State.SUPERSEDED, date(2022, 3, 24), date(2026, 2, 12), "NEW", ReasonKey.SUCCESSOR
    )


def test_successor_counts_from_its_first_day_and_not_from_its_adoption() -> None:
    plans = old_and_new(version(), version(adopted_on=date(2026, 6, 1), valid_from=date(2027, 1, 1)))

    assert state(plans, "OLD", TODAY) is State.IN_FORCE
    assert state(plans, "OLD", date(2027, 1, 1)) is State.SUPERSEDED


def test_between_its_last_day_and_its_successor_a_plan_is_expired_not_replaced() -> None:
    plans = old_and_new(version(valid_to=date(2025, 12, 31)), version(valid_from=date(2026, 2, 12)))

    assert state(plans, "OLD", date(2026, 1, 15)) is State.EXPIRED_NOT_REPLACED
    assert state(plans, "OLD", date(2026, 2, 12)) is State.SUPERSEDED


@pytest.mark.parametrize("status", [Status.DRAFT, Status.HEARING])
def test_draft_replaces_nothing(status: Status) -> None:
    plans = old_and_new(version(), version(status=status, valid_from=date(2026, 1, 1)))

    assert state(plans, "OLD", TODAY) is State.IN_FORCE


def test_successor_since_nobody_knows_when_leaves_a_doubt_that_never_governs() -> None:
    assert found(old_and_new(version(), version()), "OLD", TODAY).reason_key is (
        ReasonKey.SUCCESSOR_WITHOUT_DAY
    )
    assert state(old_and_new(version(), version()), "OLD", TODAY) is State.SUPERSEDED


def test_successor_that_was_repealed_itself_gives_nothing_back() -> None:
    plans = old_and_new(
        version(),
        version(status=Status.REPEALED, valid_from=date(2024, 1, 1), repealed_on=date(2025, 1, 1)),
    )

    assert state(plans, "OLD", TODAY) is State.SUPERSEDED


# --- an end whose day nobody gave ---------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "ended"), [(Status.SUPERSEDED, State.SUPERSEDED), (Status.REPEALED, State.REPEALED)]
)
def test_register_that_calls_a_plan_past_is_believed_whatever_its_period(
    status: Status, ended: State
) -> None:
    plans = register(plan("A", version(status=status, valid_to=date(2032, 12, 31))))

    assert state(plans, "A", TODAY) is ended


@pytest.mark.parametrize("status", [Status.SUPERSEDED, Status.REPEALED])
def test_plan_past_today_governed_while_its_own_ended_period_ran(status: Status) -> None:
    plans = register(
        plan("A", version(status=status, valid_from=date(2022, 1, 1), valid_to=date(2025, 12, 31)))
    )

    assert state(plans, "A", date(2024, 6, 1)) is State.IN_FORCE
    assert not found(plans, "A", date(2026, 1, 1)).governs


def test_without_a_today_the_status_speaks_of_the_day_asked_about() -> None:
    plans = register(plan("A", version(status=Status.SUPERSEDED, valid_to=date(2025, 12, 31))))

    assert state(plans, "A", date(2024, 6, 1), today=None) is State.SUPERSEDED


# --- repeal -------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [Status.REPEALED, Status.ADOPTED])
def test_repealed_plan_governed_until_its_repeal(status: Status) -> None:
    plans = register(plan("A", version(status=status, repealed_on=date(2025, 5, 1))))

    assert state(plans, "A", date(2025, 4, 30)) is State.IN_FORCE
    assert state(plans, "A", date(2025, 5, 1)) is State.REPEALED


def test_of_repeal_and_successor_the_first_ends_the_plan() -> None:
    plans = old_and_new(
        version(status=Status.REPEALED, repealed_on=date(2025, 5, 1)), version(valid_from=date(2026, 1, 1))
    )

    assert state(plans, "OLD", TODAY) is State.REPEALED


def test_repeal_without_a_day_is_not_undone_by_a_later_successor() -> None:
    plans = old_and_new(version(status=Status.REPEALED), version(valid_from=date(2027, 1, 1)))

    assert state(plans, "OLD", TODAY) is State.REPEALED


# --- versions of one plan -----------------------------------------------------------------

LAW = plan(
    "LAW",
    version("v2024", status=Status.SUPERSEDED, valid_from=date(2024, 1, 1), valid_to=date(2026, 6, 30)),
    version("v2026", valid_from=date(2026, 7, 1)),
)


@pytest.mark.parametrize(
    ("as_of", "holds"),
    [
        (date(2023, 12, 31), []),
        (date(2026, 5, 1), ["v2024"]),
        (date(2026, 6, 30), ["v2024"]),
        (date(2026, 7, 1), ["v2026"]),
    ],
)
def test_version_whose_period_contains_the_day_is_in_force(as_of: date, holds: list[str]) -> None:
    assert [each.version_id for each in in_force(register(LAW), LAW, as_of, TODAY)] == holds


def test_version_ends_where_the_next_begins_though_it_names_no_end() -> None:
    law = plan("LAW", version("v1", valid_from=date(2024, 1, 1)), version("v2", valid_from=date(2026, 7, 1)))

    validity_found = validity(register(law), law, law.versions[0], TODAY)

    assert (validity_found.state, validity_found.replaced_by) == (State.SUPERSEDED, "v2")


def test_translation_made_later_replaces_nothing_in_another_language() -> None:
    both = plan(
        "S", version("nb", valid_from=date(2026, 2, 12)), version("en", language="en", valid_from=TODAY)
    )

    assert len(in_force(register(both), both, TODAY)) == 2


def test_later_text_in_the_language_that_prevails_ends_the_old_translation() -> None:
    both = plan(
        "S",
        version("en", language="en", valid_from=date(2024, 1, 1)),
        version("nb", valid_from=date(2026, 2, 12)),
        authoritative_language="nb",
    )

    assert [each.version_id for each in in_force(register(both), both, TODAY)] == ["nb"]


def test_hearing_version_leaves_the_adopted_one_in_force() -> None:
    both = plan("D", version("v1"), version("v2", status=Status.HEARING, valid_from=date(2026, 1, 1)))

    assert [each.version_id for each in in_force(register(both), both, TODAY)] == ["v1"]


# --- laws ---------------------------------------------------------------------------------

DAYS = st.dates(date(2015, 1, 1), date(2035, 1, 1))


@st.composite
def versions(draw: st.DrawFn) -> PlanVersion:
    begins, ends = sorted((draw(DAYS), draw(DAYS)))
    return version(
        draw(st.text("abcdef", min_size=1, max_size=4)),
        status=draw(st.sampled_from(Status)),
        valid_from=draw(st.sampled_from([None, begins])),
        valid_to=draw(st.sampled_from([None, ends])),
        repealed_on=draw(st.none() | DAYS),
    )


@given(st.lists(versions(), min_size=1, max_size=4), st.lists(versions(), max_size=2), DAYS)
def test_day_in_force_lies_within_the_bounds_told(
    mine: list[PlanVersion], theirs: list[PlanVersion], as_of: date
) -> None:
    one, other = plan("A", *mine), plan("B", *theirs, supersedes=("A",))
    plans = register(one, other)

    for each in one.versions:
        told = validity(plans, one, each, as_of, TODAY)
        if told.state is State.IN_FORCE:
            assert told.since is None or told.since <= as_of
            assert told.until is None or as_of < told.until


@given(st.lists(versions(), min_size=2, max_size=4), DAYS)
def test_of_texts_in_one_language_that_begin_on_different_days_at_most_one_governs(
    texts: list[PlanVersion], as_of: date
) -> None:
    begun = {each.valid_from: each for each in texts if each.valid_from}
    one = plan("A", *begun.values())

    assert len(in_force(register(one), one, as_of, TODAY)) <= 1


@given(versions(), DAYS)
def test_text_that_ended_never_comes_back(text: PlanVersion, as_of: date) -> None:
    one = plan("A", text)
    plans = register(one)
    ended = validity(plans, one, text, as_of, TODAY).state in (State.SUPERSEDED, State.REPEALED)

    later = validity(plans, one, text, as_of + timedelta(days=400), TODAY)

    assert not (ended and later.governs)


# --- a statement's own days ---------------------------------------------------------------

REPEALED = Period(None, date(2026, 6, 30))
COMING = Period(date(2026, 7, 1), None)
PROVISIONS = [
    (REPEALED, date(2026, 6, 30), State.IN_FORCE),
    (REPEALED, date(2026, 7, 1), State.REPEALED),
    (COMING, date(2026, 6, 30), State.NOT_YET),
    (COMING, date(2026, 7, 1), State.IN_FORCE),
    (None, date(2026, 7, 1), State.IN_FORCE),
]


@pytest.mark.parametrize(("period", "as_of", "expected"), PROVISIONS)
def test_a_provision_holds_between_the_days_its_own_text_names(
    period: Period | None, as_of: date, expected: State
) -> None:
    whole = Validity(State.IN_FORCE, date(2017, 1, 1), reason_key=ReasonKey.WITHIN_PERIOD)

    assert of_statement(whole, period, as_of).state is expected


def test_no_words_of_its_own_bring_a_dead_text_back() -> None:
    dead = Validity(State.SUPERSEDED)

    assert of_statement(dead, COMING, date(2026, 8, 1)) == dead
