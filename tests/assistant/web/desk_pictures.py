"""Pictures of practice and the trainer's desk: `python -m tests.assistant.web.desk_pictures FOLDER`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from ingest.embed import open_encoder
from ingest.places import cache_folder
from tests.assistant.training.conftest import bring, write_folder
from tests.assistant.web.conftest import CHROMIUM, QUIET
from tests.assistant.web.desk import Desk, answer_card

SIZES = ((1280, "light"), (1280, "dark"), (320, "light"), (320, "dark"))


def pictures(page: Page, desk: Desk, link: str, folder: Path, ending: str) -> None:
    stale = desk.trainer.stale()[0].item.item_id
    views = {
        "list": "?state=all",
        "item": f"/item/{stale}",
        "make": "/make",
        "sets": "/sets",
        "stale": "/stale",
    }
    for name, address in views.items():
        page.goto(f"{desk.address}/trainer{address}")
        page.screenshot(path=folder / f"{name}-{ending}.png", full_page=name != "list")
    page.goto(link)
    page.screenshot(path=folder / f"practice-{ending}.png", full_page=True)
    answer_card(page)
    page.screenshot(path=folder / f"answered-{ending}.png", full_page=True)
    while page.locator(".card:not([hidden])").count():
        if page.locator(".card:not([hidden]) [type=submit]").is_visible():
            answer_card(page)
        page.locator(".card:not([hidden]) [data-next]").click()
    page.screenshot(path=folder / f"result-{ending}.png", full_page=True)


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    encoder = open_encoder("default", cache_folder(os.environ))
    plans = write_folder(folder / "own" / "plans")
    bring(plans, folder / "own" / "index", encoder)
    desk = Desk(folder / "own", encoder)
    desk.start()
    link = desk.hand_out(count=12)
    desk.replace_plans()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(QUIET))
        for width, scheme in SIZES:
            page = browser.new_page(
                viewport={"width": width, "height": 860}, color_scheme="dark" if scheme == "dark" else "light"
            )
            pictures(page, desk, link, folder, f"{width}-{scheme}")
            page.close()
        browser.close()
    desk.stop()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
