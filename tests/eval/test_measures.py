from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.measures.agreement import auroc, cohens_kappa, pairwise_agreement, pearson
from eval.measures.authority import confusion, force_lowered, force_raised
from eval.measures.citation import CitedClaim, citation_precision, citation_recall
from eval.measures.headline import Grade, truthfulness
from eval.measures.intervals import bootstrap, upper_bound, wilson
from eval.measures.outcome import abstention, is_hallucinated, is_missed
from eval.measures.reading import lix
from eval.measures.risk import area_under, best_point, risk_coverage
from eval.measures.significance import holm, mcnemar_exact, paired_bootstrap

# --- headline -------------------------------------------------------------------------------


def test_truthfulness_is_that_of_crag() -> None:
    grades = [Grade.CORRECT] * 5 + [Grade.MISSING] * 3 + [Grade.WRONG] * 2

    assert truthfulness(grades) == pytest.approx((2 * 5 + 3) / 10 - 1)
    assert truthfulness([]) is None


@given(st.lists(st.sampled_from(list(Grade)), min_size=1))
def test_truthfulness_lies_between_minus_one_and_one(grades: list[Grade]) -> None:
    value = truthfulness(grades)

    assert value is not None
    assert -1 <= value <= 1


# --- authority ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("expected", "given", "raised", "lowered"),
    [
        ("recommendation", "obligation", True, False),
        ("obligation", "recommendation", False, True),
        ("target", "obligation", True, False),
        ("obligation", "prohibition", False, False),
        ("permission", "prohibition", True, False),
        ("information", "information", False, False),
    ],
)
def test_force_is_raised_or_lowered_by_how_hard_it_binds(
    expected: str, given: str, raised: bool, lowered: bool
) -> None:
    assert force_raised(expected, given) is raised
    assert force_lowered(expected, given) is lowered


def test_confusion_has_nobody_last() -> None:
    matrix = confusion([(4, 4), (4, 1), (None, 3), (3, None)])

    assert list(matrix) == ["1", "3", "4", "none"]
    assert matrix["4"] == {"1": 1, "3": 0, "4": 1, "none": 0}
    assert matrix["none"]["3"] == 1


# --- citation, as in ALCE -------------------------------------------------------------------


def _supports(claim: str, quotes: object) -> bool:
    """Stands in for entailment: every word of the claim is in some quote."""
    assert isinstance(quotes, (list, tuple))
    return set(claim.split()) <= {word for quote in quotes for word in quote.split()}


def test_a_statement_without_a_citation_has_no_recall() -> None:
    assert citation_recall([CitedClaim("a", ()), CitedClaim("b", ("b",))], _supports) == 0.5


def test_two_citations_may_bear_a_statement_together() -> None:
    claims = [CitedClaim("a b", ("a", "b"))]

    assert citation_recall(claims, _supports) == 1.0
    assert citation_precision(claims, _supports) == 1.0


def test_a_citation_that_bears_nothing_beside_one_that_does_is_irrelevant() -> None:
    claims = [CitedClaim("a", ("a", "c"))]

    assert citation_recall(claims, _supports) == 1.0
    assert citation_precision(claims, _supports) == 0.5


def test_citations_of_an_unsupported_statement_are_not_precise() -> None:
    assert citation_precision([CitedClaim("a z", ("a",))], _supports) == 0.0
    assert citation_precision([CitedClaim("a", ())], _supports) is None
    assert citation_recall([], _supports) is None


# --- outcome --------------------------------------------------------------------------------


def test_abstention_counts_precision_recall_and_f1() -> None:
    scores = abstention(
        [
            ("abstained", "abstained"),
            ("answered", "abstained"),
            ("abstained", "answered"),
            ("answered", "answered"),
        ]
    )

    assert (scores.precision, scores.recall, scores.f1) == (0.5, 0.5, 0.5)


def test_nomiracl_rates_are_over_their_own_questions() -> None:
    assert is_hallucinated("abstained", "answered") is True
    assert is_hallucinated("abstained", "abstained") is False
    assert is_hallucinated("answered", "answered") is None
    assert is_missed("answered", "abstained") is True
    assert is_missed("answered", "answered") is False
    assert is_missed("abstained", "abstained") is None


def test_an_abstention_that_never_was_due_leaves_recall_unmeasured() -> None:
    assert abstention([("answered", "answered")]).recall is None


# --- intervals and tests --------------------------------------------------------------------


def test_wilson_is_the_published_one() -> None:
    low, high = wilson(8, 10)

    assert low == pytest.approx(0.4902, abs=1e-4)
    assert high == pytest.approx(0.9433, abs=1e-4)
    assert wilson(0, 0) == (0.0, 1.0)
    assert wilson(0, 5)[0] == 0.0
    assert wilson(5, 5)[1] == 1.0


@given(st.integers(0, 60), st.integers(1, 60))
def test_wilson_holds_the_share(successes: int, more: int) -> None:
    n = successes + more

    low, high = wilson(successes, n)

    assert 0 <= low <= successes / n <= high <= 1


def test_the_upper_bound_is_clopper_and_pearsons() -> None:
    assert upper_bound(0, 10, 0.9) == pytest.approx(1 - 0.1 ** (1 / 10), abs=1e-6)
    assert upper_bound(3, 3, 0.9) == 1.0
    assert upper_bound(1, 20, 0.95) == pytest.approx(0.2161, abs=1e-4)


def test_the_bootstrap_is_the_same_for_the_same_seed_and_holds_the_mean() -> None:
    values = [0.1, 0.5, 0.9, 0.4]

    assert bootstrap(values, seed=1) == bootstrap(values, seed=1)
    low, high = bootstrap(values, seed=1)
    assert low <= sum(values) / 4 <= high


@pytest.mark.parametrize(
    ("gains", "losses", "p"), [(0, 0, 1.0), (5, 0, 0.0625), (6, 0, 0.03125), (10, 2, 0.03857), (4, 4, 1.0)]
)
def test_mcnemar_is_the_exact_binomial(gains: int, losses: int, p: float) -> None:
    assert mcnemar_exact(gains, losses) == pytest.approx(p, abs=1e-5)


def test_a_difference_everywhere_is_significant_and_none_is_not() -> None:
    everywhere = paired_bootstrap([0.0] * 30, [1.0] * 20 + [0.0] * 10, seed=0)
    nowhere = paired_bootstrap([0.5] * 30, [0.5] * 30, seed=0)

    assert everywhere.p < 0.01
    assert everywhere.low > 0
    assert nowhere.p == 1.0
    with pytest.raises(ValueError, match="pair them"):
        paired_bootstrap([1.0], [], seed=0)


def test_holm_keeps_fewer_than_each_test_alone() -> None:
    assert holm([0.001, 0.04, 0.03], 0.05) == [True, False, False]
    assert holm([0.001, 0.02, 0.02], 0.05) == [True, True, True]
    assert holm([], 0.05) == []


# --- agreement, risk, reading ---------------------------------------------------------------


def test_kappa_of_a_hand_worked_table() -> None:
    one = ["y"] * 25 + ["n"] * 25
    other = ["y"] * 20 + ["n"] * 5 + ["y"] * 10 + ["n"] * 15

    assert cohens_kappa(one, other) == pytest.approx(0.4)
    assert cohens_kappa(["a", "a"], ["a", "a"]) == 1.0
    assert cohens_kappa([], []) is None


def test_auroc_counts_ties_half() -> None:
    assert auroc([1, 2, 3, 4], [False, False, True, True]) == 1.0
    assert auroc([1, 1], [True, False]) == 0.5
    assert auroc([1, 2], [True, True]) is None


def test_pearson_of_what_does_not_vary_is_unknown() -> None:
    assert pearson([1, 1, 1], [1, 2, 3]) is None
    assert pearson([1, 2, 3], [2, 4, 6]) == pytest.approx(1.0)


def test_pairwise_agreement_counts_pairs() -> None:
    assert pairwise_agreement(["yes", "yes", "no"]) == pytest.approx(1 / 3)
    assert pairwise_agreement(["yes"]) == 1.0


def test_risk_falls_with_coverage_where_confidence_is_true() -> None:
    points = risk_coverage([0.9, 0.8, 0.7, 0.6], [True, True, False, False])

    assert [point.risk for point in points] == [0.0, 0.0, pytest.approx(1 / 3), 0.5]
    assert [point.coverage for point in points] == [0.25, 0.5, 0.75, 1.0]
    best = best_point(points, 0.1, guaranteed=False)
    assert best is not None
    assert (best.threshold, best.coverage) == (0.8, 0.5)
    assert best_point(points, 0.1, guaranteed=True) is None, "two answers promise nothing"
    assert area_under(points) == pytest.approx((0 + 0 + 1 / 3 + 0.5) / 4)


def test_equal_scores_share_a_point() -> None:
    assert len(risk_coverage([0.5, 0.5, 0.5], [True, False, True])) == 1


def test_lix_of_a_hand_worked_text() -> None:
    assert lix("Dette er kort. Anskaffelsesreglementet gjelder.") == pytest.approx(5 / 2 + 100 * 2 / 5)
    assert lix("") is None
