"""The names by which the documents of a folder are spoken of, and where a text speaks of them.

A document is called by its title, by a part of it ("Kommuneplanens samfunnsdel" of a plan with a
slogan for a title), and with the endings that grammar gives a name inside a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from ingest.guess_cover import municipality_patterns
from ingest.guess_link_words import ENDINGS, OF_LATER
from ingest.guess_words import AND, FOR, FORMS, KIND_WORDS, MASTER, WITH
from ingest.language_words import FUNCTION_WORDS

Words = tuple[str, ...]

_SHORTEST_NAME = 10
"""Letters; a title such as `Plan` is mentioned everywhere and names nothing."""
_SHORTEST_STEM = 4
_YEARS = re.compile(r"\b((?:19|20)\d\d)(?:\s*[-/\u2010-\u2015]\s*(?:19|20)?\d\d)?\b")
_VERSION = re.compile(
    r"\b(?:v|ver|versjon|version|utgave|utgåva|udgave|edition)\.?\s*\d[\w.]*", re.IGNORECASE
)
_BREAK = re.compile(r"\s[-\u2010-\u2015]\s|:\s|[/«»\"“”()]")
_AND = re.compile(rf"\s(?:{AND}|{WITH})\s")
_FOR = re.compile(rf"\s(?:{FOR})\s")
_TOKEN = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Named:
    """A document named in a text, from `start` to `end`."""

    file: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Titles:
    """What the documents of a folder are called, so that mentions of them can be found."""

    holders: Mapping[Words, tuple[str, ...]]
    """Name -> the documents so called; the longest names first."""
    years: Mapping[str, frozenset[int]]
    """File -> the years in its title."""
    current: frozenset[str]
    """Of several editions, those that a name without years can mean."""

    @classmethod
    def of(cls, titles: Mapping[str, str], current: Iterable[str] | None = None) -> Titles:
        """From file -> title as printed."""
        strong = _holders((file, name) for file, title in titles.items() for name in _names(title))
        weak = _holders((file, name) for file, title in titles.items() for name in _short_names(title))
        alone = {name: files for name, files in weak.items() if len(files) == 1}
        merged = {**alone, **strong}
        longest_first = dict(sorted(merged.items(), key=lambda pair: (-len(pair[0]), pair[0])))
        years = {file: frozenset(int(y) for y in _YEARS.findall(title)) for file, title in titles.items()}
        return cls(longest_first, years, frozenset(titles if current is None else current))

    def mentioned(self, text: str) -> tuple[str, ...]:
        """The documents named in a text, in its order; the longest name wins where names overlap.

        A name followed by other years than its own is another edition, and names nothing here.
        """
        return tuple(dict.fromkeys(named.file for named in self.named(text)))

    def named(self, text: str) -> tuple[Named, ...]:
        """The same with the places."""
        tokens = [match for match in _TOKEN.finditer(text.casefold()) if _is_content(match[0])]
        words, taken, found = [match[0] for match in tokens], [False] * len(tokens), []
        for name, files in self.holders.items():
            for at in range(len(words) - len(name) + 1):
                span = range(at, at + len(name))
                if any(taken[i] for i in span) or not all(map(same_word, name, words[at : at + len(name)])):
                    continue
                taken[at : at + len(name)] = [True] * len(name)
                start, end = tokens[at].start(), tokens[span[-1]].end()
                file = self._meant(files, text, start, end)
                found += [Named(file, start, end)] if file else []
        return tuple(sorted(found, key=lambda named: named.start))

    def _meant(self, files: tuple[str, ...], text: str, start: int, end: int) -> str | None:
        """The one document of that name that is meant here, if it is one."""
        if _later_pattern().search(text[max(0, start - 30) : start]):
            return None
        named = _YEARS.match(text[end : end + 24].lstrip(" (-\u2013\u2014"))
        if named:
            meant = [file for file in files if int(named[1]) in self.years[file]]
        else:
            meant = [file for file in files if file in self.current] if len(files) > 1 else [*files]
        return meant[0] if len(meant) == 1 else None


@lru_cache(maxsize=1)
def _later_pattern() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in OF_LATER)
    return re.compile(rf"\b(?:{words})\s+$", re.IGNORECASE)


@lru_cache(maxsize=65_536)
def same_word(one: str, other: str) -> bool:
    """Whether two words differ by their endings only: plan, planen; strategy, strategies."""
    if one == other:
        return True
    shared = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        shared += 1
    if shared < _SHORTEST_STEM:
        return False
    return all(_is_ending(word[shared:], word[shared - 1]) for word in (one, other))


def _is_ending(rest: str, before: str) -> bool:
    """Whether the rest of a word is an ending, also after a doubled letter: program, programmet."""
    return rest in ENDINGS or (rest[0] == before and rest[1:] in ENDINGS)


# --- the names in a title -----------------------------------------------------------------


def _holders(pairs: Iterable[tuple[str, Words]]) -> dict[Words, tuple[str, ...]]:
    found: dict[Words, list[str]] = {}
    for file, name in pairs:
        if file not in found.setdefault(name, []):
            found[name].append(file)
    return {name: tuple(files) for name, files in found.items()}


def _names(title: str) -> Iterator[Words]:
    """The title and the parts that dashes, colons, brackets and years divide it into."""
    parts = [title, *_BREAK.split(title), *re.split(r"\s(?=[«\"“(])", title)]
    parts += [piece for part in parts for piece in _YEARS.split(part) if not piece.isdigit()]
    parts += [piece for part in parts for piece in _of_two_kinds(part)]
    for part in parts:
        name = content_words(_VERSION.sub(" ", _YEARS.sub(" ", part)))
        if _can_name(name):
            yield name
    for part in (title, *_BREAK.split(title)):
        whole = content_words(part)
        if len(" ".join(whole)) >= _SHORTEST_NAME and len(whole) > 1:
            yield whole


def _short_names(title: str) -> Iterator[Words]:
    """What a title is cut down to: before "for", and the master plan's bare name."""
    bare = _VERSION.sub(" ", _YEARS.sub(" ", title))
    first = content_words(_FOR.split(bare, maxsplit=1)[0])
    if len(first) > 1 and _can_name(first):
        yield first
    folded = " ".join(bare.casefold().split())
    for phrase in _master_phrases():
        if phrase in folded:
            yield tuple(word for word in _TOKEN.findall(phrase) if _is_content(word))
    for word in content_words(bare):
        if len(word) >= _SHORTEST_NAME and any(same_word(word, each) for each in _master_words()):
            yield (word,)


def _of_two_kinds(part: str) -> list[str]:
    """ "Corporate Plan and Budget" is called by either; "Kommunale bygg og anlegg" is not."""
    pieces = _AND.split(part)
    return pieces if len(pieces) > 1 and all(_names_kind(piece) for piece in pieces) else []


def _names_kind(text: str) -> bool:
    folded = text.casefold()
    return folded.split()[-1:] == ["act"] or any(word in folded for word in _kind_words())


def content_words(text: str) -> Words:
    """The words of a name that carry it, without the municipality's."""
    for pattern in municipality_patterns():
        text = pattern.sub(" ", text)
    return tuple(word for word in _TOKEN.findall(text.casefold()) if _is_content(word))


def _can_name(name: Words) -> bool:
    """Two words or more, or one that says a kind and of what: `anskaffelsesreglement`."""
    if len("".join(name)) < _SHORTEST_NAME:
        return False
    if len(name) > 1:
        return True
    if any(same_word(name[0], form) for form in FORMS):
        return False
    return any(word in name[0] for word in _kind_words())


def _is_content(word: str) -> bool:
    return word not in _function_words()


@lru_cache(maxsize=1)
def _function_words() -> frozenset[str]:
    return frozenset(" ".join(FUNCTION_WORDS.values()).split())


@lru_cache(maxsize=1)
def _master_words() -> tuple[str, ...]:
    return tuple(
        word for _, level, words in KIND_WORDS for word in words if level == MASTER and " " not in word
    )


@lru_cache(maxsize=1)
def _master_phrases() -> tuple[str, ...]:
    return tuple(word for _, level, words in KIND_WORDS for word in words if level == MASTER and " " in word)


@lru_cache(maxsize=1)
def _kind_words() -> tuple[str, ...]:
    words = {word.strip("^ ") for _, _, words in KIND_WORDS for word in words} | {"plan", "program"}
    return tuple(sorted(word for word in words if len(word) >= _SHORTEST_STEM))
