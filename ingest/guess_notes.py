"""Why each field of a drafted register is so."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.guess_cover import CoverLine


@dataclass(frozen=True, slots=True)
class Guess:
    """One field of a drafted register, why it was filled so, and the words it rests on.

    `file` is the plan's file, empty for what concerns the whole folder. `page` and `words` are None
    where the guess rests on no place in the document.
    """

    file: str
    field: str
    value: str
    reason: str
    page: int | None = None
    words: str | None = None


class Notes:
    """The reasons given so far for one document."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.guesses: list[Guess] = []

    def add(self, field: str, value: object, reason: str, line: CoverLine | None = None) -> None:
        at, words = (line.page, line.text) if line else (None, None)
        self.guesses.append(Guess(self.file, field, str(value), reason, at, words))
