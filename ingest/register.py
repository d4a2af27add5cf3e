"""The register of plans beside the documents: `plans.yaml` -> `Register`, every error named."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

from ingest.bodies import UNKNOWN_RANK, default_rank
from ingest.errors import RegisterError, UnreadableFile
from ingest.plans import Body, Municipality, PlanLevel, Register
from ingest.register_checks import check_plans
from ingest.register_files import FolderFiles
from ingest.register_plans import PlanEntry, PlanReading, language_code, names_of
from ingest.register_reading import MappingReader, Placed, ProblemList, is_null, suggestion
from ingest.register_yaml import LONGEST_REGISTER, NotYaml, compose

REGISTER_NAMES = ("plans.yaml", "plans.yml")

_TOP_KEYS = frozenset({"municipality", "levels", "bodies", "plans", "confirmed"})
_MUNICIPALITY_KEYS = frozenset({"id", "name", "languages"})
_LEVEL_KEYS = _BODY_KEYS = frozenset({"rank", "id", "name"})

DEFAULT_LEVELS = tuple(
    PlanLevel(rank=rank, level_id=level_id, names={"nb": nb, "nn": nn, "en": en, "sv": sv, "da": da})
    for rank, level_id, nb, nn, en, sv, da in (
        (1, "national", "Nasjonalt regelverk", "Nasjonalt regelverk", "National rules",
         "Nationella regler", "Nationale regler"),
        (2, "municipal-plan", "Kommuneplan", "Kommuneplan", "Municipal plan",
         "Översiktsplan och budget", "Kommuneplan"),
        (3, "sub-plan", "Kommunedelplaner og temaplaner", "Kommunedelplanar og temaplanar",
         "Sub-plans and thematic plans", "Program och policyer", "Sektorplaner og temaplaner"),
        (4, "underlying", "Underliggende planer og strategier",
         "Underliggjande planar og strategiar", "Underlying plans and strategies",
         "Riktlinjer, regler och rutiner", "Politikker og retningslinjer"),
    )
)  # fmt: skip
"""The four levels that hold where a register names no scheme of its own."""


def register_file(folder: Path) -> Path | None:
    """The register in a folder, None when there is none. Two registers are an error."""
    found = [folder / name for name in REGISTER_NAMES if (folder / name).exists()]
    if len(found) > 1:
        problems = ProblemList(str(found[1]))
        problems.add(1, "", "there is a plans.yaml beside this plans.yml", "Keep one of them")
        raise RegisterError(problems.found)
    return found[0] if found else None


def read_register(folder: Path) -> Register | None:
    """The sound register of a folder, None when it has none.

    Raises `RegisterError` with everything that is wrong, and `UnreadableFile` when the register is
    there but may not be opened.
    """
    path = register_file(folder)
    if path is None:
        return None
    problems = ProblemList(str(path))
    try:
        with path.open("rb") as file:
            raw = file.read(LONGEST_REGISTER + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        message = f"{path} cannot be read ({reason}). Check that it is a file you may open."
        raise UnreadableFile(message) from error
    register = _register(raw, folder, problems)
    if register is None or problems.found:
        raise RegisterError(problems.found)
    return register


def _register(raw: bytes, folder: Path, problems: ProblemList) -> Register | None:
    """The register, as far as it can be read; what is wrong is added to the problems."""
    if len(raw) > LONGEST_REGISTER:
        remedy = "Keep a register below that; one plan takes about twenty lines"
        problems.add(1, "", f"the register is longer than {LONGEST_REGISTER} bytes", remedy)
        return None
    try:
        root = compose(raw)
    except NotYaml as error:
        problems.add(error.line, "", error.message, error.remedy)
        return None
    if root is None or is_null(root):
        problems.add(1, "", "the register is empty", "Write one, or run `hjemmel plans init`")
        return None
    top = MappingReader(Placed(root, "", root.start_mark.line + 1), _TOP_KEYS, problems)
    municipality = _municipality(top)
    levels = _levels(top, municipality.languages[0])
    bodies = _Bodies(declared=_bodies(top, municipality.languages[0]), problems=problems)
    reading = PlanReading(levels, problems, bodies.id_of, FolderFiles(folder))
    found = [reading.entry(placed) for placed in _plan_items(top)]
    entries = tuple(entry for entry in found if entry)
    check_plans(entries)
    return _assembled(top, municipality, levels, bodies, entries)


def _assembled(
    top: MappingReader,
    municipality: Municipality,
    levels: tuple[PlanLevel, ...],
    bodies: _Bodies,
    entries: tuple[PlanEntry, ...],
) -> Register:
    confirmed = top.boolean("confirmed")
    return Register(
        municipality=municipality,
        levels=levels,
        bodies=bodies.all(municipality.languages[0]),
        plans=tuple(entry.plan for entry in entries),
        confirmed=confirmed is not False,
    )


def _plan_items(top: MappingReader) -> tuple[Placed, ...]:
    items = top.items("plans")
    if not items and top.is_sound and not top.noted("plans"):
        top.note("plans", "there are no plans", "Add `plans:` with one entry for each plan")
    return items or ()


# --- municipality, levels, bodies ---------------------------------------------------------


def _municipality(top: MappingReader) -> Municipality:
    default = Municipality(municipality_id="municipality", name="")
    if not top.has("municipality"):
        if top.is_sound:
            remedy = "Add `municipality: {id: skogvang, name: Skogvang kommune}` with your own"
            top.note("municipality", "municipality is missing", remedy)
        return default
    reader = MappingReader(top.values["municipality"], _MUNICIPALITY_KEYS, top.problems)
    name = reader.text("name") or reader.text("id")
    if name is None and reader.is_sound and not reader.noted("name"):
        reader.note("name", "the municipality has no name", "Add `name: …`")
    codes = [language_code(reader, "languages", text) for text in reader.texts("languages") or ()]
    return Municipality(
        municipality_id=reader.text("id") or slug(name or "municipality"),
        name=name or "",
        languages=tuple(dict.fromkeys(code for code in codes if code)) or default.languages,
    )


def _levels(top: MappingReader, language: str) -> tuple[PlanLevel, ...]:
    found: dict[int, PlanLevel] = {}
    for reader, rank in _ranked(top, "levels", _LEVEL_KEYS):
        level_id = reader.text("id") or f"level-{rank}"
        names = names_of(reader, "name", language) or {language: level_id}
        if rank is None or rank in found:
            message = "rank is missing" if rank is None else f"rank {rank} is taken"
            if not reader.noted("rank"):
                reader.note("rank", message, "Give each level a rank of its own, 1 the highest")
            continue
        found[rank] = PlanLevel(rank=rank, level_id=level_id, names=names)
    return tuple(found[rank] for rank in sorted(found)) or DEFAULT_LEVELS


def _bodies(top: MappingReader, language: str) -> tuple[Body, ...] | None:
    """The declared bodies, None when the register declares none."""
    if not top.items("bodies"):
        return None
    found: dict[str, Body] = {}
    for reader, rank in _ranked(top, "bodies", _BODY_KEYS):
        body_id = reader.text("id")
        if body_id is None or body_id in found:
            message = "the body has no id" if body_id is None else f"{body_id[:40]!r} stands twice"
            reader.note("id", message, "Give each body an id of its own")
            continue
        names = names_of(reader, "name", language) or {language: body_id}
        implied = [default_rank(name, code) for code, name in names.items()] + [default_rank(body_id)]
        known = next((each for each in implied if each), UNKNOWN_RANK)
        found[body_id] = Body(body_id=body_id, rank=rank or known, names=names)
    return tuple(sorted(found.values(), key=lambda body: body.rank))


def _ranked(top: MappingReader, key: str, known: frozenset[str]) -> list[tuple[MappingReader, int | None]]:
    """The members of `levels` or `bodies` with their ranks; a rank below 1 is noted."""
    readers = [MappingReader(placed, known, top.problems) for placed in top.items(key) or ()]
    ranked = []
    for reader in (each for each in readers if each.is_sound):
        rank = reader.integer("rank")
        if rank is not None and rank < 1:
            reader.note("rank", f"rank {rank} is below 1", "Count from 1, the highest")
            rank = None
        ranked.append((reader, rank))
    return ranked


@dataclass(slots=True)
class _Bodies:
    """Declared bodies or, where none are declared, those that plans say adopted them."""

    declared: tuple[Body, ...] | None
    problems: ProblemList
    named: dict[str, str] = field(default_factory=dict)

    def id_of(self, reader: MappingReader, name: str) -> str:
        """The id of a body given by id or by name."""
        if self.declared is None:
            body_id = slug(name)
            self.named.setdefault(body_id, name)
            return body_id
        wanted = name.casefold()
        for body in self.declared:
            if wanted in {each.casefold() for each in (body.body_id, *body.names.values())}:
                return body.body_id
        known = [body.body_id for body in self.declared]
        if not any(problem.key.startswith("bodies") for problem in self.problems.found):
            reader.note("adopted_by", f"there is no body {name[:40]!r}", suggestion(name, known))
        return name

    def all(self, language: str) -> tuple[Body, ...]:
        """Highest first."""
        if self.declared is not None:
            return self.declared
        bodies = [
            Body(
                body_id=body_id,
                rank=default_rank(name, language) or UNKNOWN_RANK,
                names={language: name},
            )
            for body_id, name in self.named.items()
        ]
        return tuple(sorted(bodies, key=lambda body: (body.rank, body.body_id)))


def slug(name: str) -> str:
    """A name as an id: lower case, words joined by hyphens; letters of every alphabet stay."""
    folded = unicodedata.normalize("NFC", name).casefold()
    return re.sub(r"[\W_]+", "-", folded).strip("-") or "unnamed"
