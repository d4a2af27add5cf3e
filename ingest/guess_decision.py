"""Who adopted a document and when, from what its cover says of the decision."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from ingest.bodies import GOVERNMENT, BodyWord, find_bodies
from ingest.guess_cover import Cover, CoverLine, is_labelled
from ingest.guess_dates import find_days
from ingest.guess_match import decided_in, word_pattern
from ingest.guess_sentences import followed, said, sentences
from ingest.guess_words import AMENDED, AND, BY, DECIDED, FOR, FORMER, IN_FORCE, NATIONAL_BODIES

_SHORT_LINE = 120
_FAR = 80
"""Letters in a decision between its words and its day, where the body and the meeting stand."""
_NATIONAL_LINES = 14
"""Of a national text's cover; further down it speaks of decisions that are not its own."""
_AUXILIARY = 6
"""Letters between a body and what it did: "Stortinget har endret"."""
_AT_ONCE = 25
"""Letters before the words of a decision that carries no day: "Reglerna är beslutade av: riksdagen"."""
_CONNECTED = rf"(?:\s(?:{AND}|&))?\s"


@dataclass(frozen=True, slots=True)
class Decision:
    """A line that says who adopted the document, when, or both."""

    body: BodyWord | None
    day: date | None
    line: CoverLine


def decision_of(cover: Cover, language: str) -> Decision | None:
    """Who adopted the document and when, from lines that begin with the decision.

    Two lines may say the two halves, as in a table on the cover: "Vedtatt av" and "Vedtaksdato".
    """
    return _together([_decision(line, after, language) for line, after in followed(said(cover))])


def national_decision_of(cover: Cover, language: str) -> Decision | None:
    """The same of a text of national rules: only a national body's, and only from the first lines.

    Where no line tells the decision, a parliament or ministry that is said to have changed the text
    is the body, without a day.
    """
    lines = (*sentences(cover.lines[:_NATIONAL_LINES]), *sentences(cover.running))
    found = [_decision(line, after, language) for line, after in followed(lines)]
    national = (each and _national(each) for each in found)
    told = _together([each for each in national if each])
    if told and told.body:
        return told
    changed = next(_changed_by(cover, language), None)
    return Decision(changed[0], told.day if told else None, changed[1]) if changed else told


def _national(decision: Decision) -> Decision | None:
    """The decision with its body known for a national one, None where it is a local one's.

    "Departementet kan fastsette …" decides nothing: a day, or the words in first place, make a decision.
    """
    match = decided_in(decision.line.text)
    if match and not find_days(decision.line.text):
        is_label = match.start() <= _AT_ONCE and ":" in decision.line.text[match.end() :][:8]
        if match.start() > 2 and not is_label:
            return None
    body = decision.body or _named_department(decision.line.text)
    if body is None:
        return None
    if word_pattern(NATIONAL_BODIES).search(body.words):
        body = replace(body, rank=min(body.rank, GOVERNMENT))
    return replace(decision, body=body) if body.rank <= GOVERNMENT else None


def _named_department(text: str) -> BodyWord | None:
    """A department or agency that the lists of bodies do not tell from a local one."""
    match = word_pattern(NATIONAL_BODIES).search(text)
    if not match:
        return None
    return full_name(text, BodyWord(match[0], match[0].casefold(), *match.span(), GOVERNMENT))


def _changed_by(cover: Cover, language: str) -> Iterator[tuple[BodyWord, CoverLine]]:
    """ "Stortinget har endret loven": who changes a text is who may adopt it."""
    for line in sentences(cover.lines):
        body = next(iter(find_bodies(line.text[:_FAR], language)), None)
        if body is None or body.start > 3 or body.rank > GOVERNMENT:
            continue
        changed = word_pattern(AMENDED).search(line.text, body.end)
        if changed and changed.start() - body.end <= _AUXILIARY:
            yield full_name(line.text, body), line


def _together(found: list[Decision | None]) -> Decision | None:
    told = [each for each in found if each and (each.body or each.day)]
    both = next((each for each in told if each.body and each.day), None)
    if both or not told:
        return both
    body = next((each for each in told if each.body), None)
    day = next((each for each in told if each.day), None)
    return Decision(body.body if body else None, day.day if day else None, told[0].line)


def _decision(line: CoverLine, following: str, language: str) -> Decision | None:
    match = decided_in(line.text)
    if not match or not _begins_with_decision(line.text, following, match, language):
        return None
    after = f"{line.text[match.start() :]} {following}"
    bodies = find_bodies(line.text, language)
    text = line.text
    body = next((each for each in bodies if each.start >= match.start()), None)
    body = body or next(iter(bodies), None)
    if body is None:
        text, body = after, next(iter(find_bodies(after, language)), None)
    says_its_own = is_labelled(following) or word_pattern(IN_FORCE).search(following)
    days = find_days(line.text[match.start() :] if says_its_own else after)
    day = next((each.day for each in days if each.start <= _FAR), None)
    return Decision(full_name(text, body) if body else None, day, line)


def _begins_with_decision(text: str, following: str, match: re.Match[str], language: str) -> bool:
    """ "Vedtatt av …", "Kommunestyret vedtok …", "Planen ble vedtatt 12. juni 2025"."""
    at = match.start()
    if len(text) > 2 * _SHORT_LINE or word_pattern(FORMER).search(text):
        return False
    if word_pattern(AMENDED).match(text) or not text[0].isupper():
        return False
    if at <= 2:
        return True
    bodies = find_bodies(text[:at], language)
    if bodies and at <= _FAR:
        return bool(find_days(f"{text[at:]} {following}")) or ":" in text
    is_label = at <= 40 and bool(re.match(rf"\s*(?:{BY})?\s*:", text[match.end() :]))
    return is_label or (at <= 40 and len(text) <= _SHORT_LINE and bool(find_days(text[at:])))


def full_name(text: str, body: BodyWord) -> BodyWord:
    """The body with the words around it that belong to its name: the Climate and Place Committee."""
    if not body.words[:1].isupper() or text[body.start : body.end] != body.words:
        return body
    word = r"[A-ZÆØÅÄÖÜ][\w'’-]+"
    before = re.search(rf"(?:{word}{_CONNECTED})+$", text[: body.start])
    start = body.start - len(before[0]) if before else body.start
    while start < body.start and word_pattern(DECIDED).match(text[start : body.start]):
        start += len(re.match(r"\S+\s+", text[start:])[0])  # type: ignore[index]  # a word and a blank stand there
    after = re.match(rf"\s(?:{FOR})\s{word}(?:{_CONNECTED}{word})*", text[body.end :])
    end = body.end + len(after[0]) if after else body.end
    words = text[start:end]
    if words == body.words or len(words) > _FAR:
        return body
    return replace(body, words=words, known_as=words.casefold(), start=start, end=end)
