"""Which other plans a document says it replaces, carries out or translates, in the words that say so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.guess_cover import Cover, CoverLine
from ingest.guess_dates import find_days
from ingest.guess_link_words import (
    BUILDS_ON,
    GIVEN_GROUND,
    OF,
    READ_WITH,
    RELATION_HEADINGS,
    SECTION_WORDS,
    SPEAKS_OF_ITSELF,
    SUPERSEDES,
    TRANSLATES,
)
from ingest.guess_match import is_denied, word_pattern
from ingest.guess_sentences import sentences, unbroken
from ingest.guess_titles import Named, Titles, content_words, same_word
from ingest.guess_words import AND, DECIDED, KIND_WORDS

__all__ = ["Mention", "Titles", "carried_out_by", "superseded_by", "translated_by"]

_RIGHT_BEFORE = 14
"""Letters between the name of a plan and "is followed"."""
_SUBJECT_WORDS = 3
_LONGEST_SUBJECT = 110
_SECTION_SENTENCES = 12
"""A section on other plans is short; what follows is about something else."""
_LONGEST_HEADING = 70


@dataclass(frozen=True, slots=True)
class Mention:
    """Another document named in a text, and the sentence where it is."""

    file: str
    line: CoverLine
    sections: tuple[str, ...] = ()
    """The parts of it that the words name, by their numbers as printed."""
    above_only: bool = False
    """Whether the words say something only of a plan on a higher level."""


def superseded_by(file: str, cover: Cover, titles: Titles) -> list[Mention]:
    """The documents that this one says it replaces."""
    return _after(file, cover, titles, SUPERSEDES)


def translated_by(file: str, cover: Cover, titles: Titles) -> list[Mention]:
    """The documents that this one says it translates."""
    return _after(file, cover, titles, TRANSLATES)


def carried_out_by(file: str, cover: Cover, titles: Titles) -> list[Mention]:
    """The plans that this one says it carries out, fills in or rests on, each at its first mention."""
    found: dict[str, Mention] = {}
    for line in _spoken(cover):
        told = (
            *_told(line, BUILDS_ON, titles, cover, above_only=False),
            *_told(line, READ_WITH, titles, cover, above_only=True),
            *_given_ground(line, titles),
        )
        for mention in told:
            _keep(found, mention, file)
    for mention in _in_sections(cover, titles):
        _keep(found, mention, file)
    return list(found.values())


def _keep(found: dict[str, Mention], mention: Mention, file: str) -> None:
    before = found.get(mention.file)
    if mention.file != file and (before is None or _says_more(mention, before)):
        found[mention.file] = mention


def _says_more(mention: Mention, before: Mention) -> bool:
    """Whether it is plainer than the mention before it, or as plain and names sections."""
    if before.above_only != mention.above_only:
        return before.above_only
    return bool(mention.sections) and not before.sections


def _spoken(cover: Cover) -> tuple[CoverLine, ...]:
    return (*sentences(cover.first_pages), *sentences(cover.running), *sentences(cover.tail))


def _after(file: str, cover: Cover, titles: Titles, words: tuple[str, ...]) -> list[Mention]:
    found: dict[str, Mention] = {}
    pattern = word_pattern(words)
    for line in _spoken(cover):
        text = unbroken(line.text)
        match = pattern.search(text)
        if match and not is_denied(text, match):
            for other in titles.mentioned(text[match.end() :]):
                _keep(found, Mention(other, line), file)
    return list(found.values())


# --- sentences that tell a link -----------------------------------------------------------


def _told(
    line: CoverLine, words: tuple[str, ...], titles: Titles, cover: Cover, *, above_only: bool
) -> Iterator[Mention]:
    """The plans named after the words, where the sentence is about the document itself."""
    text = unbroken(line.text)
    match = word_pattern(words).search(text)
    if not match or is_denied(text, match):
        return
    if titles.mentioned(text[: match.start()]) and not _speaks_of_itself(text, match.start(), cover):
        return
    if not (_speaks_of_itself(text, match.start(), cover) or _tells_decision(text[: match.start()])):
        return
    for named in titles.named(text):
        if named.start >= match.end():
            yield Mention(named.file, line, sections_at(text, named), above_only)


def _given_ground(line: CoverLine, titles: Titles) -> Iterator[Mention]:
    """The plans named before "is followed", which a document says of what it keeps to."""
    text = unbroken(line.text)
    match = word_pattern(GIVEN_GROUND).search(text)
    if match and not is_denied(text, match):
        for named in titles.named(text[: match.start()]):
            if match.start() - named.end <= _RIGHT_BEFORE:
                yield Mention(named.file, line, above_only=True)


def sections_at(text: str, named: Named) -> tuple[str, ...]:
    """The sections beside a plan's name: "chapter 5 of the Climate Plan", "Lindhaga 2040, avsnitt 4.1"."""
    before = _BEFORE.search(text[: named.start])
    after = _AFTER.match(text[named.end :])
    told = before or after
    return tuple(re.findall(_NUMBER, told["numbers"])) if told else ()


_NUMBER = r"[A-Z]{0,2}\d+(?:\.\d+)*[a-z]?\b"
_NUMBERS = rf"(?P<numbers>{_NUMBER}(?:(?:,|,?\s(?:{AND}))\s{_NUMBER})*)"
_BEFORE = re.compile(
    rf"(?<!\w)(?:{SECTION_WORDS})\s{_NUMBERS}\s(?:{OF})(?:\s\w{{2,4}})?\s[«\"“]?$", re.IGNORECASE
)
_AFTER = re.compile(
    r"[»\"”]?(?:\s*(?:19|20)\d\d(?:\s?[-\u2010-\u2015]\s?(?:19|20)?\d\d)?)?(?:\s*«[^»]*»)?[\s,(]*"
    rf"(?<!\w)(?:{SECTION_WORDS})\s{_NUMBERS}",
    re.IGNORECASE,
)


def _speaks_of_itself(text: str, until: int, cover: Cover) -> bool:
    """Whether what stands before the words is the document's own name or kind, or a word for it."""
    before = text[:until].strip(" •:,–-")
    if not before:
        return True
    if len(before) > _LONGEST_SUBJECT:
        return False
    first = re.findall(r"\w+", before.casefold())[:_SUBJECT_WORDS]
    own = content_words(cover.title.text) if cover.title else ()
    return any(word in SPEAKS_OF_ITSELF or _is_kind(word) for word in first) or any(
        same_word(word, each) for word in first for each in own
    )


def _is_kind(word: str) -> bool:
    return any(same_word(word, each) for each in (*_KIND_NOUNS, *SPEAKS_OF_ITSELF))


_KIND_NOUNS = tuple(
    dict.fromkeys(
        word.strip("^ ") for _, _, words in KIND_WORDS for word in words if " " not in word.strip("^ ")
    )
)


def _tells_decision(before: str) -> bool:
    """ "Issued by the Department on 1 October 2024 under section 4 of …"."""
    return bool(word_pattern(DECIDED).match(before) and (find_days(before) or len(before) < _LONGEST_SUBJECT))


# --- sections about other plans -----------------------------------------------------------


def _in_sections(cover: Cover, titles: Titles) -> Iterator[Mention]:
    """Plans above that are named under a heading on how this one stands to others, or after such a label."""
    left = 0
    for line in sentences(cover.first_pages):
        if _is_heading(line):
            left = _SECTION_SENTENCES if word_pattern(RELATION_HEADINGS).search(line.text) else 0
        elif left or _is_relation_label(line.text):
            left -= 1 if left else 0
            for other in titles.mentioned(unbroken(line.text)):
                yield Mention(other, line, above_only=True)


def _is_heading(line: CoverLine) -> bool:
    set_apart = line.bold or line.heading_level is not None
    return set_apart and len(line.text) <= _LONGEST_HEADING and not line.text.endswith((".", ","))


def _is_relation_label(text: str) -> bool:
    match = word_pattern(RELATION_HEADINGS).match(text)
    return bool(match and re.match(r"(?:\s\w+){0,3}:", text[match.end() :]))
