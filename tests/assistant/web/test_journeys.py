"""What a person does in the window, once with the mouse and once with the keyboard alone."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect

from tests.assistant.web.conftest import Served
from tests.assistant.web.scripted import PLAY, PLAY_QUOTE

pytestmark = pytest.mark.browser

Press = Callable[[Page, str], None]


def with_mouse(page: Page, selector: str) -> None:
    page.locator(selector).last.click()


def with_keyboard(page: Page, selector: str) -> None:
    """Tabs to the control as a person does: it must be reachable, and its ring must show."""
    target = page.locator(selector).last
    for _ in range(120):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            assert target.evaluate("element => getComputedStyle(element).outlineStyle") != "none"
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"{selector} is not reached with the Tab key")


@pytest.fixture(params=[with_mouse, with_keyboard], ids=["mouse", "keyboard"])
def press(request: pytest.FixtureRequest) -> Press:
    return request.param  # type: ignore[no-any-return]


def ask(page: Page, question: str) -> None:
    already = page.locator(".answer").count()
    page.locator("#question").focus()
    page.keyboard.type(question)
    page.keyboard.press("Enter")
    page.locator(".answer").nth(already).wait_for()


@pytest.mark.parametrize(
    ("language", "question", "badge"),
    [
        ("nb", "Må vi sjekke lageret?", "Må"),
        ("nn", "Kor mange apparat er gamle?", "Til opplysning"),
        ("en", "Must we look first?", "Must"),
    ],
)
def test_a_question_is_answered_in_each_language(
    page: Page, served: Served, language: str, question: str, badge: str
) -> None:
    page.goto(f"{served.address}/?lang={language}")

    ask(page, question)

    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator(".badge")).to_have_text(badge)
    expect(page.locator(".step-governing")).to_be_visible()
    expect(page.locator(".asked")).to_be_focused()


def test_an_example_asks_itself(page: Page, press: Press) -> None:
    press(page, "#examples-list li:first-child .example")

    expect(page.locator(".badge")).to_have_text("Må")


def test_the_end_of_an_answer_is_announced(page: Page) -> None:
    ask(page, "Må vi?")

    expect(page.locator("#said")).to_have_text("Svaret er klart.")


def test_a_choice_is_a_button_that_asks_on_with_the_history(page: Page, press: Press, served: Served) -> None:
    ask(page, "Trenger vi utstyr?")

    press(page, ".choice:first-of-type")

    expect(page.locator(".answer").nth(1)).to_contain_text("For Møbler")
    assert served.assistant.asked[-1]["history"][0]["content"] == "Trenger vi utstyr?"


def test_a_citation_opens_its_page_and_the_reader_comes_back(page: Page, press: Press) -> None:
    ask(page, "Kor mange apparat?")

    press(page, ".open-source")

    expect(page.locator("rect.mark")).to_have_count(1)
    expect(page.locator(".found")).to_have_text("Sitatet er merkt på sida.")
    press(page, "#back")
    expect(page.locator(".answer")).to_have_count(1)


def test_neighbours_are_one_step_away(page: Page, served: Served, press: Press) -> None:
    page.goto(f"{served.address}/source?{urlencode({'file': PLAY, 'page': 3})}")

    press(page, "#next")

    expect(page.locator(".page-number")).to_have_text("Side 4 av 6")


def test_the_marked_box_lies_over_the_dark_letters_of_the_quote(page: Page, served: Served) -> None:
    page.goto(f"{served.address}/source?{urlencode({'file': PLAY, 'page': 4, 'quote': PLAY_QUOTE})}")
    page.locator(".sheet img").evaluate("image => image.decode()")

    shot = Image.open(io.BytesIO(page.locator("rect.mark").screenshot())).convert("RGB")

    pixels = list(shot.getdata())
    yellow = sum(r > 180 and g > 140 and b < 160 for r, g, b in pixels) / len(pixels)
    dark = sum(max(p) < 110 for p in pixels) / len(pixels)
    assert yellow > 0.4
    assert 0.03 < dark < 0.5


def test_another_date_answers_again(page: Page, press: Press, served: Served) -> None:
    ask(page, "Må vi?")

    press(page, ".redate summary")
    page.locator("[data-redate]").fill("2024-01-31")
    press(page, "[data-action=redate]")

    expect(page.locator(".as-of-mark").nth(1)).to_contain_text("31. januar 2024")
    assert served.assistant.asked[-1]["as_of"] == "2024-01-31"


@pytest.mark.parametrize(
    ("question", "badge", "owner"),
    [
        ("Hva med båthus?", "Står ikke i planene", "Plan og miljø"),
        ("Er de uenige?", "Ikke avklart", "Kommunedirektøren"),
    ],
)
def test_what_the_plans_do_not_settle_names_whom_to_ask(
    page: Page, question: str, badge: str, owner: str
) -> None:
    ask(page, question)

    expect(page.locator(".badge")).to_have_text(badge)
    expect(page.locator(".ask-next")).to_contain_text(owner)
    expect(page.locator(".step-governing")).to_have_count(0)


def test_copying_takes_the_sources_along(page: Page, press: Press) -> None:
    ask(page, "Må vi?")

    press(page, "[data-action=copy]")

    expect(page.locator(".told")).to_have_text("Kopiert med kilder")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "Rutine for ombruk av møbler og IKT" in copied
    assert "/source?file=" in copied


def test_a_shared_link_asks_the_question_and_keeps_it_out_of_the_address_sent(
    page: Page, press: Press, context: BrowserContext
) -> None:
    ask(page, "Må vi?")
    press(page, "[data-action=share]")
    expect(page.locator(".told")).to_be_visible()
    link = page.evaluate("navigator.clipboard.readText()")
    page.evaluate("localStorage.clear()")

    other = context.new_page()
    other.goto(link)

    expect(other.locator(".asked")).to_contain_text("Må vi?")
    assert "q=" not in link.split("#")[0]


def test_an_answer_is_saved_as_one_file(page: Page, press: Press) -> None:
    ask(page, "Må vi?")

    with page.expect_download() as download:
        press(page, "[data-action=save]")

    assert download.value.suggested_filename.startswith("hjemmel-")
    assert "Ombrukslageret" in download.value.path().read_text()


def test_print_shows_the_answer_and_leaves_the_form_out(page: Page) -> None:
    ask(page, "Må vi?")

    page.emulate_media(media="print")

    expect(page.locator(".answer .ladder")).to_be_visible()
    expect(page.locator("#ask")).to_be_hidden()


def test_a_thumb_down_gives_reasons_and_says_thanks(page: Page, press: Press) -> None:
    ask(page, "Må vi?")

    press(page, "[data-thumb=down]")
    expect(page.locator("[data-reason]").first).to_be_focused()
    page.keyboard.press("Space")
    with page.expect_request("**/api/feedback") as sent:
        press(page, "[data-thumb-send]")

    expect(page.locator(".thanks")).to_be_focused()
    assert json.loads(sent.value.post_data or "{}")["reasons"] == ["wrong_plan"]
    assert "question" not in json.loads(sent.value.post_data or "{}")


def test_the_conversation_survives_a_reload_and_a_change_of_language(page: Page, served: Served) -> None:
    ask(page, "Må vi?")

    page.goto(f"{served.address}/?lang=en")

    expect(page.locator(".badge")).to_have_text("Must")
    page.locator("#new").click()
    page.reload()
    expect(page.locator(".answer")).to_have_count(0)


@pytest.mark.parametrize(
    ("question", "warned"),
    [
        ("Kan ola@nordmann.no kjøpe?", "en e-postadresse"),
        ("Ring 412 34 567", "et telefonnummer"),
        ("Gjelder det 010190 12345?", "et fødselsnummer"),
    ],
)
def test_personal_data_is_warned_of_before_it_is_sent(
    page: Page, served: Served, question: str, warned: str
) -> None:
    asked = len(served.assistant.asked)

    page.locator("#question").fill(question)
    page.locator("#send").click()

    expect(page.locator("#personal")).to_be_focused()
    expect(page.locator("#personal-found")).to_contain_text(warned)
    assert len(served.assistant.asked) == asked
    page.locator("#personal-send").click()
    expect(page.locator(".answer")).to_have_count(1)


@pytest.mark.parametrize(
    "question",
    ["Kjøp for 12 000 000 kroner", "kr 25000000", "Kjøp over 1 300 000 eks. mva. 2026-11-20", "§ 7-9"],
)
def test_amounts_and_dates_are_not_taken_for_personal_data(page: Page, question: str) -> None:
    ask(page, question)

    expect(page.locator("#personal")).to_be_hidden()


def test_an_empty_question_is_told_where_it_is_asked(page: Page) -> None:
    page.locator("#send").click()

    expect(page.locator("#question-error")).to_have_text("Skriv et spørsmål først.")
    expect(page.locator("#question")).to_be_focused()


def test_stop_gives_the_question_back(page: Page, served: Served) -> None:
    served.assistant.delay = 1.5
    try:
        page.locator("#question").fill("Må vi?")
        page.locator("#send").click()
        page.locator("#stop").click()
        expect(page.locator("#question")).to_have_value("Må vi?")
    finally:
        served.assistant.delay = 0.05


def test_a_hostile_answer_runs_nothing_and_asks_nobody(page: Page) -> None:
    ask(page, "hostile")

    assert page.evaluate("window.PWN") is None
    assert page.locator(".answer img, .answer script").count() == 0


def test_a_page_of_many_hostile_answers_asks_nobody(page: Page) -> None:
    page.goto(page.url)
    for _ in range(10):
        ask(page, "hostile")

    assert page.evaluate("window.PWN") is None


def test_an_english_question_is_answered_in_english_all_over_unless_a_language_is_chosen(
    page: Page, served: Served
) -> None:
    ask(page, "Must we look first?")

    expect(page.locator("html")).to_have_attribute("lang", "nb")
    expect(page.locator(".answer")).to_have_attribute("lang", "en")
    expect(page.locator(".badge")).to_have_text("Must")
    page.goto(f"{served.address}/?lang=nn")
    expect(page.locator(".answer")).to_have_attribute("lang", "nn")


def test_a_whole_purchase_is_copied_with_its_steps(page: Page, press: Press) -> None:
    ask(page, "10 stoler for 80 000")

    press(page, "[data-action=copy]")

    expect(page.locator(".told")).to_have_text("Kopiert med kilder")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "Hvem som godkjenner\nTil opplysning: «Enhetsleder godkjenner.»" in copied
    assert "Anskaffelsesreglement, § 10, s. 2" in copied


def test_a_marker_opens_the_quote_it_names(page: Page, press: Press) -> None:
    ask(page, "Må vi?")

    press(page, "a.marker")

    expect(page.locator(".quote-line").nth(1)).to_be_focused()
