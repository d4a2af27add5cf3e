"""An answer's words as safe HTML: paragraphs, lists, bold and markers. Everything else is text.

Images and links written in an answer are shown as the characters they are: the only links a reader
can follow are those the window makes itself.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from markupsafe import Markup, escape

_BLANK = re.compile(r"\n\s*\n")
_BULLET = re.compile(r"\s*(?:[-*•]|\d+[.)])\s+")
_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_MARKER = re.compile(r"\[(\d{1,3})\]")


def sentences(markdown: str, markers: Collection[int], anchor: str) -> Markup:
    """Markers among `markers` become links to `#{anchor}-{marker}`."""
    blocks = [block for block in _BLANK.split(markdown.strip()) if block.strip()]
    return Markup("").join(_block(block, markers, anchor) for block in blocks)


def in_line(markdown: str, markers: Collection[int], anchor: str) -> Markup:
    """One line of an answer, with its markers as links."""
    return _line(" ".join(markdown.split()), markers, anchor)


def without_lists(markdown: str) -> tuple[str, str]:
    """What stands before the first list and what stands after it."""
    blocks = [block for block in _BLANK.split(markdown.strip()) if block.strip()]
    at = next((n for n, block in enumerate(blocks) if _is_list(block)), len(blocks))
    after = [block for block in blocks[at:] if not _is_list(block)]
    return "\n\n".join(blocks[:at]), "\n\n".join(after)


def _is_list(block: str) -> bool:
    return all(_BULLET.match(line) for line in block.splitlines())


def plain(markdown: str) -> str:
    """The words without bold marks; the source markers stay."""
    return _BOLD.sub(r"\1", markdown).strip()


def _block(block: str, markers: Collection[int], anchor: str) -> Markup:
    lines = block.splitlines()
    if _is_list(block):
        items = (_line(_BULLET.sub("", line, count=1), markers, anchor) for line in lines)
        return Markup("<ul>{}</ul>").format(
            Markup("").join(Markup("<li>{}</li>").format(item) for item in items)
        )
    return Markup("<p>{}</p>").format(
        Markup("<br>").join(_line(line.lstrip("# "), markers, anchor) for line in lines)
    )


def _line(line: str, markers: Collection[int], anchor: str) -> Markup:
    bold = _BOLD.sub(r"<strong>\1</strong>", str(escape(line)))

    def link(match: re.Match[str]) -> str:
        number = int(match[1])
        if number not in markers:
            return match[0]
        return f'<a class="marker" href="#{anchor}-{number}">[{number}]</a>'

    return Markup(_MARKER.sub(link, bold))
