"""The guessed register of a folder that has none: every document loaded, then guessed together."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ingest.guess import guess_register
from ingest.plans import LoadedDocument, Register

_SUFFIXES = frozenset({".pdf", ".docx", ".html", ".htm", ".md", ".txt"})
_ABOUT_THE_FOLDER = ("readme", "license", "changelog")


def guess_folder(folder: Path, load: Callable[[Path], LoadedDocument]) -> Register:
    """The guessed register of a folder, each document read by `load`."""
    return guess_register(folder, load_folder(folder, load))[0]


def load_folder(folder: Path, load: Callable[[Path], LoadedDocument]) -> dict[str, LoadedDocument]:
    """Every document of a folder and its subfolders, by its path in it."""
    files = sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix.lower() in _SUFFIXES)
    return {
        path.relative_to(folder).as_posix(): load(path)
        for path in files
        if not path.name.lower().startswith(_ABOUT_THE_FOLDER)
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    }
