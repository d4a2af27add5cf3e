"""Teaches the default encoder how purchasers ask and how plans answer: `python -m eval.teaching.train`.

A low-rank adapter (LoRA, Hu et al. 2021) on the attention and feed-forward matrices, trained by contrast
(InfoNCE, van den Oord et al. 2018): a question against the statement that answers it, the tempting wrong ones of
its set, and the other questions' statements. The word embeddings stay as they are. Runs on two cores.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

SETS = Path(__file__).parent / "sets"
RANK, ALPHA = 16, 32
SCALE = 30.0
"""Inverse temperature: e5's cosines lie close together, between .75 and .95."""
BATCH, NEGATIVES = 16, 3


@dataclass(frozen=True, slots=True)
class Example:
    question: str
    language: str
    answers: tuple[str, ...]
    tempting: tuple[str, ...]
    others: tuple[str, ...]
    set_id: str


def read(paths: Sequence[Path]) -> list[Example]:
    """Every question of the sets, unanswerable ones too (with no answers)."""
    examples = []
    for path in paths:
        content = json.loads(path.read_text(encoding="utf-8"))
        texts = {s["id"]: s["text"] for s in content["statements"]}
        for question in content["questions"]:
            chosen = {*question["answers"], *question["hard"]}
            examples.append(
                Example(
                    question=question["q"],
                    language=question["language"],
                    answers=tuple(texts[i] for i in question["answers"]),
                    tempting=tuple(texts[i] for i in question["hard"]),
                    others=tuple(t for i, t in texts.items() if i not in chosen),
                    set_id=content["set_id"],
                )
            )
    return examples


def split(paths: Sequence[Path], held_out: int) -> tuple[list[Path], list[Path]]:
    """Whole sets are held out, spread over the languages: every so-manieth by name."""
    ordered = sorted(paths)
    step = max(2, len(ordered) // max(1, held_out))
    held = ordered[step - 1 :: step][:held_out]
    return [p for p in ordered if p not in held], held


# --- the model ----------------------------------------------------------------------------


def adapted(folder: Path) -> tuple[Any, list[Any]]:
    """The encoder with adapters in place, and the adapters."""
    import torch
    from torch import nn

    from ingest.default_encoder import load_sentence_transformer

    class Adapter(nn.Module):
        def __init__(self, name: str, linear: Any) -> None:
            super().__init__()
            self.name, self.linear = name, linear
            self.down = nn.Parameter(torch.randn(RANK, linear.in_features) * 0.02)
            self.up = nn.Parameter(torch.zeros(linear.out_features, RANK))

        def forward(self, x: Any) -> Any:
            return self.linear(x) + (x @ self.down.T @ self.up.T) * (ALPHA / RANK)

    encoder = load_sentence_transformer(str(folder)).to("cpu")
    for parameter in encoder.parameters():
        parameter.requires_grad_(False)
    adapters = []
    body = encoder[0].auto_model
    for name, module in list(body.named_modules()):
        if isinstance(module, nn.Linear) and name.startswith("encoder."):
            adapter = Adapter(name, module)
            parent = body.get_submodule(name.rsplit(".", 1)[0])
            setattr(parent, name.rsplit(".", 1)[1], adapter)
            adapters.append(adapter)
    return encoder, adapters


def embed(encoder: Any, texts: Sequence[str]) -> Any:
    import torch

    features = encoder.tokenizer(
        list(texts), padding=True, truncation=True, max_length=128, return_tensors="pt"
    )
    out = encoder({"input_ids": features["input_ids"], "attention_mask": features["attention_mask"]})
    return torch.nn.functional.normalize(out["sentence_embedding"], dim=1)


def batches(examples: Sequence[Example], rng: random.Random) -> Iterator[list[Example]]:
    order = [e for e in examples if e.answers]
    rng.shuffle(order)
    for start in range(0, len(order) - BATCH + 1, BATCH):
        yield order[start : start + BATCH]


def loss_of(encoder: Any, batch: Sequence[Example], rng: random.Random) -> Any:
    import torch

    positives = [rng.choice(e.answers) for e in batch]
    negatives: list[str] = []
    for example in batch:
        pool = list(example.tempting[:2])
        pool += rng.sample(example.others, min(len(example.others), NEGATIVES - len(pool)))
        negatives += pool
    texts = positives + negatives
    queries = embed(encoder, [f"query: {e.question}" for e in batch])
    passages = embed(encoder, [f"passage: {t}" for t in texts])
    scores = queries @ passages.T * SCALE
    for row, example in enumerate(batch):
        for column, text in enumerate(texts):
            if column != row and text in example.answers:
                scores[row, column] = -1e4
    return torch.nn.functional.cross_entropy(scores, torch.arange(len(batch)))


def rank_one(encoder: Any, examples: Sequence[Example]) -> dict[str, tuple[int, int]]:
    """(questions whose first statement of the whole set answers, questions), by language and in all."""
    import torch

    found: dict[str, tuple[int, int]] = {}
    encoder.eval()
    with torch.no_grad():
        for set_id in sorted({e.set_id for e in examples}):
            here = [e for e in examples if e.set_id == set_id and e.answers]
            texts = sorted({t for e in here for t in (*e.answers, *e.tempting, *e.others)})
            passages = torch.cat(
                [
                    embed(encoder, [f"passage: {t}" for t in texts[i : i + 64]])
                    for i in range(0, len(texts), 64)
                ]
            )
            for start in range(0, len(here), 64):
                part = here[start : start + 64]
                best = (embed(encoder, [f"query: {e.question}" for e in part]) @ passages.T).argmax(1)
                for example, place in zip(part, best, strict=True):
                    hit = texts[int(place)] in example.answers
                    for key in ("all", example.language):
                        right, count = found.get(key, (0, 0))
                        found[key] = (right + hit, count + 1)
    return found


def train(
    encoder: Any, adapters: Sequence[Any], examples: Sequence[Example], *, epochs: int, rate: float, seed: int
) -> None:
    import torch

    rng = random.Random(seed)
    torch.manual_seed(seed)
    weights = [p for a in adapters for p in (a.down, a.up)]
    optimiser = torch.optim.AdamW(weights, lr=rate, weight_decay=0.01)
    steps = epochs * (sum(bool(e.answers) for e in examples) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, rate, total_steps=max(2, steps), pct_start=0.1)
    started, done = time.monotonic(), 0
    for _ in range(epochs):
        encoder.train()
        for batch in batches(examples, rng):
            loss = loss_of(encoder, batch, rng)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            done += 1
            if done % 20 == 0:
                print(
                    f"{done}/{steps} loss {loss.item():.3f} {time.monotonic() - started:.0f} s",
                    file=sys.stderr,
                    flush=True,
                )


def save(adapters: Sequence[Any], target: Path) -> None:
    """The adapters as 16-bit `NAME.down`, `NAME.up`, already scaled: a matrix becomes W + up @ down."""
    from safetensors.numpy import save_file

    tensors = {}
    for adapter in adapters:
        tensors[f"{adapter.name}.down"] = adapter.down.detach().numpy().astype(np.float16)
        tensors[f"{adapter.name}.up"] = (adapter.up.detach().numpy() * (ALPHA / RANK)).astype(np.float16)
    save_file(tensors, target)


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.teaching.train", description=__doc__)
    parser.add_argument("--model", type=Path, required=True, help="the untaught sentence-transformers folder")
    parser.add_argument(
        "--target", type=Path, required=True, help="where the adapter is written (.safetensors)"
    )
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--rate", type=float, default=5e-4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--share", type=float, default=1.0, help="share of the training sets to use")
    parser.add_argument("--held-out", type=int, default=4, help="sets kept for measuring")
    parser.add_argument("--final", action="store_true", help="train on the held-out sets too")
    arguments = parser.parse_args(argv)
    teach, held = split(list(SETS.glob("*.json")), arguments.held_out)
    teach = teach[: max(1, round(len(teach) * arguments.share))]
    examples = read([*teach, *held] if arguments.final else teach)
    measured = read(held)
    encoder, adapters = adapted(arguments.model)
    before = rank_one(encoder, measured)
    train(encoder, adapters, examples, epochs=arguments.epochs, rate=arguments.rate, seed=arguments.seed)
    after = rank_one(encoder, measured)
    save(adapters, arguments.target)
    report = {
        "sets": len(teach),
        "examples": len(examples),
        "before": before,
        "after": after,
        "seed": arguments.seed,
    }
    print(json.dumps(report))
    return 0


if __name__ == "__main__":
    sys.exit(main())
