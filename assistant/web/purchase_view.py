"""The steps of a whole purchase as the page shows them. Pure; made from the contract's JSON, nothing on trust."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from assistant.web.sentences import in_line
from assistant.web.texts import Texts

_FACTS = re.compile(r"^\([^()]{1,60}\):\s*")
"""What a line begins with in plain text, told by its badge here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineView:
    force: str
    force_words: str
    level: int
    level_words: str
    text: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class PurchaseStepView:
    name: str
    lines: tuple[LineView, ...]


def purchase_view(
    answer: Mapping[str, Any], levels: Mapping[int, str], markers: Collection[int], anchor: str, texts: Texts
) -> tuple[PurchaseStepView, ...]:
    """A step with its lines, in the order of the answer; empty for any other answer."""
    found: dict[str, tuple[str, list[LineView]]] = {}
    steps = answer.get("steps")
    for step in steps if isinstance(steps, Sequence) and not isinstance(steps, str) else ():
        if isinstance(step, Mapping) and isinstance(step.get("text"), str):
            name = str(step.get("name", ""))
            found.setdefault(str(step.get("step")), (name, []))[1].append(
                _line(step, levels, markers, anchor, texts)
            )
    return tuple(PurchaseStepView(name=name, lines=tuple(lines)) for name, lines in found.values())


def _line(
    step: Mapping[str, Any], levels: Mapping[int, str], markers: Collection[int], anchor: str, texts: Texts
) -> LineView:
    known = texts.group("forces")
    force = step.get("force") if step.get("force") in known else "none"
    level = step["level"] if isinstance(step.get("level"), int) else 0
    return LineView(
        force=str(force),
        force_words=texts(f"forces.{force}"),
        level=level,
        level_words=levels.get(level, ""),
        text=in_line(_FACTS.sub("", str(step["text"])), markers, anchor),
    )
