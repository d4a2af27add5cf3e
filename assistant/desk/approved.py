"""The trainer's approved answers that rest on a plan, from the bank that lies beside the index, if one does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assistant.desk.reach import ApprovedAnswers
from assistant.library import Library


def answers(library: Library) -> ApprovedAnswers | None:
    """What asks the bank; None where there is no bank, so that looking makes none.

    Raises:
        BankDamaged: the file beside the index is not a bank, or one of a later version.
    """
    from assistant.training.bank import Bank
    from assistant.training.items import State
    from assistant.training.records import bank_file

    place = bank_file(library.store.folder)
    if not place.is_file():
        return None
    bank = Bank.open(place)
    municipality = library.register.municipality.municipality_id
    items = bank.items(municipality, state=State.APPROVED)
    bank.close()

    def of_plan(plan_id: str) -> Sequence[Mapping[str, Any]]:
        return [
            {"id": i.item_id, "question": i.question, "answer": i.answer, "why": f"rests on {plan_id}"}
            for i in items
            if plan_id in i.plan_ids
        ]

    return of_plan
