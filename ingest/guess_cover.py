"""The places where a document says what it is: title, cover, running lines, last lines."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from ingest.guess_dates import find_days, find_period
from ingest.guess_words import MUNICIPALITY_NAMES
from ingest.plans import Line, LineKind, LoadedDocument, Page

_LABELLED = re.compile(r"^[A-ZÆØÅÄÖ][\w /-]{2,24}:\s")
"""A line of a cover block, "Dokumenttyp: Program", names a field and not the document."""
_LONGEST_LINE = 400
_COVER_LINES = 70
_COVER_PAGES = 3
_TAIL_LINES = 15
_FIRST_PAGES_LINES = 700
"""A long plan tells how it stands to others after foreword, contents and summary."""
_EDGE_LINES = 2
"""Lines at the top and foot of a page that may be running lines."""
_RUNNING_SHARE = 0.4
_SAMPLED_PAGES = 40


@dataclass(frozen=True, slots=True)
class CoverLine:
    """A line of a document with what tells a title from the rest. `page` as in `Page.number`."""

    text: str
    page: int | None
    size: float = 0.0
    bold: bool = False
    heading_level: int | None = None


@dataclass(frozen=True, slots=True)
class Cover:
    """What is looked at to guess what a document is; never where the file lies."""

    title: CoverLine | None
    lines: tuple[CoverLine, ...]
    """The first lines of the document without the running ones."""
    running: tuple[CoverLine, ...]
    """Each line that stands at the head or foot of many pages, once."""
    foot: tuple[CoverLine, ...]
    """The last lines of the first page."""
    tail: tuple[CoverLine, ...]
    first_pages: tuple[CoverLine, ...]
    """What is searched for mentions of other plans."""


def cover_of(document: LoadedDocument) -> Cover:
    """The cover of a document; all empty when nothing was read."""
    running = _running(document.pages)
    if "html" in document.media_type:
        running = tuple(line for line in running if _is_no_menu(line.text))
    repeated = {_look_of(line) for line in running}
    every: list[CoverLine] = []
    for page in document.pages[:_SAMPLED_PAGES]:
        every += [line for line in _lines(page) if _look_of(line) not in repeated]
    early = [line for line in every if _is_early(line, every[0] if every else None)]
    last = list(_lines(document.pages[-1])) if document.pages else []
    lines = tuple(early[:_COVER_LINES])
    return Cover(
        title=_title(lines, document.title),
        lines=lines,
        running=running,
        foot=tuple(list(_lines(document.pages[0]))[-_EDGE_LINES:]) if document.pages else (),
        tail=tuple(last[-_TAIL_LINES:]),
        first_pages=tuple(every[:_FIRST_PAGES_LINES]),
    )


def _is_no_menu(text: str) -> bool:
    """Whether a line around a web page's text is about the page: menus are words without figures."""
    return bool(re.search(r"[\d:]", text)) or len(text.split()) == 1


def _is_early(line: CoverLine, first: CoverLine | None) -> bool:
    if first is None or line.page is None or first.page is None:
        return True
    return line.page < first.page + _COVER_PAGES


def _lines(page: Page) -> Iterator[CoverLine]:
    for line in page.lines or _bare_lines(page.text):
        written = page.text[line.start : min(line.end, line.start + _LONGEST_LINE)]
        text = " ".join(unicodedata.normalize("NFKC", written).split()).lstrip("•▪◦●* ")
        if text and line.kind is not LineKind.HIDDEN:
            yield CoverLine(text, page.number, line.size, line.bold, line.heading_level)


def _bare_lines(text: str) -> Iterator[Line]:
    for match in re.finditer(r"[^\n]+", text):
        yield Line(match.start(), match.end())


def _running(pages: tuple[Page, ...]) -> tuple[CoverLine, ...]:
    """Lines that the format calls running, and lines at the edges of many pages."""
    first: dict[tuple[str, int], CoverLine] = {}
    counts: Counter[tuple[str, int]] = Counter()
    sampled = pages[:_SAMPLED_PAGES]
    for page in sampled:
        edges = _edges(page)
        for line in edges:
            first.setdefault(_look_of(line), line)
        counts.update({_look_of(line) for line in edges})
    known = {_look_of(line): line for line in _called_running(sampled)}
    least = max(2, round(len(sampled) * _RUNNING_SHARE))
    often = {pattern: first[pattern] for pattern, count in counts.items() if count >= least}
    return tuple((known | often).values())


def _edges(page: Page) -> list[CoverLine]:
    """The outermost lines, by place on the page where the format gives it, else by order."""
    placed = [line for line in page.lines if line.y > 0]
    if placed:
        placed.sort(key=lambda line: -line.y)
        chosen = placed[:_EDGE_LINES] + placed[-_EDGE_LINES:]
        part = Page(page.number, page.label, page.text, tuple(dict.fromkeys(chosen)))
        return list(_lines(part))
    lines = list(_lines(page))
    return lines[:_EDGE_LINES] + lines[-_EDGE_LINES:]


def _called_running(pages: Iterable[Page]) -> Iterator[CoverLine]:
    for page in pages:
        said = tuple(line for line in page.lines if line.kind is LineKind.RUNNING)
        if said:
            yield from _lines(Page(page.number, page.label, page.text, said))


def _look_of(line: CoverLine) -> tuple[str, int]:
    """A line without its numbers, and its size: page numbers do not tell running lines apart, but
    a title stays a title where later pages repeat it small."""
    return re.sub(r"\d+", "#", line.text).casefold(), round(line.size)


# --- the title ----------------------------------------------------------------------------


def _title(lines: tuple[CoverLine, ...], in_metadata: str | None) -> CoverLine | None:
    """The line, or lines set alike, that names the document.

    Where the file's own metadata name a title that the cover also prints, it is that one.
    """
    first = [line for line in lines[:40] if lines[0].page == line.page] if lines else []
    confirmed = _confirmed(first, in_metadata)
    if confirmed:
        return confirmed
    worthy = [line for line in first if _can_be_title(line.text) or _stands_out(line, first)]
    if not worthy:
        return None
    best = max(worthy, key=lambda line: (-(line.heading_level or 7), round(line.size), line.bold))
    at = next(place for place, line in enumerate(first) if line is best)
    joined = [best.text]
    for line in first[at + 1 : at + 3]:
        if not _set_alike(best, line) or not (_can_be_title(line.text) or find_period(line.text)):
            break
        joined.append(line.text)
    return CoverLine(" ".join(joined)[:200], best.page, best.size, best.bold, best.heading_level)


def _confirmed(first: list[CoverLine], in_metadata: str | None) -> CoverLine | None:
    wanted = " ".join((in_metadata or "").split())
    if len(wanted) < 6 or len(wanted) > 200 or not _can_be_title(wanted):
        return None
    printed = " ".join(line.text for line in first).casefold()
    page = first[0].page if first else None
    return CoverLine(wanted, page) if wanted.casefold() in printed else None


def _set_alike(one: CoverLine, other: CoverLine) -> bool:
    """Whether a line goes on where a title broke: same size, and larger than text or bold."""
    if one.size <= 0 or abs(one.size - other.size) > 0.6 or one.bold != other.bold:
        return False
    return (one.size >= 14 or one.bold) and one.heading_level == other.heading_level


def _stands_out(line: CoverLine, first: list[CoverLine]) -> bool:
    """Whether a line with a label ("Amendments: …") is set larger than everything else."""
    others = max((other.size for other in first if other is not line), default=0.0)
    return is_labelled(line.text) and line.size > 1.15 * others > 0


def is_labelled(text: str) -> bool:
    """Whether a line names a field and its value: "Dokumenttyp: Program"."""
    return bool(_LABELLED.match(text))


def _can_be_title(text: str) -> bool:
    if not re.search(r"[^\W\d_]{4}", text) or len(text) > 200:
        return False
    if find_days(text) and len(text) < 24:
        return False
    if is_labelled(text):
        return False
    return not any(pattern.fullmatch(text) for pattern in municipality_patterns())


@lru_cache(maxsize=1)
def municipality_patterns() -> tuple[re.Pattern[str], ...]:
    """The ways in which a municipality is named."""
    return tuple(re.compile(pattern) for pattern in MUNICIPALITY_NAMES)
