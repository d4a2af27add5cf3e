"""Items, checks and changes as text for a terminal. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.training.checks import Finding
from assistant.training.generate import Generated
from assistant.training.items import Item
from assistant.training.records import Event, Handout
from assistant.training.stale import Standing
from assistant.training.trainer import MadeOfAsked

_LINE = 100
_COVERED = ("plan", "level", "force", "kind", "topic")


def line(item: Item) -> str:
    """An item in one line."""
    question = " ".join(item.question.split())
    short = question if len(question) <= _LINE else question[: _LINE - 1] + "…"
    return f"{item.kind.value}  L{item.level}  {','.join(item.plan_ids[:3])}  {short}"


def made(generated: Generated, covered: Mapping[str, Mapping[str, int]], *, stored: bool) -> str:
    lines = [f"{item.item_id}  {line(item)}" for item in generated.items]
    what = "drafts added" if stored else "made, none kept"
    lines.append(f"{len(generated.items)} {what} of {generated.possible} possible")
    if generated.dropped:
        lines.append("left out: " + ", ".join(f"{name} {n}" for name, n in sorted(generated.dropped.items())))
    return "\n".join([*lines, coverage(covered)])


def from_asked(made: MadeOfAsked) -> str:
    lines = [f"{item.item_id}  {line(item)}" for item in made.items]
    lines.append(f"{len(made.items)} drafts from {made.asked} questions")
    if made.unanswered:
        lines.append("the plans answer none of these; write a question of your own where they should:")
        lines += [f"  {each.question}  (asked {each.times})" for each in made.unanswered]
    return "\n".join(lines)


def coverage(covered: Mapping[str, Mapping[str, int]]) -> str:
    lines = []
    for name in _COVERED:
        counts = covered.get(name, {})
        said = ", ".join(f"{value} {count}" for value, count in sorted(counts.items()))
        lines.append(f"by {name}: {said or 'none'}")
    missing = [plan for plan, count in covered.get("plan", {}).items() if not count]
    if missing:
        lines.append(f"nothing yet on: {', '.join(missing)}")
    return "\n".join(lines)


def listed(items: Sequence[Item], covered: Mapping[str, Mapping[str, int]] | None) -> str:
    lines = [f"{item.item_id}  {line(item)}" for item in items] or ["Nothing waits here."]
    return "\n".join([*lines, *([coverage(covered)] if covered is not None else [])])


def shown(item: Item, found: Sequence[Finding], standing: Standing, history: Sequence[Event]) -> str:
    """One item in full, its sources beside it."""
    lines = [
        f"{item.item_id}  {item.kind.value}  {item.language}  {item.state.value}  {item.difficulty.value}"
    ]
    lines += [item.question, ""]
    for place, option in enumerate(item.options, 1):
        mark = "*" if option.right else " "
        lines.append(f" {mark} {place}. {option.text}" + (f"   ({option.why})" if option.why else ""))
    lines += [f"   {pair.left} → {pair.right}" for pair in item.pairs]
    lines += ["", item.explanation, ""]
    for quote in item.quotes:
        page = f", page {quote.page}" if quote.page is not None else ""
        lines.append(f"source: {quote.file}{page} (level {quote.level}): {quote.text}")
    lines += [f"asked as: {text}" for text in item.asked]
    lines += [f"{'ERROR' if f.is_error else 'note'}: {f.problem.value} {f.detail}".rstrip() for f in found]
    lines += [f"STALE: {change.words}" for change in standing.changes]
    lines += [f"the answer now: {standing.answer_now}"] if standing.is_stale and standing.answer_now else []
    for event in history:
        lines.append(" ".join(filter(None, (event.at, event.what, event.role, event.reason))))
    return "\n".join(lines)


def stale(
    found: Sequence[Standing], handouts: Mapping[str, Sequence[Handout]], refreshed: Sequence[str]
) -> str:
    lines = []
    for standing in found:
        item = standing.item
        lines.append(f"{item.item_id}  {line(item)}")
        lines += [f"    {change.words}" for change in (*standing.changes, *standing.moved)]
        lines.append(f"    was: {_flat(item.answer)}")
        if standing.is_stale:
            lines.append(f"    now: {_flat(standing.answer_now or 'cannot be asked any more')}")
        for handout in handouts.get(item.item_id, ()):
            lines.append(f"    handed out {handout.on.isoformat()}: {handout.name} ({handout.how})")
    if refreshed:
        lines.append(f"{len(refreshed)} refreshed: {', '.join(refreshed)}")
    return "\n".join(lines or ["Every question still holds."])


def _flat(text: str) -> str:
    return " / ".join(text.splitlines())
