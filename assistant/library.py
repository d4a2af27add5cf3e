"""One municipality's indexed plans as a question meets them: documents, registers, validity, sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assistant.answers import RankedPassage, Source
from assistant.authority import Speaker
from assistant.desk.validity import Validity, validity
from assistant.errors import UnknownMunicipality
from ingest.build import original_path
from ingest.fold import folded_text
from ingest.plans import Plan, PlanVersion, Register, Span
from ingest.register_record import from_json
from ingest.store import Store, StoredDocument, StoredSection, StoredStatement

_LOCAL_LEVEL = 2
"""The highest level whose texts are the municipality's own, in a scheme that does not say."""


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
        versions = {(p.plan_id, v.version_id): (p, v) for p in self.register.plans for v in p.versions}
        self.shelves = {
            d.document_id: Shelf(d, *versions[d.plan_id, d.version_id])
            for d in store.documents(chosen)
            if (d.plan_id, d.version_id) in versions
        }
        self.council_rank = self._council_rank()

    def _council_rank(self) -> int:
        """The rank of the body that adopts most of the municipality's own plans: its council."""
        local = [
            body.rank
            for plan in self.register.plans
            if plan.level >= _LOCAL_LEVEL
            for version in plan.versions
            if (body := self.register.body(version.adopted_by))
        ]
        return min(local, key=lambda rank: (-local.count(rank), rank), default=0)

    def validity(self, shelf: Shelf, as_of: date) -> Validity:
        return validity(self.register, shelf.plan, shelf.version, as_of, today=date.today())

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

    def body_rank(self, shelf: Shelf) -> int:
        """Rank of the adopting body; where none is known, the council's, and the level's above it."""
        body = self.register.body(shelf.version.adopted_by)
        if body is not None:
            return body.rank
        return self.council_rank if shelf.plan.level >= _LOCAL_LEVEL else 0

    def speaker(self, statement: StoredStatement, relevance: float, as_of: date, language: str) -> Speaker:
        shelf = self.shelves[statement.document_id]
        return Speaker(
            statement=statement,
            source=self.sources(statement, language)[0],
            plan=shelf.plan,
            validity=self.validity(shelf, as_of),
            relevance=relevance,
            body_rank=self.body_rank(shelf),
            council_rank=self.council_rank,
        )

    def sources(self, statement: StoredStatement, language: str) -> list[Source]:
        """Where a statement stands: one source, or one a page where it goes over a page break."""
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
            valid_from=shelf.version.valid_from,
            valid_to=shelf.version.valid_to,
            ocr_confidence=confidence,
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
