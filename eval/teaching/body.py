"""The default encoder, with its lower layers frozen and run once for each text.

What the lower layers make of a text never changes in training, so it is kept and only the upper layers run
at each step: half the work for twelve layers and six trained.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import torch

MAX_TOKENS = 256
_BATCH = 64


class Body:
    """Turns texts into vectors of length 1, (n, 384) float32; `upper` are the layers that learn."""

    def __init__(self, folder: Path, *, upper: int) -> None:
        from transformers import AutoModel, AutoTokenizer

        self.tokenizer: Any = AutoTokenizer.from_pretrained(folder)
        self.model: Any = AutoModel.from_pretrained(folder, attn_implementation="sdpa")
        self.model.eval()  # no dropout: the frozen part could not have any, and six layers learn well without
        for parameter in self.model.parameters():
            parameter.requires_grad_(False)
        layers = list(self.model.encoder.layer)
        self.lower, self._upper = layers[: len(layers) - upper], layers[len(layers) - upper :]
        for layer in self._upper:
            for parameter in layer.parameters():
                parameter.requires_grad_(True)
        self._kept: dict[str, Any] = {}

    def parameters(self) -> list[Any]:
        return [p for layer in self._upper for p in layer.parameters()]

    def state(self) -> dict[str, Any]:
        """The weights that learn, by the name they have in the whole model."""
        return {
            f"encoder.layer.{len(self.lower) + i}.{name}": tensor.detach().clone()
            for i, layer in enumerate(self._upper)
            for name, tensor in layer.state_dict().items()
        }

    def keep(self, texts: Iterable[str]) -> None:
        """Runs the frozen part over `texts`, with their prompts, and keeps what comes out."""
        wanted = sorted({t for t in texts if t not in self._kept}, key=len)
        for start in range(0, len(wanted), _BATCH):
            some = wanted[start : start + _BATCH]
            tokens = self.tokenizer(
                some, padding=True, truncation=True, max_length=MAX_TOKENS, return_tensors="pt"
            )
            with torch.no_grad():
                states = self.through(
                    self.lower, self.model.embeddings(tokens.input_ids), tokens.attention_mask
                )
            for row, text in enumerate(some):
                self._kept[text] = states[row, : int(tokens.attention_mask[row].sum())].half()

    def states(self, texts: Sequence[str]) -> list[Any]:
        """What the frozen part makes of each text: (tokens, 384) half precision."""
        self.keep(texts)
        return [self._kept[t] for t in texts]

    def vectors(self, texts: Sequence[str]) -> Any:
        """Vectors of texts, with gradients for the upper layers where torch tracks them."""
        found = self.states(texts)
        longest = max(len(f) for f in found)
        states = torch.zeros(len(found), longest, found[0].shape[1])
        mask = torch.zeros(len(found), longest)
        for row, state in enumerate(found):
            states[row, : len(state)] = state.float()
            mask[row, : len(state)] = 1
        states = self.through(self._upper, states, mask)
        pooled = (states * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True)
        return torch.nn.functional.normalize(pooled, dim=1)

    def encode(self, texts: Sequence[str]) -> Any:
        """Vectors without gradients, in batches of like length."""
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        found: dict[int, Any] = {}
        with torch.no_grad():
            for start in range(0, len(order), _BATCH):
                places = order[start : start + _BATCH]
                made = self.vectors([texts[i] for i in places])
                found.update(zip(places, made, strict=True))
        return torch.stack([found[i] for i in range(len(texts))])

    @staticmethod
    def through(layers: Sequence[Any], states: Any, mask: Any) -> Any:
        if not bool(mask.all()):
            hidden = (1.0 - mask[:, None, None, :].to(states.dtype)) * torch.finfo(states.dtype).min
        else:
            hidden = None
        for layer in layers:
            out = layer(states, hidden)
            states = out[0] if isinstance(out, tuple) else out
        return states
