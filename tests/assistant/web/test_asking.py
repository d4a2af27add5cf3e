from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import pytest
from fastapi.testclient import TestClient

from assistant.web.answering import Opening
from assistant.web.app import create_app
from assistant.web.asking import Line, LineFullError, Ticket
from tests.assistant.web.scripted import EXAMPLES, ScriptedAssistant

T = TypeVar("T")


def steps(client: TestClient, **asked: object) -> list[dict[str, object]]:
    reply = client.post("/ask", json=asked)
    return [json.loads(line) for line in reply.text.splitlines()]


def in_its_own_loop(work: Coroutine[Any, Any, T]) -> T:
    """In a thread: the browser's driver keeps a loop in the main one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def test_the_contract_answer_passes_unchanged(client: TestClient, scripted: ScriptedAssistant) -> None:
    answer = client.post("/api/ask", json={"question": "Må vi?", "as_of": "2025-01-01"}).json()

    assert answer["as_of"] == "2025-01-01"
    assert answer["governing"]["level"] == 4


def test_history_reaches_the_assistant(client: TestClient, scripted: ScriptedAssistant) -> None:
    history = [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}]

    client.post("/api/ask", json={"question": "c", "history": history})

    assert scripted.asked[-1]["history"] == history


def test_a_question_is_told_its_steps_and_ends_with_a_drawn_answer(client: TestClient) -> None:
    told = steps(client, question="Må vi?")

    assert told[-1]["status"] == "done"
    assert 'class="ladder"' in str(told[-1]["html"])


@pytest.mark.parametrize(
    ("language", "word"), [("nb", "Kort det ned til 2000"), ("nn", "teikn"), ("en", "Shorten it to 2000")]
)
def test_a_question_over_the_limit_is_refused_in_words(client: TestClient, language: str, word: str) -> None:
    reply = client.post(f"/ask?lang={language}", json={"question": "x" * 2_001})

    assert reply.status_code == 422
    assert word in reply.json()["error"]


def test_a_question_at_the_limit_is_answered(client: TestClient) -> None:
    assert client.post("/api/ask", json={"question": "x" * 2_000}).status_code == 200


@pytest.mark.parametrize(
    "asked", [{"question": "  "}, {"question": "x", "as_of": "i går"}, {}, {"question": 3}]
)
def test_what_cannot_be_asked_is_refused_in_words(client: TestClient, asked: dict[str, object]) -> None:
    reply = client.post("/ask", json=asked)

    assert reply.status_code == 422
    assert reply.json()["error"]


def test_the_form_answers_without_scripts(client: TestClient) -> None:
    page = client.post("/?lang=nb", data={"question": "Må vi?", "as_of": ""}).text

    assert "step-governing" in page
    assert "Ombrukslageret er kommunens felles lager" in page


def test_a_full_line_refuses_rather_than_waits() -> None:
    line = Line(ScriptedAssistant(delay=0.3), workers=1, waiting=1)
    line.join({"question": "1"})
    line.join({"question": "2"})

    with pytest.raises(LineFullError):
        line.join({"question": "3"})

    line.close()


def test_each_asker_is_told_how_many_are_ahead() -> None:
    async def told(line: Line, ticket: Ticket) -> list[tuple[str, int]]:
        return [step async for step in line.steps(ticket)]

    line = Line(ScriptedAssistant(delay=0.2), workers=1)
    tickets = [line.join({"question": str(n)}) for n in range(3)]

    assert [line.ahead(ticket) for ticket in tickets] == [0, 1, 2]
    assert in_its_own_loop(told(line, tickets[2]))[0] == ("queued", 2)
    line.close()


def test_leaving_takes_a_waiting_question_out_of_the_line() -> None:
    async def leave(line: Line, ticket: Ticket) -> None:
        steps = line.steps(ticket)
        await anext(steps)
        await steps.aclose()  # type: ignore[attr-defined]

    assistant = ScriptedAssistant(delay=0.2)
    line = Line(assistant, workers=1)
    line.join({"question": "first"})
    second = line.join({"question": "second"})

    in_its_own_loop(leave(line, second))

    assert second.answer.cancelled()
    line.close()


def test_the_page_shows_while_the_assistant_opens() -> None:
    def slowly() -> ScriptedAssistant:
        time.sleep(0.6)
        return ScriptedAssistant()

    with TestClient(create_app(Opening(slowly), title="Hjemmel")) as client:
        began = time.perf_counter()
        page = client.get("/")

        assert page.status_code == 200
        assert time.perf_counter() - began < 0.5
        assert steps(client, question="Må vi?")[0]["status"] == "opening"
        assert client.get("/examples?lang=nb").json()["examples"] == list(EXAMPLES["nb"])


def test_an_index_that_does_not_open_says_what_to_do() -> None:
    def broken() -> ScriptedAssistant:
        raise FileNotFoundError("no index")

    with TestClient(create_app(Opening(broken), title="Hjemmel")) as client:
        assert "hjemmel ingest" in str(steps(client, question="Må vi?")[-1]["words"])


def test_thumbs_are_kept_without_the_question(client: TestClient, thumbs_file: Path) -> None:
    thumb = {"verdict": "down", "reasons": ["wrong_plan"], "question": "Kan Kari kjøpe?", "plan_id": "S5"}

    assert client.post("/api/feedback", json=thumb).status_code == 204

    kept = json.loads(thumbs_file.read_text())
    assert "question" not in kept
    assert kept["reasons"] == ["wrong_plan"]


def test_thumbs_keep_the_question_of_those_who_opted_in(client: TestClient, thumbs_file: Path) -> None:
    client.post("/api/feedback", json={"verdict": "down", "opted_in": True, "question": "Må vi?"})

    assert json.loads(thumbs_file.read_text())["question"] == "Må vi?"


def test_an_unknown_reason_is_refused(client: TestClient) -> None:
    assert client.post("/api/feedback", json={"verdict": "down", "reasons": ["boring"]}).status_code == 422
