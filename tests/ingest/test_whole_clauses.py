"""A row, an exception, a list and a clause over two pages are each kept whole, with every page they stand on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from ingest.load import load_in_process
from ingest.plans import BlockKind, Force, Statement
from ingest.read import ReadDocument, read_document

Placed = tuple[float, float, str]
HEADING = 16.0


def _read(folder: Path, *pages: Sequence[Placed]) -> ReadDocument:
    path = folder / "plan.pdf"
    canvas = Canvas(str(path), pagesize=(595.0, 842.0))
    for page in pages:
        for x, y, text in page:
            _draw(canvas, x, y, text)
        canvas.showPage()
    canvas.save()
    return read_document(load_in_process(path), "", language="nb", is_law=False)


def _draw(canvas: Any, x: float, y: float, text: str) -> None:
    is_heading = text.startswith("#")
    canvas.setFont("Helvetica-Bold" if is_heading else "Helvetica", HEADING if is_heading else 10)
    canvas.drawString(x, y, text.lstrip("# "))


def _pages(statement: Statement, read: ReadDocument) -> list[int | None]:
    return [read.pages[span.page_index].number for span in statement.spans]


def test_a_clause_that_goes_over_the_page_is_one_statement_of_both_pages(tmp_path: Path) -> None:
    first = [(50, 700, "# 1 Leie"), (50, 100, "Enheten skal leie telt og scener når de brukes mindre enn")]
    second = [
        (50, 780, "tretti dager i året, med mindre prisen er høyere enn ved kjøp."),
        (50, 760, "Slutt."),
    ]

    read = _read(tmp_path, first, second)

    rule = read.statements[0]
    assert rule.text.startswith("Enheten skal leie telt")
    assert rule.text.endswith("med mindre prisen er høyere enn ved kjøp.")
    assert _pages(rule, read) == [1, 2]
    assert rule.force is Force.OBLIGATION


def test_an_exception_on_the_next_page_stays_with_its_rule(tmp_path: Path) -> None:
    first = [(50, 700, "# 1 Lån"), (50, 100, "Verktøy skal lånes fra lageret. Dette gjelder ikke når")]
    second = [(50, 780, "lageret er stengt mer enn tre dager.")]

    read = _read(tmp_path, first, second)

    (rule,) = read.statements
    assert (
        rule.text
        == "Verktøy skal lånes fra lageret. Dette gjelder ikke når lageret er stengt mer enn tre dager."
    )
    assert _pages(rule, read) == [1, 2]
    assert "exception" in rule.flags


def test_a_table_row_is_quoted_whole_with_its_wrapped_cells(tmp_path: Path) -> None:
    table = [
        (50, 760, "Tabell 1: Tiltak"),
        (50, 740, "Nr."), (100, 740, "Tiltak"), (300, 740, "Frist"), (400, 740, "Ansvarlig"),
        (50, 720, "1"), (100, 720, "Bytte lyskilder på"), (100, 708, "lageret"), (300, 720, "2027"), (400, 720, "Drift"),
        (50, 690, "2"), (100, 690, "Tette vinduer"), (300, 690, "2028"), (400, 690, "Eiendom"),
    ]  # fmt: skip

    read = _read(tmp_path, table)

    rows = [s for s in read.statements if s.kind is BlockKind.TABLE_ROW]
    assert [row.text for row in rows] == [
        "1 Bytte lyskilder på lageret 2027 Drift",
        "2 Tette vinduer 2028 Eiendom",
    ]
    assert all("Frist" in row.context and "Tabell 1" in row.context for row in rows)
    assert _pages(rows[1], read)[-1] == 1


def test_a_list_under_an_unfinished_sentence_carries_its_duty(tmp_path: Path) -> None:
    page = [
        (50, 760, "# 2 Orden"), (50, 735, "Enheten skal"),
        (60, 720, "- telle nøkler hver uke"), (60, 708, "- låse porten"),
    ]  # fmt: skip

    items = [s for s in _read(tmp_path, page).statements if s.kind is BlockKind.LIST_ITEM]

    assert [(s.text, s.force, s.bearer) for s in items] == [
        ("telle nøkler hver uke", Force.OBLIGATION, "unit"),
        ("låse porten", Force.OBLIGATION, "unit"),
    ]


def test_conditions_in_a_list_are_no_duties_of_their_own(tmp_path: Path) -> None:
    page = [
        (50, 760, "# 2 Orden"), (50, 735, "Enheten skal stenge dersom"),
        (60, 720, "- strømmen er borte"), (60, 708, "- porten er åpen"),
    ]  # fmt: skip

    items = [s for s in _read(tmp_path, page).statements if s.kind is BlockKind.LIST_ITEM]

    assert {s.force for s in items} == {Force.INFORMATION}
    assert all(s.context == "Enheten skal stenge dersom" for s in items)


def test_a_title_before_its_first_subsection_is_a_heading_in_plain_type(tmp_path: Path) -> None:
    lines = ["2 Orden", "2.1 Porten", "2.2 Nøklene", "Nøklene telles hver uke.", "3 biler står ute."]

    read = _read(tmp_path, [(50, 760 - 30 * n, line) for n, line in enumerate(lines)])

    assert [s.path[-1] for s in read.sections if s.path] == ["2 Orden", "2.1 Porten", "2.2 Nøklene"]


def test_numbered_items_with_nothing_under_them_are_statements(tmp_path: Path) -> None:
    lines = ["# 1.2.1 Orden", "1.2.1.1 Telle nøkler", "1.2.1.2 Låse porten", "1.2.1.3 Slukke lyset"]

    read = _read(tmp_path, [(50, 760 - 24 * n, line) for n, line in enumerate(lines)])

    assert [s.path[-1] for s in read.sections if s.path] == ["1.2.1 Orden"]
    assert [s.text for s in read.statements] == ["Telle nøkler", "Låse porten", "Slukke lyset"]
