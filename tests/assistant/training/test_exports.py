"""Sets as files: nothing is lost, nothing unapproved goes out, and other programs can read them."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree
from openpyxl import load_workbook

from assistant.training import Item, Kind, State, Trainer, Wish
from assistant.training.errors import BadSet, CannotExport
from assistant.training.exports import export
from assistant.training.exports.tables import COLUMNS, guarded, row_of, unguarded
from assistant.training.imports import bring_in, read_rows
from assistant.training.items import with_id
from assistant.training.review import approve, reject
from eval.dataset import load_dataset
from tests.assistant.training.conftest import DAY

ODD = "=SUM(A1) æøåÆØÅ äöü «sitat» ”x” 'ett' <b>&amp; linje"


@pytest.fixture
def items(trainer: Trainer) -> list[Item]:
    """Two hundred approved items of three languages, some with text that a spreadsheet would take for a formula."""
    made: list[Item] = []
    for language in ("nb", "en", "sv"):
        made += trainer.generate(Wish(count=400, language=language), DAY).items
    odd = [with_id(replace(made[0], question=f"{mark}{ODD} {place}")) for place, mark in enumerate("=+-@'\t")]
    trainer.bank.add(odd)
    return approve(trainer.bank, [item.item_id for item in [*odd, *made][:200]], role="rådgiver", on=DAY)


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_two_hundred_items_go_out_and_come_back_without_loss(
    trainer: Trainer, items: list[Item], tmp_path: Path, ending: str
) -> None:
    assert len(items) == 200
    export(trainer, items, tmp_path / f"set{ending}")
    rows = [row for _, row in read_rows(tmp_path / f"set{ending}")]
    assert rows == [row_of(item) for item in items]
    found = bring_in(trainer, tmp_path / f"set{ending}", dry_run=True)
    assert (len(found.new), len(found.changed), found.unchanged, found.problems) == (0, 0, 200, ())


def test_items_come_back_into_an_empty_bank_as_drafts(
    trainer: Trainer, items: list[Item], tmp_path: Path
) -> None:
    from assistant.training import open_trainer

    export(trainer, items[:50], tmp_path / "set.csv")
    other = open_trainer(trainer.index, bank=tmp_path / "other.sqlite")
    bring_in(other, tmp_path / "set.csv", role="rådgiver")
    found = {item.item_id: item for item in other.items()}
    for item in items[:50]:
        assert found[item.item_id] == replace(item, state=State.DRAFT, verified_by="", verified_on=None)


@pytest.mark.parametrize("text", ["=1+1", "-3", "'=1", "''@x", "@navn", "\tx", "vanlig", "'vanlig'", ""])
def test_no_spreadsheet_takes_text_for_a_formula_and_it_comes_back(text: str) -> None:
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert unguarded(guarded(text)) == text


def test_a_dry_run_changes_nothing_and_an_edit_comes_back_as_a_draft(
    trainer: Trainer, items: list[Item], tmp_path: Path
) -> None:
    path = tmp_path / "set.csv"
    export(trainer, items[10:12], path)
    text = path.read_text(encoding="utf-8-sig").replace(items[10].explanation, "Ny forklaring.", 1)
    path.write_text(text, encoding="utf-8-sig")
    assert [i.item_id for i in bring_in(trainer, path, dry_run=True).changed] == [items[10].item_id]
    assert trainer.bank.item(items[10].item_id).state is State.APPROVED
    bring_in(trainer, path)
    changed = trainer.bank.item(items[10].item_id)
    assert (changed.state, changed.explanation) == (State.DRAFT, "Ny forklaring.")


def test_a_row_of_ones_own_becomes_an_item_and_a_bad_one_is_named(trainer: Trainer, tmp_path: Path) -> None:
    path = tmp_path / "egne.csv"
    rows = [
        ["question", "option_1", "option_2", "option_3", "right", "files", "pages", "quotes"],
        ["Hvem har vedtatt reglementet?", "Kommunestyret", "Rådet", "Direktøren", "1", "reglement.md", "",
         "Vedtatt av kommunestyret 13. februar 2025."],
        ["Hva nå?", "a", "b", "c", "7", "", "", ""],
    ]  # fmt: skip
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)
    found = bring_in(trainer, path)
    assert [(item.answer, item.level) for item in found.new] == [("Kommunestyret", 4)]
    assert found.problems == ("row 3: column 'right' is '7'; give the place of the right option, 1 to 3",)


def test_a_file_without_questions_is_refused(trainer: Trainer, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(BadSet, match="question"):
        bring_in(trainer, tmp_path / "x.csv")
    (tmp_path / "x.xlsx").write_bytes(b"PK not a workbook")
    with pytest.raises(BadSet):
        bring_in(trainer, tmp_path / "x.xlsx")


def test_nothing_unapproved_rejected_or_stale_goes_out(trainer: Trainer, tmp_path: Path) -> None:
    drafts = list(trainer.generate(Wish(count=6), DAY).items)
    with pytest.raises(CannotExport, match="--approve"):
        export(trainer, drafts, tmp_path / "set.json")
    approve(trainer.bank, [item.item_id for item in drafts[:2]], role="rådgiver")
    reject(trainer.bank, drafts[2].item_id, reason="for lett")
    now = trainer.items()
    handout, kept_back = export(trainer, now, tmp_path / "set.json")
    assert set(handout.item_ids) == {item.item_id for item in drafts[:2]}
    assert len(kept_back) == 4
    everything, _ = export(trainer, now, tmp_path / "alt.json", drafts=True)
    assert len(everything.item_ids) == 5
    assert everything.drafts


def test_moodle_reads_one_right_answer_a_question_and_every_letter(
    trainer: Trainer, items: list[Item], tmp_path: Path
) -> None:
    export(trainer, items, tmp_path / "set.xml")
    quiz = etree.parse(tmp_path / "set.xml").getroot()
    questions = {q.findtext("idnumber"): q for q in quiz.findall("question") if q.get("type") != "category"}
    assert len(questions) == 200
    for item in items:
        question = questions[item.item_id]
        plain = etree.HTML(question.findtext("questiontext/text")).xpath("string()")
        assert plain.strip() == item.question.strip().replace("\t", "\t")
        if item.kind is Kind.MATCHING:
            assert len(question.findall("subquestion")) == len(item.pairs)
        else:
            right = [a for a in question.findall("answer") if a.get("fraction") == "100"]
            assert len(right) == 1


# What Moodle's documentation of its XML asks of each type: elements of a question, and of each of its answers.
MOODLE_COMMON = ("name", "questiontext", "generalfeedback", "defaultgrade", "idnumber")
MOODLE_TYPES = {
    "multichoice": ({"single": {"true"}, "shuffleanswers": {"0", "1"}, "answernumbering": {"abc"}}, "answer"),
    "truefalse": ({}, "answer"),
    "matching": ({"shuffleanswers": {"true"}}, "subquestion"),
}
MOODLE_FORMATS = {"html", "moodle_auto_format", "plain_text", "markdown", None}


def test_every_question_has_the_structure_that_moodle_documents(
    trainer: Trainer, items: list[Item], tmp_path: Path
) -> None:
    export(trainer, items, tmp_path / "set.xml")
    quiz = etree.parse(tmp_path / "set.xml").getroot()
    category, *questions = quiz.findall("question")
    assert category.findtext("category/text").startswith("$course$/top/")
    assert {q.get("type") for q in questions} == set(MOODLE_TYPES)
    assert len({q.findtext("idnumber") for q in questions}) == len(questions)
    for question in questions:
        fields, answers = MOODLE_TYPES[question.get("type")]
        assert all(len(question.findall(name)) == 1 for name in MOODLE_COMMON)
        assert len(question.findtext("name/text")) <= 255
        assert all(question.findtext(name) in allowed for name, allowed in fields.items())
        assert all(part.find("text") is not None for part in question.findall(answers))
        assert {
            part.get("format") for part in question.iter() if part.find("text") is not None
        } <= MOODLE_FORMATS
        if answers == "answer":
            fractions = [part.get("fraction") for part in question.findall("answer")]
            assert sorted(fractions) == ["0"] * (len(fractions) - 1) + ["100"]
        else:
            assert all(part.find("answer/text").text for part in question.findall("subquestion"))


def test_moodles_options_are_the_items_options_in_their_order(
    trainer: Trainer, items: list[Item], tmp_path: Path
) -> None:
    export(trainer, items, tmp_path / "set.xml")
    quiz = etree.parse(tmp_path / "set.xml").getroot()
    known = {item.item_id: item for item in items}
    for question in quiz.findall("question[@type='multichoice']"):
        item = known[question.findtext("idnumber")]
        shown = [etree.HTML(a.findtext("text")).xpath("string()") for a in question.findall("answer")]
        assert shown == [option.text for option in item.options]


def test_ankis_own_library_reads_every_note_as_it_was(
    trainer: Trainer, items: list[Item], tmp_path: Path
) -> None:
    from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest

    export(trainer, items, tmp_path / "set.apkg")
    request = ImportAnkiPackageRequest(
        package_path=str(tmp_path / "set.apkg"), options=ImportAnkiPackageOptions()
    )
    collection = Collection(str(tmp_path / "c.anki2"))
    try:
        log = collection.import_anki_package(request).log
        again = collection.import_anki_package(request).log
        notes = [dict(collection.get_note(note).items()) for note in collection.find_notes("")]
    finally:
        collection.close()
    read = {note["ItemId"]: {name: _plain(text) for name, text in note.items()} for note in notes}
    assert (len(log.new), len(again.new)) == (200, 0)
    for item in items:
        note = read[item.item_id]
        assert (note["Question"], note["Answer"], note["Explanation"]) == (
            item.question,
            item.answer,
            item.explanation,
        )


def _plain(field: str) -> str:
    return html.unescape(re.sub(r"<br ?/?>", "\n", field))


def test_every_cell_of_a_workbook_is_text(trainer: Trainer, items: list[Item], tmp_path: Path) -> None:
    export(trainer, items, tmp_path / "set.xlsx")
    sheet = load_workbook(tmp_path / "set.xlsx").worksheets[0]
    head, *rows = list(sheet.iter_rows())
    assert [cell.value for cell in head] == list(COLUMNS)
    assert len(rows) == 200
    assert {cell.data_type for row in rows for cell in row if cell.value is not None} == {"s"}
    first = {name: cell.value or "" for name, cell in zip(COLUMNS, rows[0], strict=True)}
    assert {name: unguarded(value) for name, value in first.items()} == row_of(items[0])


def test_a_sheet_shows_questions_first_and_the_key_after_and_fetches_nothing(
    trainer: Trainer, items: list[Item], tmp_path: Path
) -> None:
    chosen = [item for item in items if item.language == "nb"][:20]
    export(trainer, chosen, tmp_path / "ark.html")
    text = (tmp_path / "ark.html").read_text(encoding="utf-8")
    page = etree.HTML(text)
    assert len(page.xpath("//section[@class='key']/ol/li")) == 20
    assert "<b>&amp;amp;" not in text
    assert "&lt;b&gt;&amp;amp;" in text
    assert not page.xpath("//@src | //link | //script")
    assert page.xpath("string(//html/@lang)") == "nb"


def test_json_holds_everything(trainer: Trainer, items: list[Item], tmp_path: Path) -> None:
    export(trainer, items[:3], tmp_path / "set.json")
    content = json.loads((tmp_path / "set.json").read_text(encoding="utf-8"))
    assert content["items"] == [item.to_json() for item in items[:3]]


def test_approved_items_are_a_dataset_that_eval_reads(
    trainer: Trainer, items: list[Item], tmp_path: Path
) -> None:
    export(trainer, items, tmp_path / "queries.jsonl", "dataset")
    dataset = load_dataset(tmp_path)
    assert dataset.questions
    for question in dataset.questions:
        assert question.expected is not None
        assert question.expected.governing is not None
        assert dataset.evidence_of(question.query_id)


def test_the_columns_are_those_of_a_row(items: list[Item]) -> None:
    assert tuple(row_of(items[0])) == COLUMNS
    assert io.StringIO(row_of(items[0])["record"]).read().startswith("{")
