from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from assistant.desk.due import calendar, due
from assistant.desk.due import render as render_due
from assistant.desk.impact import impact
from assistant.desk.impact import render as render_impact
from assistant.desk.tree import render as render_tree
from assistant.desk.tree import tree
from ingest.errors import UnknownPlan
from ingest.plans import Municipality, Plan, PlanLink, PlanVersion, Register, RevisionDue, Status
from ingest.register import DEFAULT_LEVELS

TODAY = date(2026, 11, 20)


def plan(plan_id: str, level: int, *, implements: tuple[str, ...] = (), **said: Any) -> Plan:
    dates = {key: said.pop(key) for key in ("adopted_on", "valid_from", "valid_to") if key in said}
    text = PlanVersion(
        version_id=None,
        files=(f"{plan_id}.md",),
        title=said.get("title", plan_id),
        language="nb",
        status=said.pop("status", Status.ADOPTED),
        **dates,
    )
    links = tuple(PlanLink(*link.split("#")) for link in implements)
    return Plan(
        plan_id=plan_id,
        level=level,
        kind="plan",
        versions=(text,),
        implements=links,
        **({"title": plan_id} | said),
    )


def register(*plans: Plan, confirmed: bool = True) -> Register:
    here = Municipality(municipality_id="testby", name="Testby kommune")
    return Register(municipality=here, levels=DEFAULT_LEVELS, bodies=(), plans=plans, confirmed=confirmed)


LADDER = register(
    plan("ROUTINE", 4, implements=("STRATEGY#A1", "CLIMATE#T1")),
    plan("STRATEGY", 4, implements=("CLIMATE",)),
    plan("OLD", 4, implements=("CLIMATE",), status=Status.SUPERSEDED),
    plan("CLIMATE", 3, implements=("MASTER",)),
    plan("DRAFT", 3, status=Status.HEARING, supersedes=("CLIMATE",)),
    plan("MASTER", 2),
    plan("ENGLISH", 4, translation_of="STRATEGY"),
    plan("ALONE", 4),
)


# --- impact -------------------------------------------------------------------------------


def reviewed(plan_id: str) -> list[str]:
    return [row["plan_id"] for row in impact(LADDER, plan_id)["review"]]


def test_change_reaches_every_plan_that_builds_on_it_higher_level_first() -> None:
    review = impact(LADDER, "MASTER")["review"]

    assert [row["level"] for row in review] == sorted(row["level"] for row in review)
    assert {row["plan_id"] for row in review} == {
        "CLIMATE",
        "DRAFT",
        "STRATEGY",
        "OLD",
        "ROUTINE",
        "ENGLISH",
    }


def test_change_reaches_translations_and_what_would_replace_the_plan() -> None:
    assert "ENGLISH" in reviewed("STRATEGY")
    assert "DRAFT" in reviewed("CLIMATE")


def test_change_reaches_nothing_above_it_and_not_itself() -> None:
    assert reviewed("ROUTINE") == []
    assert "MASTER" not in reviewed("CLIMATE")


def test_each_plan_to_review_says_why() -> None:
    why = {row["plan_id"]: row["why"] for row in impact(LADDER, "CLIMATE")["review"]}

    assert why["STRATEGY"] == "implements CLIMATE"
    assert why["ROUTINE"] == "implements CLIMATE section T1"
    assert why["DRAFT"] == "supersedes CLIMATE"
    assert why["OLD"].endswith("but is superseded itself")


def test_impact_is_the_contract_and_nothing_more() -> None:
    content = impact(LADDER, "CLIMATE")

    assert set(content) == {"plan_id", "review"}
    assert all(set(row) == {"plan_id", "level", "why"} for row in content["review"])


def test_impact_of_an_unknown_plan_names_those_there_are() -> None:
    with pytest.raises(UnknownPlan, match="CLIMATE"):
        impact(LADDER, "CLIMAT")


def test_impact_in_words_says_when_nothing_builds_on_a_plan() -> None:
    assert render_impact(impact(LADDER, "ALONE")) == "No other plan builds on ALONE."


# --- due ----------------------------------------------------------------------------------


def on(day: str) -> RevisionDue:
    return RevisionDue(on=date.fromisoformat(day))


def order(*plans: Plan) -> list[str]:
    return [row["plan_id"] for row in due(register(*plans), TODAY)]


def test_overdue_stands_first_and_the_higher_level_before_the_lower() -> None:
    plans = (
        plan("LATER", 2, revision_due=on("2027-01-01")),
        plan("LOW", 4, revision_due=on("2024-01-01")),
        plan("HIGH", 3, revision_due=on("2025-01-01")),
        plan("SOON", 4, revision_due=on("2026-12-01")),
    )

    assert order(*plans) == ["HIGH", "LOW", "SOON", "LATER"]


def test_plan_due_today_is_not_overdue() -> None:
    (row,) = due(register(plan("A", 4, revision_due=RevisionDue(on=TODAY))), TODAY)

    assert not row["overdue"]


def test_plan_that_builds_on_one_due_is_looked_at_with_it_and_after_it() -> None:
    rows = due(
        register(
            plan("CHILD", 4, implements=("PARENT",), revision_due=on("2028-01-01")),
            plan("PARENT", 3, revision_due=on("2027-01-01")),
        ),
        TODAY,
    )

    assert rows[0]["with"] == ["CHILD"]
    assert rows[1]["after"] == ["PARENT"]


@pytest.mark.parametrize("status", [Status.SUPERSEDED, Status.REPEALED, Status.HEARING])
def test_plan_that_does_not_govern_is_not_due(status: Status) -> None:
    assert order(plan("A", 4, status=status, revision_due=on("2025-01-01"))) == []


def test_every_four_years_counts_from_the_last_decision() -> None:
    (row,) = due(
        register(plan("A", 4, adopted_on=date(2021, 4, 29), revision_due=RevisionDue(every_years=4))), TODAY
    )

    assert (row["due_on"], row["overdue"]) == ("2025-04-29", True)


def test_yearly_review_without_a_decision_is_due_next_time_and_never_overdue() -> None:
    (row,) = due(
        register(plan("A", 1, valid_from=date(2022, 1, 1), revision_due=RevisionDue(every_years=1))), TODAY
    )

    assert (row["due_on"], row["overdue"]) == ("2027-01-01", False)


def test_leap_day_comes_round_on_the_last_of_february() -> None:
    (row,) = due(
        register(plan("A", 4, adopted_on=date(2024, 2, 29), revision_due=RevisionDue(every_years=1))), TODAY
    )

    assert row["due_on"] == "2025-02-28"


def test_plan_with_no_rule_falls_due_when_its_period_ends() -> None:
    (row,) = due(register(plan("A", 4, valid_to=date(2025, 12, 31))), TODAY)

    assert (row["due_on"], row["basis"], row["overdue"]) == ("2025-12-31", "valid_to", True)


def test_due_in_words_marks_what_is_overdue() -> None:
    rows = due(register(plan("A", 4, revision_due=on("2025-01-01"), owner="Plan og klima")), TODAY)

    assert render_due(rows) == "2025-01-01  OVERDUE A  A (level 4, Plan og klima)"


def unfolded(text: str) -> list[str]:
    """The content lines of a calendar (RFC 5545, 3.1)."""
    return text.replace("\r\n ", "").split("\r\n")


def test_calendar_has_a_whole_day_for_each_plan() -> None:
    lines = unfolded(calendar(due(register(plan("A", 4, revision_due=on("2026-12-31"))), TODAY)))

    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert "DTSTART;VALUE=DATE:20261231" in lines
    assert "DTEND;VALUE=DATE:20270101" in lines


def test_calendar_lines_are_at_most_75_octets_and_unfold_to_the_whole_title() -> None:
    title = "Kommunedelplan for klima, energi; og sirkulær økonomi " * 5
    text = calendar(due(register(plan("A", 4, title=title.strip(), revision_due=on("2026-12-31"))), TODAY))

    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "SUMMARY:" + title.strip().replace(";", "\\;").replace(",", "\\,") in unfolded(text)


def test_title_cannot_write_lines_of_its_own_into_the_calendar() -> None:
    title = "Plan\nEND:VEVENT\nBEGIN:VALARM"
    lines = unfolded(calendar(due(register(plan("A", 4, title=title, revision_due=on("2026-12-31"))), TODAY)))

    assert "BEGIN:VALARM" not in lines


# --- tree ---------------------------------------------------------------------------------


def test_tree_has_every_level_from_the_top_with_its_plans() -> None:
    levels = tree(LADDER, TODAY)["levels"]

    assert [level["rank"] for level in levels] == [1, 2, 3, 4]
    assert [each["plan_id"] for each in levels[2]["plans"]] == ["CLIMATE", "DRAFT"]


def test_tree_tells_the_state_on_the_day_asked_about() -> None:
    plans = register(plan("A", 4, valid_from=date(2027, 1, 1)))

    states = [
        tree(plans, day)["levels"][3]["plans"][0]["versions"][0]["state"] for day in (TODAY, date(2027, 1, 1))
    ]

    assert states == ["not_yet", "in_force"]


def test_tree_in_words_shows_links_with_their_sections() -> None:
    assert "implements STRATEGY#A1, CLIMATE#T1" in render_tree(tree(LADDER, TODAY))


def test_tree_of_a_guessed_register_says_that_nobody_confirmed_it() -> None:
    assert "confirmed by nobody" in render_tree(tree(register(plan("A", 4), confirmed=False), TODAY))


def test_tree_names_levels_in_the_language_asked_for() -> None:
    assert tree(LADDER, TODAY, "nn")["levels"][0]["name"] == "Nasjonalt regelverk"
