#!/usr/bin/env python3
"""Writes a whole site of N projects in our format: the same arguments always give the same bytes.

    genera.py SITE --projects N [--seed S] [--vita]

A project has 5 to 20 bodies with their shares and 3 to 6 actions in Markdown; beside N projects there are 2N bodies
(at least 40) and N/5 alliances (at least 2). Amounts add up as the checks ask. Standard library only.
"""

import argparse
import random

from cornice import Sito

CATEGORIE = {
    "comune": 30, "impresa": 22, "ets": 14, "cooperativa-sociale": 10, "scuola": 8, "universita": 5, "provincia": 4,
    "sindacato": 4, "camera-commercio": 3,
}
LUOGHI = [
    ("Bergamo", "BG"), ("Treviglio", "BG"), ("Clusone", "BG"), ("Brescia", "BS"), ("Salò", "BS"), ("Como", "CO"),
    ("Cantù", "CO"), ("Crema", "CR"), ("Casalmaggiore", "CR"), ("Lecco", "LC"), ("Merate", "LC"), ("Lodi", "LO"),
    ("Codogno", "LO"), ("Mantova", "MN"), ("Ostiglia", "MN"), ("Monza", "MB"), ("Desio", "MB"), ("Melzo", "MI"),
    ("Abbiategrasso", "MI"), ("Pavia", "PV"), ("Voghera", "PV"), ("Sondrio", "SO"), ("Tirano", "SO"), ("Varese", "VA"),
    ("Luino", "VA"), ("Sant'Angelo Lodigiano", "LO"),
]
TEMI = [
    "Servizi per l'infanzia", "Lavoro agile", "Cura degli anziani", "Welfare aziendale", "Vacanze scolastiche",
    "Mobilità casa-lavoro", "Tempo delle famiglie", "Reti di vicinato",
]
PROGRAMMI = ["DGR XII/5464", "PR FSE+ 2021-2027", "DGR XI/5755", "Piano di zona", "Fondo famiglia", "PNRR M5C2"]
STATI = ["presentato", "ammesso", "finanziato", "in_corso", "concluso"]
RUOLI = ["partner", "associato", "attuatore", "sostenitore"]
NOMI = ["Tempi", "Ponti", "Passi", "Radici", "Intrecci", "Legami", "Orari", "Cortili", "Cascine", "Incontri", "Rondini"]
AGGETTIVI = ["condivisi", "flessibili", "di comunità", "leggeri", "in rete", "vicini", "aperti", "di valle", "di pianura"]
CHI = [
    "L'alleanza", "Il gruppo di lavoro", "Ciascun ente", "La cooperativa capofila", "L'ufficio di piano", "La rete",
    "Il Comune", "Lo sportello", "La comunità di pratica", "L'équipe educativa",
]
FA = [
    "organizza", "sperimenta", "rafforza", "accompagna", "rende accessibile", "coordina", "estende", "semplifica",
    "promuove", "mette in rete", "sostiene",
]
COSA = [
    "il doposcuola nelle frazioni", "i centri estivi per i più piccoli", "lo sportello per chi assiste un familiare",
    "gli orari flessibili nelle piccole imprese", "la consegna della spesa ai lavoratori turnisti",
    "i buoni per il baby-sitting", "il trasporto accompagnato verso le scuole", "il lavoro agile negli enti locali",
    "la formazione di chi si occupa di personale", "gli spazi per lavorare vicino a casa",
    "l'aiuto a domicilio nelle emergenze", "il sollievo nei fine settimana", "le banche del tempo dei quartieri",
    "il ritorno al lavoro dopo la maternità",
]
COME = [
    "con un calendario deciso insieme alle famiglie", "attraverso accordi con le aziende del territorio",
    "con operatori formati e turni sostenibili", "grazie a una piattaforma di prenotazione comune",
    "mediante voucher spendibili presso gli enti accreditati", "con il sostegno dell'Ambito territoriale",
    "a partire dai bisogni raccolti con un questionario", "insieme alle associazioni di genitori",
    "in collaborazione con i sindacati", "secondo criteri di priorità pubblici e verificabili",
]
PERCHE = [
    "perché nessuno debba scegliere fra lavoro e cura", "così da ridurre le assenze impreviste",
    "per dare continuità a ciò che ha funzionato", "in modo da raggiungere anche i comuni più piccoli",
    "e per tenere le rette alla portata di tutti", "con risultati misurati ogni sei mesi",
    "affinché le buone pratiche restino dopo il finanziamento",
]
AZIONI = [
    "Ascolto dei bisogni", "Centri estivi", "Sportello conciliazione", "Formazione nelle imprese", "Voucher di cura",
    "Doposcuola", "Coordinamento della rete", "Comunicazione", "Monitoraggio delle attività", "Trasporto accompagnato",
]
AZIENDE = ["Tessile Adda", "Meccanica Serio", "Cartiera Oglio", "Officine Lario", "Vivai Ticino", "Logistica Mella"]


def frase(r, ricca):
    testo = f"{r.choice(CHI)} {r.choice(FA)} {r.choice(COSA)} {r.choice(COME)}"
    if r.random() < 0.75:
        testo += " " + r.choice(PERCHE)
    if ricca and r.random() < 0.35:
        testo += f", in particolare **{r.choice(COSA)}**"
    if ricca and r.random() < 0.25:
        testo += f" (si veda la [scheda](https://www.example.org/schede/{r.randrange(100, 999)}))"
    if ricca and r.random() < 0.2:
        testo += f", con *{r.choice(['la massima attenzione ai turni', 'un referente unico', 'posti riservati'])}*"
    return testo + "."


def paragrafo(r, da, a, ricco):
    frasi, parole, volute = [], 0, r.randint(da, a)
    while parole < volute:
        frasi.append(frase(r, ricco))
        parole += frasi[-1].count(" ") + 1
    return " ".join(frasi)


def markdown(r, da, a):
    """A paragraph, one time in four with a short list below."""
    testo = paragrafo(r, da, a, True)
    if r.random() < 0.25:
        testo += "\n\n" + "\n".join(f"- {r.choice(COSA)} {r.choice(COME)}" for _ in range(r.randint(2, 4)))
    return testo


def nome_di_ente(r, categoria, comune, numero):
    parti = f"{r.choice(NOMI)} {r.choice(AGGETTIVI)}"
    nome = {
        "comune": f"Comune di {comune}",
        "impresa": f"{r.choice(AZIENDE)} S.p.A.",
        "ets": f"Associazione {parti}",
        "cooperativa-sociale": f"Cooperativa sociale «{parti}»",
        "scuola": f"Istituto Comprensivo di {comune}",
        "universita": f"Università degli Studi di {comune}",
        "provincia": f"Provincia di {comune}",
        "sindacato": f"Sindacato dei lavoratori di {comune}",
        "camera-commercio": f"Camera di commercio di {comune}",
    }[categoria]
    return f"{nome} {numero}"


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("site")
    ap.add_argument("--projects", type=int, required=True, metavar="N")
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--vita", action="store_true", help="grants told by events, with payments and costs reported")
    a = ap.parse_args()
    n = a.projects
    if n < 1:
        ap.error("at least one project")
    r = random.Random(f"{a.seed}/{n}")
    sito = Sito(a.site, a.vita)

    enti = [f"par-{i:05d}" for i in range(1, max(2 * n, 40) + 1)]
    for i, id in enumerate(enti, 1):
        categoria = r.choices(list(CATEGORIE), list(CATEGORIE.values()))[0]
        comune, provincia = r.choice(LUOGHI)
        sito.ente(
            id,
            nome=nome_di_ente(r, categoria, comune, i),
            sigla=f"{categoria[:3].upper()}{i}",
            categoria=categoria,
            comune=comune,
            provincia=provincia,
            anno=r.randint(1861, 2024),
            descrizione=markdown(r, 35, 70),
            indirizzo=f"Via {r.choice(NOMI)}, {r.randint(1, 180)}",
            sito=f"https://www.ente-{i}.example/",
            email=f"info@ente-{i}.example",
            telefono=f"+39 03{r.randint(10, 99)} {r.randint(100000, 999999)}",
        )

    alleanze = [f"all-{i:05d}" for i in range(1, max(2, n // 5) + 1)]
    membri = {}
    for i, id in enumerate(alleanze, 1):
        membri[id] = r.sample(enti, r.randint(12, 30))
        sito.alleanza(
            id,
            nome=f"Alleanza {r.choice(NOMI)} {r.choice(AGGETTIVI)} {i}",
            capofila=membri[id][0],
            partner=membri[id][1:],
            tema=r.choice(TEMI),
            anno=r.randint(2012, 2025),
            descrizione=markdown(r, 50, 90) + "\n\n" + paragrafo(r, 40, 80, True),
            sito=f"https://alleanza-{i}.example/",
        )

    totali = dict.fromkeys(("costo_complessivo", "cofinanziamento", "contributo_richiesto", "contributo_riconosciuto"), 0)
    for i in range(1, n + 1):
        alleanza = alleanze[(i - 1) % len(alleanze)]
        quanti = r.randint(5, 20)
        scelti = membri[alleanza][: max(3, min(len(membri[alleanza]), quanti * 6 // 10))]
        scelti += [id for id in r.sample(enti, quanti) if id not in scelti][: quanti - len(scelti)]
        quote = [r.randint(10, 160) * 1000 + r.randint(0, 999) for _ in scelti]
        costo = sum(quote)
        cofinanziamento = costo * r.randint(10, 40) // 100
        richiesto = costo - cofinanziamento
        stato = r.choice(STATI)
        riconosciuto = 0 if stato == "presentato" else richiesto * r.randint(50, 100) // 100
        for voce, importo in zip(totali, (costo, cofinanziamento, richiesto, riconosciuto)):
            totali[voce] += importo
        anno, (comune, provincia), numero_azioni = r.randint(2021, 2027), r.choice(LUOGHI), r.randint(3, 6)
        sito.progetto(
            f"prj-{i:05d}",
            titolo=f"{r.choice(NOMI)} {r.choice(AGGETTIVI)}: {r.choice(COSA)} {r.choice(COME)}",
            acronimo=f"{r.choice(NOMI)[:5].upper()}-{i}",
            sintesi=paragrafo(r, 25, 45, False),
            alleanza=alleanza,
            stato=stato,
            tema=r.choice(TEMI),
            programma=r.choice(PROGRAMMI),
            dal=f"{anno}-{r.randint(1, 12):02d}-01",
            al=f"{anno + r.randint(1, 4)}-{r.randint(1, 12):02d}-28",
            luogo=f"{comune} ({provincia})",
            cup=f"J{r.randint(10, 99)}B{r.randint(10**10, 10**11 - 1)}",
            ufficio="Ufficio progetti",
            email=f"progetto-{i}@example.org",
            costo=costo,
            cofinanziamento=cofinanziamento,
            richiesto=richiesto,
            riconosciuto=riconosciuto,
            partenariato=[
                (id, "capofila" if j == 0 else r.choice(RUOLI), quota) for j, (id, quota) in enumerate(zip(scelti, quote))
            ],
            azioni=[
                (r.choice(AZIONI), r.randint(3, 30), costo // numero_azioni, markdown(r, 60, 120))
                for _ in range(numero_azioni)
            ],
        )
    sito.cornice(totali)
    print(f"{n} projects, {len(enti)} bodies, {len(alleanze)} alliances: {sito.byte} bytes of records")


if __name__ == "__main__":
    main()
