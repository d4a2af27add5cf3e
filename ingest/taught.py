"""Weights of our own: what teaching changed in the default encoder.

Each matrix is kept as its difference from the model it was taught from, rounded to 8 bits a row; vectors as 16-bit
floats. `ingest/taught/manifest.json` has the hash of the file; the model card lies beside it.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ingest.errors import EncoderUnavailable

FOLDER = Path(__file__).parent / "taught"
ENCODER = "encoder.safetensors"

Weights = dict[str, npt.NDArray[np.float32]]

_ROUNDED, _SCALE = ":q", ":s"


@cache
def manifest() -> dict[str, str]:
    """The hash of each file of weights; empty where none are shipped."""
    try:
        content: dict[str, str] = json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    return content


def read(name: str) -> Weights:
    """The differences in one file, as float32, by the name of the weight.

    Raises:
        EncoderUnavailable: the file is not the one that was shipped.
    """
    from safetensors.numpy import load

    content = (FOLDER / name).read_bytes()
    if hashlib.sha256(content).hexdigest() != manifest().get(name):
        raise EncoderUnavailable(f"{FOLDER / name} is not the file that was shipped; install hjemmel again")
    found: Weights = {}
    stored = load(content)
    for key, values in stored.items():
        if key.endswith(_ROUNDED):
            weight = key.removesuffix(_ROUNDED)
            scales = stored[weight + _SCALE].astype(np.float32)
            found[weight] = values.astype(np.float32) * scales[:, None]
        elif not key.endswith(_SCALE):
            found[key] = values.astype(np.float32)
    return found


def write(name: str, differences: Weights) -> None:
    """Writes one file of weights and its hash."""
    from safetensors.numpy import save

    stored: dict[str, npt.NDArray[np.generic]] = {}
    for key, values in differences.items():
        if values.ndim == 2 and min(values.shape) > 2:
            scales = np.maximum(np.abs(values).max(axis=1) / 127, 1e-12)
            stored[key + _ROUNDED] = np.round(values / scales[:, None]).astype(np.int8)
            stored[key + _SCALE] = scales.astype(np.float32)
        else:
            stored[key] = values.astype(np.float16)
    content = save(stored)
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / name).write_bytes(content)
    hashes = {**manifest(), name: hashlib.sha256(content).hexdigest()}
    (FOLDER / "manifest.json").write_text(json.dumps(hashes, indent=1) + "\n", encoding="utf-8")
    manifest.cache_clear()
