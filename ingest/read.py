"""From a loaded file to everything the store keeps of it. Pure."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from ingest.corrections import Outcome
from ingest.language import detect
from ingest.passages import passages
from ingest.periods import with_periods
from ingest.plans import LoadedDocument, Page, Passage, Section, Statement, Target
from ingest.statements import statements
from ingest.structure import structure
from ingest.targets import targets

PIPELINE = 7
"""Raised when reading gives other statements than before: unchanged files are then read again."""

_SAMPLE = 6_000
"""Characters enough to tell a language by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadDocument:
    """A file read: its pages, section tree, statements and passages."""

    loaded: LoadedDocument
    language: str
    pages: tuple[Page, ...]
    sections: tuple[Section, ...]
    statements: tuple[Statement, ...]
    passages: tuple[Passage, ...]
    targets: tuple[Target, ...]
    running: tuple[str, ...]
    outcomes: tuple[Outcome, ...] = ()
    """What became of a person's corrections in it."""


def read_document(
    loaded: LoadedDocument, document_key: str, *, language: str | None, is_law: bool
) -> ReadDocument:
    """Reads a loaded file as the language it is in (detected where the register does not say)."""
    spoken = language or detect("\n".join(p.text for p in loaded.pages)[:_SAMPLE])
    found = structure(loaded)
    said = with_periods(statements(loaded, found, spoken, is_law=is_law), found.sections)
    return ReadDocument(
        loaded=loaded,
        language=spoken,
        pages=loaded.pages,
        sections=found.sections,
        statements=said,
        passages=passages(document_key, said),
        targets=targets(loaded, found, said),
        running=found.running,
    )


def embedded_text(statement: Statement) -> str:
    """What of a statement is made into a vector: its words, with the context they lean on."""
    return f"{statement.context} {statement.text}" if statement.context else statement.text


def text_key(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()[:16]
