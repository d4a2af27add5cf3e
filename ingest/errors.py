"""What can go wrong while documents become searchable.

IngestError
├── RegisterError        plans.yaml is not sound; carries every problem found
├── UnknownPlan          a plan id was asked for that the register does not hold
├── UnknownCorrection    a correction was named that the folder does not have
├── UnreadableFolder     the folder of documents is missing or cannot be read
├── UnreadableFile       one file is there but may not be read
├── EncoderUnavailable   the model that makes vectors is not installed or not the known one
├── EncoderMismatch      the index was made by another encoder
├── IndexMissing         there is no index where one was asked for
├── IndexLocked          another process is writing to the index
├── IndexDamaged         the store cannot be read as what it should be
└── DiskFull             no space was left while writing; what was committed stands
"""

# The names say what happened; an "Error" at the end of each would add nothing.

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass


class IngestError(Exception):
    """Root of everything this package raises; the message names the thing and the remedy."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in a register. `line` is 1-based; `key` is a path: `plans.KEP.level`."""

    file: str
    line: int
    key: str
    message: str
    remedy: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}: " + (f"{self.key}: " if self.key else "")
        return f"{place}{self.message}. {self.remedy}" + ("" if self.remedy[-1:] in "?.…" else ".")


class RegisterError(IngestError):
    """The register beside the documents is not sound; `problems` has them all, in line order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: (problem.line, problem.key)))
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def to_json(self) -> dict[str, object]:
        """What a check prints for another program."""
        return {"sound": False, "problems": [asdict(problem) for problem in self.problems]}


class UnknownPlan(IngestError):
    """A plan id was asked for that the register does not hold."""


class UnknownCorrection(IngestError):
    """A correction was named that the folder's file does not have, or that would correct nothing."""


class UnreadableFolder(IngestError):
    """The folder of documents is missing, is not a folder or may not be read."""


class UnreadableFile(IngestError):
    """A file that must be read is there, but the system refuses to open it."""


class EncoderUnavailable(IngestError):
    """The model that makes vectors is not installed, or is not the one this version knows."""


class EncoderMismatch(IngestError):
    """The index was made by another encoder than the one chosen now."""


class IndexMissing(IngestError):
    """There is no index in the folder that was named."""


class IndexLocked(IngestError):
    """Another process is writing to the index."""


class IndexDamaged(IngestError):
    """The store cannot be read as what it should be."""


class DiskFull(IngestError):
    """No space was left while writing; everything committed before stands."""
