"""One municipality's indexed plans as a question meets them: documents, registers, validity, sources."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from assistant.answers import RankedPassage, Source
from assistant.authority import Speaker
from assistant.clauses import clause
from assistant.desk.validity import Validity, of_statement, validity
from assistant.errors import UnknownMunicipality
from assistant.limits import banded, entry_value
from assistant.speaker import ADVICE_KINDS
from ingest.build import original_path
from ingest.corrections import FLAG as CORRECTED
from ingest.fold import folded_text
from ingest.periods import Period
from ingest.plans import Plan, PlanVersion, Register, Span, WordBox
from ingest.register_record import from_json
from ingest.store import Store, StoredDocument, StoredSection, StoredStatement

_LAW_KINDS = frozenset({"law", "regulation"})
_MOST_VALIDITIES = 20_000
_MOST_SOURCES = 20_000


@dataclass(frozen=True, slots=True)
class Shelf:
    """A document with its plan and version."""

    document: StoredDocument
    plan: Plan
    version: PlanVersion


class Library:
    """Opened for one generation of the index; a later one is another Library."""

    def __init__(self, store: Store, municipality_id: str | None = None) -> None:
        """Opens the only municipality of an index, or the one named.

        Raises:
            UnknownMunicipality: there is none of that name, or there are several and none is named.
        """
        self.store = store
        registers = store.registers()
        chosen = municipality_id or (next(iter(registers)) if len(registers) == 1 else None)
        if chosen is None or chosen not in registers:
            raise UnknownMunicipality(
                f"the index in {store.folder} holds {', '.join(sorted(registers)) or 'no municipality'};"
                " name one of them with --municipality"
            )
        content, self.folder = registers[chosen]
        self.register: Register = from_json(content)
        self._sections: dict[int, dict[int, StoredSection]] = {}
        self._pages: dict[int, list[tuple[int | None, float | None]]] = {}
        self._statements: dict[int, list[StoredStatement]] = {}
        self._numbered: dict[int, dict[int, StoredStatement]] = {}
        self._in_section: dict[int, dict[int, list[StoredStatement]]] = {}
        self._sources: dict[tuple[int, str], list[Source]] = {}
        self._validity: dict[tuple[int, date, date], Validity] = {}
        self._clauses: dict[int, list[tuple[str, str]]] = {}
        self._entries: dict[int, float | None] = {}
        self._periods: dict[int, dict[int, Period]] = {}
        self._banded: dict[int, dict[int, StoredStatement]] = {}
        versions = {(p.plan_id, v.version_id): (p, v) for p in self.register.plans for v in p.versions}
        self.shelves = {
            d.document_id: Shelf(d, *versions[d.plan_id, d.version_id])
            for d in store.documents(chosen)
            if (d.plan_id, d.version_id) in versions
        }
        self.council_rank = self._council_rank()
        self.local_level = self._local_level()
        self.units = self._units()
        self.owners = tuple(dict.fromkeys(p.owner for p in self.register.plans if p.owner))

    def _units(self) -> tuple[str, ...]:
        """Names of the units that own plans, each of several that own one together."""
        owners = [p.owner for p in self.register.plans if p.owner]
        names = [name.strip() for owner in owners for name in re.split(r",| og | and | och | und ", owner)]
        return tuple(dict.fromkeys(f"{name} " for name in names if name))

    def _council_rank(self) -> int:
        """The rank of the body that adopts most plans that are no law: the municipality's council."""
        local = [
            rank for plan in self.register.plans if plan.kind not in _LAW_KINDS for rank in self._ranks(plan)
        ]
        return min(local, key=lambda rank: (-local.count(rank), rank), default=0)

    def _local_level(self) -> int:
        """The highest level at which the council or a body below it adopts; all are the state's above it."""
        own = [p.level for p in self.register.plans if any(r >= self.council_rank for r in self._ranks(p))]
        others = [p.level for p in self.register.plans if p.kind not in _LAW_KINDS]
        return min(own or others, default=self.register.levels[-1].rank)

    def _ranks(self, plan: Plan) -> list[int]:
        """The ranks of the bodies that adopted the versions of a plan, as far as they are known."""
        bodies = (self.register.body(version.adopted_by) for version in plan.versions)
        return [body.rank for body in bodies if body is not None]

    def validity(self, shelf: Shelf, as_of: date) -> Validity:
        today = date.today()
        key = (shelf.document.document_id, as_of, today)
        found = self._validity.get(key)
        if found is None:
            if len(self._validity) > _MOST_VALIDITIES:
                self._validity.clear()
            found = validity(self.register, shelf.plan, shelf.version, as_of, today=today)
            self._validity[key] = found
        return found

    def period(self, statement: StoredStatement) -> Period | None:
        """The days between which a statement holds, where its own text says so."""
        if statement.document_id not in self._periods:
            self._periods[statement.document_id] = self.store.periods(statement.document_id)
        return self._periods[statement.document_id].get(statement.place)

    def in_force(self, as_of: date) -> tuple[list[int], list[int]]:
        """Documents that may govern on a date, and those that may not."""
        governing: list[int] = []
        silent: list[int] = []
        for document_id, shelf in self.shelves.items():
            (governing if self.validity(shelf, as_of).governs else silent).append(document_id)
        return governing, silent

    def section(self, document_id: int, place: int) -> StoredSection:
        if document_id not in self._sections:
            self._sections[document_id] = self.store.sections(document_id)
        return self._sections[document_id][place]

    def page(self, document_id: int, place: int) -> tuple[int | None, float | None]:
        """Physical number and recognition confidence of a page, by its place in the document."""
        if document_id not in self._pages:
            self._pages[document_id] = self.store.pages(document_id)
        return self._pages[document_id][place]

    def statements_of(self, document_id: int) -> list[StoredStatement]:
        """All statements of a document, in reading order."""
        if document_id not in self._statements:
            self._statements[document_id] = self.store.statements_of(document_id)
        return self._statements[document_id]

    def statement(self, document_id: int, statement_id: int) -> StoredStatement:
        """A statement of a document, as `statements_of` has it."""
        if document_id not in self._numbered:
            self._numbered[document_id] = {s.statement_id: s for s in self.statements_of(document_id)}
        return self._numbered[document_id][statement_id]

    def section_of(self, statement: StoredStatement) -> list[StoredStatement]:
        """The statements of its section, it among them, in reading order."""
        document_id = statement.document_id
        if document_id not in self._in_section:
            by_section = self._in_section[document_id] = {}
            for each in self.statements_of(document_id):
                by_section.setdefault(each.section, []).append(each)
        return self._in_section[document_id][statement.section]

    def banded(self, statement: StoredStatement) -> StoredStatement:
        """The statement; a row of a table of limits with the band it reaches over."""
        document_id = statement.document_id
        if document_id not in self._banded:
            self._banded[document_id] = banded(self.statements_of(document_id))
        return self._banded[document_id].get(statement.statement_id, statement)

    def entry_value(self, document_id: int) -> float | None:
        """The value from which a law applies, where it says so itself."""
        if self.shelves[document_id].plan.level >= self.local_level:
            return None
        if document_id not in self._entries:
            self._entries[document_id] = entry_value(self.statements_of(document_id))
        return self._entries[document_id]

    def body_rank(self, shelf: Shelf) -> int:
        """Rank of the adopting body; where none is known the council's, one below it for advice, the state's above."""
        body = self.register.body(shelf.version.adopted_by)
        if body is not None:
            return body.rank
        if shelf.plan.level < self.local_level:
            return 0
        return self.council_rank + (shelf.plan.kind in ADVICE_KINDS)

    def put_first(self, documents: Sequence[int]) -> dict[str, frozenset[str]]:
        """By plan, the plans that clauses of these documents put before it, as far as their rank lets them."""
        ranks = {s.plan.plan_id: (s.plan.level, self.body_rank(s)) for s in self.shelves.values()}
        found: dict[str, set[str]] = {}
        for document_id in documents:
            own = self.shelves[document_id].plan
            for over, under in self._clauses_of(document_id):
                if ranks.get(own.plan_id, (0, 0)) <= ranks.get(under, (0, 0)):
                    found.setdefault(under, set()).add(over)
        return {under: frozenset(over) for under, over in found.items()}

    def _clauses_of(self, document_id: int) -> list[tuple[str, str]]:
        if document_id not in self._clauses:
            own = self.shelves[document_id].plan
            read = (clause(s.text, s.language, own, self.register) for s in self.statements_of(document_id))
            self._clauses[document_id] = [(a, b) for c in read if c for a in c.over for b in c.under]
        return self._clauses[document_id]

    def speaker(self, statement: StoredStatement, relevance: float, as_of: date, language: str) -> Speaker:
        shelf = self.shelves[statement.document_id]
        return Speaker(
            statement=statement,
            source=self.sources(statement, language)[0],
            plan=shelf.plan,
            validity=of_statement(self.validity(shelf, as_of), self.period(statement), as_of),
            relevance=relevance,
            body_rank=self.body_rank(shelf),
            council_rank=self.council_rank,
        )

    def speaker_like(self, speaker: Speaker, statement: StoredStatement) -> Speaker:
        """Another statement of the same document in a speaker's place, as relevant as it."""
        source = self.sources(statement, speaker.source.language)[0]
        source = replace(source, level_name=speaker.source.level_name)
        return replace(speaker, statement=self.banded(statement), source=source)

    def sources(self, statement: StoredStatement, language: str) -> list[Source]:
        """Where a statement stands: one source, or one a page where it goes over a page break."""
        key = (statement.statement_id, language)
        found = self._sources.get(key)
        if found is None:
            if len(self._sources) > _MOST_SOURCES:
                self._sources.clear()
            found = self._sources[key] = self._placed(statement, language)
        return found

    def _placed(self, statement: StoredStatement, language: str) -> list[Source]:
        by_page: dict[int, list[Span]] = {}
        for span in statement.spans:
            by_page.setdefault(span.page_index, []).append(span)
        found = []
        for place, spans in by_page.items():
            number, confidence = self.page(statement.document_id, place)
            quote = statement.text
            if len(by_page) > 1:
                text = self.store.text_at(statement.document_id, place)
                quote = folded_text("\n".join(text[s.start : s.end] for s in spans))
            found.append(self._source(statement, number, quote, confidence, language))
        return found

    def _source(
        self,
        statement: StoredStatement,
        page: int | None,
        quote: str,
        confidence: float | None,
        language: str,
    ) -> Source:
        shelf = self.shelves[statement.document_id]
        section = self.section(statement.document_id, statement.section)
        own = self.period(statement) or Period()
        return Source(
            statement_id=statement.statement_id,
            document_id=statement.document_id,
            plan_id=shelf.plan.plan_id,
            version_id=shelf.version.version_id,
            file=shelf.document.file,
            title=shelf.version.title,
            level=shelf.plan.level,
            level_name=self.register.level(shelf.plan.level).name(language),
            section=section.number or section.heading,
            page=page,
            quote=quote,
            language=statement.language,
            force=statement.force,
            adopted_on=shelf.version.adopted_on,
            valid_from=own.valid_from or shelf.version.valid_from,
            valid_to=own.valid_to or shelf.version.valid_to,
            ocr_confidence=confidence,
            corrected=CORRECTED in statement.flags,
        )

    def ranked(self, rows: Sequence[tuple[int, float]]) -> tuple[RankedPassage, ...]:
        """Passages by row and score, as they are listed."""
        found = self.store.passages([row for row, _ in rows])
        ranked = []
        for rank, (row, score) in enumerate(rows, 1):
            passage = found[row]
            shelf = self.shelves[passage.document_id]
            section = self.section(passage.document_id, passage.section)
            ranked.append(
                RankedPassage(
                    rank=rank,
                    plan_id=shelf.plan.plan_id,
                    file=shelf.document.file,
                    title=shelf.version.title,
                    level=shelf.plan.level,
                    section=section.number or section.heading,
                    page=self.page(passage.document_id, passage.spans[0].page_index)[0],
                    score=round(score, 4),
                    text=passage.text,
                )
            )
        return tuple(ranked)

    def original(self, file: str) -> Path | None:
        """The stored copy of a cited file."""
        for shelf in self.shelves.values():
            if shelf.document.file == file:
                path = original_path(self.store.folder, shelf.document.content_hash, file)
                return path if path.exists() else None
        return None

    def page_text(self, file: str, page: int | None) -> str:
        """The text of a page as found, empty where there is none."""
        for document_id, shelf in self.shelves.items():
            if shelf.document.file == file:
                return self.store.page_text(document_id, page)
        return ""

    def recognised_words(self, file: str, page: int) -> tuple[WordBox, ...]:
        """Where the words of a scanned page stand; none for a page that was text."""
        for document_id, shelf in self.shelves.items():
            if shelf.document.file == file:
                return self.store.recognised_words(document_id, page)
        return ()
