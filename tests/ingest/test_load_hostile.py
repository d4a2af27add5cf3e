"""Files that were made or found to harm a reader; they are kept beside the project, not in it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from ingest.load import Cage
from ingest.load.outcome import has_visible_text
from ingest.plans import LoadedDocument, Reading
from tests.conftest import OUTSIDE


def files(shared: Path, folder: str) -> list[Path]:
    root = shared / folder
    if not root.is_dir():
        pytest.skip(f"{OUTSIDE}no folder {folder!r}")
    return sorted(path for path in root.rglob("*") if path.is_file() and path.suffix != ".tsv")


def is_sound(document: LoadedDocument) -> bool:
    """Readable text if and only if it says so, and a reason whenever all is not well."""
    if document.reading is Reading.OK:
        return document.reason is None and has_visible_text(document.pages)
    if document.reading is Reading.PARTIAL:
        return bool(document.reason) and has_visible_text(document.pages)
    return bool(document.reason)


def spans_are_sound(document: LoadedDocument) -> bool:
    return all(
        0 <= line.start < line.end <= len(page.text) and all(a <= b <= len(page.text) for a, b in line.cells)
        for page in document.pages
        for line in page.lines
    )


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("folder", ["badfiles", "corpus/nasty"])
def test_every_hostile_file_ends_as_a_named_outcome(shared: Path, folder: str) -> None:
    paths = files(shared, folder)
    outcomes: Counter[Reading] = Counter()

    with Cage() as cage:
        for path in paths:
            document = cage.load(path)
            outcomes[document.reading] += 1
            assert is_sound(document), path
            assert spans_are_sound(document), path
            assert document.reason is None or path.name in document.reason

    assert outcomes.total() == len(paths)
    assert outcomes[Reading.OK] > 0
