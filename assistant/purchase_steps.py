"""The steps of a purchase, and which statements are rules on one: on its topic, for the one who buys.

What a statement must speak of is data (`questions/steps.yaml`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.answers import Asks
from assistant.authority import DUTIES, Speaker
from assistant.library import Library
from assistant.purchase_thing import Thing
from assistant.topics import begins_with, speaks_as, speaks_of
from ingest.plans import BlockKind, Force


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a purchase.

    `lines`: how many statements it may show; `own`: only rules that name the thing; `banded`: what applies
    follows from the value; `beyond`: that a rule only reaches higher values is worth telling; `rules`: only what
    commands, allows or advises, no mere information; `then_own`: lines after the first only where they name the thing.
    """

    key: str
    asks: Asks
    lines: int = 1
    own: bool = False
    banded: bool = False
    beyond: bool = False
    then_own: bool = False
    rules: bool = False


STEPS = (
    Step("may", Asks.YES_NO, lines=3, own=True, rules=True),
    Step("reuse", Asks.YES_NO, lines=2, rules=True),
    Step("framework", Asks.YES_NO, rules=True),
    Step("offers", Asks.AMOUNT, banded=True, beyond=True),
    Step("environment", Asks.OTHER, lines=3, banded=True, beyond=True, rules=True),
    Step("sign", Asks.WHO, lines=2, banded=True, then_own=True),
    Step("money", Asks.YES_NO, rules=True),
    Step("document", Asks.OTHER, banded=True, beyond=True),
    Step("ask", Asks.WHO, lines=2, banded=True),
)
VALUE = Step("value", Asks.OTHER)
"""How the plans count a value: with or without VAT, over which period."""

OF_ITS_OWN = ("reuse", "framework", "offers", "sign", "money", "document")
"""Topics with a step of their own: a rule on them is not what "may I" asks for."""
_ASIDE = ("refers", "administering")
"""Topics of sentences that no purchaser acts on."""
_SAYS_NOTHING = frozenset({"descriptive", "definition", "repealed", "future"})
_SHORTEST = 25
"""Characters; a shorter sentence needs its neighbours to be understood."""
_GLOSSARY = re.compile(r"^[\w -]{3,30}: ")
RULES = frozenset({*DUTIES, Force.RECOMMENDATION, Force.PERMISSION, Force.NONE})

ASKED_OF_BUYERS = frozenset({*DUTIES, Force.RECOMMENDATION})


def is_rule_on(step: Step, speaker: Speaker, inside: bool | None, library: Library) -> bool:
    statement = speaker.statement
    text, language = statement.text, statement.language
    row = statement.kind is BlockKind.TABLE_ROW
    if statement.flags & _SAYS_NOTHING or text.endswith("?") or begins_with("plan_subject", text, language):
        return False
    if statement.force is Force.TARGET or statement.kind is BlockKind.FOOTNOTE:
        return False
    if "competence" in statement.flags and step.key not in ("sign", "ask"):
        return False
    if row and not _telling_row(step, speaker, inside):
        return False
    if not row and (len(text) < _SHORTEST or _GLOSSARY.match(text)) and not text.endswith(":"):
        return False
    if step.rules and not commands(step, speaker):
        return False
    if speaks_of("example", f"{statement.context} {text}", language):
        return False
    if begins_with("on_rules", text, language) or any(speaks_of(t, text, language) for t in _ASIDE):
        return False
    if step.key == "ask" and not _names_whom(speaker, library):
        return False
    return _on_topic(step, speaker, library)


def _telling_row(step: Step, speaker: Speaker, inside: bool | None) -> bool:
    """Whether a row of a table says something by itself."""
    if step.rules:
        return speaker.statement.force in (*DUTIES, Force.RECOMMENDATION)
    if speaker.statement.force is Force.NONE:
        return False
    return bool(inside) or speaker.statement.force in RULES or step.key == "ask"


def commands(step: Step, speaker: Speaker) -> bool:
    statement = speaker.statement
    if statement.force in RULES:
        return True
    if step.own or statement.kind is BlockKind.TABLE_ROW:
        return False
    return speaks_of("duty", statement.text, statement.language)


def _names_whom(speaker: Speaker, library: Library) -> bool:
    """Whether a statement names one who can be asked: a unit that owns plans, and no limit of an amount."""
    statement = speaker.statement
    if statement.kind is BlockKind.TABLE_ROW and any(a.unit == "money" for a in statement.amounts):
        return False
    return any(speaks_as(owner, statement.text) for owner in library.owners)


def _headings(speaker: Speaker, library: Library) -> str:
    statement = speaker.statement
    section = library.section(statement.document_id, statement.section)
    return " ".join((statement.context, section.heading, *section.path[-1:]))


def _on_topic(step: Step, speaker: Speaker, library: Library) -> bool:
    text, language = speaker.statement.text, speaker.statement.language
    if step.own:
        return not any(speaks_of(topic, text, language) for topic in OF_ITS_OWN)
    if speaks_of(step.key, text, language):
        return True
    placed = speaker.statement.kind is BlockKind.TABLE_ROW or bool(speaker.statement.amounts)
    return placed and speaks_of(step.key, _headings(speaker, library), language)


def reach_of(thing: Thing, speaker: Speaker, library: Library) -> bool | None:
    """Told by the sentence, else by its heading, else by the title of the plan."""
    statement = speaker.statement
    reach = thing.reach(statement.text, statement.language)
    for title in (_headings(speaker, library), speaker.source.title):
        if reach is None:
            reach = thing.is_of(title, statement.language)
    return reach


def reaches_so_low(speaker: Speaker, value: float | None, library: Library) -> bool:
    """Whether a law that applies from a value applies at this one."""
    entry = library.entry_value(speaker.statement.document_id)
    if entry is None or value is None or value >= entry:
        return True
    statement = speaker.statement
    section = [s.text for s in library.section_of(statement)]
    return speaks_of("any_value", " ".join(section), statement.language)
