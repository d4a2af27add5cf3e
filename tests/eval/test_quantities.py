from __future__ import annotations

import pytest

from eval.quantities import contains, figures, quantities


def _read(text: str) -> list[tuple[float, str]]:
    return [(each.value, each.unit) for each in quantities(text)]


@pytest.mark.parametrize(
    "text",
    ["500 000 kr", "500.000 kroner", "kr 500 000,-", "0,5 mill. kroner", "NOK 500,000", "500 tusen kr"],
)
def test_an_amount_is_one_however_it_is_written(text: str) -> None:
    assert _read(text) == [(500_000.0, "kr")]


@pytest.mark.parametrize(
    "text",
    ["30 %", "30%", "30 prosent", "tretti prosent", "30 per cent", "thirty percent", "trettio procent"],
)
def test_a_share_is_one_however_it_is_written(text: str) -> None:
    assert _read(text) == [(30.0, "%")]


@pytest.mark.parametrize(
    "text", ["1. juli 2026", "1 July 2026", "July 1, 2026", "2026-07-01", "01.07.2026", "1. juli, 2026"]
)
def test_a_date_is_one_however_it_is_written(text: str) -> None:
    assert quantities(text)[0].same_as(quantities("2026-07-01")[0])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,3 millioner kroner", [(1_300_000.0, "kr")]),
        ("£2.6m", [(2_600_000.0, "£")]),
        ("40 m", [(40.0, "m")]),
        ("10–20 %", [(10.0, "%"), (20.0, "%")]),
        ("to til tre år", [(2.0, "year"), (3.0, "year")]),
        ("tjuefem dager", [(25.0, "day")]),
        ("twenty-five days", [(25.0, "day")]),
        ("1 000 000,50 kr", [(1_000_000.5, "kr")]),
        ("fem cyklar om året", [(5.0, "")]),
    ],
)
def test_quantities_have_value_and_unit(text: str, expected: list[tuple[float, str]]) -> None:
    assert _read(text) == expected


@pytest.mark.parametrize("text", ["§ 5-3", "Order 5", "side 4", "[2]", "T3 og M7", "kapittel 12"])
def test_where_something_stands_is_no_amount(text: str) -> None:
    assert _read(text) == []


def test_to_is_two_in_norwegian_and_nothing_in_english() -> None:
    assert _read("Det skal være to tilbud.") == [(2.0, "")]
    assert _read("You need to get the offer.") == []


def test_a_share_is_never_meant_by_a_bare_number() -> None:
    assert contains(quantities("30 %")[0], "minst 30 dager") is None
    assert contains(quantities("30 %")[0], "minst 30") is None
    assert contains(quantities("500 000")[0], "fra 500 000 kroner") is not None


def test_a_month_holds_its_days() -> None:
    assert contains(quantities("juni 2027")[0], "senest 30. juni 2027") is not None
    assert contains(quantities("30. juni 2027")[0], "i juni 2027") is None


def test_figures_of_a_date_stand_alone() -> None:
    assert 1909.0 in figures("July 11, 1909")
    assert figures("one of them") == {}
