"""A trainer's question as the window shows it to those who practise, and a checked answer. Pure."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from assistant.web.quote_view import source_address
from assistant.web.texts import Texts
from prompts import training_texts

if TYPE_CHECKING:
    from assistant.training.items import Item, Quote


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceShown:
    title: str
    place: str
    level: str
    text: str
    language: str
    address: str
    page: int | None
    file: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionShown:
    """`version` changes with what is asked, so that a browser's kept answer is not taken for another's."""

    item_id: str
    version: str
    language: str
    kind: str
    question: str
    options: tuple[tuple[str, bool, str], ...]
    pairs: tuple[tuple[str, str], ...]
    levels: tuple[str, ...]
    answer: str
    explanation: str
    sources: tuple[SourceShown, ...]
    checked: str


def question_shown(item: Item, texts: Texts, back: str) -> QuestionShown:
    """`back` is the page a reader comes back to from the source."""
    options = [(option.text, option.right, option.why) for option in item.options]
    return QuestionShown(
        item_id=item.item_id,
        version=_version(item),
        language=item.language,
        kind=kind_words(item, texts),
        question=item.question,
        options=tuple(options),
        pairs=tuple((pair.left, pair.right) for pair in _shuffled(item)),
        levels=tuple(sorted({pair.right for pair in item.pairs})),
        answer=item.answer,
        explanation=item.explanation,
        sources=sources_shown(item, texts, back),
        checked=texts("practice.checked", role=item.verified_by, date=texts.day(item.verified_on)),
    )


def sources_shown(item: Item, texts: Texts, back: str = "") -> tuple[SourceShown, ...]:
    return tuple(_source(quote, texts, back) for quote in item.quotes)


def kind_words(item: Item, texts: Texts) -> str:
    return str(training_texts(texts.language)["kinds"][item.kind.value])


def checked_shown(item: Item, texts: Texts) -> Mapping[str, Any]:
    """An approved item as the answer to a reader's own question."""
    return {
        "language": item.language,
        "answer": item.answer,
        "explanation": item.explanation,
        "sources": sources_shown(item, texts),
        "by": texts("verified.by", role=item.verified_by, date=texts.day(item.verified_on)),
    }


def _source(quote: Quote, texts: Texts, back: str) -> SourceShown:
    page = "" if quote.page is None else texts("quotes.page", page=quote.page)
    address = source_address(quote.file, quote.page, quote.text, texts.language)
    return SourceShown(
        title=quote.title,
        place=", ".join(filter(None, (quote.section, page))),
        level=texts("trainer.level_of", rank=quote.level, name=quote.level_name),
        text=quote.text,
        language=quote.language,
        address=f"{address}&{urlencode({'back': back})}" if back else address,
        page=quote.page,
        file=quote.file,
    )


def _shuffled(item: Item) -> list[Any]:
    """The pairs in an order of their own that stays the same."""
    pairs = list(item.pairs)
    random.Random(item.item_id).shuffle(pairs)
    return pairs


def _version(item: Item) -> str:
    asked = [
        item.question,
        [[o.text, o.right] for o in item.options],
        [[p.left, p.right] for p in item.pairs],
    ]
    return hashlib.sha256(json.dumps(asked).encode()).hexdigest()[:10]
