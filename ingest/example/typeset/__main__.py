"""The command line of the typesetter."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ingest.example.typeset.blocks import SourceError
from ingest.example.typeset.source import Document, read_sources


def main(argv: list[str]) -> int:
    """Set every source in a folder, or the one named."""
    parser = argparse.ArgumentParser(prog="python -m ingest.example.typeset", description=__doc__)
    parser.add_argument("sources", type=Path, help="folder of Markdown sources")
    parser.add_argument("out", type=Path, help="folder the documents are written to")
    parser.add_argument("--only", metavar="NAME", help="one source or document, by file name")
    arguments = parser.parse_args(argv)
    try:
        _set_all(arguments.sources, arguments.out, arguments.only)
    except SourceError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


def _set_all(sources: Path, out: Path, only: str | None) -> None:
    wanted = [document for document in read_sources(sources) if _is_named(document, only)]
    if not wanted:
        raise SourceError(f"{sources}: no source is named {only!r}")
    out.mkdir(parents=True, exist_ok=True)
    for document in wanted:
        made = document_bytes(document)
        (out / document.file).write_bytes(made)
        print(f"{document.source} -> {out / document.file} ({len(made):,} bytes)", file=sys.stderr)


def document_bytes(document: Document) -> bytes:
    """The document in the format its file name asks for."""
    match document.format:
        case "pdf":
            from ingest.example.typeset.pdf import set_pdf
            from ingest.example.typeset.scan import scanned

            return scanned(set_pdf(document)) if document.scan else set_pdf(document)
        case "docx":
            from ingest.example.typeset.docx_file import set_docx

            return set_docx(document)
        case "html":
            from ingest.example.typeset.html_file import set_html

            return set_html(document)
        case other:
            raise SourceError(f"{document.source}: cannot make .{other}; use .pdf, .docx or .html")


def _is_named(document: Document, only: str | None) -> bool:
    return only in (None, document.source, Path(document.source).stem, document.file)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
