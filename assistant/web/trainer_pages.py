"""The trainer's pages: the list, one item with its source, making, what was handed out, what is stale."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlencode

from fastapi import APIRouter, Request
from fastapi.responses import Response

from assistant.web.pages import Pages
from assistant.web.practice_routes import LINK
from assistant.web.texts import Texts
from assistant.web.trainer_view import (
    finding_words,
    history_lines,
    row,
    set_shown,
    sources_beside,
    stale_shown,
)
from assistant.web.training_door import TrainingDoor
from prompts import languages, training_texts

if TYPE_CHECKING:
    from assistant.training.items import Item
    from assistant.training.records import Handout

ROLE_COOKIE = "role"
"""The role last named, never a person."""
MOST_IN_SET = 200
_ON_A_PAGE = 40
_ID = re.compile(r"q[0-9a-f]{4,40}")


@dataclass(frozen=True, slots=True)
class Desk:
    """The trainer's pages share these; `whole` draws one of them with its tabs."""

    pages: Pages
    door: TrainingDoor

    def whole(self, request: Request, template: str, texts: Texts, area: str, **values: Any) -> Response:
        return self.pages.whole(
            request,
            template,
            texts,
            area=area,
            role=unquote(request.cookies.get(ROLE_COOKIE, ""))[:100],
            flash=_flash(request, texts),
            problem=_problem(request, texts),
            **values,
        )


def trainer_pages(pages: Pages, door: TrainingDoor) -> APIRouter:
    routes = APIRouter(prefix="/trainer")
    desk = Desk(pages, door)

    @routes.get("")
    def listed(
        request: Request,
        ids: str = "",
        state: str = "",
        language: str = "",
        plan: str = "",
        words: str = "",
        start: int = 0,
    ) -> Response:
        chosen = {"state": state, "language": language, "plan": plan, "words": words[:100]}
        return _list(desk, request, ids, chosen, max(0, start))

    @routes.get("/item/{item_id}")
    def item(request: Request, item_id: str, ids: str = "") -> Response:
        return _item(desk, request, item_id, ids)

    @routes.get("/make")
    def make(request: Request) -> Response:
        return _make(desk, request)

    @routes.get("/sets")
    def sets(request: Request) -> Response:
        return _sets(desk, request)

    @routes.get("/stale")
    def stale(request: Request, as_of: str = "") -> Response:
        return _stale(desk, request, as_of)

    return routes


def ids_in(text: str) -> list[str]:
    """The items an address names, as `q1a2b.q3c4d`."""
    return list(dict.fromkeys(_ID.findall(text)))[:MOST_IN_SET]


def _list(desk: Desk, request: Request, ids: str, chosen: dict[str, str], start: int) -> Response:
    texts, trainer = desk.pages.texts(request), desk.door.trainer()
    named = [item for each in ids_in(ids) if (item := desk.door.item(each)) is not None]
    if not ids and not chosen["state"]:
        chosen["state"] = "draft"
    found = named if ids else _chosen(trainer.items(), chosen)
    shown = found[start : start + _ON_A_PAGE] if not ids else found
    rows = [row(item, texts, is_stale=trainer.standing(item).is_stale) for item in shown]
    return desk.whole(
        request,
        "trainer_list.html",
        texts,
        "list",
        rows=rows,
        ids=".".join(item.item_id for item in shown) if ids else "",
        chosen=chosen,
        count=len(found),
        approved=sum(item.state.value == "approved" for item in named),
        before=_turned(chosen, start - _ON_A_PAGE) if start and not ids else "",
        after=_turned(chosen, start + _ON_A_PAGE) if start + len(shown) < len(found) and not ids else "",
        spoken=language_choices(trainer.language),
        plans=_plans(trainer),
        states=("draft", "approved", "rejected"),
        forms=form_words(texts),
    )


def _chosen(items: Sequence[Item], chosen: dict[str, str]) -> list[Item]:
    state, language, plan = chosen["state"], chosen["language"], chosen["plan"]
    words = chosen["words"].casefold().split()
    return [
        item
        for item in items
        if (state in ("all", item.state.value))
        and (not language or item.language == language)
        and (not plan or plan in item.plan_ids)
        and all(word in item.question.casefold() for word in words)
    ]


def _turned(chosen: dict[str, str], start: int) -> str:
    wanted = {name: value for name, value in chosen.items() if value}
    return "/trainer?" + urlencode({**wanted, "start": max(0, start)})


def _item(desk: Desk, request: Request, item_id: str, ids: str) -> Response:
    item = desk.door.item(item_id)
    if item is None:
        return desk.pages.problem(request, "not_found", 404)
    texts, trainer = desk.pages.texts(request), desk.door.trainer()
    words = training_texts(texts.language)
    here = ids_in(ids)
    at = here.index(item_id) if item_id in here else -1
    standing = trainer.standing(item)
    handouts = trainer.bank.handouts(trainer.municipality, item_id=item_id)
    return desk.whole(
        request,
        "trainer_item.html",
        texts,
        "list",
        item=item,
        row=row(item, texts, is_stale=standing.is_stale),
        own=item.municipality == trainer.municipality,
        ids=".".join(here),
        before=here[at - 1] if at > 0 else "",
        after=here[at + 1] if 0 <= at < len(here) - 1 else "",
        place=(at + 1, len(here)) if at >= 0 else None,
        sources=sources_beside(item, desk.pages.assistant, texts, f"/trainer/item/{item_id}"),
        findings=finding_words(trainer.check(item), texts),
        standing=stale_shown(standing, handouts, texts),
        history=history_lines(trainer.bank.history(item_id), texts),
        difficulties=words["difficulties"],
        audiences={item.audience: item.audience} | words["audiences"],
    )


def _make(desk: Desk, request: Request) -> Response:
    texts, trainer = desk.pages.texts(request), desk.door.trainer()
    spoken = language_choices(trainer.language)
    covered = trainer.coverage([i for i in trainer.items() if i.state.value != "rejected"])
    titles = _plans(trainer)
    return desk.whole(
        request,
        "trainer_make.html",
        texts,
        "make",
        spoken=spoken,
        language=texts.language if texts.language in spoken else trainer.language,
        plans=titles,
        levels=list(desk.pages.assistant.levels(texts.language)),
        kinds=training_texts(texts.language)["kinds"],
        covered=[(titles.get(plan, plan), count) for plan, count in covered.get("plan", {}).items()],
        covered_levels=covered.get("level", {}),
    )


def _sets(desk: Desk, request: Request) -> Response:
    texts, trainer = desk.pages.texts(request), desk.door.trainer()
    fresh = request.query_params.get("set", "")
    shown = [_set(desk, h, request, texts) for h in reversed(trainer.bank.handouts(trainer.municipality))]
    return desk.whole(
        request, "trainer_sets.html", texts, "sets", sets=shown, forms=form_words(texts), fresh=fresh
    )


def _set(desk: Desk, handout: Handout, request: Request, texts: Texts) -> Any:
    trainer = desk.door.trainer()
    items = [item for each in handout.item_ids if (item := desk.door.item(each)) is not None]
    stale = sum(trainer.standing(item).is_stale for item in items)
    short = sum(item.state.value != "approved" for item in items)
    link = f"{request.base_url}practice/{handout.handout_id}" if handout.how == LINK else ""
    return set_shown(handout, items, stale, short, link, texts)


def _stale(desk: Desk, request: Request, as_of: str) -> Response:
    texts, trainer = desk.pages.texts(request), desk.door.trainer()
    try:
        day = date.fromisoformat(as_of)
    except ValueError:
        day = date.today()
    found = trainer.stale(day, moved=True)
    shown = [
        stale_shown(s, trainer.bank.handouts(trainer.municipality, item_id=s.item.item_id), texts)
        for s in found
    ]
    ordered = sorted(shown, key=lambda s: not s.is_stale)
    return desk.whole(request, "trainer_stale.html", texts, "stale", found=ordered, as_of=day.isoformat())


# --- choices ------------------------------------------------------------------------------


def language_choices(first: str) -> dict[str, str]:
    """Languages that questions can be worded in, by their own names; the municipality's first."""
    codes = dict.fromkeys([first, *languages()])
    return {code: _NAMES.get(code, code) for code in codes}


_NAMES = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English", "sv": "Svenska", "da": "Dansk"}


def form_words(texts: Texts) -> dict[str, str]:
    return dict(texts.group("trainer")["forms"])


def _plans(trainer: Any) -> dict[str, str]:
    plans = trainer.library().register.plans
    return {plan.plan_id: plan.versions[-1].title if plan.versions else plan.plan_id for plan in plans}


def _flash(request: Request, texts: Texts) -> list[str]:
    """What the last action did, by the codes it left in the address; any other code says nothing."""
    said = texts.group("trainer")["said"].get(request.query_params.get("said", ""))
    kept = request.query_params.get("kept", "")
    count = request.query_params.get("n", "")
    lines = [said.format(count=int(count) if count.isascii() and count.isdigit() else 0)] if said else []
    if kept.isascii() and kept.isdigit() and int(kept):
        lines.append(texts("trainer.kept_back", count=int(kept)))
    return lines


def _problem(request: Request, texts: Texts) -> str:
    return str(texts.group("trainer")["problem"].get(request.query_params.get("problem", ""), ""))
