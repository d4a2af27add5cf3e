"""How heavy an answer is to read."""

from __future__ import annotations

from eval.words import sentences, words


def lix(text: str) -> float | None:
    """LIX (Björnsson 1968): words per sentence plus the percentage of words over six letters.

    Below 30 is very easy, 40-50 ordinary, above 60 heavy officialese. None of no words.
    """
    found = words(text)
    if not found:
        return None
    long = sum(len(word) > 6 for word in found)
    return len(found) / max(1, len(sentences(text))) + 100 * long / len(found)
