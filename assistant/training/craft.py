"""What every template needs: the words of its language, chance by seed, and the making of one item."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from assistant.desk.validity import State as Standing
from assistant.training.items import (
    Bound,
    Difficulty,
    Fact,
    Item,
    Kind,
    Option,
    Pair,
    Part,
    Quote,
    text_hash,
    with_id,
)
from assistant.training.material import Material
from assistant.training.rules import Contest, Rule
from ingest.plans import Plan
from prompts import training_texts

_ID_LATER = ""
_LONGEST_HEADING = 60
"""Characters."""


_BARE_NUMBER = re.compile(r"\d+(?:\.\d+)*\.?")


def title_of(plan: Plan, title: str, version_id: str | None) -> str:
    """A title, with the version's id where the plan has several versions of that title."""
    ids = {version.version_id for version in plan.versions if version.title == title}
    return f"{title} ({version_id})" if len(ids) > 1 and version_id else title


@dataclass(frozen=True, slots=True)
class Craft:
    """The material, the language and the seed of one round of making items."""

    material: Material
    language: str
    seed: int = 0
    unit: str = ""
    refused: Callable[[Item, str], bool] = lambda item, text: False
    """Whether a wrong option was rejected before, for an item on the same matter."""

    @property
    def words(self) -> Mapping[str, Any]:
        return training_texts(self.language)

    def text(self, template: str, part: str) -> str:
        found: str = self.words["templates"][template][part]
        return found

    def chance(self, *about: object) -> random.Random:
        """Chance that is the same for one seed and one thing, whatever else is made."""
        return random.Random(f"{self.seed}|{'|'.join(map(str, about))}")

    # --- sources ----------------------------------------------------------------------------

    def quote(self, rule: Rule) -> Quote:
        source = rule.source
        return Quote(
            plan_id=source.plan_id,
            version_id=source.version_id,
            file=source.file,
            title=self.title(rule),
            level=source.level,
            level_name=self.level_name(source.level),
            section=source.section,
            page=source.page,
            text=source.quote,
            language=source.language,
        )

    def level_name(self, level: int) -> str:
        """The level's name in the language of the questions, where the scheme or the texts have one."""
        found = self.material.register.level(level)
        own: Mapping[str, str] = self.words["level_names"]
        known = self.language not in found.names and found.level_id in own
        return own[found.level_id] if known else found.name(self.language)

    def level_label(self, level: int) -> str:
        label: str = self.words["level"].format(level=level, name=self.level_name(level))
        return label

    def bound(self, rule: Rule, part: Part = Part.KEY) -> Bound:
        source = rule.source
        return Bound(
            plan_id=source.plan_id,
            version_id=source.version_id,
            file=source.file,
            section=source.section,
            page=source.page,
            text=rule.text,
            text_hash=text_hash(rule.text),
            part=part,
        )

    def place(self, quote: Quote) -> str:
        """Title, section and page of a source, as a reader is told them."""
        page = self.words["page"].format(page=quote.page) if quote.page is not None else ""
        return ", ".join(filter(None, (quote.title, self._short(quote.section), page)))

    def where(self, rule: Rule) -> str:
        """Title and section."""
        return ", ".join(filter(None, (self.title(rule), self._short(rule.source.section))))

    def _short(self, section: str) -> str:
        """A section's number or heading; a bare number is called what it is, a heading as long as a sentence left out."""
        if _BARE_NUMBER.fullmatch(section):
            return str(self.words["section"].format(section=section))
        return section if len(section) <= _LONGEST_HEADING else ""

    def title(self, rule: Rule) -> str:
        """The title, with the version where the plan has several of that title."""
        return title_of(rule.plan, rule.source.title, rule.source.version_id)

    def quoted(self, text: str) -> str:
        quoted: str = self.words["quote"].format(text=text)
        return quoted

    def day(self, day: date) -> str:
        months = self.words["months"]
        written: str = self.words["date"].format(day=day.day, month=months[day.month - 1], year=day.year)
        return written

    # --- why not ----------------------------------------------------------------------------

    def why_silent(self, rule: Rule) -> str:
        """Why a text not in force does not apply."""
        return self.standing(self.title(rule), rule.speaker.validity.state)

    def standing(self, title: str, state: Standing) -> str:
        said: str = self.words["standing"][state.value].format(title=title)
        return said

    def why_yields(self, contest: Contest) -> str:
        """Why the winner of two texts in force is followed."""
        why: str = self.words["maxim"][contest.maxim.value].format(
            winner=self.title(contest.winner), loser=self.title(contest.loser)
        )
        return why

    # --- making -----------------------------------------------------------------------------

    def item(
        self,
        kind: Kind,
        template: str,
        question: str,
        answer: str,
        explanation: str,
        *,
        rules: Sequence[Rule] = (),
        options: Sequence[Option] = (),
        pairs: Sequence[Pair] = (),
        quotes: Sequence[Quote] = (),
        statements: Sequence[Bound] = (),
        facts: Sequence[Fact] = (),
        level: int | None = None,
        force: str | None = None,
        topic: str | None = None,
        difficulty: Difficulty = Difficulty.MEDIUM,
        audience: str = "purchaser",
        slot: str = "",
        asked: Sequence[str] = (),
    ) -> Item:
        """An item that stands on `rules`, with what else is bound; its id follows from its words."""
        first = rules[0] if rules else None
        made = Item(
            item_id=_ID_LATER,
            municipality=self.material.register.municipality.municipality_id,
            kind=kind,
            template=template,
            language=self.language,
            question=question,
            answer=answer,
            explanation=explanation,
            as_of=self.material.as_of,
            level=level if level is not None else (first.source.level if first else 0),
            options=tuple(options),
            pairs=tuple(pairs),
            quotes=(*(self.quote(rule) for rule in rules), *quotes),
            force=force or (first.force.value if first else "information"),
            topic=topic if topic is not None else (first.topic if first else ""),
            difficulty=difficulty,
            audience=audience,
            unit=self.unit,
            slot=slot,
            asked=tuple(asked),
            statements=(*(self.bound(rule) for rule in rules), *statements),
            facts=tuple(facts),
        )
        return with_id(made)
