"""Answers that a person has checked, for the chat to offer first when a question means the same."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant import vocabulary
from assistant.answers import Answer, Outcome, Role
from assistant.training.items import Item, Kind, State
from ingest.quantities import quantities
from ingest.wording import wording

AGREED = 0.92
"""Cosine between two questions from which they mean the same where the assistant, asked the one, is led to the
place that answers the other. Paraphrases lie above .92 with the default encoder, other questions below .90."""
ALONE = 0.965
"""The same where the assistant found nothing: near questions of other things ("the packaging", "the furniture")
reach .95."""
_ANSWERS = frozenset({Kind.SINGLE_CHOICE, Kind.WHO_SIGNS, Kind.CASE, Kind.WHICH_LEVEL})
"""Kinds whose key answers a question that somebody might ask."""
_THINGS = frozenset({"goods", "works", "service"})
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """An approved item that answers a question, checked by a role on a day."""

    item: Item
    likeness: float
    role: str
    on: date | None

    def to_json(self) -> dict[str, Any]:
        return {
            "item_id": self.item.item_id,
            "answer": self.item.answer,
            "explanation": self.item.explanation,
            "quotes": self.item.to_json()["quotes"],
            "verified_by": self.role,
            "verified_on": self.on and self.on.isoformat(),
            "likeness": round(self.likeness, 4),
        }


class VerifiedAnswers:
    """Approved items by what they answer. Vectors of their questions are kept while the items stay the same."""

    def __init__(self, encode: Callable[[str], npt.NDArray[np.float32]]) -> None:
        """`encode` gives a question its vector of length 1."""
        self._encode = encode
        self._vectors: dict[str, npt.NDArray[np.float32]] = {}
        self._lock = threading.Lock()

    def answer(
        self,
        question: str,
        language: str,
        items: Sequence[Item],
        *,
        is_stale: Callable[[Item], bool],
        ask: Callable[[], Answer],
    ) -> Verified | None:
        """The approved and not stale item whose question means the same and names the same facts.

        `ask` gives the assistant's own answer; it is called only where a question comes near.
        """
        asked = [(text, item) for item in items if _may_answer(item, language) for text in item.asked]
        if not asked:
            return None
        vector = self._encoded([question])[0]
        scores = np.stack(self._encoded([text for text, _ in asked])) @ vector
        own: Answer | None = None
        for place in np.argsort(-scores, kind="stable"):
            score, (text, item) = float(scores[place]), asked[int(place)]
            if score < AGREED:
                return None
            if not same_facts(question, text, language):
                continue
            own = own or ask()
            if score >= _needed(item, own) and not is_stale(item):
                return Verified(item=item, likeness=score, role=item.verified_by, on=item.verified_on)
        return None

    def _encoded(self, texts: Sequence[str]) -> list[npt.NDArray[np.float32]]:
        with self._lock:
            for text in texts:
                if text not in self._vectors:
                    self._vectors[text] = self._encode(text)
            return [self._vectors[text] for text in texts]


def _may_answer(item: Item, language: str) -> bool:
    return item.state is State.APPROVED and item.language == language and item.kind in _ANSWERS


def _needed(item: Item, own: Answer) -> float:
    """How alike the questions must be: the less, the more the assistant's own answer agrees."""
    governing = own.cited(Role.GOVERNING)
    if own.outcome is not Outcome.ANSWERED or governing is None or not item.key_statements:
        return ALONE
    places = {(b.plan_id, b.section) for b in item.key_statements}
    here = (governing.source.plan_id, governing.source.section)
    return AGREED if here in places else 2.0


def same_facts(question: str, other: str, language: str) -> bool:
    """Whether two questions name the same amounts and things, and both or neither say "not"."""
    return _facts(question, language) == _facts(other, language)


def _facts(text: str, language: str) -> tuple[frozenset[tuple[float, str]], frozenset[str], bool]:
    amounts = frozenset((q.value, q.amount.unit) for q in quantities(text, language))
    words = vocabulary.load()
    named = words.concepts_in(_WORD.findall(text.lower()))
    things = frozenset(c for c in named if words.concepts[c].kind in _THINGS)
    return amounts, things, wording(language).find["negation"].search(text) is not None
