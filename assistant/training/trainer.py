"""One municipality's trainer: an index and a bank opened together, and what can be done with both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from assistant.answers import Answer, Question
from assistant.errors import BadSetting
from assistant.library import Library
from assistant.question import facts as read_facts
from assistant.retrieve import Hit
from assistant.training.asked import Asked
from assistant.training.bank import Bank
from assistant.training.checks import Finding, check, errors, found_by_assistant
from assistant.training.craft import Craft
from assistant.training.errors import BadEdit
from assistant.training.generate import Generated, Wanted, coverage, generate, relevant_statements
from assistant.training.items import Item, Kind, State
from assistant.training.material import Material
from assistant.training.questions import from_questions
from assistant.training.records import bank_file
from assistant.training.review import approve
from assistant.training.stale import Standing, Watch
from assistant.training.verified import Verified, VerifiedAnswers
from assistant.wire import Assistant, open_assistant
from ingest import search_files
from ingest.store import Store

_AUDIENCE = 0.6
"""What being about the audience adds to being about the topic."""
_TOPIC_STATEMENTS = 60
"""Statements looked at for a topic."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a trainer asks for; `topic` and `audience` are free words, the rest narrows what is made."""

    count: int = 10
    language: str | None = None
    topic: str = ""
    audience: str = ""
    plan: str | None = None
    level: int | None = None
    kinds: frozenset[Kind] = frozenset()
    force: str | None = None
    seed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeOfAsked:
    """Drafts from what people asked, and what the plans gave no answer to, the most wanted first."""

    items: tuple[Item, ...]
    asked: int
    unanswered: tuple[Asked, ...]


class Trainer:
    """Follows the index when it changes; safe to use from several threads."""

    def __init__(
        self,
        index: Path,
        bank: Bank,
        *,
        municipality: str | None = None,
        assistant: Assistant | None = None,
    ) -> None:
        """`assistant`: of the same index, opened at the first need of it where none is given."""
        self.index = index
        self.bank = bank
        self._named = municipality
        self._assistant = assistant
        self._store = Store.open(index)
        self._opened: tuple[int, Library] | None = None
        self._watches: dict[tuple[int, str, date], Watch] = {}
        self._verified: VerifiedAnswers | None = None

    @property
    def municipality(self) -> str:
        return self.library().register.municipality.municipality_id

    @property
    def language(self) -> str:
        """The municipality's first language."""
        return self.library().register.municipality.languages[0]

    def library(self) -> Library:
        """The plans as the index holds them now; opens no model."""
        generation = self._store.generation
        if self._opened is None or self._opened[0] != generation:
            self._opened = (generation, Library(self._store, self._named))
        return self._opened[1]

    @property
    def assistant(self) -> Assistant:
        if self._assistant is None:
            self._assistant = open_assistant(self.index, municipality=self._named)
        return self._assistant

    def material(self, language: str | None = None, as_of: date | None = None) -> Material:
        library = self.library()
        files = search_files.load_or_write(self.index, self._store, self._store.generation)
        return Material(library, files, as_of or date.today(), language or self.language)

    def craft(
        self, language: str | None = None, as_of: date | None = None, *, seed: int = 0, unit: str = ""
    ) -> Craft:
        spoken = language or self.language
        return Craft(self.material(spoken, as_of), spoken, seed, unit, self.bank.refuses_option)

    # --- generate ---------------------------------------------------------------------------

    def generate(
        self, wish: Wish, as_of: date | None = None, *, store: bool = True, reword: bool = False
    ) -> Generated:
        """Makes and chooses items; with `store` they are added to the bank as drafts.

        `reword`: a language model puts the questions in natural words, where those hold.

        Raises:
            BadSetting: a model is to word them and none is set.
        """
        craft = self.craft(wish.language, as_of, seed=wish.seed, unit=wish.audience)
        wanted = Wanted(
            count=wish.count,
            plan=wish.plan,
            level=wish.level,
            kinds=wish.kinds,
            force=wish.force,
            relevant=self._relevant(craft, wish),
        )
        made = self._reworded(generate(craft, wanted, self.bank), reword)
        if store:
            self.bank.add(made.items)
        return made

    def _reworded(self, made: Generated, reword: bool) -> Generated:
        if not reword:
            return made
        from assistant.training.reword import reworded

        chat = self.assistant.chat()
        if chat is None:
            raise BadSetting(
                "no language model is set to word the questions; set HJEMMEL_MODEL, or leave it out"
            )
        items = reworded(made.items, chat)
        changed = sum(new.question != old.question for new, old in zip(items, made.items, strict=True))
        return replace(made, items=items, reworded=changed)

    def _relevant(self, craft: Craft, wish: Wish) -> Mapping[str, float] | None:
        """How much each statement is about what was asked for: the topic, and among those the audience."""
        first, *rest = [words for words in (wish.topic, wish.audience) if words] or [""]
        if not first:
            return None
        found = self._about(craft, first, wish.count)
        for words in rest:
            also = self._about(craft, words, wish.count)
            found = {key: score + _AUDIENCE * also.get(key, 0.0) for key, score in found.items()}
        return found

    def _about(self, craft: Craft, words: str, count: int) -> dict[str, float]:
        parts = self.assistant.parts()
        languages = parts.library.register.municipality.languages
        asked = Question(text=words, as_of=craft.material.as_of)
        facts = read_facts(asked, languages=languages, today=date.today())
        governing, _ = parts.library.in_force(craft.material.as_of)
        hits: list[Hit] = parts.retriever.retrieve(
            words,
            parts.retriever.encode(words),
            facts.language,
            documents=governing,
            limit=max(_TOPIC_STATEMENTS, 3 * count),
        )
        statements = parts.retriever.files.statement
        return relevant_statements(craft.material, {int(statements[h.row]): h.score for h in hits})

    def from_questions(
        self, questions: Sequence[str], language: str | None = None, as_of: date | None = None
    ) -> list[Item]:
        """Items from questions that people have asked and the plans answer; added as drafts."""
        craft = self.craft(language, as_of)
        return self.bank.add(from_questions(craft, questions, self.ask))

    def from_asked(
        self, asked: Sequence[Asked], language: str | None = None, as_of: date | None = None
    ) -> MadeOfAsked:
        """As `from_questions`; tells which questions the plans do not answer: those want a question of one's own."""
        craft = self.craft(language, as_of)
        made = list(from_questions(craft, [each.question for each in asked], self.ask))
        answered = {question for item in made for question in item.asked}
        return MadeOfAsked(
            items=tuple(self.bank.add(made)),
            asked=len(asked),
            unanswered=tuple(each for each in asked if each.question not in answered),
        )

    # --- review -----------------------------------------------------------------------------

    def check(self, item: Item, *, ask: bool = False) -> list[Finding]:
        """What the checks say of an item; with `ask` also whether the assistant finds its answer."""
        others = [o for o in self.bank.items(item.municipality) if o.state is not State.REJECTED]
        found = check(item, self.library().page_text, others)
        return [*found, *(found_by_assistant(item, self._ask_for) if ask else [])]

    def approve(self, item_ids: Sequence[str], *, role: str, on: date | None = None) -> list[Item]:
        """Approves items that pass the checks and still hold; all of them or none.

        Raises:
            UnknownItem, BadEdit: one is not there, is not sound or is stale, or no role is named.
        """
        for item in [self.bank.item(each) for each in item_ids]:
            wrong = [f"{f.problem.value} {f.detail}".strip() for f in errors(self.check(item))]
            wrong += [change.words for change in self.standing(item).changes]
            if wrong:
                raise BadEdit(
                    f"item {item.item_id} cannot be approved: {'; '.join(wrong)}; edit or reject it"
                )
        return approve(self.bank, item_ids, role=role, on=on)

    def _ask_for(self, question: str, item: Item) -> Answer:
        return self.ask(question, item.language, item.as_of)

    def ask(self, question: str, language: str, as_of: date | None = None) -> Answer:
        return self.assistant.ask(Question(text=question, language=language, as_of=as_of))[0]

    def items(self, state: State | None = None, **chosen: Any) -> list[Item]:
        return self.bank.items(self.municipality, state=state, **chosen)

    def coverage(self, items: Sequence[Item], as_of: date | None = None) -> Mapping[str, Mapping[str, int]]:
        """How many items there are by plan, level, force, topic, kind, language and difficulty."""
        return coverage(items, self.material(as_of=as_of))

    # --- staying true -----------------------------------------------------------------------

    def standing(self, item: Item, as_of: date | None = None) -> Standing:
        """How an item stands now, or on a date; a shared item of another municipality's index stands as it is."""
        if item.municipality != self.municipality:
            return Standing(item=item)
        return self._watch(item.language, as_of or date.today()).standing(item)

    def stale(self, as_of: date | None = None, *, moved: bool = False) -> list[Standing]:
        """Items, rejected ones aside, that no longer hold; with `moved` also those whose source has moved."""
        found = [self.standing(item, as_of) for item in self.items() if item.state is not State.REJECTED]
        return [s for s in found if s.is_stale or (moved and s.moved)]

    def _watch(self, language: str, as_of: date) -> Watch:
        """One for each state of the index, language and date; older states are let go."""
        generation = self._store.generation
        key = (generation, language, as_of)
        if key not in self._watches:
            self._watches = {k: w for k, w in self._watches.items() if k[0] == generation}
            self._watches[key] = Watch(self.craft(language, as_of))
        return self._watches[key]

    def verified_answer(self, question: str, language: str, own: Answer | None = None) -> Verified | None:
        """An approved answer to a question that means the same and names the same facts; None where none does.

        `own`: the assistant's own answer, where it has been asked already; else it is asked when need be.
        """
        items = self.bank.items(self.municipality, state=State.APPROVED, language=language)
        if not any(item.asked for item in items):
            return None
        if self._verified is None:
            self._verified = VerifiedAnswers(self.assistant.parts().retriever.encode)
        return self._verified.answer(
            question,
            language,
            items,
            is_stale=lambda item: self.standing(item).is_stale,
            ask=lambda: own or self.ask(question, language),
        )

    def refresh(self, item_id: str, *, role: str = "") -> Item:
        """Gives an item whose sentences stand elsewhere now its new sources; its approval stays."""
        from assistant.training.refresh import refreshed

        item = self.bank.item(item_id)
        return self.bank.put(refreshed(item, self.craft(item.language)), "refreshed", role=role)


def open_trainer(
    index: Path,
    *,
    bank: Path | None = None,
    municipality: str | None = None,
    assistant: Assistant | None = None,
) -> Trainer:
    """The trainer of an index, with the bank beside it or the one named.

    Raises:
        IndexMissing, IndexDamaged, BankDamaged: the index or the bank cannot be opened.
        UnknownMunicipality: the index holds several and none is named.
    """
    trainer = Trainer(
        index, Bank.open(bank or bank_file(index)), municipality=municipality, assistant=assistant
    )
    trainer.library()
    return trainer
