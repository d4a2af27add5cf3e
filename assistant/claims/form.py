"""What a sentence looks like, and what a passage must look like to be shown to a language model. Pure."""

from __future__ import annotations

import re
import unicodedata

from assistant.claims.passages import Passage
from assistant.claims.terms import words_of
from assistant.claims.words import claim_words, languages, related
from ingest.language import detect
from ingest.sentences import split

_LONGEST = 400
_FEWEST_WORDS = 3
_PUNCTUATION = frozenset(" .,;:!'’‘\"“”„«»()–—-‐‑/%§&€£$°²³½+…·\u00a0\u202f")
_LINK = re.compile(r"//|\bwww\.|\b[^\W\d]\w*:(?=\w{3})|\b[\w-]{2,}\.[^\W\d]{2,}\b", re.IGNORECASE)
_INNER_END = re.compile(r"([^\W\d][.!?…]\s+\W?)([^\W\d])")
_ODD_MARKS = re.compile(r"[,:;]\s?[.,:;!]|\.\s?[.:;]|(?:\w|^)\s+[.,;:!]")
_MARKUP = re.compile(r"</?[a-z!?]|\{[%{\"]|\]\s?[(\[:]|```|\b(?:system|assistant|user)\s?:", re.IGNORECASE)
_UNSEEN = frozenset({"Cc", "Cf", "Co", "Cn"})
"""Unicode categories of characters that a model reads and a person does not see."""
_SET_UNSEEN = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")
"""Of these, what typesetting leaves in a text."""
_ENOUGH_WORDS = 5
"""Words from which a sentence's language can be told for sure."""
_FOREIGN_WORDS = 2
"""Function words of a language that is no sister of the reader's, from which a sentence is partly in it."""


def odd_form(body: str) -> str | None:
    """What keeps a text from being one plain sentence of a fair length."""
    odd = next((c for c in body if not (c in _PUNCTUATION or c.isdigit() or _is_latin(c))), None)
    if odd is not None:
        return f"{odd!r}"
    if not body.endswith((".", "!", ".»", ".”", '."')) or _ODD_MARKS.search(body):
        return "does not end as a sentence does"
    if len(body) > _LONGEST or len(words_of(body)) < _FEWEST_WORDS:
        return "too long or too short"
    return "several sentences in one" if len(split(_INNER_END.sub(_capital, body))) > 1 else None


def _capital(match: re.Match[str]) -> str:
    """A sentence that begins with a small letter is one all the same."""
    return match[1] + match[2].upper()


def _is_latin(letter: str) -> bool:
    return letter.isalpha() and unicodedata.name(letter, "").startswith("LATIN")


def address(body: str) -> str | None:
    found = _LINK.search(body)
    return found.group() if found else None


def foreign(text: str, language: str) -> str | None:
    """The language a text is in, or has a clause in, if that is not `language`.

    Sister languages share most words; then only a word that the reader's has not tells against it.
    """
    words = set(words_of(text))
    mine = claim_words(language).plain
    for other in languages():
        if (
            not related(other, language)
            and len(words & claim_words(other).functions - mine) >= _FOREIGN_WORDS
        ):
            return other
    found = detect(text, None) if words else language
    if found == language:
        return None
    if (
        related(found, language)
        and not words & claim_words(found).functions - claim_words(language).functions
    ):
        return None
    return found if detect(text, (language, found)) == found else None


def _is_set_in(letter: str) -> bool:
    """Whether plans in these languages hold such a character."""
    if letter.isalpha():
        return _is_latin(letter)
    return letter.isspace() or letter in _SET_UNSEEN or unicodedata.category(letter) not in _UNSEEN


def of_machines(text: str) -> str | None:
    """A word, in any language, that belongs to messages for a machine and to no plan: "prompt"."""
    found = (claim_words(language).find["machine"].search(text) for language in languages())
    return next((match.group() for match in found if match), None)


def fit_to_show(passage: Passage) -> bool:
    """Whether a passage reads as a plan does; what speaks to machines, or in markup, goes to no model."""
    language = passage.source.language
    text = f"{passage.context} {passage.source.quote}"
    if _MARKUP.search(text) or of_machines(text) or not all(_is_set_in(c) for c in text):
        return False
    parts = [passage.text[a:b] for a, b in split(passage.text)]
    return not any(len(words_of(part)) >= _ENOUGH_WORDS and foreign(part, language) for part in parts)
