"""The weights of our own: read back as they were written, and refused when they are not those that were shipped."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from ingest import default_encoder, taught
from ingest.errors import EncoderUnavailable


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(taught, "FOLDER", tmp_path)
    taught.manifest.cache_clear()
    yield tmp_path
    taught.manifest.cache_clear()


def test_differences_come_back_within_a_step_of_their_rounding(folder: Path) -> None:
    matrix = np.random.default_rng(1).normal(0, 0.01, (6, 8)).astype(np.float32)
    bias = np.array([0.5, -0.25], np.float32)

    taught.write(taught.ENCODER, {"a.weight": matrix, "a.bias": bias})
    found = taught.read(taught.ENCODER)

    step = np.abs(matrix).max(axis=1, keepdims=True) / 127
    assert (np.abs(found["a.weight"] - matrix) <= step).all()
    assert np.allclose(found["a.bias"], bias, atol=1e-3)


def test_a_changed_byte_in_the_weights_is_refused(folder: Path) -> None:
    taught.write(taught.ENCODER, {"a.weight": np.ones((3, 3), np.float32)})
    content = bytearray((folder / taught.ENCODER).read_bytes())
    content[-1] ^= 1
    (folder / taught.ENCODER).write_bytes(bytes(content))

    with pytest.raises(EncoderUnavailable, match="install hjemmel again"):
        taught.read(taught.ENCODER)


def test_other_weights_make_another_encoder_by_name(folder: Path) -> None:
    untaught = default_encoder.name()
    taught.write(taught.ENCODER, {"a.weight": np.ones((3, 3), np.float32)})
    one = default_encoder.name()
    taught.write(taught.ENCODER, {"a.weight": np.zeros((3, 3), np.float32)})

    assert len({untaught, one, default_encoder.name()}) == 3
    assert default_encoder.name(as_taught=False) == untaught


def test_the_weights_that_are_shipped_are_the_ones_of_the_manifest() -> None:
    shipped = json.loads((taught.FOLDER / "manifest.json").read_text(encoding="utf-8"))

    assert set(shipped) == {taught.ENCODER}
    assert all(name.startswith("encoder.layer.") for name in taught.read(taught.ENCODER))
