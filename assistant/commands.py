"""What each command does: open the parts, call one function, print."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.errors import BadQuestion
from assistant.settings import Settings, from_environment

if TYPE_CHECKING:
    from assistant.answers import Answer, Question
    from assistant.ask import Trace
    from assistant.wire import Assistant

EXAMPLE = "Må jeg sjekke ombrukslageret før jeg kjøper nye stoler?"


def run(arguments: argparse.Namespace) -> int:
    """Runs a parsed command; 0 when done, 1 when something failed, 2 on misuse."""
    actions = {
        "demo": _demo,
        "ask": _ask,
        "search": _search,
        "serve": _serve,
        "doctor": _doctor,
        "plans": _plans,
        "qa": _qa,
    }
    return actions[arguments.command](arguments)


def _index(arguments: argparse.Namespace, settings: Settings) -> Path:
    return arguments.index or settings.index


def _open(arguments: argparse.Namespace) -> Assistant:
    from assistant.wire import open_assistant

    settings = from_environment()
    return open_assistant(_index(arguments, settings), settings=settings, municipality=arguments.municipality)


# --- ask and search -----------------------------------------------------------------------


def _ask(arguments: argparse.Namespace) -> int:
    if (arguments.question is None) == (arguments.questions is None):
        return _misuse("give a QUESTION, or --questions FILE.jsonl")
    assistant = _open(arguments)
    for question in _questions(arguments):
        answer, trace = assistant.ask(question)
        _print_answer(answer, trace, arguments)
    return 0


def _print_answer(answer: Answer, trace: Trace, arguments: argparse.Namespace) -> None:
    from assistant.render import answer_text

    if arguments.json or arguments.questions:
        print(json.dumps(answer.to_json(), ensure_ascii=False), flush=True)
    else:
        print(answer_text(answer))
    if arguments.trace:
        print(json.dumps(trace.to_json(), ensure_ascii=False, indent=1), file=sys.stderr)


def _search(arguments: argparse.Namespace) -> int:
    from assistant.render import passages_text

    if (arguments.question is None) == (arguments.questions is None):
        return _misuse("give a QUERY, or --questions FILE.jsonl")
    assistant = _open(arguments)
    for question in _questions(arguments):
        passages = assistant.ranked(question, arguments.k)
        if arguments.json or arguments.questions:
            found = {
                "id": question.question_id,
                "query": question.text,
                "passages": [p.to_json() for p in passages],
            }
            print(json.dumps(found, ensure_ascii=False), flush=True)
        else:
            print(passages_text(passages))
    return 0


def _questions(arguments: argparse.Namespace) -> Iterator[Question]:
    from assistant.wire import to_question

    defaults = {"as_of": arguments.as_of, "language": arguments.lang}
    chosen = {key: value for key, value in defaults.items() if value is not None}
    if arguments.question is not None:
        history = _history(getattr(arguments, "history", None))
        yield replace(to_question({"question": arguments.question, "history": history}), **chosen)
        return
    for number, content in _lines(arguments.questions):
        try:
            yield replace(to_question(content), **chosen)
        except BadQuestion as error:
            raise BadQuestion(f"{arguments.questions}:{number}: {error}") from error


def _lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(_text(path).splitlines(), 1):
        if not line.strip():
            continue
        try:
            content = json.loads(line)
        except ValueError as error:
            raise BadQuestion(f"{path}:{number}: not JSON ({error}); write one object a line") from error
        if not isinstance(content, dict):
            raise BadQuestion(f'{path}:{number}: not an object; write {{"id": …, "question": …}}')
        yield number, content


def _history(path: Path | None) -> list[Any]:
    if path is None:
        return []
    try:
        found = json.loads(_text(path))
    except ValueError as error:
        raise BadQuestion(f"{path} is not JSON ({error}); write a list of {{role, content}}") from error
    if not isinstance(found, list):
        raise BadQuestion(f"{path} must hold a list of {{role, content}}")
    return found


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadQuestion(f"{path} cannot be read ({error}); name a UTF-8 file that exists") from error


# --- demo, serve, doctor ------------------------------------------------------------------


def _demo(arguments: argparse.Namespace) -> int:
    from assistant import demo
    from assistant.render import answer_text
    from assistant.wire import open_assistant, to_question

    settings = from_environment()
    index = demo.prepare(settings)
    assistant = open_assistant(index, settings=settings)
    question = arguments.ask or EXAMPLE
    answer, _ = assistant.ask(to_question({"question": question}))
    print(f"? {question}\n\n{answer_text(answer)}\n", flush=True)
    if arguments.ask:
        return 0
    assistant.close()
    return _serve_at(index, "127.0.0.1", arguments.port, browser=not arguments.no_browser)


def _serve(arguments: argparse.Namespace) -> int:
    from ingest.store import Store

    index = _index(arguments, from_environment())
    Store.open(index).close()  # a missing or damaged index is told before anything starts
    return _serve_at(index, arguments.host, arguments.port, browser=False)


def _serve_at(index: Path, host: str, port: int, *, browser: bool) -> int:
    from assistant.web import serve

    address = f"http://{host}:{port}"
    print(f"Hjemmel answers at {address} (Ctrl-C stops it)", file=sys.stderr, flush=True)
    if browser:
        import threading
        import webbrowser

        threading.Timer(1.5, webbrowser.open, (address,)).start()
    serve(index, host=host, port=port)
    return 0


def _doctor(arguments: argparse.Namespace) -> int:
    from assistant import doctor

    settings = from_environment()
    report = doctor.examine(_index(arguments, settings), settings, repair=arguments.repair)
    print(json.dumps(report.to_json(), ensure_ascii=False) if arguments.json else doctor.render(report))
    return 0 if report.sound else 1


# --- plans --------------------------------------------------------------------------------


def _plans(arguments: argparse.Namespace) -> int:
    from assistant.desk.commands import run as run_plans

    return run_plans(arguments, from_environment())


# --- the trainer's questions ----------------------------------------------------------------


def _qa(arguments: argparse.Namespace) -> int:
    from assistant.training.commands import run as run_qa

    return run_qa(arguments, _index(arguments, from_environment()))


def _misuse(words: str) -> int:
    print(f"hjemmel: {words}", file=sys.stderr)
    return 2
