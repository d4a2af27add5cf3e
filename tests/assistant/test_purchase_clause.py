"""How strongly a sentence of two clauses binds at a step of a purchase."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.purchase_clause import force_at
from ingest.force import said
from ingest.plans import BlockKind, Force
from ingest.store import StoredStatement


def _statement(text: str, language: str, kind: BlockKind = BlockKind.PARAGRAPH) -> StoredStatement:
    return StoredStatement(
        statement_id=1,
        document_id=1,
        place=0,
        passage_row=0,
        section=0,
        text=text,
        context="",
        language=language,
        kind=kind,
        force=said(text, language).force,
        bearer=None,
        amounts=(),
        dates=(),
        flags=frozenset(),
        spans=(),
    )


@pytest.mark.parametrize(("language", "step", "text", "force"), [
    ("nb", "framework", "Små kjøp kan gjøres direkte hos én leverandør, men avrop skal alltid prøves først.", "obligation"),
    ("nb", "offers", "Små kjøp kan gjøres direkte hos én leverandør, men avrop skal alltid prøves først.", "permission"),
    ("nn", "framework", "Små kjøp kan gjerast direkte, og rammeavtale bør nyttast.", "recommendation"),
    ("sv", "framework", "Inköp under 50 000 kronor får göras direkt men ramavtal ska användas när det finns.", "obligation"),
    ("da", "document", "Små indkøb kan foretages direkte, men begrundelsen skal gemmes i et notat.", "obligation"),
    ("en", "framework", "Orders may be placed directly; a corporate contract must be used where one exists.", "obligation"),
    ("en", "document", "Small orders may be placed with one supplier and shall be recorded in the file.", "obligation"),
    ("en", "offers", "A framework must not be left, but quotes need not be asked for.", "none"),
    ("en", "framework", "A framework must not be left, but quotes need not be asked for.", "prohibition"),
])  # fmt: skip
def test_a_step_is_badged_by_the_clause_that_speaks_of_it(
    language: str, step: str, text: str, force: str
) -> None:
    assert force_at(step, _statement(text, language)).value == force


@pytest.mark.parametrize(("language", "text"), [
    ("en", "Goods must be approved by the manager and the supplier, who may ask for papers."),
    ("en", "Quotes shall be asked for, or the buyer must write down why not."),
    ("sv", "Offerter ska tas in av den som köper, om inte chefen får köpa direkt."),
])  # fmt: skip
def test_a_sentence_of_one_rule_keeps_its_force(language: str, text: str) -> None:
    statement = _statement(text, language)

    assert {force_at(step, statement) for step in ("offers", "sign", "document")} == {statement.force}


def test_what_a_person_has_corrected_stays() -> None:
    text = "Små kjøp kan gjøres direkte, men rammeavtale skal brukes."
    corrected = replace(_statement(text, "nb"), force=Force.RECOMMENDATION)

    assert force_at("framework", corrected) is Force.RECOMMENDATION


def test_a_line_for_the_very_thing_follows_the_statement() -> None:
    statement = _statement("Sykler kan kjøpes brukt, men rammeavtale skal brukes.", "nb")

    assert force_at("may", statement) is Force.PERMISSION
