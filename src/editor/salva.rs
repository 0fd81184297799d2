//! What a form changes in a record: only the fields whose value is another one than was shown.

use super::campi::{Campo, Tipo};
use super::form::Form;
use super::forme::{leggi, mostra, scritto};
use super::incollato;
use super::modulo::Modulo;
use crate::fogli::{metti, voci};
use crate::record::senza_n;
use crate::report::Step;
use crate::value::{Nodo, accorciato, elenco as in_fila};
use crate::yaml::modifica::{Errore, Scheda, Valore};

/// One change of a record.
#[derive(Debug, Clone)]
pub enum Mossa {
    Scrivi(Vec<Step>, Valore),
    Togli(Vec<Step>),
    /// A list in the place of another: items that are the same stay as they are written.
    Elenco(Vec<Step>, Vec<Valore>),
    Aggiungi(Vec<Step>, Valore),
    Sposta(Vec<Step>, usize),
}

/// A change, and the words that tell it.
pub type Detta = (Mossa, String);

/// Longer values are not repeated in the words for a change.
const LUNGO: usize = 80;

/// The changes that a form asks for in the fields that it shows; `prima` is the record that was shown.
pub fn mosse(modulo: &Modulo, campi: &[Campo], prima: &Scheda, form: &Form, davanti: &str) -> Vec<Detta> {
    let mut titoli: Vec<&str> = Vec::new();
    let mut trovate = Vec::new();
    for campo in campi {
        match campo.tipo {
            Tipo::Gruppo => titoli.push(&campo.titolo),
            Tipo::Fine => drop(titoli.pop()),
            _ => {
                let titolo = [&titoli[..], &[campo.titolo.as_str()]].concat().join(", ");
                trovate.extend(
                    mossa(modulo, campo, prima, form, davanti)
                        .map(|(mossa, detto)| (mossa, format!("{titolo}: {detto}"))),
                );
            }
        }
    }
    trovate
}

fn mossa(modulo: &Modulo, campo: &Campo, prima: &Scheda, form: &Form, davanti: &str) -> Option<Detta> {
    let nome = format!("{davanti}{}", campo.nome);
    match campo.tipo {
        Tipo::Riga | Tipo::Testo | Tipo::Scelta => {
            let mandato = form.find(&nome)?;
            let detto = &incollato::testo(mandato, campo.tipo == Tipo::Testo);
            if uguali(mandato, &campo.valore) || uguali(detto, &campo.valore) {
                return None;
            }
            if detto.trim().is_empty() {
                return Some((Mossa::Togli(campo.passi.clone()), format!("tolto, era {}", citato(&campo.valore))));
            }
            // The word for a number stands before it wherever it is shown.
            let detto = if e_un_numero(campo) { senza_n(detto) } else { detto };
            let mut valore = leggi(campo.nodo, detto, modulo.elenchi);
            let dopo = mostra(campo.nodo, &valore, modulo.elenchi);
            if prima.valore(&campo.passi).is_some_and(|vecchio| stesso(campo, vecchio, &valore, &dopo)) {
                return None;
            }
            // A text over several lines goes on ending as it did.
            if let (Some(Valore::Testo(vecchio)), Valore::Testo(nuovo)) = (prima.valore(&campo.passi), &mut valore)
                && vecchio.ends_with('\n')
            {
                nuovo.push('\n');
            }
            let parole = match campo.valore.as_str() {
                "" => format!("scritto {}", citato(&dopo)),
                vecchio if vecchio.chars().count() > LUNGO || dopo.chars().count() > LUNGO => {
                    "testo cambiato".to_owned()
                }
                vecchio => format!("da {} a {}", citato(vecchio), citato(&dopo)),
            };
            Some((Mossa::Scrivi(campo.passi.clone(), valore), parole))
        }
        Tipo::Righe => {
            let detto = form.find(&nome)?;
            let righe = detto.lines().map(|riga| incollato::senza_pallino(riga).unwrap_or(riga).trim());
            let righe: Vec<&str> = righe.filter(|riga| !riga.is_empty()).collect();
            elenco(modulo, campo, prima, &righe)
        }
        Tipo::Caselle => {
            let messe: Vec<&str> =
                form.0.iter().filter(|(altro, _)| *altro == nome).map(|(_, valore)| valore.as_str()).collect();
            let prime: Vec<&str> = voci(prima.valore(&campo.passi)).iter().map(scritto).collect();
            let rimaste = prime.iter().filter(|voce| messe.contains(voce));
            let nuove = messe.iter().filter(|voce| !voce.is_empty() && !prime.contains(voce));
            let voci: Vec<&str> = rimaste.chain(nuove).copied().collect();
            // A page that has the field says so, also where nothing is ticked.
            if messe.is_empty() { None } else { elenco(modulo, campo, prima, &voci) }
        }
        Tipo::Nomi => {
            let scritte = campo.voci.iter().filter(|voce| !voce.nome.ends_with('+'));
            let scritte =
                scritte.map(|voce| form.find(&format!("{davanti}{}", voce.nome)).unwrap_or(&voce.detto).trim());
            let nuove = form.0.iter().filter(|(altro, _)| *altro == format!("{nome}.+")).map(|(_, voce)| voce.trim());
            let voci: Vec<&str> = scritte.chain(nuove).filter(|voce| !voce.is_empty()).collect();
            elenco(modulo, campo, prima, &voci)
        }
        Tipo::Nuova => {
            let parte = |quale: &str| form.get(&format!("{nome}.{quale}")).trim();
            let (chiave, detto) = (parte("chiave"), parte("valore"));
            let valori = campo.nodo.valori().filter(|_| !chiave.is_empty() && !detto.is_empty())?;
            let passi = [&campo.passi[..], &[Step::from(chiave.to_owned())]].concat();
            Some((
                Mossa::Scrivi(passi, leggi(valori, detto, modulo.elenchi)),
                format!("{chiave} scritto {}", citato(detto)),
            ))
        }
        Tipo::Gruppo | Tipo::Fine | Tipo::Elenco => None,
    }
}

fn elenco(modulo: &Modulo, campo: &Campo, prima: &Scheda, dette: &[&str]) -> Option<Detta> {
    let nodo = campo.nodo.voci()?;
    let vecchie = voci(prima.valore(&campo.passi));
    let mut rimaste: Vec<(String, &Valore)> =
        vecchie.iter().map(|voce| (mostra(nodo, voce, modulo.elenchi), voce)).collect();
    if rimaste.len() == dette.len() && rimaste.iter().zip(dette).all(|((vecchia, _), detta)| uguali(vecchia, detta)) {
        return None;
    }
    let mut aggiunte = Vec::new();
    let nuove: Vec<Valore> = dette
        .iter()
        .map(|detta| {
            let letta = leggi(nodo, detta, modulo.elenchi);
            match rimaste.iter().position(|(vecchia, voce)| uguali(vecchia, detta) || **voce == letta) {
                Some(posto) => rimaste.remove(posto).1.clone(),
                None => {
                    aggiunte.push(citato(&mostra(nodo, &letta, modulo.elenchi)));
                    letta
                }
            }
        })
        .collect();
    if nuove == vecchie {
        return None;
    }
    let tolte: Vec<String> = rimaste.iter().map(|(vecchia, _)| citato(vecchia)).collect();
    let parti = [("aggiunto", aggiunte), ("tolto", tolte)];
    let parti = parti.into_iter().filter(|(_, voci)| !voci.is_empty());
    let parti: Vec<String> = parti.map(|(che, voci)| format!("{che} {}", in_fila(voci))).collect();
    let parole = match (parti.join("; "), vecchie.len(), nuove.len()) {
        (parole, ..) if parole.is_empty() => "voci in un altro ordine".to_owned(),
        (parole, ..) if parole.chars().count() <= 3 * LUNGO => parole,
        (_, prima, dopo) if prima == dopo => "voci cambiate".to_owned(),
        (_, prima, dopo) => format!("da {prima} a {dopo} voci"),
    };
    Some((Mossa::Elenco(campo.passi.clone(), nuove), parole))
}

/// Of an act, or of what is registered: other numbers are no texts.
fn e_un_numero(campo: &Campo) -> bool {
    let nome = campo.passi.last();
    campo.nodo.e("string") && (nome == Some(&Step::from("numero")) || nome == Some(&Step::from("protocollo")))
}

/// Whether what was typed is the value that is there, in other words: `39.200,00 €`. What could not be read is shown as
/// it is written, and is another value.
fn stesso(campo: &Campo, vecchio: &Valore, nuovo: &Valore, dopo: &str) -> bool {
    uguali(dopo, &campo.valore) && (scritto(vecchio) == scritto(nuovo) || scritto(vecchio) != campo.valore)
}

/// What browsers do to blanks and breaks at the end is nobody's change.
fn uguali(una: &str, altra: &str) -> bool {
    una.trim_end() == altra.trim_end()
}

pub fn citato(valore: &str) -> String {
    format!("«{}»", accorciato(valore, LUNGO))
}

/// The fields of a form that are filled in, as one group: what stands below `passi`.
pub fn gruppo(mosse: &[Detta], passi: &[Step]) -> Option<Valore> {
    let mut gruppo = Valore::Gruppo(Vec::new());
    for (mossa, _) in mosse {
        let (via, valore) = match mossa {
            Mossa::Scrivi(via, valore) => (via, valore.clone()),
            Mossa::Elenco(via, voci) => (via, Valore::Elenco(voci.clone())),
            _ => continue,
        };
        if let Some(via) = via.strip_prefix(passi) {
            // What stands where another field needs a group leaves no room for it.
            let _ = metti(&mut gruppo, via, valore);
        }
    }
    (!matches!(&gruppo, Valore::Gruppo(campi) if campi.is_empty())).then_some(gruppo)
}

/// Makes the changes; `base` is the group that the form is of, which stays even where nothing is left in it.
pub fn applica(scheda: &mut Scheda, mosse: &[Detta], base: &[Step]) -> Result<(), Errore> {
    for (mossa, _) in mosse {
        match mossa {
            Mossa::Scrivi(passi, valore) => scrivi(scheda, passi, valore.clone())?,
            Mossa::Togli(passi) => togli(scheda, passi, base.len())?,
            Mossa::Elenco(passi, voci) => riscrivi(scheda, passi, voci, base.len())?,
            Mossa::Aggiungi(passi, voce) => scheda.aggiungi(passi, voce.clone())?,
            Mossa::Sposta(passi, a) => scheda.sposta(passi, *a)?,
        }
    }
    Ok(())
}

/// An act that was only named becomes a group where its fields are written.
fn scrivi(scheda: &mut Scheda, passi: &[Step], valore: Valore) -> Result<(), Errore> {
    match scheda.scrivi(passi, valore.clone()) {
        Err(Errore::NonUnGruppo(nome)) if !nome.is_empty() => {
            let dentro = gruppo(&[(Mossa::Scrivi(passi.to_vec(), valore), String::new())], &nome);
            scheda.scrivi(&nome, dentro.unwrap_or(Valore::Nulla))
        }
        altro => altro,
    }
}

/// Takes a field away, and the groups that hold nothing else.
fn togli(scheda: &mut Scheda, passi: &[Step], base: usize) -> Result<(), Errore> {
    let mut passi = passi;
    while let [sopra @ .., Step::Key(_)] = passi
        && sopra.len() > base
        && matches!(sopra.last(), Some(Step::Key(_)))
        && matches!(scheda.valore(sopra), Some(Valore::Gruppo(campi)) if campi.len() == 1)
    {
        passi = sopra;
    }
    if scheda.valore(passi).is_some() { scheda.togli(passi) } else { Ok(()) }
}

/// Puts a list in the place of another: items that are the same stay as they are written.
pub fn riscrivi(scheda: &mut Scheda, passi: &[Step], nuove: &[Valore], base: usize) -> Result<(), Errore> {
    let vecchie = voci(scheda.valore(passi)).to_vec();
    if nuove.is_empty() {
        return togli(scheda, passi, base);
    }
    if vecchie.is_empty() {
        return scheda.scrivi(passi, nuove.to_vec());
    }
    let voce = |posto: usize| [passi, &[Step::Index(posto)]].concat();
    let uguali = |(una, altra): &(&Valore, &Valore)| una == altra;
    let prime = vecchie.iter().zip(nuove).take_while(uguali).count();
    let ultime = vecchie[prime..].iter().rev().zip(nuove[prime..].iter().rev()).take_while(uguali).count();
    let (tolte, messe) = (vecchie.len() - prime - ultime, nuove.len() - prime - ultime);
    let cambiate = tolte.min(messe);
    for (i, nuova) in nuove.iter().enumerate().skip(prime).take(cambiate) {
        scheda.scrivi(&voce(i), nuova.clone())?;
    }
    for (i, nuova) in nuove.iter().enumerate().skip(prime + cambiate).take(messe - cambiate) {
        scheda.aggiungi(passi, nuova.clone())?;
        let ultima = vecchie.len() + i - prime - tolte;
        if ultima != i {
            scheda.sposta(&voce(ultima), i)?;
        }
    }
    for i in (prime + messe..prime + tolte).rev() {
        scheda.togli(&voce(i))?;
    }
    Ok(())
}

/// A record of fields that have no file yet.
pub fn nuova(schema: Nodo<'static>, mosse: &[Detta]) -> Result<String, Errore> {
    let mut scheda = Scheda::leggi("", schema)?;
    applica(&mut scheda, mosse, &[])?;
    Ok(scheda.fine())
}
