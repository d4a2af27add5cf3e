"""A register as plain JSON and back: what the store keeps, so that a query needs no folder."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from ingest.plans import (
    Body,
    Municipality,
    Plan,
    PlanLevel,
    PlanLink,
    PlanVersion,
    Register,
    RevisionDue,
    Status,
)


def to_json(register: Register) -> str:
    from dataclasses import asdict

    return json.dumps(asdict(register), default=str, ensure_ascii=False)


def from_json(text: str) -> Register:
    record = json.loads(text)
    municipality = record["municipality"]
    return Register(
        municipality=Municipality(
            municipality_id=municipality["municipality_id"],
            name=municipality["name"],
            languages=tuple(municipality["languages"]),
        ),
        levels=tuple(PlanLevel(**level) for level in record["levels"]),
        bodies=tuple(Body(**body) for body in record["bodies"]),
        plans=tuple(_plan(plan) for plan in record["plans"]),
        confirmed=record["confirmed"],
    )


def _plan(record: dict[str, Any]) -> Plan:
    due = record["revision_due"]
    return Plan(
        **{
            **record,
            "versions": tuple(_version(v) for v in record["versions"]),
            "supersedes": tuple(record["supersedes"]),
            "implements": tuple(PlanLink(**link) for link in record["implements"]),
            "revision_due": due and RevisionDue(_date(due["on"]), due["every_years"]),
        }
    )


def _version(record: dict[str, Any]) -> PlanVersion:
    days = ("adopted_on", "valid_from", "valid_to", "repealed_on")
    return PlanVersion(
        **{
            **record,
            **{key: _date(record[key]) for key in days},
            "files": tuple(record["files"]),
            "amended_on": tuple(date.fromisoformat(day) for day in record["amended_on"]),
            "status": Status(record["status"]),
        }
    )


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
