"""Inline markup of a source: bold, italic and footnote marks, as a list of runs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

NOTE_MARK = re.compile(r"\[\^(\w+)\]")
_MARKUP = re.compile(
    r"\*\*(?P<bold>.+?)\*\*|\*(?P<italic>[^*\s](?:[^*]*[^*\s])?)\*|\[\^(?P<note>\w+)\]", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one face; a footnote mark is a run whose text is its number."""

    text: str
    bold: bool = False
    italic: bool = False
    note: bool = False


def runs(text: str) -> list[Run]:
    """Split marked-up text into runs; bold may hold italic and the other way round."""
    return [run for run in _split(text) if run.text]


def plain(text: str) -> str:
    """The words alone: no markup and no footnote marks, line breaks as spaces."""
    return "".join(run.text for run in runs(text) if not run.note).replace("\n", " ")


def _split(text: str) -> Iterator[Run]:
    start = 0
    for match in _MARKUP.finditer(text):
        yield Run(text[start : match.start()])
        start = match.end()
        if match["note"]:
            yield Run(match["note"], note=True)
        elif match["bold"]:
            yield from (replace(run, bold=True) for run in _split(match["bold"]))
        else:
            yield from (replace(run, italic=True) for run in _split(match["italic"]))
    yield Run(text[start:])
