"""Items from questions that people have asked or checked: which plan answers it, and with which figure."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence

from assistant.answers import Answer, Outcome, Role
from assistant.training.craft import Craft
from assistant.training.figures import Slot, neighbours, rewritten, slots
from assistant.training.items import Bound, Difficulty, Item, Kind, Option, Quote, text_hash
from prompts import training_texts

_OPTIONS = 4
_TIMES = frozenset({"year", "month", "week", "day"})

Ask = Callable[[str, str], Answer]


def from_questions(craft: Craft, questions: Sequence[str], ask: Ask) -> Iterator[Item]:
    """For each question that the plans answer: which plan does? Questions without an answer give no item."""
    for question in dict.fromkeys(q.strip() for q in questions):
        answer = ask(question, craft.language)
        governing = answer.cited(Role.GOVERNING)
        if answer.outcome is not Outcome.ANSWERED or governing is None:
            continue
        source = governing.source
        quote = Quote(
            plan_id=source.plan_id,
            version_id=source.version_id,
            file=source.file,
            title=source.title,
            level=source.level,
            level_name=craft.level_name(source.level),
            section=source.section,
            page=source.page,
            text=source.quote,
            language=source.language,
        )
        cited = {citation.source.title for citation in answer.citations}
        ranked = [p.title for p in answer.passages]
        yield which_plan(craft, question, quote, cited, ranked, force=answer.force.value, why=answer.why)


def which_plan(
    craft: Craft,
    question: str,
    quote: Quote,
    cited: Collection[str],
    ranked: Sequence[str] = (),
    *,
    force: str,
    why: str = "",
    bound: str = "",
) -> Item:
    """Which plan answers a question; wrong options are plans of `ranked`, then others, none of them cited.

    `bound`: the sentence the key stands on, where the quote is only a part of it.
    """
    library = craft.material.library
    in_force, _ = library.in_force(craft.material.as_of)
    titles = [library.shelves[document].version.title for document in in_force]
    known = {*cited, quote.title}
    wrong = [title for title in dict.fromkeys([*ranked, *titles]) if title not in known][: _OPTIONS - 1]
    options = [Option(quote.title, True), *(Option(title) for title in wrong)]
    craft.chance("question", question).shuffle(options)
    words = craft.words["templates"]["question"]
    return craft.item(
        Kind.SINGLE_CHOICE,
        "question",
        words["question"].format(question=question),
        quote.title,
        words["explanation"].format(place=craft.place(quote), quote=quote.text, why=why).strip(),
        options=options,
        quotes=(quote,),
        statements=(_bound(quote, bound or quote.text),),
        level=quote.level,
        force=force,
        difficulty=Difficulty.MEDIUM,
        asked=(question,),
    )


def which_figure(craft: Craft, question: str, quote: Quote, fact: str, text: str, force: str) -> Item | None:
    """A question that a figure of a sentence answers, beside its neighbours; None where it is no figure there."""
    slot = _slot_of(fact, text, quote.language)
    if slot is None or not _asks_for(question, slot.unit, craft.language):
        return None
    near = [w for v in neighbours(slot)[:8] if (w := rewritten(slot, v)) and w not in text]
    craft.chance("asked_figure", question).shuffle(near)
    if len(near) < _OPTIONS - 1:
        return None
    options = [Option(slot.written, True), *(Option(written) for written in near[: _OPTIONS - 1])]
    craft.chance("asked_figure", question, fact).shuffle(options)
    return craft.item(
        Kind.SINGLE_CHOICE,
        "asked_figure",
        question,
        slot.written,
        craft.text("figure", "explanation").format(
            answer=slot.written, place=craft.place(quote), quote=quote.text
        ),
        options=options,
        quotes=(quote,),
        statements=(_bound(quote, text),),
        level=quote.level,
        force=force,
        difficulty=Difficulty.MEDIUM,
        slot=f"{slot.unit}:{slot.start}",
        asked=(question,),
    )


def _asks_for(question: str, unit: str, language: str) -> bool:
    """Whether a question asks for a figure of that unit: "must I?" is answered by yes or no, whatever the rule says."""
    kind = unit if unit in ("money", "percent") else ("time" if unit in _TIMES else "count")
    words = "|".join(training_texts(language)["reading"]["asks"][kind])
    return re.search(rf"\b(?:{words})\b", question, re.IGNORECASE) is not None


def _slot_of(fact: str, text: str, language: str) -> Slot | None:
    """The one figure of a sentence that a fact names, however it is written."""
    said = [(s.value, s.unit) for s in slots(fact, language)]
    found = [s for s in slots(text, language) if (s.value, s.unit) in said]
    return found[0] if len(said) == len(found) == 1 else None


def _bound(quote: Quote, text: str) -> Bound:
    return Bound(
        plan_id=quote.plan_id,
        version_id=quote.version_id,
        file=quote.file,
        section=quote.section,
        page=quote.page,
        text=text,
        text_hash=text_hash(text),
    )
