"""Which adopting body stands above which, told by the words of its name.

Used where a register does not declare its bodies, and to recognise a body in a decision line.
Rank 1 is the highest. A word is found inside longer ones too, so `nemnd` finds `Plannemnda`; of
words found in the same place the longest decides.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

PARLIAMENT, GOVERNMENT, COUNCIL, COMMITTEE, DIRECTOR, UNIT = 1, 2, 3, 4, 5, 6

UNKNOWN_RANK = UNIT
"""A body nobody knows gets the lowest rank: its text then never sets aside a known body's."""

# language -> rank -> words. Compounds that contain a shorter word of another rank stand in full:
# `kommunedirektør` is a director although `kommune` alone says nothing.
BODY_WORDS: dict[str, dict[int, tuple[str, ...]]] = {
    "nb": {
        PARLIAMENT: ("stortinget", "storting", "lovgiver"),
        GOVERNMENT: (
            "regjering",
            "departement",
            "kongen",
            "kongelig resolusjon",
            "kgl.res",
            "kgl. res",
            "direktorat",
            "statsforvalter",
        ),
        COUNCIL: ("kommunestyre", "bystyre", "herredsstyre", "fylkesting", "representantskap"),
        COMMITTEE: (
            "formannskap",
            "byråd",
            "fylkesutvalg",
            "utvalg",
            "komité",
            "hovedutvalg",
            "planutvalg",
            "nemnd",
        ),
        DIRECTOR: (
            "kommunedirektør",
            "rådmann",
            "administrasjonssjef",
            "fylkesdirektør",
            "byrådsleder",
            "kommuneledelse",
            "ledergruppe",
        ),
        UNIT: (
            "enhetsleder",
            "virksomhetsleder",
            "kommunalsjef",
            "avdelingsleder",
            "innkjøpssjef",
            "seksjonsleder",
            "økonomisjef",
        ),
    },
    "nn": {
        PARLIAMENT: ("stortinget",),
        GOVERNMENT: ("regjering", "departement", "kongeleg resolusjon", "direktorat"),
        COUNCIL: ("kommunestyre", "bystyre", "heradsstyre", "fylkesting"),
        COMMITTEE: ("formannskap", "utval", "hovudutval", "komité", "nemnd"),
        DIRECTOR: ("kommunedirektør", "rådmann", "fylkesdirektør"),
        UNIT: ("einingsleiar", "verksemdsleiar", "kommunalsjef", "avdelingsleiar"),
    },
    "sv": {
        PARLIAMENT: ("riksdag",),
        GOVERNMENT: ("regering", "departement", "länsstyrelse", "myndighet"),
        COUNCIL: ("kommunfullmäktige", "regionfullmäktige", "stadsfullmäktige", "fullmäktige"),
        COMMITTEE: (
            "kommunstyrelse",
            "regionstyrelse",
            "nämnd",
            "utskott",
            "styrelse",
            "samhällsbyggnadsnämnd",
            "beredning",
        ),
        DIRECTOR: ("kommundirektör", "stadsdirektör", "kommunchef", "regiondirektör"),
        UNIT: (
            "enhetschef",
            "förvaltningschef",
            "avdelningschef",
            "inköpschef",
            "upphandlingschef",
            "förvaltningsdirektör",
        ),
    },
    "da": {
        PARLIAMENT: ("folketing",),
        GOVERNMENT: ("regering", "ministeri", "styrelsen for"),
        COUNCIL: ("byråd", "kommunalbestyrelse", "regionsråd", "borgerrepræsentation"),
        COMMITTEE: ("økonomiudvalg", "udvalg", "magistrat"),
        DIRECTOR: ("kommunaldirektør", "direktion", "regionsdirektør"),
        UNIT: ("centerchef", "afdelingschef", "enhedschef", "områdechef", "indkøbschef"),
    },
    "en": {
        PARLIAMENT: ("parliament", "national assembly", "congress", "storting", "legislature"),
        GOVERNMENT: (
            "government",
            "ministry",
            "minister",
            "cabinet office",
            "secretary of state",
            "commission",
            "king in council",
            "directorate",
        ),
        COUNCIL: (
            "municipal council",
            "city council",
            "town council",
            "full council",
            "county council",
            "borough council",
            "district council",
            "council",
        ),
        COMMITTEE: (
            "committee",
            "executive board",
            "cabinet",
            "executive committee",
            "council committee",
        ),
        DIRECTOR: (
            "chief executive",
            "chief officer",
            "municipal director",
            "city manager",
            "chief municipal executive",
            "managing director",
        ),
        UNIT: (
            "head of unit",
            "unit head",
            "head of department",
            "head of procurement",
            "head of service",
            "service manager",
            "procurement manager",
            "procurement officer",
        ),
    },
    "de": {
        PARLIAMENT: ("bundestag", "landtag"),
        GOVERNMENT: ("bundesregierung", "ministeri", "landesregierung", "bundesministeri"),
        COUNCIL: (
            "gemeinderat",
            "stadtrat",
            "kreistag",
            "stadtverordnetenversammlung",
            "gemeindevertretung",
            "ratsversammlung",
        ),
        COMMITTEE: ("ausschuss", "magistrat", "stadtvorstand"),
        DIRECTOR: ("bürgermeister", "oberbürgermeister", "landrat", "stadtdirektor"),
        UNIT: ("amtsleit", "fachbereichsleit", "abteilungsleit"),
    },
    "fr": {
        PARLIAMENT: ("parlement", "assemblée nationale"),
        GOVERNMENT: ("gouvernement", "ministère", "ministre", "préfet"),
        COUNCIL: ("conseil municipal", "conseil communautaire", "conseil départemental"),
        COMMITTEE: ("commission permanente", "bureau communautaire"),
        DIRECTOR: ("directeur général des services", "directrice générale des services"),
        UNIT: ("chef de service", "responsable de service"),
    },
    "fi": {
        PARLIAMENT: ("eduskunta", "eduskunnan"),
        GOVERNMENT: ("valtioneuvosto", "ministeriö"),
        COUNCIL: ("kunnanvaltuusto", "kaupunginvaltuusto", "valtuusto"),
        COMMITTEE: ("kunnanhallitus", "kaupunginhallitus", "lautakunta", "lautakunnan"),
        DIRECTOR: ("kunnanjohtaja", "kaupunginjohtaja"),
        UNIT: ("toimialajohtaja", "yksikön päällikkö", "hankintapäällikkö"),
    },
    "nl": {
        PARLIAMENT: ("staten-generaal", "tweede kamer"),
        GOVERNMENT: ("regering", "ministerie", "minister van"),
        COUNCIL: ("gemeenteraad", "provinciale staten"),
        COMMITTEE: ("college van burgemeester en wethouders", "college van b&w", "raadscommissie"),
        DIRECTOR: ("gemeentesecretaris", "algemeen directeur"),
        UNIT: ("afdelingshoofd", "teamleider", "afdelingsmanager"),
    },
}


@dataclass(frozen=True, slots=True)
class BodyWord:
    """A known body found in a text: the words as written, where they stand, and the rank.

    `known_as` is the word it was known by: `kommunestyre` for Kommunestyret and kommunestyrets alike.
    """

    words: str
    known_as: str
    start: int
    end: int
    rank: int


def default_rank(name: str, language: str | None = None) -> int | None:
    """The rank that the words of a body's name imply, None where no known word occurs."""
    hits = find_bodies(name, language)
    return max(hits, key=lambda hit: hit.end - hit.start).rank if hits else None


def find_bodies(text: str, language: str | None = None) -> tuple[BodyWord, ...]:
    """The bodies named in a text, in the order of the text.

    `language` settles words that mean different bodies: a Danish byråd is the council, a Norwegian
    one the executive.
    """
    text = unicodedata.normalize("NFC", text[:_LONGEST_TEXT])
    folded = text.lower()
    if len(folded) != len(text):  # a letter whose lower case is longer would shift every place
        text = folded
    hits = [
        _whole_words(text, start, word, rank)
        for word, rank in _ranks(language).items()
        for start in _starts(folded, word)
    ]
    hits.sort(key=lambda hit: (hit.start, hit.start - hit.end))
    return tuple(hit for i, hit in enumerate(hits) if not _covered(hit, hits[:i]))


_LONGEST_TEXT = 2_000
"""A decision line is short; whatever is longer is no name of a body."""


def _starts(folded: str, word: str) -> list[int]:
    places, at = [], folded.find(word)
    while at >= 0:
        places.append(at)
        at = folded.find(word, at + len(word))
    return places


def _whole_words(text: str, start: int, word: str, rank: int) -> BodyWord:
    end = start + len(word)
    while start > 0 and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    return BodyWord(text[start:end], word, start, end, rank)


def _covered(hit: BodyWord, earlier: list[BodyWord]) -> bool:
    return any(other.start <= hit.start and hit.end <= other.end for other in earlier)


@lru_cache(maxsize=16)
def _ranks(language: str | None) -> dict[str, int]:
    """Word -> rank, the longest word first so that it wins among hits on the same words."""
    order = [*(table for code, table in BODY_WORDS.items() if code != language)]
    order += [BODY_WORDS[language]] if language in BODY_WORDS else []
    merged = {word: rank for table in order for rank, words in table.items() for word in words}
    return dict(sorted(merged.items(), key=lambda item: -len(item[0])))
