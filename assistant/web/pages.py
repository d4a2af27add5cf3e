"""Whole pages and pieces of pages, drawn from the templates. Every value is escaped."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from assistant.web.answer_view import answer_view
from assistant.web.answering import Answering
from assistant.web.practice_view import checked_shown
from assistant.web.texts import LANGUAGES, Texts, negotiate, texts_in
from assistant.web.training_door import TrainingDoor

LANGUAGE_COOKIE = "lang"
STATIC = Path(__file__).with_name("static")
_TEMPLATES = Path(__file__).with_name("templates")
_A_YEAR = 365 * 24 * 3600
_OF_ONE_PAGE = frozenset({"lang", "shown", "said", "problem", "n", "kept", "set"})


@lru_cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["asset"] = asset
    return made


@lru_cache
def asset(name: str) -> str:
    """The address of a file of ours; changes when the file does, so that caches may keep it."""
    version = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:10]
    return f"/static/{name}?v={version}"


def draw(template: str, texts: Texts, **values: object) -> str:
    return _environment().get_template(template).render(t=texts, **values)


class Pages:
    """Draws pages for one assistant under one title."""

    def __init__(
        self,
        assistant: Answering,
        title: str,
        training: TrainingDoor | None = None,
        *,
        desk: bool = False,
    ) -> None:
        self.assistant = assistant
        self.title = title
        self._training = training
        self._desk = desk

    def texts(self, request: Request) -> Texts:
        """The language of the page; `shown` is one that a link asks for without choosing it for good."""
        asked = request.query_params.get("lang") or request.query_params.get("shown")
        return texts_in(
            negotiate(asked, request.cookies.get(LANGUAGE_COOKIE), request.headers.get("accept-language", ""))
        )

    def texts_around(self, request: Request, answer: Mapping[str, Any]) -> Texts:
        """Who has chosen a language reads it around every answer; else English is answered in English."""
        own = answer.get("language")
        return texts_in(str(own)) if own in LANGUAGES and not chosen(request) else self.texts(request)

    def whole(
        self, request: Request, template: str, texts: Texts, *, status: int = 200, **values: Any
    ) -> HTMLResponse:
        """A page with header and footer; remembers a language that was asked for."""
        name = str(self.assistant.municipality.get("name") or "")
        page = draw(
            template,
            texts,
            site=self.title,
            municipality=name,
            languages=[texts_in(code) for code in LANGUAGES],
            here=_here(request),
            desk=self._desk,
            language_chosen=chosen(request),
            **values,
        )
        response = HTMLResponse(page, status)
        response.headers["content-language"] = texts.language
        if request.query_params.get("lang") in LANGUAGES:
            response.set_cookie(
                LANGUAGE_COOKIE, texts.language, max_age=_A_YEAR, samesite="lax", httponly=True
            )
        return response

    def problem(self, request: Request, key: str, status: int) -> HTMLResponse:
        return self.whole(request, "problem.html", self.texts(request), status=status, message_key=key)

    def answer(self, answer: Mapping[str, Any], texts: Texts, anchor: str = "kilde") -> str:
        view = answer_view(answer, self.assistant.levels(texts.language), texts, anchor, date.today())
        item = self._training.checked(answer) if self._training else None
        return draw("answer.html", texts, a=view, c=checked_shown(item, texts) if item else None)


def chosen(request: Request) -> bool:
    """Whether the reader has chosen a language, now or before."""
    asked = request.query_params.get("lang"), request.cookies.get(LANGUAGE_COOKIE)
    return any(language in LANGUAGES for language in asked)


def _here(request: Request) -> list[tuple[str, str]]:
    """The address's own parameters, for the language links, without the language and what was just done."""
    return [(name, value) for name, value in request.query_params.multi_items() if name not in _OF_ONE_PAGE]
