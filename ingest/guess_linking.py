"""The links between drafted plans: what a document says, held against level and date."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from itertools import permutations

from ingest.guess_cover import Cover
from ingest.guess_dates import find_period
from ingest.guess_links import (
    Mention,
    carried_out_by,
    superseded_by,
    translated_by,
)
from ingest.guess_notes import Guess
from ingest.guess_plan import Drafted
from ingest.guess_titles import Titles, content_words
from ingest.plans import Plan, PlanLink, PlanVersion, Status
from ingest.register_checks import cycles

_DEAD = (Status.SUPERSEDED, Status.REPEALED)
_UNDECIDED = (Status.DRAFT, Status.HEARING)
_NOT_PARENTS = frozenset({"budget", "plan-strategy"})
"""Mentioned for the money or for the order of revision; a plan does not carry them out."""
_REASONS = {
    "supersedes": "the document says that it replaces this plan",
    "translation_of": "the document says that it translates this plan",
    "implements": "the document says that it carries out or rests on this plan",
}


class Linking:
    """Finds the links between drafted plans; no link ever leads back to where it came from."""

    def __init__(self, drafts: Iterable[Drafted], covers: Mapping[str, Cover]) -> None:
        self.drafts = {draft.file: draft for draft in drafts}
        self.covers = covers
        self.guesses: dict[str, list[Guess]] = {}
        self.sections: dict[tuple[str, str], tuple[str, ...]] = {}
        """Of a plan and one that it carries out, the sections named."""
        self.titled = {file: draft for file, draft in self.drafts.items() if covers[file].title}
        self.names = {file: draft.plan.title for file, draft in self.titled.items()}
        self.titles = Titles.of(self.names, self._current(frozenset()))

    def plans(self) -> tuple[Plan, ...]:
        """The plans with their links, and with the status that being replaced gives them."""
        replaced = {file: self._replaced(file) for file in self.drafts}
        self._add_editions(replaced)
        gone = {other for file, others in replaced.items() if self._is_decided(file) for other in others}
        self.titles = Titles.of(self.names, self._current(frozenset(gone)))
        translated = {file: self._translated(file, replaced[file]) for file in self.drafts}
        self._break_cycles(replaced, "supersedes")
        self._break_cycles(translated, "translation_of")
        implemented = {
            file: self._implemented(file, {*replaced[file], *translated[file]}) for file in self.drafts
        }
        self._break_cycles(implemented, "implements")
        linked = {
            file: self._linked(draft, replaced[file], translated[file], implemented[file])
            for file, draft in self.drafts.items()
        }
        for file, others in replaced.items():
            if self._is_decided(file):
                for other in others:
                    linked[other] = self._superseded(linked[other], other, file)
        return tuple(linked.values())

    def _is_decided(self, file: str) -> bool:
        return self._version(file).status not in _UNDECIDED

    def _current(self, gone: frozenset[str]) -> frozenset[str]:
        """The plans that a name without years can mean: adopted, and not replaced by another."""
        adopted = (file for file in self.titled if self._version(file).status is Status.ADOPTED)
        return frozenset(adopted) - gone

    def _linked(
        self, draft: Drafted, replaced: list[str], translated: list[str], implemented: list[str]
    ) -> Plan:
        return replace(
            draft.plan,
            supersedes=self._ids(replaced),
            implements=tuple(link for other in implemented for link in self._links(draft.file, other)),
            translation_of=next(iter(self._ids(translated)), None),
        )

    def _links(self, file: str, other: str) -> list[PlanLink]:
        """One link for each section that is named, else one for the plan."""
        plan_id = self.drafts[other].plan.plan_id
        return [PlanLink(plan_id, section) for section in self.sections.get((file, other)) or (None,)]

    def _ids(self, files: Iterable[str]) -> tuple[str, ...]:
        return tuple(self.drafts[file].plan.plan_id for file in files)

    def _level(self, file: str) -> int:
        return self.drafts[file].plan.level

    def _version(self, file: str) -> PlanVersion:
        return self.drafts[file].plan.versions[0]

    def _replaced(self, file: str) -> list[str]:
        """A plan may say that it replaces an older one of its own level or below, never above."""
        found = superseded_by(file, self.covers[file], self.titles)
        mine = _start(self._version(file))
        return self._noted(
            file,
            "supersedes",
            [
                each
                for each in found
                if self._level(each.file) >= self._level(file)
                and not _is_before(mine, _start(self._version(each.file)))
            ],
        )

    def _add_editions(self, replaced: dict[str, list[str]]) -> None:
        """Of two texts with one name, language and level, the one for later years replaces the other."""
        for file, other in permutations(self.titled, 2):
            if self._is_later_edition(file, other) and other not in replaced[file]:
                replaced[file].append(other)
                reason = "the same title, language and level, for later years"
                guess = Guess(file, "supersedes", self.drafts[other].plan.plan_id, reason)
                self.guesses.setdefault(file, []).append(guess)

    def _is_later_edition(self, file: str, other: str) -> bool:
        mine, older = self.drafts[file], self.drafts[other]
        named_alike = _bare(mine.plan.title) == _bare(older.plan.title)
        if not named_alike or mine.plan.level != older.plan.level or mine.language != older.language:
            return False
        return _is_before(_first_day(older.plan.versions[0]), _first_day(mine.plan.versions[0]))

    def _translated(self, file: str, replaced: list[str]) -> list[str]:
        language = self.drafts[file].language
        found = [
            each
            for each in translated_by(file, self.covers[file], self.titles)
            if each.file not in replaced and self.drafts[each.file].language != language
        ]
        return self._noted(file, "translation_of", found[:1])

    def _implemented(self, file: str, otherwise_linked: set[str]) -> list[str]:
        """Adopted plans of a higher level or its own that the document says it carries out."""
        found = [
            each
            for each in carried_out_by(file, self.covers[file], self.titles)
            if self._level(each.file) <= self._level(file) - each.above_only
            and each.file not in otherwise_linked
            and self._is_decided(each.file)
            and self.drafts[each.file].plan.kind not in _NOT_PARENTS
        ]
        self.sections |= {(file, each.file): each.sections for each in found}
        return self._noted(file, "implements", found)

    def _noted(self, file: str, field: str, mentions: list[Mention]) -> list[str]:
        for each in mentions:
            plan_id = self.drafts[each.file].plan.plan_id
            guess = Guess(file, field, plan_id, _REASONS[field], each.line.page, each.line.text)
            self.guesses.setdefault(file, []).append(guess)
        return [each.file for each in mentions]

    def _break_cycles(self, edges: dict[str, list[str]], field: str) -> None:
        for cycle in list(cycles(edges)):
            holder, target = cycle[-2], cycle[-1]
            edges[holder] = [file for file in edges[holder] if file != target]
            gone = (field, self.drafts[target].plan.plan_id)
            self.guesses[holder] = [g for g in self.guesses[holder] if (g.field, g.value) != gone]

    def _superseded(self, plan: Plan, file: str, by: str) -> Plan:
        version = plan.versions[0]
        if version.status in _UNDECIDED or version.status in _DEAD:
            return plan
        reason = f"replaced by {self.drafts[by].plan.plan_id}"
        guess = Guess(file, "status", Status.SUPERSEDED.value, reason)
        self.guesses.setdefault(file, []).append(guess)
        return replace(plan, versions=(replace(version, status=Status.SUPERSEDED),))


def _start(version: PlanVersion) -> date | None:
    return version.valid_from or version.adopted_on


def _first_day(version: PlanVersion) -> date | None:
    """When it holds from, also for a draft that only names its years."""
    period = find_period(version.title)
    return _start(version) or (date(period[0], 1, 1) if period else None)


def _bare(title: str) -> tuple[str, ...]:
    """The words of a title up to its years."""
    return content_words(re.split(r"\b(?:19|20)\d\d\b", title, maxsplit=1)[0]) or content_words(title)


def _is_before(one: date | None, other: date | None) -> bool:
    """Whether both are known and the one comes first."""
    return one is not None and other is not None and one < other
