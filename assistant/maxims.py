"""The rules by which one plan's statement prevails over another's, each with where it comes from.

Which rule beats which is a matter of the jurisdiction; the order here is the order they are tried in.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Maxim(StrEnum):
    NOT_IN_FORCE = "not_in_force"
    DRAFT_ONLY = "draft_only"
    OTHER_SCOPE = "other_scope"
    ADVICE_YIELDS = "advice_yields"
    TARGET_DOES_NOT_BIND = "target_does_not_bind"
    RESTATES_HIGHER = "restates_higher"
    MAY_TIGHTEN = "may_tighten"
    MAY_NOT_LOOSEN = "may_not_loosen"
    HIGHER_BODY = "higher_body"
    EXPRESS_CLAUSE = "express_clause"
    LEX_SPECIALIS = "lex_specialis"
    LEX_POSTERIOR = "lex_posterior"
    BOTH_MET = "both_met"
    UNRESOLVED = "unresolved"


@dataclass(frozen=True, slots=True)
class Rule:
    maxim: Maxim
    basis: str


RULES = (
    Rule(Maxim.NOT_IN_FORCE, "a text binds from its adoption and entry into force until it is repealed or replaced"),
    Rule(Maxim.DRAFT_ONLY, "a proposal on hearing is not adopted (plan- og bygningsloven chs. 5 and 11)"),
    Rule(Maxim.OTHER_SCOPE, "a rule with a threshold or a subject of its own does not reach beyond it"),
    Rule(Maxim.ADVICE_YIELDS, "guidance does not bind; a duty does (the director's instructions: kommuneloven § 13-1)"),
    Rule(Maxim.TARGET_DOES_NOT_BIND, "a target binds the unit that owns it, not the person who buys"),
    Rule(Maxim.RESTATES_HIGHER, "a text that repeats the law is no rule of its own and falls with it"),
    Rule(Maxim.MAY_TIGHTEN, "a lower text may ask for more where both can be obeyed together"),
    Rule(Maxim.MAY_NOT_LOOSEN, "lex superior: a lower text cannot ask for less than a higher one"),
    Rule(Maxim.HIGHER_BODY, "competence: what the council adopted the director cannot change (kommuneloven § 5-3)"),
    Rule(Maxim.EXPRESS_CLAUSE, "a text may say which goes first among itself, its equals and those below it"),
    Rule(Maxim.LEX_SPECIALIS, "of two texts of one body the more special prevails"),
    Rule(Maxim.LEX_POSTERIOR, "of two texts of one body the later prevails"),
    Rule(Maxim.BOTH_MET, "texts that can be obeyed together all apply"),
    Rule(Maxim.UNRESOLVED, "where special and later point apart, nobody but the owner can say"),
    Rule(Maxim.UNRESOLVED, "a lower text may ask for more only within the room that an exception above leaves"),
    Rule(Maxim.UNRESOLVED, "guides and rulings on one law have weight and no rank: where they disagree, none decides"),
    Rule(Maxim.UNRESOLVED, "of two targets of one council with different deadlines only the council can choose"),
)  # fmt: skip
