"""Teaches the default encoder how purchasers ask and how plans answer: `python -m eval.teaching.train`.

A question is drawn towards the statements of its set that answer it and away from all the others, the tempting
ones among them (InfoNCE with several positives, van den Oord et al. 2018; Khosla et al. 2020). A question that
nothing answers is kept away from all, by a logistic loss on the same similarities (Zhai et al. 2023), which also
keeps similarities comparable between questions. Long passages of general text are learned beside them, and held
to the vectors they had (feature distillation, Romero et al. 2015): a teacher of short rules alone makes an encoder
forget how to read those. Only the upper layers learn; what is written is their difference.
"""

from __future__ import annotations

import argparse
import math
import random
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from eval.teaching.body import Body
from eval.teaching.material import Asked, Passage, TeachingSet, read_general, read_sets, split

TEMPERATURE = 0.02
UPPER = 6
QUESTIONS = 50
"""Questions of a step; they meet all the statements of their set."""
SURENESS = 0.1
"""What the logistic loss weighs beside the contrast."""
GENERAL_PASSAGES = 16
"""General passages of a step, with all their questions."""
GENERAL_ROUNDS = 2
"""How often a general passage is met in a round of the rules."""
HOLD = 20.0
"""What it weighs that general text keeps its vector: one minus the cosine."""
SURROUNDINGS = 24
"""Texts of a step that answer nothing, beside the statements of the set."""


def loss_of(body: Body, lesson: Sequence[Asked], statements: Sequence[str], slope: Any, offset: Any) -> Any:
    """The loss of some questions against all the statements of their set."""
    queries = body.vectors([f"query: {q.text}" for q in lesson])
    passages = body.vectors([f"passage: {s}" for s in statements])
    cosine = queries @ passages.T
    answers = torch.zeros_like(cosine, dtype=torch.bool)
    for row, question in enumerate(lesson):
        answers[row, list(question.answers)] = True
    some = answers.any(1)
    scores = cosine / TEMPERATURE
    right = scores.masked_fill(~answers, -math.inf)
    contrast = (torch.logsumexp(scores[some], 1) - torch.logsumexp(right[some], 1)).mean()
    sure = (
        torch.nn.functional.binary_cross_entropy_with_logits(
            slope * cosine + offset, answers.float(), reduction="none"
        )
        .sum(1)
        .mean()
    )
    return contrast + SURENESS * sure


class General:
    """Long passages of general text, with the vectors that the untaught encoder gives them."""

    def __init__(self, body: Body, passages: Sequence[Passage]) -> None:
        self._passages = list(passages)
        texts = [f"passage: {p.text}" for p in passages]
        texts += [f"query: {q}" for p in passages for q in p.questions]
        self._before = dict(zip(texts, body.encode(texts), strict=True))

    def steps(self, rng: random.Random) -> list[list[Passage]]:
        """All passages once, in steps, in random order."""
        some = self._passages[:]
        rng.shuffle(some)
        return [some[i : i + GENERAL_PASSAGES] for i in range(0, len(some), GENERAL_PASSAGES)]

    def loss(self, body: Body, some: Sequence[Passage]) -> Any:
        """The loss of finding each question's passage among `some`, and of moving away from the vectors before."""
        asked = [(row, q) for row, p in enumerate(some) for q in p.questions]
        texts = [f"passage: {p.text}" for p in some] + [f"query: {q}" for _, q in asked]
        vectors = body.vectors(texts)
        passages, queries = vectors[: len(some)], vectors[len(some) :]
        rows = torch.tensor([row for row, _ in asked])
        contrast = torch.nn.functional.cross_entropy(queries @ passages.T / TEMPERATURE, rows)
        before = torch.stack([self._before[t] for t in texts])
        return contrast + HOLD * (1 - (vectors * before).sum(1)).mean()


def lessons(sets: Sequence[TeachingSet], rng: random.Random) -> list[tuple[TeachingSet, list[Asked]]]:
    """All questions once, in steps of one set each, in random order."""
    made = []
    for each in sets:
        questions = list(each.questions)
        rng.shuffle(questions)
        steps = max(1, round(len(questions) / QUESTIONS))
        made += [(each, questions[i::steps]) for i in range(steps)]
    rng.shuffle(made)
    return made


@dataclass(frozen=True, slots=True)
class Learning:
    """What a training keeps from step to step."""

    body: Body
    optimizer: Any
    schedule: Any
    slope: Any
    offset: Any
    reading: General
    rng: random.Random


def begin(
    body: Body,
    sets: Sequence[TeachingSet],
    general: Sequence[Passage],
    *,
    epochs: int,
    rate: float,
    seed: int,
    sure: tuple[float, float] = (30.0, -27.0),
) -> Learning:
    """A training of `body` in place, before its first step. `sure`: slope and offset that the logistic loss begins with."""
    rng = random.Random(seed)
    torch.manual_seed(seed)
    slope, offset = (torch.tensor(value, requires_grad=True) for value in sure)
    optimizer = torch.optim.AdamW(
        [
            {"params": body.parameters(), "lr": rate},
            {"params": [slope, offset], "lr": 0.02, "weight_decay": 0.0},
        ],
        weight_decay=0.01,
    )
    reading = General(body, general)
    total = epochs * len(lessons(sets, random.Random(seed)))
    warm = max(1, total // 10)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / warm, max(0.02, (total - s) / max(1, total - warm)))
    )
    return Learning(body, optimizer, schedule, slope, offset, reading, rng)


def learn_once(learning: Learning, sets: Sequence[TeachingSet]) -> float:
    """A round: every question of `sets` once, general passages beside them; the mean loss."""
    body, rng = learning.body, learning.rng
    losses = []
    texts = [some for _ in range(GENERAL_ROUNDS) for some in learning.reading.steps(rng)]
    planned = lessons(sets, rng)
    every = max(1, len(planned) // max(1, len(texts)))
    for step, (each, questions) in enumerate(planned):
        learning.optimizer.zero_grad()
        around = rng.sample(each.surroundings, min(SURROUNDINGS, len(each.surroundings)))
        loss = loss_of(body, questions, [*each.statements, *around], learning.slope, learning.offset)
        loss.backward()
        if texts and step % every == 0:
            learning.reading.loss(body, texts.pop()).backward()
        torch.nn.utils.clip_grad_norm_(body.parameters(), 1.0)
        learning.optimizer.step()
        learning.schedule.step()
        losses.append(float(loss.detach()))
    return sum(losses) / len(losses)


def teach(
    body: Body,
    sets: Sequence[TeachingSet],
    held: Sequence[TeachingSet],
    general: Sequence[Passage],
    *,
    epochs: int,
    rate: float,
    seed: int,
    out: Path,
) -> None:
    """Trains `body` in place; writes what it learned and says how it does on `held` after each round."""
    learning = begin(body, sets, general, epochs=epochs, rate=rate, seed=seed)
    started = time.perf_counter()
    for epoch in range(epochs):
        loss = learn_once(learning, sets)
        torch.save(body.state(), out)
        words = f"epoch {epoch + 1}: loss {loss:.3f}, {time.perf_counter() - started:.0f} s"
        print(words, score(body, held), file=sys.stderr, flush=True)


def score(body: Body, sets: Sequence[TeachingSet]) -> dict[str, str]:
    """Rank-1 share and reciprocal rank within the set and what stands around it, and whether similarity tells
    the unanswerable (AUROC)."""
    first = 0
    ranks: list[float] = []
    answered: list[float] = []
    silent: list[float] = []
    for each in sets:
        queries = body.encode([f"query: {q.text}" for q in each.questions])
        texts = [*each.statements, *each.surroundings]
        cosine = queries @ body.encode([f"passage: {t}" for t in texts]).T
        for row, question in zip(cosine, each.questions, strict=True):
            if not question.answers:
                silent.append(float(row.max()))
                continue
            order = row.argsort(descending=True).tolist()
            rank = min(order.index(a) for a in question.answers)
            first += rank == 0
            ranks.append(1 / (rank + 1))
            answered.append(float(row.max()))
    wins = sum((a > s) + (a == s) / 2 for a in answered for s in silent)
    return {
        "R@1": f"{first}/{len(ranks)}",
        "MRR": f"{sum(ranks) / max(1, len(ranks)):.3f}",
        "AUROC": f"{wins / max(1, len(answered) * len(silent)):.3f}",
    }


def score_general(body: Body, passages: Sequence[Passage]) -> str:
    """Reciprocal rank of each question's passage among all."""
    texts = body.encode([f"passage: {p.text}" for p in passages])
    asked = [(row, q) for row, p in enumerate(passages) for q in p.questions]
    cosine = body.encode([f"query: {q}" for _, q in asked]) @ texts.T
    rows = torch.tensor([row for row, _ in asked])
    right = cosine[torch.arange(len(asked)), rows]
    return f"{float((1 / (cosine >= right[:, None]).sum(1)).mean()):.3f}"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m eval.teaching.train", description=__doc__)
    parser.add_argument("--base", type=Path, required=True, help="folder of the sentence-transformers model")
    parser.add_argument("--out", type=Path, required=True, help="where the weights that learned are written")
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--rate", type=float, default=4e-5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--share", type=float, default=1.0, help="share of the sets to learn from")
    parser.add_argument("--all", action="store_true", help="hold nothing out")
    arguments = parser.parse_args()
    sets = read_sets()
    learn, held = split(sets)
    if arguments.all:
        learn = sets
    random.Random(arguments.seed).shuffle(learn)
    learn = learn[: max(1, round(arguments.share * len(learn)))]
    body = Body(arguments.base, upper=UPPER)
    general = read_general()
    kept = general if arguments.all else [p for i, p in enumerate(general) if i % 5]
    unseen = general[::5]
    print(f"{len(learn)} sets, {sum(len(s.questions) for s in learn)} questions", file=sys.stderr)
    print("before", score(body, held), score_general(body, unseen), file=sys.stderr, flush=True)
    teach(
        body,
        learn,
        epochs=arguments.epochs,
        rate=arguments.rate,
        seed=arguments.seed,
        held=held,
        general=kept,
        out=arguments.out,
    )
    print("general text", score_general(body, unseen), file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
