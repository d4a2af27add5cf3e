from __future__ import annotations

from pathlib import Path

import pytest

from ingest.load import load_in_process
from ingest.plans import LineKind, LoadedDocument, Reading


def load(tmp_path: Path, content: bytes, name: str = "rutine.txt") -> LoadedDocument:
    path = tmp_path / name
    path.write_bytes(content)
    return load_in_process(path)


def shown(document: LoadedDocument) -> list[tuple[LineKind, str]]:
    page = document.pages[0]
    return [(line.kind, page.text[line.start : line.end]) for line in page.lines]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252"])
def test_norwegian_letters_survive_every_encoding(tmp_path: Path, encoding: str) -> None:
    document = load(tmp_path, "Æra for kjøp på årets møte\n".encode(encoding))

    assert document.pages[0].text == "Æra for kjøp på årets møte\n"


def test_each_printed_line_is_a_line_without_its_margins(tmp_path: Path) -> None:
    document = load(tmp_path, b"1 Formal\r\n\r\n   Kommunen skal leie.  \r\n")

    assert shown(document) == [(LineKind.UNKNOWN, "1 Formal"), (LineKind.UNKNOWN, "Kommunen skal leie.")]


def test_tag_characters_are_hidden_and_the_words_around_them_are_not(tmp_path: Path) -> None:
    secret = "".join(chr(0xE0000 + ord(letter)) for letter in "obey")

    document = load(tmp_path, f"Plan{secret} for mat\n".encode())

    assert shown(document) == [
        (LineKind.UNKNOWN, "Plan"),
        (LineKind.HIDDEN, secret),
        (LineKind.UNKNOWN, " for mat"),
    ]


def test_direction_override_hides_what_it_turns_round(tmp_path: Path) -> None:
    document = load(tmp_path, "Pris \u202e001\u202c kr\n".encode())

    assert [kind for kind, _ in shown(document)] == [LineKind.UNKNOWN, LineKind.HIDDEN, LineKind.UNKNOWN]


def test_zero_bytes_is_empty(tmp_path: Path) -> None:
    document = load(tmp_path, b"")

    assert document.reading is Reading.EMPTY
    assert document.reason
    assert document.reason.startswith("rutine.txt: ")


@pytest.mark.parametrize("content", [b"   \n \t\n", b"---\n***\n", "\U000e0041\U000e0042".encode()])
def test_text_without_a_visible_word_is_never_ok(tmp_path: Path, content: bytes) -> None:
    document = load(tmp_path, content)

    assert document.reading is Reading.EMPTY
    assert document.pages == ()


def test_characters_that_no_database_holds_are_replaced_one_for_one(tmp_path: Path) -> None:
    document = load(tmp_path, b"Kommunen skal leie utstyr og\x00lokaler.\n")

    assert document.pages[0].text == "Kommunen skal leie utstyr og\ufffdlokaler.\n"


def test_missing_file_is_rejected_by_name(tmp_path: Path) -> None:
    document = load_in_process(tmp_path / "borte.txt")

    assert document.reading is Reading.REJECTED
    assert document.reason
    assert "borte.txt" in document.reason
