"""What a DOCX paragraph looks like once its style and what that is based on are followed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_HEADING_NAME = re.compile(r"(?:heading|overskrift|rubrik)\s*([1-9])\Z")
_DEEPEST = 6
_DEFAULT_SIZE = 10.0
"""Points, where nothing says otherwise (the format's own default)."""
_LONGEST_CHAIN = 20


@dataclass(frozen=True, slots=True)
class Look:
    """Outline level (1 = top) and numbering are None where the style sets none."""

    name: str = ""
    level: int | None = None
    numbering: tuple[str, int] | None = None
    size: float = _DEFAULT_SIZE
    bold: bool = False
    hidden: bool = False


class Styles:
    """Looks by style id, worked out when first asked for."""

    def __init__(self, root: etree._Element | None) -> None:
        self._styles: dict[str, etree._Element] = {}
        self._looks: dict[str, Look] = {}
        self._default = Look()
        default_id = ""
        for style in () if root is None else root.iter(f"{W}style"):
            style_id = style.get(f"{W}styleId", "")
            self._styles[style_id] = style
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true"):
                default_id = style_id
        defaults = None if root is None else root.find(f"{W}docDefaults/{W}rPrDefault")
        if defaults is not None:
            self._default = _changed(Look(), defaults)
        if default_id:
            self._default = self.look(default_id)

    def look(self, style_id: str | None) -> Look:
        if style_id is None or style_id not in self._styles:
            return self._default
        if style_id not in self._looks:
            look = self._default
            for style in reversed(self._chain(style_id)):
                look = _changed(look, style)
            self._looks[style_id] = look
        return self._looks[style_id]

    def _chain(self, style_id: str) -> list[etree._Element]:
        chain: list[etree._Element] = []
        while style_id in self._styles and len(chain) < _LONGEST_CHAIN:
            chain.append(self._styles[style_id])
            based_on = chain[-1].find(f"{W}basedOn")
            style_id = "" if based_on is None else based_on.get(f"{W}val", "")
        return chain


def paragraph_look(properties: etree._Element | None, styles: Styles) -> Look:
    """The look of a paragraph from its `w:pPr`; its own settings go before its style's."""
    if properties is None:
        return styles.look(None)
    style = properties.find(f"{W}pStyle")
    look = styles.look(None if style is None else style.get(f"{W}val"))
    return _with_paragraph_properties(look, properties)


def run_look(properties: etree._Element | None, look: Look, styles: Styles) -> Look:
    """The look of a run from its `w:rPr`, within a paragraph of the given look."""
    if properties is None:
        return look
    style = properties.find(f"{W}rStyle")
    if style is not None:
        of_style = styles.look(style.get(f"{W}val"))
        hidden = of_style.hidden or look.hidden
        look = replace(look, bold=of_style.bold or look.bold, hidden=hidden)
    return _with_run_properties(look, properties)


def switched_on(properties: etree._Element, name: str, otherwise: bool) -> bool:
    """A toggle: present means on unless its value says off."""
    toggle = properties.find(f"{W}{name}")
    if toggle is None:
        return otherwise
    return toggle.get(f"{W}val", "1") not in ("0", "false", "off", "none")


def number(text: str | None, otherwise: float) -> float:
    return float(text) if text and re.fullmatch(r"\d{1,6}(?:\.\d+)?", text) else otherwise


def _changed(look: Look, style: etree._Element) -> Look:
    name = style.find(f"{W}name")
    if name is not None:
        label = name.get(f"{W}val", "").lower()
        named = _HEADING_NAME.match(label)
        level = min(int(named[1]), _DEEPEST) if named else 1 if label in ("title", "tittel") else None
        look = replace(look, name=label, level=level or look.level)
    paragraph = style.find(f"{W}pPr")
    if paragraph is not None:
        look = _with_paragraph_properties(look, paragraph)
    run = style.find(f"{W}rPr")
    return look if run is None else _with_run_properties(look, run)


def _with_paragraph_properties(look: Look, paragraph: etree._Element) -> Look:
    level = _level(paragraph, look.level)
    return replace(look, level=level, numbering=_numbering(paragraph, look.numbering))


def _with_run_properties(look: Look, run: etree._Element) -> Look:
    size = run.find(f"{W}sz")
    points = look.size if size is None else number(size.get(f"{W}val"), look.size * 2) / 2
    hidden = switched_on(run, "vanish", look.hidden) or _is_unseen(run, points)
    return replace(look, size=points, bold=switched_on(run, "b", look.bold), hidden=hidden)


def _is_unseen(run: etree._Element, points: float) -> bool:
    """White on no background, or too small to read."""
    if points < 3:
        return True
    colour = run.find(f"{W}color")
    if colour is None or colour.get(f"{W}val", "").upper() != "FFFFFF":
        return False
    return run.find(f"{W}shd") is None and run.find(f"{W}highlight") is None


def _level(properties: etree._Element, otherwise: int | None) -> int | None:
    outline = properties.find(f"{W}outlineLvl")
    value = "" if outline is None else outline.get(f"{W}val", "")
    if not value.isdecimal():
        return otherwise
    return min(int(value) + 1, _DEEPEST) if int(value) < 9 else None


def _numbering(properties: etree._Element, otherwise: tuple[str, int] | None) -> tuple[str, int] | None:
    """List id and depth; either may come from the style while the paragraph sets the other."""
    numbered = properties.find(f"{W}numPr")
    if numbered is None:
        return otherwise
    list_id, depth = numbered.find(f"{W}numId"), numbered.find(f"{W}ilvl")
    known_id, known_depth = otherwise or ("", 0)
    found_id = known_id if list_id is None else list_id.get(f"{W}val", "")
    found_depth = known_depth if depth is None else int(number(depth.get(f"{W}val"), 0))
    return (found_id, min(found_depth, 8)) if found_id not in ("", "0") else None
