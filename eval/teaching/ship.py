"""Writes what was learned as the package ships it: `python -m eval.teaching.ship --base FOLDER --encoder WEIGHTS`.

Differences from the base, rounded to 8 bits (`ingest.taught`). Nothing else changes the shipped weights.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch

from ingest import taught


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m eval.teaching.ship", description=__doc__)
    parser.add_argument("--base", type=Path, required=True, help="folder of the sentence-transformers model")
    parser.add_argument(
        "--encoder", type=Path, required=True, help="weights as `eval.teaching.train` writes them"
    )
    given = parser.parse_args()
    from transformers import AutoModel

    base = AutoModel.from_pretrained(given.base).state_dict()
    learned = torch.load(given.encoder)
    taught.write(taught.ENCODER, {name: (learned[name] - base[name]).numpy() for name in learned})


if __name__ == "__main__":
    main()
