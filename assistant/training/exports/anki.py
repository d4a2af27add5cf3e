"""A set as an Anki deck: a note an item, with what is asked before and the key, reason and source behind."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any

from assistant.training.errors import CannotExport
from assistant.training.items import Item
from assistant.training.trainer import Trainer

_FIELDS = ("Question", "Options", "Answer", "Explanation", "Source", "ItemId")
_FRONT = '<div class="q">{{Question}}</div><div>{{Options}}</div>'
_BACK = '{{FrontSide}}<hr id="answer"><b>{{Answer}}</b><p>{{Explanation}}</p><p class="s">{{Source}}</p>'
_STYLE = ".card { font-family: sans-serif; text-align: left; } .s { font-size: 0.85em; }"


def write(items: Sequence[Item], to: Path, trainer: Trainer) -> None:
    """The same item keeps its note, so that a later deck updates it and keeps what was learnt.

    Raises:
        CannotExport: genanki is not installed.
    """
    try:
        import genanki
    except ImportError as error:
        raise CannotExport(
            "an Anki deck needs genanki; install it with: pip install 'hjemmel[anki]'"
        ) from error
    name = trainer.library().register.municipality.name
    model = genanki.Model(
        _number("hjemmel item"),
        "Hjemmel",
        fields=[{"name": field} for field in _FIELDS],
        templates=[{"name": "Card", "qfmt": _FRONT, "afmt": _BACK}],
        css=_STYLE,
    )
    deck = genanki.Deck(_number(f"hjemmel {trainer.municipality}"), f"Hjemmel::{name}")
    for item in items:
        deck.add_note(_note(genanki, model, item))
    genanki.Package(deck).write_to_file(str(to))


def _note(genanki: Any, model: Any, item: Item) -> Any:
    tags = [f"level-{item.level}", item.force, item.difficulty.value, item.language, *item.plan_ids]
    return genanki.Note(
        model=model,
        fields=[_html(part) for part in _parts(item)],
        guid=genanki.guid_for(item.item_id),
        tags=[tag.replace(" ", "_") for tag in tags],
    )


def _parts(item: Item) -> tuple[str, ...]:
    asked = [o.text for o in item.options] or [p.left for p in item.pairs]
    places = [
        ", ".join(filter(None, (q.title, q.section, f"{q.page}" if q.page else ""))) for q in item.quotes
    ]
    return (
        item.question,
        "\n".join(f"– {text}" for text in asked),
        item.answer,
        item.explanation,
        "\n".join(places),
        item.item_id,
    )


def _html(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _number(name: str) -> int:
    """A number that Anki knows a model or deck by, the same each time."""
    return int(hashlib.sha256(name.encode()).hexdigest()[:8], 16) % (1 << 31 - 1)
