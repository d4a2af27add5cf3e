"""Two texts in force that mean different things by one term: "a small purchase is one below 10,000", "… 20,000".

Terms are taken from sentences that say what is meant by them. Another text that says what the same term is, in
figures of the same unit, is held against them; what two definitions say in words alone is not judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from assistant.desk.norms import Norm
from assistant.desk.subjects import Subjects, stems
from assistant.desk.tension import Kind, Severity, Tension, made
from assistant.desk.words import desk_words
from assistant.maxims import Maxim
from ingest.plans import Amount, BlockKind
from ingest.quantities import quantities
from ingest.wording import wording

_TERM = 6
"""Words of a term with what introduces it: "by a low-value purchase"."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """A term by its stems, and the limits by which it is told."""

    norm: Norm
    term: frozenset[str]
    limits: frozenset[Amount]


def find(governing: Sequence[Norm], subjects: Subjects) -> Iterator[Tension]:
    meanings = [m for n in governing if (m := meaning(n)) is not None]
    by_term: dict[frozenset[str], list[Meaning]] = {}
    for each in meanings:
        by_term.setdefault(each.term, []).append(each)
    for first, second in (pair for same in by_term.values() for pair in combinations(same, 2)):
        if first.norm.plan is second.norm.plan or not _apart(first, second):
            continue
        a, b = sorted((first.norm, second.norm), key=lambda n: (n.rank, n.statement.statement_id))
        alike = subjects.alike(a.wordy, b.wordy, subjects.meaning(a.statement, b.statement))
        side, maxim = ("a", Maxim.HIGHER_BODY) if a.rank < b.rank else ("unresolved", Maxim.UNRESOLVED)
        yield made(Kind.DEFINITION, a, b, side, maxim, Severity.MEDIUM, alike)


def _apart(first: Meaning, second: Meaning) -> bool:
    units = {a.unit for a in first.limits} & {a.unit for a in second.limits}
    return any(
        {a for a in first.limits if a.unit == unit} != {a for a in second.limits if a.unit == unit}
        for unit in units
    )


def meaning(norm: Norm) -> Meaning | None:
    """The term that a sentence tells the meaning of by a limit; None where it tells none."""
    statement, language = norm.statement, norm.statement.language
    if statement.kind is BlockKind.TABLE_ROW or norm.target is not None:
        return None
    text = statement.text
    patterns = wording(language).find["definition"], desk_words(language).find["is_called"]
    means = next((match for pattern in patterns if (match := pattern.search(text))), None)
    limits = frozenset(q.amount for q in quantities(text, language) if q.amount.low != q.amount.high)
    if means is None or not limits or len(text[: means.start()].split()) > _TERM:
        return None
    rest = text[means.end() :]
    term = frozenset(stems(text[: means.start()], language) | _qualities(text[: means.start()]))
    # A definition gives the class again: "a low-value purchase is a purchase below …".
    again = frozenset(stems(rest, language)) & term
    closed = "definition" in statement.flags or bool(again) or bool(re.match(r"\W*(?:de|dei|those)\b", rest))
    return Meaning(norm, term, limits) if len(term) >= 2 and closed else None


def _qualities(text: str) -> set[str]:
    """Words that are dropped elsewhere because they frame a rule, and here are part of a term: "small", "mindre"."""
    return {word[:5] for word in re.findall(r"[^\W\d_]{4,}", text.lower())}
