"""Starts the window on an index. The encoder and Gradio load after the first page is out."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.web.answering import Answering, Opening
from assistant.web.app import create_app
from assistant.web.training_door import TrainingDoor

if TYPE_CHECKING:
    from assistant.training.trainer import Trainer

_LOOPBACK = ("127.0.0.1", "localhost", "::1")


def run(index: Path, host: str, port: int) -> None:
    """Blocks until stopped. Requests are not logged: a shared link may carry a question."""
    import uvicorn

    keep_quiet_outwards()
    assistant, here = Opening(_opener(index)), host in _LOOPBACK
    app = create_app(
        assistant,
        title="Hjemmel",
        feedback=index / "feedback.jsonl",
        hosts=[*_LOOPBACK, "[::1]"] if here else ["*"],
        training=_training(index, assistant),
        desk=here,
        starters=True,
    )
    logging.getLogger(__name__).info("http://%s:%d/", host, port)
    uvicorn.run(app, host=host, port=port, access_log=False, server_header=False, log_level="warning")


def keep_quiet_outwards() -> None:
    """Neither Gradio nor a model library may call home from this process."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ.setdefault("HF_HUB_OFFLINE", "1")


def _training(index: Path, assistant: Opening) -> TrainingDoor:
    """The bank beside the index, on the assistant that the window answers with."""
    from assistant.training.records import bank_file

    def opened() -> Trainer:
        from assistant.training.trainer import open_trainer
        from assistant.wire import Assistant

        answering = assistant.opened()
        return open_trainer(index, assistant=answering if isinstance(answering, Assistant) else None)

    return TrainingDoor(bank_file(index), opened)


def _opener(index: Path) -> Callable[[], Answering]:
    def opened() -> Answering:
        from assistant.wire import open_assistant

        return open_assistant(index)

    return opened
