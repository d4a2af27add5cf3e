"""The text of a register as a tree of YAML nodes, refused where it is broken or hostile.

Nothing is ever constructed from a tag, and nothing is unfolded before it is known to be small.
"""

from __future__ import annotations

from collections.abc import Iterator

import yaml

LONGEST_REGISTER = 4_000_000
"""Bytes; a thousand plans with every key fill about a tenth."""
MOST_NODES = 400_000
"""Nodes after aliases are followed; far above any register, far below what a bomb unfolds to."""
MOST_DEPTH = 24
"""The register's own shape needs seven."""


class NotYaml(Exception):
    """The text is no YAML, or YAML that nobody should unfold; carries the problem."""

    def __init__(self, line: int, message: str, remedy: str) -> None:
        super().__init__(message)
        self.line, self.message, self.remedy = line, message, remedy


def compose(raw: bytes) -> yaml.Node | None:
    """The node tree of a register's bytes, None when there is nothing in it. Raises `NotYaml`."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = _decoded(raw)
    _refuse_invisible(text)
    try:
        _refuse_depth(yaml.parse(text, Loader=loader))
        root: yaml.Node | None = yaml.compose(text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        raise _syntax(error, text) from error
    if root is not None:
        _refuse_bomb(root)
    return root


def _decoded(raw: bytes) -> str:
    encoding = "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise NotYaml(
            line, "the register is not written in UTF-8", "Save it again with the encoding UTF-8"
        ) from error


def _refuse_invisible(text: str) -> None:
    found = yaml.reader.Reader.NON_PRINTABLE.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        message = f"the character U+{ord(found.group()):04X} may not stand in YAML"
        raise NotYaml(line, message, "Remove it; it is invisible in most editors")


def _refuse_depth(events: Iterator[yaml.Event]) -> None:
    """Before composing: composing recurses once per level, and a hostile file has thousands."""
    depth = 0
    for event in events:
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > MOST_DEPTH:
            line = event.start_mark.line + 1 if event.start_mark else 1
            message = f"lists and keys are nested more than {MOST_DEPTH} deep"
            raise NotYaml(line, message, "Write the register as in the example")


def _refuse_bomb(root: yaml.Node) -> None:
    """Measures what the tree would be with every alias written out, without writing it out."""
    measured: dict[int, tuple[int, int]] = {}
    under_way: set[int] = set()

    def measure(node: yaml.Node) -> tuple[int, int]:
        """Nodes and height; an alias points backwards, so recursion is as deep as the text."""
        if id(node) in measured:
            return measured[id(node)]
        line = node.start_mark.line + 1
        if id(node) in under_way:
            raise NotYaml(line, "an alias stands inside itself", "Write the value out")
        under_way.add(id(node))
        inner = [measure(child) for child in _children(node)]
        total = 1 + sum(nodes for nodes, _ in inner)
        height = 1 + max((high for _, high in inner), default=0)
        if total > MOST_NODES or height > MOST_DEPTH:
            message = f"aliases unfold to more than {MOST_NODES} values or {MOST_DEPTH} levels"
            raise NotYaml(line, message, "Write the values out instead of using aliases")
        under_way.remove(id(node))
        measured[id(node)] = total, height
        return total, height

    measure(root)


def _children(node: yaml.Node) -> Iterator[yaml.Node]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield key
            yield value
    elif isinstance(node, yaml.SequenceNode):
        yield from node.value


def _syntax(error: yaml.MarkedYAMLError, text: str) -> NotYaml:
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else 1
    said = " ".join(filter(None, (error.context, error.problem)))
    lines = text.splitlines()
    written = lines[line - 1] if line <= len(lines) else ""
    if "\t" in written[: len(written) - len(written.lstrip())]:
        remedy = "Indent with spaces, never with tabs"
    elif "single document" in said:
        remedy = "Keep one register in the file and remove the line with ---"
    else:
        remedy = "Look at this line and the one above; put a text with : or # in quotation marks"
    return NotYaml(line, f"this is not YAML: {said}", remedy)
