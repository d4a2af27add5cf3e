"""A quote from a scanned page: marked in the picture, and said to be read by a machine."""

from __future__ import annotations

from fastapi.testclient import TestClient

from assistant.web.answer_view import answer_view
from assistant.web.texts import texts_in
from tests.assistant.web.scripted import SCAN, ScriptedAssistant, with_authority


def test_a_quote_on_a_scanned_page_is_marked_in_the_picture(client: TestClient) -> None:
    page = client.get("/source", params={"file": SCAN, "page": 1, "quote": "mindre nytt", "lang": "en"}).text

    assert page.count('<rect class="mark"') == 1
    assert "marked where its words were recognised" in page


def test_words_that_were_not_quoted_are_not_marked(client: TestClient) -> None:
    page = client.get("/source", params={"file": SCAN, "page": 1, "quote": "Skogvang kommune"}).text

    assert '<rect class="mark"' not in page


def test_a_citation_from_a_scan_tells_how_sure_the_reading_is() -> None:
    answer = with_authority({"question": "Må vi?"})
    answer["citations"][0]["ocr_confidence"] = 0.914

    view = answer_view(answer, ScriptedAssistant().levels("nb"), texts_in("nb"))

    assert view.first[0].dates.endswith("Lest fra en skannet side, 91 % sikkert")
