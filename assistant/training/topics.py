"""What a text is about, by the vocabulary's concepts, and how a topic is called."""

from __future__ import annotations

import re

from assistant import vocabulary

_WORD = re.compile(r"[^\W\d_]+")
_GENERAL = frozenset({"procurement", "purchase-order", "supplier", "contract"})
"""Concepts that nearly every rule names: a topic only where there is no other."""
_KINDS = {"goods": 1.0, "works": 1.0, "service": 0.9, "procurement": 0.6, "planning": 0.5}
_WHO = frozenset({"municipal-bodies", "municipal-administration"})


def topic_of(*texts: str) -> str:
    """The id of the concept that texts are about, the first text counting most; empty where none is named.

    Concepts of one group speak for each other, so that a word with two meanings does not decide alone; goods
    and works come before procedure.
    """
    words = vocabulary.load()
    votes: dict[str, float] = {}
    first: dict[str, str] = {}
    for place, text in enumerate(texts):
        for concept_id in words.concepts_in(_WORD.findall(text.lower())):
            group = top_of(concept_id)
            weight = (
                0.2 if concept_id in _GENERAL or group in _WHO else _KINDS[words.concepts[concept_id].kind]
            )
            votes[group] = votes.get(group, 0.0) + weight / (1 + place / 2)
            first.setdefault(group, concept_id)
    best = max(votes, key=lambda group: (votes[group], group), default=None)
    return first[best] if best is not None else ""


def top_of(concept_id: str) -> str:
    """The broadest concept above one."""
    words = vocabulary.load()
    seen = {concept_id}
    while (above := words.concepts[concept_id].broader_id) and above in words.concepts and above not in seen:
        concept_id = above
        seen.add(above)
    return concept_id


def group_name(concept_id: str, language: str) -> str:
    """The name of a topic's broadest concept, for a table of what is covered; empty for no topic."""
    return (
        topic_name(top_of(concept_id), language) if concept_id in vocabulary.load().concepts else concept_id
    )


def topic_name(concept_id: str, language: str) -> str:
    concept = vocabulary.load().concepts.get(concept_id)
    if concept is None:
        return concept_id
    spoken = language if language in vocabulary.LANGUAGES else "en"
    labels = concept.labels(spoken) or concept.labels("en")
    return labels[0] if labels else concept_id
