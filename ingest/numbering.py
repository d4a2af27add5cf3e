"""The numbers that headings print: `§ 5-3`, `3.2.1`, `Kapittel 5`, `Article 12`, `Vedlegg B`."""

from __future__ import annotations

import re
from dataclasses import dataclass

CHAPTER_WORDS = (
    "kapittel|kapitel|kap\\.|chapter|del|part|avdeling|avdelning|avsnitt|kapitola|abschnitt|teil"
    "|title|titre|chapitre|osa|luku|hoofdstuk|capo|titolo"
)
ARTICLE_WORDS = "artikkel|artikel|article|art\\.|articolo|artículo|section|clause|standing order|rule"
ANNEX_WORDS = "vedlegg|bilaga|bilag|annex|appendix|schedule|anlage|anhang|annexe|liite|bijlage|allegato"

_PATTERNS = (
    ("annex", re.compile(rf"(?P<number>(?:{ANNEX_WORDS})\s*(?:[A-Z]|\d{{1,2}}|[IVX]+)?)\b[.:]?\s*", re.I)),
    ("chapter", re.compile(rf"(?P<number>(?:{CHAPTER_WORDS})\s+(?:\d{{1,3}}\s?[A-Z]?|[IVXLC]+|[A-Z]))\b[.:]?\s*", re.I)),
    ("article", re.compile(rf"(?P<number>(?:{ARTICLE_WORDS})\s+\d{{1,3}}(?:\.\d+)*\s?[a-z]?)\b[.:]?\s*", re.I)),
    ("paragraph", re.compile(r"(?P<number>§\s*\d{1,3}(?:[-–.]\d{1,3})*\s?[a-zæøå]?)(?![\w])[.:]?\s*")),
    ("chapter_se", re.compile(r"(?P<number>\d{1,2}\s+kap\.)\s*", re.I)),
    ("paragraph_se", re.compile(r"(?P<number>\d{1,3}\s?[a-z]?\s*§)\s*")),
    ("decimal", re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2}){1,4})\.?\s+(?=\S)")),
    ("integer", re.compile(r"(?P<number>\d{1,2})(?:\.|\))?\s+(?=[^\W\d_])")),
    ("letter", re.compile(r"(?P<number>[A-Z]\d{0,2})[.)]\s+(?=[^\W\d_])")),
    ("roman", re.compile(r"(?P<number>[IVX]{1,5})\.?\s+(?=[^\W\d_])")),
)  # fmt: skip

_DEPTHS = {
    "annex": 1,
    "chapter": 1,
    "chapter_se": 1,
    "article": 3,
    "paragraph": 3,
    "paragraph_se": 3,
    "integer": 1,
    "letter": 2,
    "roman": 1,
}

STRONG = frozenset({"annex", "chapter", "chapter_se", "article", "paragraph", "paragraph_se", "decimal"})
"""Kinds that may make a heading without larger or bolder type, where the rest of the line agrees."""


@dataclass(frozen=True, slots=True)
class Numbering:
    kind: str
    number: str
    depth: int
    title: str


def numbering(line: str) -> Numbering | None:
    """The printed number at the head of `line`, with the words after it, or None."""
    for kind, pattern in _PATTERNS:
        match = pattern.match(line)
        if not match:
            continue
        number = " ".join(match["number"].split())
        title = line[match.end() :].strip()
        if kind == "integer" and title[:1].islower():
            continue
        depth = number.count(".") + 1 if kind == "decimal" else _DEPTHS[kind]
        return Numbering(kind, number, depth, title)
    return None


_CROSS_REFERENCE = re.compile(
    r"(?:første|annet|andre|tredje|fjerde|femte|siste|bokstav|nr\.?|ledd|punktum|og|eller|jf|i|skal|gjelder"
    r"|kan|må|er|får|til|om|som|første|andra|tredje|stycket|ska|och|samt|första"
    r"|paragraph|of|and|or|shall|applies|to|in|is|may|must|above|below|gjeld|skal|kjem)\b"
    r"|[,;)]|[-–]\s*\d"
)


def reads_as_reference(found: Numbering) -> bool:
    """Whether "§ 5-3 første ledd gjelder …" at the head of a line goes on a sentence."""
    return bool(_CROSS_REFERENCE.match(found.title))
