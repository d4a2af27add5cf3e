"""What people have asked, gathered from what is kept of it: how often, how it was liked, whether it was answered."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from assistant.answers import Outcome
from assistant.training.errors import BadSet
from assistant.training.items import fingerprint

FEEDBACK = "feedback.jsonl"
"""Where the window keeps thumbs, inside the index; with a question only where its asker said so."""
_UP, _DOWN = "up", "down"
_STAR = 3
"""How many times being asked once a star or a thumb up is worth."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question with how often it came, how many starred or liked it, and whether it went unanswered."""

    question: str
    times: int = 1
    starred: int = 0
    unanswered: bool = False

    @property
    def weight(self) -> int:
        return self.times + _STAR * self.starred

    def to_json(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in Asked.__dataclass_fields__}


def gather(rows: Iterable[Mapping[str, Any]]) -> list[Asked]:
    """Rows with a `question`, those that differ in marks and case alone as one; the most wanted first.

    A row may hold `times`, `starred`, the window's `verdict` (up, down) and `outcome`.
    """
    found: dict[str, Asked] = {}
    for row in rows:
        one = _asked(row)
        if one is None:
            continue
        key = fingerprint(one.question)
        before = found.get(key)
        found[key] = one if before is None else _together(before, one)
    return sorted(found.values(), key=lambda asked: -asked.weight)


def _asked(row: Mapping[str, Any]) -> Asked | None:
    question = row.get("question")
    if not isinstance(question, str) or not question.strip():
        return None
    times, verdict, outcome = row.get("times"), row.get("verdict"), row.get("outcome")
    return Asked(
        question=question.strip(),
        times=times if isinstance(times, int) and times > 0 else 1,
        starred=int(row.get("starred") is True) + int(verdict == _UP),
        unanswered=verdict == _DOWN or outcome not in (None, Outcome.ANSWERED.value),
    )


def _together(first: Asked, second: Asked) -> Asked:
    return replace(
        first,
        times=first.times + second.times,
        starred=first.starred + second.starred,
        unanswered=first.unanswered or second.unanswered,
    )


def read(path: Path) -> list[Asked]:
    """The questions of a file of JSON objects, one a line: the window's feedback, or a list of one's own.

    Raises:
        BadSet: the file cannot be read, or a line is not JSON.
    """
    return gather(rows_of(path))


def rows_of(path: Path) -> list[Mapping[str, Any]]:
    """The objects of a JSONL file.

    Raises:
        BadSet: the file cannot be read, or a line is not JSON.
    """
    rows: list[Mapping[str, Any]] = []
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadSet(f"{path} cannot be read ({error}); name a UTF-8 file that exists") from error
    for number, line in enumerate(lines, 1):
        try:
            row = json.loads(line) if line.strip() else {}
        except ValueError as error:
            raise BadSet(f'{path}:{number}: not JSON ({error}); write {{"question": …}} a line') from error
        if isinstance(row, dict):
            rows.append(row)
    return rows
