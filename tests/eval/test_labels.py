from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from eval.dataset import load_dataset
from eval.errors import DatasetError
from eval.importers import import_dataset
from eval.labellers import disagreement
from eval.labels import export_table, from_table, merged_with
from eval.tables import read_rows, write_rows


def _write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def test_a_dataset_goes_to_a_table_and_back_unchanged(folder: Path, tmp_path: Path) -> None:
    before = load_dataset(folder)
    export_table(before, tmp_path / "labels.csv")

    questions, evidence = from_table(tmp_path / "labels.csv")
    merged_with(before, questions, evidence)
    after = load_dataset(folder)

    assert after.questions == before.questions
    assert after.evidence == before.evidence


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_a_table_is_read_whoever_wrote_it(tmp_path: Path, encoding: str, separator: str) -> None:
    text = separator.join(["Spørsmål", "Plan", "Nivå", "Styrke"]) + "\r\n"
    text += separator.join(["Må vi spørre først?", "STRAT", "4", "må"]) + "\r\n"

    questions, _ = from_table(_write(tmp_path / "t.csv", text, encoding))

    expected = questions[0].expected
    assert questions[0].question == "Må vi spørre først?"
    assert expected is not None
    assert expected.governing is not None
    assert (expected.governing.plan_id, expected.governing.level, expected.force) == (
        "STRAT",
        4,
        "obligation",
    )


def test_facts_are_divided_by_semicolons_and_their_spellings_by_bars(tmp_path: Path) -> None:
    table = _write(tmp_path / "t.csv", "question,facts\nHva?,70 % | sytti prosent; 2028\n")

    expected = from_table(table)[0][0].expected

    assert expected is not None
    assert expected.key_facts == (("70 %", "sytti prosent"), ("2028",))


def test_a_row_with_a_question_alone_is_not_labelled(tmp_path: Path) -> None:
    assert from_table(_write(tmp_path / "t.csv", "question\nHva?\n"))[0][0].expected is None


def test_a_table_without_questions_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="no column `question`"):
        from_table(_write(tmp_path / "t.csv", "a;b\n1;2\n"))


def test_an_xlsx_sheet_is_a_table(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["question", "level", "plan"])
    sheet.append(["Hva?", 4, "STRAT"])
    book.save(tmp_path / "t.xlsx")

    assert read_rows(tmp_path / "t.xlsx") == [{"question": "Hva?", "level": "4", "plan": "STRAT"}]


def test_no_cell_of_ours_is_a_formula(tmp_path: Path) -> None:
    write_rows(tmp_path / "t.csv", ["question"], [{"question": "=1+1"}])

    assert b"'=1+1" in (tmp_path / "t.csv").read_bytes()
    assert from_table(tmp_path / "t.csv")[0][0].question == "=1+1"


def test_two_labellers_differ_where_they_say_other_things(tmp_path: Path) -> None:
    one = _write(
        tmp_path / "a.csv",
        "id;question;outcome;plan;force;facts\n1;A?;answered;X;må;70 %\n2;B?;abstained;;;\n",
    )
    other = _write(
        tmp_path / "b.csv",
        "id;question;outcome;plan;force;facts\n1;A?;svar;Y;obligation;70 %\n2;B?;abstained;;;\n",
    )

    agreements, differences = disagreement(one, other)

    assert [(each.query_id, each.column, each.one, each.other) for each in differences] == [
        ("1", "plan", "X", "Y")
    ]
    by_column = {each.column: each for each in agreements}
    assert by_column["outcome"].kappa == 1.0
    assert (by_column["plan"].same, by_column["plan"].n) == (1, 2)


def test_labellers_without_a_shared_question_cannot_be_compared(tmp_path: Path) -> None:
    one = _write(tmp_path / "a.csv", "id;question\n1;A?\n")
    other = _write(tmp_path / "b.csv", "id;question\n2;B?\n")

    with pytest.raises(DatasetError, match="no question in common"):
        disagreement(one, other)


def test_a_quote_alone_settles_file_plan_and_level(folder: Path, tmp_path: Path) -> None:
    table = _write(
        tmp_path / "t.csv", "question;quote\nHvor lenge?;Mobiltelefoner skal brukes i minst fem år.\n"
    )

    import_dataset(table, tmp_path / "made", documents=folder.parent / "documents", language="nb")
    made = load_dataset(tmp_path / "made")

    assert (made.evidence[0].file, made.evidence[0].plan_id) == ("strategi.md", "STRAT")
    expected = made.questions[0].expected
    assert expected is not None
    assert expected.governing is not None
    assert (expected.governing.plan_id, expected.governing.level) == ("STRAT", 4)


def test_a_plan_may_be_named_by_its_title(folder: Path, tmp_path: Path) -> None:
    table = _write(tmp_path / "t.csv", "question;plan\nHva er målet?;klimaplan\n")

    import_dataset(table, tmp_path / "made", documents=folder.parent / "documents", language="nb")

    expected = load_dataset(tmp_path / "made").questions[0].expected
    assert expected is not None
    assert expected.governing is not None
    assert (expected.governing.plan_id, expected.governing.level) == ("KLIMA", 3)


def test_a_beir_folder_measures_retrieval_alone(tmp_path: Path) -> None:
    source = tmp_path / "beir"
    (source / "qrels").mkdir(parents=True)
    _write(
        source / "corpus.jsonl",
        '{"_id": "a/1", "title": "T", "text": "Første"}\n{"_id": "b", "text": "Andre"}\n',
    )
    _write(source / "queries.jsonl", '{"_id": "q1", "text": "Hva?"}\n{"_id": "q2", "text": "Uten dom"}\n')
    _write(source / "qrels" / "test.tsv", "query-id\tcorpus-id\tscore\nq1\ta/1\t1\n")

    made = import_dataset(source, tmp_path / "made", documents=None, language="nb")
    dataset = load_dataset(tmp_path / "made")

    assert (made["questions"], made["quotes"]) == (1, 1)
    assert dataset.questions[0].expected is None
    assert dataset.documents is not None
    assert (dataset.documents / dataset.evidence[0].file).read_text(encoding="utf-8") == "T\nFørste\n"


def test_squad_answers_are_facts_and_the_impossible_expects_an_abstention(tmp_path: Path) -> None:
    context = "Byen ligger ved elva. Den har 4000 innbyggere. Det er alt."
    content = {"data": [{"paragraphs": [{"context": context, "qas": [
        {"id": "1", "question": "Hvor mange?", "answers": [{"text": "4000", "answer_start": 30}]},
        {"id": "2", "question": "Hvem?", "answers": [], "is_impossible": True},
    ]}]}]}  # fmt: skip
    source = _write(tmp_path / "s.json", json.dumps(content))

    import_dataset(source, tmp_path / "made", documents=None, language="nb")
    dataset = load_dataset(tmp_path / "made")

    first, second = (question.expected for question in dataset.questions)
    assert first is not None
    assert second is not None
    assert (first.outcome, first.key_facts) == ("answered", (("4000",),))
    assert second.outcome == "abstained"
    assert dataset.evidence[0].quote == "Den har 4000 innbyggere."


def test_a_trainers_approved_answers_are_a_dataset(folder: Path, tmp_path: Path) -> None:
    rows = [
        {"id": "t1", "question": "Hvor lenge?", "answer": "I fem år.", "status": "approved",
         "governing": {"plan_id": "STRAT", "level": 4},
         "citations": [{"plan_id": "STRAT", "file": "strategi.md", "page": None, "role": "governing",
                        "quote": "Mobiltelefoner skal brukes i minst fem år."}]},
        {"id": "t2", "question": "Utkast?", "answer": "Nei", "status": "rejected"},
    ]  # fmt: skip
    source = _write(tmp_path / "t.jsonl", "".join(json.dumps(row) + "\n" for row in rows))

    import_dataset(source, tmp_path / "made", documents=folder.parent / "documents", language="nb")
    dataset = load_dataset(tmp_path / "made")

    assert [question.query_id for question in dataset.questions] == ["t1"]
    assert dataset.questions[0].expected is not None
    assert dataset.questions[0].expected.answer == "I fem år."
    assert dataset.evidence[0].grade == 2


def test_an_unknown_form_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="no BEIR folder"):
        import_dataset(_write(tmp_path / "x.pdf", "?"), tmp_path / "made", documents=None, language="nb")
