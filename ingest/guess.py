"""A draft of the register for a folder that has none, from what its documents say of themselves.

Evidence is words on covers, in running lines and first pages; never where a file lies. What no words
tell stays empty, and a document that does not say what it is gets the lowest level, where it sets
aside nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath

from ingest.guess_cover import Cover, CoverLine, cover_of, municipality_patterns
from ingest.guess_links import Mention, Titles, mentioned_by, superseded_by, translated_by
from ingest.guess_plan import Drafted, Guess, draft_plan
from ingest.plans import Body, LoadedDocument, Municipality, Plan, PlanLink, Register, Status
from ingest.register import DEFAULT_LEVELS, slug
from ingest.register_checks import cycles

__all__ = ["Guess", "guess_register"]

_DEAD = (Status.SUPERSEDED, Status.REPEALED)
_UNDECIDED = (Status.DRAFT, Status.HEARING)


def guess_register(folder: Path, documents: Mapping[str, LoadedDocument]) -> tuple[Register, list[Guess]]:
    """A draft register of the documents, by their paths in the folder, and why each field is so.

    The register is sound but not confirmed. The folder's name only stands in for the name of a
    municipality that no document names.
    """
    covers = {file: cover_of(document) for file, document in sorted(documents.items())}
    ids = _plan_ids(covers)
    drafts = [draft_plan(file, ids[file], covers[file], documents[file]) for file in covers]
    municipality, guesses = _municipality(folder, covers.values(), [d.language for d in drafts])
    linking = _Linking(drafts, covers)
    plans = linking.plans()
    for draft in drafts:
        guesses += [*draft.guesses, *linking.guesses.get(draft.file, ())]
    return (
        Register(
            municipality=municipality,
            levels=DEFAULT_LEVELS,
            bodies=_bodies(drafts),
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


def _bodies(drafts: Iterable[Drafted]) -> tuple[Body, ...]:
    by_id = {draft.body.body_id: draft.body for draft in drafts if draft.body}
    return tuple(sorted(by_id.values(), key=lambda body: (body.rank, body.body_id)))


def _municipality(
    folder: Path, covers: Iterable[Cover], spoken: list[str | None]
) -> tuple[Municipality, list[Guess]]:
    """The municipality that most documents name up front, at least two where there are several."""
    named: Counter[str] = Counter()
    for cover in covers:
        said = (*cover.lines, *cover.running, *((cover.title,) if cover.title else ()))
        named.update({name for line in said for name in _municipality_names(line)})
    languages = tuple(code for code, _ in Counter(code for code in spoken if code).most_common())
    if not named:
        name = folder.name or "municipality"
        reason = "no document names its municipality; write its name"
    else:
        name, count = named.most_common(1)[0]
        reason = f"named up front in {count} document{'s' if count > 1 else ''}"
    if not languages or {"nb", "nn"} & set(languages):
        languages = tuple(dict.fromkeys((*languages, "nb", "nn", "en")))
    municipality = Municipality(municipality_id=slug(name), name=name, languages=languages)
    return municipality, [Guess("", "municipality", name, reason)]


def _municipality_names(line: CoverLine) -> Iterable[str]:
    for pattern in municipality_patterns():
        for match in pattern.finditer(line.text):
            if match["word"].casefold() in {"kommune", "kommunes", "kommun", "kommuns"}:
                yield f"{match['name']} {match['word'].lower().removesuffix('s')}"
            else:
                yield match[0]


class _Linking:
    """Finds the links between drafted plans; no link ever leads back to where it came from."""

    def __init__(self, drafts: Iterable[Drafted], covers: Mapping[str, Cover]) -> None:
        self.drafts = {draft.file: draft for draft in drafts}
        self.covers = covers
        self.guesses: dict[str, list[Guess]] = {}
        self.titles = Titles.of({f: d.plan.title for f, d in self.drafts.items() if covers[f].title})

    def plans(self) -> tuple[Plan, ...]:
        """The plans with their links, and with the status that being replaced gives them."""
        replaced = {file: self._replaced(file) for file in self.drafts}
        translated = {file: self._translated(file, replaced[file]) for file in self.drafts}
        replaced = self._without_cycles(replaced, "supersedes")
        translated = self._without_cycles(translated, "translation_of")
        implemented = {
            file: self._implemented(file, {*replaced[file], *translated[file]}) for file in self.drafts
        }
        plans = {}
        for file, draft in self.drafts.items():
            plans[file] = replace(
                draft.plan,
                supersedes=self._ids(replaced[file]),
                implements=tuple(PlanLink(plan_id) for plan_id in self._ids(implemented[file])),
                translation_of=next(iter(self._ids(translated[file])), None),
            )
        for file, others in replaced.items():
            if self._status(file) not in _UNDECIDED:
                for other in others:
                    plans[other] = self._superseded(plans[other], other, file)
        return tuple(plans.values())

    def _ids(self, files: Iterable[str]) -> tuple[str, ...]:
        return tuple(self.drafts[file].plan.plan_id for file in files)

    def _level(self, file: str) -> int:
        return self.drafts[file].plan.level

    def _status(self, file: str) -> Status:
        return self.drafts[file].plan.versions[0].status

    def _replaced(self, file: str) -> list[str]:
        """A plan may say that it replaces its own level or a lower one, never a higher."""
        found = superseded_by(file, self.covers[file], self.titles)
        return self._noted(
            file, "supersedes", [each for each in found if self._level(each.file) >= self._level(file)]
        )

    def _translated(self, file: str, replaced: list[str]) -> list[str]:
        language = self.drafts[file].language
        found = [
            each
            for each in translated_by(file, self.covers[file], self.titles)
            if each.file not in replaced and self.drafts[each.file].language != language
        ]
        return self._noted(file, "translation_of", found[:1])

    def _implemented(self, file: str, otherwise_linked: set[str]) -> list[str]:
        """Plans on a higher level that the first pages name."""
        found = [
            each
            for each in mentioned_by(file, self.covers[file], self.titles)
            if self._level(each.file) < self._level(file) and each.file not in otherwise_linked
        ]
        return self._noted(file, "implements", found)

    def _noted(self, file: str, field: str, mentions: list[Mention]) -> list[str]:
        reasons = {
            "supersedes": "the document says that it replaces this plan",
            "translation_of": "the document says that it translates this plan",
            "implements": "the first pages name this plan, which stands on a higher level",
        }
        for each in mentions:
            plan_id = self.drafts[each.file].plan.plan_id
            guess = Guess(file, field, plan_id, reasons[field], each.line.page, each.line.text)
            self.guesses.setdefault(file, []).append(guess)
        return [each.file for each in mentions]

    def _without_cycles(self, edges: dict[str, list[str]], field: str) -> dict[str, list[str]]:
        for cycle in list(cycles(edges)):
            edges[cycle[-2]] = [file for file in edges[cycle[-2]] if file != cycle[-1]]
            plan_id = self.drafts[cycle[-1]].plan.plan_id
            kept = [g for g in self.guesses[cycle[-2]] if (g.field, g.value) != (field, plan_id)]
            self.guesses[cycle[-2]] = kept
        return edges

    def _superseded(self, plan: Plan, file: str, by: str) -> Plan:
        version = plan.versions[0]
        if version.status in _UNDECIDED or version.status in _DEAD:
            return plan
        successor = self.drafts[by].plan.plan_id
        reason = f"{successor} says that it replaces this plan"
        guess = Guess(file, "status", Status.SUPERSEDED.value, reason)
        self.guesses.setdefault(file, []).append(guess)
        return replace(plan, versions=(replace(version, status=Status.SUPERSEDED),))
