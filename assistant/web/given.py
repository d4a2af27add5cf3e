"""Values out of an answer that may have lain in a browser's own storage: a missing or odd one leaves its place empty."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

JsonObject = Mapping[str, Any]

_LANGUAGE_CODE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})?")


def text(value: object) -> str:
    return str(value) if isinstance(value, (str, int, float)) else ""


def number(value: object) -> int | None:
    return value if isinstance(value, int) else None


def code(value: object) -> str:
    """A language code, or nothing: the page's own language is a better guess than an odd one."""
    return value if isinstance(value, str) and _LANGUAGE_CODE.fullmatch(value) else ""


def mapping(value: object) -> JsonObject:
    return value if isinstance(value, Mapping) else {}


def items(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def objects(value: object) -> list[JsonObject]:
    return [item for item in items(value) if isinstance(item, Mapping)]


def one_of(value: object, known: Sequence[str], otherwise: str) -> str:
    return value if isinstance(value, str) and value in known else otherwise
