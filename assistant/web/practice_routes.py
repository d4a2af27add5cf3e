"""Practising: a set by its link, one question at a time. Nothing a reader answers reaches the server."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from assistant.web.pages import Pages
from assistant.web.practice_view import question_shown
from assistant.web.training_door import TrainingDoor

LINK = "link"
"""How a set that is practised here went out."""


def practice_routes(pages: Pages, door: TrainingDoor) -> APIRouter:
    routes = APIRouter()

    @routes.get("/practice/{handout_id}")
    def practice(request: Request, handout_id: str) -> Response:
        handout = door.handout(handout_id)
        if handout is None or handout.how != LINK:
            return pages.problem(request, "not_found", 404)
        texts = pages.texts(request)
        named = [item for each in handout.item_ids if (item := door.item(each)) is not None]
        shown = [item for item in named if door.holds(item)]
        back = f"/practice/{handout_id}"
        return pages.whole(
            request,
            "practice.html",
            texts,
            handout=handout,
            questions=[question_shown(item, texts, back) for item in shown],
            left_out=len(handout.item_ids) - len(shown),
        )

    return routes
