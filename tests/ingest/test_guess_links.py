from __future__ import annotations

import pytest

from ingest.guess_titles import Titles, same_word
from ingest.plans import Status
from tests.ingest.guessing import guess, pdf, text

MASTER = "Kommuneplanens samfunnsdel 2025–2037"


def implemented(*said: str, title: str = "Temaplan for kommunale bygg", **others: str) -> list[str]:
    """What a plan that says so implements, in a folder with a master plan and the others."""
    documents = {name: text(other) for name, other in ({"master": MASTER} | others).items()}
    register, _ = guess(plan=text(title, *said), **documents)
    return [link.plan_id for link in register.plan("plan").implements]


# --- names --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("samfunnsdel", "samfunnsdelen"),
        ("klimaplan", "klimaplanens"),
        ("riktlinjer", "riktlinjerna"),
        ("program", "programmet"),
        ("strategy", "strategies"),
        ("reglement", "reglementet"),
    ],
)
def test_endings_make_no_other_word(one: str, other: str) -> None:
    assert same_word(one, other)


@pytest.mark.parametrize(
    ("one", "other"), [("plan", "planet"), ("innkjøp", "innkjøpsplan"), ("rad", "rader")]
)
def test_words_that_share_a_beginning_are_not_one(one: str, other: str) -> None:
    assert not same_word(one, other) or one == "plan"


@pytest.mark.parametrize(
    ("title", "said"),
    [
        (MASTER, "som følger av kommuneplanens samfunnsdel"),
        (MASTER, "samfunnsdelen til kommuneplanen"),
        ("Skogvang i kretsløp – kommuneplanens samfunnsdel 2025–2037", "i samfunnsdelen"),
        ("Mend, Share – Corporate Plan 2026–2029 and Budget 2026/27", "the corporate plan"),
        ("Lindhaga 2040 – översiktsplan med vision", "översiktsplanens inriktning"),
        ("National Proportionality Guide for Public Buyers", "the national Proportionality Guide"),
        ("Kommunedelplan klima og energi 2021–2030", "kommunedelplanen for klima og energi"),
        ("Program för klimat och cirkulär ekonomi 2024–2030", "programmet för klimat och cirkulär ekonomi"),
        ("Anskaffelsesreglement for Skogvang kommune", "bygger på anskaffelsesreglementet"),
        ("Lov om offentlige anskaffelser (anskaffelsesloven)", "etter anskaffelsesloven"),
    ],
)
def test_plan_is_known_by_the_names_that_texts_give_it(title: str, said: str) -> None:
    assert Titles.of({"plan": title}).mentioned(said) == ("plan",)


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Kommunedelplan klima og energi 2021–2030", "kommunedelplan klima og energi 2009–2020"),
        ("Attestreglemente", "ersätter Attestreglemente 2009"),
        ("Anskaffelsesstrategi", "en ny anskaffelsesstrategi skal lages"),
        ("Strategi", "strategien skal følges"),
        ("Skogvang kommune", "Skogvang kommune har ansvaret"),
        ("Klima- og energiplan", "klimaplan for landbruket"),
    ],
)
def test_other_edition_and_bare_words_name_nothing(title: str, said: str) -> None:
    assert Titles.of({"plan": title}).mentioned(said) == ()


def test_longest_of_overlapping_names_is_meant() -> None:
    titles = Titles.of({"a": "Riktlinjer för inköp", "b": "Riktlinjer för inköp och direktupphandling"})

    assert titles.mentioned("enligt riktlinjerna för inköp och direktupphandling") == ("b",)


def test_name_without_years_means_the_edition_that_holds() -> None:
    names = {"old": "Klimaplan for Lund 2016–2020", "new": "Klimaplan for Lund 2021–2030"}

    assert Titles.of(names, current=["new"]).mentioned("Den følger klimaplan for Lund") == ("new",)
    assert Titles.of(names).mentioned("Den følger klimaplan for Lund") == ()


# --- what a plan carries out --------------------------------------------------------------


@pytest.mark.parametrize(
    "said",
    [
        "Planen bygger på kommuneplanens samfunnsdel.",
        "Følger opp: kommuneplanens samfunnsdel 2025–2037",
        "Temaplanen er forankret i samfunnsdelen.",
        "Planen byggjer på samfunnsdelen til kommuneplanen.",
        "Planen skal leses sammen med samfunnsdelen.",
        "Kommuneplanens samfunnsdel legges til grunn for planen.",
        "Planen viser hvordan kommunen skal bidra til målene i kommuneplanens samfunnsdel.",
    ],
)
def test_words_for_carrying_out_make_a_link(said: str) -> None:
    assert implemented(said) == ["master"]


@pytest.mark.parametrize(
    "said",
    [
        "Kommuneplanens samfunnsdel ble behandlet i samme møte.",
        "Planen bygger ikke på kommuneplanens samfunnsdel.",
        "Klimabudsjettet i regionen følger opp kommuneplanens samfunnsdel.",
        "Planen bygger på kommuneplanens samfunnsdel 2013–2025.",
        "Planen bygger på arbeidet med ny samfunnsdel.",
    ],
)
def test_plan_that_is_only_spoken_of_is_not_carried_out(said: str) -> None:
    assert implemented(said) == []


def test_plan_on_the_same_level_is_carried_out_where_the_words_say_so() -> None:
    rules = {"rules": "Anskaffelsesreglement"}

    assert implemented("Håndboka bygger på anskaffelsesreglementet", title="Innkjøpshåndbok", **rules) == [
        "rules"
    ]
    assert implemented("Les den i tråd med anskaffelsesreglementet", title="Innkjøpshåndbok", **rules) == []


def test_plan_named_under_a_heading_on_other_plans_is_carried_out() -> None:
    said = "Kommuneplanens samfunnsdel sier hva kommunen vil oppnå."
    document = pdf("Temaplan for kommunale bygg\nVedtatt", f"Om bruken av rommene\n{said}")
    headed = pdf("Temaplan for kommunale bygg\nVedtatt", f"Forholdet til andre planer: {said}")
    register, _ = guess(plain=document, headed=headed, master=text(MASTER))

    assert [link.plan_id for link in register.plan("headed").implements] == ["master"]
    assert register.plan("plain").implements == ()


def test_plan_named_further_in_than_the_contents_is_found() -> None:
    contents = "\n".join(f"{number} Kapittel . . . . . . . . . . {number}" for number in range(1, 200))
    plan = pdf("Temaplan for kommunale bygg", contents, "Planen bygger på kommuneplanens samfunnsdel.")

    register, _ = guess(plan=plan, master=text(MASTER))

    assert [link.plan_id for link in register.plan("plan").implements] == ["master"]


def test_draft_is_carried_out_by_nothing() -> None:
    register, _ = guess(
        plan=text("Temaplan for bygg", "Planen bygger på kommuneplanens samfunnsdel."),
        master=text(MASTER, "Høringsutkast"),
    )

    assert register.plan("plan").implements == ()


@pytest.mark.parametrize(
    ("said", "sections"),
    [
        ("Bygger på Klimaplan for bygg 2021–2030, kapittel 5", ["5"]),
        ("Rutinen gjennomfører mål T1 i klimaplan for bygg 2021–2030.", ["T1"]),
        ("Bygger på klimaplan for bygg, punkt 4.1, 4.2 og 4.3", ["4.1", "4.2", "4.3"]),
        ("Made under section 4 of the Klimaplan for bygg", ["4"]),
        ("Bygger på Klimaplan for bygg 2021–2030", [None]),
    ],
)
def test_link_goes_to_the_sections_that_are_named(said: str, sections: list[str | None]) -> None:
    register, _ = guess(plan=text("Rutine for ombruk", said), above=text("Klimaplan for bygg 2021–2030"))

    assert [(link.plan_id, link.section) for link in register.plan("plan").implements] == [
        ("above", section) for section in sections
    ]


def test_two_plans_that_build_on_each_other_make_no_cycle() -> None:
    register, _ = guess(
        one=text("Rutine for innkjøp av møbler", "Bygger på Rutine for innkjøp av telefoner"),
        two=text("Rutine for innkjøp av telefoner", "Bygger på Rutine for innkjøp av møbler"),
    )

    assert sum(len(plan.implements) for plan in register.plans) == 1


@pytest.mark.parametrize(
    ("said", "title", "above"),
    [
        ("Policyn förverkligar översiktsplanen.", "Måltidspolicy", "Översiktsplan 2040"),
        ("Made under chapter 5 of the Climate Plan 2022–2030", "Catering rules", "Climate Plan 2022–2030"),
        ("Politikken udmønter planstrategiens mål i Kommuneplan 2025.", "Indkøbspolitik", "Kommuneplan 2025"),
        ("Handlingsplanen tek utgangspunkt i kommuneplanen.", "Handlingsplan for skular", "Kommuneplan 2025"),
    ],
)
def test_each_language_says_it_in_its_own_words(said: str, title: str, above: str) -> None:
    register, _ = guess(plan=text(title, said), above=text(above))

    assert [link.plan_id for link in register.plan("plan").implements] == ["above"]


# --- what a plan replaces -----------------------------------------------------------------


def test_plan_named_on_the_line_below_is_not_replaced() -> None:
    register, _ = guess(
        new=pdf("Riktlinjer för inköp 2025\nErsätter: Kostpolicy\nRelaterade dokument: Attestreglemente"),
        other=text("Attestreglemente"),
    )

    assert register.plan("new").supersedes == ()
    assert register.plan("other").versions[0].status is Status.ADOPTED


def test_draft_that_says_it_is_not_decided_replaces_nothing_yet() -> None:
    register, _ = guess(
        new=pdf(*["Program för klimat 2027–2035\nRemissversion 2026-10-05, ej beslutad"] * 3),
        old=text("Program för klimat 2024–2030"),
    )

    assert register.plan("new").versions[0].status is Status.HEARING
    assert register.plan("old").versions[0].status is Status.ADOPTED


def test_line_about_another_plan_tells_neither_title_nor_kind() -> None:
    register, _ = guess(plan=text("Reglar for mat", "Følger opp Klimaplan for Lund 2021–2030"))

    assert register.plan("plan").title == "Reglar for mat"
    assert register.plan("plan").level == 4
