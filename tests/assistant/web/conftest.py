from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from assistant.web.app import create_app
from tests.assistant.web.scripted import ScriptedAssistant

CHROMIUM = Path(os.environ.get("HJEMMEL_CHROMIUM", "/usr/bin/chromium"))
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
)


@pytest.fixture
def scripted() -> ScriptedAssistant:
    return ScriptedAssistant()


@pytest.fixture
def thumbs_file(tmp_path: Path) -> Path:
    return tmp_path / "kept" / "feedback.jsonl"


@pytest.fixture
def client(scripted: ScriptedAssistant, thumbs_file: Path) -> Iterator[TestClient]:
    app = create_app(scripted, title="Hjemmel", feedback=thumbs_file)
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


class Served:
    """The window on a loopback port of its own."""

    def __init__(self, assistant: ScriptedAssistant, app: FastAPI | None = None) -> None:
        """`app`: another window than the plain one on the assistant."""
        self.assistant = assistant
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        config = uvicorn.Config(app or create_app(assistant, title="Hjemmel"), port=port, log_level="error")
        self.server = uvicorn.Server(config)
        self.address = f"http://127.0.0.1:{port}"
        self.thread = threading.Thread(target=self.server.run, daemon=True)

    def start(self) -> None:
        self.thread.start()
        while not self.server.started:
            time.sleep(0.02)

    def stop(self) -> None:
        self.server.should_exit = True
        self.thread.join(timeout=10)


@pytest.fixture(scope="session")
def served() -> Iterator[Served]:
    served = Served(ScriptedAssistant(delay=0.05))
    served.start()
    yield served
    served.stop()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip(f"no Chromium at {CHROMIUM}: apt-get install chromium, or set HJEMMEL_CHROMIUM")
    browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(QUIET))
    yield browser
    browser.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(locale="nb-NO", viewport={"width": 1280, "height": 900})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    yield context
    context.close()


class Watch:
    """What a page did beside what was asked of it."""

    def __init__(self, page: Page, address: str) -> None:
        self.foreign: list[str] = []
        self.errors: list[str] = []
        page.on(
            "request",
            lambda r: None if r.url.startswith((address, "data:", "blob:")) else self.foreign.append(r.url),
        )
        page.on("console", lambda m: self.errors.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda e: self.errors.append(str(e)))


@pytest.fixture
def page(context: BrowserContext, served: Served) -> Iterator[Page]:
    """The front page, opened; at the end nothing foreign was asked for and nothing went wrong in it."""
    page = context.new_page()
    watch = Watch(page, served.address)
    page.goto(served.address + "/")
    yield page
    assert watch.foreign == []
    assert watch.errors == []
