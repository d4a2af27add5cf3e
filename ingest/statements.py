"""Blocks to statements: one sentence, list item or table row each, with what it says and where.

A sentence that only limits the one before it ("Dette gjelder ikke …") stays with it. List items carry
their lead-in, table rows their caption and column headers, as context for understanding.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.aims import Aims
from ingest.fold import fold, folded_text
from ingest.force import Said, said
from ingest.language import detect
from ingest.plans import Amount, Block, BlockKind, Force, LoadedDocument, Page, Span, Statement
from ingest.quantities import quantities
from ingest.sentences import split
from ingest.structure import Structure
from ingest.units import named_place, named_units
from ingest.wording import Wording, wording

_LIST_MARK = re.compile(r"^(?:[•·▪◦●○■–—*-]|\(?[a-zæøå]\)|\(?(?:\d{1,2}|[ivx]{1,4})[.)])\s+")
_DATE = re.compile(
    r"\b(?:\d{1,2}\.\s?\d{1,2}\.\s?\d{4}|\d{4}-\d{2}-\d{2}|\d{1,2}\.?\s[a-zæøåäö]{3,10}\s\d{4}"
    r"|(?:19|20)\d{2})\b",
    re.IGNORECASE,
)
_NOTE_MARK = re.compile(r"(?<=[.!?])\d{1,2}$")
"""A footnote's number after the full stop is not part of what is quoted."""
_WORD = re.compile(r"[^\W\d_]{2,}")
_TOLD_APART = ("en", "nb", "sv", "de", "fr", "fi")
_LONGEST = 1200
"""Characters: a longer "sentence" is text without punctuation and is cut at line ends."""


@dataclass(frozen=True, slots=True)
class _Text:
    """Folded text of some spans, and the way back."""

    text: str
    origin: tuple[int, ...]
    starts: tuple[int, ...]
    spans: tuple[Span, ...]

    def back(self, start: int, end: int) -> tuple[Span, ...]:
        """The spans on the pages of `text[start:end]`, neighbours on a page joined."""
        first, last = self.origin[start], self.origin[end - 1]
        found: list[Span] = []
        for place in range(bisect_right(self.starts, first) - 1, len(self.spans)):
            span, offset = self.spans[place], self.starts[place]
            if offset > last:
                break
            a = span.start + max(0, first - offset)
            b = min(span.end, span.start + last - offset + 1)
            if a < b:
                found.append(Span(span.page_index, a, b))
        return tuple(found)


def statements(
    document: LoadedDocument, found: Structure, language: str, *, is_law: bool = False
) -> tuple[Statement, ...]:
    """Every statement of a document, in reading order; headings are not statements."""
    pages = document.pages
    made: list[Statement] = []
    spoken = _section_languages(document, found, language)
    captions = {block.caption for block in found.blocks if block.caption}
    aims = Aims()
    units = {here: named_units(document, found.blocks, here) for here in set(spoken.values())}
    place = {here: named_place(document, here) for here in set(spoken.values())}
    for block in found.blocks:
        if block.kind is BlockKind.HEADING or block.spans in captions:
            continue
        section, here = found.sections[block.section], spoken[block.section]
        around = _Around(
            here, _among_targets(section.path, block, pages, here), is_law, units[here], place[here]
        )
        read = list(_of_block(block, pages, around))
        made.extend(read if is_law else aims.read(read, section.path, here))
    return tuple(made)


@dataclass(frozen=True, slots=True)
class _Around:
    """What the reading of a block's sentences has to know."""

    language: str
    among_targets: bool
    is_law: bool
    units: re.Pattern[str] | None
    place: re.Pattern[str] | None


_ONE_FAMILY = frozenset({"nb", "nn", "da"})
_ENOUGH = 80
"""Characters from which a section's own language is told."""


def _section_languages(document: LoadedDocument, found: Structure, language: str) -> dict[int, str]:
    """Each section's language: the document's, but for sections plainly in another (a bilingual plan)."""
    texts: dict[int, str] = {}
    for block in found.blocks:
        if len(texts.get(block.section, "")) < _LONGEST:
            texts[block.section] = texts.get(block.section, "") + " " + text_of(block.spans, document.pages)
    spoken = {}
    for section, text in texts.items():
        own = detect(text, (language, *_TOLD_APART)) if len(text) >= _ENOUGH else language
        spoken[section] = language if {own, language} <= _ONE_FAMILY else own
    return spoken


def text_of(spans: Sequence[Span], pages: Sequence[Page]) -> str:
    """The folded text of `spans`."""
    return folded_text("\n".join(pages[s.page_index].text[s.start : s.end] for s in spans))


def _among_targets(path: Sequence[str], block: Block, pages: Sequence[Page], language: str) -> bool:
    if block.kind is not BlockKind.TABLE_ROW:
        return False
    words = wording(language)
    around = [*path[-1:], text_of(block.caption, pages), *block.headers]
    return any(words.find["target_headings"].search(text) for text in around)


def _of_block(block: Block, pages: Sequence[Page], around: _Around) -> Iterator[Statement]:
    text = _fold_spans(block.spans, pages)
    if not _WORD.search(text.text):
        return
    words = wording(around.language)
    context = _context(block, pages)
    is_row = block.kind is BlockKind.TABLE_ROW
    pieces = [(0, len(text.text))] if is_row else list(_sentences(text.text, words))
    for start, end in pieces:
        statement = _statement(block, text, (start, end), context, pages, around)
        if statement is not None:
            yield statement


def _statement(
    block: Block,
    text: _Text,
    piece: tuple[int, int],
    context: str,
    pages: Sequence[Page],
    around: _Around,
) -> Statement | None:
    start, end = piece
    mark = _LIST_MARK.match(text.text[start:end])
    if mark and block.kind is BlockKind.LIST_ITEM:
        start += mark.end()
    note = _NOTE_MARK.search(text.text, start, end)
    end = note.start() if note and note.end() == end else end
    sentence = text.text[start:end]
    if not _WORD.search(sentence):
        return None
    language = around.language
    what = _read(sentence, around, among_targets=around.among_targets)
    if (
        block.kind is BlockKind.LIST_ITEM
        and what.force is Force.INFORMATION
        and _passes_on(context, language)
    ):
        lead_in = _read(context, around)
        what = replace(what, force=lead_in.force, bearer=what.bearer or lead_in.bearer)
    if (
        block.kind is BlockKind.LIST_ITEM
        and not context
        and not around.is_law
        and what.force is Force.INFORMATION
    ):
        what = replace(what, force=Force.TARGET) if _is_wish(sentence, language) else what
    return Statement(
        section=block.section,
        spans=text.back(start, end),
        text=sentence,
        context=context,
        language=language,
        kind=block.kind,
        force=what.force,
        bearer=what.bearer,
        amounts=_amounts(block, sentence, context, pages, language),
        dates=tuple(m.group() for m in _DATE.finditer(sentence)),
        flags=what.flags,
    )


def _is_wish(item: str, language: str) -> bool:
    """Whether an item without a lead-in is a strategy told in the infinitive: "Minske bilbruken i sentrum"."""
    return item[:1].isupper() and wording(language).find["wished"].match(item) is not None


def _passes_on(lead_in: str, language: str) -> bool:
    """Whether what a lead-in says it says of each item; after "dersom" the items are conditions of it."""
    words = wording(language)
    ends = [match.end() for match in words.find["conditions"].finditer(lead_in)]
    return bool(lead_in) and not (ends and not lead_in[ends[-1] :].strip(" :,"))


def _read(text: str, around: _Around, *, among_targets: bool = False) -> Said:
    return said(
        text,
        around.language,
        among_targets=among_targets,
        is_law=around.is_law,
        units=around.units,
        place=around.place,
    )


def _amounts(
    block: Block, sentence: str, context: str, pages: Sequence[Page], language: str
) -> tuple[Amount, ...]:
    """The amounts of a sentence, or of a row cell by cell: "46 000" and "148" are two figures."""
    if block.kind is not BlockKind.TABLE_ROW:
        return tuple(q.amount for q in quantities(sentence, language))
    found = [q.amount for cell in block.cells for q in quantities(text_of(cell, pages), language)]
    speaks_of_money = _speaks_of_money(f"{context} {sentence}", language)
    return tuple(a for a in found if a.unit != "money" or speaks_of_money)


def _speaks_of_money(text: str, language: str) -> bool:
    units = wording(language).units
    return any(units.get(word) == "money" for word in re.findall(r"[^\W\d]+|[£€$]", text.lower()))


def _context(block: Block, pages: Sequence[Page]) -> str:
    if block.kind is BlockKind.TABLE_ROW:
        parts = [text_of(block.caption, pages), text_of(block.lead_in, pages)]
        return " | ".join(p for p in parts if p)
    if block.kind is not BlockKind.LIST_ITEM or not block.lead_in:
        return ""
    lead_in = text_of(block.lead_in, pages)
    last = split(lead_in)
    return lead_in[last[-1][0] :] if last else lead_in


def _fold_spans(spans: Sequence[Span], pages: Sequence[Page]) -> _Text:
    starts, parts, offset = [], [], 0
    for span in spans:
        part = pages[span.page_index].text[span.start : span.end]
        starts.append(offset)
        parts.append(part)
        offset += len(part) + 1
    folded = fold("\n".join(parts))
    return _Text(folded.text, folded.origin, tuple(starts), tuple(spans))


def _sentences(text: str, words: Wording) -> Iterator[tuple[int, int]]:
    """Sentences, an exception joined to its rule and an over-long one cut."""
    joined: list[tuple[int, int]] = []
    for start, end in split(text):
        opening = words.find["exception_starts"].match(text, start)
        if joined and opening:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    for start, end in joined:
        while end - start > _LONGEST:
            cut = text.rfind(" ", start, start + _LONGEST)
            cut = cut if cut > start else start + _LONGEST
            yield start, cut
            start = cut + 1
        if end > start:
            yield start, end
