"""Asking: the contract's JSON for programs, a stream of status words and a drawn answer for the page."""

from __future__ import annotations

import json
import uuid
from collections.abc import AsyncIterator
from datetime import date
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse
from pydantic import BaseModel, Field

from assistant.web.answering import Opening, state_of
from assistant.web.asking import Line, LineFullError, Ticket, failure_of
from assistant.web.pages import STATIC, Pages, draw
from assistant.web.starters import Starters
from assistant.web.texts import Texts

QUESTION_LIMIT = 2_000
_TURNS = 8
_TURN_LETTERS = 2_000
_REDRAWN = 20


class Turn(BaseModel):
    role: str = Field(pattern="^(user|assistant)$")
    content: str


class Asked(BaseModel):
    """What a person sends. `lang` is the answer's language; the page's own stands in the address."""

    question: str
    lang: str | None = Field(default=None, max_length=10)
    as_of: str | None = Field(default=None, max_length=10)
    history: list[Turn] = Field(default_factory=list, max_length=200)
    anchor: str = Field(default="kilde", pattern="^[a-z0-9-]{1,20}$")


class Kept(BaseModel):
    """Answers out of the browser's own storage, to be drawn again."""

    answers: list[dict[str, Any]] = Field(max_length=_REDRAWN)


def question_of(asked: Asked) -> dict[str, Any]:
    """The contract's question; the last turns of a long history, each cut to a fair length."""
    turns = [
        turn.model_dump() | {"content": turn.content[:_TURN_LETTERS]} for turn in asked.history[-_TURNS:]
    ]
    question: dict[str, Any] = {"id": uuid.uuid4().hex[:12], "question": asked.question.strip()}
    optional = {"lang": asked.lang, "as_of": asked.as_of or None, "history": turns or None}
    return question | {name: value for name, value in optional.items() if value}


def fault_of(asked: Asked, texts: Texts) -> str | None:
    """What is wrong with the question, in words for the person who asks."""
    if not asked.question.strip():
        return texts("errors.empty")
    if len(asked.question) > QUESTION_LIMIT:
        return texts("errors.too_long", length=len(asked.question), limit=QUESTION_LIMIT)
    if asked.as_of:
        try:
            date.fromisoformat(asked.as_of)
        except ValueError:
            return texts("errors.bad_date")
    return None


def asking_routes(pages: Pages, line: Line, offered: Starters) -> APIRouter:
    routes = APIRouter()

    @routes.post("/api/ask")
    async def ask(asked: Asked, request: Request) -> Response:
        texts = pages.texts(request)
        if fault := fault_of(asked, texts):
            return _refusal(fault, 422)
        try:
            ticket = line.join(question_of(asked))
        except LineFullError:
            return _refusal(texts("errors.full"), 429)
        async for _ in line.steps(ticket):
            pass
        if failure_of(ticket):
            return _refusal(failure_words(pages, texts), 503)
        return JSONResponse(ticket.answer.result())

    @routes.post("/ask")
    async def ask_in_steps(asked: Asked, request: Request) -> Response:
        texts = pages.texts(request)
        if fault := fault_of(asked, texts):
            return _refusal(fault, 422)
        try:
            ticket = line.join(question_of(asked))
        except LineFullError:
            return _refusal(texts("errors.full"), 429)
        return StreamingResponse(
            _steps(pages, line, ticket, request, asked.anchor), media_type="application/x-ndjson"
        )

    @routes.get("/api/status")
    def status() -> dict[str, str]:
        return {"state": state_of(pages.assistant)}

    @routes.get("/examples")
    def examples(request: Request) -> dict[str, list[str]]:
        return {"examples": list(offered.waited_for(pages.texts(request).language))}

    return routes


def kept_routes(pages: Pages) -> APIRouter:
    """Answers a browser has kept: drawn again, or drawn into one file."""
    routes = APIRouter()

    @routes.post("/render")
    def draw_again(kept: Kept, request: Request) -> Response:
        drawn = [
            pages.answer(answer, pages.texts_around(request, answer), f"k{at}")
            for at, answer in enumerate(kept.answers)
        ]
        return JSONResponse({"html": drawn})

    @routes.post("/save")
    def save(kept: Kept, request: Request) -> Response:
        texts = pages.texts_around(request, kept.answers[0] if kept.answers else {})
        drawn = [
            (str(answer.get("question", "")), _on_its_own(pages.answer(answer, texts, f"k{at}"), request))
            for at, answer in enumerate(kept.answers)
        ]
        page = draw("saved.html", texts, answers=drawn, site=pages.title, style=_saved_style())
        disposition = f'attachment; filename="hjemmel-{date.today().isoformat()}.html"'
        return Response(page, media_type="text/html", headers={"content-disposition": disposition})

    return routes


def _on_its_own(drawn: str, request: Request) -> str:
    """A saved file lies outside the service: its links name the service, and nothing in it is folded."""
    unfolded = drawn.replace('<details class="others">', '<details class="others" open>')
    return unfolded.replace('href="/source?', f'href="{request.base_url}source?')


def _saved_style() -> str:
    return "\n".join((STATIC / name).read_text(encoding="utf-8") for name in ("base.css", "answer.css"))


async def _steps(
    pages: Pages, line: Line, ticket: Ticket, request: Request, anchor: str
) -> AsyncIterator[str]:
    """One JSON object a line; the last holds the answer or the reason there is none."""
    texts = pages.texts(request)
    async for status, ahead in line.steps(ticket):
        words = ticket.said[ahead] if status == "said" else status_words(texts, status, ahead)
        yield _json({"status": status, "words": words})
    if failure_of(ticket):
        yield _json({"status": "failed", "words": failure_words(pages, texts)})
        return
    answer = ticket.answer.result()
    drawn = pages.answer(answer, pages.texts_around(request, answer), anchor)
    yield _json({"status": "done", "words": texts("status.done"), "answer": answer, "html": drawn})


def status_words(texts: Texts, status: str, ahead: int) -> str:
    if status != "queued":
        return texts(f"status.{status}")
    return texts("status.queued_one") if ahead == 1 else texts("status.queued_many", count=ahead)


def failure_words(pages: Pages, texts: Texts) -> str:
    broken = isinstance(pages.assistant, Opening) and pages.assistant.state == "failed"
    return texts("errors.not_open") if broken else texts("errors.failed")


def _refusal(words: str, status: int) -> JSONResponse:
    return JSONResponse({"error": words}, status)


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False) + "\n"
