"""A register written as YAML that a person can read, correct and save again.

What is written reads back as the same register. Where the register was guessed, every line says
why, and what was not found stands as a comment to fill in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

import yaml

from ingest.plans import Body, Plan, PlanLevel, PlanVersion, Register, RevisionDue
from ingest.register import DEFAULT_LEVELS

if TYPE_CHECKING:
    from datetime import date

    from ingest.guess import Guess

Value = str | int | bool | tuple[str, ...]
Reasons = Mapping[str, "Guess"]

_GUESSED_HEAD = """\
# A draft of the register of plans, guessed from the documents in this folder.
# After each # stands why. Correct what is wrong and fill in what is missing; then delete the line
# `confirmed: false`. Until then every answer says that its level is not confirmed.
confirmed: false
"""
_WORTH_FILLING = (
    *("adopted_by", "adopted_on", "valid_from", "valid_to", "supersedes", "implements", "owner"),
    "revision_due",
)
_LONGEST_COMMENT = 160


def register_text(register: Register, guesses: Iterable[Guess] = ()) -> str:
    """The register as YAML; `guesses` give the reasons that stand beside the lines."""
    reasons: dict[str, dict[str, Guess]] = {}
    for guess in guesses:
        reasons.setdefault(guess.file, {}).setdefault(guess.field, guess)
    lines = [] if register.confirmed else _GUESSED_HEAD.splitlines()
    lines += _municipality(register, reasons.get("", {}))
    lines += _levels(register.levels)
    lines += _bodies(register.bodies)
    lines.append("plans:")
    for plan in register.plans:
        first = next(iter(plan.versions[0].files), "")
        lines += _plan(plan, reasons.get(first) if reasons else None)
    return "\n".join(lines) + "\n"


def _municipality(register: Register, reasons: Reasons) -> list[str]:
    here = register.municipality
    return [
        "municipality:",
        _line("  ", "id", here.municipality_id, None),
        _line("  ", "name", here.name, reasons.get("municipality")),
        _line("  ", "languages", here.languages, None),
    ]


def _levels(levels: tuple[PlanLevel, ...]) -> list[str]:
    if levels == DEFAULT_LEVELS:
        scheme = ", ".join(f"{level.rank} {level.name('en')}" for level in levels)
        return [f"# levels: {scheme}"]
    return ["levels:", *(_ranked(each.rank, each.level_id, each.names) for each in levels)]


def _bodies(bodies: tuple[Body, ...]) -> list[str]:
    if not bodies:
        return []
    return [
        "bodies:  # rank 1 is the highest",
        *(_ranked(each.rank, each.body_id, each.names) for each in bodies),
    ]


def _ranked(rank: int, own_id: str, names: Mapping[str, str]) -> str:
    named = ", ".join(f"{_scalar(code)}: {_scalar(name)}" for code, name in names.items())
    return f"  - {{rank: {rank}, id: {_scalar(own_id)}, name: {{{named}}}}}"


# --- plans --------------------------------------------------------------------------------


def _plan(plan: Plan, reasons: Reasons | None) -> list[str]:
    given = dict(_plan_values(plan))
    only = plan.versions[0] if len(plan.versions) == 1 else None
    flat = only is not None and only.version_id is None
    if flat and only is not None:
        given |= dict(_version_values(only))
    order = ["id", "file", "title", "level", "kind", "language", "status", *given]
    if reasons is not None:
        order += _WORTH_FILLING
    lines = []
    for key in dict.fromkeys(order):
        if key in given:
            lines.append(_line("    ", key, given[key], (reasons or {}).get(key)))
        elif key in _WORTH_FILLING:
            lines.append(f"    # {key}:  # not found in the document")
    if not flat:
        lines.append("    versions:")
        for version in plan.versions:
            lines += _version(version, plan.title)
    lines[0] = "  - " + lines[0].lstrip()
    return lines


def _version(version: PlanVersion, plan_title: str) -> list[str]:
    given = dict(_version_values(version))
    if version.title != plan_title:
        given["title"] = version.title
    lines = [_line(" " * 8, "id", version.version_id or "", None)]
    lines += [_line(" " * 8, key, value, None) for key, value in given.items()]
    lines[0] = " " * 6 + "- " + lines[0].lstrip()
    return lines


def _plan_values(plan: Plan) -> Iterator[tuple[str, Value]]:
    yield "id", plan.plan_id
    yield "title", plan.title
    yield "level", plan.level
    yield "kind", plan.kind
    if plan.binding is not None:
        yield "binding", plan.binding
    if plan.supersedes:
        yield "supersedes", plan.supersedes
    if plan.implements:
        links = (f"{link.plan_id}#{link.section or ''}".rstrip("#") for link in plan.implements)
        yield "implements", tuple(links)
    for key in ("translation_of", "owner", "authoritative_language"):
        value: str | None = getattr(plan, key)
        if value:
            yield key, value
    if plan.revision_due:
        yield "revision_due", _Raw(_revision(plan.revision_due))


def _version_values(version: PlanVersion) -> Iterator[tuple[str, Value]]:
    if version.files:
        yield "file", version.files[0] if len(version.files) == 1 else version.files
    if version.language:
        yield "language", version.language
    yield "status", version.status.value
    if version.adopted_by:
        yield "adopted_by", version.adopted_by
    if version.amended_on:
        yield "amended_on", _Raw("[" + ", ".join(map(str, version.amended_on)) + "]")
    for key in ("adopted_on", "valid_from", "valid_to", "repealed_on"):
        day: date | None = getattr(version, key)
        if day:
            yield key, _Raw(day.isoformat())


def _revision(due: RevisionDue) -> str:
    if due.on:
        return due.on.isoformat()
    return f"{{every: {due.every_years} years}}"


# --- lines --------------------------------------------------------------------------------


class _Raw(str):
    """A value that is already YAML."""

    __slots__ = ()


def _line(indent: str, key: str, value: Value, reason: Guess | None) -> str:
    return f"{indent}{key}: {_value(value)}" + (f"  # {_comment(reason)}" if reason else "")


def _value(value: Value) -> str:
    if isinstance(value, tuple):
        return "[" + ", ".join(_scalar(each) for each in value) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | _Raw):
        return str(value)
    return _scalar(value)


_BARE = re.compile(r"[^\W_][\w ./()&§«»\u2013-]{0,200}")


def _scalar(text: str) -> str:
    """The text bare where YAML reads it back as it is, inside a list too; else quoted."""
    if _BARE.fullmatch(text) and yaml.safe_load(f"[{text}]") == [text]:
        return text
    quoted: str = yaml.safe_dump(text, default_style='"', allow_unicode=True, width=1 << 20)
    return quoted.rstrip("\n")


def _comment(reason: Guess) -> str:
    place = f" (p. {reason.page})" if reason.page else ""
    words = f": «{reason.words}»" if reason.words else ""
    text = " ".join(f"{reason.reason}{place}{words}".split())
    return "".join(each for each in text if each.isprintable())[:_LONGEST_COMMENT]
