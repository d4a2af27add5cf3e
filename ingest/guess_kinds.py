"""What sort of document it is and its place on the default ladder, from the words on its cover."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ingest.guess_cover import Cover, CoverLine
from ingest.guess_link_words import BUILDS_ON, READ_WITH, SUPERSEDES
from ingest.guess_match import front, word_pattern
from ingest.guess_words import (
    DECIDED,
    DOCUMENT_TYPE,
    KIND_WORDS,
    LAW_MARKS,
    LEVEL_LABEL,
    MASTER,
    NATIONAL,
    PLAN_WORDS,
    SPOKEN_KINDS,
    SUB,
)

_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Kind:
    """What sort of document it is, its place on the default ladder and the line that says so."""

    kind: str
    level: int
    line: CoverLine
    reason: str


def kind_of(cover: Cover, language: str | None = None) -> Kind | None:
    """From marks of national law, what the document calls itself, its title, another line up front.

    `language` settles words that stand for different kinds: a Swedish policy stands above a
    guideline, a Norwegian one beside it.
    """
    found = _law_mark(cover) or _stated_kind(cover, language)
    if found:
        return found
    found = _kind_of_title(cover.title, language) if cover.title else None
    if found:
        return found
    for line in (*cover.running, *front(cover)):
        found = kind_in(line, "a short line up front", language) if names_something(line.text) else None
        if found and found.level > NATIONAL:
            return found
    return None


def _kind_of_title(title: CoverLine, language: str | None) -> Kind | None:
    """The title's first kind; a programme of action with a budget in one is the budget."""
    found = kind_in(title, "the title", language)
    if found and found.kind == "theme-plan" and word_pattern(_words_of("budget")).search(title.text):
        return Kind("budget", MASTER, title, "the title names the budget too")
    return found


def council_plan(cover: Cover) -> Kind | None:
    """A plan that no other word tells the kind of; of the council, it is one for a theme."""
    if cover.title and word_pattern(PLAN_WORDS).search(cover.title.text):
        reason = "the title calls it a plan, and the council adopted it"
        return Kind("theme-plan", SUB, cover.title, reason)
    return None


def _words_of(kind: str) -> tuple[str, ...]:
    return next(words for named, _, words in KIND_WORDS if named == kind)


def stated_level(cover: Cover) -> tuple[int, CoverLine] | None:
    """The step of the ladder that the cover itself states: `Plannivå 2: kommuneplan`."""
    for line in (*front(cover), *cover.running):
        match = re.match(LEVEL_LABEL, line.text, re.IGNORECASE)
        if match:
            return int(match[1]), line
    return None


def national_kind(cover: Cover) -> tuple[str, CoverLine] | None:
    """Law or regulation, whichever the first page names first; for a text about national rules."""
    for line in front(cover):
        found = [
            (match.start(), kind)
            for pattern, kind, level, _ in _kind_patterns(None)
            if level == NATIONAL and (match := pattern.search(line.text))
        ]
        if found:
            return min(found)[1], line
    return None


def names_something(text: str) -> bool:
    """Whether a line could be a name: short, no sentence, no contents line, not about another plan."""
    if len(text) > _LONGEST_NAME or not text[0].isupper() or text.endswith((".", ",", ";", ":")):
        return False
    if ". . ." in text or "...." in text:
        return False
    return not word_pattern((*SUPERSEDES, *BUILDS_ON, *READ_WITH)).search(text)


def kind_in(line: CoverLine, where: str, language: str | None = None) -> Kind | None:
    """The kind that the first kind word of a line names; of words in one place the longest."""
    hits = [
        (match.start(), -len(match[0].strip()), -weight, kind, level)
        for pattern, kind, level, weight in _kind_patterns(language)
        if (match := pattern.search(line.text))
    ]
    if not hits:
        return None
    *_, kind, level = min(hits)
    return Kind(kind, level, line, f"{where} calls it a {kind}")


def _stated_kind(cover: Cover, language: str | None) -> Kind | None:
    """What stands after "Dokumenttype:", or before the decision in "Thematic plan adopted by …"."""
    for line in (*front(cover), *cover.tail):
        label = re.match(rf"(?:{DOCUMENT_TYPE})\s*:?\s*(?P<value>.*)", line.text, re.IGNORECASE)
        decided = word_pattern(DECIDED).search(line.text)
        before = line.text[: decided.start()].strip() if decided else ""
        said = label["value"] if label else before
        if not said or len(said) > _LONGEST_NAME or (not label and len(said.split()) > 3):
            continue
        found = kind_in(CoverLine(said, line.page), "the document itself", language)
        if found and (label or _ends_with_kind(said, found.kind, language)):
            return Kind(found.kind, found.level, line, found.reason)
    return None


def _ends_with_kind(said: str, kind: str, language: str | None) -> bool:
    """Whether the kind word is the last: "Thematic plan", and not "Reglementet er"."""
    ends = (
        match.end()
        for pattern, named, _, _ in _kind_patterns(language)
        for match in pattern.finditer(said)
        if named == kind
    )
    return len(said) in ends


def _law_mark(cover: Cover) -> Kind | None:
    """A law's own number, on its title or near it; plans cite such numbers further down."""
    near = (*((cover.title,) if cover.title else ()), *cover.lines[:4], *cover.running[:4])
    for line in near:
        for pattern, kind in _law_marks():
            if len(line.text) <= 200 and pattern.search(line.text):
                return Kind(kind, NATIONAL, line, "a mark of national rules stands up front")
    return None


@lru_cache(maxsize=1)
def _law_marks() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern, re.IGNORECASE), kind) for pattern, kind in LAW_MARKS)


@lru_cache(maxsize=16)
def _kind_patterns(language: str | None) -> tuple[tuple[re.Pattern[str], str, int, int], ...]:
    """Pattern, kind, level and the word's length; what only one language says outweighs the rest."""
    general = [
        (word_pattern((word,)), kind, level, len(word)) for kind, level, words in KIND_WORDS for word in words
    ]
    own = [
        (word_pattern((word,)), kind, level, 1_000)
        for kind, level, words in SPOKEN_KINDS.get(language or "", ())
        for word in words
    ]
    return (*general, *own)
