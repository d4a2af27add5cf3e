"""Answers and passages as text for a terminal. Pure."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence

from assistant.answers import Answer, Citation, Outcome, Place, RankedPassage, Role
from prompts import Texts, answer_texts

_WIDTH = 88


def answer_text(answer: Answer) -> str:
    """Answer first, then why, then where each quote stands."""
    words = answer_texts(answer.language)
    badge = f"[{words['badge'][answer.force.value].upper()}] " if answer.outcome is Outcome.ANSWERED else ""
    blocks = [_steps(answer)] if answer.steps else [_wrap(badge + answer.text)]
    if answer.why:
        blocks.append(_wrap(answer.why))
    if answer.citations:
        lines = [_citation(c, words) for c in answer.citations]
        blocks.append("\n".join([f"{words['sources']}:", *lines]))
    tail = [words["as_of"].format(date=answer.as_of.isoformat())]
    if answer.ask_next and answer.outcome is not Outcome.ABSTAINED:  # a silence has said whom to ask
        tail.append(words["ask"].format(owner=answer.ask_next))
    tail.extend(answer.choices)
    blocks.append("\n".join(_wrap(line) for line in (*answer.notices, *tail)))
    return "\n\n".join(blocks)


_BOLD = re.compile(r"\*\*(.+?)\*\*")


def _steps(answer: Answer) -> str:
    """The steps of a purchase as a list, each on lines of its own."""
    blocks = []
    for block in _BOLD.sub(r"\1", answer.text).split("\n\n"):
        lines = block.split("\n")
        blocks.append("\n".join(_wrap(line, indent="  " if line.startswith("- ") else "") for line in lines))
    return "\n\n".join(blocks)


def _citation(citation: Citation, words: Texts) -> str:
    source = citation.source
    where = [source.title]
    if source.section:
        where.append(source.section)
    if source.page is not None:
        where.append(words["page"].format(page=source.page))
    where.append(words["level"].format(level=source.level, name=source.level_name))
    reason = f" – {citation.reason}" if citation.reason else ""
    line = f"[{citation.marker}] {', '.join(where)}{reason}"
    text = _wrap(line, indent="    ")
    if citation.role is not Role.GOVERNING:
        text += "\n" + _wrap(f"«{source.quote}»", indent="    ", first="    ")
    return text


def passages_text(passages: Sequence[RankedPassage]) -> str:
    """Ranked passages, each with where it stands."""
    lines = []
    for passage in passages:
        page = f", p. {passage.page}" if passage.page is not None else ""
        head = f"{passage.rank}. {passage.title}, {passage.section}{page} (level {passage.level}, {passage.score:.2f})"
        also = "".join(f"\n   = {_standing(each)}" for each in passage.also)
        lines.append(head + "\n" + _wrap(passage.text, indent="   ", first="   ") + also)
    return "\n\n".join(lines)


def _standing(place: Place) -> str:
    page = f", p. {place.page}" if place.page is not None else ""
    return f"{place.title}, {place.section}{page} (level {place.level}, {place.file})"


def _wrap(text: str, indent: str = "", first: str = "") -> str:
    return textwrap.fill(text, _WIDTH, initial_indent=first, subsequent_indent=indent)
