"""The doors as a person opens them, each in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.places import cache_folder
from tests.conftest import ROOT

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


def _run(home: Path, *words: str, program: str = "hjemmel") -> subprocess.CompletedProcess[str]:
    environ = {**os.environ, "HJEMMEL_DATA": str(home), "HJEMMEL_CACHE": str(cache_folder(os.environ))}
    command = [sys.executable, "-m", program, *words]
    return subprocess.run(command, capture_output=True, text=True, env=environ, cwd=ROOT, check=False)


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("plans")
    (folder / "reglement.md").write_text(
        "# Reglement\n\n## § 1 Tilbud\n\nFor kjøp over 100 000 kroner skal det innhentes tre tilbud.\n\n"
        "## § 2 Møbler\n\nBrukte møbler skal vurderes før nykjøp.\n", encoding="utf-8",
    )  # fmt: skip
    (folder / "plans.yaml").write_text(
        "municipality: {id: testby, name: Testby kommune}\nplans:\n"
        "  - {id: R, file: reglement.md, title: Innkjøpsreglement, level: 4, kind: standing-orders}\n",
        encoding="utf-8",
    )  # fmt: skip
    return folder


@pytest.fixture(scope="module")
def index(home: Path, plans: Path) -> Path:
    folder = home / "index"
    done = _run(home, "ingest", str(plans), "--index", str(folder), "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["new"] == 1
    return folder


def test_help_names_every_command(home: Path) -> None:
    done = _run(home, "--help")

    assert done.returncode == 0
    for command in ("demo", "ingest", "ask", "search", "serve", "plans", "eval", "doctor"):
        assert command in done.stdout


def test_an_answer_goes_to_stdout_as_json(home: Path, index: Path) -> None:
    done = _run(home, "ask", "Hvor mange tilbud trengs for 150 000?", "--index", str(index), "--json")

    answer = json.loads(done.stdout)
    assert done.returncode == 0
    assert answer["schema"] == 1
    assert answer["governing"]["plan_id"] == "R"
    assert answer["governing"]["page"] is None


def test_an_answer_for_a_person_names_source_level_and_date(home: Path, index: Path) -> None:
    done = _run(home, "ask", "Hvor mange tilbud trengs for 150 000?", "--index", str(index))

    assert "tre tilbud" in done.stdout
    assert "Innkjøpsreglement, § 1" in done.stdout
    assert "Nivå 4" in done.stdout
    assert "Gjelder per" in done.stdout


def test_a_batch_gives_one_object_a_line_in_order(home: Path, index: Path, tmp_path: Path) -> None:
    batch = tmp_path / "questions.jsonl"
    batch.write_text(
        '{"id": "a", "question": "Må brukte møbler vurderes?"}\n\n{"id": "b", "question": "Hei"}\n',
        encoding="utf-8",
    )

    done = _run(home, "ask", "--questions", str(batch), "--index", str(index), "--as-of", "2026-01-01")

    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(a["id"], a["as_of"]) for a in answers] == [("a", "2026-01-01"), ("b", "2026-01-01")]


def test_search_prints_the_contracts_json(home: Path, index: Path) -> None:
    done = _run(home, "search", "møbler", "-k", "1", "--index", str(index), "--json")

    found = json.loads(done.stdout)
    assert found["query"] == "møbler"
    assert found["passages"][0].keys() == {
        "rank", "plan_id", "file", "title", "level", "section", "page", "score", "text", "also",
    }  # fmt: skip


def test_the_trace_goes_to_stderr(home: Path, index: Path) -> None:
    done = _run(home, "ask", "Må brukte møbler vurderes?", "--index", str(index), "--trace", "--json")

    assert json.loads(done.stderr[done.stderr.index("{") :])["candidates"]
    assert json.loads(done.stdout)


def test_doctor_finds_a_sound_index_sound_and_a_damaged_one_not(home: Path, index: Path, plans: Path) -> None:
    assert json.loads(_run(home, "doctor", "--index", str(index), "--json").stdout)["sound"] is True
    other = home / "damaged"
    _run(home, "ingest", str(plans), "--index", str(other))
    for array in other.glob("search-*/vectors.npy"):
        array.write_bytes(array.read_bytes()[:200])

    done = _run(home, "doctor", "--index", str(other), "--json")

    assert done.returncode == 1
    assert "doctor --repair" in done.stdout
    assert _run(home, "doctor", "--index", str(other), "--repair").returncode == 0


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("ask",), 2, "give a QUESTION"),
        (("ask", "Hva?", "--index", "/nowhere/at/all"), 1, "hjemmel ingest"),
        (("ask", "Hva?", "--as-of", "i går"), 2, "2026-11-20"),
        (("ask", "--questions", "/nowhere.jsonl", "--index", "INDEX"), 1, "/nowhere.jsonl"),
        (("ingest", "/nowhere/at/all"), 1, "/nowhere/at/all"),
        (("fly",), 2, "invalid choice"),
    ],
)
def test_misuse_and_failure_are_told_apart_and_named(
    home: Path, index: Path, words: tuple[str, ...], code: int, told: str
) -> None:
    done = _run(home, *(str(index) if w == "INDEX" else w for w in words))

    assert done.returncode == code
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_a_line_that_is_no_json_is_named_by_its_number(home: Path, index: Path, tmp_path: Path) -> None:
    batch = tmp_path / "bad.jsonl"
    batch.write_text('{"question": "Hei"}\nnot json\n', encoding="utf-8")

    done = _run(home, "ask", "--questions", str(batch), "--index", str(index))

    assert done.returncode == 1
    assert f"{batch}:2" in done.stderr
