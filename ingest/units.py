"""The names by which a document calls the units of its municipality.

They stand in the column of who answers for a target or measure, and as subject of a duty in mid-sentence, where
only a name is written with a capital: "skal Innkjøp vurdere".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from ingest.fold import folded_text
from ingest.plans import Block, BlockKind, LoadedDocument, Page, Span
from ingest.wording import Wording, wording

_NAME = re.compile(r"[A-ZÆØÅÄÖ][\w&-]*(?:\s[\w&-]+){0,3}")
_NAMED_NEXT = re.compile(r"(?<!\w)([a-zæøåäö]+)\s+([A-ZÆØÅÄÖ][\w-]+)(?=(\s+[\w-]+)?)")
_DUTIES = ("obligation", "recommendation")


def named_units(document: LoadedDocument, blocks: Sequence[Block], language: str) -> re.Pattern[str] | None:
    """Matches the names, with their capitals; None where the document names none."""
    words = wording(language)
    names = {*_in_tables(blocks, document.pages, words), *_in_duties(document.pages, words)}
    names = {name for name in names if not any(p.search(name) for p in words.bearers.values())}
    if not names:
        return None
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")


def _in_tables(blocks: Sequence[Block], pages: Sequence[Page], words: Wording) -> Iterator[str]:
    for block in blocks:
        if block.kind is not BlockKind.TABLE_ROW or not block.header_cells:
            continue
        columns = {c for c, spans in block.header_cells if _is_responsible(_text(spans, pages), words)}
        for column, spans in zip(block.columns, block.cells, strict=False):
            if column in columns:
                yield from _names(_text(spans, pages), words)


def _is_responsible(header: str, words: Wording) -> bool:
    return words.columns["responsible"].fullmatch(header) is not None


def _text(spans: Sequence[Span], pages: Sequence[Page]) -> str:
    return folded_text("\n".join(pages[s.page_index].text[s.start : s.end] for s in spans))


def _names(cell: str, words: Wording) -> Iterator[str]:
    """ "Helse, Oppvekst" names two, "Plan og klima" one."""
    for part in re.split(r"\s*[,;/]\s*", cell):
        pieces = words.find["coordinators"].split(part)
        several = len(pieces) > 1 and all(_NAME.fullmatch(piece.strip()) for piece in pieces)
        for name in pieces if several else [part]:
            if _NAME.fullmatch(name.strip()) and words.find["not_known"].fullmatch(name.strip()) is None:
                yield name.strip()


def _in_duties(pages: Sequence[Page], words: Wording) -> Iterator[str]:
    if "verb_second" not in words.words["word_order"] or not words.words["verb_endings"]:
        return  # where the subject stays in front, or every noun has a capital, a capital tells nothing
    duties = {phrase for key in _DUTIES for phrase in words.words[key]}
    for page in pages:
        for found in _NAMED_NEXT.finditer(page.text):
            if found[1] in duties and not _is_part(found[3] or "", words):
                yield found[2]


def _is_part(following: str, words: Wording) -> bool:
    """ "Lillevik kommune": the name of somebody who is known by the word after it."""
    return any(pattern.search(following) for pattern in words.bearers.values())


_TOLD = 3
"""How often a name must stand before "kommune" to be the municipality's own."""


def named_place(document: LoadedDocument, language: str) -> re.Pattern[str] | None:
    """The name a document gives its municipality most often: "Lillevik" of "Lillevik kommune"."""
    kinds = "|".join(sorted(map(re.escape, wording(language).words["municipalities"])))
    named = re.compile(rf"(?<!\w)([A-ZÆØÅÄÖ][\w-]+)\s(?:{kinds})(?!\w)")
    found = Counter(name for page in document.pages for name in named.findall(page.text))
    name, times = next(iter(found.most_common(1)), ("", 0))
    return re.compile(re.escape(name)) if times >= _TOLD else None
