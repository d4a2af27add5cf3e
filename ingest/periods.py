"""When single provisions hold, where a text says so itself: notes of amendment, repeal and commencement. Pure.

A consolidated law prints the old words with a note below them ("Oppheves ved lov … (i kraft 1 juli 2026)"), or
new words with the day they come into force. What no note dates has the time of its document.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import groupby

from ingest.guess_dates import MONTHS, find_days
from ingest.plans import Section, Statement
from ingest.wording import Wording, wording

_NOTES = ("note_inserted", "note_amended", "note_to_change", "note_repealed", "note_to_repeal")
_ENDS = frozenset({"note_to_change", "note_repealed", "note_to_repeal"})
"""After such a note the words above it no longer hold as they stand."""
_GOES_ON = re.compile(r"[\d(a-zæøåäö)]")
"""How a piece of a note begins that was cut off at the full stop of an abbreviation."""
_SHORT_MONTH = re.compile(r"(?<!\d)(\d{1,2})\.?\s+([^\W\d_]{3})\.?\s+((?:19|20)\d\d)\b")
_BETWEEN = 16
"""Letters between words for coming into force and their day: "(i kraft fra og med den 1. juli"."""
_BRACKETED = re.compile(r"[\[(]([^\[\]()]{3,120})[\])]")
_SECTION_NUMBER = re.compile(r"\d+(?:-\d+)?(?:\s?[a-zæøå](?![\w]))?")
_RANGE = re.compile(r"\s*(?:til(?: og med)?|till(?: och med)?|to|bis|[-\u2013\u2014])\s*$")


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day, None where open."""

    valid_from: date | None = None
    valid_to: date | None = None

    def and_also(self, other: Period) -> Period:
        """Within both."""
        starts = [d for d in (self.valid_from, other.valid_from) if d]
        ends = [d for d in (self.valid_to, other.valid_to) if d]
        return Period(max(starts, default=None), min(ends, default=None))


_ALWAYS = Period()


def with_periods(said: Sequence[Statement], sections: Sequence[Section]) -> tuple[Statement, ...]:
    """The statements with the days between which they hold, as far as the text tells."""
    named = _of_named_sections(said, sections)
    made: list[Statement] = []
    for index, group in groupby(said, key=lambda s: s.section):
        own = list(group)
        whole = named.get(index, _ALWAYS).and_also(_of_heading(sections[index], own[0].language))
        whole = whole.and_also(_of_notes(own)).and_also(_of_sentences(own))
        made += [_within(statement, whole.and_also(_of_brackets(statement))) for statement in own]
    return tuple(made)


def _within(statement: Statement, period: Period) -> Statement:
    if period == _ALWAYS or _opens_note(statement):
        return statement
    return replace(statement, valid_from=period.valid_from, valid_to=period.valid_to)


# --- notes below a provision --------------------------------------------------------------


def _opens_note(statement: Statement) -> bool:
    words = wording(statement.language)
    return any(words.find[key].match(statement.text) for key in _NOTES)


def _of_notes(own: Sequence[Statement]) -> Period:
    period = _ALWAYS
    for text, words in _note_texts(own):
        starts = sorted(
            (match.start(), -match.end(), key) for key in _NOTES for match in words.find[key].finditer(text)
        )
        # "is repealed by" holds "repealed by": the longer says more.
        kept = [s for i, s in enumerate(starts) if not any(a <= s[0] < -b for a, b, _ in starts[:i])]
        for (start, _, key), (end, _, _) in zip(kept, [*kept[1:], (len(text), 0, "")], strict=True):
            period = period.and_also(_of_note(key, text[start:end], words))
    return period


def _note_texts(own: Sequence[Statement]) -> Iterator[tuple[str, Wording]]:
    """Each note whole, with the pieces that a full stop inside it cut off."""
    text, words = "", wording(own[0].language)
    for statement in own:
        if _opens_note(statement):
            if text:
                yield text, words
            text, words = statement.text, wording(statement.language)
        elif text and _GOES_ON.match(statement.text):
            text = f"{text} {statement.text}"
        elif text:
            yield text, words
            text = ""
    if text:
        yield text, words


def _of_note(key: str, note: str, words: Wording) -> Period:
    days = _in_force(note, words)
    if key in _ENDS:
        if not days and key == "note_repealed":
            days = _days(note)[:1]  # done already: the repealing act's own day is the earliest it can be
        return Period(None, _day_before(min(days))) if days else _ALWAYS
    return Period(max(days), None) if days else _ALWAYS


def _in_force(text: str, words: Wording) -> list[date]:
    """The days that stand after words for coming into force."""
    found = []
    for match in words.find["in_force_on"].finditer(text):
        after = text[match.end() : match.end() + _BETWEEN + 24]
        days = _placed_days(after)
        if days and days[0][0] <= _BETWEEN:
            found.append(days[0][1])
    return found


def _days(text: str) -> list[date]:
    return [day for _, day in _placed_days(text)]


def _placed_days(text: str) -> list[tuple[int, date]]:
    """Days with where they begin, "1 jan 2024" among them."""
    spelled = _SHORT_MONTH.sub(_spelled, text)
    return [(found.start, found.day) for found in find_days(spelled)]


def _spelled(match: re.Match[str]) -> str:
    month = _short_months().get(match[2].lower())
    return f"{match[3]}-{month:02}-{int(match[1]):02}" if month else match[0]


@lru_cache(maxsize=1)
def _short_months() -> dict[str, int]:
    named = [(name[:3], number) for names in MONTHS.values() for number, name in enumerate(names, 1)]
    return dict(reversed(named))  # of two that begin alike, the first language's


def _day_before(day: date) -> date:
    return day - timedelta(days=1)


# --- headings, brackets and sentences -----------------------------------------------------


def _of_heading(section: Section, language: str) -> Period:
    """ "§ 5b. Klima [trer i kraft 1. juli 2026]"; what a chapter's heading says holds for all under it."""
    period = _ALWAYS
    for title in section.path:
        period = period.and_also(_bracketed(title, wording(language)))
    return period


def _of_brackets(statement: Statement) -> Period:
    return _bracketed(statement.text, wording(statement.language))


def _bracketed(text: str, words: Wording) -> Period:
    period = _ALWAYS
    for match in _BRACKETED.finditer(text):
        inside = match[1].strip()
        note = max(
            (key for key in _NOTES if words.find[key].match(inside)), key=_length(inside, words), default=""
        )
        if note:
            period = period.and_also(_of_note(note, inside, words))
        elif words.find["in_force_on"].match(inside) or words.find["repealed"].match(inside):
            period = period.and_also(_said_in(inside, words))
    return period


def _length(text: str, words: Wording) -> Callable[[str], int]:
    """How much of a text's beginning the words of a note take: "is repealed by" more than "repealed by"."""
    return lambda key: match.end() if (match := words.find[key].match(text)) else 0


def _said_in(text: str, words: Wording) -> Period:
    """A day of coming into force, or of repeal where a word for that stands first."""
    days = _in_force(text, words) or _days(text)
    if not days:
        return _ALWAYS
    ends = words.find["repealed"].search(text) or words.find["note_to_repeal"].search(text)
    return Period(None, _day_before(min(days))) if ends else Period(max(days), None)


def _of_sentences(own: Sequence[Statement]) -> Period:
    """ "Denne paragrafen trer i kraft 1. juli 2026." """
    period = _ALWAYS
    for statement in own:
        words = wording(statement.language)
        subject = words.find["this_section"].match(statement.text)
        if subject and _follows(statement.text[subject.end() :], words):
            period = period.and_also(_said_in(statement.text, words))
        elif re.fullmatch(r"[\[(][^\[\]()]+[\])][.]?", statement.text):
            period = period.and_also(_bracketed(statement.text, words))
    return period


def _follows(rest: str, words: Wording) -> bool:
    """Whether the verb comes next: "this section comes into force", not "this section applies to"."""
    near = " ".join(rest.split()[:2])
    return any(
        words.find[key].match(rest.lstrip()) for key in ("in_force_on", "note_to_repeal", "repealed")
    ) or any(words.find[key].search(near) for key in ("note_to_repeal", "repealed"))


def _of_named_sections(said: Sequence[Statement], sections: Sequence[Section]) -> dict[int, Period]:
    """ "§§ 5a til 5p trer i kraft 1. juli 2026", said of sections elsewhere in the same text."""
    periods: dict[int, Period] = {}
    order = [s.index for s in sections if s.number]
    by_number = {_number(s.number): s.index for s in reversed(sections) if s.number}
    for statement in said:
        if not statement.text.startswith("§"):
            continue
        words = wording(statement.language)
        verb = words.find["in_force_on"].search(statement.text) or words.find["note_to_repeal"].search(
            statement.text
        )
        if verb is None or not _days(statement.text[verb.start() :]):
            continue
        period = _said_in(statement.text[verb.start() :], words)
        for index in _named(statement.text[: verb.start()], by_number, order):
            if index != statement.section:
                periods[index] = periods.get(index, _ALWAYS).and_also(period)
    return periods


def _named(subject: str, by_number: dict[str, int], order: Sequence[int]) -> Iterator[int]:
    last: int | None = None
    end = 0
    for match in _SECTION_NUMBER.finditer(subject):
        index = by_number.get(_number(match.group()))
        if index is not None and last is not None and _RANGE.search(subject[end : match.start()]):
            yield from (i for i in order if last < i < index)
        if index is not None:
            yield index
        last, end = index, match.end()


def _number(printed: str) -> str:
    return re.sub(r"[^\w-]", "", printed.replace("§", "")).lower()
