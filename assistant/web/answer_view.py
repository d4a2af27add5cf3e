"""An answer as the page shows it: badge, ladder, why, quotes. Pure; made from the contract's JSON.

An answer may come back from a browser's own storage, so nothing in it is taken on trust: a missing
or odd value leaves its place empty.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup

from assistant.web.purchase_view import PurchaseStepView, purchase_view
from assistant.web.sentences import plain, sentences, without_lists
from assistant.web.texts import Texts

JsonObject = Mapping[str, Any]

_OUTCOMES = ("answered", "abstained", "unresolved", "needs_clarification")
_LANGUAGE_CODE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})?")
_QUOTE_IN_ADDRESS = 600
"""Letters; enough to find the place, short enough for every browser's address line."""
_ROLES = ("governing", "authority", "supports", "yields", "not_in_force")
_SHOWN_FIRST = 2
"""Of the roles: what decides and what gives it force. The others are folded."""
_OPEN_IN_CONFLICT = 4
"""Of the roles, where nothing decides: every text in force that speaks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteView:
    marker: int
    role: str
    role_words: str
    title: str
    place: str
    level: str
    dates: str
    quote: str
    language: str
    reason: str
    address: str
    page: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepView:
    """`state`: governing, authority, leading, speaks or silent."""

    rank: int
    name: str
    state: str
    says: str
    documents: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerView:
    anchor: str
    question: str
    language: str
    as_of: str
    as_of_words: str
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
    first: tuple[QuoteView, ...]
    others: tuple[QuoteView, ...]
    steps: tuple[StepView, ...]
    choices: tuple[str, ...]
    ask_next: str
    notices: tuple[str, ...]
    composer: str
    governing_plan: str


def answer_view(
    answer: JsonObject, levels: Sequence[JsonObject], texts: Texts, anchor: str = "kilde"
) -> AnswerView:
    """`anchor` tells the answers of one page apart."""
    cited = _objects(answer.get("citations"))
    quotes = tuple(_quote(citation, answer, texts) for citation in cited)
    outcome = _one_of(answer.get("outcome"), _OUTCOMES, "abstained")
    shown = _ROLES[: _OPEN_IN_CONFLICT if outcome == "unresolved" else _SHOWN_FIRST]
    force = _one_of(answer.get("force"), tuple(texts.group("forces")), "none")
    badge = force if outcome == "answered" else outcome
    words = _text(answer.get("answer"))
    markers = {quote.marker for quote in quotes}
    names = {level["rank"]: _text(level.get("name")) for level in levels}
    purchase = purchase_view(answer, names, markers, anchor, texts)
    before, after = without_lists(words) if purchase else (words, "")
    return AnswerView(
        anchor=anchor,
        question=_text(answer.get("question")),
        language=_code(answer.get("language")) or texts.language,
        as_of=_text(answer.get("as_of")),
        as_of_words=texts.day(answer.get("as_of") or ""),
        outcome=outcome,
        badge=badge,
        badge_words=texts(f"forces.{force}") if badge == force else texts(f"outcomes.{outcome}"),
        badge_meaning=texts(f"forces_long.{force}") if badge == force else "",
        body=sentences(before, markers, anchor),
        purchase=purchase,
        after=sentences(after, markers, anchor),
        plain=plain(words),
        why=_why(answer, cited, texts) if outcome == "answered" else "",
        first=tuple(q for role in shown for q in quotes if q.role == role),
        others=tuple(q for role in _ROLES if role not in shown for q in quotes if q.role == role),
        steps=tuple(_step(level, answer, cited, texts) for level in levels),
        choices=tuple(filter(None, (_choice(choice) for choice in _items(answer.get("choices"))))),
        ask_next=_text(answer.get("ask_next")),
        notices=tuple(
            texts.known("notices", _text(notice)) or _text(notice) for notice in _items(answer.get("notices"))
        ),
        composer=_text(answer.get("composer")),
        governing_plan=_text(_object(answer.get("governing")).get("plan_id")),
    )


def source_address(file: str, page: int | None, quote: str, language: str) -> str:
    """The viewer's address for a citation."""
    wanted = {"file": file, "page": page, "quote": quote[:_QUOTE_IN_ADDRESS], "lang": language}
    return "/source?" + urlencode({name: value for name, value in wanted.items() if value})


def _quote(citation: JsonObject, answer: JsonObject, texts: Texts) -> QuoteView:
    page = citation.get("page") if isinstance(citation.get("page"), int) else None
    section = _text(citation.get("section")) or texts("quotes.no_section")
    place = section if page is None else f"{section}, {texts('quotes.page', page=page)}"
    return QuoteView(
        marker=citation["marker"] if isinstance(citation.get("marker"), int) else 0,
        role=_one_of(citation.get("role"), _ROLES, "supports"),
        role_words=_role_words(_text(citation.get("role")), answer, texts),
        title=_text(citation.get("title")),
        place=place,
        level=_text(citation.get("level_name")),
        dates=_dates(citation, texts),
        quote=_text(citation.get("quote")),
        language=_code(citation.get("language")) or _code(answer.get("language")),
        reason=_reason(citation, answer, texts),
        address=source_address(
            _text(citation.get("file")), page, _text(citation.get("quote")), texts.language
        ),
        page=page,
    )


def _role_words(role: str, answer: JsonObject, texts: Texts) -> str:
    """Nothing for the text that decides, which stands first; in a conflict nobody wins or yields."""
    if answer.get("outcome") == "unresolved" and role not in ("authority", "not_in_force"):
        return texts("ladder.leading") if role == "governing" else ""
    return "" if role == "governing" else texts.known("roles", role) or ""


def _dates(citation: JsonObject, texts: Texts) -> str:
    adopted, start, end = (citation.get(key) for key in ("adopted_on", "valid_from", "valid_to"))
    said = [texts("quotes.adopted", date=texts.day(adopted))] if adopted else []
    if start and end:
        said.append(texts("quotes.valid_span", start=texts.day(start), end=texts.day(end)))
    elif start:
        said.append(texts("quotes.valid_from", date=texts.day(start)))
    elif end:
        said.append(texts("quotes.valid_to", date=texts.day(end)))
    sure = citation.get("ocr_confidence")
    if isinstance(sure, float):
        said.append(texts("quotes.scanned", percent=round(100 * sure)))
    return ", ".join(said)


def _reason(citation: JsonObject, answer: JsonObject, texts: Texts) -> str:
    """Why a text does not decide: its own reason, else the decision it lost."""
    if own := _text(citation.get("reason")):
        return own
    for decision in _objects(answer.get("precedence")):
        if decision.get("loser") == citation.get("marker"):
            return _decision(decision, texts)
    return ""


def _decision(decision: JsonObject, texts: Texts) -> str:
    return _text(decision.get("reason")) or texts.known("maxims", _text(decision.get("maxim"))) or ""


def _why(answer: JsonObject, cited: Sequence[JsonObject], texts: Texts) -> str:
    """One line: the answer's own words, else the first decision the governing text won."""
    if own := _text(answer.get("why")):
        return own
    governing = next((c.get("marker") for c in cited if c.get("role") == "governing"), None)
    won = [d for d in _objects(answer.get("precedence")) if d.get("winner") == governing]
    said = [_decision(won[0], texts) if won else texts("why.only")] if governing is not None else []
    authority = next((c for c in cited if c.get("role") == "authority"), None)
    if authority is not None:
        said.append(texts("why.authority", title=_text(authority.get("title"))))
    return " ".join(filter(None, said))


def _step(level: JsonObject, answer: JsonObject, cited: Sequence[JsonObject], texts: Texts) -> StepView:
    rank = int(level["rank"])
    here = [citation for citation in cited if citation.get("level") == rank]
    roles = {str(citation.get("role")) for citation in here}
    state, named = "silent", ""
    if _object(answer.get("governing")).get("level") == rank:
        state = "governing" if answer.get("outcome") == "answered" else "leading"
        named = _text(_object(answer.get("governing")).get("title"))
    elif _object(answer.get("authority")).get("level") == rank or "authority" in roles:
        state = "authority"
        named = next((_text(c.get("title")) for c in here if c.get("role") == "authority"), "")
    elif here:
        state = "speaks"
    return StepView(
        rank=rank, name=_text(level.get("name")), state=state, says=_says(state, here, texts), documents=named
    )


def _says(state: str, here: Sequence[JsonObject], texts: Texts) -> str:
    if state != "speaks":
        return texts(f"ladder.{state}")
    count = len({str(citation.get("plan_id")) for citation in here})
    return texts("ladder.speaks_one") if count == 1 else texts("ladder.speaks_many", count=count)


def _choice(choice: object) -> str:
    if isinstance(choice, Mapping):
        return _text(choice.get("label") or choice.get("title"))
    return _text(choice)


def _text(value: object) -> str:
    return str(value) if isinstance(value, (str, int, float)) else ""


def _code(value: object) -> str:
    """A language code, or nothing: the page's own language is a better guess than an odd one."""
    return value if isinstance(value, str) and _LANGUAGE_CODE.fullmatch(value) else ""


def _object(value: object) -> JsonObject:
    return value if isinstance(value, Mapping) else {}


def _items(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _objects(value: object) -> list[JsonObject]:
    return [item for item in _items(value) if isinstance(item, Mapping)]


def _one_of(value: object, known: Sequence[str], otherwise: str) -> str:
    return value if isinstance(value, str) and value in known else otherwise
