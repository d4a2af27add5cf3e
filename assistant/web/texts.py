"""The words of the interface in each language, read once from the files beside this one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

LANGUAGES = ("nb", "nn", "en")
_FOLDER = Path(__file__).with_name("texts")
_ALIASES = {"no": "nb"}


@dataclass(frozen=True, slots=True)
class Texts:
    """`texts("errors.too_long", limit=2000)`; a key that no file has is an error of ours."""

    language: str
    words: Mapping[str, Any]

    def __call__(self, key: str, **values: object) -> str:
        found: Any = self.words
        for part in key.split("."):
            found = found[part]
        return str(found).format(**values) if values else str(found)

    def group(self, key: str) -> dict[str, Any]:
        return dict(self.words[key])

    def known(self, group: str, key: str) -> str | None:
        """The words for a code that comes from outside, where we have any."""
        found = self.words[group].get(key)
        return found if isinstance(found, str) else None

    def day(self, iso: object) -> str:
        """A date in words; what is no date is shown as it came."""
        try:
            day = date.fromisoformat(str(iso))
        except ValueError:
            return str(iso)
        return self("date", day=day.day, month=self.words["months"][day.month - 1], year=day.year)


@lru_cache
def texts_in(language: str) -> Texts:
    chosen = language if language in LANGUAGES else LANGUAGES[0]
    with (_FOLDER / f"{chosen}.yaml").open(encoding="utf-8") as file:
        return Texts(chosen, yaml.safe_load(file))


def negotiate(asked: str | None, kept: str | None, accepted: str) -> str:
    """The language asked for, else the one kept from before, else the browser's first that we have."""
    for code in (asked, kept):
        if code in LANGUAGES:
            return str(code)
    for entry in accepted.split(","):
        code = entry.split(";")[0].strip().lower().split("-")[0]
        code = _ALIASES.get(code, code)
        if code in LANGUAGES:
            return code
    return LANGUAGES[0]
