"""What typing errors cost: `python -m eval.typing_errors DATASET`.

The same questions twice, clean and with one error in a tenth of the words, several times over; the loss is
paired, question by question. Measured is the search alone: the share of the pages that answer among the first five.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from eval.answers import passage_from
from eval.dataset import Dataset, Question
from eval.errors import EvalError, RunError
from eval.judge import LocalJudge
from eval.layers.retrieval import DEPTH, score_retrieval
from eval.measures.significance import paired_bootstrap
from eval.mistyped import mistyped
from eval.run import Bench, Contestant

MEASURE = "page_R@5"
SHARE = 0.1
SEEDS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class TypingLoss:
    """`clean` and `mistyped` are means of page recall; `loss` is what errors cost, with its 95 % interval.

    `touched` questions had an error in one of the rounds at least; `loss_touched` is over those errors alone.
    """

    dataset: str
    n: int
    rounds: int
    clean: float
    mistyped: tuple[float, ...]
    loss: float
    low: float
    high: float
    touched: int
    loss_touched: float


def measure(bench: Bench, contestant: Contestant, questions: Sequence[Question], share: float) -> TypingLoss:
    """The loss over the questions that have a page to find.

    Raises:
        RunError: there are none.
    """
    recalls = {q.query_id: _recall(bench, contestant, q) for q in questions}
    asked = [(q, found) for q in questions if (found := recalls[q.query_id]) is not None]
    if not asked:
        raise RunError(f"{bench.dataset.folder}: no question of this split has a page that answers it")
    clean = [found for _, found in asked]
    rounds: list[list[float]] = []
    touched: dict[str, list[float]] = {}
    for seed in range(SEEDS):
        rounds.append([])
        for question, before in asked:
            wrong, after = _mistyped(question, share, seed), before
            if wrong.question != question.question:
                after = _recall(bench, contestant, wrong) or 0.0
                touched.setdefault(question.query_id, []).append(before - after)
            rounds[-1].append(after)
    paired = paired_bootstrap([_mean(each) for each in zip(*rounds, strict=True)], clean, seed=0)
    return TypingLoss(
        dataset=bench.dataset.name,
        n=len(asked),
        rounds=SEEDS,
        clean=_mean(clean),
        mistyped=tuple(_mean(each) for each in rounds),
        loss=paired.mean,
        low=paired.low,
        high=paired.high,
        touched=len(touched),
        loss_touched=_mean([loss for losses in touched.values() for loss in losses]),
    )


def _mistyped(question: Question, share: float, seed: int) -> Question:
    rng = random.Random(f"{seed}/{question.query_id}")
    return replace(question, question=mistyped(question.question, question.language, rng, share))


def _recall(bench: Bench, contestant: Contestant, question: Question) -> float | None:
    assert contestant.search is not None
    passages = [passage_from(each) for each in contestant.search(question.asked(), DEPTH)]
    return score_retrieval(bench.case(question), passages).scores.get(MEASURE)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def as_text(found: Sequence[TypingLoss]) -> str:
    """A Markdown table, a dataset a row."""
    lines = [
        "| | n | clean | with typing errors | loss (95 %) | loss where there was one |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    lines += [
        f"| {a.dataset} | {a.n} | {a.clean:.3f} | {' '.join(f'{each:.3f}' for each in a.mistyped)}"
        f" | {a.loss:+.3f} ({a.low:+.3f} to {a.high:+.3f}) | {a.loss_touched:+.3f} of {a.touched} |"
        for a in found
    ]
    return "\n".join(lines) + "\n"


def main(argv: Sequence[str] | None = None) -> int:
    given = _parser().parse_args(argv)
    try:
        found = measure_dataset(given.dataset, given.index, given.split, given.share)
    except EvalError as error:
        sys.stderr.write(f"eval.typing_errors: {error}\n")
        return 1
    sys.stdout.write(json.dumps(asdict(found)) + "\n" if given.json else as_text([found]))
    return 0


def measure_dataset(named: str, index: Path | None, split: str, share: float = SHARE) -> TypingLoss:
    """The loss of the assistant's search on a dataset, by its name or folder."""
    from eval.commands import dataset_at
    from eval.contestants import ASSISTANT, open_contestant

    dataset: Dataset = dataset_at(named)
    bench = Bench(dataset=dataset, judge=LocalJudge())
    return measure(bench, open_contestant(bench, ASSISTANT, index), dataset.of_split(split), share)


def _parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        prog="python -m eval.typing_errors", description=str(__doc__).partition("\n")[0]
    )
    made.add_argument(
        "dataset", metavar="DATASET", help="a dataset folder, or skogvang, harrowmere, lindhaga"
    )
    made.add_argument("--index", type=Path, metavar="DIR", help="default: made of the dataset's documents")
    made.add_argument("--split", choices=("all", "tune", "held_out"), default="tune")
    made.add_argument(
        "--share", type=float, default=SHARE, metavar="P", help="of the words, an error in each"
    )
    made.add_argument("--json", action="store_true", help="one JSON object on stdout")
    return made


if __name__ == "__main__":
    sys.exit(main())
