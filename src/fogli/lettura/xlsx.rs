//! The sheets of Excel, as Excel and everybody else writes them.

use std::collections::BTreeMap;

use super::xml::{Passo, attributo, nudo, percorri};
use super::{Area, COLONNE, Dato, Parti, Posto, Riga, Tavola, giorno, giorno_iso, numero};

/// The type of a relation ends with what it leads to.
const LIBRO: &str = "/officeDocument";
const TESTI: &str = "/sharedStrings";
const STILI: &str = "/styles";

pub fn leggi(parti: &mut Parti) -> Result<Vec<Tavola>, String> {
    let estraneo = "non è un foglio di calcolo: si leggono .xlsx, .ods e .csv";
    let radice = relazioni(parti, "")?;
    let via = radice.iter().find(|relazione| relazione.tipo.ends_with(LIBRO)).ok_or(estraneo)?.meta.clone();
    let xml = parti.testo(&via)?.ok_or(estraneo)?;
    let relazioni = relazioni(parti, &via)?;
    let parte = |parti: &mut Parti, tipo: &str| match relazioni.iter().find(|relazione| relazione.tipo.ends_with(tipo))
    {
        Some(relazione) => parti.testo(&relazione.meta),
        None => Ok(None),
    };
    let testi = parte(parti, TESTI)?.map(|xml| testi(&xml)).transpose()?.unwrap_or_default();
    let stili = parte(parti, STILI)?.map(|xml| stili(&xml)).transpose()?.unwrap_or_default();
    let Elenco { fogli, dal_1904 } = elenco(&xml)?;
    let mut tavole = Vec::new();
    for (nome, id, nascosta) in fogli {
        let via = relazioni.iter().find(|relazione| relazione.id == id).map(|relazione| relazione.meta.as_str());
        let Some(xml) = via.map(|via| parti.testo(via)).transpose()?.flatten() else { continue };
        // A chart is a sheet too, and has no rows.
        let tavola = Tavola { nome, nascosta, ..Tavola::default() };
        let mut lettura = Lettura { testi: &testi, stili: &stili, dal_1904, tavola, ..Lettura::default() };
        percorri(&xml, |passo| lettura.passo(passo))?;
        tavole.push(lettura.tavola);
    }
    Ok(tavole)
}

struct Relazione {
    id: String,
    tipo: String,
    meta: String,
}

/// What a part leads to, by paths from the top of the archive.
fn relazioni(parti: &mut Parti, di: &str) -> Result<Vec<Relazione>, String> {
    let (cartella, file) = di.rsplit_once('/').unwrap_or(("", di));
    let sotto = |via: &str| if cartella.is_empty() { via.to_owned() } else { format!("{cartella}/{via}") };
    let Some(xml) = parti.testo(&sotto(&format!("_rels/{file}.rels")))? else { return Ok(Vec::new()) };
    let mut relazioni = Vec::new();
    percorri(&xml, |passo| {
        if let Passo::Apre(elemento) = passo
            && let (Some(id), Some(tipo), Some(meta)) =
                (attributo(&elemento, "Id"), attributo(&elemento, "Type"), attributo(&elemento, "Target"))
        {
            let meta = match meta.strip_prefix('/') {
                Some(intera) => intera.to_owned(),
                None => sotto(&meta),
            };
            relazioni.push(Relazione { id, tipo, meta });
        }
        Ok(())
    })?;
    Ok(relazioni)
}

/// What the workbook says of its sheets.
#[derive(Default)]
struct Elenco {
    /// In their order, each with its relation and whether it is hidden.
    fogli: Vec<(String, String, bool)>,
    /// From when days are counted.
    dal_1904: bool,
}

fn elenco(xml: &str) -> Result<Elenco, String> {
    let mut elenco = Elenco::default();
    percorri(xml, |passo| {
        let Passo::Apre(elemento) = passo else { return Ok(()) };
        match nudo(elemento.name().as_ref()) {
            "sheet" => {
                let id = elemento.attributes().flatten().find(|attributo| nudo(attributo.key.as_ref()) == "id");
                let id = id.map(|attributo| attributo.value.into_owned()).unwrap_or_default();
                let nascosto = attributo(&elemento, "state").is_some_and(|stato| stato != "visible");
                elenco.fogli.push((attributo(&elemento, "name").unwrap_or_default(), id, nascosto));
            }
            "workbookPr" => elenco.dal_1904 = attributo(&elemento, "date1904").is_some_and(|si| e_vero(&si)),
            _ => {}
        }
        Ok(())
    })?;
    Ok(elenco)
}

fn e_vero(scritto: &str) -> bool {
    matches!(scritto, "1" | "true")
}

/// The texts that cells share; how a word is to be read aloud is none of them.
fn testi(xml: &str) -> Result<Vec<String>, String> {
    let mut testi: Vec<String> = Vec::new();
    let (mut in_testo, mut pronuncia) = (false, false);
    percorri(xml, |passo| {
        match passo {
            Passo::Apre(elemento) => match nudo(elemento.name().as_ref()) {
                "si" => testi.push(String::new()),
                "t" => in_testo = true,
                "rPh" => pronuncia = true,
                _ => {}
            },
            Passo::Chiude(nome) => match nudo(&nome) {
                "t" => in_testo = false,
                "rPh" => pronuncia = false,
                _ => {}
            },
            Passo::Testo(testo) if in_testo && !pronuncia => {
                if let Some(ultimo) = testi.last_mut() {
                    ultimo.push_str(&testo);
                }
            }
            Passo::Testo(_) => {}
        }
        Ok(())
    })?;
    Ok(testi)
}

/// What a style makes of a number.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
enum Mostra {
    #[default]
    Numero,
    Giorno,
    Percento,
}

/// What each style of cells shows.
fn stili(xml: &str) -> Result<Vec<Mostra>, String> {
    let mut scritti = BTreeMap::new();
    let (mut stili, mut di_celle) = (Vec::new(), false);
    percorri(xml, |passo| {
        match passo {
            Passo::Apre(elemento) => match nudo(elemento.name().as_ref()) {
                "numFmt" => {
                    let codice = attributo(&elemento, "formatCode").unwrap_or_default();
                    scritti.insert(attributo(&elemento, "numFmtId").unwrap_or_default(), codice);
                }
                "cellXfs" => di_celle = true,
                "xf" if di_celle => {
                    let id = attributo(&elemento, "numFmtId").unwrap_or_default();
                    stili.push(scritti.get(&id).map_or_else(|| di_serie(&id), |codice| mostra(codice)));
                }
                _ => {}
            },
            Passo::Chiude(nome) if nudo(&nome) == "cellXfs" => di_celle = false,
            _ => {}
        }
        Ok(())
    })?;
    Ok(stili)
}

/// The formats that every Excel has and no file describes (ECMA-376, part 1, § 18.8.30).
fn di_serie(id: &str) -> Mostra {
    match id.parse() {
        Ok(14..=22 | 27..=36 | 45..=47 | 50..=58) => Mostra::Giorno,
        Ok(9 | 10) => Mostra::Percento,
        _ => Mostra::Numero,
    }
}

/// Whether a format shows parts of a day, or of a hundred, outside of quotes, brackets and what a stroke takes as it is.
fn mostra(codice: &str) -> Mostra {
    let mut segni = codice.chars();
    while let Some(segno) = segni.next() {
        match segno {
            '"' => {
                segni.find(|altro| *altro == '"');
            }
            '[' => {
                segni.find(|altro| *altro == ']');
            }
            '\\' | '_' | '*' => {
                segni.next();
            }
            'd' | 'D' | 'm' | 'M' | 'y' | 'Y' | 'h' | 'H' => return Mostra::Giorno,
            '%' => return Mostra::Percento,
            _ => {}
        }
    }
    Mostra::Numero
}

#[derive(Default)]
struct Lettura<'a> {
    testi: &'a [String],
    stili: &'a [Mostra],
    dal_1904: bool,
    tavola: Tavola,
    riga: Riga,
    numero: u32,
    colonna: u32,
    tipo: String,
    stile: usize,
    formula: bool,
    valore: Option<String>,
    /// Inside of an element whose text is the value.
    dentro: bool,
    pronuncia: bool,
}

impl Lettura<'_> {
    fn passo(&mut self, passo: Passo) -> Result<(), String> {
        match passo {
            Passo::Apre(elemento) => {
                let attributo = |nome: &str| attributo(&elemento, nome);
                match nudo(elemento.name().as_ref()) {
                    "row" => {
                        self.numero = attributo("r")
                            .and_then(|numero| numero.parse().ok())
                            .unwrap_or(self.numero.saturating_add(1));
                        let nascosta = attributo("hidden").is_some_and(|si| e_vero(&si));
                        self.riga = Riga { numero: self.numero, nascosta, ..Riga::default() };
                        self.colonna = 0;
                    }
                    "c" => {
                        let posto = attributo("r").and_then(|posto| Posto::letto(&posto));
                        self.colonna = posto.map_or(self.colonna, |posto| posto.colonna);
                        self.tipo = attributo("t").unwrap_or_default();
                        self.stile = attributo("s").and_then(|stile| stile.parse().ok()).unwrap_or(0);
                        self.formula = false;
                        self.valore = None;
                    }
                    "f" => self.formula = true,
                    "v" | "t" => {
                        self.dentro = true;
                        self.valore.get_or_insert_default();
                    }
                    "rPh" => self.pronuncia = true,
                    "mergeCell" => self.tavola.unite.extend(attributo("ref").and_then(|area| Area::letta(&area))),
                    _ => {}
                }
            }
            Passo::Chiude(nome) => match nudo(&nome) {
                "v" | "t" => self.dentro = false,
                "rPh" => self.pronuncia = false,
                "c" => {
                    if let Some(dato) = self.dato().filter(|_| self.colonna < COLONNE) {
                        self.riga.celle.insert(self.colonna, dato);
                    }
                    self.colonna = self.colonna.saturating_add(1);
                }
                "row" => {
                    let riga = std::mem::take(&mut self.riga);
                    self.tavola.aggiungi(riga)?;
                }
                _ => {}
            },
            Passo::Testo(testo) => {
                if let Some(valore) = self.valore.as_mut().filter(|_| self.dentro && !self.pronuncia) {
                    valore.push_str(&testo);
                }
            }
        }
        Ok(())
    }

    fn dato(&mut self) -> Option<Dato> {
        let Some(valore) = self.valore.take().filter(|valore| !valore.is_empty()) else {
            let senza = "la formula non ha un risultato: apri il file con un foglio di calcolo, salvalo e riprova";
            return self.formula.then(|| Dato::Guasto(senza.to_owned()));
        };
        // A break of Windows, as XML cannot say it.
        let testo = |testo: &str| Some(Dato::Testo(testo.replace("_x000D_", ""))).filter(|_| !testo.is_empty());
        match self.tipo.as_str() {
            "s" => testo(self.testi.get(valore.trim().parse::<usize>().ok()?)?),
            "str" | "inlineStr" => testo(&valore),
            "b" => Some(Dato::Vero(e_vero(valore.trim()))),
            "e" => Some(Dato::errore(&valore)),
            "d" => Some(Dato::Giorno(giorno_iso(&valore))),
            _ => {
                let Some(numero) = numero(&valore) else { return testo(&valore) };
                Some(match self.stili.get(self.stile).copied().unwrap_or_default() {
                    Mostra::Giorno => giorno(numero, self.dal_1904).map_or(Dato::Numero(numero), Dato::Giorno),
                    Mostra::Percento => Dato::percento(numero),
                    Mostra::Numero => Dato::Numero(numero),
                })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_that_show_days_are_known() {
        for codice in ["dd/mm/yyyy", "[$-410]d mmm yy", "m/d/yy h:mm", "yyyy\\-mm\\-dd", "[h]:mm"] {
            assert_eq!(mostra(codice), Mostra::Giorno, "{codice}");
        }
        for codice in ["General", "#,##0.00", "0.00E+00", "[Red]0", "#,##0 \"di cui\"", "@", "\\d0", "_-* #,##0.00"] {
            assert_eq!(mostra(codice), Mostra::Numero, "{codice}");
        }
        for codice in ["0%", "0.0 %", "[Red]0%"] {
            assert_eq!(mostra(codice), Mostra::Percento, "{codice}");
        }
    }
}
