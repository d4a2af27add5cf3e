from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ingest.load import serial
from ingest.plans import Line, LineKind, LoadedDocument, OutlineEntry, Page, Reading, WordBox

NUMBER = st.integers(0, 10_000)
SPAN = st.tuples(NUMBER, NUMBER)
FRACTION = st.floats(0, 1_000, allow_nan=False)
LINES = st.builds(
    Line,
    start=NUMBER,
    end=NUMBER,
    size=FRACTION,
    bold=st.booleans(),
    x=FRACTION,
    y=FRACTION,
    kind=st.sampled_from(LineKind),
    heading_level=st.none() | st.integers(1, 6),
    cells=st.lists(SPAN, max_size=3).map(tuple),
)
PAGES = st.builds(
    Page,
    number=st.none() | NUMBER,
    label=st.none() | st.text(max_size=5),
    text=st.text(st.characters(exclude_categories=[])),
    lines=st.lists(LINES, max_size=4).map(tuple),
    ocr_confidence=st.none() | st.floats(0, 1),
    words=st.lists(st.builds(WordBox, NUMBER, NUMBER, *[st.floats(0, 1)] * 4), max_size=3).map(tuple),
)
DOCUMENTS = st.builds(
    LoadedDocument,
    media_type=st.text(max_size=9),
    reading=st.sampled_from(Reading),
    pages=st.lists(PAGES, max_size=3).map(tuple),
    outline=st.lists(st.builds(OutlineEntry, st.text(), NUMBER, st.none() | NUMBER), max_size=3).map(tuple),
    reason=st.none() | st.text(),
    unread_pages=st.lists(NUMBER, max_size=3).map(tuple),
    title=st.none() | st.text(),
)


@given(DOCUMENTS)
def test_document_to_json_and_back_is_the_same_document(document: LoadedDocument) -> None:
    assert serial.from_json(serial.to_json(document)) == document


@given(PAGES)
def test_page_on_the_wire_is_one_line_of_ascii(page: Page) -> None:
    line = json.dumps(serial.page_to_record(page))

    assert line.isascii()
    assert "\n" not in line
    record: Any = json.loads(line)
    assert serial.page_from_record(record) == page
