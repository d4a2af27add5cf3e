"""Citation: does what is cited bear what is said, and does the quote stand where it is said to stand.

ALCE (Gao et al. 2023) with another entailment: there an 11-billion-parameter model, here the judge's support.
Copying a passage scores near 1 on both: read them beside the answer measures, never alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

Supports = Callable[[str, Sequence[str]], bool]
"""Whether a claim follows from pieces of evidence taken together."""


@dataclass(frozen=True, slots=True)
class CitedClaim:
    """One statement of an answer and the quotes it cites."""

    claim: str
    quotes: tuple[str, ...]


def claim_is_supported(claim: CitedClaim, supports: Supports) -> bool:
    """ALCE recall of one statement: at least one citation, and all of them together bear it."""
    return bool(claim.quotes) and supports(claim.claim, claim.quotes)


def citation_recall(claims: Sequence[CitedClaim], supports: Supports) -> float | None:
    """The share of statements that are supported; None for an answer that states nothing."""
    if not claims:
        return None
    return sum(claim_is_supported(claim, supports) for claim in claims) / len(claims)


def citation_precision(claims: Sequence[CitedClaim], supports: Supports) -> float | None:
    """The share of citations that count: of a supported statement, and not irrelevant to it.

    A citation is irrelevant when it does not bear the statement alone and the others do without it.
    None where nothing is cited.
    """
    verdicts = [
        claim_is_supported(claim, supports) and not _irrelevant(claim, place, supports)
        for claim in claims
        for place in range(len(claim.quotes))
    ]
    return sum(verdicts) / len(verdicts) if verdicts else None


def _irrelevant(claim: CitedClaim, place: int, supports: Supports) -> bool:
    others = claim.quotes[:place] + claim.quotes[place + 1 :]
    if not others:
        return False
    return not supports(claim.claim, [claim.quotes[place]]) and supports(claim.claim, others)
