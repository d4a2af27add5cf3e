"""What a document's cover says of the days from which and until which it holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from ingest.guess_cover import Cover, CoverLine
from ingest.guess_dates import find_days, find_period
from ingest.guess_match import word_pattern
from ingest.guess_sentences import followed, said
from ingest.guess_words import AMENDED, IN_FORCE, PERIOD, TO_DAY, UNTIL

_NEAR = 30
"""Letters between words and the day they are about."""


def _labelled_days(cover: Cover, words: tuple[str, ...]) -> Iterator[tuple[date, str, CoverLine]]:
    """Days that follow the words at once, on the line or the next, with the text after each."""
    pattern = word_pattern(words)
    for line, following in followed(said(cover)):
        match = pattern.search(line.text)
        if not match or not line.text[0].isupper():
            continue
        rest = line.text[match.end() :]
        is_label = match.start() <= 2 and len(rest.strip(" :.")) <= 2
        if is_label and line.heading_level:
            continue  # the heading of a section, which tells of more than one day
        text = following if is_label else rest
        days = find_days(text)
        if days and days[0].start <= _NEAR:
            yield days[0].day, text[days[0].end :], line


def valid_days(cover: Cover) -> tuple[tuple[date, CoverLine] | None, tuple[date, CoverLine] | None]:
    """The first and the last day that the cover says the document holds."""
    begins = ends = None
    for day, rest, line in (*_labelled_days(cover, IN_FORCE), *_labelled_periods(cover)):
        begins = begins or (day, line)
        last = _last_day(rest)
        ends = ends or ((last, line) if last else None)
    for day, rest, line in _labelled_days(cover, UNTIL):
        ends = ends or (_last_day(rest) or day, line)
    return begins, ends


def _labelled_periods(cover: Cover) -> Iterator[tuple[date, str, CoverLine]]:
    """ "Period: 1 March 2023 to 31 December 2025": a period's first day, where a last one follows."""
    for day, rest, line in _labelled_days(cover, PERIOD):
        if _last_day(rest) and word_pattern(PERIOD).match(line.text):
            yield day, rest, line


def _last_day(rest: str) -> date | None:
    """The day after "til og med" or a dash that follows a first day at once."""
    joined = re.match(rf"\W*(?:{TO_DAY})\b", rest, re.IGNORECASE) or re.match(r"\s*[-\u2013]", rest)
    days = find_days(rest) if joined else ()
    return days[0].day if days and days[0].start <= _NEAR else None


def amended_days(cover: Cover) -> list[tuple[date, CoverLine]]:
    """The days on which the cover says the document was changed."""
    return [(day, line) for day, _, line in _labelled_days(cover, AMENDED)]


def period_of(cover: Cover) -> tuple[int, int] | None:
    """The years in the title: Klima- og energiplan 2023-2032."""
    return find_period(cover.title.text) if cover.title else None
