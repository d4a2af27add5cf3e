"""The line of people asking: a few answered at a time, a bounded number waiting, each told its place."""

from __future__ import annotations

import asyncio
import itertools
import logging
import threading
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from assistant.web.answering import Answering, answered, state_of

_WORKERS = 2
_WAITING = 64
"""Beyond this an asker would wait longer than anyone does; refusing with words is kinder."""
_LOOK_AGAIN = 0.15
"""Seconds between two looks at a waiting question."""
_WEIGHING_AFTER = 6
"""Looks after which the words change; by then passages are found and plans are compared."""

Answer = dict[str, Any]
Then = Callable[[dict[str, Any], Answer], Answer]
"""What is done with the question and its answer before anybody reads it."""


class LineFullError(Exception):
    """More people are waiting than the line holds."""


class NobodyReadsError(Exception):
    """Whoever asked has left; work on the answer ends here."""


class Ticket:
    """One question in the line, and the sentences of its answer that are ready."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.answer: Future[Answer] = Future()
        self.said: list[str] = []
        self._left = threading.Event()

    def tell(self, sentence: str) -> None:
        """Raises NobodyReadsError after `leave`."""
        if self._left.is_set():
            raise NobodyReadsError
        self.said.append(sentence)

    def leave(self) -> None:
        self._left.set()
        self.answer.cancel()


class Line:
    """Answers questions in the order they came."""

    def __init__(
        self,
        assistant: Answering,
        workers: int = _WORKERS,
        waiting: int = _WAITING,
        *,
        then: Then | None = None,
    ) -> None:
        self._assistant = assistant
        self._then = then
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
            ticket = Ticket(number)
            self._open[number] = ticket
            ticket.answer = self._pool.submit(self._answered, question, ticket.tell)
        ticket.answer.add_done_callback(lambda _: self._leave(number))
        return ticket

    def _answered(self, question: dict[str, Any], told: Callable[[str], None]) -> Answer:
        answer = answered(self._assistant, question, told)
        return answer if self._then is None else self._then(question, answer)

    def _leave(self, number: int) -> None:
        with self._lock:
            self._open.pop(number, None)

    def busy(self) -> bool:
        """Whether anybody's question is being answered or waits."""
        with self._lock:
            return bool(self._open)

    def ahead(self, ticket: Ticket) -> int:
        """People whose answer must be ready before work on this one begins."""
        with self._lock:
            earlier = sum(number < ticket.number for number in self._open)
        return max(0, earlier - self._workers + 1)

    def close(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)

    async def steps(self, ticket: Ticket) -> AsyncIterator[tuple[str, int]]:
        """What is happening, as (status, people ahead), each time it changes; ends when answered.

        ("said", n): the n-th sentence of the answer is ready. Leaving early takes a question that is still
        waiting out of the line, and stops the work on one that is not.
        """
        said: tuple[str, int] | None = None
        looks = told = 0
        waiting = asyncio.wrap_future(ticket.answer)
        waiting.add_done_callback(_read)
        try:
            while not ticket.answer.done():
                now = self._step(ticket, looks)
                if now != said:
                    said = now
                    yield now
                looks += now[0] in {"working", "weighing"}
                await asyncio.wait({waiting}, timeout=_LOOK_AGAIN)
                while told < len(ticket.said):
                    yield "said", told
                    told += 1
        finally:
            ticket.leave()

    def _step(self, ticket: Ticket, looks: int) -> tuple[str, int]:
        if state_of(self._assistant) == "opening":
            return "opening", 0
        if ahead := self.ahead(ticket):
            return "queued", ahead
        return ("weighing" if looks > _WEIGHING_AFTER else "working"), 0


def _read(answer: asyncio.Future[Answer]) -> None:
    """Reads what went wrong, so that the loop does not report it a second time."""
    if not answer.cancelled():
        answer.exception()


def failure_of(ticket: Ticket) -> BaseException | None:
    """Why there is no answer, written to the log once; None where there is one."""
    if ticket.answer.cancelled():
        return asyncio.CancelledError()
    reason = ticket.answer.exception()
    if reason is not None and not isinstance(reason, NobodyReadsError):
        logging.getLogger(__name__).error("a question was not answered", exc_info=reason)
    return reason
