"""The true sentences of `data/true_sentences.yaml`, each with what it may rest on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from assistant.answers import Source
from assistant.verify import Grounds, Passage
from ingest.plans import Force

_FILE = Path(__file__).parent / "data" / "true_sentences.yaml"


@dataclass(frozen=True, slots=True)
class TrueSentence:
    """`text` without its marker; it rests on passage 1 of `grounds`."""

    text: str
    grounds: Grounds

    @property
    def language(self) -> str:
        return self.grounds.language

    @property
    def quote(self) -> str:
        return self.grounds.passages[0].source.quote

    def drafted(self, text: str | None = None, marker: str = "⟦1⟧") -> str:
        """The sentence, or another in its place, as a model writes it: the marker before the full stop."""
        words = self.text if text is None else text
        return f"{words[:-1]} {marker}{words[-1]}"


@cache
def true_sentences() -> tuple[TrueSentence, ...]:
    content = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return tuple(
        TrueSentence(text, grounds)
        for case in content
        for grounds in [_grounds(case)]
        for text in case["sentences"]
    )


def _grounds(case: Mapping[str, Any]) -> Grounds:
    force, below = Force(case["force"]), bool(case.get("below_threshold"))
    source = Source(
        statement_id=1, document_id=1, plan_id="P1", version_id=None, file="1.md", title=case["title"], level=4,
        level_name="Retningslinjer", section=case["section"], page=1, quote=case["quote"],
        language=case.get("quote_language", case["language"]), force=force,
    )  # fmt: skip
    passage = Passage(
        marker=1,
        source=source,
        force=Force.NONE if below else force,
        governing=True,
        owner=case.get("owner", ""),
    )
    return Grounds(
        question=case["question"], language=case["language"], passages=(passage,), below_threshold=below
    )
