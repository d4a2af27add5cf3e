"""One document's own plan, drafted field by field, with the reason for each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from ingest.bodies import COUNCIL
from ingest.guess_cover import Cover, CoverLine
from ingest.guess_dates import find_days
from ingest.guess_days import (
    Decision,
    amended_days,
    decision_of,
    owner_of,
    period_of,
    revision_of,
    valid_days,
)
from ingest.guess_fields import LOWEST, Kind, kind_of, stated_level, status_of
from ingest.guess_words import NATIONAL
from ingest.language import UNDETERMINED, detect
from ingest.plans import Body, LoadedDocument, Plan, PlanVersion, RevisionDue, Status
from ingest.register import DEFAULT_LEVELS, slug

_SAMPLE = 6_000
_MOST_AMENDMENTS = 10
_UNDECIDED = (Status.DRAFT, Status.HEARING)


@dataclass(frozen=True, slots=True)
class Guess:
    """One field of a drafted register, why it was filled so, and the words it rests on.

    `file` is the plan's file, empty for what concerns the whole folder. `page` and `words` are None
    where the guess rests on no place in the document.
    """

    file: str
    field: str
    value: str
    reason: str
    page: int | None = None
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Drafted:
    """A plan drafted from one document, the body that adopted it, and why."""

    file: str
    plan: Plan
    body: Body | None
    guesses: tuple[Guess, ...]

    @property
    def language(self) -> str | None:
        """The language the document is written in."""
        return self.plan.versions[0].language


@dataclass(frozen=True, slots=True)
class _Days:
    adopted_on: date | None = None
    amended_on: tuple[date, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    repealed_on: date | None = None


def draft_plan(file: str, plan_id: str, cover: Cover, document: LoadedDocument) -> Drafted:
    """The plan that one document is; links to other plans are found when all are known."""
    notes = _Notes(file)
    language = _language(document, notes)
    title = _title(cover, document, notes)
    decision = decision_of(cover, language or "")
    kind = _kind(cover, decision, document, notes)
    decision = None if _is_national(kind) else decision
    status = _status(cover, decision, notes)
    decided = None if status in _UNDECIDED else decision
    body = _body(decided, language, notes)
    days = _days(cover, decided, kind, status, notes)
    owner, revision = owner_of(cover), revision_of(cover)
    if owner:
        notes.add("owner", owner[0], "stands after a label for who is responsible", owner[1])
    if revision:
        notes.add("revision_due", _due(revision[0]), "stands after words for the next revision", revision[1])
    version = PlanVersion(
        version_id=None,
        files=(file,),
        title=title,
        language=language,
        status=status,
        adopted_by=body.body_id if body else None,
        adopted_on=days.adopted_on,
        amended_on=days.amended_on,
        valid_from=days.valid_from,
        valid_to=days.valid_to,
        repealed_on=days.repealed_on,
    )
    plan = Plan(
        plan_id=plan_id,
        title=title,
        level=kind.level if kind else LOWEST,
        kind=kind.kind if kind else "plan",
        versions=(version,),
        owner=owner[0] if owner else None,
        revision_due=revision[0] if revision else None,
    )
    return Drafted(file, plan, body, tuple(notes.guesses))


def _is_national(kind: Kind | None) -> bool:
    """A national text speaks of many decisions that are not its own."""
    return kind is not None and kind.level == NATIONAL


def _due(revision: RevisionDue) -> str:
    return str(revision.on) if revision.on else f"every {revision.every_years} years"


class _Notes:
    """The reasons given so far for one document."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.guesses: list[Guess] = []

    def add(self, field: str, value: object, reason: str, line: CoverLine | None = None) -> None:
        at, words = (line.page, line.text) if line else (None, None)
        self.guesses.append(Guess(self.file, field, str(value), reason, at, words))


def _language(document: LoadedDocument, notes: _Notes) -> str | None:
    text = "\n".join(_some_text(document))
    found = detect(text)
    if found == UNDETERMINED:
        return None
    notes.add("language", found, "the words of the text")
    return found


def _some_text(document: LoadedDocument) -> Iterator[str]:
    """Text from the first pages on; a cover alone may be in another language."""
    left = _SAMPLE
    for page in document.pages:
        yield page.text[:left]
        left -= len(page.text)
        if left <= 0:
            return


def _title(cover: Cover, document: LoadedDocument, notes: _Notes) -> str:
    if cover.title:
        notes.add("title", cover.title.text, "the largest or first heading", cover.title)
        return cover.title.text
    name = " ".join((document.title or "").split())
    if len(name) >= 4:
        notes.add("title", name, "the file's own metadata; no heading was found")
        return name
    stem = re.sub(r"[_-]+", " ", PurePosixPath(notes.file).stem).strip() or notes.file
    notes.add("title", stem, document.reason or "the file's name; no heading was found")
    return stem


def _kind(cover: Cover, decision: Decision | None, document: LoadedDocument, notes: _Notes) -> Kind | None:
    kind, stated = kind_of(cover), stated_level(cover)
    if kind:
        notes.add("kind", kind.kind, kind.reason, kind.line)
    if stated and stated[0] in (level.rank for level in DEFAULT_LEVELS):
        kind = Kind(kind.kind if kind else "plan", stated[0], stated[1], "the document states its level")
    elif kind is None:
        unread = "nothing could be read" if not document.pages else "no word says what kind of plan it is"
        notes.add("level", LOWEST, f"{unread}; the lowest level, where it sets aside nothing")
        return None
    elif kind.level == NATIONAL and decision and decision.body and decision.body.rank >= COUNCIL:
        reason = f"{kind.reason}, but a local body adopted it; the lowest level"
        kind = Kind(kind.kind, LOWEST, decision.line, reason)
    notes.add("level", kind.level, kind.reason, kind.line)
    return kind


def _status(cover: Cover, decision: Decision | None, notes: _Notes) -> Status:
    found = status_of(cover)
    if found:
        reason = f"a word for {found.status.value} on the title page or in the running lines"
        notes.add("status", found.status.value, reason, found.line)
        return found.status
    if decision and (decision.body or decision.day):
        notes.add("status", Status.ADOPTED.value, "a decision stands in the document", decision.line)
    else:
        reason = "no word of a draft, a hearing or a repeal; no decision either, so look at this"
        notes.add("status", Status.ADOPTED.value, reason)
    return Status.ADOPTED


def _body(decision: Decision | None, language: str | None, notes: _Notes) -> Body | None:
    if decision is None or decision.body is None:
        return None
    body_id, words = slug(decision.body.known_as), decision.body.words
    notes.add("adopted_by", body_id, "named in the decision", decision.line)
    name = words[:1].upper() + words[1:]
    if name.endswith("s") and not body_id.endswith("s"):  # kommunestyrets vedtak
        name = name[:-1]
    return Body(body_id=body_id, rank=decision.body.rank, names={language or "nb": name})


# --- days ---------------------------------------------------------------------------------


def _days(cover: Cover, decision: Decision | None, kind: Kind | None, status: Status, notes: _Notes) -> _Days:
    adopted = _adopted_on(decision, kind, notes)
    if status in _UNDECIDED:
        return _Days()
    begins, ends = _validity(cover, adopted, notes)
    return _Days(
        adopted_on=adopted,
        amended_on=_amended_on(cover, adopted, kind, notes),
        valid_from=begins,
        valid_to=ends,
        repealed_on=_repealed_on(cover, adopted, status, notes),
    )


def _adopted_on(decision: Decision | None, kind: Kind | None, notes: _Notes) -> date | None:
    if decision and decision.day:
        notes.add("adopted_on", decision.day, "stands with the decision", decision.line)
        return decision.day
    if kind and kind.level == NATIONAL:
        numbered = re.search(r"\b(\d{4}-\d\d-\d\d)(?:-\d+)?\b", kind.line.text)
        days = find_days(numbered[1]) if numbered else ()
        if days:
            notes.add("adopted_on", days[0].day, "the law's number begins with its day", kind.line)
            return days[0].day
    return None


def _validity(cover: Cover, adopted: date | None, notes: _Notes) -> tuple[date | None, date | None]:
    period, (begins, ends) = period_of(cover), valid_days(cover)
    valid_from, valid_to = begins and begins[0], ends and ends[0]
    if begins:
        notes.add("valid_from", begins[0], "stands after words for coming into force", begins[1])
    elif period:
        valid_from = _first_day(period[0], adopted)
        reason = "the period in the title, but not before the decision"
        notes.add("valid_from", valid_from, reason, cover.title)
    if valid_to is None and period:
        valid_to = date(period[1], 12, 31)
    if valid_from and valid_to and valid_to < valid_from:
        return valid_from, None
    if valid_to:
        reason = "stands after words for the last day" if ends else "the period in the title"
        notes.add("valid_to", valid_to, reason, ends[1] if ends else cover.title)
    return valid_from, valid_to


def _first_day(year: int, adopted: date | None) -> date:
    """A plan for 2026-2029 adopted in December 2025 holds from January; adopted later, from then."""
    first = date(year, 1, 1)
    return max(first, adopted) if adopted else first


def _amended_on(cover: Cover, adopted: date | None, kind: Kind | None, notes: _Notes) -> tuple[date, ...]:
    """Changes named up front; a law's text names those of other laws, so none are taken there."""
    if _is_national(kind):
        return ()
    days = {day: line for day, line in amended_days(cover) if adopted and day > adopted}
    for day in sorted(days)[:_MOST_AMENDMENTS]:
        notes.add("amended_on", day, "stands after words for a change", days[day])
    return tuple(sorted(days)[:_MOST_AMENDMENTS])


def _repealed_on(cover: Cover, adopted: date | None, status: Status, notes: _Notes) -> date | None:
    found = status_of(cover) if status is Status.REPEALED else None
    days = find_days(found.line.text) if found else ()
    if not found or not days or (adopted and days[-1].day < adopted):
        return None
    notes.add("repealed_on", days[-1].day, "stands with the repeal", found.line)
    return days[-1].day
