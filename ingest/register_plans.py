"""One entry of `plans:` in a register, read into a plan that remembers its lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ingest.plans import Plan, PlanLevel, PlanLink, PlanVersion, RevisionDue, Status
from ingest.register_reading import MappingReader, Placed, ProblemList, parsed_day, suggestion

VERSION_KEYS = frozenset(
    {"id", "file", "title", "language", "status", "adopted_by", "adopted_on", "amended_on"}
    | {"valid_from", "valid_to", "repealed_on"}
)
PLAN_KEYS = VERSION_KEYS | {
    *("level", "kind", "binding", "supersedes", "implements", "translation_of", "owner"),
    *("revision_due", "authoritative_language", "versions"),
}
_EVERY = re.compile(r"(?P<years>[0-9]{1,3})?\s*(?:years?|år|jahre?|ans?|vuo[st]\w*|jaar)?", re.I)


@dataclass(frozen=True, slots=True)
class VersionEntry:
    """A version and where its keys stand: in its own mapping or, inherited, in the plan's."""

    version: PlanVersion
    own: MappingReader
    plan: MappingReader

    def source(self, key: str) -> MappingReader:
        """The mapping that gives the key. A version that says `valid_to: null` gives it."""
        return self.own if key in self.own.values else self.plan


@dataclass(frozen=True, slots=True)
class PlanEntry:
    """A plan and the mapping it was read from."""

    plan: Plan
    reader: MappingReader
    versions: tuple[VersionEntry, ...]


Resolve = Callable[[MappingReader, str], str]


@dataclass(frozen=True, slots=True)
class PlanReading:
    """What a plan's keys are read against."""

    levels: tuple[PlanLevel, ...]
    problems: ProblemList
    body_of: Resolve
    """From what `adopted_by` says to the id of a body."""
    file_of: Resolve
    """From what `file` says to the path of a file in the folder."""

    def entry(self, placed: Placed) -> PlanEntry | None:
        """The plan at one place, None where no keys stand.

        Where a key is wrong, a stand-in keeps the checks going.
        """
        reader = MappingReader(placed, PLAN_KEYS, self.problems)
        if not reader.is_sound:
            return None
        plan_id = _plan_id(reader)
        versions = self._versions(reader)
        plan = Plan(
            plan_id=plan_id,
            title=_required(reader, "title") or plan_id,
            level=self._level(reader),
            kind=re.sub(r"\s+", "-", (reader.text("kind") or "plan").casefold()),
            versions=tuple(entry.version for entry in versions),
            binding=reader.boolean("binding"),
            supersedes=reader.texts("supersedes") or (),
            implements=tuple(_link(text) for text in reader.texts("implements") or ()),
            translation_of=reader.text("translation_of"),
            owner=reader.text("owner"),
            revision_due=_revision_due(reader),
            authoritative_language=language(reader, "authoritative_language"),
        )
        return PlanEntry(plan, reader, versions)

    def _level(self, reader: MappingReader) -> int:
        level, ranks = reader.integer("level"), [each.rank for each in self.levels]
        scheme = ", ".join(f"{each.rank} ({each.level_id})" for each in self.levels)
        if level in ranks and level is not None:
            return level
        if level is not None:
            reader.note("level", f"{level} is no level of the scheme", f"Use one of {scheme}")
        elif not reader.noted("level"):
            reader.note("level", "level is missing", f"Add a line `level: …` with one of {scheme}")
        return max(ranks)

    def _versions(self, plan: MappingReader) -> tuple[VersionEntry, ...]:
        if not plan.has("versions"):
            return (self._version(plan, plan, None),)
        items = plan.items("versions")
        if items is not None and not items:
            plan.note("versions", "the list of versions is empty", "Remove it or add a version")
        readers = [MappingReader(each, VERSION_KEYS, self.problems) for each in items or ()]
        return tuple(self._version(own, plan, _required(own, "id")) for own in readers if own.is_sound)

    def _version(self, own: MappingReader, plan: MappingReader, version_id: str | None) -> VersionEntry:
        def at(key: str) -> MappingReader:
            return own if key in own.values else plan

        body = at("adopted_by").text("adopted_by")
        version = PlanVersion(
            version_id=version_id,
            files=self._files(at("file"), own),
            title=at("title").text("title") or plan.text("title") or plan.key,
            language=language(at("language"), "language"),
            status=_status(at("status")),
            adopted_by=self.body_of(at("adopted_by"), body) if body else None,
            adopted_on=at("adopted_on").day("adopted_on"),
            amended_on=at("amended_on").days("amended_on") or (),
            valid_from=at("valid_from").day("valid_from"),
            valid_to=at("valid_to").day("valid_to"),
            repealed_on=at("repealed_on").day("repealed_on"),
        )
        return VersionEntry(version, own, plan)

    def _files(self, reader: MappingReader, own: MappingReader) -> tuple[str, ...]:
        names = reader.texts("file")
        if not names and not reader.noted("file"):
            own.note("file", "file is missing", "Add a line `file: name-of-the-document.pdf`")
        return tuple(self.file_of(reader, name) for name in names or ())


def _plan_id(reader: MappingReader) -> str:
    plan_id = _required(reader, "id")
    if plan_id is None:
        return reader.key
    if "#" in plan_id or len(plan_id) > 80 or not plan_id.isprintable():
        remedy = "Use at most 80 letters, digits, - and _; # divides a plan from its section"
        reader.note("id", f"{plan_id[:40]!r} cannot be a plan id", remedy)
    return plan_id


def _required(reader: MappingReader, key: str) -> str | None:
    found = reader.text(key)
    if found is None and not reader.noted(key):
        reader.note(key, f"{key} is missing", f"Add a line `{key}: …`")
    return found


def _revision_due(reader: MappingReader) -> RevisionDue | None:
    """A date, a year (its last day), or `{every: …}` with so many years."""
    due = None
    if reader.is_mapping("revision_due"):
        placed = reader.values["revision_due"]
        every = MappingReader(placed, frozenset({"every"}), reader.problems).text("every")
        matched = _EVERY.fullmatch(every or "")
        years = int(matched["years"] or 1) if matched and every else 0
        due = RevisionDue(every_years=years) if years else None
    elif text := reader.text("revision_due"):
        day = parsed_day(f"{text}-12-31" if len(text) == 4 else text)
        due = RevisionDue(on=day) if day else None
    if due is None and reader.has("revision_due") and not reader.noted("revision_due"):
        remedy = "Write a date, a year, {every: year} or {every: 4 years}"
        reader.note("revision_due", "this is no time of revision", remedy)
    return due


def language(reader: MappingReader, key: str) -> str | None:
    """A language code; `no` is written by many and means bokmål here."""
    text = reader.text(key)
    return language_code(reader, key, text) if text else None


def language_code(reader: MappingReader, key: str, text: str) -> str | None:
    """The code in lower case, noted as wrong where it cannot be one."""
    code = text.casefold()
    if not re.fullmatch(r"[a-z]{2,3}(-[a-z0-9]{1,8})*", code):
        reader.note(key, f"{text[:40]!r} is no language code", "Write a code such as nb, nn or en")
        return None
    return "nb" if code in {"no", "nob"} else code


def names_of(reader: MappingReader, key: str, default_language: str) -> Mapping[str, str]:
    """A name: one text, or one for each language."""
    if not reader.is_mapping(key):
        text = reader.text(key)
        return {default_language: text} if text else {}
    inner = MappingReader(reader.values[key], frozenset(), reader.problems)
    found = {language_code(inner, code, code): inner.text(code) for code in inner.values}
    return {code: text for code, text in found.items() if code and text}


def _status(reader: MappingReader) -> Status:
    """What the register says of today; adopted where it says nothing."""
    text = reader.text("status") or Status.ADOPTED
    try:
        return Status(text.casefold())
    except ValueError:
        known = [each.value for each in Status]
        reader.note("status", f"{text[:40]!r} is no status", suggestion(text, known))
        return Status.ADOPTED


def _link(text: str) -> PlanLink:
    plan_id, _, section = text.partition("#")
    return PlanLink(plan_id.strip(), section.strip() or None)
