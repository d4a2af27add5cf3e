"""A set as Moodle XML: multiple choice, true or false, and matching questions with feedback and source."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path
from xml.etree import ElementTree as ET

from assistant.training.items import Item, Kind
from assistant.training.trainer import Trainer
from prompts import training_texts


def write(items: Sequence[Item], to: Path, trainer: Trainer) -> None:
    quiz = ET.Element("quiz")
    category = ET.SubElement(quiz, "question", type="category")
    _text(ET.SubElement(category, "category"), f"$course$/top/{trainer.library().register.municipality.name}")
    for item in items:
        quiz.append(_question(item))
    ET.indent(quiz, " ")
    to.write_bytes(ET.tostring(quiz, encoding="utf-8", xml_declaration=True))


def _question(item: Item) -> ET.Element:
    kind = {Kind.TRUE_FALSE: "truefalse", Kind.MATCHING: "matching"}.get(item.kind, "multichoice")
    question = ET.Element("question", type=kind)
    _text(ET.SubElement(question, "name"), f"{item.item_id} {_clear(item.question)[:80]}")
    _html(ET.SubElement(question, "questiontext", format="html"), item.question)
    _html(ET.SubElement(question, "generalfeedback", format="html"), _feedback(item))
    ET.SubElement(question, "defaultgrade").text = "1"
    ET.SubElement(question, "idnumber").text = item.item_id
    if item.kind is Kind.MATCHING:
        _matching(question, item)
    elif item.kind is Kind.TRUE_FALSE:
        _truth(question, item)
    else:
        _choice(question, item)
    tags = ET.SubElement(question, "tags")
    for tag in (*item.plan_ids, f"level-{item.level}", item.force, item.difficulty.value, item.language):
        _text(ET.SubElement(tags, "tag"), tag)
    return question


def _choice(question: ET.Element, item: Item) -> None:
    ET.SubElement(question, "single").text = "true"
    ET.SubElement(question, "shuffleanswers").text = "0" if item.kind is Kind.WHICH_LEVEL else "1"
    ET.SubElement(question, "answernumbering").text = "abc"
    for option in item.options:
        answer = ET.SubElement(question, "answer", fraction="100" if option.right else "0", format="html")
        _html(answer, option.text)
        _html(ET.SubElement(answer, "feedback", format="html"), option.why)


def _truth(question: ET.Element, item: Item) -> None:
    """Moodle's own words for true and false: the first option is the true one."""
    right = next(place for place, option in enumerate(item.options) if option.right)
    for place, name in enumerate(("true", "false")):
        fraction = "100" if place == right else "0"
        answer = ET.SubElement(question, "answer", fraction=fraction, format="moodle_auto_format")
        _text(answer, name)
        _html(ET.SubElement(answer, "feedback", format="html"), item.options[place].why)


def _matching(question: ET.Element, item: Item) -> None:
    ET.SubElement(question, "shuffleanswers").text = "true"
    for pair in item.pairs:
        sub = ET.SubElement(question, "subquestion", format="html")
        _html(sub, pair.left)
        _text(ET.SubElement(sub, "answer"), pair.right)


def _feedback(item: Item) -> str:
    words = training_texts(item.language)["sheet"]
    places = [", ".join(filter(None, (q.title, q.section, str(q.page or "")))) for q in item.quotes[:4]]
    return f"{item.explanation}\n{words['source']}: {'; '.join(places)}" if places else item.explanation


def _html(parent: ET.Element, text: str) -> None:
    lines = "".join(f"<p>{escape(line, quote=False)}</p>" for line in _clear(text).splitlines())
    _text(parent, lines)


def _text(parent: ET.Element, text: str) -> None:
    ET.SubElement(parent, "text").text = _clear(text)


def _clear(text: str) -> str:
    """Without the control characters that XML cannot hold."""
    return "".join(c for c in text if c in "\n\t" or ord(c) >= 32)
