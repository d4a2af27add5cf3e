"""A sentence that says how far the rule before it reaches ("The same applies to …") speaks with that rule. Pure.

Such a sentence often meets a question better than the rule does, yet has no force of its own: the rule it leans
on is heard in its place, and it is quoted beside it. So does a sentence that says what a word of a rule means,
unless that is what is asked.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.stems import content_stems
from ingest.plans import BlockKind, Force
from ingest.store import StoredStatement
from ingest.wording import wording

_DEFINED = 40
"""Characters at its beginning, in which a definition names its word."""


def leans(statement: StoredStatement, *, meaning: bool = False) -> bool:
    """Whether it only widens or explains what was said before; an exception says something else.

    `meaning`: whether the question asks what a word means.
    """
    words = wording(statement.language).find
    if statement.force is not Force.INFORMATION or words["exception"].search(statement.text):
        return False
    return words["leaning"].match(statement.text) is not None or (_defines(statement) and not meaning)


def leaned_on(statement: StoredStatement, section: Sequence[StoredStatement]) -> StoredStatement | None:
    """The rule of its section that it leans on, `section` in reading order: the nearest before it.

    For a definition the nearest, before it or after, that has its word.
    """
    rules = [s for s in section if s.force is not Force.INFORMATION]
    if _defines(statement):
        word = content_stems(statement.text[:_DEFINED])
        rules = [s for s in rules if content_stems(s.text) & word]
        return min(rules, key=lambda s: abs(s.place - statement.place), default=None)
    return next((s for s in reversed(rules) if s.place < statement.place), None)


def _defines(statement: StoredStatement) -> bool:
    return "definition" in statement.flags and statement.kind is BlockKind.PARAGRAPH
