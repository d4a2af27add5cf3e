"""The bundled municipality: where it lies, and its index brought up to date."""

from __future__ import annotations

from pathlib import Path

from assistant.settings import Settings

_FOLDER = "skogvang"


def documents() -> Path:
    """The bundled municipality's folder, with its register."""
    import ingest

    return Path(ingest.__path__[0]) / "example" / _FOLDER


def prepare(settings: Settings) -> Path:
    """The demonstration's index, made or brought up to date with a progress bar on stderr."""
    from ingest.__main__ import run

    index = settings.data / f"demo-{_FOLDER}"
    run(documents(), index, as_json=False)
    return index
