#!/usr/bin/env python3
"""Where content and norms repeat the words of source documents: runs of more than eight words in a row.

By hand: `python3 tests/strumenti/parole_dei_documenti.py FOLDER [FILE...]`, from the root of the repository. FOLDER holds the
documents as `.txt`; the files are those of `content/` and `src/norme/` unless some are named. Names and titles carry
over, sentences do not: a quotation of up to eight words passes, and so do the titles of acts and projects in TITOLI.
"""

import re
import sys
from pathlib import Path

MASSIMO = 8
PAROLA = re.compile(r"[^\W_]+", re.UNICODE)
# A field whose value is the title that a document gives to an act, a project or a body.
TITOLI = re.compile(r"^\s*(?:- )?(?:oggetto|titolo|nome|parte|alias|nome_esteso|frase):|^\s*- (?:Comune|Azienda) ")


def parole(testo):
    return [(m.group().lower(), m.start()) for m in PAROLA.finditer(testo)]


def sequenze(testo, quante):
    sole = [parola for parola, _ in parole(testo)]
    return {tuple(sole[n : n + quante]) for n in range(len(sole) - quante + 1)}


def senza_titoli(testo):
    """The text with titles blanked, and the lines that continue a title under them, so that lines keep their numbers."""
    righe, rientro = [], None
    for riga in testo.split("\n"):
        vuoto = len(riga) - len(riga.lstrip())
        if rientro is not None and riga.strip() and vuoto > rientro:
            righe.append("")
            continue
        rientro = None
        if TITOLI.match(riga):
            rientro = vuoto
            # Words of another field of the same record must not join over the title.
            riga = ""
        righe.append(riga)
    return "\n".join(righe)


def ripetute(testo, note):
    trovate, fino = [], -1
    lista = parole(testo)
    for n in range(len(lista) - MASSIMO):
        if n < fino or tuple(p for p, _ in lista[n : n + MASSIMO + 1]) not in note:
            continue
        fino = n + MASSIMO + 1
        while fino < len(lista) and tuple(p for p, _ in lista[fino - MASSIMO : fino + 1]) in note:
            fino += 1
        riga = testo.count("\n", 0, lista[n][1]) + 1
        trovate.append((riga, " ".join(p for p, _ in lista[n:fino])))
    return trovate


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    documenti = sorted(Path(sys.argv[1]).glob("*.txt"))
    if not documenti:
        sys.exit(f"no .txt in {sys.argv[1]}")
    note = set().union(*(sequenze(d.read_text("utf-8"), MASSIMO + 1) for d in documenti))
    file = [Path(f) for f in sys.argv[2:]] or sorted(
        f for radice in ("content", "src/norme") for f in Path(radice).rglob("*") if f.suffix in {".yaml", ".md"}
    )
    quante = 0
    for f in file:
        for riga, parole_in_fila in ripetute(senza_titoli(f.read_text("utf-8")), note):
            print(f"{f}:{riga}: {parole_in_fila}")
            quante += 1
    print(f"{quante} runs of more than {MASSIMO} words in {len(file)} files")
    sys.exit(1 if quante else 0)


if __name__ == "__main__":
    main()
