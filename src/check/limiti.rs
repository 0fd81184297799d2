//! Q-27 where no event moves the grant, and in parts of the cost: what a call pays at most.

use super::{Caso, Check, Judge};
use crate::path;
use crate::plan::Avviso;
use crate::record::Norma;
use crate::report::Diagnostic;
use crate::value::{Euro, euro};

pub const CHECKS: &[Check] = &[Check::also(Judge::Project(al_massimo))];

/// A project with its grant, that agrees with what was asked for.
struct Concesso<'a> {
    caso: &'a Caso<'a>,
    importo: Euro,
    /// The cost of which the call pays a part, with its field.
    costo: Option<(&'static str, Euro)>,
}

/// the grant ≤ the most that the call gives, its part of the cost, and the eligible cost.
fn al_massimo(caso: &Caso) -> Option<Diagnostic> {
    let voci = &caso.dati.finanziamento;
    let importo = voci.contributo_riconosciuto?;
    // Q-02 has told a grant above the request.
    if voci.contributo_richiesto.is_some_and(|richiesto| importo > richiesto) && !caso.dati.e_variato() {
        return None;
    }
    // A variant changes the cost, and does not say how much of it is eligible.
    let ammissibile =
        voci.costo_ammissibile.filter(|_| !caso.dati.e_variato()).map(|costo| ("costo_ammissibile", costo));
    let costo = ammissibile.or(voci.costo_complessivo.map(|costo| ("costo_complessivo", costo)));
    let concesso = Concesso { caso, importo, costo };
    if concesso.told_by_the_norm(caso.norma()) {
        return None;
    }
    let avviso = caso.progetto.avviso.map(|a| &caso.periodo.avvisi[a]);
    match avviso.and_then(|avviso| concesso.in_denaro(avviso)) {
        // Each of the events that move the grant has been judged.
        Some(_) if !caso.periodo.passi(caso.progetto).is_empty() => None,
        Some(found) => Some(found),
        None => {
            let in_parte = avviso.and_then(|avviso| concesso.in_parte(avviso));
            in_parte.or_else(|| concesso.ammissibile(ammissibile?.1))
        }
    }
}

impl Concesso<'_> {
    /// Whether a rule of the norm is broken too, which says so itself, with its article.
    fn told_by_the_norm(&self, norma: &Norma) -> bool {
        norma.regole.iter().filter_map(|regola| regola.limite.as_ref()).any(|limite| {
            let parte = limite.percentuale.zip(self.costo).map(|(parte, (_, costo))| costo.percentuale(parte));
            limite.massimo.into_iter().chain(parte).any(|massimo| self.importo > massimo)
        })
    }

    fn told(&self, message: &str, massimo: Euro) -> Diagnostic {
        self.caso.found("Q-27", message).at(self.caso.importo("contributo_riconosciuto")).label(format!(
            "{}, al massimo {}",
            euro(self.importo),
            euro(massimo)
        ))
    }

    fn in_denaro(&self, avviso: &Avviso) -> Option<Diagnostic> {
        let massimo = avviso.dati.limiti.as_ref()?.contributo_massimo?;
        (self.importo > massimo).then(|| {
            self.told("il contributo supera quello che l'avviso dà al massimo", massimo)
                .related(avviso.origine.value(path!["limiti", "contributo_massimo"]), "il massimo dell'avviso")
                .help("correggi l'importo, o i `limiti` dell'avviso")
        })
    }

    fn in_parte(&self, avviso: &Avviso) -> Option<Diagnostic> {
        let parte = avviso.dati.limiti.as_ref()?.percentuale_massima.filter(|parte| (1..=100).contains(parte))?;
        let (campo, costo) = self.costo?;
        let massimo = costo.percentuale(parte);
        (self.importo > massimo).then(|| {
            let message = "il contributo supera la parte del costo che l'avviso paga al massimo";
            self.told(message, massimo)
                .related(self.caso.importo(campo), format!("{parte} % di {}", euro(costo)))
                .related(avviso.origine.value(path!["limiti", "percentuale_massima"]), "la parte che l'avviso paga")
                .help("correggi l'importo, il costo, o i `limiti` dell'avviso")
        })
    }

    fn ammissibile(&self, costo: Euro) -> Option<Diagnostic> {
        (self.importo > costo).then(|| {
            self.told("il contributo supera il costo ammissibile", costo)
                .related(self.caso.importo("costo_ammissibile"), "il costo ammissibile")
                .help("il contributo paga una parte del costo ammissibile: correggi uno dei due importi")
        })
    }
}
