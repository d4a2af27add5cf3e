"""The words of `hjemmel plans corrections`, apart from what it does: `--help` must not load an index."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path


def add_parser(
    actions: argparse._SubParsersAction[argparse.ArgumentParser], parents: Sequence[argparse.ArgumentParser]
) -> None:
    made = actions.add_parser(
        "corrections", parents=list(parents), help="what a person corrects of the machine's reading"
    )
    made.add_argument(
        "folder", type=Path, metavar="FOLDER", help="the documents, with corrections.yaml beside them"
    )
    made.add_argument("what", choices=("list", "add", "undo", "export"), nargs="?", default="list")
    made.add_argument("id", nargs="?", metavar="ID", help="the correction to undo")
    made.add_argument("--plan", metavar="ID", help="the plan it is about")
    made.add_argument("--version", metavar="ID", help="only in this version of the plan")
    made.add_argument("--quote", metavar="WORDS", help="words of the statement or heading, as printed")
    made.add_argument(
        "--page", type=int, metavar="N", help="its physical page, where the words stand on several"
    )
    made.add_argument(
        "--force", metavar="FORCE", help="obligation, prohibition, recommendation, permission …"
    )
    made.add_argument("--bearer", metavar="WHO", help="buyer, unit, supplier, municipality or none")
    made.add_argument(
        "--holds", action="append", metavar="KEY=DAY", help="valid_from or valid_to of the statement"
    )
    made.add_argument(
        "--target", action="append", metavar="SLOT=VALUE", help="a slot of the target, or: none"
    )
    made.add_argument("--heading", metavar="WORDS", help="the heading without its number")
    made.add_argument("--date", action="append", metavar="KEY=DAY", help="a day of the plan: adopted_on …")
    made.add_argument("--link", action="append", metavar="KEY=ID,ID", help="implements or supersedes")
    made.add_argument("--by", metavar="WHO", help="the unit or role that corrects")
    made.add_argument("--why", metavar="WORDS")
    made.add_argument("--csv", type=Path, metavar="FILE", help="export to a CSV file")
