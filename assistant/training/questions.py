"""Items from questions that people have asked: starred, frequent, or put in by the trainer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from assistant.answers import Answer, Outcome, Role
from assistant.training.craft import Craft
from assistant.training.items import Bound, Difficulty, Item, Kind, Option, Quote, text_hash

_OPTIONS = 4

Ask = Callable[[str, str], Answer]


def from_questions(craft: Craft, questions: Sequence[str], ask: Ask) -> Iterator[Item]:
    """For each question that the plans answer: which plan does? Questions without an answer give no item."""
    for question in dict.fromkeys(q.strip() for q in questions):
        answer = ask(question, craft.language)
        item = _item(craft, question, answer) if answer.outcome is Outcome.ANSWERED else None
        if item is not None:
            yield item


def _item(craft: Craft, question: str, answer: Answer) -> Item | None:
    governing = answer.cited(Role.GOVERNING)
    if governing is None:
        return None
    source = governing.source
    cited = {citation.source.title for citation in answer.citations}
    ranked = [p.title for p in answer.passages]
    library = craft.material.library
    in_force, _ = library.in_force(craft.material.as_of)
    titles = [library.shelves[document].version.title for document in in_force]
    wrong = [title for title in dict.fromkeys([*ranked, *titles]) if title not in cited][: _OPTIONS - 1]
    options = [Option(source.title, True), *(Option(title) for title in wrong)]
    craft.chance("question", question).shuffle(options)
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
    text = source.quote
    bound = Bound(
        plan_id=source.plan_id,
        version_id=source.version_id,
        file=source.file,
        section=source.section,
        page=source.page,
        text=text,
        text_hash=text_hash(text),
    )
    words = craft.words["templates"]["question"]
    return craft.item(
        Kind.SINGLE_CHOICE,
        "question",
        words["question"].format(question=question),
        source.title,
        words["explanation"].format(place=craft.place(quote), quote=quote.text, why=answer.why).strip(),
        options=options,
        quotes=(quote,),
        statements=(bound,),
        level=source.level,
        force=answer.force.value,
        difficulty=Difficulty.MEDIUM,
        asked=(question,),
    )
