"""Every word the assistant says of its own, and every prompt: data files and their loader, no logic."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

Texts = Mapping[str, Any]

_FOLDER = Path(__file__).parent
FALLBACK = "en"


def languages() -> tuple[str, ...]:
    """Languages the assistant can answer in."""
    return tuple(sorted(path.stem for path in (_FOLDER / "answers").glob("*.yaml")))


@cache
def answer_texts(language: str) -> Mapping[str, Any]:
    """The wording of answers in a language; English where the language has none."""
    path = _FOLDER / "answers" / f"{language}.yaml"
    if not path.exists():
        return answer_texts(FALLBACK)
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    content: Mapping[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)
    return content
