"""What a look into the documents tells whoever keeps the register: differences, hidden text, unread files.

None of it makes a register unsound: it is for a person to look at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ingest.changes import has_text
from ingest.compare import differences
from ingest.hidden import hidden_text
from ingest.plans import LoadedDocument, Register

Load = Callable[[Path], LoadedDocument]


def look(register: Register, folder: Path, load: Load) -> dict[str, Any]:
    """`warnings`, `hidden` and `unread`, each in the register's order; pages are physical, 1-based."""
    owners = {file: p.plan_id for p in register.plans for v in p.versions for file in v.files}
    documents = {file: load(folder / file) for file in owners}
    warnings = [{**asdict(d), "message": str(d)} for d in differences(register, documents)]
    return {
        "warnings": warnings,
        "hidden": list(_hidden(owners, documents)),
        "unread": list(_unread(owners, documents)),
    }


def _hidden(owners: Mapping[str, str], documents: Mapping[str, LoadedDocument]) -> Iterator[dict[str, Any]]:
    for file, document in documents.items():
        for found in hidden_text(document):
            yield {"plan_id": owners[file], "file": file, "page": found.page, "text": found.text}


def _unread(owners: Mapping[str, str], documents: Mapping[str, LoadedDocument]) -> Iterator[dict[str, Any]]:
    for file, document in documents.items():
        if document.reason or not has_text(document.reading):
            reading = document.reading.value
            yield {"plan_id": owners[file], "file": file, "reading": reading, "reason": document.reason}


def render(content: Mapping[str, Any]) -> str:
    """One line for each thing to look at; empty where there is none."""
    lines = [f"  {w['message']}" for w in content["warnings"]]
    for found in content["hidden"]:
        place = f"page {found['page']} holds" if found["page"] else "holds"
        lines.append(
            f"  {found['plan_id']} {found['file']}: {place} text that no reader sees:"
            f" «{found['text']}»; nothing is answered from it"
        )
    lines += [f"  {u['plan_id']} {u['file']}: {u['reading']}: {u['reason']}" for u in content["unread"]]
    if not lines:
        return ""
    return "\n".join(["to look at:", *lines])
