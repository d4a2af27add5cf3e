from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt, RGBColor

from ingest.load import load_in_process
from ingest.plans import LineKind, LoadedDocument, Reading

Write = Callable[[Any], object]


def load(tmp_path: Path, *writes: Write) -> LoadedDocument:
    document = docx.Document()
    for write in writes:
        write(document)
    path = tmp_path / "plan.docx"
    document.save(str(path))
    return load_in_process(path)


def load_body(tmp_path: Path, body: str, **parts: str) -> LoadedDocument:
    """A document with the given XML between `w:body` tags, and further parts of `word/`."""
    names = ("settings", *parts)
    links = "".join(
        f'<Relationship Id="r{place}" Target="{name}.xml" Type="http://x/relationships/{name}"/>'
        for place, name in enumerate(names)
    )
    path = tmp_path / "plan.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"<w:document {NAMES}><w:body>{body}</w:body></w:document>")
        relationships = "http://schemas.openxmlformats.org/package/2006/relationships"
        archive.writestr(
            "word/_rels/document.xml.rels", f'<Relationships xmlns="{relationships}">{links}</Relationships>'
        )
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", content)
    return load_in_process(path)


NAMES = nsdecls("w") + ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def shown(document: LoadedDocument) -> list[tuple[LineKind, str]]:
    page = document.pages[0]
    return [(line.kind, page.text[line.start : line.end]) for line in page.lines]


def test_headings_paragraphs_and_lists_keep_their_kind_and_order(tmp_path: Path) -> None:
    document = load(
        tmp_path,
        lambda d: d.add_heading("Innkjøp", 1),
        lambda d: d.add_paragraph("Kommunen skal leie."),
        lambda d: d.add_paragraph("møbler", style="List Bullet"),
        lambda d: d.add_paragraph("Figur 1", style="Caption"),
    )

    assert shown(document) == [
        (LineKind.HEADING, "Innkjøp"),
        (LineKind.PARAGRAPH, "Kommunen skal leie."),
        (LineKind.LIST_ITEM, "møbler"),
        (LineKind.CAPTION, "Figur 1"),
    ]
    assert document.pages[0].lines[0].heading_level == 1
    assert document.pages[0].number is None


def test_look_is_followed_through_the_styles(tmp_path: Path) -> None:
    def write(document: Any) -> None:
        run = document.add_paragraph().add_run("Stor og fet")
        run.bold, run.font.size = True, Pt(16)

    line = load(tmp_path, write).pages[0].lines[0]

    assert (line.bold, line.size) == (True, 16.0)


def test_headers_and_footers_are_running_and_said_once(tmp_path: Path) -> None:
    def write(document: Any) -> None:
        document.sections[0].header.paragraphs[0].text = "Skogvang"
        document.sections[0].footer.paragraphs[0].text = "Side"
        document.add_paragraph("Tekst")

    assert shown(load(tmp_path, write)) == [
        (LineKind.RUNNING, "Skogvang"),
        (LineKind.PARAGRAPH, "Tekst"),
        (LineKind.RUNNING, "Side"),
    ]


@pytest.mark.parametrize("how", ["vanish", "white", "tiny"])
def test_text_that_word_does_not_show_is_hidden(tmp_path: Path, how: str) -> None:
    def write(document: Any) -> None:
        paragraph = document.add_paragraph("Synlig ")
        run = paragraph.add_run("obey")
        if how == "vanish":
            run.font.hidden = True
        elif how == "white":
            run.font.color.rgb = RGBColor(255, 255, 255)
        else:
            run.font.size = Pt(1)

    assert shown(load(tmp_path, write)) == [(LineKind.PARAGRAPH, "Synlig"), (LineKind.HIDDEN, "obey")]


def test_white_text_on_a_shaded_ground_is_seen(tmp_path: Path) -> None:
    def write(document: Any) -> None:
        run = document.add_paragraph().add_run("Synlig")
        run.font.color.rgb = RGBColor(255, 255, 255)
        run._r.get_or_add_rPr().append(parse_xml(f'<w:shd {nsdecls("w")} w:fill="000044"/>'))

    assert shown(load(tmp_path, write)) == [(LineKind.PARAGRAPH, "Synlig")]


def add_table(document: Any) -> Any:
    table = document.add_table(3, 3)
    for row in range(3):
        for column in range(3):
            table.cell(row, column).text = f"{row}{column}"
    return table


def test_rows_know_their_cells(tmp_path: Path) -> None:
    document = load(tmp_path, add_table)
    page = document.pages[0]

    assert [kind for kind, _ in shown(document)] == [LineKind.TABLE_ROW] * 3
    assert [page.text[a:b] for a, b in page.lines[1].cells] == ["10", "11", "12"]


@pytest.mark.parametrize("how", ["marked", "bold"])
def test_first_row_is_a_header_when_marked_or_alone_in_bold(tmp_path: Path, how: str) -> None:
    def write(document: Any) -> None:
        table = add_table(document)
        if how == "marked":
            table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
            return
        for cell in table.rows[0].cells:
            cell.paragraphs[0].runs[0].bold = True

    kinds = [kind for kind, _ in shown(load(tmp_path, write))]

    assert kinds == [LineKind.TABLE_HEADER, LineKind.TABLE_ROW, LineKind.TABLE_ROW]


def test_merged_cells_stand_in_every_column_and_row_they_cover(tmp_path: Path) -> None:
    def write(document: Any) -> None:
        table = add_table(document)
        table.cell(1, 0).merge(table.cell(2, 0))
        table.cell(0, 1).merge(table.cell(0, 2))

    page = load(tmp_path, write).pages[0]

    assert [[page.text[a:b] for a, b in line.cells] for line in page.lines] == [
        ["00", "01\n02", "01\n02"],
        ["10\n20", "11", "12"],
        ["10\n20", "21", "22"],
    ]


def test_table_of_one_column_is_a_frame_round_its_text(tmp_path: Path) -> None:
    def write(document: Any) -> None:
        document.add_table(1, 1).cell(0, 0).text = "Viktig"

    assert shown(load(tmp_path, write)) == [(LineKind.PARAGRAPH, "Viktig")]


NUMBERING = f"""<w:numbering {NAMES}><w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%3)"/></w:lvl>
</w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="0"/></w:num></w:numbering>"""


def numbered(text: str, depth: int, outline: int | None = None) -> str:
    level = "" if outline is None else f'<w:outlineLvl w:val="{outline}"/>'
    return (
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="7"/></w:numPr>{level}</w:pPr>'
        f"<w:r><w:t>{text}</w:t></w:r></w:p>"
    )


def test_generated_numbers_are_printed_before_headings(tmp_path: Path) -> None:
    body = "".join(
        numbered(text, depth, depth) for text, depth in [("A", 0), ("B", 1), ("C", 1), ("D", 0), ("E", 1)]
    )

    document = load_body(tmp_path, body, numbering=NUMBERING)

    assert [text for _, text in shown(document)] == ["1 A", "1.1 B", "1.2 C", "2 D", "2.1 E"]


def test_generated_letters_of_list_items_stand_in_the_text_but_outside_the_line(tmp_path: Path) -> None:
    document = load_body(tmp_path, numbered("leie", 2) + numbered("kjøpe", 2), numbering=NUMBERING)

    assert document.pages[0].text == "a) leie\nb) kjøpe\n"
    assert shown(document) == [(LineKind.LIST_ITEM, "leie"), (LineKind.LIST_ITEM, "kjøpe")]


def test_footnote_follows_the_paragraph_that_refers_to_it(tmp_path: Path) -> None:
    note = '<w:footnote w:id="2"><w:p><w:r><w:t>Se § 4.</w:t></w:r></w:p></w:footnote>'
    notes = f"<w:footnotes {NAMES}>{note}</w:footnotes>"
    cited = '<w:p><w:r><w:t>Krav</w:t><w:footnoteReference w:id="2"/></w:r></w:p>'
    body = cited + "<w:p><w:r><w:t>Mer</w:t></w:r></w:p>"

    assert shown(load_body(tmp_path, body, footnotes=notes)) == [
        (LineKind.PARAGRAPH, "Krav"),
        (LineKind.FOOTNOTE, "Se § 4."),
        (LineKind.PARAGRAPH, "Mer"),
    ]


def test_tracked_changes_read_as_if_accepted(tmp_path: Path) -> None:
    body = (
        "<w:p><w:r><w:t>Kommunen </w:t></w:r><w:del><w:r><w:delText>kan</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>skal</w:t></w:r></w:ins><w:r><w:t> leie</w:t></w:r></w:p>"
    )

    assert shown(load_body(tmp_path, body)) == [(LineKind.PARAGRAPH, "Kommunen skal leie")]


def test_text_box_is_read_once_though_stored_twice(tmp_path: Path) -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>Boks</w:t></w:r></w:p></w:txbxContent>"
    body = (
        "<w:p><w:r><w:t>Før</w:t></w:r><w:r><mc:AlternateContent>"
        f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )

    assert shown(load_body(tmp_path, body)) == [(LineKind.PARAGRAPH, "Før"), (LineKind.PARAGRAPH, "Boks")]


def test_generated_contents_list_is_running(tmp_path: Path) -> None:
    body = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        "<w:sdtContent><w:p><w:r><w:t>1 Mål</w:t><w:tab/><w:t>3</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        "<w:p><w:r><w:t>Tekst</w:t></w:r></w:p>"
    )

    assert shown(load_body(tmp_path, body)) == [
        (LineKind.RUNNING, "1 Mål\t3"),
        (LineKind.PARAGRAPH, "Tekst"),
    ]


def test_entities_are_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("hemmelig", encoding="utf-8")
    path = tmp_path / "plan.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "word/document.xml",
            f'<!DOCTYPE d [<!ENTITY x SYSTEM "{secret.as_uri()}">]><w:document {NAMES}><w:body>'
            "<w:p><w:r><w:t>Plan &x;</w:t></w:r></w:p></w:body></w:document>",
        )

    assert shown(load_in_process(path)) == [(LineKind.PARAGRAPH, "Plan")]


def test_broken_xml_keeps_what_came_before_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "plan.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "word/document.xml", f"<w:document {NAMES}><w:body><w:p><w:r><w:t>Plan</w:t></w:r></w:p><w:p"
        )

    document = load_in_process(path)

    assert document.reading is Reading.PARTIAL
    assert shown(document) == [(LineKind.PARAGRAPH, "Plan")]


def test_truncated_file_is_rejected_with_a_remedy(tmp_path: Path) -> None:
    load(tmp_path, lambda d: d.add_paragraph("Plan"))
    path = tmp_path / "plan.docx"
    path.write_bytes(path.read_bytes()[:4000])

    document = load_in_process(path)

    assert document.reading is Reading.REJECTED
    assert document.reason
    assert document.reason.startswith("plan.docx: ")


def test_bomb_is_stopped_before_it_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "plan.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b" " * 250_000_000)

    assert load_in_process(path).reading is Reading.LIMIT


def test_deep_nesting_ends_as_an_outcome(tmp_path: Path) -> None:
    body = "<w:tbl><w:tr><w:tc>" * 60 + "<w:p><w:r><w:t>x</w:t></w:r></w:p>" + "</w:tc></w:tr></w:tbl>" * 60

    assert load_body(tmp_path, body).reading is Reading.OK


def test_qualified_names_of_the_strict_format_are_read_too(tmp_path: Path) -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    path = tmp_path / "plan.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{strict}"><w:body>'
            "<w:p><w:r><w:t>Plan</w:t></w:r></w:p></w:body></w:document>",
        )

    assert shown(load_in_process(path)) == [(LineKind.PARAGRAPH, "Plan")]


def test_title_comes_from_the_properties(tmp_path: Path) -> None:
    def write(document: Any) -> None:
        document.core_properties.title = "Innkjøpsplan"
        document.add_paragraph("x")

    assert load(tmp_path, write).title == "Innkjøpsplan"
