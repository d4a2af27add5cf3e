"""What single words and lines on a document's cover say about it: kind, status, decision, days."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import zip_longest

from ingest.bodies import BodyWord, find_bodies
from ingest.guess_cover import Cover, CoverLine
from ingest.guess_dates import find_days, find_period
from ingest.guess_words import (
    AMENDED,
    DECIDED,
    EVERY_YEAR,
    FORMER,
    IN_FORCE,
    KIND_WORDS,
    LAW_MARKS,
    LEVEL_LABEL,
    NATIONAL,
    OWNER,
    REVISION,
    STATUS_ALONE,
    STATUS_WORDS,
    SUPERSEDES,
    UNDERLYING,
    UNTIL,
)
from ingest.plans import RevisionDue, Status

_SHORT_LINE = 120
_TITLE_PAGE_LINES = 25
_NEAR = 30
"""Letters between words and the day they are about."""
_FAR = 80
"""The same in a decision, where the body and the meeting stand between."""
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
    found = _kind_in(cover.title, "the title") if cover.title else None
    if found:
        return found
    for line in (*cover.running, *_front(cover)):
        found = _kind_in(line, "a short line up front") if _names_something(line.text) else None
        if found and found.level > NATIONAL:
            return found
    return None


def stated_level(cover: Cover) -> tuple[int, CoverLine] | None:
    """The step of the ladder that the cover itself states: `Plannivå 2: kommuneplan`."""
    for line in (*_front(cover), *cover.running):
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
    for line in _front(cover)[:6]:
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


def _front(cover: Cover) -> list[CoverLine]:
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
    front = [line for line in (*_front(cover), *cover.foot) if not line.text[0].isdigit()]
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


def _tells_of_before(text: str) -> bool:
    """Whether the line tells of a decision: "vedtatt etter høring" makes nothing a draft."""
    return bool(word_pattern(DECIDED).search(text) and find_days(text))


# --- decision and days --------------------------------------------------------------------


def decision_of(cover: Cover, language: str) -> Decision | None:
    """Who adopted the document and when, from lines that begin with the decision.

    Two lines may say the two halves, as in a table on the cover: "Vedtatt av" and "Vedtaksdato".
    """
    found = [_decision(line, following, language) for line, following in _followed(cover.said())]
    told = [each for each in found if each and (each.body or each.day)]
    both = next((each for each in told if each.body and each.day), None)
    if both or not told:
        return both
    body = next((each for each in told if each.body), None)
    day = next((each for each in told if each.day), None)
    return Decision(body.body if body else None, day.day if day else None, told[0].line)


def _decision(line: CoverLine, following: str, language: str) -> Decision | None:
    match = word_pattern(DECIDED).search(line.text)
    if not match or not _begins_with_decision(line.text, following, match.start(), language):
        return None
    after = f"{line.text[match.start() :]} {following}"
    bodies = find_bodies(line.text, language)
    body = next((each for each in bodies if each.start >= match.start()), None)
    body = body or next(iter(bodies), None) or next(iter(find_bodies(after, language)), None)
    days = find_days(line.text[match.start() :]) or find_days(after)
    day = next((each.day for each in days if each.start <= _FAR), None)
    return Decision(body, day, line)


def _begins_with_decision(text: str, following: str, at: int, language: str) -> bool:
    """ "Vedtatt av …", "Kommunestyret vedtok …", "Planen ble vedtatt 12. juni 2025"."""
    if len(text) > 2 * _SHORT_LINE or word_pattern(FORMER).search(text):
        return False
    if word_pattern(AMENDED).match(text) or not text[0].isupper():
        return False
    if at <= 2:
        return True
    bodies = find_bodies(text[:at], language)
    if bodies and at <= _FAR:
        return bool(find_days(f"{text[at:]} {following}")) or ":" in text
    return at <= 40 and len(text) <= _SHORT_LINE and bool(find_days(text[at:]))


def _labelled_days(cover: Cover, words: tuple[str, ...]) -> Iterator[tuple[date, str, CoverLine]]:
    """Days that follow the words at once, on the line or the next, with the text after each."""
    pattern = word_pattern(words)
    for line, following in _followed(cover.said()):
        match = pattern.search(line.text)
        if not match or not line.text[0].isupper():
            continue
        rest = line.text[match.end() :]
        is_label = match.start() <= 2 and len(rest.strip(" :.")) <= 2
        text = following if is_label else rest
        days = find_days(text)
        if days and days[0].start <= _NEAR:
            yield days[0].day, text[days[0].end :], line


def valid_days(cover: Cover) -> tuple[tuple[date, CoverLine] | None, tuple[date, CoverLine] | None]:
    """The first and the last day that the cover says the document holds."""
    begins = ends = None
    for day, rest, line in _labelled_days(cover, IN_FORCE):
        begins = begins or (day, line)
        to = re.match(r"\W*(?:og |och )?(?:til og med|till och med|til|till|to|until|bis|tot)\b", rest, re.I)
        last = find_days(rest) if to or re.match(r"\s*[-\u2013]", rest) else ()
        if last and last[0].start <= _NEAR:
            ends = ends or (last[0].day, line)
    for day, _, line in _labelled_days(cover, UNTIL):
        ends = ends or (day, line)
    return begins, ends


def amended_days(cover: Cover) -> list[tuple[date, CoverLine]]:
    """The days on which the cover says the document was changed."""
    return [(day, line) for day, _, line in _labelled_days(cover, AMENDED)]


def period_of(cover: Cover) -> tuple[int, int] | None:
    """The years in the title: Klima- og energiplan 2023-2032."""
    return find_period(cover.title.text) if cover.title else None


def _followed(lines: Iterable[CoverLine]) -> Iterator[tuple[CoverLine, str]]:
    """Each line and the text of the next on its page, where the value of a label may stand."""
    known = list(lines)
    for line, following in zip_longest(known, known[1:]):
        is_beside = following is not None and following.page == line.page
        yield line, following.text if is_beside and following else ""


# --- owner --------------------------------------------------------------------------------


def owner_of(cover: Cover) -> tuple[str, CoverLine] | None:
    """The unit named after a label such as `Ansvarlig enhet:`, on its line or the next."""
    for line, following in _followed(cover.said()):
        match = _owner_pattern().match(line.text)
        if not match:
            continue
        value = re.split(r"\.\s|\s\|\s|;", match["value"], maxsplit=1)[0].strip(" :–-|\t.")
        if not value and match["colon"]:
            value = following
        if _can_be_owner(value, after_colon=bool(match["colon"])):
            return value, line
    return None


def revision_of(cover: Cover) -> tuple[RevisionDue, CoverLine] | None:
    """When the cover says that the document is to be revised: a day, a year, every year."""
    for line in (*_front(cover), *cover.running, *cover.tail):
        match = word_pattern(REVISION).search(line.text)
        if not match:
            continue
        rest = line.text[match.end() :]
        days, year = find_days(rest), re.match(r"\W{0,3}(?:i |senest |by )?((?:19|20)\d\d)\b", rest)
        if days and days[0].start <= _NEAR:
            return RevisionDue(on=days[0].day), line
        if year:
            return RevisionDue(on=date(int(year[1]), 12, 31)), line
        if word_pattern(EVERY_YEAR).search(rest[:30]):
            return RevisionDue(every_years=1), line
    return None


def _can_be_owner(value: str, *, after_colon: bool) -> bool:
    if not 2 <= len(value) <= 80 or value.endswith((".", ",")) or find_days(value):
        return False
    return value[0].isupper() and (after_colon or len(value.split()) <= 6)


@lru_cache(maxsize=1)
def _owner_pattern() -> re.Pattern[str]:
    labels = "|".join(re.escape(label) for label in sorted(OWNER, key=len, reverse=True))
    return re.compile(rf"(?:{labels})\w{{0,2}}(?P<colon>\s*:)?\s*(?P<value>.*)", re.IGNORECASE)


LOWEST = UNDERLYING
"""The level of a document that says nothing of itself: it then sets aside nothing."""
