"""Words of a document that show what the register says of it: its cover names title, body and owner."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.library import Shelf
from assistant.training.craft import Craft, title_of
from assistant.training.items import Quote
from ingest.fold import fold
from ingest.wording import wording

_COVER = 3
"""Pages that are searched: the cover and what stands behind it, then the last, where some print who answers."""
_LONGEST = 240
_SENTENCE_END = re.compile(r"[.!?]\s+(?=[A-ZÆØÅÄÖ])")


def quote_naming(craft: Craft, shelf: Shelf, names: Sequence[str], beside: str = "") -> Quote | None:
    """The line on a document's outer pages that holds one of the names; None where none does.

    A line that asks something of somebody tells nothing of the document itself.

    A line that holds `beside` too is preferred: the year of a decision beside the body that took it.
    """
    found = _quote_naming(craft, shelf, names, beside) if beside else None
    return found or _quote_naming(craft, shelf, names, "")


def _quote_naming(craft: Craft, shelf: Shelf, names: Sequence[str], beside: str) -> Quote | None:
    library = craft.material.library
    document_id = shelf.document.document_id
    pages = list(enumerate(library.store.pages(document_id)))
    asks = wording(shelf.document.language).find["obligation"]
    for place, (number, _) in [*pages[:_COVER], *pages[_COVER:][-1:]]:
        text = library.store.text_at(document_id, place)
        for name in names:
            line = _line_with(text, name, beside)
            if asks.search(line):
                continue
            if line and (name == shelf.version.title or line not in fold(shelf.version.title).text):
                return _quote(craft, shelf, number, line)
    return None


def _line_with(text: str, name: str, beside: str) -> str:
    """The sentence of a page's line that a name stands in with `beside`, else the line."""
    for start, end in _found(text, name):
        start = text.rfind("\n", 0, start) + 1
        after = text.find("\n", end)
        line = fold(text[start : after if after >= 0 else len(text)]).text
        parts = [p for p in _SENTENCE_END.split(line) if name.casefold() in p.casefold() and beside in p]
        whole = [line] if len(line) <= _LONGEST and beside in line else []
        found = next((p for p in (*parts, *whole) if len(p) <= _LONGEST), "")
        if found:
            return found
    return ""


def _found(text: str, name: str) -> list[tuple[int, int]]:
    """Where a name stands as whole words, cased so first; words may be parted by a line's end."""
    words = r"\s+".join(re.escape(word) for word in name.split())
    pattern = rf"(?<!\w){words}(?!\w)"
    cased = [m.span() for m in re.finditer(pattern, text)]
    return cased + [m.span() for m in re.finditer(pattern, text, re.IGNORECASE) if m.span() not in cased]


def _quote(craft: Craft, shelf: Shelf, page: int | None, line: str) -> Quote:
    return Quote(
        plan_id=shelf.plan.plan_id,
        version_id=shelf.version.version_id,
        file=shelf.document.file,
        title=title_of(shelf.plan, shelf.version.title, shelf.version.version_id),
        level=shelf.plan.level,
        level_name=craft.level_name(shelf.plan.level),
        section="",
        page=page,
        text=line,
        language=shelf.document.language,
    )
