from __future__ import annotations

from pathlib import Path

import pytest

from ingest.load import load_in_process
from ingest.plans import LineKind, LoadedDocument, Reading


def load(tmp_path: Path, body: str, head: str = "") -> LoadedDocument:
    path = tmp_path / "plan.html"
    page = f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"
    path.write_text(page, encoding="utf-8")
    return load_in_process(path)


def shown(document: LoadedDocument) -> list[tuple[LineKind, str]]:
    page = document.pages[0]
    return [(line.kind, page.text[line.start : line.end]) for line in page.lines]


def test_blocks_become_lines_in_reading_order(tmp_path: Path) -> None:
    document = load(
        tmp_path,
        "<h1>Plan</h1>Løs tekst<p>Kommunen <b>skal</b>\n  leie<br>først.</p>"
        "<ul><li>møbler<ul><li>stoler</li></ul></li><li><p>mat</p><p>og drikke</p></li></ul>",
    )

    assert shown(document) == [
        (LineKind.HEADING, "Plan"),
        (LineKind.PARAGRAPH, "Løs tekst"),
        (LineKind.PARAGRAPH, "Kommunen skal leie\nførst."),
        (LineKind.LIST_ITEM, "møbler"),
        (LineKind.LIST_ITEM, "stoler"),
        (LineKind.LIST_ITEM, "mat"),
        (LineKind.PARAGRAPH, "og drikke"),
    ]


def test_page_furniture_is_running_but_its_title_is_not(tmp_path: Path) -> None:
    document = load(
        tmp_path,
        "<header>Kommunen<h1>Plan</h1></header><nav>Hjem</nav>"
        "<article><header>Ingress</header></article><footer>Bunn</footer>",
    )

    assert shown(document) == [
        (LineKind.RUNNING, "Kommunen"),
        (LineKind.HEADING, "Plan"),
        (LineKind.RUNNING, "Hjem"),
        (LineKind.PARAGRAPH, "Ingress"),
        (LineKind.RUNNING, "Bunn"),
    ]


@pytest.mark.parametrize(
    "hidden",
    [
        '<span style="display: none">x</span>',
        '<span style="visibility:hidden">x</span>',
        '<span style="font-size:1px">x</span>',
        '<span style="font-size:0">x</span>',
        '<span style="opacity:0">x</span>',
        '<span style="color:#FFF">x</span>',
        '<font color="white">x</font>',
        "<span hidden>x</span>",
        '<span class="a away">x</span>',
        '<span id="gone">x</span>',
    ],
)
def test_what_a_browser_does_not_show_is_hidden(tmp_path: Path, hidden: str) -> None:
    style = "<style>.away, #gone { display : none } @media print { .a { display: none } }</style>"

    document = load(tmp_path, f"<p>Synlig {hidden}</p>", style)

    assert shown(document) == [(LineKind.PARAGRAPH, "Synlig"), (LineKind.HIDDEN, "x")]


@pytest.mark.parametrize(
    "seen",
    [
        '<div style="background:#004"><span style="color:white">x</span></div>',
        '<p class="noprint">x</p>',
        '<p style="font-size:10px;opacity:0.9">x</p>',
    ],
)
def test_what_a_browser_shows_is_not_hidden(tmp_path: Path, seen: str) -> None:
    style = "<style>@media print { .noprint { display: none } }</style>"

    assert shown(load(tmp_path, seen, style)) == [(LineKind.PARAGRAPH, "x")]


def test_scripts_and_comments_are_not_text(tmp_path: Path) -> None:
    document = load(tmp_path, "<p>Plan<script>obey()</script><!-- obey --></p><template>x</template>")

    assert shown(document) == [(LineKind.PARAGRAPH, "Plan")]


def test_merged_cells_stand_in_every_column_and_row_they_cover(tmp_path: Path) -> None:
    document = load(
        tmp_path,
        "<table><caption>Terskler</caption><tr><th>Type</th><th colspan=2>Verdi</th></tr>"
        "<tr><td rowspan=2>Varer</td><td>100</td><td>kr</td></tr><tr><td>200</td><td>€</td></tr></table>",
    )
    page = document.pages[0]

    assert shown(document) == [
        (LineKind.CAPTION, "Terskler"),
        (LineKind.TABLE_HEADER, "Type\tVerdi"),
        (LineKind.TABLE_ROW, "Varer\t100\tkr"),
        (LineKind.TABLE_ROW, "200\t€"),
    ]
    assert [[page.text[a:b] for a, b in line.cells] for line in page.lines[1:]] == [
        ["Type", "Verdi", "Verdi"],
        ["Varer", "100", "kr"],
        ["Varer", "200", "€"],
    ]


def test_a_table_of_one_column_only_lays_out_its_text(tmp_path: Path) -> None:
    document = load(tmp_path, "<table><tr><td><h2>Mål</h2><p>Tekst</p></td></tr></table>")

    assert shown(document) == [(LineKind.HEADING, "Mål"), (LineKind.PARAGRAPH, "Tekst")]


def test_a_claimed_span_of_a_billion_is_cut(tmp_path: Path) -> None:
    table = '<table><tr><td colspan="999999999">a</td><td rowspan="999999999">b</td></tr></table>'

    assert len(load(tmp_path, table).pages[0].lines[0].cells) < 1_000


def test_valid_utf8_goes_before_a_false_declaration(tmp_path: Path) -> None:
    document = load(tmp_path, "<p>Kjøp på året</p>", '<meta charset="iso-8859-1">')

    assert document.pages[0].text == "Kjøp på året\n"


def test_declared_encoding_is_used_where_it_is_not_utf8(tmp_path: Path) -> None:
    path = tmp_path / "plan.html"
    path.write_bytes('<html><meta charset="iso-8859-1"><p>Kjøp</p>'.encode("latin-1"))

    assert load_in_process(path).pages[0].text == "Kjøp\n"


def test_title_is_a_hint_from_the_head(tmp_path: Path) -> None:
    assert load(tmp_path, "<p>x</p>", "<title>\n Plan for  mat</title>").title == "Plan for mat"


def test_page_with_nothing_to_see_is_empty(tmp_path: Path) -> None:
    document = load(tmp_path, '<p style="display:none">x</p>')

    assert document.reading is Reading.EMPTY
