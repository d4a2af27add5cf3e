"""Corrections put into a folder's file and taken out of it, its other lines and comments left as they are."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

from ingest.corrections import FILE, Correction, read_corrections
from ingest.errors import UnknownCorrection

_HEAD = "# What a person corrects of the machine's reading.\ncorrections:\n"
_LINKS_APART = re.compile(r"\s+")


def new_id(every: tuple[Correction, ...], plan_id: str, kind: str) -> str:
    """The first free id of a plan's corrections of a kind: `D1-statement-2`."""
    taken, number = {c.correction_id for c in every}, 1
    while f"{plan_id}-{kind}-{number}" in taken:
        number += 1
    return f"{plan_id}-{kind}-{number}"


def add(folder: Path, correction: Correction) -> Path:
    """Puts a correction last in the file, which is made where there is none.

    Raises:
        RegisterError: the file is not sound as it is.
    """
    every = read_corrections(folder)
    path = folder / FILE
    text = path.read_text(encoding="utf-8-sig") if path.exists() else ""
    if not every:
        text = _without_empty_list(text) + _HEAD
    path.write_text(f"{text.rstrip()}\n{entry(correction, _indent(text))}", encoding="utf-8")
    return path


def undo(folder: Path, correction_id: str) -> Path:
    """Takes a correction out of the file.

    Raises:
        UnknownCorrection: there is none of that id.
        RegisterError: the file is not sound as it is.
    """
    import yaml

    known = [c.correction_id for c in read_corrections(folder)]
    if correction_id not in known:
        raise UnknownCorrection(
            f"{folder / FILE} has no correction {correction_id!r}; it has {', '.join(known) or 'none'}"
        )
    path = folder / FILE
    text = path.read_text(encoding="utf-8-sig")
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    assert root is not None  # it holds the correction
    items = root.value[0][1]
    place = known.index(correction_id)
    lines = text.splitlines(keepends=True)
    first = items.value[place].start_mark.line
    after = items.value[place + 1].start_mark.line if place + 1 < len(items.value) else _end(lines, first)
    kept = [*lines[:first], *lines[after:]]
    path.write_text("".join(kept) if len(known) > 1 else "", encoding="utf-8")
    return path


def _end(lines: list[str], first: int) -> int:
    """The line after the last entry: up to the next line that stands no deeper than its dash."""
    depth = len(lines[first]) - len(lines[first].lstrip())
    for number, line in enumerate(lines[first + 1 :], first + 1):
        if line.strip() and len(line) - len(line.lstrip()) <= depth:
            return number
    return len(lines)


def entry(correction: Correction, indent: str = "  ") -> str:
    """A correction as it stands in the file."""
    c = correction
    found = {"plan": c.plan_id, "version": c.version_id, "page": c.page, "quote": c.quote or None}
    lines = [f"id: {_scalar(c.correction_id)}", *_given(found), f"{c.kind}: {_values(c)}"]
    lines += _given({"by": c.by, "on": c.on, "why": c.why})
    return f"{indent}- " + f"\n{indent}  ".join(lines) + "\n"


def _given(fields: Mapping[str, object]) -> list[str]:
    return [f"{key}: {_scalar(value)}" for key, value in fields.items() if value is not None]


def _values(correction: Correction) -> str:
    if correction.kind == "heading":
        return _scalar(correction.values["heading"])
    if not correction.values:
        return "none"
    written = {
        key: _LINKS_APART.split(text) if correction.kind == "link" and text else text
        for key, text in correction.values.items()
    }
    return "{" + ", ".join(f"{key}: {_value(value)}" for key, value in written.items()) + "}"


def _value(value: str | list[str] | None) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(_scalar(text) for text in value) + "]"
    return "[]" if value == "" else "none" if value is None else _scalar(value)


def _scalar(value: object) -> str:
    """A JSON text is YAML too; figures and dates are written bare."""
    text = str(value)
    plain = re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]*", text)
    return text if plain else json.dumps(text, ensure_ascii=False)


def _indent(text: str) -> str:
    found = re.search(r"^(\s*)- ", text, re.MULTILINE)
    return found[1] if found else "  "


def _without_empty_list(text: str) -> str:
    return re.sub(r"^corrections:.*$\n?", "", text, flags=re.MULTILINE)
