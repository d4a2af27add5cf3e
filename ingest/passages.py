"""Neighbouring statements of one section, put together to passages of about a paragraph."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from ingest.plans import Passage, Span, Statement

PASSAGE_CHARACTERS = 900
"""A passage is closed once it is this long; a section's end closes it always."""


def passages(document_key: str, found: Sequence[Statement]) -> tuple[Passage, ...]:
    """Passages of a document, in order. `document_key` makes their ids those of this plan and version."""
    made = []
    for group in _groups(found):
        text = " ".join(found[i].text for i in group)
        spans = tuple(span for i in group for span in found[i].spans)
        made.append(
            Passage(
                passage_id=_passage_id(document_key, text, spans),
                section=found[group[0]].section,
                text=text,
                spans=spans,
                statements=tuple(group),
            )
        )
    return tuple(made)


def _groups(found: Sequence[Statement]) -> Iterator[list[int]]:
    group: list[int] = []
    length = 0
    for place, statement in enumerate(found):
        other_section = bool(group) and found[group[-1]].section != statement.section
        if group and (other_section or length >= PASSAGE_CHARACTERS):
            yield group
            group, length = [], 0
        group.append(place)
        length += len(statement.text)
    if group:
        yield group


def _passage_id(document_key: str, text: str, spans: Sequence[Span]) -> str:
    place = ",".join(f"{s.page_index}:{s.start}-{s.end}" for s in spans)
    return hashlib.sha256(f"{document_key}\n{place}\n{text}".encode()).hexdigest()[:24]
