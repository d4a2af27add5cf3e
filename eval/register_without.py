"""A folder of documents with one plan taken out, register and all."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import yaml

from eval.errors import DatasetError
from ingest.register import REGISTER_NAMES, read_register


def copy_without(documents: Path, plan_id: str, target: Path) -> Path:
    """Copies a folder of documents without one plan: its files, its entry and every link to it.

    Raises:
        DatasetError: there is no register, or the plan is not in it.
    """
    register = read_register(documents)
    name = next((each for each in REGISTER_NAMES if (documents / each).exists()), None)
    if register is None or name is None:
        raise DatasetError(f"{documents}: no plans.yaml, so no plan can be taken out of it")
    plans = {plan.plan_id: plan for plan in register.plans}
    if plan_id not in plans:
        raise DatasetError(f"{documents / name}: no plan {plan_id!r}; the ids are {', '.join(plans)}")
    kept = {file for key, plan in plans.items() if key != plan_id for v in plan.versions for file in v.files}
    for file in sorted(kept):
        (target / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(documents / file, target / file)
    text = (documents / name).read_text(encoding="utf-8-sig")
    content = yaml.load(text, Loader=_AsWritten)  # a SafeLoader, made to guess less
    written = yaml.dump(_without(content, plan_id), allow_unicode=True, sort_keys=False)
    (target / name).write_text(written, encoding="utf-8")
    return target


class _AsWritten(yaml.SafeLoader):
    """Scalars as written, as the register reads them: `language: no` is not false, `id: 007` not 7."""


_AsWritten.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag == "tag:yaml.org,2002:null"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _without(content: Any, plan_id: str) -> Any:
    plans = [plan for plan in content["plans"] if str(plan.get("id")) != plan_id]
    for plan in plans:
        for key in ("supersedes", "implements"):
            if key in plan and plan[key] is not None:
                links = plan[key] if isinstance(plan[key], list) else [plan[key]]
                plan[key] = [link for link in links if str(link).partition("#")[0].strip() != plan_id]
        if str(plan.get("translation_of")) == plan_id:
            plan["translation_of"] = None
    return {**content, "plans": plans}
