"""An answer as the page shows it: badge, words, quotes, ladder, why. Pure; made from the contract's JSON.

An answer may come back from a browser's own storage, so nothing in it is taken on trust: a missing
or odd value leaves its place empty.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from assistant.web.given import JsonObject, code, items, mapping, one_of, text
from assistant.web.ladder_view import StepView, ladder
from assistant.web.purchase_view import PurchaseStepView, purchase_view
from assistant.web.quote_view import ROLES, PlaceView, places, why
from assistant.web.sentences import Words, in_line, paragraphs, plain, sentences, without_lists
from assistant.web.texts import Texts
from prompts import answer_texts

_OUTCOMES = ("answered", "abstained", "unresolved", "needs_clarification")
_SHOWN_FIRST = 2
"""Of the roles: what decides and what gives it force. The others are folded."""
_OPEN_IN_CONFLICT = 4
"""Of the roles, where nothing decides: every text in force that speaks."""

_NOT_DECIDING = ("yields", "not_in_force")


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerView:
    anchor: str
    question: str
    language: str
    as_of: str
    as_of_words: str
    other_day: bool
    """Whether the answer is for another day than the one it is read on."""
    outcome: str
    badge: str
    badge_words: str
    badge_meaning: str
    body: Markup
    purchase: tuple[PurchaseStepView, ...]
    after: Markup
    """What follows the steps of a purchase."""
    plain: str
    why: str
    first: tuple[PlaceView, ...]
    others: tuple[PlaceView, ...]
    steps: tuple[StepView, ...]
    choices: tuple[str, ...]
    ask_next: str
    notices: tuple[tuple[Markup, str], ...]
    """What to be careful of, each with its language, and with a marker where it names a text that is quoted."""
    notes: tuple[str, ...]
    """How the question was read, and other things that are good to know and nothing to fear."""
    composer: str
    governing_plan: str


def answer_view(
    answer: JsonObject,
    levels: Sequence[JsonObject],
    texts: Texts,
    anchor: str = "kilde",
    today: date | None = None,
) -> AnswerView:
    """`anchor` tells the answers of one page apart."""
    outcome = one_of(answer.get("outcome"), _OUTCOMES, "abstained")
    language = code(answer.get("language")) or texts.language
    force = one_of(answer.get("force"), tuple(texts.group("forces")), "none")
    badge = force if outcome == "answered" else outcome
    shown = ROLES[: _OPEN_IN_CONFLICT if outcome == "unresolved" else _SHOWN_FIRST]
    quoted = places(answer, texts)
    said, words = text(answer.get("answer")), _words(quoted, anchor)
    purchase = purchase_view(answer, quoted, words, texts)
    before, after = without_lists(said) if purchase else (_shaped(said, answer, language), "")
    careful, notes = _notices(answer, language, texts)
    return AnswerView(
        anchor=anchor,
        question=text(answer.get("question")),
        language=language,
        as_of=text(answer.get("as_of")),
        as_of_words=texts.day(answer.get("as_of") or ""),
        other_day=today is not None
        and outcome != "needs_clarification"
        and text(answer.get("as_of")) not in ("", today.isoformat()),
        outcome=outcome,
        badge=badge,
        badge_words=texts(f"forces.{force}") if badge == force else texts(f"outcomes.{outcome}"),
        badge_meaning=texts(f"forces_long.{force}") if badge == force else "",
        body=paragraphs(before, words),
        purchase=purchase,
        after=sentences(after, words),
        plain=plain(said),
        why=why(answer, texts) if outcome == "answered" else "",
        first=tuple(place for role in shown for place in quoted if place.role == role),
        others=tuple(place for role in ROLES if role not in shown for place in quoted if place.role == role),
        steps=ladder(answer, levels, texts),
        choices=tuple(filter(None, (_choice(choice) for choice in items(answer.get("choices"))))),
        ask_next=text(answer.get("ask_next")),
        notices=tuple((in_line(_marked(notice, quoted), words), code) for notice, code in careful),
        notes=notes,
        composer=text(answer.get("composer")),
        governing_plan=text(mapping(answer.get("governing")).get("plan_id")),
    )


def _words(quoted: Sequence[PlaceView], anchor: str) -> Words:
    """What in an answer's words is a marker, and what a document's own words in which language."""
    said = {quote.quote: place.language for place in quoted for quote in place.quotes if quote.quote}
    return Words(
        anchor=anchor,
        markers=frozenset(quote.marker for place in quoted for quote in place.quotes),
        quotes=tuple(sorted(said.items(), key=lambda quote: -len(quote[0]))),
    )


def _shaped(said: str, answer: JsonObject, language: str) -> str:
    """Where the plans are silent: that first, and whom to ask only below, where it has a place of its own."""
    ours = answer_texts(language)
    silent, owner = str(ours["silent"]), text(answer.get("ask_next"))
    if not said.startswith(silent):
        return said
    rest = said.removeprefix(silent).strip()
    if owner:
        rest = rest.removesuffix(str(ours["silent_ask"]).format(owner=owner)).strip()
    return f"{silent}\n\n{rest}"


def _notices(
    answer: JsonObject, language: str, texts: Texts
) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """What to be careful of, and what is only good to know; nothing that repeats the question."""
    ours = answer_texts(language)
    reading = (ours["looked_for"], ours["notice"]["read_as"], ours["notice"]["other_language"])
    openings = tuple(str(pattern).split("{")[0] for pattern in reading)
    echo = str(ours["looked_for"]).format(query=text(answer.get("question"))).strip()
    careful: list[tuple[str, str]] = []
    notes: list[str] = []
    for notice in filter(None, (text(item).strip() for item in items(answer.get("notices")))):
        if words := texts.known("notices", notice):
            careful.append((words, texts.language))
        elif notice == echo:
            continue
        elif notice.startswith(openings):
            notes.append(notice)
        else:
            careful.append((notice, language))
    return tuple(careful), tuple(notes)


def _marked(notice: str, quoted: Sequence[PlaceView]) -> str:
    """With the marker of the text that the notice speaks of, where that text does not decide."""
    spoken_of = (
        place for place in quoted if place.role in _NOT_DECIDING and place.title and place.title in notice
    )
    found = next(spoken_of, None)
    return f"{notice} [{found.quotes[0].marker}]" if found else notice


def _choice(choice: object) -> str:
    if isinstance(choice, Mapping):
        return text(choice.get("label") or choice.get("title"))
    return text(choice)
