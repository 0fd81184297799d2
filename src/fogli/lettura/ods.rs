//! The sheets of LibreOffice.

use std::collections::BTreeSet;

use super::xml::{Passo, attributo, percorri};
use super::{Area, COLONNE, Dato, Posto, Riga, Tavola, giorno_iso, numero};

/// Rows that say the same are told once and counted; nobody writes the same thing so many times.
const UGUALI: u32 = 10_000;

#[derive(Default)]
struct Lettura {
    tavole: Vec<Tavola>,
    /// The styles of sheets that are not shown.
    nascosti: BTreeSet<String>,
    stile: String,
    riga: Riga,
    ripetuta: u32,
    prossima: u32,
    cella: Option<Cella>,
    colonna: u32,
    /// How deep inside of what is no text of the cell: notes, drawings.
    fuori: usize,
}

struct Cella {
    tipo: String,
    valore: Option<String>,
    testo: String,
    paragrafi: usize,
    ripetuta: u32,
    guasta: bool,
    estesa: (u32, u32),
}

pub fn leggi(xml: &str) -> Result<Vec<Tavola>, String> {
    let mut lettura = Lettura::default();
    percorri(xml, |passo| lettura.passo(passo))?;
    Ok(lettura.tavole)
}

fn e_fuori(nome: &str) -> bool {
    nome == "office:annotation" || nome == "table:shapes" || nome.starts_with("draw:")
}

impl Lettura {
    fn passo(&mut self, passo: Passo) -> Result<(), String> {
        match passo {
            Passo::Apre(elemento) => {
                let nome = elemento.name().as_ref().to_owned();
                let attributo = |nome: &str| attributo(&elemento, nome);
                let quante = |nome: &str| attributo(nome).and_then(|quante| quante.parse().ok()).unwrap_or(1_u32);
                if self.fuori > 0 || e_fuori(&nome) {
                    self.fuori += 1;
                    return Ok(());
                }
                match nome.as_str() {
                    "style:style" => self.stile = attributo("style:name").unwrap_or_default(),
                    "style:table-properties" if attributo("table:display").as_deref() == Some("false") => {
                        self.nascosti.insert(std::mem::take(&mut self.stile));
                    }
                    "table:table" => {
                        let nascosta =
                            attributo("table:style-name").is_some_and(|stile| self.nascosti.contains(&stile));
                        let nome = attributo("table:name").unwrap_or_default();
                        self.tavole.push(Tavola { nome, nascosta, ..Tavola::default() });
                        self.prossima = 1;
                    }
                    "table:table-row" => {
                        let vista = attributo("table:visibility");
                        let nascosta = matches!(vista.as_deref(), Some("collapse" | "filter"));
                        self.riga = Riga { numero: self.prossima, nascosta, ..Riga::default() };
                        self.ripetuta = quante("table:number-rows-repeated");
                        self.colonna = 0;
                    }
                    "table:table-cell" | "table:covered-table-cell" => {
                        let tipo = attributo("office:value-type").unwrap_or_default();
                        let valore =
                            ["office:value", "office:date-value", "office:boolean-value", "office:string-value"];
                        self.cella = Some(Cella {
                            valore: valore.iter().find_map(|nome| attributo(nome)),
                            guasta: attributo("calcext:value-type").as_deref() == Some("error"),
                            ripetuta: quante("table:number-columns-repeated"),
                            estesa: (quante("table:number-rows-spanned"), quante("table:number-columns-spanned")),
                            tipo,
                            testo: String::new(),
                            paragrafi: 0,
                        });
                    }
                    "text:p" | "text:h" => {
                        if let Some(cella) = &mut self.cella {
                            cella.testo.push_str(if cella.paragrafi > 0 { "\n" } else { "" });
                            cella.paragrafi += 1;
                        }
                    }
                    "text:s" => self.scrive(&" ".repeat(quante("text:c").min(100) as usize)),
                    "text:tab" => self.scrive(" "),
                    "text:line-break" => self.scrive("\n"),
                    _ => {}
                }
            }
            Passo::Chiude(_) if self.fuori > 0 => self.fuori -= 1,
            Passo::Chiude(nome) => match nome.as_str() {
                "table:table-cell" | "table:covered-table-cell" => self.chiude_cella(),
                "table:table-row" => self.chiude_riga()?,
                _ => {}
            },
            Passo::Testo(testo) if self.fuori == 0 => self.scrive(&testo),
            Passo::Testo(_) => {}
        }
        Ok(())
    }

    /// White space between the tags of a cell is none of it.
    fn scrive(&mut self, testo: &str) {
        if let Some(cella) = self.cella.as_mut().filter(|cella| cella.paragrafi > 0) {
            cella.testo.push_str(testo);
        }
    }

    fn chiude_cella(&mut self) {
        let Some(cella) = self.cella.take() else { return };
        let posto = Posto { riga: self.riga.numero, colonna: self.colonna };
        let (righe, colonne) = cella.estesa;
        if righe.max(colonne) > 1
            && let Some(tavola) = self.tavole.last_mut()
        {
            let a = Posto {
                riga: posto.riga.saturating_add(righe.saturating_sub(1)),
                colonna: posto.colonna.saturating_add(colonne.saturating_sub(1)),
            };
            tavola.unite.push(Area { da: posto, a });
        }
        if let Some(dato) = dato(&cella) {
            let fine = posto.colonna.saturating_add(cella.ripetuta).min(COLONNE);
            self.riga.celle.extend((posto.colonna..fine).map(|colonna| (colonna, dato.clone())));
        }
        self.colonna = self.colonna.saturating_add(cella.ripetuta);
    }

    fn chiude_riga(&mut self) -> Result<(), String> {
        let riga = std::mem::take(&mut self.riga);
        let ripetuta = self.ripetuta.max(1);
        self.prossima = self.prossima.saturating_add(ripetuta);
        let Some(tavola) = self.tavole.last_mut().filter(|_| !riga.celle.is_empty()) else { return Ok(()) };
        if ripetuta > UGUALI {
            return Err(format!("il foglio `{}` ha {ripetuta} righe uguali: toglile", tavola.nome));
        }
        for n in 0..ripetuta {
            let celle = riga.celle.clone();
            tavola.aggiungi(Riga { numero: riga.numero.saturating_add(n), nascosta: riga.nascosta, celle })?;
        }
        Ok(())
    }
}

fn dato(cella: &Cella) -> Option<Dato> {
    if cella.guasta {
        return Some(Dato::errore(&cella.testo));
    }
    let testo = || Some(Dato::Testo(cella.testo.clone())).filter(|_| !cella.testo.is_empty());
    let Some(valore) = cella.valore.as_deref() else { return testo() };
    match cella.tipo.as_str() {
        "float" | "currency" => numero(valore).map(Dato::Numero).or_else(testo),
        "percentage" => numero(valore).map(Dato::percento).or_else(testo),
        "date" => Some(Dato::Giorno(giorno_iso(valore))),
        "boolean" => Some(Dato::Vero(valore == "true")),
        _ if cella.testo.is_empty() => Some(Dato::Testo(valore.to_owned())),
        _ => testo(),
    }
}
