"""The questions the front page offers."""

from __future__ import annotations

import threading
import time
from typing import Any

from fastapi.testclient import TestClient

from assistant.web.app import create_app
from assistant.web.starters import Starters
from assistant.web.texts import texts_in
from tests.assistant.web.scripted import EXAMPLES, ScriptedAssistant, abstained, citation, contract

OFFERED = [str(question) for question in texts_in("nb").words["starters"]]


class Versed(ScriptedAssistant):
    """Has a rule of its own for every question but `unknown`, of which its plans are silent."""

    def __init__(self, *unknown: str) -> None:
        super().__init__()
        self.unknown = unknown

    def answer(self, question: dict[str, Any]) -> dict[str, Any]:
        self.asked.append(question)
        if question["question"] in self.unknown:
            return abstained(question)
        ruled = citation(1, "governing", 4, quote=f"Regel: {question['question']}")
        return contract(question, force="obligation", citations=[ruled])


def test_only_questions_that_the_plans_answer_are_offered() -> None:
    offered = Starters(Versed(OFFERED[1]), lambda: False, tried=True).waited_for("nb")

    assert offered == (OFFERED[0], *OFFERED[2:6])


def test_where_few_are_answered_the_assistants_own_examples_fill_up() -> None:
    offered = Starters(Versed(*OFFERED[1:]), lambda: False, tried=True).waited_for("nb")

    assert offered == (OFFERED[0], *EXAMPLES["nb"])


def test_questions_are_tried_once_a_language() -> None:
    assistant = Versed()
    starters = Starters(assistant, lambda: False, tried=True)

    assert starters.waited_for("nn") == starters.waited_for("nn") == starters.known("nn")
    assert len(assistant.asked) == 5


def test_peoples_own_questions_go_first() -> None:
    assistant, busy = Versed(), threading.Event()
    busy.set()
    starters = Starters(assistant, busy.is_set, tried=True)
    trying = threading.Thread(target=starters.waited_for, args=("nb",))

    trying.start()
    time.sleep(0.2)
    assert assistant.asked == []
    busy.clear()
    trying.join()
    assert len(assistant.asked) == 5


def test_the_page_does_not_wait_for_them_and_fetches_them_after() -> None:
    with TestClient(create_app(Versed(), title="Hjemmel", starters=True)) as client:
        page = client.get("/?lang=nb").text
        assert "examples-wait" in page
        assert client.get("/examples?lang=nb").json()["examples"] == OFFERED[:5]
        assert OFFERED[0] in client.get("/?lang=nb").text
