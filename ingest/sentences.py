"""Cuts running text into sentences without breaking abbreviations, numbers and references."""

from __future__ import annotations

import re

_ABBREVIATIONS = frozenset(
    [
        "jf",
        "jfr",
        "nr",
        "bl",
        "bl.a",
        "f.eks",
        "eks",
        "kr",
        "ca",
        "pkt",
        "inkl",
        "ekskl",
        "eksl",
        "mill",
        "mrd",
        "mva",
        "kap",
        "art",
        "st",
        "dvs",
        "osv",
        "mv",
        "m.m",
        "m.v",
        "o.l",
        "evt",
        "iht",
        "ift",
        "mht",
        "pga",
        "vha",
        "f.o.m",
        "t.o.m",
        "fom",
        "tom",
        "tlf",
        "adr",
        "avd",
        "hhv",
        "min",
        "maks",
        "gj",
        "ref",
        "vedr",
        "prop",
        "innst",
        "meld",
        "forts",
        "t.d",
        "m.a",
        "o.a",
        "d.v.s",
        "bla",
        "ev",
        "moms",
        "exkl",
        "t.ex",
        "bl.a",
        "s.k",
        "d.v.s",
        "m.fl",
        "e.d",
        "kl",
        "resp",
        "enl",
        "avs",
        "kommu",
        "e.g",
        "i.e",
        "no",
        "nos",
        "para",
        "paras",
        "p",
        "pp",
        "vol",
        "sec",
        "ch",
        "approx",
        "incl",
        "excl",
        "vs",
        "dr",
        "mr",
        "mrs",
        "ms",
        "etc",
        "cf",
        "fig",
        "f",
        "stk",
        "nov",
        "okt",
        "sept",
        "des",
        "jan",
        "feb",
        "apr",
        "jun",
        "jul",
        "aug",
        "dnr",
        "saksnr",
        "sak",
        "z.b",
        "d.h",
        "u.a",
        "usw",
        "abs",
        "vgl",
        "bzw",
        "pbl",
        "plbl",
        "fvl",
        "koml",
        "mfl",
        "offl",
        "aml",
    ]
)
_LAWS = frozenset(["loa", "foa", "tek", "sal", "lou", "luf", "oal", "bbl", "lbl", "fl"])
"""Short names of laws that are words too, or stand without a stop: abbreviations only before a section sign."""
_LETTERED = re.compile(
    r"(?:[-–/]|\b(?:bokst(?:av|avene|aven|avane)|litra|pkt|punkt|punktene|letters?|points?|items?|buchstabe|bilag|bilaga"
    r"|vedlegg|annex|appendix|schedule|kategori|category|klasse|class|gruppe|group|sone|zone|alternativ|type"
    r"|og|och|and|und|eller|or|till?|to)\.?\s)$",
    re.IGNORECASE,
)
"""Before a single letter that names an item and abbreviates nothing: "bokstav c.", "a–d."."""
_END = re.compile(r"[.!?…](?:[\"»”')\]]|\d{1,2}(?=\s))?(?=\s+|$)")
_STARTS_SENTENCE = re.compile(r"[\"«“'(\[]?[A-ZÆØÅÄÖÜÉ§\d•–-]")
_LAST_WORD = re.compile(r"[\w.\u00a7/-]+$")


def split(text: str) -> list[tuple[int, int]]:
    """The sentences of `text` as offsets, in order, without the white space around them."""
    found: list[tuple[int, int]] = []
    start = 0
    for end in _END.finditer(text):
        if end.end() < len(text) and not _is_end(text, start, end):
            continue
        found.append((start, end.end()))
        start = end.end()
        while start < len(text) and text[start].isspace():
            start += 1
    if start < len(text):
        found.append((start, len(text.rstrip())))
    return [(a, b) for a, b in found if b > a]


def _is_end(text: str, start: int, end: re.Match[str]) -> bool:
    after = end.end()
    while after < len(text) and text[after].isspace():
        after += 1
    if after >= len(text) or not _STARTS_SENTENCE.match(text, after):
        return False
    if text[end.start()] != ".":
        return True
    word = _LAST_WORD.search(text, start, end.start())
    if word is None:
        return True
    last = word.group().lower().rstrip(".")
    if len(last) == 1 and last.isalpha():
        return bool(_LETTERED.search(text, start, word.start())) and text[after].isupper()
    if last in _ABBREVIATIONS or (last in _LAWS and text[after] == "§"):
        return False
    # "15. mars", "nr. 3." at a line's head, "1." as a list number.
    return not (last.isdigit() and (text[after].islower() or (len(last) <= 2 and word.start() == start)))
