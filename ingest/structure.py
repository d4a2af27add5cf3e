"""Pages to a section tree: headings, paragraphs, list items, table rows and footnotes, in order.

What the format says (DOCX, HTML) is believed. In a PDF, type size, weight, place, bookmarks and printed
numbers are weighed together. Running heads, page numbers and contents pages are left out of the tree.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ingest.fold import folded_text
from ingest.numbering import STRONG, Numbering, numbering, reads_as_reference
from ingest.plans import Block, BlockKind, Line, LineKind, LoadedDocument, Page, Section, Span
from ingest.tables import Cells, table_rows

_DEEP = 4
"""Parts of a number from which it counts items rather than sections."""
_OTHER_SIZE = 0.4
"""Points between two sizes of type that are meant to differ."""
_RUN = 3
"""Paragraphs of one display type that follow one another, from which they are a list and head nothing."""
_RUN_WORDS = 4
"""Words of such a paragraph, at the mean: a list of aims, and not a row of titles."""
_APART = 1.6
"""Times the type size from one line to the next, from which a new paragraph begins."""
_SCAN_WORD = 3
"""Letters of what is surely a word in a scan."""
_SCAN_SHARE = 0.5
"""Share of such words in a heading; signatures and stamps are read as scraps."""
_SCAN_LARGER = 1.25
"""Times the body's size from which a line of a scan is in larger type."""
_FEW_PAGES = 4
"""Pages up to which a head runs only where it stands at the same height: forms repeat their titles."""
_SAME_HEIGHT = 12.0
_BROKEN_ROW = 4
"""Paragraphs that a row broken over lines may leave behind it before its table is over."""
_MAX_HEADING = 140
"""Characters; a longer line in large type is a pull quote or a boxed sentence."""

_CONTENTS = re.compile(
    r"(innhold(sfortegnelse)?|innhald|innehåll(sförteckning)?|indhold(sfortegnelse)?|(table of )?contents"
    r"|inhalt(sverzeichnis)?|sommaire|table des matières|sisällys(luettelo)?|indice|inhoud(sopgave)?)\W*$",
    re.IGNORECASE,
)
_CONTENTS_LINE = re.compile(r".*(\.\s?){4,}\s*\w{1,4}$|.+\s\d{1,3}$")
_LEADERS = re.compile(r"(\.\s?){5,}\s*\w{0,4}$|(…\s?){2,}\s*\w{0,4}$")
_PAGE_NUMBER = re.compile(
    r"(?:(?:side|sida|s\.|page|seite|sivu|pagina|p\.)\s*)?[-–|]?\s*(?:\d{1,4}|[ivxl]{1,6})\s*[-–|]?"
    r"(?:\s*(?:av|of|/|von)\s*\d{1,4})?$",
    re.IGNORECASE,
)
_RULE_WORD = re.compile(r"\b(?:skal|ska|skall|måste|shall|must|muss|müssen|soll|sollen)\b")
_SENTENCE = 8
"""Words from which a bold line with a rule word is a sentence."""
_LIST_MARK = re.compile(r"(?:[•·▪◦●○■–—*]|[-‐])\s+|\(?[a-zæøå]\)\s+|\(?(?:\d{1,2}|[ivx]{1,4})[.)]\s+")
_LEADS_IN = re.compile(r"(?::|[^\W\d_],?)$")
"""A paragraph before a list that ends in a colon or in mid-sentence: "Utstyr skal"."""
_ENDS_SENTENCE = re.compile(r"[.!?:;…][\"»”')\]]?\d{0,2}$")
_CAPTION = re.compile(
    r"(tabell|table|tabelle|tableau|taulukko|tabel)\s+\w{1,6}(\.\w+)*\s*[:.–-]", re.IGNORECASE
)
_FIGURE = re.compile(
    r"(?:fig(?:ur|ure|uur)?|abbildung|abb|kuva|bild)\.?\s+[A-ZÆØÅ]?\d{1,3}(?:[.–-]\d{1,3})*\s*[:.–-]?\s",
    re.IGNORECASE,
)
_FOOTNOTE = re.compile(r"\[?\d{1,3}[\])]?\s+\S")


@dataclass(frozen=True, slots=True)
class Structure:
    sections: tuple[Section, ...]
    blocks: tuple[Block, ...]
    running: tuple[str, ...]
    """Distinct running heads and feet, as printed: they may say "utkast"."""


@dataclass(slots=True)
class _Printed:
    """A line with its page and what is known of it so far."""

    page_index: int
    line: Line
    text: str
    role: str = "body"
    number: Numbering | None = None
    depth: int = 0
    cells: Cells | None = field(default=None)
    is_item: bool = False
    """Numbered like a heading, but with nothing under it: one item of many."""

    @property
    def span(self) -> Span:
        return Span(self.page_index, self.line.start, self.line.end)


def structure(document: LoadedDocument) -> Structure:
    """The section tree of a document. Section 0 is the document before its first heading."""
    printed = _printed_lines(document.pages)
    _mark_running(printed, document.pages)
    _mark_contents(printed)
    body_size = _body_size(printed)
    _mark_footnotes(printed, body_size)
    _mark_tables(printed, body_size)
    _mark_headings(printed, document, body_size)
    running = tuple(dict.fromkeys(p.text for p in printed if p.role == "running"))
    kept = [p for p in printed if p.role not in ("running", "contents", "hidden")]
    sections, blocks = _assemble(kept)
    return Structure(sections, blocks, running)


def _printed_lines(pages: Sequence[Page]) -> list[_Printed]:
    printed = []
    for page_index, page in enumerate(pages):
        for line in page.lines:
            text = folded_text(page.text[line.start : line.end])
            if text:
                role = "hidden" if line.kind is LineKind.HIDDEN else "body"
                printed.append(_Printed(page_index, line, text, role))
    return printed


# --- what is not body ---------------------------------------------------------------------


def _edge_lines(printed: list[_Printed], depth: int) -> dict[int, list[_Printed]]:
    """The topmost and lowest lines of each page, by place where places are known."""
    by_page: dict[int, list[_Printed]] = {}
    for line in printed:
        by_page.setdefault(line.page_index, []).append(line)
    edges = {}
    for page_index, lines in by_page.items():
        if any(p.line.y for p in lines):
            lines = sorted(lines, key=lambda p: -p.line.y)
        edges[page_index] = lines[:depth] + lines[-depth:]
    return edges


def _mark_running(printed: list[_Printed], pages: Sequence[Page]) -> None:
    for line in printed:
        if line.line.kind is LineKind.RUNNING:
            line.role = "running"
    if len(pages) < 2:
        return
    edges = _edge_lines(printed, 3)
    shapes = Counter(shape for lines in edges.values() for shape in {_shape(line.text) for line in lines})
    needed = max(2, min(4, round(len(edges) * 0.25)))
    for lines in edges.values():
        for line in lines:
            repeated = shapes[_shape(line.text)] >= needed and len(line.text) < 160
            repeated = repeated and (len(edges) >= _FEW_PAGES or _is_level(line, edges, needed))
            if repeated or _PAGE_NUMBER.match(line.text):
                line.role = "running"


def _is_level(line: _Printed, edges: dict[int, list[_Printed]], needed: int) -> bool:
    """Whether enough pages have the same line at the same height."""
    alike = {
        other.page_index
        for lines in edges.values()
        for other in lines
        if abs(other.line.y - line.line.y) <= _SAME_HEIGHT and _shape(other.text) == _shape(line.text)
    }
    return len(alike) >= needed


def _shape(text: str) -> str:
    return re.sub(r"\d+|\b[ivxl]+\b", "0", text.lower())


def _mark_contents(printed: list[_Printed]) -> None:
    inside = -1
    misses = 0
    for line in printed:
        if line.role != "body":
            continue
        if _LEADERS.search(line.text):
            line.role = "contents"
        if _CONTENTS.match(line.text) and len(line.text) < 40:
            line.role, inside, misses = "contents", line.page_index, 0
        elif inside >= 0 and line.page_index <= inside + 1 and misses < 3:
            if _CONTENTS_LINE.match(line.text):
                line.role, inside, misses = "contents", line.page_index, 0
            elif len(line.text) < 90 and not _ENDS_SENTENCE.search(line.text):
                misses += 1  # an entry wrapped over two lines, or the first heading after the list
            else:
                inside = -1


def _body_size(printed: list[_Printed]) -> float:
    sizes: Counter[float] = Counter()
    for line in printed:
        if line.role == "body" and line.line.size:
            sizes[round(line.line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _mark_footnotes(printed: list[_Printed], body_size: float) -> None:
    inside = -1
    for line in printed:
        if line.line.kind is LineKind.FOOTNOTE:
            line.role = "footnote"
        if line.role != "body" or not body_size:
            continue
        small = line.line.size and line.line.size <= body_size * 0.9
        if small and _FOOTNOTE.match(line.text):
            line.role, inside = "footnote", line.page_index
        elif small and inside == line.page_index:
            line.role = "footnote"
        else:
            inside = -1


_PROSE = 85
"""Characters: a longer line is a line of prose, not of a cell."""


def _ends_table(line: _Printed, body_size: float) -> bool:
    return bool(_CAPTION.match(line.text)) or _larger(line, body_size) or len(line.text) > _PROSE


def _mark_tables(printed: list[_Printed], body_size: float) -> None:
    for line in printed:
        if line.line.kind in (LineKind.TABLE_ROW, LineKind.TABLE_HEADER):
            line.role = "header_row" if line.line.kind is LineKind.TABLE_HEADER else "row"
            spans = [Span(line.page_index, a, b) for a, b in line.line.cells] or [line.span]
            line.cells = Cells(tuple((s,) for s in spans))
    body = [p for p in printed if p.role in ("body", "footnote")]
    places = [(p.page_index, p.line.x, p.line.y, p.span, _ends_table(p, body_size)) for p in body]
    for first, last, cells, is_header in table_rows(places):
        row = body[first]
        row.role, row.cells = ("header_row" if is_header else "row"), cells
        for other in body[first + 1 : last]:
            other.role = "in_row"


# --- headings -----------------------------------------------------------------------------


def _mark_headings(printed: list[_Printed], document: LoadedDocument, body_size: float) -> None:
    bookmarks = {_plain(e.title): e.depth for e in document.outline if e.title.strip()}
    before: _Printed | None = None
    for place, line in enumerate(printed):
        if line.line.kind is LineKind.HEADING:
            line.role, line.number = "heading", numbering(line.text)
            line.depth = line.line.heading_level or 1
        elif line.role == "body" and line.line.kind is LineKind.UNKNOWN:
            after = printed[place + 1] if place + 1 < len(printed) else None
            is_scan = document.pages[line.page_index].ocr_confidence is not None
            looks = _looks_like_heading_in_scan if is_scan else _looks_like_heading
            if looks(line, before, after, bookmarks, body_size):
                line.role, line.number = "heading", numbering(line.text)
        if line.role in ("body", "heading"):
            before = line
    kept = [p for p in printed if p.role not in ("running", "contents", "hidden")]
    _unmark_items(kept)
    _unmark_runs(kept, body_size)
    _set_depths([p for p in printed if p.role == "heading"], bookmarks)


def _unmark_items(kept: list[_Printed]) -> None:
    """A number of four parts with another of its kind after it heads nothing: "1.2.1.3 …", "1.2.1.4 …"."""
    deep = [_is_deep(line) for line in kept]
    for place, line in enumerate(kept):
        after = kept[place + 1] if place + 1 < len(kept) else None
        ends_run = place > 0 and kept[place - 1].is_item
        if deep[place] and (ends_run or after is None or after.role == "heading"):
            line.role, line.number, line.is_item = "body", None, True


def _unmark_runs(kept: list[_Printed], body_size: float) -> None:
    """A row of bold paragraphs with nothing between them is a list of aims and heads nothing."""
    start = 0
    for place in range(1, len(kept) + 1):
        if place == len(kept) or not _alike(kept[place - 1], kept[place]):
            _unmark_run(kept[start:place], body_size)
            start = place


def _alike(a: _Printed, b: _Printed) -> bool:
    display = all(
        p.line.kind is LineKind.UNKNOWN and p.role in ("body", "heading") and p.line.size for p in (a, b)
    )
    same = a.line.bold == b.line.bold and abs(a.line.size - b.line.size) < _OTHER_SIZE
    return display and same and a.number is b.number is None


def _unmark_run(run: list[_Printed], body_size: float) -> None:
    aims = run[0].line.bold and not _larger(run[0], body_size)  # larger lines are those of a cover
    if not aims:
        return
    opening = [0, *(i for i in range(1, len(run)) if _is_apart(run[i - 1], run[i]))]
    words = sum(len(line.text.split()) for line in run)
    if len(opening) < _RUN or words < _RUN_WORDS * len(opening):
        return
    for place, line in enumerate(run):
        line.role, line.is_item = "body", place in opening


def _is_apart(before: _Printed, line: _Printed) -> bool:
    gap = before.line.y - line.line.y
    return before.page_index != line.page_index or not 0 < gap <= _APART * line.line.size


def _is_deep(line: _Printed) -> bool:
    number = line.number if line.role == "heading" else None
    marked = line.line.kind is LineKind.HEADING
    return number is not None and number.kind == "decimal" and number.depth >= _DEEP and not marked


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().lower()


def _looks_like_heading(
    line: _Printed,
    before: _Printed | None,
    after: _Printed | None,
    bookmarks: dict[str, int],
    body_size: float,
) -> bool:
    text = line.text
    if len(text) > _MAX_HEADING or not re.search(r"[^\W\d_]", text):
        return False
    if _CAPTION.match(text) or _FIGURE.match(text):
        return False
    if _is_bold_rule(line, body_size):
        return False
    if _plain(text) in bookmarks and _starts_block(line, before):
        return True
    number = numbering(text)
    if number and reads_as_reference(number) and not _stands_out(line, body_size):
        return False
    ends_like_sentence = text.endswith((".", ",", ";", ":")) and not (number and number.kind in STRONG)
    if ends_like_sentence or (_LIST_MARK.match(text) and not number):
        return False
    if _larger(line, body_size):
        return True
    if not _starts_block(line, before):
        return False
    if line.line.bold and after is not None and not _same_paragraph_weight(line, after):
        return True
    if number is not None and number.kind == "integer":
        return _opens_subsections(number, after) and _numbered_title(number, None)
    return number is not None and number.kind in STRONG and _numbered_title(number, after)


def _looks_like_heading_in_scan(
    line: _Printed,
    before: _Printed | None,
    after: _Printed | None,
    bookmarks: dict[str, int],
    body_size: float,
) -> bool:
    """Sizes of recognised lines waver with their letters: only capitals, or much larger type of real words, tell."""
    printed = re.findall(r"[^\W\d_]+", line.text)
    words = [word for word in printed if len(word) >= _SCAN_WORD]
    if len(words) < _SCAN_SHARE * len(printed):
        return False
    if line.text.isupper():
        return (
            len(printed) > 1 and len(max(words, key=len)) > _SCAN_WORD and not line.text.endswith((".", ","))
        )
    if numbering(line.text) is None:
        goes_on = after is not None and after.text[:1].islower()
        if goes_on or not line.text[:1].isupper() or line.line.size < body_size * _SCAN_LARGER:
            return False
    return _looks_like_heading(line, before, after, bookmarks, body_size)


def _is_bold_rule(line: _Printed, body_size: float) -> bool:
    """A whole sentence with a rule word in the body's size is an aim set in bold, and not the title of one."""
    rule = _RULE_WORD.search(line.text) and len(line.text.split()) >= _SENTENCE and "?" not in line.text
    return bool(rule) and numbering(line.text) is None and not _larger(line, body_size)


def _larger(line: _Printed, body_size: float) -> bool:
    return bool(body_size) and line.line.size >= body_size * 1.12


def _stands_out(line: _Printed, body_size: float) -> bool:
    return _larger(line, body_size) or line.line.bold


def _starts_block(line: _Printed, before: _Printed | None) -> bool:
    """Whether `line` does not merely go on the sentence of the line before it."""
    if before is None or before.role == "heading" or before.page_index != line.page_index:
        return True
    if line.line.bold and abs(line.line.size - before.line.size) >= _OTHER_SIZE:
        return True
    return bool(_ENDS_SENTENCE.search(before.text)) or line.line.bold != before.line.bold


def _same_paragraph_weight(line: _Printed, after: _Printed) -> bool:
    """A bold line followed by more bold at the same size is bold text, not a heading."""
    same = after.line.bold and abs(after.line.size - line.line.size) < 0.2
    return same and after.page_index == line.page_index and after.text[:1].islower()


def _numbered_title(number: Numbering, after: _Printed | None) -> bool:
    """`§ 5-3. Title` or `3.2 Title`: short, capitalised, and not the first line of a paragraph."""
    if number.kind == "decimal" and number.title[:1].isdigit():
        return False
    if not number.title:
        return number.kind in ("paragraph", "paragraph_se", "article", "chapter", "chapter_se")
    if not number.title[0].isupper() or len(number.title) > 90:
        return False
    words = number.title.split()
    return len(words) <= 10 and (after is None or not after.text[:1].islower())


def _opens_subsections(number: Numbering, after: _Printed | None) -> bool:
    """ "2 Bakgrunn" right before "2.1 …" is a title, where a mere "2" might count an item."""
    following = numbering(after.text) if after is not None else None
    return following is not None and following.number == f"{number.number}.1"


def _set_depths(headings: list[_Printed], bookmarks: dict[str, int]) -> None:
    """Depth from the format or bookmark, else from type size, with printed numbers inside a size."""
    sizes = sorted({round(h.line.size, 1) for h in headings if h.line.size}, reverse=True)
    for heading in headings:
        if heading.depth:
            continue
        marked = bookmarks.get(_plain(heading.text))
        if marked:
            heading.depth = marked
        elif heading.number and len(sizes) < 2:
            heading.depth = heading.number.depth
        elif heading.line.size:
            heading.depth = sizes.index(round(heading.line.size, 1)) + 1
            if heading.number and heading.number.kind == "decimal":
                heading.depth = max(heading.depth, heading.number.depth)
        else:
            heading.depth = heading.number.depth if heading.number else 1


# --- sections and blocks ------------------------------------------------------------------


class _Tree:
    """Grows sections and blocks from lines in reading order."""

    def __init__(self) -> None:
        root = Section(index=0, number="", heading="", depth=0, parent=None, path=())
        self.sections = [root]
        self.blocks: list[Block] = []
        self.lead_in: tuple[Span, ...] = ()
        self.caption: tuple[Span, ...] = ()
        self.headers: tuple[str, ...] = ()
        self.header_cells: tuple[tuple[int, tuple[Span, ...]], ...] = ()
        self.header_spans: tuple[Span, ...] = ()
        self.broken = 0
        """Paragraphs for which a table still waits that had a row broken over several lines."""

    def heading(self, lines: list[_Printed]) -> None:
        text = " ".join(p.text for p in lines)
        number = lines[0].number
        title = numbering(text)
        depth = lines[0].depth
        parent = self.sections[-1]
        while parent.parent is not None and parent.depth >= depth:
            parent = self.sections[parent.parent]
        section = Section(
            index=len(self.sections),
            number=number.number if number else "",
            heading=title.title if title and number else text,
            depth=depth,
            parent=parent.index,
            path=(*parent.path, text),
        )
        self.sections.append(section)
        self._add(BlockKind.HEADING, tuple(p.span for p in lines))
        self.lead_in = self.caption = self.header_spans = ()
        self.headers, self.header_cells, self.broken = (), (), 0

    def text(self, kind: BlockKind, lines: list[_Printed]) -> None:
        spans = tuple(p.span for p in lines)
        text = " ".join(p.text for p in lines)
        if kind is BlockKind.LIST_ITEM:
            self._add(kind, spans, lead_in=self.lead_in)
            return
        self._add(kind, spans)
        if kind is not BlockKind.PARAGRAPH:
            return
        self.broken = _BROKEN_ROW if self.headers and " | " in text else max(0, self.broken - 1)
        if not self.broken:
            self.caption = spans if _CAPTION.match(text) else ()
            self.headers, self.header_cells, self.header_spans = (), (), ()
        self.lead_in = spans if _LEADS_IN.search(text) else ()

    def row(self, line: _Printed) -> None:
        cells = line.cells.spans if line.cells else ((line.span,),)
        if line.role == "header_row":
            assert line.cells is not None
            self.header_spans = tuple(s for cell in cells for s in cell)
            self.headers = line.cells.texts or tuple("" for _ in cells)
            self.header_cells = tuple(zip(line.cells.columns or range(len(cells)), cells, strict=True))
            return
        rest_of_row = self.broken > 0 and len(cells) < len(self.header_cells)
        self.broken = 0
        self.blocks.append(
            Block(
                kind=BlockKind.TABLE_ROW,
                section=self.sections[-1].index,
                spans=tuple(s for cell in cells for s in cell),
                lead_in=self.header_spans,
                caption=() if rest_of_row else self.caption,
                cells=cells,
                columns=(line.cells.columns if line.cells else ()) or tuple(range(len(cells))),
                headers=() if rest_of_row else self.headers,
                header_cells=() if rest_of_row else self.header_cells,
            )
        )

    def _add(self, kind: BlockKind, spans: tuple[Span, ...], lead_in: tuple[Span, ...] = ()) -> None:
        section = self.sections[-1].index
        self.blocks.append(Block(kind=kind, section=section, spans=spans, lead_in=lead_in))


def _assemble(lines: list[_Printed]) -> tuple[tuple[Section, ...], tuple[Block, ...]]:
    tree = _Tree()
    leading = _leading(lines)
    for group in _groups(lines, leading):
        first = group[0]
        if first.role == "heading":
            tree.heading(group)
        elif first.role in ("row", "header_row"):
            tree.row(first)
        elif first.role == "footnote":
            tree.text(BlockKind.FOOTNOTE, group)
        elif _is_list_item(first):
            tree.text(BlockKind.LIST_ITEM, group)
        else:
            tree.text(BlockKind.PARAGRAPH, group)
    return tuple(tree.sections), tuple(tree.blocks)


def _leading(lines: list[_Printed]) -> float:
    """The usual distance between two lines of a paragraph, in points; 0 where unknown."""
    gaps: Counter[float] = Counter()
    for a, b in pairwise(lines):
        gap = a.line.y - b.line.y
        if a.page_index == b.page_index and 0 < gap < 40 and a.role == b.role == "body":
            gaps[round(gap, 0)] += 1
    return gaps.most_common(1)[0][0] if gaps else 0.0


def _groups(lines: list[_Printed], leading: float) -> Iterable[list[_Printed]]:
    """Lines that belong to one heading, paragraph, item or note; rows stand alone."""
    group: list[_Printed] = []
    for line in lines:
        if line.role == "in_row":
            continue
        if group and not _goes_on(group[-1], line, leading):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _goes_on(last: _Printed, line: _Printed, leading: float) -> bool:
    if line.role != last.role or line.role in ("row", "header_row"):
        return False
    if line.line.kind is not LineKind.UNKNOWN:
        return False  # the format says where blocks begin
    same_page = line.page_index == last.page_index
    gap = last.line.y - line.line.y if same_page else 0.0
    if line.role == "heading":
        alike = abs(line.line.size - last.line.size) < 0.3 and line.line.bold == last.line.bold
        return alike and line.number is None and same_page and 0 < gap < 1.6 * line.line.size
    if line.role == "footnote":
        return same_page and not _FOOTNOTE.match(line.text)
    if _is_list_item(line) and not _is_date_at_line_head(last, line):
        return False
    if abs(line.line.size - last.line.size) > 1.0:
        return False
    if same_page and gap > 0 and leading:
        return gap <= max(leading * 1.35, line.line.size * 1.45)
    # A new page or column: the paragraph goes on unless its sentence had ended.
    return not _ENDS_SENTENCE.search(last.text)


def _is_date_at_line_head(last: _Printed, line: _Printed) -> bool:
    """ "… fra | 15. juni 2023 oppheves": a number that goes on a sentence does not number an item."""
    mark = _LIST_MARK.match(line.text)
    goes_on = mark is not None and line.text[mark.end() : mark.end() + 1].islower()
    return goes_on and mark is not None and mark.group()[0].isdigit() and not _ENDS_SENTENCE.search(last.text)


def _is_list_item(line: _Printed) -> bool:
    if line.is_item:
        return True
    if line.line.kind is not LineKind.UNKNOWN:
        return line.line.kind is LineKind.LIST_ITEM
    return bool(_LIST_MARK.match(line.text))
