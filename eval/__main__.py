"""`hjemmel eval …`: how far the assistant can be trusted, and whether a change made it better.

Results go to stdout, progress and errors to stderr. 0: done; 1: failed, or a gate not passed; 2: misuse.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

_SPLITS = ("all", "tune", "held_out")


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="hjemmel eval", description=str(__doc__).partition("\n")[0])
    commands = made.add_subparsers(dest="command", metavar="COMMAND", required=True)
    as_json = argparse.ArgumentParser(add_help=False)
    as_json.add_argument("--json", action="store_true", help="one JSON object on stdout")
    _run(commands, as_json)
    _compare(commands, as_json)
    _read(commands, as_json)
    _judge(commands, as_json)
    _ablate(commands, as_json)
    _authority(commands, as_json)
    _write(commands, as_json)
    return made


_Commands = argparse._SubParsersAction  # argparse names no public type for it


def _run(commands: _Commands[argparse.ArgumentParser], as_json: argparse.ArgumentParser) -> None:
    from eval.contestants import ASSISTANT, BASELINES

    run = commands.add_parser("run", parents=[as_json], help="ask every question, judge every answer")
    run.add_argument("dataset", metavar="DATASET", help="a dataset folder, or skogvang, harrowmere, lindhaga")
    run.add_argument("--index", type=Path, metavar="DIR", help="default: made of the dataset's documents")
    run.add_argument(
        "--out", type=Path, metavar="DIR", help="the run's folder; an unfinished run there goes on"
    )
    run.add_argument("--split", choices=_SPLITS, default="all")
    run.add_argument("--seed", type=int, default=0, help="of the bootstrap intervals")
    run.add_argument("--baseline", choices=(ASSISTANT, *BASELINES), default=ASSISTANT, help="who answers")
    run.add_argument("--only", metavar="ID", help="ask one question alone, with its whole trace")
    run.add_argument("--fail-under", action="append", default=[], metavar="MEASURE=VALUE")
    run.add_argument("--encoder", action="store_true", help="let the judge use the encoder too")
    run.add_argument(
        "--judge-model", metavar="NAME", help="judge by a chat model: openai:NAME, ollama:NAME …"
    )
    run.add_argument("--judge-base-url", metavar="URL", help="of a local server with OpenAI's interface")
    run.add_argument("--judge-repeats", type=int, default=3, metavar="N")


def _compare(commands: _Commands[argparse.ArgumentParser], as_json: argparse.ArgumentParser) -> None:
    compare = commands.add_parser("compare", parents=[as_json], help="what changed from run A to run B")
    compare.add_argument("a", type=Path, metavar="RUN-A")
    compare.add_argument("b", type=Path, metavar="RUN-B")
    compare.add_argument("--seed", type=int, default=0)
    compare.add_argument("--fail-under", action="append", default=[], metavar="MEASURE=VALUE")
    compare.add_argument("--no-regression", action="store_true", help="exit 1 where a measure got worse")
    compare.add_argument("--min-effect", type=float, default=0.02, metavar="D", help="smaller losses pass")
    compare.add_argument("--alpha", type=float, default=0.05, metavar="P", help="less certain losses pass")


def _read(commands: _Commands[argparse.ArgumentParser], as_json: argparse.ArgumentParser) -> None:
    report = commands.add_parser("report", parents=[as_json], help="a run as one HTML file, or as Markdown")
    report.add_argument("run", type=Path, metavar="RUN")
    report.add_argument("--out", type=Path, metavar="FILE", help="default: report.html in the run's folder")
    report.add_argument("--markdown", action="store_true", help="Markdown instead, on stdout without --out")

    check = commands.add_parser("check", parents=[as_json], help="what is wrong with a dataset")
    check.add_argument("dataset", metavar="DATASET")

    calibrate = commands.add_parser(
        "calibrate", parents=[as_json], help="the confidence below which to abstain, for a stated risk"
    )
    calibrate.add_argument("run", type=Path, metavar="RUN")
    calibrate.add_argument(
        "--risk", type=float, required=True, metavar="R", help="share of wrong answers: 0.1"
    )
    calibrate.add_argument("--seen", action="store_true", help="the risk seen, not its upper bound")
    calibrate.add_argument("--confidence", type=float, default=0.9, metavar="C", help="of the bound")
    calibrate.add_argument("--index", type=Path, metavar="DIR", help="store the threshold with this index")


def _judge(commands: _Commands[argparse.ArgumentParser], as_json: argparse.ArgumentParser) -> None:
    judge = commands.add_parser("judge", parents=[as_json], help="measure the judge on people's labels")
    judge.add_argument("folders", type=Path, nargs="*", metavar="FOLDER")
    judge.add_argument("--encoder", action="store_true", help="let the judge use the encoder too")
    judge.add_argument("--run", type=Path, metavar="RUN", help="a run whose answers people graded")
    judge.add_argument("--labels", type=Path, metavar="TABLE", help="their grades: columns `id` and `grade`")


def _ablate(commands: _Commands[argparse.ArgumentParser], as_json: argparse.ArgumentParser) -> None:
    from eval.commands import day

    ablate = commands.add_parser(
        "ablate", parents=[as_json], help="without the governing plan, and on other dates"
    )
    ablate.add_argument("dataset", metavar="DATASET")
    ablate.add_argument(
        "--index", type=Path, metavar="DIR", help="for the dates; default: made of the documents"
    )
    ablate.add_argument("--split", choices=_SPLITS, default="all")
    ablate.add_argument("--plan", action="append", default=[], metavar="ID", help="take out only this plan")
    ablate.add_argument("--date", action="append", default=[], type=day, metavar="DATE", help="ask on it too")
    ablate.add_argument("--dates-only", action="store_true", help="take no plan out")


def _authority(commands: _Commands[argparse.ArgumentParser], as_json: argparse.ArgumentParser) -> None:
    from eval.authority_alone import CANDIDATES

    authority = commands.add_parser(
        "authority", parents=[as_json], help="who governs, with the answering statement among those found"
    )
    authority.add_argument("dataset", metavar="DATASET")
    authority.add_argument(
        "--index", type=Path, metavar="DIR", help="default: made of the dataset's documents"
    )
    authority.add_argument("--split", choices=_SPLITS, default="all")
    authority.add_argument(
        "--candidates", type=int, default=CANDIDATES, metavar="N", help="statements beside the quoted ones"
    )


def _write(commands: _Commands[argparse.ArgumentParser], as_json: argparse.ArgumentParser) -> None:
    from eval.commands import day

    importing = commands.add_parser(
        "import", parents=[as_json], help="a dataset out of a table, BEIR, SQuAD or a trainer's answers"
    )
    importing.add_argument("source", type=Path, metavar="SOURCE")
    importing.add_argument("folder", type=Path, metavar="FOLDER", help="the dataset folder to make")
    importing.add_argument("--documents", type=Path, metavar="DIR", help="the plans the questions are about")
    importing.add_argument(
        "--as-of", type=day, metavar="DATE", help="the date the questions hold for (today)"
    )
    importing.add_argument("--language", default="nb", metavar="CODE", help="where a row does not say (nb)")

    label = commands.add_parser("label", parents=[as_json], help="label in a spreadsheet")
    label.add_argument("action", choices=("export", "import", "diff"))
    label.add_argument("one", type=Path, metavar="FROM", help="export: DATASET; import, diff: TABLE")
    label.add_argument("other", type=Path, metavar="TO", help="export, diff: TABLE; import: DATASET")


def main(argv: Sequence[str] | None = None) -> int:
    given = parser().parse_args(argv)
    from eval import commands
    from eval.errors import EvalError

    command: Callable[[argparse.Namespace, Callable[[str], None]], commands.Printed]
    command = getattr(commands, f"{given.command}_command")
    try:
        printed = command(given, _progress)
    except EvalError as error:
        print(f"hjemmel eval: {error}", file=sys.stderr)
        return 1
    except _foreign_errors() as error:
        print(f"hjemmel eval: {error}", file=sys.stderr)
        return 1
    if given.json:
        print(json.dumps(printed.content, ensure_ascii=False, default=str))
    else:
        print(printed.text, end="")
    return printed.code


def _foreign_errors() -> tuple[type[Exception], ...]:
    """What the packages below raise with a message for people."""
    from assistant.errors import AssistantError
    from ingest.errors import IngestError

    return IngestError, AssistantError


def _progress(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
