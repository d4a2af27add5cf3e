"""What a labeller need not write: the id of a plan named by its title, its level, and where a quote stands. Pure.

Only what the register and the documents settle beyond doubt is filled in; `eval check` shows the rest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from eval.dataset import Evidence, Expected, GoldPlan, Question
from eval.pages import PageTexts
from eval.standing import Standings


def complete(
    questions: Sequence[Question],
    evidence: Sequence[Evidence],
    pages: PageTexts,
    standings: Standings | None,
) -> tuple[list[Question], list[Evidence]]:
    """The same questions and evidence, with what the documents settle filled in."""
    ids = _ids_by_name(standings)
    asked = {question.query_id: question.as_of for question in questions}
    placed = [_placed(_renamed(row, ids), pages, standings, asked.get(row.query_id)) for row in evidence]
    by_query = {row.query_id: row for row in reversed(placed)}
    return [_filled(each, by_query.get(each.query_id), ids, standings) for each in questions], placed


def _ids_by_name(standings: Standings | None) -> dict[str, str]:
    """Plan ids by id and by title, without case; a title that two plans have names neither."""
    named: dict[str, set[str]] = {}
    for plan in standings.register.plans if standings else ():
        for name in {plan.plan_id, plan.title, *(version.title for version in plan.versions)}:
            named.setdefault(name.casefold(), set()).add(plan.plan_id)
    return {name: next(iter(found)) for name, found in named.items() if len(found) == 1}


def _renamed(row: Evidence, ids: Mapping[str, str]) -> Evidence:
    return replace(row, plan_id=ids.get(row.plan_id.casefold(), row.plan_id))


def _placed(row: Evidence, pages: PageTexts, standings: Standings | None, as_of: str | None) -> Evidence:
    """The row with its file, page and plan, where the documents leave no doubt of the file.

    Of two versions that both have the quote the one that may govern on the date is meant; of two pages of one
    file the first.
    """
    owners = standings.owners() if standings else {}
    known = row.plan_id in {owner[0] for owner in owners.values()}
    files = [row.file] if row.file else [
        name for name in pages if not known or owners.get(name, ("",))[0] == row.plan_id
    ]  # fmt: skip
    found = {name: at for name in files if name in pages and (at := pages[name].pages_with(row.quote))}
    if standings is not None and len(found) > 1:
        found = {name: at for name, at in found.items() if _may_govern(standings, owners.get(name), as_of)}
    if row.page is not None or len(found) != 1:
        return row
    name, numbers = next(iter(found.items()))
    owner = owners.get(name)
    return replace(
        row,
        file=name,
        page=numbers[0],
        plan_id=row.plan_id or (owner[0] if owner else name),
        version=row.version or (owner[1] if owner else None),
    )


def _may_govern(standings: Standings, owner: tuple[str, str | None, int] | None, as_of: str | None) -> bool:
    return owner is not None and standings.of(owner[0], owner[1], as_of).may_govern


def _filled(
    question: Question, row: Evidence | None, ids: Mapping[str, str], standings: Standings | None
) -> Question:
    expected = question.expected
    if expected is None or expected.outcome == "abstained":
        return question
    governing = _plan(expected.governing, ids, standings)
    if governing is None and row is not None and row.plan_id and row.grade >= 2:
        governing = _plan(GoldPlan(row.plan_id, row.version), ids, standings)
    authority = _plan(expected.authority, ids, standings)
    filled: Expected = replace(expected, governing=governing, authority=authority)
    return replace(question, expected=filled)


def _plan(gold: GoldPlan | None, ids: Mapping[str, str], standings: Standings | None) -> GoldPlan | None:
    if gold is None:
        return None
    plan_id = ids.get(gold.plan_id.casefold(), gold.plan_id)
    level = gold.level if gold.level is not None or standings is None else standings.level(plan_id)
    return replace(gold, plan_id=plan_id, level=level)
