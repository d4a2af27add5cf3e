"""The zip file of a DOCX: its parts, parsed without entities, network or unbounded size."""

from __future__ import annotations

import posixpath
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree

MAX_MEMBERS = 2_000
MAX_UNPACKED_BYTES = 200_000_000
"""Of all members together: a long plan with pictures stays well below, a zip bomb does not."""
MAX_PART_BYTES = 60_000_000
"""Of one XML part; the text of a 1,000-page plan is under a third of it."""

_TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


class PackageTooLargeError(Exception):
    """A member, or all of them, unpack to more than any plan document holds."""


class Package:
    """The parts of one DOCX by name; a part that is missing is None."""

    def __init__(self, path: Path) -> None:
        self._archive = zipfile.ZipFile(path)
        members = self._archive.infolist()
        if len(members) > MAX_MEMBERS:
            raise PackageTooLargeError(f"has {len(members)} parts, more than {MAX_MEMBERS}")
        if sum(member.file_size for member in members) > MAX_UNPACKED_BYTES:
            raise PackageTooLargeError(f"unpacks to more than {MAX_UNPACKED_BYTES // 1_000_000} MB")
        self._names = {member.filename for member in members}
        self.damaged: list[str] = []
        """Parts that could only be read up to where their XML breaks."""

    def close(self) -> None:
        self._archive.close()

    def part(self, name: str) -> etree._Element | None:
        if name not in self._names:
            return None
        with self._archive.open(name) as member:
            content = member.read(MAX_PART_BYTES + 1)
        if len(content) > MAX_PART_BYTES:
            raise PackageTooLargeError(f"{name} unpacks to over {MAX_PART_BYTES // 1_000_000} MB")
        return self._parsed(name, content.replace(_STRICT, _TRANSITIONAL))

    def related(self, name: str, kind: str) -> list[str]:
        """Names of the parts that part `name` points to by relationships of a kind."""
        folder, file = posixpath.split(name)
        root = self.part(posixpath.join(folder, "_rels", f"{file}.rels"))
        if root is None:
            return []
        return [
            posixpath.normpath(posixpath.join("/", folder, link.get("Target", ""))).lstrip("/")
            for link in root.iter(_RELATIONSHIP)
            if link.get("Type", "").endswith(f"/{kind}") and link.get("TargetMode") != "External"
        ]

    def _parsed(self, name: str, content: bytes) -> etree._Element | None:
        from lxml import etree

        try:
            return etree.fromstring(content, _parser(recover=False))
        except etree.XMLSyntaxError:
            self.damaged.append(name)
            return etree.fromstring(content, _parser(recover=True))


def _parser(*, recover: bool) -> etree.XMLParser:
    from lxml import etree

    return etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        recover=recover,
    )
