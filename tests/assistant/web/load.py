"""Many people asking a running window at once: `python -m tests.assistant.web.load http://127.0.0.1:7860`.

With the real assistant behind it, over loopback. Prints one line a crowd: how many were answered, how soon
they saw a first word of any kind and the answer, and how many were told that they stand in line.
"""

from __future__ import annotations

import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import httpx

CROWDS = (1, 10, 20, 40)
QUESTIONS = (
    ("nb", "Må vi se etter brukte pulter før vi kjøper nye?"),
    ("nb", "Hvem kan godkjenne et kjøp på 200 000 kroner?"),
    ("nn", "Kor lenge skal ein mobiltelefon brukast?"),
    ("en", "How many quotes do we need for catering for 150,000?"),
    ("nb", "Kan vi kjøpe en dieselbil til vaktmesteren?"),
    ("nn", "Kva gjeld når vi skal kjøpe klatrestativ til barnehagen?"),
    ("nb", "Kan vi kjøpe hundemat til terapihunden?"),
    ("en", "May we use disposable plates at the summer party?"),
    ("nb", "Hvor mye skal miljø telle når vi kjøper for 400 000?"),
    ("nb", "Jeg skal kjøpe 10 stoler for 80 000"),
)


@dataclass(frozen=True, slots=True)
class Wait:
    """Seconds; `queued` is what the person was told while waiting for others."""

    first: float
    words: float
    answer: float
    status: str
    queued: str


def wait_of_one(address: str, number: int) -> Wait:
    language, question = QUESTIONS[number % len(QUESTIONS)]
    began = time.perf_counter()
    first = words = 0.0
    status = queued = ""
    asked = {"question": question}
    with httpx.stream("POST", f"{address}/ask?lang={language}", json=asked, timeout=60) as reply:
        for line in reply.iter_lines():
            told = json.loads(line)
            now = time.perf_counter() - began
            first, status = first or now, told["status"]
            if status == "queued":
                queued = told["words"]
            if status in ("said", "done"):
                words = words or now
    return Wait(first, words, time.perf_counter() - began, status, queued)


def crowd(address: str, people: int) -> list[Wait]:
    with ThreadPoolExecutor(people) as pool:
        return list(pool.map(lambda number: wait_of_one(address, number), range(people)))


def share(values: list[float], part: float) -> float:
    return sorted(values)[int(part * (len(values) - 1))]


def report(people: int, waits: list[Wait]) -> str:
    answers, firsts = [w.answer for w in waits], [w.first for w in waits]
    answered = sum(w.status == "done" for w in waits)
    told = [w.queued for w in waits if w.queued]
    return (
        f"{people:3} at once: {answered} answered; first notice p95 {share(firsts, 0.95):.2f} s; "
        f"answer p50 {share(answers, 0.5):.2f} s, p95 {share(answers, 0.95):.2f} s, "
        f"last {max(answers):.2f} s; {len(told)} told of the line{f', as «{told[-1]}»' if told else ''}"
    )


def main(address: str) -> None:
    for number in range(len(QUESTIONS)):
        warm = wait_of_one(address, number)
        sys.stdout.write(
            f"warm: first words {warm.words:.2f} s, answer {warm.answer:.2f} s: {QUESTIONS[number][1]}\n"
        )
    for people in CROWDS:
        sys.stdout.write(report(people, crowd(address, people)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
