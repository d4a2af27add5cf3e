"""Other forms of a plan's name, and forms that several plans could bear."""

from __future__ import annotations

import pytest

from assistant.desk.names import Names
from ingest.plans import Plan


def plan(plan_id: str, title: str, kind: str = "strategy") -> Plan:
    return Plan(plan_id=plan_id, title=title, level=4, kind=kind, versions=())


HANDBOOK = plan("H", "Innkjøpshåndbok for Vika kommune", "handbook")
CLIMATE = plan("C", "Climate and Resources Plan 2023-2031")


@pytest.mark.parametrize(
    "text", ["Er du i tvil, står det i håndboka.", "Se innkjøpshåndboka for Vika kommune."]
)
def test_a_definite_or_shortened_name_names_the_plan(text: str) -> None:
    assert Names(HANDBOOK, [HANDBOOK]).stand_in(text, "nb")


def test_a_plural_names_none() -> None:
    assert not Names(HANDBOOK, [HANDBOOK]).stand_in("Strategier og håndbøker er verktøy.", "nb")


def test_a_topic_and_the_head_name_the_plan() -> None:
    assert Names(CLIMATE, [CLIMATE]).stand_in("The targets stand in the climate plan.", "en")


def test_a_short_form_that_fits_two_plans_names_neither() -> None:
    other = plan("D", "Driftshåndbok for skolene", "handbook")

    assert not Names(HANDBOOK, [HANDBOOK, other]).stand_in("Det står i håndboka.", "nb")
