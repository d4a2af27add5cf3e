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
_PLAIN = re.compile(
    r"[\x21-\x2c\x2e-\x7e\u00c0-\u0131\u0134-\u013e\u0141-\u0148\u014a-\u017e–—«»“”‘’•€§]+"
    r"(?: [\x21-\x2c\x2e-\x7e\u00c0-\u0131\u0134-\u013e\u0141-\u0148\u014a-\u017e–—«»“”‘’•€§]+)*"
)
"""Words that are the same folded, with single spaces between them."""
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
    parts: list[str] = []
    origin: list[int] = []
    at, spaced = 0, True
    while at < len(text):
        run = _PLAIN.match(text, at)
        if run:
            parts.append(run.group())
            origin.extend(range(at, run.end()))
            at, spaced = run.end(), False
            continue
        letter = text[at]
        if letter in _DROPPED:
            at += 1
        elif letter.isspace():
            if not spaced:
                parts.append(" ")
                origin.append(at)
            at, spaced = at + 1, True
        elif letter in _HYPHENS and (after := _word_goes_on(text, at)):
            at = after
        else:
            plain = letter if letter < "\u0080" else unicodedata.normalize("NFKC", letter)
            parts.append(plain)
            origin.extend([at] * len(plain))
            at, spaced = at + 1, plain.endswith(" ")
    folded = "".join(parts)
    if folded.endswith(" "):
        return Folded(folded[:-1], tuple(origin[:-1]))
    return Folded(folded, tuple(origin))


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
