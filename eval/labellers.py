"""Where two who labelled the same questions differ, and how far they agree beyond chance."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path

from eval.errors import DatasetError
from eval.labels import FORCE_WORDS, OUTCOME_WORDS, parts, rows_of
from eval.measures.agreement import cohens_kappa
from eval.tables import Row


@dataclass(frozen=True, slots=True)
class Agreement:
    """How two labelled one column: over the questions that both have."""

    column: str
    n: int
    same: int
    kappa: float | None

    def to_json(self) -> dict[str, object]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Difference:
    """One cell that two labellers filled in differently."""

    query_id: str
    column: str
    one: str
    other: str

    def to_json(self) -> dict[str, object]:
        return asdict(self)


_COMPARED = (
    "outcome",
    "plan",
    "version",
    "level",
    "section",
    "authority",
    "force",
    "facts",
    "forbidden",
    "page",
)


def disagreement(one: Path, other: Path) -> tuple[list[Agreement], list[Difference]]:
    """Agreement (Cohen's kappa) column by column, and every cell that differs.

    Raises:
        DatasetError: the two tables have no question in common.
    """
    first, second = _by_id(one), _by_id(other)
    shared = [key for key in first if key in second]
    if not shared:
        raise DatasetError(f"{one} and {other} have no question in common; keep the ids when labelling")
    agreements, differences = [], []
    for column in _COMPARED:
        pairs = [(_same_form(column, first[key]), _same_form(column, second[key])) for key in shared]
        if not any(a or b for a, b in pairs):
            continue
        same = sum(a == b for a, b in pairs)
        kappa = cohens_kappa([a for a, _ in pairs], [b for _, b in pairs])
        agreements.append(Agreement(column, len(pairs), same, kappa))
        differences += [
            Difference(key, column, first[key].get(column, ""), second[key].get(column, ""))
            for key, (a, b) in zip(shared, pairs, strict=True)
            if a != b
        ]
    return agreements, sorted(differences, key=lambda each: shared.index(each.query_id))


def _by_id(path: Path) -> dict[str, Row]:
    return {row.get("id") or f"Q{number:03d}": row for number, row in enumerate(rows_of(path), 1)}


def _same_form(column: str, row: Row) -> str:
    """A cell without differences that mean nothing: case, blanks, order of facts, words for a force."""
    text = " ".join(row.get(column, "").casefold().split())
    if column == "force":
        return FORCE_WORDS.get(text, text)
    if column == "outcome":
        return OUTCOME_WORDS.get(text, text)
    if column in {"facts", "forbidden"}:
        return "; ".join(sorted(parts(row.get(column, "").casefold(), r"[;\n]")))
    return text.replace("§", "").strip()
