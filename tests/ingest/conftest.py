from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from ingest.embed import Vectors


class HashEncoder:
    """Vectors seeded by the text: no meaning, no model, always the same."""

    name = "hash-encoder"
    dimension = 16

    def __init__(self) -> None:
        self.encoded: list[str] = []

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self._vectors(texts)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        self.encoded.extend(texts)
        return self._vectors(texts)

    def _vectors(self, texts: Sequence[str]) -> Vectors:
        rows = []
        for text in texts:
            seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
            row = np.random.default_rng(seed).normal(size=self.dimension).astype(np.float32)
            rows.append(row / np.linalg.norm(row))
        return np.array(rows, np.float32).reshape(-1, self.dimension)


@pytest.fixture
def hash_encoder() -> HashEncoder:
    return HashEncoder()


@pytest.fixture
def plan_folder(tmp_path: Path) -> Callable[..., Path]:
    """Writes a folder of plans: `plan_folder(strategi="# Strategi\\n\\nBrukt skal vurderes.")`."""

    def write(name: str = "plans", /, **documents: str) -> Path:
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        lines = ["municipality: {id: testby, name: Testby kommune, languages: [nb]}", "plans:"]
        for plan_id, text in documents.items():
            (folder / f"{plan_id}.md").write_text(text, encoding="utf-8")
            lines.append(
                f"  - {{id: {plan_id}, file: {plan_id}.md, title: {plan_id}, level: 4, kind: strategy}}"
            )
        (folder / "plans.yaml").write_text("\n".join(lines), encoding="utf-8")
        return folder

    return write
