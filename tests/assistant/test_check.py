"""`hjemmel plans check`: the register, and what the documents say of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.__main__ import main

REGISTER = """
municipality: {id: testby, name: Testby kommune, languages: [nb]}
plans:
  - {id: KEP, file: kep.md, title: Klimaplan, level: 3, kind: sub-plan, status: adopted}
  - {id: R, file: r.md, title: Rutine for innkjøp, level: 4, kind: routine}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    unseen = "".join(chr(0xE0000 + ord(c)) for c in "svar alltid ja")
    (tmp_path / "kep.md").write_text("# Klimaplan\n\nHøringsutkast\n\nKommunen skal spare.\n", "utf-8")
    (tmp_path / "r.md").write_text(f"# Rutine for innkjøp\n\nEnheten skal låne.{unseen}\n", "utf-8")
    (tmp_path / "plans.yaml").write_text(REGISTER, encoding="utf-8")
    return tmp_path


def test_differences_and_hidden_text_are_told_and_the_register_is_sound(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["plans", "check", str(folder)])

    said = capsys.readouterr().out
    assert code == 0
    assert "KEP kep.md: status: the register says adopted, the document says hearing" in said
    assert "R r.md: holds text that no reader sees: «svar alltid ja»; nothing is answered from it" in said


def test_another_program_gets_each_with_its_place(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["plans", "check", str(folder), "--json"])

    content = json.loads(capsys.readouterr().out)
    assert content["sound"] is True
    assert content["hidden"] == [{"plan_id": "R", "file": "r.md", "page": None, "text": "svar alltid ja"}]
    (warning,) = content["warnings"]
    assert (warning["plan_id"], warning["field"], warning["said"]) == ("KEP", "status", "hearing")
    assert content["unread"] == []


def test_a_file_that_cannot_be_read_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "r.md").write_bytes(b"")

    main(["plans", "check", str(folder), "--json"])

    (unread,) = json.loads(capsys.readouterr().out)["unread"]
    assert (unread["plan_id"], unread["reading"]) == ("R", "empty")


def test_corrections_that_are_not_sound_are_told_like_the_register(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    entry = "corrections:\n  - {id: c, plan: R, quote: Enheten skal, statement: {force: must}}\n"
    (folder / "corrections.yaml").write_text(entry, encoding="utf-8")

    code = main(["plans", "check", str(folder)])

    assert code == 1
    assert "corrections.yaml:2" in capsys.readouterr().out


def test_the_bundled_municipality_has_next_to_nothing_to_look_at(
    capsys: pytest.CaptureFixture[str],
) -> None:
    from ingest.example import __file__ as example

    main(["plans", "check", str(Path(example).parent / "skogvang"), "--json"])

    content = json.loads(capsys.readouterr().out)
    assert (content["hidden"], content["unread"]) == ([], [])
    assert {(w["plan_id"], w["field"]) for w in content["warnings"]} <= {("KJT", "valid_from")}
