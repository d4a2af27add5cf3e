"""What must hold between the plans of a register: links, cycles, dates, files, names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from itertools import combinations

from ingest.plans import PlanVersion, Status
from ingest.register_plans import PlanEntry, VersionEntry
from ingest.register_reading import suggestion


def check_plans(entries: tuple[PlanEntry, ...]) -> None:
    """Notes at the plans' own lines everything that does not hold between them."""
    _check_ids(entries)
    _check_links(entries)
    for key in ("implements", "supersedes", "translation_of"):
        _check_cycles(entries, key)
    _check_files(entries)
    for entry in entries:
        for version in entry.versions:
            _check_dates(version)
        _check_versions(entry)


def _check_ids(entries: Iterable[PlanEntry]) -> None:
    first: dict[str, PlanEntry] = {}
    for entry in entries:
        earlier = first.setdefault(entry.plan.plan_id, entry)
        if earlier is not entry:
            line = earlier.reader.line("id")
            message = f"the id {entry.plan.plan_id!r} is taken by the plan in line {line}"
            entry.reader.note("id", message, "Give each plan an id of its own")


# --- links --------------------------------------------------------------------------------


def _targets(entry: PlanEntry, key: str) -> tuple[str, ...]:
    plan = entry.plan
    if key == "implements":
        return tuple(link.plan_id for link in plan.implements)
    if key == "supersedes":
        return plan.supersedes
    return (plan.translation_of,) if plan.translation_of else ()


def _check_links(entries: tuple[PlanEntry, ...]) -> None:
    known = {entry.plan.plan_id for entry in entries}
    for entry in entries:
        for key in ("implements", "supersedes", "translation_of"):
            for target in _targets(entry, key):
                if target not in known:
                    remedy = suggestion(target, known)
                    entry.reader.note(key, f"there is no plan {target[:40]!r}", remedy)


def _check_cycles(entries: tuple[PlanEntry, ...], key: str) -> None:
    by_id: dict[str, PlanEntry] = {}
    for entry in entries:
        by_id.setdefault(entry.plan.plan_id, entry)
    edges = {plan_id: _targets(entry, key) for plan_id, entry in by_id.items()}
    for cycle in cycles(edges):
        chain = " -> ".join(cycle)
        message = f"the plans lead back to themselves: {chain}"
        remedy = f"Take {cycle[-1]!r} out of {key} here, or another of these links"
        by_id[cycle[-2]].reader.note(key, message, remedy)


def cycles(edges: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, ...]]:
    """Every way back found while walking the links, as (A, B, …, A); none when there is no cycle.

    Walks without recursion, so a chain of any length is fine. The last step of each cycle is a
    different link; with those links taken away nothing is circular.
    """
    done: set[str] = set()
    for start in edges:
        if start in done:
            continue
        path, waiting = [start], [iter(edges[start])]
        on_path = {start}
        while path:
            step = next((each for each in waiting[-1] if each in edges), None)
            if step is None:
                done.add(path[-1])
                on_path.discard(path.pop())
                waiting.pop()
            elif step in on_path:
                yield (*path[path.index(step) :], step)
            elif step not in done:
                path.append(step)
                on_path.add(step)
                waiting.append(iter(edges[step]))


# --- files --------------------------------------------------------------------------------


def _check_files(entries: Iterable[PlanEntry]) -> None:
    claimed: dict[str, VersionEntry] = {}
    for entry in entries:
        for version in entry.versions:
            for file in version.version.files:
                earlier = claimed.setdefault(file, version)
                if earlier is not version or version.version.files.count(file) > 1:
                    _note_claimed(file, version, earlier)


def _note_claimed(file: str, version: VersionEntry, earlier: VersionEntry) -> None:
    if earlier is version:
        version.source("file").note("file", f"{file!r} is listed twice", "List it once")
        return
    holder = earlier.own.key.removeprefix("plans.")
    line = earlier.source("file").line("file")
    message = f"{file!r} already belongs to {holder} in line {line}"
    version.own.note("file", message, "Let each file belong to one plan and one version of it")


# --- dates --------------------------------------------------------------------------------

_ORDER: tuple[tuple[str, Callable[[PlanVersion], date | None], str, str], ...] = (
    ("valid_to", lambda version: version.valid_to, "valid_from", "ends before it begins"),
    ("repealed_on", lambda version: version.repealed_on, "adopted_on", "repealed before adopted"),
    (
        "amended_on",
        lambda v: min(v.amended_on, default=None),
        "adopted_on",
        "amended before adopted",
    ),
)
"""Later day, how to read it, the day it may not precede, and what it would mean."""


def _check_dates(entry: VersionEntry) -> None:
    version = entry.version
    for later_key, later_of, earlier_key, meaning in _ORDER:
        later, earlier = later_of(version), getattr(version, earlier_key)
        if later and earlier and later < earlier:
            message = f"{later} is before {earlier_key} {earlier}: {meaning}"
            entry.source(later_key).note(later_key, message, "Correct one of the two dates")


# --- versions -----------------------------------------------------------------------------


def _check_versions(entry: PlanEntry) -> None:
    first: dict[str, VersionEntry] = {}
    for version in entry.versions:
        version_id = version.version.version_id
        if version_id and first.setdefault(version_id, version) is not version:
            version.own.note("id", f"the version id {version_id!r} is taken", "Use another id")
    for one, other in combinations(entry.versions, 2):
        if _overlap(one, other):
            _note_overlap(*sorted((one, other), key=_start))


def _note_overlap(earlier: VersionEntry, later: VersionEntry) -> None:
    same_start = _start(earlier) == _start(later)
    at, key, other = (later, "valid_from", earlier) if same_start else (earlier, "valid_to", later)
    message = f"holds on the same days as version {other.version.version_id!r}, same language"
    remedy = "Give each its own valid_from, and end the earlier the day before the later"
    at.own.note(key, message, remedy)


def _start(entry: VersionEntry) -> date:
    return entry.version.valid_from or entry.version.adopted_on or date.min


def _overlap(one: VersionEntry, other: VersionEntry) -> bool:
    """Whether two adopted texts in one language both claim a day by their own words.

    A version that names no end of its own ends where the next begins, and is no overlap.
    """
    texts = (one.version, other.version)
    if one.version.language != other.version.language:
        return False
    if any(text.status is not Status.ADOPTED for text in texts):
        return False
    earlier, later = sorted((one, other), key=_start)
    if _start(earlier) == _start(later):
        return True
    end = earlier.version.valid_to if "valid_to" in earlier.own.values else None
    return end is not None and end >= _start(later)
