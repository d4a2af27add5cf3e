"""What one sentence does to a reader: its force, its bearer and the marks that limit it.

The modal word of the main clause decides; words after "som", "hvis", "that", "if" stand in a clause of
their own and do not. An exception ("med mindre …") is left out before the modal is looked for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.plans import Force
from ingest.wording import Wording, wording

_QUOTED_WORDS = re.compile(r"[«“\"][^«»“”\"]{1,40}[»”\"]")
_YEAR = re.compile(r"\b20\d{2}\b")
_MODALS = (
    ("prohibition", Force.PROHIBITION),
    ("obligation", Force.OBLIGATION),
    ("recommendation", Force.RECOMMENDATION),
    ("permission", Force.PERMISSION),
)
_CLAUSE_REACH = 4
"""Words between a relative word and the modal it owns: "som kommunen skal"."""


@dataclass(frozen=True, slots=True)
class Said:
    force: Force
    bearer: str | None
    flags: frozenset[str]


def said(text: str, language: str, *, among_targets: bool = False, is_law: bool = False) -> Said:
    """Reads one sentence. `among_targets`: it stands in a table or section of targets."""
    words = wording(language)
    main = _main_clause(_QUOTED_WORDS.sub(" ", text), words)
    flags = _flags(text, words)
    force = _force(main, words)
    bearer = _bearer(main, words)
    if force in (Force.OBLIGATION, Force.RECOMMENDATION) and _describes(main, words):
        flags |= {"descriptive"}
        force = Force.INFORMATION
    if force is not Force.PROHIBITION and not is_law:
        force = _as_target(text, force, bearer, words, among_targets)
    if force is Force.INFORMATION and bearer and words.find["competence"].search(main):
        # "Enhetsleder godkjenner …": rules of competence stand in the present tense.
        force, flags = Force.OBLIGATION, flags | {"competence"}
    if words.find["comply_or_explain"].search(text):
        force = Force.COMPLY_OR_EXPLAIN
    return Said(force, bearer, frozenset(flags))


def _main_clause(text: str, words: Wording) -> str:
    condition = words.find["relative"].match(text)
    if condition and ", " in text[condition.end() :]:
        text = text[text.index(", ", condition.end()) + 2 :]
    exception = words.find["exception"].search(text)
    if exception and exception.start() > 12:
        return text[: exception.start()]
    return text


def _force(text: str, words: Wording) -> Force:
    if words.find["not_required"].search(text):
        return Force.NONE
    best: tuple[int, Force] | None = None
    for key, force in _MODALS:
        for match in words.find[key].finditer(text):
            if _in_side_clause(text[: match.start()], words):
                continue
            at = match.start()
            if best is None or at < best[0]:
                best = (at, force)
            break
    if best is None:
        return Force.INFORMATION
    at, force = best
    if force in (Force.OBLIGATION, Force.PERMISSION) and _negated(text, at, words):
        return Force.PROHIBITION
    return force


def _in_side_clause(before: str, words: Wording) -> bool:
    """Whether the nearest clause opener before the modal owns it."""
    clause = re.split(r"[,;:]\s", before)[-1]
    opened = list(words.find["relative"].finditer(clause))
    if not opened:
        return False
    between = clause[opened[-1].end() :].split()
    return len(between) <= _CLAUSE_REACH


def _negated(text: str, at: int, words: Wording) -> bool:
    """ "skal det i kantina ikke kjøpes": the negation may stand a few words after the modal."""
    after = " ".join(text[at:].split()[:7])
    match = words.find["negation"].search(after)
    if match is None:
        return False
    return not re.search(r"[,;:.]", after[: match.start()]) and match.group().lower() in _PLAIN_NOT


_PLAIN_NOT = {"ikke", "ikkje", "inte", "ej", "not", "nicht", "aldri", "aldrig", "never"}


def _bearer(text: str, words: Wording) -> str | None:
    found = [(match.start(), who) for who, p in words.bearers.items() if (match := p.search(text))]
    return min(found)[1] if found else None


def _describes(text: str, words: Wording) -> bool:
    """ "Planen skal rulleres", "innbyggerne skal …": a document or the public is the subject."""
    modal = words.find["obligation"].search(text) or words.find["recommendation"].search(text)
    head = text[: modal.start()] if modal else text
    first = " ".join(head.split()[:5])
    return bool(words.find["descriptive_subjects"].search(first))


def _as_target(text: str, force: Force, bearer: str | None, words: Wording, among_targets: bool) -> Force:
    if words.find["target"].search(text):
        return Force.TARGET
    deadline = words.find["deadline"].search(text)
    dated = deadline is not None and _YEAR.search(text, deadline.end())
    if among_targets and force in (Force.INFORMATION, Force.OBLIGATION):
        return Force.TARGET
    if force is Force.OBLIGATION and dated and bearer not in ("buyer", "supplier"):
        return Force.TARGET
    return force


def _flags(text: str, words: Wording) -> set[str]:
    named = ("precedence", "delegates", "restates", "repealed", "future", "amended", "exception")
    flags = {name for name in named if words.find[name].search(text)}
    if words.find["definition"].search(" ".join(text.split()[:8])):
        flags.add("definition")
    return flags
