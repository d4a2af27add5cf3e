"""Lines of a document joined to the sentences that print broke, each with the place it begins."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import zip_longest
from statistics import median

from ingest.guess_cover import Cover, CoverLine, is_labelled
from ingest.guess_dates import find_days

_FULL_SHARE = 0.7
"""Of a page's usual line; a shorter line ends what it says unless the next goes on in lower case."""
_BODY_LINES = 25
"""A page with fewer lines is a cover, where each line says its own."""
_SAME_SIZE = 0.35
"""Share by which the sizes of one paragraph may differ; letters read from a scan vary."""
_LONGEST = 1_200
_SENTENCE_END = re.compile(r"(?<=[\w)»\"”][.!?])\s+(?=[A-ZÆØÅÄÖÜ«\"“§•])")
_ABBREVIATED = re.compile(r"\b(?:nr|jf|pkt|kap|art|dnr|st|ca|kgl|no|cf|dr|inkl|[a-zæøåäö])\.$", re.IGNORECASE)
_NEW_START = re.compile(r"(?:\d+(?:\.\d+)*\.?|[A-ZÆØÅ]\.?\d*|§+\s?\d+\w?)\s+[A-ZÆØÅÄÖ]|[•▪◦●*–-]\s")


def sentences(lines: Iterable[CoverLine]) -> tuple[CoverLine, ...]:
    """The lines as sentences; a line that is whole as it stands, such as a label's, stays one."""
    known = [line for line in lines if not is_contents_line(line.text)]
    usual = _usual_lengths(known)
    return tuple(sentence for joined in _joined(known, usual) for sentence in _split(joined))


def said(cover: Cover) -> tuple[CoverLine, ...]:
    """The sentences of a cover where decisions and dates are looked for."""
    return (*sentences(cover.lines), *sentences(cover.running), *sentences(cover.tail))


def followed(lines: Iterable[CoverLine]) -> Iterator[tuple[CoverLine, str]]:
    """Each line and the text of the next on its page, where the value of a label may stand."""
    known = list(lines)
    for line, following in zip_longest(known, known[1:]):
        is_beside = following is not None and following.page == line.page
        yield line, following.text if is_beside and following else ""


def is_contents_line(text: str) -> bool:
    """A line of a table of contents, which names a heading and says nothing."""
    return ". . ." in text or "....." in text


def unbroken(text: str) -> str:
    """The text with words put together that a line end divided: "för- skola" of "förskola"."""
    return re.sub(r"(?<=[^\W\d_])-\s(?=[a-zæøåäöüéß])(?!(?:og|och|and|und|eller|or)\b)", "", text)


def _usual_lengths(lines: list[CoverLine]) -> dict[int | None, float]:
    """Page -> the length that a line in running text has; 0 where no text runs."""
    by_page: dict[int | None, list[int]] = {}
    for line in lines:
        by_page.setdefault(line.page, []).append(len(line.text))
    return {
        page: median(lengths) if page is not None and len(lengths) >= _BODY_LINES else 0.0
        for page, lengths in by_page.items()
    }


def _joined(lines: list[CoverLine], usual: dict[int | None, float]) -> Iterator[CoverLine]:
    held: CoverLine | None = None
    last: CoverLine | None = None
    for line in lines:
        if held and last and len(held.text) < _LONGEST and _goes_on(last, line, usual[last.page]):
            held = replace(held, text=f"{held.text} {line.text}")
        else:
            if held:
                yield held
            held = line
        last = line
    if held:
        yield held


def _goes_on(before: CoverLine, line: CoverLine, usual: float) -> bool:
    """Whether a line carries on the one before it."""
    if before.bold != line.bold or before.heading_level or line.heading_level:
        return False
    if before.size > 0 and abs(before.size - line.size) > _SAME_SIZE * before.size:
        return False
    if before.page is None or line.page is None or line.page not in (before.page, before.page + 1):
        return False
    if before.text.endswith((".", "!", "?", ":")) or _starts_anew(line.text):
        return False
    days = find_days(line.text[:24]) if before.text[-1].islower() else ()
    is_day_after_words = bool(days) and days[0].start == 0
    if line.text[0].islower() or is_day_after_words or before.text.endswith((",", "-")):
        return True
    return usual > 0 and len(before.text) >= _FULL_SHARE * usual


def _starts_anew(text: str) -> bool:
    if any(day.start == 0 for day in find_days(text[:24])):
        return False
    return is_labelled(text) or bool(_NEW_START.match(text))


def _split(line: CoverLine) -> Iterator[CoverLine]:
    held = ""
    for part in _SENTENCE_END.split(line.text):
        held = f"{held} {part}" if held else part
        if not _ABBREVIATED.search(held):
            yield replace(line, text=held)
            held = ""
    if held:
        yield replace(line, text=held)
