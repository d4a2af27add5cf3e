"""Every word the assistant says of its own, and every prompt: data files and their loader, no logic."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

Texts = Mapping[str, Any]

_FOLDER = Path(__file__).parent
FALLBACK = "en"


def languages() -> tuple[str, ...]:
    """Languages the assistant can answer in."""
    return tuple(sorted(path.stem for path in (_FOLDER / "answers").glob("*.yaml")))


@cache
def _texts(kind: str, language: str) -> Mapping[str, Any]:
    """One folder's wording in a language; English where the language has none."""
    path = _FOLDER / kind / f"{language}.yaml"
    if not path.exists():
        return _texts(kind, FALLBACK)
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    content: Mapping[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)
    return content


def answer_texts(language: str) -> Mapping[str, Any]:
    """The wording of answers in a language; English where the language has none."""
    return _texts("answers", language)


def purchase_texts(language: str) -> Mapping[str, Any]:
    """What each step of a purchase asks of the plans, and the words around what they say."""
    return _texts("purchase", language)


class Prompt(NamedTuple):
    """What a language model is told, and what it is given."""

    system: str
    user: str


_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
_PARTS = re.compile(r"^# (?:System|User)\n", re.MULTILINE)


def prompt(name: str, language: str, **values: str) -> Prompt:
    """The prompt `NAME.LANGUAGE.md`, English where the language has none, with its placeholders filled in.

    Values are put in as they are: braces in them are not placeholders.

    Raises:
        ValueError: a placeholder has no value, or a value no placeholder.
    """
    path = _FOLDER / f"{name}.{language}.md"
    if not path.exists():
        path = _FOLDER / f"{name}.{FALLBACK}.md"
    parts = _PARTS.split(path.read_text(encoding="utf-8"))[1:]
    wanted = {found for part in parts for found in _PLACEHOLDER.findall(part)}
    if wanted != values.keys():
        raise ValueError(f"{path.name}: {sorted(wanted ^ values.keys())} are placeholders or values alone")
    system, user = (_PLACEHOLDER.sub(lambda m: values[m[1]], part).strip() for part in parts)
    return Prompt(system, user)


def training_texts(language: str) -> Mapping[str, Any]:
    """The wording of trainers' questions in a language; English where the language has none."""
    return _texts("training", language)
