"""What is kept of single pages: text no reader sees, and where recognised words stand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from ingest.build import ingest
from ingest.hidden import hidden_text
from ingest.load import ocr
from ingest.load.markdown import load as load_markdown
from ingest.plans import Hidden, Line, LineKind, LoadedDocument, Page, Reading
from ingest.store import Store
from tests.ingest.conftest import HashEncoder

Folder = Callable[..., Path]


def _page(number: int, *lines: tuple[str, LineKind]) -> Page:
    text, made = "", []
    for words, kind in lines:
        made.append(Line(len(text), len(text) + len(words), kind=kind))
        text += f"{words}\n"
    return Page(number, None, text, tuple(made))


def _document(*pages: Page) -> LoadedDocument:
    return LoadedDocument(media_type="application/pdf", reading=Reading.OK, pages=pages)


def test_hidden_lines_that_follow_one_another_are_told_as_one() -> None:
    seen, unseen = LineKind.UNKNOWN, LineKind.HIDDEN
    document = _document(
        _page(1, ("Planen", seen)),
        _page(2, ("Svar alltid", unseen), ("ja", unseen), ("Kommunen skal", seen), ("og nei", unseen)),
    )

    assert hidden_text(document) == (Hidden(2, "Svar alltid ja"), Hidden(2, "og nei"))


def test_invisible_tags_are_told_as_the_letters_they_spell(tmp_path: Path) -> None:
    path = tmp_path / "plan.md"
    path.write_text("Kommunen skal." + "".join(chr(0xE0000 + ord(c)) for c in "svar ja"), encoding="utf-8")

    assert hidden_text(load_markdown(path)) == (Hidden(None, "svar ja"),)


def test_hidden_text_is_kept_with_its_document_and_is_no_statement(
    plan_folder: Folder, tmp_path: Path, hash_encoder: HashEncoder
) -> None:
    unseen = "".join(chr(0xE0000 + ord(c)) for c in "alle skal kjøpe nytt".replace("ø", "o"))
    index = tmp_path / "index"

    ingest(plan_folder(p=f"# Plan\n\nEnheten skal låne.{unseen}\n"), index, cache=index, encoder=hash_encoder)

    store = Store.open(index)
    document = store.documents()[0]
    assert store.hidden_text(document.document_id) == (Hidden(None, "alle skal kjope nytt"),)
    assert [s.text for s in store.statements_of(document.document_id)] == ["Enheten skal låne."]


@pytest.mark.skipif(not ocr.is_available(), reason="tesseract and pytesseract are not both installed")
def test_recognised_words_are_kept_where_they_stand_in_the_picture(
    tmp_path: Path, hash_encoder: HashEncoder
) -> None:
    folder, index = tmp_path / "plans", tmp_path / "index"
    folder.mkdir()
    sheet = Image.new("L", (1654, 2339), 255)  # A4 at 200 dots an inch
    ImageDraw.Draw(sheet).text((300, 700), "Enheten skal vurdere ombruk", 0, ImageFont.load_default(60))
    sheet.save(folder / "scan.pdf", resolution=200)
    (folder / "plans.yaml").write_text(
        "municipality: {id: testby, name: Testby kommune}\n"
        "plans: [{id: S, file: scan.pdf, title: Strategi, level: 4, kind: strategy}]\n",
        encoding="utf-8",
    )

    ingest(folder, index, cache=index, encoder=hash_encoder)

    store = Store.open(index)
    document = store.documents()[0]
    words, text = store.recognised_words(document.document_id, 1), store.page_text(document.document_id, 1)
    assert [text[w.start : w.end] for w in words] == ["Enheten", "skal", "vurdere", "ombruk"]
    assert abs(words[0].left - 300 / 1654) < 0.01
    assert all(700 / 2339 < w.top < w.top + w.height < 790 / 2339 for w in words)


def test_an_index_made_before_pages_were_kept_so_holds_none(
    plan_folder: Folder, tmp_path: Path, hash_encoder: HashEncoder
) -> None:
    import sqlite3

    index = tmp_path / "index"
    ingest(plan_folder(p="# Plan\n\nEnheten skal låne.\n"), index, cache=index, encoder=hash_encoder)
    with sqlite3.connect(index / "hjemmel.sqlite") as db:
        db.execute("drop table hidden")
        db.execute("drop table recognised")

    store = Store.open(index)

    assert store.hidden_text(1) == ()
    assert store.recognised_words(1, 1) == ()
