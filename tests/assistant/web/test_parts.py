"""An answer sentence by sentence, and a whole purchase as a list."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from fastapi.testclient import TestClient

from assistant.web.app import create_app
from assistant.web.asking import Line
from tests.assistant.web.scripted import ScriptedAssistant, citation, contract

STEPS = [
    {
        "step": "reuse",
        "name": "Ombruk og reparasjon først",
        "text": "(må, nivå 4): «Ombrukslageret er kommunens felles lager for brukte møbler.» [1]",
        "markers": [1],
        "force": "obligation",
        "level": 4,
        "plan_id": "P1",
        "why": "",
        "depends_on": None,
    },
    {
        "step": "sign",
        "name": "Hvem som godkjenner",
        "text": "(kan, nivå 4): <b>Kommer an</b> på beløpet: «Enhetsleder» [2]",
        "markers": [2],
        "force": "permission",
        "level": 4,
        "plan_id": "P2",
        "why": "",
        "depends_on": "amount",
    },
]


class SpokenAssistant(ScriptedAssistant):
    """Tells a purchase step by step, each after a pause."""

    def __init__(self, pause: float = 0.0, sentences: int = 2) -> None:
        super().__init__()
        self.pause = pause
        self.told = 0
        self.sentences = sentences

    def answer_in_parts(self, question: dict[str, Any], told: Callable[[str], None]) -> dict[str, Any]:
        for number in range(self.sentences):
            time.sleep(self.pause)
            told(f"Steg {number + 1}.")
            self.told += 1
        time.sleep(self.pause)
        text = "Dette sier planene.\n\n- **Ombruk** …\n\nBeløpet er regnet uten mva."
        cited = [citation(1, "governing", 4), citation(2, "governing", 4)]
        return contract(question, answer=text, force="obligation", steps=STEPS, citations=cited)


def _steps(client: TestClient, question: str) -> list[dict[str, Any]]:
    reply = client.post("/ask", json={"question": question})
    return [json.loads(line) for line in reply.text.splitlines()]


def test_sentences_come_before_the_answer_is_whole() -> None:
    with TestClient(create_app(SpokenAssistant(pause=0.4), title="Hjemmel")) as client:
        told = _steps(client, "Skal kjøpe stoler til 80 000")

    assert [t["words"] for t in told if t["status"] == "said"] == ["Steg 1.", "Steg 2."]
    assert told[-1]["status"] == "done"


def test_who_leaves_stops_the_work() -> None:
    async def leave(line: Line, assistant: SpokenAssistant) -> None:
        steps = line.steps(line.join({"question": "Skal kjøpe stoler til 80 000"}))
        async for status, _ in steps:
            if status == "said":
                break
        await steps.aclose()  # type: ignore[attr-defined]

    assistant = SpokenAssistant(pause=0.2, sentences=20)
    line = Line(assistant, workers=1)
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, leave(line, assistant)).result()
    time.sleep(0.8)

    assert assistant.told < 5
    line.close()


def test_a_purchase_is_drawn_as_a_list_of_steps() -> None:
    with TestClient(create_app(SpokenAssistant(), title="Hjemmel")) as client:
        html = str(_steps(client, "Skal kjøpe stoler til 80 000")[-1]["html"])

    assert html.count('class="purchase-step"') == 2
    assert "<h3>Ombruk og reparasjon først</h3>" in html
    assert 'href="#kilde-1"' in html
    assert "(må, nivå 4)" not in html
    assert "Beløpet er regnet uten mva." in html
    assert "<b>Kommer" not in html


def test_any_other_answer_is_drawn_as_before() -> None:
    with TestClient(create_app(ScriptedAssistant(), title="Hjemmel")) as client:
        html = str(_steps(client, "Må vi?")[-1]["html"])

    assert "purchase" not in html
