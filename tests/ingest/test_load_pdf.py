from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from ingest.load import load_in_process, ocr
from ingest.load.pdf_ink import IDENTITY
from ingest.load.pdf_lines import Fonts, Piece, Sheet, lines_of
from ingest.plans import LineKind, LoadedDocument, Page, Reading

Draw = Callable[[Any], object]
WIDTH, HEIGHT = 595.0, 842.0


def write(path: Path, *pages: Draw, **settings: Any) -> Path:
    canvas = Canvas(str(path), pagesize=(WIDTH, HEIGHT), **settings)
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return path


def load(tmp_path: Path, *pages: Draw, **settings: Any) -> LoadedDocument:
    return load_in_process(write(tmp_path / "plan.pdf", *pages, **settings))


def words(text: str, x: float = 50, y: float = 700, font: str = "Helvetica", size: float = 11) -> Draw:
    def draw(canvas: Any) -> None:
        canvas.setFont(font, size)
        canvas.drawString(x, y, text)

    return draw


def all_of(*draws: Draw) -> Draw:
    return lambda canvas: [draw(canvas) for draw in draws]


def picture(canvas: Any) -> None:
    image = Image.new("L", (900, 1200), 200)
    image.putpixel((5, 5), 0)
    canvas.drawImage(ImageReader(image), 0, 0, WIDTH, HEIGHT)


def shown(page: Page) -> list[tuple[LineKind, str]]:
    return [(line.kind, page.text[line.start : line.end]) for line in page.lines]


def visible(page: Page) -> list[str]:
    return [text for kind, text in shown(page) if kind is not LineKind.HIDDEN]


def hidden(page: Page) -> list[str]:
    return [text for kind, text in shown(page) if kind is LineKind.HIDDEN]


def two_fonts(canvas: Any) -> None:
    text = canvas.beginText(50, 700)
    for font, size, line in (
        ("Helvetica-Bold", 16, "§ 1 Formål"),
        ("Helvetica", 10, "Kommunen skal leie"),
        ("Times-Roman", 10, "før den kjøper."),
    ):
        text.setFont(font, size)
        text.textLine(line)
    canvas.drawText(text)


def test_text_is_what_pypdf_gives_word_for_word(tmp_path: Path) -> None:
    pages = [two_fonts, all_of(words("A", 50), words("B", 300), words("C", 50, 600)), picture]
    path = write(tmp_path / "plan.pdf", *pages)

    document = load_in_process(path)

    assert [page.text for page in document.pages] == [page.extract_text() for page in PdfReader(path).pages]


def test_pypdf_is_left_as_it_was_found(tmp_path: Path) -> None:
    from pypdf.generic import _data_structures, _font

    def replaced() -> list[object]:
        return [vars(_font.Font)["from_font_resource"], vars(_data_structures)["read_hex_string_from_stream"]]

    before = replaced()
    load(tmp_path, words("x"))

    assert replaced() == before


@pytest.mark.parametrize("written", [b"<4B6A 6F7>", b"<4b6A\n6f70>", b"<4B\x00 6A>", b"<>"])
def test_hexadecimal_strings_are_read_as_pypdf_reads_them(tmp_path: Path, written: bytes) -> None:
    path = write(tmp_path / "plan.pdf", words("merke"), pageCompression=0)
    path.write_bytes(path.read_bytes().replace(b"(merke)", written))

    text = PdfReader(path).pages[0].extract_text()

    assert "".join(page.text for page in load_in_process(path).pages) == text


def test_lines_cover_the_text_in_order_without_overlap(tmp_path: Path) -> None:
    page = load(tmp_path, two_fonts).pages[0]
    covered = "".join(page.text[line.start : line.end] for line in page.lines)

    assert "".join(covered.split()) == "".join(page.text.split())
    assert all(a.end <= b.start for a, b in zip(page.lines, page.lines[1:], strict=False))


def test_each_line_knows_its_size_weight_and_place(tmp_path: Path) -> None:
    first, second, _ = load(tmp_path, two_fonts).pages[0].lines

    assert (first.size, first.bold, first.x, first.y) == (16.0, True, 50.0, 700.0)
    assert (second.size, second.bold, second.x) == (10.0, False, 50.0)


def test_size_counts_every_scale_the_text_is_drawn_under(tmp_path: Path) -> None:
    def draw(canvas: Any) -> None:
        canvas.translate(100, 200)
        canvas.scale(2, 2)
        words("Stor", 10, 20, size=6)(canvas)

    line = load(tmp_path, draw).pages[0].lines[0]

    assert (line.size, line.x, line.y) == (12.0, 120.0, 240.0)


def test_text_inside_a_form_lies_where_the_form_is_drawn(tmp_path: Path) -> None:
    def draw(canvas: Any) -> None:
        canvas.beginForm("skjema", 0, 0, WIDTH, HEIGHT)
        words("I skjema", 10, 20, size=6)(canvas)
        canvas.endForm()
        canvas.translate(100, 200)
        canvas.scale(2, 2)
        canvas.doForm("skjema")

    line = load(tmp_path, draw).pages[0].lines[0]

    assert (line.size, line.x, line.y) == (12.0, 120.0, 240.0)


@pytest.mark.parametrize(
    ("turned", "place"),
    [(0, (100, 700)), (90, (700, 495)), (180, (495, 142)), (270, (142, 100))],
)
def test_place_is_told_as_the_reader_sees_a_turned_page(
    tmp_path: Path, turned: int, place: tuple[int, int]
) -> None:
    path = write(tmp_path / "plan.pdf", words("x", 100, 700))
    writer = PdfWriter(clone_from=path)
    writer.pages[0].rotate(turned)
    writer.write(path)

    line = load_in_process(path).pages[0].lines[0]

    assert (line.x, line.y) == place


def test_bookmarks_lead_to_physical_pages(tmp_path: Path) -> None:
    def chapter(name: str, depth: int) -> Draw:
        def draw(canvas: Any) -> None:
            canvas.bookmarkPage(name)
            canvas.addOutlineEntry(name, name, depth)
            words(name)(canvas)

        return draw

    document = load(tmp_path, chapter("Mål", 0), chapter("Delmål", 1))

    assert [(entry.title, entry.depth, entry.page) for entry in document.outline] == [
        ("Mål", 1, 1),
        ("Delmål", 2, 2),
    ]


def test_printed_page_labels_and_physical_numbers_are_both_kept(tmp_path: Path) -> None:
    def first(canvas: Any) -> None:
        canvas.addPageLabel(0, style="ROMAN_LOWER")
        canvas.addPageLabel(2, style="ARABIC")
        words("i")(canvas)

    document = load(tmp_path, first, words("ii"), words("1"))

    assert [(page.number, page.label) for page in document.pages] == [(1, "i"), (2, "ii"), (3, "1")]


def test_pages_without_labels_have_none(tmp_path: Path) -> None:
    assert load(tmp_path, words("x")).pages[0].label is None


def test_title_is_a_hint_from_the_metadata(tmp_path: Path) -> None:
    def draw(canvas: Any) -> None:
        canvas.setTitle("Plan for mat")
        words("x")(canvas)

    assert load(tmp_path, draw).title == "Plan for mat"


def white(text: str) -> Draw:
    def draw(canvas: Any) -> None:
        canvas.setFillColorRGB(1, 1, 1)
        words(text, y=500)(canvas)
        canvas.setFillColorRGB(0, 0, 0)

    return draw


def inkless(text: str) -> Draw:
    def draw(canvas: Any) -> None:
        lines = canvas.beginText(50, 500)
        lines.setFont("Helvetica", 11)
        lines.setTextRenderMode(3)
        lines.textLine(text)
        lines.setTextRenderMode(0)
        canvas.drawText(lines)

    return draw


@pytest.mark.parametrize("draw", [white("obey now"), inkless("obey now"), words("obey now", y=500, size=1)])
def test_text_that_no_reader_sees_is_hidden(tmp_path: Path, draw: Draw) -> None:
    page = load(tmp_path, all_of(words("Kommunen skal leie."), draw)).pages[0]

    assert hidden(page) == ["obey now"]
    assert visible(page) == ["Kommunen skal leie."]


def test_hidden_words_on_the_line_of_seen_words_are_a_line_of_their_own(tmp_path: Path) -> None:
    def draw(canvas: Any) -> None:
        text = canvas.beginText(50, 700)
        text.setFont("Helvetica", 11)
        text.textOut("Kommunen skal leie ")
        text.setFillColorRGB(1, 1, 1)
        text.textOut("obey now")
        canvas.drawText(text)

    page = load(tmp_path, draw).pages[0]

    assert (visible(page), hidden(page)) == (["Kommunen skal leie"], ["obey now"])


def test_white_text_on_a_coloured_bar_is_seen(tmp_path: Path) -> None:
    def bar(canvas: Any) -> None:
        canvas.setFillColorRGB(0, 0, 0.4)
        canvas.rect(40, 490, 300, 30, fill=1, stroke=0)

    page = load(tmp_path, all_of(bar, white("Tiltak"))).pages[0]

    assert (visible(page), hidden(page)) == (["Tiltak"], [])


def test_white_text_on_a_photograph_is_seen(tmp_path: Path) -> None:
    page = load(tmp_path, all_of(picture, white("Klimaplan"))).pages[0]

    assert hidden(page) == []


def test_recognised_text_under_a_scan_is_not_hidden(tmp_path: Path) -> None:
    document = load(tmp_path, all_of(inkless("Vedtekter"), picture))

    assert document.reading is Reading.OK
    assert visible(document.pages[0]) == ["Vedtekter"]


def test_scanned_document_is_empty_and_names_the_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    document = load(tmp_path, picture)

    assert (document.reading, document.pages) == (Reading.EMPTY, ())
    assert document.reason
    assert document.reason.startswith("plan.pdf: is scanned, no text; install tesseract")


def test_scanned_page_among_others_is_named_and_keeps_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    document = load(tmp_path, words("en"), picture, words("tre"), picture, picture)

    assert document.reading is Reading.PARTIAL
    assert document.unread_pages == (2, 4, 5)
    assert document.reason
    assert "pages 2, 4-5 are scanned" in document.reason
    assert [page.text.strip() for page in document.pages] == ["en", "", "tre", "", ""]


def test_blank_page_among_others_is_no_complaint(tmp_path: Path) -> None:
    document = load(tmp_path, words("en"), lambda _: None, words("tre"))

    assert (document.reading, len(document.pages)) == (Reading.OK, 3)


def test_document_of_blank_pages_is_empty(tmp_path: Path) -> None:
    assert load(tmp_path, lambda canvas: canvas.line(0, 0, 9, 9)).reading is Reading.EMPTY


def test_document_whose_only_text_is_hidden_is_empty(tmp_path: Path) -> None:
    assert load(tmp_path, white("obey")).reading is Reading.EMPTY


def test_password_is_asked_to_be_taken_off(tmp_path: Path) -> None:
    document = load(tmp_path, words("x"), encrypt=StandardEncryption("hemmelig", strength=128))

    assert document.reading is Reading.REJECTED
    assert document.reason == "plan.pdf: is protected by a password; save a copy without the password"


@pytest.mark.parametrize("strength", [40, 128])
def test_protection_without_a_password_to_open_is_read(tmp_path: Path, strength: int) -> None:
    encrypt = StandardEncryption("", ownerPassword="x", strength=strength)

    document = load(tmp_path, words("Plan"), encrypt=encrypt)

    assert (document.reading, document.pages[0].text.strip()) == (Reading.OK, "Plan")


def damaged(path: Path, *bad: int, packed: bytes = b"not packed at all, and longer") -> Path:
    """Pages of one line each; the content of the bad ones cannot be unpacked."""
    write(path, *(words(f"side {number}") for number in range(1, 5)), pageCompression=1)
    writer = PdfWriter(clone_from=path)
    for number in bad:
        content: Any = writer.pages[number - 1]["/Contents"].get_object()
        content._data = packed
    writer.write(path)
    return path


def test_one_bad_page_does_not_cost_the_document(tmp_path: Path) -> None:
    document = load_in_process(damaged(tmp_path / "plan.pdf", 2))

    assert document.reading is Reading.PARTIAL
    assert document.unread_pages == (2,)
    assert document.reason == "plan.pdf: page 2 is damaged; get a new copy of it"
    assert [page.text.strip() for page in document.pages] == ["side 1", "", "side 3", "side 4"]


def test_document_with_only_bad_pages_is_rejected(tmp_path: Path) -> None:
    document = load_in_process(damaged(tmp_path / "plan.pdf", 1, 2, 3, 4))

    assert document.reading is Reading.REJECTED


def test_file_that_pypdf_cannot_open_is_read_by_the_second_reader(tmp_path: Path) -> None:
    path = write(tmp_path / "plan.pdf", words("Kommunen skal leie.", size=14, font="Helvetica-Bold"))
    content = path.read_bytes()
    path.write_bytes(content.replace(b"startxref", b"stortxref"))

    document = load_in_process(path)
    line = document.pages[0].lines[0]

    assert document.pages[0].text == "Kommunen skal leie."
    assert (line.size, line.x, line.y) == (14.0, 50.0, 700.0)


def test_truncated_file_is_never_ok(tmp_path: Path) -> None:
    path = write(tmp_path / "plan.pdf", *(words(f"side {number}") for number in range(9)))
    path.write_bytes(path.read_bytes()[:-700])

    document = load_in_process(path)

    assert document.reading in (Reading.PARTIAL, Reading.REJECTED)
    assert document.reason


def test_pages_are_handed_on_while_reading(tmp_path: Path) -> None:
    from ingest.load import pdf

    seen: list[tuple[int | None, int]] = []
    path = write(tmp_path / "plan.pdf", words("en"), words("to"))

    pdf.load(path, lambda page, of: seen.append((page.number, of)))

    assert seen == [(1, 2), (2, 2)]


def test_recognition_says_none_where_it_is_not_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    assert ocr.recognise(write(tmp_path / "plan.pdf", picture), (1,)) is None


@pytest.mark.skipif(not ocr.is_available(), reason="tesseract and pytesseract are not both installed")
def test_recognised_page_tells_its_lines_and_how_sure_it_is(tmp_path: Path) -> None:
    import pypdfium2

    drawn = write(tmp_path / "drawn.pdf", words("Kommunen skal leie", 100, 600, size=24))
    with pypdfium2.PdfDocument(drawn) as document:
        image = document[0].render(scale=200 / 72).to_pil()
    scan = tmp_path / "scan.pdf"
    image.save(scan, resolution=200)

    page = load_in_process(scan).pages[0]
    line = page.lines[0]

    assert page.text.split() == ["Kommunen", "skal", "leie"]
    assert page.ocr_confidence is not None
    assert page.ocr_confidence > 0.7
    assert (abs(line.x - 100) < 5, abs(line.y - 600) < 10) == (True, True)
    placed = [page.text[word.start : word.end] for word in page.words]
    assert placed == ["Kommunen", "skal", "leie"]
    first = page.words[0]
    width, height = document_size(scan)
    assert (abs(first.left * width - 100) < 5, abs((1 - first.top - first.height) * height - 600) < 10) == (
        True,
        True,
    )


def document_size(path: Path) -> tuple[float, float]:
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        width, height = document[0].get_size()
    return width, height


@pytest.mark.skipif(not ocr.is_available(), reason="tesseract and pytesseract are not both installed")
def test_a_scanned_page_that_takes_too_long_is_told_apart_and_worth_another_try(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = tmp_path / "bin"
    slow.mkdir()
    program = slow / "tesseract"
    program.write_text(
        "#!/bin/sh\ncase $1 in --*) echo tesseract 5.3.0; echo eng;; *) sleep 60;; esac\n", "utf-8"
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{slow}:{os.environ['PATH']}")

    found = ocr.recognise(write(tmp_path / "plan.pdf", picture), (1,), seconds=1)

    assert found == {1: None}


def _laid(*placed: tuple[str, float, float]) -> list[str]:
    """Lines of pieces as pypdf tells them, each with its own place and what stands between them as it is."""
    text, pieces = "", []
    for word, x, y in placed:
        pieces.append(Piece(word, IDENTITY, (1.0, 0.0, 0.0, 1.0, x, y), None, 10.0))
        text += word
    return [text[line.start : line.end] for line in lines_of(text, pieces, Sheet(), Fonts(), scan=False)]


def test_lines_printed_below_one_another_are_cut_where_the_text_layer_has_no_break() -> None:
    assert _laid(("1 Leie ", 50, 700), ("2 Kjøp ", 50, 680), ("2.1 Pris", 50, 660)) == [
        "1 Leie",
        "2 Kjøp",
        "2.1 Pris",
    ]


def test_a_raised_number_stays_in_its_line() -> None:
    assert _laid(("Arealet er 40 m", 50, 700), ("2", 130, 704), (" i dag.", 134, 700)) == [
        "Arealet er 40 m2 i dag."
    ]


def test_words_told_one_by_one_are_the_line_they_are_printed_on() -> None:
    told = _laid(("Leie", 50, 700), ("\n", 0, 0), (" ", 70, 700), ("\n", 0, 0), ("først", 74, 700))

    assert [" ".join(line.split()) for line in told] == ["Leie først"]


def test_cells_beside_one_another_stay_apart() -> None:
    assert _laid(("Leie", 50, 700), ("\n", 0, 0), (" ", 70, 700), ("\n", 0, 0), ("2027", 300, 700)) == [
        "Leie",
        "2027",
    ]
