"""The one place where real parts are chosen and put together."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from assistant.answers import Answer, Facts, Question, RankedPassage, Turn
from assistant.ask import Parts, Trace, ask, search
from assistant.chat import ChatModel, open_chat
from assistant.compose.phrased import Said, phrase, phrasing
from assistant.errors import BadQuestion
from assistant.evidence import THRESHOLD
from assistant.library import Library
from assistant.purchase import Purchase, read_purchase
from assistant.purchase_answer import answer_purchase
from assistant.question import facts as read_facts
from assistant.retrieve import EXACT_LIMIT, Retriever
from assistant.settings import Settings, from_environment
from ingest import build, search_files
from ingest.embed import Encoder, encoder_name, open_encoder
from ingest.errors import EncoderMismatch
from ingest.plans import WordBox
from ingest.store import Store

CALIBRATION = "calibration.json"

MAX_QUESTION = 2_000
"""Characters of a question that are read."""


class Assistant:
    """Answers from one index. Follows the index when it changes; safe to use from several threads."""

    def __init__(self, index: Path, settings: Settings, municipality: str | None = None) -> None:
        self.index = index
        self._settings = settings
        self._municipality = municipality
        self._lock = threading.Lock()
        self._encoder: Encoder | None = None
        self._chat: ChatModel | None = None
        self._parts: tuple[int, Parts] | None = None
        self._store = Store.open(index)
        self._check_encoder()

    def answer(self, question: Mapping[str, Any]) -> dict[str, Any]:
        """The contract's answer JSON for a question object (`question`, optional `lang`, `as_of`, `history`)."""
        return self.ask(to_question(question))[0].to_json()

    def ask(self, question: Question) -> tuple[Answer, Trace]:
        parts, found, purchase = self._read(question)
        if purchase is not None:
            return answer_purchase(question, found, purchase, parts)
        answer, trace = ask(question, parts, date.today(), threshold=self._threshold(), facts=found)
        chat = self.chat()
        return (answer if chat is None else phrase(answer, trace.decision, chat)), trace

    def answer_in_parts(self, question: Mapping[str, Any], told: Callable[[str], None]) -> dict[str, Any]:
        """As `answer`; `told` gets each sentence as it is ready: a step of a purchase, a verified sentence."""
        asked = to_question(question)
        parts, found, purchase = self._read(asked)
        if purchase is not None:
            return answer_purchase(asked, found, purchase, parts, told)[0].to_json()
        answer, trace = ask(asked, parts, date.today(), threshold=self._threshold(), facts=found)
        chat = self.chat()
        if chat is None:
            return answer.to_json()
        with closing(phrasing(answer, trace.decision, chat)) as spoken:
            for part in spoken:
                if isinstance(part, Said):
                    told(part.text)
                else:
                    answer = part
        return answer.to_json()

    def _read(self, question: Question) -> tuple[Parts, Facts, Purchase | None]:
        parts = self.parts()
        languages = parts.library.register.municipality.languages
        found = read_facts(question, languages=languages, today=date.today())
        return parts, found, read_purchase(found)

    def chat(self) -> ChatModel | None:
        """The language model of the settings, opened at the first question; None where none is set.

        Raises:
            BadSetting: the model cannot be opened.
        """
        chosen = self._settings
        if chosen.model is None:
            return None
        with self._lock:
            if self._chat is None:
                self._chat = open_chat(
                    chosen.model, base_url=chosen.model_base_url, seconds=chosen.model_timeout
                )
            return self._chat

    def _threshold(self) -> float:
        """The threshold that `eval calibrate` has stored with this index, else the built-in one."""
        try:
            stored = json.loads((self.index / CALIBRATION).read_text(encoding="utf-8"))["threshold"]
        except (OSError, ValueError, KeyError):
            return THRESHOLD
        return float(stored) if isinstance(stored, int | float) else THRESHOLD

    def search(self, question: Mapping[str, Any], k: int = 10) -> list[dict[str, Any]]:
        """The `k` best passages for a question object, as the contract lists them."""
        return [p.to_json() for p in self.ranked(to_question(question), k)]

    def ranked(self, question: Question, k: int) -> tuple[RankedPassage, ...]:
        parts = self.parts()
        languages = parts.library.register.municipality.languages
        found = read_facts(question, languages=languages, today=date.today())
        return search(found, parts, k)

    def parts(self) -> Parts:
        """The parts for the index as it is now; opened anew when it has changed."""
        with self._lock:
            generation = self._store.generation
            if self._parts is None or self._parts[0] != generation:
                self._parts = (generation, self._open(generation))
            return self._parts[1]

    def _open(self, generation: int) -> Parts:
        library = Library(self._store, self._municipality)
        if self._encoder is None:
            threads = self._settings.threads or None
            self._encoder = open_encoder(self._settings.encoder, self._settings.cache, threads=threads)
            self._refuse_other_encoder(self._encoder.name)
        files = search_files.load_or_write(self.index, self._store, generation)
        return Parts(library, self._retriever(files))

    def _retriever(self, files: search_files.SearchFiles) -> Retriever:
        """Exact where that is fast; from Chroma's candidates where there is too much, or where asked."""
        assert self._encoder is not None
        choice = self._settings.vectors
        if choice == "exact" or (choice == "auto" and len(files) <= EXACT_LIMIT):
            return Retriever(files, self._encoder)
        from ingest.chroma_index import ChromaPassages

        rows = {passage_id: row for row, passage_id, _ in self._store.all_passages()}
        return Retriever(files, self._encoder, ChromaPassages(self.index), rows)

    def _check_encoder(self) -> None:
        """Refuses a mismatch that can be told without loading a model."""
        name = encoder_name(self._settings.encoder)
        if name is not None:
            self._refuse_other_encoder(name)

    def _refuse_other_encoder(self, name: str) -> None:
        recorded = self._store.meta("encoder")
        if recorded is not None and recorded != name:
            raise EncoderMismatch(build.mismatch(self.index, recorded, name))

    # --- what a window shows ----------------------------------------------------------------

    @property
    def municipality(self) -> dict[str, Any]:
        municipality = self.parts().library.register.municipality
        return {
            "id": municipality.municipality_id,
            "name": municipality.name,
            "languages": list(municipality.languages),
        }

    def levels(self, language: str) -> list[dict[str, Any]]:
        register = self.parts().library.register
        return [
            {"rank": lv.rank, "name": lv.name(language)}
            for lv in sorted(register.levels, key=lambda lv: lv.rank)
        ]

    def examples(self, language: str) -> list[str]:
        """Questions this municipality's own plans answer."""
        from assistant.examples import examples

        return examples(self.parts().library, language)

    def original(self, file: str) -> Path | None:
        return self.parts().library.original(file)

    def page_text(self, file: str, page: int | None) -> str:
        return self.parts().library.page_text(file, page)

    def recognised_words(self, file: str, page: int) -> Sequence[WordBox]:
        return self.parts().library.recognised_words(file, page)

    def close(self) -> None:
        self._store.close()


def to_question(content: Mapping[str, Any]) -> Question:
    """A question object as untrusted input gives it.

    Raises:
        BadQuestion: no question text, or a date or history that cannot be read.
    """
    text = content.get("question", content.get("query"))
    if not isinstance(text, str) or not text.strip():
        raise BadQuestion("the question is empty; give its text as 'question'")
    as_of = content.get("as_of")
    try:
        day = date.fromisoformat(as_of) if isinstance(as_of, str) else None
    except ValueError as error:
        raise BadQuestion(f"the date {as_of!r} is not one; write it as 2026-11-20") from error
    turns = content.get("history") or []
    if not isinstance(turns, list) or not all(isinstance(t, dict) for t in turns):
        raise BadQuestion("'history' must be a list of {role, content}")
    name = content.get("id")
    return Question(
        text=text.strip()[:MAX_QUESTION],
        question_id=None if name is None else str(name),
        language=content.get("lang") or content.get("language"),
        as_of=day,
        history=tuple(Turn(str(t.get("role", "user")), str(t.get("content", ""))) for t in turns),
    )


def open_assistant(
    index: Path, *, settings: Settings | None = None, municipality: str | None = None
) -> Assistant:
    """An assistant on an index.

    Raises:
        IndexMissing, IndexDamaged, EncoderMismatch.
    """
    return Assistant(index, settings or from_environment(), municipality)


def build_index(documents: Path, index: Path, *, settings: Settings | None = None) -> build.IngestReport:
    """Brings an index to what a folder of documents holds."""
    chosen = settings or from_environment()
    return build.ingest(documents, index, cache=chosen.cache, encoder=chosen.encoder)
