"""The pages of the documents, as the assistant's own loader reads them; where quotes are looked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ingest.fold import Folded, fold


@dataclass(slots=True)
class PagesOf:
    """One file's pages: (physical number or None, text). Folding is done once, when first asked for."""

    texts: tuple[tuple[int | None, str], ...]
    reason: str | None = None
    """Why nothing, or not everything, was read."""
    there: bool = True
    """Whether the file exists at all."""
    _folded: list[Folded] | None = field(default=None, repr=False)

    def folded(self) -> list[Folded]:
        if self._folded is None:
            self._folded = [fold(text) for _, text in self.texts]
        return self._folded

    def pages_with(self, quote: str) -> list[int | None]:
        """The numbers of the pages on which a quote stands, white space, ligatures and hyphens aside."""
        wanted = fold(quote).text
        if not wanted:
            return []
        return [
            number for (number, _), page in zip(self.texts, self.folded(), strict=True) if wanted in page.text
        ]

    def pages_with_words(self, quote: str) -> list[int | None]:
        """Looser: the pages with the quote's words in their order, whatever stands between table cells."""
        wanted = _words_only(quote)
        if not wanted:
            return []
        return [number for number, text in self.texts if f" {wanted} " in f" {_words_only(text)} "]

    def span_of(self, quote: str, page: int | None) -> tuple[int, int] | None:
        """Where a quote stands on a page, as offsets into that page's folded text."""
        wanted = fold(quote).text
        for (number, _), folded in zip(self.texts, self.folded(), strict=True):
            at = folded.text.find(wanted) if wanted and number == page else -1
            if at >= 0:
                return at, at + len(wanted)
        return None


def _words_only(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text).text))


PageTexts = Mapping[str, PagesOf]
"""Pages by file name, as the register writes it."""


def read_pages(folder: Path, files: Iterable[str]) -> dict[str, PagesOf]:
    """The pages of each file, read as `ingest` reads them, without its cage: the dataset's own documents."""
    from ingest.load import load_in_process

    found: dict[str, PagesOf] = {}
    for name in sorted(set(files)):
        path = folder / name
        if not path.is_file():
            found[name] = PagesOf((), f"{path} is not there", there=False)
            continue
        loaded = load_in_process(path)
        found[name] = PagesOf(tuple((page.number, page.text) for page in loaded.pages), loaded.reason)
    return found
