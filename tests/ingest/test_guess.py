from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.guess import guess_register
from ingest.guess_dates import find_days, find_period
from ingest.plans import (
    Line,
    LineKind,
    LoadedDocument,
    Page,
    Reading,
    RevisionDue,
    Status,
)
from ingest.register import read_register
from ingest.register_text import register_text
from tests.ingest.guessing import BODY, guess, guessed_plan, guessed_version, pdf, text

# --- level and kind -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "level", "kind"),
    [
        ("Lov om offentlige anskaffelser (anskaffelsesloven)", 1, "law"),
        ("Forskrift om offentlige anskaffelser", 1, "regulation"),
        ("Lag (2016:1145) om offentlig upphandling", 1, "law"),
        ("Förordning om statliga inköp", 1, "regulation"),
        ("Directive on public procurement", 1, "law"),
        ("Statlige planretningslinjer for klima og energi", 1, "guidance"),
        ("Kommuneplanens samfunnsdel 2025–2037", 2, "master-plan"),
        ("Översiktsplan 2030", 2, "master-plan"),
        ("Planstrategi 2024–2027", 2, "plan-strategy"),
        ("Handlings- og økonomiplan 2026–2029", 2, "budget"),
        ("Kommunedelplan klima og energi 2021–2030", 3, "sub-plan"),
        ("Climate and energy plan", 3, "sub-plan"),
        ("Temaplan for leike- og nærmiljøanlegg", 3, "theme-plan"),
        ("Anskaffelsesstrategi 2026–2029", 4, "strategy"),
        ("Procurement Standing Orders", 4, "standing-orders"),
        ("Innkjøpsreglement", 4, "standing-orders"),
        ("Rutine for ombruk av møbler", 4, "routine"),
        ("Innkjøpshåndbok v3.2", 4, "handbook"),
        ("Indkøbspolitik", 4, "guideline"),
        ("Riktlinjer för inköp", 4, "guideline"),
    ],
)
def test_words_of_the_title_tell_kind_and_level(title: str, level: int, kind: str) -> None:
    plan = guessed_plan(title)

    assert (plan.level, plan.kind) == (level, kind)


def test_document_that_does_not_say_what_it_is_gets_the_lowest_level_and_the_reason() -> None:
    register, guesses = guess(plan=text("Grønne innkjøp i praksis"))

    (level,) = [each for each in guesses if each.field == "level"]
    assert register.plan("plan").level == 4
    assert "lowest level" in level.reason
    assert level.words is None


def test_folder_and_file_names_are_no_evidence() -> None:
    document = text("Grønne innkjøp i praksis")

    register, _ = guess_register(Path("1-law"), {"1-law/lov/anskaffelsesloven_utkast.txt": document})

    (plan,) = register.plans
    assert (plan.level, plan.versions[0].status) == (4, Status.ADOPTED)


def test_law_cited_further_down_makes_nothing_a_law() -> None:
    lines = ["Innkjøpshåndbok", *[BODY] * 8, "Se LOV-2016-06-17-73 om offentlige anskaffelser."]

    assert guessed_plan(*lines).level == 4


def test_regulation_that_a_council_adopted_is_not_national() -> None:
    plan = guessed_plan("Forskrift om renovasjon", "Vedtatt av kommunestyret 15. juni 2023, sak 58/23")

    assert plan.level == 4


def test_level_that_the_document_states_itself_counts_first() -> None:
    assert guessed_plan("Regler for kommunale innkjøpere", "Plannivå 1: nasjonalt regelverk").level == 1


def test_slogan_is_joined_to_the_name_of_the_plan() -> None:
    plan = guess(plan=pdf("Elva i kretsløp\nKommuneplanens samfunnsdel 2025–2037\n" + BODY))[0].plan("plan")

    assert plan.title == "Kommuneplanens samfunnsdel 2025–2037 «Elva i kretsløp»"
    assert plan.level == 2


# --- status -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("Høringsutkast", Status.HEARING),
        ("Utkast per 1. mai", Status.DRAFT),
        ("Høyringsframlegg", Status.HEARING),
        ("Remissversion", Status.HEARING),
        ("Förslag till beslut", Status.DRAFT),
        ("Udkast", Status.DRAFT),
        ("Consultation draft", Status.HEARING),
        ("Draft for consultation", Status.HEARING),
        ("Entwurf", Status.DRAFT),
        ("Opphevet 12. februar 2026", Status.REPEALED),
    ],
)
def test_word_on_the_cover_tells_what_is_not_adopted(line: str, status: Status) -> None:
    assert guessed_version("Klimaplan 2026–2036", line).status is status


def test_draft_said_only_in_the_running_feet_is_a_draft() -> None:
    foot = "\nHøringsutkast 24.09.2026 – side "
    pages = [f"Klimaplan 2026–2036\n{BODY}{foot}1", f"Om planen\n{BODY}{foot}2", f"Mål\n{BODY}{foot}3"]

    register, guesses = guess(plan=pdf(*pages))

    (status,) = [each for each in guesses if each.field == "status"]
    assert register.plan("plan").versions[0].status is Status.HEARING
    assert status.words is not None
    assert "Høringsutkast" in status.words


def test_foot_that_the_format_itself_calls_running_is_seen() -> None:
    content = f"Klimaplan\n{BODY}\nUtkast"
    lines = (
        Line(0, 9, heading_level=1),
        Line(10, 10 + len(BODY)),
        Line(len(content) - 6, len(content), kind=LineKind.RUNNING),
    )
    document = LoadedDocument(
        media_type="docx", reading=Reading.OK, pages=(Page(None, None, content, lines),)
    )

    assert guess(plan=document)[0].plan("plan").versions[0].status is Status.DRAFT


@pytest.mark.parametrize(
    "line",
    [
        "Vedtatt av kommunestyret 12. juni 2025 etter høring",
        "Planen er vedtatt 12.06.2025 etter at et utkast lå på høring",
    ],
)
def test_adopted_plan_that_tells_of_its_hearing_is_no_draft(line: str) -> None:
    assert guessed_version("Klimaplan 2025–2035", line).status is Status.ADOPTED


def test_hearing_told_of_further_in_makes_no_draft() -> None:
    pages = [f"Klimaplan 2025–2035\n{BODY}", f"Prosess\nEt utkast lå på høring våren 2025.\n{BODY}"]

    assert guess(plan=pdf(*pages))[0].plan("plan").versions[0].status is Status.ADOPTED


def test_draft_has_no_decision_and_no_period() -> None:
    version = guessed_version(
        "Klimaplan 2026–2036 – utkast", "Vedtatt lagt ut av formannskapet 24. september 2026"
    )

    assert (version.adopted_by, version.adopted_on, version.valid_from) == (None, None, None)


# --- decision and days --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "body", "day"),
    [
        ("Vedtatt av kommunestyret 12. juni 2025, sak 52/25", "kommunestyret", date(2025, 6, 12)),
        ("Vedtatt i kommunestyret 12.06.2025", "kommunestyret", date(2025, 6, 12)),
        ("Kommunestyret vedtok planen 12.06.2025", "kommunestyret", date(2025, 6, 12)),
        ("Fastsatt av kommunedirektøren 20.04.2026", "kommunedirektøren", date(2026, 4, 20)),
        ("Vedteken av kommunestyret 24. oktober 2024", "kommunestyret", date(2024, 10, 24)),
        ("Antagen av kommunfullmäktige 2020-05-25 § 77", "kommunfullmäktige", date(2020, 5, 25)),
        ("Vedtaget af byrådet den 3. maj 2024", "byrådet", date(2024, 5, 3)),
        ("Adopted by the municipal council on 12 February 2026", "municipal-council", date(2026, 2, 12)),
        ("Approved by Full Council on March 3, 2024", "full-council", date(2024, 3, 3)),
    ],
)
def test_decision_line_tells_who_adopted_the_plan_and_when(line: str, body: str, day: date) -> None:
    version = guessed_version("Strategi", line)

    assert (version.adopted_by, version.adopted_on) == (body, day)


def test_decision_may_be_told_in_two_lines_of_a_cover_table() -> None:
    version = guessed_version("Riktlinjer", "Beslutad av: Kommunstyrelsen", "Beslutsdatum: 2021-03-04")

    assert (version.adopted_by, version.adopted_on) == ("kommunstyrelsen", date(2021, 3, 4))


@pytest.mark.parametrize(
    "line",
    [
        "Gjeldende plan ble vedtatt av kommunestyret 15.06.2017.",
        "Reglementet er fastsatt av kommunestyret, mens håndboka bare gir råd.",
        "Departementet kan i forskrift fastsette unntak.",
    ],
)
def test_decision_about_another_text_is_not_taken(line: str) -> None:
    version = guessed_version("Innkjøpshåndbok", line)

    assert (version.adopted_by, version.adopted_on) == (None, None)


def test_number_of_a_law_begins_with_its_day() -> None:
    version = guessed_version("Lov om klimamål (klimaloven)", "LOV-2017-06-16-60")

    assert version.adopted_on == date(2017, 6, 16)


def test_period_of_the_title_begins_with_the_decision_when_that_came_later() -> None:
    version = guessed_version("Strategi 2026–2029", "Vedtatt av kommunestyret 12.02.2026")

    assert (version.valid_from, version.valid_to) == (date(2026, 2, 12), date(2029, 12, 31))


def test_period_of_the_title_begins_in_january_when_the_decision_came_before() -> None:
    version = guessed_version("Økonomiplan 2026–2029", "Vedtatt av kommunestyret 11.12.2025")

    assert version.valid_from == date(2026, 1, 1)


@pytest.mark.parametrize(
    ("line", "begins", "ends"),
    [
        ("Gjelder fra 1. januar 2026 til og med 30. juni 2029", date(2026, 1, 1), date(2029, 6, 30)),
        ("Trer i kraft 1. juli 2026", date(2026, 7, 1), None),
        ("Gäller från och med 2024-01-01", date(2024, 1, 1), None),
        ("Valid from 1 April 2026 to 31 March 2029", date(2026, 4, 1), date(2029, 3, 31)),
        ("Gyldig til 31.12.2030", None, date(2030, 12, 31)),
    ],
)
def test_words_for_coming_into_force_tell_the_period(
    line: str, begins: date | None, ends: date | None
) -> None:
    version = guessed_version("Strategi", line)

    assert (version.valid_from, version.valid_to) == (begins, ends)


def test_day_far_from_the_words_is_not_taken() -> None:
    line = "Loven gjelder fra den tid Kongen bestemmer. Fra samme tid oppheves lov 16. juli 1999 nr. 69"

    assert guessed_version("Lov om innkjøp", line).valid_from is None


def test_change_after_the_decision_is_noted() -> None:
    version = guessed_version(
        "Reglement", "Vedtatt av kommunestyret 15.06.2023", "Endret 20.03.2025, sak 19/25"
    )

    assert version.amended_on == (date(2025, 3, 20),)


@pytest.mark.parametrize(
    ("line", "owner"),
    [
        ("Eier: Innkjøp. Neste revisjon: 2029", "Innkjøp"),
        ("Planeigar: Kultur", "Kultur"),
        ("Ansvarig förvaltning: Samhällsbyggnad", "Samhällsbyggnad"),
        ("Owner: Procurement Team", "Procurement Team"),
        ("Ansvarlig for tiltakene er den enkelte leder.", None),
    ],
)
def test_owner_stands_after_its_label(line: str, owner: str | None) -> None:
    assert guessed_plan("Strategi", line).owner == owner


def test_next_revision_stands_after_its_label() -> None:
    assert guessed_plan("Strategi", "Neste revisjon: 2029").revision_due == RevisionDue(on=date(2029, 12, 31))


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2021-04-29", date(2021, 4, 29)),
        ("29.04.2021", date(2021, 4, 29)),
        ("29. april 2021", date(2021, 4, 29)),
        ("29-04-2021", date(2021, 4, 29)),
        ("29/04/2021", date(2021, 4, 29)),
        ("04/29/2021", date(2021, 4, 29)),
        ("29.04.21", date(2021, 4, 29)),
        ("den 29 april 2021", date(2021, 4, 29)),
        ("29 April 2021", date(2021, 4, 29)),
        ("April 29, 2021", date(2021, 4, 29)),
        ("29. Dezember 2021", date(2021, 12, 29)),
        ("29 décembre 2021", date(2021, 12, 29)),
    ],
)
def test_day_is_read_as_each_language_writes_it(written: str, day: date) -> None:
    assert [found.day for found in find_days(f"Vedtatt {written}, sak 1/21")] == [day]


@pytest.mark.parametrize(
    "written", ["30.02.2021", "2021-13-01", "sak 12/2021", "1.2.3", "04/05/2021", "10.11.12.13"]
)
def test_what_is_no_day_is_not_read_as_one(written: str) -> None:
    assert find_days(written) == ()


def test_period_that_runs_backwards_is_none() -> None:
    assert find_period("Strategi 2029–2026") is None


# --- links --------------------------------------------------------------------------------


def test_plan_that_says_it_replaces_another_supersedes_it() -> None:
    register, _ = guess(
        new=text("Anskaffelsesstrategi 2026–2029", "Erstatter Innkjøpsstrategi 2022–2025"),
        old=text("Innkjøpsstrategi 2022–2025"),
    )

    assert register.plan("new").supersedes == ("old",)
    assert register.plan("old").versions[0].status is Status.SUPERSEDED


def test_draft_that_would_replace_a_plan_leaves_it_adopted() -> None:
    register, _ = guess(
        new=text(
            "Klima- og miljøplan 2026–2036", "Høringsutkast", "Erstatter Klima- og energiplan 2021–2030"
        ),
        old=text("Klima- og energiplan 2021–2030"),
    )

    assert register.plan("new").supersedes == ("old",)
    assert register.plan("old").versions[0].status is Status.ADOPTED


def test_handbook_cannot_replace_a_law() -> None:
    register, _ = guess(
        book=text("Innkjøpshåndbok", "Erstatter Lov om offentlige anskaffelser"),
        law=text("Lov om offentlige anskaffelser"),
    )

    assert register.plan("book").supersedes == ()


def test_plan_said_to_be_no_replacement_supersedes_nothing() -> None:
    register, _ = guess(
        new=text("Innkjøpsrutine for skoler", "Denne rutinen erstatter ikke Innkjøpsrutine for barnehager"),
        other=text("Innkjøpsrutine for barnehager"),
    )

    assert register.plan("new").supersedes == ()


def test_later_edition_of_the_same_title_replaces_the_earlier() -> None:
    register, _ = guess(new=text("Innkjøpsstrategi 2026–2029"), old=text("Innkjøpsstrategi 2022–2025"))

    assert register.plan("new").supersedes == ("old",)


def test_two_plans_that_claim_to_replace_each_other_make_no_cycle() -> None:
    register, _ = guess(
        one=text("Rutine for innkjøp av møbler", "Erstatter Rutine for innkjøp av telefoner"),
        two=text("Rutine for innkjøp av telefoner", "Erstatter Rutine for innkjøp av møbler"),
    )

    assert sum(len(plan.supersedes) for plan in register.plans) == 1


def test_higher_plan_named_in_the_first_pages_is_implemented() -> None:
    register, guesses = guess(
        strategy=text("Anskaffelsesstrategi", "Strategien følger opp Kommunedelplan klima og energi."),
        climate=text("Kommunedelplan klima og energi"),
    )

    (link,) = register.plan("strategy").implements
    (why,) = [each for each in guesses if each.field == "implements"]
    assert (link.plan_id, why.value) == ("climate", "climate")


def test_lower_plan_named_is_not_implemented() -> None:
    register, _ = guess(
        climate=text("Kommunedelplan klima og energi", "Se også Anskaffelsesstrategi for kommunen."),
        strategy=text("Anskaffelsesstrategi for kommunen"),
    )

    assert register.plan("climate").implements == ()


def test_other_edition_named_by_its_years_is_another_plan() -> None:
    register, _ = guess(
        strategy=text("Anskaffelsesstrategi", "Bygger på Kommunedelplan klima og energi 2009–2020."),
        climate=text("Kommunedelplan klima og energi 2021–2030"),
    )

    assert register.plan("strategy").implements == ()


# --- the whole register -------------------------------------------------------------------


def test_guessed_register_is_confirmed_by_nobody() -> None:
    assert not guess(plan=text("Strategi"))[0].confirmed


def test_municipality_is_the_one_that_the_documents_name() -> None:
    register, _ = guess(
        plan=text("Strategi", "Skogvang kommune"), other=text("Rutine", "For Skogvang kommune")
    )

    assert register.municipality.name == "Skogvang kommune"


def test_municipality_is_written_as_its_documents_write_it() -> None:
    register, _ = guess(plan=text("Politik", "Bækby Kommune"), other=text("Rutine", "Bækby Kommunes regler"))

    assert register.municipality.name == "Bækby Kommune"


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("Kommunen skal ikkje kjøpe nye møblar når det finst brukte som kan nyttast.", "nn"),
        ("Kommunen skal ikke kjøpe nye møbler når det finnes brukte som kan brukes.", "nb"),
        ("Kommunen ska inte köpa nya möbler när det finns begagnade.", "sv"),
        ("The municipality must not buy new furniture when used furniture is to be had.", "en"),
    ],
)
def test_language_is_told_by_the_text(sentence: str, language: str) -> None:
    content = Page(None, None, f"Plan\n{sentence}", ())
    document = LoadedDocument(media_type="text/plain", reading=Reading.OK, pages=(content,))

    assert guess(plan=document)[0].plan("plan").versions[0].language == language


def test_document_that_could_not_be_read_stays_in_the_register_with_the_reason() -> None:
    scan = LoadedDocument(media_type="application/pdf", reading=Reading.EMPTY, reason="scan.pdf: is scanned")

    register, guesses = guess_register(Path("folder"), {"scan.pdf": scan})

    (title,) = [each for each in guesses if each.field == "title"]
    assert register.plan("scan").level == 4
    assert title.reason == "scan.pdf: is scanned"


def test_files_of_one_name_in_two_folders_get_two_ids() -> None:
    register, _ = guess_register(Path("x"), {"a/plan.txt": text("Rutine A"), "b/plan.txt": text("Rutine B")})

    assert sorted(plan.plan_id for plan in register.plans) == ["plan", "plan-2"]


def test_every_guess_from_the_document_shows_words_that_stand_in_it() -> None:
    document = text("Strategi 2026–2029", "Vedtatt av kommunestyret 12.02.2026", "Eier: Innkjøp")

    _, guesses = guess(plan=document)

    shown = [each for each in guesses if each.words]
    assert {each.field for each in shown} >= {"title", "level", "adopted_by", "adopted_on", "owner"}
    assert all(each.words in document.pages[0].text for each in shown if each.words)


def test_hostile_title_cannot_break_the_written_register(tmp_path: Path) -> None:
    title = "Strategi: {a: &b [*b]} # 'x' \"y\"\t!!python/name:os.system"
    register, guesses = guess(plan=text(title))
    (tmp_path / "plan.txt").write_text("x", encoding="utf-8")

    (tmp_path / "plans.yaml").write_text(register_text(register, guesses), encoding="utf-8")

    assert read_register(tmp_path) == register


def test_written_draft_gives_a_reason_beside_each_field_and_a_line_for_each_gap() -> None:
    written = register_text(*guess(plan=text("Strategi 2026–2029", "Eier: Innkjøp")))

    assert "confirmed: false" in written
    assert "level: 4  # the title calls it a strategy: «Strategi 2026–2029»" in written
    assert "# adopted_by:  # not found in the document" in written
    assert yaml.safe_load(written)["plans"][0]["owner"] == "Innkjøp"


WORDS = st.sampled_from(
    [
        "Strategi",
        "Klimaplan 2021–2030",
        "Vedtatt av kommunestyret",
        "12.06.2025",
        "erstatter",
        "Rutine A for innkjøp",
        "høring",
        "Utkast",
        "Gjelder fra",
        "til",
        "31.12.2020",
        "Lov om innkjøp",
        "Plannivå 2",
        "Eier: X",
        "bygger på",
        "mål T1 i",
        "Rutine B for innkjøp",
        "#",
        ": ",
        "§ 4",
    ]
)
DOCUMENTS = st.dictionaries(
    st.sampled_from(["a.txt", "b.txt", "c/a.txt"]),
    st.lists(st.lists(WORDS, max_size=5).map(" ".join), max_size=8).map(lambda lines: text(*lines)),
    min_size=1,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("guessed")
    (path / "c").mkdir()
    for file in ("a.txt", "b.txt", "c/a.txt"):
        (path / file).write_text("x", encoding="utf-8")
    return path


@settings(deadline=None, max_examples=60)  # a file is written each time
@given(documents=DOCUMENTS)
def test_guessed_register_is_always_sound(folder: Path, documents: Mapping[str, LoadedDocument]) -> None:
    register, guesses = guess_register(folder, documents)
    (folder / "plans.yaml").write_text(register_text(register, guesses), encoding="utf-8")

    assert read_register(folder) == register
