"""Items from the material: every template's, checked, then chosen so that they cover what was asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.training.bank import Bank
from assistant.training.checks import Finding, check, errors, repeats
from assistant.training.craft import Craft
from assistant.training.items import Item, Kind, text_hash
from assistant.training.material import Material
from assistant.training.templates import TEMPLATES
from assistant.training.topics import group_name

_WEIGHTS = {"plan": 1.0, "template": 0.8, "level": 0.4, "anchor": 2.0, "force": 0.3}
"""How much a further item of one plan, template, level, sentence or force counts against it."""

_TOPIC = 4.0
"""What being wholly on the topic outweighs."""
_ON_TOPIC = 0.15
"""Relevance, of 1 for the best statement, below which an item is not about the topic."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a trainer asks for; None and empty: whatever there is.

    `relevant` maps a statement's hash to how much it is about the topic, higher first; None: no topic named.
    """

    count: int = 10
    plan: str | None = None
    level: int | None = None
    kinds: frozenset[Kind] = frozenset()
    force: str | None = None
    relevant: Mapping[str, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Generated:
    """What was made and chosen, how many could have been, and what the checks kept out."""

    items: tuple[Item, ...]
    possible: int
    dropped: Mapping[str, int]
    reworded: int = 0
    """How many ask in a language model's words."""


def generate(craft: Craft, wanted: Wanted, bank: Bank | None = None) -> Generated:
    """Chooses `wanted.count` items; the same for the same material, seed and bank. Nothing is stored."""
    held = bank.items(craft.material.register.municipality.municipality_id) if bank else []
    dropped: Counter[str] = Counter()
    possible: list[Item] = []
    for item in candidates(craft):
        if not _is_wanted(item, wanted):
            continue
        if bank is not None and (bank.has(item.item_id) or bank.refuses_wording(item)):
            dropped["known"] += 1
            continue
        found = _checked(item, craft.material, held)
        if found:
            dropped.update(f.problem.value for f in found)
            continue
        possible.append(item)
    chosen = _choose(craft, possible, wanted)
    return Generated(items=tuple(chosen), possible=len(possible), dropped=dict(dropped))


def candidates(craft: Craft) -> Iterator[Item]:
    """Everything the templates make, options rejected before taken out."""
    for template in TEMPLATES.values():
        for item in template(craft):
            kept = tuple(o for o in item.options if o.right or not craft.refused(item, o.text))
            yield item if kept == item.options else replace(item, options=kept)


def _is_wanted(item: Item, wanted: Wanted) -> bool:
    if wanted.relevant is not None and _relevance(item, wanted) is None:
        return False
    return (
        (wanted.plan is None or wanted.plan in item.plan_ids)
        and (wanted.level is None or item.level == wanted.level)
        and (not wanted.kinds or item.kind in wanted.kinds)
        and (wanted.force is None or item.force == wanted.force)
    )


def _relevance(item: Item, wanted: Wanted) -> float | None:
    found = [wanted.relevant.get(b.text_hash, 0.0) for b in item.key_statements] if wanted.relevant else []
    least = min(found, default=0.0)
    return least if least >= _ON_TOPIC else None


def _checked(item: Item, material: Material, held: Sequence[Item]) -> list[Finding]:
    found = check(item, material.library.page_text, held)
    return [*errors(found), *(f for f in found if f.problem.value == "length")]


def _choose(craft: Craft, possible: Sequence[Item], wanted: Wanted) -> list[Item]:
    """Greedily the item that adds most: little-asked plans, templates, levels and sentences first."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in _WEIGHTS}
    waiting = {item.item_id: item for item in possible}
    chosen: list[Item] = []
    luck = {item_id: craft.chance("choose", item_id).random() * 0.3 for item_id in waiting}

    def cost(item: Item) -> float:
        spent = sum(
            _WEIGHTS[name] * max((counts[name][value] for value in values), default=0)
            for name, values in _aspects(item).items()
        )
        return spent - _TOPIC * (_relevance(item, wanted) or 0.0) + luck[item.item_id]

    while waiting and len(chosen) < wanted.count:
        best = min(waiting.values(), key=lambda item: (cost(item), item.item_id))
        del waiting[best.item_id]
        if any(repeats(best, other) for other in chosen):
            continue
        chosen.append(best)
        for name, values in _aspects(best).items():
            counts[name].update(values)
    return chosen


def _aspects(item: Item) -> dict[str, tuple[str, ...]]:
    return {
        "plan": item.plan_ids,
        "template": (item.template,),
        "level": (str(item.level),) if item.kind is not Kind.MATCHING else tuple(_levels(item)),
        "anchor": tuple(b.text_hash for b in item.key_statements) if item.kind is not Kind.MATCHING else (),
        "force": (item.force,),
    }


# --- coverage -----------------------------------------------------------------------------


def coverage(items: Sequence[Item], material: Material | None = None) -> dict[str, dict[str, int]]:
    """How many items there are by plan, level, force, topic, kind, language and difficulty.

    With the material, plans in force and levels that nothing asks about are counted too, as 0.
    """
    found: dict[str, Counter[str]] = {
        name: Counter() for name in ("plan", "level", "force", "topic", "kind", "language", "difficulty")
    }
    if material is not None:
        found["plan"].update(dict.fromkeys(plans_in_force(material), 0))
        found["level"].update({str(level.rank): 0 for level in material.register.levels})
    for item in items:
        found["plan"].update(item.plan_ids)
        found["level"].update([str(item.level)] if item.kind is not Kind.MATCHING else _levels(item))
        found["force"].update([item.force])
        found["topic"].update([group_name(item.topic, item.language) or "-"])
        found["kind"].update([item.kind.value])
        found["language"].update([item.language])
        found["difficulty"].update([item.difficulty.value])
    return {name: dict(counts) for name, counts in found.items()}


def _levels(item: Item) -> list[str]:
    return [str(quote.level) for quote in item.quotes]


def plans_in_force(material: Material) -> list[str]:
    governing, _ = material.library.in_force(material.as_of)
    plans = [material.library.shelves[document].plan.plan_id for document in governing]
    return list(dict.fromkeys(plans))


def relevant_statements(material: Material, scored: Mapping[int, float]) -> dict[str, float]:
    """Relevance by statement hash, from relevance by statement id; 0 to 1, best 1."""
    texts = {rule.statement.statement_id: rule.text for rule in material.everything}
    found = {text_hash(texts[i]): score for i, score in scored.items() if i in texts}
    if not found:
        return {}
    low, high = min(found.values()), max(found.values())
    return {key: (score - low) / (high - low) if high > low else 1.0 for key, score in found.items()}
