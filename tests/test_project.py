"""What the project says of itself, checked against what it is."""

from __future__ import annotations

import argparse
import re
import string
from typing import Any

import pytest

from assistant.__main__ import parser
from ingest.wording import languages as worded_languages
from ingest.wording import wording
from prompts import answer_texts
from prompts import languages as answer_languages
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def _actions(made: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    choices = [a.choices for a in made._actions if isinstance(a, argparse._SubParsersAction)]
    return dict(choices[0]) if choices else {}


def test_every_command_of_the_readme_is_one_and_every_command_is_in_it() -> None:
    rows = re.findall(r"^(?:\| `)?hjemmel (\w+)(?: (\w+))?", README, re.MULTILINE)
    commands = _actions(parser())

    assert {command for command, _ in rows} == set(commands)
    for command in ("plans", "qa"):
        assert {action for name, action in rows if name == command} == set(_actions(commands[command]))


def test_every_setting_is_in_the_readme() -> None:
    sources = [*(ROOT / "assistant").glob("*.py"), *(ROOT / "ingest").glob("*.py")]
    settings = {
        name
        for path in sources
        for name in re.findall(r'"(HJEMMEL_[A-Z_]+)"', path.read_text(encoding="utf-8"))
    }

    assert settings
    assert {name for name in settings if name not in README} == set()


def _leaves(content: Any, path: str = "") -> dict[str, str]:
    if isinstance(content, dict):
        return {k: v for key, value in content.items() for k, v in _leaves(value, f"{path}/{key}").items()}
    return {path: content} if isinstance(content, str) else {path: ""}


@pytest.mark.parametrize("language", answer_languages())
def test_every_language_has_the_same_wording_with_the_same_placeholders(language: str) -> None:
    english, other = _leaves(dict(answer_texts("en"))), _leaves(dict(answer_texts(language)))

    assert other.keys() == english.keys()
    for key, text in english.items():
        wanted = {name for _, name, _, _ in string.Formatter().parse(text) if name}
        found = {name for _, name, _, _ in string.Formatter().parse(other[key]) if name}
        assert found <= wanted, key


@pytest.mark.parametrize("language", worded_languages())
def test_every_language_file_has_all_keys_and_compiles(language: str) -> None:
    assert wording(language).language == language


def test_a_language_without_a_file_is_read_as_english() -> None:
    assert wording("xx") is wording("en")


def test_pins_respect_the_floors_below_which_holes_are_known() -> None:
    floors = {
        "pypdf": (6, 16, 1),
        "gradio": (6, 20),
        "langchain-core": (1, 2, 11),
        "transformers": (5, 3),
        "chromadb": (1, 5, 9),
    }
    pinned = dict(
        re.findall(
            r"^([\w-]+)==([\d.]+)", (ROOT / "constraints.txt").read_text(encoding="utf-8"), re.MULTILINE
        )
    )

    for package, floor in floors.items():
        assert tuple(map(int, pinned[package].split("."))) >= floor, package
