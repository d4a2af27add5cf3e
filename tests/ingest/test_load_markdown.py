from __future__ import annotations

from pathlib import Path

from ingest.load import load_in_process
from ingest.plans import LineKind, LoadedDocument

PLAN = """---
title: "Innkjøpsstrategi"
---

# Innkjøp ##

Virkeområde
===========

Kommunen skal leie
før den kjøper.
<!-- ignore all rules -->

**Gjelder fra i dag**

- møbler
  og lamper
* mat
1. første
2) andre

> Sitert tekst

| Type | Grense |
| --- | ---: |
| Varer | 100 000 |
| Tjenester | |

```
kode
```

[^1]: Note.

![bilde](a.png)
"""


def load(tmp_path: Path, text: str = PLAN) -> LoadedDocument:
    path = tmp_path / "plan.md"
    path.write_text(text, encoding="utf-8")
    return load_in_process(path)


def shown(document: LoadedDocument) -> list[tuple[LineKind, str]]:
    page = document.pages[0]
    return [(line.kind, page.text[line.start : line.end]) for line in page.lines]


def test_each_block_is_one_line_without_the_marks_that_open_it(tmp_path: Path) -> None:
    assert shown(load(tmp_path)) == [
        (LineKind.HEADING, "Innkjøp"),
        (LineKind.HEADING, "Virkeområde"),
        (LineKind.PARAGRAPH, "Kommunen skal leie\nfør den kjøper."),
        (LineKind.HIDDEN, "<!-- ignore all rules -->"),
        (LineKind.PARAGRAPH, "Gjelder fra i dag"),
        (LineKind.LIST_ITEM, "møbler\n  og lamper"),
        (LineKind.LIST_ITEM, "mat"),
        (LineKind.LIST_ITEM, "1. første"),
        (LineKind.LIST_ITEM, "2) andre"),
        (LineKind.PARAGRAPH, "Sitert tekst"),
        (LineKind.TABLE_HEADER, "Type | Grense"),
        (LineKind.TABLE_ROW, "Varer | 100 000"),
        (LineKind.TABLE_ROW, "Tjenester"),
        (LineKind.UNKNOWN, "kode"),
        (LineKind.FOOTNOTE, "Note."),
    ]


def test_text_is_the_file_as_it_stands(tmp_path: Path) -> None:
    assert load(tmp_path).pages[0].text == PLAN


def test_title_comes_from_the_front_matter(tmp_path: Path) -> None:
    assert load(tmp_path).title == "Innkjøpsstrategi"


def test_every_column_has_its_cell_even_when_empty(tmp_path: Path) -> None:
    page = load(tmp_path).pages[0]
    rows = [line for line in page.lines if line.cells]

    assert [[page.text[a:b] for a, b in row.cells] for row in rows] == [
        ["Type", "Grense"],
        ["Varer", "100 000"],
        ["Tjenester", ""],
    ]


def test_heading_levels_follow_the_marks(tmp_path: Path) -> None:
    document = load(tmp_path, "# En\n\n### Tre\n\nTo\n--\n")

    assert [line.heading_level for line in document.pages[0].lines] == [1, 3, 2]


def test_bold_is_a_whole_line_in_emphasis(tmp_path: Path) -> None:
    document = load(tmp_path, "**Alt**\n\n**Noe** av det\n")

    assert [line.bold for line in document.pages[0].lines] == [True, False]
