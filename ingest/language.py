"""Which language a text is written in, also when the text is one short question.

Function words and letters decide first; the statistical model is asked only where they leave two
languages close, and is loaded then. `und` stands for a text with no words in it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from functools import lru_cache

from ingest.language_words import FUNCTION_WORDS, SPELLINGS

UNDETERMINED = "und"

_ENOUGH_TEXT = 4_000
"""Letters; a page says as much about its language as the whole plan."""
_SURE_LEAD = 2.0
"""Words' worth that the best must lead by for the model not to be asked."""
_SPELLING_WEIGHT = 0.6
"""Against a function word that only one language has; spellings also occur in names."""
_MODEL_WEIGHT = 0.15
"""Per unit of log-likelihood: ten units, a clear verdict of the model, weigh a word and a half."""
_FIRST_GUESS = 0.6
"""For the first candidate, or bokmål: a question that is also good Danish is rarely Danish here."""
_MODEL_CODES = {"no": "nb"}

_WORD = re.compile(r"[^\W\d_]+")


def detect(text: str, candidates: Collection[str] | None = None) -> str:
    """The language code of a text: nb, nn, sv, da, en, de … or `und`.

    With `candidates` one of them is always returned, the first when nothing speaks for any.
    """
    allowed = tuple(dict.fromkeys(candidates or ()))
    if len(allowed) == 1:
        return allowed[0]
    words = _WORD.findall(unicodedata.normalize("NFC", text[:_ENOUGH_TEXT]).lower())
    if not words:
        return allowed[0] if allowed else UNDETERMINED
    scores = _word_scores(words)
    home = allowed[0] if allowed else "nb"
    scores[home] = scores.get(home, 0.0) + _FIRST_GUESS
    ranked = _ranked(scores, allowed)
    if len(ranked) > 1 and ranked[0][1] - ranked[1][1] >= _SURE_LEAD:
        return ranked[0][0]
    model = _model_scores(" ".join(words))
    codes = allowed or (*scores, *(code for code in model if code not in scores))
    least = min(model.values())
    both = {code: scores.get(code, 0.0) + model.get(code, least) * _MODEL_WEIGHT for code in codes}
    return _ranked(both, allowed)[0][0]


def _ranked(scores: Mapping[str, float], allowed: tuple[str, ...]) -> list[tuple[str, float]]:
    codes = allowed or tuple(scores)
    pairs = [(code, scores.get(code, 0.0)) for code in codes]
    return sorted(pairs, key=lambda pair: -pair[1])


def _word_scores(words: list[str]) -> dict[str, float]:
    scores = dict.fromkeys(FUNCTION_WORDS, 0.0)
    weights = _weights()
    for word in words:
        for code, weight in weights.get(word, ()):
            scores[code] += weight
    joined = " ".join(words)
    for pattern, codes in _spellings():
        hits = min(len(pattern.findall(joined)), 1 + len(words) // 6)
        for code in codes:
            scores[code] += hits * _SPELLING_WEIGHT / len(codes) ** 0.5
    return scores


@lru_cache(maxsize=1)
def _weights() -> dict[str, tuple[tuple[str, float], ...]]:
    """Word -> what it says for each language: the fewer languages share it, the more."""
    holders: dict[str, list[str]] = {}
    for code, words in FUNCTION_WORDS.items():
        for word in set(words.split()):
            holders.setdefault(word, []).append(code)
    return {
        word: tuple((code, 2.0 / len(codes) ** 0.75) for code in codes) for word, codes in holders.items()
    }


@lru_cache(maxsize=1)
def _spellings() -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    return tuple((re.compile(pattern), codes) for pattern, codes in SPELLINGS)


def _model_scores(text: str) -> dict[str, float]:
    """Log-likelihoods, the best language at 0."""
    import py3langid

    ranked = py3langid.rank(text)
    best = max(score for _, score in ranked)
    return {_MODEL_CODES.get(code, code): float(score - best) for code, score in ranked}
