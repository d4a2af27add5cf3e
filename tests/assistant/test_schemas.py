"""What every command prints with --json, held against `assistant/schemas/`: each schema names its examples."""

from __future__ import annotations

import argparse
import json
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # comes with chromadb
from referencing import Registry, Resource

import assistant
from assistant.__main__ import main as assist
from assistant.__main__ import parser as assistant_parser
from eval.__main__ import main as evaluate
from eval.__main__ import parser as eval_parser
from ingest.__main__ import main as bring_in

SCHEMAS = Path(assistant.__file__).parent / "schemas"
SHARED = "parts.json"
NAMES = sorted(path.stem for path in SCHEMAS.glob("*.json") if path.name != SHARED)

REGISTER = """
municipality: {id: testby, name: Testby kommune, languages: [nb]}
plans:
  - {id: R, file: reglement.md, title: Innkjøpsreglement, level: 4, kind: standing-orders, valid_from: 2024-01-01}
  - {id: U, file: utkast.md, title: Rutine for møbler, level: 4, kind: routine, status: adopted}
"""
DOCUMENTS = {
    "reglement.md": "# Reglement\n\n## § 1 Tilbud\n\nFor kjøp over 100 000 kroner skal det innhentes tre tilbud.\n",
    "utkast.md": "# Rutine for møbler\n\nHøringsutkast\n\nBrukte møbler skal vurderes først.\n",
}
TABLE = """spørsmål;utfall;plan;styrke;fakta;sitat
Hvor mange tilbud trengs for 150 000?;svar;R;må;tre;For kjøp over 100 000 kroner skal det innhentes tre tilbud.
Når er skoleferien?;ikke svar;;;;
"""


def written(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((SCHEMAS / name).read_text(encoding="utf-8"))
    return content


def closed(schema: Any) -> Any:
    """The schema with every key that it does not write down forbidden."""
    if isinstance(schema, list):
        return [closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    made = {key: closed(value) for key, value in schema.items()}
    is_object = isinstance(schema.get("properties"), dict) and schema.get("type") == "object"
    return {**made, "additionalProperties": made.get("additionalProperties", False)} if is_object else made


def faults(name: str, content: Any) -> list[str]:
    registry: Registry[Any] = Registry().with_resource(
        SHARED, Resource.from_contents(closed(written(SHARED)))
    )
    validator = Draft202012Validator(closed(written(f"{name}.json")), registry=registry)
    return [f"{fault.json_path}: {fault.message[:300]}" for fault in validator.iter_errors(content)]


# --- the commands, each with its schema ---------------------------------------------------


def _with_json(parser: argparse.ArgumentParser, *above: str) -> Iterator[str]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, below in action.choices.items():
                yield from _with_json(below, *above, name)
        elif "--json" in action.option_strings:
            yield "-".join(above)


def test_every_command_with_json_has_a_schema_and_every_schema_a_command() -> None:
    assert {*_with_json(assistant_parser()), *_with_json(eval_parser(), "eval"), "ingest"} == set(NAMES)


@pytest.mark.parametrize("name", [*NAMES, "parts"])
def test_a_schema_is_one(name: str) -> None:
    Draft202012Validator.check_schema(written(f"{name}.json"))


# --- their examples -----------------------------------------------------------------------


def call(line: str, capsys: pytest.CaptureFixture[str]) -> Any:
    """What a command line prints as JSON; 1 is an exit code too where something is found wrong."""
    hjemmel, door, *words = shlex.split(line)
    capsys.readouterr()
    doors = {"ingest": bring_in, "eval": evaluate}
    code = doors[door](words) if door in doors else assist([door, *words])
    printed = capsys.readouterr()
    assert (hjemmel, code in (0, 1)) == ("hjemmel", True), printed.err
    assert printed.out, printed.err
    return json.loads(printed.out)


@pytest.fixture
def place(skogvang: Path, tmp_path: Path) -> dict[str, str]:
    """What the examples' capital words stand for: copies, so that no example meets another's traces."""
    for name in ("FOLDER", "BARE", "UNSOUND"):
        (tmp_path / name).mkdir()
        for file, text in DOCUMENTS.items():
            (tmp_path / name / file).write_text(text, encoding="utf-8")
    (tmp_path / "FOLDER" / "plans.yaml").write_text(REGISTER, encoding="utf-8")
    (tmp_path / "UNSOUND" / "plans.yaml").write_text(REGISTER.replace("level: 4", "level: 9"), "utf-8")
    (tmp_path / "TABLE.csv").write_text(TABLE, encoding="utf-8")
    (tmp_path / "GRADES.csv").write_text("id;grade\nQ001;1\nQ002;0\n", encoding="utf-8")
    (tmp_path / "ASKED.jsonl").write_text(
        '{"question": "Hvem godkjenner et kjøp på 450 000 kroner?"}\n', "utf-8"
    )
    endings = {"TABLE": ".csv", "GRADES": ".csv", "ASKED": ".jsonl", "LABELS": ".csv", "SET": ".csv",
               "EXPORTED": ".csv", "BANK": ".sqlite"}  # fmt: skip
    folders = ("FOLDER", "BARE", "UNSOUND", "SMALL", "DATASET", "DATASET2", "RUN", "RUN2")
    return {"INDEX": str(skogvang)} | {
        word: str(tmp_path / (word + endings.get(word, ""))) for word in (*folders, *endings)
    }


def filled(line: str, place: dict[str, str]) -> str:
    return " ".join(shlex.quote(place.get(word, word)) for word in shlex.split(line))


def made_before(name: str, place: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    """What must be there for the examples of a command: an index, a dataset, a run, approved questions."""
    before = []
    if name.startswith("eval-"):
        before.append("hjemmel eval import TABLE DATASET --documents FOLDER --json")
    if name in ("eval-run", "eval-ablate", "eval-authority"):
        before.append("hjemmel ingest FOLDER --index SMALL --json")
    if name in ("eval-compare", "eval-report", "eval-calibrate", "eval-judge"):
        before.append("hjemmel ingest FOLDER --index SMALL --json")
        before.append("hjemmel eval run DATASET --index SMALL --out RUN --json")
    if name.startswith("qa-") and name != "qa-generate":
        bank = "--index INDEX --bank BANK --json"
        before.append(f"hjemmel qa generate --count 3 --as-of 2026-11-20 {bank}")
        before.append(f"hjemmel qa review --approve all --role Innkjøp {bank}")
        before.append(f"hjemmel qa export --to SET {bank}")
    for line in before:
        content = call(filled(line, place), capsys)
        if "items" in content and "qa generate" in line:
            place["ITEM"] = content["items"][0]["item_id"]


@pytest.mark.parametrize("name", NAMES)
def test_what_a_command_prints_is_what_its_schema_says(
    name: str, place: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    made_before(name, place, capsys)
    examples = written(f"{name}.json")["run"]

    for line in examples:
        assert faults(name, call(filled(line, place), capsys)) == [], line
    assert examples


def test_a_judged_conflict_is_what_its_schema_says(
    skogvang: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    index = shutil.copytree(skogvang, tmp_path / "index")
    ask = f"hjemmel plans conflicts --index {index} --as-of 2026-11-20 --json"
    first = call(ask, capsys)["conflicts"][0]["id"]

    verdict = call(f"{ask} --verdict {first} accepted --reason avklart", capsys)
    every = call(f"{ask} --all", capsys)

    assert faults("plans-conflicts", verdict) == faults("plans-conflicts", every) == []
    assert [c["verdict"]["verdict"] for c in every["conflicts"] if c["verdict"]] == ["accepted"]


def test_a_key_that_is_not_written_down_is_found() -> None:
    assert faults("search", {"id": None, "query": "møbler", "passages": []}) == []
    assert faults("search", {"id": None, "query": "møbler", "passages": [], "new": 1}) != []
