"""What each action of `hjemmel qa` does: call one function, print."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from typing import Any

from assistant.training import asked, exports, imports, render
from assistant.training import review as reviewing
from assistant.training.items import Item, Kind, State
from assistant.training.trainer import Trainer, Wish

_ALL = "all"


def generate(arguments: argparse.Namespace, trainer: Trainer) -> int:
    if arguments.count < 1:
        return _misuse("--count must be 1 or more")
    if arguments.questions is not None or arguments.asked:
        return _from_questions(arguments, trainer)
    wish = Wish(
        count=arguments.count,
        language=arguments.lang,
        topic=arguments.topic,
        audience=arguments.audience,
        plan=arguments.plan,
        level=arguments.level,
        kinds=frozenset(Kind(kind) for kind in arguments.kind or ()),
        force=arguments.force,
        seed=arguments.seed,
    )
    made = trainer.generate(wish, arguments.as_of, store=not arguments.dry_run, reword=arguments.reword)
    covered = trainer.coverage(made.items, arguments.as_of)
    content = {
        "items": [item.to_json() for item in made.items],
        "possible": made.possible,
        "dropped": dict(made.dropped),
        "coverage": covered,
        "stored": not arguments.dry_run,
        "reworded": made.reworded,
    }
    _print(arguments, content, render.made(made, covered, stored=not arguments.dry_run))
    return 0


def _from_questions(arguments: argparse.Namespace, trainer: Trainer) -> int:
    rows = asked.rows_of(arguments.questions) if arguments.questions is not None else []
    kept = trainer.index / asked.FEEDBACK
    rows += asked.rows_of(kept) if arguments.asked and kept.exists() else []
    made = trainer.from_asked(asked.gather(rows)[: arguments.count], arguments.lang, arguments.as_of)
    content = {
        "items": [item.to_json() for item in made.items],
        "asked": made.asked,
        "unanswered": [each.to_json() for each in made.unanswered],
    }
    _print(arguments, content, render.from_asked(made))
    return 0


# --- review -------------------------------------------------------------------------------


def review(arguments: argparse.Namespace, trainer: Trainer) -> int:
    if arguments.show:
        return _show(arguments, trainer)
    if arguments.approve:
        approved = trainer.approve(_named(arguments, trainer), role=arguments.role)
        return _done(arguments, approved)
    if arguments.reject:
        option, reason = arguments.option, arguments.reason
        item = reviewing.reject(
            trainer.bank, arguments.reject, reason=reason, role=arguments.role, option=option
        )
        return _done(arguments, [item])
    if arguments.edit:
        if not arguments.field or arguments.value is None:
            return _misuse("--edit ID needs --field FIELD and --value TEXT")
        item = reviewing.edit(
            trainer.bank, arguments.edit, arguments.field, arguments.value, role=arguments.role
        )
        return _done(arguments, [item])
    if arguments.share:
        return _done(arguments, [reviewing.share(trainer.bank, arguments.share, role=arguments.role)])
    return _list(arguments, trainer)


def _listed(arguments: argparse.Namespace, trainer: Trainer) -> list[Item]:
    return trainer.items(State(arguments.state), language=arguments.lang, plan=arguments.plan)


def _named(arguments: argparse.Namespace, trainer: Trainer) -> list[str]:
    if arguments.approve == [_ALL]:
        return [item.item_id for item in _listed(arguments, trainer)]
    return list(arguments.approve)


def _list(arguments: argparse.Namespace, trainer: Trainer) -> int:
    items = _listed(arguments, trainer)
    covered = trainer.coverage(items) if arguments.coverage else None
    content = {"items": [item.to_json() for item in items], "coverage": covered}
    _print(arguments, content, render.listed(items, covered))
    return 0


def _show(arguments: argparse.Namespace, trainer: Trainer) -> int:
    item = trainer.bank.item(arguments.show)
    found = trainer.check(item, ask=arguments.ask)
    standing = trainer.standing(item)
    history = trainer.bank.history(item.item_id)
    content = {
        "item": item.to_json(),
        "findings": [{"problem": f.problem.value, "detail": f.detail, "error": f.is_error} for f in found],
        "standing": standing.to_json(trainer.bank.handouts(item_id=item.item_id)),
        "history": [
            {"at": e.at, "what": e.what, "role": e.role, "reason": e.reason, "detail": e.detail}
            for e in history
        ],
    }
    _print(arguments, content, render.shown(item, found, standing, history))
    return 0


def _done(arguments: argparse.Namespace, items: Sequence[Item]) -> int:
    content = {"items": [item.to_json() for item in items]}
    words = "\n".join(f"{item.item_id}  {item.state.value}  {render.line(item)}" for item in items)
    _print(arguments, content, words)
    return 0


# --- files --------------------------------------------------------------------------------


def export(arguments: argparse.Namespace, trainer: Trainer) -> int:
    if arguments.ids:
        items = [trainer.bank.item(each) for each in arguments.ids]
    else:
        items = trainer.items(language=arguments.lang, plan=arguments.plan)
        items = [item for item in items if item.state is not State.REJECTED]
        if not arguments.drafts:
            items = [item for item in items if item.state is State.APPROVED]
    items = items[: arguments.count] if arguments.count else items
    handout, kept_back = exports.export(
        trainer, items, arguments.to, arguments.form, drafts=arguments.drafts, name=arguments.name
    )
    content = {
        "written": str(arguments.to),
        "items": list(handout.item_ids),
        "handout_id": handout.handout_id,
        "kept_back": [item.item_id for item in kept_back],
    }
    words = f"wrote {len(handout.item_ids)} items to {arguments.to}"
    if kept_back:
        words += f"; kept back {len(kept_back)} that are not approved or no longer hold"
    _print(arguments, content, words)
    return 0


def bring_in(arguments: argparse.Namespace, trainer: Trainer) -> int:
    found = imports.bring_in(trainer, arguments.file, dry_run=arguments.dry_run, role=arguments.role)
    would = "would be " if arguments.dry_run else ""
    words = [
        f"{len(found.new)} new and {len(found.changed)} changed {would}drafts, {found.unchanged} unchanged"
    ]
    words += [
        f"  {'new' if item in found.new else 'changed'}  {render.line(item)}"
        for item in (*found.new, *found.changed)
    ]
    words += [f"  not read: {problem}" for problem in found.problems]
    _print(arguments, {**found.to_json(), "dry_run": arguments.dry_run}, "\n".join(words))
    return 1 if found.problems and not (found.new or found.changed or found.unchanged) else 0


def stale(arguments: argparse.Namespace, trainer: Trainer) -> int:
    found = trainer.stale(arguments.as_of, moved=arguments.moved or arguments.refresh)
    refreshed = []
    if arguments.refresh:
        refreshed = [s.item.item_id for s in found if not s.is_stale]
        for item_id in refreshed:
            trainer.refresh(item_id)
    handouts = {s.item.item_id: trainer.bank.handouts(item_id=s.item.item_id) for s in found}
    shown = [s for s in found if s.is_stale or arguments.moved]
    content = {
        "stale": [s.to_json(handouts[s.item.item_id]) for s in shown],
        "refreshed": refreshed,
    }
    _print(arguments, content, render.stale(shown, handouts, refreshed))
    return 0


def _print(arguments: argparse.Namespace, content: Any, text: str) -> None:
    print(json.dumps(content, ensure_ascii=False) if arguments.json else text)


def _misuse(words: str) -> int:
    print(f"hjemmel: {words}", file=sys.stderr)
    return 2
