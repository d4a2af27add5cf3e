"""Small documents to guess a register from."""

from __future__ import annotations

from pathlib import Path

from ingest.guess import Guess, guess_register
from ingest.plans import Line, LoadedDocument, Page, Plan, PlanVersion, Reading, Register

BODY = "Kommunen skal kjøpe mindre og bruke tingene lenger. Enhetene har ansvar for egne innkjøp."


def text(*lines: str) -> LoadedDocument:
    """A document in a format without pages or sizes."""
    content = "\n".join((*lines, *[BODY] * 3))
    return LoadedDocument(media_type="text/plain", reading=Reading.OK, pages=(Page(None, None, content, ()),))


def pdf(*pages: str, title_size: float = 24.0) -> LoadedDocument:
    """A document of pages whose first line is set large and whose lines stand below each other."""
    return LoadedDocument(
        media_type="application/pdf",
        reading=Reading.OK,
        pages=tuple(page(number, content, title_size) for number, content in enumerate(pages, start=1)),
    )


def page(number: int, content: str, title_size: float) -> Page:
    lines, start = [], 0
    for place, line in enumerate(content.split("\n")):
        size = title_size if number == 1 and place == 0 else 10.0
        lines.append(Line(start, start + len(line), size=size, x=70, y=800 - 15 * place))
        start += len(line) + 1
    return Page(number, None, content, tuple(lines))


def guess(**documents: LoadedDocument) -> tuple[Register, list[Guess]]:
    return guess_register(Path("folder"), {f"{name}.txt": each for name, each in documents.items()})


def guessed_plan(*lines: str) -> Plan:
    return guess(plan=text(*lines))[0].plan("plan")


def guessed_version(*lines: str) -> PlanVersion:
    return guessed_plan(*lines).versions[0]
