"""New sources for an item whose sentences stand unchanged, only on another page or in another version."""

from __future__ import annotations

from dataclasses import replace

from assistant.training.craft import Craft
from assistant.training.items import Bound, Item, Quote, text_hash
from assistant.training.rules import Rule


def refreshed(item: Item, craft: Craft) -> Item:
    """The item with the places of its sentences as they are now; those that are gone stay as they were."""
    now = {(rule.plan.plan_id, text_hash(rule.text)): rule for rule in craft.material.everything}
    statements = tuple(
        _bound(craft, bound, now.get((bound.plan_id, bound.text_hash))) for bound in item.statements
    )
    quotes = tuple(
        _quote(craft, quote, now.get((quote.plan_id, text_hash(quote.text)))) for quote in item.quotes
    )
    return replace(item, statements=statements, quotes=quotes)


def _bound(craft: Craft, bound: Bound, rule: Rule | None) -> Bound:
    return bound if rule is None else craft.bound(rule, bound.part)


def _quote(craft: Craft, quote: Quote, rule: Rule | None) -> Quote:
    return quote if rule is None else craft.quote(rule)
