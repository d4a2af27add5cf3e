"""The window as one application: pages, asking, sources, feedback, and the simple chat beside them."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI, Form, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse, JSONResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import ASGIApp

from assistant.web.answering import Answering
from assistant.web.asking import Line, LineFullError, failure_of
from assistant.web.asking_routes import (
    Asked,
    asking_routes,
    failure_words,
    fault_of,
    kept_routes,
    question_of,
)
from assistant.web.chat import Chat
from assistant.web.feedback import Thumbs, feedback_routes
from assistant.web.headers import CHAT, SecurityHeaders
from assistant.web.pages import STATIC, Pages
from assistant.web.practice_routes import practice_routes
from assistant.web.source_routes import source_routes
from assistant.web.starters import Starters
from assistant.web.trainer_actions import trainer_actions
from assistant.web.trainer_pages import trainer_pages
from assistant.web.training_door import TrainingDoor


class Window(FastAPI):
    """Carries its headers outside its own error handling, so that errors carry them too."""

    def build_middleware_stack(self) -> ASGIApp:
        return SecurityHeaders(super().build_middleware_stack())


def create_app(
    assistant: Answering,
    *,
    title: str,
    feedback: Path | None = None,
    hosts: Sequence[str] = ("*",),
    training: TrainingDoor | None = None,
    desk: bool = False,
    starters: bool = False,
) -> FastAPI:
    """`feedback` is the file thumbs are appended to; `hosts` the names the window answers to.

    `training` shows approved questions and answers; `desk` also the pages where they are made and approved,
    which have no login and are for this machine alone. `starters` are tried before the front page offers them.
    """
    pages = Pages(assistant, title, training, desk=desk)
    line, chat = Line(assistant, then=training.with_checked if training else None), Chat(assistant)
    offered = Starters(assistant, line.busy, tried=starters)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        threading.Thread(target=offered.prepare, name="starters", daemon=True).start()
        yield
        await chat.close()
        line.close()

    app = Window(title=title, docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(hosts))
    app.include_router(asking_routes(pages, line, offered))
    app.include_router(kept_routes(pages))
    app.include_router(source_routes(pages))
    app.include_router(feedback_routes(Thumbs(feedback)))
    if training is not None:
        app.include_router(practice_routes(pages, training))
    if training is not None and desk:
        app.include_router(trainer_pages(pages, training))
        app.include_router(trainer_actions(training))
    _front(app, pages, line, offered)
    _leaflets(app, pages)
    _problems(app, pages)
    app.mount("/static", StaticFiles(directory=STATIC))
    app.mount(CHAT, chat)
    return app


def _front(app: FastAPI, pages: Pages, line: Line, offered: Starters) -> None:
    def front(request: Request, *, status: int = 200, **values: str) -> Response:
        texts = pages.texts(request)
        shown = {"question": "", "as_of": "", "problem": "", "drawn": ""} | values
        return pages.whole(
            request,
            "front.html",
            texts,
            status=status,
            examples=offered.known(texts.language),
            levels=list(pages.assistant.levels(texts.language)),
            opening=not offered.ready(texts.language),
            **shown,
        )

    @app.get("/")
    def ask_page(request: Request) -> Response:
        return front(request)

    @app.post("/")
    async def ask_without_scripts(
        request: Request, question: str = Form(""), as_of: str = Form("")
    ) -> Response:
        """The form as browsers without scripts send it; the question stays out of the address."""
        texts = pages.texts(request)
        asked = Asked(question=question, as_of=as_of[:10])
        if fault := fault_of(asked, texts):
            return front(request, status=422, question=question[:4_000], as_of=as_of[:10], problem=fault)
        try:
            ticket = line.join(question_of(asked))
        except LineFullError:
            return front(request, status=429, question=question, as_of=as_of, problem=texts("errors.full"))
        async for _ in line.steps(ticket):
            pass
        if failure_of(ticket):
            words = failure_words(pages, texts)
            return front(request, status=503, question=question, as_of=as_of, problem=words)
        answer = ticket.answer.result()
        drawn = pages.answer(answer, pages.texts_around(request, answer))
        return front(request, question=question, as_of=as_of, drawn=drawn)


def _leaflets(app: FastAPI, pages: Pages) -> None:
    def leaflet(request: Request, name: str) -> Response:
        return pages.whole(request, "leaflet.html", pages.texts(request), leaflet=name)

    @app.get("/about")
    def about(request: Request) -> Response:
        return leaflet(request, "about")

    @app.get("/favicon.ico")
    def icon() -> Response:
        """For pages that do not name the icon, as Gradio's."""
        return FileResponse(STATIC / "icon.svg", media_type="image/svg+xml")

    @app.get("/manifest.json")
    def manifest() -> dict[str, str]:
        """Gradio's page asks the site for one."""
        return {"name": pages.title, "start_url": "/"}

    @app.get("/accessibility")
    def accessibility(request: Request) -> Response:
        return leaflet(request, "accessibility")


def _problems(app: FastAPI, pages: Pages) -> None:
    @app.exception_handler(HTTPException)
    def refused(request: Request, problem: Exception) -> Response:
        status = problem.status_code if isinstance(problem, HTTPException) else 500
        return _told(pages, request, "not_found" if status == 404 else "bad_request", status)

    @app.exception_handler(RequestValidationError)
    def unreadable(request: Request, _: Exception) -> Response:
        return _told(pages, request, "bad_request", 422)

    @app.exception_handler(Exception)
    def broken(request: Request, _: Exception) -> Response:
        return _told(pages, request, "failed", 500)


def _told(pages: Pages, request: Request, key: str, status: int) -> Response:
    """In words, as a page for readers and as JSON for whoever sent JSON."""
    if request.method == "GET":
        return pages.problem(request, key, status)
    return JSONResponse({"error": pages.texts(request)(f"errors.{key}")}, status)
