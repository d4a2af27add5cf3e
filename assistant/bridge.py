"""A question's words as the field's own words, also in another language.

"How many quotes" becomes "pristilbud, prisforespørsel …" for Norwegian text, "printeren" becomes "skriver". The
vocabulary is ours (`vocabulary/`); what it does not know is left to the vectors.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from assistant.retrieve import near
from assistant.vocabulary import LANGUAGES, load

_LABELS = 3
"""Of each concept the first labels: the later ones are rarer and would drown them."""

_WORD = re.compile(r"[^\W_]+")


def bridges(query: str, language: str, languages: Iterable[str]) -> dict[str, str]:
    """For each of `languages` not near the question's: the labels of the concepts it names.

    Languages that the vocabulary does not have are left out.
    """
    foreign = [spoken for spoken in languages if spoken in LANGUAGES and not near(language, spoken)]
    if not foreign:
        return {}
    vocabulary = load()
    found = vocabulary.concepts_in(_WORD.findall(query))
    return {spoken: _labels(found, spoken) for spoken in foreign}


@lru_cache(maxsize=256)
def _labels(concept_ids: tuple[str, ...], language: str) -> str:
    vocabulary = load()
    return " ".join(
        label for name in concept_ids for label in vocabulary.concepts[name].labels(language)[:_LABELS]
    )
