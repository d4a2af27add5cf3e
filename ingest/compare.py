"""The register held against what the documents say of themselves. Pure.

Only what a document plainly says counts, with the words that say it; where it is silent, so is this. What
is found is never an error: a cover may be old, and the register is the municipality's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from ingest.bodies import find_bodies
from ingest.fold import fold
from ingest.guess_cover import Cover, cover_of
from ingest.guess_dates import find_period
from ingest.guess_fields import with_full_title
from ingest.guess_kinds import stated_level
from ingest.guess_links import Titles, superseded_by
from ingest.guess_notes import Guess
from ingest.guess_plan import draft_plan
from ingest.guess_term import FROM_DECISION
from ingest.plans import LoadedDocument, Plan, PlanVersion, Register, Status

_UNDECIDED = (Status.DRAFT, Status.HEARING)
_DEAD = (Status.SUPERSEDED, Status.REPEALED)
_ALIKE = 0.5
"""Share of the shorter title's words that two titles of one plan have in common."""
_PERIOD = "the period in the title"
"""How the reason of a day begins that no words for a day stand before."""
_HALF_A_YEAR = timedelta(days=183)
"""By which a plan "2021-2025" may go on where the financial year ends in spring."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Where register and document say two things of one field; `page` is physical, None without pages."""

    plan_id: str
    version_id: str | None
    file: str
    field: str
    registered: str
    said: str
    page: int | None
    words: str

    def __str__(self) -> str:
        place = f", page {self.page}" if self.page else ""
        return (
            f"{self.plan_id} {self.file}{place}: {self.field}: the register says {self.registered},"
            f" the document says {self.said}: «{self.words}»"
        )


@dataclass(frozen=True, slots=True)
class _Text:
    """One file of a version, the version's own document and not an annex, with what its cover says."""

    plan: Plan
    version: PlanVersion
    file: str
    cover: Cover
    guesses: Mapping[str, Guess]
    """By field, those that rest on words."""
    is_scanned: bool

    def difference(self, field: str, registered: object, said: object, guess: Guess) -> Difference:
        return Difference(
            plan_id=self.plan.plan_id,
            version_id=self.version.version_id,
            file=self.file,
            field=field,
            registered=str(registered),
            said=str(said),
            page=guess.page,
            words=guess.words or "",
        )


def differences(register: Register, documents: Mapping[str, LoadedDocument]) -> tuple[Difference, ...]:
    """In the register's order; `documents` by file, those that could not be read left out."""
    titles = _titles(register)
    found: list[Difference] = []
    for plan in register.plans:
        for version in plan.versions:
            document = documents.get(version.files[0]) if version.files else None
            if document is not None and document.pages:
                text = _text(plan, version, document)
                for compare in (_title, _status, _days, _amended, _body, _level):
                    found += compare(text, register)
                found += _supersedes(text, register, titles)
    return tuple(found)


def _text(plan: Plan, version: PlanVersion, document: LoadedDocument) -> _Text:
    file = version.files[0]
    cover = with_full_title(cover_of(document))
    guesses = draft_plan(file, plan.plan_id, cover, document).guesses
    said = {g.field: g for g in reversed(guesses) if g.words}
    return _Text(plan, version, file, cover, said, document.pages[0].ocr_confidence is not None)


# --- single fields ------------------------------------------------------------------------


def _title(text: _Text, _register: Register) -> Iterator[Difference]:
    """Two names that share too few words, or the same name for other years.

    A title recognised in a picture, where seals and signatures stand, is none to go by.
    """
    guess = text.guesses.get("title")
    if guess is None or text.is_scanned:
        return
    registered = text.version.title
    mine, theirs = find_period(registered), find_period(guess.value)
    other_years = mine is not None and theirs is not None and mine != theirs
    if other_years or not _named_alike(registered, guess.value):
        yield text.difference("title", f"«{registered}»", f"«{guess.value}»", guess)


def _named_alike(one: str, other: str) -> bool:
    first, second = _words(one), _words(other)
    shorter, longer = sorted((first, second), key=len)
    if not shorter:
        return True
    shared = sum(any(w.startswith(v[:5]) or v.startswith(w[:5]) for v in longer) for w in shorter)
    return shared / len(shorter) >= _ALIKE


def _words(title: str) -> list[str]:
    return re.findall(r"[^\W\d_]{4,}", fold(title).text.casefold())


def _status(text: _Text, _register: Register) -> Iterator[Difference]:
    guess = text.guesses.get("status")
    if guess is None:
        return
    registered, said = text.version.status, Status(guess.value)
    differs = (
        (said in _UNDECIDED and registered not in _UNDECIDED)
        or (said in _DEAD and registered is Status.ADOPTED)
        # A decision with a day: a draft names who is to decide, and when it is planned.
        or (said is Status.ADOPTED and registered in _UNDECIDED and "adopted_on" in text.guesses)
    )
    if differs:
        yield text.difference("status", registered.value, said.value, guess)


def _days(text: _Text, _register: Register) -> Iterator[Difference]:
    version = text.version
    for field, registered in (
        ("adopted_on", version.adopted_on),
        ("valid_from", version.valid_from),
        ("valid_to", version.valid_to),
        ("repealed_on", version.repealed_on),
    ):
        guess = text.guesses.get(field)
        if guess is None or registered is None or guess.reason == FROM_DECISION:
            continue
        said = date.fromisoformat(guess.value)
        if guess.reason.startswith(_PERIOD):
            # A title names years; the first of them may lie before the decision.
            late = registered - said
            differs = (
                field == "valid_to"
                and said.year != registered.year
                and not timedelta(0) <= late <= _HALF_A_YEAR
            )
        else:
            differs = said != registered and not (field == "adopted_on" and said in version.amended_on)
        if differs:
            yield text.difference(field, registered, said, guess)


def _amended(text: _Text, _register: Register) -> Iterator[Difference]:
    """A change that is later than all the register knows."""
    guess = text.guesses.get("amended_on")
    known = [day for day in (text.version.adopted_on, *text.version.amended_on) if day]
    if guess is None or not known:
        return
    said = date.fromisoformat(guess.value)
    if said > max(known):
        last = max(text.version.amended_on, default=None)
        yield text.difference("amended_on", last or "nothing of a change", said, guess)


def _body(text: _Text, register: Register) -> Iterator[Difference]:
    guess = text.guesses.get("adopted_by")
    body = register.body(text.version.adopted_by)
    if guess is None or guess.words is None or body is None:
        return
    language = text.version.language
    said = {hit.known_as: hit for hit in find_bodies(guess.words, language)}
    names = [body.body_id, *body.names.values()]
    registered = {hit.known_as for name in names for hit in find_bodies(name, language)}
    written = fold(guess.words).text.casefold()
    if not said or not registered or any(fold(name).text.casefold() in written for name in names):
        return
    if not registered & said.keys():
        named = next(iter(said.values())).words
        yield text.difference("adopted_by", body.name(language or "nb"), named, guess)


def _level(text: _Text, register: Register) -> Iterator[Difference]:
    """A level that the cover itself states; what a title implies is no statement."""
    stated = stated_level(text.cover)
    if stated is None or stated[0] == text.plan.level or stated[0] > len(register.levels):
        return
    line = stated[1]
    guess = Guess(text.file, "level", str(stated[0]), "", line.page, line.text)
    yield text.difference("level", text.plan.level, stated[0], guess)


# --- what replaces what -------------------------------------------------------------------


def _titles(register: Register) -> Titles:
    """By plan id: the files of one plan share a name."""
    names = {p.plan_id: p.title for p in register.plans}
    return Titles.of(names)


def _supersedes(text: _Text, register: Register, titles: Titles) -> Iterator[Difference]:
    """Another plan that the document says it replaces, and the register does not."""
    if text.version.status in _UNDECIDED:
        return
    for mention in superseded_by(text.plan.plan_id, text.cover, titles):
        other = register.plan(mention.file)
        known = (text.plan.plan_id, *text.plan.supersedes)
        # Lines further down may be about other documents: the name must stand with the words.
        if other.plan_id in known or other.plan_id not in titles.mentioned(mention.line.text):
            continue
        registered = ", ".join(text.plan.supersedes) or "nothing"
        guess = Guess(text.file, "supersedes", other.plan_id, "", mention.line.page, mention.line.text)
        yield text.difference("supersedes", registered, other.plan_id, guess)
