"""What an answer states: its statements, which of them it only reports, and what it denies. Pure.

An answer that says "the draft says 90 %, which is not adopted" reports the draft; it does not hold 90 %
to be the rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from eval.words import markers, sentences, without_markers, word_set, words

_REPORTED = re.compile(
    r"\b(?:utkast\w*|høringsutkast\w*|høyringsutkast\w*|forslag\w*|foreslå\w*|föresl\w*|förslag\w*|udkast\w*|"
    r"ikke vedtatt|ikkje vedteke|inte antag\w*|erstatt\w*|ersatt\w*|ersätt\w*|opphevet|oppheva|upphäv\w*|"
    r"ophæv\w*|tidligere|tidlegare|tidigare|gjaldt|gällde|gammel|gamle|gamla|gamal|utgått|utdatert\w*|utdatera\w*|"
    r"går foran|går framfor|gjeld framfor|viker|vik for|vike for|må vike|företräde|motstrid|i strid|strider|"
    r"motsäg\w*|motseier|uenig\w*|feil|ikke riktig|gjelder ikke|gjeld ikkje|gäller inte|gælder ikke|"
    r"draft\w*|propos\w+|not (?:yet )?(?:been )?adopted|not in force|superseded|replaced|repealed|formerly|"
    r"previous(?:ly)?|older|outdated|out of date|prevails?|overrid\w+|yields?|conflicts?|conflicting|"
    r"contradict\w*|does not apply|do not apply|no longer|wrong(?:ly)?|incorrect\w*|mistaken\w*|contrary)\b",
    re.IGNORECASE,
)
_NOT_HERE = re.compile(
    r"\b(?:gjelder ikke|gjeld ikkje|gäller inte|gælder ikke|does not apply|do not apply|not required here|"
    r"ikke krav|ikkje krav|inget krav|no requirement)\b",
    re.IGNORECASE,
)
_QUOTES = re.compile(r"[«“\"]")
"""A quotation right after "this does not apply here" shows the rule that does not."""
_NEGATION = word_set(
    "ikke ikkje inte ej aldri aldrig ingen inga inget intet ingenting uten utan uden not no never none nor "
    "nothing neither without cannot nei nej"
)
_BOUND = re.compile(
    r"\b(?:ikke|ikkje|inte|not|no)\s+(?:(?:være|vere|vara|utgjøre|be)\s+)?(?:mer|meir|mere|mindre|lavere|lågere|lägre|høyere|høgere|högre|over|under|"
    r"overstig\w*|översti\w*|undersk?rid\w*|more|less|fewer|lower|higher|later|exceed\w*|below|above|before|"
    r"until|earlier|before|seinere|senere|senare|tidligere|bare|bara|only|just)\b",
    re.IGNORECASE,
)
"""`ikke mer enn`, `not less than`: a bound, not a denial."""
_SHORT = 3
"""Words. `Ja.` and `Nei, ikke her.` belong to the sentence that follows."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of an answer, its citation markers, and whether it is only reported."""

    text: str
    markers: tuple[int, ...]
    reported: bool

    @property
    def bare(self) -> str:
        return without_markers(self.text).strip()


def statements(answer: str, roles: Mapping[int, str] | None = None) -> tuple[Statement, ...]:
    """The statements of an answer; `roles` gives the role of each citation by its marker.

    A statement that cites only texts that yield or are not in force is reported, not held.
    """
    found: list[Statement] = []
    for sentence in _joined(sentences(answer)):
        out_of_scope = (
            bool(found) and bool(_NOT_HERE.search(found[-1].text)) and bool(_QUOTES.search(sentence))
        )
        found.append(_statement(sentence, roles or {}, out_of_scope=out_of_scope))
    return tuple(found)


def _joined(found: Iterable[str]) -> list[str]:
    joined: list[str] = []
    opening = ""
    for sentence in found:
        text = f"{opening} {sentence}".strip()
        if len(words(without_markers(text))) < _SHORT and not markers(text):
            opening = text
        else:
            joined.append(text)
            opening = ""
    return [*joined, opening] if opening else joined


def _statement(sentence: str, roles: Mapping[int, str], *, out_of_scope: bool) -> Statement:
    cited = markers(sentence)
    given = {roles[number] for number in cited if number in roles}
    yielding = bool(given) and given <= {"yields", "not_in_force"}
    return Statement(sentence, cited, yielding or out_of_scope or bool(_REPORTED.search(sentence)))


def is_negated(text: str) -> bool:
    """Whether a text denies something; `not more than` is a bound and denies nothing."""
    plain = _BOUND.sub(" ", without_markers(text)).replace("n't", " not").replace("n’t", " not")
    return bool(_NEGATION & set(words(plain)))


def denied_before(text: str, at: int, reach: int) -> bool:
    """Whether a negation stands among the `reach` words before a place, in the same clause."""
    clause = re.split(r"[.,;:()–—]|\b(?:men|but|mens|while)\b", _BOUND.sub(_blank, text[:at]))[-1]
    return bool(_NEGATION & set(words(clause)[-reach:]))


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])
