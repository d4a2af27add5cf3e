"""One id and one name for each adopting body, however the documents of a folder write it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from ingest.guess_plan import Drafted
from ingest.plans import Body
from ingest.register import slug


def with_common_names(drafts: Iterable[Drafted]) -> list[Drafted]:
    """The drafts with each body under the name that most documents give it."""
    held = list(drafts)
    written: dict[str, Counter[str]] = {}
    for draft in held:
        if draft.body:
            written.setdefault(draft.body.body_id, Counter()).update(draft.body.names.values())
    names = {body_id: min(count, key=lambda name: (-count[name], name)) for body_id, count in written.items()}
    return [_renamed(draft, names) for draft in held]


def bodies_of(drafts: Iterable[Drafted]) -> tuple[Body, ...]:
    """The bodies that the drafts name, the highest first."""
    by_id: dict[str, Body] = {}
    for draft in drafts:
        if draft.body:
            known = by_id.get(draft.body.body_id)
            names = {**draft.body.names, **(known.names if known else {})}
            by_id[draft.body.body_id] = replace(known or draft.body, names=names)
    return tuple(sorted(by_id.values(), key=lambda body: (body.rank, body.body_id)))


def _renamed(draft: Drafted, names: Mapping[str, str]) -> Drafted:
    if draft.body is None:
        return draft
    name = names[draft.body.body_id]
    body = replace(draft.body, body_id=slug(name), names=dict.fromkeys(draft.body.names, name))
    version = replace(draft.plan.versions[0], adopted_by=body.body_id)
    guesses = tuple(
        replace(guess, value=body.body_id) if guess.field == "adopted_by" else guess
        for guess in draft.guesses
    )
    return replace(draft, plan=replace(draft.plan, versions=(version,)), body=body, guesses=guesses)
