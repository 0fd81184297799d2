//! `concilia explain`: what a rule asks for, why, with an example and the article.

use clap::ArgMatches;

use super::args::{folder, word};
use super::campi;
use super::tabella::{paragrafo, voce, voci};
use super::{Done, give, known, or_fail};
use crate::codes;
use crate::conformita::citazione;
use crate::input::elenchi::Elenchi;
use crate::input::store::Store;
use crate::plan::{Norme, Sostituzione, extends, norms_of};
use crate::record::{Gravita, Norma, Regola, Spiegazione, TIPI};
use crate::report::Rule;
use crate::suggest;
use crate::theme::messaggi::sentence;
use crate::value::Id;

/// The norms that a site knows, by id, and what its own change in those of the program.
pub struct Note {
    pub norme: Norme,
    pub sostituzioni: Vec<Sostituzione>,
}

impl Note {
    pub fn new(store: Option<&Store>) -> Self {
        let (norme, sostituzioni) = norms_of(store);
        Note { norme, sostituzioni }
    }

    /// What the site changes in a norm, or in one under it.
    pub fn cambiate<'a>(&'a self, norma: &'a Id) -> impl Iterator<Item = &'a Sostituzione> {
        self.sostituzioni.iter().filter(move |voce| voce.norma == *norma || extends(&self.norme, norma, &voce.norma))
    }
}

pub fn run(args: &ArgMatches) -> Done {
    let (note, elenchi) = known(folder(args, "content"));
    Ok(give(&or_fail(explain(word(args, "che cosa"), &note, &elenchi))?, 0))
}

/// One rule or kind of rule, or all of them in one line each.
fn explain(code: Option<&str>, note: &Note, elenchi: &Elenchi) -> Result<String, String> {
    let Some(code) = code else { return Ok(all(note)) };
    let wanted = code.trim().to_uppercase();
    let general = codes::rules();
    if let Some(rule) = general.iter().find(|rule| rule.code == wanted) {
        return Ok(of_program(rule));
    }
    let found = of_norms(note, &wanted);
    if !found.is_empty() {
        return Ok(found);
    }
    let tolte: Vec<&Sostituzione> =
        note.sostituzioni.iter().filter(|voce| voce.tolta() == Some(wanted.as_str())).collect();
    if !tolte.is_empty() {
        return Ok(removed(&wanted, &tolte));
    }
    let kind = code.trim().to_lowercase().replace('-', "_");
    if let Some((tipo, spiegazione)) = TIPI.iter().find(|(tipo, _)| *tipo == kind) {
        return Ok(of_kind(tipo, spiegazione, note));
    }
    let near = match campi::spiega(code.trim(), elenchi) {
        Ok(text) => return Ok(text),
        Err(near) => near,
    };
    let known = general.iter().map(|rule| rule.code).chain(rules(note).map(|(_, _, regola)| regola.codice.as_str()));
    let known = known.chain(TIPI.iter().map(|(tipo, _)| *tipo));
    let rule = suggest::closest(&wanted, known).map(str::to_owned);
    // A code has a digit; no field has one.
    let what = if wanted.contains(|c: char| c.is_ascii_digit()) { "la regola" } else { "il campo" };
    let listed = || "`concilia explain` elenca regole e schede".to_owned();
    Err(format!("{what} `{code}` non c'è: {}", suggest::meant(rule.or(near), listed)))
}

/// Each rule of each norm, once: a norm that extends another has its rules too.
fn rules(note: &Note) -> impl Iterator<Item = (&Id, &Norma, &Regola)> {
    note.norme.iter().flat_map(move |(id, norma)| {
        let base = norma.estende.as_ref().and_then(|id| note.norme.get(id));
        let changed = move |codice: &str| {
            note.sostituzioni.iter().any(|voce| voce.norma == *id && voce.codice.as_deref() == Some(codice))
        };
        let inherited = move |regola: &&Regola| {
            !changed(&regola.codice)
                && base.is_some_and(|base| {
                    base.regole.iter().any(|altra| altra.codice == regola.codice && altra.titolo == regola.titolo)
                })
        };
        norma.regole.iter().filter(move |regola| !inherited(regola)).map(move |regola| (id, &**norma, regola))
    })
}

fn all(note: &Note) -> String {
    let mut text = String::from("Regole del programma\n");
    text.extend(codes::rules().iter().map(|rule| voce(rule.code, rule.what)));
    for (id, norma) in &note.norme {
        let mut own = rules(note).filter(|(of, ..)| *of == id).map(|(_, _, regola)| regola).peekable();
        if own.peek().is_some() {
            text.push_str(&format!("\n{} (`concilia norme {id}`)\n", norma.cita()));
            text.extend(own.map(|regola| voce(&regola.codice, &regola.titolo)));
        }
    }
    text.push_str("\nTipi di regola, per chi scrive una norma\n");
    text.extend(TIPI.iter().map(|(tipo, spiegazione)| voce(tipo, spiegazione.che_cosa)));
    text + "\nSchede, con i loro campi\n" + &campi::generi()
}

fn of_program(rule: &Rule) -> String {
    let known = [("Perché", Some(rule.why)), ("Esempio", Some(rule.example)), ("Articolo", rule.article)];
    paragrafo(&format!("{}: {}", rule.code, rule.what)) + "\n" + &voci(known)
}

/// The rules of this code, norm by norm.
fn of_norms(note: &Note, codice: &str) -> String {
    let own = rules(note).filter(|(_, _, regola)| regola.codice == codice);
    own.map(|(id, norma, regola)| of_norm(note, id, norma, regola)).collect::<Vec<_>>().join("\n")
}

fn of_norm(note: &Note, id: &Id, norma: &Norma, regola: &Regola) -> String {
    let mut text = paragrafo(&format!("{}: {}", regola.codice, regola.titolo));
    text.push('\n');
    for voce in note.cambiate(id).filter(|voce| voce.codice.as_ref() == Some(&regola.codice)) {
        text.push_str(&paragrafo(&sentence(&voce.detta())));
        text.push('\n');
    }
    let gravita = match regola.gravita {
        Gravita::Errore => "chi non la rispetta ferma la pubblicazione",
        Gravita::Avviso => "chi non la rispetta riceve un avviso",
    };
    text.push_str(&voci([
        ("Articolo", Some(citazione(norma, regola).as_str())),
        ("Perché", Some(&regola.perche)),
        ("Esempio", regola.esempio.as_deref()),
        ("Rimedio", regola.rimedio.as_deref()),
        ("Peso", Some(gravita)),
    ]));
    for tipo in regola.tipi() {
        text.push_str(&voce("Tipo", &format!("`{}`: {}", tipo.nome(), tipo.spiegazione().che_cosa)));
    }
    text
}

/// A rule that no norm of the site has any more, as the program has it.
fn removed(codice: &str, tolte: &[&Sostituzione]) -> String {
    let detta: String = tolte.iter().map(|voce| paragrafo(&sentence(&voce.detta()))).collect();
    format!("{detta}\nCom'è nella norma\n{}", of_norms(&Note::new(None), codice))
}

fn of_kind(nome: &str, spiegazione: &Spiegazione, note: &Note) -> String {
    let used: Vec<&str> = rules(note)
        .filter(|(_, _, regola)| regola.tipi().iter().any(|tipo| tipo.nome() == nome))
        .map(|(_, _, regola)| regola.codice.as_str())
        .collect();
    let used = used.join(", ");
    let known = voci([
        ("Perché", Some(spiegazione.perche)),
        ("Esempio", Some(spiegazione.esempio)),
        ("Articolo", Some(spiegazione.articolo)),
        ("Regole", Some(used.as_str()).filter(|used| !used.is_empty())),
    ]);
    paragrafo(&format!("{nome}: {}", spiegazione.che_cosa)) + "\n" + &known + &campi::di_regola(nome)
}
