"""What single words and lines on a document's cover say about it: kind, status, decision, days."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from ingest.bodies import BodyWord, find_bodies
from ingest.guess_cover import Cover, CoverLine
from ingest.guess_dates import find_days, find_period
from ingest.guess_words import (
    AMENDED,
    DECIDED,
    FORMER,
    IN_FORCE,
    KIND_WORDS,
    LAW_MARKS,
    NATIONAL,
    OWNER,
    STATUS_ALONE,
    STATUS_WORDS,
    UNDERLYING,
    UNTIL,
)
from ingest.plans import Status

_SHORT_LINE = 120
_TITLE_PAGE_LINES = 25
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


@dataclass(frozen=True, slots=True)
class Decision:
    """A line that says who adopted the document, when, or both."""

    body: BodyWord | None
    day: date | None
    line: CoverLine


# --- kind and level -----------------------------------------------------------------------


def kind_of(cover: Cover) -> Kind | None:
    """From marks of national law, else from the title, else from another short line up front."""
    marked = _law_mark(cover)
    if marked:
        return marked
    if cover.title:
        found = _kind_in(cover.title, "the title")
        if found:
            return found
    for line in (*cover.running, *cover.lines[:_TITLE_PAGE_LINES]):
        short = len(line.text) <= 60 and not line.text.endswith((".", ",", ";"))
        found = _kind_in(line, "a short line up front") if short else None
        if found and found.level > NATIONAL:
            return found
    return None


def _law_mark(cover: Cover) -> Kind | None:
    """A law's own number, on its title or near it; plans cite such numbers further down."""
    near = (*((cover.title,) if cover.title else ()), *cover.lines[:6], *cover.running[:4])
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
    front = [line for line in cover.lines[:_TITLE_PAGE_LINES] if _on_first_page(line, cover)]
    lines = [*title, *cover.running, *(line for line in front if len(line.text) <= _SHORT_LINE)]
    for status, words in STATUS_WORDS:
        for line in lines:
            if word_pattern(words).search(line.text) and not _tells_of_before(line.text):
                return StatusWord(status, line)
    for status, words in STATUS_ALONE:
        for line in (*cover.running, *front):
            if re.sub(r"[\W\d_]+", "", line.text).casefold() in words:
                return StatusWord(status, line)
    return None


def _on_first_page(line: CoverLine, cover: Cover) -> bool:
    return line.page == cover.lines[0].page


def _tells_of_before(text: str) -> bool:
    """Whether the line tells of a decision: "vedtatt etter høring" makes nothing a draft."""
    return bool(word_pattern(DECIDED).search(text) and find_days(text))


# --- decision and days --------------------------------------------------------------------


def decision_of(cover: Cover, language: str) -> Decision | None:
    """Who adopted the document and when, from lines that begin with the decision.

    Two lines may say the two halves, as in a table on the cover: "Vedtatt av" and "Vedtaksdato".
    """
    found = [_decision(text, line, language) for line, text in _decision_lines(cover)]
    told = [each for each in found if each and (each.body or each.day)]
    if not told:
        return None
    both = next((each for each in told if each.body and each.day), None)
    if both:
        return both
    body = next((each for each in told if each.body), None)
    day = next((each for each in told if each.day), None)
    first = body or day
    return Decision(body and body.body, day and day.day, first.line) if first else None


def _decision_lines(cover: Cover) -> Iterator[tuple[CoverLine, str]]:
    """Lines that begin with a decision, or whose body does: "Kommunestyret vedtok …"."""
    pattern = word_pattern(DECIDED)
    for line, text in _with_next(cover.said()):
        match = pattern.search(line.text)
        if not match or len(line.text) > 2 * _SHORT_LINE or word_pattern(FORMER).search(line.text):
            continue
        begins = line.text[0].isupper() or ":" in line.text
        if begins and match.start() <= 40:
            yield line, text


def _decision(text: str, line: CoverLine, language: str) -> Decision | None:
    match = word_pattern(DECIDED).search(text)
    if not match:
        return None
    bodies = find_bodies(text, language)
    body = next((each for each in bodies if each.start >= match.start()), None) or next(iter(bodies), None)
    days = find_days(text)
    after = next((each for each in days if each.start >= match.start()), None)
    day = after or next(iter(days), None)
    return Decision(body, day.day if day else None, line)


def labelled_days(cover: Cover, words: tuple[str, ...]) -> list[tuple[date, CoverLine]]:
    """Days after the words, on lines that begin with them or are short."""
    found = []
    pattern = word_pattern(words)
    for line, text in _with_next(cover.said()):
        match = pattern.search(line.text)
        if match and (match.start() <= 2 or len(line.text) <= _SHORT_LINE and line.text[0].isupper()):
            days = [each.day for each in find_days(text) if each.start >= match.start()]
            found += [(day, line) for day in days[:1]]
    return found


def in_force_from(cover: Cover) -> tuple[date, CoverLine] | None:
    """The first day that the cover says the document holds."""
    return next(iter(labelled_days(cover, IN_FORCE)), None)


def valid_until(cover: Cover) -> tuple[date, CoverLine] | None:
    """The last day that the cover says the document holds."""
    return next(iter(labelled_days(cover, UNTIL)), None)


def amended_days(cover: Cover) -> list[tuple[date, CoverLine]]:
    """The days on which the cover says the document was changed."""
    return labelled_days(cover, AMENDED)


def period_of(cover: Cover) -> tuple[int, int] | None:
    """The years in the title: Klima- og energiplan 2023-2032."""
    return find_period(cover.title.text) if cover.title else None


def _with_next(lines: Iterable[CoverLine]) -> Iterator[tuple[CoverLine, str]]:
    """Each line and its text with the next line's, where a label's value may stand."""
    known = list(lines)
    for place, line in enumerate(known):
        following = known[place + 1] if place + 1 < len(known) else None
        is_value = following is not None and following.page == line.page
        has_value = bool(find_days(line.text)) and bool(find_bodies(line.text))
        yield line, f"{line.text} {following.text}" if is_value and following and not has_value else line.text


# --- owner --------------------------------------------------------------------------------


def owner_of(cover: Cover) -> tuple[str, CoverLine] | None:
    """The unit named after a label such as `Ansvarlig enhet:`, on its line or the next."""
    said = cover.said()
    for place, line in enumerate(said):
        match = _owner_pattern().match(line.text)
        if not match:
            continue
        value = match["value"].strip(" :–-|\t")
        if not value and match["colon"] and place + 1 < len(said):
            value = said[place + 1].text
        if _can_be_owner(value, bool(match["colon"])):
            return value, line
    return None


def _can_be_owner(value: str, after_colon: bool) -> bool:
    if not 2 <= len(value) <= 80 or value.endswith((".", ",")) or find_days(value):
        return False
    return value[0].isupper() and (after_colon or len(value.split()) <= 6)


@lru_cache(maxsize=1)
def _owner_pattern() -> re.Pattern[str]:
    labels = "|".join(re.escape(label) for label in sorted(OWNER, key=len, reverse=True))
    return re.compile(rf"(?:{labels})\b(?P<colon>\s*:)?\s*(?P<value>.*)", re.IGNORECASE)


LOWEST = UNDERLYING
"""The level of a document that says nothing of itself: it then sets aside nothing."""
