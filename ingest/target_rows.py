"""Targets in tables: a table whose header names a column of targets is read row by row, slot by slot.

Which column holds what is told by the words of its header, in whatever language has a file of words. A table of
measures that only refers to targets by their numbers holds none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from ingest.plans import Block, BlockKind, Page, Span, Statement, Target
from ingest.statements import text_of
from ingest.wording import Wording, languages, wording

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_REFERENCE = re.compile(
    r"(?:[A-ZÆØÅÄÖ]{0,3}\s?\d{1,2}(?:\.\d{1,2})*[a-z]?(?:\s?[,;/+]\s?|\s(?:og|and|och|und)\s|$))+"
)
_NUMBER = re.compile(r"[A-ZÆØÅÄÖ]{0,3}\s?\d{1,2}(?:\.\d{1,2})*\.?")
_BLANK = re.compile(r"[\s\-–—−.…/*]*")
_LONG_WORD = re.compile(r"[^\W\d_]{3,}")
_SLOTS = ("measure", "baseline", "deadline", "responsible", "status")


@dataclass(frozen=True, slots=True)
class _Column:
    roles: frozenset[str]
    header: str

    @property
    def year(self) -> str | None:
        found = _YEAR.search(self.header)
        return found.group() if found else None


_Layout = Mapping[int, _Column]


def table_targets(
    pages: Sequence[Page], blocks: Sequence[Block], said: Sequence[Statement]
) -> Iterator[Target]:
    """The targets of all tables, in order. `said`: the document's statements; a row is one of them."""
    places = {_key(s.spans[0]): place for place, s in enumerate(said) if s.kind is BlockKind.TABLE_ROW}
    for block in blocks:
        place = places.get(_key(block.spans[0])) if block.kind is BlockKind.TABLE_ROW else None
        if place is None or not block.header_cells:
            continue
        headers = tuple((column, text_of(spans, pages)) for column, spans in block.header_cells)
        layout = _layout(headers, said[place].language)
        if _holds_targets(layout):
            yield from _of_row(layout, _cells(block, layout, pages), place, wording(said[place].language))


def _cells(block: Block, layout: _Layout, pages: Sequence[Page]) -> dict[int, str]:
    """The row's cells by the header's columns: a figure set to the right of its header belongs under it."""
    cells: dict[int, str] = {}
    taken = set(block.columns)
    for column, spans in zip(block.columns, block.cells, strict=False):
        left = max((c for c in layout if c <= column), default=column)
        under = left if left == column or left not in taken else column
        cells[under] = f"{cells.get(under, '')} {text_of(spans, pages)}".strip()
    return cells


def _key(span: Span) -> tuple[int, int]:
    return span.page_index, span.start


# --- what the columns hold ----------------------------------------------------------------


@cache
def _layout(headers: tuple[tuple[int, str], ...], language: str) -> _Layout:
    """What each column holds, by the words of the language or, where they name nothing, of any other."""
    layout = _layout_by(headers, language)
    if _holds_targets(layout):
        return layout
    others = (_layout_by(headers, other) for other in languages() if other != language)
    return next((found for found in others if _holds_targets(found)), layout)


def _layout_by(headers: Sequence[tuple[int, str]], language: str) -> _Layout:
    words = wording(language)
    return {column: _Column(_roles(header, words), header) for column, header in headers}


def _roles(header: str, words: Wording) -> frozenset[str]:
    """The roles a header names; a longer phrase hides a shorter one in it: "target date" is no target."""
    found = [(m.start(), m.end(), role) for role, p in words.columns.items() for m in p.finditer(header)]
    kept = {
        role
        for start, end, role in found
        if not any(s <= start and end <= e and e - s > end - start for s, e, _ in found)
    }
    if "status" in kept and _YEAR.search(header):
        kept = (kept - {"status"}) | {"baseline"}  # "Status 2023" is where one stood
    return frozenset({"target"}) if "target" in kept else frozenset(kept)


def _holds_targets(layout: _Layout) -> bool:
    roles = [column.roles for column in layout.values()]
    targets = [column for column in layout.values() if "target" in column.roles]
    beside = any(slot in each for each in roles for slot in _SLOTS)
    return bool(targets) and (beside or any(column.year for column in targets))


# --- one row ------------------------------------------------------------------------------


def _of_row(layout: _Layout, cells: Mapping[int, str], place: int, words: Wording) -> Iterator[Target]:
    """One target, or one for each year that has a column of its own."""
    columns = [c for c, column in layout.items() if "target" in column.roles]
    label = _label(layout, cells)
    slots = _slots(layout, cells, words)
    has_deadlines = any("deadline" in column.roles for column in layout.values())
    for column in columns:
        text = cells.get(column, "")
        is_value = _is_value(text, words)
        if not known(text, words) or (_REFERENCE.fullmatch(text) and not (label and layout[column].year)):
            continue
        if is_value and not label:
            continue
        whole = f"{label}: {text}" if is_value else text
        due = slots["deadline"] or layout[column].year or (None if has_deadlines else _one_year(whole))
        yield Target(
            place=place,
            number=_number(layout, cells),
            target=whole,
            **{**slots, "deadline": due},
        )


def _one_year(text: str) -> str | None:
    """The year in a target that has no column of deadlines, where it names just one."""
    years = set(_YEAR.findall(text))
    return years.pop() if len(years) == 1 else None


def _is_value(text: str, words: Wording) -> bool:
    """ "Minst 1,5", "25 prosent": a figure that needs the name of what is measured."""
    if not re.search(r"\d", text):
        return False
    rest = words.find["maximum"].sub(" ", words.find["minimum"].sub(" ", text))
    return all(word.lower() in words.units for word in _LONG_WORD.findall(rest))


def _label(layout: _Layout, cells: Mapping[int, str]) -> str:
    """What a bare figure is a figure of: the indicator, else the first column that nothing else claims."""
    named = [c for c in cells if c in layout and "measure" in layout[c].roles]
    free = [
        c for c in sorted(cells) if (c not in layout or not layout[c].roles) and _LONG_WORD.search(cells[c])
    ]
    return next((cells[c] for c in (*named, *free) if _LONG_WORD.search(cells[c])), "")


def _number(layout: _Layout, cells: Mapping[int, str]) -> str | None:
    for column, text in sorted(cells.items()):
        roles = layout[column].roles if column in layout else frozenset()
        if "number" in roles or not roles:
            return text if _NUMBER.fullmatch(text) else None
        if "target" in roles:
            break
    return None


def _slots(layout: _Layout, cells: Mapping[int, str], words: Wording) -> dict[str, str | None]:
    slots: dict[str, str | None] = dict.fromkeys(_SLOTS)
    for column, text in sorted(cells.items()):
        roles = layout[column].roles & set(_SLOTS) if column in layout else frozenset()
        if roles == {"measure", "baseline"}:
            measure, baseline = _parted(text)
            slots["measure"] = slots["measure"] or known(measure, words)
            slots["baseline"] = slots["baseline"] or known(baseline, words)
            continue
        for role in roles:
            value = known(text, words)
            if role == "baseline" and value and layout[column].year:
                value = f"{value} ({layout[column].header.lower()})"
            slots[role] = slots[role] or value
    return slots


def known(text: str, words: Wording) -> str | None:
    """The text, or None where it is blank, a dash, or says that nothing is known."""
    if _BLANK.fullmatch(text):
        return None
    return None if _BLANK.fullmatch(words.find["not_known"].sub("", text)) else text


def _parted(text: str) -> tuple[str, str]:
    """A cell of measure and starting point in one: "Gram per måltid, 2020", "12 % (2020)", "Årlig"."""
    head, _, tail = text.rpartition(",")
    if not head and (bracket := re.fullmatch(r"(\D+)\(([^)]*\d[^)]*)\)", text)):
        head, tail = bracket.groups()
    if head and re.search(r"\d", tail) and not re.search(r"\d\s?%?$", head):
        return head.strip(), tail.strip()
    return ("", text) if re.search(r"\d", text) else (text, "")
