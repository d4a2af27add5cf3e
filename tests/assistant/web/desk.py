"""A trainer's desk on a real index: the small municipality of the training tests, served as a person meets it."""

from __future__ import annotations

import os
from pathlib import Path

from playwright.sync_api import Page

from assistant.settings import Settings
from assistant.training import Item, State, Trainer, Wish, bank_file, open_trainer
from assistant.web.app import create_app
from assistant.web.training_door import TrainingDoor
from assistant.wire import Assistant
from ingest.embed import Encoder
from tests.assistant.training.conftest import bring
from tests.assistant.web.conftest import Served
from tests.assistant.web.scripted import ScriptedAssistant

ROLE = "innkjøpsrådgiver"
CHANGED = ("300 000", "400 000"), ("150 000", "170 000"), ("minst 5 år", "minst 6 år"), ("30 %", "35 %")
"""Figures of the plans and what a new version of them says."""


class Desk:
    """`folder` holds the plans and their index; both may be changed."""

    def __init__(self, folder: Path, encoder: Encoder) -> None:
        self.folder = folder
        self._encoder = encoder
        index = folder / "index"
        self.assistant = Assistant(index, Settings.from_env(os.environ))
        self.trainer: Trainer = open_trainer(index, assistant=self.assistant)
        door = TrainingDoor(bank_file(index), lambda: self.trainer)
        app = create_app(self.assistant, title="Hjemmel", training=door, desk=True)
        self.served = Served(ScriptedAssistant(), app)
        self.address = self.served.address

    def start(self) -> None:
        self.served.start()

    def stop(self) -> None:
        self.served.stop()
        self.trainer.bank.close()
        self.assistant.close()

    def replace_plans(self) -> None:
        """New versions of the plans come into force with other figures."""
        for path in (self.folder / "plans").glob("*.md"):
            text = path.read_text(encoding="utf-8")
            for before, after in CHANGED:
                text = text.replace(before, after)
            path.write_text(text, encoding="utf-8")
        bring(self.folder / "plans", self.folder / "index", self._encoder)

    def changed(self, items: list[Item]) -> set[str]:
        """The items whose key stands on one of the changed figures."""
        return {
            item.item_id
            for item in items
            if any(before in bound.text for bound in item.key_statements for before, _ in CHANGED)
        }

    def hand_out(self, count: int = 40, name: str = "Innkjøp for kjøkken") -> str:
        """A set that is approved and handed out without the pages; returns its address."""
        self.trainer.generate(Wish(count=count, language="nb"))
        ids = [item.item_id for item in self.trainer.items(State.DRAFT)]
        self.trainer.approve(ids, role=ROLE)
        made = self.trainer.bank.hand_out(
            self.trainer.items(State.APPROVED),
            municipality=self.trainer.municipality,
            how="link",
            place=self.address,
            name=name,
        )
        return f"{self.address}/practice/{made.handout_id}"


def answer_card(page: Page) -> None:
    """Chooses the first answer, or the first level of every text, and checks it."""
    card = page.locator(".card:not([hidden])")
    if card.locator("select").count():
        for select in card.locator("select").all():
            select.select_option(index=1)
    else:
        card.locator("input").first.check()
    card.locator("[type=submit]").click()
