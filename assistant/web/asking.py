"""The line of people asking: a few answered at a time, a bounded number waiting, each told its place."""

from __future__ import annotations

import asyncio
import itertools
import logging
import threading
from collections.abc import AsyncIterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from assistant.web.answering import Answering, state_of

_WORKERS = 2
_WAITING = 64
"""Beyond this an asker would wait longer than anyone does; refusing with words is kinder."""
_LOOK_AGAIN = 0.15
"""Seconds between two looks at a waiting question."""
_WEIGHING_AFTER = 6
"""Looks after which the words change; by then passages are found and plans are compared."""

Answer = dict[str, Any]


class LineFullError(Exception):
    """More people are waiting than the line holds."""


class Ticket:
    """One question in the line."""

    def __init__(self, number: int, answer: Future[Answer]) -> None:
        self.number = number
        self.answer = answer


class Line:
    """Answers questions in the order they came."""

    def __init__(self, assistant: Answering, workers: int = _WORKERS, waiting: int = _WAITING) -> None:
        self._assistant = assistant
        self._workers = workers
        self._most = workers + waiting
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="answering")
        self._numbers = itertools.count()
        self._open: dict[int, Ticket] = {}
        self._lock = threading.Lock()

    def join(self, question: dict[str, Any]) -> Ticket:
        """Raises LineFullError rather than letting a question wait for ever."""
        with self._lock:
            if len(self._open) >= self._most:
                raise LineFullError
            number = next(self._numbers)
            ticket = Ticket(number, self._pool.submit(self._assistant.answer, question))
            self._open[number] = ticket
        ticket.answer.add_done_callback(lambda _: self._leave(number))
        return ticket

    def _leave(self, number: int) -> None:
        with self._lock:
            self._open.pop(number, None)

    def ahead(self, ticket: Ticket) -> int:
        """People whose answer must be ready before work on this one begins."""
        with self._lock:
            earlier = sum(number < ticket.number for number in self._open)
        return max(0, earlier - self._workers + 1)

    def close(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)

    async def steps(self, ticket: Ticket) -> AsyncIterator[tuple[str, int]]:
        """What is happening, as (status, people ahead), each time it changes; ends when answered.

        Leaving early takes a question that is still waiting out of the line.
        """
        said: tuple[str, int] | None = None
        looks = 0
        waiting = asyncio.wrap_future(ticket.answer)
        try:
            while not ticket.answer.done():
                now = self._step(ticket, looks)
                if now != said:
                    said = now
                    yield now
                looks += now[0] in {"working", "weighing"}
                await asyncio.wait({waiting}, timeout=_LOOK_AGAIN)
        finally:
            ticket.answer.cancel()
            if waiting.done() and not waiting.cancelled():
                waiting.exception()  # read, so that the loop does not report it a second time

    def _step(self, ticket: Ticket, looks: int) -> tuple[str, int]:
        if state_of(self._assistant) == "opening":
            return "opening", 0
        if ahead := self.ahead(ticket):
            return "queued", ahead
        return ("weighing" if looks > _WEIGHING_AFTER else "working"), 0


def failure_of(ticket: Ticket) -> BaseException | None:
    """Why there is no answer, written to the log once; None where there is one."""
    if ticket.answer.cancelled():
        return asyncio.CancelledError()
    reason = ticket.answer.exception()
    if reason is not None:
        logging.getLogger(__name__).error("a question was not answered", exc_info=reason)
    return reason
