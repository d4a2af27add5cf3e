"""A set on paper: the questions, and on pages of its own the key with reasons and sources."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from string import ascii_uppercase
from typing import Any

from assistant.training.craft import Craft
from assistant.training.items import Item, State
from assistant.training.trainer import Trainer
from prompts import training_texts

_TEMPLATE = "sheet.html"


def write(items: Sequence[Item], to: Path, trainer: Trainer) -> None:
    to.write_text(render(items, trainer), encoding="utf-8")


def render(items: Sequence[Item], trainer: Trainer) -> str:
    """One HTML page that fetches nothing; every text is escaped."""
    from jinja2 import Environment, FileSystemLoader

    environment = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True)
    language = items[0].language
    craft = trainer.craft(language)
    return environment.get_template(_TEMPLATE).render(
        language=language,
        words=training_texts(language)["sheet"],
        municipality=trainer.library().register.municipality.name,
        as_of=training_texts(language)["sheet"]["as_of"].format(
            date=craft.day(max(item.as_of for item in items))
        ),
        rows=[_row(number, item, craft) for number, item in enumerate(items, 1)],
    )


def _row(number: int, item: Item, craft: Craft) -> dict[str, Any]:
    letters = dict(zip((o.text for o in item.options), ascii_uppercase, strict=False))
    levels = sorted({pair.right for pair in item.pairs})
    words = training_texts(item.language)["sheet"]
    checked = item.state is State.APPROVED and item.verified_on is not None
    return {
        "number": number,
        "item_id": item.item_id,
        "question": item.question,
        "options": [(letters[o.text], o.text) for o in item.options],
        "pairs": [pair.left for pair in item.pairs],
        "levels": levels,
        "letter": letters.get(item.answer, ""),
        "answer": item.answer.splitlines(),
        "explanation": item.explanation,
        "places": [craft.place(quote) for quote in item.quotes],
        "checked": words["checked"].format(role=item.verified_by, date=craft.day(item.verified_on))
        if checked and item.verified_on
        else words["draft"],
    }
