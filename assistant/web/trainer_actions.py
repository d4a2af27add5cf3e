"""What a trainer does: make, edit, approve, reject, hand out, refresh. Each ends at a page that says what was done.

Requests from other sites never come here: the window refuses them all (`headers.py`).
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import FormData

from assistant.web.practice_routes import LINK
from assistant.web.trainer_pages import MOST_IN_SET, ROLE_COOKIE, ids_in
from assistant.web.training_door import TrainingDoor

if TYPE_CHECKING:
    from assistant.training.items import Item
    from assistant.training.trainer import Trainer

_LONGEST = 2_000
_MOST_AT_ONCE = 50
_A_YEAR = 365 * 24 * 3600
_FIELDS = ("question", "explanation", "difficulty", "audience", "unit", "asked")
_MAY_BE_EMPTY = frozenset({"unit", "asked"})
_ENDINGS = {
    "moodle": "xml",
    "xlsx": "xlsx",
    "csv": "csv",
    "anki": "apkg",
    "sheet": "html",
    "json": "json",
}


async def _form(request: Request) -> FormData:
    return await request.form()


Sent = Annotated[FormData, Depends(_form)]


def trainer_actions(door: TrainingDoor) -> APIRouter:
    routes = APIRouter(prefix="/trainer")
    _making(routes, door)
    _reviewing(routes, door)
    _rejecting(routes, door)
    _handing_out(routes, door)
    return routes


# --- make ---------------------------------------------------------------------------------


def _making(routes: APIRouter, door: TrainingDoor) -> None:
    @routes.post("/make")
    def make(sent: Sent) -> Response:
        count = _text(sent, "count")
        if not count.isascii() or not count.isdigit() or not 1 <= int(count) <= _MOST_AT_ONCE:
            return _to("/trainer/make", problem="bad_number")
        made = door.trainer().generate(_wish(sent, int(count)))
        if not made.items:
            return _to("/trainer/make", problem="none_made")
        ids = ".".join(item.item_id for item in made.items)
        return _to("/trainer", ids=ids, said="made", n=len(made.items))


def _wish(sent: FormData, count: int) -> Any:
    from assistant.training.items import Kind
    from assistant.training.trainer import Wish

    level = _text(sent, "level")
    kinds = {str(each) for each in sent.getlist("kind")}
    return Wish(
        count=count,
        language=_text(sent, "language") or None,
        topic=_text(sent, "topic")[:200],
        audience=_text(sent, "unit")[:200],
        plan=_text(sent, "plan") or None,
        level=int(level) if level.isascii() and level.isdigit() else None,
        kinds=frozenset(kind for kind in Kind if kind.value in kinds),
    )


# --- review -------------------------------------------------------------------------------


def _reviewing(routes: APIRouter, door: TrainingDoor) -> None:
    @routes.post("/item/{item_id}")
    def save(item_id: str, sent: Sent) -> Response:
        """Saves what was changed, and approves it where that was asked."""
        item, here, ids = _own(door, item_id), f"/trainer/item/{item_id}", _text(sent, "ids")
        if item is None or item.state.value == "rejected":
            return _to("/trainer", problem="refused")
        role = _text(sent, "role")[:100]
        approving = _text(sent, "do") == "approve"
        if approving and not role:
            return _to(here, ids=ids, problem="no_role")
        changed = _changed(item, sent)
        if fault := _fault(changed):
            return _to(here, ids=ids, problem=fault)
        trainer = door.trainer()
        _edit(trainer, item_id, changed, role)
        if not approving:
            return _with_role(_to(here, ids=ids, said="saved" if changed else "same"), role)
        if not _sound(trainer, trainer.bank.item(item_id)):
            return _with_role(_to(here, ids=ids, problem="unsound"), role)
        trainer.approve([item_id], role=role)
        return _with_role(_onward(door, item_id, ids, "approved"), role)

    @routes.post("/approve")
    def approve(sent: Sent) -> Response:
        return _approved(door, sent)


def _rejecting(routes: APIRouter, door: TrainingDoor) -> None:
    @routes.post("/item/{item_id}/reject")
    def reject(item_id: str, sent: Sent) -> Response:
        from assistant.training import review

        item, here, ids = _own(door, item_id), f"/trainer/item/{item_id}", _text(sent, "ids")
        reason, what, role = _text(sent, "reason")[:_LONGEST], _text(sent, "what"), _text(sent, "role")[:100]
        if item is None:
            return _to("/trainer", problem="refused")
        if not reason:
            return _to(here, ids=ids, problem="no_reason")
        option = int(what) if what.isascii() and what.isdigit() else None
        if fault := _cannot_reject(item, option):
            return _to(here, ids=ids, problem=fault)
        review.reject(door.trainer().bank, item_id, reason=reason, role=role, option=option)
        done = _to(here, ids=ids, said="rejected") if option else _onward(door, item_id, ids, "rejected")
        return _with_role(done, role)

    @routes.post("/item/{item_id}/refresh")
    def refresh(item_id: str, sent: Sent) -> Response:
        if _own(door, item_id) is None:
            return _to("/trainer", problem="refused")
        door.trainer().refresh(item_id, role=_text(sent, "role")[:100])
        return _to(f"/trainer/item/{item_id}", said="refreshed")


def _approved(door: TrainingDoor, sent: FormData) -> Response:
    """Approves those of the ticked that are sound and still hold; says how many were not."""
    items, where, role = _ticked(door, sent), _where(sent), _text(sent, "role")[:100]
    if not items or not role:
        return _to("/trainer", **where, problem="no_role" if items else "nothing")
    trainer = door.trainer()
    sound = [item for item in items if _own(door, item.item_id) and _sound(trainer, item)]
    if not sound:
        return _with_role(_to("/trainer", **where, problem="unsound"), role)
    trainer.approve([item.item_id for item in sound], role=role)
    kept = len(items) - len(sound)
    return _with_role(_to("/trainer", **where, said="approved", n=len(sound), kept=kept), role)


def _changed(item: Item, sent: FormData) -> dict[str, str]:
    """The fields that differ from the item, in the order they are applied."""
    found: dict[str, str] = {}
    for place, option in enumerate(item.options, 1):
        found |= _differing(sent, f"option.{place}", option.text)
    right = next((str(i) for i, o in enumerate(item.options, 1) if o.right), "")
    found |= _differing(sent, "right", right)
    for name in _FIELDS:
        now = getattr(item, name)
        found |= _differing(sent, name, "\n".join(now) if isinstance(now, tuple) else str(now))
    return found


def _differing(sent: FormData, name: str, now: str) -> dict[str, str]:
    if name not in sent:
        return {}
    text = _text(sent, name)
    return {} if text == now.strip() else {name: text}


def _fault(changed: dict[str, str]) -> str | None:
    if any(not text and name not in _MAY_BE_EMPTY for name, text in changed.items()):
        return "empty"
    return "too_long" if any(len(text) > _LONGEST for text in changed.values()) else None


def _edit(trainer: Trainer, item_id: str, changed: dict[str, str], role: str) -> None:
    from assistant.training import review

    with trainer.bank.transaction():
        for field, text in changed.items():
            review.edit(trainer.bank, item_id, field, text, role=role)


def _sound(trainer: Trainer, item: Item) -> bool:
    """Whether an item may be approved; a rejected one stays rejected."""
    from assistant.training.checks import errors

    if item.state.value == "rejected":
        return False
    return not errors(trainer.check(item)) and not trainer.standing(item).is_stale


def _cannot_reject(item: Item, option: int | None) -> str | None:
    if option is None:
        return None
    if not 1 <= option <= len(item.options):
        return "refused"
    if item.options[option - 1].right:
        return "key_option"
    return "two_left" if len(item.options) <= 2 else None


def _onward(door: TrainingDoor, item_id: str, ids: str, said: str) -> RedirectResponse:
    """To the next draft of the set, else to the list."""
    here = ids_in(ids)
    at = here.index(item_id) if item_id in here else -1
    for each in [*here[at + 1 :], *here[:at]] if at >= 0 else []:
        found = door.item(each)
        if found is not None and found.state.value == "draft":
            return _to(f"/trainer/item/{each}", ids=ids, said=said, n=1)
    return _to("/trainer", ids=ids, said=said, n=1)


# --- hand out -----------------------------------------------------------------------------


def _handing_out(routes: APIRouter, door: TrainingDoor) -> None:
    @routes.post("/hand-out")
    def hand_out(request: Request, sent: Sent) -> Response:
        items, where = _ticked(door, sent), _where(sent)
        ready = [item for item in items if door.holds(item)]
        if not ready:
            return _to("/trainer", **where, problem="none_ready" if items else "nothing")
        trainer = door.trainer()
        made = trainer.bank.hand_out(
            ready,
            municipality=trainer.municipality,
            how=LINK,
            place=f"{request.base_url}practice",
            name=_name(sent),
        )
        kept = len(items) - len(ready)
        return _to("/trainer/sets", said="handed_out", n=len(ready), kept=kept, set=made.handout_id)

    @routes.post("/export")
    def export(sent: Sent) -> Response:
        items, where = _ticked(door, sent), _where(sent)
        ready = [item for item in items if door.holds(item)]
        if not ready:
            return _to("/trainer", **where, problem="none_ready" if items else "nothing")
        return _exported(door.trainer(), ready, sent) or _to("/trainer", **where, problem="no_library")

    @routes.post("/sets/{handout_id}/export")
    def export_set(handout_id: str, sent: Sent) -> Response:
        handout = door.handout(handout_id)
        named = [door.item(each) for each in handout.item_ids] if handout else []
        ready = [item for item in named if item is not None and door.holds(item)]
        if not ready:
            return _to("/trainer/sets", problem="none_ready")
        return _exported(door.trainer(), ready, sent) or _to("/trainer/sets", problem="no_library")


def _exported(trainer: Trainer, items: list[Item], sent: FormData) -> Response | None:
    """The set as a file to download, remembered as handed out; None where the form cannot be made here."""
    from assistant.training.errors import CannotExport
    from assistant.training.exports import FORMS

    form = _text(sent, "form")
    if form not in _ENDINGS:
        return None
    name = _name(sent)
    file = f"{name}.{_ENDINGS[form]}"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"set.{_ENDINGS[form]}"
        try:
            FORMS[form](items, path, trainer)
        except CannotExport:
            return None
        content = path.read_bytes()
    trainer.bank.hand_out(items, municipality=trainer.municipality, how="export", place=file, name=name)
    disposition = f"attachment; filename=\"set.{_ENDINGS[form]}\"; filename*=UTF-8''{quote(file, safe='')}"
    return Response(
        content, media_type="application/octet-stream", headers={"content-disposition": disposition}
    )


# --- what was sent ------------------------------------------------------------------------


def _text(sent: FormData, name: str) -> str:
    value = sent.get(name)
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else ""


def _name(sent: FormData) -> str:
    return " ".join(_text(sent, "name").split())[:100] or "Hjemmel"


def _ticked(door: TrainingDoor, sent: FormData) -> list[Item]:
    named = dict.fromkeys(str(each) for each in sent.getlist("item"))
    return [item for each in list(named)[:MOST_IN_SET] if (item := door.item(each)) is not None]


def _where(sent: FormData) -> dict[str, str]:
    """The list the form stood in."""
    names = ("ids", "state", "language", "plan", "words")
    return {name: _text(sent, name)[:4_000] for name in names if _text(sent, name)}


def _own(door: TrainingDoor, item_id: str) -> Item | None:
    """An item of this municipality; a shared one of another is changed where it belongs."""
    item = door.item(item_id)
    return item if item is not None and item.municipality == door.trainer().municipality else None


def _to(path: str, **values: object) -> RedirectResponse:
    wanted = {name: value for name, value in values.items() if value not in ("", None)}
    return RedirectResponse(f"{path}?{urlencode(wanted)}" if wanted else path, 303)


def _with_role(response: RedirectResponse, role: str) -> RedirectResponse:
    if role:
        response.set_cookie(
            ROLE_COOKIE, quote(role), max_age=_A_YEAR, samesite="lax", httponly=True, path="/trainer"
        )
    return response
