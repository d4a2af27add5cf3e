"""What the texts refer to: plans by title, laws by date and number, provisions by paragraph. Pure.

A reference is stale when what it names is no more: a plan that was replaced, a law that another says it repeals, a
provision whose own note says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.desk.norms import Norm
from assistant.desk.subjects import Alike
from assistant.desk.tension import Kind, Severity, Tension, made
from assistant.desk.validity import State
from assistant.desk.words import desk_words
from assistant.library import Library
from assistant.maxims import Maxim
from ingest.fold import folded_text
from ingest.guess_dates import find_days
from ingest.plans import Plan

_PARAGRAPH = re.compile(r"§\s?\d+(?:[-–]\d+)?(?:\s?[a-z](?!\w))?")
_ACT_ID = re.compile(r"\bnr\.?\s?(\d{1,5})\b", re.IGNORECASE)
_ACT_REACH = 40
"""Characters from the number of an act back to its date: "lov 16. juli 1999 nr. 69"."""
_NAME_REACH = 45
"""Characters between the name of a law and the paragraph cited: "anskaffelsesforskriften § 7-9"."""
_SHORT_TITLE = 12
"""Characters: a shorter title may be any word."""
_DEAD = frozenset({State.SUPERSEDED, State.REPEALED})
_SURE = Alike(1.0, 1.0, 0.0, 0)


@dataclass(frozen=True, slots=True)
class Repealed:
    """A provision that its own note says is repealed: document, section as numbered, and the note."""

    document_id: int
    section: int
    number: str
    note: Norm


def stale(every: Sequence[Norm], library: Library, as_of: date) -> Iterator[Tension]:
    """Statements in force that lean on what is no more, each once."""
    governing = [n for n in every if n.governs]
    yield from _plans_gone(governing, every, library)
    yield from _acts_gone(governing, library)
    yield from _provisions_gone(governing, library, as_of)


def _leans(citing: Norm, gone: Norm, severity: Severity) -> Tension:
    return made(Kind.STALE, citing, gone, "a", Maxim.NOT_IN_FORCE, severity, _SURE)


# --- plans by title -----------------------------------------------------------------------


def named_plans(text: str, titles: Mapping[str, str]) -> set[str]:
    """The plans whose titles stand in `text`. `titles`: folded lower-case title by plan id."""
    lowered = text.lower()
    return {plan_id for plan_id, title in titles.items() if title in lowered}


def titles(plans: Sequence[Plan]) -> dict[str, str]:
    """Titles that can be told in running text; one that is part of another's counts only where it stands alone."""
    made_titles = {p.plan_id: folded_text(p.title).lower() for p in plans}
    return {k: t for k, t in made_titles.items() if len(t) >= _SHORT_TITLE}


def _plans_gone(governing: Sequence[Norm], every: Sequence[Norm], library: Library) -> Iterator[Tension]:
    first: dict[str, Norm] = {}
    for norm in every:
        if norm.validity.state in _DEAD:
            first.setdefault(norm.plan.plan_id, norm)
    living = {n.plan.plan_id for n in governing}
    gone = [p for p in library.register.plans if p.plan_id in first and p.plan_id not in living]
    known = titles(gone)
    for norm in governing:
        if desk_words(norm.statement.language).find["replaces"].search(norm.statement.text):
            continue
        for plan_id in named_plans(norm.statement.text, known):
            if plan_id not in norm.plan.supersedes:
                yield _leans(norm, first[plan_id], Severity.MEDIUM)


# --- acts by date and number --------------------------------------------------------------


def _acts(text: str) -> Iterator[tuple[tuple[date, str], int]]:
    """Date and number of each act named, and where the number stands."""
    for match in _ACT_ID.finditer(text):
        start = max(0, match.start() - _ACT_REACH)
        days = find_days(text[start : match.start()])
        if days and not text[start + days[-1].end : match.start()].strip(" ,."):
            yield (days[-1].day, match[1]), match.start()


def _acts_gone(governing: Sequence[Norm], library: Library) -> Iterator[Tension]:
    gone: dict[tuple[date, str], Norm] = {}
    for norm in governing:
        repeal = norm.words.find["repealed"].search(norm.statement.text)
        if repeal is None or not norm.is_law or not _repeals(norm):
            continue
        for act, at in _acts(norm.statement.text):
            if at > repeal.end():
                gone.setdefault(act, norm)
    for norm in governing:
        text = norm.statement.text
        if norm.words.find["repealed"].search(text) or desk_words(norm.statement.language).find[
            "replaces"
        ].search(text):
            continue
        for act, _ in _acts(text):
            if act in gone and not _is_note(norm) and not _bridges(norm, library):
                yield _leans(norm, gone[act], Severity.MEDIUM)


def _repeals(norm: Norm) -> bool:
    """Whether it is the text that repeals, and does not only tell of a repeal."""
    return bool(desk_words(norm.statement.language).find["repeals"].search(norm.statement.text))


def _bridges(norm: Norm, library: Library) -> bool:
    """Whether it is a rule of transition, which names what was before on purpose."""
    section = library.section(norm.statement.document_id, norm.statement.section)
    pattern = desk_words(norm.statement.language).find["transition"]
    return any(pattern.search(text) for text in (norm.statement.text, section.heading, *section.path))


# --- provisions by paragraph --------------------------------------------------------------


def _provisions_gone(governing: Sequence[Norm], library: Library, as_of: date) -> Iterator[Tension]:
    dead = {(r.document_id, r.number): r for r in _repealed(governing, library, as_of)}
    if not dead:
        return
    names = _short_names(library)
    for norm in governing:
        if _is_note(norm) or _bridges(norm, library):
            continue
        for number, law in _cited(norm, names):
            found = dead.get((law, number))
            inside = found and (norm.statement.document_id, norm.statement.section) == (law, found.section)
            if found and not inside:
                yield _leans(norm, found.note, Severity.MEDIUM)


def _repealed(governing: Sequence[Norm], library: Library, as_of: date) -> Iterator[Repealed]:
    for norm in governing:
        if not norm.is_law or not _says_repealed(norm, as_of):
            continue
        section = library.section(norm.statement.document_id, norm.statement.section)
        if _PARAGRAPH.fullmatch(section.number):
            number = _plain(section.number)
            yield Repealed(norm.statement.document_id, norm.statement.section, number, norm)


def _is_note(norm: Norm) -> bool:
    """ "Endret ved …", "Opphevet ved …": the history of a provision, not the provision."""
    text = re.sub(r"^\W*\d*\W*", "", norm.statement.text)
    if any(norm.words.find[key].match(text) for key in ("repealed", "amended")):
        return True
    opening = re.match(r"\w+\s\w{2,6}\s", text)  # "Tilføyes ved lov …"
    acts = desk_words(norm.statement.language).find["acts"]
    return (
        opening is not None
        and acts.match(text, opening.end()) is not None
        and bool(_ACT_ID.search(text[:60]))
    )


def _says_repealed(norm: Norm, as_of: date) -> bool:
    """Whether the last thing that a note tells of its provision is its repeal, in force by then."""
    text = norm.statement.text
    if not _is_note(norm):
        return False
    ends = list(norm.words.find["repealed"].finditer(text))
    own = desk_words(norm.statement.language).find
    lives = [m.start() for p in (norm.words.find["amended"], own["again"]) for m in p.finditer(text)]
    if not ends or max(lives, default=-1) > ends[-1].start():
        return False
    if own["undecided"].search(text, ends[-1].end()):
        return False
    days = find_days(text[ends[-1].end() :])
    return bool(days) and days[-1].day <= as_of


def _short_names(library: Library) -> dict[str, int]:
    """What a law is called for short, in brackets after its title, and its document."""
    found: dict[str, int] = {}
    for document_id, shelf in library.shelves.items():
        short = re.search(r"\(([^()]{6,60})\)\s*$", shelf.plan.title)
        if short and shelf.plan.kind in ("law", "regulation"):
            found[short[1].lower()] = document_id
    return found


def _cited(norm: Norm, names: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    """Each paragraph cited with the document meant: a law named before it, else the text's own if it is a law."""
    text = norm.statement.text
    for match in _PARAGRAPH.finditer(text):
        before = text[max(0, match.start() - _NAME_REACH) : match.start()].lower()
        named = max((name for name in names if name in before), key=before.rfind, default=None)
        if named is not None:
            yield _plain(match.group()), names[named]
        elif norm.is_law and not _names_other_act(norm, text, match):
            yield _plain(match.group()), norm.statement.document_id


def _names_other_act(norm: Norm, text: str, match: re.Match[str]) -> bool:
    """ "lov 1. juni 2010 nr. 1 § 5", "§ 4 i forvaltningsloven": the paragraph is of another text."""
    around = (
        text[max(0, match.start() - _NAME_REACH) : match.start()] + " " + text[match.end() : match.end() + 25]
    )
    words = desk_words(norm.statement.language)
    return any(words.find[key].search(around) for key in ("acts", "named_act"))


def _plain(number: str) -> str:
    return re.sub(r"\s", "", number.replace("–", "-")).lower()
