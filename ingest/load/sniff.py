"""What a file is by its content; its name decides only between kinds of plain text.

Everything that is not read here is turned away with what it is and what to do instead.
"""

from __future__ import annotations

import json
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

from ingest.load.text import decode

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HTML = "text/html"
MARKDOWN = "text/markdown"
TEXT = "text/plain"

HEAD_BYTES = 64 * 1024
"""Enough to recognise any format by; only zip files are looked into further."""
_TEXT_NAMES = frozenset({"", ".txt", ".text", ".md", ".markdown", ".html", ".htm"})
"""A damaged PDF or a program's source is plain text too, but no document."""
PDF_HEADER_WITHIN = 1024
"""Readers accept a PDF header anywhere in the first kilobyte."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A media type and, when the file is not read here, what it is and the remedy."""

    media_type: str
    what: str = ""
    remedy: str = ""


_SAVE_AS = "open it in its own program and save it as PDF or DOCX"
_PICTURE = "run text recognition on it and save the result as PDF"
_EXTRACT = "unpack it and add the documents inside"
_EXPORT = "add the document it was exported from, as PDF, DOCX, HTML, Markdown or text"
_REMOVE = "remove it from the folder"
_RENAME = "get a new copy of it, or let its name end in .txt if it is the document"

_PDF_KIND, _DOCX_KIND = Kind(PDF), Kind(DOCX)
_MAGIC: tuple[tuple[bytes, Kind], ...] = (
    (b"{\\rtf", Kind("application/rtf", "is a rich text (RTF) file", _SAVE_AS)),
    (b"\x89PNG", Kind("image/png", "is a picture", _PICTURE)),
    (b"\xff\xd8\xff", Kind("image/jpeg", "is a picture", _PICTURE)),
    (b"GIF8", Kind("image/gif", "is a picture", _PICTURE)),
    (b"II*\x00", Kind("image/tiff", "is a picture", _PICTURE)),
    (b"MM\x00*", Kind("image/tiff", "is a picture", _PICTURE)),
    (b"RIFF", Kind("image/webp", "is a picture or a recording", _PICTURE)),
    (b"\x1f\x8b", Kind("application/gzip", "is a gzip archive", _EXTRACT)),
    (b"7z\xbc\xaf", Kind("application/x-7z-compressed", "is a 7z archive", _EXTRACT)),
    (b"Rar!", Kind("application/vnd.rar", "is a rar archive", _EXTRACT)),
    (b"BZh", Kind("application/x-bzip2", "is a bzip2 archive", _EXTRACT)),
    (b"\xfd7zXZ", Kind("application/x-xz", "is an xz archive", _EXTRACT)),
    (b"\x7fELF", Kind("application/x-executable", "is a program", _REMOVE)),
    (b"SQLite format 3\x00", Kind("application/vnd.sqlite3", "is a database", _REMOVE)),
    (b"%!PS", Kind("application/postscript", "is a PostScript file", _SAVE_AS)),
)
_SHORT_MAGIC: tuple[tuple[bytes, Kind], ...] = (
    (b"BM", Kind("image/bmp", "is a picture", _PICTURE)),
    (b"MZ", Kind("application/x-executable", "is a program", _REMOVE)),
)
"""Two letters that may also open a plain text."""
_NEW_PICTURES = (b"ftypheic", b"ftypmif1", b"ftypavif")

_ZIP = Kind("application/zip", "is a zip archive", _EXTRACT)
_ZIP_DAMAGED = Kind("application/zip", "is a damaged or truncated zip or office file", "get a new copy of it")
_INSIDE: tuple[tuple[str, Kind], ...] = (
    ("word/", _DOCX_KIND),
    ("xl/", Kind("application/vnd.ms-excel", "is a spreadsheet", _SAVE_AS)),
    ("ppt/", Kind("application/vnd.ms-powerpoint", "is a presentation", _SAVE_AS)),
)
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_WORD_STREAM = "WordDocument".encode("utf-16-le")
_BINARY = Kind("application/octet-stream", "is not a document but binary data", _REMOVE)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")

_HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*"
    r"<(?:!doctype\s+html|html|head|body|title|meta|style|div|article|main|section|h[1-6]|p|table)\b",
    re.IGNORECASE | re.DOTALL,
)
_MARKDOWN_SIGNS = re.compile(r"^(?:#{1,6} \S|\|.+\|\s*$|```|\s*[-*] \[[ x]\] |---\s*$)", re.MULTILINE)
_SVG = re.compile(r"<svg\b|<\?xml.*?<svg\b", re.DOTALL)
_XML = Kind("application/xml", "is an XML file", _EXPORT)
_MAIL_KIND = Kind("message/rfc822", "is an e-mail or a web archive", _SAVE_AS)
_MAIL = re.compile(r"(?:^[\w-]+:.*\n(?:[ \t].*\n)*)*?^MIME-Version:", re.MULTILINE | re.IGNORECASE)


def kind_of(path: Path) -> Kind:
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    return _packed_kind(path, head) or _plain_kind(path, head)


def _packed_kind(path: Path, head: bytes) -> Kind | None:
    """Formats whose first bytes say enough."""
    suffix = path.suffix.lower()
    if b"%PDF-" in head[:PDF_HEADER_WITHIN] or (suffix == ".pdf" and b" obj" in head):
        return _PDF_KIND
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(path)
    if head.startswith(_OLE2):
        return _ole2_kind(path)
    if head[4:12] in _NEW_PICTURES:
        return Kind("image/heic", "is a picture", _PICTURE)
    return next((kind for magic, kind in _MAGIC if head.startswith(magic)), None)


def _plain_kind(path: Path, head: bytes) -> Kind:
    text = decode(head).text
    suffix = path.suffix.lower()
    if _HTML_START.match(text.replace("\x00", "").lstrip("\ufeff")[:4096]):
        return Kind(HTML)
    if _is_binary(text):
        return next((kind for magic, kind in _SHORT_MAGIC if head.startswith(magic)), _BINARY)
    kind = _text_kind(text, suffix)
    if kind.media_type in (TEXT, MARKDOWN) and suffix not in _TEXT_NAMES:
        return Kind(TEXT, f"is plain text under a name that ends in {suffix}", _RENAME)
    return kind


def _zip_kind(path: Path) -> Kind:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            mimetype = archive.read("mimetype")[:80] if "mimetype" in names else b""
    except (zipfile.BadZipFile, OSError, ValueError, KeyError, EOFError, NotImplementedError):
        return _ZIP_DAMAGED
    if mimetype:
        return Kind(mimetype.decode("ascii", "replace"), "is an OpenDocument or e-book", _SAVE_AS)
    if "[Content_Types].xml" in names:
        for start, kind in _INSIDE:
            if any(name.startswith(start) for name in names):
                return kind
        if any(name.endswith("document.xml") for name in names):
            return _DOCX_KIND
    return _ZIP


def _ole2_kind(path: Path) -> Kind:
    content = path.read_bytes()
    if _ENCRYPTED_PACKAGE in content:
        return Kind(DOCX, "is protected by a password", "save a copy without the password")
    if _WORD_STREAM in content:
        return Kind("application/msword", "is an old Word (.doc) file", _SAVE_AS)
    return Kind("application/x-ole-storage", "is an old Office file", _SAVE_AS)


def _is_binary(text: str) -> bool:
    """Stray control characters are forgiven; a text made of them is not a text."""
    sample = text[:8192]
    return len(_CONTROL.findall(sample)) * 20 > len(sample)


def _text_kind(text: str, suffix: str) -> Kind:
    start = text.lstrip("\ufeff \t\r\n\x00")[:4096]
    known = (
        (suffix in (".html", ".htm") and "<" in start, Kind(HTML)),
        (bool(_SVG.match(start)), Kind("image/svg+xml", "is a drawing (SVG)", _PICTURE)),
        (start.startswith(("<?xml", "<!DOCTYPE")), _XML),
        (bool(_MAIL.match(start)), _MAIL_KIND),
        (_is_json(text), Kind("application/json", "is a JSON file", _EXPORT)),
        (_is_table(text, suffix), Kind("text/csv", "is a table of data (CSV)", _EXPORT)),
        (suffix in (".md", ".markdown"), Kind(MARKDOWN)),
        (suffix != ".txt" and bool(_MARKDOWN_SIGNS.search(start)), Kind(MARKDOWN)),
    )
    return next((kind for matches, kind in known if matches), Kind(TEXT))


def _is_json(head: str) -> bool:
    start = head.lstrip("\ufeff \t\r\n")
    if not start.startswith(("{", "[")):
        return False
    try:
        _, end = json.JSONDecoder().raw_decode(start)
    except RecursionError:
        return True
    except json.JSONDecodeError as error:
        # The head of a long file ends in the middle of a value; a text that only opens with a
        # bracket fails at once.
        return len(head) > HEAD_BYTES // 2 and error.pos > len(start) * 0.9
    # After the value comes nothing, or in a file of JSON lines the next one.
    return start[end:].lstrip()[:1] in ("", "{", "[")


def _is_table(text: str, suffix: str) -> bool:
    """Whether every line has the same separators; commas count only where the name says so."""
    lines = [line for line in text.splitlines()[:50] if line.strip()]
    if len(lines) > 1 and len(text) >= HEAD_BYTES // 4:
        lines = lines[:-1]
    separators = ";\t," if suffix in (".csv", ".tsv") else ";\t"
    enough = 1 if suffix in (".csv", ".tsv") else 3
    return len(lines) >= enough and any(
        len({line.count(mark) for line in lines}) == 1 and mark in lines[0] for mark in separators
    )
