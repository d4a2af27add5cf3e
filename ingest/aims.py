"""Aims told in prose: what stands in a chapter of targets, or in a list that a sentence announces as targets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.plans import BlockKind, Force, Statement
from ingest.wording import Wording, wording

_YEAR = re.compile(r"(?<!\d)20\d{2}(?!\d)")
_LEADS = re.compile(r"[\W\d]*")
_NO_AIM = frozenset({"money", "day", "week", "month", "year", "offer", "person"})
"""Units of limits and times: an amount of these alone is no figure to be reached."""
_PATIENCE = 3
"""Statements after an announced aim, or after the announcement, within which the next one stands."""
_SHORT = 3
"""Words of a heading that is a title of targets: "Kommunens mål"."""


class Aims:
    """Reads a document's statements in order, and remembers whether aims have been announced."""

    def __init__(self) -> None:
        self._section = -1
        self._titled = False
        self._left = 0

    def read(self, said: Sequence[Statement], path: Sequence[str], language: str) -> Iterator[Statement]:
        """The statements of a block, aims among them told as targets; `path`: the headings above them."""
        words = wording(language)
        for statement in said:
            if statement.section != self._section:
                self._section, self._left = statement.section, 0
                self._titled = any(_is_title(heading, words) for heading in path)
            if statement.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM):
                statement = self._of_text(statement, words)
            yield statement

    def _of_text(self, statement: Statement, words: Wording) -> Statement:
        if _announces(statement.text, words):
            self._left = _PATIENCE
            return statement
        if not (self._titled or self._left) or not _is_aim(statement, words):
            self._left = max(0, self._left - 1)
            return statement
        self._left = _PATIENCE if self._left else 0
        return replace(statement, force=Force.TARGET)


def _is_title(heading: str, words: Wording) -> bool:
    """ "4 Mål", "Kommunens mål", "Road map | Goals:"; not "How the targets were set"."""
    title = heading[_LEADS.match(heading).end() :].rstrip()  # type: ignore[union-attr]
    found = list(words.find["target_headings"].finditer(title))
    if not found or title[found[-1].end() :].strip(" :"):
        return False
    if title.endswith(":"):
        return True
    return len(title.split()) <= _SHORT and words.find["prepositions"].search(title) is None


def _announces(text: str, words: Wording) -> bool:
    return text.endswith(":") and words.find["target_headings"].search(text) is not None


def _is_aim(statement: Statement, words: Wording) -> bool:
    text = statement.text
    figure = words.find["fractions"].search(text) or any(a.unit not in _NO_AIM for a in statement.amounts)
    due = any(_YEAR.search(text, m.end(), m.end() + 40) for m in words.find["deadline"].finditer(text))
    wanted = statement.force is Force.OBLIGATION or (statement.force is Force.INFORMATION and due)
    told = statement.force is Force.TARGET or (bool(figure) and wanted)
    return told and "descriptive" not in statement.flags and statement.bearer not in ("buyer", "supplier")
