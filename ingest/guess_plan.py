"""One document's own plan, drafted field by field, with the reason for each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from ingest.bodies import COUNCIL
from ingest.guess_cover import Cover
from ingest.guess_decision import Decision, decision_of, national_decision_of
from ingest.guess_fields import LOWEST, status_of
from ingest.guess_kinds import Kind, council_plan, kind_of, national_kind, stated_level
from ingest.guess_notes import Guess, Notes
from ingest.guess_owner import owner_of, revision_of
from ingest.guess_term import UNDECIDED, days_of, is_national
from ingest.guess_words import NATIONAL
from ingest.language import UNDETERMINED, detect
from ingest.plans import Body, LoadedDocument, Plan, PlanVersion, RevisionDue, Status
from ingest.register import DEFAULT_LEVELS, slug

_SAMPLE = 6_000


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


def draft_plan(file: str, plan_id: str, cover: Cover, document: LoadedDocument) -> Drafted:
    """The plan that one document is; links to other plans are found when all are known."""
    notes = Notes(file)
    language = _language(document, notes)
    title = _title(cover, document, notes)
    decision = decision_of(cover, language or "")
    kind = _kind(cover, language, decision, document, notes)
    if is_national(kind):
        decision = national_decision_of(cover, language or "")
    status = _status(cover, decision, notes)
    decided = None if status in UNDECIDED else decision
    body = _body(decided, language, notes)
    days = days_of(cover, decided, kind, status, notes)
    owner = owner_of(cover)
    revision = revision_of(cover, tells_of_others=kind is not None and kind.kind == "plan-strategy")
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


def _due(revision: RevisionDue) -> str:
    return str(revision.on) if revision.on else f"every {revision.every_years} years"


def _language(document: LoadedDocument, notes: Notes) -> str | None:
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


def _title(cover: Cover, document: LoadedDocument, notes: Notes) -> str:
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


def _kind(
    cover: Cover, language: str | None, decision: Decision | None, document: LoadedDocument, notes: Notes
) -> Kind | None:
    kind, stated = kind_of(cover, language), stated_level(cover)
    if kind is None and decision and decision.body and decision.body.rank == COUNCIL:
        kind = council_plan(cover)
    if stated and stated[0] == NATIONAL:
        kind = _national(kind, cover)
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


def _national(kind: Kind | None, cover: Cover) -> Kind | None:
    """The kind of a text that states the national level: law or regulation, whatever its title says."""
    named = None if kind and kind.level == NATIONAL else national_kind(cover)
    if named is None:
        return kind
    reason = f"the document states the national level and speaks of a {named[0]}"
    return Kind(named[0], NATIONAL, named[1], reason)


def _status(cover: Cover, decision: Decision | None, notes: Notes) -> Status:
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


def _body(decision: Decision | None, language: str | None, notes: Notes) -> Body | None:
    if decision is None or decision.body is None:
        return None
    body_id, words = slug(decision.body.known_as), decision.body.words
    notes.add("adopted_by", body_id, "named in the decision", decision.line)
    name = words[:1].upper() + words[1:]
    if name.endswith("s") and not body_id.endswith("s"):  # kommunestyrets vedtak
        name = name[:-1]
    return Body(body_id=body_id, rank=decision.body.rank, names={language or "nb": name})
