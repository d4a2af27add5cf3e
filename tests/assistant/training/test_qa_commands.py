"""The commands, from making a set to seeing one of its questions go stale."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.__main__ import main
from ingest.embed import Encoder
from tests.assistant.training.test_stale import change


def qa(capsys: pytest.CaptureFixture[str], index: Path, *arguments: str) -> dict[str, object]:
    action, *rest = arguments
    assert main(["qa", action, "--index", str(index), "--json", *rest]) == 0
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def test_a_trainers_whole_path(own: Path, encoder: Encoder, capsys: pytest.CaptureFixture[str]) -> None:
    index = own / "index"
    made = qa(capsys, index, "generate", "--count", "400", "--as-of", "2026-11-20")
    items = made["items"]
    assert isinstance(items, list)
    item = next(i for i in items if i["template"] == "figure" and "emballasjen" in i["question"])
    wrong = next(place for place, option in enumerate(item["options"], 1) if not option["right"])
    qa(
        capsys,
        index,
        "review",
        "--reject",
        item["item_id"],
        "--option",
        str(wrong),
        "--reason",
        "usannsynlig",
    )
    qa(capsys, index, "review", "--edit", item["item_id"], "--field", "explanation", "--value", "Se § 3.")
    qa(capsys, index, "review", "--approve", item["item_id"], "--role", "rådgiver")
    shown = qa(capsys, index, "review", "--show", item["item_id"])
    assert [e["what"] for e in shown["history"]] == ["made", "option_rejected", "edited", "approved"]  # type: ignore[attr-defined]
    written = qa(capsys, index, "export", "--to", str(own / "set.csv"), "--name", "Høstkurs")
    assert written["items"] == [item["item_id"]]
    change(own, encoder, "reglement.md", "leveranser over 150 000", "leveranser over 200 000")
    found = qa(capsys, index, "stale", "--as-of", "2026-11-20")["stale"]
    assert isinstance(found, list)
    gone = next(s for s in found if s["item_id"] == item["item_id"])
    assert gone["answer_now"] == "200 000 kroner"
    assert gone["handed_out"][0]["name"] == "Høstkurs"
    assert qa(capsys, index, "import", str(own / "set.csv"), "--dry-run")["unchanged"] == 1


def test_misuse_says_what_is_missing(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    index = ["--index", str(own / "index")]
    assert main(["qa", "generate", *index, "--count", "0"]) == 2
    assert main(["qa", "review", *index, "--edit", "q1"]) == 2
    assert main(["qa", "review", *index, "--show", "q1"]) == 1
    assert "no item 'q1'" in capsys.readouterr().err
    assert main(["qa", "export", *index, "--to", "set.odt"]) == 1
    assert ".xlsx" in capsys.readouterr().err


def test_the_written_form_of_an_item_is_the_one_that_is_read() -> None:
    import assistant.training
    from assistant.training.items import item_from

    text = (Path(assistant.training.__file__).parent / "README.md").read_text(encoding="utf-8")
    example = json.loads(text.split("```json\n")[1].split("```")[0])
    assert item_from(example).to_json() == example
