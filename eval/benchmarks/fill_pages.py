"""Finds the page each gold quote stands on and writes it into the dataset.

Run it as ``python -m eval.benchmarks.fill_pages DATASET_DIR`` whenever documents or quotes
change. Quotes that stand nowhere in their document are listed, and the exit status is then 1.
"""

from __future__ import annotations

import argparse
import io
import json
import re
import sys
import unicodedata
import zipfile
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pypdf
import yaml

from ingest.example.typeset.pdf import set_pdf
from ingest.example.typeset.source import read_sources

# Characters that come and go with line ends and cell borders; a quote is found without them.
_IGNORED = re.compile(r"[\s\u00ad\u2010\u2011|-]+")
# Dot leaders mark a contents page, which repeats headings that stand elsewhere.
_LEADERS = "....."
# Both halves of a quote that runs over a page end must be long enough to be no accident.
_SHORTEST_HALF = 6
_WORD_PARTS = ("word/document.xml", "word/footnotes.xml")


def main(argv: Sequence[str]) -> int:
    """Fill the pages of one dataset; list the quotes that were not found."""
    parser = argparse.ArgumentParser(prog="python -m eval.benchmarks.fill_pages")
    parser.add_argument("dataset", type=Path, help="folder that holds dataset.yaml and qrels/")
    dataset: Path = parser.parse_args(argv).dataset
    settings = yaml.safe_load((dataset / "dataset.yaml").read_text(encoding="utf-8"))
    quotes = dataset / "qrels" / "quotes.jsonl"
    rows = [json.loads(line) for line in quotes.read_text(encoding="utf-8").splitlines() if line]
    missing = fill(rows, (dataset / settings["documents"]).resolve())
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    quotes.write_text("".join(lines), encoding="utf-8")
    for row in missing:
        print(f"not found: {row['query_id']} in {row['file']}: {row['quote']!r}", file=sys.stderr)
    print(f"{len(rows) - len(missing)} of {len(rows)} quotes found", file=sys.stderr)
    return 1 if missing else 0


def fill(rows: list[dict[str, object]], documents: Path) -> list[dict[str, object]]:
    """Set `page` in every row whose quote is found; return the rows whose quote is not."""
    texts: dict[str, list[str]] = {}
    missing = []
    for row in rows:
        file = str(row["file"])
        if file not in texts:
            texts[file] = [folded(text) for text in page_texts(documents / file)]
        page = page_of(folded(str(row["quote"])), texts[file])
        if page is None:
            missing.append(row)
        else:
            row["page"] = page if file.endswith(".pdf") else None
    return missing


def page_of(quote: str, pages: Sequence[str]) -> int | None:
    """Page of a folded quote, counted from 1: that of its beginning if it runs over a page end."""
    pattern = _with_note_marks(quote)
    hits = [number for number, text in enumerate(pages, start=1) if pattern.search(text)]
    if hits:
        return min(hits, key=lambda number: (_LEADERS in pages[number - 1], number))
    return next((number for number in _crossings(quote, pages)), None)


def folded(text: str) -> str:
    """Text as it is compared: one form of every character, no white space and no hyphens."""
    return _IGNORED.sub("", unicodedata.normalize("NFKC", text))


def page_texts(path: Path) -> list[str]:
    """Text of each page; a Word file or a web page is one page."""
    match path.suffix:
        case ".pdf":
            return _pdf_texts(path)
        case ".docx":
            return [_word_text(path)]
        case _:
            page = _PageText()
            page.feed(path.read_text(encoding="utf-8"))
            return [" ".join(page.found)]


def _with_note_marks(quote: str) -> re.Pattern[str]:
    """The quote, with a footnote number allowed wherever it cannot be part of a figure."""
    parts = []
    for char, following in zip(quote, quote[1:] + "0", strict=True):
        parts.append(re.escape(char))
        if not char.isdigit() and not following.isdigit():
            parts.append(r"\d{0,2}")
    return re.compile("".join(parts))


def _crossings(quote: str, pages: Sequence[str]) -> Iterator[int]:
    for number, (text, following) in enumerate(pairwise(pages), start=1):
        cuts = range(_SHORTEST_HALF, len(quote) - _SHORTEST_HALF + 1)
        if any(quote[:cut] in text and quote[cut:] in following for cut in cuts):
            yield number


def _pdf_texts(path: Path) -> list[str]:
    """Page texts; those of a scan come from the same pages set without scanning."""
    texts = [page.extract_text() for page in pypdf.PdfReader(path).pages]
    if any(text.strip() for text in texts):
        return texts
    sources = read_sources(path.parent.parent / "sources")
    document = next(source for source in sources if source.file == path.name)
    unscanned = pypdf.PdfReader(io.BytesIO(set_pdf(document)))
    return [page.extract_text() for page in unscanned.pages]


def _word_text(path: Path) -> str:
    with zipfile.ZipFile(path) as package:
        parts = [package.read(name) for name in _WORD_PARTS if name in package.namelist()]
    return " ".join(text for part in parts for text in ElementTree.fromstring(part).itertext())


class _PageText(HTMLParser):
    """Collects the text of a web page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        """Keep a stretch of text."""
        self.found.append(data)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
