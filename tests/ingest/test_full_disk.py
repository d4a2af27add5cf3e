"""A disk that fills up while plans are read: said in words, nothing lost, and the next run finishes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.places import cache_folder
from tests.conftest import OUTSIDE, ROOT

pytestmark = pytest.mark.slow

Folder = Callable[..., Path]
RULES = "# Reglement\n\n## § 1 Tilbud\n\nFor kjøp over 100 000 kroner skal det innhentes tre tilbud.\n"
ROUTINES = "# Rutiner\n" + "".join(
    f"\n## {n} Rapport\n\nEnhet {n} skal levere rapport {n * 7919} til avdeling {n * 31}.\n"
    for n in range(100)
)
_HJEMMEL = f'"{sys.executable}" -m hjemmel'
_NAMED = "no space left while writing"
_REMEDY = "make room and run again"


def _shell(script: str, *, own_disk: bool) -> subprocess.CompletedProcess[str]:
    """Runs a script; with `own_disk` it may mount file systems that only it sees and that end with it."""
    environ = {**os.environ, "HJEMMEL_CACHE": str(cache_folder(os.environ))}
    command = [*(("unshare", "-rm") if own_disk else ()), "sh", "-c", script]
    return subprocess.run(command, capture_output=True, text=True, env=environ, cwd=ROOT, check=False)


@pytest.fixture
def own_disk() -> None:
    can = shutil.which("unshare") and _shell("mount -t tmpfs tmpfs /mnt", own_disk=True).returncode == 0
    if not can:
        pytest.skip(OUTSIDE + "this machine lets no test mount a small disk of its own")


@pytest.mark.parametrize("kilobytes_left", [100, 6_000], ids=["no room for the store", "nor for the search"])
@pytest.mark.usefixtures("own_disk", "encoder")
def test_a_full_disk_is_named_and_the_index_goes_on_answering(
    plan_folder: Folder, tmp_path: Path, kilobytes_left: int
) -> None:
    before, after = plan_folder("before", r=RULES), plan_folder("after", r=RULES, p=ROUTINES)
    disk = tmp_path / "disk"
    disk.mkdir()
    index = disk / "index"
    script = f"""
        mount -t tmpfs -o size=48m tmpfs "{disk}"
        {_HJEMMEL} ingest "{before}" --index "{index}" 2>/dev/null || exit 90
        left=$(df -k --output=avail "{disk}" | tail -1)
        head -c $(((left - {kilobytes_left}) * 1024)) /dev/zero > "{disk}/filler"
        {_HJEMMEL} ingest "{after}" --index "{index}"; echo "exit $?"
        {_HJEMMEL} search "hvor mange tilbud" --index "{index}" || exit 91
        rm "{disk}/filler"
        {_HJEMMEL} ingest "{after}" --index "{index}" 2>/dev/null || exit 92
        {_HJEMMEL} doctor --index "{index}" | tail -1
    """

    done = _shell(script, own_disk=True)

    assert done.returncode == 0, done.stderr
    assert "exit 1" in done.stdout
    assert _NAMED in done.stderr
    assert _REMEDY in done.stderr
    assert "Traceback" not in done.stderr
    assert "skal det innhentes tre tilbud" in done.stdout
    assert done.stdout.strip().endswith("sound")


@pytest.mark.usefixtures("encoder")
def test_a_file_that_may_not_grow_further_is_told_as_a_full_disk(plan_folder: Folder, tmp_path: Path) -> None:
    folder, index = plan_folder(r=RULES, p=ROUTINES), tmp_path / "index"

    done = _shell(f'ulimit -f 300; {_HJEMMEL} ingest "{folder}" --index "{index}"', own_disk=False)

    assert done.returncode == 1
    assert _NAMED in done.stderr
    assert _REMEDY in done.stderr
    assert "Traceback" not in done.stderr
