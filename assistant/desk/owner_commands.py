"""`hjemmel plans targets|conflicts|gaps`: what follows from the plans' own words, printed or written to files."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from assistant.desk import conflict_text, sheets, verdicts
from assistant.desk.targets import PlanTarget, chosen, targets
from assistant.desk.targets import render as render_targets
from assistant.desk.tension import Kind, Tension
from assistant.library import Library
from ingest.errors import UnknownPlan

if TYPE_CHECKING:
    from assistant.desk.reach import ApprovedAnswers
    from ingest.search_files import SearchFiles

ACTIONS = frozenset({"targets", "conflicts", "gaps", "impact"})
_COLUMNS = (
    "plan_id", "number", "target", "measure", "baseline", "deadline", "due_on", "responsible", "status",
    "progress", "section", "page", "quote", "file", "flags",
)  # fmt: skip


def run(arguments: argparse.Namespace, library: Library, day: date) -> int:
    actions = {"targets": _targets, "conflicts": _conflicts, "gaps": _gaps, "impact": _impact}
    if not library.store.keeps_targets:
        print(f"hjemmel: {render_targets((), kept=False)}", file=sys.stderr)
    return actions[arguments.action](arguments, library, day)


def _print(arguments: argparse.Namespace, content: dict[str, Any], text: str) -> None:
    print(json.dumps(content, ensure_ascii=False) if arguments.json else text)


def refuse_unknown(library: Library, plan_ids: Sequence[str]) -> None:
    """Raises:
    UnknownPlan: the register has no plan of one of the ids."""
    known = {p.plan_id for p in library.register.plans}
    for plan_id in plan_ids:
        if plan_id not in known:
            raise UnknownPlan(f"the register has no plan {plan_id!r}; it has {', '.join(sorted(known))}")


def _targets(arguments: argparse.Namespace, library: Library, day: date) -> int:
    plans = arguments.plan or ()
    refuse_unknown(library, plans)
    every = targets(library, day)
    found = chosen(every, plans=plans, flags=arguments.flag or (), responsible=arguments.responsible)
    kept = library.store.keeps_targets
    _write(arguments, found)
    content = {"as_of": day.isoformat(), "targets": [t.to_json() for t in found]}
    _print(arguments, content, render_targets(found, kept=kept))
    return 0 if kept else 1


def _write(arguments: argparse.Namespace, found: Sequence[PlanTarget]) -> None:
    rows = [t.to_json() for t in found]
    if arguments.csv:
        sheets.write_csv(arguments.csv, rows, _COLUMNS)
        print(f"hjemmel: wrote {len(rows)} targets to {arguments.csv}", file=sys.stderr)
    if arguments.xlsx:
        sheets.write_xlsx(arguments.xlsx, rows, _COLUMNS, "Targets")
        print(f"hjemmel: wrote {len(rows)} targets to {arguments.xlsx}", file=sys.stderr)


# --- conflicts ----------------------------------------------------------------------------


def _conflicts(arguments: argparse.Namespace, library: Library, day: date) -> int:
    if arguments.verdict and (problem := _misjudged(arguments)):
        print(f"hjemmel: {problem}", file=sys.stderr)
        return 2
    plans, kinds = arguments.plan or (), arguments.kind or ()
    refuse_unknown(library, plans)
    if unknown := [kind for kind in kinds if kind not in list(Kind)]:
        print(f"hjemmel: no kind {unknown[0]!r}; there is {', '.join(Kind)}", file=sys.stderr)
        return 2
    judged = verdicts.read(library.store.folder, library.register.municipality.municipality_id)
    rows = [conflict_text.to_json(t, library, judged.get(conflict_text.conflict_id(t)))
            for t in _tensions(library, day)]  # fmt: skip
    if arguments.verdict:
        return _judge(arguments, library, rows)
    found = [
        row
        for row in rows
        if (not plans or {row["a"]["plan_id"], row["b"]["plan_id"]} & set(plans))
        and (not kinds or row["kind"] in kinds)
    ]
    shown = [row for row in found if arguments.all or row["verdict"] is None]
    content = {"as_of": day.isoformat(), "conflicts": shown, "judged": len(found) - len(shown)}
    _print(arguments, content, conflict_text.render(shown, len(found) - len(shown)))
    return 0


def _tensions(library: Library, day: date) -> list[Tension]:
    from assistant.desk.conflicts import tensions

    return tensions(library, _files(library), day)


def _files(library: Library) -> SearchFiles:
    from ingest import search_files

    store = library.store
    return search_files.load_or_write(store.folder, store, store.generation)


def _misjudged(arguments: argparse.Namespace) -> str | None:
    if arguments.verdict[1] not in verdicts.VERDICTS:
        return f"no verdict {arguments.verdict[1]!r}; give one of {', '.join(verdicts.VERDICTS)}"
    if not (arguments.reason or "").strip():
        return 'a verdict needs its reason; add --reason "…"'
    return None


def _judge(arguments: argparse.Namespace, library: Library, rows: Sequence[dict[str, Any]]) -> int:
    conflict_id, word = arguments.verdict
    row = next((row for row in rows if row["id"] == conflict_id), None)
    if row is None:
        known = f"; run: hjemmel plans conflicts --all --index {library.store.folder}"
        print(f"hjemmel: there is no conflict {conflict_id!r} on that date{known}", file=sys.stderr)
        return 1
    a, b = (f"{row[side]['plan_id']} {row[side]['section']}: {row[side]['quote']}" for side in ("a", "b"))
    verdict = verdicts.Verdict(
        verdict=word, reason=arguments.reason.strip(), on=date.today().isoformat(), kind=row["kind"], a=a, b=b
    )
    municipality = library.register.municipality.municipality_id
    verdicts.add(library.store.folder, municipality, conflict_id, verdict)
    content = {"id": conflict_id, "verdict": verdict.to_json()}
    _print(arguments, content, f"{conflict_id} is judged {word}; it does not return while both texts stand")
    return 0


# --- gaps ---------------------------------------------------------------------------------


def _gaps(arguments: argparse.Namespace, library: Library, day: date) -> int:
    from assistant.desk import gaps

    plans, kinds = arguments.plan or (), arguments.kind or ()
    refuse_unknown(library, plans)
    if unknown := [kind for kind in kinds if kind not in list(gaps.Gap)]:
        print(f"hjemmel: no kind {unknown[0]!r}; there is {', '.join(gaps.Gap)}", file=sys.stderr)
        return 2
    found = [
        gap
        for gap in gaps.gaps(library, _files(library), day)
        if (not plans or gap.plan_id in plans) and (not kinds or gap.gap in kinds)
    ]
    content = {"as_of": day.isoformat(), "gaps": [gap.to_json() for gap in found]}
    _print(arguments, content, gaps.render(found))
    return 0


# --- impact -------------------------------------------------------------------------------


def _impact(arguments: argparse.Namespace, library: Library, day: date) -> int:
    from assistant.desk import reach
    from assistant.desk.norms import norms

    refuse_unknown(library, [arguments.plan])
    content = reach.reach(
        library,
        arguments.plan,
        norms(library, day),
        _tensions(library, day),
        targets(library, day),
        _approved(library),
    )
    _print(arguments, content, reach.render(content))
    return 0


def _approved(library: Library) -> ApprovedAnswers | None:
    """The approved answers; a bank that cannot be read is told of, and the plans are listed without it."""
    from assistant.desk import approved
    from assistant.training.errors import BankDamaged

    try:
        return approved.answers(library)
    except BankDamaged as error:
        print(f"hjemmel: {error}", file=sys.stderr)
        return None
