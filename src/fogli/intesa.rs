//! What the sheets of a workbook are: which of ours each is, where its headers stand, what its rows say.

use std::collections::{BTreeMap, BTreeSet};

use crate::suggest::{self, slug};
use crate::value::Euro;

use super::cella::pulito;
use super::colonne::{Colonna, FOGLI, Foglio, Ruolo};
use super::importa::Problema;
use super::lettura::{Dato, Posto, Riga, Tavola};
use super::libro::NON_NOSTRI;

/// Titles stand above the headers, and never so many.
const SOPRA: usize = 20;
/// A shorter word is soon near to another one that means something else.
const VICINA: usize = 6;
/// A row that begins so sums up the others.
const TOTALI: [&str; 6] = ["totale", "totali", "subtotale", "subtotali", "sub-totale", "somma"];
/// Of many places the first are told.
const DETTI: usize = 5;

/// A sheet that was understood.
pub struct Intesa {
    pub foglio: &'static Foglio,
    /// As the workbook calls it.
    pub nome: String,
    pub colonne: Vec<Colonna>,
    /// Where each of the columns stands.
    posti: Vec<Option<u32>>,
    /// Headers that are none of ours.
    ignote: Vec<String>,
    pub righe: Vec<RigaIntesa>,
}

pub struct RigaIntesa {
    pub numero: u32,
    /// What stands under each of the columns.
    celle: Vec<Option<Dato>>,
}

impl Intesa {
    /// The place of a cell as messages name it; of a column that is not there, the row.
    pub fn dove(&self, numero: u32, colonna: Option<usize>) -> String {
        match colonna.and_then(|colonna| self.posti[colonna]) {
            Some(colonna) => format!("{}!{}", self.nome, Posto { riga: numero, colonna }),
            None => format!("{}, riga {numero}", self.nome),
        }
    }

    /// The columns with something in this row.
    pub fn piene<'i>(&'i self, riga: &'i RigaIntesa) -> impl Iterator<Item = (usize, &'i Colonna, &'i Dato)> {
        let piena = |(i, (colonna, dato)): (usize, (&'i Colonna, &'i Option<Dato>))| Some((i, colonna, dato.as_ref()?));
        self.colonne.iter().zip(&riga.celle).enumerate().filter_map(piena)
    }

    pub fn cella<'i>(&self, riga: &'i RigaIntesa, colonna: usize) -> Option<&'i Dato> {
        riga.celle.get(colonna)?.as_ref()
    }

    pub fn colonna(&self, id: &str) -> Option<usize> {
        self.colonne.iter().position(|colonna| colonna.id == id)
    }

    /// What is said of a column that no header names, with what it is needed for and the header that may be meant.
    pub fn manca(&self, colonna: usize, perche: &str) -> Option<String> {
        let titolo = &self.colonne.get(colonna)?.titolo;
        let manca = || {
            let detto = format!("manca la colonna «{titolo}»{perche}");
            match suggest::most_like(titolo, self.ignote.iter().map(String::as_str)) {
                Some(forse) => format!("{}. Forse è «{forse}»?", detto.trim_end_matches('.')),
                None => detto,
            }
        };
        self.posti.get(colonna)?.is_none().then(manca)
    }
}

/// All that was understood, and what has to be told of it.
#[derive(Default)]
pub struct Intese {
    pub intese: Vec<Intesa>,
    pub problemi: Vec<Problema>,
    pub note: Vec<String>,
}

/// The sheets that are ours, in the order in which they are filled in. `detto` is what whoever imports says that the only
/// sheet is.
pub fn intendi(tavole: &[Tavola], detto: Option<&'static Foglio>) -> Intese {
    let mut intese = Intese::default();
    for tavola in tavole.iter().filter(|tavola| !tavola.righe.is_empty() && !NON_NOSTRI.contains(&tavola.nome.as_str()))
    {
        intese.tavola(tavola, detto);
    }
    let posto = |intesa: &Intesa| FOGLI.iter().position(|foglio| foglio.titolo == intesa.foglio.titolo);
    intese.intese.sort_by_key(posto);
    if intese.intese.is_empty() && intese.problemi.is_empty() {
        intese.problemi.push(Problema { dove: String::new(), detto: nessuno(tavole) });
    }
    intese
}

/// What one does where no sheet is one of ours.
fn nessuno(tavole: &[Tavola]) -> String {
    let pieni = tavole.iter().filter(|tavola| !tavola.righe.is_empty()).map(|tavola| tavola.nome.as_str());
    let pieni: Vec<&str> = pieni.filter(|nome| !NON_NOSTRI.contains(nome)).collect();
    let titoli = suggest::list(FOGLI.iter().map(|foglio| foglio.titolo));
    let che = match pieni[..] {
        [] => return "il foglio di calcolo è vuoto: non c'è nessuna riga".to_owned(),
        [uno] => format!("in `{uno}`: di' che cos'è con `--foglio NOME`. NOME è uno fra {titoli}"),
        _ => format!(
            "fra {}: dai a ciascuno il nome di ciò che contiene, o salvane uno da solo e di' che cos'è con `--foglio NOME`. \
             Il nome è uno fra {titoli}",
            suggest::list(pieni.iter().copied())
        ),
    };
    format!("nessun foglio si riconosce {che}; `concilia modello` li scrive vuoti")
}

/// The sheet of this name, or of nearly this name.
pub fn foglio_di_nome(nome: &str) -> Option<&'static Foglio> {
    let nome = slug(nome);
    let titoli = || FOGLI.iter().map(|foglio| foglio.titolo);
    let uguale = |foglio: &&Foglio| slug(foglio.titolo) == nome;
    let vicino = || suggest::closest(&nome, titoli()).filter(|_| nome.len() >= VICINA - 2);
    FOGLI
        .iter()
        .find(uguale)
        .or_else(|| vicino().and_then(|titolo| FOGLI.iter().find(|foglio| foglio.titolo == titolo)))
}

impl Intese {
    fn tavola(&mut self, tavola: &Tavola, detto: Option<&'static Foglio>) {
        let nome = &tavola.nome;
        let per_nome = detto.or_else(|| foglio_di_nome(nome).filter(|foglio| slug(foglio.titolo) == slug(nome)));
        // A name that is only near says nothing of a sheet with other columns.
        let vicino = || foglio_di_nome(nome).filter(|_| per_nome.is_none());
        let per_vicino = vicino().and_then(|foglio| riconosciuto(tavola, Some(foglio)));
        let Some((foglio, testa)) = per_vicino.or_else(|| riconosciuto(tavola, per_nome)) else {
            if let Some(foglio) = per_nome {
                let detto = format!(
                    "non trovo la riga con i nomi delle colonne di {}: `concilia modello` la scrive",
                    foglio.titolo
                );
                self.problemi.push(Problema { dove: nome.clone(), detto });
            } else {
                self.note.push(format!("`{nome}`: non è uno dei fogli che leggo"));
            }
            return;
        };
        if slug(foglio.titolo) != slug(nome) && detto.is_none() {
            self.note.push(format!("`{nome}`: lo leggo come {}", foglio.titolo));
        }
        if tavola.nascosta {
            self.note.push(format!("`{nome}`: il foglio è nascosto, lo leggo lo stesso"));
        }
        let mut intesa = Intesa {
            foglio,
            nome: nome.clone(),
            colonne: foglio.colonne(),
            posti: Vec::new(),
            ignote: Vec::new(),
            righe: Vec::new(),
        };
        self.testa(&mut intesa, testa);
        for (i, colonna) in intesa.colonne.iter().enumerate() {
            let serve = matches!(colonna.ruolo, Ruolo::Voce) || (colonna.ruolo == Ruolo::Scheda && colonna.serve);
            if let Some(detto) = intesa.manca(i, ", che dice di chi è la riga").filter(|_| serve) {
                self.problemi.push(Problema { dove: nome.clone(), detto });
                return;
            }
        }
        self.righe(&mut intesa, tavola, testa.numero);
        self.intese.push(intesa);
    }

    /// Which column each header is; the ones that are none of ours are told.
    fn testa(&mut self, intesa: &mut Intesa, testa: &Riga) {
        let mut posti: Vec<Option<u32>> = vec![None; intesa.colonne.len()];
        let (mut vicine, mut ignote, mut altrove) = (Vec::new(), Vec::new(), BTreeMap::<_, Vec<_>>::new());
        let scritte = testa.celle.iter().filter_map(|(posto, dato)| Some((*posto, scritto(dato)?)));
        let scritte: Vec<(u32, String)> = scritte.collect();
        for (posto, titolo) in &scritte {
            let Some(colonna) = esatta(titolo, &intesa.colonne) else { continue };
            if posti[colonna].is_some() {
                let dove = format!("{}!{}", intesa.nome, Posto { riga: testa.numero, colonna: *posto });
                let detto = format!("la colonna «{titolo}» c'è due volte: togline una");
                self.problemi.push(Problema { dove, detto });
            }
            posti[colonna].get_or_insert(*posto);
        }
        for (posto, titolo) in scritte.iter().filter(|(_, titolo)| esatta(titolo, &intesa.colonne).is_none()) {
            match vicina(titolo, intesa.foglio, &intesa.colonne).filter(|colonna| posti[*colonna].is_none()) {
                Some(colonna) => {
                    posti[colonna] = Some(*posto);
                    vicine.push(format!("«{titolo}» come «{}»", intesa.colonne[colonna].titolo));
                }
                None => {
                    intesa.ignote.push(titolo.clone());
                    match altro_foglio(titolo, intesa.foglio) {
                        Some(altro) => altrove.entry(altro).or_default().push(format!("«{titolo}»")),
                        None => ignote.push(format!("«{titolo}»")),
                    }
                }
            }
        }
        if !vicine.is_empty() {
            self.note.push(format!("`{}`: leggo {}", intesa.nome, vicine.join(", ")));
        }
        if !ignote.is_empty() {
            let (una, le) = if ignote.len() == 1 { ("la colonna", "la") } else { ("le colonne", "le") };
            self.note.push(format!("`{}`: non conosco {una} {}, e non {le} leggo", intesa.nome, ignote.join(", ")));
        }
        for (altro, quali) in altrove {
            let si = if quali.len() == 1 { "si legge" } else { "si leggono" };
            self.note.push(format!(
                "`{}`: {} {si} con `--foglio {altro}`: quando queste schede sono scritte, importa di nuovo il foglio, da \
                 solo, con quell'opzione",
                intesa.nome,
                quali.join(", ")
            ));
        }
        intesa.posti = posti;
    }

    fn righe(&mut self, intesa: &mut Intesa, tavola: &Tavola, testa: u32) {
        let ripetute = ripetute(tavola, testa);
        let (mut nascoste, mut spazi, mut totali, mut unite) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for riga in tavola.righe.iter().filter(|riga| riga.numero > testa) {
            let mut celle: Vec<Option<Dato>> = vec![None; intesa.colonne.len()];
            for (cella, posto) in celle.iter_mut().zip(&intesa.posti) {
                let Some(colonna) = *posto else { continue };
                let posto = Posto { riga: riga.numero, colonna };
                *cella = riga.celle.get(&colonna).cloned();
                if cella.is_none()
                    && let Some((dato, area)) = ripetute.get(&posto)
                {
                    *cella = Some((*dato).clone());
                    unite.push(area.clone());
                }
                if let Some(Dato::Testo(scritto)) = cella
                    && pulito(scritto).1
                {
                    spazi.push(posto.to_string());
                }
            }
            if celle.iter().all(Option::is_none) {
                continue;
            }
            if e_un_totale(riga) {
                totali.push(riga.numero.to_string());
                continue;
            }
            if riga.nascosta {
                nascoste.push(riga.numero.to_string());
            }
            intesa.righe.push(RigaIntesa { numero: riga.numero, celle });
        }
        unite.dedup();
        let nome = &intesa.nome;
        let mut nota = |quali: &[String], detto: &str| {
            if !quali.is_empty() {
                let altre =
                    if quali.len() > DETTI { format!(" e altre {}", quali.len() - DETTI) } else { String::new() };
                let quali = quali.iter().take(DETTI).map(String::as_str).collect::<Vec<_>>().join(", ");
                self.note.push(format!("`{nome}`: {detto}: {quali}{altre}"));
            }
        };
        nota(&nascoste, "ci sono righe nascoste, che leggo lo stesso");
        nota(&unite, "ci sono celle unite, il cui valore vale per ogni riga che coprono");
        nota(&spazi, "tolgo gli spazi di troppo in");
        nota(&totali, "sembrano totali, e non le leggo, le righe");
    }
}

fn scritto(dato: &Dato) -> Option<String> {
    match dato {
        Dato::Testo(testo) => Some(pulito(testo).0).filter(|testo| !testo.is_empty()),
        Dato::Numero(_) | Dato::Giorno(_) | Dato::Vero(_) | Dato::Guasto(_) => None,
    }
}

/// Whether a row sums up the others: it begins with such a word, and if there are more, says nothing else in words.
fn e_un_totale(riga: &Riga) -> bool {
    let mut testi = riga.celle.values().filter_map(scritto);
    let Some(primo) = testi.next().map(|testo| slug(&testo)) else { return false };
    let comincia = |parola: &str| primo.strip_prefix(parola).is_some_and(|resto| resto.starts_with('-'));
    let cifra = |testo: &String| Euro::inteso(testo).is_some() || !testo.chars().any(char::is_alphabetic);
    TOTALI.contains(&primo.as_str()) || (TOTALI.into_iter().any(comincia) && testi.all(|testo| cifra(&testo)))
}

/// The sheet and the row of its headers: the one among the first rows that has most of them.
fn riconosciuto<'t>(tavola: &'t Tavola, per_nome: Option<&'static Foglio>) -> Option<(&'static Foglio, &'t Riga)> {
    // A title says more than the name of a field, and that more than a word that is near.
    let quanto = |foglio: &'static Foglio| {
        let colonne = foglio.colonne();
        let titoli: Vec<String> = colonne.iter().map(|colonna| slug(&colonna.titolo)).collect();
        let pesa = |titolo: &String| match (titoli.contains(&slug(titolo)), esatta(titolo, &colonne)) {
            (true, _) => 3,
            (_, Some(_)) => 2,
            _ => usize::from(vicina(titolo, foglio, &colonne).is_some()),
        };
        let pesi = |riga: &Riga| {
            let pesi = riga.celle.values().filter_map(scritto).map(|titolo| pesa(&titolo)).filter(|peso| *peso > 0);
            (pesi.clone().sum::<usize>(), pesi.count())
        };
        // Of two rows with as many the first.
        let righe = tavola.righe.iter().take(SOPRA).rev().map(|riga| (pesi(riga), riga));
        let ((peso, _), riga) = righe.filter(|((_, quante), _)| *quante > 1).max_by_key(|((peso, _), _)| *peso)?;
        Some((peso, riga))
    };
    let (foglio, (_, riga)) = match per_nome {
        Some(foglio) => (foglio, quanto(foglio)?),
        None => {
            let mut possibili: Vec<_> = FOGLI.iter().filter_map(|foglio| Some((foglio, quanto(foglio)?))).collect();
            // Whoever calls it otherwise has at least what no row of ours is without.
            possibili.retain(|(foglio, (_, riga))| {
                let colonne = foglio.colonne();
                let titoli: Vec<String> = riga.celle.values().filter_map(scritto).collect();
                let nota = |titolo: &String| esatta(titolo, &colonne).or_else(|| vicina(titolo, foglio, &colonne));
                let note: Vec<usize> = titoli.iter().filter_map(nota).collect();
                colonne.iter().enumerate().all(|(i, colonna)| !colonna.serve || note.contains(&i))
            });
            possibili.sort_by_key(|(_, (peso, _))| std::cmp::Reverse(*peso));
            match &possibili[..] {
                [(_, (uno, _)), (_, (altro, _)), ..] if uno == altro => return None,
                _ => possibili.into_iter().next()?,
            }
        }
    };
    Some((foglio, riga))
}

/// The column that a header names, by title or as records call it.
fn esatta(titolo: &str, colonne: &[Colonna]) -> Option<usize> {
    let titolo = slug(titolo);
    let nomi = |colonna: &Colonna| [slug(&colonna.titolo), slug(&colonna.id)];
    let trovata = colonne.iter().position(|colonna| nomi(colonna).contains(&titolo));
    // `cup` for `atti.cup`, where no other field is called so.
    trovata.or_else(|| {
        let ultimo = |posto: &usize| colonne[*posto].via.last().is_some_and(|nome| slug(nome) == titolo);
        let mut trovate = (0..colonne.len()).filter(ultimo);
        trovate.next().filter(|_| trovate.next().is_none())
    })
}

/// Words that stand for one another in headers: the last of each line is the one of our titles.
const SINONIMI: [(&str, &str); 16] = [
    ("ragione-sociale", "nome"),
    ("denominazione", "nome"),
    ("titolo", "nome"),
    ("totale", "complessivo"),
    ("c-f", "codice-fiscale"),
    ("cf", "codice-fiscale"),
    ("p-iva", "partita-iva"),
    ("cod", "codice"),
    ("tipo", "categoria"),
    ("tipologia", "categoria"),
    ("cofinanz", "cofinanziamento"),
    ("data-mandato", "data"),
    ("data-del-mandato", "data"),
    ("data-pagamento", "data"),
    ("data-di-pagamento", "data"),
    ("data-del-pagamento", "data"),
];
/// Words that say nothing of a column.
const VUOTE: [&str; 18] = [
    "di", "del", "dello", "della", "dell", "dei", "delle", "d", "il", "lo", "la", "l", "in", "un", "una", "uno",
    "euro", "eur",
];

/// What a header says, without the name of what each row is: `Denominazione dell'ente` is a name among bodies.
fn parole(titolo: &str, foglio: &Foglio) -> BTreeSet<String> {
    let mut detto = format!("-{}-", slug(titolo));
    for (altra, nostra) in SINONIMI {
        detto = detto.replace(&format!("-{altra}-"), &format!("-{nostra}-"));
    }
    let uno = foglio.livelli.last().map(|livello| livello.uno).filter(|uno| !uno.is_empty()).unwrap_or(foglio.genere);
    let plurale = slug(foglio.titolo);
    let dice = |parola: &&str| !parola.is_empty() && !VUOTE.contains(parola) && *parola != uno && *parola != plurale;
    let mut parole: BTreeSet<String> = detto.split('-').filter(dice).map(str::to_owned).collect();
    if parole.len() > 1 {
        parole.remove("nome");
    }
    if parole.is_empty() {
        parole.insert("nome".to_owned());
    }
    parole
}

/// The column that a header nearly names: in other words, or with other letters.
fn vicina(titolo: &str, foglio: &Foglio, colonne: &[Colonna]) -> Option<usize> {
    let dette = parole(titolo, foglio);
    let mut uguali = colonne.iter().enumerate().filter(|(_, colonna)| parole(&colonna.titolo, foglio) == dette);
    if let (Some((una, _)), None) = (uguali.next(), uguali.next()) {
        return Some(una);
    }
    let titolo = slug(titolo);
    if titolo.len() < VICINA {
        return None;
    }
    let nomi: Vec<String> = colonne.iter().map(|colonna| slug(&colonna.titolo)).collect();
    let vicino = suggest::closest(&titolo, nomi.iter().map(String::as_str))?;
    nomi.iter().position(|nome| nome == vicino)
}

/// The sheet about other fields of the same records that has such a column: amounts have one of their own.
fn altro_foglio(titolo: &str, foglio: &Foglio) -> Option<&'static str> {
    let suoi = FOGLI.iter().filter(|altro| {
        foglio.e_di_schede() && altro.genere == foglio.genere && altro.livelli.is_empty() && !altro.e_di_schede()
    });
    let ha = |altro: &&Foglio| {
        let colonne = altro.colonne();
        let trovata = esatta(titolo, &colonne).or_else(|| vicina(titolo, altro, &colonne));
        trovata.is_some_and(|posto| colonne[posto].ruolo == Ruolo::Campo)
    };
    suoi.into_iter().find(ha).map(|altro| altro.titolo)
}

/// Cells that are one, down a column: what the first says holds for each row.
fn ripetute(tavola: &Tavola, testa: u32) -> BTreeMap<Posto, (&Dato, String)> {
    let mut ripetute = BTreeMap::new();
    for area in tavola.unite.iter().filter(|area| area.da.riga > testa && area.a.riga > area.da.riga) {
        let colonna = area.da.colonna;
        let prima = tavola.righe.iter().find(|riga| riga.numero == area.da.riga);
        let Some(dato) = prima.and_then(|riga| riga.celle.get(&colonna)) else { continue };
        let coperte = tavola.righe.iter().filter(|riga| (area.da.riga + 1..=area.a.riga).contains(&riga.numero));
        for riga in coperte {
            ripetute.insert(Posto { riga: riga.numero, colonna }, (dato, format!("{}:{}", area.da, area.a)));
        }
    }
    ripetute
}
