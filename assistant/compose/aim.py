"""A target's deadline and who answers for it, as sentences in the reader's language. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.aim import Aim
from assistant.answers import Asks, Citation, Facts
from assistant.authority import Speaker
from assistant.retrieve import near
from assistant.stems import content_stems
from prompts import Texts


def aim_said(aim: Aim, facts: Facts, citations: Sequence[Citation], words: Texts) -> Iterator[str]:
    """What the plan says of its target; that it names nobody only to one who asks who."""
    texts = words["target"]
    if aim.deadline:
        said = _said(aim.deadline, aim.deadline_in, facts, citations, words)
        yield texts["deadline"].format(said=said)
    if aim.responsible:
        said = _said(aim.responsible, aim.responsible_in, facts, citations, words)
        yield texts["responsible"].format(said=said)
    elif aim.names_nobody and _asks_who(facts, texts):
        yield texts["nobody"]


def _said(told: str, speaker: Speaker, facts: Facts, citations: Sequence[Citation], words: Texts) -> str:
    """The plan's words with their marker, in quotation marks where the reader's language is another."""
    own = [c for c in citations if c.source.statement_id == speaker.statement.statement_id]
    marker = next((c.marker for c in own if told in c.source.quote), own[0].marker)
    if near(facts.language, speaker.statement.language) or not any(letter.isalpha() for letter in told):
        return f"{told} [{marker}]"
    return str(words["quote"].format(quote=told, marker=marker))


def _asks_who(facts: Facts, texts: Texts) -> bool:
    """Whether the question asks who, or for what the label of "responsible" says in its language."""
    label = texts["responsible"].format(said="")
    return facts.asks is Asks.WHO or bool(content_stems(label) & content_stems(facts.query))
