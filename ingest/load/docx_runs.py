"""The text of one DOCX paragraph: its runs as they are shown, and what hangs on them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ingest.load.docx_styles import Look, Styles, W, run_look

if TYPE_CHECKING:
    from lxml import etree

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_NOT_SHOWN = frozenset(
    f"{W}{name}"
    for name in ("del", "moveFrom", "pPr", "rPr", "instrText", "delText", "delInstrText", "sdtPr", "fldChar")
)
_PRINTED = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
    f"{W}softHyphen": "\u00ad",
}
_NOTES = (f"{W}footnoteReference", f"{W}endnoteReference")


@dataclass(slots=True)
class Content:
    """What a paragraph holds; `boxes` are text boxes anchored in it, `notes` the ids it refers to."""

    seen: list[tuple[str, Look]] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(text for text, _ in self.seen)

    @property
    def bold(self) -> bool:
        printed = [look for text, look in self.seen if text.strip()]
        return bool(printed) and all(look.bold for look in printed)

    def size(self, otherwise: float) -> float:
        """The size that most of the text has."""
        sizes: dict[float, int] = {}
        for text, look in self.seen:
            sizes[look.size] = sizes.get(look.size, 0) + len(text)
        return max(sizes, key=lambda size: sizes[size]) if sizes else otherwise


def content_of(paragraph: etree._Element, look: Look, styles: Styles) -> Content:
    content = Content()
    for element, run in _shown(paragraph, None):
        inside = look if run is None else run_look(run.find(f"{W}rPr"), look, styles)
        text = _printed(element)
        if text and inside.hidden:
            content.unseen.append(text)
        elif text:
            content.seen.append((text, inside))
        elif element.tag in _NOTES:
            content.notes.append((str(element.tag), element.get(f"{W}id", "")))
        elif element.tag == f"{W}txbxContent":
            content.boxes.append(element)
    return content


def _printed(element: etree._Element) -> str:
    if element.tag in (f"{W}t", _MATH_TEXT):
        return element.text or ""
    if element.tag == f"{W}br" and element.get(f"{W}type") in ("page", "column"):
        return " "
    return _PRINTED.get(str(element.tag), "")


def _shown(
    parent: etree._Element, run: etree._Element | None
) -> Iterator[tuple[etree._Element, etree._Element | None]]:
    """Every element that may print something, with the run it stands in."""
    for element in parent:
        if element.tag in _NOT_SHOWN:
            continue
        if element.tag == f"{MC}AlternateContent":
            chosen = element.find(f"{MC}Choice")
            yield from _shown(element if chosen is None else chosen, run)
        elif element.tag == f"{W}txbxContent":
            yield element, run
        elif len(element) and element.tag != f"{W}t":
            yield from _shown(element, element if element.tag == f"{W}r" else run)
        else:
            yield element, run
