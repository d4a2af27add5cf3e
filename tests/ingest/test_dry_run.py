"""What an ingest would do, told before anything is done."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.__main__ import main
from ingest.build import ingest
from ingest.dry_run import foresee
from ingest.errors import RegisterError, UnreadableFolder
from ingest.load.outcome import TRY_AGAIN
from ingest.store import FILE, Store
from tests.ingest.conftest import HashEncoder

Folder = Callable[..., Path]
STRATEGY = "# Strategi\n\n## 1 Ombruk\n\nBrukte møbler skal vurderes først.\n"
RULES = "# Reglement\n\n## § 1 Tilbud\n\nDet skal innhentes tre tilbud.\n"
ROUTINE = "# Rutine\n\n## 1 Lager\n\nLageret skal sjekkes.\n"


@pytest.fixture
def index(tmp_path: Path, plan_folder: Folder, hash_encoder: HashEncoder) -> Path:
    """An index of a strategy and a set of rules."""
    made = tmp_path / "index"
    ingest(plan_folder(strategi=STRATEGY, reglement=RULES), made, cache=made, encoder=hash_encoder)
    return made


def _texts(index: Path) -> set[str]:
    store = Store.open(index)
    try:
        return {s.text for d in store.documents() for s in store.statements_of(d.document_id)}
    finally:
        store.close()


def test_each_document_is_told_apart_as_an_ingest_would(index: Path, plan_folder: Folder) -> None:
    folder = plan_folder(strategi=STRATEGY.replace("først", "sist"), rutine=ROUTINE)

    report = foresee(folder, index)

    outcomes = {d.file: d.outcome for d in report.documents}
    assert outcomes == {"strategi.md": "changed", "rutine.md": "new", "reglement.md": "removed"}


def test_what_cannot_be_read_is_told_with_its_reason(index: Path, plan_folder: Folder) -> None:
    folder = plan_folder(strategi=STRATEGY, reglement=RULES)
    (folder / "reglement.md").write_bytes(b"")

    report = foresee(folder, index)

    failed = next(d for d in report.documents if d.outcome == "failed")
    assert "reglement.md" in str(failed.reason)
    assert report.count("unchanged") == 1


def test_nothing_in_the_index_changes(index: Path, plan_folder: Folder) -> None:
    before = _texts(index)

    foresee(plan_folder(strategi=ROUTINE), index)

    assert _texts(index) == before


def test_no_index_is_made_where_there_is_none(plan_folder: Folder, tmp_path: Path) -> None:
    report = foresee(plan_folder(strategi=STRATEGY), tmp_path / "nowhere")

    assert report.count("new") == 1
    assert not (tmp_path / "nowhere").exists()


def test_an_unsound_register_is_told_as_an_ingest_would(plan_folder: Folder, tmp_path: Path) -> None:
    folder = plan_folder(strategi=STRATEGY)
    (folder / "strategi.md").unlink()

    with pytest.raises(RegisterError, match=r"strategi\.md"):
        foresee(folder, tmp_path / "index")


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFolder, match="nowhere"):
        foresee(tmp_path / "nowhere", tmp_path / "index")


def test_a_folder_without_a_register_is_foreseen_by_the_same_guess(tmp_path: Path) -> None:
    folder = tmp_path / "plans"
    folder.mkdir()
    (folder / "strategi.md").write_text(STRATEGY, encoding="utf-8")

    report = foresee(folder, tmp_path / "index")

    assert not report.confirmed
    assert report.count("new") == 1


def test_the_command_prints_the_report_as_json(
    plan_folder: Folder, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = [str(plan_folder(strategi=STRATEGY)), "--index", str(tmp_path / "index"), "--dry-run", "--json"]

    code = main(words)

    report = json.loads(capsys.readouterr().out)
    assert code == 0
    assert (report["new"], report["passages"]["added"]) == (1, 0)
    assert not (tmp_path / "index").exists()


def test_a_file_read_in_part_for_want_of_time_is_read_again(index: Path, plan_folder: Folder) -> None:
    with sqlite3.connect(index / FILE) as db:
        db.execute(f"update document set reason='page 2 is late; {TRY_AGAIN}' where file='strategi.md'")

    report = foresee(plan_folder(strategi=STRATEGY, reglement=RULES), index)

    assert {d.file: d.outcome for d in report.documents} == {
        "strategi.md": "changed",
        "reglement.md": "unchanged",
    }
