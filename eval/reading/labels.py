"""What a person who read a document found in it, and the file the labels are about.

A label names its place by page and first words only, so that labels of other people's documents hold
none of their text. The files lie in `labels/`, one a document.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from eval.errors import DatasetError
from ingest.plans import Force

LABELS = Path(str(files("eval"))) / "reading" / "labels"
HALVES = ("tune", "held_out")
"""`tune` may be looked at while reading is improved; `held_out` is compared once, at the end."""
CORPUS = "corpus"
_BEARERS = frozenset({"buyer", "unit", "supplier", "municipality"})
_BINDS = frozenset(Force) - {Force.TARGET, Force.INFORMATION, Force.NONE}
"""What is told to somebody; of other statements nobody is the bearer."""
FLAGS = ("exception", "delegates", "restates")


@dataclass(frozen=True, slots=True)
class HeadingLabel:
    """`level` is 1 for the document's top headings."""

    page: int | None
    number: str | None
    words: str
    level: int | None


@dataclass(frozen=True, slots=True)
class StatementLabel:
    """`bearer` and `flags` (exception, delegates, restates): only where the person decided on them."""

    page: int | None
    words: str
    force: Force
    bearer: str | None
    has_bearer: bool
    """Whether `bearer` is decided; then None means that the statement binds nobody it names."""
    flags: Mapping[str, bool]


@dataclass(frozen=True, slots=True)
class TargetLabel:
    """`target` is the figure as printed, short; a slot the document leaves open is None."""

    page: int | None
    words: str
    target: str
    deadline: str | None
    responsible: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentLabels:
    """Every heading and every target of the part labelled, and a choice of its statements."""

    path: Path
    file: str
    where: str
    sha256: str
    language: str
    half: str
    pages: tuple[int, int] | None
    """First and last, both included; None for the whole document."""
    sections: tuple[str, ...]
    """Numbers or words of the sections labelled, each with all that stands under it; empty for all."""
    headings: tuple[HeadingLabel, ...]
    statements: tuple[StatementLabel, ...]
    targets: tuple[TargetLabel, ...]


def read_labels(folder: Path = LABELS) -> list[DocumentLabels]:
    """All labels of a folder by the names of their files.

    Raises:
        DatasetError: a file is not labels; its name and what is wrong are in the message.
    """
    return [_document(path) for path in sorted(folder.glob("*.json"))]


def _document(path: Path) -> DocumentLabels:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return _read(path, content)
    except OSError as error:
        raise DatasetError(f"{path} cannot be read ({error.strerror or error})") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        what = f"no key {error}" if isinstance(error, KeyError) else str(error)
        raise DatasetError(f"{path} is not labels of reading: {what}; mend the file") from error


def _read(path: Path, content: Mapping[str, Any]) -> DocumentLabels:
    if content["half"] not in HALVES:
        raise ValueError(f"half is {content['half']!r}, not one of {', '.join(HALVES)}")
    pages = content.get("pages")
    return DocumentLabels(
        path=path,
        file=content["file"],
        where=content["where"],
        sha256=content["sha256"],
        language=content["language"],
        half=content["half"],
        pages=(pages[0], pages[-1]) if pages else None,
        sections=tuple(content.get("sections") or ()),
        headings=tuple(
            HeadingLabel(row.get("page"), row.get("number"), _words(row), row.get("level"))
            for row in content.get("headings", ())
        ),
        statements=tuple(_statement(row) for row in content.get("statements", ())),
        targets=tuple(
            TargetLabel(
                row.get("page"), _words(row), row["target"], row.get("deadline"), row.get("responsible")
            )
            for row in content.get("targets", ())
        ),
    )


def _words(row: Mapping[str, Any]) -> str:
    words = row["words"]
    if not words and not row.get("number"):
        raise ValueError(f"no words in {row}")
    return str(words or "")


def _statement(row: Mapping[str, Any]) -> StatementLabel:
    bearer = row.get("bearer")
    if bearer not in (*_BEARERS, None):
        raise ValueError(f"bearer {bearer!r} of {row['words']!r} is not one of {', '.join(sorted(_BEARERS))}")
    force = Force(row["force"])
    return StatementLabel(
        page=row.get("page"),
        words=_words(row),
        force=force,
        bearer=bearer,
        has_bearer="bearer" in row and force in _BINDS,
        flags={flag: row[flag] for flag in FLAGS if isinstance(row.get(flag), bool)},
    )


# --- the document -------------------------------------------------------------------------


def document_of(labels: DocumentLabels, corpus: Path | None) -> tuple[Path | None, str]:
    """The very file the labels were made of, or None and why there is none."""
    folder = corpus if labels.where == CORPUS else _bundled(labels.where)
    if folder is None:
        return None, "no folder of real documents was named; name it with --corpus or HJEMMEL_CORPUS"
    found = [path for path in folder.rglob(labels.file) if path.is_file()]
    if not found:
        return None, f"{labels.file} is not in {folder}"
    same = next((path for path in found if _sha256(path) == labels.sha256), None)
    if same is None:
        return None, f"{found[0]} is not the file that was labelled (its sha256 is {_sha256(found[0])})"
    return same, ""


def _bundled(where: str) -> Path:
    if where == "skogvang":
        return Path(str(files("ingest"))) / "example" / "skogvang"
    return Path(str(files("eval"))) / "benchmarks" / where


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def is_law(labels: DocumentLabels, path: Path) -> bool:
    """Whether the register beside the document says so or, in the corpus, its folder: `1-law`."""
    from ingest.changes import sources
    from ingest.register import read_register

    if labels.where == CORPUS:
        return path.parent.name.endswith("law")
    for folder in (path.parent, path.parent.parent):
        register = read_register(folder)
        if register is not None:
            return any(source.is_law for source in sources(folder, register) if source.path == path)
    return False
