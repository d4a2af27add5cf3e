"""The files a register names, found in the folder beside it and nowhere else."""

from __future__ import annotations

import difflib
import unicodedata
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath

from ingest.register_reading import MappingReader


@dataclass(frozen=True, slots=True)
class FolderFiles:
    """Files of one folder, by paths relative to it."""

    folder: Path

    def __call__(self, reader: MappingReader, name: str) -> str:
        """The file's path with / as the disk spells it; what is wrong is noted at the reader."""
        outside = "Give a path inside the folder, such as plans/climate-plan.pdf"
        if PurePosixPath(name).is_absolute() or PureWindowsPath(name).drive:
            reader.note("file", f"{name[:80]!r} is an absolute path", outside)
            return name
        found = self._on_disk(name)
        if found is None:
            if ".." in PurePosixPath(name).parts:
                reader.note("file", f"{name[:80]!r} leads out of the folder", outside)
            else:
                reader.note("file", f"there is no file {name[:80]!r}", self._nearest(name))
            return name
        if not found.resolve().is_relative_to(self.folder.resolve()):
            reader.note("file", f"{name[:80]!r} lies outside the folder", outside)
        elif not found.is_file():
            reader.note("file", f"{name[:80]!r} is no file", "Name a document, not a folder")
        return self._relative(found, name)

    def _relative(self, found: Path, name: str) -> str:
        folder = self.folder.resolve()
        if ".." in PurePosixPath(name).parts and found.resolve().is_relative_to(folder):
            return found.resolve().relative_to(folder).as_posix()
        return found.relative_to(self.folder).as_posix()

    def _on_disk(self, name: str) -> Path | None:
        """The path, also where the disk composes its letters otherwise (å as a and a ring)."""
        for spelled in (name, *(unicodedata.normalize(form, name) for form in ("NFD", "NFC"))):
            path = self.folder / spelled
            if "\0" not in spelled and len(spelled) < 1000 and path.exists():
                return path
        return None

    def _nearest(self, name: str) -> str:
        there = [path.relative_to(self.folder).as_posix() for path in _some_files(self.folder)]
        folded = name.replace("\\", "/").casefold()
        near = difflib.get_close_matches(folded[:200], [each.casefold() for each in there], n=1)
        match = next((each for each in there if near and each.casefold() == near[0]), None)
        return f"Did you mean {match!r}?" if match else "Put the file there or correct the name"


MOST_FILES = 2_000
"""A suggestion is not worth walking a whole disk for."""


def _some_files(folder: Path) -> list[Path]:
    found: list[Path] = []
    for path in folder.rglob("*"):
        if len(found) >= MOST_FILES:
            break
        if path.is_file() and not any(part.startswith(".") for part in path.parts):
            found.append(path)
    return found
