from __future__ import annotations

import subprocess
import sys
import time

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import BrowserContext, expect

from tests.assistant.web.conftest import Served, Watch

FIRST_PAGE = """
import sys
from fastapi.testclient import TestClient
from assistant.web.app import create_app
from tests.assistant.web.scripted import ScriptedAssistant
assert TestClient(create_app(ScriptedAssistant(), title="Hjemmel")).get("/").status_code == 200
print(sorted({"gradio", "torch", "chromadb", "pypdfium2"} & set(sys.modules)))
"""


def test_the_first_page_loads_no_heavy_library() -> None:
    done = subprocess.run([sys.executable, "-c", FIRST_PAGE], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


def test_the_chat_shows_a_waiting_page_while_it_loads(client: TestClient) -> None:
    page = client.get("/chat/", headers={"accept-language": "nn"})

    assert page.headers["refresh"] == "2"
    assert "Samtalen blir gjord klar" in page.text


@pytest.mark.parametrize("door", ["upload", "file=/etc/passwd", "proxy=http://192.0.2.1/", "file/x"])
def test_the_chats_doors_for_files_stay_shut(client: TestClient, door: str) -> None:
    assert client.get(f"/chat/gradio_api/{door}").status_code == 404


@pytest.mark.browser
@pytest.mark.slow
def test_the_chat_answers_and_a_hostile_answer_asks_nobody(context: BrowserContext, served: Served) -> None:
    page = context.new_page()
    watch = Watch(page, served.address)
    page.goto(served.address + "/chat/")
    field = page.locator("textarea")
    field.wait_for(timeout=60_000)

    for question in ("hostile", "Må vi sjekke?"):
        field.fill(question)
        field.press("Enter")
        expect(page.locator(".message.bot").last).to_contain_text("20. november 2026", timeout=20_000)
        time.sleep(0.3)

    assert page.locator(".message img[src^=http]").count() == 0
    assert page.evaluate("window.PWN") is None
    assert watch.foreign == []
    assert watch.errors == []
