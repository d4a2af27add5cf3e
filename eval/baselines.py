"""What any assistant must beat: the plan of the top passage, of the highest level, of the newest date.

Each is a search turned into an answerer of the same shape as the assistant. The two naive authorities fail
by construction: the highest level where a lower plan tightens or specifies, the newest where a draft or a
handbook is younger than the rule.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from eval.measures.outcome import ABSTAINED, ANSWERED
from eval.run import Answerer, Search
from eval.standing import Standings
from eval.words import sentences
from ingest.fold import folded_text

Passage = Mapping[str, object]
Choice = Callable[[Sequence[Passage]], Passage]
"""Which of the retrieved passages governs."""

CONSIDERED = 10
"""Passages among which a naive authority chooses."""

_FORCES = (
    ("prohibition", r"skal ikke|skal ikkje|ska inte|må ikke|må ikkje|får inte|kan ikke|kan ikkje|"
                    r"ikke tillatt|forbud\w*|shall not|must not|may not|prohibited"),
    ("obligation", r"skal|ska|må|måste|plikt\w*|krav\w*|shall|must|required"),
    ("recommendation", r"bør|bör|anbefal\w*|should|recommend\w*"),
    ("target", r"mål|målet|innen 20\d\d|innan 20\d\d|target|by 20\d\d"),
    ("permission", r"kan|får|may|can"),
)  # fmt: skip


def top_passage(search: Search) -> Answerer:
    """Takes the top passage's plan for governing, whatever it is."""
    return _answerer(search, lambda passages: passages[0], considered=1)


def highest_level_wins(search: Search, standings: Mapping[str, Standings]) -> Answerer:
    """Lex superior applied blindly: the highest level among the top ten; of equal ones the best ranked."""

    def choose_for(folder: str) -> Choice:
        known = standings.get(folder)
        return lambda passages: min(passages, key=lambda each: _level(each, known))

    return _answerer_by_folder(search, choose_for)


def newest_wins(search: Search, standings: Mapping[str, Standings]) -> Answerer:
    """Lex posterior applied blindly: the latest date among the top ten, draft or not."""

    def choose_for(folder: str) -> Choice:
        known = standings.get(folder)
        return lambda passages: max(passages, key=lambda each: _date(each, known))

    return _answerer_by_folder(search, choose_for)


def _level(passage: Passage, standings: Standings | None) -> int:
    level = passage.get("level")
    if isinstance(level, int):
        return level
    found = standings.level(str(passage.get("plan_id"))) if standings else None
    return 99 if found is None else found


def _date(passage: Passage, standings: Standings | None) -> int:
    return standings.adopted(str(passage.get("plan_id"))).toordinal() if standings else 0


def _answerer_by_folder(search: Search, choose_for: Callable[[str], Choice]) -> Answerer:
    def answer(question: dict[str, object]) -> Mapping[str, object]:
        choose = choose_for(str(question.get("folder") or ""))
        return _answerer(search, choose, considered=CONSIDERED)(question)

    return answer


def _answerer(search: Search, choose: Choice, *, considered: int) -> Answerer:
    def answer(question: dict[str, object]) -> Mapping[str, object]:
        passages = list(search(question, CONSIDERED))
        if not passages:
            return {"outcome": ABSTAINED, "answer": "", "citations": [], "passages": []}
        return _as_answer(question, choose(passages[:considered]), passages)

    return answer


def _as_answer(
    question: Mapping[str, object], chosen: Passage, passages: Sequence[Passage]
) -> Mapping[str, object]:
    """The chosen passage told word for word, in the contract's form."""
    text = str(chosen.get("text") or "").strip()
    cited = {key: chosen.get(key) for key in _CITED}
    return {
        "schema": 1,
        "id": question.get("id"),
        "question": question.get("question"),
        "as_of": question.get("as_of"),
        "outcome": ANSWERED,
        "answer": " ".join(f"{sentence} [1]" for sentence in sentences(folded_text(text))),
        "force": force_of(text),
        "governing": {**cited, "quote": text},
        "authority": None,
        "citations": [{"marker": 1, **cited, "quote": text, "role": "governing"}],
        "passages": list(passages),
        "notices": [],
        "composer": "extractive",
    }


_CITED = ("plan_id", "version", "level", "section", "file", "page", "title")


def force_of(text: str) -> str:
    """The strongest modal word of a text; `information` where there is none."""
    for force, pattern in _FORCES:
        if re.search(rf"\b(?:{pattern})\b", text, re.IGNORECASE):
            return force
    return "information"
