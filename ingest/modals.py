"""Which modal word of a sentence is its own, and whether it is denied.

Words after "som", "hvis", "that", "if" stand in a clause of their own, and their modals with them.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from ingest.plans import Force
from ingest.wording import Wording

MODALS = (
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


def rule_modal(text: str, words: Wording) -> tuple[Force, re.Match[str]] | None:
    return _main_modal(without_set_phrases(text, words), words)


def without_set_phrases(text: str, words: Wording) -> str:
    return words.find["set_phrases"].sub(lambda phrase: " " * len(phrase.group()), text)


def _main_modal(text: str, words: Wording) -> tuple[Force, re.Match[str]] | None:
    """The first modal of the main clause; "Den som deltar får inte …" has its own after the relative one."""
    first = _first_modal(text, words, in_side_clause) or _first_modal(text, words, _in_object_clause)
    if first and (earlier := _contrasted(text[: first[1].start()], words)):
        return earlier
    return first or _first_modal(text, words, _in_clause_in_front)


def _contrasted(before: str, words: Wording) -> tuple[Force, re.Match[str]] | None:
    """The modal of what a "men" is set against: "Om ingen svarar får köpet göras, men det ska antecknas"."""
    front, comma, rest = before.rpartition(", ")
    if not comma or words.find["contrast"].match(rest) is None:
        return None
    return _first_modal(front, words, _in_clause_in_front)


def _first_modal(
    text: str, words: Wording, is_aside: Callable[[str, Wording], bool]
) -> tuple[Force, re.Match[str]] | None:
    best: tuple[Force, re.Match[str]] | None = None
    for key, force in MODALS:
        for match in words.find[key].finditer(text):
            if is_aside(text[: match.start()], words):
                continue
            if best is None or match.start() < best[1].start():
                best = (force, match)
            break
    return best


def in_side_clause(before: str, words: Wording) -> bool:
    """Whether the nearest clause opener before the modal owns it; one with its negation before it is owned."""
    between = _since_opener(before, words)
    if between is None:
        return False
    return len(between) <= _CLAUSE_REACH or bool(words.find["plain_negation"].fullmatch(between[-1]))


def _in_object_clause(before: str, words: Wording) -> bool:
    """As `in_side_clause`, but a clause that tells of the sentence's subject has a verb of its own.

    "Den som deltar" and "Any unit that keeps a store" are followed by the modal of the sentence itself;
    "regler som leverandøren" and "rules that suppliers" are followed by the modal of the clause.
    """
    between = _since_opener(before, words)
    if between is None:
        return False
    while between and any(words.find[key].fullmatch(between[0]) for key in ("plain_negation", "fronting")):
        between = between[1:]
    clause = _clause(before)
    opened = list(words.find["relative"].finditer(clause))
    ends_a_subject = (
        len(opened) == 1
        and _is_subject(clause[: opened[0].start()].split(), words)
        and bool(between)
        and is_verb(between[0], words)
        and not words.find["coordinators"].fullmatch(between[-1])
    )
    return not ends_a_subject


def _in_clause_in_front(before: str, words: Wording) -> bool:
    """As `in_side_clause`, but a clause in front that has its verb and more is over: "När kontoret byter hus bör …"."""
    opening = words.find["relative"].match(before)
    if opening is None or "verb_second" not in words.words["word_order"] or not before[0].isupper():
        return True
    again = words.find["relative"].match(before, opening.end() + 1)  # "Der hvor …"
    clause = before[again.end() if again else opening.end() :]
    if "," in clause or words.find["relative"].search(clause):
        return True
    inner = clause.split()
    joins = [bool(words.find["coordinators"].fullmatch(word)) for word in inner]
    return not any(
        is_verb(word, words) and not (joins[place] or joins[place + 1])
        for place, word in enumerate(inner[:-1])
        if place
    )


def _is_subject(head: list[str], words: Wording) -> bool:
    """Whether a few words can be a sentence's subject: they hold no verb and join nothing to it."""
    if not 0 < len(head) < _SUBJECT_REACH or words.find["coordinators"].fullmatch(head[0]):
        return False
    return not any(is_verb(word, words) for word in head[1:])


def _since_opener(before: str, words: Wording) -> list[str] | None:
    """The words between the nearest clause opener and what follows `before`; None without an opener."""
    clause = _clause(before)
    opened = list(words.find["relative"].finditer(clause))
    return clause[opened[-1].end() :].split() if opened else None


def _clause(before: str) -> str:
    return re.split(r"[,;:]\s", before)[-1]


def is_verb(word: str, words: Wording) -> bool:
    """A modal, or a word in the present tense, by its ending; a supplier or a unit is none."""
    if any(words.find[key].fullmatch(word) for key, _ in MODALS):
        return True
    endings = words.words["verb_endings"]
    is_bearer = any(pattern.fullmatch(word) for pattern in words.bearers.values())
    return word.islower() and word.endswith(endings) and not is_bearer


def said_of_nobody(before: str, words: Wording) -> bool:
    """ "Ingen enhet kan …", "No officer may …": the subject of the clause is that nobody does."""
    clause = _clause(before).lstrip()
    nobody = words.find["nobody"].match(clause)
    if nobody is None:
        return False
    rest = clause[nobody.end() :].split()
    return len(rest) <= _SUBJECT_REACH + _CLAUSE_REACH and not (rest and rest[0][0].isdigit())


def after_subject(text: str, words: Wording) -> str:
    """What follows the subject "Nobody", or "No officer"."""
    nobody = words.find["nobody"].match(text)
    rest = text[nobody.end() :].lstrip() if nobody else text
    return rest if words.find["competence"].match(rest) else rest.partition(" ")[2]


def sets_a_floor(after: str, words: Wording) -> bool:
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


def negated(text: str, modal: re.Match[str], force: Force, words: Wording) -> bool:
    """ "skal det i kantina ikke kjøpes": the negation may stand a few words after the modal.

    Not after "men" or "og", in a clause of its own, or before an infinitive: "kan velge å ikke lyse ut" permits.
    """
    after = text[modal.end() :]
    near = re.match(rf"(?:\s*\S+){{0,{_NEGATION_REACH}}}", after)
    nobody = words.find["nobody"].search(after)
    if nobody and len(after[: nobody.start()].split()) <= (1 if force is Force.OBLIGATION else 0):
        return True
    for negation in words.find["plain_negation"].finditer(after, 0, near.end() if near else 0):
        before, rest = after[: negation.start()], after[negation.end() :]
        joined = before.split()[-1:]
        apart = (
            re.search(r"[,;:.]", before) is not None
            or any(words.find[key].search(before) for key in ("contrast", "relative"))
            or bool(joined and words.find["coordinators"].fullmatch(joined[0]))
        )
        if apart:
            return False
        if not _denies_less(before, rest, words):
            return True
    return False


def _denies_less(before: str, rest: str, words: Wording) -> bool:
    """Whether a negation is about an amount, an infinitive or a clause without an opener ("du ikke har")."""
    inner = before.split()
    may_lead = bool(inner) or "verb_second" not in words.words["word_order"]  # "Det tillates ikke å …"
    infinitive, pronouns = words.find["infinitive"], words.find["pronouns"]
    return (
        sets_a_floor(rest, words)
        or bool(words.find["more_than"].match(rest.lstrip()))
        or bool(may_lead and infinitive.match(rest.lstrip()))
        or bool(inner and infinitive.fullmatch(inner[-1]))
        or bool(len(inner) > 1 and pronouns.fullmatch(inner[-1]))
    )
