"""What the governing section says beside the governing sentence: the second half of many an answer. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assistant.answers import Facts
from assistant.fit import QUOTES
from assistant.stems import content_stems
from assistant.strictness import in_scope
from ingest.plans import BlockKind
from ingest.store import StoredStatement

MOST = 2
"""Sentences shown beside the governing one. On the tuning halves of three municipalities (122 answers) the key
facts were whole in 54 with none or one, 65 with one always, 66 with two, 67 with three; 77 with the whole section."""
_REACH = 0.15
"""Cosine to the question below the governing sentence's, within which another still answers."""
_SCRAP = 15
"""Characters."""

Nearness = Callable[[int], float]
"""Cosine between the question and a statement, by statement id."""


def beside(
    governing: StoredStatement, section: Sequence[StoredStatement], facts: Facts, nearness: Nearness
) -> list[StoredStatement]:
    """The sentences of the governing one's section that answer best with it, in reading order."""
    floor = nearness(governing.statement_id) - _REACH
    near = [(nearness(s.statement_id), s) for s in section if _adds(s, governing, facts)]
    near.sort(key=lambda pair: (-pair[0], pair[1].place))
    kept: list[StoredStatement] = []
    for cosine, statement in near:
        if cosine >= floor and not any(_says_the_same(statement, k) for k in kept) and len(kept) < MOST:
            kept.append(statement)
    return sorted(kept, key=lambda s: s.place)


def _adds(statement: StoredStatement, governing: StoredStatement, facts: Facts) -> bool:
    if statement.statement_id == governing.statement_id or len(statement.text) < _SCRAP:
        return False
    reach = in_scope(statement.amounts, facts.figures)
    if statement.text.endswith("?") or reach is False or is_scaffolding(statement):
        return False
    if statement.kind is BlockKind.TABLE_ROW and not (reach or governing.kind is BlockKind.TABLE_ROW):
        return False
    return not _says_the_same(statement, governing)


def is_scaffolding(statement: StoredStatement) -> bool:
    """A note of when a rule was changed, or words that are themselves quoted, as an example often is."""
    return "amended" in statement.flags or statement.text[0] in QUOTES


def _says_the_same(statement: StoredStatement, other: StoredStatement) -> bool:
    """A row of a table often repeats the sentence above it: in its words, or in its figures."""
    if statement.kind is BlockKind.TABLE_ROW and statement.amounts and other.kind is not BlockKind.TABLE_ROW:
        return set(statement.amounts) <= set(other.amounts)
    return content_stems(statement.text) <= content_stems(other.text)
