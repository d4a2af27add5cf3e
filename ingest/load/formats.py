"""Sends a file to the loader of its format; the one place that knows them all."""

from __future__ import annotations

from pathlib import Path

from ingest.load import docx, html, markdown, pdf, sniff, text
from ingest.load.outcome import (
    MAX_FILE_BYTES,
    Emit,
    empty,
    keep_to_self,
    limit,
    rejected,
)
from ingest.plans import LoadedDocument

_LOADERS = {
    sniff.PDF: pdf.load,
    sniff.DOCX: docx.load,
    sniff.HTML: html.load,
    sniff.MARKDOWN: markdown.load,
    sniff.TEXT: text.load,
}
_UNKNOWN = "application/octet-stream"


def load(path: Path, emit: Emit = keep_to_self) -> LoadedDocument:
    """Reads one file; what is wrong with it is in the outcome, never raised."""
    try:
        size = path.stat().st_size
        if not path.is_file():
            return rejected(path, "is not a file", "remove it from the folder", _UNKNOWN)
        if size == 0:
            return empty(path, "is empty (0 bytes)", "get a new copy of it", _UNKNOWN)
        if size > MAX_FILE_BYTES:
            what = f"is {size // 1_000_000} MB, more than {MAX_FILE_BYTES // 1_000_000} MB"
            return limit(path, what, "split it or save it with smaller pictures", _UNKNOWN)
        kind = sniff.kind_of(path)
        if kind.what:
            return rejected(path, kind.what, kind.remedy, kind.media_type)
        return _LOADERS[kind.media_type](path, emit)
    except OSError as error:
        what = f"cannot be opened ({error.strerror or error})"
        return rejected(path, what, "check that it exists and may be read", _UNKNOWN)
