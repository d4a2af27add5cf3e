"""Who signs: the powers that a plan in force gives, as a ladder of roles and limits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.training.craft import Craft
from assistant.training.figures import Slot, rewritten, slots
from assistant.training.items import Difficulty, Item, Kind, Option
from assistant.training.rules import Rule
from assistant.training.teachable import signing
from ingest.plans import BlockKind
from ingest.quantities import quantities
from ingest.store import StoredSection, StoredStatement
from ingest.wording import wording

_OPTIONS = 4
_NOTE = re.compile(r"^[\W\d]+|[\W\d]+$")


@dataclass(frozen=True, slots=True)
class Power:
    """A role that may approve up to `limit`, or, where `open_above`, whatever is over it."""

    role: str
    limit: float
    open_above: bool
    rule: Rule
    slot: Slot


def who_signs(craft: Craft) -> Iterator[Item]:
    """Whose approval a purchase of an amount needs, twice for each step of the ladder."""
    for powers in _ladders(craft):
        floor = 0.0
        for place, power in enumerate(powers):
            ceiling = power.limit * 4 if power.open_above else power.limit
            floor = power.limit if power.open_above else floor
            for share in (0.35, 0.8):
                value = _round(floor + (ceiling - floor) * share)
                written = _written(powers, power, value)
                if written and floor < value < ceiling:
                    yield _asked(craft, powers, place, value, written)
            floor = ceiling


def _written(powers: list[Power], power: Power, value: float) -> str | None:
    """An amount in the words of the ladder: of its own step, or of another where "0,5 million" would come of it."""
    found = (rewritten(each.slot, value) for each in (power, *powers))
    return next((written for written in found if written), None)


def _round(value: float) -> float:
    """A figure that a person would name: two digits, then noughts."""
    scale = 1.0
    while scale * 100 <= value:
        scale *= 10
    return round(value / scale) * scale


def _asked(craft: Craft, powers: list[Power], place: int, value: float, written: str) -> Item:
    power = powers[place]
    words = craft.words["templates"]["who_signs"]
    near = sorted((p for p in powers if p is not power), key=lambda p: abs(powers.index(p) - place))
    chosen = sorted([power, *near[: _OPTIONS - 1]], key=powers.index)
    question = words["question"].format(value=written, where=craft.where(power.rule))
    return craft.item(
        Kind.WHO_SIGNS,
        "who_signs",
        question,
        power.role,
        words["explanation"].format(
            role=power.role, place=craft.place(craft.quote(power.rule)), quote=power.rule.source.quote
        ),
        rules=(power.rule, *(p.rule for p in chosen if p is not power and p.rule is not power.rule)),
        options=[Option(p.role, p is power) for p in chosen],
        difficulty=Difficulty.MEDIUM,
        audience="approver",
        slot=f"money:{value:.0f}",
        asked=(words["asked"].format(value=written),),
    )


def signer_now(craft: Craft, plan_id: str, value: float) -> str | None:
    """Who approves an amount under a plan as it is now; None where it gives no powers."""
    for powers in _ladders(craft):
        if powers[0].rule.plan.plan_id == plan_id:
            steps = (p for p in powers if p.open_above or value <= p.limit)
            return next((p.role for p in steps), None)
    return None


# --- reading the ladder -------------------------------------------------------------------


def _ladders(craft: Craft) -> Iterator[list[Power]]:
    """The powers of each binding plan in force that names three roles or more, the lowest first."""
    material = craft.material
    for document_id, shelf in material.library.shelves.items():
        if not material.library.validity(shelf, material.as_of).governs:
            continue
        sections: dict[int, list[StoredStatement]] = {}
        for statement in material.library.store.statements_of(document_id):
            sections.setdefault(statement.section, []).append(statement)
        for place, statements in sections.items():
            section = material.library.section(document_id, place)
            for kind in (True, False):  # sentences first: they read better than rows
                part = [s for s in statements if (s.kind is BlockKind.TABLE_ROW) is not kind]
                powers = [p for s in part if (p := _power(craft, s, section))]
                if _is_ladder(powers):
                    yield sorted(powers, key=lambda p: (p.limit, p.open_above))
                    break


def _is_ladder(powers: list[Power]) -> bool:
    roles = {p.role.casefold() for p in powers}
    limits = [(p.limit, p.open_above) for p in powers]
    return (
        len(powers) >= 3
        and len(roles) == len(powers) == len(set(limits))
        and all(p.rule.speaker.binds for p in powers)
    )


def _power(craft: Craft, statement: StoredStatement, section: StoredSection) -> Power | None:
    language = statement.language
    about = (
        f"{statement.context} {section.heading}" if statement.kind is BlockKind.TABLE_ROW else statement.text
    )
    signs = signing(language).search(about) or wording(language).find["competence"].search(about)
    amounts = [a for a in statement.amounts if a.unit == "money"]
    money = [s for s in slots(statement.text, language) if s.unit == "money"]
    if not signs or not amounts or not money or len({s.page_index for s in statement.spans}) != 1:
        return None
    role = _role(craft, statement)
    if not role:
        return None
    highs = [a.high for a in amounts if a.high is not None]
    limit = max(highs) if highs else max(a.low or 0.0 for a in amounts)
    slot = max(money, key=lambda s: (s.value == limit, len(s.written)))
    rule = craft.material.rule(statement, section.heading)
    return Power(role, limit, not highs, rule, slot)


def _role(craft: Craft, statement: StoredStatement) -> str:
    """Who approves: the cell without a figure, or what stands before the verb."""
    if statement.kind is not BlockKind.TABLE_ROW:
        verb = wording(statement.language).find["competence"].search(statement.text)
        return statement.text[: verb.start()].strip() if verb and verb.start() <= 60 else ""
    parts: list[str] = []
    for span in statement.spans:
        page = craft.material.library.store.text_at(statement.document_id, span.page_index)
        cell = " ".join(page[span.start : span.end].split())
        if quantities(cell, statement.language):
            if parts:
                break
            continue
        parts.append(cell)
        if len(parts) > 1 and not cell[:1].islower():
            parts.pop()
            break
    role = _NOTE.sub("", " ".join(parts))
    return role[:1].upper() + role[1:] if len(role) <= 70 else ""
