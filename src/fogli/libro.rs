//! The workbook that people fill in: headers, formats, lists to choose from, and a page that explains it all.

use std::collections::BTreeMap;

use rust_xlsxwriter::{
    Color, DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, Workbook,
    Worksheet, XlsxError,
};

use crate::schema::in_linea;
use crate::value::Nodo;
use crate::view::xlsx::{self, salvato};
use crate::view::{Cella, Tipo};
use crate::yaml;
use crate::yaml::modifica::Valore;

use super::cella::mostra;
use super::colonne::{Colonna, FOGLI, Foglio, Ruolo, e_un_atto};
use super::lettura::{Dato, Riga, Tavola};
use super::nomi::Nomi;

const LEGENDA: &str = "Legenda";
const ELENCHI: &str = "Elenchi";
/// The sheets that explain the others.
pub const NON_NOSTRI: [&str; 2] = [LEGENDA, ELENCHI];

/// Under this word the workbook says whose plan it is.
const PIANO: &str = "Piano";
/// Under this one, what each record said when it was exported.
const ESPORTATE: &str = "Schede esportate";

/// How one fills in a workbook of a plan.
pub const REGOLE: [&str; 3] = [
    "Ogni foglio è un tipo di scheda, ogni riga una scheda o una sua parte. Si riempiono i fogli che servono; le colonne con \
     * servono sempre, il loro ordine e colonne in più non contano.",
    "Un ente, un'alleanza, un progetto si chiama con il suo identificativo o con il suo nome. Un atto si scrive una volta \
     sola nel foglio Atti; altrove basta il suo identificativo, o numero e anno.",
    "concilia importa FILE.xlsx mostra che cosa cambierebbe e che cosa non ha capito, cella per cella; con --scrivi lo \
     scrive; concilia importa --annulla torna indietro. Per togliere un valore che c'è si scrive (togli).",
];

/// How one answers what an office asks.
pub const DOMANDE: [&str; 1] = [
    "Le celle evidenziate sono i dati che mancano nelle schede del progetto: riempite quelle che sapete, salvate il file e \
     rimandatelo. Ciò che è già scritto serve a riconoscere le righe, e resta com'è.",
];

/// What holds for both.
const FORME: [&str; 2] = [
    "Una cella vuota, o con «n.d.», non cambia niente: ciò che non si sa si lascia vuoto, e vuoto non è zero.",
    "Gli importi si scrivono 70.000,00 e i giorni 29/4/2026. Dove i valori possono essere più d'uno si dividono con un punto \
     e virgola, o si scrivono su più righe della stessa cella.",
];

/// So many rows have lists to choose from, beyond those that are filled in.
const RIGHE: u32 = 500;
const LARGHEZZA: usize = 44;
/// How wide the column of explanations is.
const DETTO: u32 = 90;
/// What Excel takes for a list that is written into the cell's own rule, commas included.
const SCELTE: usize = 255;
/// What a cell of Excel has room for.
const LUNGHEZZA: usize = 32_767;

/// A sheet with its rows.
pub struct Pieno {
    pub foglio: &'static Foglio,
    pub colonne: Vec<Colonna>,
    pub righe: Vec<Vec<Riempita>>,
}

/// A cell of it.
pub struct Riempita {
    pub cella: Cella<'static>,
    /// Somebody is asked for it.
    pub chiesta: bool,
}

/// The plan that a workbook of ours was written for.
pub fn piano_di(tavole: &[Tavola]) -> Option<&str> {
    let legenda = tavole.iter().find(|tavola| tavola.nome == LEGENDA)?;
    legenda.righe.iter().find_map(|riga| match (riga.celle.get(&0)?, riga.celle.get(&1)?) {
        (Dato::Testo(parola), Dato::Testo(piano)) if parola == PIANO => Some(piano.as_str()),
        _ => None,
    })
}

/// What each record said when a workbook of ours was written.
pub fn impronte_di(tavole: &[Tavola]) -> BTreeMap<String, String> {
    let elenchi = tavole.iter().find(|tavola| tavola.nome == ELENCHI);
    let righe = elenchi.map(|tavola| tavola.righe.as_slice()).unwrap_or_default();
    let e_la_sua = |dato: &Dato| matches!(dato, Dato::Testo(titolo) if titolo == ESPORTATE);
    let colonna = righe.first().and_then(|testa| testa.celle.iter().find(|(_, dato)| e_la_sua(dato)));
    let Some((colonna, _)) = colonna else { return BTreeMap::new() };
    let una = |riga: &Riga| match (riga.celle.get(colonna)?, riga.celle.get(&(colonna + 1))?) {
        (Dato::Testo(scheda), Dato::Testo(impronta)) => Some((scheda.clone(), impronta.clone())),
        _ => None,
    };
    righe.iter().skip(1).filter_map(una).collect()
}

/// The workbook: equal records give equal bytes.
pub fn scrivi(
    pieni: &[Pieno],
    nomi: &Nomi,
    piano: Option<&str>,
    regole: &[&str],
    impronte: &BTreeMap<String, String>,
) -> Result<Vec<u8>, XlsxError> {
    let mut libro = Workbook::new();
    let creato = ExcelDateTime::from_ymd(2025, 1, 1)?;
    libro.set_properties(&DocProperties::new().set_title("Schede del Piano").set_creation_datetime(&creato));
    legenda(libro.add_worksheet(), pieni, piano, regole)?;
    let mut elenchi = Elenchi { nomi, posti: BTreeMap::new(), prossima: 0 };
    elenchi.foglio(libro.add_worksheet(), pieni, impronte)?;
    for pieno in pieni {
        elenchi.riempi(libro.add_worksheet(), pieno, pieni)?;
    }
    // What explains the lists is looked at least.
    libro.worksheet_from_index(1)?.set_hidden(true);
    salvato(&mut libro)
}

fn testa() -> Format {
    Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Top)
        .set_border_bottom(FormatBorder::Thin)
        .set_background_color(Color::RGB(0x00E8_EEF5))
}

/// What a column holds, as a spreadsheet tells it.
fn tipo(nodo: Nodo) -> Tipo {
    match nodo.testo("x-tipo") {
        _ if nodo.voci().is_some() || e_un_atto(nodo) => Tipo::Testo,
        "Euro" => Tipo::Importo,
        "Data" | "Quando" => Tipo::Giorno,
        "Punteggio" => Tipo::Numero,
        "" if nodo.e("integer") => Tipo::Intero,
        _ => Tipo::Testo,
    }
}

/// The format of a column: what is typed into a column of texts stays as it is typed, zeros in front included.
fn formato(nodo: Nodo) -> Option<Format> {
    match tipo(nodo) {
        Tipo::Numero => None,
        Tipo::Testo => Some(Format::new().set_num_format("@").set_text_wrap().set_align(FormatAlign::Top)),
        altro => xlsx::formato(altro).map(|formato| formato.set_align(FormatAlign::Top)),
    }
}

struct Elenchi<'a> {
    nomi: &'a Nomi,
    /// Where each list stands, as a formula says it.
    posti: BTreeMap<String, String>,
    prossima: u16,
}

impl Elenchi<'_> {
    /// The lists that columns choose from, the identifiers and beside them the names; and what the records said.
    fn foglio(
        &mut self,
        foglio: &mut Worksheet,
        pieni: &[Pieno],
        impronte: &BTreeMap<String, String>,
    ) -> Result<(), XlsxError> {
        foglio.set_name(ELENCHI)?.set_freeze_panes(1, 0)?;
        for colonna in pieni.iter().flat_map(|pieno| &pieno.colonne) {
            let nodo = colonna.nodo;
            let scelte: Vec<(String, String)> = match nodo.elenco() {
                Some(elenco) => self.nomi.di(elenco).to_vec(),
                None => nodo.nomi().map(|(_, nome)| (nome.to_owned(), String::new())).collect(),
            };
            let Some(nome) = lista(nodo, &scelte).filter(|nome| !self.posti.contains_key(nome)) else { continue };
            let colonna = self.prossima;
            self.prossima += 2;
            foglio.write_string_with_format(0, colonna, &nome, &testa())?;
            foglio.write_string_with_format(0, colonna + 1, "Nome", &testa())?;
            foglio.set_column_width(colonna, 24)?.set_column_width(colonna + 1, 40)?;
            for (riga, (id, detto)) in (1..).zip(&scelte) {
                foglio.write_string(riga, colonna, id)?;
                foglio.write_string(riga, colonna + 1, detto)?;
            }
            let lettera = rust_xlsxwriter::utility::column_number_to_name(colonna);
            self.posti.insert(nome, format!("={ELENCHI}!${lettera}$2:${lettera}${}", scelte.len() + 1));
        }
        if !impronte.is_empty() {
            foglio.write_string_with_format(0, self.prossima, ESPORTATE, &testa())?;
        }
        for (riga, (scheda, impronta)) in (1..).zip(impronte) {
            foglio.write_string(riga, self.prossima, scheda)?;
            foglio.write_string(riga, self.prossima + 1, impronta)?;
        }
        Ok(())
    }

    fn riempi(&self, foglio: &mut Worksheet, pieno: &Pieno, pieni: &[Pieno]) -> Result<(), XlsxError> {
        let chiesta = |formato: Option<Format>| {
            formato.unwrap_or_default().set_background_color(Color::RGB(0x00FF_F4C2)).set_border(FormatBorder::Thin)
        };
        foglio.set_name(pieno.foglio.titolo)?.set_freeze_panes(1, 1)?.set_landscape().set_print_fit_to_pages(1, 0);
        let ultima = u32::try_from(pieno.righe.len()).unwrap_or(u32::MAX).saturating_add(RIGHE);
        for (posto, colonna) in (0_u16..).zip(&pieno.colonne) {
            let titolo = if colonna.serve { format!("{} *", colonna.titolo) } else { colonna.titolo.clone() };
            foglio.write_string_with_format(0, posto, &titolo, &testa())?;
            let (formato, in_cerca) = (formato(colonna.nodo), chiesta(formato(colonna.nodo)));
            if let Some(formato) = &formato {
                foglio.set_column_format(posto, formato)?;
            }
            let mut larga = titolo.chars().count().min(18);
            for (riga, celle) in (1..).zip(&pieno.righe) {
                let Some(Riempita { cella, chiesta }) = celle.get(usize::from(posto)) else { continue };
                let formato = if *chiesta { Some(&in_cerca) } else { formato.as_ref() };
                larga = larga.max(scrivi_cella(foglio, (riga, posto), cella, formato)?.min(LARGHEZZA));
            }
            foglio.set_column_width(posto, u32::try_from(larga + 2).unwrap_or(0))?;
            if let Some(scelta) = self.scelta(colonna, pieni)? {
                foglio.add_data_validation(1, posto, ultima, posto, &scelta)?;
            }
        }
        Ok(())
    }

    /// What can be chosen in a cell; whoever knows better may write it.
    fn scelta(&self, colonna: &Colonna, pieni: &[Pieno]) -> Result<Option<DataValidation>, XlsxError> {
        let nodo = colonna.nodo;
        let regola = DataValidation::new().show_error_message(false);
        if nodo.voci().is_some() || colonna.ruolo == Ruolo::Voce {
            return Ok(None);
        }
        if nodo.e("boolean") && !nodo.e("string") {
            return regola.allow_list_strings(&["sì", "no"]).map(Some);
        }
        let nomi: Vec<&str> = nodo.nomi().map(|(_, nome)| nome).collect();
        if !nomi.is_empty() && nomi.iter().map(|nome| nome.chars().count() + 1).sum::<usize>() <= SCELTE {
            return regola.allow_list_strings(&nomi).map(Some);
        }
        // What other sheets of the workbook add can be chosen too.
        let suo = nodo.elenco().and_then(|elenco| FOGLI.iter().find(|foglio| foglio.titolo.to_lowercase() == elenco));
        if let Some(suo) = suo.filter(|suo| pieni.iter().any(|pieno| pieno.foglio.titolo == suo.titolo)) {
            let formula = format!("={}!$A$2:$A${RIGHE}", suo.titolo);
            return Ok(Some(regola.allow_list_formula(Formula::new(formula))));
        }
        let nome = nodo.elenco().map_or_else(|| nodo.titolo().to_owned(), str::to_owned);
        Ok(self.posti.get(&nome).map(|formula| regola.allow_list_formula(Formula::new(formula.as_str()))))
    }
}

/// How a list is called in the sheet of lists, where it has to stand there.
fn lista(nodo: Nodo, scelte: &[(String, String)]) -> Option<String> {
    if scelte.is_empty() || (nodo.e("boolean") && !nodo.e("string")) {
        return None;
    }
    match nodo.voci().unwrap_or(nodo).elenco() {
        Some(elenco) => Some(elenco.to_owned()),
        None => {
            let corte = scelte.iter().map(|(nome, _)| nome.chars().count() + 1).sum::<usize>() <= SCELTE;
            (!corte).then(|| nodo.titolo().to_owned())
        }
    }
}

/// Writes a cell; how long it is. A text stands as it is: no program runs what is stored as a text.
fn scrivi_cella(
    foglio: &mut Worksheet,
    (riga, colonna): (u32, u16),
    cella: &Cella,
    formato: Option<&Format>,
) -> Result<usize, XlsxError> {
    let Cella::Testo(testo) = cella else {
        if let (Cella::Assente, Some(formato)) = (cella, formato) {
            foglio.write_blank(riga, colonna, formato)?;
        }
        return xlsx::scrivi(foglio, (riga, colonna), cella, formato);
    };
    // What has no room stays in its record: an empty cell changes nothing.
    if testo.encode_utf16().count() > LUNGHEZZA {
        return Ok(0);
    }
    match formato {
        Some(formato) => foglio.write_string_with_format(riga, colonna, &**testo, formato)?,
        None => foglio.write_string(riga, colonna, &**testo)?,
    };
    Ok(testo.lines().map(|riga| riga.chars().count()).max().unwrap_or(0))
}

/// The first sheet: how the workbook is used, and what each column wants.
fn legenda(foglio: &mut Worksheet, pieni: &[Pieno], piano: Option<&str>, regole: &[&str]) -> Result<(), XlsxError> {
    let a_capo = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    foglio.set_name(LEGENDA)?.set_landscape().set_print_fit_to_pages(1, 0);
    let mut riga = 0;
    if let Some(piano) = piano {
        foglio.write_string_with_format(riga, 0, PIANO, &testa())?.write_string(riga, 1, piano)?;
        riga += 1;
    }
    for regola in [regole, &FORME].concat() {
        foglio.merge_range(riga, 0, riga, 4, regola, &a_capo)?.set_row_height(riga, 32)?;
        riga += 1;
    }
    riga += 1;
    let titoli = [("Foglio", 16), ("Colonna", 30), ("Che cosa si scrive", DETTO), ("Come", 26), ("Esempio", 30)];
    for (colonna, (titolo, larga)) in (0..).zip(titoli) {
        foglio.write_string_with_format(riga, colonna, titolo, &testa())?.set_column_width(colonna, larga)?;
    }
    for (pieno, colonna) in pieni.iter().flat_map(|pieno| pieno.colonne.iter().map(move |colonna| (pieno, colonna))) {
        riga += 1;
        let nodo = colonna.nodo;
        let serve = if colonna.serve { " *" } else { "" };
        let celle = [
            pieno.foglio.titolo.to_owned(),
            format!("{}{serve}", colonna.titolo),
            nodo.detto().replace('`', ""),
            come(nodo),
            esempio(nodo),
        ];
        for (colonna, testo) in (0..).zip(&celle) {
            foglio.write_string_with_format(riga, colonna, testo, &a_capo)?;
        }
        // Not every program makes a row as high as what is in it.
        let righe = celle[2].chars().count().div_ceil(DETTO as usize).max(1);
        foglio.set_row_height(riga, u32::try_from(righe * 15).unwrap_or(u32::MAX))?;
    }
    Ok(())
}

/// How a value is written, for who has never seen a file of records.
fn come(nodo: Nodo) -> String {
    let uno = nodo.voci().unwrap_or(nodo);
    let come = match uno.testo("x-tipo") {
        _ if e_un_atto(uno) => "un atto del foglio Atti".to_owned(),
        "Data" | "Quando" => "una data".to_owned(),
        "Testo" => "un testo".to_owned(),
        _ if uno.elenco().is_some() => "una voce dell'elenco".to_owned(),
        _ if uno.e("boolean") && !uno.e("string") => "sì o no".to_owned(),
        _ => uno.formato(),
    };
    if nodo.voci().is_some() { format!("{come}; anche più d'uno") } else { come }
}

/// An example as a cell shows it.
fn esempio(nodo: Nodo) -> String {
    let Some(scritto) = in_linea(nodo).filter(|_| nodo.scelte().next().is_none()) else { return String::new() };
    // A year has no dots.
    if nodo.e("integer") {
        return scritto;
    }
    let valore = match yaml::value::<Vec<String>>(&scritto) {
        Some(voci) => Valore::Elenco(voci.into_iter().map(Valore::from).collect()),
        None => Valore::from(yaml::value::<String>(&scritto).unwrap_or(scritto)),
    };
    mostra(&valore, nodo).italiano().unwrap_or_default().into_owned()
}
