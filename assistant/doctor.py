"""Whether an installation is sound, each check with what to do if it is not."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.settings import Settings
from ingest import search_files
from ingest.build import writer_lock
from ingest.embed import encoder_name
from ingest.errors import IngestError
from ingest.store import Store

_CHROMA_CHECK = (
    "import sys; from pathlib import Path; from ingest.store import Store; from ingest import chroma_index as c;"
    " p = Path(sys.argv[1]); c.check(Store.open(p), p)"
)
_CHECK_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Check:
    name: str
    ok: bool
    found: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    checks: tuple[Check, ...]

    @property
    def sound(self) -> bool:
        return all(check.ok for check in self.checks)

    def to_json(self) -> dict[str, Any]:
        names = Check.__dataclass_fields__
        return {
            "sound": self.sound,
            "checks": [{name: getattr(check, name) for name in names} for check in self.checks],
        }


def examine(index: Path, settings: Settings, *, repair: bool = False) -> Report:
    """Looks at the encoder and the index; `repair` first makes the rebuildable parts anew."""
    checks = [_encoder(settings)]
    try:
        if repair:
            _repair(index)
        store = Store.open(index)
    except IngestError as error:
        return Report((*checks, Check("index", False, str(error), "hjemmel ingest FOLDER")))
    try:
        checks += [_store(store), _same_encoder(store, settings), _search_files(store, index), _chroma(index)]
        checks += [_documents(store), _recognition()]
    finally:
        store.close()
    return Report(tuple(checks))


def _repair(index: Path) -> None:
    from ingest import chroma_index

    with writer_lock(index):
        store = Store.open(index, write=True)
        try:
            chroma_index.rebuild(store, index)
            search_files.write(store)
        finally:
            store.close()


def _encoder(settings: Settings) -> Check:
    from ingest import default_encoder
    from ingest.embed import DEFAULT

    if encoder_name(settings.encoder) is None:
        return Check("encoder", True, f"{settings.encoder} (loaded when needed)")
    made = default_encoder.folder(settings.cache, as_taught=settings.encoder == DEFAULT)
    if not made.exists():
        return Check("encoder", True, f"not made yet; the first ingest makes it in {made}")
    if default_encoder.sound(made):
        return Check("encoder", True, str(made))
    return Check("encoder", False, f"{made} is damaged", "remove that folder; it is made again when needed")


def _store(store: Store) -> Check:
    found = store.integrity()
    return Check("store", found == "ok", found, "move the index away and ingest again")


def _same_encoder(store: Store, settings: Settings) -> Check:
    recorded, chosen = store.meta("encoder"), encoder_name(settings.encoder)
    same = chosen is None or recorded in (None, chosen)
    return Check(
        "encoder of the index",
        same,
        str(recorded),
        "set HJEMMEL_ENCODER to the index's encoder, or ingest into another folder",
    )


def _search_files(store: Store, index: Path) -> Check:
    remedy = "hjemmel doctor --repair"
    try:
        rows = len(search_files.load(index, store.generation))
    except (OSError, ValueError) as error:
        return Check("search files", False, str(error), remedy)
    wanted = store.count_statements()
    return Check("search files", rows == wanted, f"{rows} of {wanted} statements", remedy)


def _chroma(index: Path) -> Check:
    """In a child process: a damaged HNSW file can end the process that opens it."""
    result = subprocess.run(
        [sys.executable, "-c", _CHROMA_CHECK, str(index)],
        capture_output=True, text=True, timeout=_CHECK_SECONDS, check=False,
    )  # fmt: skip
    ok = result.returncode == 0
    found = (
        "every passage is reachable by vector"
        if ok
        else (result.stderr.strip().splitlines() or ["it cannot be opened"])[-1]
    )
    return Check("chroma", ok, found, "hjemmel doctor --repair")


def _documents(store: Store) -> Check:
    documents = store.documents()
    unread = [f"{d.file}: {d.reason}" for d in documents if d.reading not in ("ok", "partial")]
    found = f"{len(documents) - len(unread)} of {len(documents)} documents are read"
    return Check("documents", True, "; ".join([found, *unread]))


def _recognition() -> Check:
    import importlib.util
    import shutil

    there = shutil.which("tesseract") and importlib.util.find_spec("pytesseract")
    words = "scanned pages are recognised" if there else (
        "scanned pages cannot be read; install tesseract with 'nor' and 'eng', and: pip install hjemmel[ocr]"
    )  # fmt: skip
    return Check("scans", True, words)


def render(report: Report) -> str:
    lines = []
    for check in report.checks:
        lines.append(f"{'ok ' if check.ok else 'NOT'} {check.name}: {check.found}")
        if not check.ok:
            lines.append(f"    -> {check.remedy}")
    lines.append("sound" if report.sound else "not sound: see above")
    return "\n".join(lines)
