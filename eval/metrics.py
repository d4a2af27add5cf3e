"""Every measure by name: what it is called, what it says, and which way is better."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Metric:
    """`better` is 1 where higher is better, -1 where lower is, 0 where neither; `share` is a 0-1 measure."""

    name: str
    label: str
    layer: str
    better: int
    definition: str
    share: bool = True


_LISTED: tuple[tuple[str, str, str, int, str], ...] = (
    ("truthfulness", "Truthfulness", "headline", 1, "CRAG: (2 · correct + missing) / n − 1"),
    ("correct", "Correct", "headline", 1, "right answer or right abstention"),
    ("wrong", "Wrong", "headline", -1, "wrong answer, or none came"),
    ("refused", "Refused", "headline", 0, "said that the plans have no answer, rightly or not"),
    ("over_refused", "Over-refused", "headline", -1, "did not decide although the plans do"),
    ("governing_plan_accuracy", "Governing plan", "authority", 1, "the right plan and version governs"),
    ("governing_level_accuracy", "Governing level", "authority", 1, "a plan of the right level governs"),
    ("governing_section_accuracy", "Governing section", "authority", 1, "and the right section of it"),
    ("authority_source_accuracy", "Authority source", "authority", 1, "the plan that gives it its force"),
    ("force_accuracy", "Force", "authority", 1, "must, must not, should, may, target, information"),
    ("force_raised", "Force raised", "authority", -1, "binds harder than the text: should told as must"),
    ("force_lowered", "Force lowered", "authority", -1, "binds less than the text: must told as should"),
    ("draft_leak", "Draft leak", "authority", -1, "answers that rely on a draft"),
    ("superseded_leak", "Superseded leak", "authority", -1, "answers that rely on a replaced text"),
    ("not_in_force_leak", "Out-of-force leak", "authority", -1, "answers that rely on any text not in force"),
    ("as_of_flip_accuracy", "As-of flips", "authority", 1, "same question, two dates, both governed rightly"),
    ("citation_recall", "Citation recall", "citation", 1, "ALCE: statements borne by what they cite"),
    ("citation_precision", "Citation precision", "citation", 1, "ALCE: citations that a statement needs"),
    ("quote_fidelity", "Quote fidelity", "citation", 1, "quotes that stand in the file to the character"),
    ("page_exactness", "Page exactness", "citation", 1, "of those, quotes on the page they name"),
    ("evidence_page_accuracy", "Evidence page", "citation", 1, "cites a page with a quote that answers"),
    ("span_recall", "Span recall", "citation", 1, "LegalBench-RAG: gold characters that are cited"),
    ("span_precision", "Span precision", "citation", 1, "LegalBench-RAG: cited characters that are gold"),
    ("key_fact_recall", "Key facts", "answer", 1, "key facts the answer states"),
    ("complete", "Complete", "answer", 1, "answers with every key fact"),
    ("forbidden_said", "Forbidden said", "answer", -1, "answers that hold a forbidden statement"),
    ("reference_closeness", "Near the reference", "answer", 1, "closeness to the reference answer"),
    ("answer_words", "Words", "answer", 0, "length of the answer"),
    ("lix", "LIX", "answer", -1, "Björnsson's LIX; 40-50 is ordinary prose"),
    ("outcome_accuracy", "Outcome", "outcome", 1, "answered, abstained, … as expected"),
    ("abstention_precision", "Abstention precision", "outcome", 1, "abstentions that are right"),
    ("abstention_recall", "Abstention recall", "outcome", 1, "unanswerable questions abstained from"),
    ("abstention_f1", "Abstention F1", "outcome", 1, "harmonic mean of the two"),
    ("hallucination_rate", "Hallucination rate", "outcome", -1, "NoMIRACL: unanswerable questions answered"),
    ("error_rate", "Error rate", "outcome", -1, "NoMIRACL: answerable questions abstained from"),
)  # fmt: skip

_NOT_SHARES = {"truthfulness", "answer_words", "lix"}


def _retrieval() -> Iterator[Metric]:
    for unit, told in (("page", "pages"), ("passage", "quotes, by passage")):
        for k in (1, 5, 10):
            yield Metric(f"{unit}_R@{k}", f"{unit} R@{k}", "retrieval", 1, f"answering {told} among {k}")
        yield Metric(f"{unit}_RR@10", f"{unit} RR@10", "retrieval", 1, f"1 / rank of the first of the {told}")
        yield Metric(
            f"{unit}_nDCG@10", f"{unit} nDCG@10", "retrieval", 1, f"graded {told}, discounted by rank"
        )


METRICS: dict[str, Metric] = {
    metric.name: metric
    for metric in (
        *(Metric(*listed, share=listed[0] not in _NOT_SHARES) for listed in _LISTED),
        *_retrieval(),
    )
}
LAYERS = ("headline", "outcome", "authority", "citation", "answer", "retrieval")
