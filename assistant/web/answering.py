"""What the window needs of an assistant, and the assistant that is still being opened."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, Literal, Protocol, runtime_checkable

from ingest.plans import WordBox

State = Literal["opening", "ready", "failed"]


class Answering(Protocol):
    """Answers questions and knows the plans it answers from."""

    @property
    def municipality(self) -> Mapping[str, Any]:
        """`id`, `name` and `languages`."""

    def answer(self, question: dict[str, Any]) -> dict[str, Any]:
        """The contract's answer to `question`, `id`, and where given `lang`, `as_of`, `history`."""

    def levels(self, language: str) -> Sequence[Mapping[str, Any]]:
        """`rank` and `name` of every plan level, highest first."""

    def examples(self, language: str) -> Sequence[str]:
        """Questions that the plans answer."""

    def original(self, file: str) -> Path | None:
        """The stored document of a cited `file`; None for anything that was never read."""

    def page_text(self, file: str, page: int | None) -> str:
        """The text as read; the whole document where the format has no pages."""

    def recognised_words(self, file: str, page: int) -> Sequence[WordBox]:
        """Where the words of a scanned page stand; none for a page that was text."""


@runtime_checkable
class AnsweringInParts(Protocol):
    """An assistant whose answer is ready sentence by sentence."""

    def answer_in_parts(self, question: dict[str, Any], told: Callable[[str], None]) -> dict[str, Any]:
        """As `answer`; `told` gets each sentence as it is ready, and raises where nobody reads any more."""


class Opening:
    """An assistant that opens in the background: questions wait for it, the page does not."""

    def __init__(self, opened: Callable[[], Answering]) -> None:
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="opening")
        self._assistant: Future[Answering] = self._pool.submit(opened)
        self._pool.shutdown(wait=False)

    def opened(self) -> Answering:
        """Waits for it; raises what kept it from opening."""
        return self._assistant.result()

    @property
    def state(self) -> State:
        if not self._assistant.done():
            return "opening"
        return "failed" if self._assistant.exception() else "ready"

    @property
    def failure(self) -> BaseException | None:
        return self._assistant.exception() if self._assistant.done() else None

    @property
    def municipality(self) -> Mapping[str, Any]:
        return self._assistant.result().municipality if self.state == "ready" else {}

    def answer(self, question: dict[str, Any]) -> dict[str, Any]:
        return self._assistant.result().answer(question)

    def answer_in_parts(self, question: dict[str, Any], told: Callable[[str], None]) -> dict[str, Any]:
        return answered(self._assistant.result(), question, told)

    def levels(self, language: str) -> Sequence[Mapping[str, Any]]:
        return self._assistant.result().levels(language) if self.state == "ready" else ()

    def examples(self, language: str) -> Sequence[str]:
        return self._assistant.result().examples(language) if self.state == "ready" else ()

    def original(self, file: str) -> Path | None:
        return self._assistant.result().original(file) if self.state == "ready" else None

    def page_text(self, file: str, page: int | None) -> str:
        return self._assistant.result().page_text(file, page) if self.state == "ready" else ""

    def recognised_words(self, file: str, page: int) -> Sequence[WordBox]:
        return self._assistant.result().recognised_words(file, page) if self.state == "ready" else ()


def answered(assistant: Answering, question: dict[str, Any], told: Callable[[str], None]) -> dict[str, Any]:
    """The answer, its sentences told as they are ready where the assistant has them one by one."""
    if isinstance(assistant, AnsweringInParts):
        return assistant.answer_in_parts(question, told)
    return assistant.answer(question)


def state_of(assistant: Answering) -> State:
    return assistant.state if isinstance(assistant, Opening) else "ready"
