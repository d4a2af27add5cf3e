"""Which of the statements found are on the matter that decides, and for the case asked about. Pure."""

from __future__ import annotations

from collections.abc import Callable

from assistant.answers import Facts
from assistant.contest import repeats
from assistant.question import asking_part
from assistant.speaker import Speaker
from assistant.strictness import CONDITIONS
from assistant.strictness import in_scope as covered
from assistant.topics import speaks_of
from ingest.plans import Force
from ingest.wording import wording

SAME_MATTER = 0.87
"""Cosine of two statements' vectors from which they may be about one thing; unrelated ones are near .65."""
ONE_QUANTITY = 0.77
"""As `SAME_MATTER`, where both bound the same kind of quantity."""

ONE_BAND = 0.74
"""As `SAME_MATTER`, where both are for a purchase of just this value, or name just one figure."""

WINDOW = 2.0
"""Standard scores below the leading statement within which another still speaks to the question."""
_ADVICE_WINDOW = 3.5

Similarity = Callable[[int, int], float]
"""Cosine between two statements, by statement id."""


def cosine(first: Speaker, second: Speaker, similarity: Similarity) -> float:
    """Between the vectors of their statements."""
    return similarity(first.statement.statement_id, second.statement.statement_id)


def within(other: Speaker, first: Speaker, reach: float) -> bool:
    """Whether it is at most so many standard scores less relevant."""
    return other.relevance >= first.relevance - reach


def in_one_section(first: Speaker, second: Speaker) -> bool:
    a, b = first.statement, second.statement
    return (a.document_id, a.section) == (b.document_id, b.section)


def in_scope(speaker: Speaker, facts: Facts) -> bool | None:
    """Whether it is for this case; None where it says nothing of that.

    Where the law begins is no band of its own: it tells of every purchase whether the law is for it.
    """
    if is_entry(speaker):
        return None
    return covered(speaker.statement.amounts, facts.figures)


def is_entry(speaker: Speaker) -> bool:
    """Whether it is the law's own word on the value from which it applies."""
    said = speaker.statement
    if not speaker.is_national or said.force is not Force.INFORMATION:
        return False
    return "money" in kinds(speaker) and speaks_of("applies_from", said.text, said.language)


def asks_of_law(facts: Facts) -> bool:
    """Whether a question names the law and no figure but a value: it asks whether the law applies."""
    question = asking_part(facts.query)
    denied = wording(facts.language).find["plain_negation"].search(question)
    return not denied and speaks_of("law", question, facts.language) and facts.figures.keys() <= {"money"}


def same_matter(speaker: Speaker, lead: Speaker, similarity: Similarity, facts: Facts) -> bool:
    """Whether a statement is to be weighed against the one that leads."""
    if speaker is lead:
        return True
    alike = cosine(speaker, lead, similarity)
    if alike >= ONE_QUANTITY and is_entry(speaker) and repeats(lead, speaker):
        return True
    one_quantity = alike >= ONE_QUANTITY and bool(asked(speaker) & asked(lead))
    # Advice is measured against whatever binds, even where it answers in more fitting words.
    reach = WINDOW if lead.binds or not speaker.rules else _ADVICE_WINDOW
    if not within(speaker, lead, reach):
        return False
    one_band = alike >= ONE_BAND and _answers_alike(speaker, lead, facts)
    return one_quantity or one_band or alike >= SAME_MATTER


def _answers_alike(speaker: Speaker, lead: Speaker, facts: Facts) -> bool:
    """Whether both name an amount band for this very purchase, though in other words: a row and a sentence."""
    near = not lead.binds or within(speaker, lead, WINDOW / 2)
    return (
        near
        and bool(in_scope(speaker, facts))
        and bool(in_scope(lead, facts))
        and kinds(speaker) == kinds(lead)
    )


def ends_power(speaker: Speaker, lead: Speaker, facts: Facts) -> bool:
    """Whether it says that the power which advice gives a bearer ends below this purchase."""
    said, given = speaker.statement, lead.statement
    own = "competence" in said.flags and said.bearer is not None and said.bearer == given.bearer
    ends = any(
        a.high is not None and a.high < facts.figures.get(a.unit, 0.0) for a in said.amounts if a.low is None
    )
    return own and ends and speaker.binds and not lead.binds and within(speaker, lead, WINDOW)


def asked(speaker: Speaker) -> frozenset[str]:
    """Units of what it asks; a value or an area says what it is for."""
    return kinds(speaker) - frozenset(CONDITIONS)


def kinds(speaker: Speaker) -> frozenset[str]:
    """Units of all that it bounds or names."""
    return frozenset(a.unit for a in speaker.statement.amounts)
