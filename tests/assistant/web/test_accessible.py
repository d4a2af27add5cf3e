"""Every view, light and dark, wide and at 320 pixels, against axe-core's A and AA rules."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import axe_playwright_python  # type: ignore[import-untyped]  # only its copy of axe-core is used
import pytest
from playwright.sync_api import Browser, Page

from tests.assistant.web.conftest import Served
from tests.assistant.web.scripted import HANDBOOK, PLAY, PLAY_QUOTE, SCAN

pytestmark = pytest.mark.browser

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ASKED = {
    "answer": ("Må vi?",),
    "nynorsk": ("Kor mange apparat?",),
    "abstained": ("båthus",),
    "unresolved": ("uenige",),
    "choices": ("utstyr",),
    "notices and hostile": ("Utkast?", "hostile"),
    "english": ("Must we look first?",),
    "a rule and more of its section": ("Må vi sjekke om vi har pulter?",),
    "purchase": ("10 stoler for 80 000",),
}
OPENED = {
    "front": "/",
    "source": "/source?" + urlencode({"file": PLAY, "page": 4, "quote": PLAY_QUOTE}),
    "scan": "/source?" + urlencode({"file": SCAN, "page": 1, "quote": "mindre nytt"}),
    "text": "/source?" + urlencode({"file": HANDBOOK, "quote": "etter brukt"}),
    "about": "/about",
    "accessibility": "/accessibility?lang=en",
    "problem": "/nowhere",
}


@pytest.fixture(params=[(1280, "light"), (1280, "dark"), (320, "light"), (320, "dark")], ids=str)
def opened(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    width, scheme = request.param
    # The checker is put into the page by the browser's own tool; the page's policy would refuse it.
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, locale="nb-NO", bypass_csp=True
    )
    yield context.new_page()
    context.close()


def violations(page: Page) -> list[str]:
    page.evaluate(AXE)
    found: dict[str, Any] = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    return [
        f"{v['id']}: {node['target']} {node['failureSummary']}"
        for v in found["violations"]
        for node in v["nodes"]
    ]


def too_wide(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))


@pytest.mark.parametrize("view", OPENED)
def test_a_page_breaks_no_rule_and_fits(opened: Page, served: Served, view: str) -> None:
    opened.goto(served.address + OPENED[view])

    assert violations(opened) == []
    assert not too_wide(opened)


@pytest.mark.parametrize("view", ASKED)
def test_an_answer_breaks_no_rule_and_fits(opened: Page, served: Served, view: str) -> None:
    opened.goto(served.address + "/")
    for at, question in enumerate(ASKED[view]):
        opened.fill("#question", question)
        opened.click("#send")
        opened.locator(".answer").nth(at).wait_for()
    opened.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    opened.locator("[data-thumb=down]").first.click()

    assert violations(opened) == []
    assert not too_wide(opened)


def test_the_warning_breaks_no_rule_and_fits(opened: Page, served: Served) -> None:
    opened.goto(served.address + "/")
    opened.fill("#question", "ola@nordmann.no")
    opened.click("#send")

    assert violations(opened) == []
    assert not too_wide(opened)


def test_text_at_twice_the_size_still_fits(opened: Page, served: Served) -> None:
    opened.set_viewport_size({"width": 1280, "height": 800})
    opened.goto(served.address + "/")
    opened.fill("#question", "Må vi?")
    opened.click("#send")
    opened.locator(".answer").wait_for()

    opened.evaluate("document.documentElement.style.fontSize = '200%'")

    assert not too_wide(opened)
