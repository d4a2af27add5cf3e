"""Settings, each with who would change it. Only `wire.py` and the command line read them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import BadSetting
from ingest.embed import DEFAULT
from ingest.places import cache_folder, data_folder, index_in

MODEL_SECONDS = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    data: Path
    """Where indexes lie; whoever has little room at home. HJEMMEL_DATA."""
    cache: Path
    """Where the default encoder is made once; whoever has little room at home. HJEMMEL_CACHE."""
    encoder: str = DEFAULT
    """`default`, `untaught`, a folder or a model name; whoever has a stronger model. HJEMMEL_ENCODER."""
    threads: int = 0
    """Threads for the encoder, 0 for up to four; whoever shares the machine. HJEMMEL_THREADS."""

    vectors: str = "auto"
    """`exact`, `chroma`, or `auto` by size; whoever has a very large index. HJEMMEL_VECTORS."""
    model: str | None = None
    """A language model that words answers, `openai:NAME` or `ollama:NAME`, None for none; whoever has one.
    HJEMMEL_MODEL."""
    model_base_url: str | None = None
    """Where the model is served, None for the provider's own; whoever serves one. HJEMMEL_MODEL_BASE_URL."""
    model_timeout: float = MODEL_SECONDS
    """Seconds a question waits for the model; whoever has a slow one. HJEMMEL_MODEL_TIMEOUT."""

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> Settings:
        """Settings from environment variables.

        Raises:
            BadSetting: a value cannot be what it should.
        """
        return cls(
            data=data_folder(environ),
            cache=cache_folder(environ),
            encoder=environ.get("HJEMMEL_ENCODER") or DEFAULT,
            threads=_number(environ, "HJEMMEL_THREADS"),
            vectors=_one_of(environ, "HJEMMEL_VECTORS", ("auto", "exact", "chroma")),
            model=environ.get("HJEMMEL_MODEL") or None,
            model_base_url=environ.get("HJEMMEL_MODEL_BASE_URL") or None,
            model_timeout=_seconds(environ, "HJEMMEL_MODEL_TIMEOUT", MODEL_SECONDS),
        )

    @property
    def index(self) -> Path:
        return index_in(self.data)


def _one_of(environ: Mapping[str, str], key: str, allowed: tuple[str, ...]) -> str:
    value = environ.get(key) or allowed[0]
    if value not in allowed:
        raise BadSetting(f"{key} is {value!r}; give one of {', '.join(allowed)}")
    return value


def _number(environ: Mapping[str, str], key: str) -> int:
    value = environ.get(key, "0")
    if not value.isdigit():
        raise BadSetting(f"{key} is {value!r}; give a whole number, or leave it unset")
    return int(value)


def _seconds(environ: Mapping[str, str], key: str, otherwise: float) -> float:
    value = environ.get(key)
    try:
        seconds = float(value) if value else otherwise
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < float("inf"):
        raise BadSetting(f"{key} is {value!r}; give a number of seconds above 0, or leave it unset")
    return seconds


def from_environment() -> Settings:
    return Settings.from_env(os.environ)
