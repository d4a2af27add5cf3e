"""The words by which a document says how it stands to other plans, as data; read as in `guess_words`."""

from __future__ import annotations

SUPERSEDES = (
    "erstatter", "erstattar", "avløser", "avløyser", "opphever", "opphevar", "trer i stedet for",
    "kommer i stedet for", "kjem i staden for", "ersätter", "ersätta", "upphäver", "afløser", "ophæver",
    "replaces", "supersedes", "repeals", "takes the place of", "ersetzt", "remplace", "korvaa",
    "vervangt",
)  # fmt: skip
TRANSLATES = (
    "oversettelse av", "omsetjing av", "omsett frå", "översättning av", "oversættelse af",
    "translation of", "translated from", "übersetzung von", "käännös", "vertaling van",
    "traduction de",
)  # fmt: skip
BUILDS_ON = (
    # nb, nn
    "bygger på", "bygger videre på", "følger opp", "gjennomfører", "setter i verk", "iverksetter",
    "konkretiserer", "operasjonaliserer", "utdyper", "utfyller", "er hjemlet i", "med hjemmel i",
    "i medhold av", "forankret i", "er forankret i", "tar utgangspunkt i", "er en del av",
    "er en utdyping av", "er en konkretisering av", "er en oppfølging av", "bidra til målene i",
    "bidrar til målene i", "bidra til å nå målene i", "bidrar til å nå målene i", "hjemmel:",
    "overordnet plan:", "overordnet dokument:", "reglene står i", "reglene finnes i", "byggjer på",
    "byggjer vidare på", "følgjer opp", "set i verk",
    "utdjupar", "konkretiserer", "forankra i", "heimla i", "med heimel i", "tek utgangspunkt i",
    "er ein del av", "er ei utdjuping av", "er ei oppfølging av", "medverke til å nå måla i",
    "bidra til å nå måla i", "heimel:", "overordna plan:", "reglane står i",
    # sv
    "förverkligar", "genomför ", "utgår från", "utgår ifrån", "kompletterar", "konkretiserar",
    "följer upp", "med stöd av", "med utgångspunkt i", "är en del av", "är en fördjupning av",
    "bidra till målen i", "bidrar till målen i",
    "bidra till att nå målen i", "överordnat dokument:", "överordnad plan:", "fördjupar", "preciserar",
    "reglerna finns i", "reglerna står i",
    # da
    "følger op på", "udmønter", "gennemfører", "udfylder", "supplerer", "i medfør af",
    "tager udgangspunkt i", "uddyber", "konkretiserer", "er en del af", "er en uddybning af",
    "bidrage til målene i", "bidrager til målene i",
    "overordnet politik:", "reglerne står i",
    "reglerne findes i",
    # en
    "builds on", "is built on", "is based on", "based on", "follows", "implements", "carries out",
    "gives effect to", "puts into practice", "made under", "issued under", "adopted under",
    "under section", "under chapter", "under article", "pursuant to", "supplements", "complements",
    "contributes to the goals of", "contributes to the aims of", "contribute to the goals of",
    "parent plan:", "parent policy:", "legal basis:", "delivers on", "is part of",
    "the rules are in", "the rules are set out in",
    # de
    "beruht auf", "setzt um", "konkretisiert", "ergänzt", "auf grundlage von",
)  # fmt: skip
"""Before the name of the plan that this one carries out, fills in or rests on."""
READ_WITH = (
    "understøtter", "understøtte", "støtter opp om", "støtter opp under", "stöder ", "stödjer",
    "støttar opp om", "supports", "contribute to", "contributes to",
    "leses sammen med", "leses i sammenheng med", "lesast saman med", "ses i sammenheng med",
    "läses tillsammans med", "læses sammen med", "read together with", "read alongside",
    "read in conjunction with", "underlagt", "underordnet", "underordna", "underordnad", "subject to",
    "i samsvar med", "i tråd med", "i overensstemmelse med", "i enlighet med", "i linje med",
    "in line with", "in accordance with", "i henhold til",
)  # fmt: skip
"""Before the name of a plan that stands above; between equals they say nothing."""
GIVEN_GROUND = (
    "legges til grunn", "er lagt til grunn", "ligger til grunn", "ligg til grunn", "skal følges",
    "leggjast til grunn", "ligger till grund", "ska följas", "lægges til grund", "ligger til grund",
    "skal følges", "is followed", "are followed", "shall be followed", "is given effect",
)  # fmt: skip
"""After the name of such a plan."""
RELATION_HEADINGS = (
    "forholdet til andre", "forhold til andre", "forholdet til overordnede", "planens rolle",
    "planen i sammenheng", "overordnede føringer", "overordnede planer", "rammer og føringer",
    "plangrunnlag", "tilhøvet til andre", "tilhøve til andre", "overordna føringar", "overordna planar",
    "planen si rolle", "förhållande till andra", "relation till andra", "utgångspunkter",
    "styrande dokument", "relaterade dokument", "relaterede dokumenter", "forholdet til anden",
    "sammenhæng med andre", "planens grundlag", "relation to other", "relationship to other",
    "relationship with other", "strategic context", "policy context", "links to other plans",
    "related documents",
)  # fmt: skip
"""Head of a section, or label, under which the plans above are told."""
OF_LATER = (
    "ny", "nye", "nytt", "neste", "kommende", "nytt forslag til", "neste års", "nästa", "kommande",
    "næste", "new", "next", "coming", "forthcoming", "future", "framtidig", "fremtidig", "framtida",
)  # fmt: skip
"""Right before a name: the plan that is still to come."""
SPEAKS_OF_ITSELF = (
    "den", "det", "de", "dette", "denne", "disse", "desse", "dei", "ho", "han", "vi", "kommunen",
    "detta", "denna", "dessa", "it", "they", "this", "these", "we", "our", "the", "council",
    "plan", "dokument", "document", "hefte", "arbeid", "arbeide", "mål", "tiltak", "krav", "bestemmelse",
    "regel", "regler", "paper", "er", "ist", "dieser", "diese",
)  # fmt: skip
"""The first words of a sentence in which a document speaks of itself, beside the words for its kind."""
SECTION_WORDS = (
    r"§§?|avsnitt|avsnittet|kapittel|kapitlet|kapitel|kapitlet|kap\.|punkt|pkt\.|mål|delmål|del|"
    r"sections?|chapters?|orders?|rules?|goals?|targets?|parts?|abschnitt|kapitel"
)
"""Before the number of a part of a plan."""
OF = "i|av|af|of|in|om|ur|fra|från|im|der|des"
ENDINGS = frozenset((
    "", "s", "e", "a", "n", "t", "r", "en", "et", "an", "ar", "er", "or", "na", "ne", "es", "ns", "ts",
    "ene", "ane", "ens", "ets", "ans", "arna", "erna", "orna", "enes", "anes",
    "ernas", "arnas", "erne", "ernes", "rne", "rnes",
    "rna", "rnas", "y", "ies", "y's", "ing", "te", "ten",
))  # fmt: skip
"""What a word may have more than another and still be the same word: plural, definite, genitive."""
