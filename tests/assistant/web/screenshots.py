"""Pictures of every view: `python -m tests.assistant.web.screenshots FOLDER`, with Chromium installed."""

from __future__ import annotations

import sys
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Page, sync_playwright

from tests.assistant.web.conftest import CHROMIUM, QUIET, Served
from tests.assistant.web.scripted import PLAY, PLAY_QUOTE, ScriptedAssistant

VIEWS = {
    "answer": "Må vi sjekke ombrukslageret før vi kjøper stoler?",
    "section": "Må vi sjekke om vi har pulter?",
    "purchase": "10 stoler for 80 000",
    "abstained": "Hva med båthus?",
    "unresolved": "Er planene uenige?",
    "choices": "Trenger vi utstyr?",
}
SIZES = ((1280, "light"), (1280, "dark"), (390, "light"), (390, "dark"))


def pictures(page: Page, address: str, folder: Path, ending: str) -> None:
    page.goto(f"{address}/?lang=nb")
    page.screenshot(path=folder / f"front-{ending}.png", full_page=True)
    for name, question in VIEWS.items():
        page.goto(f"{address}/?lang=nb")
        page.evaluate("localStorage.clear()")
        page.reload()
        page.fill("#question", question)
        page.click("#send")
        page.locator(".answer").wait_for()
        page.screenshot(path=folder / f"{name}-{ending}.png", full_page=True)
    page.goto(f"{address}/source?{urlencode({'file': PLAY, 'page': 4, 'quote': PLAY_QUOTE})}")
    page.locator(".sheet img").evaluate("image => image.decode()")
    page.screenshot(path=folder / f"source-{ending}.png", full_page=True)


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    served = Served(ScriptedAssistant())
    served.start()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(QUIET))
        for width, scheme in SIZES:
            page = browser.new_page(
                viewport={"width": width, "height": 860}, color_scheme="dark" if scheme == "dark" else "light"
            )
            pictures(page, served.address, folder, f"{width}-{scheme}")
            page.close()
        browser.close()
    served.stop()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
