"""Items as JSON, with everything the bank holds of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from assistant.training.items import Item
from assistant.training.trainer import Trainer

SCHEMA = 1


def write(items: Sequence[Item], to: Path, trainer: Trainer) -> None:
    content = {
        "schema": SCHEMA,
        "municipality": trainer.municipality,
        "items": [item.to_json() for item in items],
    }
    to.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
