"""The trainer's pages as values: rows of a list, one item with its source beside it, sets, what is stale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assistant.source_view import Marking, Piece, mark, pieces
from assistant.web.answering import Answering
from assistant.web.practice_view import SourceShown, kind_words, sources_shown
from assistant.web.texts import Texts
from prompts import training_texts

if TYPE_CHECKING:
    from assistant.training.checks import Finding
    from assistant.training.items import Item
    from assistant.training.records import Event, Handout
    from assistant.training.stale import Standing

_AROUND = 450
"""Letters shown before and after a quote."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    item_id: str
    question: str
    language: str
    answer: str
    state: str
    state_words: str
    is_stale: bool
    facts: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceBeside:
    """A source and the text it stands in, its words marked; `is_there` where it stands there word for word."""

    shown: SourceShown
    is_there: bool
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SetShown:
    handout_id: str
    name: str
    line: str
    link: str
    ids: str
    stale: str
    short: str
    item_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StaleShown:
    item_id: str
    question: str
    language: str
    changes: tuple[str, ...]
    moved: tuple[str, ...]
    was: str
    now: str | None
    is_stale: bool
    handed_out: tuple[str, ...]


def row(item: Item, texts: Texts, *, is_stale: bool) -> Row:
    titles = dict.fromkeys(quote.title for quote in item.quotes)
    difficulty = training_texts(texts.language)["difficulties"][item.difficulty.value]
    facts = [kind_words(item, texts), texts("ladder.level", rank=item.level), difficulty, *list(titles)[:2]]
    return Row(
        item_id=item.item_id,
        question=" ".join(item.question.split()),
        language=item.language,
        answer=" / ".join(item.answer.splitlines()),
        state=item.state.value,
        state_words=texts(f"trainer.states.{item.state.value}"),
        is_stale=is_stale,
        facts=" · ".join(filter(None, [*facts, item.unit])),
    )


def sources_beside(item: Item, assistant: Answering, texts: Texts, back: str) -> tuple[SourceBeside, ...]:
    return tuple(_beside(source, assistant) for source in sources_shown(item, texts, back))


def _beside(source: SourceShown, assistant: Answering) -> SourceBeside:
    text = assistant.page_text(source.file, source.page)
    marking = mark(text, source.text)
    return SourceBeside(shown=source, is_there=marking.found == "whole", pieces=_around(text, marking))


def _around(text: str, marking: Marking) -> tuple[Piece, ...]:
    if not marking.spans:
        return ()
    start = max(0, marking.spans[0][0] - _AROUND)
    end = marking.spans[-1][1] + _AROUND
    return pieces(text[start:end], [(a - start, b - start) for a, b in marking.spans])


def finding_words(found: Sequence[Finding], texts: Texts) -> list[tuple[bool, str]]:
    """Errors first."""
    said = [(f.is_error, texts(f"trainer.problems.{f.problem.value}")) for f in found]
    return sorted(dict.fromkeys(said), key=lambda each: not each[0])


def history_lines(events: Sequence[Event], texts: Texts) -> list[dict[str, Any]]:
    """Newest first."""
    return [
        {
            "day": texts.day(event.at[:10]),
            "iso": event.at,
            "what": texts.group("trainer")["events"].get(event.what, event.what),
            "role": event.role,
            "reason": event.reason,
            "before": _text(event.detail.get("from")),
            "after": _text(event.detail.get("to") or event.detail.get("option")),
        }
        for event in reversed(events)
    ]


def set_shown(
    handout: Handout, items: Sequence[Item], stale: int, short: int, link: str, texts: Texts
) -> SetShown:
    return SetShown(
        handout_id=handout.handout_id,
        name=handout.name,
        line=counted(
            texts, "trainer.set_line", len(items), date=texts.day(handout.on), how=_how(handout, texts)
        ),
        link=link,
        ids=".".join(item.item_id for item in items),
        stale=counted(texts, "trainer.set_stale", stale) if stale else "",
        short=counted(texts, "trainer.set_short", short) if short else "",
        item_ids=tuple(item.item_id for item in items),
    )


def stale_shown(standing: Standing, handouts: Sequence[Handout], texts: Texts) -> StaleShown:
    item = standing.item
    return StaleShown(
        item_id=item.item_id,
        question=item.question,
        language=item.language,
        changes=tuple(change.words for change in standing.changes),
        moved=tuple(change.words for change in standing.moved),
        was=item.answer,
        now=standing.answer_now,
        is_stale=standing.is_stale,
        handed_out=tuple(
            texts(
                "trainer.handed_out_line",
                name=handout.name,
                how=_how(handout, texts),
                date=texts.day(handout.on),
            )
            for handout in handouts
        ),
    )


def counted(texts: Texts, key: str, count: int, **values: object) -> str:
    """The words for one, or for several."""
    return texts(f"{key}_one" if count == 1 else f"{key}_many", count=count, **values)


def _how(handout: Handout, texts: Texts) -> str:
    return str(texts.group("trainer")["hows"].get(handout.how, handout.how))


def _text(value: object) -> str:
    if isinstance(value, list):
        return " / ".join(str(each) for each in value)
    return "" if value is None else str(value)
