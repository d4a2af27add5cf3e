"""What people have said of conflicts, in a file of its own in the index folder, which no ingest rewrites.

A verdict is kept under the hash of the two texts it is about: it holds as long as both stand, and is asked for
again when one of them is changed.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from assistant.errors import CannotWrite

FILE = "verdicts.json"
VERDICTS = ("accepted", "to-fix", "not-a-conflict")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """`a` and `b` say what was judged, so that the file can be read by itself."""

    verdict: str
    reason: str
    on: str
    """The day it was given, as 2026-11-20."""
    kind: str
    a: str
    b: str

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def read(index: Path, municipality_id: str) -> dict[str, Verdict]:
    """The verdicts of a municipality by conflict id; none where nobody has judged.

    Raises:
        CannotWrite: the file is there but is not one of verdicts; nothing may be written over it.
    """
    content = _content(index)
    return {k: Verdict(**v) for k, v in content.get(municipality_id, {}).items()}


def add(index: Path, municipality_id: str, conflict_id: str, verdict: Verdict) -> None:
    """Keeps a verdict in place of an earlier one on the same conflict.

    Raises:
        CannotWrite: the folder cannot be written, or the file there is damaged.
    """
    content = {k: dict(v) for k, v in _content(index).items()}
    content.setdefault(municipality_id, {})[conflict_id] = verdict.to_json()
    path = index / FILE
    try:
        handle, name = tempfile.mkstemp(prefix="verdicts-", dir=index)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(content, file, ensure_ascii=False, indent=1, sort_keys=True)
        Path(name).replace(path)
    except OSError as error:
        raise CannotWrite(
            f"{path} cannot be written ({error.strerror}); check the folder's permissions"
        ) from error


def _content(index: Path) -> Mapping[str, Mapping[str, dict[str, Any]]]:
    path = index / FILE
    if not path.exists():
        return {}
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        for verdicts in content.values():
            for verdict in verdicts.values():
                Verdict(**verdict)
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise CannotWrite(f"{path} cannot be read as verdicts ({error}); mend it or move it away") from error
    return content  # type: ignore[no-any-return]
