"""Thumbs with reasons, appended one line each; the question's text only where its asker says so."""

from __future__ import annotations

import json
import threading
from datetime import date
from pathlib import Path
from typing import Literal

from fastapi import APIRouter
from fastapi.responses import Response
from pydantic import BaseModel, Field

Reason = Literal["wrong_plan", "wrong_page", "out_of_date", "unclear", "missing", "not_asked"]

_MOST_BYTES = 20_000_000
"""A file that has grown this far is being filled, not written by readers; later thumbs are dropped."""


class Thumb(BaseModel):
    """`question` is kept only with `opted_in`."""

    verdict: Literal["up", "down"]
    reasons: list[Reason] = Field(default_factory=list, max_length=6)
    outcome: Literal["answered", "abstained", "unresolved", "needs_clarification"] | None = None
    plan_id: str | None = Field(default=None, max_length=100)
    opted_in: bool = False
    question: str | None = Field(default=None, max_length=2_000)


class Thumbs:
    """Kept in `file`; in memory alone where there is none. Days, not times: nobody can be followed."""

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._lock = threading.Lock()
        self.kept: list[str] = []

    def add(self, thumb: Thumb) -> None:
        record = thumb.model_dump(exclude={"opted_in"}, exclude_none=True)
        if not thumb.opted_in:
            record.pop("question", None)
        line = json.dumps({"day": date.today().isoformat(), **record}, ensure_ascii=False)
        with self._lock:
            if self._file is None:
                self.kept = [*self.kept[-999:], line]
            elif not self._file.exists() or self._file.stat().st_size < _MOST_BYTES:
                self._file.parent.mkdir(parents=True, exist_ok=True)
                with self._file.open("a", encoding="utf-8") as out:
                    out.write(line + "\n")


def feedback_routes(thumbs: Thumbs) -> APIRouter:
    routes = APIRouter()

    @routes.post("/api/feedback", status_code=204)
    def feedback(thumb: Thumb) -> Response:
        thumbs.add(thumb)
        return Response(status_code=204)

    return routes
