from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from reportlab.pdfgen.canvas import Canvas

from assistant.source_view import Box, mark, page_png, pdf_view, pieces, recognised_boxes
from ingest.plans import WordBox

WORDS = "Oppdragsgiver skal vurdere ombruk"


@pytest.fixture
def drawn(tmp_path: Path) -> Path:
    """Two A4 pages; the words stand 100 points from the left and 200 from the top."""
    path = tmp_path / "drawn.pdf"
    canvas = Canvas(str(path), pagesize=(600, 800))
    canvas.setFont("Helvetica", 20)
    canvas.drawString(100, 600, WORDS)
    canvas.drawString(100, 40, "Kravet gjelder alle kjøp over")
    canvas.showPage()
    canvas.setFont("Helvetica", 20)
    canvas.drawString(100, 760, "hundre tusen kroner.")
    canvas.showPage()
    canvas.save()
    return path


def near(box: Box, left: float, top: float) -> bool:
    return abs(box.left - left) < 0.01 and abs(box.top - top) < 0.02


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("kommunen skal ha inn-\r\nkjøp", "innkjøp"),
        ("en of\ufb01siell ef\ufb00ekt", "offisiell"),
        ("om\u00adbruk først", "ombruk"),
        ("skal   vurdere\n ombruk", "skal vurdere ombruk"),
        ("klima- og energiplan", "klima- og energiplan"),
        ("ombruk\ufffeslager", "ombrukslager"),
    ],
)
def test_typesetting_does_not_hide_a_quote(text: str, quote: str) -> None:
    assert mark(text.replace("of\ufb01siell", "o\ufb03siell"), quote).found == "whole"


def test_what_is_not_there_is_not_marked() -> None:
    assert mark("Planen gjelder leikeplassar.", "Kommunen skal kjøpe nytt.").found == "none"


def test_a_footnote_number_inside_does_not_hide_the_quote() -> None:
    marking = mark(
        "Meir enn eitt av fire apparat er gamle.1 Dei er ikkje nødvendigvis farlege.",
        "Meir enn eitt av fire apparat er gamle. Dei er ikkje nødvendigvis farlege.",
    )

    assert marking.found == "whole"
    assert len(marking.spans) == 2


def test_pieces_join_to_the_text() -> None:
    text = "a quoted b"

    cut = pieces(text, mark(text, "quoted").spans)

    assert "".join(piece.text for piece in cut) == text
    assert [piece.text for piece in cut if piece.marked] == ["quoted"]


def test_the_box_lies_over_the_quoted_words(drawn: Path) -> None:
    view = pdf_view(drawn, 1, WORDS)

    assert view is not None
    assert len(view.boxes) == 1
    assert near(view.boxes[0], 100 / 600, 1 - 615 / 800)


def test_the_box_follows_a_turned_page(drawn: Path, tmp_path: Path) -> None:
    turned = tmp_path / "turned.pdf"
    writer = PdfWriter()
    writer.add_page(PdfReader(drawn).pages[0].rotate(90))
    writer.write(turned)

    view = pdf_view(turned, 1, WORDS)

    assert view is not None
    assert (view.width, view.height) == (800, 600)
    assert near(view.boxes[0], 596 / 800, 100 / 600)


def test_a_quote_over_two_pages_is_marked_on_both(drawn: Path) -> None:
    quote = "Kravet gjelder alle kjøp over hundre tusen kroner."

    first, second = pdf_view(drawn, 1, quote), pdf_view(drawn, 2, quote)

    assert first is not None
    assert second is not None
    assert (first.marking.found, second.marking.found) == ("part", "part")
    assert first.boxes
    assert second.boxes


def test_a_page_the_document_lacks_is_none(drawn: Path) -> None:
    assert pdf_view(drawn, 3, "") is None
    assert page_png(drawn, 0) is None


def test_a_damaged_document_has_no_pages(tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.pdf"
    damaged.write_bytes(b"%PDF-1.7\nnot really")

    assert pdf_view(damaged, 1, "x") is None


def test_the_picture_is_drawn_larger_than_the_page(drawn: Path) -> None:
    import io

    from PIL import Image

    picture = page_png(drawn, 1)

    assert picture is not None
    assert Image.open(io.BytesIO(picture)).size == (1200, 1600)


def test_recognised_words_of_a_quote_are_joined_to_one_box_a_line() -> None:
    text = "Miljø skal\nvektes 20 %."
    words = [
        WordBox(0, 5, 0.1, 0.2, 0.1, 0.02),
        WordBox(6, 10, 0.22, 0.201, 0.08, 0.02),
        WordBox(11, 17, 0.1, 0.24, 0.12, 0.02),
        WordBox(18, 20, 0.24, 0.24, 0.04, 0.02),
        WordBox(21, 23, 0.3, 0.24, 0.02, 0.02),
    ]

    boxes = recognised_boxes(words, mark(text, "skal vektes 20").spans)

    assert [(round(box.left, 3), round(box.width, 3)) for box in boxes] == [(0.22, 0.08), (0.1, 0.18)]
