"""Whether quotes are word for word, on the page they name, and bear what is said."""

from __future__ import annotations

from collections.abc import Sequence

from eval.answers import Answer, Citation
from eval.judge import SUPPORTED
from eval.layers.case import Case, Layer, as_score, share
from eval.measures.citation import CitedClaim, citation_precision, citation_recall
from eval.measures.outcome import ANSWERED, UNRESOLVED
from eval.measures.retrieval import span_precision_recall
from eval.pages import PageTexts
from eval.statements import statements


def score_citation(case: Case, answer: Answer) -> Layer:
    """All None for an answer that says nothing; fidelity and pages only where the documents are at hand."""
    if answer.outcome not in {ANSWERED, UNRESOLVED}:
        return Layer({}, "nothing was claimed")
    claims = cited_claims(answer)

    def supports(claim: str, quotes: Sequence[str]) -> bool:
        return case.judge.support(claim, quotes) >= SUPPORTED

    scores: dict[str, float | None] = {
        "citation_recall": citation_recall(claims, supports),
        "citation_precision": citation_precision(claims, supports) if answer.citations else 0.0,
        "evidence_page_accuracy": as_score(_points_at_gold(case, answer)),
    }
    if case.pages is not None:
        scores.update(_fidelity(case.pages, answer.citations))
        scores.update(_spans(case, answer))
    return Layer(scores, _because(case, answer, claims))


def cited_claims(answer: Answer) -> list[CitedClaim]:
    """The statements of an answer, each with what its markers lead to: title, section and quote.

    ALCE's passages have their titles too: "this rests on the climate plan" is borne by a quote from it.
    """
    quotes = {
        each.marker: ". ".join(part for part in (each.title, each.section, each.quote) if part)
        for each in answer.citations
    }
    return [
        CitedClaim(each.bare, tuple(quotes[number] for number in each.markers if number in quotes))
        for each in statements(answer.text, answer.roles)
    ]


def _points_at_gold(case: Case, answer: Answer) -> bool | None:
    """Whether a citation relied on stands on the page of a quote that answers; None where none is known."""
    if not case.answering:
        return None
    gold = {(row.file, row.page) for row in case.answering}
    return any((each.file, each.page) in gold for each in answer.citations)


def _fidelity(pages: PageTexts, citations: Sequence[Citation]) -> dict[str, float | None]:
    """Fidelity: the quote stands in the file, to the character. Exactness: and on the page it names."""
    found = [pages[each.file].pages_with(each.quote) if each.file in pages else [] for each in citations]
    there = [bool(numbers) for numbers in found]
    exact = [each.page in numbers for each, numbers in zip(citations, found, strict=True) if numbers]
    return {"quote_fidelity": share(there), "page_exactness": share(exact)}


def _spans(case: Case, answer: Answer) -> dict[str, float | None]:
    """LegalBench-RAG precision and recall of characters, over the pages with a quote that answers."""
    if not case.answering or case.pages is None:
        return {}
    gold = [(row.file, row.page, row.quote) for row in case.answering]
    cited = [(each.file, each.page, each.quote) for each in answer.citations if each.role in _ANSWERS]
    wanted, given = _placed(case.pages, gold), _placed(case.pages, cited)
    if not wanted:
        return {}
    precision, recall = span_precision_recall(given, wanted)
    return {"span_precision": precision, "span_recall": recall}


_ANSWERS = {"governing", "authority", "supports"}
_PAGE_LENGTH = 1_000_000
"""Pages of different files are laid out one after another; none is longer."""


def _placed(pages: PageTexts, quotes: Sequence[tuple[str, int | None, str]]) -> list[tuple[int, int]]:
    places = {
        (name, number): place
        for place, (name, number) in enumerate(
            (name, number) for name in sorted(pages) for number, _ in pages[name].texts
        )
    }
    found = []
    for name, number, quote in quotes:
        span = pages[name].span_of(quote, number) if (name, number) in places else None
        if span is not None:
            start = places[name, number] * _PAGE_LENGTH
            found.append((start + span[0], start + span[1]))
    return found


def _because(case: Case, answer: Answer, claims: Sequence[CitedClaim]) -> str:
    told = []
    bare = [claim.claim for claim in claims if not claim.quotes]
    if bare:
        told.append(f"{len(bare)} of {len(claims)} statements cite nothing, first “{bare[0][:80]}”")
    weak = [c for c in claims if c.quotes and case.judge.support(c.claim, c.quotes) < SUPPORTED]
    if weak:
        told.append(f"“{weak[0].claim[:80]}” does not follow from what it cites")
    for each in answer.citations if case.pages is not None else ():
        told.extend(_misplaced(case.pages, each))
    return "; ".join(told) or "every statement is borne by what it cites"


def _misplaced(pages: PageTexts | None, citation: Citation) -> list[str]:
    file = (pages or {}).get(citation.file)
    if file is None:
        return [f"[{citation.marker}] cites {citation.file or 'no file'}, which is not among the documents"]
    numbers = file.pages_with(citation.quote)
    if not numbers:
        return [f"[{citation.marker}] is not word for word in {citation.file}: “{citation.quote[:80]}”"]
    if citation.page not in numbers:
        where = ", ".join(map(str, numbers))
        return [f"[{citation.marker}] is on page {where} of {citation.file}, not on {citation.page}"]
    return []
