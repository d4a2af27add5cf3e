"""Which HTML elements a browser would not show: a rough reading of styles, enough for honest pages
and for the common ways of hiding text from a reader."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SELECTOR = re.compile(r"\w*([.#])([\w-]+)\Z")
_INVISIBLE = re.compile(
    r"display:none|visibility:(?:hidden|collapse)|opacity:0(?:\.0+)?(?:;|!|$)"
    r"|font-size:(?:0|[0-2](?:\.\d+)?(?:px|pt))(?:;|!|$)"
)
_WHITE = re.compile(r"(?:^|;)color:(?:#fff|#ffffff|white|rgba?\(255,255,255(?:,1)?\)|transparent)(?:;|!|$)")
_WHITE_NAMES = frozenset({"#fff", "#ffffff", "white"})


@dataclass(frozen=True, slots=True)
class Sheet:
    """Names of classes and ids that the page's own style sheet hides."""

    classes: frozenset[str]
    ids: frozenset[str]

    def hides(self, element: etree._Element) -> bool:
        if element.get("hidden") is not None or element.get("id") in self.ids:
            return True
        style = _compact(element.get("style", ""))
        if style and _INVISIBLE.search(style):
            return True
        return not self.classes.isdisjoint(element.get("class", "").split())


def sheet_of(root: etree._Element) -> Sheet:
    names: dict[str, set[str]] = {".": set(), "#": set()}
    for style in root.iter("style"):
        for selectors, body in _rules(_COMMENT.sub("", style.text or "")):
            if _INVISIBLE.search(_compact(body)):
                for selector in selectors.split(","):
                    if found := _SELECTOR.match(selector.strip()):
                        names[found[1]].add(found[2])
    return Sheet(frozenset(names["."]), frozenset(names["#"]))


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Selectors and body of each rule; what only holds for print or some screens is left out."""
    depth, selectors, start = 0, "", 0
    for brace in re.finditer(r"[{}]", sheet):
        if brace[0] == "{":
            if depth == 0:
                selectors, start = sheet[start : brace.start()], brace.end()
            depth += 1
        else:
            depth = max(depth - 1, 0)
            if depth == 0:
                if not selectors.lstrip().startswith("@"):
                    yield selectors, sheet[start : brace.start()]
                start = brace.end()


def is_white(element: etree._Element) -> bool:
    return bool(
        _WHITE.search(_compact(element.get("style", ""))) or element.get("color", "").lower() in _WHITE_NAMES
    )


def sets_background(element: etree._Element) -> bool:
    return element.get("bgcolor") is not None or "background" in element.get("style", "")


def _compact(style: str) -> str:
    return re.sub(r"\s+", "", style).lower()
