from __future__ import annotations

import os
from pathlib import Path

import pytest

from assistant.demo import documents
from assistant.settings import Settings
from assistant.wire import Assistant
from ingest.build import ingest
from ingest.embed import Encoder
from ingest.places import cache_folder


@pytest.fixture(scope="session")
def skogvang(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Path:
    """The bundled municipality's index, made once a run with the real encoder."""
    index = tmp_path_factory.mktemp("skogvang")
    ingest(documents(), index, cache=cache_folder(os.environ), encoder=encoder)
    return index


@pytest.fixture(scope="session")
def assistant(skogvang: Path) -> Assistant:
    return Assistant(skogvang, Settings.from_env(os.environ))
