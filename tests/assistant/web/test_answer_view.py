from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient
from markupsafe import Markup

from assistant.web.answer_view import AnswerView, answer_view
from assistant.web.chat import escaped, in_markdown
from assistant.web.sentences import sentences
from assistant.web.texts import texts_in
from tests.assistant.web.scripted import (
    HOSTILE,
    ScriptedAssistant,
    contract,
    hostile,
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
    assert "verken opphevet" in viewed(contract(QUESTION, notices=["expired_not_replaced"])).notices[0]


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
    made = sentences("Ja. [1] Nei. [7]", {1}, "k")

    assert made == Markup('<p>Ja. <a class="marker" href="#k-1">[1]</a> Nei. [7]</p>')


def test_links_images_and_tags_in_an_answer_stay_text() -> None:
    made = str(sentences(HOSTILE, {1}, "k"))

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
