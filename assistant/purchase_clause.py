"""How strongly a sentence of two clauses binds at one step: "may be bought directly, but an agreement shall be used". Pure.

A statement has one force, most often that of its first clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.purchase_steps import STEPS
from assistant.topics import speaks_of
from ingest.force import said
from ingest.modals import MODALS, rule_modal
from ingest.plans import BlockKind, Force
from ingest.store import StoredStatement
from ingest.wording import Wording, wording

_ON_A_TOPIC = frozenset(step.key for step in STEPS if not step.own)
_SILENT = frozenset({Force.INFORMATION, Force.TARGET})


def force_at(step: str, statement: StoredStatement) -> Force:
    """The force of the first clause that speaks of the step; the statement's where it is one, or none is told.

    What a person has corrected, or what a list or a table has given a statement, stays; "or explain" is a clause
    that belongs to the other.
    """
    text, language = statement.text, statement.language
    whole = statement.kind is BlockKind.TABLE_ROW or statement.force is Force.COMPLY_OR_EXPLAIN
    if whole or step not in _ON_A_TOPIC:
        return statement.force
    clauses = list(_clauses(text, wording(language)))
    if len(clauses) < 2 or said(text, language).force is not statement.force:
        return statement.force
    on_step = next((clause for clause in clauses if speaks_of(step, clause, language)), "")
    force = said(on_step, language).force
    return statement.force if force in _SILENT else force


def _clauses(text: str, words: Wording) -> Iterator[str]:
    """The main clauses of a sentence: each has a modal of its own."""
    start = 0
    for end, begin in _joints(text, words):
        before, after = text[start:end].strip(" ,;"), text[begin:]
        if _rules(before, words) and _rules(after, words):
            yield before
            start = begin
    yield text[start:].strip()


def _rules(text: str, words: Wording) -> bool:
    return rule_modal(text, words) is not None or words.find["not_required"].search(text) is not None


def _joints(text: str, words: Wording) -> Iterator[tuple[int, int]]:
    """Where one clause ends and the next begins: at "but", a semicolon, "and" after a comma or before a modal."""
    found = [(m.start(), m.end()) for m in re.finditer(r";\s+", text)]
    found += [(m.start(), m.end()) for m in words.find["contrast"].finditer(text)]
    for joint in words.find["coordinators"].finditer(text):
        after_comma = text[: joint.start()].rstrip().endswith((",", ";"))
        rest = text[joint.end() :].lstrip()
        if after_comma or any(words.find[key].match(rest) for key, _ in MODALS):
            found.append((joint.start(), joint.end()))
    return iter(sorted(found))
