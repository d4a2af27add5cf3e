"""Function words and spellings that tell neighbouring languages apart.

Words, not statistics, because a question has three to eight of them. Only words that any text of
the language may hold stand here: pronouns, prepositions, conjunctions, auxiliaries, question words.
"""

from __future__ import annotations

FUNCTION_WORDS: dict[str, str] = {
    "nb": """
        hva hvem hvor hvordan hvorfor hvilken hvilke hvilket når om og i på til av for
        fra med ved mot mellom etter før over under uten jeg du vi dere de han hun den
        det dette disse meg deg oss seg min mitt mine din ditt vår vårt våre deres sin
        sitt sine en et ei som at hvis så men eller enn både er var være vært blir ble
        bli blitt har hadde ha skal skulle må måtte kan kunne vil ville bør burde ikke
        noen noe alle hver mye mange mer mest flere ny nye nytt også bare nå da her der
        ut inn opp ned sier gjelder gjøre gjør gjort gir ta tar finnes trenger hvis
        dersom ifølge selv uke gang lenge mens fordi slik egen eget egne
    """,
    "nn": """
        kva kven kvar korleis kvifor kva for kor kvens når om og i på til av for frå med
        ved mot mellom etter før over under utan eg du vi me de dykk dei han ho den det
        dette desse meg deg oss seg min mitt mine din ditt vår vårt våre deira sin sitt
        sine ein eit ei som at viss dersom så men eller enn både er var vere vore blir
        vart bli blitt vert har hadde ha skal skulle må måtte kan kunne vil ville bør
        burde ikkje nokon noko nokre alle kvar kvart mykje mange meir mest fleire ny nye
        nytt også berre no då her der ut inn opp ned seier gjeld gjere gjer gjort gjev
        tek finst treng ifølgje sjølv veke gong lenge medan fordi slik eigen eige eigne
        korkje korfor anna andre ynskjer
    """,
    "da": """
        hvad hvem hvor hvordan hvorfor hvilken hvilke hvilket hvornår når om og i på til
        af for fra med ved mod mellem efter før over under uden jeg du vi i de han hun
        den det dette disse mig dig os jer sig min mit mine din dit vor vores jeres
        deres sin sit sine en et som at hvis så men eller end både er var være været
        bliver blev blive har havde have skal skulle må måtte kan kunne vil ville bør
        burde ikke nogen noget nogle alle hver meget mange mere mest flere ny nye nyt
        også kun nu da her der ud ind op ned siger gælder gøre gør gjort giver tage
        tager findes behøver ifølge selv uge gang længe mens fordi sådan egen eget egne
        hvornår
    """,
    "sv": """
        vad vem var hur varför vilken vilka vilket när om och i på till av för från med
        vid mot mellan efter före över under utan jag du vi ni de han hon den det detta
        dessa mig dig oss er sig min mitt mina din ditt vår vårt våra deras sin sitt
        sina en ett som att ifall så men eller än både är var vara varit blir blev bli
        blivit har hade ha ska skall skulle måste får kan kunde vill ville bör borde
        inte någon något några alla varje mycket många mer mest flera ny nya nytt också
        bara nu då här där ut in upp ned säger gäller göra gör gjort ger ta tar finns
        behöver enligt själv vecka gång länge medan eftersom sådan egen eget egna
    """,
    "en": """
        what who whom where how why which when if and in on to of for from with at by
        against between after before over under without i you we they he she it this
        these that those me us my your our their his her its a an the as but or than
        both is are was were be been has had have shall should must may can could will
        would ought not any some all each every much many more most new also only now
        then here there out up down says does do did done apply give take need according
        about into should there while because such own whether
    """,
    "de": """
        was wer wem wen wo wie warum welche welcher welches wann ob und in auf zu von
        für aus mit bei gegen zwischen nach vor über unter ohne ich du wir ihr sie er es
        das dies diese dieser mich dich uns sich mein meine dein unser unsere ein eine
        einen einem einer der die den dem des als aber oder sowohl ist sind war waren
        sein gewesen wird wurde werden hat hatte haben soll sollte muss müssen darf kann
        können will wollen nicht kein keine alle jede viel viele mehr meist neu neue
        auch nur jetzt dann hier dort gilt gelten gibt im am zum zur vom beim wenn dass
        man selbst während weil
    """,
    "fr": """
        que quoi qui où comment pourquoi quel quelle quels quelles quand si et dans sur
        à au aux de du des la le les un une pour par avec sans entre après avant contre
        je tu nous vous ils elles il elle ce cette ces mon notre votre leur leurs son sa
        ses mais ou est sont était être été a ont avoir doit doivent peut peuvent ne pas
        plus aussi en y se qu
    """,
    "fi": """
        mitä mikä kuka missä miten miksi mitkä milloin jos ja tai että on ovat oli olla
        ollut ei en emme eivät pitää täytyy voi voivat voidaan saa minun meidän teidän
        hän he me te se ne tämä nämä kun kuin myös vain nyt sitten mukaan kanssa ilman
        ennen jälkeen välillä kuinka paljon monta onko voiko pitääkö kaikki joka sekä
        mutta
    """,
    "nl": """
        wat wie waar hoe waarom welke wanneer of en in op te van voor uit met bij tegen
        tussen na zonder ik jij je wij we jullie zij ze hij het dit deze dat die mij ons
        onze mijn een de als maar dan is zijn was waren worden wordt werd heeft hebben
        had moet moeten mag mogen kan kunnen zal zullen niet geen alle elke veel meer
        meest nieuwe ook alleen nu hier daar volgens zelf omdat
    """,
    "is": """
        hvað hver hvar hvernig hvers hvenær og að er á í um við til af frá með ekki sem
        það þetta þessi ég þú við þið þeir hann hún eða ef en hefur var vera verður skal
        má getur
    """,
}

# Spellings inside words: what one language writes and its neighbours write otherwise.
SPELLINGS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"[æø]", ("nb", "nn", "da")),
    (r"å", ("nb", "nn", "da", "sv")),
    (r"ä", ("sv", "de", "fi")),
    (r"ö", ("sv", "de", "fi", "is")),
    (r"[ßü]", ("de",)),
    (r"[ðþ]", ("is",)),
    (r"[éèêàçùîô]", ("fr",)),
    (r"(?:ll|nn|tt|kk|pp|mm|ss|gg)\b", ("nb", "nn", "sv")),
    (r"[aeiouyæøå](?:ke|pe|te)[rs]?\b", ("nb", "nn")),
    (r"[aeiouyæøå](?:ge|be)[rs]?\b", ("da",)),
    (r"kj|skj|sjon|øy|nnk|ttar", ("nb", "nn")),
    (r"kjøp|vedt|fylk|kkj", ("nb", "nn")),
    (r"\bhv", ("nb", "da", "is")),
    (r"\bkv[aeio]", ("nn",)),
    (r"ikkj|[^n]leg\b|lege\b|leik|høyr|eim|verk?semd|dsemi", ("nn",)),
    (r"\w{3}ane\b|\w{3}ast\b", ("nn",)),
    (r"\w{2}(?:er|j|k|t|l|n)ast\b", ("nn",)),
    (r"\bind[hkgsltbf]", ("da",)),
    (r"ein|eit\b|ei[lnrt]", ("nn", "de")),
    (r"\w{3}lig\b|\w{3}lige\b|\w{3}het\b|\w{3}heter\b", ("nb", "da")),
    (r"\w{3}ene\b", ("nb", "da")),
    (r"køb|gæl|ligt\b|\w{3}hed\b|ej[leo]|øj|æg|\w{3}erne\b|[^o]gt\b|aft|uds|udv|dv\b", ("da",)),
    (r"kommuns?\b|ning(?:en|ar)|\w{3}orna\b|\w{3}arna\b|\w{3}erna\b|ck|\w{3}lig[at]?\b", ("sv",)),
    (r"sch|ung\b|ungen\b|ie", ("de",)),
    (r"aa|ää|yy|uu|ssa\b|ssä\b|sta\b|stä\b|nen\b", ("fi",)),
    (r"ij|oo|aan|eren\b", ("nl",)),
    (r"\w{2}ing\b|\w{3}ed\b|th|wh|\w{3}tion\b|\w{2}ough", ("en",)),
)  # fmt: skip
