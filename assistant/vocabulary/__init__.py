"""What Nordic municipalities buy, how they buy it and how they plan: words of five languages by concept.

The tables beside this file hold one concept a row, with its broader concept and its labels
(README.md describes the columns). Asked about a text's words, the vocabulary names the concepts
it finds there and how other languages say them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import Stemmer

from ingest.language_words import FUNCTION_WORDS

LANGUAGES = ("nb", "nn", "en", "sv", "da")

_COLUMNS = ("id", "broader", "kind", "cpv", *LANGUAGES, "informal")
# Snowball has one stemmer for both written forms of Norwegian.
_STEMMERS = {"nb": "norwegian", "nn": "norwegian", "en": "english", "sv": "swedish", "da": "danish"}
# A stemmer that takes more takes part of the word: "kommuneloven" -> "kommun", "elevator" -> "elev".
_LONGEST_ENDING = {"norwegian": 4, "swedish": 4, "danish": 4, "english": 3}
# So short a stem is another word, unless only a vowel went: "saks" -> "sak", but "kake" -> "kak".
_SHORTEST_STEM = 4
# No label that people put in a question is longer; longer ones are found by `concepts_named`.
_LONGEST_PHRASE = 4
# One language's little word is another's noun: "is" is ice, "and" is a duck.
_LITTLE_WORDS = frozenset(word for language in LANGUAGES for word in FUNCTION_WORDS[language].split()) | {
    *("skrive", "skriva"),  # to write; the stem is that of "skriver", a printer
    "put",  # the stem of "pute", a pillow
    "tre",  # three, far oftener than a tree
}
_MARKS = "-‐–'’´`./,()&+:?!\"«»“”"

Index = Mapping[str, tuple[str, ...]]
"""From a written or stemmed label, its marks and spaces taken out, to ids of concepts."""
Stem = Callable[[str], str]
Stems = Mapping[str, Stem]
"""From a stemmer's name to what gives a word's stem."""


@dataclass(frozen=True, slots=True)
class Concept:
    """One row; `cells` are its labels as written, in the order of LANGUAGES, then the informal ones."""

    concept_id: str
    broader_id: str  # "" at the top
    kind: str  # goods, service, works, procurement or planning
    cpv: str  # "" where the code is not certain
    cells: tuple[str, ...]

    def labels(self, language: str) -> tuple[str, ...]:
        """The preferred label first; empty where none is known."""
        return _split(self.cells[LANGUAGES.index(language)])

    def informal(self) -> tuple[tuple[str, str], ...]:
        """Everyday words, each with its language: "" for a name that all of them use."""
        parted = (word.partition("@") for word in _split(self.cells[-1]))
        return tuple((word, language) for word, _, language in parted)


class Vocabulary:
    """The concepts, and the ways from a text's words to them."""

    def __init__(self, concepts: Iterable[Concept]) -> None:
        self.concepts: Mapping[str, Concept] = {c.concept_id: c for c in concepts}
        self._by_label = _by_label(self.concepts.values())

    @cached_property
    def _by_stem(self) -> Mapping[str, Index]:
        """One index for each stemmer; built at the first question."""
        return _by_stem(self.concepts.values())

    def concepts_named(self, label: str) -> tuple[str, ...]:
        """The concepts with this very label, however it is cased, spaced or hyphenated."""
        return self._by_label.get(_key(label), ())

    def concepts_in(self, words: Sequence[str]) -> tuple[str, ...]:
        """The concepts that the words name, in order; a longer phrase hides the shorter ones in it."""
        spoken = [key for word in words if (key := _key(word.strip(";")))]
        stems = _stems()
        found: dict[str, None] = {}
        at = 0
        while at < len(spoken):
            end = min(at + _LONGEST_PHRASE, len(spoken))
            while end > at and not (here := self._named(spoken[at:end], stems)):
                end -= 1
            found.update(dict.fromkeys(here))
            at = max(end, at + 1)
        return tuple(found)

    def expand(self, words: Sequence[str], to_languages: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """For each concept that the words name: its labels, then those of its broader concept."""
        languages = tuple(to_languages)
        return {concept_id: self._labels(concept_id, languages) for concept_id in self.concepts_in(words)}

    def _labels(self, concept_id: str, languages: Sequence[str]) -> tuple[str, ...]:
        concept = self.concepts[concept_id]
        lineage = [concept, *filter(None, [self.concepts.get(concept.broader_id)])]
        return tuple(dict.fromkeys(label for c in lineage for lang in languages for label in c.labels(lang)))

    def _named(self, phrase: Sequence[str], stems: Stems) -> tuple[str, ...]:
        """As written if it is a label so; else inflected, or a compound written apart ("kontor stoler")."""
        joined = "".join(phrase)
        if joined in _LITTLE_WORDS or len(joined) < 2:
            return ()
        if written := self._by_label.get(joined):
            return written
        found: dict[str, None] = {}
        for name, index in self._by_stem.items():
            for key in dict.fromkeys(("".join(map(stems[name], phrase)), stems[name](joined))):
                # The second: "skrivarar" has the stem "skrivar", whose own stem is "skriv".
                found.update(dict.fromkeys(index.get(key) or self._by_label.get(key, ())))
        return tuple(found)


@cache
def load() -> Vocabulary:
    """The packaged tables, read once."""
    return Vocabulary(row for path in sorted(Path(__file__).parent.glob("*.tsv")) for row in _rows(path))


def _rows(path: Path) -> Iterator[Concept]:
    header, *lines = path.read_text(encoding="utf-8").splitlines()
    if tuple(header.split("\t")) != _COLUMNS:
        raise ValueError(f"{path.name}: the first line must name the columns {', '.join(_COLUMNS)}")
    for number, line in enumerate(lines, start=2):
        concept_id, broader_id, kind, cpv, *cells = line.split("\t")
        if len(cells) != len(LANGUAGES) + 1:
            raise ValueError(f"{path.name}, line {number}: must hold {len(_COLUMNS)} cells with tabs between")
        yield Concept(concept_id, broader_id, kind, cpv, tuple(cells))


def _split(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("; ")) if cell else ()


def _key(text: str) -> str:
    """Cased, spaced and hyphenated alike; a cell's own marks, ";" and "@", stay."""
    return _without(_MARKS + " ", "", text)


def _without(marks: str, instead: str, text: str) -> str:
    text = text.casefold()
    for mark in marks:
        text = text.replace(mark, instead)
    return text


def _stems() -> Stems:
    """Made anew for each caller: a stemmer may not serve two threads at once."""
    return {name: _stem(name) for name in _LONGEST_ENDING}


def _stem(name: str) -> Stem:
    stemmer, longest = Stemmer.Stemmer(name, 0), _LONGEST_ENDING[name]

    def stem(word: str) -> str:
        short: str = stemmer.stemWord(word)
        ending = word[len(short) :]
        if len(ending) > longest:
            return word.removesuffix("s")
        return word if len(short) < _SHORTEST_STEM and ending not in {"", "e", "a"} else short

    return stem


def _by_label(concepts: Collection[Concept]) -> Index:
    # One pass over the joined cells: a pass over each would take most of the time of loading.
    keyed = _key("\n".join(";".join(concept.cells) for concept in concepts)).splitlines()
    found: dict[str, tuple[str, ...]] = {}
    for concept, keys in zip(concepts, keyed, strict=True):
        for key in {word.partition("@")[0] for word in keys.split(";")}:
            found[key] = (*found.get(key, ()), concept.concept_id)
    found.pop("", None)
    return found


def _by_stem(concepts: Iterable[Concept]) -> Mapping[str, Index]:
    stems = _stems()
    found: dict[str, dict[str, dict[str, None]]] = {name: {} for name in stems}
    inflected = [(concept.concept_id, *named) for concept in concepts for named in _inflected(concept)]
    spaced = _without(_MARKS, " ", "\n".join(label for *_, label in inflected)).splitlines()
    for (concept_id, name, _), label in zip(inflected, spaced, strict=True):
        stem, parts = stems[name], label.split()
        for key in {"".join(map(stem, parts)), stem("".join(parts))}:
            found[name].setdefault(key, {})[concept_id] = None
    return {name: {key: tuple(ids) for key, ids in index.items()} for name, index in found.items()}


def _inflected(concept: Concept) -> Iterator[tuple[str, str]]:
    """Stemmer and label; abbreviations and names in capitals are not inflected."""
    for language, cell in zip(LANGUAGES, concept.cells, strict=False):
        yield from ((_STEMMERS[language], label) for label in _split(cell))
    for word, language in concept.informal():
        names = [_STEMMERS[language]] if language else list(_LONGEST_ENDING)
        if not word.isupper():
            yield from ((name, word) for name in names)
