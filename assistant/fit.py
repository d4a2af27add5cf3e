"""How well a statement answers the kind of question asked, beside being about it. Pure.

Added to relevance in standard scores: small nudges that bring the answering sentence of the right passage to
the top. Nothing here knows of levels or plans.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from assistant.answers import Asks, Facts
from assistant.purchase_thing import Thing
from assistant.stems import content_stems
from assistant.strictness import in_scope
from assistant.things import things
from ingest.plans import BlockKind, Force
from ingest.store import StoredStatement

_NORMATIVE = frozenset(
    {Force.OBLIGATION, Force.PROHIBITION, Force.COMPLY_OR_EXPLAIN, Force.RECOMMENDATION, Force.PERMISSION,
     Force.NONE}
)  # fmt: skip

FITS_KIND = 0.4
LACKS_KIND = -0.2
IN_BAND = 1.0
OUT_OF_BAND = -0.6
SAYS_WHAT_TO_DO = 0.55
NAMES_A_FIGURE = 0.4
DESCRIBES = -0.4
HEADING_WORD = 1.0
"""Weights rounded from a conditional logit on the tuning halves of three municipalities (110 questions): the
answering statement first in 61 of 110 by cross-validation, 54 with the weights set by hand before. `SAYS_WHAT_TO_DO`
was .4 of it, and raised on the same halves: governing plan right in two more of 122."""
OTHER_THING = -2.0
"""Standard scores: a rule that plainly names other things than the question does."""
UNASKED_THING = -0.5
"""Standard scores: a rule for a thing, where the question names none that the vocabulary has."""
ASKS_ITSELF = -1.5
"""A question in the document, a scrap of one, or words it quotes as an example answer nothing."""

QUOTES = frozenset('«»“”„"')
_KEPT = 4_096
"""Headings: those of one municipality's plans."""
_FRAGMENT = 20
"""Characters."""


def fit(statement: StoredStatement, facts: Facts, headings: Sequence[str]) -> float:
    """What to add to a statement's relevance for this question."""
    score = _kind(statement, facts) + _band(statement, facts)
    if statement.force in _NORMATIVE:
        score += SAYS_WHAT_TO_DO
    if statement.amounts:
        score += NAMES_A_FIGURE
    if "descriptive" in statement.flags or statement.kind is BlockKind.FOOTNOTE:
        score += DESCRIBES
    if statement.text.endswith("?") or len(statement.text) < _FRAGMENT or statement.text[0] in QUOTES:
        score += ASKS_ITSELF
    return score + HEADING_WORD * min(2, _shared_words(facts.query, headings))


def about(thing: Thing | None, statement: StoredStatement) -> float:
    """What the things that a statement plainly names add to its relevance."""
    if thing is None:
        return UNASKED_THING if things(statement.text, statement.language) else 0.0
    return OTHER_THING if thing.reach(statement.text, statement.language) is False else 0.0


def _kind(statement: StoredStatement, facts: Facts) -> float:
    if facts.asks is Asks.AMOUNT:
        return FITS_KIND if statement.amounts else LACKS_KIND
    if facts.asks is Asks.DEADLINE:
        return FITS_KIND if statement.dates or statement.amounts else LACKS_KIND
    if facts.asks is Asks.WHO:
        acts = "competence" in statement.flags or statement.bearer in ("unit", "buyer", "municipality")
        return FITS_KIND if acts else LACKS_KIND
    if facts.asks is Asks.YES_NO:
        return 0.2 if statement.force in _NORMATIVE else LACKS_KIND / 2
    return 0.0


def _band(statement: StoredStatement, facts: Facts) -> float:
    inside = in_scope(statement.amounts, facts.figures)
    if inside is None:
        return 0.0
    return IN_BAND if inside else OUT_OF_BAND


def _shared_words(query: str, headings: Sequence[str]) -> int:
    return len(_stems(query) & _stems(" ".join(headings)))


@lru_cache(maxsize=_KEPT)
def _stems(text: str) -> frozenset[str]:
    return frozenset(content_stems(text))
