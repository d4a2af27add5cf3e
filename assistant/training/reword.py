"""A question in a language model's words, kept only where it asks for the same with the same facts.

The model words; code has decided. The key, the options, the explanation and the sources are the template's, and
where the words do not hold, so is the question.
"""

from __future__ import annotations

import logging
import re
import secrets
from collections.abc import Sequence
from dataclasses import replace

from assistant.answers import Source
from assistant.chat import ChatModel, Message, ModelUnavailable
from assistant.claims.checks import check
from assistant.claims.counting import figures
from assistant.claims.figures import mismatch
from assistant.claims.form import fit_to_show
from assistant.claims.passages import Grounds, Passage
from assistant.claims.polarity import denials, plainly
from assistant.training.figures import BLANK
from assistant.training.items import Item, Quote, with_id
from ingest.fold import folded_text
from ingest.plans import Force
from prompts import prompt

_LOG = logging.getLogger(__name__)
WORDED = frozenset({"figure", "deadline"})
"""Templates whose question is a sentence with a gap; the others ask in plain words as they are."""
_LONGEST = 300
"""Characters of a question."""
_NAME = re.compile(r"(?<![.!?»”\"] )(?<!^)\b[^\W\d_a-zæøåäöéèü][\w-]*")
_LANGUAGES = {
    "nb": "Norwegian bokmål",
    "nn": "Norwegian nynorsk",
    "sv": "Swedish",
    "da": "Danish",
    "en": "English",
}
_MARK = 1


def reworded(items: Sequence[Item], chat: ChatModel) -> tuple[Item, ...]:
    """The items, those that the model has worded well in its words; a model that fails is asked no more."""
    done: list[Item] = []
    for place, item in enumerate(items):
        try:
            done.append(_reworded(item, chat))
        except ModelUnavailable as error:
            _LOG.warning("%s: the questions that are left keep the template's words", error)
            return (*done, *items[place:])
    return tuple(done)


def _reworded(item: Item, chat: ChatModel) -> Item:
    gapped = gap_of(item)
    if gapped is None or not fit_to_show(_passage(item.quotes[0], Force(item.force))):
        return item
    said = folded_text("".join(chat.stream(messages(item, gapped))))
    fault = fault_of(said, item, gapped)
    if fault:
        _LOG.info("%s: %s keeps the template's words: %s", chat.name, item.item_id, fault)
        return item
    return with_id(replace(item, question=said, asked=(said, *item.asked)))


def gap_of(item: Item) -> str | None:
    """The key's sentence with the answer taken out; None for an item of another kind or another language."""
    text = item.key_statements[0].text if item.key_statements else ""
    if item.template not in WORDED or not item.quotes or item.quotes[0].language != item.language:
        return None
    if text.count(item.answer) != 1 or item.language not in _LANGUAGES:
        return None
    return text.replace(item.answer, BLANK)


def messages(item: Item, gapped: str) -> tuple[Message, Message]:
    """The prompt, with the document's sentence between fences that nobody can know beforehand."""
    fence = f"<<<{secrets.token_hex(8)}>>>"
    told = prompt("reword", "en", fence=fence, spoken=_LANGUAGES[item.language], blank=BLANK, question=gapped)
    return Message("system", told.system), Message("user", told.user)


# --- whether it holds ---------------------------------------------------------------------


def fault_of(said: str, item: Item, gapped: str) -> str | None:
    """What keeps a reworded question from being used; None where it asks the same.

    It must pass what every sentence of a model passes against its source, and keep what the gapped sentence says.
    """
    if not said.endswith("?") or said.count("?") != 1 or BLANK in said or len(said) > _LONGEST:
        return "not one question"
    if _gives_away(said, item):
        return "gives the answer away"
    language = item.language
    told, kept = figures(gapped.replace(BLANK, " "), language), figures(said, language)
    for first, second in ((told, kept), (kept, told)):
        if (lost := mismatch(first, second)) is not None:
            return f"figure {lost}"
    if len(denials(plainly(gapped, language), language)) != len(denials(plainly(said, language), language)):
        return "a denial lost or added"
    names = {name.casefold() for name in _NAME.findall(gapped) if BLANK not in name}
    if lacking := [name for name in names if name not in said.casefold()]:
        return f"name {lacking[0]}"
    checked = check(f"{said[:-1]}. ⟦{_MARK}⟧", _grounds(item, gapped))
    return f"{checked.fault.value}: {checked.detail}" if checked.fault else None


def _gives_away(said: str, item: Item) -> bool:
    return any(folded_text(option.text).casefold() in said.casefold() for option in item.options)


def _grounds(item: Item, gapped: str) -> Grounds:
    quote = item.quotes[0]
    return Grounds(
        question=gapped.replace(BLANK, " "),
        language=item.language,
        passages=(_passage(quote, Force(item.force)),),
        names=(quote.title, quote.level_name),
    )


def _passage(quote: Quote, force: Force) -> Passage:
    source = Source(
        statement_id=0,
        document_id=0,
        plan_id=quote.plan_id,
        version_id=quote.version_id,
        file=quote.file,
        title=quote.title,
        level=quote.level,
        level_name=quote.level_name,
        section=quote.section,
        page=quote.page,
        quote=quote.text,
        language=quote.language,
        force=force,
    )
    return Passage(marker=_MARK, source=source, force=force, governing=True)
