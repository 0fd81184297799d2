#!/usr/bin/env python3
"""Writes a site in our format from the data set of a peer harness.

    converti.py DATA SITE

DATA has `projects/`, `partners/` and `alliances/`, one YAML file a record with English keys, and SHAPE.json with the
sums. Names of persons are left behind: our records have no place for them. Needs PyYAML.
"""

import json
import os
import sys
from concurrent.futures import ProcessPoolExecutor

import yaml

from cornice import Sito

CATEGORIE = {
    "Comune": "comune", "Provincia": "provincia", "Università": "universita", "Impresa": "impresa",
    "Terzo settore": "ets", "Scuola": "scuola", "Camera di commercio": "camera-commercio", "Ente parco": "ente-parco",
}
STATI = {
    "idea": "presentato", "in valutazione": "presentato", "ammesso": "ammesso", "finanziato": "finanziato",
    "in corso": "in_corso", "concluso": "concluso",
}
RUOLI = {
    "capofila": "capofila", "partner beneficiario": "partner", "partner associato": "associato",
    "soggetto attuatore": "attuatore", "sostenitore": "sostenitore",
}
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def leggi(percorso):
    with open(percorso, "rb") as f:
        return yaml.load(f, Loader)


def schede(pool, data, cartella):
    cartella = os.path.join(data, cartella)
    return pool.map(leggi, [os.path.join(cartella, nome) for nome in sorted(os.listdir(cartella))], chunksize=100)


def ente(sito, p):
    sito.ente(
        p["id"],
        nome=p["name"],
        sigla=p["short"],
        categoria=CATEGORIE[p["category"]],
        comune=p["city"],
        provincia=p["province"],
        anno=p["founded"],
        descrizione=p["description"],
        indirizzo=p["address"],
        sito=p["website"],
        email=p["email"],
        telefono=p["phone"],
    )


def alleanza(sito, a):
    sito.alleanza(
        a["id"],
        nome=a["name"],
        capofila=a["lead"],
        partner=[id for id in a["members"] if id != a["lead"]],
        tema=a["theme"],
        anno=a["founded"],
        descrizione=a["description"],
        sito=a["website"],
    )


def progetto(sito, p):
    # A peer rounds up small actions; ours may not cost more than the project.
    tetto = p["cost"] // len(p["actions"])
    sito.progetto(
        p["id"],
        titolo=p["title"],
        acronimo=p["acronym"],
        sintesi=p["summary"],
        alleanza=p["alliance"],
        stato=STATI[p["status"]],
        tema=p["theme"],
        programma=p["programme"],
        dal=p["start"],
        al=p["end"],
        luogo=p["location"],
        cup=p["cup"].ljust(15, "0"),  # the data set writes 14 characters, which no CUP has
        ufficio="Ufficio progetti",
        email=p["email"],
        costo=p["cost"],
        cofinanziamento=p["cofinancing"],
        richiesto=p["requested"],
        riconosciuto=p["granted"],
        partenariato=[(r["id"], RUOLI[r["role"]], r["budget"]) for r in p["partners"]],
        azioni=[(a["title"], a["months"], min(a["budget"], tetto), a["text"]) for a in p["actions"]],
    )


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    data, cartella = sys.argv[1:]
    sito = Sito(cartella)
    with ProcessPoolExecutor() as pool:
        for p in schede(pool, data, "partners"):
            ente(sito, p)
        for a in schede(pool, data, "alliances"):
            alleanza(sito, a)
        for p in schede(pool, data, "projects"):
            progetto(sito, p)
    with open(os.path.join(data, "SHAPE.json")) as f:
        somme = json.load(f)["totals"]
    voci = {
        "costo_complessivo": "cost", "cofinanziamento": "cofinancing", "contributo_richiesto": "requested",
        "contributo_riconosciuto": "granted",
    }
    sito.cornice({voce: somme[somma] for voce, somma in voci.items()})


if __name__ == "__main__":
    main()
