"""`hjemmel ingest FOLDER`: brings an index to what a folder of plans holds."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.places import cache_folder, default_index

if TYPE_CHECKING:
    from ingest.build import IngestReport


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        prog="hjemmel ingest", description="Bring an index to what a folder of plans holds."
    )
    made.add_argument(
        "folder", type=Path, metavar="FOLDER", help="the documents, with plans.yaml beside them"
    )
    made.add_argument("--index", type=Path, metavar="DIR", help="where the index lies (default: per user)")
    made.add_argument("--json", action="store_true", help="print the report as JSON")
    made.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")
    return made


def main(argv: Sequence[str] | None = None) -> int:
    arguments = parser().parse_args(argv)
    from ingest.errors import IngestError

    try:
        return run(arguments.folder, arguments.index, as_json=arguments.json, dry_run=arguments.dry_run)
    except IngestError as error:
        print(f"hjemmel: {error}", file=sys.stderr)
        return 1


def run(folder: Path, index: Path | None, *, as_json: bool, dry_run: bool = False) -> int:
    """Ingests with a progress bar on stderr; 1 where nothing could be read."""
    from ingest.build import ingest
    from ingest.register import register_file

    target = index or default_index(os.environ)
    if dry_run:
        from ingest.dry_run import foresee

        report = foresee(folder, target)
    else:
        with _bar() as step:
            report = ingest(
                folder,
                target,
                cache=cache_folder(os.environ),
                encoder=os.environ.get("HJEMMEL_ENCODER") or "default",
                progress=step,
            )
    if as_json:
        print(json.dumps(report.to_json(), ensure_ascii=False))
    else:
        print(render(report, register_file(folder)), file=sys.stderr)
    read = report.count("new") + report.count("changed") + report.count("unchanged")
    return 0 if read or not report.documents else 1


class _bar:  # noqa: N801 - used as a function
    """A progress bar over documents; silent where stderr is no terminal and little is to be done."""

    def __enter__(self) -> Callable[[int, int, str], None]:
        self._bar: object | None = None
        return self._step

    def _step(self, done: int, total: int, file: str) -> None:
        from tqdm import tqdm

        if self._bar is None:
            self._bar = tqdm(total=total, unit="document", file=sys.stderr, dynamic_ncols=True)
        bar = self._bar
        assert isinstance(bar, tqdm)
        bar.update(done - bar.n)
        bar.set_postfix_str(file[-40:])

    def __exit__(self, *error: object) -> None:
        from tqdm import tqdm

        if isinstance(self._bar, tqdm):
            if error[0] is None:
                self._bar.update((self._bar.total or 0) - self._bar.n)
            self._bar.set_postfix_str("")
            self._bar.close()


def render(report: IngestReport, register: Path | None = None) -> str:
    """The report for a person: counts, then every document that needs a look.

    `register` is the folder's own, which may be a draft that nobody has confirmed yet.
    """
    outcomes = ("new", "changed", "unchanged", "removed", "failed")
    lines = [", ".join(f"{report.count(o)} {o}" for o in outcomes)]
    lines.append(
        f"passages: {report.passages.added} added, {report.passages.kept} kept,"
        f" {report.passages.removed} removed; {report.seconds:.1f} s"
    )
    for document in report.documents:
        if document.outcome == "failed" or document.reason:
            lines.append(f"{document.outcome}: {document.file} ({document.reading}): {document.reason}")
    lines += [f"correction not applied: {s}" for s in report.corrections_unapplied]
    if not report.confirmed:
        lines.append(_unconfirmed(register))
    return "\n".join(lines)


def _unconfirmed(register: Path | None) -> str:
    """What to do where titles, levels and dates are guesses."""
    if register is None:
        return (
            "No plans.yaml was found: titles, levels and dates are GUESSED from the documents, and every answer"
            " says so. Run 'hjemmel plans init FOLDER', correct what it writes, and ingest again."
        )
    return (
        f"{register} is a draft: its titles, levels and dates were GUESSED from the documents, and every answer"
        " says so. Correct it, delete its line 'confirmed: false', and ingest again."
    )


if __name__ == "__main__":
    sys.exit(main())
