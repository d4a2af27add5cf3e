"""The target that a governing statement tells of: until when it is to be reached, and who answers for it. Pure.

A table has both in columns of their own, prose in another sentence; all are the plan's own words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.authority import Speaker
from assistant.desk.targets import YEAR, last_day
from assistant.library import Library
from assistant.stems import content_stems
from ingest.plans import BlockKind, Force, Target
from ingest.store import StoredStatement

_ONE_TARGET = 0.6
"""Share of the content words of the shorter text from which a sentence and a row tell of one target."""
_FEWEST = 2
"""Content words they share: one alone, as "goal", tells nothing."""
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class Aim:
    """What of a target is told beside the governing statement, each with the text that says it; empty: nothing.

    `names_nobody`: the plan gives the target to nobody.
    """

    deadline: str
    deadline_in: Speaker
    responsible: str
    responsible_in: Speaker
    names_nobody: bool

    @property
    def speakers(self) -> tuple[Speaker, ...]:
        """Those that say something."""
        said = ((self.deadline, self.deadline_in), (self.responsible, self.responsible_in))
        return tuple(speaker for told, speaker in said if told)


def aim_of(governing: Speaker, library: Library) -> Aim | None:
    """The target that a statement is, or is about; None where the index holds none."""
    target = _target(governing.statement, library)
    if target is None:
        return None
    row = library.statements_of(governing.statement.document_id)[target.place]
    section = library.section_of(row)
    speaker = governing if row.place == governing.statement.place else library.speaker_like(governing, row)
    deadline, responsible = target.deadline or "", target.responsible or ""
    if _is_prose(governing.statement) and _tells(governing.statement, deadline):
        deadline = ""
    names = _where_named(responsible, row, section) if responsible else row
    nobody = not responsible and not _names_a_unit(row, section, library)
    return Aim(
        deadline=deadline,
        deadline_in=speaker,
        responsible=responsible if names is not None else "",
        responsible_in=speaker if names in (None, row) else library.speaker_like(governing, names or row),
        names_nobody=nobody,
    )


def _tells(statement: StoredStatement, deadline: str) -> bool:
    """Whether a sentence has the deadline in it, as a row prints it or in words: "31. desember 2027"."""
    if deadline in statement.text:
        return True
    day = last_day(deadline, statement.language)
    return day is not None and day == last_day(statement.text, statement.language)


def _target(statement: StoredStatement, library: Library) -> Target | None:
    found = library.store.targets_of(statement.document_id)
    own = next((t for t in found if t.place == statement.place), None)
    if own is not None or statement.force is not Force.TARGET:
        return own
    likest = sorted(((_likeness(t, statement), t) for t in found), key=lambda pair: -pair[0])
    if not likest or likest[0][0] < _ONE_TARGET:
        return None
    best = likest[0][1]
    rivals = [t for likeness, t in likest if likeness == likest[0][0]]
    return best if all(_slots(t) == _slots(best) for t in rivals) else None


def _slots(target: Target) -> tuple[str | None, str | None]:
    return target.deadline, target.responsible


def _likeness(target: Target, statement: StoredStatement) -> float:
    """How much a target and a sentence share; 0 where they name other years or figures."""
    if _differ(_years(target.deadline or ""), _years(statement.text)):
        return 0.0
    if _differ(_figures(target.target), _figures(statement.text)):
        return 0.0
    said, told = content_stems(target.target), content_stems(statement.text)
    shared = len(said & told)
    return shared / min(len(said), len(told)) if shared >= _FEWEST else 0.0


def _differ(first: set[str], second: set[str]) -> bool:
    return bool(first and second) and not first & second


def _years(text: str) -> set[str]:
    return set(YEAR.findall(text))


def _figures(text: str) -> set[str]:
    return set(_NUMBER.findall(YEAR.sub(" ", text)))


def _is_prose(statement: StoredStatement) -> bool:
    return statement.kind is not BlockKind.TABLE_ROW


def _where_named(
    responsible: str, row: StoredStatement, section: Sequence[StoredStatement]
) -> StoredStatement | None:
    """The statement that names who is responsible: the target's own, else the nearest of its section."""
    named = [s for s in section if responsible in s.text]
    return min(named, key=lambda s: (abs(s.place - row.place), s.place), default=None)


def _names_a_unit(row: StoredStatement, section: Sequence[StoredStatement], library: Library) -> bool:
    """Whether a unit that owns plans is named in the row, or beside a target told in prose."""
    beside = [s for s in section if _is_prose(s)] if _is_prose(row) else []
    text = " ".join(f"{s.text} " for s in (row, *beside))
    return any(unit.strip() in text for unit in library.units)
