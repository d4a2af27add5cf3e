"""What every loader shares: how a reading ends, and how pages are handed on while reading."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from ingest.plans import LineKind, LoadedDocument, OutlineEntry, Page, Reading

Emit = Callable[[Page, int], None]
"""Takes each page as soon as it is read, and how many pages the document has."""

TRY_AGAIN = "ingest again when the machine is less busy"
"""The remedy where nothing is wrong with a file; what has it is read again by the next ingest."""
MAX_FILE_BYTES = 200_000_000
"""Far above any plan document; a larger file is a mistake or an attack."""
MAX_TEXT_CHARACTERS = 20_000_000
"""About 7,000 printed pages; what is longer is generated, not written."""


def keep_to_self(_page: Page, _of: int) -> None:
    """The `Emit` of a caller that only wants the finished document."""


def rejected(path: Path, what: str, remedy: str, media_type: str) -> LoadedDocument:
    return _without_pages(path, what, remedy, media_type, Reading.REJECTED)


def empty(path: Path, what: str, remedy: str, media_type: str) -> LoadedDocument:
    return _without_pages(path, what, remedy, media_type, Reading.EMPTY)


def limit(path: Path, what: str, remedy: str, media_type: str) -> LoadedDocument:
    return _without_pages(path, what, remedy, media_type, Reading.LIMIT)


def reason(path: Path, what: str, remedy: str) -> str:
    return f"{path.name}: {what}; {remedy}"


def _without_pages(path: Path, what: str, remedy: str, media_type: str, reading: Reading) -> LoadedDocument:
    return LoadedDocument(media_type=media_type, reading=reading, reason=reason(path, what, remedy))


def has_visible_text(pages: Sequence[Page]) -> bool:
    """Whether any line that a reader can see holds a letter or a figure."""
    return any(
        line.kind is not LineKind.HIDDEN
        and any(character.isalnum() for character in page.text[line.start : line.end])
        for page in pages
        for line in page.lines
    )


def whole_document(
    path: Path,
    media_type: str,
    page: Page,
    *,
    title: str | None = None,
    outline: tuple[OutlineEntry, ...] = (),
    damage: str | None = None,
) -> LoadedDocument:
    """A document of a format without pages, read to its end; `damage` says what may be missing."""
    if not has_visible_text((page,)):
        if damage:
            return rejected(path, damage, "get a new copy of it", media_type)
        what = "holds no text that a reader can see"
        return empty(path, what, "check that it is the right file", media_type)
    return LoadedDocument(
        media_type=media_type,
        reading=Reading.PARTIAL if damage else Reading.OK,
        pages=(page,),
        outline=outline,
        reason=reason(path, damage, "open it in its own program and save it again") if damage else None,
        title=title,
    )
