from __future__ import annotations

from pathlib import Path

from ingest.__main__ import render
from ingest.build import IngestReport
from ingest.store import PassageCounts

GUESSED = IngestReport(documents=(), passages=PassageCounts(), seconds=0.1, confirmed=False)


def test_folder_without_a_register_is_told_to_draft_one() -> None:
    assert "No plans.yaml was found" in render(GUESSED)


def test_drafted_register_is_told_of_as_a_draft_and_not_as_missing() -> None:
    said = render(GUESSED, Path("folder/plans.yaml"))

    assert "folder/plans.yaml is a draft" in said
    assert "confirmed: false" in said
    assert "No plans.yaml" not in said
