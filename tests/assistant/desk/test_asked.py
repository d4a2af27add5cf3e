"""What a sentence demands beyond its figures: shares, intervals, bands, bans on more."""

from __future__ import annotations

import pytest

from assistant.desk.asked import TIMES, asked
from ingest.plans import Amount, Force

INFORMATION, PROHIBITION = Force.INFORMATION, Force.PROHIBITION

SAID = [
    ("Minst halvparten av melken er økologisk.", "nb", INFORMATION, Amount(50, None, "percent")),
    ("A third of the tools are borrowed.", "en", INFORMATION, Amount(33.3, 33.3, "percent")),
    ("Lifts are inspected every six months.", "en", INFORMATION, Amount(2, 2, TIMES)),
    ("Leieavtaler skal ikke vare lenger enn fire år.", "nb", PROHIBITION, Amount(None, 4, "year")),
    ("Under 30,000 pounds ask one supplier.", "en", INFORMATION, Amount(1, 1, "offer")),
]


@pytest.mark.parametrize(("text", "language", "force", "amount"), SAID)
def test_words_around_a_figure_tell_what_is_asked(
    text: str, language: str, force: Force, amount: Amount
) -> None:
    assert amount in asked(text, language, force)


def test_between_two_amounts_is_one_band() -> None:
    found = asked("Between 10,000 and 80,000 pounds three quotes are needed.", "en", INFORMATION)

    assert Amount(10_000, 80_000, "money") in found
