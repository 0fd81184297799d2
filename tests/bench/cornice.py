"""What the generator and the converter share: how records are written, and the frame of a site around them."""

import os
import shutil

HERE = os.path.dirname(os.path.abspath(__file__))
PIANO = "2025-2027"
"""The folder of the one plan, and so the beginning of the addresses of its pages."""

LOGO = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 48" width="160" height="48" role="img">
<title>Logo di prova</title>
<rect width="160" height="48" rx="6" fill="#06c"/>
<circle cx="25" cy="24" r="14" fill="none" stroke="#fff" stroke-width="5"/>
<text x="50" y="31" font-family="sans-serif" font-size="20" fill="#fff">ATS Prova</text>
</svg>
"""


class Sito:
    """A site folder that is being written: `content/` and `themes/bench/`."""

    def __init__(self, cartella, vita=False):
        self.vita = vita
        self.content = os.path.join(cartella, "content")
        self.piano = os.path.join(self.content, "piani", PIANO)
        self.byte = 0
        if os.path.exists(self.content):
            raise SystemExit(f"{self.content} is there already")
        for sub in ("media", "norme", "partner", f"piani/{PIANO}/alleanze", f"piani/{PIANO}/progetti"):
            os.makedirs(os.path.join(self.content, sub))
        shutil.copytree(os.path.join(HERE, "tema"), os.path.join(cartella, "themes", "bench"))

    def scrivi(self, percorso, testo):
        dati = testo.encode()
        self.byte += len(dati)
        with open(os.path.join(self.content, percorso), "wb") as f:
            f.write(dati)

    def ente(self, id, **campi):
        self.scrivi(f"partner/{id}.yaml", ente(**campi))

    def alleanza(self, id, **campi):
        self.scrivi(f"piani/{PIANO}/alleanze/{id}.yaml", alleanza(**campi))

    def progetto(self, id, **campi):
        testo = progetto(**campi)
        self.scrivi(f"piani/{PIANO}/progetti/{id}.yaml", con_vita(testo, campi) if self.vita else testo)

    def cornice(self, totali):
        """The records that a site has once; `totali` are the sums over the projects, in whole euros."""
        self.scrivi("media/logo.svg", LOGO)
        self.scrivi("sito.yaml", SITO)
        # The records of the harness lack what the law on transparency asks for: a silent source is a warning.
        self.scrivi("norme/prova.yaml", "titolo: Norma di prova\nfonte_storica: true\n")
        self.scrivi(f"piani/{PIANO}/piano.yaml", PIANO_YAML)
        righe = "".join(f"  - {{ voce: {voce}, importo: {euro(importo)} }}\n" for voce, importo in totali.items())
        self.scrivi(
            f"piani/{PIANO}/risorse.yaml",
            "dotazione:\n"
            "  - id: fondo\n"
            "    descrizione: Fondo per i progetti delle alleanze\n"
            f"    importo: {euro(totali['contributo_riconosciuto'])}\n"
            "    destinazione: progetti\n"
            "totali_dichiarati:\n" + righe,
        )


SITO = """titolo: Piano
descrizione: Un piano di prova, per misurare quanto tempo serve a pubblicarlo.
ats:
  nome: ATS Prova
  nome_esteso: Agenzia di Tutela della Salute di Prova
logo:
  file: media/logo.svg
  alternativa: Logo di ATS Prova
  provvisorio: true
aggiornato_al: 2026-01-01
avvertenza: Dati dimostrativi generati per misure di prestazione.
tema: bench
"""

PIANO_YAML = """titolo: Piano
periodo: { dal: 2022-01-01, al: 2031-12-31 }
norma: prova
stato: adottato
"""


def q(testo):
    """A double-quoted YAML scalar."""
    return '"' + testo.replace("\\", "\\\\").replace('"', '\\"') + '"'


def euro(importo):
    return f"{importo}.00"


def blocco(chiave, testo, rientro=0):
    """A literal block; `testo` is one or several lines."""
    margine = " " * (rientro + 2)
    righe = (margine + riga if riga else "" for riga in testo.rstrip("\n").split("\n"))
    return " " * rientro + chiave + ": |\n" + "\n".join(righe) + "\n"


def contatti(**campi):
    righe = "".join(f"  {chiave}: {q(valore)}\n" for chiave, valore in campi.items() if valore)
    return "contatti:\n" + righe if righe else ""


def ente(nome, sigla, categoria, comune, provincia, anno, descrizione, **recapiti):
    return (
        f"nome: {q(nome)}\nsigla: {q(sigla)}\ncategoria: {categoria}\ncomune: {q(comune)}\nprovincia: {provincia}\n"
        f"anno_costituzione: {anno}\n" + contatti(**recapiti) + blocco("descrizione", descrizione)
    )


def alleanza(nome, capofila, partner, tema, anno, descrizione, **recapiti):
    return (
        f"nome: {q(nome)}\ncapofila: {capofila}\ntema: {q(tema)}\nanno_costituzione: {anno}\n"
        + contatti(**recapiti)
        + "partner:\n"
        + "".join(f"  - {id}\n" for id in partner)
        + blocco("descrizione", descrizione)
    )


def con_vita(testo, campi):
    """The same project told by its events, with payments and costs reported, where it has a grant."""
    stato, riconosciuto = campi["stato"], euro(campi["riconosciuto"])
    if stato not in ("finanziato", "in_corso", "concluso"):
        return testo
    capofila, anticipo = campi["partenariato"][0][0], euro(campi["riconosciuto"] // 2)
    atto = '{ tipo: Determina, numero: "7", data: 2025-02-03 }'
    eventi = [("ammissione", "2025-02-03", ""), ("concessione", "2025-02-03", f", importo: {riconosciuto}, atto: {atto}")]
    eventi += [("avvio", "2025-03-03", "")] if stato != "finanziato" else []
    eventi += [("conclusione", "2025-12-01", "")] if stato == "concluso" else []
    righe = "".join(f"  - {{ cosa: {cosa}, data: {data}{altro} }}\n" for cosa, data, altro in eventi)
    testo = testo.replace(f"stato: {stato}\n", f"eventi:\n{righe}", 1)
    testo = testo.replace(f"  contributo_riconosciuto: {riconosciuto}\n", "", 1)
    testo += f"pagamenti:\n  - {{ data: 2025-03-10, importo: {anticipo}, tipo: anticipo, ente: {capofila} }}\n"
    return testo + f"rendicontazione:\n  - {{ al: 2025-12-31, ente: {capofila}, dichiarato: {anticipo} }}\n"


def progetto(
    titolo, acronimo, sintesi, alleanza, stato, dal, al, luogo, costo, cofinanziamento, richiesto, riconosciuto,
    partenariato, azioni, tema, programma, cup, **recapiti,
):
    """`partenariato` has (body, role, share), `azioni` has (title, months, cost, text)."""
    testo = (
        f"titolo: {q(titolo)}\nacronimo: {q(acronimo)}\nsintesi: {q(sintesi)}\nalleanza: {alleanza}\nstato: {stato}\n"
        f"tema: {q(tema)}\nprogramma: {q(programma)}\ndurata: {{ dal: {dal}, al: {al} }}\n"
        f"territorio:\n  comuni: [{q(luogo)}]\natti:\n  cup: {cup}\n" + contatti(**recapiti) + "finanziamento:\n"
        f"  costo_complessivo: {euro(costo)}\n  cofinanziamento: {euro(cofinanziamento)}\n"
        f"  contributo_richiesto: {euro(richiesto)}\n  contributo_riconosciuto: {euro(riconosciuto)}\npartenariato:\n"
    )
    testo += "".join(f"  - ente: {id}\n    ruolo: {ruolo}\n    quota: {euro(quota)}\n" for id, ruolo, quota in partenariato)
    testo += "azioni:\n"
    for nome, mesi, importo, descrizione in azioni:
        testo += f"  - titolo: {q(nome)}\n    durata_mesi: {mesi}\n    costo: {euro(importo)}\n"
        testo += blocco("descrizione", descrizione, 4)
    return testo
