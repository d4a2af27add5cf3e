"""Compares what was read of a document with what a person found in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path

from eval.reading.labels import (
    DocumentLabels,
    HeadingLabel,
    StatementLabel,
    TargetLabel,
    is_law,
)
from ingest.fold import folded_text
from ingest.load import load_in_process
from ingest.plans import BlockKind, Section, Span, Statement, Target
from ingest.read import ReadDocument, read_document
from ingest.structure import structure

ABSENT = "absent"
"""Read instead of a force where nothing that was read starts as the label does."""
_LIST_MARK = re.compile(r"^(?:\(?\w{1,3}[.)]|[•·▪◦●○■–—*-])\s+")
_WORD = re.compile(r"[^\W_]+|%")

Pairs = Counter[tuple[str, str]]
"""How often (labelled, read)."""


@dataclass(slots=True)
class Score:
    """Counts of one document or of several; `misses` tells each thing that was read otherwise."""

    documents: int = 0
    headings: int = 0
    headings_read: int = 0
    headings_met: int = 0
    forces: Pairs = field(default_factory=Counter)
    bearers: Pairs = field(default_factory=Counter)
    flags: Pairs = field(default_factory=Counter)
    targets: int = 0
    targets_read: int = 0
    targets_met: int = 0
    slots: Counter[str] = field(default_factory=Counter)
    """How many of the targets met have the labelled value, deadline, responsible."""
    misses: list[str] = field(default_factory=list)

    def add(self, other: Score) -> None:
        for each in fields(self):
            setattr(self, each.name, getattr(self, each.name) + getattr(other, each.name))

    @property
    def statements(self) -> int:
        return self.forces.total()

    @property
    def statements_met(self) -> int:
        return sum(n for (_, read), n in self.forces.items() if read != ABSENT)


def share(part: float, whole: float) -> float | None:
    """None of nothing."""
    return part / whole if whole else None


def agreement(pairs: Pairs) -> float | None:
    """The share of labels read as labelled."""
    return share(sum(n for (wanted, read), n in pairs.items() if wanted == read), pairs.total())


def macro_f1(pairs: Pairs) -> float | None:
    """The mean F1 of the labelled classes, each counted alike; what is absent is missed."""
    wanted, read = Counter[str](), Counter[str]()
    for (label, other), n in pairs.items():
        wanted[label] += n
        read[other] += n
    found = [2 * pairs[label, label] / (n + read[label]) for label, n in wanted.items()]
    return share(sum(found), len(found))


def f1(met: int, read: int, labelled: int) -> float | None:
    return share(2 * met, read + labelled)


# --- one document -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Found:
    """What was read of a document, each thing with its physical page."""

    sections: tuple[tuple[Section, int | None], ...]
    statements: tuple[tuple[Statement, int | None], ...]
    targets: tuple[tuple[Target, int | None], ...]
    read: ReadDocument


def read_as_built(labels: DocumentLabels, path: Path) -> Found:
    """Reads the document as an ingest does, but without the cage: the files are our own or known."""
    loaded = load_in_process(path)
    read = read_document(loaded, "", language=labels.language, is_law=is_law(labels, path))

    def page(spans: Sequence[Span]) -> int | None:
        return loaded.pages[spans[0].page_index].number

    built = structure(loaded)
    headings = [block for block in built.blocks if block.kind is BlockKind.HEADING]
    return Found(
        tuple((built.sections[block.section], page(block.spans)) for block in headings),
        tuple((statement, page(statement.spans)) for statement in read.statements),
        tuple((target, page(read.statements[target.place].spans)) for target in read.targets),
        read,
    )


def score_document(labels: DocumentLabels, path: Path) -> Score:
    found = read_as_built(labels, path)
    score = Score(documents=1)
    _score_headings(labels, found, score)
    _score_statements(labels.statements, found, score)
    _score_targets(labels, found, score)
    score.misses = [f"{labels.path.stem}: {miss}" for miss in score.misses]
    return score


def _key(text: str) -> str:
    """Letters and digits alone, so that "§ 5 a", "§ 5a" and a word broken over two lines are the same."""
    return "".join(_WORD.findall(folded_text(text).lower()))


def _is_labelled(labels: DocumentLabels, page: int | None, path: Sequence[str]) -> bool:
    if labels.pages is not None and not (page and labels.pages[0] <= page <= labels.pages[1]):
        return False
    tops = [_key(top) for top in labels.sections]
    return not tops or any(_key(heading).startswith(top) for heading in path for top in tops)


def _at(page: int | None) -> str:
    return f"page {page}" if page else "no page"


# --- headings -----------------------------------------------------------------------------


def _score_headings(labels: DocumentLabels, found: Found, score: Score) -> None:
    left = [(s, page) for s, page in found.sections if _is_labelled(labels, page, s.path)]
    score.headings, score.headings_read = len(labels.headings), len(left)
    for label in labels.headings:
        exact = [c for c in left if c[1] == label.page and _key(c[0].path[-1]) in _headed(label)]
        begun = [c for c in left if c[1] == label.page and _begins(c[0], label)]
        met = next(iter((*exact, *begun)), None)
        if met is None:
            score.misses.append(f"heading not read, {_at(label.page)}: {label.number or ''} {label.words}")
            continue
        left.remove(met)
        score.headings_met += 1
    for section, page in left:
        score.misses.append(f"no heading, {_at(page)}: {section.path[-1][:80]}")


def _headed(label: HeadingLabel) -> tuple[str, ...]:
    """The label's heading with and without its number."""
    words = _key(label.words)
    return (_key(label.number or "") + words, *((words,) if words else ()))


def _begins(section: Section, label: HeadingLabel) -> bool:
    read = (_key(section.path[-1]), _key(section.heading))
    return any(text.startswith(words) for text in read for words in _headed(label))


# --- statements ---------------------------------------------------------------------------


def _score_statements(wanted: Sequence[StatementLabel], found: Found, score: Score) -> None:
    left = list(found.statements)
    for label in wanted:
        met = next((c for c in left if c[1] == label.page and _starts(c[0].text, label.words)), None)
        if met is None:
            score.forces[label.force, ABSENT] += 1
            where = _where_instead(label, found)
            score.misses.append(f"statement not read, {_at(label.page)}: {label.words} ({where})")
            continue
        left.remove(met)
        _score_statement(label, met[0], score)


def _score_statement(label: StatementLabel, read: Statement, score: Score) -> None:
    score.forces[label.force, read.force] += 1
    where = f"{_at(label.page)}: {label.words} … ({read.text[:160]})"
    if label.force is not read.force:
        score.misses.append(f"force {label.force}, read {read.force}, {where}")
    if label.has_bearer:
        score.bearers[str(label.bearer), str(read.bearer)] += 1
    if label.has_bearer and label.bearer != read.bearer:
        score.misses.append(f"bearer {label.bearer}, read {read.bearer}, {where}")
    for flag, wanted in label.flags.items():
        pair = (f"{flag} {wanted}", f"{flag} {flag in read.flags}")
        score.flags[pair] += 1
        if pair[0] != pair[1]:
            score.misses.append(f"{pair[0]}, read {pair[1]}, {where}")


def _starts(text: str, words: str) -> bool:
    """Whether `text` starts with `words`, a list mark in front of either aside."""
    texts, starts = ({_key(t), _key(_LIST_MARK.sub("", t))} for t in (text, words))
    return any(t.startswith(w) for t in texts for w in starts if w)


def _where_instead(label: StatementLabel, found: Found) -> str:
    words = _key(label.words)
    for statement, page in found.statements:
        if words in _key(statement.text):
            return f"inside another on {_at(page)}: {statement.text[:100]}"
    if any(words in _key(section.path[-1]) for section, _ in found.sections):
        return "read as a heading"
    return "left out"


# --- targets ------------------------------------------------------------------------------


def _score_targets(labels: DocumentLabels, found: Found, score: Score) -> None:
    said, sections = found.read.statements, found.read.sections
    left = [
        (target, page)
        for target, page in found.targets
        if _is_labelled(labels, page, sections[said[target.place].section].path)
    ]
    score.targets, score.targets_read = len(labels.targets), len(left)
    for label in labels.targets:
        same = [c for c in left if c[1] == label.page and _tells(c[0], label, said)]
        if not same:
            score.misses.append(f"target not read, {_at(label.page)}: {label.words}")
            continue
        met = max(same, key=lambda c: len(_slots(label, c[0])))
        left.remove(met)
        score.targets_met += 1
        score.slots.update(_slots(label, met[0]))
        wrong = {"value", "deadline", "responsible"} - _slots(label, met[0])
        if wrong:
            score.misses.append(
                f"target's {', '.join(sorted(wrong))}, {_at(label.page)}: {label.words} … (read:"
                f" {met[0].target[:100]} | {met[0].deadline} | {met[0].responsible})"
            )
    for target, page in left:
        score.misses.append(f"no target, {_at(page)}: {target.target[:100]} | {target.deadline}")


def _tells(target: Target, label: TargetLabel, said: Sequence[Statement]) -> bool:
    words = _key(label.words)
    return words in _key(said[target.place].text) or words in _key(target.target)


def _slots(label: TargetLabel, read: Target) -> set[str]:
    """Which slots of the target are read as labelled; the label's words of a slot may be a part of it."""
    right = {
        "value": _key(label.target) in _key(read.target),
        "deadline": _same_slot(label.deadline, read.deadline),
        "responsible": _same_slot(label.responsible, read.responsible),
    }
    return {name for name, is_right in right.items() if is_right}


def _same_slot(label: str | None, read: str | None) -> bool:
    if label is None or read is None:
        return label is read
    return _key(label) in _key(read)
