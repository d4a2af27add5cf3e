"""How well documents are read, held against what people found in them."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from eval.errors import DatasetError
from eval.reading.__main__ import main
from eval.reading.labels import CORPUS, LABELS, DocumentLabels, document_of, read_labels
from eval.reading.score import Score, agreement, macro_f1, score_document
from tests.conftest import OUTSIDE, shared_folder

FEW_WORDS = 8
"""A label names a place; it must not carry the sentence of a document that is not ours."""


def _scored(chosen: list[DocumentLabels], corpus: Path | None = None) -> Score:
    together = Score()
    for labels in chosen:
        path, reason = document_of(labels, corpus)
        assert path is not None, reason
        together.add(score_document(labels, path))
    return together


@pytest.fixture(scope="module")
def skogvang() -> Score:
    return _scored([each for each in read_labels() if (each.where, each.half) == ("skogvang", "tune")])


@pytest.fixture(scope="module")
def corpus() -> Path:
    named, shared = os.environ.get("HJEMMEL_CORPUS"), shared_folder()
    folder = Path(named) if named else shared / "corpus" if shared else None
    if folder is None or not folder.is_dir():
        pytest.skip(OUTSIDE + "no real documents at hand (HJEMMEL_CORPUS names their folder)")
    return folder


def test_every_heading_is_read_and_nothing_else_is_one(skogvang: Score) -> None:
    assert skogvang.headings_met == skogvang.headings == skogvang.headings_read


def test_every_sentence_a_person_marks_is_read_as_a_statement(skogvang: Score) -> None:
    assert skogvang.statements >= 160
    assert skogvang.statements_met == skogvang.statements


def test_a_rule_is_read_with_its_force(skogvang: Score) -> None:
    assert (agreement(skogvang.forces) or 0) >= 0.9
    assert (macro_f1(skogvang.forces) or 0) >= 0.88


def test_no_rule_is_read_as_another_kind_of_rule(skogvang: Score) -> None:
    binding = ("obligation", "prohibition", "recommendation", "permission")
    mixed = [pair for pair in skogvang.forces if pair[0] != pair[1] and set(pair) <= set(binding)]

    assert mixed == []


def test_every_row_of_targets_is_read_slot_by_slot(skogvang: Score) -> None:
    assert skogvang.targets == skogvang.targets_read == skogvang.targets_met >= 9
    assert set(skogvang.slots.values()) == {skogvang.targets}


def test_real_documents_are_read_nearly_as_well(corpus: Path) -> None:
    """Only the half that may be looked at; documents this machine lacks are left out."""
    chosen = [labels for labels in read_labels() if labels.where == CORPUS and labels.half == "tune"]
    score = _scored([labels for labels in chosen if document_of(labels, corpus)[0]], corpus)

    assert score.documents >= 4
    assert score.headings_met >= 0.7 * score.headings
    assert score.headings_met >= 0.85 * score.headings_read
    assert score.statements_met >= 0.9 * score.statements
    assert (agreement(score.forces) or 0) >= 0.8


def _words(labels: DocumentLabels) -> list[str]:
    return [
        *(heading.words for heading in labels.headings),
        *(statement.words for statement in labels.statements),
        *(target.words for target in labels.targets),
    ]


def test_labels_name_a_place_and_copy_no_sentence() -> None:
    places = [words for labels in read_labels() if labels.where == CORPUS for words in _words(labels)]

    assert [words for words in places if len(words.split()) > FEW_WORDS] == []


def _labels_file(folder: Path, **changed: object) -> Path:
    path = folder / "one.json"
    content = json.loads((LABELS / "skogvang-klima-og-energiplan.json").read_text(encoding="utf-8"))
    path.write_text(json.dumps(content | changed), encoding="utf-8")
    return path


def test_a_document_that_is_not_the_one_labelled_is_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _labels_file(tmp_path, sha256="0" * 64)

    assert main(["--labels", str(tmp_path)]) == 1
    assert "is not the file that was labelled" in capsys.readouterr().out


def test_a_label_of_no_known_force_is_named_with_its_file(tmp_path: Path) -> None:
    path = _labels_file(tmp_path, statements=[{"page": 3, "words": "Planen", "force": "wish"}])

    with pytest.raises(DatasetError, match=f"{path.name}.*'wish'"):
        read_labels(tmp_path)


def test_what_is_absent_is_counted_against_the_reader(tmp_path: Path) -> None:
    asked = [{"page": 3, "words": "Dette står ikke der", "force": "obligation"}]
    _labels_file(tmp_path, statements=asked, headings=[{"page": 3, "number": None, "words": "Etterord"}])

    score = _scored(read_labels(tmp_path))

    assert score.forces == {("obligation", "absent"): 1}
    assert score.headings_met == 0
    assert any("Etterord" in miss for miss in score.misses)
