"""Whom or what the rule of a sentence is about: its subject, and from that who must act.

Where the verb stands second, a phrase set in front sends the subject behind the modal ("I 2028 skal planen …").
English keeps it in front, and sets nouns before nouns: "kitchen equipment" is no kitchen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.wording import Wording

_NEAR = 4
"""Words after a modal within which a subject stands that was sent behind it."""
_PREDICATE = 6
"""Words after a modal that may tell what becomes of a document."""
_PASSIVE = ("s", "t", "d")
"""How a verb ends that names its doer after it: "godkjennes av", "signert av", "signed by"."""
_VERB_SECOND = "verb_second"
_PAUSE = re.compile(r"[,;:]\s+|\s[–—-]\s")
_WORD = re.compile(r"[\w'’-]+")


@dataclass(frozen=True, slots=True)
class _Subject:
    """The words that hold the subject; `behind`: they stand behind the modal and may hold more."""

    words: str
    behind: bool


def _subject(text: str, modal: re.Match[str], words: Wording) -> _Subject:
    """The subject of a modal, its relative clause left out."""
    head = text[: modal.start()].rstrip(" ,;:–—-").rpartition(": ")[2]
    before, last = _last_clause(head, words)
    sent_behind = _VERB_SECOND in words.words["word_order"] and not before and _is_fronted(last, words)
    if not last or sent_behind:
        return _Subject(" ".join(text[modal.end() :].split()[:_NEAR]), behind=True)
    return _Subject(last[: _own(last, words)], behind=False)


def _last_clause(head: str, words: Wording) -> tuple[str, str]:
    """What stands before the clause of the modal, and that clause; a plain list of subjects is one clause."""
    pieces = _PAUSE.split(head)
    in_front = _is_fronted(head, words)
    if len(pieces) == 1:
        if in_front and _VERB_SECOND not in words.words["word_order"]:
            return head, " ".join(head.split()[-_NEAR + 1 :])
        return "", head
    opening = _WORD.match(pieces[-1])
    joins = opening and (
        words.find["coordinators"].fullmatch(opening.group())
        or words.find["contrast"].fullmatch(opening.group())
    )
    if joins and opening:
        return head, pieces[-1][opening.end() :].strip()
    if in_front and _VERB_SECOND not in words.words["word_order"]:
        return head, pieces[-1]
    return "", head


def _is_fronted(head: str, words: Wording) -> bool:
    """Whether a sentence begins with something else than its subject."""
    return bool(words.find["fronting"].match(head) or words.find["prepositions"].match(head))


def _own(head: str, words: Wording) -> int:
    """Where the subject's relative clause begins."""
    clause = next((m for m in words.find["relative"].finditer(head) if m.start() > 0), None)
    return clause.start() if clause else len(head)


def _heads(pattern: re.Pattern[str], about: _Subject, words: Wording) -> Iterator[re.Match[str]]:
    """Where a subject is what the pattern names, and not something of it or for it."""
    text = about.words
    hidden = words.find["prepositions"].search(text)
    for match in pattern.finditer(text):
        if hidden and hidden.start() < match.start():
            return
        led = (words.find["determiners"].fullmatch(word) for word in text[: match.start()].split())
        if about.behind and not all(led):
            return  # what follows the verb is its object
        if _VERB_SECOND in words.words["word_order"] or _ends_phrase(text[match.end() :], words):
            yield match


def _ends_phrase(rest: str, words: Wording) -> bool:
    """Whether no other noun follows: "Council buildings" are no Council."""
    following = _WORD.match(rest.lstrip())
    if following is None or not rest[:1].isspace():
        return True
    return any(
        words.find[key].match(rest.lstrip())
        for key in ("prepositions", "coordinators", "relative", "contrast")
    )


def bearer(
    text: str, whole: str, modal: re.Match[str] | None, words: Wording, units: re.Pattern[str] | None = None
) -> str | None:
    """Who must act.

    `whole`: the sentence with the condition that was cut from `text`. `units`: names of the municipality's units.
    """
    if modal is None:
        return _first(text, words)
    about = _subject(text, modal, words)
    found = _who(about, words, units)
    if found:
        return found
    if _is_pronoun(about, words):
        before = whole[: whole.find(text) + modal.start()]
        return _first(before if about.behind else whole, words)
    return _agent(text[modal.end() :], words)


def _who(about: _Subject, words: Wording, units: re.Pattern[str] | None = None) -> str | None:
    patterns = [*words.bearers.items(), *([("unit", units)] if units else [])]
    found = [(m.start(), who) for who, pattern in patterns for m in _heads(pattern, about, words)]
    return min(found)[1] if found else None


def _is_pronoun(about: _Subject, words: Wording) -> bool:
    """Whether the subject only refers to somebody named elsewhere: "Når enheten kjøper, skal den …"."""
    opening = _WORD.match(about.words)
    alone = opening is not None and (about.behind or opening.end() == len(about.words.rstrip()))
    return bool(alone and opening and words.find["pronouns"].fullmatch(opening.group()))


def _first(text: str, words: Wording) -> str | None:
    found = [(match.start(), who) for who, p in words.bearers.items() if (match := p.search(text))]
    return min(found)[1] if found else None


def _agent(after: str, words: Wording) -> str | None:
    """ "… skal godkjennes av enhetsleder", "… must be approved by the budget holder"."""
    for by in words.find["agents"].finditer(after):
        if not after[: by.start()].rstrip().endswith(_PASSIVE):
            continue
        found = _who(_Subject(" ".join(after[by.end() :].split()[:_NEAR]), behind=True), words)
        if found:
            return found
    return None


def describes(text: str, modal: re.Match[str], words: Wording) -> bool:
    """ "Planen skal rulleres", "innbyggerne skal …": a document or the public is the subject."""
    about, after = _subject(text, modal, words), text[modal.end() :]
    if next(_heads(words.find["descriptive_subjects"], about, words), None):
        return True
    if words.find["plan_work"].search(" ".join(after.split()[:_PREDICATE])):
        return True
    purpose = words.find["purposes"].match(after.lstrip())
    return bool(purpose) and next(_heads(words.find["documents"], about, words), None) is not None
