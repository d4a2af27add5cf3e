from __future__ import annotations

from datetime import date

from assistant.answers import Outcome
from assistant.ask import ask
from assistant.render import answer_text
from assistant.wire import Assistant, to_question


def test_a_silence_says_once_whom_to_ask_and_leaves_no_reason_half_said(assistant: Assistant) -> None:
    question = to_question({"question": "Hvem godkjenner et kjøp på 450 000 kroner?"})
    answer, _ = ask(question, assistant.parts(), date(2026, 11, 20), threshold=1.0)

    text = answer_text(answer)

    assert answer.outcome is Outcome.ABSTAINED
    assert " ".join(text.split()).count(f"Spør {answer.ask_next}") == 1
    assert " –\n" not in text
