"""A tension as a person and a program read it: both quotes, what prevails and why, and what to change. Pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from assistant.answers import Citation, Role, Source
from assistant.desk.layout import wrapped
from assistant.desk.norms import Norm
from assistant.desk.tension import Ground, Kind, Tension
from assistant.desk.verdicts import Verdict
from assistant.library import Library
from assistant.maxims import Maxim

_SAYS = {
    Kind.LOOSENING: "{b} asks for less than {a}.",
    Kind.TIGHTENING: "{b} asks for more than {a}.",
    Kind.NUMBER: "{a} and {b} name different figures.",
    Kind.THRESHOLD: "One duty begins at different amounts in {a} and {b}.",
    Kind.POWERS: "{a} and {b} let one role decide up to different amounts.",
    Kind.DEADLINE: "{a} and {b} set different deadlines for one target.",
    Kind.MODALITY: "{a} and {b} put it with different force.",
    Kind.RESTATED_LAW: "{b} repeats a figure that {a} no longer has.",
    Kind.DRAFT: "{b} would change what {a} says.",
    Kind.SUPERSEDED: "{b} has changed what {a} said.",
    Kind.TRANSLATION: "The languages of {a} do not say the same.",
    Kind.AIM: "{b} allows what the target of {a} wants to be rid of.",
    Kind.EXCEPTION: "{b} makes a rule for everything where {a} makes an exception.",
    Kind.ORDER: "{a} and {b} each name a first step, and neither says which comes first.",
    Kind.BUDGET: "The money in {b} comes after the deadline in {a}.",
    Kind.STALE: "{a} leans on {b}, which is no more.",
    Kind.DEPARTURE: "{b} departs from {a}, which is to be followed unless the departure is explained.",
    Kind.RESPONSIBLE: "{a} and {b} name different units for one thing.",
    Kind.DEFINITION: "{a} and {b} mean different things by one term.",
}
_WHY: Mapping[Maxim | Ground, str] = {
    Maxim.NOT_IN_FORCE: "{loser} is not in force.",
    Maxim.DRAFT_ONLY: "{b} is only a proposal; until it is adopted {a} applies.",
    Maxim.ADVICE_YIELDS: "{loser} is advice; {winner} binds.",
    Maxim.TARGET_DOES_NOT_BIND: "A target binds the unit that owns it, not the person who buys.",
    Maxim.RESTATES_HIGHER: "A text that only repeats the law falls with it.",
    Maxim.MAY_TIGHTEN: "It may: who follows {winner} meets both.",
    Maxim.MAY_NOT_LOOSEN: "{winner} stands above, and a lower plan cannot ask for less.",
    Maxim.HIGHER_BODY: "{winner} was adopted by a higher body.",
    Maxim.LEX_POSTERIOR: "{winner} is the newer, from a body of the same rank.",
    Maxim.LEX_SPECIALIS: "{winner} is about exactly this.",
    Maxim.BOTH_MET: "Both can be followed.",
    Maxim.UNRESOLVED: "Neither stands above the other, so the owners must settle it.",
    Ground.AUTHORITATIVE_LANGUAGE: "The register says which language prevails.",
    Ground.BUDGET_GATE: "The target stands, but nothing can be bought before there is money.",
    Ground.EXPLAIN: "Until its reasons are given, {a} applies.",
    Ground.OUTSIDE_THE_ROOM: "A stricter rule counts only inside the room that the higher one leaves.",
}
_CHANGE_LOSER = frozenset({Kind.LOOSENING, Kind.THRESHOLD, Kind.POWERS, Kind.NUMBER, Kind.DEADLINE, Kind.MODALITY,
                           Kind.RESTATED_LAW, Kind.TRANSLATION, Kind.DEPARTURE, Kind.RESPONSIBLE,
                           Kind.DEFINITION})  # fmt: skip
_CHANGE_LOWER = frozenset({Kind.AIM, Kind.EXCEPTION, Kind.ORDER})
_CHANGE_FIRST = frozenset({Kind.BUDGET, Kind.STALE})
_SUPPORTING = frozenset({Maxim.BOTH_MET, Maxim.MAY_TIGHTEN, Maxim.UNRESOLVED, Ground.OUTSIDE_THE_ROOM})


def conflict_id(tension: Tension) -> str:
    """The same for the same two texts of the same two plans, whatever is read again around them."""
    sides = sorted((n.plan.plan_id, " ".join(n.statement.text.split())) for n in (tension.a, tension.b))
    return hashlib.sha256("\x1f".join(part for side in sides for part in side).encode()).hexdigest()[:10]


def to_json(
    tension: Tension, library: Library, verdict: Verdict | None, language: str = "en"
) -> dict[str, Any]:
    """The contract's keys; severity, what to change and a person's verdict besides."""
    a, b = (library.sources(n.statement, language)[0] for n in (tension.a, tension.b))
    return {
        "id": conflict_id(tension),
        "kind": tension.kind.value,
        "severity": tension.severity.value,
        "a": _citation(1, a, tension, "a").to_json(),
        "b": _citation(2, b, tension, "b").to_json(),
        "prevails": tension.prevails,
        "maxim": tension.maxim.value,
        "reason": reason(tension, a, b),
        "change": to_change(tension),
        "verdict": verdict.to_json() if verdict else None,
    }


def _citation(marker: int, source: Source, tension: Tension, side: str) -> Citation:
    norm = tension.a if side == "a" else tension.b
    if not norm.governs:
        role = Role.NOT_IN_FORCE
    elif tension.prevails == side:
        role = Role.GOVERNING
    else:
        role = Role.SUPPORTS if tension.maxim in _SUPPORTING else Role.YIELDS
    return Citation(marker=marker, source=source, role=role)


def reason(tension: Tension, a: Source, b: Source) -> str:
    """One or two plain sentences."""
    names = {"a": _name(a), "b": _name(b)}
    names["winner"] = names.get(tension.prevails, "")
    names["loser"] = names["a" if tension.prevails == "b" else "b"]
    why = "" if tension.kind is Kind.STALE else _WHY[tension.maxim]
    return f"{_SAYS[tension.kind]} {why}".strip().format(**names)


_NUMBERED = re.compile(r"[§\d]|[A-ZÆØÅÄÖ]\.?\d|.{1,12}$")
"""A section known by its number; a long heading would hide the sentence around it."""


def _name(source: Source) -> str:
    return f"{source.plan_id} {source.section}" if _NUMBERED.match(source.section) else source.plan_id


def to_change(tension: Tension) -> str | None:
    """The plan whose text should be changed; None where nothing has to be, or where the owners must agree first."""
    if tension.kind in _CHANGE_LOWER:
        return tension.b.plan.plan_id
    if tension.kind in _CHANGE_FIRST:
        return tension.a.plan.plan_id
    loser: dict[str, Norm] = {"a": tension.b, "b": tension.a}
    if tension.kind not in _CHANGE_LOSER or tension.prevails not in loser:
        return None
    return loser[tension.prevails].plan.plan_id


# --- as text ------------------------------------------------------------------------------


def render(rows: Sequence[Mapping[str, Any]], judged: int) -> str:
    """A list to read in a terminal; `judged`: how many are left out because a person has judged them."""
    lines = [line for row in rows for line in (*_lines(row), "")]
    left_out = f"; {judged} judged before and left out (--all shows them)" if judged else ""
    if not rows:
        return f"No conflict found{left_out}."
    counts = {s: sum(r["severity"] == s for r in rows) for s in ("high", "medium", "low")}
    told = ", ".join(f"{count} {severity}" for severity, count in counts.items() if count)
    return "\n".join([*lines, f"{len(rows)} conflicts: {told}{left_out}"])


def _lines(row: Mapping[str, Any]) -> Iterator[str]:
    mark = row["severity"].upper() if row["severity"] == "high" else row["severity"]
    yield f"{row['id']}  {mark}  {row['kind'].replace('_', ' ')}"
    for side in ("a", "b"):
        cited = row[side]
        page = f", p. {cited['page']}" if cited["page"] else ""
        version = f" {cited['version']}" if cited["version"] else ""
        head = f"{cited['plan_id']}{version} {cited['section'][:24]}{page}"
        yield from wrapped(f"    {side}  {head}: «{cited['quote']}»", indent=7)
    yield from wrapped(f"    {row['reason']}", indent=4)
    change = f"change {row['change']}" if row["change"] else ""
    verdict = row["verdict"]
    said = f"judged {verdict['verdict']} on {verdict['on']}: {verdict['reason']}" if verdict else ""
    if change or said:
        yield from wrapped(f"    {'; '.join(part for part in (change, said) if part)}", indent=4)
