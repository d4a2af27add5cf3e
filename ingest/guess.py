"""A draft of the register for a folder that has none, from what its documents say of themselves.

Evidence is words on covers, in running lines and first pages; never where a file lies. What no words
tell stays empty, and a document that does not say what it is gets the lowest level, where it sets
aside nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path, PurePosixPath

from ingest.guess_bodies import bodies_of, with_common_names
from ingest.guess_cover import Cover, CoverLine, cover_of, municipality_patterns
from ingest.guess_fields import with_full_title
from ingest.guess_linking import Linking
from ingest.guess_notes import Guess
from ingest.guess_plan import draft_plan
from ingest.guess_words import MUNICIPALITY_WORDS
from ingest.language_words import FUNCTION_WORDS
from ingest.plans import LoadedDocument, Municipality, Register
from ingest.register import DEFAULT_LEVELS, slug

__all__ = ["Guess", "guess_register"]


def guess_register(folder: Path, documents: Mapping[str, LoadedDocument]) -> tuple[Register, list[Guess]]:
    """A draft register of the documents, by their paths in the folder, and why each field is so.

    The register is sound but not confirmed. The folder's name only stands in for the name of a
    municipality that no document names.
    """
    covers = {file: with_full_title(cover_of(document)) for file, document in sorted(documents.items())}
    ids = _plan_ids(covers)
    drafts = with_common_names(draft_plan(file, ids[file], covers[file], documents[file]) for file in covers)
    municipality, guesses = _municipality(folder, covers.values(), [d.language for d in drafts])
    linking = Linking(drafts, covers)
    plans = linking.plans()
    for draft in drafts:
        linked = linking.guesses.get(draft.file, [])
        settled = {guess.field for guess in linked}
        guesses += [*(guess for guess in draft.guesses if guess.field not in settled), *linked]
    return (
        Register(
            municipality=municipality,
            levels=DEFAULT_LEVELS,
            bodies=bodies_of(drafts),
            plans=tuple(sorted(plans, key=lambda plan: (plan.level, plan.plan_id))),
            confirmed=False,
        ),
        guesses,
    )


def _plan_ids(files: Iterable[str]) -> dict[str, str]:
    """An id for each file from its own name; a number tells equal names apart."""
    ids: dict[str, str] = {}
    for file in files:
        stem = slug(PurePosixPath(file).stem)[:60]
        taken, number = set(ids.values()), 2
        plan_id = stem
        while plan_id in taken:
            plan_id, number = f"{stem}-{number}", number + 1
        ids[file] = plan_id
    return ids


def _municipality(
    folder: Path, covers: Iterable[Cover], spoken: list[str | None]
) -> tuple[Municipality, list[Guess]]:
    """The municipality that most documents name up front, at least two where there are several."""
    named: Counter[str] = Counter()
    for cover in covers:
        said = (*cover.lines, *cover.running, *((cover.title,) if cover.title else ()))
        named.update({name.casefold(): name for line in said for name in _municipality_names(line)}.values())
    languages = tuple(code for code, _ in Counter(code for code in spoken if code).most_common())
    if not named:
        name = folder.name or "municipality"
        reason = "no document names its municipality; write its name"
    else:
        folded, count = Counter(each.casefold() for each in named.elements()).most_common(1)[0]
        name = next(each for each, _ in named.most_common() if each.casefold() == folded)
        reason = f"named up front in {count} document{'s' if count > 1 else ''}"
    if not languages or {"nb", "nn"} & set(languages):
        languages = tuple(dict.fromkeys((*languages, "nb", "nn", "en")))
    municipality = Municipality(municipality_id=slug(name), name=name, languages=languages)
    return municipality, [Guess("", "municipality", name, reason)]


def _municipality_names(line: CoverLine) -> Iterable[str]:
    for pattern in municipality_patterns():
        for match in pattern.finditer(line.text):
            first, _, rest = match["name"].partition(" ")
            name = rest if rest and first.casefold() in _not_names() else match["name"]
            if name.casefold() in _not_names():
                continue
            if match["word"].casefold() in MUNICIPALITY_WORDS:
                yield f"{name} {match['word'].removesuffix('s')}"
            else:
                yield match[0]


@lru_cache(maxsize=1)
def _not_names() -> frozenset[str]:
    """Words that begin a sentence: the municipality in "For Skogvang kommune" is not called For."""
    return frozenset(" ".join(FUNCTION_WORDS.values()).split())
