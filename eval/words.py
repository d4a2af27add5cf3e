"""Words, sentences and clauses of an answer, in Norwegian, Swedish, Danish and English. Pure.

Nothing here is shared with the assistant: whoever judges must not lean on what is judged.
"""

from __future__ import annotations

import re
from functools import lru_cache

from ingest.fold import folded_text

_WORD = re.compile(r"\w+")
_SENTENCE_END = re.compile(
    r"(?<=[.!?…])[”\"»’)]*(?:\s*\[\d{1,3}(?:\s*[,;]\s*\d{1,3})*\])*\s+(?=[\"«“(*_]*[A-ZÆØÅÄÖÉ0-9§£€])"
)
"""A citation marker after the full stop belongs to the sentence before it."""
_ABBREVIATION = re.compile(
    r"(?:\b(?:nr|kr|kl|jf|jfr|bl\.a|f\.eks|t\.d|o\.l|m\.m|mv|ca|inkl|ekskl|exkl|pkt|kap|s|p|no|e\.g|i\.e|"
    r"etc|incl|excl|vs|mill|milj|mrd|art|ev|evt|dvs|d\.v\.s|t\.ex|bl|st|pst)|\b[A-ZÆØÅ]|(?:^|\s)\d{1,2})\.$",
    re.IGNORECASE,
)
_LIST_MARK = re.compile(r"^\s*(?:[-*•–]|\d{1,2}[.)]|[a-z]\))\s+")
_MARKER = re.compile(r"\[(\d{1,3}(?:\s*[,;]\s*\d{1,3})*)\]")
_CLAUSE_END = re.compile(r"[,;:()–—]|\b(?:men|mens|but|while|whereas|however|utan att|dock)\b", re.IGNORECASE)


def word_set(listed: str) -> frozenset[str]:
    """The words of a list written as running text."""
    return frozenset(listed.split())


FUNCTION_WORDS = word_set(
    # English
    "a an the of to in on at for and or is are was were be been being it its this that these those as by "
    "with from can may will would has have had do does did not no you your they their them he she his her i "
    "we our us who which whom what when where how there than then so such also more most some any each if "
    "but about into over between both other only very just like one should could must shall "
    # Norwegian, Danish
    "og eller av på til fra ved om som det den de dette disse en et ei ett ein eit er var være vere blir ble "
    "har hadde kan skal må bør vil for med i at å ikke ikkje ei ingen hvis dersom når der da så men også seg "
    "sin sitt sine jeg eg du vi dere dei hun han hva kva hvor kor hvem kven hvilke kva ved etter under over "
    "før mot mellom bare alle noe noen noko nokon af fra jeg ikke skal må bør hvad hvornår hvor "
    # Swedish
    "och eller av på till från vid om som det den de detta dessa en ett är var vara blir har hade kan ska "
    "skall måste bör vill för med i att inte ej om när där då så men också sig sin sitt sina jag du vi ni "
    "hon han vad hur vem vilka vilken efter under över före mot mellan bara alla något några"
)

_ENDINGS = (
    "elsene", "ingene", "hetene", "erne", "arna", "orna", "erna", "ane", "ene", "ande", "ende", "ing", "ene",
    "ers", "ens", "ets", "ers", "ies", "ed", "es", "er", "ar", "or", "en", "et", "ei", "na", "ne", "te", "de",
    "a", "e", "s", "n", "t",
)  # fmt: skip
_SHORTEST_STEM = 4


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """The word without one inflectional ending, cut the same way in all four languages."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)]
    return word


@lru_cache(maxsize=16_384)
def words(text: str) -> tuple[str, ...]:
    """Words and numbers, folded and in lower case, in order."""
    return tuple(_WORD.findall(folded_text(text).casefold()))


def content_stems(text: str) -> list[str]:
    """Stems of the words that carry meaning, in order."""
    return [stem(word) for word in words(text) if word not in FUNCTION_WORDS]


def content_words(text: str) -> set[str]:
    """The words that carry meaning, as written, in lower case."""
    return {word for word in words(text) if word not in FUNCTION_WORDS}


def sentences(text: str) -> list[str]:
    """Sentences and list items, without their list marks; citation markers stay on their sentence."""
    found: list[str] = []
    for line in text.splitlines():
        bare = _LIST_MARK.sub("", line.strip().strip("|").lstrip("#> "))
        found.extend(_split(bare))
    return [sentence for sentence in found if _WORD.search(sentence)]


def _split(line: str) -> list[str]:
    parts: list[str] = []
    start = 0
    for match in _SENTENCE_END.finditer(line):
        if not _ABBREVIATION.search(line[start : match.start()]):
            parts.append(line[start : match.end()].strip())
            start = match.end()
    parts.append(line[start:].strip())
    return parts


def clauses(sentence: str) -> list[str]:
    """The sentence cut at commas, semicolons, dashes and words of contrast."""
    return [part for part in _CLAUSE_END.split(sentence) if _WORD.search(part)]


def markers(text: str) -> tuple[int, ...]:
    """The citation markers in a text, in order: `[1][2]` or `[1, 2]`."""
    return tuple(int(number) for group in _MARKER.findall(text) for number in re.findall(r"\d+", group))


def without_markers(text: str) -> str:
    return _MARKER.sub("", text)


_ENGLISH = word_set(
    "the of and is are was were must shall should would will with by not be been you your need up it this that "
    "these buy only have has had may sign from she he they their which who another each any when where how"
)
_NORDIC = word_set(
    "og och som skal ska må til till av på er är ikke inte ikkje det den kan bør ikkje ein eit fra från"
)


@lru_cache(maxsize=4_096)
def is_english(text: str) -> bool:
    """Whether a text is English rather than Scandinavian: `to` is two in one, a preposition in the other."""
    found = set(words(text))
    return len(found & _ENGLISH) > len(found & _NORDIC)
