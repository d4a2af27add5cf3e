from __future__ import annotations

import re
from collections.abc import Mapping
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from eval.records import Run, read_run
from eval.report_html import as_html
from eval.report_markdown import as_markdown
from eval.run import Answerer, Bench, Contestant, run
from eval.summary import summarise
from tests.eval.conftest import told

_VOID = {"meta", "br", "line", "polyline", "input", "hr"}


class _Structure(HTMLParser):
    """Tags in order, and whether every one that opens also closes."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str | None]] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.fixture
def made(bench: Bench, right: Answerer, tmp_path: Path) -> Run:
    def answer(question: dict[str, object]) -> Mapping[str, object]:
        if question["id"] == "Q3":
            return told("KLIMA-27", 1, "target", text="<script>alert(1)</script> 90 % [1] & mer")
        return right(question)

    run(bench, Contestant(name="assistant", answer=answer), tmp_path / "run")
    return read_run(tmp_path / "run")


@pytest.fixture
def html(made: Run) -> str:
    return as_html(made, summarise(made.records, seed=0))


def _parsed(html: str) -> _Structure:
    structure = _Structure()
    structure.feed(html)
    return structure


def test_the_report_opens_without_a_network(html: str) -> None:
    assert not re.search(r"https?://|//[a-z]|@import|url\(", html)
    assert not {"script", "link", "img", "iframe", "object"} & set(_parsed(html).tags)
    assert {name for _, name, _ in _parsed(html).attributes} & {"src", "onclick", "onload"} == set()


def test_what_an_assistant_said_is_text_and_never_markup(html: str) -> None:
    assert "<script>" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_the_report_is_well_formed_and_built_for_a_screen_reader(html: str) -> None:
    structure = _parsed(html)

    assert structure.open == []
    assert ("html", "lang", "en") in structure.attributes
    assert structure.tags.count("h1") == 1
    assert structure.tags.count("h2") >= 7
    assert structure.tags.count("table") == structure.tags.count("caption")
    assert {value for tag, name, value in structure.attributes if tag == "th" and name == "scope"} == {
        "col",
        "row",
    }
    assert all(
        (tag, name) == ("th", "scope") or tag != "th" or name == "class"
        for tag, name, _ in structure.attributes
    )
    assert ("svg", "role", "img") in structure.attributes
    assert {"title", "desc"} <= set(structure.tags)


def test_headings_never_skip_a_step(html: str) -> None:
    depths = [int(tag[1]) for tag in _parsed(html).tags if re.fullmatch(r"h[1-6]", tag)]

    assert all(after - before <= 1 for before, after in pairwise(depths))


def test_the_report_reads_in_the_dark_and_on_paper(html: str) -> None:
    assert "prefers-color-scheme: dark" in html
    assert "@media print" in html
    assert "color-scheme: light dark" in html


def test_the_report_has_headline_matrix_plot_worst_answers_and_every_answer(html: str, made: Run) -> None:
    for heading in ("Headline", "Which level was let govern", "Answering and abstaining", "Worst answers",
                    "Where the misses come from", "All measures", "By group", "Every answer",
                    "How the run was made"):  # fmt: skip
        assert re.search(rf"<h2[^>]*>{heading}</h2>", html), heading
    assert html.count("<details>") >= len(made.records)
    assert "relies on KLIMA-27, which is draft on 2026-11-20" in html


def test_the_markdown_report_has_counts_and_intervals_and_no_live_markup(made: Run) -> None:
    text = as_markdown(made, summarise(made.records, seed=0))

    assert "Of 9 questions 8 were met rightly" in text
    assert re.search(r"\| authority \| Governing plan \| 85\.7% \| \d+% to \d+% \| 7 \|", text)
    assert "<script>" not in text


def test_a_run_without_a_key_still_has_a_report(bench: Bench, right: Answerer, tmp_path: Path) -> None:
    from dataclasses import replace

    questions = tuple(replace(each, expected=None) for each in bench.dataset.questions)
    unlabelled = replace(bench, dataset=replace(bench.dataset, questions=questions))
    run(unlabelled, Contestant(name="assistant", answer=right), tmp_path / "run")
    found = read_run(tmp_path / "run")

    assert "only retrieval is measured" in as_html(found, summarise(found.records, seed=0))
