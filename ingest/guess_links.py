"""Which other plans a document says it replaces, implements or translates, by their titles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ingest.guess_cover import Cover, CoverLine
from ingest.guess_fields import word_pattern
from ingest.guess_words import NOT, SUPERSEDES, TRANSLATES

_SHORTEST_ALIAS = 10
"""Letters; a title such as `Plan` is mentioned everywhere and names nothing."""
_NEARBY_LINES = 2


@dataclass(frozen=True, slots=True)
class Mention:
    """Another document named in a text, and the line where it is."""

    file: str
    line: CoverLine


@dataclass(frozen=True, slots=True)
class Titles:
    """What the documents of a folder are called, so that mentions of them can be found."""

    by_alias: Mapping[str, str]
    """Folded title -> file; names that several documents share are left out."""

    @classmethod
    def of(cls, titles: Mapping[str, str]) -> Titles:
        """From file -> title as printed."""
        holders: dict[str, set[str]] = {}
        for file, title in titles.items():
            for alias in _aliases(title):
                holders.setdefault(alias, set()).add(file)
        unique = {alias: min(files) for alias, files in holders.items() if len(files) == 1}
        return cls(dict(sorted(unique.items(), key=lambda pair: -len(pair[0]))))

    def mentioned(self, text: str) -> tuple[str, ...]:
        """The documents named in a text; the longest title wins where titles overlap.

        A title followed by other years than its own is another edition, and names nothing here.
        """
        rest, found = fold(text), []
        for alias, file in self.by_alias.items():
            if alias not in rest:
                continue
            pattern = rf"(?<!\w){re.escape(alias)}\w{{0,3}}(?!\w)(?P<years>\s+(?:19|20)\d\d)?"
            named = [match for match in re.finditer(pattern, rest) if not match["years"]]
            rest = re.sub(pattern, " | ", rest)
            found += [file] if named else []
        return tuple(dict.fromkeys(found))


def superseded_by(file: str, cover: Cover, titles: Titles) -> list[Mention]:
    """The documents that this one says it replaces."""
    return _after(file, cover, titles, SUPERSEDES)


def translated_by(file: str, cover: Cover, titles: Titles) -> list[Mention]:
    """The documents that this one says it translates."""
    return _after(file, cover, titles, TRANSLATES)


def mentioned_by(file: str, cover: Cover, titles: Titles) -> list[Mention]:
    """The documents named in the first pages, in order, each at its first mention."""
    found: dict[str, Mention] = {}
    for line, text in _windows(cover.first_pages, 1):
        for other in titles.mentioned(text) if text else ():
            if other != file:
                found.setdefault(other, Mention(other, line))
    return list(found.values())


def _after(file: str, cover: Cover, titles: Titles, words: tuple[str, ...]) -> list[Mention]:
    found: dict[str, Mention] = {}
    pattern, denied = word_pattern(words), word_pattern(tuple(f"{word} " for word in NOT))
    for line, text in _windows((*cover.first_pages, *cover.tail), _NEARBY_LINES):
        match = pattern.search(line.text)
        if not match:
            continue
        rest = re.split(r"[.!?]\s+(?=[A-ZÆØÅÄÖ])", text[match.end() :], maxsplit=1)[0]
        if denied.search(rest[:12]):
            continue
        for other in titles.mentioned(rest):
            if other != file:
                found.setdefault(other, Mention(other, line))
    return list(found.values())


def _windows(lines: Iterable[CoverLine], following: int) -> Iterator[tuple[CoverLine, str]]:
    """Each line with the text of some lines after it, since titles break at line ends."""
    known = list(lines)
    for place, line in enumerate(known):
        yield line, " ".join(each.text for each in known[place : place + 1 + following])


def fold(text: str) -> str:
    """Lower case, plain hyphens, no quotation marks, single blanks."""
    text = re.sub(r"\s*[-\u2010-\u2015]\s*(?=\d{2,4}\b)", "-", text.casefold())
    text = re.sub(r"[\u2010-\u2015]", "-", text)
    return " ".join(re.sub(r"[«»\"'“”‘’„]", "", text).split())


def without_years(folded: str) -> str:
    """A folded title up to its year or period: `klima- og energiplan 2023-2032` without the years."""
    return re.sub(r"\s*\b(?:19|20)\d\d(?:-(?:19|20)?\d\d)?\b.*", "", folded).strip(" ,:-")


def _aliases(title: str) -> set[str]:
    """The title, the title without its years and without what follows a dash or stands in (…)."""
    whole = fold(title)
    bare = re.sub(r"\s*\([^)]*\)", "", whole).strip()
    named = [whole, bare, re.split(r" - |: ", bare, maxsplit=1)[0]]
    named += [without_years(each) for each in named]
    named += re.findall(r"\(([^()]{10,60})\)", whole)
    return {alias.strip(" -,:") for alias in named if len(alias.strip(" -,:")) >= _SHORTEST_ALIAS}
