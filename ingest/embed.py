"""Texts to vectors. The only file that knows how a model is run.

Vectors are float32, of length 1, one row a text: their dot product is the cosine similarity.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from ingest import default_encoder
from ingest.errors import EncoderUnavailable

Vectors = npt.NDArray[np.float32]

DEFAULT, UNTAUGHT = "default", "untaught"
_BATCH = 32
"""Texts run together, sorted by length so that little is padding."""


class Encoder(Protocol):
    """What turns texts into vectors; `name` is recorded in the index, which refuses another."""

    name: str
    dimension: int

    def encode_queries(self, texts: Sequence[str]) -> Vectors: ...

    def encode_passages(self, texts: Sequence[str]) -> Vectors: ...


class OnnxEncoder:
    """The default encoder through ONNX Runtime: no torch, a second to load."""

    def __init__(self, model: Path, name: str, *, threads: int) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        self.name = name
        self.dimension = default_encoder.DIMENSION
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        # Memory patterns and arenas keep the largest batch ever seen; lengths here vary a lot.
        options.enable_cpu_mem_arena = False
        self._session = onnxruntime.InferenceSession(
            str(model / default_encoder.MODEL), options, providers=["CPUExecutionProvider"]
        )
        self._tokenizer = Tokenizer.from_file(str(model / default_encoder.TOKENIZER))
        self._tokenizer.enable_padding(pad_id=1, pad_token="<pad>")
        self._tokenizer.enable_truncation(default_encoder.MAX_TOKENS)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self._encode([f"query: {text}" for text in texts])

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        return self._encode([f"passage: {text}" for text in texts])

    def _encode(self, texts: list[str]) -> Vectors:
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        by_length = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        for start in range(0, len(by_length), _BATCH):
            places = by_length[start : start + _BATCH]
            vectors[places] = self._run([texts[i] for i in places])
        return vectors

    def _run(self, texts: list[str]) -> Vectors:
        tokens = self._tokenizer.encode_batch(texts)
        inputs = {
            "input_ids": np.array([t.ids for t in tokens], np.int64),
            "attention_mask": np.array([t.attention_mask for t in tokens], np.int64),
        }
        vectors: Vectors = self._session.run(["vector"], inputs)[0]
        return vectors


class SentenceTransformerEncoder:
    """Any other sentence-transformers model, by folder or hub name, with the prompts it brings."""

    def __init__(self, model: str) -> None:
        try:
            self._model: Any = default_encoder.load_sentence_transformer(model)
        except (OSError, ValueError) as error:
            raise EncoderUnavailable(
                f"the encoder {model!r} could not be loaded: {error}; give a folder or a model name"
                " that sentence-transformers knows, or leave HJEMMEL_ENCODER unset for the default"
            ) from error
        self.name = f"sentence-transformers/{known_as(model)}"
        self.dimension = int(self._model.get_embedding_dimension())

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self._unit(self._model.encode_query(list(texts), batch_size=_BATCH))

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        return self._unit(self._model.encode_document(list(texts), batch_size=_BATCH))

    @staticmethod
    def _unit(vectors: Any) -> Vectors:
        found = np.asarray(vectors, np.float32)
        lengths = np.linalg.norm(found, axis=1, keepdims=True)
        unit: Vectors = found / np.maximum(lengths, 1e-12)
        return unit


def known_as(model: str) -> str:
    """A hub model by its name; a folder by its name and its weights, for two folders may be called alike."""
    folder = Path(model)
    if not folder.exists():
        return model
    digest = hashlib.sha256()
    for weights in sorted(folder.rglob("*.safetensors")) or sorted(folder.rglob("*.bin")):
        with weights.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return f"{folder.name}-{digest.hexdigest()[:8]}"


def open_encoder(choice: str, cache: Path, *, threads: int | None = None) -> Encoder:
    """The encoder of that name: `default`, `untaught` (the same without our teaching), a folder or a model name.

    Raises:
        EncoderUnavailable: it cannot be made or loaded; the message says what to install.
    """
    if choice not in (DEFAULT, UNTAUGHT):
        return SentenceTransformerEncoder(choice)
    count = threads or max(1, min(4, os.cpu_count() or 1))
    as_taught = choice == DEFAULT
    model = default_encoder.ensure(cache, as_taught=as_taught)
    return OnnxEncoder(model, default_encoder.name(as_taught=as_taught), threads=count)


def encoder_name(choice: str) -> str | None:
    """The name an index would record, when it can be told without loading the model."""
    if choice not in (DEFAULT, UNTAUGHT):
        return None
    return default_encoder.name(as_taught=choice == DEFAULT)
