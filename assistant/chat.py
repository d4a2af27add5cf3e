"""Language models that word an answer: the only file that knows LangChain's.

A model gets text and gives text; it has no tools. `LimitedChat` puts any model within limits: seconds and
characters for a question, a few tries, and a rest after repeated failures.
"""

from __future__ import annotations

import logging
import os
import queue
import re
import threading
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Protocol

from assistant.errors import AssistantError, BadSetting

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

TOKENS = 1_000
"""Asked of a model at most; two or three sentences take a tenth, the rest is for models that think first."""
CHARACTERS = 2_000
"""Read of a model at most, however many it sends."""
SECONDS = 30.0

_LOG = logging.getLogger(__name__)


class ModelUnavailable(AssistantError):
    """A language model did not answer: down, too slow, refusing, or resting after failures."""


@dataclass(frozen=True, slots=True)
class Message:
    role: Literal["system", "user"]
    text: str


class ChatModel(Protocol):
    @property
    def name(self) -> str:
        """What to call it in an answer."""
        ...

    def stream(self, messages: Sequence[Message]) -> Iterator[str]:
        """The reply as it comes.

        Raises:
            ModelUnavailable: it does not come, or breaks off.
        """
        ...


def open_chat(choice: str, *, base_url: str | None = None, seconds: float = SECONDS) -> LimitedChat:
    """The model a setting names: `openai:NAME`, `ollama:NAME` and whatever else LangChain knows.

    Keys come from the environment, by each provider's own variable (OPENAI_API_KEY and so on).

    Raises:
        BadSetting: no such provider, its package is not installed, or it cannot be set up.
    """
    return LimitedChat(LangChainChat(choice, _open(choice, base_url, seconds)), seconds=seconds)


class LangChainChat:
    """A chat model of LangChain's, asked with plain text and read as plain text."""

    def __init__(self, choice: str, model: BaseChatModel) -> None:
        self.name = choice
        self._model = model

    def stream(self, messages: Sequence[Message]) -> Iterator[str]:
        from langchain_core.messages import HumanMessage, SystemMessage

        kinds = {"system": SystemMessage, "user": HumanMessage}
        for chunk in self._model.stream([kinds[m.role](content=m.text) for m in messages]):
            text = str(chunk.text)
            if text:
                yield text


_LIMITED = frozenset(
    {"anthropic", "azure_openai", "deepseek", "fireworks", "groq", "mistralai", "openai", "openrouter", "together",
     "xai"}
)  # fmt: skip
"""Providers whose models all take these three; for the others our own limits must do."""


def _options(provider: str, base_url: str | None, seconds: float) -> dict[str, Any]:
    options: dict[str, Any] = {"base_url": base_url} if base_url else {}
    if base_url and provider == "openai" and not os.environ.get("OPENAI_API_KEY"):
        options["api_key"] = "none"  # a server of one's own mostly asks for no key; the client must send one
    if provider in _LIMITED:
        options |= {"timeout": seconds, "max_tokens": TOKENS, "max_retries": 0}
    elif provider == "ollama":
        options |= {"client_kwargs": {"timeout": seconds}, "num_predict": TOKENS}
    return options


def _open(choice: str, base_url: str | None, seconds: float) -> BaseChatModel:
    provider, _, name = choice.partition(":")
    if not provider or not name:
        raise BadSetting(
            f"HJEMMEL_MODEL is {choice!r}; give provider and name, such as openai:NAME or ollama:NAME"
        )
    options = _options(provider, base_url, seconds)
    try:
        from langchain.chat_models import init_chat_model

        model: BaseChatModel = init_chat_model(name, model_provider=provider, **options)
    except ImportError as error:
        package = _package(error, provider)
        raise BadSetting(
            f"HJEMMEL_MODEL {choice!r} needs the package {package}: pip install {package}"
        ) from error
    except Exception as error:  # each provider's package refuses a missing key with an error of its own
        raise BadSetting(f"HJEMMEL_MODEL {choice!r} cannot be set up: {error}") from error
    return model


def _package(error: ImportError, provider: str) -> str:
    named = re.search(r"pip install (?:-U )?([\w-]+)", str(error))
    return named[1] if named else f"langchain-{provider.replace('_', '-')}"


# --- limits -------------------------------------------------------------------------------


class LimitedChat:
    """A model within limits. One is shared by all threads: its failures are everybody's."""

    def __init__(
        self,
        model: ChatModel,
        *,
        seconds: float = SECONDS,
        characters: int = CHARACTERS,
        tries: int = 2,
        pause: float = 0.5,
        failures: int = 3,
        rest: float = 30.0,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """`pause` seconds before a second try, doubling; `rest` seconds after so many `failures` in a row."""
        self._model = model
        self._seconds, self._characters = seconds, characters
        self._tries, self._pause = tries, pause
        self._breaker = Breaker(failures, rest, clock)
        self._clock, self._sleep = clock, sleep

    @property
    def name(self) -> str:
        return self._model.name

    def stream(self, messages: Sequence[Message]) -> Iterator[str]:
        """As ChatModel. Nothing is tried again once words have come."""
        self._breaker.check(self.name)
        deadline = self._clock() + self._seconds
        for attempt in range(self._tries):
            begun = False
            try:
                for text in self._limited(messages, deadline):
                    begun = True
                    yield text
            except ModelUnavailable:
                wait = self._pause * 2**attempt
                if begun or attempt + 1 == self._tries or self._clock() + wait >= deadline:
                    self._breaker.failed()
                    raise
                self._sleep(wait)
            except GeneratorExit:  # whoever reads has enough
                self._breaker.succeeded()
                raise
            else:
                self._breaker.succeeded()
                return

    def _limited(self, messages: Sequence[Message], deadline: float) -> Iterator[str]:
        read = 0
        with closing(self._timed(messages, deadline)) as parts:
            for part in parts:
                read += len(part)
                yield part
                if read >= self._characters:
                    return

    def _timed(self, messages: Sequence[Message], deadline: float) -> Generator[str]:
        """The reply, read in a thread of its own, so that a model that hangs does not hang its reader."""
        parts: queue.Queue[str | ModelUnavailable | None] = queue.Queue()
        stop = threading.Event()
        threading.Thread(target=_pump, args=(self._model, messages, parts, stop), daemon=True).start()
        try:
            while True:
                part = parts.get(timeout=max(0.0, deadline - self._clock()))
                if part is None:
                    return
                if isinstance(part, ModelUnavailable):
                    raise part
                yield part
        except queue.Empty:
            raise ModelUnavailable(f"{self.name} did not finish within {self._seconds:g} seconds") from None
        finally:
            stop.set()


def _pump(
    model: ChatModel,
    messages: Sequence[Message],
    parts: queue.Queue[str | ModelUnavailable | None],
    stop: threading.Event,
) -> None:
    try:
        for part in model.stream(messages):
            if stop.is_set():
                return
            parts.put(part)
    except ModelUnavailable as error:
        parts.put(error)
    except Exception as error:  # noqa: BLE001 - whatever a provider raises must end as an answer without its model
        _LOG.warning("%s failed: %s", model.name, type(error).__name__)
        failed = ModelUnavailable(f"{model.name} failed: {error}")
        failed.__cause__ = error
        parts.put(failed)
    else:
        parts.put(None)


class Breaker:
    """Lets nobody through for a while after so many failures in a row, then one to see."""

    def __init__(self, failures: int, rest: float, clock: Callable[[], float]) -> None:
        self._most, self._rest, self._clock = failures, rest, clock
        self._lock = threading.Lock()
        self._failures = 0
        self._until = 0.0

    def check(self, name: str) -> None:
        with self._lock:
            if self._failures < self._most:
                return
            left = self._until - self._clock()
            if left > 0:
                raise ModelUnavailable(
                    f"{name} failed {self._failures} times and is left alone for {left:.0f} s"
                )
            self._until = self._clock() + self._rest

    def failed(self) -> None:
        with self._lock:
            self._failures += 1
            self._until = self._clock() + self._rest

    def succeeded(self) -> None:
        with self._lock:
            self._failures = 0
