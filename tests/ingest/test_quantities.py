import pytest

from ingest.plans import Amount
from ingest.quantities import quantities

ROWS = [
    ("nb", "fra 100 000 til 1,3 mill. kroner", [(100_000, 1_300_000, "money")]),
    ("nb", "over 500 000 kroner", [(500_000, None, "money")]),
    ("nb", "inntil 250 000", [(None, 250_000, "money")]),
    ("nb", "en ny koster 38 tusen", [(38_000, 38_000, "money")]),
    ("nb", "vektes 10–20 %", [(10, 20, "percent")]),
    ("nb", "minst tretti prosent", [(30, None, "percent")]),
    ("nb", "for 450.000,-", [(450_000, 450_000, "money")]),
    ("nb", "over 100 m²", [(100, None, "m2")]),
    ("nn", "i minst 15 år", [(15, None, "year")]),
    ("en", "a £25k purchase", [(25_000, 25_000, "money")]),
    ("en", "at least three quotes", [(3, None, "offer")]),
    ("en", "not exceeding £10,000", [(None, 10_000, "money")]),
    ("sv", "värde över 700 000 kr", [(700_000, None, "money")]),
]


@pytest.mark.parametrize(("language", "text", "amounts"), ROWS)
def test_amounts_are_read_with_unit_and_bounds(
    language: str, text: str, amounts: list[tuple[float | None, float | None, str]]
) -> None:
    found = [(q.amount.low, q.amount.high, q.amount.unit) for q in quantities(text, language)]

    assert found == amounts


@pytest.mark.parametrize(
    "text", ["vedtatt 15. juni 2023", "planen 2021–2030", "jf. § 5-3", "om lag 21 000 innbyggere"]
)
def test_dates_periods_references_and_counts_of_people_are_no_amounts(text: str) -> None:
    assert quantities(text, "nb") == []


@pytest.mark.parametrize(
    ("text", "language", "beyond"),
    [
        ("over 5 millioner kroner", "nb", True),
        ("under 100 000 kroner", "nb", True),
        ("fra 100 000 kroner", "nb", False),
        ("ikke over 500 000 kroner", "nb", False),
        ("more than £5,000", "en", True),
        ("no more than £5,000", "en", False),
        ("överstiger 40 000 kronor", "sv", True),
        ("inte överstiger 40 000 kronor", "sv", False),
    ],
)
def test_over_and_under_leave_the_bound_itself_out(text: str, language: str, beyond: bool) -> None:
    assert quantities(text, language)[0].amount.beyond is beyond


@pytest.mark.parametrize(
    ("text", "language"),
    [("not less than 30 per cent", "en"), ("ikke mindre enn 30 %", "nb"), ("inte mindre än 30 %", "sv")],
)
def test_what_may_not_be_less_is_a_minimum(text: str, language: str) -> None:
    assert quantities(text, language)[0].amount == Amount(30.0, None, "percent")
