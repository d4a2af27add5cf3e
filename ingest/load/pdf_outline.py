"""What a PDF says about itself: bookmarks, page labels, title. All of it may be wrong or broken."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ingest.load.text import storable
from ingest.plans import OutlineEntry

_MOST_ENTRIES = 5_000
_LONGEST = 500
"""Characters of a title or bookmark worth keeping."""


def outline_of(reader: Any) -> tuple[OutlineEntry, ...]:
    """The bookmarks in order; none when any part of them is broken."""
    try:
        if "/Outlines" not in reader.root_object:
            return ()
        entries = list(_entries(reader.outline, 1, _pages_by_object(reader)))
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - pypdf raises anything on a broken outline, and we can do without
        return ()
    return tuple(entries[:_MOST_ENTRIES])


def labels_of(reader: Any, count: int) -> list[str | None]:
    """The printed page numbers ("iv", "A-2") where the file gives them, else None for each page."""
    try:
        if "/PageLabels" not in reader.root_object:
            return [None] * count
        labels: list[str | None] = [storable(label)[:_LONGEST] for label in reader.page_labels]
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - as above
        return [None] * count
    return labels if len(labels) == count else [None] * count


def title_of(reader: Any) -> str | None:
    try:
        title = reader.metadata.title if reader.metadata else None
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - as above
        return None
    return _clean(title) or None


def _clean(title: object) -> str:
    return " ".join(storable(str(title or "")).split())[:_LONGEST]


def _pages_by_object(reader: Any) -> dict[int, int]:
    return {
        page.indirect_reference.idnum: number
        for number, page in enumerate(reader.pages, start=1)
        if page.indirect_reference is not None
    }


def _entries(outline: Any, depth: int, pages: dict[int, int]) -> Iterator[OutlineEntry]:
    for entry in outline:
        if isinstance(entry, list):
            yield from _entries(entry, depth + 1, pages)
        elif title := _clean(entry.title):
            yield OutlineEntry(title, depth, pages.get(getattr(entry.page, "idnum", 0)))
