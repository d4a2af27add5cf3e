"""Text made comparable, with a map back to where each character stood.

Folding takes away what typesetting put in: ligatures, soft hyphens, hyphens at the end of a line,
runs of white space. Quotes are compared folded and shown as the page has them.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_DROPPED = {"\u00ad", "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff"}
_HYPHENS = {"-", "\u2010", "\u2011"}
_KEEPS_HYPHEN = re.compile(r"(og|eller|and|or|och|samt|und|oder|et|ja|tai|en|of)\b", re.IGNORECASE)
"""After these words a hyphen at the line's end belongs to the text: "klima- og energiplan"."""


@dataclass(frozen=True, slots=True)
class Folded:
    """`text[i]` came from `source[origin[i]]`."""

    text: str
    origin: tuple[int, ...]

    def find(self, quote: str, start: int = 0) -> tuple[int, int] | None:
        """Where the folded `quote` stands in the source, as offsets, or None."""
        wanted = fold(quote).text
        at = self.text.find(wanted, start) if wanted else -1
        if at < 0:
            return None
        return self.origin[at], self.origin[at + len(wanted) - 1] + 1


def fold(text: str) -> Folded:
    """Folds `text`; the result has no white space at either end and single spaces inside."""
    letters: list[str] = []
    origin: list[int] = []
    at = 0
    while at < len(text):
        letter = text[at]
        if letter in _DROPPED:
            at += 1
        elif letter.isspace():
            if letters and letters[-1] != " ":
                letters.append(" ")
                origin.append(at)
            at += 1
        elif letter in _HYPHENS and (after := _word_goes_on(text, at)):
            at = after
        else:
            plain = letter if letter < "\u0080" else unicodedata.normalize("NFKC", letter)
            letters.extend(plain)
            origin.extend([at] * len(plain))
            at += 1
    if letters and letters[-1] == " ":
        letters.pop()
        origin.pop()
    return Folded("".join(letters), tuple(origin))


def _word_goes_on(text: str, hyphen: int) -> int | None:
    """Where the word broken at `hyphen` goes on, if a line ends there and a word does go on."""
    after = hyphen + 1
    while after < len(text) and text[after] in " \t":
        after += 1
    if after >= len(text) or text[after] not in "\r\n" or hyphen == 0:
        return None
    while after < len(text) and text[after].isspace():
        after += 1
    if after >= len(text) or not text[after].islower() or not text[hyphen - 1].islower():
        return None
    return None if _KEEPS_HYPHEN.match(text, after) else after


_NEEDS_FOLDING = re.compile(r"[^\x21-\x7e\u00a1-\u00ac\u00ae-\u017f –—«»“”‘’•…€]| {2,}|[-\u2010\u2011]\s")


def folded_text(text: str) -> str:
    """The folded text alone; quick where there is nothing to fold."""
    stripped = text.strip()
    return fold(stripped).text if _NEEDS_FOLDING.search(stripped) else stripped
