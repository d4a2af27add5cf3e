"""On the bundled municipality's real files: their headings, tables and running heads are known."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

import ingest
from ingest.load.formats import load
from ingest.plans import BlockKind, Force, Line, LoadedDocument, Page, Reading, Statement
from ingest.statements import statements
from ingest.structure import Structure, structure

DOCUMENTS = Path(ingest.__path__[0]) / "example" / "skogvang" / "documents"


@cache
def _read(name: str) -> tuple[LoadedDocument, Structure]:
    document = load(DOCUMENTS / name)
    return document, structure(document)


def _statements(name: str, language: str = "nb") -> tuple[Statement, ...]:
    document, found = _read(name)
    return statements(document, found, language)


def test_printed_numbers_and_headings_become_sections() -> None:
    _, found = _read("anskaffelsesreglement.pdf")

    numbered = [s.number for s in found.sections if s.number.startswith("§")]

    assert numbered == [f"§ {n}" for n in range(1, 19)]
    assert "Kapittel 2" in next(s for s in found.sections if s.number == "§ 7").path[-2]


def test_running_heads_and_page_numbers_are_no_part_of_any_section() -> None:
    _, found = _read("anskaffelsesreglement.pdf")

    assert "Skogvang kommune – Anskaffelsesreglement" in found.running
    assert not any("Sak 58/23. Endret" in s.text for s in _statements("anskaffelsesreglement.pdf"))


def test_a_contents_page_yields_no_sections_twice() -> None:
    _, found = _read("klima-og-energiplan-2021-2030.pdf")

    headings = [(s.number, s.heading) for s in found.sections if s.number]

    assert len(headings) == len(set(headings))


def test_the_target_table_is_read_row_by_row_with_its_title_and_headers() -> None:
    rows = [
        s
        for s in _statements("klima-og-energiplan-2021-2030.pdf")
        if s.kind is BlockKind.TABLE_ROW and s.context.startswith("Tabell 3.1")
    ]

    assert [r.text.split()[0] for r in rows] == [f"T{n}" for n in range(1, 10)]
    assert rows[0].text == "T1 70 % av møbelbehovet dekkes av ombruk 12 % (2020) 2028 Eiendom"
    assert "Frist" in rows[0].context
    assert "Ansvarlig" in rows[0].context


def test_a_rule_inside_a_target_table_stays_a_rule() -> None:
    forces = {
        s.text.split()[0]: s.force
        for s in _statements("klima-og-energiplan-2021-2030.pdf")
        if s.context.startswith("Tabell 3.1")
    }

    assert forces["T1"] is Force.TARGET
    assert forces["T5"] is Force.PROHIBITION
    assert forces["T6"] is Force.RECOMMENDATION


def test_an_exception_is_never_separated_from_its_rule() -> None:
    rule = next(
        s
        for s in _statements("miljokrav-kjoretoy.docx")
        if "med mindre" in s.text and "utslippsfri" in s.text
    )

    assert rule.force is Force.OBLIGATION
    assert "exception" in rule.flags


def test_list_items_keep_their_lead_in() -> None:
    items = [
        s for s in _statements("anskaffelsesreglement.pdf")
        if s.kind is BlockKind.LIST_ITEM and "100 000 kroner skal enheten dokumentere" in s.context
    ]  # fmt: skip

    assert len(items) == 5
    assert all(i.force is Force.OBLIGATION for i in items)


def test_sections_in_another_language_are_read_in_that_language() -> None:
    said = _statements("anskaffelsesstrategi-2026-2029.pdf")

    phones = [
        s for s in said if "Mobile phones should be used" in s.text or "Mobiltelefoner skal brukes" in s.text
    ]

    assert {(s.language, s.force) for s in phones} == {
        ("nb", Force.OBLIGATION),
        ("en", Force.RECOMMENDATION),
    }


@pytest.mark.parametrize(
    "name",
    ["anskaffelsesreglement.pdf", "kommuneplanens-samfunnsdel-2025-2037.pdf", "innkjopshandbok-v3-2.html",
     "miljokrav-kjoretoy.docx"],
)  # fmt: skip
def test_every_statement_stands_word_for_word_where_its_spans_say(name: str) -> None:
    from ingest.fold import folded_text

    document, _ = _read(name)

    for statement in _statements(name):
        parts = [document.pages[s.page_index].text[s.start : s.end] for s in statement.spans]
        assert folded_text("\n".join(parts)) == statement.text


def _page(*lines: tuple[str, float, bool, float], scanned: bool = False) -> LoadedDocument:
    """A page of lines, each with its type size, weight and height on the page."""
    text, made = "", []
    for printed, size, bold, y in lines:
        made.append(Line(len(text), len(text) + len(printed), size, bold, 70.0, y))
        text += f"{printed}\n"
    page = Page(1, None, text, tuple(made), 0.9 if scanned else None)
    return LoadedDocument(media_type="application/pdf", reading=Reading.OK, pages=(page,))


_BODY = [
    (f"Teksten står her og fortsetter over linje {n} i avsnittet.", 10.5, False, 700 - 14 * n)
    for n in range(4)
]


def test_a_row_of_bold_aims_is_a_list_and_heads_nothing() -> None:
    aims = [
        "Gjøre gågata grønnere og roligere",
        "Plante trær langs alle skoleveier",
        "Skape flere møteplasser for unge",
    ]
    document = _page(
        ("Torget", 12.5, True, 760.0),
        *[(aim, 11.0, True, 730.0 - 33 * n) for n, aim in enumerate(aims)],
        ("Havna", 11.5, True, 620.0),
        *[(text, size, bold, y - 110) for text, size, bold, y in _BODY],
    )
    found = structure(document)

    assert [s.heading for s in found.sections[1:]] == ["Torget", "Havna"]
    assert [b.kind for b in found.blocks].count(BlockKind.LIST_ITEM) == 3


def test_a_bold_sentence_with_a_rule_word_is_no_heading() -> None:
    document = _page(("Kommunen skal være et godt sted å vokse opp og bli gammel", 10.5, True, 730.0), *_BODY)

    assert len(structure(document).sections) == 1


def test_a_title_of_a_figure_is_no_heading() -> None:
    document = _page(("Figur 4.2 Antall reiser", 14.0, True, 730.0), *_BODY)

    assert len(structure(document).sections) == 1


def test_in_a_scan_capitals_head_and_taller_letters_do_not() -> None:
    document = _page(
        ("RULES FOR THE HARBOUR", 6.8, False, 740.0),
        ("The Harbour Board shall be paid by", 9.0, False, 726.0),
        ("the town and shall meet each month.", 7.6, False, 714.0),
        ("Jg (xe Ao 7", 24.0, False, 690.0),
        scanned=True,
    )

    assert [s.heading for s in structure(document).sections[1:]] == ["RULES FOR THE HARBOUR"]
