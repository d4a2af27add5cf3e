"""The questions the front page offers: as people ask them, and only those that the plans answer."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from assistant.errors import AssistantError
from assistant.web.answering import Answering, Opening, state_of
from assistant.web.texts import LANGUAGES, texts_in
from ingest.errors import IngestError

_MOST = 5
_FEWEST = 3
"""Below this the assistant's own examples fill up."""
_PATIENCE = 10.0
"""Seconds one question waits for people's own."""


class Starters:
    """Tries the questions once a language, when somebody first opens the page; warms the assistant too."""

    def __init__(self, assistant: Answering, busy: Callable[[], bool], *, tried: bool) -> None:
        """`tried` questions are asked beforehand; without that the assistant's own examples are shown.

        While it is `busy` with people's questions, these wait.
        """
        self._assistant = assistant
        self._busy = busy
        self._tried = tried
        self._found: dict[str, tuple[str, ...]] = {}
        self._locks: dict[str, threading.Lock] = {}

    def known(self, language: str) -> tuple[str, ...]:
        """Those that are ready, without waiting."""
        if self._tried:
            return self._found.get(language, ())
        return tuple(self._assistant.examples(language))[:_MOST]

    def ready(self, language: str) -> bool:
        """Whether waiting would bring no more."""
        return language in self._found if self._tried else state_of(self._assistant) != "opening"

    def waited_for(self, language: str) -> tuple[str, ...]:
        if not self._tried or state_of(self._assistant) != "ready":
            return self.known(language)
        with self._locks.setdefault(language, threading.Lock()):
            if language not in self._found:
                self._found[language] = self._choose(language)
        return self._found[language]

    def prepare(self) -> None:
        """Waits until the plans are open, then tries those of the municipality's first language that we have."""
        if not self._tried or not isinstance(self._assistant, Opening):
            return
        try:
            own = self._assistant.opened().municipality.get("languages", ())
        except (AssistantError, IngestError):
            return  # whoever asks is told what is wrong
        self.waited_for(next((language for language in own if language in LANGUAGES), LANGUAGES[0]))

    def _choose(self, language: str) -> tuple[str, ...]:
        found: list[str] = []
        governing: set[str] = set()
        for question, answer in self._answers(language):
            text = _governing(answer)
            if text and text not in governing:
                governing.add(text)
                found.append(question)
            if len(found) == _MOST:
                break
        if len(found) < _FEWEST:
            found += self._assistant.examples(language)
        return tuple(dict.fromkeys(found))[:_MOST]

    def _answers(self, language: str) -> Iterator[tuple[str, dict[str, Any]]]:
        for question in _questions(language):
            self._let_people_go_first()
            try:
                yield question, self._assistant.answer({"id": "starter", "question": question})
            except (AssistantError, IngestError):
                logging.getLogger(__name__).warning("a question for the front page was not answered")

    def _let_people_go_first(self) -> None:
        until = time.monotonic() + _PATIENCE
        while self._busy() and time.monotonic() < until:
            time.sleep(0.05)


def _questions(language: str) -> Sequence[str]:
    return [str(question) for question in texts_in(language).words["starters"]]


def _governing(answer: dict[str, Any]) -> str:
    """The text that answers with a rule; nothing where the plans are silent or only inform."""
    if answer.get("outcome") != "answered" or answer.get("force") in ("information", "none", "target"):
        return ""
    return str((answer.get("governing") or {}).get("quote", ""))
