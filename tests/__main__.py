"""Checks everything: format, lint, types, import directions, tests. `python -m tests` or `make test`."""

from __future__ import annotations

import subprocess
import sys
import time

_PACKAGES = ["assistant", "ingest", "prompts", "eval", "tests", "hjemmel.py"]
_CHECKS = {
    "format": ["ruff", "format", "--check", "-q", *_PACKAGES],
    "lint": ["ruff", "check", "-q", *_PACKAGES],
    "types": ["mypy"],
    "import directions": ["lint-imports"],
}


def main(argv: list[str]) -> int:
    """Runs every check, then the tests; 1 if any failed. Arguments go to pytest."""
    failed = [name for name, command in _CHECKS.items() if not _passes(name, command)]
    if "--only-checks" not in argv and not _passes("tests", ["pytest", *argv]):
        failed.append("tests")
    print(f"failed: {', '.join(failed)}" if failed else "everything passed")
    return 1 if failed else 0


def _passes(name: str, command: list[str]) -> bool:
    print(f"== {name}", flush=True)
    started = time.monotonic()
    program = [sys.executable, "-m", *command] if command[0] != "lint-imports" else [_beside(command[0])]
    done = subprocess.run(program, check=False)
    print(f"   {time.monotonic() - started:.0f} s", flush=True)
    return done.returncode == 0


def _beside(program: str) -> str:
    from pathlib import Path

    return str(Path(sys.executable).with_name(program))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
