from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from fastapi.testclient import TestClient
from markupsafe import Markup

from assistant.web.answer_view import AnswerView, answer_view
from assistant.web.chat import escaped, in_markdown
from assistant.web.sentences import Words, paragraphs, sentences
from assistant.web.texts import texts_in
from tests.assistant.web.scripted import (
    HOSTILE,
    ScriptedAssistant,
    contract,
    hostile,
    purchase,
    rule_with_more,
    unresolved,
    with_authority,
)

QUESTION = {"question": "Må vi?"}


def viewed(answer: dict[str, Any], language: str = "nb") -> AnswerView:
    return answer_view(answer, ScriptedAssistant().levels(language), texts_in(language))


def test_the_governing_step_is_lit_and_the_authority_step_outlined() -> None:
    states = {step.rank: step.state for step in viewed(with_authority(QUESTION)).steps}

    assert states == {1: "silent", 2: "silent", 3: "authority", 4: "governing"}


def test_nothing_is_lit_where_nothing_is_settled() -> None:
    assert "governing" not in {step.state for step in viewed(unresolved(QUESTION)).steps}


def test_in_a_conflict_no_text_is_said_to_win_or_yield() -> None:
    view = viewed(unresolved(QUESTION))

    assert [quote.role_words for quote in view.first] == ["Står nærmest, men ikke avgjort", ""]
    assert view.others == ()


def test_each_text_that_does_not_govern_says_why() -> None:
    assert [quote.reason for quote in viewed(with_authority(QUESTION)).others] == [
        "Håndboka er bare råd.",
        "Utkastet er ikke vedtatt.",
    ]


def test_a_decision_without_words_is_put_in_ours() -> None:
    answer = with_authority(QUESTION) | {"why": ""}
    answer["precedence"] = [{"winner": 1, "loser": 3, "maxim": "may_tighten", "reason": ""}]

    assert viewed(answer).why.startswith("Et lavere nivå kan stille strengere krav")


def test_known_notices_are_put_in_words() -> None:
    assert "verken opphevet" in viewed(contract(QUESTION, notices=["expired_not_replaced"])).notices[0][0]


@pytest.mark.parametrize(
    "odd",
    [
        {},
        {"citations": 3, "notices": "x", "choices": None},
        {"citations": [1, None, {}]},
        {"governing": [], "precedence": {}},
    ],
)
def test_an_odd_answer_out_of_a_browsers_storage_leaves_places_empty(odd: dict[str, Any]) -> None:
    assert viewed(odd).outcome == "abstained"


def test_only_markers_that_are_cited_become_links() -> None:
    made = sentences("Ja. [1] Nei. [7]", Words(anchor="k", markers=frozenset({1})))

    assert made == Markup('<p>Ja.\u00a0<a class="marker" href="#k-1">[1]</a> Nei. [7]</p>')


@pytest.mark.parametrize("marks", ["«»", "“”", "»«", "””"])
def test_a_documents_own_words_are_told_from_ours_in_their_language(marks: str) -> None:
    words = Words(markers=frozenset({1}), quotes=(("Kjøp <brukt> først.", "nb"),))

    made = sentences(f"Follow this: {marks[0]}Kjøp <brukt> først.{marks[1]} [1]", words)

    own = f"{marks[0]}Kjøp &lt;brukt&gt; først.{marks[1]}"
    assert f'<span class="own-words" lang="nb">{own}</span>' in made


def test_the_short_answer_stands_first_and_the_rule_before_what_more_is_said() -> None:
    made = paragraphs(
        "Enhetsleder [1]. Du må følge dette: «A b.» [1] «C d.» [2]", Words(markers=frozenset({1, 2}))
    )

    short, rule, more = made.split("</p><p>")
    assert short.startswith('<p class="short-answer">Enhetsleder')
    assert "«A b.»" in rule
    assert "«C d.»" in more


def test_sentences_of_one_section_are_shown_as_one_place() -> None:
    answer = rule_with_more(QUESTION)

    view = viewed(answer)

    assert [[quote.marker for quote in place.quotes] for place in view.first] == [[1, 2, 3], [4]]
    assert [quote.said for place in view.first for quote in place.quotes] == [True, True, True, False]


def test_a_section_without_a_sign_of_its_own_says_what_its_number_is_of() -> None:
    assert viewed(rule_with_more(QUESTION)).first[0].place == "punkt 4.1, s. 3"


def test_how_the_question_was_read_is_a_note_and_no_warning() -> None:
    said = ["Jeg leste spørsmålet slik: «Må vi sjekke lageret?»", "Håndboka sier noe annet enn rutinen."]

    view = viewed(contract(QUESTION, notices=said))

    assert view.notes == (said[0],)
    assert view.notices == ((said[1], "nb"),)


def test_a_notice_that_only_repeats_the_question_is_left_out() -> None:
    view = viewed(
        contract(QUESTION, outcome="abstained", notices=[f"Jeg lette etter: {QUESTION['question']}"])
    )

    assert (view.notices, view.notes) == ((), ())


def test_whom_to_ask_is_said_once_where_the_plans_are_silent() -> None:
    said = "Planene svarer ikke på dette. Det nærmeste jeg fant, står i X. Spør Innkjøp."

    view = viewed(contract(QUESTION, outcome="abstained", answer=said, ask_next="Innkjøp"))

    assert view.body == Markup("<p>Planene svarer ikke på dette.</p><p>Det nærmeste jeg fant, står i X.</p>")
    assert view.ask_next == "Innkjøp"


def test_an_answer_for_another_day_than_today_says_so() -> None:
    answer = contract(QUESTION, as_of="2024-03-01")
    levels = ScriptedAssistant().levels("nb")

    assert answer_view(answer, levels, texts_in("nb"), today=date(2026, 11, 20)).other_day
    assert not answer_view(answer, levels, texts_in("nb"), today=date(2024, 3, 1)).other_day


def test_a_whole_purchase_lights_every_level_that_decides() -> None:
    steps = {step.rank: (step.state, step.documents) for step in viewed(purchase(QUESTION)).steps}

    assert steps[1] == ("governing", (("Anskaffelsesregler", "nb"),))
    assert [title for title, _ in steps[4][1]] == [
        "Rutine for ombruk av møbler og IKT",
        "Anskaffelsesreglement",
    ]


def test_a_notice_of_a_text_that_yields_leads_to_it() -> None:
    answer = with_authority(QUESTION) | {"notices": ["Innkjøpshåndbok v3.2 sier noe annet."]}

    assert 'href="#kilde-3"' in viewed(answer).notices[0][0]


def test_links_images_and_tags_in_an_answer_stay_text() -> None:
    made = str(sentences(HOSTILE, Words(anchor="k", markers=frozenset({1}))))

    assert "<script" not in made
    assert "<img" not in made
    assert "<a" not in made


def test_a_hostile_answer_is_drawn_as_text_everywhere(client: TestClient) -> None:
    drawn = client.post("/render", json={"answers": [hostile(QUESTION)]}).json()["html"][0]

    assert "<script" not in drawn
    assert "<img" not in drawn
    assert 'href="http' not in drawn
    assert "href='" not in drawn
    assert "&lt;script&gt;" in drawn


def test_a_saved_answer_runs_nothing_and_names_the_service(client: TestClient) -> None:
    reply = client.post("/save", json={"answers": [with_authority(QUESTION), hostile(QUESTION)]})

    assert reply.headers["content-disposition"].startswith("attachment")
    assert "<script" not in reply.text
    assert 'href="http://testserver/source?file=' in reply.text
    assert '<details class="others">' not in reply.text


def test_the_chat_shows_hostile_text_as_text() -> None:
    shown = in_markdown(hostile(QUESTION), ScriptedAssistant(), texts_in("nb"))

    assert "<script" not in shown.replace("\\<script", "")
    assert "\\!\\[p\\]\\(" in shown
    assert escaped("[x](javascript:y)") == "\\[x\\]\\(javascript\\:y\\)"


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_ladder_is_drawn_as_text_in_each_language(client: TestClient, language: str) -> None:
    drawn = client.post(f"/render?lang={language}", json={"answers": [with_authority(QUESTION)]}).json()[
        "html"
    ][0]

    assert texts_in(language)("ladder.governing") in drawn
    assert texts_in(language)("ladder.authority") in drawn
    assert 'blockquote lang="nb"' in drawn
