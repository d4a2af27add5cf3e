from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest import chroma_index, search_files
from ingest.build import IngestReport, ingest
from ingest.errors import EncoderMismatch, IndexDamaged, IndexLocked, RegisterError, UnreadableFolder
from ingest.store import FILE, Store
from tests.ingest.conftest import HashEncoder

Folder = Callable[..., Path]
STRATEGY = (
    "# Strategi\n\n## 1 Ombruk\n\nBrukte møbler skal vurderes først. Nykjøp skal begrunnes skriftlig.\n"
)
RULES = "# Reglement\n\n## § 1 Tilbud\n\nDet skal innhentes tre tilbud over 100 000 kroner.\n"


def _ingest(folder: Path, index: Path, encoder: HashEncoder) -> IngestReport:
    return ingest(folder, index, cache=index / "cache", encoder=encoder)


def _texts(index: Path) -> set[str]:
    store = Store.open(index)
    try:
        return {s.text for d in store.documents() for s in store.statements_of(d.document_id)}
    finally:
        store.close()


def test_every_document_is_counted_and_named(
    plan_folder: Folder, tmp_path: Path, hash_encoder: HashEncoder
) -> None:
    folder = plan_folder(strategi=STRATEGY, reglement=RULES)

    report = _ingest(folder, tmp_path / "index", hash_encoder)

    assert report.count("new") == 2
    assert {d.file for d in report.documents} == {"strategi.md", "reglement.md"}
    assert all(d.reading == "ok" for d in report.documents)
    assert report.passages.added == sum(d.passages for d in report.documents)


def test_a_second_run_over_an_unchanged_folder_encodes_nothing(
    plan_folder: Folder, tmp_path: Path, hash_encoder: HashEncoder
) -> None:
    folder = plan_folder(strategi=STRATEGY)
    _ingest(folder, tmp_path / "index", hash_encoder)
    hash_encoder.encoded.clear()

    report = _ingest(folder, tmp_path / "index", hash_encoder)

    assert report.count("unchanged") == 1
    assert hash_encoder.encoded == []


def test_a_changed_file_re_encodes_only_its_changed_statements(
    plan_folder: Folder, tmp_path: Path, hash_encoder: HashEncoder
) -> None:
    folder = plan_folder(strategi=STRATEGY, reglement=RULES)
    _ingest(folder, tmp_path / "index", hash_encoder)
    hash_encoder.encoded.clear()
    plan_folder(strategi=STRATEGY.replace("skriftlig", "i skjema"), reglement=RULES)

    report = _ingest(folder, tmp_path / "index", hash_encoder)

    assert report.count("changed") == 1
    assert hash_encoder.encoded == ["Nykjøp skal begrunnes i skjema."]


def test_a_removed_file_leaves_no_text_and_no_vector_behind(
    plan_folder: Folder, tmp_path: Path, hash_encoder: HashEncoder
) -> None:
    index = tmp_path / "index"
    _ingest(plan_folder(strategi=STRATEGY, reglement=RULES), index, hash_encoder)

    report = _ingest(plan_folder(strategi=STRATEGY), index, hash_encoder)

    store = Store.open(index)
    files = search_files.load(index, store.generation)
    assert report.count("removed") == 1
    assert not any("tilbud" in text for text in _texts(index))
    assert len(files) == store.count_statements()
    assert files.lexical("innhentes tre tilbud").max() < 0.3
    assert chroma_index.ChromaPassages(index).count() == len(store.all_passages())


def test_one_unreadable_file_does_not_cost_the_rest(
    plan_folder: Folder, tmp_path: Path, hash_encoder: HashEncoder
) -> None:
    folder = plan_folder(strategi=STRATEGY, reglement=RULES)
    (folder / "reglement.md").write_bytes(b"")

    report = _ingest(folder, tmp_path / "index", hash_encoder)

    failed = next(d for d in report.documents if d.outcome == "failed")
    assert (report.count("new"), report.count("failed")) == (1, 1)
    assert "reglement.md" in str(failed.reason)


def test_a_file_that_can_no_longer_be_read_keeps_its_earlier_reading(
    plan_folder: Folder, tmp_path: Path, hash_encoder: HashEncoder
) -> None:
    folder = plan_folder(strategi=STRATEGY)
    _ingest(folder, tmp_path / "index", hash_encoder)
    (folder / "strategi.md").write_bytes(b"")

    report = _ingest(folder, tmp_path / "index", hash_encoder)

    assert report.count("failed") == 1
    assert "Brukte møbler skal vurderes først." in _texts(tmp_path / "index")


def test_nothing_is_indexed_while_the_register_is_unsound(
    plan_folder: Folder, tmp_path: Path, hash_encoder: HashEncoder
) -> None:
    folder = plan_folder(strategi=STRATEGY)
    (folder / "strategi.md").unlink()

    with pytest.raises(RegisterError, match=r"strategi\.md"):
        _ingest(folder, tmp_path / "index", hash_encoder)

    assert _texts(tmp_path / "index") == set()


def test_an_index_of_another_encoder_is_refused_and_left_as_it_was(
    plan_folder: Folder, tmp_path: Path, hash_encoder: HashEncoder
) -> None:
    index = tmp_path / "index"
    _ingest(plan_folder(strategi=STRATEGY), index, hash_encoder)
    other = HashEncoder()
    other.name = "another-encoder"

    with pytest.raises(EncoderMismatch, match=r"hash-encoder.*another-encoder"):
        _ingest(plan_folder(strategi=STRATEGY + "\nNytt avsnitt.\n"), index, other)

    assert "Nytt avsnitt." not in _texts(index)


def test_a_missing_folder_is_named(tmp_path: Path, hash_encoder: HashEncoder) -> None:
    with pytest.raises(UnreadableFolder, match="nowhere"):
        _ingest(tmp_path / "nowhere", tmp_path / "index", hash_encoder)


def test_a_file_that_is_no_store_is_refused_with_the_remedy(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"this is not a database, not at all" * 50)

    with pytest.raises(IndexDamaged, match="ingest again"):
        Store.open(tmp_path)


def test_a_second_writer_is_told_who_is_writing(
    plan_folder: Folder, tmp_path: Path, hash_encoder: HashEncoder
) -> None:
    index = tmp_path / "index"
    program = (
        "import sys, time; from pathlib import Path; from ingest.build import writer_lock\n"
        "with writer_lock(Path(sys.argv[1])):\n    print('held', flush=True); time.sleep(60)"
    )
    holder = subprocess.Popen([sys.executable, "-c", program, str(index)], stdout=subprocess.PIPE)
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline().strip() == b"held"

        with pytest.raises(IndexLocked, match=str(holder.pid)):
            _ingest(plan_folder(strategi=STRATEGY), index, hash_encoder)
    finally:
        holder.kill()
        holder.wait()


@pytest.mark.slow
def test_an_ingest_killed_at_any_moment_loses_nothing_and_the_next_one_finishes_it(
    plan_folder: Folder, tmp_path: Path, hash_encoder: HashEncoder
) -> None:
    documents = {f"plan{n}": STRATEGY + f"\nRegel nummer {n} gjelder for enhet {n}.\n" for n in range(12)}
    folder, index = plan_folder(**documents), tmp_path / "index"
    program = (
        "import sys; from pathlib import Path; from ingest.build import ingest\n"
        "from tests.ingest.conftest import HashEncoder\n"
        "ingest(Path(sys.argv[1]), Path(sys.argv[2]), cache=Path(sys.argv[2]), encoder=HashEncoder())"
    )
    for delay in (0.5, 0.9, 1.2, 1.6, 2.0):
        child = subprocess.Popen([sys.executable, "-c", program, str(folder), str(index)])
        time.sleep(delay)
        child.kill()
        child.wait()
        if (index / FILE).exists():
            store = Store.open(index, write=True)
            assert store.integrity() == "ok"
            assert all(len(store.statements_of(d.document_id)) == 3 for d in store.documents())
            store.close()

    report = _ingest(folder, index, hash_encoder)

    assert report.count("new") + report.count("unchanged") == 12
    store = Store.open(index)
    assert len(search_files.load(index, store.generation)) == store.count_statements()
    assert chroma_index.ChromaPassages(index).count() == len(store.all_passages())


def test_two_municipalities_in_one_index_do_not_touch_each_other(
    plan_folder: Folder, tmp_path: Path, hash_encoder: HashEncoder
) -> None:
    index = tmp_path / "index"
    first = plan_folder("first", strategi=STRATEGY)
    second = plan_folder("second", strategi=RULES)
    register = second / "plans.yaml"
    register.write_text(register.read_text(encoding="utf-8").replace("testby", "naboby"), encoding="utf-8")

    _ingest(first, index, hash_encoder)
    report = _ingest(second, index, hash_encoder)

    store = Store.open(index)
    assert report.count("new") == 1
    assert set(store.registers()) == {"testby", "naboby"}
    assert len(store.documents("testby")) == len(store.documents("naboby")) == 1


def test_a_damaged_chroma_folder_is_made_anew_from_the_store(
    plan_folder: Folder, tmp_path: Path, hash_encoder: HashEncoder
) -> None:
    index = tmp_path / "index"
    _ingest(plan_folder(strategi=STRATEGY, reglement=RULES), index, hash_encoder)
    store = Store.open(index)
    passages = chroma_index.ChromaPassages(index)
    passages.remove(sorted(passages.ids())[:1])

    with pytest.raises(IndexDamaged, match="doctor --repair"):
        chroma_index.check(store, index)
    chroma_index.rebuild(store, index)

    chroma_index.check(store, index)
