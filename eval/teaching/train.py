"""Teaches the default encoder how purchasers ask and how plans answer: `python -m eval.teaching.train`.

A question is drawn towards the statements of its set that answer it and away from all the others, the tempting
ones among them (InfoNCE with several positives, van den Oord et al. 2018; Khosla et al. 2020). A question that
nothing answers is kept away from all, by a logistic loss on the same similarities (Zhai et al. 2023), which also
keeps similarities comparable between questions. Only the upper layers learn; what is written is their difference.
"""

from __future__ import annotations

import argparse
import math
import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch

from eval.teaching.body import Body
from eval.teaching.material import Asked, TeachingSet, read_sets, split

TEMPERATURE = 0.02
UPPER = 6
QUESTIONS = 50
"""Questions of a step; they meet all the statements of their set."""
SURENESS = 0.1
"""What the logistic loss weighs beside the contrast."""
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


def teach(
    body: Body,
    sets: Sequence[TeachingSet],
    held: Sequence[TeachingSet],
    *,
    epochs: int,
    rate: float,
    seed: int,
    out: Path,
) -> None:
    """Trains `body` in place; writes what it learned and says how it does on `held` after each round."""
    rng = random.Random(seed)
    torch.manual_seed(seed)
    slope, offset = torch.tensor(30.0, requires_grad=True), torch.tensor(-27.0, requires_grad=True)
    optimizer = torch.optim.AdamW(
        [
            {"params": body.parameters(), "lr": rate},
            {"params": [slope, offset], "lr": 0.02, "weight_decay": 0.0},
        ],
        weight_decay=0.01,
    )
    total = epochs * len(lessons(sets, random.Random(seed)))
    warm = max(1, total // 10)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / warm, max(0.02, (total - s) / (total - warm)))
    )
    started = time.perf_counter()
    for epoch in range(epochs):
        losses = []
        for each, questions in lessons(sets, rng):
            optimizer.zero_grad()
            around = rng.sample(each.surroundings, min(SURROUNDINGS, len(each.surroundings)))
            loss = loss_of(body, questions, [*each.statements, *around], slope, offset)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(body.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            losses.append(float(loss.detach()))
        words = (
            f"epoch {epoch + 1}: loss {sum(losses) / len(losses):.3f}, {time.perf_counter() - started:.0f} s"
        )
        torch.save(body.state(), out)
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
    print(f"{len(learn)} sets, {sum(len(s.questions) for s in learn)} questions", file=sys.stderr)
    print("before", score(body, held), file=sys.stderr, flush=True)
    teach(
        body,
        learn,
        epochs=arguments.epochs,
        rate=arguments.rate,
        seed=arguments.seed,
        held=held,
        out=arguments.out,
    )


if __name__ == "__main__":
    main()
