"""The municipality's levels as one answer lights them. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.web.given import JsonObject, code, mapping, objects, text
from assistant.web.texts import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class StepView:
    """`state`: governing, authority, leading, speaks or silent."""

    rank: int
    name: str
    state: str
    says: str
    documents: tuple[tuple[str, str], ...]
    """Title and language of the texts that make the step what it is."""


def ladder(answer: JsonObject, levels: Sequence[JsonObject], texts: Texts) -> tuple[StepView, ...]:
    """A step for every level; more than one may decide where a whole purchase has many rules."""
    cited = objects(answer.get("citations"))
    return tuple(_step(level, answer, cited, texts) for level in levels)


def _step(level: JsonObject, answer: JsonObject, cited: Sequence[JsonObject], texts: Texts) -> StepView:
    rank = int(level["rank"])
    here = [citation for citation in cited if citation.get("level") == rank]
    state = _state(rank, answer, here)
    return StepView(
        rank=rank,
        name=text(level.get("name")),
        state=state,
        says=_says(state, here, texts),
        documents=_documents(state, rank, answer, here),
    )


def _state(rank: int, answer: JsonObject, here: Sequence[JsonObject]) -> str:
    roles = {str(citation.get("role")) for citation in here}
    answered = answer.get("outcome") == "answered"
    if mapping(answer.get("governing")).get("level") == rank or (answered and "governing" in roles):
        return "governing" if answered else "leading"
    if mapping(answer.get("authority")).get("level") == rank or "authority" in roles:
        return "authority"
    return "speaks" if here else "silent"


def _documents(
    state: str, rank: int, answer: JsonObject, here: Sequence[JsonObject]
) -> tuple[tuple[str, str], ...]:
    """Each once; the answer's own governing text first."""
    role = "authority" if state == "authority" else "governing"
    if state not in ("governing", "leading", "authority"):
        return ()
    languages = {text(c.get("title")): code(c.get("language")) for c in here}
    named = [text(c.get("title")) for c in here if c.get("role") == role]
    own = mapping(answer.get(role))
    if own.get("level") == rank:
        named.insert(0, text(own.get("title")))
    return tuple((title, languages.get(title, "")) for title in dict.fromkeys(filter(None, named)))


def _says(state: str, here: Sequence[JsonObject], texts: Texts) -> str:
    if state != "speaks":
        return texts(f"ladder.{state}")
    count = len({str(citation.get("plan_id")) for citation in here})
    return texts("ladder.speaks_one") if count == 1 else texts("ladder.speaks_many", count=count)
