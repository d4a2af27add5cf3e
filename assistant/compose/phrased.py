"""A decided answer in a language model's words, each sentence verified, with the plan's own words below.

The model words; code has decided. Outcome, force, sources and their roles are the extractive answer's, and
nothing a model writes can change them. Where it is silent, slow or wrong the extractive answer stands.
"""

from __future__ import annotations

import logging
import re
import secrets
import time
from collections.abc import Generator
from dataclasses import dataclass, replace

from assistant.answers import Answer, Citation, Outcome, Role
from assistant.authority import Decision, Speaker
from assistant.chat import ChatModel, Message, ModelUnavailable
from assistant.verify import Checked, Grounds, Passage, Verified, check, fit_to_show, languages, sentences
from ingest.fold import folded_text
from ingest.plans import Force
from prompts import answer_texts, prompt

_LOG = logging.getLogger(__name__)
_USABLE = (Role.GOVERNING, Role.AUTHORITY, Role.SUPPORTS)
"""What yields or is not in force is shown by code and said by nobody."""
_MOST_PASSAGES = 5
_TOKEN = re.compile(r"[⟦⟧]")
_UNSEEN = re.compile(
    r"[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    r"\U000e0000-\U000e007f]"
)
"""Control, direction and tag characters: text that a model reads and a person does not see."""


@dataclass(frozen=True, slots=True)
class Said:
    """A verified sentence, markers written as in an answer, before the answer is whole."""

    text: str


def phrase(answer: Answer, decision: Decision | None, chat: ChatModel) -> Answer:
    """The answer in the model's words where they hold, else as it was, with a notice that says so."""
    result = answer
    for part in phrasing(answer, decision, chat):
        if isinstance(part, Answer):
            result = part
    return result


def phrasing(answer: Answer, decision: Decision | None, chat: ChatModel) -> Generator[Said | Answer]:
    """Verified sentences as they come, and last the whole answer, which takes their place.

    Only an answer goes to a model: a refusal, a question back or an open conflict is given as it is.
    """
    grounds = grounds_of(answer, decision)
    if grounds is None:
        yield answer
        return
    started = time.perf_counter()
    checked: list[Checked] = []
    try:
        for sentence in sentences(chat.stream(messages(answer, grounds))):
            checked.append(check(sentence, grounds))
            if checked[-1].fault is None:
                yield Said(_marked(checked[-1]))
        verified = Verified(tuple(checked), grounds)
        faults = ", ".join(c.fault.name for c in verified.dropped if c.fault)
        _LOG.info(
            "%s: %d of %d sentences kept; dropped: %s", chat.name, len(verified.kept), len(checked), faults
        )
        result = _worded(answer, verified, chat.name)
    except ModelUnavailable:
        result = _noticed(answer, "model_unavailable")
    took = (time.perf_counter() - started) * 1000
    timings = {**answer.timings_ms, "phrase": took, "total": answer.timings_ms.get("total", 0.0) + took}
    yield replace(result, timings_ms=timings)


def _worded(answer: Answer, verified: Verified, name: str) -> Answer:
    if not verified.checked:
        return _noticed(answer, "model_unavailable")
    if not verified.holds:
        return _noticed(answer, "model_rejected")
    words = " ".join(_marked(sentence) for sentence in verified.kept)
    return replace(answer, text=f"{words}\n\n{answer.text}", composer=name)


def _noticed(answer: Answer, key: str) -> Answer:
    notice = answer_texts(answer.language)["notice"][key]
    return replace(answer, notices=(*answer.notices, notice))


def _marked(sentence: Checked) -> str:
    """The sentence with its markers as answers have them, before the full stop."""
    markers = "".join(f"[{marker}]" for marker in sentence.markers)
    end = re.search(r"[.!][»”\"]?$", sentence.text)
    at = end.start() if end else len(sentence.text)
    return f"{sentence.text[:at]} {markers}{sentence.text[at:]}"


# --- what the model may rest on -----------------------------------------------------------


def grounds_of(answer: Answer, decision: Decision | None) -> Grounds | None:
    """What a draft of this answer may rest on; None where no model has a say."""
    decided = answer.outcome is Outcome.ANSWERED and decision is not None and decision.governing is not None
    if not decided or decision is None or decision.governing is None or answer.language not in languages():
        return None
    speakers = {s.statement.statement_id: s for s in _speakers(decision)}
    usable = [c for c in answer.citations if c.role in _USABLE][:_MOST_PASSAGES]
    read = [_passage(c, answer, speakers.get(c.source.statement_id)) for c in usable]
    passages = tuple(p for p in read if fit_to_show(p))
    if [p for p in read if p.governing] != [p for p in passages if p.governing]:
        return None
    return Grounds(
        question=answer.question.text,
        language=answer.language,
        passages=passages,
        names=tuple(
            dict.fromkeys(name for c in answer.citations for name in (c.source.title, c.source.level_name))
        ),
        below_threshold=answer.force is Force.NONE and decision.governing.statement.force is not Force.NONE,
    )


def _speakers(decision: Decision) -> list[Speaker]:
    named = (decision.governing, decision.authority, *(r.speaker for r in decision.rulings))
    return [speaker for speaker in named if speaker is not None]


def _passage(citation: Citation, answer: Answer, speaker: Speaker | None) -> Passage:
    governing = citation.role is Role.GOVERNING
    return Passage(
        marker=citation.marker,
        source=citation.source,
        force=answer.force if governing else citation.source.force,
        governing=governing,
        context=speaker.statement.context if speaker else "",
        owner=(speaker.plan.owner or "") if speaker else "",
    )


def messages(answer: Answer, grounds: Grounds) -> tuple[Message, Message]:
    """The prompt, with what comes from outside between fences that nobody can know beforehand."""
    fence = f"<<<{secrets.token_hex(8)}>>>"
    told = prompt(
        "phrase",
        answer.language,
        fence=fence,
        force=str(answer_texts(answer.language)["badge"][answer.force.value]),
        governing=str(grounds.governing[0].marker),
        question=_outside(grounds.question),
        passages="\n\n".join(_shown(passage, fence) for passage in grounds.passages),
    )
    return Message("system", told.system), Message("user", told.user)


def _shown(passage: Passage, fence: str) -> str:
    source = passage.source
    head = _outside(", ".join(filter(None, (source.title, source.section))))
    return f"⟦{passage.marker}⟧\n{fence}\n{head}\n{_outside(passage.text)}\n{fence}"


def _outside(text: str) -> str:
    """Text of others without what a reader cannot see, and without anything that looks like a marker."""
    return folded_text(_TOKEN.sub("", _UNSEEN.sub("", text)))
