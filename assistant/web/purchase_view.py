"""The steps of a whole purchase as the page shows them. Pure; made from the contract's JSON, nothing on trust."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from assistant.web.given import JsonObject, items, number, one_of, text
from assistant.web.quote_view import PlaceView
from assistant.web.sentences import Words, in_line
from assistant.web.texts import Texts

_FACTS = re.compile(r"^\([^()]{1,60}\):\s*")
"""What a line begins with in plain text, told by its badge here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineView:
    """`place` is the title and section of the text that the line quotes, in `language`."""

    force: str
    force_words: str
    level: str
    title: str
    place: str
    language: str
    address: str
    text: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class PurchaseStepView:
    name: str
    lines: tuple[LineView, ...]


def purchase_view(
    answer: JsonObject, quoted: Sequence[PlaceView], words: Words, texts: Texts
) -> tuple[PurchaseStepView, ...]:
    """A step with its lines, in the order of the answer; empty for any other answer."""
    of_marker = {quote.marker: place for place in quoted for quote in place.quotes}
    found: dict[str, tuple[str, list[LineView]]] = {}
    for step in items(answer.get("steps")):
        if isinstance(step, Mapping) and isinstance(step.get("text"), str):
            lines = found.setdefault(text(step.get("step")), (text(step.get("name")), []))[1]
            lines.append(_line(step, of_marker, words, texts))
    return tuple(PurchaseStepView(name=name, lines=tuple(lines)) for name, lines in found.values())


def _line(step: JsonObject, of_marker: Mapping[int, PlaceView], words: Words, texts: Texts) -> LineView:
    force = one_of(step.get("force"), tuple(texts.group("forces")), "none")
    marker = next((one for one in items(step.get("markers")) if isinstance(one, int)), None)
    place = None if marker is None else of_marker.get(marker)
    return LineView(
        force=force,
        force_words=texts(f"forces.{force}"),
        level=texts("ladder.level", rank=number(step.get("level")) or 0),
        title=place.title if place else "",
        place=place.place if place else "",
        language=place.language if place else "",
        address=place.address if place else "",
        text=in_line(_FACTS.sub("", str(step["text"])), words),
    )
