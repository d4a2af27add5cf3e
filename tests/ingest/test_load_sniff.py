from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from ingest.load import sniff


def kind(tmp_path: Path, name: str, content: bytes) -> sniff.Kind:
    path = tmp_path / name
    path.write_bytes(content)
    return sniff.kind_of(path)


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("plan.docx", b"%PDF-1.7\n", sniff.PDF),
        ("plan.pdf", b"junk before\n%PDF-1.4\n", sniff.PDF),
        ("plan.txt", b"<!DOCTYPE html><p>Plan</p>", sniff.HTML),
        ("plan.html", b"Kapittel 1 <b>Plan</b>", sniff.HTML),
        ("plan.htm", b"<p>a\x00b\x00</p>", sniff.HTML),
        ("plan.md", b"Innledning\n", sniff.MARKDOWN),
        ("plan", b"# Innledning\n\nTekst\n", sniff.MARKDOWN),
        ("plan.txt", b"# 1 of 3\nTekst\n", sniff.TEXT),
        ("plan.txt", "Formål\n".encode("utf-16"), sniff.TEXT),
        ("plan.txt", "[1] Kilde: rådet\n".encode("cp1252"), sniff.TEXT),
    ],
)
def test_content_decides_the_type(tmp_path: Path, name: str, content: bytes, media_type: str) -> None:
    assert kind(tmp_path, name, content) == sniff.Kind(media_type)


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 64, "old Office"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "old Word"),
        (
            "a.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "password",
        ),
        ("a.pdf", b"\x89PNG\r\n\x1a\n", "picture"),
        ("a.txt", b'{"plan": [1, 2]}', "JSON"),
        ("a.json", b"[" * 50_000, "JSON"),
        ("a.xml", b"<?xml version='1.0'?><plan/>", "XML"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "drawing"),
        ("a.csv", b"navn,belop\nmobler,100\n", "CSV"),
        ("a.txt", b"navn;belop\nmobler;100\nmat;200\n", "CSV"),
        ("a.eml", b"From: a\nMIME-Version: 1.0\n\nHei\n", "e-mail"),
        ("a.rtf", b"{\\rtf1 Hei}", "RTF"),
        ("a.docx", b"PK\x03\x04 cut off", "damaged"),
        ("a.pdf", bytes(range(256)) * 8, "binary"),
        ("a.pdf", b"Just words, no document\n", "under a name that ends in .pdf"),
        ("a.py", b"import os\n", "under a name that ends in .py"),
    ],
)
def test_what_is_not_read_is_named_with_a_remedy(
    tmp_path: Path, name: str, content: bytes, word: str
) -> None:
    found = kind(tmp_path, name, content)

    assert word in found.what
    assert found.remedy


def test_spreadsheet_is_not_taken_for_a_word_file(tmp_path: Path) -> None:
    path = tmp_path / "budsjett.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")

    assert "spreadsheet" in sniff.kind_of(path).what


def test_prose_with_commas_is_not_a_table(tmp_path: Path) -> None:
    prose = b"Kommunen skal, der det er mulig, leie.\nDen skal, der det lonner seg, kjope.\n" * 3

    assert kind(tmp_path, "plan.txt", prose) == sniff.Kind(sniff.TEXT)
