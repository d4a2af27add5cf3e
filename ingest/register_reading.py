"""A YAML mapping read key by key, where nothing wrong goes unsaid.

Scalars are read as written, never as YAML would guess them: `language: no` is Norwegian and not
false, a plan called `007` keeps its zeros.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

import yaml

from ingest.errors import Problem

_CORE = "tag:yaml.org,2002:"
_PLAIN_TAGS = {_CORE + kind for kind in ("str", "int", "float", "bool", "timestamp")}
_TRUE = {"true", "yes", "on", "ja"}
_FALSE = {"false", "no", "off", "nei", "nej"}

MOST_PROBLEMS = 200
"""Nobody mends more at a time, and a hostile file has a hundred thousand."""


@dataclass(slots=True)
class ProblemList:
    """What was found wrong in one register so far."""

    file: str
    found: dict[Problem, None] = field(default_factory=dict)

    def add(self, line: int, key: str, message: str, remedy: str) -> None:
        """Note a problem, once."""
        if len(self.found) < MOST_PROBLEMS:
            self.found[Problem(self.file, line, key, message, remedy)] = None


@dataclass(frozen=True, slots=True)
class Placed:
    """A YAML node, the key path that leads to it and its 1-based line."""

    node: yaml.Node
    key: str
    line: int


class MappingReader:
    """One YAML mapping, read key by key. What cannot be read is noted and comes back as None."""

    def __init__(self, placed: Placed, known: frozenset[str], problems: ProblemList) -> None:
        self.placed, self.key, self.problems = placed, placed.key, problems
        self.values: dict[str, Placed] = {}
        self.is_sound = isinstance(placed.node, yaml.MappingNode)
        if not isinstance(placed.node, yaml.MappingNode):
            self.note(
                None,
                f"{_kind(placed.node)} stands where keys were expected",
                "Write `key: value` lines, such as " + ", ".join(sorted(known)[:3]),
            )
            return
        for key_node, value in _pairs(placed.node):
            self._take(key_node, value, known)

    def _take(self, key_node: yaml.Node, value: yaml.Node, known: frozenset[str]) -> None:
        key, line = _text(key_node) or "", key_node.start_mark.line + 1
        path = f"{self.key}.{key[:60]}" if self.key else key[:60]
        if known and key not in known:
            self.problems.add(line, path, f"unknown key {key[:60]!r}", suggestion(key, known))
        elif key in self.values:
            earlier = self.values[key].line
            self.problems.add(
                line, path, f"{key!r} stands twice, first in line {earlier}", "Keep one of the two"
            )
        else:
            self.values[key] = Placed(value, path, line)

    def note(self, key: str | None, message: str, remedy: str) -> None:
        """Note a problem at one of this mapping's keys, or at the mapping itself."""
        at = self.values.get(key, self.placed) if key else self.placed
        path = ".".join(filter(None, (self.key, key)))
        self.problems.add(at.line, path, message, remedy)

    def line(self, key: str) -> int:
        """The line of a key, or of the mapping where the key is not given."""
        return self.values.get(key, self.placed).line

    def has(self, key: str) -> bool:
        """Whether the key is given a value; `owner:` and `owner: null` give none."""
        return key in self.values and not is_null(self.values[key].node)

    def is_mapping(self, key: str) -> bool:
        """Whether keys of its own stand under the key."""
        return key in self.values and isinstance(self.values[key].node, yaml.MappingNode)

    def noted(self, key: str) -> bool:
        """Whether a problem is noted here already, so that it is not also called missing."""
        path = ".".join(filter(None, (self.key, key)))
        line = self.line(key)
        return any(each.key == path and each.line == line for each in self.problems.found)

    def text(self, key: str) -> str | None:
        """The scalar as written."""
        if not self.has(key):
            return None
        found = _text(self.values[key].node)
        if found is None:
            self._wrong(key, "a text")
        return found or None

    def texts(self, key: str) -> tuple[str, ...] | None:
        """One text or a list of texts; None when absent or wrong."""
        if not self.has(key):
            return None
        found = [_text(each) for each in _members(self.values[key].node)]
        if any(not each for each in found):
            self._wrong(key, "a text or a list of texts")
            return None
        return tuple(each for each in found if each)

    def items(self, key: str) -> tuple[Placed, ...] | None:
        """The members of a list, each with its place, None when absent or no list."""
        if not self.has(key):
            return None
        at = self.values[key]
        if not isinstance(at.node, yaml.SequenceNode):
            self._wrong(key, "a list, each member on a line that begins with -")
            return None
        return tuple(
            named(node, ".".join(filter(None, (self.key, key))), number)
            for number, node in enumerate(at.node.value, start=1)
        )

    def integer(self, key: str) -> int | None:
        """A whole number."""
        text = self.text(key)
        if text is None:
            return None
        if not re.fullmatch(r"[+-]?[0-9]{1,9}", text):
            self._wrong(key, "a whole number")
            return None
        return int(text)

    def boolean(self, key: str) -> bool | None:
        """True or false, in the words people write."""
        text = self.text(key)
        if text is None or text.lower() in _TRUE | _FALSE:
            return None if text is None else text.lower() in _TRUE
        self._wrong(key, "true or false")
        return None

    def day(self, key: str) -> date | None:
        """A calendar day."""
        text = self.text(key)
        return None if text is None else self._day(key, text)

    def days(self, key: str) -> tuple[date, ...] | None:
        """One day or a list of days."""
        texts = self.texts(key)
        if texts is None:
            return None
        found = [self._day(key, text) for text in texts]
        return tuple(each for each in found if each)

    def _day(self, key: str, text: str) -> date | None:
        found = parsed_day(text)
        if found is None:
            self.note(key, f"{text[:40]!r} is no date", day_remedy(text))
        return found

    def _wrong(self, key: str, expected: str) -> None:
        written = self.values[key].node
        self.note(key, f"{_kind(written)} stands where {expected} was expected", f"Write {expected}")


def named(node: yaml.Node, path: str, number: int) -> Placed:
    """A member of a list, called by its `id` where it has one, else by its place."""
    own_id = None
    if isinstance(node, yaml.MappingNode):
        own_id = next((_text(value) for key, value in node.value if _text(key) == "id"), None)
    name = f"{path}.{own_id[:80]}" if own_id else f"{path}[{number}]"
    return Placed(node, name, node.start_mark.line + 1)


def parsed_day(text: str) -> date | None:
    """A calendar day written as 2023-06-15, from 1600 on; None for everything else."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}", text):
        return None
    year, month, day = (int(part) for part in text.split("-"))
    try:
        return date(year, month, day) if year >= 1600 else None
    except ValueError:
        return None


def day_remedy(text: str) -> str:
    """How to write the day that was probably meant."""
    swapped = re.fullmatch(r"\s*([0-9]{1,2})[./-]([0-9]{1,2})[./-]([0-9]{4})\s*", text)
    if swapped:
        day, month, year = swapped.groups()
        guess = f"{year}-{int(month):02}-{int(day):02}"
        if parsed_day(guess):
            return f"Write {guess} if that is the day"
    return "Write year, month and day of a day that exists, such as 2023-06-15"


def suggestion(word: str, known: Collection[str]) -> str:
    """A remedy for a word that is not among those known: the nearest, else all of them."""
    near = difflib.get_close_matches(word[:80], sorted(known), n=1)
    if near:
        return f"Did you mean {near[0]!r}?"
    if not known:
        return "Remove it"
    shown = sorted(known)
    return "Use one of " + ", ".join(shown[:20]) + (" …" if len(shown) > 20 else "")


def _pairs(node: yaml.MappingNode) -> list[tuple[yaml.Node, yaml.Node]]:
    """Keys and values, with those of `<<` aliases that the mapping does not give itself."""
    own = [(key, value) for key, value in node.value if key.tag != _CORE + "merge"]
    given = {_text(key) for key, _ in own}
    for key, value in node.value:
        if key.tag != _CORE + "merge":
            continue
        for source in _members(value):
            for pair in _pairs(source) if isinstance(source, yaml.MappingNode) else []:
                if _text(pair[0]) not in given:
                    given.add(_text(pair[0]))
                    own.append(pair)
    return own


def _members(node: yaml.Node) -> list[yaml.Node]:
    return list(node.value) if isinstance(node, yaml.SequenceNode) else [node]


def is_null(node: yaml.Node) -> bool:
    """Whether a value is left out: nothing, `null` or `~`."""
    return isinstance(node, yaml.ScalarNode) and node.tag == _CORE + "null"


def _text(node: yaml.Node) -> str | None:
    """A scalar as written, composed and trimmed; None for what is no text or none at all."""
    if not isinstance(node, yaml.ScalarNode) or node.tag not in _PLAIN_TAGS:
        return None
    return unicodedata.normalize("NFC", str(node.value)).strip()


def _kind(node: yaml.Node) -> str:
    if isinstance(node, yaml.ScalarNode):
        if is_null(node):
            return "nothing"
        value = str(node.value)
        return f"{value[:40]!r}" if node.tag in _PLAIN_TAGS else f"the tag {node.tag[:60]!r}"
    return "a list" if isinstance(node, yaml.SequenceNode) else "a group of keys"
