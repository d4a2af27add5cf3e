from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from ingest.errors import IngestError
from ingest.load import Cage, load_in_process
from ingest.load.cage import Limits
from ingest.plans import LoadedDocument, Reading

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc for what is left")

# A parser that misbehaves as its file says. It runs only inside the cage.
MISBEHAVING = """
import ctypes, os, signal, socket, sys, time
from pathlib import Path
from ingest.plans import Line, LoadedDocument, Page, Reading

def page(number, text="tekst"):
    return Page(number, None, text, (Line(0, len(text)),))

def load(path, emit):
    deed = path.read_text(encoding="utf-8")
    if deed == "ignore":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if deed in ("loop", "ignore"):
        while True:
            pass
    if deed == "sleep":
        time.sleep(600)
    if deed == "allocate":
        kept = [bytearray(1 << 26) for _ in range(64)]
    if deed == "print":
        for _ in range(1024):
            os.write(1, b"x" * (1 << 20))
            os.write(2, b"x" * (1 << 20))
    if deed == "flood":
        while True:
            emit(page(1, "x" * 1_000_000), 1)
    if deed == "crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    if deed == "half":
        emit(page(1), 4)
        emit(page(2), 4)
        os.kill(os.getpid(), signal.SIGSEGV)
    if deed == "half, then hang":
        emit(page(1), 4)
        time.sleep(600)
    if deed == "leave":
        os._exit(0)
    if deed == "raise":
        raise ValueError("odd")
    if deed == "nonsense":
        for pipe in range(3, 20):
            try:
                os.write(pipe, b"[1, 2\\n")
            except OSError:
                pass
        time.sleep(600)
    if deed == "fork":
        if ctypes.CDLL(None).fork() == 0:
            os.setsid()
            time.sleep(600)
    if deed == "call out":
        socket.socket()
    if deed == "write":
        (path.parent / "written").write_text("x")
    if deed == "start":
        os.system("true")
    text = " ".join(sorted(os.environ)) if deed == "tell" else "tekst"
    return LoadedDocument(media_type="text/plain", reading=Reading.OK, pages=(page(None, text),))
"""

QUICK = Limits(seconds=2.0, output_bytes=5_000_000)


@dataclass(frozen=True)
class Workshop:
    """A cage round the misbehaving parser, and the name that its processes go by."""

    cage: Cage
    folder: Path
    name: str

    def load(self, deed: str) -> LoadedDocument:
        path = self.folder / "plan.txt"
        path.write_text(deed, encoding="utf-8")
        return self.cage.load(path)

    def processes(self) -> list[int]:
        """Living processes of this cage, the one in use and any that was left."""
        found = []
        for place in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                if self.name.encode() in place.read_bytes() and int(place.parent.name) != os.getpid():
                    found.append(int(place.parent.name))
            except OSError:
                continue
        return found


@pytest.fixture
def workshop(tmp_path: Path) -> Iterator[Workshop]:
    name = f"misbehaving_{uuid.uuid4().hex}"
    (tmp_path / f"{name}.py").write_text(MISBEHAVING, encoding="utf-8")
    with Cage(QUICK, loader=f"{name}:load", search=(tmp_path,)) as cage:
        made = Workshop(cage, tmp_path, name)
        yield made
    assert made.processes() == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("deed", "reading", "word"),
    [
        ("loop", Reading.LIMIT, "seconds"),
        ("ignore", Reading.LIMIT, "seconds"),
        ("sleep", Reading.LIMIT, "seconds"),
        ("allocate", Reading.LIMIT, "memory"),
        ("flood", Reading.LIMIT, "more text"),
        ("crash", Reading.REJECTED, "signal 11"),
        ("leave", Reading.REJECTED, "fail"),
        ("raise", Reading.REJECTED, "ValueError: odd"),
        ("nonsense", Reading.REJECTED, "fail"),
        ("call out", Reading.REJECTED, "no network"),
        ("start", Reading.REJECTED, "starts no other"),
        ("write", Reading.REJECTED, "does not write"),
    ],
)
def test_misdeed_ends_as_an_outcome_and_the_next_document_is_read(
    workshop: Workshop, deed: str, reading: Reading, word: str
) -> None:
    document = workshop.load(deed)

    assert document.reading is reading
    assert document.reason
    assert document.reason.startswith("plan.txt: ")
    assert word in document.reason
    assert workshop.load("good").reading is Reading.OK
    assert len(workshop.processes()) == 1


def test_what_a_parser_prints_is_not_heard(workshop: Workshop) -> None:
    assert workshop.load("print").reading is Reading.OK


def test_grandchild_that_left_the_group_is_ended_with_the_cage(workshop: Workshop) -> None:
    assert workshop.load("fork").reading is Reading.OK
    assert len(workshop.processes()) == 2

    workshop.load("crash")

    assert len(workshop.processes()) == 1


def test_pages_read_before_a_crash_are_kept_and_the_others_named(workshop: Workshop) -> None:
    document = workshop.load("half")

    assert document.reading is Reading.PARTIAL
    assert [page.number for page in document.pages] == [1, 2]
    assert document.unread_pages == (3, 4)


def test_pages_read_before_the_time_is_up_are_kept(workshop: Workshop) -> None:
    document = workshop.load("half, then hang")

    assert document.reading is Reading.LIMIT
    assert (len(document.pages), document.unread_pages) == (1, (2, 3, 4))


def test_keys_in_the_environment_stay_outside(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "hemmelig")
    workshop.load("crash")

    assert "OPENAI_API_KEY" not in workshop.load("tell").pages[0].text


def test_process_is_used_again_until_its_number_of_documents(workshop: Workshop) -> None:
    before = set(workshop.processes())
    seen = []
    with Cage(Limits(documents=3), loader=f"{workshop.name}:load", search=(workshop.folder,)) as cage:
        other = Workshop(cage, workshop.folder, workshop.name)
        for _ in range(4):
            other.load("good")
            seen.append(set(workshop.processes()) - before)

    assert [len(processes) for processes in seen] == [1, 1, 1, 1]
    assert seen[0] == seen[1] != seen[2] == seen[3]


def test_process_that_died_while_idle_is_replaced(workshop: Workshop) -> None:
    workshop.load("good")
    (process,) = workshop.processes()
    os.kill(process, signal.SIGKILL)
    time.sleep(0.2)

    assert workshop.load("good").reading is Reading.OK


def test_nothing_is_left_when_the_owner_is_killed(workshop: Workshop) -> None:
    (workshop.folder / "endless.txt").write_text("loop", encoding="utf-8")
    script = (
        "import sys; from pathlib import Path; from ingest.load import Cage\n"
        f"with Cage(loader='{workshop.name}:load', search=(Path(sys.argv[1]),)) as cage:\n"
        "    print('ready', flush=True); cage.load(Path(sys.argv[1], 'endless.txt'))\n"
    )
    before = set(workshop.processes())
    owner = subprocess.Popen(
        [sys.executable, "-c", script, str(workshop.folder)],
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "TMPDIR": str(workshop.folder)},
    )
    assert owner.stdout is not None
    assert owner.stdout.readline() == b"ready\n"
    wait_for(lambda: len(set(workshop.processes()) - before) == 2)

    owner.kill()
    owner.wait()
    owner.stdout.close()

    wait_for(lambda: set(workshop.processes()) == before)


def wait_for(condition: Callable[[], bool], seconds: float = 20.0) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it did not come to pass"
        time.sleep(0.05)


def test_documents_read_the_same_inside_and_outside(tmp_path: Path) -> None:
    path = tmp_path / "plan.md"
    path.write_text("# Plan\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\nKommunen skal leie.\n", encoding="utf-8")

    with Cage() as cage:
        assert cage.load(path) == load_in_process(path)


def test_module_beside_the_documents_is_never_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pypdf.py").write_text("import os; os._exit(3)", encoding="utf-8")
    (tmp_path / "plan.txt").write_text("Kommunen skal leie.", encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    with Cage() as cage:
        assert cage.load(Path("plan.txt")).reading is Reading.OK


def test_file_that_is_gone_is_an_outcome(tmp_path: Path) -> None:
    with Cage() as cage:
        assert cage.load(tmp_path / "borte.pdf").reading is Reading.REJECTED


def test_closed_cage_says_how_to_open_it(tmp_path: Path) -> None:
    with pytest.raises(IngestError, match="with Cage"):
        Cage().load(tmp_path / "plan.pdf")


def test_loader_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with Cage(loader="no_such_module:load") as cage, pytest.raises(IngestError, match="no_such_module"):
        cage.load(tmp_path / "plan.pdf")
