"""What a cover says the document is called, and whether it is a draft or no longer holds."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ingest.guess_cover import Cover, CoverLine
from ingest.guess_dates import find_days
from ingest.guess_kinds import kind_in, names_something
from ingest.guess_match import decided_in, front, word_pattern
from ingest.guess_words import DECIDED, NAMES_A_PLAN, STATUS_ALONE, STATUS_WORDS, UNDERLYING
from ingest.plans import Status

_SHORT_LINE = 120


@dataclass(frozen=True, slots=True)
class StatusWord:
    """A word that tells a draft, a hearing version or a dead text, and its line."""

    status: Status
    line: CoverLine


# --- the full title -----------------------------------------------------------------------


def with_full_title(cover: Cover) -> Cover:
    """The cover with its slogan of a title ("Skogvang i kretsløp") joined to the plan's own name.

    Taken from a running line that holds both, else from a line below the title.
    """
    title = cover.title
    if title is None or kind_in(title, ""):
        return cover
    for line in cover.running:
        if fold_case(title.text) in fold_case(line.text) and _adds_a_name(line):
            return replace(cover, title=replace(title, text=line.text))
    if re.search(NAMES_A_PLAN, title.text, re.IGNORECASE):
        return cover
    for line in front(cover)[:6]:
        if line.text != title.text and _names_the_plan(line):
            return replace(cover, title=replace(title, text=f"{line.text} «{title.text}»"))
    return cover


def _adds_a_name(line: CoverLine) -> bool:
    return bool(kind_in(line, "")) and len(line.text) <= _SHORT_LINE and not find_days(line.text)


def _names_the_plan(line: CoverLine) -> bool:
    """Whether a line is the plan's own name: its kind and more, but no decision and no other plan."""
    kind = kind_in(line, "")
    if kind is None or word_pattern(DECIDED).search(line.text) or not names_something(line.text):
        return False
    return len(re.findall(r"[^\W\d_]{3,}|\d{4}", line.text)) >= 3


def fold_case(text: str) -> str:
    """Lower case, single blanks."""
    return " ".join(text.casefold().split())


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
    return bool(decided_in(text) and find_days(text))


LOWEST = UNDERLYING
"""The level of a document that says nothing of itself: it then sets aside nothing."""
