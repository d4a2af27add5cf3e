"""A language model within limits, and the real wire to one."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from assistant.answers import Role
from assistant.chat import Breaker, LimitedChat, Message, ModelUnavailable, open_chat
from assistant.compose.phrased import phrase
from assistant.errors import BadSetting
from assistant.settings import Settings
from assistant.wire import Assistant, to_question
from prompts import answer_texts
from tests.assistant import model_server
from tests.assistant.phrasing import ScriptedChat, decided, speaker

ASKED = (Message("system", "Answer in two sentences."), Message("user", "What is a framework agreement?"))
RULE = speaker(
    1, "Enheten skal innhente minst tre skriftlige tilbud.", title="Anskaffelsesreglement", section="§ 7"
)
UNAVAILABLE = answer_texts("nb")["notice"]["model_unavailable"]


class Clock:
    """A clock that only the test turns; sleeping turns it too."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


def limited(model: ScriptedChat, clock: Clock, **limits: float) -> LimitedChat:
    return LimitedChat(model, clock=clock, sleep=clock.sleep, **limits)  # type: ignore[arg-type]  # counts and seconds alike


def test_a_reply_comes_through_as_it_is_sent() -> None:
    chat = LimitedChat(ScriptedChat(["Du må ", "hente inn tre tilbud."]))

    assert list(chat.stream(ASKED)) == ["Du må ", "hente inn tre tilbud."]


def test_a_model_that_fails_at_first_is_tried_again_after_a_pause() -> None:
    clock, model = Clock(), ScriptedChat([RuntimeError("busy")], "Ja.")

    assert list(limited(model, clock, pause=0.5).stream(ASKED)) == ["Ja."]
    assert clock.now == 0.5
    assert len(model.history) == 2


def test_a_model_that_breaks_off_is_not_asked_again() -> None:
    model = ScriptedChat(["Du må ", ConnectionError("gone")], "Ja.")
    reply = limited(model, Clock()).stream(ASKED)

    assert next(reply) == "Du må "
    with pytest.raises(ModelUnavailable, match="scripted failed: gone"):
        next(reply)
    assert len(model.history) == 1


def test_a_model_that_hangs_is_left_when_its_seconds_are_spent() -> None:
    chat = LimitedChat(ScriptedChat([5.0, "Ja."]), seconds=0.1)
    started = time.perf_counter()

    with pytest.raises(ModelUnavailable, match=r"did not finish within 0\.1 seconds"):
        list(chat.stream(ASKED))
    assert time.perf_counter() - started < 2


def test_a_model_that_never_stops_is_cut_off_at_a_number_of_characters() -> None:
    chat = LimitedChat(ScriptedChat(["ord " * 10] * 1000), characters=200)

    assert len("".join(chat.stream(ASKED))) == 200


def test_a_model_that_keeps_failing_is_left_alone_for_a_while_and_then_tried_once() -> None:
    clock, model = Clock(), ScriptedChat(*[[OSError("down")]] * 3, [OSError("still down")], "Ja.")
    chat = limited(model, clock, tries=1, failures=3, rest=30)
    for _ in range(3):
        with pytest.raises(ModelUnavailable):
            list(chat.stream(ASKED))

    with pytest.raises(ModelUnavailable, match="left alone for 30 s"):
        list(chat.stream(ASKED))
    assert len(model.history) == 3
    clock.now += 31
    with pytest.raises(ModelUnavailable, match="still down"):
        list(chat.stream(ASKED))
    with pytest.raises(ModelUnavailable, match="left alone"):
        list(chat.stream(ASKED))
    clock.now += 31
    assert list(chat.stream(ASKED)) == ["Ja."]


def test_one_answer_makes_a_model_trusted_again() -> None:
    clock = Clock()
    breaker = Breaker(2, 30, clock)
    breaker.failed()
    breaker.succeeded()
    breaker.failed()

    breaker.check("scripted")


def test_whoever_stops_reading_stops_the_model() -> None:
    model = ScriptedChat(["ett ", "to ", 0.2, "tre "])
    reply = LimitedChat(model).stream(ASKED)

    assert next(reply) == "ett "
    reply.close()  # type: ignore[attr-defined]  # a generator


@pytest.mark.parametrize(("choice", "said"), [
    ("gpt", "give provider and name"),
    ("openai:", "give provider and name"),
    ("nosuch:model", "cannot be set up"),
    ("anthropic:x", "pip install langchain-anthropic"),
    ("ollama:x", "pip install langchain-ollama"),
])  # fmt: skip
def test_a_model_that_cannot_be_opened_is_named_with_the_remedy(choice: str, said: str) -> None:
    with pytest.raises(BadSetting, match=said):
        open_chat(choice)


def test_a_missing_key_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)

    with pytest.raises(BadSetting, match="OPENAI_API_KEY"):
        open_chat("openai:gpt-x")


def test_settings_name_the_model_its_server_and_its_seconds() -> None:
    environ = {
        "HJEMMEL_MODEL": "openai:x", "HJEMMEL_MODEL_BASE_URL": "http://127.0.0.1:9/v1", "HJEMMEL_MODEL_TIMEOUT": "2.5",
    }  # fmt: skip
    settings = Settings.from_env(environ)

    assert (settings.model, settings.model_base_url, settings.model_timeout) == (
        "openai:x",
        "http://127.0.0.1:9/v1",
        2.5,
    )
    assert Settings.from_env({}).model is None


@pytest.mark.parametrize("value", ["soon", "-1", "0", "inf", "nan"])
def test_a_time_that_is_none_is_refused(value: str) -> None:
    with pytest.raises(BadSetting, match="HJEMMEL_MODEL_TIMEOUT"):
        Settings.from_env({"HJEMMEL_MODEL_TIMEOUT": value})


# --- a real model over a real wire: plumbing, not quality -----------------------------------


@pytest.fixture
def server() -> Iterator[tuple[subprocess.Popen[str], str]]:
    reason = model_server.missing()
    if reason:
        pytest.skip(reason)
    process, address = model_server.started()
    yield process, f"{address}/v1"
    process.kill()
    process.wait(timeout=10)


class KilledHalfWay:
    """A model whose server dies once a few words of its reply have come."""

    def __init__(self, chat: LimitedChat, process: subprocess.Popen[str]) -> None:
        self.name, self._chat, self._process = chat.name, chat, process
        self.received = 0

    def stream(self, messages: Sequence[Message]) -> Iterator[str]:
        for text in self._chat.stream(messages):
            self.received += 1
            if self.received == 3:
                self._process.kill()
            yield text


@pytest.mark.slow
def test_a_real_model_streams_and_the_answer_is_verified_or_given_with_a_notice(
    server: tuple[subprocess.Popen[str], str],
) -> None:
    chat = open_chat("openai:smollm2", base_url=server[1], seconds=60)
    parts = list(chat.stream(ASKED))
    answer, decision = decided("Hvor mange tilbud må jeg hente inn?", RULE)
    phrased = phrase(answer, decision, chat)

    assert len(parts) > 5
    assert answer.text in phrased.text
    assert (phrased.composer == "openai:smollm2") == (phrased.notices == answer.notices)
    assert phrased.cited(Role.GOVERNING) == answer.cited(Role.GOVERNING)


@pytest.mark.slow
def test_a_real_model_killed_half_way_leaves_the_plans_own_words(
    server: tuple[subprocess.Popen[str], str],
) -> None:
    process, address = server
    chat = KilledHalfWay(open_chat("openai:smollm2", base_url=address, seconds=60), process)
    answer, decision = decided("Hvor mange tilbud må jeg hente inn?", RULE)
    phrased = phrase(answer, decision, chat)

    assert chat.received >= 3
    assert phrased.text == answer.text
    assert phrased.notices == (*answer.notices, UNAVAILABLE)


@pytest.mark.slow
def test_a_real_model_too_slow_for_its_seconds_leaves_the_plans_own_words(
    server: tuple[subprocess.Popen[str], str],
) -> None:
    chat = open_chat("openai:smollm2", base_url=server[1], seconds=0.05)
    answer, decision = decided("Hvor mange tilbud må jeg hente inn?", RULE)

    assert phrase(answer, decision, chat).notices == (*answer.notices, UNAVAILABLE)


@pytest.mark.slow
def test_an_absent_model_leaves_the_plans_own_words(server: tuple[subprocess.Popen[str], str]) -> None:
    process, address = server
    process.kill()
    process.wait(timeout=10)
    answer, decision = decided("Hvor mange tilbud må jeg hente inn?", RULE)
    phrased = phrase(answer, decision, open_chat("openai:smollm2", base_url=address, seconds=5))

    assert phrased.text == answer.text
    assert phrased.notices == (*answer.notices, UNAVAILABLE)
    assert phrased.composer == "extractive"


def test_an_assistant_whose_model_is_absent_answers_all_the_same(skogvang: Path) -> None:
    settings = Settings.from_env(
        {
            "HJEMMEL_MODEL": "openai:x",
            "HJEMMEL_MODEL_BASE_URL": "http://127.0.0.1:9/v1",
            "HJEMMEL_MODEL_TIMEOUT": "5",
        }
    )
    question = to_question({"question": "Hvor mange tilbud må innhentes på 150 000?", "as_of": "2026-11-20"})
    with_model, _ = Assistant(skogvang, settings).ask(question)
    without, _ = Assistant(skogvang, Settings.from_env(os.environ)).ask(question)

    assert with_model.text == without.text
    assert with_model.notices == (*without.notices, UNAVAILABLE)


def test_an_assistant_whose_model_cannot_be_opened_says_so(skogvang: Path) -> None:
    settings = Settings.from_env({**os.environ, "HJEMMEL_MODEL": "anthropic:x"})

    with pytest.raises(BadSetting, match="pip install langchain-anthropic"):
        Assistant(skogvang, settings).ask(
            to_question({"question": "Hvor mange tilbud må innhentes på 150 000?"})
        )
