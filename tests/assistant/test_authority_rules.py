"""One test a rule of who governs, on the words of made-up municipalities in several languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from assistant.answers import Asks, Facts, Outcome
from assistant.authority import Decision, Speaker, decide
from assistant.clauses import is_subject
from assistant.maxims import Maxim
from ingest.plans import Amount, Force, PlanLink
from tests.assistant.test_authority import FACTS, on_one_matter, speaker

AT_LEAST_35 = (Amount(35, None, "percent"),)


def told(found: Speaker, text: str, *, language: str = "nb", **changes: object) -> Speaker:
    """The speaker with words of its own."""
    return replace(found, statement=replace(found.statement, text=text, language=language, **changes))  # type: ignore[arg-type]


def entitled(found: Speaker, title: str) -> Speaker:
    version = replace(found.plan.versions[0], title=title)
    return replace(found, plan=replace(found.plan, title=title, versions=(version,)))


def asking(query: str, language: str = "nb", **changes: object) -> Facts:
    return replace(FACTS, query=query, language=language, **changes)  # type: ignore[arg-type]


def decided(*found: Speaker, facts: Facts = FACTS) -> Decision:
    return decide(found, facts, on_one_matter)


def names(found: Speaker | None) -> str | None:
    return found.plan.plan_id if found else None


# --- the authority of a council's text ----------------------------------------------------


LINKED = (PlanLink("PROGRAM"),)


@pytest.mark.parametrize(
    ("title", "text", "language"),
    [
        ("Riktlinjer för upphandling 2025", "Riktlinjerna ska ange hur inventarier återanvänds.", "sv"),
        ("Procurement Strategy 2025", "The procurement strategy shall set out how paper is saved.", "en"),
        ("Politik for indkøb", "Indkøbspolitikken skal angive, hvordan tøj lejes.", "da"),
        ("Reglement for innkjøp", "Innkjøpsreglementet skal fastsette hvordan verktøy lånes.", "nb"),
    ],
)
def test_a_council_text_that_a_plan_above_asked_for_stands_on_that_plan(
    title: str, text: str, language: str
) -> None:
    own = entitled(speaker(1, relevance=6.0, implements=LINKED), title)
    above = told(
        speaker(2, level=3, kind="sub-plan", plan_id="PROGRAM", relevance=4.5), text, language=language
    )

    assert names(decided(own, above).authority) == "PROGRAM"


@pytest.mark.parametrize(
    ("title", "text", "language"),
    [
        ("Strategi for innkjøp", "Innkjøp skal rapportere hvert år.", "nb"),
        ("Procurement Strategy 2025", "The procurement team shall report each year.", "en"),
        ("Riktlinjer för upphandling", "Varje förvaltning ska ha ett ombud.", "sv"),
    ],
)
def test_a_duty_of_somebody_else_above_is_no_order_for_the_council_text(
    title: str, text: str, language: str
) -> None:
    own = entitled(speaker(1, relevance=6.0, implements=LINKED), title)
    above = told(
        speaker(2, level=3, kind="sub-plan", plan_id="PROGRAM", relevance=4.5), text, language=language
    )

    assert decided(own, above).authority is None
    assert not is_subject(own.plan, text, language)


# --- where the law begins and leaves alone ------------------------------------------------


ENTRY = told(
    speaker(10, level=1, kind="law", body=1, force=Force.INFORMATION, relevance=3.0,
            amounts=(Amount(70_000, None, "money"),)),
    "The act applies to contracts worth 70,000 or more.", language="en",
)  # fmt: skip


def test_the_law_itself_says_where_it_begins_however_plainly_a_handbook_tells_it() -> None:
    manual = speaker(
        11, level=5, kind="handbook", body=4, force=Force.INFORMATION, amounts=(Amount(40_000, 40_000, "money"),),
        relevance=7.0,
    )  # fmt: skip
    facts = asking("Does the act reach a job of 50,000?", "en", amounts=(Amount(50_000, 50_000, "money"),))

    decision = decided(manual, ENTRY, facts=facts)

    assert names(decision.governing) == "P10"
    assert decision.maxim is Maxim.RESTATES_HIGHER


OUTSIDE = told(
    speaker(12, level=1, kind="law", body=1, force=Force.INFORMATION, relevance=5.0,
            amounts=(Amount(None, 700_000, "money"),)),
    "Under 700 000 kronor gäller inte lagen.", language="sv", flags=frozenset({"exception"}),
)  # fmt: skip
OWN_RULE = speaker(13, amounts=(Amount(50_000, 700_000, "money"), Amount(3, None, "offer")), relevance=4.3)
SMALL = (Amount(90_000, 90_000, "money"),)


def test_where_the_law_leaves_a_purchase_alone_the_municipality_s_own_rule_governs() -> None:
    facts = asking("Räcker det med en offert för 90 000?", "sv", amounts=SMALL)

    assert names(decided(OUTSIDE, OWN_RULE, facts=facts).governing) == "P13"


def test_to_whom_asks_of_the_law_the_law_answers_that_it_leaves_the_purchase_alone() -> None:
    facts = asking("Gäller lagen för 90 000?", "sv", amounts=SMALL)

    assert names(decided(OUTSIDE, OWN_RULE, facts=facts).governing) == "P12"


# --- equals -------------------------------------------------------------------------------


def test_of_equally_relevant_texts_the_one_that_asks_for_something_leads() -> None:
    told_of = speaker(20, level=1, force=Force.INFORMATION)
    advised = speaker(21, level=4, force=Force.RECOMMENDATION)
    apart = replace(FACTS, asks=Asks.OTHER)

    assert names(decide([told_of, advised], apart, lambda _a, _b: 0.5).governing) == "P21"


def test_a_target_yields_to_an_equally_relevant_duty_of_the_same_quantity() -> None:
    target = speaker(22, level=3, force=Force.TARGET, amounts=(Amount(6, None, "year"),), relevance=5.2)
    duty = speaker(23, level=4, amounts=(Amount(7, None, "year"),), relevance=5.0)

    decision = decided(target, duty)

    assert (names(decision.governing), decision.maxim) == ("P23", Maxim.TARGET_DOES_NOT_BIND)


def test_a_target_asked_for_stays_before_a_duty_less_relevant() -> None:
    target = speaker(22, level=3, force=Force.TARGET, amounts=(Amount(6, None, "year"),), relevance=6.0)
    duty = speaker(23, level=4, amounts=(Amount(7, None, "year"),), relevance=5.0)

    assert names(decided(target, duty).governing) == "P22"


# --- what nobody has decided --------------------------------------------------------------


def exempting(text: str, language: str, relevance: float) -> Speaker:
    law = speaker(30, level=1, kind="law", body=1, amounts=(Amount(35, 35, "percent"),), relevance=relevance)
    return told(law, text, language=language, flags=frozenset({"exception"}))


EVERYTHING = speaker(31, amounts=AT_LEAST_35, relevance=4.5)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Kravet på 35 procent gäller inte rena tjänster.", "sv"),
        ("The 35 per cent does not apply to pure services.", "en"),
        ("35 % gjelder ikke for kjøp med lite avtrykk.", "nb"),
    ],
)
def test_a_lower_duty_without_the_exception_above_is_left_open(text: str, language: str) -> None:
    decision = decided(exempting(text, language, 5.0), EVERYTHING)

    assert (decision.outcome, names(decision.governing)) == (Outcome.UNRESOLVED, "P30")
    assert [(names(r.speaker), r.maxim) for r in decision.rulings] == [("P31", Maxim.UNRESOLVED)]


def test_an_exception_that_the_question_is_not_about_opens_nothing() -> None:
    decision = decided(exempting("35 % gjelder ikke for kjøp med lite avtrykk.", "nb", 1.0), EVERYTHING)

    assert (decision.outcome, names(decision.governing)) == (Outcome.ANSWERED, "P31")


def test_a_rule_with_an_exception_in_it_opens_nothing() -> None:
    rule = replace(
        exempting("35 % skal oppfylles, med mindre det er umulig.", "nb", 5.0),
        statement=replace(
            exempting("", "nb", 5.0).statement,
            text="Minst 35 % skal oppfylles, med mindre det er umulig.",
            amounts=AT_LEAST_35,
        ),
    )

    assert decided(rule, EVERYTHING).outcome is Outcome.ANSWERED


LAW = speaker(40, level=1, kind="law", body=1, relevance=6.0, plan_id="ACT", amounts=AT_LEAST_35)


def source(number: int, text: str, language: str = "en") -> Speaker:
    found = speaker(
        number, level=1, kind="guidance", body=2, force=Force.INFORMATION, relevance=4.0,
        implements=(PlanLink("ACT"),),
    )  # fmt: skip
    return told(found, text, language=language)


ASKED = asking("May we lower the weight and add a labelling requirement?", "en")


def test_two_sources_on_one_law_that_disagree_leave_it_open() -> None:
    guide = source(41, "There is no blended form in which a low weight is joined by a requirement.")
    ruling = source(42, "The tribunal accepted a blended form of a low weight and a requirement.")

    decision = decided(LAW, guide, ruling, facts=ASKED)

    assert (decision.outcome, names(decision.governing)) == (Outcome.UNRESOLVED, "ACT")
    assert {names(r.speaker) for r in decision.rulings if r.maxim is Maxim.UNRESOLVED} == {"P41", "P42"}


def test_two_sources_that_agree_leave_nothing_open() -> None:
    guide = source(41, "A blended form of a low weight and a requirement is accepted.")
    ruling = source(42, "The tribunal accepted a blended form of a low weight and a requirement.")

    assert decided(LAW, guide, ruling, facts=ASKED).outcome is Outcome.ANSWERED


@pytest.mark.parametrize(
    ("first", "second", "language"),
    [
        ("Kommunens lastbilar är eldrivna senast 2029.", "Lastbilarna är eldrivna senast 2032.", "sv"),
        ("All mowers are electric by 2029.", "All mowers are electric by 2032.", "en"),
        ("Gravemaskinene er utslippsfrie innen 2029.", "Gravemaskinene er utslippsfrie innen 2032.", "nb"),
    ],
)
def test_two_deadlines_of_one_aim_in_two_plans_of_one_rank_are_left_open(
    first: str, second: str, language: str
) -> None:
    year = {"force": Force.INFORMATION, "level": 3, "adopted": date(2023, 1, 1)}
    older = told(speaker(50, **year), first, language=language, dates=("2029",))  # type: ignore[arg-type]
    newer = told(speaker(51, **year), second, language=language, dates=("2032",))  # type: ignore[arg-type]

    decision = decided(older, newer)

    assert (decision.outcome, decision.force) == (Outcome.UNRESOLVED, Force.TARGET)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("By 2019 the mowers were worn out.", "en"),
        ("All mowers are electric.", "en"),
        ("Gravemaskinene ble kjøpt innen 2021.", "nb"),
    ],
)
def test_what_was_so_or_has_no_year_is_no_aim(text: str, language: str) -> None:
    found = told(speaker(52, force=Force.INFORMATION, adopted=date(2023, 1, 1)), text, language=language)

    assert found.force is Force.INFORMATION


# --- who leads ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "text", "language"),
    [
        ("Rutin för verktyg", "Rutinen ska ange hur länge verktyg används.", "sv"),
        ("Tool Routine", "The tool routine shall say how long tools are kept.", "en"),
    ],
)
def test_a_duty_to_make_a_rule_leaves_the_matter_to_the_rule_made(
    title: str, text: str, language: str
) -> None:
    made = entitled(speaker(60, kind="routine", body=4, relevance=5.0, implements=LINKED), title)
    above = told(
        speaker(61, level=3, kind="sub-plan", plan_id="PROGRAM", relevance=5.5), text, language=language
    )

    decision = decided(made, above)

    assert (names(decision.governing), names(decision.authority)) == ("P60", "PROGRAM")


def test_to_whom_asks_what_a_plan_says_its_order_for_a_rule_is_the_answer() -> None:
    made = entitled(speaker(60, kind="routine", body=4, relevance=5.0, implements=LINKED), "Tool Routine")
    above = told(
        speaker(61, level=3, kind="sub-plan", plan_id="PROGRAM", relevance=5.5),
        "The tool routine shall say how long tools are kept.", language="en",
    )  # fmt: skip

    assert names(decided(made, above, facts=replace(FACTS, asks=Asks.WHICH_RULE)).governing) == "PROGRAM"


@pytest.mark.parametrize(
    ("query", "language"),
    [("Does the act reach a job of 50,000?", "en"), ("Gelder loven ved 50 000?", "da"), ("Gäller lagen vid 50 000?", "sv")],
)  # fmt: skip
def test_to_whom_asks_whether_the_law_applies_its_own_word_of_that_leads(query: str, language: str) -> None:
    entry = replace(ENTRY, relevance=4.8)
    facts = asking(query, language, amounts=(Amount(50_000, 50_000, "money"),))

    assert names(decided(replace(OWN_RULE, relevance=5.0), entry, facts=facts).governing) == "P10"
