"""What a person corrects: found by its words, wins over the reading, and falls only with its text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from ingest import correction_file
from ingest.build import IngestReport, ingest
from ingest.corrections import FLAG, Correction, read_corrections
from ingest.corrections_standing import Standing, standing
from ingest.errors import RegisterError, UnknownCorrection
from ingest.register_record import from_json
from ingest.store import Store, StoredStatement
from tests.ingest.conftest import HashEncoder

Folder = Callable[..., Path]
PLAN = """# Klimaplan

## 1 Renhold

Renhold bør være miljømerket. Innkjøp følger opp renholdet.

## 2 Mål

Målet er at 70 % av møblene er brukte innen 2028.

## 3 Innkjop

Enheten skal låne utstyr. Enheten skal låne utstyr. Enheten skal reparere utstyr.
"""
FORCE = "  - {id: c1, plan: p, quote: Renhold bør være, statement: {force: obligation, bearer: unit}}\n"


class Plans:
    """A folder of one plan, its corrections and its index."""

    def __init__(self, write: Folder, index: Path, encoder: HashEncoder) -> None:
        self._write, self.index, self._encoder = write, index, encoder
        self.folder = write(p=PLAN)

    def ingest(self, corrections: str = "", text: str = PLAN) -> IngestReport:
        self._write(p=text)
        said = f"corrections:\n{corrections}" if corrections else ""
        (self.folder / "corrections.yaml").write_text(said, encoding="utf-8")
        return ingest(self.folder, self.index, cache=self.index, encoder=self._encoder)

    def statement(self, words: str) -> StoredStatement:
        store = Store.open(self.index)
        found = next(s for s in store.statements_of(store.documents()[0].document_id) if words in s.text)
        store.close()
        return found

    def standing(self) -> tuple[Standing, ...]:
        store = Store.open(self.index)
        content, _ = store.registers()["testby"]
        found = standing(read_corrections(self.folder), from_json(content), store)
        store.close()
        return found


@pytest.fixture
def plans(plan_folder: Folder, tmp_path: Path, hash_encoder: HashEncoder) -> Plans:
    return Plans(plan_folder, tmp_path / "index", hash_encoder)


# --- statements ---------------------------------------------------------------------------


def test_a_correction_wins_over_the_reading_and_is_shown_as_a_persons(plans: Plans) -> None:
    plans.ingest(FORCE)

    statement = plans.statement("Renhold")
    assert (statement.force.value, statement.bearer) == ("obligation", "unit")
    assert FLAG in statement.flags
    assert statement.text == "Renhold bør være miljømerket."


def test_the_machines_reading_is_kept_beside_it(plans: Plans) -> None:
    plans.ingest(FORCE)

    (held,) = plans.standing()
    assert held.applied is True
    assert held.machine == {"force": "recommendation", "bearer": None}


def test_a_correction_reads_one_document_again_and_encodes_nothing(
    plans: Plans, hash_encoder: HashEncoder
) -> None:
    plans.ingest()
    hash_encoder.encoded.clear()

    report = plans.ingest(FORCE)

    assert (report.count("changed"), report.count("unchanged")) == (1, 0)
    assert hash_encoder.encoded == []


def test_a_correction_survives_a_new_text_as_long_as_its_words_stand(plans: Plans) -> None:
    plans.ingest(FORCE)

    plans.ingest(FORCE, text=PLAN.replace("# Klimaplan\n", "# Klimaplan\n\nNy innledning om planen.\n"))

    assert plans.statement("Renhold").force.value == "obligation"


def test_a_correction_whose_words_are_gone_is_kept_and_told(plans: Plans) -> None:
    report = plans.ingest(FORCE, text=PLAN.replace("Renhold bør være", "Renhold bør bli"))

    assert plans.statement("Renhold").force.value == "recommendation"
    (untold,) = report.corrections_unapplied
    assert str(untold) == "c1 (p, statement): its words stand in no statement of the plan"


def test_an_undone_correction_gives_the_reading_back(plans: Plans) -> None:
    plans.ingest(FORCE)
    correction_file.undo(plans.folder, "c1")

    ingest(plans.folder, plans.index, cache=plans.index, encoder=HashEncoder())

    assert plans.statement("Renhold").force.value == "recommendation"
    assert FLAG not in plans.statement("Renhold").flags


def test_words_that_stand_in_several_statements_correct_none(plans: Plans) -> None:
    report = plans.ingest("  - {id: c, plan: p, quote: Enheten skal, statement: {force: permission}}\n")

    assert "stand in 3 statements" in str(report.corrections_unapplied[0])
    assert plans.statement("reparere").force.value == "obligation"


def test_a_statement_is_said_to_hold_until_a_day(plans: Plans) -> None:
    plans.ingest("  - {id: c, plan: p, quote: Renhold bør, statement: {valid_to: 2026-06-30}}\n")

    statement, store = plans.statement("Renhold"), Store.open(plans.index)
    assert store.periods(statement.document_id)[statement.place].valid_to == date(2026, 6, 30)
    assert plans.standing()[0].machine == {"valid_to": None}


# --- targets, headings --------------------------------------------------------------------


def test_a_slot_of_a_target_is_corrected(plans: Plans) -> None:
    plans.ingest(
        '  - {id: c, plan: p, quote: 70 % av møblene, target: {deadline: "2030", responsible: Eiendom}}\n'
    )

    store = Store.open(plans.index)
    (target,) = store.targets_of(store.documents()[0].document_id)
    assert (target.deadline, target.responsible) == ("2030", "Eiendom")
    assert plans.standing()[0].machine == {"deadline": "2028", "responsible": None}


def test_words_that_are_no_target_give_none(plans: Plans) -> None:
    plans.ingest("  - {id: c, plan: p, quote: 70 % av møblene, target: none}\n")

    store = Store.open(plans.index)
    assert store.targets_of(store.documents()[0].document_id) == ()


def test_a_target_the_machine_did_not_see_is_added(plans: Plans) -> None:
    plans.ingest("  - {id: c, plan: p, quote: Innkjøp følger opp, target: {responsible: Innkjøp}}\n")

    store = Store.open(plans.index)
    texts = [t.target for t in store.targets_of(store.documents()[0].document_id)]
    assert "Innkjøp følger opp renholdet." in texts


def test_a_heading_is_corrected_wherever_it_leads(plans: Plans) -> None:
    plans.ingest("  - {id: c, plan: p, quote: 3 Innkjop, heading: Innkjøp}\n")

    store = Store.open(plans.index)
    statement = plans.statement("reparere")
    section = store.sections(statement.document_id)[statement.section]
    assert section.heading == "Innkjøp"
    assert section.path[-1].endswith("Innkjøp")


# --- the register -------------------------------------------------------------------------


def test_a_date_of_a_plan_is_corrected(plans: Plans) -> None:
    report = plans.ingest("  - {id: c, plan: p, date: {adopted_on: 2021-04-29}}\n")

    store = Store.open(plans.index)
    register = from_json(store.registers()["testby"][0])
    assert report.corrections_unapplied == ()
    assert register.plan("p").versions[0].adopted_on == date(2021, 4, 29)


@pytest.mark.parametrize(
    ("correction", "reason"),
    [
        ("{id: c, plan: q, date: {adopted_on: 2021-04-29}}", "the register has no plan 'q'"),
        ("{id: c, plan: p, link: {implements: [q]}}", "the register has no plan 'q' to link to"),
        ("{id: c, plan: p, link: {supersedes: [p]}}", "lead back to themselves: p -> p"),
        ("{id: c, plan: p, version: v2, date: {adopted_on: none}}", "the plan has no version 'v2'"),
        ("{id: c, plan: p, date: {valid_from: 2022-01-01, valid_to: 2021-01-01}}", "end before it begins"),
    ],
)
def test_what_would_break_the_register_is_not_applied(plans: Plans, correction: str, reason: str) -> None:
    report = plans.ingest(f"  - {correction}\n")

    (untold,) = report.corrections_unapplied
    assert reason in str(untold)


# --- the file -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        ("{plan: p, quote: Renhold, statement: {force: obligation}}", "has no id"),
        ("{id: c, quote: Renhold, statement: {force: obligation}}", "has no plan"),
        ("{id: c, plan: p, quote: Renhold}", "nothing is corrected"),
        ("{id: c, plan: p, quote: Renhold, statement: {force: must}}", "'must' is no force"),
        ("{id: c, plan: p, quote: Renhold, statement: {forse: none}}", "unknown key 'forse'"),
        ("{id: c, plan: p, statement: {force: none}}", "no words say what is corrected"),
        ("{id: c, plan: p, quote: Renhold, heading: A, target: none}", "2 things are corrected"),
        ("{id: c, plan: p, date: {adopted_on: 29.4.2021}}", "is no date"),
    ],
)
def test_what_is_wrong_in_the_file_is_named_and_nothing_is_indexed(
    plans: Plans, entry: str, problem: str
) -> None:
    with pytest.raises(RegisterError, match=problem):
        plans.ingest(f"  - {entry}\n")


@pytest.fixture
def correction() -> Correction:
    return Correction(
        correction_id="p-target-1",
        plan_id="p",
        kind="target",
        values={"deadline": "2030", "status": None},
        quote='Målet: "70 %" # av møblene',
        page=3,
        by="Plan og klima",
        on=date(2026, 11, 24),
        why="Vedtaket sier det.",
    )


def test_what_is_written_is_read_back_the_same(tmp_path: Path, correction: Correction) -> None:
    correction_file.add(tmp_path, correction)

    assert read_corrections(tmp_path) == (correction,)


def test_comments_and_other_entries_are_left_as_they_are(tmp_path: Path, correction: Correction) -> None:
    written = f"# Our own words.\ncorrections:\n  # the first\n{FORCE}\n  # the end\n"
    (tmp_path / "corrections.yaml").write_text(written, encoding="utf-8")

    correction_file.add(tmp_path, correction)
    correction_file.undo(tmp_path, "c1")

    left = (tmp_path / "corrections.yaml").read_text(encoding="utf-8")
    assert "# Our own words." in left
    assert read_corrections(tmp_path) == (correction,)


def test_undoing_what_is_not_there_names_what_is(tmp_path: Path, correction: Correction) -> None:
    correction_file.add(tmp_path, correction)

    with pytest.raises(UnknownCorrection, match="p-target-1"):
        correction_file.undo(tmp_path, "p-target-2")


def test_a_correction_no_ingest_has_met_does_not_hold_yet(tmp_path: Path, correction: Correction) -> None:
    (found,) = standing([correction], None, None)

    assert found.applied is None
    assert "not ingested yet" in str(found.reason)
