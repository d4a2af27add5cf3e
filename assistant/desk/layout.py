"""Lines that fit a terminal. Pure."""

from __future__ import annotations

import textwrap

WIDTH = 96


def wrapped(text: str, *, indent: int = 0) -> list[str]:
    """`text` in lines of at most `WIDTH` characters, those after the first indented; its own indent stays."""
    lead = len(text) - len(text.lstrip())
    return textwrap.wrap(
        text.strip(),
        WIDTH,
        initial_indent=" " * lead,
        subsequent_indent=" " * max(indent, lead),
        break_long_words=False,
        break_on_hyphens=False,
    )
