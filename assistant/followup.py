"""A follow-up as the question it stands for, told from the conversation without a language model. Pure.

"og hvis det blir 140 000?" after "Hvem godkjenner et kjøp på 60 000 kroner?" is the same question with another
amount; "og for møbler?" the same with another thing. What can be put in the place of what was, is; anything
else is read together with the question before it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.answers import Turn
from assistant.things import BOUGHT
from assistant.vocabulary import load
from ingest.language_words import FUNCTION_WORDS
from ingest.quantities import Quantity, quantities

Words = Mapping[str, re.Pattern[str]]

_SHORT = 12
"""Words: a longer question with a pronoun in it mostly stands alone."""
_TERSE = 8
"""Words: a question as short that names no thing is about the thing named before."""
_STATEMENT = 15
"""Words: who only tells something, asks it of what was said before."""
_FEW = 4
"""Words that never stand alone where something was said before."""
_TURNS = 3
"""How far back a follow-up to a follow-up is read."""
_ANSWERED = 160
"""Characters of the answer before that are searched with: what it spoke of, not all it said."""
_QUOTED = re.compile(r"[«“”»]([^«“”»]{12,})[«“”»]")
_WORD = re.compile(r"[^\W\d_][\w-]*")
_NUMBER = re.compile(r"(?<![\w.,])\d{1,3}(?:[ \u00a0.,]?\d{3})*(?:[.,]\d+)?(?!\w)")


def standalone(text: str, history: Sequence[Turn], language: str, words: Words) -> str:
    """The question that `text` asks in this conversation; as it is where it needs nothing from before."""
    earlier = [turn.content for turn in history if turn.role == "user" and turn.content.strip()]
    return _resolved(text, earlier[-_TURNS:], language, words)


def searched(text: str, query: str, history: Sequence[Turn]) -> str:
    """What to search with: a question read together with the one before it, with what was answered between."""
    answers = [turn.content for turn in history if turn.role == "assistant"]
    if query == text or not query.endswith(text) or not answers:
        return query
    quoted = _QUOTED.search(answers[-1])
    answer = " ".join((quoted[1] if quoted else answers[-1]).split())[:_ANSWERED]
    return f"{query.removesuffix(text)}{answer} {text}"


def _resolved(text: str, earlier: Sequence[str], language: str, words: Words) -> str:
    if not earlier or not follows_up(text, words):
        return text
    before = _resolved(" ".join(earlier[-1].split()), earlier[:-1], language, words)
    return (
        _with_other_amount(before, text, language, words)
        or _with_other_thing(before, text, language, words)
        or f"{_without_money(before, text, language)} {text}"
    )


def follows_up(text: str, words: Words) -> bool:
    """Whether a question leans on the one before it."""
    count = len(text.split())
    if words["follow_up"].match(text) or count <= _FEW:
        return True
    if words["buying"].search(text) and _things(text):
        return False
    if "?" not in text and count <= _STATEMENT:
        return not _things(text) or bool(words["pronouns"].search(text))
    if count > _SHORT:
        return False
    leaning = words["pronouns"].search(text) or words["leaning_end"].search(text)
    return bool(leaning) or (count <= _TERSE and not _things(text))


# --- the same question with something else in it ------------------------------------------


def _with_other_amount(before: str, text: str, language: str, words: Words) -> str | None:
    """The question before with the amount of this one, where it brings nothing else."""
    said = quantities(text, language)
    rest = _leftover(text, said, language, words)
    if rest:
        return None
    asked = quantities(before, language)
    if len(said) == 1:
        same = [q for q in asked if q.amount.unit == said[0].amount.unit]
        if len(same) == 1:
            return _put(before, same[0], text[said[0].start : said[0].end])
        return None
    numbers = _NUMBER.findall(text)
    if not said and len(numbers) == 1 and len(asked) == 1:
        return _put_number(before, asked[0], numbers[0].strip())
    return None


def _put(before: str, old: Quantity, new: str) -> str:
    return f"{before[: old.start]}{new.strip()}{before[old.end :]}"


def _put_number(before: str, old: Quantity, number: str) -> str | None:
    """Another number with the unit that was."""
    found = _NUMBER.search(before, old.start, old.end)
    return f"{before[: found.start()]}{number}{before[found.end() :]}" if found else None


def _leftover(text: str, said: Sequence[Quantity], language: str, words: Words) -> str:
    """The words of a follow-up beside its amounts that are not there to join it to what was said."""
    for quantity in reversed(said):
        text = f"{text[: quantity.start]} {text[quantity.end :]}"
    for key in ("follow_up", "pronouns", "joining"):
        text = words[key].sub(" ", text)
    idle = set(FUNCTION_WORDS.get(language, "").split())
    return " ".join(w for w in _WORD.findall(text) if w.lower() not in idle)


def _with_other_thing(before: str, text: str, language: str, words: Words) -> str | None:
    """The question before with the thing of this one, where it brings nothing else."""
    rest = _leftover(text, (), language, words)
    if not rest or len(rest.split()) > 2 or not _things(rest) or quantities(text, language):
        return None
    named = [m for m in _WORD.finditer(before) if _things(m.group())]
    if len(named) != 1:
        return None
    return f"{before[: named[0].start()]}{rest}{before[named[0].end() :]}"


def _without_money(before: str, text: str, language: str) -> str:
    """The earlier question without its amount, where the follow-up names another."""
    if not any(q.amount.unit == "money" for q in quantities(text, language)):
        return before
    for quantity in reversed(quantities(before, language)):
        if quantity.amount.unit == "money":
            before = before[: quantity.start] + before[quantity.end :]
    return " ".join(before.split())


def _things(text: str) -> bool:
    concepts = load().concepts
    return any(concepts[name].kind in BOUGHT for name in load().concepts_in(_WORD.findall(text)))
