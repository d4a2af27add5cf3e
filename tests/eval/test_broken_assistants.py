"""One assistant for every vice, and the measure that is made to catch it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from eval.run import Answerer, Bench, Contestant, run
from eval.summary import Summary
from tests.eval.conftest import silence, told


def _measured(bench: Bench, answer: Answerer, folder: Path) -> Summary:
    return run(bench, Contestant(name="assistant", answer=answer), folder)


def _value(summary: Summary, metric: str) -> float:
    value = summary.value(metric)
    assert value is not None
    return value


def test_an_assistant_that_meets_the_key_has_full_marks(
    bench: Bench, right: Answerer, tmp_path: Path
) -> None:
    summary = _measured(bench, right, tmp_path / "run")

    assert _value(summary, "truthfulness") == 1.0
    for metric in ("governing_plan_accuracy", "governing_level_accuracy", "force_accuracy", "page_exactness",
                   "quote_fidelity", "citation_recall", "citation_precision", "key_fact_recall",
                   "abstention_f1", "page_R@1", "span_recall", "as_of_flip_accuracy"):  # fmt: skip
        assert _value(summary, metric) == 1.0, metric
    for metric in ("draft_leak", "superseded_leak", "force_raised", "hallucination_rate", "error_rate",
                   "forbidden_said", "over_refused", "wrong"):  # fmt: skip
        assert _value(summary, metric) == 0.0, metric


def test_citing_the_wrong_page_is_caught_by_page_exactness(
    bench: Bench, right: Answerer, tmp_path: Path
) -> None:
    def wrong_page(question: dict[str, object]) -> Mapping[str, object]:
        answer = dict(right(question))
        citations = answer["citations"]
        assert isinstance(citations, list)
        return answer | {"citations": [each | {"page": each["page"] + 1} for each in citations]}

    summary = _measured(bench, wrong_page, tmp_path / "run")

    assert _value(summary, "page_exactness") == 0.0
    assert _value(summary, "quote_fidelity") == 1.0
    assert _value(summary, "evidence_page_accuracy") == 0.0


def test_an_altered_quote_is_caught_by_quote_fidelity(bench: Bench, right: Answerer, tmp_path: Path) -> None:
    def mends(question: dict[str, object]) -> Mapping[str, object]:
        answer = dict(right(question))
        citations = answer["citations"]
        assert isinstance(citations, list)
        return answer | {"citations": [each | {"quote": f"{each['quote'][:-1]}!"} for each in citations]}

    summary = _measured(bench, mends, tmp_path / "run")

    assert _value(summary, "quote_fidelity") == 0.0


def test_citing_drafts_is_caught_by_the_draft_leak(bench: Bench, right: Answerer, tmp_path: Path) -> None:
    def cites_drafts(question: dict[str, object]) -> Mapping[str, object]:
        return told("KLIMA-27", 1, "target") if question["id"] == "Q3" else right(question)

    summary = _measured(bench, cites_drafts, tmp_path / "run")

    assert _value(summary, "draft_leak") > 0
    assert _value(summary, "forbidden_said") > 0
    assert summary.counts["wrong"] == 1


def test_showing_a_draft_as_not_in_force_is_no_leak(bench: Bench, right: Answerer, tmp_path: Path) -> None:
    def shows_the_draft(question: dict[str, object]) -> Mapping[str, object]:
        answer = dict(right(question))
        if question["id"] != "Q3":
            return answer
        draft = told("KLIMA-27", 1, "target", role="not_in_force")["citations"]
        citations = answer["citations"]
        assert isinstance(draft, list)
        assert isinstance(citations, list)
        shown = [each | {"marker": 2} for each in draft]
        text = f"{answer['answer']} Et utkast foreslår 90 %, men det er ikke vedtatt [2]."
        return answer | {"answer": text, "citations": [*citations, *shown]}

    summary = _measured(bench, shows_the_draft, tmp_path / "run")

    assert _value(summary, "draft_leak") == 0
    assert _value(summary, "truthfulness") == 1.0


def test_always_answering_is_caught_by_the_hallucination_rate(
    bench: Bench, right: Answerer, tmp_path: Path
) -> None:
    def always(question: dict[str, object]) -> Mapping[str, object]:
        return told("LOV", 1, "information") if question["id"] in {"Q7", "Q8"} else right(question)

    summary = _measured(bench, always, tmp_path / "run")

    assert _value(summary, "hallucination_rate") == 1.0
    assert _value(summary, "abstention_recall") == 0.0
    assert _value(summary, "error_rate") == 0.0


def test_never_answering_is_caught_by_the_error_rate(bench: Bench, tmp_path: Path) -> None:
    summary = _measured(bench, lambda _question: silence(), tmp_path / "run")

    assert _value(summary, "error_rate") == 1.0
    assert _value(summary, "over_refused") == 1.0
    assert _value(summary, "hallucination_rate") == 0.0
    assert _value(summary, "truthfulness") == 2 / 9, "two right abstentions of nine, nothing wrong"


def test_obeying_the_newest_is_caught_by_governing_plan_and_draft_leak(
    bench: Bench, right: Answerer, tmp_path: Path
) -> None:
    newest = {"Q3": told("KLIMA-27", 1, "target"), "Q9": told("STRAT", 1, "obligation")}

    summary = _measured(bench, lambda q: newest.get(str(q["id"]), right(q)), tmp_path / "run")

    assert _value(summary, "governing_plan_accuracy") == 5 / 7
    assert _value(summary, "draft_leak") > 0
    assert _value(summary, "not_in_force_leak") > _value(summary, "draft_leak"), "STRAT was not yet in force"
    assert _value(summary, "as_of_flip_accuracy") == 0.0


def test_raising_should_to_must_is_caught_by_force_raised(
    bench: Bench, right: Answerer, tmp_path: Path
) -> None:
    def raises(question: dict[str, object]) -> Mapping[str, object]:
        if question["id"] != "Q4":
            return right(question)
        return told("KLIMA", 2, "obligation", text="Renhold skal være miljømerket. [1]")

    summary = _measured(bench, raises, tmp_path / "run")

    assert _value(summary, "force_raised") > 0
    assert _value(summary, "force_lowered") == 0
    assert _value(summary, "forbidden_said") > 0
    assert summary.counts["wrong"] == 1


def test_inventing_a_number_is_caught_by_citation_recall(
    bench: Bench, right: Answerer, tmp_path: Path
) -> None:
    def invents(question: dict[str, object]) -> Mapping[str, object]:
        return (
            told("LOV", 1, "information", text="Loven gjelder fra 100 000 kroner. [1]")
            if (question["id"] == "Q1")
            else right(question)
        )

    summary = _measured(bench, invents, tmp_path / "run")

    assert _value(summary, "citation_recall") < 1.0
    assert _value(summary, "forbidden_said") > 0


def test_crashing_counts_as_wrong_and_not_as_refused(bench: Bench, tmp_path: Path) -> None:
    def crashes(question: dict[str, object]) -> Mapping[str, object]:
        raise RuntimeError("out of memory")

    summary = _measured(bench, crashes, tmp_path / "run")

    assert _value(summary, "truthfulness") == -1.0
    assert summary.counts["failed"] == summary.n
    assert summary.counts["over_refused"] == 0
