"""`plans conflicts`: where the plans pull apart. Pure over what was read and the vectors of the index.

Candidates are pairs whose meaning is near; what then counts as one subject, and as a tension, is decided by rules.
Of several pairs that say the same thing of the same two plans the clearest is kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np

from assistant.desk import crossings, references, responsible
from assistant.desk import definitions as meanings
from assistant.desk.norms import Norm, asking, definitions, norms
from assistant.desk.subjects import Alike, Subjects, Vectors
from assistant.desk.tension import (
    CLOSE_IN_MEANING,
    SAME_SENTENCE,
    SAME_SUBJECT,
    Kind,
    Severity,
    Tension,
    about_one_thing,
)
from assistant.desk.tensions import against_text_not_in_force, in_force, translated
from assistant.library import Library
from ingest.plans import BlockKind
from ingest.search_files import SearchFiles

_CANDIDATE = CLOSE_IN_MEANING
"""Nearness in meaning from which a pair is looked at: of the statements of a plan set one pair in ten."""
_BLOCK = 512
_ONE_MATTER = 0.65
"""Cosine of weighed words from which two findings of the same plans are one."""
_TRANSLATION = 0.9
_SEVERITIES = (Severity.HIGH, Severity.MEDIUM, Severity.LOW)


def tensions(library: Library, files: SearchFiles, as_of: date) -> list[Tension]:
    """Every tension between two texts on a day, the gravest first."""
    every = norms(library, as_of)
    subjects = Subjects(files, [n.statement for n in every])
    found = [
        *_between(asking(every), subjects),
        *crossings.find(every, subjects),
        *references.stale(every, library, as_of),
        *responsible.find([n for n in every if n.governs], subjects),
        *meanings.find([n for n in (*definitions(library, as_of), *every) if n.governs], subjects),
    ]
    order = {plan.plan_id: place for place, plan in enumerate(library.register.plans)}
    return sorted(
        _clearest(found, subjects),
        key=lambda t: (_SEVERITIES.index(t.severity), t.a.rank, order[t.a.plan.plan_id], -t.score),
    )


def _between(spoken: Sequence[Norm], subjects: Subjects) -> Iterator[Tension]:
    vectors = subjects.vectors([n.statement for n in spoken])
    partners = _partners(spoken, vectors, subjects)
    for i, j, meaning in _candidates(spoken, vectors, subjects):
        a, b = _ordered(spoken[i], spoken[j])
        alike = subjects.alike(a.wordy, b.wordy, meaning)
        found: Tension | None = None
        if a.plan is b.plan:
            found = translated(a, b, alike) if partners.get(i) == j and partners.get(j) == i else None
        elif a.governs and b.governs:
            found = in_force(a, b, alike)
        elif a.governs != b.governs:
            living, other = (a, b) if a.governs else (b, a)
            if _comes_in_place_of(living, other) or (other.is_proposal and _figures_on_one(a, b, alike)):
                found = against_text_not_in_force(living, other, alike)
        if found is not None:
            yield found


def _figures_on_one(a: Norm, b: Norm, alike: Alike) -> bool:
    """A proposal may also change a figure that another plan than the one it replaces names in the same words."""
    return bool(a.amounts and b.amounts) and about_one_thing(alike, SAME_SENTENCE)


def _ordered(first: Norm, second: Norm) -> tuple[Norm, Norm]:
    """The higher first; of equals the older, then the first in the documents."""

    def order(norm: Norm) -> tuple[tuple[int, int], str, int]:
        day = norm.version.adopted_on or norm.version.valid_from
        return norm.rank, day.isoformat() if day else "9", norm.statement.statement_id

    return (first, second) if order(first) <= order(second) else (second, first)


def _comes_in_place_of(living: Norm, other: Norm) -> bool:
    """Whether one of the two texts replaces the other, or would."""
    if living.plan.plan_id == other.plan.plan_id:
        return False
    if other.is_proposal:
        named = living.plan.plan_id in other.plan.supersedes
        alike = (living.plan.level, living.plan.kind) == (other.plan.level, other.plan.kind)
        return named or (alike and not other.plan.supersedes)
    return other.plan.plan_id in living.plan.supersedes


def _candidates(
    spoken: Sequence[Norm], vectors: Vectors, subjects: Subjects
) -> Iterator[tuple[int, int, float]]:
    """Pairs near in meaning, of which at least one is no law, block by block."""
    law = np.array([n.is_law for n in spoken], bool)
    text = np.array([_text_of(n) for n in spoken])
    for start in range(0, len(spoken), _BLOCK):
        near = subjects.nearness(vectors[start : start + _BLOCK], vectors)
        rows = np.arange(start, min(start + _BLOCK, len(spoken)))
        near[np.arange(len(spoken))[None, :] <= rows[:, None]] = 0.0
        near[law[rows][:, None] & law[None, :]] = 0.0
        near[text[rows][:, None] == text[None, :]] = 0.0
        for i, j in zip(*np.nonzero(near >= _CANDIDATE), strict=True):
            yield int(rows[i]), int(j), float(near[i, j])


def _text_of(norm: Norm) -> str:
    """A plan in one language: nothing is held against itself."""
    return f"{norm.plan.plan_id}/{norm.statement.language}"


def _partners(spoken: Sequence[Norm], vectors: Vectors, subjects: Subjects) -> dict[int, int]:
    """For each norm of a plan in several languages the one nearest in the other language."""
    partners: dict[int, int] = {}
    by_plan: dict[str, list[int]] = {}
    for i, norm in enumerate(spoken):
        if norm.governs:
            by_plan.setdefault(norm.plan.plan_id, []).append(i)
    for members in by_plan.values():
        languages = np.array([spoken[i].statement.language for i in members])
        if len(set(languages)) < 2:
            continue
        near = subjects.nearness(vectors[members], vectors[members])
        near[languages[:, None] == languages[None, :]] = 0.0
        best = near.argmax(axis=1)
        partners |= {members[i]: members[k] for i, k in enumerate(best) if near[i, k] >= _TRANSLATION}
    return partners


# --- one finding for one matter -----------------------------------------------------------


def _clearest(found: Sequence[Tension], subjects: Subjects) -> list[Tension]:
    """Of findings of the same plans on the same matter the gravest, then the one best told in a sentence."""
    kept: list[Tension] = []
    for tension in sorted(found, key=_clearness):
        if not any(_one_matter(tension, other, subjects) for other in kept):
            kept.append(tension)
    return kept


def _clearness(tension: Tension) -> tuple[int, bool, int, float, int]:
    rows = sum(n.statement.kind is BlockKind.TABLE_ROW for n in (tension.a, tension.b))
    place = tension.a.statement.statement_id
    foreign = tension.a.statement.language != tension.b.statement.language
    return _SEVERITIES.index(tension.severity), foreign, rows, -tension.score, place


def _one_matter(first: Tension, second: Tension, subjects: Subjects) -> bool:
    if set(first.plans) != set(second.plans):
        return False
    if Kind.STALE in (first.kind, second.kind):
        return first.kind is second.kind and first.a is second.a
    sides = ((first.a, second.a), (first.b, second.b))
    if any(x is y for x, y in sides):
        alike = subjects.alike(second.a.wordy, second.b.wordy, 1.0)
        if first.kind is second.kind or alike.shared < 2 or alike.words < SAME_SUBJECT:
            return True
    if first.kind is second.kind and all(x.amounts and set(x.amounts) == set(y.amounts) for x, y in sides):
        return True
    return all(subjects.alike(x.wordy, y.wordy, 1.0).words >= _ONE_MATTER for x, y in sides)
