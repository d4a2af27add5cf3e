"""The words by which a document says what it is, as data.

Bokmål, nynorsk, Swedish, Danish, English, and a little German, French, Finnish and Dutch.

A word is found at the end of a compound and with a short ending (`strategi` in
`Anskaffelsesstrategien`); a word that ends in a blank or begins with `^` is taken as it stands.
"""

from __future__ import annotations

from ingest.plans import Status

NATIONAL, MASTER, SUB, UNDERLYING = 1, 2, 3, 4

# A document that names its own step on the ladder; the digit counts from the highest.
LEVEL_LABEL = (
    r"^(?:plannivå|plannivået|planniveau|plan level|level of plan|nivå i planhierarkiet)\W{0,3}([1-9])\b"
)

# Kind, its place on the default ladder, words. Of words found in the title the first decides, and
# of those in one place the longest: Planstrategi is no strategi.
KIND_WORDS: tuple[tuple[str, int, tuple[str, ...]], ...] = (
    ("law", NATIONAL, (
        "^lov om ", "^lov ", "loven", "lova", "^lag om ", "^lag (", "^lagen om ", "lagstiftning",
        "^act ", "act of ", "^bill ", "^directive ", "direktiv", "^council directive",
        "^gesetz ", "gesetz", "^loi ", "^laki ", "laki ", "^wet ", "grunnlov")),
    ("regulation", NATIONAL, (
        "^forskrift", "forskrift", "^förordning", "förordning", "bekendtgørelse", "^regulation ",
        "regulation (eu)", "statutory instrument", "verordnung", "asetus", "^décret ", "besluit ")),
    ("guidance", NATIONAL, (
        "statlige planretningslinjer", "statlege planretningslinjer", "nasjonale forventninger",
        "nasjonale forventningar", "rundskriv", "national planning guidelines", "allmänna råd",
        "national policy statement")),
    ("guidance", UNDERLYING, (
        "veileder", "rettleiar", "vägledning", "vejledning", "^guidance ", "leitfaden", "opas",
        "handreiking", "^guide ")),
    ("master-plan", MASTER, (
        "kommuneplan", "samfunnsdel", "samfunnsdelen", "arealdel", "handlingsdel", "översiktsplan",
        "strategic plan", "community plan", "master plan", "municipal plan", "corporate plan",
        "council plan", "comprehensive plan",
        "local development plan", "kuntastrategia", "kaupunkistrategia", "flächennutzungsplan",
        "omgevingsvisie", "kommunevision", "plan local d'urbanisme")),
    ("plan-strategy", MASTER, ("planstrategi", "planning strategy")),
    ("budget", MASTER, (
        "økonomiplan", "årsbudsjett", "budsjett", "mål och budget", "budget", "talousarvio",
        "haushaltsplan", "haushaltssatzung", "begroting")),
    ("sub-plan", SUB, (
        "kommunedelplan", "områdeplan", "områderegulering", "detaljplan", "detaljregulering",
        "reguleringsplan", "reguleringsbestemmelser", "reguleringsføresegner", "lokalplan",
        "bebauungsplan", "klimaschutzkonzept", "sub-plan", "area plan", "climate plan",
        "climate and energy plan", "climate action plan", "circular economy plan", "ressursplan",
        "energy and climate plan",
        "klima- og energiplan", "klimaplan", "energiplan", "klimat- och energiplan",
        "asemakaava", "yleiskaava", "ilmasto-ohjelma", "omgevingsplan", "climate city contract",
        "fördjupad översiktsplan")),
    ("theme-plan", SUB, (
        "temaplan", "sektorplan", "thematic plan", "theme plan", "handlingsplan", "tiltaksplan",
        "action plan", "handlingsprogram", "åtgärdsplan", "avfallsplan", "affaldsplan",
        "handleplan", "aktionsplan",
        "miljøplan", "miljöprogram", "miljøprogram", "^program ", "^programmet ", "program för",
        "måltidspolicy", "inköpspolicy", "upphandlingspolicy", "hållbarhetspolicy")),
    ("strategy", UNDERLYING, ("strategi", "strategy", "strategie", "strategia", "stratégie")),
    ("standing-orders", UNDERLYING, (
        "reglement", "reglemente", "regulativ", "standing orders", "byelaws", "hallintosääntö",
        "vedtekter",
        "delegeringsreglement", "dienstanweisung", "satzung")),
    ("handbook", UNDERLYING, (
        "håndbok", "handbok", "håndbog", "handbook", "manual", "handbuch", "käsikirja",
        "handboek")),
    ("routine", UNDERLYING, (
        "rutine", "rutin", "rutiner", "procedure", "prosedyre", "routine", "instruks",
        "instruktion", "sjekkliste", "checklist")),
    ("guideline", UNDERLYING, (
        "retningslinje", "riktlinje", "guideline", "^policy ", "policy", "politik", "politikk",
        "regler", "richtlinie", "lignes directrices", "linjaukset", "beleid", "ohje",
        "föreskrifter")),
)  # fmt: skip

# Kinds that a word stands for in one language only, as its default ladder names them.
SPOKEN_KINDS: dict[str, tuple[tuple[str, int, tuple[str, ...]], ...]] = {
    "sv": (("theme-plan", SUB, ("policy", "policyn")),),
}

# Label of what a document says it is.
DOCUMENT_TYPE = (
    "dokumenttype|dokumenttyp|typ av dokument|typ av styrdokument|type dokument|dokumentkategori|"
    "styringsdokument|styrdokument|document type|type of document|plantype|type plan"
)

# Marks of national law anywhere on the cover, and the kind they stand for.
LAW_MARKS: tuple[tuple[str, str], ...] = (
    (r"\bLOV-\d{4}-\d\d-\d\d(?:-\d+)?", "law"),
    (r"\bFOR-\d{4}-\d\d-\d\d(?:-\d+)?", "regulation"),
    (r"\blov/\d{4}-\d\d-\d\d(?:-\d+)?", "law"),
    (r"\bforskrift/\d{4}-\d\d-\d\d(?:-\d+)?", "regulation"),
    (r"^(?:Lov|Act) (?:av )?\d{1,2}\. ?\w+ \d{4} nr", "law"),
    (r"^Lag \(\d{4}:\d+\)", "law"),
    (r"^Förordning \(\d{4}:\d+\)", "regulation"),
    (r"\bDirective (?:\(EU\) )?\d{4}/\d+", "law"),
    (r"\bRegulation \(E[UC]\)", "regulation"),
    (
        r"\b(?:utdrag|parafrase|excerpts?|extracts?|paraphrase) (?:av|of) (?:de |dei |the )?"
        r"(?:nasjonale|national|nationella|nationale) r",
        "regulation",
    ),
    (r"^(?:nasjonalt?e?|nationella|nationale|national) (?:regelverk|regler|lagstiftning|rules)\b", "law"),
    (
        r"\b(?:parafrase|parafras|paraphrase|sammanfattning|sammendrag|summary)\b.{0,20} (?:av|af|of) "
        r"(?:nationell|nasjonal|national)\w{0,2} (?:lagstiftning|lovgivning|lov|law|legislation)",
        "law",
    ),
    (
        r"^(?-i:(?:The )?(?:[A-Z][\w-]+ ){1,6}Act)(?: (?:\d{4}|and\b.*))?(?: [-\u2010-\u2015].*| \(.*\))?$",
        "law",
    ),
    (r"^national (?:[\w-]+ ){1,4}(?:guide|guidelines|guidance|policy statement)\b", "guidance"),
    (r"^(?:nasjonale|nationella|nationale) (?:[\w-]+ ){0,3}(?:retningslinjer|riktlinjer)\b", "guidance"),
    (
        r"^(?:nasjonal|nationell|national) (?:[\w-]+ ){0,3}(?:veileder|rettleiar|vägledning|vejledning)\b",
        "guidance",
    ),
    (r"\bLBK nr\.? \d+", "law"),
    (r"\b\d{4} c\. \d+\b", "law"),
)

# Of the words that match, the first listed decides: a consultation draft is at hearing.
STATUS_WORDS: tuple[tuple[Status, tuple[str, ...]], ...] = (
    (Status.HEARING, (
        "høringsutkast", "høringsforslag", "høringsversjon", "høringsutgave", "høringsdokument",
        "høringsfrist", "til høring", "på høring", "offentlig høring", "offentleg høyring",
        "offentlig ettersyn", "høyringsutkast",
        "høyringsframlegg", "høyringsversjon", "høyringsfrist", "til høyring", "på høyring",
        "offentleg ettersyn", "remissversion", "remissutgåva", "remisshandling",
        "samrådshandling", "granskningshandling", "høringsperiode", "i høring",
        "consultation draft", "draft for consultation", "public consultation", "consultation version",
        "öffentliche auslegung", "lausuntoversio", "lausuntokierros", "ter inzage",
        "version soumise à consultation")),
    (Status.DRAFT, (
        "utkast", "^forslag til ",
        "^framlegg til ", "arbeidsversjon", "^förslag till ", "^förslag", "arbetsversion",
        "arbetsmaterial", "udkast", "draft", "^proposal for ", "working version", "entwurf",
        "^projet de ", "version provisoire", "luonnos", "^ehdotus", "ontwerp", "conceptversie")),
    (Status.REPEALED, (
        "opphevet", "oppheva", "upphävd", "upphävt", "ophævet", "^repealed", "^revoked",
        "aufgehoben", "kumottu", "abrogé", "ingetrokken")),
    (Status.SUPERSEDED, (
        "erstattet av", "erstatta av", "utgått versjon", "ersatt av", "ersätts av", "erstattet af",
        "^replaced by", "^superseded", "superseded by", "ersetzt durch", "korvattu")),
)  # fmt: skip

# Only where it stands alone, on a line or in the running head: elsewhere it is a heading about it.
STATUS_ALONE: tuple[tuple[Status, tuple[str, ...]], ...] = (
    (Status.HEARING, ("høring", "høyring", "remiss", "samråd", "granskning", "consultation")),
    (
        Status.DRAFT,
        ("forslag", "planforslag", "framlegg", "planframlegg", "förslag", "ehdotus", "koncept", "concept"),
    ),
)

DECIDED = (
    "vedtatt", "vedtak", "vedtok", "vedtaksdato", "vedteke", "vedteken", "vedtatt av", "fastsatt",
    "fastsett", "godkjent", "godkjend", "antagen", "antaget", "antagna", "beslutad", "beslutat",
    "beslut", "datum för beslut", "beslutsdatum", "beslutsinstans", "fastställd", "fastställt",
    "fastställande", "vedtaget", "godkendt", "fastsat", "dato for vedtak", "godkjent dato",
    "date issued", "date approved",
    "date adopted", "adopted", "approved", "agreed by", "issued by", "given by", "passed by",
    "gitt av", "gjeve av", "gjeven av",
    "utfärdad av", "udstedt af",
    "date of adoption", "approval date", "beschlossen", "verabschiedet", "beschluss vom", "adopté",
    "approuvé", "hyväksytty", "vastgesteld",
)  # fmt: skip
PLANNED = (
    "planlagt", "planlagd", "planlegges", "planerat", "planerad", "planeras", "planned", "forventet",
    "förväntas", "expected", "avses", "tas sikte på",
)  # fmt: skip
"""With words for a decision: it is still to come."""
AMENDED = (
    "endring", "endringer", "ändring", "ändringar", "ændring",
    "endret", "sist endret", "endra", "sist endra", "revidert", "sist revidert", "ändrad",
    "senast ändrad", "reviderad", "senast reviderad", "ændret", "revideret", "amended",
    "last amended", "revised", "last revised", "geändert", "zuletzt geändert", "muutettu",
    "gewijzigd", "modifié",
)  # fmt: skip
IN_FORCE = (
    "trer i kraft", "tredde i kraft", "i kraft fra", "i kraft frå", "ikrafttredelse",
    "ikraftsetjing", "ikrafttreden", "gjelder fra", "gjeld frå", "gyldig fra", "gyldig frå",
    "gjeldende fra", "gjeldande frå", "träder i kraft", "trädde i kraft", "ikraftträdande",
    "gäller från", "giltig från", "giltigt från", "træder i kraft", "gælder fra", "gældende fra",
    "börjar gälla", "från och med", "börja gälla", "on or after", "applies from", "gjelder fra og med",
    "in force from", "enters into force", "entry into force", "comes into force", "effective from",
    "effective date", "valid from", "takes effect", "in kraft", "gültig ab", "voimaan",
    "voimassa alkaen", "geldig vanaf", "in werking", "entrée en vigueur",
)  # fmt: skip
UNTIL = (
    "gyldig til", "gjelder til", "gjeld til", "gjelder til og med", "gäller till",
    "gäller till och med", "giltig till", "giltigt till", "giltighetstid", "gælder til",
    "gyldig til og med", "valid until", "valid to", "in force until", "expires", "gültig bis",
    "voimassa", "geldig tot",
)  # fmt: skip
PERIOD = (
    "planperiode", "planperioden", "gyldighetsperiode", "gyldigheitsperiode", "virketid", "periode",
    "giltighetsperiod", "planperiod", "period", "gyldighedsperiode", "plan period", "laufzeit",
)  # fmt: skip
"""Label of the first and the last day."""
TO_DAY = "(?:og |och |og )?(?:til og med|till och med|til|till|t.o.m.|to|until|bis|tot)"
NATIONAL_BODIES = (
    "department for", "department of", "ministry", "agency", "departement", "direktorat", "myndighet",
    "styrelsen for", "ministeri",
)  # fmt: skip
"""National where a text of national rules names them; a municipality has its own departments."""
AND = "and|og|och|und"
WITH = "med|with|mit"
FOR = "for|of|för|for the|til|till|für"
BY = "av|by|af|von"
KEEPS = (
    "svarar för", "ansvarar för", "är ansvarig för", "har ansvar for", "har ansvaret for",
    "er ansvarlig for", "er ansvarleg for", "forvalter", "forvaltar", "förvaltar", "ajourfører",
    "eier", "eig", "äger", "ejer", "is responsible for", "owns", "keeps", "maintains",
)  # fmt: skip
KEPT = (
    "dokumentet", "planen", "strategien", "strategin", "rutinen", "reglementet", "programmet",
    "policyn", "policyen", "riktlinjerna", "retningslinjene", "handboken", "håndboken", "håndboka",
    "handboka", "this document", "the document", "this plan", "the plan", "this strategy",
    "the strategy", "this manual", "the manual", "this guide", "the guide", "these orders",
    "this policy", "the policy", "denne planen", "dette dokumentet", "denne rutinen",
)  # fmt: skip
"""What a document calls itself, after `KEEPS` and where it tells of its next revision."""
REVISION = (
    "neste revisjon", "neste revidering", "neste rullering", "neste gjennomgang", "revideres",
    "skal revideres", "neste hovedrevisjon", "revisjonsfrist", "nästa revidering", "nästa översyn",
    "revideras", "næste revision", "revideres senest", "next revision", "next review", "review date",
    "review due", "revisjonsdato", "revideringsdato", "dato for revisjon", "neste vurdering",
    "første rullering", "fyrste rullering", "rulleres",
    "rullerast", "gjennomgås", "gjennomgåast", "oppdateres", "ses över", "ska ses över", "uppdateras",
    "aktualiteten prövas", "næste gennemgang", "opdateres", "renewed by", "updated by", "reviewed by",
    "revised by", "to be renewed", "to be reviewed", "nächste überprüfung", "seuraava tarkistus",
    "volgende herziening",
)  # fmt: skip
EVERY_YEAR = ("hvert år", "kvart år", "årlig", "årleg", "varje år", "årligen", "hvert år", "annually",
              "every year", "yearly", "jährlich", "vuosittain", "jaarlijks")  # fmt: skip
NOT = ("ikke", "ikkje", "inte", "ej", "ei", "not", "never", "nicht", "aldri", "aldrig")
FORMER = (
    "tidligere", "tidlegare", "forrige", "førre", "gammel", "gjeldende plan", "gjeldande plan",
    "tidigare", "föregående", "nuvarande", "tidligere plan", "forrige plan", "previous", "former",
    "earlier", "existing", "bisherige", "aiempi", "vorige",
)  # fmt: skip
OWNER = (
    "dokumentansvarlig", "dokumentansvarleg", "planansvarlig", "planansvarleg", "planeier",
    "planeigar", "dokumenteier", "dokumenteigar", "ansvarlig enhet", "ansvarleg eining",
    "ansvarlig avdeling", "ansvarlig for dokumentet", "ansvarlig", "ansvarleg", "eier", "eigar",
    "dokumentansvarig", "ansvarig förvaltning", "ansvarig enhet", "ansvarig nämnd", "ansvarig",
    "dokumentägare", "dokumentejer", "ejer", "ansvarlig afdeling", "document owner", "plan owner",
    "owner",
    "sidansvarig", "förvaltas av", "forvaltes av", "responsible unit",
    "responsible department", "responsible officer", "zuständig",
    "verantwortlich", "vastuuyksikkö", "eigenaar", "responsable",
)  # fmt: skip

_NAME = r"(?P<name>[A-ZÆØÅÄÖÜÉ][\w-]+(?:(?: og)? [A-ZÆØÅÄÖÜÉ][\w-]+)?)"
MUNICIPALITY_NAMES: tuple[str, ...] = (
    _NAME + r" (?P<word>[Kk]ommun(?:e|es|s)?)\b",
    _NAME + r" (?P<word>[Mm]unicipality|(?:City|Town|Borough|District|County) Council)\b",
    r"\b(?P<word>City|Municipality|Town|Ville) (?:of|de) " + _NAME,
    r"\b(?P<word>Stadt|Gemeinde|Gemeente) " + _NAME,
)
"""How a municipality is named; group `name` with group `word` around it."""
MUNICIPALITY_WORDS = frozenset({"kommune", "kommunes", "kommun", "kommuns"})
"""After a name, with the genitive's ending or without."""

NAMES_A_PLAN = r"plan|strateg|polic|program|(?:19|20)\d\d"
"""A title with such a word, or with years, is no slogan."""

PLAN_WORDS = ("plan",)
"""In a title and alone, they tell no kind; with the council's decision, a plan for a theme."""

FORMS = (
    "kommunedelplan", "områdeplan", "områderegulering", "detaljregulering", "detaljplan", "reguleringsplan",
    "reguleringsbestemmelser", "lokalplan", "temaplan", "sektorplan", "handlingsplan", "tiltaksplan",
    "handlingsprogram", "åtgärdsplan", "aktionsplan", "handleplan", "retningslinjer", "retningslinje",
    "riktlinjer", "instruktion", "föreskrifter", "reglemente", "prosedyre",
)  # fmt: skip
"""Words for a sort of plan that name no one plan where they stand alone."""
