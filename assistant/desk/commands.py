"""`hjemmel plans …`: open the register, call one function, print."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from assistant.desk import check, corrections, due, owner_commands, tree
from assistant.library import Library
from assistant.settings import Settings
from ingest.corrections import read_corrections
from ingest.errors import RegisterError, UnreadableFolder
from ingest.load.cage import Cage
from ingest.register import read_register, register_file
from ingest.store import Store


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Runs one action; 0 when done, 1 when the register is not sound or cannot be found."""
    if arguments.action == "check":
        return _check(arguments)
    if arguments.action == "init":
        return _init(arguments)
    if arguments.action == "corrections":
        _print(arguments, *corrections.run(arguments, settings))
        return 0
    library = Library(Store.open(arguments.index or settings.index), arguments.municipality)
    register = library.register
    day = arguments.as_of or date.today()
    if arguments.action in owner_commands.ACTIONS:
        return owner_commands.run(arguments, library, day)
    if arguments.action == "tree":
        content = tree.tree(register, day)
        _print(arguments, content, tree.render(content))
    else:
        rows = due.due(register, day)
        if arguments.ics:
            sys.stdout.write(due.calendar(rows))
            return 0
        _print(arguments, {"as_of": day.isoformat(), "due": rows}, due.render(rows))
    return 0


def _print(arguments: argparse.Namespace, content: dict[str, Any], text: str) -> None:
    print(json.dumps(content, ensure_ascii=False) if arguments.json else text)


def _check(arguments: argparse.Namespace) -> int:
    """Whether the register of a folder is sound, every problem named, and what its documents say of it."""
    folder = _folder(arguments.folder)
    try:
        register = read_register(folder)
        read_corrections(folder)
    except RegisterError as error:
        print(json.dumps(error.to_json(), ensure_ascii=False) if arguments.json else str(error))
        return 1
    if register is None:
        print(f"hjemmel: {folder} has no plans.yaml; run: hjemmel plans init {folder}", file=sys.stderr)
        return 1
    words = f"sound: {len(register.plans)} plans on {len(register.levels)} levels"
    if not register.confirmed:
        words += "; guessed and not confirmed: correct it and delete the line 'confirmed: false'"
    with Cage() as cage:
        seen = check.look(register, folder, cage.load)
    content = {"sound": True, "problems": [], "confirmed": register.confirmed, **seen}
    _print(arguments, content, "\n".join(filter(None, (words, check.render(seen)))))
    return 0


def _init(arguments: argparse.Namespace) -> int:
    """Writes a draft register with a reason for every field; never over one that is there."""
    from ingest.guess import guess_register
    from ingest.guess_folder import load_folder
    from ingest.register_text import register_text

    folder = _folder(arguments.folder)
    if register_file(folder) is not None and not arguments.force:
        print(f"hjemmel: {folder} has a register; --force writes over it", file=sys.stderr)
        return 1
    with Cage() as cage:
        documents = load_folder(folder, cage.load)
    if not documents:
        print(f"hjemmel: {folder} holds no pdf, docx, html, md or txt file", file=sys.stderr)
        return 1
    register, guesses = guess_register(folder, documents)
    target = folder / "plans.yaml"
    target.write_text(register_text(register, guesses), encoding="utf-8")
    fields = [
        {
            "file": g.file,
            "field": g.field,
            "value": g.value,
            "reason": g.reason,
            "page": g.page,
            "words": g.words,
        }
        for g in guesses
    ]
    words = f"wrote {target}: {len(register.plans)} plans, every field a guess; correct it and ingest"
    _print(arguments, {"written": str(target), "guesses": fields}, words)
    return 0


def _folder(path: Path) -> Path:
    if not path.is_dir():
        raise UnreadableFolder(f"{path} is not a folder of documents; name one that exists")
    return path
