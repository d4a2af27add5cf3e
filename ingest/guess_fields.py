"""What single words and lines on a document's cover say it is: kind, level, draft or not."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from ingest.guess_cover import Cover, CoverLine
from ingest.guess_dates import find_days
from ingest.guess_words import (
    DECIDED,
    KIND_WORDS,
    LAW_MARKS,
    LEVEL_LABEL,
    NATIONAL,
    STATUS_ALONE,
    STATUS_WORDS,
    SUPERSEDES,
    UNDERLYING,
)
from ingest.plans import Status

_SHORT_LINE = 120
_TITLE_PAGE_LINES = 25
_NAMES_A_PLAN = re.compile(r"plan|strateg|polic|program|(?:19|20)\d\d", re.IGNORECASE)
"""A title with such a word, or with years, is no slogan."""
_COMPOUND_FROM = 4
"""Shorter words are too often part of others."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What sort of document it is, its place on the default ladder and the line that says so."""

    kind: str
    level: int
    line: CoverLine
    reason: str


@dataclass(frozen=True, slots=True)
class StatusWord:
    """A word that tells a draft, a hearing version or a dead text, and its line."""

    status: Status
    line: CoverLine


# --- kind and level -----------------------------------------------------------------------


def kind_of(cover: Cover) -> Kind | None:
    """From marks of national law, else from the title, else from another short line up front."""
    marked = _law_mark(cover)
    if marked:
        return marked
    found = _kind_in(cover.title, "the title") if cover.title else None
    if found:
        return found
    for line in (*cover.running, *front(cover)):
        found = _kind_in(line, "a short line up front") if _names_something(line.text) else None
        if found and found.level > NATIONAL:
            return found
    return None


def stated_level(cover: Cover) -> tuple[int, CoverLine] | None:
    """The step of the ladder that the cover itself states: `Plannivå 2: kommuneplan`."""
    for line in (*front(cover), *cover.running):
        match = re.match(LEVEL_LABEL, line.text, re.IGNORECASE)
        if match:
            return int(match[1]), line
    return None


def with_full_title(cover: Cover) -> Cover:
    """The cover with its slogan of a title ("Skogvang i kretsløp") joined to the plan's own name.

    Taken from a running line that holds both, else from a line below the title.
    """
    title = cover.title
    if title is None or _kind_in(title, "") or _NAMES_A_PLAN.search(title.text):
        return cover
    for line in cover.running:
        if fold_case(title.text) in fold_case(line.text) and _kind_in(line, ""):
            return replace(cover, title=replace(title, text=line.text))
    for line in front(cover)[:6]:
        if line.text != title.text and _names_the_plan(line):
            return replace(cover, title=replace(title, text=f"{line.text} «{title.text}»"))
    return cover


def _names_the_plan(line: CoverLine) -> bool:
    """Whether a line is the plan's own name: its kind and more, but no decision and no other plan."""
    kind = _kind_in(line, "")
    told = word_pattern((*DECIDED, *SUPERSEDES)).search(line.text)
    if kind is None or told or not _names_something(line.text):
        return False
    return len(re.findall(r"[^\W\d_]{3,}|\d{4}", line.text)) >= 3


def fold_case(text: str) -> str:
    """Lower case, single blanks."""
    return " ".join(text.casefold().split())


def _names_something(text: str) -> bool:
    """Whether a line could be a name: short, no sentence, no numbered heading, no contents line."""
    if len(text) > 80 or not text[0].isupper() or text.endswith((".", ",", ";", ":")):
        return False
    return ". . ." not in text and "...." not in text


def front(cover: Cover) -> list[CoverLine]:
    """The first lines of the first page."""
    return [line for line in cover.lines[:_TITLE_PAGE_LINES] if line.page == cover.lines[0].page]


def _law_mark(cover: Cover) -> Kind | None:
    """A law's own number, on its title or near it; plans cite such numbers further down."""
    near = (*((cover.title,) if cover.title else ()), *cover.lines[:4], *cover.running[:4])
    for line in near:
        for pattern, kind in _law_marks():
            if len(line.text) <= 200 and pattern.search(line.text):
                return Kind(kind, NATIONAL, line, "the number of a law or regulation stands up front")
    return None


def _kind_in(line: CoverLine, where: str) -> Kind | None:
    hits = [
        (match.start(), -len(match[0].strip()), kind, level)
        for pattern, kind, level in _kind_patterns()
        if (match := pattern.search(line.text))
    ]
    if not hits:
        return None
    _, _, kind, level = min(hits)
    return Kind(kind, level, line, f"{where} calls it a {kind}")


@lru_cache(maxsize=1)
def _law_marks() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern, re.IGNORECASE), kind) for pattern, kind in LAW_MARKS)


@lru_cache(maxsize=1)
def _kind_patterns() -> tuple[tuple[re.Pattern[str], str, int], ...]:
    return tuple((word_pattern(words), kind, level) for kind, level, words in KIND_WORDS)


@lru_cache(maxsize=64)
def word_pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """Finds any of the words, read as `guess_words` says they are written."""
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile("|".join(_one_word(word) for word in longest_first), re.IGNORECASE)


def _one_word(word: str) -> str:
    bare = word.removeprefix("^").strip()
    core = re.escape(bare).replace(r"\ ", r"\s+")
    if word.startswith("^"):
        core = r"^\W*" + core
    elif len(bare) >= _COMPOUND_FROM and not word.endswith(" ") and " " not in bare:
        core = r"\b[\w-]{0,60}" + core
    else:
        core = r"\b" + core
    return core + (r"(?!\w)" if word.endswith(" ") or not bare[-1].isalpha() else r"\w{0,3}\b")


# --- status -------------------------------------------------------------------------------


def status_of(cover: Cover) -> StatusWord | None:
    """A draft or hearing word in the title, on the title page or in the running lines.

    Nothing further in counts: every plan tells of its own hearing.
    """
    title = (cover.title,) if cover.title else ()
    early = [line for line in (*front(cover), *cover.foot) if not line.text[0].isdigit()]
    lines = [*title, *cover.running, *(line for line in early if len(line.text) <= _SHORT_LINE)]
    for status, words in STATUS_WORDS:
        for line in lines:
            if word_pattern(words).search(line.text) and not _tells_of_before(line.text):
                return StatusWord(status, line)
    for status, words in STATUS_ALONE:
        for line in (*cover.running, *early):
            if re.sub(r"[\W\d_]+", "", line.text).casefold() in words:
                return StatusWord(status, line)
    return None


def _tells_of_before(text: str) -> bool:
    """Whether the line tells of a decision: "vedtatt etter høring" makes nothing a draft."""
    return bool(word_pattern(DECIDED).search(text) and find_days(text))


LOWEST = UNDERLYING
"""The level of a document that says nothing of itself: it then sets aside nothing."""
