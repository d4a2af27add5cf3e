"""A person's corrections put in place of the machine's reading. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from ingest.corrections import FLAG, Correction, Outcome
from ingest.fold import fold
from ingest.plans import Force, Plan, PlanLink, PlanVersion, Register, Section, Statement, Target
from ingest.read import ReadDocument
from ingest.register_checks import cycles

# --- in a document ------------------------------------------------------------------------


def corrected(read: ReadDocument, corrections: Sequence[Correction]) -> ReadDocument:
    """The document with the corrections whose words stand in it; `outcomes` says what became of each."""
    outcomes: list[Outcome] = []
    for correction in corrections:
        read, outcome = _APPLY[correction.kind](read, correction)
        outcomes.append(outcome)
    return replace(read, outcomes=tuple(outcomes))


def _statement(read: ReadDocument, correction: Correction) -> tuple[ReadDocument, Outcome]:
    place = _place(read, correction)
    if isinstance(place, Outcome):
        return read, place
    before, values = read.statements[place], correction.values
    after = before
    if "force" in values:
        after = replace(after, force=Force(values["force"] or Force.NONE))
    if "bearer" in values:
        after = replace(after, bearer=values["bearer"])
    days = {key: _day(values[key]) for key in ("valid_from", "valid_to") if key in values}
    after = replace(after, **days)  # type: ignore[arg-type]  # the two that may be empty
    machine = {key: _written(getattr(before, key)) for key in values}
    return _with_statement(read, place, after), Outcome(correction=correction, applied=True, machine=machine)


def _target(read: ReadDocument, correction: Correction) -> tuple[ReadDocument, Outcome]:
    place = _place(read, correction)
    if isinstance(place, Outcome):
        return read, place
    statement, values = read.statements[place], dict(correction.values)
    before = next((t for t in read.targets if t.place == place), None)
    others = [t for t in read.targets if t is not before]
    machine: dict[str, str | None] = {}
    if before is not None:
        machine = {key: getattr(before, key) for key in (values or ("target",))}
    if values:
        made = before or Target(place=place, number=None, target=statement.text)
        made = replace(made, target=values.pop("target", None) or made.target)
        others.append(replace(made, **values))  # type: ignore[arg-type]  # only slots that may be empty
    read = replace(read, targets=tuple(sorted(others, key=lambda t: t.place)))
    return _with_statement(read, place, statement), Outcome(
        correction=correction, applied=True, machine=machine
    )


def _heading(read: ReadDocument, correction: Correction) -> tuple[ReadDocument, Outcome]:
    wanted = _folded(correction.quote)
    places = [s.index for s in read.sections if s.heading and wanted in _folded(f"{s.number} {s.heading}")]
    exact = [
        i for i in places if wanted in (_folded(_full(read.sections[i])), _folded(read.sections[i].heading))
    ]
    places = exact or places
    if len(places) != 1:
        return read, _unfound(correction, len(places), "heading")
    before = read.sections[places[0]]
    renamed = replace(before, heading=correction.values["heading"] or "")
    printed = before.path[-1].replace(before.heading, renamed.heading)
    renamed = replace(renamed, path=(*before.path[:-1], printed))
    depth = len(before.path)
    sections = tuple(
        renamed
        if s is before
        else replace(s, path=(*renamed.path, *s.path[depth:]))
        if s.path[:depth] == before.path
        else s
        for s in read.sections
    )
    outcome = Outcome(correction=correction, applied=True, machine={"heading": before.heading})
    return replace(read, sections=sections), outcome


def _full(section: Section) -> str:
    return f"{section.number} {section.heading}".strip()


_APPLY = {"statement": _statement, "target": _target, "heading": _heading}


def _place(read: ReadDocument, correction: Correction) -> int | Outcome:
    """The one statement that holds the words; the outcome where there is none or several."""
    wanted = _folded(correction.quote)
    places = [
        place
        for place, statement in enumerate(read.statements)
        if wanted in _folded(statement.text) and _is_on(read, statement, correction.page)
    ]
    places = [p for p in places if _folded(read.statements[p].text) == wanted] or places
    return places[0] if len(places) == 1 else _unfound(correction, len(places), "statement")


def _is_on(read: ReadDocument, statement: Statement, page: int | None) -> bool:
    return page is None or any(read.pages[s.page_index].number == page for s in statement.spans)


def _folded(text: str) -> str:
    return " ".join(fold(text).text.casefold().split())


def _unfound(correction: Correction, count: int, what: str) -> Outcome:
    on = f" on page {correction.page}" if correction.page else ""
    reason = f"its words stand in no {what} of the plan{on}"
    if count:
        more = "give more of them" if correction.page else "give more of them, or the page"
        reason = f"its words stand in {count} {what}s{on}; {more}"
    return Outcome(correction=correction, applied=False, reason=reason)


def _with_statement(read: ReadDocument, place: int, after: Statement) -> ReadDocument:
    after = replace(after, flags=after.flags | {FLAG})
    return replace(read, statements=(*read.statements[:place], after, *read.statements[place + 1 :]))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _written(value: object) -> str | None:
    return None if value is None else str(value)


# --- in the register ----------------------------------------------------------------------


def corrected_register(
    register: Register, corrections: Sequence[Correction]
) -> tuple[Register, tuple[Outcome, ...]]:
    """The register with corrected dates and links; it stays sound, what would break it is not applied."""
    outcomes: list[Outcome] = []
    for correction in corrections:
        plan = next((p for p in register.plans if p.plan_id == correction.plan_id), None)
        if plan is None:
            reason = f"the register has no plan {correction.plan_id!r}"
            outcomes.append(Outcome(correction=correction, applied=False, reason=reason))
        elif correction.version_id not in (None, *(v.version_id for v in plan.versions)):
            reason = f"the plan has no version {correction.version_id!r}"
            outcomes.append(Outcome(correction=correction, applied=False, reason=reason))
        elif correction.kind in ("date", "link"):
            changed = (_dated if correction.kind == "date" else _linked)(plan, correction)
            made = replace(register, plans=tuple(changed if p is plan else p for p in register.plans))
            broken = _unsound(made, changed)
            said = _said(plan, correction)
            outcomes.append(Outcome(correction=correction, applied=not broken, reason=broken, machine=said))
            register = register if broken else made
    return register, tuple(outcomes)


def _dated(plan: Plan, correction: Correction) -> Plan:
    days = {key: _day(text) for key, text in correction.values.items()}
    versions = tuple(
        replace(v, **days) if correction.version_id in (None, v.version_id) else v  # type: ignore[arg-type]
        for v in plan.versions
    )
    return replace(plan, versions=versions)


def _linked(plan: Plan, correction: Correction) -> Plan:
    values = {key: (text or "").split() for key, text in correction.values.items()}
    if "implements" in values:
        links = tuple(_link(text) for text in values["implements"])
        plan = replace(plan, implements=links)
    if "supersedes" in values:
        plan = replace(plan, supersedes=tuple(values["supersedes"]))
    return plan


def _link(text: str) -> PlanLink:
    plan_id, _, section = text.partition("#")
    return PlanLink(plan_id, section or None)


def _said(plan: Plan, correction: Correction) -> Mapping[str, str | None]:
    """What stood there before."""
    version = next(v for v in plan.versions if correction.version_id in (None, v.version_id))
    if correction.kind == "date":
        return {key: _written(getattr(version, key)) for key in correction.values}
    links = {
        "implements": " ".join(
            f"{p.plan_id}#{p.section}" if p.section else p.plan_id for p in plan.implements
        ),
        "supersedes": " ".join(plan.supersedes),
    }
    return {key: links[key] for key in correction.values}


def _unsound(register: Register, plan: Plan) -> str | None:
    known = {p.plan_id for p in register.plans}
    for target in (*(link.plan_id for link in plan.implements), *plan.supersedes):
        if target not in known:
            return f"the register has no plan {target!r} to link to"
    for edges in (
        {p.plan_id: tuple(link.plan_id for link in p.implements) for p in register.plans},
        {p.plan_id: p.supersedes for p in register.plans},
    ):
        circle = next(cycles(edges), None)
        if circle:
            return f"the plans would lead back to themselves: {' -> '.join(circle)}"
    backwards = next((v for v in plan.versions if _is_backwards(v)), None)
    return "it would end before it begins" if backwards else None


def _is_backwards(version: PlanVersion) -> bool:
    return bool(version.valid_from and version.valid_to and version.valid_to < version.valid_from)
