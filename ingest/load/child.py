"""The reading process: `python -m ingest.load.child MODULE:FUNCTION`, spoken to by `cage.py`.

One line of JSON per request on standard input (`path`, `cpu_seconds`), one per answer on standard output:
`{"ready": true}` once, then for each document a line per page and a last line with the outcome.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import logging
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

from ingest.load import confine, serial
from ingest.load.outcome import Emit
from ingest.plans import LoadedDocument, Page

Loader = Callable[[Path, Emit], LoadedDocument]

_HEAVY = ("pypdf", "lxml.html", "pypdfium2")
"""Loaded before the first file arrives: needed for nearly every folder."""
_COLLECT_AFTER = 50_000
"""Objects between collections: parsing makes many and few are circular; 700 costs a tenth of the time."""


def main(arguments: list[str]) -> int:
    requests, answers = _private_pipes()
    logging.disable(logging.CRITICAL)
    loader = _loader(arguments[0])
    for name in _HEAVY:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    confine.confine(Path.cwd())
    gc.freeze()
    gc.set_threshold(_COLLECT_AFTER, 20, 50)
    _answer(answers, {"ready": True})
    for line in requests:
        if not _serve(json.loads(line), loader, answers):
            return 1
    return 0


def _serve(request: dict[str, Any], loader: Loader, answers: BinaryIO) -> bool:
    """Whether the process is fit to read another document."""

    told = 0

    def emit(page: Page, of: int) -> None:
        nonlocal told
        told += 1
        _answer(answers, {"page": serial.page_to_record(page), "of": of})

    confine.allow_cpu(request["cpu_seconds"])
    try:
        document = loader(Path(request["path"]), emit)
        for page in document.pages[told:]:
            emit(page, len(document.pages))
    except MemoryError:
        _answer(answers, {"out_of_memory": True})
        return False
    except Exception as error:  # noqa: BLE001 - whatever a parser raises must end as an outcome
        _answer(answers, {"raised": f"{type(error).__name__}: {error}"[:300]})
        return False
    keeps_pages = bool(document.pages)
    _answer(answers, {"done": serial.summary_to_record(document), "keeps_pages": keeps_pages})
    gc.collect()
    return True


def _answer(answers: BinaryIO, record: dict[str, Any]) -> None:
    answers.write(json.dumps(record, separators=(",", ":")).encode("ascii") + b"\n")
    answers.flush()


def _loader(name: str) -> Loader:
    module, _, function = name.partition(":")
    loader: Loader = getattr(importlib.import_module(module), function)
    return loader


def _private_pipes() -> tuple[BinaryIO, BinaryIO]:
    """The pipes under numbers of their own, so that nothing a parser prints gets between answers."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    os.close(nowhere)
    return requests, answers


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
