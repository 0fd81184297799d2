//! A record with what is known of it, and a comment for every other field: what it is, and an example. All of it is the
//! schema's.

use crate::cli::tabella::in_righe;
use crate::input::elenchi::{Elenchi, Valore};
use crate::input::privacy;
use crate::schema::{Genere, Nodo, esempio_di, nodo};

/// Where a choice has more words than these, `explain` lists them.
const SCELTE: usize = 8;

/// An explanation is cut to its first sentence where it is longer.
const DETTO: usize = 160;

/// A list tells of each of its entries only some of what can be added.
const ALTRI: usize = 3;

/// What is known, by the way to its field, as YAML writes it: `ats.nome`.
pub type Noti<'a> = [(&'a str, String)];

/// The lines above a record, for who has never seen one.
pub fn testata(genere: &Genere) -> String {
    let detto = format!(
        "Le righe che cominciano con # non contano. Per usare un campo togli il # davanti al suo nome e metti il valore \
         vero al posto dell'esempio; ciò che non si sa si lascia com'è. Di ogni campo dice di più `concilia explain {}`.",
        genere.nome
    );
    in_righe(&detto, "# ", "# ")
}

/// The fields of a record, in the order in which one writes them.
pub fn scheletro(genere: &Genere, noti: &Noti, elenchi: &Elenchi) -> String {
    let mut scheletro = Scheletro { noti, elenchi, testo: String::new() };
    scheletro.gruppo(nodo(genere.nome), "", 0);
    scheletro.testo
}

struct Scheletro<'a> {
    noti: &'a Noti<'a>,
    elenchi: &'a Elenchi,
    testo: String,
}

impl Scheletro<'_> {
    /// First what is known, then everything else.
    fn gruppo(&mut self, nodo: Nodo, prima: &str, rientro: usize) {
        let spazi = " ".repeat(rientro);
        let (noti, elenchi) = (self.noti, self.elenchi);
        let noto = |via: &str| noti.iter().find(|(altra, _)| *altra == via).map(|(_, valore)| valore);
        let dentro = |via: &str| noti.iter().any(|(altra, _)| altra.starts_with(&format!("{via}.")));
        let campi = nodo.campi().map(|(nome, campo)| (nome, campo, format!("{prima}{nome}")));
        let (noti, altri): (Vec<_>, Vec<_>) = campi.partition(|(_, _, via)| noto(via).is_some() || dentro(via));
        for (nome, campo, via) in noti {
            self.spiega(campo, &spazi, None);
            match noto(&via) {
                Some(valore) => self.testo.push_str(&riga(&spazi, nome, valore)),
                None => {
                    self.testo.push_str(&format!("{spazi}{nome}:\n"));
                    self.gruppo(campo, &format!("{via}."), rientro + 2);
                }
            }
        }
        // In a file of its own a record is called as the file; and what no norm asks is not answered.
        let serve =
            |nome: &str, campo: Nodo| nome != "id" && domande(campo).is_none_or(|nome| !elenchi.di(nome).is_empty());
        for (nome, campo, _) in altri.into_iter().filter(|(nome, campo, _)| serve(nome, *campo)) {
            self.spiega(campo, &spazi, Some(elenchi));
            self.esempio(nome, campo, &spazi);
        }
    }

    /// What to write there, with the words to choose from; what has a name already needs no list of names.
    fn spiega(&mut self, campo: Nodo, spazi: &str, elenchi: Option<&Elenchi>) {
        if spazi.is_empty() {
            self.testo.push('\n');
        }
        let commento = format!("{spazi}# ");
        self.testo.push_str(&in_righe(&detto(campo, elenchi), &commento, &commento));
    }

    /// The example, as a comment.
    fn esempio(&mut self, nome: &str, campo: Nodo, spazi: &str) {
        let righe = match domande(campo) {
            Some(elenco) => risposte(nome, self.elenchi.di(elenco)),
            None => esempio_di(Some(nome), campo),
        };
        for riga in righe {
            self.testo.push_str(&format!("{spazi}#{}\n", senza_recapito(&riga)));
        }
    }
}

fn detto(campo: Nodo, elenchi: Option<&Elenchi>) -> String {
    let detto = campo.detto();
    let prima = detto.split_inclusive(". ").next().unwrap_or_default().trim_end();
    let detto = if detto.chars().count() > DETTO { prima } else { detto };
    let voci = campo.voci().unwrap_or(campo);
    let mut scelte: Vec<&str> = voci.scelte().map(|(valore, _)| valore).collect();
    // Acts are named or written out, and answers are no names.
    if let Some((nome, elenchi)) = voci.elenco().filter(|_| !voci.e("object")).zip(elenchi) {
        scelte.extend(elenchi.di(nome).iter().map(|voce| voce.valore.as_str()));
    }
    if scelte.is_empty() || scelte.len() > SCELTE {
        return detto.to_owned();
    }
    format!("{detto} Si sceglie fra: {}.", scelte.join(", "))
}

/// The list of the questions, where a field is the answers.
fn domande(campo: Nodo<'_>) -> Option<&str> {
    campo.valori().and(campo.elenco())
}

/// What the norm asks of whoever writes the record: an example would be an answer.
fn risposte(nome: &str, domande: &[Valore]) -> Vec<String> {
    let risposta = |Valore { valore, nome, .. }: &Valore| format!("  {valore}:  # {nome}");
    std::iter::once(format!("{nome}:")).chain(domande.iter().map(risposta)).collect()
}

/// A comment is published with its record: the example of an address or a telephone would be taken for a person's.
fn senza_recapito(riga: &str) -> &str {
    if privacy::in_text(riga).is_empty() {
        return riga;
    }
    riga.find(": ").map_or("", |fine| &riga[..=fine])
}

/// A field with its value, on one line or below it.
pub fn riga(spazi: &str, nome: &str, valore: &str) -> String {
    if !valore.contains('\n') {
        return format!("{spazi}{nome}: {valore}\n");
    }
    let sotto: String = valore.lines().map(|riga| format!("{spazi}  {riga}\n")).collect();
    format!("{spazi}{nome}:\n{sotto}")
}

/// An entry of a list: what is known, and the names of what can be added.
pub fn voce(genere: &Genere, noti: &Noti) -> Vec<String> {
    let campi = || nodo(genere.nome).campi().map(|(nome, _)| nome);
    let noto = |nome: &str| noti.iter().find(|(altro, _)| *altro == nome);
    let mut testo: String = campi().filter_map(noto).map(|(nome, valore)| riga("", nome, valore)).collect();
    let altri: Vec<&str> = campi().filter(|nome| noto(nome).is_none()).take(ALTRI).collect();
    let detto = format!("Si può aggiungere altro, come {} (`concilia explain {}`).", altri.join(", "), genere.nome);
    testo.push_str(&in_righe(&detto, "# ", "# "));
    testo.lines().map(str::to_owned).collect()
}
