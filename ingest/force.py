"""What one sentence does to a reader: its force, its bearer and the marks that limit it.

The modal word of the main clause decides; words after "som", "hvis", "that", "if" stand in a clause of
their own and do not. An exception ("med mindre …") is left out before the modal is looked for. A duty or
leave of nobody ("Ingen enhet kan …") is a prohibition.
"""

from __future__ import annotations

import re
from collections.abc import Callable
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
_SUBJECT_REACH = 4
"""Words of the longest plain subject: "Alle enheter i kommunen"."""
_NEGATION_REACH = 7
"""Words after a modal in which a negation is its own."""


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
    text = words.find["set_phrases"].sub(lambda phrase: " " * len(phrase.group()), text)
    if any(not _in_side_clause(text[: m.start()], words) for m in words.find["not_required"].finditer(text)):
        return Force.NONE
    if words.find["imperative_not"].match(text):
        return Force.PROHIBITION
    modal = _main_modal(text, words)
    if modal is None:
        acts = words.find["nobody"].match(text) and words.find["competence"].match(
            _after_subject(text, words)
        )
        return Force.PROHIBITION if acts else Force.INFORMATION
    force, match = modal
    if force is Force.PROHIBITION:
        # "skal ikke være lavere enn 30 %" asks for thirty at least, and forbids nothing else.
        return Force.OBLIGATION if _sets_a_floor(text[match.end() :], words) else force
    if force in (Force.OBLIGATION, Force.PERMISSION):
        if _said_of_nobody(text[: match.start()], words):
            return Force.NONE if words.find["needed"].search(text, match.start()) else Force.PROHIBITION
        if _negated(text, match, force, words):
            return Force.PROHIBITION
    return force


def _main_modal(text: str, words: Wording) -> tuple[Force, re.Match[str]] | None:
    """The first modal of the main clause; "Den som deltar får inte …" has its own after the relative one."""
    first = _first_modal(text, words, _in_side_clause)
    return first or _first_modal(text, words, _in_object_clause)


def _first_modal(
    text: str, words: Wording, is_aside: Callable[[str, Wording], bool]
) -> tuple[Force, re.Match[str]] | None:
    best: tuple[Force, re.Match[str]] | None = None
    for key, force in _MODALS:
        for match in words.find[key].finditer(text):
            if is_aside(text[: match.start()], words):
                continue
            if best is None or match.start() < best[1].start():
                best = (force, match)
            break
    return best


def _in_side_clause(before: str, words: Wording) -> bool:
    """Whether the nearest clause opener before the modal owns it."""
    between = _since_opener(before, words)
    return between is not None and len(between) <= _CLAUSE_REACH


def _in_object_clause(before: str, words: Wording) -> bool:
    """As `_in_side_clause`, but a clause that tells of the sentence's subject has a verb of its own.

    "Den som deltar" and "Any unit that keeps a store" are followed by the modal of the sentence itself;
    "regler som leverandøren" and "rules that suppliers" are followed by the modal of the clause.
    """
    between = _since_opener(before, words)
    if between is None:
        return False
    clause = _clause(before)
    opened = list(words.find["relative"].finditer(clause))
    ends_a_subject = (
        len(opened) == 1
        and _is_subject(clause[: opened[0].start()].split(), words)
        and bool(between)
        and _is_verb(between[0], words)
        and not words.find["coordinators"].fullmatch(between[-1])
    )
    return not ends_a_subject


def _is_subject(head: list[str], words: Wording) -> bool:
    """Whether a few words can be a sentence's subject: they hold no verb and join nothing to it."""
    if not 0 < len(head) < _SUBJECT_REACH or words.find["coordinators"].fullmatch(head[0]):
        return False
    return not any(_is_verb(word, words) for word in head[1:])


def _since_opener(before: str, words: Wording) -> list[str] | None:
    """The words between the nearest clause opener and what follows `before`; None without an opener."""
    clause = _clause(before)
    opened = list(words.find["relative"].finditer(clause))
    return clause[opened[-1].end() :].split() if opened else None


def _clause(before: str) -> str:
    return re.split(r"[,;:]\s", before)[-1]


def _is_verb(word: str, words: Wording) -> bool:
    """A word in the present tense, by its ending; a supplier or a unit is none."""
    endings = words.words["verb_endings"]
    is_bearer = any(pattern.fullmatch(word) for pattern in words.bearers.values())
    return word.islower() and word.endswith(endings) and not is_bearer


def _said_of_nobody(before: str, words: Wording) -> bool:
    """ "Ingen enhet kan …", "No officer may …": the subject of the clause is that nobody does."""
    clause = _clause(before).lstrip()
    nobody = words.find["nobody"].match(clause)
    if nobody is None:
        return False
    rest = clause[nobody.end() :].split()
    return len(rest) <= _SUBJECT_REACH + _CLAUSE_REACH and not (rest and rest[0][0].isdigit())


def _after_subject(text: str, words: Wording) -> str:
    """What follows the subject "Nobody", or "No officer"."""
    nobody = words.find["nobody"].match(text)
    rest = text[nobody.end() :].lstrip() if nobody else text
    return rest if words.find["competence"].match(rest) else rest.partition(" ")[2]


def _sets_a_floor(after: str, words: Wording) -> bool:
    """Whether a negation is followed by "less than": what is denied is too little, not the act."""
    near = " ".join(after.split()[:6])
    less = words.find["less_than"].search(near)
    if less is None or len(near[: less.start()].split()) > 3:
        return False
    if " " in less.group():
        return True
    # "under 30 %" is an amount, "under 2026" is not.
    amount = re.match(r"\s*[\d\s.,]*\d\s*(\S+)", near[less.end() :])
    return amount is not None and amount.group(1).strip(".,;:").lower() in words.units


def _negated(text: str, modal: re.Match[str], force: Force, words: Wording) -> bool:
    """ "skal det i kantina ikke kjøpes": the negation may stand a few words after the modal.

    Not after "men", in a clause of its own, or before an infinitive: "kan velge å ikke lyse ut" permits.
    """
    after = text[modal.end() :]
    near = re.match(rf"(?:\s*\S+){{0,{_NEGATION_REACH}}}", after)
    nobody = words.find["nobody"].search(after)
    if nobody and len(after[: nobody.start()].split()) <= (1 if force is Force.OBLIGATION else 0):
        return True
    for negation in words.find["plain_negation"].finditer(after, 0, near.end() if near else 0):
        before, rest = after[: negation.start()], after[negation.end() :]
        apart = re.search(r"[,;:.]", before) or any(
            words.find[key].search(before) for key in ("contrast", "relative")
        )
        if apart:
            return False
        if not _denies_less(before, rest, words):
            return True
    return False


def _denies_less(before: str, rest: str, words: Wording) -> bool:
    """Whether a negation is about an amount, an infinitive or a clause without an opener ("du ikke har")."""
    inner = before.split()
    infinitive, pronouns = words.find["infinitive"], words.find["pronouns"]
    return (
        _sets_a_floor(rest, words)
        or bool(words.find["more_than"].match(rest.lstrip()))
        or bool(infinitive.match(rest.lstrip()))
        or bool(inner and infinitive.fullmatch(inner[-1]))
        or bool(len(inner) > 1 and pronouns.fullmatch(inner[-1]))
    )


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
