"""Many people at once, over loopback, with an assistant that takes as long as the real one does warm."""

from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from tests.assistant.web.conftest import Served

ANSWERING = 0.05
"""Seconds of one warm extractive answer."""


def wait_of_one(address: str) -> tuple[float, float, str]:
    """Seconds to the first words, seconds to the answer, and how it ended."""
    began = time.perf_counter()
    first, status = 0.0, ""
    with httpx.stream("POST", f"{address}/ask?lang=nn", json={"question": "Må vi?"}, timeout=30) as reply:
        for line in reply.iter_lines():
            first = first or time.perf_counter() - began
            status = json.loads(line)["status"]
    return first, time.perf_counter() - began, status


@pytest.mark.parametrize(("people", "seconds"), [(1, 1.0), (10, 2.0), (20, 4.0), (40, 10.0)])
def test_everyone_who_asks_at_once_is_answered_in_time(served: Served, people: int, seconds: float) -> None:
    served.assistant.delay = ANSWERING

    with ThreadPoolExecutor(people) as crowd:
        waits = list(crowd.map(wait_of_one, [served.address] * people))

    assert {status for _, _, status in waits} == {"done"}
    assert sorted(wait for _, wait, _ in waits)[int(0.95 * (people - 1))] <= seconds
    assert max(first for first, _, _ in waits) <= seconds
