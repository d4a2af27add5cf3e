"""The trainer's questions and answers: made from the plans, checked by people, and kept true.

For a window or a command, everything goes through one `Trainer`:

    trainer = open_trainer(index)                         # bank beside the index, no model opened
    made = trainer.generate(Wish(count=10, language="nb", topic="ombruk før nykjøp", audience="kjøkken"))
    made.items, made.possible, made.dropped               # stored as drafts; store=False only shows
    trainer.generate(wish, reword=True).reworded          # how many a language model has worded
    trainer.from_asked(asked.read(path))                  # -> MadeOfAsked: .items .asked .unanswered[].question .times
    trainer.items(State.DRAFT)                            # the queue; also language=, plan=
    trainer.check(item)                                   # findings: .problem, .detail, .is_error
    trainer.approve([item.item_id], role="innkjøpsrådgiver")  # refuses what is unsound or stale, all or none
    review.reject(trainer.bank, item.item_id, reason="…", option=2)   # option None: the whole item
    review.edit(trainer.bank, item.item_id, "question", "…")
    trainer.bank.history(item.item_id)                    # events: .at .what .role .reason .detail
    trainer.coverage(trainer.items())                     # counts by plan, level, force, topic, kind, …
    trainer.standing(item), trainer.stale(as_of)          # .is_stale .changes[].words .answer_now .moved
    trainer.refresh(item_id)                              # new sources for what has only moved
    exports.export(trainer, items, Path("set.xml"))       # by ending; see `exports`
    trainer.bank.hand_out(items, municipality=…, how="link", place=…, name=…)   # -> Handout, .handout_id
    trainer.bank.handout(handout_id), trainer.bank.handouts(item_id=…)
    imports.bring_in(trainer, path, dry_run=True)   # CSV, XLSX, dataset -> Imported: .new .changed .unchanged .problems
    trainer.verified_answer(question, language, own=answer)   # -> Verified or None: .item .role .on .likeness

An `Item` is a frozen value (`items.py`); `item.options` have exactly one `right`, a matching item has `pairs`
instead. `quotes` are word for word with file and page. What an item is called in a language, its kinds, levels of
difficulty, and the words of a sheet stand in `prompts.training_texts(language)`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assistant.training.bank import Bank
    from assistant.training.generate import Generated
    from assistant.training.items import Difficulty, Item, Kind, Option, Pair, Quote, State
    from assistant.training.records import Event, Handout, bank_file
    from assistant.training.stale import Change, Standing
    from assistant.training.trainer import Trainer, Wish, open_trainer
    from assistant.training.verified import Verified

_HOMES = {
    "bank": ("Bank",),
    "records": ("Event", "Handout", "bank_file"),
    "generate": ("Generated",),
    "items": ("Difficulty", "Item", "Kind", "Option", "Pair", "Quote", "State"),
    "stale": ("Change", "Standing"),
    "trainer": ("Trainer", "Wish", "open_trainer"),
    "verified": ("Verified",),
}
"""Where each name lives. They are fetched at first use, so that `hjemmel --help` waits for none of them."""

__all__ = [
    "Bank",
    "Change",
    "Difficulty",
    "Event",
    "Generated",
    "Handout",
    "Item",
    "Kind",
    "Option",
    "Pair",
    "Quote",
    "Standing",
    "State",
    "Trainer",
    "Verified",
    "Wish",
    "bank_file",
    "open_trainer",
]


def __getattr__(name: str) -> Any:
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{home}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
