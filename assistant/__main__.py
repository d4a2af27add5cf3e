"""The commands of the assistant: demo, ask, search, serve, plans, doctor.

Answers go to stdout, progress and errors to stderr. 0: done, an abstention too; 1: failed; 2: misuse.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from assistant.desk.corrections_arguments import add_parser as add_corrections
from assistant.training.commands import add_parser as add_qa


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date; write it as 2026-11-20") from None


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        prog="hjemmel",
        description="Answers a purchaser's question from the municipality's own plans, and says which level governs.",
    )
    commands = made.add_subparsers(dest="command", metavar="COMMAND", required=True)
    index = argparse.ArgumentParser(add_help=False)
    index.add_argument("--index", type=Path, metavar="DIR", help="where the index lies (default: per user)")
    index.add_argument("--municipality", metavar="ID", help="which one, where an index holds several")
    asking = argparse.ArgumentParser(add_help=False)
    asking.add_argument("--json", action="store_true", help="one JSON object, or one a line for a batch")
    asking.add_argument(
        "--questions", type=Path, metavar="FILE.jsonl", help="a batch: id, question, lang, as_of, history"
    )
    asking.add_argument("--as-of", type=_day, metavar="DATE", help="answer as the plans stood on a date")
    asking.add_argument("--lang", metavar="CODE", help="the question's language, where it cannot be told")

    demo = commands.add_parser(
        "demo", help="ingest the bundled municipality, answer a question, open the chat"
    )
    demo.add_argument("--ask", metavar="QUESTION", help="answer this and exit")
    demo.add_argument("--port", type=int, default=7860)
    demo.add_argument("--no-browser", action="store_true", help="do not open a browser window")

    ask = commands.add_parser("ask", parents=[index, asking], help="one answer, or a batch of them")
    ask.add_argument("question", nargs="?", metavar="QUESTION")
    ask.add_argument(
        "--history", type=Path, metavar="FILE", help="JSON list of {role, content} before the question"
    )
    ask.add_argument("--trace", action="store_true", help="every step from query to decision, on stderr")

    search = commands.add_parser("search", parents=[index, asking], help="the ranked passages only")
    search.add_argument("question", nargs="?", metavar="QUERY")
    search.add_argument("-k", type=int, default=10, help="how many passages (default 10)")

    serve = commands.add_parser(
        "serve", parents=[index], help="the web app and its API, for this machine only"
    )
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=7860)

    doctor = commands.add_parser("doctor", parents=[index], help="is everything sound, and what to do if not")
    doctor.add_argument("--json", action="store_true")
    doctor.add_argument("--repair", action="store_true", help="make the rebuildable parts of the index anew")

    _plans(commands, index)
    add_qa(commands, index, _day)
    for name, words in (("ingest", "bring an index to what a folder holds"), ("eval", "benchmarks")):
        commands.add_parser(name, help=words, add_help=False)  # `hjemmel.py` opens these doors
    return made


def _plans(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], index: argparse.ArgumentParser
) -> None:
    plans = commands.add_parser("plans", help="the register and what follows from it")
    actions = plans.add_subparsers(dest="action", metavar="ACTION", required=True)
    as_json = argparse.ArgumentParser(add_help=False)
    as_json.add_argument("--json", action="store_true")
    as_json.add_argument("--as-of", type=_day, metavar="DATE")
    for name, words in (
        ("check", "is the register sound, and do the documents say the same"),
        ("init", "write a draft register from the documents"),
    ):
        folder = actions.add_parser(name, parents=[as_json], help=words)
        folder.add_argument("folder", type=Path, metavar="FOLDER")
        if name == "init":
            folder.add_argument("--force", action="store_true", help="write over a register that is there")
    for name, words in (
        ("tree", "levels, plans and links"),
        ("due", "what is to be revised, and in what order"),
    ):
        action = actions.add_parser(name, parents=[index, as_json], help=words)
        if name == "due":
            action.add_argument("--ics", action="store_true", help="as an iCalendar file")
    impact = actions.add_parser(
        "impact", parents=[index, as_json], help="what a change of one plan means for others"
    )
    impact.add_argument("plan", metavar="ID")
    _owner(actions, index, as_json)
    add_corrections(actions, (index, as_json))


def _owner(
    actions: argparse._SubParsersAction[argparse.ArgumentParser],
    index: argparse.ArgumentParser,
    as_json: argparse.ArgumentParser,
) -> None:
    """What the plan owner asks of the plans' own words."""
    targets = actions.add_parser(
        "targets", parents=[index, as_json], help="what the plans want reached, and what is missing or late"
    )
    targets.add_argument("--plan", action="append", metavar="ID", help="of this plan; may be repeated")
    targets.add_argument(
        "--flag", action="append", choices=("overdue", "ownerless", "unmeasurable"), help="so marked only"
    )
    targets.add_argument("--responsible", metavar="WHO", help="of this unit; a part of the name is enough")
    targets.add_argument("--csv", type=Path, metavar="FILE", help="write them to a CSV file")
    targets.add_argument("--xlsx", type=Path, metavar="FILE", help="write them to a spreadsheet")
    conflicts = actions.add_parser(
        "conflicts", parents=[index, as_json], help="where the plans say different things, and which prevails"
    )
    conflicts.add_argument("--plan", action="append", metavar="ID", help="with this plan; may be repeated")
    conflicts.add_argument("--kind", action="append", metavar="KIND", help="of this kind; may be repeated")
    conflicts.add_argument("--all", action="store_true", help="also those that a person has judged")
    conflicts.add_argument(
        "--verdict", nargs=2, metavar=("ID", "VERDICT"),
        help="judge one: accepted, to-fix or not-a-conflict; it does not return (with --reason)",
    )  # fmt: skip
    conflicts.add_argument("--reason", metavar="WORDS", help="why it is judged so")
    gaps = actions.add_parser(
        "gaps", parents=[index, as_json], help="targets, duties and plans that lack what they should have"
    )
    gaps.add_argument("--plan", action="append", metavar="ID", help="of this plan; may be repeated")
    gaps.add_argument("--kind", action="append", metavar="KIND", help="of this kind; may be repeated")


def main(argv: Sequence[str] | None = None) -> int:
    arguments = parser().parse_args(argv)
    from assistant import commands
    from assistant.errors import AssistantError
    from ingest.errors import IngestError

    try:
        return commands.run(arguments)
    except (AssistantError, IngestError) as error:
        print(f"hjemmel: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        return 0


if __name__ == "__main__":
    sys.exit(main())
