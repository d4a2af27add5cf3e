"""A dataset made ready to be measured on: its documents read, its registers asked."""

from __future__ import annotations

from collections import defaultdict

from eval.dataset import Dataset
from eval.judge import Judge
from eval.pages import PageTexts, read_pages
from eval.run import Bench
from eval.standing import Standings, read_standings


def open_bench(dataset: Dataset, judge: Judge) -> Bench:
    """Reads what files the key quotes from and every register; what is not there is not measured."""
    return Bench(dataset=dataset, judge=judge, pages=pages_of(dataset), standings=standings_of(dataset))


def pages_of(dataset: Dataset) -> dict[str, PageTexts]:
    """The pages of every file in the register or the evidence, by folder."""
    files: dict[str, set[str]] = defaultdict(set)
    for folder, standings in standings_of(dataset).items():
        files[folder].update(standings.files())
    for row in dataset.evidence:
        if row.file:
            files[row.folder].add(row.file)
    found: dict[str, PageTexts] = {}
    for folder, names in files.items():
        documents = dataset.documents_of(folder)
        if documents is not None and documents.is_dir():
            found[folder] = read_pages(documents, names)
    return found


def standings_of(dataset: Dataset) -> dict[str, Standings]:
    """The registers, by folder; a folder without one is left out."""
    found = {folder: read_standings(dataset.documents_of(folder)) for folder in dataset.folders}
    return {folder: standings for folder, standings in found.items() if standings is not None}
