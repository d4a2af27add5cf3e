"""Whether an item still holds: its sentences, their place in force, and the decision between them.

Nothing is stored: an item is stale by the index as it is, on the date asked about. An item whose sentence
stands unchanged in force, only elsewhere, is not stale; its source has moved and can be refreshed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from assistant.library import Shelf
from assistant.training.answers_now import Successors, new_answer
from assistant.training.craft import Craft, title_of
from assistant.training.items import Bound, Fact, Item, Part, text_hash
from assistant.training.material import Material
from assistant.training.records import Handout
from assistant.training.rules import Contest, Rule
from assistant.training.templates.contests import CONTESTS
from assistant.training.templates.plans import fact_of
from ingest.store import StoredStatement


@dataclass(frozen=True, slots=True)
class Change:
    """What is no longer as it was: `reason` is a key of the texts, `words` the sentence for a reader."""

    reason: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How an item stands on a date: what changed, and where its sources have moved."""

    item: Item
    changes: tuple[Change, ...] = ()
    moved: tuple[Change, ...] = ()
    answer_now: str | None = None
    """What the answer would be now; None where the item can no longer be asked."""

    @property
    def is_stale(self) -> bool:
        return bool(self.changes)

    def to_json(self, handouts: Sequence[Handout] = ()) -> dict[str, Any]:
        return {
            "item_id": self.item.item_id,
            "state": self.item.state.value,
            "question": self.item.question,
            "answer": self.item.answer,
            "answer_now": self.answer_now,
            "changes": [{"reason": c.reason, "words": c.words} for c in self.changes],
            "moved": [{"reason": c.reason, "words": c.words} for c in self.moved],
            "handed_out": [{"name": h.name, "how": h.how, "on": h.on.isoformat()} for h in handouts],
        }


class Watch:
    """Judges items of one language against one generation of the index, on the date of its craft."""

    def __init__(self, craft: Craft) -> None:
        self._craft = craft
        self._material: Material = craft.material
        self._successors = Successors(craft)

    def stale(self, items: Sequence[Item]) -> list[Standing]:
        """The stale ones, in the order given."""
        return [standing for item in items if (standing := self.standing(item)).is_stale]

    def standing(self, item: Item) -> Standing:
        changes: list[Change] = []
        moved: list[Change] = []
        for bound in item.statements:
            found = self._statement(item, bound)
            if found is not None:
                (moved if found.reason == "moved" else changes).append(found)
        changes.extend(c for fact in item.facts if (c := self._fact(item, fact)))
        if not changes:
            changes.extend(self._decision(item))
        if not changes:
            return Standing(item=item, moved=_once(moved))
        now = new_answer(item, self._craft, self._successors)
        return Standing(item=item, changes=_once(changes), moved=_once(moved), answer_now=now)

    # --- sentences --------------------------------------------------------------------------

    @cached_property
    def _stand(self) -> Mapping[str, list[tuple[Shelf, StoredStatement]]]:
        """Where every sentence of the municipality's documents stands, by its hash."""
        found: dict[str, list[tuple[Shelf, StoredStatement]]] = {}
        library = self._material.library
        for document_id, shelf in library.shelves.items():
            for statement in library.store.statements_of(document_id):
                found.setdefault(text_hash(statement.text), []).append((shelf, statement))
        return found

    def _statement(self, item: Item, bound: Bound) -> Change | None:
        here = self._stand.get(bound.text_hash, [])
        governing = [(s, t) for s, t in here if self._governs(s)]
        if bound.part is Part.SILENT:
            now = next((s for s, _ in governing if s.plan.plan_id == bound.plan_id), None)
            return None if now is None else self._change("now_governs", title=_title(now))
        if bound.part is Part.YIELDS and item.template not in CONTESTS:
            return None
        mine = [(s, t) for s, t in governing if s.plan.plan_id == bound.plan_id]
        if mine:
            return self._place(item, bound, mine)
        return self._gone(bound, [s for s, _ in here if s.plan.plan_id == bound.plan_id])

    def _place(
        self, item: Item, bound: Bound, mine: Sequence[tuple[Shelf, StoredStatement]]
    ) -> Change | None:
        places = [(s, self._page(t)) for s, t in mine]
        if any((s.document.file, page, s.version.version_id) == (bound.file, bound.page, bound.version_id)
               for s, page in places):  # fmt: skip
            level = next((q.level for q in item.quotes if q.plan_id == bound.plan_id), item.level)
            return self._level(mine[0][0], level)
        shelf, page = places[0]
        words = ", ".join(
            filter(None, (shelf.version.title, self._craft.words["page"].format(page=page) if page else ""))
        )
        named = next((q.title for q in item.quotes if q.plan_id == bound.plan_id), shelf.version.title)
        reason = "moved" if named == shelf.version.title or named not in item.question else "title"
        return replace(self._change("moved", place=words), reason=reason)

    def _level(self, shelf: Shelf, before: int) -> Change | None:
        if shelf.plan.level == before:
            return None
        return self._fact_change(shelf, "level", str(before), str(shelf.plan.level))

    def _gone(self, bound: Bound, here: Sequence[Shelf]) -> Change:
        """A key sentence that no text in force of its plan holds: in force no more, changed, or taken out."""
        plan_shelves = [s for s in self._material.library.shelves.values() if s.plan.plan_id == bound.plan_id]
        if not plan_shelves:
            return self._change("plan_gone", title=bound.plan_id)
        shelf = next((s for s in plan_shelves if self._governs(s)), [*here, *plan_shelves][0])
        if not self._governs(shelf):
            state = self._material.library.validity(shelf, self._material.as_of).state
            return self._change("not_in_force", why=self._craft.standing(_title(shelf), state))
        successor = self._successors.of(bound)
        if successor is None:
            return self._change("text_gone", title=_title(shelf))
        return self._change("text_changed", title=self._craft.title(successor), text=successor.text)

    # --- register and decision --------------------------------------------------------------

    def _fact(self, item: Item, fact: Fact) -> Change | None:
        shelves = [s for s in self._material.library.shelves.values() if s.plan.plan_id == fact.plan_id]
        same = (s for s in shelves if s.version.version_id == fact.version_id)
        shelf = next(same, None) or next((s for s in shelves if self._governs(s)), None)
        if shelf is None:
            title = item.quotes[0].title if item.quotes else fact.plan_id
            return self._change("plan_gone", title=title)
        now = fact_of(self._craft, shelf, fact.field)
        return None if now == fact.value else self._fact_change(shelf, fact.field, fact.value, now)

    def _fact_change(self, shelf: Shelf, field: str, before: str, now: str) -> Change:
        name = self._craft.words["fields"][field]
        return self._change(
            "fact", title=shelf.version.title, field=name, before=before or "–", now=now or "–"
        )

    def _decision(self, item: Item) -> list[Change]:
        """Whether another rule in force has come to be followed in place of the key."""
        rules = {text_hash(r.text): r for r in self._material.rules}
        if item.template in CONTESTS:
            return self._contest(item, rules)
        key = rules.get(item.key_statements[0].text_hash) if item.key_statements else None
        contest = self._material.beaten(key) if key else None
        return [] if contest is None else [self._change("beaten", why=self._craft.why_yields(contest))]

    def _contest(self, item: Item, rules: Mapping[str, Rule]) -> list[Change]:
        pair = {b.text_hash for b in item.statements}
        winner = item.key_statements[0].text_hash
        for contest in self._material.contests:
            if {text_hash(contest.winner.text), text_hash(contest.loser.text)} == pair:
                if text_hash(contest.winner.text) == winner and _for_one_reason(item, contest, self._craft):
                    return []
                return [self._change("beaten", why=self._craft.why_yields(contest))]
        key = rules.get(winner)
        title = key.source.title if key else item.answer
        return [self._change("text_gone", title=title)]

    def _governs(self, shelf: Shelf) -> bool:
        return self._material.library.validity(shelf, self._material.as_of).governs

    def _page(self, statement: StoredStatement) -> int | None:
        return self._material.library.page(statement.document_id, statement.spans[0].page_index)[0]

    def _change(self, reason: str, **values: str) -> Change:
        return Change(reason, self._craft.words["stale"][reason].format(**values))


def _for_one_reason(item: Item, contest: Contest, craft: Craft) -> bool:
    return item.template != "governs_why" or item.answer == craft.why_yields(contest)


def _title(shelf: Shelf) -> str:
    return title_of(shelf.plan, shelf.version.title, shelf.version.version_id)


def _once(changes: Sequence[Change]) -> tuple[Change, ...]:
    return tuple(dict.fromkeys(changes))
