"""Practice, the trainer's desk and checked answers, on a real index; once by mouse and once by keyboard."""

# ruff: noqa: F811 - fixtures of other test files are arguments here

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from assistant.training import State
from assistant.web.app import create_app
from assistant.web.training_door import TrainingDoor
from ingest.embed import Encoder
from tests.assistant.training.conftest import fjellvik  # noqa: F401 - a fixture
from tests.assistant.web.conftest import Watch
from tests.assistant.web.desk import ROLE, Desk, answer_card
from tests.assistant.web.scripted import ScriptedAssistant
from tests.assistant.web.test_accessible import opened, too_wide, violations  # noqa: F401 - a fixture
from tests.assistant.web.test_journeys import Press, press  # noqa: F401 - a fixture

pytestmark = pytest.mark.browser


@pytest.fixture
def desk(fjellvik: Path, tmp_path: Path, encoder: Encoder) -> Iterator[Desk]:
    """A desk with an empty bank."""
    shutil.copytree(fjellvik, tmp_path / "own")
    made = Desk(tmp_path / "own", encoder)
    made.start()
    yield made
    made.stop()


@pytest.fixture(scope="module")
def worked(
    fjellvik: Path,
    tmp_path_factory: pytest.TempPathFactory,
    encoder: Encoder,
) -> Iterator[tuple[Desk, str]]:
    """A desk where a set went out and the plans were replaced afterwards, and the set's link."""
    folder = tmp_path_factory.mktemp("worked") / "own"
    shutil.copytree(fjellvik, folder)
    made = Desk(folder, encoder)
    made.start()
    link = made.hand_out()
    made.replace_plans()
    yield made, link
    made.stop()


@pytest.fixture
def window(context: BrowserContext) -> Page:
    page = context.new_page()
    page.set_default_timeout(60_000)
    return page


def test_a_trainer_makes_mends_approves_hands_out_and_sees_one_go_stale(
    window: Page,
    desk: Desk,
    press: Press,
) -> None:
    watch = Watch(window, desk.address)
    window.goto(f"{desk.address}/trainer/make?lang=nb")
    window.fill("#unit", "kjøkken")
    window.select_option("#language", "nb")
    press(window, "#make-it")
    expect(window.locator("h1")).to_have_text("Settet: 10 spørsmål, 0 godkjent")
    ids = parse_qs(urlsplit(window.url).query)["ids"][0].split(".")

    press(window, ".row:first-child .row-question a")
    for at in (0, 1):
        expect(window.locator(".source-part mark").first).to_be_visible()
        window.fill("#explanation", f"Kort sagt: se kilden. ({at})")
        window.fill("#role", ROLE)
        press(window, "#approve")
        expect(window.locator("#flash")).to_contain_text("Godkjent: 1.")
    press(window, ".back a")
    expect(window.locator("h1")).to_have_text("Settet: 10 spørsmål, 2 godkjent")
    assert window.locator("#role").input_value() == ROLE
    press(window, "#approve")
    expect(window.locator("h1")).to_have_text("Settet: 10 spørsmål, 10 godkjent")
    mended = desk.trainer.bank.item(ids[0])
    assert (mended.explanation, mended.verified_by) == ("Kort sagt: se kilden. (0)", ROLE)

    window.fill("#set-name", "Kjøkken, november")
    press(window, "#by-link")
    expect(window.locator(".set h2")).to_have_text("Kjøkken, november")
    link = window.locator(".link-field input").input_value()
    window.goto(link)
    expect(window.locator("#progress-words")).to_have_text("0 av 10 besvart")
    answer_card(window)
    expect(window.locator("#progress-words")).to_have_text("1 av 10 besvart")

    made = [desk.trainer.bank.item(each) for each in ids]
    expected = desk.changed(made)
    desk.replace_plans()
    stale = {s.item.item_id for s in desk.trainer.stale()}
    assert stale == expected
    window.goto(f"{desk.address}/trainer/sets")
    assert window.locator(".state-stale").count() == bool(expected)
    window.goto(f"{desk.address}/trainer/stale")
    assert window.locator(".stale-item").count() == len(expected)
    if expected:
        expect(window.locator(".stale-item").first).to_contain_text("Kjøkken, november")
        window.goto(link)
        assert window.locator(".card").count() == 10 - len(expected)
        expect(window.locator(".left-out")).to_be_visible()
    assert watch.foreign == []
    assert watch.errors == []


def test_practice_tells_at_once_keeps_its_place_and_ends_in_a_result(
    window: Page,
    worked: tuple[Desk, str],
    press: Press,
) -> None:
    _, link = worked
    window.goto(f"{link}?lang=en")
    count = window.locator(".card").count()
    press(window, ".card:not([hidden]) [type=submit]")
    expect(window.locator(".card:not([hidden]) [data-problem]")).to_be_visible()
    answer_card(window)
    expect(window.locator(".card:not([hidden]) .feedback-box")).to_be_focused()
    expect(window.locator(".card:not([hidden]) blockquote").first).to_be_visible()

    press(window, ".card:not([hidden]) .open-source")
    expect(window.locator("mark").first).to_be_visible()
    window.click("#back")
    expect(window.locator("#progress-words")).to_have_text(f"1 of {count} answered")
    press(window, ".card:not([hidden]) [data-next]")
    for _ in range(count - 1):
        answer_card(window)
        window.locator(".card:not([hidden]) [data-next]").click()

    expect(window.locator("#score")).to_contain_text(f"of {count} right")
    expect(window.locator("#result-title")).to_be_focused()
    press(window, "#restart")
    expect(window.locator("#progress-words")).to_have_text(f"0 of {count} answered")


def test_a_draft_or_a_stale_question_is_never_shown_to_others(worked: tuple[Desk, str]) -> None:
    desk, link = worked
    stale = {s.item.item_id for s in desk.trainer.stale()}

    shown = httpx.get(link).text

    assert stale
    assert not any(f'data-item="{each}"' in shown for each in stale)


def test_a_question_that_was_checked_is_answered_first_by_the_checked_answer(
    window: Page, worked: tuple[Desk, str]
) -> None:
    desk, _ = worked
    fresh = [
        i for i in desk.trainer.items(State.APPROVED) if i.asked and not desk.trainer.standing(i).is_stale
    ]
    found = next(i for i in fresh if desk.trainer.verified_answer(i.asked[0], "nb") is not None)
    window.goto(f"{desk.address}/?lang=nb")
    window.fill("#question", found.asked[0])
    window.click("#send")

    expect(window.locator(".checked-answer")).to_contain_text(f"Kontrollert av {ROLE}")
    first = window.locator(".answer > *").first
    expect(first).to_have_class("checked-answer")
    window.reload()
    expect(window.locator(".checked-answer")).to_be_visible()


def test_rejecting_asks_for_a_reason_and_tells_it_in_the_history(
    window: Page, desk: Desk, press: Press
) -> None:
    desk.hand_out(count=3)
    item = desk.trainer.items()[0]
    window.goto(f"{desk.address}/trainer/item/{item.item_id}?lang=nb")
    press(window, ".rejecting summary")
    window.fill("#reason", "<b>for lett</b>")
    press(window, "#reject")
    expect(window.locator("#flash")).to_contain_text("Avvist")
    window.goto(f"{desk.address}/trainer/item/{item.item_id}")

    expect(window.locator(".events li").first).to_contain_text("<b>for lett</b>")
    assert desk.trainer.bank.item(item.item_id).state is State.REJECTED


def test_a_set_is_downloaded_and_remembered_as_handed_out(desk: Desk) -> None:
    desk.hand_out(count=3)
    ids = [item.item_id for item in desk.trainer.items()]
    for form in ("moodle", "csv", "xlsx", "json", "sheet"):
        sent = {"item": ids, "form": form, "name": "Æøå"}
        reply = httpx.post(f"{desk.address}/trainer/export", data=sent)
        assert reply.status_code == 200
        assert "attachment" in reply.headers["content-disposition"]
    assert [h.how for h in desk.trainer.bank.handouts()].count("export") == 5


@pytest.mark.parametrize("path", ["make", "approve", "hand-out", "export", "item/q1234", "item/q1234/reject"])
def test_another_site_changes_nothing(worked: tuple[Desk, str], path: str) -> None:
    desk, _ = worked
    headers = {"origin": "http://evil.example", "sec-fetch-site": "cross-site"}

    assert httpx.post(f"{desk.address}/trainer/{path}", headers=headers).status_code == 403


def test_the_desk_is_not_there_where_the_window_is_open_to_others(worked: tuple[Desk, str]) -> None:
    from fastapi.testclient import TestClient

    desk, link = worked
    door = TrainingDoor(desk.trainer.bank.path, lambda: desk.trainer)
    with TestClient(create_app(ScriptedAssistant(), title="Hjemmel", training=door)) as client:
        assert client.get("/trainer").status_code == 404
        assert client.get(urlsplit(link).path).status_code == 200


def test_a_checked_answer_breaks_no_rule_and_fits(opened: Page, worked: tuple[Desk, str]) -> None:
    desk, _ = worked
    opened.set_default_timeout(60_000)
    approved = [item for item in desk.trainer.items(State.APPROVED) if item.asked]
    fresh = [item for item in approved if not desk.trainer.standing(item).is_stale]
    found = next(i for i in fresh if desk.trainer.verified_answer(i.asked[0], "nb") is not None)
    opened.goto(f"{desk.address}/?lang=nb")
    opened.fill("#question", found.asked[0])
    opened.click("#send")
    opened.locator(".checked-answer").wait_for()
    opened.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")

    assert violations(opened) == []
    assert not too_wide(opened)


def test_the_views_break_no_rule_and_fit(opened: Page, worked: tuple[Desk, str]) -> None:
    desk, link = worked
    opened.set_default_timeout(60_000)
    stale = desk.trainer.stale()[0].item.item_id
    matching = next((i.item_id for i in desk.trainer.items() if i.pairs), stale)
    addresses = ["?state=all", f"?ids={stale}.{matching}", f"/item/{stale}", f"/item/{matching}"]
    addresses += ["/make", "/sets", "/stale", "?problem=no_role", "?said=approved&n=2&kept=1"]
    for address in [f"{desk.address}/trainer{each}" for each in addresses] + [link]:
        opened.goto(address)
        opened.evaluate("document.querySelectorAll('.trainer details').forEach(d => d.open = true)")
        assert violations(opened) == [], address
        assert not too_wide(opened), address
    seen = set()
    while opened.locator(".card:not([hidden])").count():
        answer_card(opened)
        kind = opened.locator(".card:not([hidden]) select").count() > 0
        if kind not in seen:
            assert violations(opened) == []
            assert not too_wide(opened)
        seen.add(kind)
        opened.locator(".card:not([hidden]) [data-next]").click()
    assert violations(opened) == []
    assert not too_wide(opened)
