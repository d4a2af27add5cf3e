"""What tests share: real parts, no network, and no silent skips where everything is required."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.embed import Encoder, open_encoder
from ingest.places import cache_folder

ROOT = Path(__file__).parent.parent
OUTSIDE = "outside material: "
"""A skip with this reason stands even where everything is required: the material is not ours to install."""


def shared_folder() -> Path | None:
    """Real documents and outside benchmarks, where this machine has them."""
    named = os.environ.get("HJEMMEL_SHARED")
    folder = Path(named) if named else ROOT.parent / "shared"
    return folder if folder.is_dir() else None


@pytest.fixture(scope="session")
def shared() -> Path:
    folder = shared_folder()
    if folder is None:
        pytest.skip(OUTSIDE + "no folder of real documents beside the project (HJEMMEL_SHARED names one)")
    return folder


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    """The real default encoder, loaded once a run."""
    return open_encoder("default", cache_folder(os.environ))


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Under REQUIRE_ALL a skipped test is a failed one."""
    outcome = yield
    report = outcome.get_result()  # type: ignore[attr-defined]  # pluggy's result
    if report.skipped and os.environ.get("REQUIRE_ALL") and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        if OUTSIDE not in reason:
            report.outcome = "failed"
            report.longrepr = f"skipped where everything is required: {reason}"
