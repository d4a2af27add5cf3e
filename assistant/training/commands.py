"""`hjemmel qa …`: the trainer's questions on the command line. Importing this opens nothing."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

KINDS = ("single_choice", "true_false", "which_level", "matching", "who_signs", "find_page", "case")
FORMS = ("moodle", "csv", "xlsx", "json", "anki", "sheet", "dataset")
STATES = ("draft", "approved", "rejected")


def add_parser(commands: Any, index: argparse.ArgumentParser, day: Callable[[str], object]) -> None:
    """Adds `qa` and its actions; `index` holds the options that name an index, `day` reads a date."""
    qa = commands.add_parser("qa", help="the trainer's questions and answers")
    actions = qa.add_subparsers(dest="action", metavar="ACTION", required=True)
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--bank", type=Path, metavar="FILE", help="where the questions lie (default: beside the index)"
    )
    common.add_argument("--json", action="store_true", help="one JSON object")
    parents = [index, common]
    _generate(
        actions.add_parser("generate", parents=parents, help="make questions from the plans, as drafts"), day
    )
    _review(actions.add_parser("review", parents=parents, help="the queue; approve, reject and edit"))
    _export(actions.add_parser("export", parents=parents, help="write approved questions to a file"))
    bring = actions.add_parser(
        "import", parents=parents, help="read questions back from CSV, XLSX or a dataset, as drafts"
    )
    bring.add_argument("file", type=Path, metavar="FILE")
    bring.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")
    bring.add_argument("--role", default="", help="who brings them in")
    stale = actions.add_parser(
        "stale", parents=parents, help="questions whose key no longer holds, and what it would be"
    )
    stale.add_argument("--as-of", type=day, metavar="DATE", help="as the plans stood on a date")
    stale.add_argument(
        "--moved", action="store_true", help="also those whose source only stands elsewhere now"
    )
    stale.add_argument("--refresh", action="store_true", help="give the moved ones their new sources")


def _generate(parser: argparse.ArgumentParser, day: Callable[[str], object]) -> None:
    parser.add_argument("--count", type=int, default=10, metavar="N", help="how many (default 10)")
    parser.add_argument("--topic", default="", metavar="WORDS", help="about this, in any words")
    parser.add_argument("--plan", metavar="ID", help="on this plan")
    parser.add_argument("--level", type=int, metavar="N", help="on this level")
    parser.add_argument("--force", metavar="FORCE", help="obligation, prohibition, recommendation, target, …")
    parser.add_argument("--kind", action="append", choices=KINDS, help="of this kind; may be repeated")
    parser.add_argument("--lang", metavar="CODE", help="the language of the questions")
    parser.add_argument("--audience", default="", metavar="WORDS", help="for whom: a role or a unit")
    parser.add_argument("--as-of", type=day, metavar="DATE", help="as the plans stood on a date")
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="another seed gives another set")
    parser.add_argument("--dry-run", action="store_true", help="show them, and keep nothing")
    parser.add_argument(
        "--reword",
        action="store_true",
        help="let the language model of HJEMMEL_MODEL word them; what does not hold keeps its own words",
    )
    parser.add_argument(
        "--questions",
        type=Path,
        metavar="FILE.jsonl",
        help="from questions that people asked: {question} a line, also {times}, {starred}",
    )
    parser.add_argument(
        "--asked",
        action="store_true",
        help="from what was asked in the window, where its asker let it be kept; tells what went unanswered",
    )


def _review(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--state", choices=STATES, default="draft", help="which to list (default draft)")
    parser.add_argument("--plan", metavar="ID")
    parser.add_argument("--lang", metavar="CODE")
    parser.add_argument(
        "--coverage", action="store_true", help="count them by plan, level, force, topic and kind"
    )
    parser.add_argument("--show", metavar="ID", help="one in full, with sources, checks and history")
    parser.add_argument("--ask", action="store_true", help="with --show: does the assistant find the answer?")
    parser.add_argument(
        "--approve", nargs="+", metavar="ID", help="needs --role; `all` approves what is listed"
    )
    parser.add_argument("--reject", metavar="ID", help="needs --reason")
    parser.add_argument("--option", type=int, metavar="N", help="with --reject: only this wrong option")
    parser.add_argument("--share", metavar="ID", help="show it in every municipality of the bank")
    parser.add_argument("--edit", metavar="ID", help="needs --field and --value")
    parser.add_argument(
        "--field", metavar="FIELD", help="question, explanation, option.2, why.2, right, asked, …"
    )
    parser.add_argument("--value", metavar="TEXT")
    parser.add_argument("--role", default="", help="the role that checks")
    parser.add_argument("--reason", default="", help="why it is rejected")


def _export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--to", type=Path, required=True, metavar="FILE", help=".xml .csv .xlsx .json .apkg .html .jsonl"
    )
    parser.add_argument("--as", dest="form", choices=FORMS, help="where the ending does not say")
    parser.add_argument("--drafts", action="store_true", help="what nobody has approved too")
    parser.add_argument("--ids", nargs="+", metavar="ID", help="only these, in this order")
    parser.add_argument("--plan", metavar="ID")
    parser.add_argument("--lang", metavar="CODE")
    parser.add_argument("--count", type=int, metavar="N", help="at most so many")
    parser.add_argument("--name", default="", help="what the set is called where it is handed out")


def run(arguments: argparse.Namespace, index: Path) -> int:
    """Runs one action on an index; 0 when done, 2 on misuse."""
    from assistant.training import actions
    from assistant.training.trainer import open_trainer

    trainer = open_trainer(index, bank=arguments.bank, municipality=arguments.municipality)
    doors = {
        "generate": actions.generate,
        "review": actions.review,
        "export": actions.export,
        "import": actions.bring_in,
        "stale": actions.stale,
    }
    return doors[arguments.action](arguments, trainer)
