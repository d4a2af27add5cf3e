"""Items from a dataset of an evaluation: its questions, with the plan, the quote and the figure its key names.

Reads the folder that `qa export --as dataset` and the evaluation write: `queries.jsonl` and
`qrels/quotes.jsonl`. A key of somebody's making is a draft here, as everything that is brought in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from assistant.training.asked import rows_of
from assistant.training.craft import Craft
from assistant.training.errors import BadSet
from assistant.training.items import Difficulty, Item
from assistant.training.questions import which_figure, which_plan
from assistant.training.trainer import Trainer
from ingest.fold import folded_text
from ingest.plans import Force
from ingest.store import StoredStatement

QUERIES = "queries.jsonl"
_QUOTES = Path("qrels") / "quotes.jsonl"
_ANSWERED = "answered"


def items_of(trainer: Trainer, path: Path) -> Iterator[Item | str]:
    """An item or two of each question with a key, else what stands in the way, with the line's number.

    `path` is the folder, or its file of questions.

    Raises:
        BadSet: a file cannot be read.
    """
    folder, queries = (path, path / QUERIES) if path.is_dir() else (path.parent, path)
    evidence = rows_of(folder / _QUOTES) if (folder / _QUOTES).exists() else []
    for number, row in enumerate(rows_of(queries), 1):
        quotes = [e for e in evidence if e.get("query_id") == row.get("id")]
        try:
            yield from _items(trainer, row, quotes)
        except BadSet as error:
            yield f"row {number}: {error}"


def _items(trainer: Trainer, row: Mapping[str, Any], evidence: Sequence[Mapping[str, Any]]) -> Iterator[Item]:
    question, expected = str(row.get("question") or "").strip(), row.get("expected") or {}
    if not question or expected.get("outcome", _ANSWERED) != _ANSWERED:
        raise BadSet("no answer is expected of it, so it gives no item")
    if row.get("history"):
        raise BadSet("it follows up another question; write it so that it can be read alone")
    craft = trainer.craft(str(row.get("language") or trainer.language))
    governing = [e for e in evidence if e.get("role", "governing") == "governing"]
    if not governing:
        raise BadSet(f"no quote of the governing plan stands in {_QUOTES}")
    statement = _place(craft, governing[0])
    quote = craft.quote(craft.material.rule(statement, ""))
    force = str(expected.get("force") or statement.force.value)
    force = force if force in list(Force) else statement.force.value
    cited = {t for e in evidence if (t := _title(craft, str(e.get("plan_id"))))}
    items = [which_plan(craft, question, quote, cited, force=force, bound=statement.text)]
    facts = [str(spelled[0]) for spelled in expected.get("key_facts") or () if spelled]
    figures = (which_figure(craft, question, quote, fact, statement.text, force) for fact in facts)
    items += [item for item in figures if item is not None][:1]
    for item in items:
        yield _graded(item, row)


def _graded(item: Item, row: Mapping[str, Any]) -> Item:
    said = row.get("difficulty")
    return replace(item, difficulty=Difficulty(said)) if said in list(Difficulty) else item


def _place(craft: Craft, evidence: Mapping[str, Any]) -> StoredStatement:
    """The sentence in force that a quote stands in, or that stands in it."""
    plan_id, said = str(evidence.get("plan_id")), folded_text(str(evidence.get("quote") or ""))
    library = craft.material.library
    shelves = [s for s in library.shelves.items() if s[1].plan.plan_id == plan_id]
    if not shelves:
        raise BadSet(f"the register has no plan {plan_id!r}; is the dataset of another municipality?")
    for document_id, shelf in shelves:
        if not library.validity(shelf, craft.material.as_of).governs:
            continue
        for statement in library.statements_of(document_id):
            text = folded_text(statement.text)
            if said and (said in text or (text in said and len(text) * 2 > len(said))):
                return statement
    raise BadSet(f"its quote stands in no sentence of {plan_id} that is in force: “{said[:80]}”")


def _title(craft: Craft, plan_id: str) -> str:
    shelves = craft.material.library.shelves.values()
    return next((s.version.title for s in shelves if s.plan.plan_id == plan_id), "")
