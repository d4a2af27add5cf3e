"""The trainer's questions behind the window: what of them may be shown, and which answer was checked."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.errors import AssistantError

if TYPE_CHECKING:
    from assistant.answers import Answer
    from assistant.training.items import Item
    from assistant.training.records import Handout
    from assistant.training.trainer import Trainer

JsonObject = Mapping[str, Any]


class TrainingDoor:
    """Opens the trainer at the first need of it; a municipality that has no bank never opens one by asking."""

    def __init__(self, bank: Path, opened: Callable[[], Trainer]) -> None:
        self._bank = bank
        self._open = opened
        self._lock = threading.Lock()
        self._trainer: Trainer | None = None

    def trainer(self) -> Trainer:
        with self._lock:
            if self._trainer is None:
                self._trainer = self._open()
            return self._trainer

    def item(self, item_id: str) -> Item | None:
        """The municipality's own or a shared item."""
        from assistant.training.errors import UnknownItem

        trainer = self.trainer()
        try:
            item = trainer.bank.item(item_id)
        except UnknownItem:
            return None
        return item if item.shared or item.municipality == trainer.municipality else None

    def holds(self, item: Item) -> bool:
        """Whether an item may be shown to others than the trainer: approved, and not stale."""
        from assistant.training.items import State

        return item.state is State.APPROVED and not self.trainer().standing(item).is_stale

    def handout(self, handout_id: str) -> Handout | None:
        """A set of this municipality."""
        if not self._bank.exists():
            return None
        trainer = self.trainer()
        return next(
            (h for h in trainer.bank.handouts(trainer.municipality) if h.handout_id == handout_id), None
        )

    # --- checked answers --------------------------------------------------------------------

    def with_checked(self, question: JsonObject, answer: dict[str, Any]) -> dict[str, Any]:
        """The answer, and under `verified` the approved one to a question that means the same."""
        if not self._bank.exists() or answer.get("as_of") != date.today().isoformat():
            return answer
        try:
            found = self.trainer().verified_answer(
                str(question.get("question", "")), str(answer["language"]), own=_own(answer)
            )
        except AssistantError:
            logging.getLogger(__name__).exception("checked answers were not looked up")
            return answer
        return answer if found is None else answer | {"verified": found.to_json()}

    def checked(self, answer: JsonObject) -> Item | None:
        """The item an answer names, as the bank has it now: an answer may have lain in a browser for long."""
        named = answer.get("verified")
        if not isinstance(named, Mapping) or not self._bank.exists():
            return None
        try:
            item = self.item(str(named.get("item_id", "")))
            return item if item is not None and self.holds(item) else None
        except AssistantError:
            logging.getLogger(__name__).exception("a checked answer was not looked up")
            return None


def _own(answer: JsonObject) -> Answer:
    """As much of the assistant's answer as tells where it was led to."""
    from assistant.answers import Answer, Citation, Outcome, Question, Role, Source
    from ingest.plans import Force

    cited = next((c for c in answer.get("citations", ()) if c.get("role") == Role.GOVERNING.value), None)
    source = cited and Source(
        statement_id=0,
        document_id=0,
        version_id=cited["version"],
        force=Force(cited["force"]),
        **{name: cited[name] for name in _SOURCE},
    )
    return Answer(
        question=Question(text=str(answer["question"])),
        language=str(answer["language"]),
        as_of=date.fromisoformat(answer["as_of"]),
        outcome=Outcome(answer["outcome"]),
        text="",
        citations=(Citation(marker=1, source=source, role=Role.GOVERNING),) if source else (),
    )


_SOURCE = ("plan_id", "file", "title", "level", "level_name", "section", "page", "quote", "language")
