"""Two slow spots of pypdf, made quick while a document is read; what is read stays the same.

Measured on 424 pages of law and regulation, a font that every page shares is parsed again for every page
(a third of the time), and strings written in hexadecimal are read byte by byte (another third). Where a
future pypdf no longer has these two functions, nothing is replaced.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

_HEX = re.compile(rb"[0-9A-Fa-f]*\Z")
_WHITE_SPACE = b" \t\r\n\x0c\x00"
_CHUNK = 256


@contextmanager
def quick_pypdf() -> Iterator[None]:
    from pypdf.generic import _data_structures, _font

    places: tuple[tuple[Any, str, Callable[[Any], Any]], ...] = (
        (_font.Font, "from_font_resource", lambda slow: classmethod(_parsed_once(slow.__func__))),
        (_data_structures, "read_hex_string_from_stream", _quick_hex),
    )
    originals = [vars(owner).get(name) for owner, name, _ in places]
    if None in originals:
        yield
        return
    try:
        for (owner, name, quick), slow in zip(places, originals, strict=True):
            setattr(owner, name, quick(slow))
        yield
    finally:
        for (owner, name, _), slow in zip(places, originals, strict=True):
            setattr(owner, name, slow)


def _parsed_once(parse: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """Remembers fonts by the identity of their dictionary, which is kept so that no other takes it."""
    known: dict[int, tuple[Any, Any]] = {}

    def from_font_resource(cls: Any, resource: Any) -> Any:
        found = known.get(id(resource))
        if found is None:
            found = known[id(resource)] = (resource, parse(cls, resource))
        return found[1]

    return from_font_resource


def _quick_hex(slow: Callable[..., Any]) -> Callable[..., Any]:
    """Reads up to the closing mark at once; anything odd is left to pypdf's own reading."""
    from pypdf.generic import create_string_object

    def read_hex_string_from_stream(stream: Any, forced_encoding: Any = None) -> Any:
        start = stream.tell()
        content = stream.read(_CHUNK)
        end = content.find(b">")
        while end < 0:
            more = stream.read(len(content))
            if not more:
                stream.seek(start)
                return slow(stream, forced_encoding)
            end = more.find(b">")
            end = end + len(content) if end >= 0 else -1
            content += more
        digits = content[1:end].translate(None, _WHITE_SPACE)
        if not _HEX.match(digits):
            stream.seek(start)
            return slow(stream, forced_encoding)
        stream.seek(start + end + 1)
        digits += b"0" * (len(digits) % 2)
        return create_string_object(bytes.fromhex(digits.decode("ascii")), forced_encoding)

    return read_hex_string_from_stream
