"""`python -m eval.reading`: how well documents are read, against people's labels.

Documents that are not at hand are named and left out. 0: done; 1: failed or nothing to score; 2: misuse.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from eval.errors import EvalError
from eval.reading.labels import FLAGS, HALVES, LABELS, DocumentLabels, document_of, read_labels
from eval.reading.score import (
    ABSENT,
    Pairs,
    Score,
    agreement,
    f1,
    macro_f1,
    score_document,
    share,
)
from ingest.plans import Force


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="python -m eval.reading", description=str(__doc__).partition("\n")[0])
    made.add_argument("--half", choices=HALVES, help="only the labels of this half")
    made.add_argument(
        "--corpus",
        type=Path,
        metavar="FOLDER",
        default=os.environ.get("HJEMMEL_CORPUS"),
        help="the real documents; default: HJEMMEL_CORPUS",
    )
    made.add_argument("--labels", type=Path, metavar="FOLDER", default=LABELS, help="default: our own")
    made.add_argument("--only", metavar="NAME", help="only the labels whose file's name holds this")
    made.add_argument("-v", "--verbose", action="store_true", help="list everything read otherwise")
    return made


def main(argv: Sequence[str] | None = None) -> int:
    given = parser().parse_args(argv)
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what is odd in a file is not asked about here
    corpus = Path(given.corpus) if given.corpus else None
    try:
        chosen = [labels for labels in read_labels(given.labels) if _is_chosen(labels, given)]
        together = _score_all(chosen, corpus, given.verbose)
    except EvalError as error:
        print(f"eval.reading: {error}", file=sys.stderr)
        return 1
    if not together.documents:
        print("eval.reading: no labelled document is at hand", file=sys.stderr)
        return 1
    print(f"\nTogether, {together.documents} documents")
    print("\n".join((*lines(together), *confusion(together.forces))))
    return 0


def _is_chosen(labels: DocumentLabels, given: argparse.Namespace) -> bool:
    return given.half in (None, labels.half) and (given.only or "") in labels.path.stem


def _score_all(chosen: Sequence[DocumentLabels], corpus: Path | None, verbose: bool) -> Score:
    together = Score()
    for labels in chosen:
        path, reason = document_of(labels, corpus)
        if path is None:
            print(f"{labels.path.stem}: left out: {reason}")
            continue
        score = score_document(labels, path)
        print(f"{labels.path.stem} ({labels.language}, {labels.half})")
        print("\n".join((*lines(score), *(f"    - {miss}" for miss in score.misses if verbose))), flush=True)
        together.add(score)
    return together


def lines(score: Score) -> Iterator[str]:
    """One line for each thing that is read."""
    if score.headings:
        precision = share(score.headings_met, score.headings_read)
        recall = share(score.headings_met, score.headings)
        yield f"  headings    {score.headings:4}  precision {_shown(precision)}  recall {_shown(recall)}"
    if score.statements:
        recall = share(score.statements_met, score.statements)
        yield (
            f"  statements  {score.statements:4}  recall {_shown(recall)}"
            f"  force {_shown(agreement(score.forces))}  macro F1 {_shown(macro_f1(score.forces))}"
            f"  bearer {_shown(agreement(score.bearers))}"
        )
        yield "  flags             " + "  ".join(_of_flag(flag, score.flags) for flag in FLAGS)
    if score.targets or score.targets_read:
        met, read = score.targets_met, score.targets_read
        slots = "  ".join(
            f"{n} {_shown(share(score.slots[n], met))}" for n in ("value", "deadline", "responsible")
        )
        yield (
            f"  targets     {score.targets:4}  precision {_shown(share(met, read))}"
            f"  recall {_shown(share(met, score.targets))}  F1 {_shown(f1(met, read, score.targets))}  {slots}"
        )


def _of_flag(flag: str, pairs: Pairs) -> str:
    met = pairs[f"{flag} True", f"{flag} True"]
    labelled = met + pairs[f"{flag} True", f"{flag} False"]
    read = met + pairs[f"{flag} False", f"{flag} True"]
    return f"{flag} {met} of {labelled}, {read} read"


def confusion(pairs: Pairs) -> Iterator[str]:
    """Labelled forces down, read ones across."""
    used = {name for pair in pairs for name in pair}
    columns = [name for name in (*Force, ABSENT) if name in used]
    yield "\n  force labelled (down) and read (across)"
    yield " " * 20 + "".join(f"{name[:9]:>11}" for name in columns)
    for label in (name for name in columns if name != ABSENT):
        counts = "".join(f"{pairs[str(label), str(read)] or '·':>11}" for read in columns)
        yield f"  {label:<18}{counts}"


def _shown(value: float | None) -> str:
    return "  – " if value is None else f"{value:.2f}"


if __name__ == "__main__":
    sys.exit(main())
