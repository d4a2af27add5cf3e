"""Words the typesetter itself prints, by language."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.example.typeset.blocks import SourceError


@dataclass(frozen=True, slots=True)
class Words:
    """`hyphenation` names the pattern set used to break words at line ends."""

    contents: str
    page: str
    notes: str
    hyphenation: str


_WORDS = {
    "nb": Words("Innhold", "Side", "Noter", "nb_NO"),
    "nn": Words("Innhald", "Side", "Notar", "nn_NO"),
    "da": Words("Indhold", "Side", "Noter", "da_DK"),
    "sv": Words("Innehåll", "Sida", "Noter", "sv"),
    "en": Words("Contents", "Page", "Notes", "en_GB"),
}


def words(language: str) -> Words:
    """The words of a language, given by its two-letter tag."""
    if language not in _WORDS:
        raise SourceError(f"language {language!r} is not known; use one of {sorted(_WORDS)}")
    return _WORDS[language]
