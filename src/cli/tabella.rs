//! Tables and paragraphs for a terminal.

use crate::report::one_line;
use crate::value::{Euro, NBSP};

/// The narrowest terminal that people still use; tables of ordinary amounts fit it.
pub const LARGHEZZA: usize = 80;

/// Below this a cut title says nothing.
const TITOLO_MINIMO: usize = 12;

const SPAZIO: &str = "  ";

/// Where a column leans. Only titles may be cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verso {
    Titolo,
    Destra,
    Sinistra,
}

/// Rows of cells, as wide as what they hold; a head, and a foot below a rule.
pub struct Tabella {
    versi: Vec<Verso>,
    righe: Vec<Option<Vec<String>>>,
}

impl Tabella {
    pub fn new<S: Into<String>>(colonne: impl IntoIterator<Item = (S, Verso)>) -> Self {
        let (testa, versi) = colonne.into_iter().map(|(nome, verso)| (nome.into(), verso)).unzip();
        Tabella { versi, righe: vec![Some(testa), None] }
    }

    /// Cells beyond the last column are not shown.
    pub fn riga(&mut self, celle: impl IntoIterator<Item = String>) {
        self.righe.push(Some(celle.into_iter().collect()));
    }

    pub fn filetto(&mut self) {
        self.righe.push(None);
    }

    pub fn scrivi(&self) -> String {
        let larghezze = self.larghezze();
        let totale = larghezze.iter().sum::<usize>() + SPAZIO.len() * larghezze.len().saturating_sub(1);
        let mut testo = String::new();
        for riga in &self.righe {
            match riga {
                None => testo.push_str(&"─".repeat(totale)),
                Some(celle) => {
                    let celle = celle.iter().zip(&self.versi).zip(&larghezze);
                    let celle: Vec<String> =
                        celle.map(|((cella, &verso), &larga)| posta(cella, verso, larga)).collect();
                    testo.push_str(celle.join(SPAZIO).trim_end());
                }
            }
            testo.push('\n');
        }
        testo
    }

    /// As wide as the content; titles give way until the whole fits.
    fn larghezze(&self) -> Vec<usize> {
        let celle = |colonna| self.righe.iter().flatten().filter_map(move |riga| riga.get(colonna));
        let mut larghezze: Vec<usize> = (0..self.versi.len())
            .map(|colonna| celle(colonna).map(|cella| pulito(cella).chars().count()).max().unwrap_or(0))
            .collect();
        let totale = larghezze.iter().sum::<usize>() + SPAZIO.len() * larghezze.len().saturating_sub(1);
        if let Some(titolo) = self.versi.iter().position(|&verso| verso == Verso::Titolo) {
            let ridotta = larghezze[titolo].saturating_sub(totale.saturating_sub(LARGHEZZA));
            larghezze[titolo] = larghezze[titolo].min(ridotta.max(TITOLO_MINIMO));
        }
        larghezze
    }
}

fn posta(cella: &str, verso: Verso, larga: usize) -> String {
    let cella = tagliato(&pulito(cella), larga);
    match verso {
        Verso::Destra => format!("{cella:>larga$}"),
        Verso::Titolo | Verso::Sinistra => format!("{cella:<larga$}"),
    }
}

/// Harmless for a terminal; spaces in front stay, since they align what belongs to the row above.
fn pulito(testo: &str) -> String {
    one_line(testo).trim_end().to_owned()
}

fn tagliato(testo: &str, larga: usize) -> String {
    if testo.chars().count() <= larga {
        return testo.to_owned();
    }
    let inizio: String = testo.chars().take(larga.saturating_sub(1)).collect();
    format!("{}…", inizio.trim_end())
}

/// The words between which a line may end: not between `€` and its figure, also where a norm has a plain space there.
fn words(testo: &str) -> Vec<String> {
    let glued = one_line(testo).replace("€ ", &format!("€{NBSP}"));
    glued.split_ascii_whitespace().map(str::to_owned).collect()
}

/// Words in lines that fit the terminal; the first has begun already, and something stands in front of each of the others.
pub fn in_righe(testo: &str, inizio: &str, rientro: &str) -> String {
    let (mut righe, mut riga, mut vuota) = (String::new(), inizio.to_owned(), true);
    for parola in words(testo) {
        if !vuota && riga.chars().count() + 1 + parola.chars().count() > LARGHEZZA {
            righe.push_str(&riga);
            righe.push('\n');
            rientro.clone_into(&mut riga);
            vuota = true;
        }
        if !vuota {
            riga.push(' ');
        }
        riga.push_str(&parola);
        vuota = false;
    }
    righe + &riga + "\n"
}

/// A paragraph.
pub fn paragrafo(testo: &str) -> String {
    in_righe(testo, "", "")
}

/// With its sign: more than recorded is a plus.
pub fn differenza(importo: Euro) -> String {
    match importo {
        importo if importo.e_zero() => "=".into(),
        importo if importo > Euro::ZERO => format!("+{}", importo.italiano()),
        importo => importo.italiano(),
    }
}

/// A dash where nothing is recorded, which is not zero.
pub fn o_nulla(importo: Option<Euro>) -> String {
    importo.map_or_else(|| "—".into(), Euro::italiano)
}

/// `1 progetto`, `3 progetti`.
pub fn conta(numero: usize, uno: &str, molti: &str) -> String {
    format!("{numero} {}", if numero == 1 { uno } else { molti })
}

/// A name and what is said of it, in lines that fit the terminal; what follows the first stands under it.
pub fn voce(nome: &str, detto: &str) -> String {
    const RIENTRO: usize = 10;
    let rientro = " ".repeat(RIENTRO + 4);
    if nome.chars().count() > RIENTRO {
        return format!("  {nome}\n{}", in_righe(detto, &rientro, &rientro));
    }
    in_righe(detto, &format!("  {nome:<RIENTRO$}  "), &rientro)
}

/// What is known of each of these names.
pub fn voci<'a>(voci: impl IntoIterator<Item = (&'a str, Option<&'a str>)>) -> String {
    voci.into_iter().filter_map(|(nome, detto)| Some(voce(nome, detto?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tabella(titolo: &str, importo: &str) -> String {
        let mut tabella = Tabella::new([("Progetto", Verso::Titolo), ("Importo", Verso::Destra)]);
        tabella.riga([titolo.to_owned(), importo.to_owned()]);
        tabella.scrivi()
    }

    #[test]
    fn columns_are_as_wide_as_what_they_hold() {
        assert_eq!(tabella("Città", "1,00"), "Progetto  Importo\n─────────────────\nCittà        1,00\n");
    }

    #[test]
    fn only_a_long_title_is_cut_and_the_table_fits() {
        let testo = tabella(&"è".repeat(200), "1.000,00");
        for riga in testo.lines() {
            assert_eq!(riga.chars().count(), LARGHEZZA);
        }
        assert!(testo.ends_with(&format!("{}…  1.000,00\n", "è".repeat(LARGHEZZA - 11))));
    }

    #[test]
    fn a_title_of_the_records_cannot_write_on_the_terminal() {
        assert!(!tabella("Uno\u{1b}[2J\ndue", "1,00").contains('\u{1b}'));
        assert_eq!(tabella("Uno\ndue", "1,00").lines().count(), 3);
    }

    #[test]
    fn paragraphs_break_between_words() {
        let testo = paragrafo(&"parola ".repeat(30));
        assert!(testo.lines().all(|riga| riga.chars().count() <= LARGHEZZA));
        assert_eq!(testo.split_whitespace().count(), 30);
        assert_eq!(paragrafo("una  riga"), "una riga\n");
    }
}
