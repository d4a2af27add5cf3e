"""Documents in, `LoadedDocument` out: `Cage` for files from anyone, `load_in_process` for our own."""

from __future__ import annotations

from pathlib import Path

from ingest.load.cage import Cage
from ingest.plans import LoadedDocument

__all__ = ["Cage", "load_in_process"]


def load_in_process(path: Path) -> LoadedDocument:
    """Reads a trusted file without a cage: a parser that hangs or crashes takes the caller along."""
    from ingest.load import formats

    return formats.load(path)
