"""What a plan wants reached: its targets, from tables and sentences, each told once.

A sentence that says in prose what a row of the same document says fills what the row leaves open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.force import titled
from ingest.plans import BlockKind, Force, LoadedDocument, Statement, Target
from ingest.structure import Structure
from ingest.target_rows import known, table_targets
from ingest.wording import Wording, wording

_DATE = re.compile(
    r"\d{1,2}\.\s?\d{1,2}\.\s?\d{4}|\d{4}-\d{2}-\d{2}|(?:\d{1,2}\.?\s)?[^\W\d_]{3,10}\s(?:19|20)\d{2}|(?:19|20)\d{2}"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_OPENS = 24
"""Characters within which a sentence of a target names it as one: "Kommunens mål er at …"."""
_REACH = 16
"""Characters between a word of deadline and its date."""
_SAME = 0.6
"""Share of the content words of the shorter one from which two say the same."""


def targets(document: LoadedDocument, found: Structure, said: Sequence[Statement]) -> tuple[Target, ...]:
    """The targets of a document in the order of its statements."""
    rows = _once(table_targets(document.pages, found.blocks, said))
    for target in _in_sentences(said):
        at = next((i for i, row in enumerate(rows) if _same(row, target, said)), None)
        if at is None:
            rows.append(target)
        else:
            rows[at] = _filled(rows[at], target)
    return tuple(sorted(rows, key=lambda t: t.place))


def _once(found: Iterator[Target]) -> list[Target]:
    """Without the same target for the same year again: plans print a table of targets more than once."""
    first: dict[tuple[str, str | None], Target] = {}
    for target in found:
        first.setdefault((target.target, target.deadline), target)
    return list(first.values())


def _filled(row: Target, other: Target) -> Target:
    slots = ("measure", "baseline", "deadline", "responsible", "status")
    return replace(row, **{s: getattr(row, s) or getattr(other, s) for s in slots})


def _same(row: Target, other: Target, said: Sequence[Statement]) -> bool:
    a, b = _figures(row.target), _figures(other.target)
    if a and b and not (a <= b or b <= a):
        return False
    due, other_due = _YEAR.findall(row.deadline or ""), _YEAR.findall(other.deadline or "")
    if due and other_due and due != other_due:
        return False
    if a and a == b and due and due == other_due and said[row.place].language == said[other.place].language:
        return True
    words, others = _stems(row.target), _stems(other.target)
    return len(words & others) >= max(1, _SAME * min(len(words), len(others)))


def _figures(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\d+(?:[.,]\d+)?", _YEAR.sub(" ", text)))


def _stems(text: str) -> set[str]:
    return {word[:5].lower() for word in re.findall(r"[^\W\d_]{4,}", text)}


# --- sentences ----------------------------------------------------------------------------


def _in_sentences(said: Sequence[Statement]) -> Iterator[Target]:
    for place, statement in enumerate(said):
        told = statement.kind not in (BlockKind.TABLE_ROW, BlockKind.FOOTNOTE)
        if not told or "definition" in statement.flags or statement.text.count("|") > 1:
            continue  # a table that was read as running text says nothing that can be trusted
        words = wording(statement.language)
        text = statement.text
        due = deadline(text, words)
        if not _names_target(statement, due, words):
            continue
        yield Target(
            place=place,
            number=None,
            target=_content(text, words),
            measure=_after(text, words, "measured"),
            baseline=_after(text, words, "compared"),
            deadline=due,
            responsible=_responsible(place, said, words),
        )


def _names_target(statement: Statement, due: str | None, words: Wording) -> bool:
    """Whether it is a target and not a remark about targets: it names one, and a figure or a date."""
    text = statement.text
    has_figure = (
        bool(words.find["fractions"].search(text))
        or any(a.unit not in ("money", "day") for a in statement.amounts)
        or _has_share_in_words(text, words)
    )
    utter = bool(words.find["absolutes"].search(text))  # "emission-free" is a figure too: none
    if not (has_figure or utter or due):
        return False
    if titled(text, words):
        return True
    named = words.find["target"].search(text)
    if statement.force is Force.TARGET and named and named.start() <= _OPENS:
        return True
    listed = statement.context and words.find["target_headings"].search(statement.context)
    if statement.kind is BlockKind.LIST_ITEM and listed:
        return True
    if statement.force is not Force.TARGET:
        return False
    if not named and (has_figure or (utter and due)):
        return True
    promised = words.find["promise"].search(text)
    return bool(due or utter) and _wants(text, named, words) if named else bool(due) and promised is not None


def _has_share_in_words(text: str, words: Wording) -> bool:
    """ "three per cent a year"."""
    found = pairwise(re.findall(r"[^\W\d_]+", text.lower()))
    return any(number in words.numbers and words.units.get(unit) == "percent" for number, unit in found)


def _wants(text: str, named: re.Match[str], words: Wording) -> bool:
    """ "targets to cut", "har et mål om å kutte": it says what is wanted, and not something of the target."""
    infinitive, last = words.find["infinitive"], named.group().rpartition(" ")[2]
    return bool(
        infinitive.search(named.group())
        or infinitive.match(text[named.end() :].lstrip())
        or words.find["prepositions"].fullmatch(last)
    )


def _content(text: str, words: Wording) -> str:
    """What is to be reached, without "Målet er at" before it."""
    headed = titled(text, words)
    start = headed.end() if headed else 0
    named = words.find["target"].match(text, start)
    if named:
        start = named.end()
        joined = re.compile(r"\s?:?\s*").match(text, start)
        start = joined.end() if joined else start
        # "our target is that …": a verb may stand between the name and what follows.
        linked = next(
            (m for at in (start, _next_word(text, start)) if (m := words.find["relative"].match(text, at))),
            None,
        )
        start = linked.end() if linked else start
    content = text[start:].strip(" :.")
    return content[:1].upper() + content[1:] if content else text


def _next_word(text: str, start: int) -> int:
    word = re.compile(r"\w{1,3}\s+").match(text, start)
    return word.end() if word else start


def deadline(text: str, words: Wording) -> str | None:
    """The date after a word of deadline: "innen 31. desember 2027"."""
    for opening in words.find["deadline"].finditer(text):
        found = _DATE.search(text, opening.end(), opening.end() + _REACH + 20)
        if found and found.start() - opening.end() <= _REACH and _YEAR.search(found.group()):
            return found.group()
    return None


def _after(text: str, words: Wording, key: str) -> str | None:
    """What follows "målt i" or "sammenlignet med", up to the next pause or "og"."""
    opening = words.find[key].search(text)
    if opening is None:
        return None
    rest = re.split(r"[,;.:]\s|\.$|\s(?:og|and|och|und)\s", text[opening.end() :], maxsplit=1)[0].strip(" .")
    return known(rest, words) if rest else None


def _responsible(place: int, said: Sequence[Statement], words: Wording) -> str | None:
    """Who answers for it, where one sentence of the same section after it says so."""
    section = said[place].section
    for statement in said[place : place + 6]:
        if statement.section != section:
            break
        owner = words.find["answers_for"].search(statement.text)
        if owner and words.columns["target"].search(statement.text):
            name = statement.text[: owner.start()].rpartition(", ")[2].strip()
            name = re.sub(r"^(?:og|and|och|und)\s", "", name)
            return name if name and name[:1].isupper() and len(name.split()) <= 6 else None
    return None
