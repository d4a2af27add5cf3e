"""The teaching sets: statements of an invented municipality, and questions with the statements that answer."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

SETS = Path(__file__).parent / "sets"
GENERAL = Path(__file__).parent / "general"
SURROUNDINGS = "surroundings"
"""Folder beside the sets: what stands around the rules of a set in its plans, a line each, answering nothing."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question; `answers` and `tempting` are places in the set's statements. No answers: nothing answers it."""

    text: str
    language: str
    answers: tuple[int, ...]
    tempting: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TeachingSet:
    set_id: str
    statements: tuple[str, ...]
    surroundings: tuple[str, ...]
    language: str
    questions: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A long passage of general text and questions that one place in it answers."""

    text: str
    questions: tuple[str, ...]


def read_general(folder: Path = GENERAL) -> list[Passage]:
    """Every passage of general text, file by file."""
    return [
        Passage(each["text"], tuple(q["q"] for q in each["questions"]))
        for path in sorted(folder.glob("*.json"))
        for each in json.loads(path.read_text(encoding="utf-8"))
    ]


def read_set(path: Path) -> TeachingSet:
    """One set.

    Raises:
        ValueError: a question names a statement that the set does not have.
    """
    content = json.loads(path.read_text(encoding="utf-8"))
    place = {s["id"]: i for i, s in enumerate(content["statements"])}
    questions = []
    for question in content["questions"]:
        unknown = [i for i in (*question["answers"], *question["hard"]) if i not in place]
        if unknown:
            raise ValueError(
                f"{path.name}: {question['q'][:60]!r} names {unknown[0]!r}, which is no statement of it"
            )
        questions.append(
            Asked(
                text=question["q"],
                language=question["language"],
                answers=tuple(place[i] for i in question["answers"]),
                tempting=tuple(place[i] for i in question["hard"]),
            )
        )
    statements = tuple(s["text"] for s in content["statements"])
    around = path.parent.parent / SURROUNDINGS / f"{path.stem}.txt"
    lines = around.read_text(encoding="utf-8").splitlines() if around.exists() else []
    surroundings = tuple(line.strip() for line in lines if line.strip())
    return TeachingSet(content["set_id"], statements, surroundings, content["language"], tuple(questions))


def read_sets(folder: Path = SETS) -> list[TeachingSet]:
    """Every set of the folder, by name."""
    return [read_set(path) for path in sorted(folder.glob("*.json"))]


def split(sets: Sequence[TeachingSet], every: int = 7) -> tuple[list[TeachingSet], list[TeachingSet]]:
    """(to learn from, held out): every so-manieth set of each language is held out, whole."""
    held = []
    for language in sorted({s.language for s in sets}):
        spoken = [s for s in sets if s.language == language]
        held += spoken[1::every]
    return [s for s in sets if s not in held], held
