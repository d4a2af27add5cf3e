"""Who can be measured: the assistant on an index, and the baselines on the same documents."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from eval import baselines
from eval.baseline_search import bm25_search, chunks, dense_search, tutorial_search
from eval.errors import RunError
from eval.pages import PageTexts
from eval.provenance import folder_id
from eval.run import Answerer, Bench, Contestant, Progress, Search, silent
from eval.standing import Standings

if TYPE_CHECKING:
    from assistant.ask import Parts
    from assistant.wire import Assistant
    from eval.dataset import Dataset
    from ingest.embed import Encoder

ASSISTANT = "hjemmel"
BASELINES = ("bm25", "dense", "tutorial", "highest", "newest", "top")
"""`bm25`, `dense` and `tutorial` take the top chunk; `highest`, `newest` and `top` take the assistant's search."""


def open_contestant(
    bench: Bench, name: str, index: Path | None, *, progress: Progress = silent
) -> Contestant:
    """The assistant or a baseline, ready for every folder of the dataset.

    Without an index one is made of the dataset's documents and kept per user, by their content.

    Raises:
        RunError: the dataset names no documents and no index was given.
        Unavailable: a baseline needs a package that is not installed.
    """
    if name in {"bm25", "dense", "tutorial"}:
        search = _by_folder({folder: _chunk_search(bench, folder, name) for folder in bench.dataset.folders})
        return Contestant(
            name=name,
            answer=baselines.top_passage(search),
            search=search,
            index_id=_documents_id(bench.dataset),
        )
    opened = {
        folder: _open(indexed(bench.dataset, folder, index, progress)) for folder in bench.dataset.folders
    }
    search = _by_folder({folder: searcher(assistant) for folder, assistant in opened.items()})
    if name == ASSISTANT:
        answer = _answers_by_folder({folder: answerer(assistant) for folder, assistant in opened.items()})
    elif name == "highest":
        answer = baselines.highest_level_wins(search, bench.standings)
    elif name == "newest":
        answer = baselines.newest_wins(search, bench.standings)
    else:
        answer = baselines.top_passage(search)
    index_id = _documents_id(bench.dataset) if index is None else index_name(index)
    return Contestant(name=name, answer=answer, search=search, index_id=index_id, settings=_settings())


def answerer(assistant: Assistant) -> Answerer:
    """The assistant's answers, with its own estimate that the plans answer as `confidence`.

    Asked with `trace`, every step from query to decision comes along.
    """
    from assistant.wire import to_question

    def answer(question: dict[str, object]) -> Mapping[str, object]:
        given, trace = assistant.ask(to_question(question))
        steps = trace.to_json()
        shown: dict[str, object] = dict(given.to_json())
        if steps.get("evidence"):
            shown["confidence"] = steps["evidence"]["probability"]
        return shown | ({"trace": steps} if question.get("trace") else {})

    return answer


def searcher(assistant: Assistant) -> Search:
    def search(question: dict[str, object], k: int) -> Sequence[Mapping[str, object]]:
        return assistant.search(question, k)

    return search


def open_assistant_on(index: Path) -> Assistant:
    return _open(index)


def parts_by_folder(dataset: Dataset, index: Path | None, progress: Progress = silent) -> dict[str, Parts]:
    """The parts of the assistant for every folder of a dataset, for what is measured apart from its answers.

    Raises:
        RunError: the dataset names no documents and no index was given.
    """
    return {folder: _open(indexed(dataset, folder, index, progress)).parts() for folder in dataset.folders}


def _open(index: Path) -> Assistant:
    from assistant.wire import open_assistant

    return open_assistant(index)


def indexed(dataset: Dataset, folder: str, index: Path | None, progress: Progress = silent) -> Path:
    """The index to ask: the one given (its sub-folder where there are several), else one made now."""
    if index is not None:
        return index / folder if folder else index
    documents = dataset.documents_of(folder)
    if documents is None or not documents.is_dir():
        raise RunError(f"{dataset.folder}: its documents are not at {documents}; give --index")
    made = index_for(documents)
    progress(f"bringing {made} to what {documents} holds")
    build(documents, made)
    return made


def index_for(documents: Path) -> Path:
    """Where the index of a folder of documents is kept: by content, so that it is made once."""
    from ingest.places import cache_folder

    return cache_folder(os.environ) / "eval" / folder_id(documents)


def build(documents: Path, index: Path) -> None:
    from assistant.wire import build_index

    index.mkdir(parents=True, exist_ok=True)
    build_index(documents, index)


def index_name(index: Path) -> str:
    """What tells one state of an index from another: its folder and how often it has changed."""
    from ingest.store import FILE, Store

    places = [index] if (index / FILE).exists() else sorted(p.parent for p in index.glob(f"*/{FILE}"))
    states = []
    for place in places:
        store = Store.open(place)
        states.append(f"{place.name}@{store.generation}/{store.meta('encoder')}")
        store.close()
    return ",".join(states) or index.name


def _documents_id(dataset: Dataset) -> str:
    documents = dataset.documents
    return folder_id(documents) if documents is not None and documents.is_dir() else ""


def _settings() -> dict[str, object]:
    return {
        name: value
        for name, value in sorted(os.environ.items())
        if name in {"HJEMMEL_ENCODER", "HJEMMEL_THREADS"}
    }


def _chunk_search(bench: Bench, folder: str, name: str) -> Search:
    pages, standings = _documents(bench, folder)
    if name == "bm25":
        return bm25_search(chunks(pages, standings), (*bench.dataset.languages, "nb")[0])
    encoder = default_encoder()
    if name == "dense":
        return dense_search(chunks(pages, standings), encoder.encode_passages, encoder.encode_queries)
    return tutorial_search(pages, standings, encoder.encode_passages, encoder.encode_queries)


def _documents(bench: Bench, folder: str) -> tuple[PageTexts, Standings | None]:
    if folder not in bench.pages:
        raise RunError(f"{bench.dataset.folder}: its documents are not at hand; a baseline reads them itself")
    return bench.pages[folder], bench.standings.get(folder)


def default_encoder() -> Encoder:
    from ingest.embed import DEFAULT, open_encoder
    from ingest.places import cache_folder

    chosen = os.environ.get("HJEMMEL_ENCODER") or DEFAULT
    threads = int(os.environ.get("HJEMMEL_THREADS") or 0) or None
    return open_encoder(chosen, cache_folder(os.environ), threads=threads)


def _by_folder(searches: Mapping[str, Search]) -> Search:
    def search(question: dict[str, object], k: int) -> Sequence[Mapping[str, object]]:
        return searches[str(question.get("folder") or "")](question, k)

    return search


def _answers_by_folder(
    answers: Mapping[str, Callable[[dict[str, object]], Mapping[str, object]]],
) -> Answerer:
    def answer(question: dict[str, object]) -> Mapping[str, object]:
        return answers[str(question.get("folder") or "")](question)

    return answer
