"""The window: ask, trust, open the page. Runs on this machine unless told otherwise."""

from __future__ import annotations

from pathlib import Path


def serve(index: Path, host: str = "127.0.0.1", port: int = 7860) -> None:
    """Serves the assistant of `index` until stopped; the page shows while the index still opens."""
    from assistant.web.serving import run

    run(index, host, port)
