"""What no reader of a document sees, told to whoever owns the plans. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.plans import Hidden, LineKind, LoadedDocument, Page

_LONGEST = 200
"""Characters of one stretch that are told; what stands there is clear from fewer."""
_TAGS = 0xE0000
"""Where the invisible twins of ASCII begin: each spells the character that much below it."""


def hidden_text(document: LoadedDocument) -> tuple[Hidden, ...]:
    """One entry a stretch: hidden lines that follow one another on a page are one."""
    return tuple(found for page in document.pages for found in _of_page(page))


def _of_page(page: Page) -> Iterator[Hidden]:
    stretch: list[str] = []
    for line in page.lines:
        if line.kind is LineKind.HIDDEN:
            stretch.append(page.text[line.start : line.end])
        elif stretch:
            yield from _told(page, stretch)
            stretch = []
    yield from _told(page, stretch)


def _told(page: Page, stretch: list[str]) -> Iterator[Hidden]:
    words = " ".join(legible(" ".join(stretch)).split())
    if words:
        yield Hidden(page.number, words if len(words) <= _LONGEST else f"{words[:_LONGEST].rstrip()} …")


def legible(text: str) -> str:
    """The text with invisible tags as the letters they spell, and without marks of direction."""
    letters = (chr(ord(c) - _TAGS) if _TAGS <= ord(c) <= _TAGS + 0x7F else c for c in text)
    return "".join(c for c in letters if c.isprintable() or c.isspace())
