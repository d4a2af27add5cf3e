"""An answer as the contract's JSON has it, read into values. What a system leaves out is simply absent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from eval.measures.outcome import ABSTAINED, ANSWERED


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A quote and where it is said to stand; the governing plan and the authority have the same shape."""

    plan_id: str
    version: str | None
    level: int | None
    section: str | None
    file: str
    page: int | None
    quote: str
    title: str = ""
    role: str = "supports"
    marker: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Retrieved:
    """A passage in the order it was retrieved."""

    plan_id: str
    file: str
    page: int | None
    level: int | None
    score: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What an assistant gave for one question."""

    outcome: str
    text: str
    force: str | None
    governing: Citation | None
    authority: Citation | None
    citations: tuple[Citation, ...]
    passages: tuple[Retrieved, ...]
    notices: tuple[str, ...]
    confidence: float | None
    """How sure the assistant was, as it says itself, else the best passage's score; None without either."""

    @property
    def answers(self) -> bool:
        return self.outcome == ANSWERED

    @property
    def roles(self) -> dict[int, str]:
        return {each.marker: each.role for each in self.citations}


def answer_from(given: Mapping[str, object]) -> Answer:
    """Reads an answer; an unknown outcome is an abstention only where no text came with it."""
    text = _text(given.get("answer"))
    passages = tuple(passage_from(each) for each in _mappings(given.get("passages")))
    outcome = _text(given.get("outcome")) or (ANSWERED if text else ABSTAINED)
    return Answer(
        outcome=outcome,
        text=text,
        force=_text(given.get("force")) or None,
        governing=_citation(given.get("governing"), "governing"),
        authority=_citation(given.get("authority"), "authority"),
        citations=tuple(
            each for row in _mappings(given.get("citations")) if (each := _citation(row, "supports"))
        ),
        passages=passages,
        notices=tuple(_text(each) for each in _list(given.get("notices"))),
        confidence=_confidence(given, passages),
    )


def passage_from(row: Mapping[str, object]) -> Retrieved:
    return Retrieved(
        plan_id=_text(row.get("plan_id")),
        file=_text(row.get("file")),
        page=_integer(row.get("page")),
        level=_integer(row.get("level")),
        score=_number(row.get("score")) or 0.0,
        text=_text(row.get("text")),
    )


def _citation(row: object, role: str) -> Citation | None:
    if not isinstance(row, dict) or not row.get("plan_id"):
        return None
    return Citation(
        plan_id=_text(row.get("plan_id")),
        version=_text(row.get("version")) or None,
        level=_integer(row.get("level")),
        section=_text(row.get("section")) or None,
        file=_text(row.get("file")),
        page=_integer(row.get("page")),
        quote=_text(row.get("quote")),
        title=_text(row.get("title")),
        role=_text(row.get("role")) or role,
        marker=_integer(row.get("marker")) or 0,
    )


def _confidence(given: Mapping[str, object], passages: tuple[Retrieved, ...]) -> float | None:
    stated = _number(given.get("confidence"))
    if stated is not None:
        return stated
    return max((each.score for each in passages), default=None)


def _text(value: object) -> str:
    return value if isinstance(value, str) else "" if value is None else str(value)


def _integer(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _mappings(value: object) -> list[Mapping[str, object]]:
    return [each for each in _list(value) if isinstance(each, dict)]
