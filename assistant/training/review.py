"""What a trainer does with an item: approve, reject, edit, share. Each leaves its trace in the history."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from assistant.training.bank import Bank
from assistant.training.errors import BadEdit
from assistant.training.items import Difficulty, Item, Kind, Option, State

_LONGEST = 2_000
"""Characters of an edited field."""
_FEWEST_OPTIONS = 2


def queue(bank: Bank, municipality: str | None = None, **chosen: Any) -> list[Item]:
    """What waits for a review; `language` and `plan` narrow it."""
    return bank.items(municipality, state=State.DRAFT, **chosen)


def approve(bank: Bank, item_ids: Sequence[str], *, role: str, on: date | None = None) -> list[Item]:
    """Marks items as checked by a role on a day; all of them or, where one is unknown, none.

    Raises:
        UnknownItem: the bank lacks one of them.
        BadEdit: no role is named, or an item has not exactly one right answer.
    """
    if not role.strip():
        raise BadEdit(
            "an approval needs the role that checked; name it with --role, as 'procurement adviser'"
        )
    day = on or date.today()
    approved = []
    with bank.transaction():
        for item in [bank.item(each) for each in item_ids]:
            _check_key(item)
            done = replace(item, state=State.APPROVED, verified_by=role.strip(), verified_on=day)
            approved.append(bank.put(done, "approved", role=role.strip()))
    return approved


def reject(bank: Bank, item_id: str, *, reason: str, role: str = "", option: int | None = None) -> Item:
    """Rejects an item, or only the wrong option at place `option` (1-based): it does not come back.

    Raises:
        UnknownItem, BadEdit: no reason is given, or the option is the right one, is not there, or one of two.
    """
    if not reason.strip():
        raise BadEdit("a rejection needs a reason, so that the next person knows; give it with --reason")
    item = bank.item(item_id)
    if option is not None:
        return _without_option(bank, item, option, reason, role)
    with bank.transaction():
        bank.refuse_wording(item)
        return bank.put(replace(item, state=State.REJECTED), "rejected", role=role, reason=reason)


def _without_option(bank: Bank, item: Item, place: int, reason: str, role: str) -> Item:
    if not 1 <= place <= len(item.options):
        raise BadEdit(f"item {item.item_id} has options 1 to {len(item.options)}; there is no {place}")
    refused = item.options[place - 1]
    if refused.right:
        raise BadEdit(f"option {place} of item {item.item_id} is its key; edit it, or reject the item")
    if len(item.options) <= _FEWEST_OPTIONS:
        raise BadEdit(f"item {item.item_id} has two options; edit the option, or reject the item")
    kept = tuple(o for i, o in enumerate(item.options, 1) if i != place)
    with bank.transaction():
        bank.refuse_option(item, refused.text)
        changed = replace(item, options=kept, state=State.DRAFT)
        return bank.put(changed, "option_rejected", role=role, reason=reason, detail={"option": refused.text})


def share(bank: Bank, item_id: str, *, shared: bool = True, role: str = "") -> Item:
    """Shows an item in every municipality of the bank, or only in its own again."""
    return bank.put(replace(bank.item(item_id), shared=shared), "shared" if shared else "unshared", role=role)


# --- editing ------------------------------------------------------------------------------


def edit(bank: Bank, item_id: str, field: str, value: str, *, role: str = "") -> Item:
    """Changes one field; an approved item must then be approved anew.

    `option.2` is the second option's text, `why.2` its reason; `right` the place of the right option; `asked`
    holds one question a line.

    Raises:
        UnknownItem, BadEdit: the field cannot be edited, or not to that value.
    """
    item = bank.item(item_id)
    name, _, place = field.partition(".")
    change = _EDITS.get(name)
    if change is None:
        raise BadEdit(f"{field!r} cannot be edited; these can: {', '.join(sorted(_EDITS))}")
    text = value.strip()
    if not text and name not in ("unit", "topic", "audience", "asked"):
        raise BadEdit(f"{field} must not be empty; reject the item instead")
    if len(text) > _LONGEST:
        raise BadEdit(f"{field} is {len(text)} characters long; {_LONGEST} is the most")
    changed = replace(change(item, text, place), state=State.DRAFT, verified_by="", verified_on=None)
    before = {"field": field, "from": _now(item, name, place), "to": text}
    return bank.put(changed, "edited", role=role, detail=before)


def _now(item: Item, name: str, place: str) -> Any:
    if name in ("option", "why"):
        option = item.options[_place(item, place)]
        return option.text if name == "option" else option.why
    if name == "right":
        return next((i for i, o in enumerate(item.options, 1) if o.right), None)
    found = getattr(item, name)
    return list(found) if isinstance(found, tuple) else str(found)


def _place(item: Item, place: str) -> int:
    if not place.isdigit() or not 1 <= int(place) <= len(item.options):
        raise BadEdit(
            f"name an option of item {item.item_id} by its place, 1 to {len(item.options)}: option.1"
        )
    return int(place) - 1


def _option(item: Item, text: str, place: str) -> Item:
    at = _place(item, place)
    old = item.options[at]
    options = (*item.options[:at], replace(old, text=text), *item.options[at + 1 :])
    return replace(item, options=options, answer=text if old.right else item.answer)


def _why(item: Item, text: str, place: str) -> Item:
    at = _place(item, place)
    options = (*item.options[:at], replace(item.options[at], why=text), *item.options[at + 1 :])
    return replace(item, options=options)


def _right(item: Item, text: str, _: str) -> Item:
    at = _place(item, text)
    options = tuple(Option(o.text, i == at, o.why) for i, o in enumerate(item.options))
    return replace(item, options=options, answer=options[at].text)


def _answer(item: Item, text: str, _: str) -> Item:
    options = tuple(replace(o, text=text) if o.right else o for o in item.options)
    return replace(item, answer=text, options=options)


def _difficulty(item: Item, text: str, _: str) -> Item:
    if text not in list(Difficulty):
        raise BadEdit(f"difficulty is one of {', '.join(Difficulty)}, not {text!r}")
    return replace(item, difficulty=Difficulty(text))


def _asked(item: Item, text: str, _: str) -> Item:
    return replace(item, asked=tuple(line.strip() for line in text.splitlines() if line.strip()))


def _plainly(field: str) -> Callable[[Item, str, str], Item]:
    def change(item: Item, text: str, _: str) -> Item:
        values: dict[str, Any] = {field: text}
        return replace(item, **values)

    return change


_EDITS: dict[str, Callable[[Item, str, str], Item]] = {
    **{field: _plainly(field) for field in ("question", "explanation", "topic", "audience", "unit")},
    "option": _option,
    "why": _why,
    "right": _right,
    "answer": _answer,
    "difficulty": _difficulty,
    "asked": _asked,
}


def _check_key(item: Item) -> None:
    if item.kind is Kind.MATCHING:
        return
    if len(item.right) != 1:
        raise BadEdit(f"item {item.item_id} has {len(item.right)} right options; set one with --edit … right")
