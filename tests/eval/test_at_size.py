"""Made-up indexes are found in like real ones; how fast is measured, not tested."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

from assistant.ask import CANDIDATES
from assistant.retrieve import FOREIGN_STRETCH, LEXICAL_WEIGHT, Retriever, near
from eval import at_size, made_up
from eval.size_plot import size_svg
from ingest import search_files
from ingest.ngrams import features
from ingest.search_files import SearchFiles

COUNT = 1_500


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> SearchFiles:
    folder = tmp_path_factory.mktemp("made-up")
    search_files.write_rows(folder, 1, made_up.rows(COUNT), made_up.DIMENSION)
    return search_files.load(folder, 1)


def test_the_ngrams_of_a_made_up_text_are_those_of_its_words_written_out() -> None:
    places = np.array([3, 900, 3, 17_000])

    grams = made_up.grams_of(places)

    assert grams.tolist() == features(" ".join(made_up.vocabulary()[place] for place in places)).tolist()


def test_search_files_weigh_ngrams_by_how_rare_they_are(files: SearchFiles) -> None:
    of_row = [set(np.frombuffer(row[-1], np.uint32).tolist()) for row in made_up.rows(COUNT)]
    frequency = np.bincount([gram for grams in of_row for gram in grams], minlength=len(files.weights))
    weights = (np.log((COUNT + 1) / (frequency + 1)) + 1) ** 2
    text, _, _ = made_up.questions(1)[0]
    asked = {gram for gram in features(text).tolist() if 0 < frequency[gram] <= 0.25 * COUNT}

    shared = np.array([sum(weights[gram] for gram in grams & asked) for grams in of_row])
    lengths = np.array([sum(weights[gram] for gram in grams) for grams in of_row])
    expected = shared / np.sqrt(lengths * sum(weights[gram] for gram in asked))

    assert files.lexical(text) == pytest.approx(expected, abs=1e-5)


def test_a_question_finds_what_a_plain_scan_finds(files: SearchFiles) -> None:
    retriever = Retriever(files, at_size.NoEncoder())
    governing, others = made_up.documents(COUNT)

    for question in made_up.questions(20):
        hits = at_size.find(retriever, question, governing, others)

        best = _scanned(files, question, governing)[:CANDIDATES]
        rest = _scanned(files, question, others)[: CANDIDATES // 4]
        assert [hit.row for hit in hits] == [*best, *rest]


def _scanned(files: SearchFiles, question: made_up.Asked, documents: list[int]) -> list[int]:
    """Rows in order of standard scores within a language, taken one language at a time."""
    text, vector, language = question
    lexical = files.lexical(text)
    scores: dict[int, float] = {}
    for spoken in ("nb", "en", "sv"):
        members = ("nb", "nn") if spoken == "nb" else (spoken,)
        rows = [
            row
            for row in range(len(files))
            if files.language[row] in members and files.document[row] in documents
        ]
        if not rows:
            continue
        dense = _standard(np.array([files.vectors[row] @ vector for row in rows]))
        weight, stretch = (LEXICAL_WEIGHT, 1.0) if near(language, spoken) else (0.0, FOREIGN_STRETCH)
        total = stretch * dense + weight * _standard(lexical[rows])
        scores |= dict(zip(rows, total.tolist(), strict=True))
    return sorted(scores, key=lambda row: -scores[row])


def _standard(scores: np.ndarray) -> np.ndarray:
    deviation = scores.std()
    return np.zeros_like(scores) if deviation < 1e-9 else (scores - scores.mean()) / deviation


def test_every_size_is_told_with_its_memory_and_drawn(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    picture = tmp_path / "curve.svg"

    code = at_size.main(
        ["--sizes", "300,900", "--queries", "3", "--no-encoder", "--json", "--svg", str(picture)]
    )

    told = json.loads(capsys.readouterr().out)
    assert code == 0
    assert [each["statements"] for each in told["sizes"]] == [300, 900]
    assert all(each["disk_mb"] > 0 for each in told["sizes"])
    ElementTree.fromstring(picture.read_text(encoding="utf-8"))


def test_the_curve_says_its_numbers_in_words() -> None:
    drawn = size_svg([(5_000, 2.0, 4.0), (250_000, 60.0, 90.0)], (20.0, 30.0))

    description = ElementTree.fromstring(drawn).findtext("{http://www.w3.org/2000/svg}desc")

    assert description == "5,000 statements: 2.0 and 4.0 ms; 250,000 statements: 60.0 and 90.0 ms"
