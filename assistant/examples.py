"""Example questions made from a municipality's own statements, so that each of them has an answer."""

from __future__ import annotations

from assistant.library import Library
from ingest.plans import BlockKind, Force
from prompts import answer_texts

_MAX = 4


def examples(library: Library, language: str) -> list[str]:
    """Up to four questions about sections that hold a duty, one a plan, from the lowest level up."""
    pattern = str(answer_texts(language).get("example", "{topic}?"))
    found: list[str] = []
    shelves = sorted(library.shelves.items(), key=lambda item: (-item[1].plan.level, item[0]))
    for document_id, shelf in shelves:
        if len(found) == _MAX:
            break
        if shelf.version.status.value != "adopted":
            continue
        topic = _topic(library, document_id)
        if topic:
            found.append(pattern.format(topic=topic))
    return found


def _topic(library: Library, document_id: int) -> str | None:
    """The heading of the first section whose statement is a duty with an amount."""
    for statement in library.store.statements_of(document_id):
        duty = statement.force in (Force.OBLIGATION, Force.PROHIBITION) and statement.amounts
        if not duty or statement.kind is BlockKind.FOOTNOTE:
            continue
        heading = library.section(document_id, statement.section).heading
        if 4 <= len(heading) <= 60:
            return heading
    return None
