"""On the bundled municipality's real files: their headings, tables and running heads are known."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

import ingest
from ingest.load.formats import load
from ingest.plans import BlockKind, Force, LoadedDocument, Statement
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
