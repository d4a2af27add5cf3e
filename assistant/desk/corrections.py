"""`hjemmel plans corrections FOLDER list|add|undo|export`: what a person corrects of the machine's reading."""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from assistant.settings import Settings
from ingest import correction_file
from ingest.correct import corrected, corrected_register
from ingest.corrections import Correction, Outcome, parsed_corrections, read_corrections
from ingest.corrections_standing import Standing, standing
from ingest.errors import IndexMissing, UnknownCorrection, UnreadableFolder
from ingest.load.cage import Cage
from ingest.plans import Register
from ingest.register import read_register
from ingest.register_record import from_json
from ingest.store import Store

_COLUMNS = (
    "id", "plan_id", "version", "page", "quote", "kind", "values", "machine", "by", "on", "why", "applied",
    "reason",
)  # fmt: skip


def run(arguments: argparse.Namespace, settings: Settings) -> tuple[dict[str, Any], str]:
    """Runs one action; what it tells another program, and a person.

    Raises:
        RegisterError, UnknownCorrection, UnreadableFolder: the message says what to do.
    """
    folder: Path = arguments.folder
    if not folder.is_dir():
        raise UnreadableFolder(f"{folder} is not a folder of documents; name one that exists")
    if arguments.what == "add":
        return _add(arguments, folder)
    if arguments.what == "undo":
        return _undo(arguments, folder)
    found = _standing(folder, arguments.index or settings.index, arguments.municipality)
    content = {"corrections": [s.to_json() for s in found]}
    if arguments.csv:
        _write_csv(arguments.csv, found)
        return content, f"wrote {len(found)} corrections to {arguments.csv}"
    if arguments.what == "export":
        return content, json.dumps(content, ensure_ascii=False, indent=1)
    return content, render(found)


def render(found: Sequence[Standing]) -> str:
    """A line for each correction, with what the machine read and whether it holds."""
    return "\n".join(map(_line, found)) or "no corrections"


def _line(found: Standing) -> str:
    c = found.correction
    change = ", ".join(
        f"{key}: {found.machine[key]} -> {value}" if key in found.machine else f"{key}: {value}"
        for key, value in c.values.items()
    )
    place = f" p. {c.page}" if c.page else ""
    quote = f" «{c.quote}»" if c.quote else ""
    by = f" ({', '.join(str(w) for w in (c.by, c.on) if w)})" if c.by or c.on else ""
    state = "holds" if found.applied else f"not applied: {found.reason}"
    said = change if c.kind == "heading" else f"{c.kind} {change or 'none'}"
    return f"{c.correction_id}: {c.plan_id}{place}{quote}: {said}{by}; {state}"


def _standing(folder: Path, index: Path, municipality: str | None) -> tuple[Standing, ...]:
    corrections = read_corrections(folder)
    try:
        store = Store.open(index)
    except IndexMissing:
        return standing(corrections, None, None)
    try:
        return standing(corrections, _register_of(store, folder, municipality), store)
    finally:
        store.close()


def _register_of(store: Store, folder: Path, municipality: str | None) -> Register | None:
    """The register that the index holds of this folder; None where it was not ingested into it."""
    for name, (content, ingested) in store.registers().items():
        if ingested == folder.absolute() or name == municipality:
            return from_json(content)
    return None


def _write_csv(path: Path, found: Sequence[Standing]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, _COLUMNS)
        writer.writeheader()
        for row in (s.to_json() for s in found):
            said = {key: json.dumps(row[key], ensure_ascii=False) for key in ("values", "machine")}
            writer.writerow({key: said.get(key, row[key]) for key in _COLUMNS})


# --- add and undo -------------------------------------------------------------------------


def _add(arguments: argparse.Namespace, folder: Path) -> tuple[dict[str, Any], str]:
    """Puts a correction into the file once its words are found, and says what it changes."""
    every = read_corrections(folder)
    wanted = _wanted(arguments, every)
    outcomes = tuple(_tried(wanted, folder))
    met = next((o for o in outcomes if o.applied), None)
    if met is None:
        reason = next((o.reason for o in outcomes), "the plan has no document that can be read")
        raise UnknownCorrection(f"nothing is corrected: {reason}")
    path = correction_file.add(folder, wanted)
    before = ", ".join(f"{key} was {value}" for key, value in met.machine.items())
    content = {"written": str(path), "id": wanted.correction_id, "machine": dict(met.machine)}
    words = f"{wanted.correction_id} in {path}" + (f" ({before})" if before else "")
    words += f"; it holds from the next ingest: hjemmel ingest {folder}"
    return content, words


def _wanted(arguments: argparse.Namespace, every: tuple[Correction, ...]) -> Correction:
    said = {
        "statement": _pairs([f"force={arguments.force}"] if arguments.force else [])
        | _pairs([f"bearer={arguments.bearer}"] if arguments.bearer else [])
        | _pairs(arguments.holds or []),
        "target": {} if arguments.target == ["none"] else _pairs(arguments.target or []),
        "heading": {"heading": arguments.heading} if arguments.heading else {},
        "date": _pairs(arguments.date or []),
        "link": {key: " ".join(text.split(",")) for key, text in _pairs(arguments.link or []).items()},
    }
    kinds = [kind for kind, values in said.items() if values or (kind == "target" and arguments.target)]
    if len(kinds) != 1 or not arguments.plan:
        raise UnknownCorrection(
            "give --plan, and one thing to correct: --force, --bearer, --holds, --target, --heading, --date or --link"
        )
    made = Correction(
        correction_id=correction_file.new_id(every, arguments.plan, kinds[0]),
        plan_id=arguments.plan,
        kind=kinds[0],
        values={key: None if text == "none" else text for key, text in said[kinds[0]].items()},
        quote=arguments.quote or "",
        page=arguments.page,
        version_id=arguments.version,
        by=arguments.by,
        on=date.today(),
        why=arguments.why,
    )
    text = f"corrections:\n{correction_file.entry(made)}"
    return parsed_corrections(text.encode(), "the correction")[0]


def _pairs(texts: Sequence[str]) -> dict[str, str]:
    pairs = [text.partition("=") for text in texts]
    return {key.strip(): value.strip() for key, _, value in pairs}


def _tried(correction: Correction, folder: Path) -> Iterator[Outcome]:
    """What would become of it in the register, or in each document of its plan."""
    from ingest.changes import sources
    from ingest.guess_folder import guess_folder
    from ingest.read import read_document

    with Cage() as cage:
        register = read_register(folder) or guess_folder(folder, cage.load)
        _, outcomes = corrected_register(register, [correction])
        yield from outcomes
        if outcomes or not correction.is_of_text:
            return
        only = replace(register, plans=(register.plan(correction.plan_id),))
        for source in sources(folder, only, (correction,)):
            if not source.corrections:
                continue
            loaded = cage.load(source.path)
            read = read_document(loaded, "", language=source.version.language, is_law=source.is_law)
            yield from corrected(read, source.corrections).outcomes


def _undo(arguments: argparse.Namespace, folder: Path) -> tuple[dict[str, Any], str]:
    if not arguments.id:
        known = ", ".join(c.correction_id for c in read_corrections(folder))
        raise UnknownCorrection(f"name the correction to undo: {known or 'the folder has none'}")
    path = correction_file.undo(folder, arguments.id)
    content: dict[str, Any] = {"written": str(path), "undone": arguments.id}
    words = f"{arguments.id} is taken out of {path}; the machine's reading holds again from the next ingest"
    return content, words
