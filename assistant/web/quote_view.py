"""The places an answer quotes, as the page shows them: one place, its quotes one after the other. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from assistant.web.given import JsonObject, code, mapping, number, objects, one_of, text
from assistant.web.texts import Texts

ROLES = ("governing", "authority", "supports", "yields", "not_in_force")
_BARE_NUMBER = re.compile(r"[A-Z]?\d[\d.]{0,8}[a-z]?")
_QUOTE_IN_ADDRESS = 600
"""Letters; enough to find the place, short enough for every browser's address line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteView:
    """`said`: the answer says it word for word, so that it need not be read twice."""

    marker: int
    quote: str
    said: bool
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceView:
    """`role_words` is a label, `reason` a sentence; `reason` and a label that `role_given` are the answer's own."""

    role: str
    role_words: str
    role_given: bool
    title: str
    place: str
    level: str
    dates: str
    language: str
    reason: str
    address: str
    page: int | None
    quotes: tuple[QuoteView, ...]


def places(answer: JsonObject, texts: Texts) -> tuple[PlaceView, ...]:
    """The cited places in the order of their first marker."""
    found: dict[tuple[object, ...], list[JsonObject]] = {}
    cited = sorted(objects(answer.get("citations")), key=lambda cited: number(cited.get("marker")) or 0)
    governing = {_spot(one) for one in cited if one.get("role") == "governing"}
    for one in cited:
        role = one_of(one.get("role"), ROLES, "supports")
        if role == "supports" and _spot(one) in governing:
            role = "governing"
        found.setdefault((role, *_spot(one)), []).append(one)
    return tuple(_place(str(role), group, answer, texts) for (role, *_), group in found.items())


def source_address(file: str, page: int | None, quote: str, language: str) -> str:
    """The viewer's address for a citation, to be shown in `language`."""
    wanted = {"file": file, "page": page, "quote": quote[:_QUOTE_IN_ADDRESS], "shown": language}
    return "/source?" + urlencode({name: value for name, value in wanted.items() if value})


def decision_words(decision: JsonObject, texts: Texts) -> str:
    return text(decision.get("reason")) or texts.known("maxims", text(decision.get("maxim"))) or ""


def _spot(citation: JsonObject) -> tuple[str, ...]:
    """What two quotes share that stand in one section of one page."""
    named = ("plan_id", "version", "file", "section", "page", "language")
    return tuple(text(citation.get(name)) for name in named)


def _place(role: str, group: Sequence[JsonObject], answer: JsonObject, texts: Texts) -> PlaceView:
    first = group[0]
    page = number(first.get("page"))
    quotes = tuple(_quote(one, page, answer, texts) for one in group)
    section = _section(text(first.get("section")), texts)
    label, own, reason = _standing(first, role, answer, texts)
    return PlaceView(
        role=role,
        role_words=label,
        role_given=own,
        title=text(first.get("title")),
        place=section if page is None else f"{section}, {texts('quotes.page', page=page)}",
        level=_level(first, texts),
        dates=_dates(group, texts),
        language=code(first.get("language")) or code(answer.get("language")),
        reason=reason,
        address=quotes[0].address,
        page=page,
        quotes=quotes,
    )


def _quote(citation: JsonObject, page: int | None, answer: JsonObject, texts: Texts) -> QuoteView:
    """Texts that stand against each other are always set out, one under the other."""
    quote = text(citation.get("quote"))
    words, said = (" ".join(part.split()) for part in (quote, text(answer.get("answer"))))
    return QuoteView(
        said=bool(words) and words in said and answer.get("outcome") != "unresolved",
        marker=number(citation.get("marker")) or 0,
        quote=quote,
        address=source_address(text(citation.get("file")), page, quote, texts.language),
    )


def _section(printed: str, texts: Texts) -> str:
    """As the document prints it; a bare number says what it is the number of."""
    if _BARE_NUMBER.fullmatch(printed):
        return texts("quotes.section", number=printed)
    return printed or texts("quotes.no_section")


def _level(citation: JsonObject, texts: Texts) -> str:
    level = number(citation.get("level"))
    return text(citation.get("level_name")) if level is None else texts("ladder.level", rank=level)


def _standing(citation: JsonObject, role: str, answer: JsonObject, texts: Texts) -> tuple[str, bool, str]:
    """Its label, whether the answer gave it, and why it does not decide, where that is a sentence.

    Nothing is said of the text that decides, which stands first; in a conflict nobody wins or yields.
    """
    if answer.get("outcome") not in ("answered", "unresolved") and role != "not_in_force":
        return "", False, ""
    open_question = answer.get("outcome") == "unresolved"
    said = _reason(citation, answer, texts)
    phrase = said if said and not said.endswith((".", "!", "?")) else ""
    sentence = "" if phrase else said
    if role == "governing":
        return (texts("ladder.leading"), False, sentence) if open_question else ("", False, "")
    if phrase and role != "authority":
        return phrase[0].upper() + phrase[1:], True, ""
    if open_question and role not in ("authority", "not_in_force"):
        return "", False, sentence
    return texts.known("roles", role) or "", False, sentence


def _reason(citation: JsonObject, answer: JsonObject, texts: Texts) -> str:
    """Its own reason, else the decision it lost."""
    if own := text(citation.get("reason")).strip():
        return own
    lost = (d for d in objects(answer.get("precedence")) if d.get("loser") == citation.get("marker"))
    return next((decision_words(decision, texts) for decision in lost), "")


def _dates(group: Iterable[JsonObject], texts: Texts) -> str:
    first, *_ = group = list(group)
    adopted, start, end = (first.get(key) for key in ("adopted_on", "valid_from", "valid_to"))
    said = []
    if adopted and adopted == start:
        said.append(texts("quotes.adopted_valid", date=texts.day(adopted)))
        start = None
    elif adopted:
        said.append(texts("quotes.adopted", date=texts.day(adopted)))
    if start and end:
        said.append(texts("quotes.valid_span", start=texts.day(start), end=texts.day(end)))
    elif start:
        said.append(texts("quotes.valid_from", date=texts.day(start)))
    elif end:
        said.append(texts("quotes.valid_to", date=texts.day(end)))
    sure = [c for one in group if isinstance(c := one.get("ocr_confidence"), float)]
    if sure:
        said.append(texts("quotes.scanned", percent=round(100 * min(sure))))
    return ", ".join(said)


def why(answer: JsonObject, texts: Texts) -> str:
    """One line: the answer's own words, else the first decision the governing text won."""
    if own := text(answer.get("why")):
        return own
    cited = objects(answer.get("citations"))
    governing = next((c.get("marker") for c in cited if c.get("role") == "governing"), None)
    won = [d for d in objects(answer.get("precedence")) if d.get("winner") == governing]
    said = [decision_words(won[0], texts) if won else texts("why.only")] if governing is not None else []
    authority = next((c for c in cited if c.get("role") == "authority"), None)
    if authority is not None:
        said.append(texts("why.authority", title=text(mapping(authority).get("title"))))
    return " ".join(filter(None, said))
