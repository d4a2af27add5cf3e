"""The numbers Word prints before headings and list items but does not keep in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.load.docx_styles import W, number

if TYPE_CHECKING:
    from lxml import etree

_PLACE = re.compile(r"%([1-9])")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_LETTERS = 26


@dataclass(frozen=True, slots=True)
class _Level:
    kind: str
    pattern: str
    start: int
    restarts: bool


class Numbering:
    """Counts through the document: `label` must be asked once per paragraph, in order."""

    def __init__(self, root: etree._Element | None) -> None:
        self._abstract: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, tuple[str, dict[int, _Level]]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        if root is None:
            return
        for abstract in root.iter(f"{W}abstractNum"):
            self._abstract[abstract.get(f"{W}abstractNumId", "")] = _levels(abstract)
        for numbered in root.iter(f"{W}num"):
            self._add_list(numbered)

    def label(self, list_id: str, depth: int) -> str:
        """The printed label ("3.2", "a)"); empty for bullets and unknown lists."""
        if list_id not in self._lists:
            return ""
        counter, levels = self._lists[list_id]
        level = levels.get(depth)
        if level is None:
            return ""
        counts = self._counts.setdefault(counter, {})
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [other for other in counts if other > depth]:
            if levels.get(deeper, level).restarts:
                del counts[deeper]
        if level.kind in ("bullet", "none"):
            return ""
        return _PLACE.sub(lambda place: _printed(int(place[1]) - 1, levels, counts), level.pattern)

    def _add_list(self, numbered: etree._Element) -> None:
        list_id = numbered.get(f"{W}numId", "")
        abstract = numbered.find(f"{W}abstractNumId")
        abstract_id = "" if abstract is None else abstract.get(f"{W}val", "")
        levels = dict(self._abstract.get(abstract_id, {}))
        counter = f"abstract {abstract_id}"
        for override in numbered.iter(f"{W}lvlOverride"):
            depth = int(number(override.get(f"{W}ilvl"), 0))
            own = _levels(override).get(depth, levels.get(depth))
            start = override.find(f"{W}startOverride")
            if start is not None and own is not None:
                first = int(number(start.get(f"{W}val"), own.start))
                own = _Level(own.kind, own.pattern, first, own.restarts)
                counter = f"list {list_id}"
            if own is not None:
                levels[depth] = own
        self._lists[list_id] = (counter, levels)


def _levels(parent: etree._Element) -> dict[int, _Level]:
    return {
        int(number(level.get(f"{W}ilvl"), 0)): _Level(
            kind=_value(level, "numFmt", "decimal"),
            pattern=_value(level, "lvlText", ""),
            start=int(number(_value(level, "start", "1"), 1)),
            restarts=_value(level, "lvlRestart", "1") != "0",
        )
        for level in parent.iter(f"{W}lvl")
    }


def _value(level: etree._Element, name: str, otherwise: str) -> str:
    found = level.find(f"{W}{name}")
    return otherwise if found is None else found.get(f"{W}val", otherwise)


def _printed(depth: int, levels: dict[int, _Level], counts: dict[int, int]) -> str:
    level = levels.get(depth)
    if level is None:
        return ""
    count = counts.get(depth, level.start)
    if level.kind in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (count - 1) % _LETTERS) * ((count - 1) // _LETTERS + 1)
        return letter.upper() if level.kind == "upperLetter" else letter
    if level.kind in ("lowerRoman", "upperRoman"):
        return _roman(count).upper() if level.kind == "upperRoman" else _roman(count)
    return f"{count:02d}" if level.kind == "decimalZero" else str(count)


def _roman(count: int) -> str:
    if not 0 < count < 4000:
        return str(count)
    digits = ""
    for value, letters in _ROMAN:
        digits += letters * (count // value)
        count %= value
    return digits
