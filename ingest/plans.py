"""What everything else speaks of: plans, levels, versions, and what was read from their documents.

Pure values; this module imports nothing of ours and touches no disk.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Status(StrEnum):
    """What a plan is as of today; for any other date, dates and `supersedes` decide."""

    DRAFT = "draft"
    HEARING = "hearing"
    ADOPTED = "adopted"
    SUPERSEDED = "superseded"
    REPEALED = "repealed"


class Force(StrEnum):
    """How strongly a statement binds the person who buys."""

    OBLIGATION = "obligation"
    PROHIBITION = "prohibition"
    COMPLY_OR_EXPLAIN = "comply_or_explain"
    RECOMMENDATION = "recommendation"
    PERMISSION = "permission"
    TARGET = "target"
    INFORMATION = "information"
    NONE = "none"


class Reading(StrEnum):
    """How the reading of one file went."""

    OK = "ok"
    PARTIAL = "partial"
    EMPTY = "empty"
    REJECTED = "rejected"
    LIMIT = "limit"


# --- the register -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Municipality:
    municipality_id: str
    name: str
    languages: tuple[str, ...] = ("nb", "nn", "en")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanLevel:
    """One step of the ladder; rank 1 is the highest."""

    rank: int
    level_id: str
    names: Mapping[str, str]

    def name(self, language: str) -> str:
        return self.names.get(language) or next(iter(self.names.values()), self.level_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """An adopting body; rank 1 is the highest."""

    body_id: str
    rank: int
    names: Mapping[str, str]

    def name(self, language: str) -> str:
        return self.names.get(language) or next(iter(self.names.values()), self.body_id)


@dataclass(frozen=True, slots=True)
class PlanLink:
    """A plan, or a section of it: `STR#3.2`."""

    plan_id: str
    section: str | None = None


@dataclass(frozen=True, slots=True)
class RevisionDue:
    """Revision by a date (a bare year means its last day) or every so many years after adoption."""

    on: date | None = None
    every_years: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanVersion:
    """One text of a plan. A plan without `versions` has exactly one, with `version_id` None."""

    version_id: str | None
    files: tuple[str, ...]
    title: str
    language: str | None
    status: Status
    adopted_by: str | None = None
    adopted_on: date | None = None
    amended_on: tuple[date, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    """Inclusive."""
    repealed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    plan_id: str
    title: str
    level: int
    kind: str
    versions: tuple[PlanVersion, ...]
    binding: bool | None = None
    """None: what kind and adopting body imply."""
    supersedes: tuple[str, ...] = ()
    implements: tuple[PlanLink, ...] = ()
    translation_of: str | None = None
    owner: str | None = None
    revision_due: RevisionDue | None = None
    authoritative_language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """Sound by construction: every link resolves, nothing is circular, every level is in the scheme."""

    municipality: Municipality
    levels: tuple[PlanLevel, ...]
    bodies: tuple[Body, ...]
    plans: tuple[Plan, ...]
    confirmed: bool = True
    """False when the register was guessed from the documents and no person has confirmed it."""

    def plan(self, plan_id: str) -> Plan:
        return next(p for p in self.plans if p.plan_id == plan_id)

    def level(self, rank: int) -> PlanLevel:
        return next(lv for lv in self.levels if lv.rank == rank)

    def body(self, body_id: str | None) -> Body | None:
        return next((b for b in self.bodies if b.body_id == body_id), None)


# --- what was read ------------------------------------------------------------------------


class LineKind(StrEnum):
    """What a loader knows of a line from the format itself; UNKNOWN where only type and place tell."""

    UNKNOWN = "unknown"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"
    TABLE_HEADER = "table_header"
    CAPTION = "caption"
    FOOTNOTE = "footnote"
    RUNNING = "running"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line: a span of its page's text and how it looks.

    `start:end` are offsets into `Page.text`. `size` is in points, `x`, `y` in points from the lower left
    corner (0 where the format has no pages). `heading_level` is 1-6 where the format says so.
    `confidence` is 0-1, below 1 only for recognised scans.
    """

    start: int
    end: int
    size: float = 0.0
    bold: bool = False
    x: float = 0.0
    y: float = 0.0
    kind: LineKind = LineKind.UNKNOWN
    heading_level: int | None = None
    cells: tuple[tuple[int, int], ...] = ()
    """For table rows whose cells the format tells apart: spans of the cells in the page's text."""


@dataclass(frozen=True, slots=True)
class WordBox:
    """A word recognised in a picture: a span of its page's text, and where it stands.

    The rectangle is in fractions of the page as it is shown; the origin is top left.
    """

    start: int
    end: int
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Page:
    """One page as found. `number` is physical and 1-based, None for formats without pages."""

    number: int | None
    label: str | None
    text: str
    lines: tuple[Line, ...]
    ocr_confidence: float | None = None
    """0-1 for a page recognised from an image, else None."""
    words: tuple[WordBox, ...] = ()
    """The words of a page recognised from an image."""


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A bookmark: its title, depth (1 = top) and physical page."""

    title: str
    depth: int
    page: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedDocument:
    """What a loader made of one file; `reason` names what is wrong and the remedy when not ok."""

    media_type: str
    reading: Reading
    pages: tuple[Page, ...] = ()
    outline: tuple[OutlineEntry, ...] = ()
    reason: str | None = None
    unread_pages: tuple[int, ...] = ()
    title: str | None = None
    """From the file's own metadata; a hint, often wrong."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """Text of a page that a program reads and no reader sees; nothing is ever answered from it."""

    page: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one page's text, by the page's place in the document (0-based) and offsets."""

    page_index: int
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A node of the section tree. `number` as printed ("§ 4", "3.2"), empty where none is printed."""

    index: int
    number: str
    heading: str
    depth: int
    parent: int | None
    path: tuple[str, ...]
    """Headings from the top down to this one, with printed numbers."""


class BlockKind(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"
    FOOTNOTE = "footnote"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph, list item, table row, footnote or heading inside one section."""

    kind: BlockKind
    section: int
    spans: tuple[Span, ...]
    lead_in: tuple[Span, ...] = ()
    """For a list item: the sentence that introduces the list. For a table row: its header row."""
    caption: tuple[Span, ...] = ()
    cells: tuple[tuple[Span, ...], ...] = ()
    columns: tuple[int, ...] = ()
    """For a table row: the column of each cell; an empty cell of a PDF has none."""
    headers: tuple[str, ...] = ()
    header_cells: tuple[tuple[int, tuple[Span, ...]], ...] = ()
    """For a table row: column and spans of each cell of its header row."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A quantity with its unit: kr, %, years, m2, offers… `low`/`high` bound a range; None is open."""

    low: float | None
    high: float | None
    unit: str
    beyond: bool = False
    """Whether the bound itself is outside: "over", "under", not "from", "up to"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One sentence or table row, with what it says. `text` is folded; `spans` lead back to the page."""

    section: int
    spans: tuple[Span, ...]
    text: str
    context: str = ""
    """Lead-in, caption and column headers that the text needs to be understood; never quoted alone."""
    language: str = "nb"
    kind: BlockKind = BlockKind.PARAGRAPH
    force: Force = Force.INFORMATION
    bearer: str | None = None
    """buyer, unit, supplier, municipality or None when not said."""
    amounts: tuple[Amount, ...] = ()
    dates: tuple[str, ...] = ()
    flags: frozenset[str] = field(default_factory=frozenset)
    """descriptive, competence, restates, delegates, repealed, amended, future, precedence, exception, definition;
    corrected: by a person."""
    valid_from: date | None = None
    """The first day on which its own text says that it holds; None where only the plan's days bound it."""
    valid_to: date | None = None
    """The last such day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What a plan wants reached, from a table row or a sentence; a slot it does not fill is None."""

    place: int
    """Place of the statement that says it in the document's list of statements."""
    number: str | None
    """As printed: "T3"."""
    target: str
    measure: str | None = None
    baseline: str | None = None
    deadline: str | None = None
    responsible: str | None = None
    status: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Neighbouring statements of one section, about a paragraph long; what is listed as found."""

    passage_id: str
    section: int
    text: str
    spans: tuple[Span, ...]
    statements: tuple[int, ...]
    """Places of its statements in the document's list of statements."""
