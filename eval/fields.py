"""A row read key by key; what is wrong is told with the file, the line and the key."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from eval.errors import DatasetError


@dataclass(frozen=True, slots=True)
class Fields:
    """One object of a dataset; `place` is its file and line."""

    place: str
    row: Mapping[str, object]

    def wrong(self, key: str, message: str) -> DatasetError:
        return DatasetError(f"{self.place}: {key!r} {message}")

    def text(self, key: str) -> str | None:
        """A text or number as text; None where it is absent, null or empty."""
        value = self.row.get(key)
        if value is None:
            return None
        if isinstance(value, (str, int, float)) and not isinstance(value, bool):
            return str(value).strip() or None
        raise self.wrong(key, f"is a {type(value).__name__}; write a text")

    def required(self, key: str) -> str:
        found = self.text(key)
        if found is None:
            raise self.wrong(key, "is missing; every row needs it")
        return found

    def integer(self, key: str) -> int | None:
        found = self.text(key)
        if found is None:
            return None
        if not re.fullmatch(r"\d+", found):
            raise self.wrong(key, f"is {found!r}; write a whole number or null")
        return int(found)

    def boolean(self, key: str, *, default: bool) -> bool:
        value = self.row.get(key, default)
        if not isinstance(value, bool):
            raise self.wrong(key, f"is {value!r}; write true or false")
        return value

    def day(self, key: str) -> str | None:
        """An ISO date, checked, as text."""
        found = self.text(key)
        if found is None:
            return None
        try:
            return date.fromisoformat(found).isoformat()
        except ValueError as error:
            raise self.wrong(key, f"is {found!r}; write a date as 2026-11-20") from error

    def one_of(self, key: str, allowed: Sequence[str]) -> str | None:
        found = self.text(key)
        if found is not None and found not in allowed:
            raise self.wrong(key, f"is {found!r}; write one of {', '.join(allowed)}")
        return found

    def texts(self, key: str) -> list[str]:
        return [self._as_text(key, each) for each in self._list(key)]

    def spellings(self, key: str) -> list[tuple[str, ...]]:
        """A list of lists of texts; a bare text stands for a list of one."""
        found = []
        for each in self._list(key):
            group = each if isinstance(each, list) else [each]
            spelled = tuple(self._as_text(key, one) for one in group)
            if not spelled:
                raise self.wrong(key, "has a fact with no spelling; remove it or write one")
            found.append(spelled)
        return found

    def inner(self, key: str) -> Fields | None:
        value = self.row.get(key)
        if value is None:
            return None
        if not isinstance(value, dict):
            raise self.wrong(key, "is no object; write {…} or null")
        return Fields(f"{self.place}: {key}", value)

    def inners(self, key: str) -> list[Fields]:
        found = []
        for place, each in enumerate(self._list(key)):
            if not isinstance(each, dict):
                raise self.wrong(key, f"has no object at place {place + 1}; write a list of {{…}}")
            found.append(Fields(f"{self.place}: {key}[{place}]", each))
        return found

    def _list(self, key: str) -> list[object]:
        value = self.row.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            raise self.wrong(key, f"is a {type(value).__name__}; write a list")
        return value

    def _as_text(self, key: str, value: object) -> str:
        if not isinstance(value, (str, int, float)) or isinstance(value, bool):
            raise self.wrong(key, f"has {value!r} in it; write texts")
        return str(value)
