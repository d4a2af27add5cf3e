"""Where indexes and the default encoder lie when nobody says otherwise: per user, as the system wants it."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path


def data_folder(environ: Mapping[str, str]) -> Path:
    """HJEMMEL_DATA, else the user's data folder."""
    return _chosen(environ, "HJEMMEL_DATA", "XDG_DATA_HOME", ".local/share", "Library/Application Support")


def cache_folder(environ: Mapping[str, str]) -> Path:
    """HJEMMEL_CACHE, else the user's cache folder."""
    return _chosen(environ, "HJEMMEL_CACHE", "XDG_CACHE_HOME", ".cache", "Library/Caches")


def index_in(data: Path) -> Path:
    """The index that every command means when none is named."""
    return data / "index"


def default_index(environ: Mapping[str, str]) -> Path:
    return index_in(data_folder(environ))


def _chosen(environ: Mapping[str, str], own: str, xdg: str, linux: str, mac: str) -> Path:
    if environ.get(own):
        return Path(environ[own]).expanduser()
    if environ.get(xdg):
        return Path(environ[xdg]) / "hjemmel"
    if sys.platform == "win32" and environ.get("LOCALAPPDATA"):
        return Path(environ["LOCALAPPDATA"]) / "hjemmel"
    home = Path(environ.get("HOME") or Path.home())
    return home / (mac if sys.platform == "darwin" else linux) / "hjemmel"
