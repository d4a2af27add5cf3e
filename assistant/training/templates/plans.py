"""Questions on the register: what stands behind a plan, and whether it applies."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from assistant.desk.validity import State
from assistant.library import Shelf
from assistant.training.craft import Craft, title_of
from assistant.training.items import Difficulty, Fact, Item, Kind, Option, Quote
from assistant.training.register_quotes import quote_naming
from ingest.plans import Plan, PlanVersion

_OPTIONS = 4
_STATES = (State.IN_FORCE, State.HEARING, State.SUPERSEDED, State.EXPIRED_NOT_REPLACED)


def about_plans(craft: Craft) -> Iterator[Item]:
    """For each plan with a document: its state, level, body, owner, successor and what it carries out."""
    for shelf in sorted(craft.material.library.shelves.values(), key=lambda s: s.plan.plan_id):
        for make in (_state, _level, _body, _owner, _successor, _parent):
            item = make(craft, shelf)
            if item is not None:
                yield item


def fact_of(craft: Craft, shelf: Shelf, field: str) -> str:
    """The value of a field of the register as an item is bound to it, on the material's date."""
    register = craft.material.register
    plan, version = shelf.plan, shelf.version
    values: dict[str, Callable[[], str]] = {
        "state": lambda: craft.material.library.validity(shelf, craft.material.as_of).state.value,
        "level": lambda: str(plan.level),
        "adopted_by": lambda: version.adopted_by or "",
        "owner": lambda: plan.owner or "",
        "implements": lambda: ",".join(dict.fromkeys(link.plan_id for link in plan.implements)),
        "superseded_by": lambda: ",".join(p.plan_id for p in register.plans if plan.plan_id in p.supersedes),
    }
    return values[field]()


def _item(
    craft: Craft,
    shelf: Shelf,
    field: str,
    answer: str,
    options: Sequence[Option],
    quote: Quote | None,
    *,
    difficulty: Difficulty = Difficulty.EASY,
    kind: Kind = Kind.SINGLE_CHOICE,
    audience: str = "everyone",
) -> Item | None:
    if quote is None or len(options) < 3:
        return None
    words = craft.words["templates"]["plan"][field]
    title, date = (
        title_of(shelf.plan, shelf.version.title, shelf.version.version_id),
        craft.day(craft.material.as_of),
    )
    value = fact_of(craft, shelf, field)
    return craft.item(
        kind,
        f"plan_{field}",
        words["question"].format(title=title, date=date),
        answer,
        words["explanation"].format(title=title, date=date, answer=answer, place=craft.place(quote)),
        options=options,
        quotes=(quote,),
        facts=(
            Fact(plan_id=shelf.plan.plan_id, version_id=shelf.version.version_id, field=field, value=value),
        ),
        level=shelf.plan.level,
        difficulty=difficulty,
        audience=audience,
        slot=field,
        asked=(words["question"].format(title=title, date=date),),
    )


def _state(craft: Craft, shelf: Shelf) -> Item | None:
    state = State(fact_of(craft, shelf, "state"))
    offered = [*_STATES] if state in _STATES else [state, *_STATES[:3]]
    names = craft.words["templates"]["plan"]["state"]["options"]
    options = [Option(names[s.value], s is state) for s in offered]
    body = craft.material.register.body(shelf.version.adopted_by)
    bodies = [*body.names.values()] if body is not None and state is State.IN_FORCE else []
    quote = quote_naming(craft, shelf, [*bodies, shelf.version.title], _year(shelf))
    return _item(craft, shelf, "state", names[state.value], options, quote, difficulty=Difficulty.MEDIUM)


def _level(craft: Craft, shelf: Shelf) -> Item | None:
    from assistant.training.templates.levels import level_options

    if not _governs(craft, shelf):
        return None
    quote = quote_naming(craft, shelf, [shelf.version.title])
    options = level_options(craft, shelf.plan.level)
    label = craft.level_label(shelf.plan.level)
    return _item(craft, shelf, "level", label, options, quote, kind=Kind.WHICH_LEVEL)


def _body(craft: Craft, shelf: Shelf) -> Item | None:
    body = craft.material.register.body(shelf.version.adopted_by)
    if body is None or not _governs(craft, shelf):
        return None
    names = [b.name(craft.language) for b in craft.material.register.bodies]
    right = body.name(craft.language)
    quote = quote_naming(craft, shelf, [*body.names.values()], _year(shelf))
    options = _among(craft, shelf, "adopted_by", right, names)
    return _item(craft, shelf, "adopted_by", right, options, quote)


def _owner(craft: Craft, shelf: Shelf) -> Item | None:
    owner = shelf.plan.owner
    if owner is None or not _governs(craft, shelf):
        return None
    names = [
        p.owner
        for p in craft.material.register.plans
        if p.owner and p.owner.casefold() not in owner.casefold()
    ]
    quote = quote_naming(craft, shelf, [owner])
    near = [n for n in names if owner.casefold() not in n.casefold()]
    options = _among(craft, shelf, "owner", owner, near)
    return _item(craft, shelf, "owner", owner, options, quote, audience="plan_owner")


def _successor(craft: Craft, shelf: Shelf) -> Item | None:
    """What stands in the place of a plan that was replaced."""
    successor = craft.material.library.validity(shelf, craft.material.as_of).replaced_by
    plan = next((p for p in craft.material.register.plans if p.plan_id == successor), None)
    if plan is None or plan is shelf.plan:
        return None
    others = [p.title for p in craft.material.register.plans if p not in (plan, shelf.plan)]
    shelf_of = next((s for s in craft.material.library.shelves.values() if s.plan is plan), None)
    quote = quote_naming(craft, shelf_of, [shelf.version.title, plan.title]) if shelf_of else None
    options = _among(craft, shelf, "superseded_by", plan.title, others)
    return _item(craft, shelf, "superseded_by", plan.title, options, quote, difficulty=Difficulty.MEDIUM)


def _parent(craft: Craft, shelf: Shelf) -> Item | None:
    """A plan that this one carries out, beside plans that it does not."""
    register = craft.material.register
    ids = dict.fromkeys(link.plan_id for link in shelf.plan.implements)
    if not ids or not _governs(craft, shelf):
        return None
    parent = register.plan(next(iter(ids)))
    above = _ancestors(register.plans, shelf.plan)
    near = {*above, *(p.plan_id for p in register.plans if _in_the_place_of_one(p, above, register.plans))}
    others = [p.title for p in register.plans if p.plan_id not in near and p is not shelf.plan]
    quote = quote_naming(craft, shelf, [parent.title, _short(parent.versions[0])])
    options = _among(craft, shelf, "implements", parent.title, others)
    return _item(craft, shelf, "implements", parent.title, options, quote, difficulty=Difficulty.HARD)


def _ancestors(plans: Sequence[Plan], plan: Plan) -> set[str]:
    by_id = {p.plan_id: p for p in plans}
    found: set[str] = set()
    waiting = [plan.plan_id]
    while waiting:
        for link in by_id[waiting.pop()].implements:
            if link.plan_id not in found:
                found.add(link.plan_id)
                waiting.append(link.plan_id)
    return found


def _in_the_place_of_one(plan: Plan, above: set[str], plans: Sequence[Plan]) -> bool:
    """Whether a plan replaces one of those, or was replaced by one: it is built on in another year."""
    replaced = {old for p in plans if p.plan_id in above for old in p.supersedes}
    return plan.plan_id in replaced or bool(above & set(plan.supersedes))


def _short(version: PlanVersion) -> str:
    """A title without its years."""
    return version.title.rstrip("0123456789–- ").strip()


def _year(shelf: Shelf) -> str:
    """The year of the decision, as a cover prints it beside the body."""
    decided = shelf.version.adopted_on or shelf.version.valid_from
    return str(decided.year) if decided else ""


def _governs(craft: Craft, shelf: Shelf) -> bool:
    return craft.material.library.validity(shelf, craft.material.as_of).governs


def _among(craft: Craft, shelf: Shelf, field: str, right: str, others: Sequence[str]) -> list[Option]:
    chance = craft.chance("plan", field, shelf.plan.plan_id)
    pool = [text for text in dict.fromkeys(others) if text.casefold() != right.casefold()]
    chance.shuffle(pool)
    options = [Option(right, True), *(Option(text) for text in pool[: _OPTIONS - 1])]
    chance.shuffle(options)
    return options
