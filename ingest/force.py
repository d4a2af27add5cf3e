"""What one sentence does to a reader: its force, its bearer and the marks that limit it.

The modal word of the main clause decides; words after "som", "hvis", "that", "if" stand in a clause of
their own and do not. An exception ("med mindre …") is left out before the modal is looked for. A duty or
leave of nobody ("Ingen enhet kan …") is a prohibition.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ingest.modals import (
    MODALS,
    after_subject,
    in_side_clause,
    is_verb,
    negated,
    rule_modal,
    said_of_nobody,
    sets_a_floor,
    without_set_phrases,
)
from ingest.plans import Force
from ingest.subject import bearer as bearer_of
from ingest.subject import describes
from ingest.wording import Wording, narrowed, wording

_QUOTED_WORDS = re.compile(r"[«“\"][^«»“”\"]{1,40}[»”\"]")
_YEAR = re.compile(r"\b20\d{2}\b")
_NORMS = (Force.OBLIGATION, Force.PROHIBITION, Force.RECOMMENDATION, Force.PERMISSION)
_REASONED = 14
"""Words between a departure and the reasons to be given for it."""
_CHANGE = 5
"""Words after a modal within which a verb of change stands: "shall as a whole be reduced"."""
_TITLE = 24
"""Letters before the word in the title of a target: "Kommunens eget mål: …"."""


@dataclass(frozen=True, slots=True)
class Said:
    force: Force
    bearer: str | None
    flags: frozenset[str]


def said(
    text: str,
    language: str,
    *,
    among_targets: bool = False,
    is_law: bool = False,
    units: re.Pattern[str] | None = None,
    place: re.Pattern[str] | None = None,
) -> Said:
    """Reads one sentence.

    `among_targets`: it stands in a table of targets. `units`: names by which the document calls its units.
    `place`: the name of its municipality.
    """
    words = narrowed(wording(language), text)
    whole = _QUOTED_WORDS.sub(" ", text)
    main = _main_clause(whole, words)
    flags = _flags(text, words, is_law)
    modal = rule_modal(main, words)
    force = _force(main, modal, words)
    bearer = bearer_of(main, whole, modal[1] if modal else None, words, units)
    if modal and force in (Force.OBLIGATION, Force.RECOMMENDATION) and describes(main, modal[1], words):
        flags |= {"descriptive"}
        force = Force.INFORMATION
    if _binds_nobody(text, main, force, modal, bearer, words):
        return Said(Force.INFORMATION, bearer, frozenset(flags))
    if force is not Force.PROHIBITION and not is_law:
        force = _as_target(text, force, bearer, words, among_targets)
        if modal and force is Force.OBLIGATION and _is_wanted(main, modal[1], bearer, words, place):
            force = Force.TARGET
    if force is Force.INFORMATION and bearer and _acts(main, words):
        # "Enhetsleder godkjenner …": rules of competence stand in the present tense.
        force, flags = Force.OBLIGATION, flags | {"competence"}
    if modal is None and force is Force.INFORMATION and (who := _charged(main, whole, words, units)):
        force, bearer = Force.OBLIGATION, who
    if words.find["comply_or_explain"].search(text) or _asks_why(text, force, bearer, words):
        force = Force.COMPLY_OR_EXPLAIN
    return Said(force, bearer, frozenset(flags))


def _main_clause(text: str, words: Wording) -> str:
    text = _after_front(text, words)
    condition = words.find["relative"].match(text)
    if condition and ", " in text[condition.end() :]:
        comma = text.index(", ", condition.end())
        rest = text[comma + 2 :]
        # "När en verksamhet flyttar bör gardiner, hyllor och tavlor tas med": the comma is in the main clause.
        over = rule_modal(rest, words) or _begins_with_verb(rest, words)
        if over or rule_modal(text[:comma], words) is None:
            text = rest
    exception = words.find["exception"].search(text)
    if exception and exception.start() > 12:
        return text[: exception.start()]
    return text


def _begins_with_verb(text: str, words: Wording) -> bool:
    """Where the verb is second, it opens the main clause after a clause in front."""
    first = text.partition(" ")[0]
    joins = words.find["coordinators"].fullmatch(first)
    return "verb_second" in words.words["word_order"] and joins is None and is_verb(first, words)


def _after_front(text: str, words: Wording) -> str:
    """ "Før det tillates graving, skal …": where the verb is second, a modal after the comma is the main one."""
    opens = any(words.find[key].match(text) for key in ("relative", "fronting", "prepositions"))
    if not opens or "verb_second" not in words.words["word_order"]:
        return text
    for comma in re.finditer(r", ", text):
        if any(words.find[key].match(text, comma.end()) for key, _ in MODALS):
            return text if _has_object_clause(text[: comma.start()], words) else text[comma.end() :]
    return text


def _has_object_clause(front: str, words: Wording) -> bool:
    """Whether a clause opens after a modal: "kan fastsette at den som …, skal": the later one is that clause's."""
    first = min((m.end() for key, _ in MODALS for m in words.find[key].finditer(front)), default=len(front))
    return words.find["relative"].search(front, first) is not None


def _binds_nobody(
    text: str,
    main: str,
    force: Force,
    modal: tuple[Force, re.Match[str]] | None,
    bearer: str | None,
    words: Wording,
) -> bool:
    """A question, the meaning of a rule word ("Skal betyr …"), or what may come about of itself."""
    if text.rstrip(" \"»”')").endswith("?"):
        return True
    if modal is None:
        return False
    after = main[modal[1].end() :].lstrip()
    if len(main[: modal[1].start()].split()) <= 1 and words.find["definition"].match(after):
        return True
    return force is Force.PERMISSION and bearer is None and bool(words.find["comes_about"].match(after))


def _force(text: str, modal: tuple[Force, re.Match[str]] | None, words: Wording) -> Force:
    text = without_set_phrases(text, words)
    if any(not in_side_clause(text[: m.start()], words) for m in words.find["not_required"].finditer(text)):
        return Force.NONE
    if words.find["imperative_not"].match(text):
        return Force.PROHIBITION
    if modal is None:
        acts = words.find["nobody"].match(text) and words.find["competence"].match(after_subject(text, words))
        return Force.PROHIBITION if acts else Force.INFORMATION
    force, match = modal
    if force is Force.PROHIBITION:
        # "skal ikke være lavere enn 30 %" asks for thirty at least, and forbids nothing else.
        return Force.OBLIGATION if sets_a_floor(text[match.end() :], words) else force
    if force in (Force.OBLIGATION, Force.PERMISSION):
        if said_of_nobody(text[: match.start()], words):
            return Force.NONE if words.find["needed"].search(text, match.start()) else Force.PROHIBITION
        if negated(text, match, force, words):
            return Force.PROHIBITION
    return force


def _charged(text: str, whole: str, words: Wording, units: re.Pattern[str] | None) -> str | None:
    """Who is charged in the present tense: "Driftsenheten sørger for …", "the team is to …"."""
    verb = words.find["charged"].search(text)
    return bearer_of(text, whole, verb, words, units) if verb else None


def _acts(text: str, words: Wording) -> bool:
    """Whether a verb of competence is the sentence's own."""
    verb = words.find["competence"].search(text)
    return verb is not None and not in_side_clause(text[: verb.start()], words)


def titled(text: str, words: Wording) -> re.Match[str] | None:
    """The title of a target in front of it: "Mål: …", "Target 3: …", "Our own target: …"."""
    return _title(words.language).match(text) if ":" in text else None


@cache
def _title(language: str) -> re.Pattern[str]:
    named = wording(language).find["target_headings"].pattern
    return re.compile(rf"(?:[^.,:;?!]{{0,{_TITLE}}}\s)??(?:{named})\s?\d{{0,2}}:\s", re.IGNORECASE)


def _as_target(text: str, force: Force, bearer: str | None, words: Wording, among_targets: bool) -> Force:
    named = words.find["target"].search(text)
    if named and words.find["plain_negation"].search(" ".join(text[named.end() :].split()[:2])):
        return force  # "A goal is not a requirement"
    if named or titled(text, words):
        return Force.TARGET
    deadline = words.find["deadline"].search(text)
    dated = deadline is not None and _YEAR.search(text, deadline.end())
    if among_targets and force in (Force.INFORMATION, Force.OBLIGATION):
        return Force.TARGET
    promised = force is Force.INFORMATION and dated and _promises(text, words)
    if promised:
        return Force.TARGET
    if force is Force.OBLIGATION and dated and bearer not in ("buyer", "supplier"):
        return Force.TARGET
    return force


def _is_wanted(
    text: str, modal: re.Match[str], bearer: str | None, words: Wording, place: re.Pattern[str] | None
) -> bool:
    """What a municipality wants to be or to bring down: "shall be reduced by 3 % a year", "skal være en grønn by"."""
    if bearer not in (None, "municipality"):
        return False
    after = text[modal.end() :].lstrip()
    if bearer and words.find["visions"].match(after):
        return True
    if place and place.fullmatch(text[: modal.start()].strip()):
        states = words.openings["visions"] or frozenset()
        return after.partition(" ")[0].lower() in states
    near = " ".join(after.split()[:_CHANGE])
    change = words.find["changes"].search(near)
    if change is None or words.find["coordinators"].search(near, 0, change.start()):
        return False
    return _has_share(" ".join(after.split()[: 3 * _CHANGE]), words)


def _has_share(text: str, words: Wording) -> bool:
    return any(words.units.get(word.lower()) == "percent" for word in re.findall(r"[^\W\d]+|%", text))


def _asks_why(text: str, force: Force, bearer: str | None, words: Wording) -> bool:
    """Whether who departs must say why: "Avvik skal begrunnes", "unless reasons are recorded"."""
    if bearer == "supplier" or force not in _NORMS:
        return False
    why = list(words.find["reasons"].finditer(text))
    for key, reach in (("departures", _REASONED), ("exception", _REASONED // 2)):
        departs = words.find[key].finditer(text) if why else ()
        if any(_near(text, d, w, reach, either=key == "departures") for d in departs for w in why):
            return True
    return False


def _near(text: str, a: re.Match[str], b: re.Match[str], reach: int, *, either: bool) -> bool:
    """Whether `b` follows `a` within `reach` words, or, where `either` may be first, `a` closely follows `b`."""
    if a.end() <= b.start():
        return len(text[a.end() : b.start()].split()) <= reach
    return either and b.end() <= a.start() and len(text[b.end() : a.start()].split()) <= reach // 3


def _promises(text: str, words: Wording) -> bool:
    """ "All plant will be free of oil by 2027": what is to come, and of no document."""
    will = words.find["promise"].search(text)
    return (
        will is not None
        and not in_side_clause(text[: will.start()], words)
        and not describes(text, will, words)
    )


def _flags(text: str, words: Wording, is_law: bool) -> set[str]:
    named = ("precedence", "delegates", "restates", "repealed", "future", "amended", "exception")
    flags = {name for name in named if words.find[name].search(text)}
    if is_law:  # the law's own words about itself restate nothing
        flags.discard("restates")
    if words.find["definition"].search(" ".join(text.split()[:8])):
        flags.add("definition")
    return flags
