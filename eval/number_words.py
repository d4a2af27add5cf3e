"""Numbers written out: `tre`, `fifteen`, `tjuefem`, `femtio`, `twenty-five`, in five languages. Pure data."""

from __future__ import annotations

_ONES = {
    1: "one én éin éi", 2: "to två tvo two",
    3: "tre three", 4: "fire fyra four", 5: "fem five", 6: "seks sex six",
    7: "sju syv sjau seven", 8: "åtte otte åtta eight", 9: "ni nio nine",
}  # fmt: skip
_TEENS = {
    10: "ti tio ten", 11: "elleve elva eleven", 12: "tolv twelve", 13: "tretten tretton thirteen",
    14: "fjorten fjorton fourteen", 15: "femten femton fifteen", 16: "seksten sexton sixteen",
    17: "sytten sjutton seventeen", 18: "atten arton eighteen", 19: "nitten nitton nineteen",
}  # fmt: skip
_TENS = {
    20: "tjue tyve tjugo tjug twenty", 30: "tretti tredive trettio thirty", 40: "førti fyrre fyrtio forty",
    50: "femti halvtreds femtio fifty", 60: "seksti tres sextio sixty",
    70: "sytti halvfjerds sjuttio seventy",
    80: "åtti firs åttio eighty", 90: "nitti halvfems nittio ninety", 100: "hundre hundrede hundra hundred",
}  # fmt: skip
_TIMES = {2: "twice", 0.5: "halve halvparten halvdelen hälften"}
_ORDINARY_ENGLISH = frozenset({"to", "fire", "firs", "tres", "ti", "ni", "sex", "arton"})
"""Numbers in a Scandinavian text, other words (or none) in an English one."""
_ORDINARY_NORDIC = frozenset({"ten"})


def _table() -> dict[str, float]:
    listed: list[tuple[float, str]] = [*_ONES.items(), *_TEENS.items(), *_TENS.items(), *_TIMES.items()]
    found = {word: float(value) for value, spellings in listed for word in spellings.split()}
    ones = {word: value for value, spellings in _ONES.items() for word in spellings.split()}
    ones.update(dict.fromkeys(("en", "ett", "ein"), 1))
    for ten, spellings in _TENS.items():
        if ten == 100:
            continue
        for tens_word in spellings.split():
            for one_word, one in ones.items():
                found.setdefault(f"{tens_word}{one_word}", float(ten + one))
                found.setdefault(f"{tens_word}-{one_word}", float(ten + one))
                found.setdefault(f"{one_word}og{tens_word}", float(ten + one))
    return found


NUMBER_WORDS = _table()


def value_of(word: str, *, english: bool) -> float | None:
    """What a written-out number says; `english` settles words that are numbers in one language only."""
    if english and word in _ORDINARY_ENGLISH:
        return None
    if not english and word in _ORDINARY_NORDIC:
        return None
    return NUMBER_WORDS.get(word)
