"""What a document's cover says of its decision, its days, its owner and its next revision."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import zip_longest

from ingest.bodies import BodyWord, find_bodies
from ingest.guess_cover import Cover, CoverLine
from ingest.guess_dates import find_days, find_period
from ingest.guess_fields import front, word_pattern
from ingest.guess_words import (
    AMENDED,
    DECIDED,
    EVERY_YEAR,
    FORMER,
    IN_FORCE,
    OWNER,
    REVISION,
    UNTIL,
)
from ingest.plans import RevisionDue

_SHORT_LINE = 120
_NEAR = 30
"""Letters between words and the day they are about."""
_FAR = 80
"""The same in a decision, where the body and the meeting stand between."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A line that says who adopted the document, when, or both."""

    body: BodyWord | None
    day: date | None
    line: CoverLine


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
    for line in (*front(cover), *cover.running, *cover.tail):
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
