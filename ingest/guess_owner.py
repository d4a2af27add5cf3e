"""Who keeps a document, and when it is to be revised, from what its cover says."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache

from ingest.guess_cover import Cover, CoverLine, is_labelled, municipality_patterns
from ingest.guess_dates import find_days, month_numbers
from ingest.guess_kinds import kind_in
from ingest.guess_link_words import OF_LATER
from ingest.guess_match import front, word_pattern
from ingest.guess_sentences import followed, said, sentences
from ingest.guess_words import BY, EVERY_YEAR, FOR, KEEPS, KEPT, OWNER, REVISION
from ingest.plans import RevisionDue

_NEAR = 30
"""Letters between words and the day they are about."""
_LONGEST = 80


def owner_of(cover: Cover) -> tuple[str, CoverLine] | None:
    """The unit or officer that the cover names as the document's own, with the line.

    After a label ("Ansvarlig enhet:"), in a sentence ("Ekonomichefen svarar för dokumentet"), or
    beside the municipality's name under the title.
    """
    found = (_labelled(cover), _in_sentence(cover), _beside_municipality(front(cover)))
    return next((owner for owners in found for owner in owners), None)


def _labelled(cover: Cover) -> Iterator[tuple[str, CoverLine]]:
    for line, following in followed(said(cover)):
        match = _owner_pattern().match(line.text)
        if not match:
            continue
        value = re.split(r"\.\s|\s\|\s|;", match["value"], maxsplit=1)[0].strip(" :–-|\t.")
        if not value and not is_labelled(following):
            value = following.rstrip(".")
        if _can_be_owner(value, after_colon=bool(match["colon"])):
            yield value, line


def _in_sentence(cover: Cover) -> Iterator[tuple[str, CoverLine]]:
    for line in said(cover):
        match = _keeps_pattern().match(line.text)
        if match and _can_be_owner(match["who"], after_colon=False):
            yield match["who"], line


def _beside_municipality(lines: Iterable[CoverLine]) -> Iterator[tuple[str, CoverLine]]:
    for line in lines:
        for pattern in municipality_patterns():
            match = pattern.match(line.text)
            rest = line.text[match.end() :] if match else ""
            unit = rest.lstrip(", ")
            if rest.startswith(",") and _can_be_owner(unit, after_colon=False) and not kind_in(line, ""):
                yield unit, line


def _can_be_owner(value: str, *, after_colon: bool) -> bool:
    if not 2 <= len(value) <= _LONGEST or value.endswith((".", ",")) or find_days(value):
        return False
    if not value[0].isalpha():
        return False
    return after_colon or (value[0].isupper() and len(value.split()) <= 6)


@lru_cache(maxsize=1)
def _owner_pattern() -> re.Pattern[str]:
    """A label, with what it is about where a colon follows: "Ansvarig för dokumentet:"."""
    labels = "|".join(re.escape(label) for label in sorted(OWNER, key=len, reverse=True))
    about = rf"(?P<colon>(?:\s(?:{FOR}|{BY})(?:\s\w+){{1,3}})?\s*:)?"
    return re.compile(rf"(?:{labels})\w{{0,2}}(?!\w){about}\s*(?P<value>.*)", re.IGNORECASE)


@lru_cache(maxsize=1)
def _keeps_pattern() -> re.Pattern[str]:
    keeps, kept = ("|".join(re.escape(each) for each in words) for words in (KEEPS, KEPT))
    return re.compile(rf"(?P<who>[A-ZÆØÅÄÖ][^,.;:]{{2,60}}?)\s+(?:{keeps})\s+(?:{kept})\b")


# --- the next revision --------------------------------------------------------------------


def revision_of(cover: Cover, *, tells_of_others: bool) -> tuple[RevisionDue, CoverLine] | None:
    """When the document says that it is to be revised: a day, a month, a year, every year.

    The cover says it first; else a sentence further in that is about the plan as a whole. Where the
    document `tells_of_others`, as a plan strategy does, only the cover speaks of itself.
    """
    lines = [*front(cover), *cover.running]
    if not tells_of_others:
        lines += cover.tail
        lines += (line for line in sentences(cover.first_pages) if _is_about_the_whole(line.text))
    for line in lines:
        match = word_pattern(REVISION).search(line.text)
        due = _due(line.text[match.end() :]) if match else None
        if due:
            return due, line
    return None


def _is_about_the_whole(text: str) -> bool:
    """ "The plan shall be renewed by …", "Neste vurdering er i 2028"."""
    return bool(_whole_pattern().match(text))


@lru_cache(maxsize=1)
def _whole_pattern() -> re.Pattern[str]:
    subjects = "|".join(re.escape(each) for each in (*KEPT, *OF_LATER))
    return re.compile(rf"(?:{subjects})\b", re.IGNORECASE)


def _due(rest: str) -> RevisionDue | None:
    days = find_days(rest)
    if days and days[0].start <= _NEAR:
        return RevisionDue(on=days[0].day)
    named = _year_pattern().match(rest)
    if named:
        month = month_numbers()[named["month"].casefold()] if named["month"] else 12
        year = int(named["year"])
        return RevisionDue(on=date(year, month, calendar.monthrange(year, month)[1]))
    return RevisionDue(every_years=1) if word_pattern(EVERY_YEAR).search(rest[:_NEAR]) else None


@lru_cache(maxsize=1)
def _year_pattern() -> re.Pattern[str]:
    months = "|".join(sorted(month_numbers(), key=len, reverse=True))
    return re.compile(
        rf"\W{{0,3}}(?:[a-zæøåäö]{{1,8}}\W{{1,2}}){{0,2}}?(?:(?P<month>{months})\s+)?(?P<year>20\d\d)\b",
        re.IGNORECASE,
    )
