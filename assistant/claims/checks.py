"""The checks a sentence must pass, each with the fault it finds. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from assistant.claims.binding import answers_wrongly, claims_reach, misbinds, oversteps, turned
from assistant.claims.counting import figures
from assistant.claims.figures import mismatch
from assistant.claims.form import address, foreign, odd_form, of_machines
from assistant.claims.passages import Grounds, Passage, together, words_together
from assistant.claims.polarity import clauses, plainly
from assistant.claims.terms import (
    Terms,
    content_words,
    is_plain,
    names_a_thing,
    same_word,
    shared_in_meaning,
    shares,
    telling_words,
    ungrounded,
    words_of,
)
from assistant.claims.words import claim_words, related
from ingest.fold import fold

MARKER = re.compile(r"⟦\s*(\d{1,3})\s*⟧")
_MOST_MARKERS = 2
"""Passages a sentence may rest on; with more, figures of one and words of another are easily mixed."""
_QUOTED = re.compile(r"[«»„“”\"]([^«»„“”\"]+)[«»“”\"]")
_NAME = re.compile(r"(?<![\w-])[^\W\d_a-zæøåäöéèü][\w-]*")
_LABEL = re.compile(r"(?=.*\d)(?=.*[^\d\s]).{2,12}")
"""A printed section number that cannot be taken for a figure: "§ 7", "3.1", "A2"."""
_CODE = re.compile(r"\b[^\W\d_]{2,}-\d{4,}\b")
_STARTS = re.compile(r"^\W*|[:.–]\s+\W*|[«“\"„]")
_LOOSE_SHARE = 4
"""To one content word that is neither the passage's nor the question's, so many words that are: a paraphrase
needs room. What is bought, who acts, documents and names have none."""
_LOOSE_SHARE_ABROAD = 2
"""The same where the passage is in another language, whose words we know fewer of."""
_RESTING_SHARE = 4
"""One telling word in so many, plain ones counted, must be the passage's or the question's."""


class Fault(StrEnum):
    NO_MARKER = "no marker"
    UNKNOWN_MARKER = "a marker of no passage"
    FORM = "not a plain sentence"
    LINK = "a link or an address"
    LANGUAGE = "another language"
    MACHINE = "speaks of the machine, not of the rule"
    SOURCE = "names another source than it cites"
    QUOTE = "a quotation the passage does not have"
    FIGURE = "a figure the passage does not give"
    NAME = "a name from nowhere"
    ROLE = "a role the passage does not name"
    WORDS = "says what the passage does not"
    OVERSTEPS = "an always, an only or an exception the passage does not have"
    DENIAL = "denied where the passage is not, or the other way"
    FORCE = "binds more or less than the passage"
    TOPIC = "about something else than the question"


@dataclass(frozen=True, slots=True)
class Checked:
    """A sentence with its markers taken out, and the first fault found in it."""

    text: str
    markers: tuple[int, ...]
    fault: Fault | None = None
    detail: str = ""


@dataclass(frozen=True)
class Sentence:
    """A sentence and the passages it cites. `body` has no markers; `said` no titles, sections or yes and no."""

    body: str
    cited: tuple[Passage, ...]
    grounds: Grounds

    @property
    def language(self) -> str:
        return self.grounds.language

    @cached_property
    def said(self) -> str:
        text = self.body
        for passage in sorted(self.cited, key=lambda p: -len(p.source.title)):
            text = re.sub(re.escape(passage.source.title), " ", text, flags=re.IGNORECASE)
            if _LABEL.fullmatch(passage.source.section):
                text = re.sub(rf"(?<!\w){re.escape(passage.source.section)}(?!\w)", " ", text)
        words = claim_words(self.language).find
        return re.sub(
            rf"^\s*(?:{words['yes'].pattern}|{words['no'].pattern})\s*,", " ", text, flags=re.IGNORECASE
        )

    @cached_property
    def plain(self) -> str:
        return plainly(self.said, self.language)

    @cached_property
    def passages(self) -> Terms:
        """The words of what it cites, and what that is called."""
        own = words_together(self.cited)
        for passage in self.cited:
            own |= passage.naming
        return own

    @cached_property
    def source(self) -> Terms:
        """What its words may come from: the question too."""
        return self.passages | self.grounds.question_terms

    @property
    def leads_with(self) -> str | None:
        words, first = claim_words(self.language).find, self.body.split(",")[0].strip().lower()
        return next((key for key in ("yes", "no") if words[key].fullmatch(first)), None)


def check(text: str, grounds: Grounds) -> Checked:
    """Checks one sentence of a draft, its markers in it."""
    markers = tuple(dict.fromkeys(int(number) for number in MARKER.findall(text)))
    body = fold(MARKER.sub(" ", text)).text
    body = re.sub(r"\s+([.,;:!?])", r"\1", body)
    cited = grounds.cited(markers)
    if not markers:
        return Checked(body, markers, Fault.NO_MARKER)
    if len(cited) != len(markers) or len(markers) > _MOST_MARKERS:
        return Checked(body, markers, Fault.UNKNOWN_MARKER)
    sentence = Sentence(body, cited, grounds)
    for fault, find in _CHECKS:
        detail = find(sentence)
        if detail is not None:
            return Checked(body, markers, fault, detail)
    return Checked(body, markers)


# --- what it looks like -------------------------------------------------------------------


def _form(sentence: Sentence) -> str | None:
    return odd_form(sentence.body)


def _link(sentence: Sentence) -> str | None:
    return address(sentence.body)


def _language(sentence: Sentence) -> str | None:
    return foreign(_QUOTED.sub(" ", sentence.said), sentence.language)


def _machine(sentence: Sentence) -> str | None:
    return of_machines(sentence.body)


# --- whose words they are -----------------------------------------------------------------


def _other_source(sentence: Sentence) -> str | None:
    text = sentence.said.casefold()
    titles = {p.source.title for p in sentence.grounds.passages} - {p.source.title for p in sentence.cited}
    quoted = " ".join(p.text for p in sentence.cited).casefold()
    other = next((t for t in titles if t.casefold() in text and t.casefold() not in quoted), None)
    if other:
        return other
    kinds = claim_words(sentence.language).documents
    said = [word for word in words_of(sentence.said) if word in kinds]
    return next((word for word in said if ungrounded(word, sentence.language, sentence.passages)), None)


def _quote(sentence: Sentence) -> str | None:
    for match in _QUOTED.finditer(sentence.body):
        quoted = fold(match[1]).text.strip(" .,").casefold()
        if not any(quoted in fold(p.source.quote).text.casefold() for p in sentence.cited):
            if quoted not in (p.source.title.casefold() for p in sentence.cited):
                return match[1]
    return None


def _figure(sentence: Sentence) -> str | None:
    claimed = figures(sentence.said, sentence.language)
    grounds = sentence.grounds
    return mismatch(claimed, together(sentence.cited), grounds.asked, out_of_reach=grounds.below_threshold)


def _name(sentence: Sentence) -> str | None:
    """Capitals inside a sentence; what stands first is checked as a word.

    Codes come from the question or a title alone: whoever plants an order has it answered by one. Where a
    sentence rests on several passages, its names are not those of a lesser one.
    """
    words, grounds = claim_words(sentence.language), sentence.grounds
    code = _CODE.search(sentence.said)
    if code and code.group().casefold() not in grounds.question.casefold():
        return code.group()
    bearing = sentence.cited if len(sentence.cited) == 1 else grounds.governing
    known = words_together(bearing) | grounds.question_terms | grounds.name_terms
    starts = {match.end() for match in _STARTS.finditer(sentence.said)}
    for match in _NAME.finditer(sentence.said):
        if match.start() in starts and not match.group().isupper():
            continue
        for word in words_of(match.group()):
            if is_plain(word, words) or word in words.months:
                continue
            if not (
                same_word(word, sentence.language, known) or same_word(word.removesuffix("s"), "", known)
            ):
                if word not in shared_in_meaning(words_of(sentence.said), sentence.language, known):
                    return match.group()
    return None


def _role(sentence: Sentence) -> str | None:
    """A role of the question's counts only where the passages name none: who acts is what they say."""
    words = claim_words(sentence.language)
    own = sentence.passages
    if not any(claim_words(p.source.language).names_role(w) for p in sentence.cited for w in p.terms.words):
        own |= sentence.grounds.question_terms
    abroad = not any(p.source.language == sentence.language for p in sentence.cited)
    # Within a language one concept holds several roles: a head teacher is a unit manager, but not the other way.
    meant = shared_in_meaning(words_of(sentence.said), sentence.language, own) if abroad else set()
    for word in words_of(sentence.said):
        if words.names_role(word) and word not in meant and not same_word(word, sentence.language, own):
            return word
    return None


def _words(sentence: Sentence) -> str | None:
    """Too many words of the sentence, or of one clause of it, are none of the passage's.

    The question's own words may lead in ("Skal du kjøpe stoler, …"), but add nothing after the passage's.
    """
    language, text = sentence.language, sentence.said
    if not _rests(sentence):
        return "nothing of the passage"
    loose = ungrounded(text, language, sentence.source)
    unknown = set(ungrounded(text, language, sentence.source, plain=True))
    abroad = not any(related(language, p.source.language) for p in sentence.cited)
    share = _LOOSE_SHARE_ABROAD if abroad else _LOOSE_SHARE
    if len(loose) * share > _known(text, language, unknown) or any(
        _has_no_room(w, abroad, language) for w in loose
    ):
        return ", ".join(loose)
    not_told, told = ungrounded(text, language, sentence.passages), False
    for start, end in clauses(text, language):
        said = content_words(text[start:end], language)
        odd = [word for word in said if word in loose]
        if odd and len(odd) > _known(text[start:end], language, unknown):
            return ", ".join(odd)
        asked_only = bool(said) and all(word in not_told for word in said)
        if asked_only and told:
            return ", ".join(said)
        told = told or (bool(said) and not asked_only)
    return None


def _has_no_room(word: str, abroad: bool, language: str) -> bool:
    """Things and days are not reworded; of things, the vocabulary may lack the other language's word."""
    words = claim_words(language)
    return word in words.months | words.weekdays or (not abroad and names_a_thing(word))


def _known(text: str, language: str, unknown: set[str]) -> int:
    """How many telling words are the passage's or the question's, plain ones among them."""
    return sum(word not in unknown for word in telling_words(text, language))


def _rests(sentence: Sentence) -> bool:
    """Whether a sentence of plain words says anything of the passage: a word, a figure, or how it binds."""
    language, words = sentence.language, claim_words(sentence.language).find
    telling = telling_words(sentence.said, language)
    found = len(telling) - len(ungrounded(sentence.said, language, sentence.source, plain=True))
    if found:
        return found * _RESTING_SHARE >= len(telling)
    read = figures(sentence.said, language)
    weighed = any(words[key].search(sentence.said) for key in ("advice_words", "aim_words", "duty_words"))
    return bool(read.amounts or read.days or read.loose) or weighed


# --- what it does to the reader -----------------------------------------------------------


def _oversteps(sentence: Sentence) -> str | None:
    return oversteps(sentence.said, sentence.language, sentence.grounds, sentence.cited)


def _denial(sentence: Sentence) -> str | None:
    if sentence.grounds.below_threshold and any(p.governing for p in sentence.cited):
        return None
    return turned(sentence.plain, sentence.language, sentence.cited)


def _force(sentence: Sentence) -> str | None:
    language, grounds = sentence.language, sentence.grounds
    if sentence.leads_with and answers_wrongly(
        sentence.leads_with == "yes", sentence.plain, language, grounds, sentence.cited
    ):
        return sentence.leads_with
    if grounds.below_threshold and any(p.governing for p in sentence.cited):
        return claims_reach(sentence.plain, language, figures(sentence.said, language))
    return misbinds(sentence.plain, language, sentence.cited)


def _topic(sentence: Sentence) -> str | None:
    """What does not rest on the governing passage must at least be about it, or about what was asked."""
    if any(p.governing for p in sentence.cited):
        return None
    about = words_together(sentence.grounds.governing) | sentence.grounds.question_terms
    said = content_words(sentence.said, sentence.language)
    return None if shares(said, sentence.language, about) else "nothing in common"


_CHECKS: Sequence[tuple[Fault, Callable[[Sentence], str | None]]] = (
    (Fault.FORM, _form),
    (Fault.LINK, _link),
    (Fault.LANGUAGE, _language),
    (Fault.MACHINE, _machine),
    (Fault.SOURCE, _other_source),
    (Fault.QUOTE, _quote),
    (Fault.FIGURE, _figure),
    (Fault.NAME, _name),
    (Fault.ROLE, _role),
    (Fault.OVERSTEPS, _oversteps),
    (Fault.WORDS, _words),
    (Fault.DENIAL, _denial),
    (Fault.FORCE, _force),
    (Fault.TOPIC, _topic),
)
