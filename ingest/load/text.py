"""Plain text: the encoding is found, the lines are kept as they stand."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from ingest.load.invisible import split_hidden
from ingest.load.outcome import Emit, keep_to_self, whole_document
from ingest.plans import Line, LoadedDocument, Page

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_LINE = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class Decoded:
    text: str
    encoding: str


def decode(content: bytes, declared: str | None = None) -> Decoded:
    """A byte order mark decides, then valid UTF-8, then what the file declares, then Windows-1252."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return Decoded(content[len(mark) :].decode(encoding, "replace"), encoding)
    utf16 = _unmarked_utf16(content[:4096])
    if utf16:
        return Decoded(content.decode(utf16, "replace"), utf16)
    try:
        # A head that was cut inside a character is still UTF-8.
        text, _ = codecs.utf_8_decode(content, "strict", False)
        return Decoded(text, "utf-8")
    except UnicodeDecodeError:
        return _decode_single_byte(content, declared)


def storable(text: str) -> str:
    """The text, same length, without the characters that no database or page can hold."""
    return _UNSTORABLE.sub("\ufffd", text) if _UNSTORABLE.search(text) else text


def load(path: Path, emit: Emit = keep_to_self) -> LoadedDocument:
    decoded = decode(path.read_bytes())
    text = storable(decoded.text.replace("\r\n", "\n").replace("\r", "\n"))
    page = Page(None, None, text, split_hidden(text, bare_lines(text)))
    emit(page, 1)
    return whole_document(path, "text/plain", page)


def bare_lines(text: str) -> tuple[Line, ...]:
    """The printed lines of a text of which no more is known."""
    spans = (trimmed(text, *found.span()) for found in _LINE.finditer(text))
    return tuple(Line(start, end) for start, end in spans if start < end)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without the white space at its ends; empty, at `start`, when it is blank."""
    content = text[start:end].strip()
    if not content:
        return start, start
    first = start + text[start:end].index(content)
    return first, first + len(content)


def _unmarked_utf16(head: bytes) -> str | None:
    """Latin letters in UTF-16 have a zero in every second byte."""
    half = len(head) // 2
    if half < 2 or head.count(0) < half // 2:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if min(even, odd) * 10 > max(even, odd):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _decode_single_byte(content: bytes, declared: str | None) -> Decoded:
    for encoding in (declared, "cp1252"):
        try:
            if encoding and encoding.lower() not in ("utf-8", "utf8"):
                return Decoded(content.decode(encoding), encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return Decoded(content.decode("latin-1"), "latin-1")
