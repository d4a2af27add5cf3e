"""Sets a document as one HTML page: semantic elements, inline style, no scripts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby

from ingest.example.typeset.blocks import (
    Block,
    Box,
    Contents,
    Heading,
    ListItem,
    PageBreak,
    Paragraph,
    Table,
)
from ingest.example.typeset.inline import Run, plain, runs
from ingest.example.typeset.source import Document
from ingest.example.typeset.words import words

_STYLE = """
body { font-family: Georgia, serif; line-height: 1.5; color: #222; margin: 0; }
.sans { font-family: "Liberation Sans", Arial, sans-serif; }
body > header, main, body > footer { max-width: 46rem; margin: 0 auto; padding: 1rem 1.5rem; }
body > header { border-bottom: 4px solid #26566b; }
body > footer { border-top: 1px solid #999; color: #555; font-size: .85rem; }
h1, h2, h3, h4 { color: #26566b; line-height: 1.2; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0; }
caption { text-align: left; font-weight: bold; padding: .3rem 0; }
th, td { text-align: left; vertical-align: top; padding: .3rem .5rem; border-bottom: 1px solid #bbb; }
th { background: #e4ecef; }
aside { background: #eef3f5; border-left: 4px solid #26566b; padding: .5rem 1rem; margin: 1rem 0; }
nav ul { list-style: none; padding-left: 0; }
nav .level3 { padding-left: 1.5rem; }
.footnotes { font-size: .85rem; border-top: 1px solid #999; margin-top: 2rem; }
"""


def set_html(document: Document) -> bytes:
    """The document as UTF-8 HTML."""
    lines = [
        "<!DOCTYPE html>",
        f'<html lang="{document.language}">',
        "<head>",
        '<meta charset="utf-8">',
        f"<title>{escape(plain(document.title))}</title>",
        f"<style>{_STYLE}</style>",
        "</head>",
        f'<body class="{document.layout.font}">',
        *_header(document),
        "<main>",
        *_blocks(document.body, document, _Anchors()),
        *_footnotes(document),
        "</main>",
        *([f"<footer>{escape(document.running_foot)}</footer>"] if document.running_foot else []),
        "</body>",
        "</html>",
    ]
    return ("\n".join(lines) + "\n").encode("utf-8")


class _Anchors:
    """Names of headings in order: the contents and the headings count alike."""

    def __init__(self) -> None:
        self._count = 0

    def next(self) -> str:
        self._count += 1
        return f"section-{self._count}"


def _header(document: Document) -> Iterator[str]:
    yield "<header>"
    if document.running_head:
        yield f'<p class="running-head">{escape(document.running_head)}</p>'
    yield f"<h1>{_inline(document.title)}</h1>"
    yield from _blocks(document.cover, document, _Anchors())
    yield "</header>"


def _blocks(blocks: Iterable[Block], document: Document, anchors: _Anchors) -> Iterator[str]:
    for is_list, group in groupby(blocks, key=lambda block: isinstance(block, ListItem)):
        if is_list:
            yield from _list([block for block in group if isinstance(block, ListItem)])
        else:
            for block in group:
                yield from _block(block, document, anchors)


def _block(block: Block, document: Document, anchors: _Anchors) -> Iterator[str]:
    match block:
        case Heading(level, text):
            yield f'<h{level} id="{anchors.next()}">{_inline(text)}</h{level}>'
        case Paragraph(text):
            yield f"<p>{_inline(text)}</p>"
        case Table():
            yield from _table(block)
        case Box(inner):
            yield from ("<aside>", *_blocks(inner, document, anchors), "</aside>")
        case Contents():
            yield from _contents(document)
        case PageBreak() | ListItem():
            return


def _contents(document: Document) -> Iterator[str]:
    headings = [block for block in document.body if isinstance(block, Heading)]
    yield f"<nav><h2>{words(document.language).contents}</h2><ul>"
    for number, heading in enumerate(headings, start=1):
        if heading.level <= 3:
            link = f'<a href="#section-{number}">{escape(plain(heading.text))}</a>'
            yield f'<li class="level{heading.level}">{link}</li>'
    yield "</ul></nav>"


def _list(items: list[ListItem]) -> Iterator[str]:
    """A list, deeper items nested in the item before them."""
    tag, kind = _list_kind(items[0].marker)
    yield f"<{tag}{kind}>"
    at = 0
    while at < len(items):
        end = at + 1
        while end < len(items) and items[end].depth > items[0].depth:
            end += 1
        nested = "\n".join(_list(items[at + 1 : end])) if end > at + 1 else ""
        yield f"<li>{_inline(items[at].text)}{nested}</li>"
        at = end
    yield f"</{tag}>"


def _list_kind(marker: str) -> tuple[str, str]:
    """Element and attributes for the marker of the first item."""
    name = marker.rstrip(".)")
    if name.isdigit():
        return "ol", "" if name == "1" else f' start="{name}"'
    return ("ol", ' type="a"') if name.isalpha() else ("ul", "")


def _table(table: Table) -> Iterator[str]:
    yield "<table>"
    if table.caption:
        yield f"<caption>{_inline(table.caption)}</caption>"
    heads = "".join(f'<th scope="col">{_inline(cell)}</th>' for cell in table.header)
    yield f"<thead><tr>{heads}</tr></thead>"
    yield "<tbody>"
    for row in table.rows:
        yield "<tr>" + "".join(f"<td>{_inline(cell)}</td>" for cell in row) + "</tr>"
    yield "</tbody>"
    yield "</table>"


def _footnotes(document: Document) -> Iterator[str]:
    if not document.notes:
        return
    yield f'<section class="footnotes"><h2>{words(document.language).notes}</h2><ol>'
    for number, text in enumerate(document.notes, start=1):
        back = f'<a href="#mark-{number}" aria-label="{number}">↩</a>'
        yield f'<li id="note-{number}">{_inline(text)} {back}</li>'
    yield "</ol></section>"


def _inline(text: str) -> str:
    return "".join(_run(run) for run in runs(text))


def _run(run: Run) -> str:
    if run.note:
        anchor = f'<a id="mark-{run.text}" href="#note-{run.text}">{run.text}</a>'
        return f"<sup>{anchor}</sup>"
    text = escape(run.text, quote=False).replace("\n", "<br>\n")
    text = f"<strong>{text}</strong>" if run.bold else text
    return f"<em>{text}</em>" if run.italic else text
