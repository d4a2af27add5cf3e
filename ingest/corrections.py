"""`corrections.yaml`: what a person corrects of the machine's reading, beside `plans.yaml`.

    corrections:
      - id: force-of-cleaning       # unique; `hjemmel plans corrections FOLDER add` makes one
        plan: D1
        version: v2026-07           # optional: otherwise in every version where the words stand
        page: 12                    # optional, physical: tells equal words apart
        quote: Renhold bør være miljømerket
        statement: {force: recommendation, bearer: unit}
        by: Plan og klima           # optional: a unit or a role
        on: 2026-11-24              # optional
        why: "The council said so when it adopted the plan."
      - id: owner-of-furniture
        plan: D1
        quote: 70 % av møbelbehovet
        target: {deadline: "2028", responsible: Eiendom}
      - id: heading-4
        plan: D1
        quote: 4.2 Inkjøp
        heading: Innkjøp
      - id: adopted
        plan: D1
        date: {adopted_on: 2021-04-29}
      - id: parents
        plan: D1
        link: {implements: [K1, "STR#3.2"]}

Each corrects one thing:

- `statement`: `force` (obligation, prohibition, comply_or_explain, recommendation, permission, target,
  information, none), `bearer` (buyer, unit, supplier, municipality, none), `valid_from`, `valid_to`. Its text
  stays as it is printed.
- `target`: `target`, `measure`, `baseline`, `deadline`, `responsible`, `status`; `none` empties one. `target: none`
  says that the words are no target.
- `heading`: the heading without its number.
- `date`: `adopted_on`, `valid_from`, `valid_to`, `repealed_on` of the plan or version; `none` empties one.
- `link`: `implements`, `supersedes` of the plan, in place of what was read.

The first three are found by their `quote`: a part of the statement or heading as printed, long enough that it
stands in one only. They hold as long as those words stand in the plan; when they no longer do, the correction is
kept, not applied, and reported with the reason. A correction wins over the reading and is stored apart from it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from ingest.errors import RegisterError, UnreadableFile
from ingest.plans import Force
from ingest.register_reading import MappingReader, Placed, ProblemList, is_null, suggestion
from ingest.register_yaml import NotYaml, compose

FILE = "corrections.yaml"
FLAG = "corrected"
"""On every statement that a person has corrected, or whose target."""
NONE = "none"
"""Written for an empty value: nothing at all would mean that the value is not corrected."""
BEARERS = ("buyer", "unit", "supplier", "municipality", NONE)
SLOTS = ("target", "measure", "baseline", "deadline", "responsible", "status")
DATES = ("adopted_on", "valid_from", "valid_to", "repealed_on")
LINKS = ("implements", "supersedes")
KINDS = ("statement", "target", "heading", "date", "link")
_PERIOD = ("valid_from", "valid_to")
_KEYS = frozenset({"id", "plan", "version", "page", "quote", "by", "on", "why", *KINDS})
_SHORTEST_QUOTE = 4
"""Letters; fewer stand in too many statements to name one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One thing corrected: `kind` says what, `values` what to. None in `values` empties a value."""

    correction_id: str
    plan_id: str
    kind: str
    values: Mapping[str, str | None] = field(default_factory=dict)
    """Of `link`: plan ids with their sections, parted by blanks. Of `target` said to be none: empty."""
    quote: str = ""
    page: int | None = None
    version_id: str | None = None
    by: str | None = None
    on: date | None = None
    why: str | None = None

    @property
    def is_of_text(self) -> bool:
        """Whether it is found by its words in a document, and not by its plan in the register."""
        return self.kind in ("statement", "target", "heading")

    @property
    def key(self) -> str:
        """Changes when the correction says something else."""
        said = (self.kind, sorted(self.values.items()), self.quote, self.page, self.version_id, self.plan_id)
        return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a correction in one document or in the register."""

    correction: Correction
    applied: bool
    reason: str | None = None
    machine: Mapping[str, str | None] = field(default_factory=dict)
    """The machine's reading of what was corrected."""


def corrections_of(
    every: tuple[Correction, ...], plan_id: str, version_id: str | None
) -> tuple[Correction, ...]:
    """Those that are looked for in the documents of a plan's version."""
    return tuple(
        c for c in every if c.is_of_text and c.plan_id == plan_id and c.version_id in (None, version_id)
    )


def read_corrections(folder: Path) -> tuple[Correction, ...]:
    """The corrections of a folder, none where it has no such file.

    Raises:
        RegisterError: the file is not sound; every problem is named.
        UnreadableFile: it is there but may not be opened.
    """
    path = folder / FILE
    if not path.exists():
        return ()
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(
            f"{path} cannot be read ({error.strerror}); check that you may open it"
        ) from error
    return parsed_corrections(raw, str(path))


def parsed_corrections(raw: bytes, name: str) -> tuple[Correction, ...]:
    """The corrections written in a text; `name` is what its problems call it.

    Raises:
        RegisterError: it is not sound; every problem is named.
    """
    problems = ProblemList(name)
    found = _corrections(raw, problems)
    if problems.found:
        raise RegisterError(problems.found)
    return found


def _corrections(raw: bytes, problems: ProblemList) -> tuple[Correction, ...]:
    try:
        root = compose(raw)
    except NotYaml as error:
        problems.add(error.line, "", error.message, error.remedy)
        return ()
    if root is None or is_null(root):
        return ()
    top = MappingReader(Placed(root, "", root.start_mark.line + 1), frozenset({"corrections"}), problems)
    found = [_correction(placed, problems) for placed in top.items("corrections") or ()]
    known: set[str] = set()
    made = []
    for correction, placed in zip(found, top.items("corrections") or (), strict=True):
        if correction is None:
            continue
        if correction.correction_id in known:
            message = f"the id {correction.correction_id!r} stands twice"
            problems.add(placed.line, placed.key, message, "Give each correction an id of its own")
        known.add(correction.correction_id)
        made.append(correction)
    return tuple(made)


def _correction(placed: Placed, problems: ProblemList) -> Correction | None:
    reader = MappingReader(placed, _KEYS, problems)
    if not reader.is_sound:
        return None
    kinds = [kind for kind in KINDS if kind in reader.values]
    if len(kinds) != 1:
        remedy = "Give each correction exactly one of " + ", ".join(KINDS)
        reader.note(
            None, f"{len(kinds)} things are corrected at once" if kinds else "nothing is corrected", remedy
        )
        return None
    kind = kinds[0]
    correction_id, plan_id, quote = reader.text("id"), reader.text("plan"), reader.text("quote") or ""
    for key, value in (("id", correction_id), ("plan", plan_id)):
        if value is None and not reader.noted(key):
            reader.note(None, f"the correction has no {key}", f"Write `{key}:`")
    if kind in ("statement", "target", "heading") and len(quote) < _SHORTEST_QUOTE:
        reader.note(None, "no words say what is corrected", "Write `quote:` with words as they are printed")
    values = _values(reader, kind)
    if correction_id is None or plan_id is None:
        return None
    return Correction(
        correction_id=correction_id, plan_id=plan_id, kind=kind, values=values, quote=quote,
        page=reader.integer("page"), version_id=reader.text("version"), by=reader.text("by"),
        on=reader.day("on"), why=reader.text("why"),
    )  # fmt: skip


def _values(reader: MappingReader, kind: str) -> dict[str, str | None]:
    if kind == "heading":
        text = reader.text("heading")
        return {"heading": text} if text else _missing(reader, kind)
    if kind == "target" and not reader.is_mapping("target"):
        if reader.text("target") == NONE:
            return {}
        return _missing(reader, kind)
    keys = {"statement": ("force", "bearer", *_PERIOD), "target": SLOTS, "date": DATES, "link": LINKS}[kind]
    inner = MappingReader(reader.values[kind], frozenset(keys), reader.problems)
    values = {key: _value(inner, kind, key) for key in keys if key in inner.values}
    return values or (_missing(reader, kind) if inner.is_sound and not inner.values else values)


def _missing(reader: MappingReader, kind: str) -> dict[str, str | None]:
    if not reader.noted(kind):
        reader.note(kind, f"{kind} has no value", f"Write what the {kind} should be")
    return {}


def _value(inner: MappingReader, kind: str, key: str) -> str | None:
    """A value as written, checked; `none` empties."""
    if kind == "link":
        return " ".join(inner.texts(key) or ())
    text = inner.text(key)
    if key == "force":
        _one_of(inner, key, text, tuple(force.value for force in Force))
        return text
    if key == "bearer":
        _one_of(inner, key, text, BEARERS)
    elif (kind == "date" or key in _PERIOD) and text != NONE:
        inner.day(key)
    return None if text == NONE else text


def _one_of(inner: MappingReader, key: str, text: str | None, known: tuple[str, ...]) -> None:
    if text not in known:
        inner.note(key, f"{(text or 'nothing')[:40]!r} is no {key}", suggestion(text or "", known))
